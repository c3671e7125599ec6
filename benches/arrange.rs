//! What a chart costs from text to scene, by its length: `cargo bench --bench arrange`.
//!
//! Prints the best of several rounds, and how much more a chart ten times as long takes: by its content, not by its
//! square.

#![allow(clippy::disallowed_macros, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints")]
#![allow(clippy::print_stdout, reason = "a bench prints")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use riskchart::font::FontBook;
use riskchart::{Entry, Options, compile};

#[allow(dead_code)]
#[path = "../tests/support/mod.rs"]
mod support;

const ITEMS: &str = include_str!("../tests/data/items.txt");
const ROUNDS: usize = 7;

/// A chart of so many stages, each with two risks and two measures of the seven charts.
fn chart(stages: usize) -> String {
    let mut items = ITEMS.lines().cycle();
    let mut list = || format!("[\"{}\", \"{}\"]", items.next().unwrap_or(""), items.next().unwrap_or(""));
    let mut out = String::from("职权 = \"行政检查\"\n");
    for stage in 1..=stages {
        let _ = write!(
            out,
            "[[环节]]\n名称 = \"环节{stage}\"\n[环节.风险]\n风险等级 = \"高\"\n表现形式 = {}\n[环节.措施]\n防控措施 = {}\n责任人 = \"负责人\"\n",
            list(),
            list()
        );
    }
    out
}

/// The shortest of several rounds: the others were disturbed.
fn best(stages: usize, fonts: &Arc<FontBook>) -> Duration {
    let host = support::Memory(BTreeMap::from([("图.toml".to_owned(), chart(stages).into_bytes())]));
    let entry = Entry { chart: "图.toml".to_owned(), project: None };
    let options = Options { fonts: fonts.clone(), paper: None, orientation: None, theme: None, stamp: false };
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        black_box(compile(&host, &entry, &options)).expect("a sound chart");
        start.elapsed()
    });
    rounds.min().unwrap_or_default()
}

fn main() {
    let fonts = Arc::new(FontBook::embedded());
    best(1, &fonts);
    for (short, long) in [(5, 50), (10, 100), (20, 200)] {
        let (a, b) = (best(short, &fonts), best(long, &fonts));
        let ms = |took: Duration| took.as_secs_f64() * 1e3;
        println!(
            "{short:>3} stages {:>7.1} ms   {long:>3} stages {:>7.1} ms   {:>5.1} times",
            ms(a),
            ms(b),
            b.as_secs_f64() / a.as_secs_f64()
        );
    }
}
