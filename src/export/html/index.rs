//! The page of all charts: a table that can be searched, filtered and printed; and the map for search engines.

use std::collections::BTreeSet;

use super::markup::{Markup, address};
use super::page::page_address;
use super::reading::Reading;
use super::shell::Head;
use crate::export::xml::element;
use crate::scene::{Scene, Summary};

/// The name of the index.
pub const NAME: &str = "index.html";
const SCRIPT: &str = include_str!("index.js");

/// A chart of the index.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Where its page is below the index, without extension: folders and name, with slashes.
    pub path: &'a str,
    /// Its picture.
    pub scene: &'a Scene,
    /// Names of its other files, in the page's folder.
    pub files: &'a [String],
}

/// A file of all charts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its name in the folder of the site.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The index of charts, in the order given, under a title; and a sitemap where the address at which the folder will be
/// found is known.
pub fn index(entries: &[Entry<'_>], title: &str, site: Option<&str>) -> Vec<Published> {
    let page = Published { name: NAME, bytes: index_page(entries, title).into_bytes() };
    let map = site.map(|site| Published { name: "sitemap.xml", bytes: sitemap(entries, site).into_bytes() });
    std::iter::once(page).chain(map).collect()
}

/// Levels of all charts, in the order in which they are met: worst first, as charts list them.
fn levels<'a>(entries: &'a [Entry<'_>]) -> Vec<&'a str> {
    let mut levels: Vec<&str> = Vec::new();
    for (level, _) in entries.iter().flat_map(|entry| &entry.scene.meta.summary.levels) {
        if !levels.contains(&level.as_str()) {
            levels.push(level);
        }
    }
    levels
}

fn count(summary: &Summary, level: &str) -> usize {
    summary.levels.iter().filter(|(name, _)| name == level).map(|(_, count)| count).sum()
}

fn index_page(entries: &[Entry<'_>], title: &str) -> String {
    let description = format!("{title}：{}张图。", entries.len());
    let head = Head { title, description: &description, author: "", keywords: &[], script: Some(SCRIPT) };
    let mut page = head.begin();
    page.open("header", &[]);
    page.element("h1", &[], title);
    page.close();
    page.line();
    page.open("main", &[("id", "content")]);
    let levels = levels(entries);
    filters(&mut page, entries, &levels);
    page.open("table", &[("class", "index"), ("id", "charts")]);
    heads(&mut page, &levels);
    page.open("tbody", &[]);
    entries.iter().for_each(|entry| row(&mut page, entry, &levels));
    page.close();
    totals(&mut page, entries, &levels);
    page.close();
    page.close();
    head.end(page)
}

/// The controls, hidden until the script that answers to them runs.
fn filters(page: &mut Markup, entries: &[Entry<'_>], levels: &[&str]) {
    page.open("form", &[("id", "filters"), ("role", "search"), ("hidden", "")]);
    page.open("p", &[]);
    page.element("label", &[("for", "words")], "查找");
    page.void("input", &[("type", "search"), ("id", "words"), ("autocomplete", "off")]);
    page.close();
    let departments = entries.iter().map(|entry| entry.scene.meta.summary.department.as_str());
    let people = entries.iter().flat_map(|entry| &entry.scene.meta.summary.people).map(String::as_str);
    choice(page, "level", "风险等级", levels.iter().copied());
    choice(page, "department", "责任科室", sorted(departments));
    choice(page, "person", "责任人", sorted(people));
    page.open("p", &[]);
    page.element("button", &[("type", "reset")], "全部显示");
    page.element("button", &[("type", "button"), ("id", "print")], "打印");
    page.close();
    page.close();
    page.element("p", &[("id", "shown"), ("role", "status")], &format!("共 {} 张图", entries.len()));
    page.line();
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    names.filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().into_iter()
}

fn choice<'a>(page: &mut Markup, id: &str, label: &str, options: impl Iterator<Item = &'a str>) {
    let options: Vec<&str> = options.collect();
    if options.is_empty() {
        return;
    }
    page.open("p", &[]);
    page.element("label", &[("for", id)], label);
    page.open("select", &[("id", id)]);
    page.element("option", &[("value", "")], "全部");
    options.into_iter().for_each(|option| page.element("option", &[], option));
    page.close();
    page.close();
}

fn heads(page: &mut Markup, levels: &[&str]) {
    page.open("thead", &[]);
    page.open("tr", &[]);
    for head in ["职权", "责任科室", "环节"] {
        page.element("th", &[("scope", "col")], head);
    }
    for level in levels {
        page.element("th", &[("scope", "col"), ("class", "number")], &format!("{level}风险"));
    }
    for head in ["责任人", "文件"] {
        page.element("th", &[("scope", "col")], head);
    }
    page.close();
    page.close();
    page.line();
}

fn row(page: &mut Markup, entry: &Entry<'_>, levels: &[&str]) {
    let summary = &entry.scene.meta.summary;
    let reading = Reading::of(entry.scene);
    let graded: Vec<&str> = levels.iter().copied().filter(|level| count(summary, level) > 0).collect();
    page.open(
        "tr",
        &[
            ("data-words", &reading.all),
            ("data-level", &graded.join("\n")),
            ("data-department", &summary.department),
            ("data-person", &summary.people.join("\n")),
        ],
    );
    page.open("th", &[("scope", "row")]);
    let name = if summary.power.is_empty() { &entry.scene.meta.title } else { &summary.power };
    page.element("a", &[("href", &page_address(entry.path))], name);
    page.close();
    cell(page, "责任科室", "", &summary.department);
    cell(page, "环节", "number", &summary.stages.to_string());
    for level in levels {
        cell(page, &format!("{level}风险"), "number", &count(summary, level).to_string());
    }
    cell(page, "责任人", "", &summary.people.join("、"));
    page.open("td", &[("data-head", "文件")]);
    let folder = entry.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    for (at, file) in entry.files.iter().enumerate() {
        if at > 0 {
            page.text(" ");
        }
        let kind = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_uppercase();
        let told = format!("{name}的 {kind}");
        page.element("a", &[("href", &address(&format!("{folder}{file}"))), ("aria-label", &told)], &kind);
    }
    page.close();
    page.close();
    page.line();
}

fn cell(page: &mut Markup, head: &str, class: &str, text: &str) {
    let attributes = [("data-head", head), ("class", class)];
    page.element("td", if class.is_empty() { &attributes[..1] } else { &attributes }, text);
}

fn totals(page: &mut Markup, entries: &[Entry<'_>], levels: &[&str]) {
    page.open("tfoot", &[]);
    page.open("tr", &[]);
    page.element("th", &[("scope", "row")], "合计");
    let of = |figure: &dyn Fn(&Summary) -> usize| -> String {
        entries.iter().map(|entry| figure(&entry.scene.meta.summary)).sum::<usize>().to_string()
    };
    cell(page, "责任科室", "", "");
    cell(page, "环节", "number", &of(&|summary| summary.stages));
    for level in levels {
        cell(page, &format!("{level}风险"), "number", &of(&|summary| count(summary, level)));
    }
    cell(page, "责任人", "", "");
    cell(page, "文件", "", "");
    page.close();
    page.close();
}

/// The addresses of all pages (sitemaps.org 0.9), which have to be whole.
fn sitemap(entries: &[Entry<'_>], site: &str) -> String {
    let site = site.trim_end_matches('/');
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    ));
    let pages = entries.iter().map(|entry| page_address(entry.path));
    for page in std::iter::once(String::new()).chain(pages) {
        out.push_str("<url>");
        element(&mut out, "loc", &format!("{site}/{page}"));
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
