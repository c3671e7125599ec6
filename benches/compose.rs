//! What composition costs: `cargo bench --bench compose`.
//!
//! Prints the best of several rounds for the items of the seven charts, and per chart-sized set of forty paragraphs.

#![allow(clippy::disallowed_macros, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints")]
#![allow(clippy::print_stdout, reason = "a bench prints")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use riskchart::font::FontBook;
use riskchart::text::{Fragment, Paragraph, Setting};
use riskchart::unit::{Em, Length};

const ITEMS: &str = include_str!("../tests/data/items.txt");
/// A chart has about so many paragraphs.
const CHART: usize = 40;
const ROUNDS: usize = 30;

/// The shortest of many rounds: the others were disturbed.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    rounds.min().unwrap_or_default()
}

fn print(what: &str, took: Duration, each: usize, of: &str) {
    let per = took.as_secs_f64() * 1e9 / each as f64;
    println!("{what:<44} {:>10.1} µs   {per:>8.0} ns per {of}", took.as_secs_f64() * 1e6);
}

fn main() {
    let texts: Vec<&str> = ITEMS.lines().cycle().take(CHART * 3).collect();
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    print("FontBook::embedded", best(FontBook::embedded), 6, "face");

    let book = FontBook::embedded();
    let face = book.find("hei", false).expect("embedded");
    let cold = Instant::now();
    black_box(Paragraph::prepare(&book, &[Fragment { text: "检查。", face, span: None }]).expect("prepared"));
    print("first prepare (plans of shaping)", cold.elapsed(), 1, "call");

    let prepare = |text: &&str| Paragraph::prepare(&book, &[Fragment { text, face, span: None }]).expect("prepared");
    let prepared = || texts.iter().map(prepare).collect::<Vec<_>>();
    print(&format!("prepare, {} paragraphs", texts.len()), best(prepared), characters, "character");

    let paragraphs = prepared();
    let measures: Vec<Em> = (24..=160).map(|quarters| Em::milli(quarters * 250)).collect();
    let chart = &paragraphs[..CHART];
    let chart_characters: usize = texts[..CHART].iter().map(|text| text.chars().count()).sum();
    println!("a chart: {CHART} paragraphs, {chart_characters} characters, {} widths from 6 to 40 em", measures.len());
    for setting in [Setting::Body, Setting::Balanced] {
        let counted = || measures.iter().flat_map(|&m| chart.iter().map(move |p| p.count_lines(m))).sum::<usize>();
        print(&format!("count_lines, {setting:?}"), best(counted), measures.len(), "chart at one width");
        let set = || measures.iter().flat_map(|&m| chart.iter().map(move |p| p.lines(m, setting).len())).sum::<usize>();
        print(&format!("lines, {setting:?}"), best(set), measures.len(), "chart at one width");
    }
    let glyphs: Vec<u16> = ITEMS.chars().filter_map(|c| book.face(face).glyph(c)).collect();
    print("subset of the items' glyphs", best(|| book.face(face).subset(&glyphs)), glyphs.len(), "glyph");
    let outlines = || glyphs.iter().map(|&g| book.face(face).outline(g, Length::mm(5)).segments.len()).sum::<usize>();
    print("outlines", best(outlines), glyphs.len(), "glyph");
}
