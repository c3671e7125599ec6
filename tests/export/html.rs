//! Web pages.

use std::path::Path;

use regex_lite::Regex;
use riskchart::export::html::Beside;
use riskchart::export::html::index::{Entry, index};
use riskchart::export::{ExportOptions, export, format};
use riskchart::scene::Scene;
use sha2::{Digest as _, Sha256};
use usvg::roxmltree::{Document, Node};

use crate::disk::{Asked, compiled, told};
use crate::{Dice, chart};

fn example(name: &str) -> Scene {
    on_paper(name, None)
}

fn on_paper(name: &str, paper: Option<&'static str>) -> Scene {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let asked = Asked { paper, ..Asked::default() };
    compiled(&path, &asked).unwrap_or_else(|report| panic!("{name}: {}", told(&report))).0
}

fn page(scene: &Scene, beside: Beside) -> String {
    let options = ExportOptions { beside, ..ExportOptions::default() };
    let files = export(scene, format("html").expect("html"), &options).expect("export");
    assert_eq!(files.len(), 1, "a page a chart, however many sheets it has");
    String::from_utf8(files.into_iter().next().expect("a file").bytes).expect("UTF-8")
}

/// A page as XML: what HTML does not end is ended, style and script are taken out.
fn as_xml(page: &str) -> String {
    let page = page.strip_prefix("<!doctype html>\n").expect("a doctype");
    let page = Regex::new("(?s)<(style|script)>.*?</(style|script)>").expect("a pattern").replace_all(page, "");
    Regex::new("<(meta|input)([^>]*)>").expect("a pattern").replace_all(&page, "<$1$2/>").into_owned()
}

fn named<'a>(tree: &'a Document<'_>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    tree.descendants().filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn by_id<'a>(tree: &'a Document<'_>, id: &str) -> Node<'a, 'a> {
    tree.descendants().find(|node| node.attribute("id") == Some(id)).unwrap_or_else(|| panic!("#{id}"))
}

#[test]
fn a_table_says_what_the_chart_says() {
    let xml = as_xml(&page(&example("分支与退回.toml"), Beside::default()));
    let tree = Document::parse(&xml).expect("well-formed");
    let table = named(&tree, "table").next().expect("a table");
    let rows: Vec<Node<'_, '_>> = table.descendants().filter(|node| node.has_tag_name("tr")).collect();
    let cells = |row: Node<'_, '_>| row.children().filter(Node::is_element).map(text).collect::<Vec<_>>();
    let heads = cells(rows[0]);
    assert_eq!(heads.len(), 3);
    let checked = rows.iter().find(|row| text(**row).starts_with("材料审核")).expect("the stage");
    let checked = cells(*checked);
    assert_eq!(checked.len(), 3);
    assert!(checked[1].contains("故意刁难申请人。") && checked[1].contains("风险等级：中"), "{checked:?}");
    assert!(checked[2].contains("责任人：窗口人员"), "{checked:?}");
}

#[test]
fn branches_are_links_to_their_stages() {
    let scene = example("分支与退回.toml");
    let xml = as_xml(&page(&scene, Beside::default()));
    let tree = Document::parse(&xml).expect("well-formed");
    let flow = named(&tree, "ol").next().expect("the flow");
    let branches: Vec<String> = flow.descendants().filter(|node| node.has_tag_name("li")).map(text).collect();
    let arrow = scene.pages[0].arrows().into_iter().find(|arrow| arrow.label.is_some()).expect("a branch").clone();
    let told = format!("{}：到{}", arrow.label.expect("a label"), arrow.to.name);
    assert!(branches.contains(&told), "{told} in {branches:?}");
    for link in named(&tree, "a").filter_map(|link| link.attribute("href")?.strip_prefix('#')) {
        let id = percent_decoded(link);
        by_id(&tree, &id);
    }
    let links = flow.descendants().filter(|node| node.has_tag_name("a")).count();
    assert!(links > scene.outline[0].children.len(), "every stage, and where branches lead");
}

fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, left) = match (first, tail) {
            (b'%', [high, low, left @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).expect("digits");
                (u8::from_str_radix(digits, 16).expect("hexadecimal"), left)
            }
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// The pages of a chart are one table: nothing is said twice.
#[test]
fn a_chart_of_several_pages_is_one_table() {
    let scene = on_paper("长流程.toml", Some("A5"));
    assert!(scene.pages.len() > 1);
    let xml = as_xml(&page(&scene, Beside::default()));
    let tree = Document::parse(&xml).expect("well-formed");
    assert_eq!(named(&tree, "table").count(), 1);
    assert_eq!(named(&tree, "h1").count(), 1);
    assert_eq!(named(&tree, "thead").count(), 1);
    let rows = named(&tree, "tbody").flat_map(|body| body.children()).filter(Node::is_element).count();
    assert_eq!(rows, scene.outline[0].children.len());
    let ids: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<std::collections::BTreeSet<_>>().len(), "an id names one thing");
    for reference in named(&tree, "use").flat_map(|node| node.attributes()).filter(|other| other.name() == "href") {
        assert!(ids.contains(&reference.value().trim_start_matches('#')), "{}", reference.value());
    }
}

