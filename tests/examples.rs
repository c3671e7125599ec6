//! The examples in the table of problems: each bad one has the problem, each good one doesn't.

mod support;

use riskchart::diag::{CODES, Code, CodeRow, Lang, Report};

/// An example as a whole chart: with a power and a stage where it has none.
fn whole(example: &str) -> String {
    let mut chart = String::new();
    if !["职权 =", "职权:", "power ="].iter().any(|key| example.contains(key)) {
        chart.push_str("职权 = \"行政许可\"\n");
    }
    chart.push_str(example);
    if !example.contains("环节") && !example.contains("stage") {
        chart.push_str("\n[[环节]]\n名称 = \"受理\"\n");
    }
    chart
}

fn found(report: &Report) -> Vec<(&'static str, String)> {
    report.diagnostics.iter().map(|d| (d.code.row().slug, d.message(Lang::Zh))).collect()
}

/// Rows with examples. What layout finds can't be seen without fonts; its rows come last.
fn rows() -> impl Iterator<Item = &'static CodeRow> {
    CODES.iter().filter(|row| row.code < Code::MissingGlyph && !row.bad.is_empty())
}

#[test]
fn bad_examples_have_the_one_problem() {
    let mut wrong = Vec::new();
    for row in rows() {
        let (_, report) = support::check(whole(row.bad).as_bytes());
        if report.diagnostics.is_empty() || report.diagnostics.iter().any(|d| d.code != row.code) {
            wrong.push((row.slug, found(&report)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn good_examples_have_no_problem() {
    let mut wrong = Vec::new();
    for row in rows() {
        let (chart, report) = support::check(whole(row.good).as_bytes());
        if chart.is_none() || !report.diagnostics.is_empty() {
            wrong.push((row.slug, found(&report)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_blank_is_filled() {
    for row in rows() {
        let (_, report) = support::check(whole(row.bad).as_bytes());
        for told in &report.diagnostics {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!told.message(lang).contains(['{', '}']), "{}", told.message(lang));
                for name in
                    told.code.row().message.get(lang).split('{').skip(1).filter_map(|part| part.split('}').next())
                {
                    assert!(
                        told.values.iter().any(|(key, _)| *key == name),
                        "{}: {name} is not filled",
                        told.code.row().slug
                    );
                }
            }
        }
    }
}
