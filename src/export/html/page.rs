//! A chart's page: what it says first, its picture last.

use super::Beside;
use super::markup::{Markup, address, encoded};
use super::reading::{Next, Reading, Row};
use super::shell::Head;
use crate::export::ExportFault;
use crate::export::{SvgText, svg};
use crate::scene::Scene;

/// The page.
///
/// # Errors
/// The picture can't be drawn.
pub(super) fn page(scene: &Scene, beside: &Beside) -> Result<String, ExportFault> {
    let reading = Reading::of(scene);
    let head = Head::of(&scene.meta);
    let mut page = head.begin();
    header(&mut page, &reading, scene, beside);
    page.open("main", &[("id", "content")]);
    page.line();
    flow(&mut page, &reading);
    table(&mut page, &reading);
    notes(&mut page, &reading);
    picture(&mut page, scene)?;
    Ok(head.end(page))
}

fn header(page: &mut Markup, reading: &Reading, scene: &Scene, beside: &Beside) {
    page.open("header", &[]);
    if let Some(index) = &beside.index {
        page.open("nav", &[("aria-label", "站内")]);
        page.element("a", &[("href", index)], "全部防控图");
        page.close();
    }
    if !reading.unit.is_empty() {
        page.element("p", &[("class", "unit")], &reading.unit);
    }
    page.element("h1", &[], if reading.title.is_empty() { &scene.meta.title } else { &reading.title });
    if !reading.subtitle.is_empty() {
        page.element("p", &[], &reading.subtitle);
    }
    list(page, "fields", &reading.fields);
    if !beside.files.is_empty() {
        page.open("ul", &[("class", "files"), ("aria-label", "下载")]);
        for file in &beside.files {
            let kind = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_uppercase();
            page.open("li", &[]);
            page.element("a", &[("href", &encoded(file))], &format!("下载 {kind}"));
            page.close();
        }
        page.close();
    }
    page.close();
    page.line();
}

fn list(page: &mut Markup, class: &str, entries: &[String]) {
    if !entries.is_empty() {
        page.open("ul", &[("class", class)]);
        entries.iter().for_each(|entry| page.element("li", &[], entry));
        page.close();
    }
}

/// Begins a section under its heading.
fn section(page: &mut Markup, id: &str, heading: &str) {
    let named = format!("{id}-heading");
    page.open("section", &[("id", id), ("aria-labelledby", &named)]);
    page.element("h2", &[("id", &named)], heading);
    page.line();
}

/// The stages in order, and under each where the flow goes on unless that is the next one without a word.
fn flow(page: &mut Markup, reading: &Reading) {
    if reading.rows.is_empty() {
        return;
    }
    section(page, "flow", "工作流程");
    page.open("ol", &[("class", "flow")]);
    let told = reading.rows.iter().any(|row| !row.next.is_empty());
    for (at, row) in reading.rows.iter().enumerate() {
        page.open("li", &[]);
        link(page, row);
        let plain = |next: &Next| next.row == at + 1 && next.label.is_empty() && !next.returns;
        let ends = told && row.next.is_empty() && at + 1 < reading.rows.len();
        match row.next.as_slice() {
            [only] if plain(only) => {}
            [] if ends => page.element("span", &[("class", "ends")], "（流程到此结束）"),
            [] => {}
            next => branches(page, reading, next),
        }
        page.close();
        page.line();
    }
    page.close();
    page.close();
    page.line();
}

fn branches(page: &mut Markup, reading: &Reading, next: &[Next]) {
    page.open("ul", &[]);
    for next in next {
        let Some(row) = reading.rows.get(next.row) else { continue };
        let words = match (next.label.as_str(), next.returns) {
            ("", true) => "退回：到".to_owned(),
            ("", false) => "到".to_owned(),
            (label, _) => format!("{label}：到"),
        };
        page.open("li", &[]);
        page.text(&words);
        link(page, row);
        page.close();
    }
    page.close();
}

fn link(page: &mut Markup, row: &Row) {
    page.element("a", &[("href", &format!("#{}", encoded(&row.anchor)))], &row.name);
}

fn table(page: &mut Markup, reading: &Reading) {
    if reading.rows.is_empty() {
        return;
    }
    section(page, "table", "风险与措施");
    page.open("table", &[("class", "chart")]);
    page.open("thead", &[]);
    page.open("tr", &[]);
    reading.heads.iter().for_each(|head| page.element("th", &[("scope", "col")], head));
    page.close();
    page.close();
    page.line();
    page.open("tbody", &[]);
    for (at, row) in reading.rows.iter().enumerate() {
        page.open("tr", &[("id", &row.anchor)]);
        for (column, cell) in row.cells.iter().enumerate() {
            // A cell may not go on below the table.
            let rows = cell.rows.min(reading.rows.len() - at).to_string();
            let mut attributes = if column == 0 { vec![("scope", "row")] } else { Vec::new() };
            if rows != "1" {
                attributes.push(("rowspan", &rows));
            }
            page.open(if column == 0 { "th" } else { "td" }, &attributes);
            page.raw(&cell.content);
            page.close();
        }
        page.close();
        page.line();
    }
    page.close();
    page.close();
    page.close();
    page.line();
}

fn notes(page: &mut Markup, reading: &Reading) {
    if reading.notes.is_empty() && reading.footer.is_empty() {
        return;
    }
    section(page, "notes", "说明");
    list(page, "notes", &reading.notes);
    list(page, "footer", &reading.footer);
    page.close();
    page.line();
}

fn picture(page: &mut Markup, scene: &Scene) -> Result<(), ExportFault> {
    section(page, "poster", "海报");
    for index in 0..scene.pages.len() {
        page.open("div", &[("class", "sheet")]);
        page.raw(&svg::page(scene, index, SvgText::Outlines)?);
        page.close();
    }
    page.close();
    page.close();
    page.line();
    Ok(())
}

/// The address of a page of this path.
pub(super) fn page_address(path: &str) -> String {
    address(&format!("{path}.html"))
}