/// Nothing is asked for from outside, and nothing runs but what the policy names.
#[test]
fn the_policy_names_what_is_there() {
    let scene = example("徽标与二维码.toml");
    let entries = [Entry { path: "a", scene: &scene, files: &[] }];
    let index = String::from_utf8(index(&entries, "图", None)[0].bytes.clone()).expect("UTF-8");
    for page in [page(&scene, Beside::default()), index] {
        let inner = |name: &str| {
            let pattern = Regex::new(&format!("(?s)<{name}>(.*?)</{name}>")).expect("a pattern");
            pattern.captures_iter(&page).map(|found| found[1].to_owned()).collect::<Vec<_>>()
        };
        let policy = Regex::new("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").expect("a pattern");
        let policy = policy.captures(&page).expect("a policy")[1].replace("&#39;", "'");
        assert!(policy.starts_with("default-src 'none'"));
        let allowed = policy.matches("'sha256-").count();
        let parts = [inner("style"), inner("script")].concat();
        assert_eq!(parts.len(), allowed);
        for part in parts {
            let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, Sha256::digest(&part));
            assert!(policy.contains(&format!("'sha256-{hash}'")));
            assert!(!part.contains("@import") && !part.contains("url("));
        }
        let xml = as_xml(&page);
        let tree = Document::parse(&xml).expect("well-formed");
        for node in tree.descendants().filter(Node::is_element) {
            assert!(!["iframe", "object", "embed", "link", "base"].contains(&node.tag_name().name()));
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on") && attribute.name() != "style", "{}", attribute.name());
                if attribute.name() == "src" {
                    assert!(attribute.value().starts_with("data:"));
                }
            }
        }
    }
}

#[test]
fn pages_lead_to_what_stands_beside_them() {
    let beside = Beside {
        index: Some("../index.html".to_owned()),
        files: vec!["100% #1 检查.pdf".to_owned(), "100% #1 检查.ofd".to_owned()],
    };
    let page = page(&chart(), beside);
    assert!(page.contains("href=\"../index.html\""));
    assert!(page.contains("href=\"100%25%20%231%20%E6%A3%80%E6%9F%A5.pdf\""));
    assert!(page.contains("href=\"100%25%20%231%20%E6%A3%80%E6%9F%A5.ofd\""));
}

#[test]
fn the_index_counts_and_finds() {
    let scenes = ["教学示例.toml", "分支与退回.toml"].map(example);
    let files = ["检查.pdf".to_owned()];
    let entries = [
        Entry { path: "检查", scene: &scenes[0], files: &files },
        Entry { path: "科 室/许可#1", scene: &scenes[1], files: &[] },
    ];
    let published = index(&entries, "防控图", Some("https://example.gov.cn/图/"));
    assert_eq!(published.iter().map(|file| file.name).collect::<Vec<_>>(), ["index.html", "sitemap.xml"]);
    let xml = as_xml(std::str::from_utf8(&published[0].bytes).expect("UTF-8"));
    let tree = Document::parse(&xml).expect("well-formed");
    let rows: Vec<Node<'_, '_>> =
        named(&tree, "tbody").flat_map(|body| body.children()).filter(Node::is_element).collect();
    assert_eq!(rows.len(), 2);
    let link = |row: Node<'_, '_>| {
        row.descendants().find(|node| node.has_tag_name("a")).and_then(|node| node.attribute("href")).map(str::to_owned)
    };
    assert_eq!(link(rows[1]).as_deref(), Some("%E7%A7%91%20%E5%AE%A4/%E8%AE%B8%E5%8F%AF%231.html"));
    let total: usize = scenes[0].meta.summary.levels.iter().map(|(_, count)| count).sum();
    assert!(total > 0);
    let summed: usize = rows[0]
        .children()
        .filter(|cell| cell.attribute("data-head").is_some_and(|head| head.ends_with("风险")))
        .map(|cell| text(cell).parse::<usize>().expect("a count"))
        .sum();
    assert_eq!(summed, total);
    let people = &scenes[0].meta.summary.people;
    assert!(!people.is_empty());
    let options: Vec<String> = by_id(&tree, "person").children().map(text).collect();
    assert!(people.iter().all(|person| options.contains(person)));
    let map = std::str::from_utf8(&published[1].bytes).expect("UTF-8");
    assert!(map.contains("<loc>https://example.gov.cn/图/%E7%A7%91%20%E5%AE%A4/%E8%AE%B8%E5%8F%AF%231.html</loc>"));
}

#[test]
fn strings_of_any_kind_stay_well_formed() {
    let mut dice = Dice(7);
    for _ in 0..20 {
        let mut scene = chart();
        scene.meta.title = dice.nasty();
        scene.meta.description = dice.nasty();
        scene.meta.summary.power = dice.nasty();
        scene.meta.summary.people = vec![dice.nasty(), dice.nasty()];
        Document::parse(&as_xml(&page(&scene, Beside::default()))).expect("well-formed");
        let entries = [Entry { path: "a", scene: &scene, files: &[] }];
        let page = &index(&entries, &dice.nasty(), None)[0];
        Document::parse(&as_xml(std::str::from_utf8(&page.bytes).expect("UTF-8"))).expect("well-formed");
    }
}
