//! Files that are no charts at all: empty ones, other formats, tables and letters saved under a chart's name. Each is one
//! message, not one for every line.

use super::keys::TableId;
use crate::diag::{Code, Diagnostic, Words};
use crate::source::{FileId, SourceFile, Span};

/// Bytes of a file that is looked at.
const LONGEST: usize = 2 << 20;
/// Lines that are looked at to tell a letter from a chart.
const LOOKED_AT: usize = 500;

/// What the file is in place of a chart; `None` where it may be one.
pub(super) fn problem(text: &str, file: FileId, source: &SourceFile) -> Option<Diagnostic> {
    // More than anybody types is refused by its own limits.
    if text.len() > LONGEST {
        return None;
    }
    let first = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let rest = &text[first..];
    let place = |at: usize, length: usize| Span::new(file, at, at + length);
    let other =
        |at: usize, format: Words| Diagnostic::new(Code::OtherFormat, place(at, 0)).with_words("format", format);
    if lines(text).next().is_none() {
        let problem = Diagnostic::new(Code::EmptyFile, Span::new(file, 0, 0));
        return Some(if rest.is_empty() { problem } else { problem.with("mark", "#") });
    }
    let inner = rest.strip_prefix(['{', '[']).map(str::trim_start);
    if inner.is_some_and(|inner| inner.starts_with(if rest.starts_with('{') { '"' } else { '{' })) {
        return Some(other(first, named("JSON")));
    }
    if rest.starts_with("<?xml") || rest.starts_with("<!") || rest.starts_with("<html") || rest.starts_with("<table") {
        return Some(other(first, named("HTML")));
    }
    if lines(text).any(|(_, line)| line.contains(['=', '＝'])) {
        return None;
    }
    if let Some(at) = yaml(text) {
        return Some(other(at, named("YAML")));
    }
    if let Some((at, length, count, name)) = table(text) {
        let problem = Diagnostic::new(Code::PastedTable, place(at, length)).with("line", source.line(at));
        return Some(problem.with("count", count).with("first", name));
    }
    // What a letter begins with says that it is one.
    let looked_at = || lines(text).take(LOOKED_AT).map(|(_, line)| line);
    let (all, plain) = (looked_at().count(), looked_at().filter(|line| is_plain(line)).count());
    let begins = looked_at().next().is_some_and(is_plain);
    let is_prose = all > 1 && begins && plain * 2 > all && !looked_at().any(is_header);
    is_prose.then(|| other(first, Words { zh: "普通文字", en: "plain prose" }))
}

const fn named(format: &'static str) -> Words {
    Words { zh: format, en: format }
}

/// The lines that hold something, each with its place.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let all = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let held =
        all.map(move |(at, line)| (at + line.len() - line.trim_start_matches(blank).len(), line.trim_matches(blank)));
    held.filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', '＃']))
}

/// Whether a word is a key of some table.
fn is_key(word: &str) -> bool {
    TableId::ALL.iter().any(|table| table.key(word).is_some())
}

/// Whether a line is the header of a table, however it is typed. No header is longer than a line of type.
fn is_header(line: &str) -> bool {
    line.len() < 200 && TableId::headed(line).is_some()
}

/// Whether a line has nothing of a chart: no header, no key at its beginning.
fn is_plain(line: &str) -> bool {
    let word = line.split([':', '：', ' ', '\t', '\u{3000}']).next().unwrap_or_default();
    !line.starts_with(['[', '［', '【', '"', '“', '{']) && !is_header(line) && !is_key(word)
}

/// Where a text in YAML begins its first list: `- 名称: 受理`, in a file without an equals sign.
fn yaml(text: &str) -> Option<usize> {
    let keyed = |line: &str| {
        let word = line.split([':', '：']).next().unwrap_or_default().trim_matches(['"', ' ', '\'']);
        line.contains([':', '：']) && is_key(word)
    };
    let listed = |line: &str| line.strip_prefix("- ").is_some_and(keyed);
    lines(text).find(|(_, line)| listed(line)).map(|(at, _)| at)
}

/// Rows of cells parted by commas or bars, all with as many: where they begin, the length of the first, how many they
/// are, and the first cell below the heads.
fn table(text: &str) -> Option<(usize, usize, usize, &str)> {
    let rows: Vec<_> = lines(text).collect();
    let cells = |line: &str, mark: char| line.trim_matches(mark).split(mark).count();
    let mark = [',', '，', '|'].into_iter().find(|&mark| {
        let widest = rows.first().map_or(0, |(_, line)| cells(line, mark));
        rows.len() > 1 && widest > 2 && rows.iter().all(|(_, line)| cells(line, mark) == widest)
    })?;
    let is_rule = |line: &str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let first = rows.iter().skip(1).map(|(_, line)| *line).find(|line| !is_rule(line))?;
    let name = first.trim_matches(mark).split(mark).next().unwrap_or_default().trim();
    (!first.contains('"')).then_some((rows[0].0, rows[0].1.len(), rows.len(), name))
}
