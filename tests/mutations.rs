//! Charts, project files and logos that were damaged at random: whatever is made of them, nothing panics, hangs, or refuses
//! a chart for what its words look like in print.
//!
//! A short run is a part of `cargo test`. Anyone can run it for longer, and from another place:
//!
//! ```sh
//! RISKCHART_MUTATIONS=1000000 RISKCHART_SEED=7 cargo test --release --test mutations -- --nocapture
//! ```

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "how many and from where is asked for and printed"
)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use riskchart::diag::{Code, Report};
use riskchart::font::FontBook;
use riskchart::input::keys::TableId;
use riskchart::input::laid_out;
use riskchart::mend::Mender;
use riskchart::source::decode;
use riskchart::{Entry, Options, draw, read};
use support::Memory;

/// How many are tried in `cargo test`.
const SHORT: u64 = 400;
/// Drawing takes a hundred times as long as reading: it is done to one of so many.
const DRAWN: u64 = 20;
/// What a damaged file may take, tests built without optimisation and on a busy machine included.
const LONGEST: Duration = Duration::from_secs(30);

/// What is put into files: marks of TOML in every width, ends of lines of all kinds, what other programs leave behind.
const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "\"\"\"",
    "=",
    "＝",
    "==",
    ":",
    "：",
    "[",
    "]",
    "[[",
    "]]",
    "【",
    "】",
    "{",
    "}",
    ",",
    "，",
    "、",
    "#",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{a0}",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{0}",
    "\\",
    "\\u0000",
    ".",
    "..",
    "-",
    "—",
    "职权",
    "环节",
    "java培训",
    "off",
    "pdf",
    "名称 = ",
    "[[环节]]\n",
    "0",
    "9999999999999999999",
    "1e999",
    "nan",
    "true",
    "2026-02-30",
    "<",
    ">",
    "&",
    "url(#a)",
    "id",
    "\u{1b}[31m",
    "😀",
    "𠮷",
    "e\u{301}",
    "a\u{300}\u{300}\u{300}",
];

/// A small generator (xorshift64*): the same files on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A few damages at random places.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(12)).min(bytes.len());
            match self.below(7) {
                0 => drop(bytes.drain(at..end)),
                1 if at < bytes.len() => bytes[at] = self.next() as u8,
                2 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                3 => bytes.truncate(at.max(1)),
                4 => {
                    let far = (at + self.below(400)).min(bytes.len());
                    bytes.drain(at..far);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())].repeat(1 + self.below(3));
                    // Within a character now and then: files come cut from shared drives.
                    let at = if self.below(9) == 0 { at } else { floor(&bytes, at) };
                    bytes.splice(at..at, piece.bytes());
                }
            }
        }
        bytes
    }
}

/// The beginning of the character that a place lies in.
fn floor(bytes: &[u8], mut at: usize) -> usize {
    while at > 0 && at < bytes.len() && bytes[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    at
}

fn files(folder: &str, extension: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|other| other == extension));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("readable")).collect()
}

fn asked(variable: &str, standard: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(standard)
}

/// Everything that is made of a chart, its project file and its logo. Gives what was found wrong.
fn tried(files: BTreeMap<String, Vec<u8>>, fonts: &Arc<FontBook>, drawn: bool) -> Report {
    let texts: Vec<_> = [("图.toml", TableId::Chart), ("riskchart.toml", TableId::Project)]
        .into_iter()
        .filter_map(|(name, root)| Some((decode(&files[name]).ok()?.0, root)))
        .collect();
    texts.iter().for_each(|(text, root)| drop(laid_out(text, *root)));
    let memory = Memory(files);
    let entry = Entry { chart: "图.toml".to_owned(), project: Some("riskchart.toml".to_owned()) };
    Mender::new(&memory, Vec::new()).mend(&entry, true);
    drop(riskchart::input::project(&memory, "riskchart.toml", &mut Report::default()));
    let (chart, report) = read(&memory, &entry);
    let options = Options { fonts: Arc::clone(fonts), paper: None, orientation: None, theme: None, stamp: false };
    match chart.filter(|_| drawn) {
        Some(chart) => draw(&memory, &chart, &options, report).map_or_else(|report| report, |(_, report)| report),
        None => report,
    }
}

/// What our own check finds in print is a fault of layout, whatever was written.
fn is_of_layout(code: Code) -> bool {
    matches!(
        code,
        Code::TextOverlap | Code::TextOffPage | Code::TextOutOfBox | Code::BoxOverlap | Code::LineThroughText
    )
}

#[test]
fn damaged_files_do_no_harm() {
    let charts: Vec<_> =
        ["tests/cases", "examples", "charts"].iter().flat_map(|folder| files(folder, "toml")).collect();
    let projects = vec![
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/riskchart.toml")).expect("readable"),
        "[defaults]\n单位 = \"局\"\n[output]\nfolder = \"x\"\ndpi = 99\n[check]\nallow = [\"known-slip\"]\n[fonts]\nfolders = [\"y\"]\n".into(),
    ];
    let logos = files("examples", "svg");
    let fonts = Arc::new(FontBook::embedded());
    let (count, seed) = (asked("RISKCHART_MUTATIONS", SHORT), asked("RISKCHART_SEED", 1));
    for number in seed..seed + count {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut pick = |of: &[Vec<u8>], damaged: bool| {
            let bytes = &of[dice.below(of.len())];
            if damaged { dice.damaged(bytes) } else { bytes.clone() }
        };
        // One of the three is damaged: two at a time hide each other.
        let which = number % 8;
        let files = BTreeMap::from([
            ("图.toml".to_owned(), pick(&charts, which > 1)),
            ("riskchart.toml".to_owned(), pick(&projects, which == 1)),
            ("徽标.svg".to_owned(), pick(&logos, which == 0)),
        ]);
        let begun = Instant::now();
        let tried = catch_unwind(AssertUnwindSafe(|| tried(files, &fonts, number % DRAWN == 0 || which == 0)));
        let report = tried.unwrap_or_else(|_| panic!("a panic at RISKCHART_SEED={number}"));
        let fault = report.diagnostics.iter().find(|problem| is_of_layout(problem.code));
        assert!(fault.is_none(), "refused in print at RISKCHART_SEED={number}: {fault:?}");
        assert!(begun.elapsed() < LONGEST, "{:?} at RISKCHART_SEED={number}", begun.elapsed());
    }
    println!("{count} damaged files from RISKCHART_SEED={seed}");
}
