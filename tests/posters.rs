//! The shipped charts and the examples as posters: they fit, they are set by the rules, and their type is large.

#![allow(clippy::disallowed_methods, reason = "the charts are files of this project")]

#[allow(dead_code)]
#[path = "support/disk.rs"]
mod disk;

use std::collections::BTreeMap;

use disk::{Asked, charts, compiled, stem, told};
use riskchart::paper::Orientation;
use riskchart::scene::{Item, Role, Scene};
use riskchart::unit::Length;

/// Marks that start no line (GB/T 15834-2011, 5.1.1 to 5.1.7; connectors and units after a digit).
const NEVER_FIRST: &str = "。．，、；：！？”’」』）》〉】〗〕］｝·・—…～%‰℃°";
/// Marks that end no line (GB/T 15834-2011, 5.1.3; currency and section signs).
const NEVER_LAST: &str = "“‘「『（《〈【〖〔［｛￥№§";

/// The lines of every text that is read as prose, item by item: what stands on one baseline in one group.
fn prose(scene: &Scene) -> Vec<Vec<String>> {
    let read = [Role::ListBody, Role::Responsible, Role::Level, Role::Basis, Role::Note, Role::StageDetail];
    let mut texts: Vec<Vec<String>> = Vec::new();
    for page in &scene.pages {
        page.walk(|item, _| {
            let Item::Group(group) = item else { return };
            if !read.contains(&group.role) || group.items.iter().any(|item| matches!(item, Item::Group(_))) {
                return;
            }
            let mut lines: BTreeMap<i64, String> = BTreeMap::new();
            for item in &group.items {
                if let Item::Text(run) = item {
                    lines.entry(run.origin.y.to_um()).or_default().push_str(&run.text);
                }
            }
            texts.push(lines.into_values().collect());
        });
    }
    texts
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

/// What is wrong with the lines of a text.
fn broken_rules(lines: &[String]) -> Vec<String> {
    let mut broken = Vec::new();
    for pair in lines.windows(2) {
        let (last, first) = (pair[0].chars().last(), pair[1].chars().next());
        let (Some(last), Some(first)) = (last, first) else { continue };
        let at = format!("{}|{}", pair[0], pair[1]);
        if NEVER_FIRST.contains(first) {
            broken.push(format!("行首 {at}"));
        }
        if NEVER_LAST.contains(last) {
            broken.push(format!("行尾 {at}"));
        }
        if last.is_ascii_alphanumeric() && (first.is_ascii_alphanumeric() || first == '%') {
            broken.push(format!("数字拆开 {at}"));
        }
        if last == '：' && pair[0].chars().count() <= 5 {
            broken.push(format!("标签落单 {at}"));
        }
    }
    if lines.len() > 1 {
        let last = &lines[lines.len() - 1];
        if last.chars().filter(|&c| is_han(c)).count() <= 1 && last.chars().count() <= 2 {
            broken.push(format!("孤字 {}", lines.join("|")));
        }
    }
    broken
}

const PAPERS: [&str; 6] = ["A5", "A4", "A3", "A1", "大度4开", "600x900mm"];
const ORIENTATIONS: [Orientation; 2] = [Orientation::Portrait, Orientation::Landscape];

/// Compiles and looks at every line; returns what is wrong.
fn look_at(path: &std::path::Path, asked: &Asked) -> Vec<String> {
    match compiled(path, asked) {
        Err(report) => vec![format!("{} {asked:?}\n{}", stem(path), told(&report))],
        Ok((scene, _)) => {
            let broken = prose(&scene).iter().flat_map(|lines| broken_rules(lines)).collect::<Vec<_>>();
            broken.into_iter().map(|rule| format!("{} {asked:?}: {rule}", stem(path))).collect()
        }
    }
}

#[test]
fn every_chart_fits_every_paper_in_every_theme_by_the_rules() {
    let mut broken = Vec::new();
    for path in charts("charts").iter().chain(&charts("examples")) {
        for theme in riskchart::theme::THEMES {
            for paper in PAPERS {
                for orientation in ORIENTATIONS {
                    let asked = Asked { paper: Some(paper), orientation: Some(orientation), theme: Some(theme.name) };
                    broken.extend(look_at(path, &asked));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{} faults\n{}", broken.len(), broken.join("\n"));
}

/// Body sizes in pt that the best general typesetter reaches on A3 portrait with the same seven charts on one page each.
const ELSEWHERE: [f64; 7] = [18.2, 18.6, 18.6, 19.9, 20.8, 19.9, 16.3];

#[test]
fn type_is_larger_than_general_tools_set_it() {
    let portrait = |paper| Asked { paper: Some(paper), orientation: Some(Orientation::Portrait), theme: None };
    for (path, least) in charts("charts").iter().zip(ELSEWHERE) {
        let (scene, _) = compiled(path, &portrait("A3")).expect("the chart");
        let size = scene.meta.body_size.to_pt();
        assert_eq!(scene.pages.len(), 1, "{}", stem(path));
        assert!(size >= least * 1.12, "{}: {size:.1} pt against {least} pt", stem(path));
    }
    let (scene, _) = compiled(&charts("charts")[0], &portrait("A4")).expect("the chart");
    assert!(scene.meta.body_size.to_pt() >= 11.6);
}

#[test]
fn lines_stand_apart_by_at_least_1_28_em() {
    for path in charts("charts") {
        let (scene, _) = compiled(&path, &Asked::default()).expect("the chart");
        for page in &scene.pages {
            page.walk(|item, _| {
                let Item::Group(group) = item else { return };
                if group.role != Role::ListBody {
                    return;
                }
                let lines = group.items.iter().filter_map(|item| match item {
                    Item::Text(run) => Some((run.origin.y, run.size)),
                    _ => None,
                });
                let lines: Vec<_> = lines.collect();
                for pair in lines.windows(2).filter(|pair| pair[0].0 != pair[1].0) {
                    assert!((pair[1].0 - pair[0].0) * 100 + Length::um(100) >= pair[0].1 * 128, "{}", stem(&path));
                }
            });
        }
    }
}

#[test]
fn examples_are_built_without_a_warning() {
    for path in charts("examples") {
        match compiled(&path, &Asked::default()) {
            Ok((_, report)) => {
                let warnings =
                    report.diagnostics.iter().filter(|d| d.severity < riskchart::diag::Severity::Note).count();
                assert_eq!(warnings, 0, "{}\n{}", stem(&path), told(&report));
            }
            Err(report) => panic!("{}\n{}", stem(&path), told(&report)),
        }
    }
}
