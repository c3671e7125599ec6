//! Charts, project files and logos that were damaged at random: whatever is made of them, nothing panics, hangs, or refuses
//! a chart for what its words look like in print; what is laid out or mended is so for good; what can be drawn can be
//! written in every format.
//!
//! Every one is read, laid out as text and mended; one of some of them is drawn, one of more of them written in every format,
//! which takes a thousand times as long.
//!
//! A short run is a part of `cargo test`. Anyone can run it for longer, and from another place; every kind of fault is then
//! told once, with the number that makes it again. A million take an hour or so:
//!
//! ```sh
//! RISKCHART_MUTATIONS=1000000 RISKCHART_SEED=7 cargo test --release --test mutations -- --nocapture
//! ```
//!
//! `RISKCHART_DRAWN=10 RISKCHART_WRITTEN=50` draws one of ten and writes one of fifty; a fault found so wants the same words
//! to be seen again.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "how many and from where is asked for and printed"
)]

#[path = "support/print.rs"]
mod print;
#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use print::OURS;
use riskchart::diag::{Report, Severity};
use riskchart::export::{ExportOptions, FORMATS, Resolution, export};
use riskchart::font::FontBook;
use riskchart::input::keys::TableId;
use riskchart::input::laid_out;
use riskchart::mend::Mender;
use riskchart::picture::Pictures;
use riskchart::source::decode;
use riskchart::{Entry, Options, draw, read};
use support::Memory;

/// How many are tried in `cargo test`.
const SHORT: u64 = 240;
/// Of so many one is drawn, and of so many one is written: in `cargo test`, and of a longer run.
const DEPTHS: [(u64, u64); 2] = [(3, 6), (20, 200)];
/// A longer run says where it is after so many.
const TELLING: u64 = 100_000;
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

