//! Documents of Word and Excel: charts written and read back, and small documents beside what they mean.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

#[allow(dead_code)]
#[path = "../support/disk.rs"]
mod disk;
mod documents;
mod questions;
mod random;
mod round;
#[allow(dead_code)]
#[path = "../support/mod.rs"]
mod support;

use riskchart::input::Keys;
use riskchart::model::Chart;
use riskchart::office::text::{Shared, toml};
use riskchart::office::{Draft, import};

/// The charts of a document as the program reads them from the files that import makes.
fn read_back(document: &[u8]) -> Vec<Chart> {
    let imported = import(document, "文档").unwrap_or_else(|refused| panic!("{refused:?}"));
    imported.charts.iter().map(|draft| chart(&toml(draft, Keys::Zh, &Shared::default()))).collect()
}

/// A chart of this text.
fn chart(text: &str) -> Chart {
    let (chart, report) = support::check(text.as_bytes());
    assert!(!report.has_errors(), "{text}\n{report:?}");
    chart.expect("a chart")
}

/// The TOML of two charts is the same; the first lines that differ are told.
fn assert_same(own: &Chart, back: &Chart) {
    let text = |chart: &Chart| toml(&Draft::of(chart), Keys::Zh, &Shared::default());
    let (own, back) = (text(own), text(back));
    let at = own.lines().zip(back.lines()).take_while(|(own, back)| own == back).count();
    let from = |text: &str| text.lines().skip(at.saturating_sub(4)).take(12).collect::<Vec<_>>().join("\n");
    assert!(own == back, "own:\n{}\nback:\n{}\nwhole:\n{own}", from(&own), from(&back));
}