/// What texts are put together of anew: what clerks type and what lines of it are hard to break.
const WORDS: &[&str] = &[
    "超时、超权限立案",
    "检查",
    "，",
    "。",
    "；",
    "（",
    "）",
    "《中华人民共和国行政许可法》第四十二条",
    "“一次告知”",
    "java",
    "WPS-Office",
    "off",
    "pdf",
    "https://www.example.gov.cn/a/b?c=d",
    "2026年3月1日",
    "20个工作日",
    "100%",
    "A4",
    "……",
    "——",
    "·",
    " ",
    "\\n",
    "①",
    "㎡",
    "1.",
    "局长、副局长",
    "0355-2123456",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "Ａ１",
    "龘",
    "fj",
    "\u{200b}",
    "：",
    "/",
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

impl Dice {
    /// A chart with some of its texts written anew, most of which can be drawn; where `lines` says so, some of its lines twice,
    /// elsewhere or not at all, too.
    fn rewritten(&mut self, bytes: &[u8], lines: bool) -> Vec<u8> {
        let texts_alone = !lines;
        let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..=self.below(6) {
            let at = self.below(lines.len());
            match if texts_alone { 3 } else { self.below(8) } {
                0 if lines.len() > 1 => drop(lines.remove(at)),
                1 if !lines.is_empty() => {
                    let line = lines[at].clone();
                    lines.insert(self.below(lines.len()), line);
                }
                // A box, a stage or a list again and again.
                2 if !lines.is_empty() => {
                    let end = (at + 1 + self.below(8)).min(lines.len());
                    let part = lines[at..end].to_vec();
                    for _ in 0..self.below(6) {
                        lines.splice(at..at, part.iter().cloned());
                    }
                }
                _ if !lines.is_empty() => lines[at] = self.with_new_text(&lines[at]),
                _ => {}
            }
        }
        lines.join("\n").into_bytes()
    }

    /// A line with other words between two of its quotes.
    fn with_new_text(&mut self, line: &str) -> String {
        let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
        let pairs = quotes.len() / 2;
        if pairs == 0 {
            return line.to_owned();
        }
        let pair = self.below(pairs) * 2;
        let length = if self.below(5) == 0 { 60 } else { 8 };
        let words: String = (0..=self.below(length)).map(|_| WORDS[self.below(WORDS.len())]).collect();
        format!("{}{words}{}", &line[..=quotes[pair]], &line[quotes[pair + 1]..])
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

/// Everything that is made of a chart, its project file and its logo. Gives what is wrong with that, in a few words that
/// are the same for all faults of a kind.
fn tried(files: BTreeMap<String, Vec<u8>>, fonts: &Arc<FontBook>, depth: Tried) -> Result<Tried, String> {
    let texts: Vec<_> = [("图.toml", TableId::Chart), ("riskchart.toml", TableId::Project)]
        .into_iter()
        .filter_map(|(name, root)| Some((decode(&files[name]).ok()?.0, root)))
        .collect();
    for (text, root) in &texts {
        if let Some(new) = laid_out(text, *root).filter(|new| laid_out(new, *root).as_ref() != Some(new)) {
            return Err(format!("fmt is not done after one run:\n{new}"));
        }
    }
    let memory = Memory(files);
    let entry = Entry { chart: "图.toml".to_owned(), project: Some("riskchart.toml".to_owned()) };
    drop(riskchart::input::project(&memory, "riskchart.toml", &mut Report::default()));
    let (chart, report) = read(&memory, &entry);
    mended(&memory, &entry, &report)?;
    let Some(chart) = chart else { return Ok(Tried::Read) };
    if depth == Tried::Read {
        let mut report = report;
        drop(Pictures::read(&memory, &chart, None, &mut report));
        return Ok(Tried::Read);
    }
    let options = Options { fonts: Arc::clone(fonts), paper: None, orientation: None, theme: None, stamp: false };
    let (scene, report) = match draw(&memory, &chart, &options, report) {
        Ok((scene, report)) => (Some(scene), report),
        Err(report) => (None, report),
    };
    // What our own check finds in print is a fault of layout, whatever was written.
    if let Some(fault) = report.diagnostics.iter().find(|problem| OURS.contains(&problem.code)) {
        return Err(format!("refused in print: {:?}", fault.code));
    }
    let Some(scene) = scene else { return Ok(Tried::Refused) };
    if depth == Tried::Drawn {
        return Ok(Tried::Drawn);
    }
    let options = ExportOptions { resolution: Resolution::Dpi(20.0), ..ExportOptions::default() };
    for format in FORMATS {
        export(&scene, format, &options).map_err(|why| format!("no {}: {why:?}", format.name))?;
    }
    Ok(Tried::Written)
}

/// How far a file got, or is to get.
#[derive(Clone, Copy, PartialEq)]
enum Tried {
    Read,
    Refused,
    Drawn,
    Written,
}

/// Whether mending a chart leaves what it should: TOML, without errors where there were none, done once and for all.
fn mended(memory: &Memory, entry: &Entry, before: &Report) -> Result<(), String> {
    let mut mender = Mender::new(memory, Vec::new());
    let left = mender.mend(entry, true);
    if !before.has_errors() && left.has_errors() {
        let error = left.diagnostics.iter().find(|problem| problem.severity == Severity::Error).map(|told| told.code);
        return Err(format!("fix makes an error of a sound chart: {error:?}"));
    }
    let names = [entry.chart.as_str(), "riskchart.toml"];
    let same = |name: &&str| mender.text(name).is_none_or(|new| memory.0[*name] == new.as_bytes());
    if names.iter().all(same) {
        return Ok(());
    }
    let mut again = Mender::new(&mender, Vec::new());
    again.mend(entry, true);
    match names.into_iter().find(|name| again.text(name).is_some_and(|text| mender.text(name) != Some(text))) {
        Some(name) if mender.text(name).is_some() => Err(format!("fix is not done after one run: {name}")),
        _ => Ok(()),
    }
}

#[test]
fn damaged_files_do_no_harm() {
    let charts: Vec<_> =
        ["tests/cases", "examples", "charts"].iter().flat_map(|folder| files(folder, "toml")).collect();
    // What can be drawn before its texts are written anew mostly can afterwards.
    let sound: Vec<_> = ["examples", "charts"].iter().flat_map(|folder| files(folder, "toml")).collect();
    let projects = vec![
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/riskchart.toml")).expect("readable"),
        "[defaults]\n单位 = \"局\"\n[output]\nfolder = \"x\"\ndpi = 99\n[check]\nallow = [\"known-slip\"]\n[fonts]\nfolders = [\"y\"]\n".into(),
    ];
    let logos = files("examples", "svg");
    let fonts = Arc::new(FontBook::embedded());
    let (count, seed) = (asked("RISKCHART_MUTATIONS", SHORT), asked("RISKCHART_SEED", 1));
    let mut faults: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let [short, long] = DEPTHS;
    let (drawn, written) = if count > SHORT { long } else { short };
    let (drawn, written) = (asked("RISKCHART_DRAWN", drawn), asked("RISKCHART_WRITTEN", written));
    let (mut counts, mut longest) = ([0_u64; 4], (Duration::ZERO, 0));
    let all_begun = Instant::now();
    for number in seed..seed + count {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // One of the three is damaged: two at a time hide each other.
        let which = number % 8;
        let mut one = |of: &[Vec<u8>]| of[dice.below(of.len())].clone();
        let chart = if which > 4 { one(&charts) } else { one(&sound) };
        let chart = match which {
            0 | 1 => chart,
            2..=4 => dice.rewritten(&chart, which == 4),
            _ => dice.damaged(&chart),
        };
        let mut pick = |of: &[Vec<u8>], damaged: bool| {
            let bytes = &of[dice.below(of.len())];
            if damaged { dice.damaged(bytes) } else { bytes.clone() }
        };
        let files = BTreeMap::from([
            ("图.toml".to_owned(), chart),
            ("riskchart.toml".to_owned(), pick(&projects, which == 1)),
            ("徽标.svg".to_owned(), pick(&logos, which == 0)),
        ]);
        let begun = Instant::now();
        // As many of each kind of damage.
        let turn = number / 8;
        let depth = match (turn % written, turn % drawn) {
            (0, _) => Tried::Written,
            (_, 0) => Tried::Drawn,
            _ => Tried::Read,
        };
        let tried = catch_unwind(AssertUnwindSafe(|| tried(files, &fonts, depth)));
        let (took, fault) = match tried {
            Ok(Ok(tried)) => {
                counts[tried as usize] += 1;
                (begun.elapsed(), None)
            }
            Ok(Err(fault)) => (begun.elapsed(), Some(fault)),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().cloned();
                let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
                (begun.elapsed(), Some(format!("a panic: {}", said.unwrap_or_default())))
            }
        };
        let fault = fault.or_else(|| (took > LONGEST).then(|| "longer than anything may take".to_owned()));
        if let Some(fault) = fault {
            let kind: String = fault.chars().take(60).filter(|c| !c.is_ascii_digit()).collect();
            let (times, _) = faults.entry(kind).or_insert_with(|| {
                println!("RISKCHART_SEED={number}: {fault}");
                (0, number)
            });
            *times += 1;
        }
        longest = longest.max((took, number));
        let done = number - seed + 1;
        if done % TELLING == 0 && done < count {
            println!("{done} after {:?}{}", all_begun.elapsed(), memory_used());
        }
    }
    let [read, refused, drawn, written] = counts;
    println!(
        "{count} files from RISKCHART_SEED={seed}: {read} read and mended, {refused} then refused, {drawn} drawn, \
         {written} written in every format, in {:?}",
        all_begun.elapsed()
    );
    println!("the longest took {:?} (RISKCHART_SEED={}){}", longest.0, longest.1, memory_used());
    assert!(faults.is_empty(), "kinds of faults, each with how often and the first RISKCHART_SEED: {faults:#?}");
}

/// The most memory that this program had, where the system tells.
fn memory_used() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(String::new, |most| format!(", memory at most {}", most.trim()))
}
