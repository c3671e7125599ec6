//! The lines that errors stand on, and runs of lines that are one mistake.

use std::ops::Range;

use super::keys::TableId;
use super::repair::begins_statement;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::source::{FileId, SourceFile, Span, floor, is_han};

/// Bytes of a line that are looked at before and after an error.
const NEAR: usize = 16 << 10;

/// The line an error stands on.
pub(super) struct SourceLine<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) before: &'t str,
    pub(super) after: &'t str,
}

impl<'t> SourceLine<'t> {
    pub(super) fn around(source: &'t SourceFile, at: usize) -> Self {
        let text = &source.text;
        let at = floor(text, at);
        // Of a line longer than anybody types, what is near will do.
        let (first, last) = (floor(text, at.saturating_sub(NEAR)), floor(text, at + NEAR));
        let start = text[first..at].rfind('\n').map_or(first, |lf| first + lf + 1);
        let end = text[at..last].find('\n').map_or(last, |lf| at + lf);
        Self { text: &text[start..end], start, before: &text[start..at], after: &text[at..end] }
    }

    pub(super) fn is_header(&self) -> bool {
        self.text.trim_start().starts_with(['[', '［', '【'])
    }

    /// The line without the spaces around it and its comment.
    pub(super) fn content(&self) -> Range<usize> {
        let text = self.text.split('#').next().unwrap_or_default().trim_end();
        let indent = text.len() - text.trim_start().len();
        self.start + indent..self.start + text.len()
    }
}

/// Lines in a row that are no part of a chart, at least so many, are told as one: somebody pasted a text.
const PASTED: usize = 3;

/// Makes one problem of each run of lines without an equals sign; below a key without a value they are its entries.
pub(super) fn gather_lines(problems: &mut Vec<Diagnostic>, source: &SourceFile) {
    let line = |problem: &Diagnostic| problem.span.map_or(0, |span| source.line(span.start as usize));
    let is_plain = |problem: &Diagnostic| problem.code == Code::MissingEquals && problem.edits.is_empty();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(problems.len());
    let mut rest = std::mem::take(problems).into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut run = Vec::new();
        let mut last = line(&first);
        let begins = is_plain(&first) || first.code == Code::MissingValue;
        // The bracket that closes a list whose opening one is missing.
        let text = |problem: &Diagnostic| {
            problem.span.map_or("", |span| SourceLine::around(source, span.start as usize).text.trim())
        };
        let closes = |problem: &Diagnostic| problem.code == Code::BadHeader && text(problem) == "]";
        let goes_on = |next: &Diagnostic| is_plain(next) || (first.code == Code::MissingValue && closes(next));
        while let Some(next) = rest.next_if(|next| begins && goes_on(next) && line(next) <= last + 2) {
            last = line(&next);
            run.push(next);
        }
        let enough = if first.code == Code::MissingValue { 1 } else { PASTED - 1 };
        let below = match run.as_slice() {
            [next] if first.code == Code::MissingValue => joined(text(&first), text(next)),
            _ => None,
        };
        match run.len() {
            1 if below.is_some() => kept.push(first.with_some("line", below)),
            more if more >= enough => kept.push(first.with("more", more)),
            _ => kept.extend(std::iter::once(first).chain(run)),
        }
    }
    *problems = kept;
}

/// A line that ends with its equals sign and the text in quotes below it, as one line; where a list has to stand, the
/// text is its entry.
fn joined(line: &str, below: &str) -> Option<String> {
    let word = line.split_once(['=', '＝'])?.0.trim().trim_matches(['"', '\'']);
    let list = TableId::ALL.iter().filter_map(|table| table.key(word)).any(|row| row.kind.is_list_alone());
    let text = below.len() > 1 && below.starts_with('"') && below.ends_with('"');
    (text && !list && !below.contains('\\')).then(|| format!("{} {below}", line.trim()))
}

/// Whether a line is a row of a spreadsheet: cells parted by tabs, and nothing that a chart has.
fn is_row(line: &str) -> bool {
    line.trim().matches('\t').count() >= 2 && !line.contains(['=', '＝', '"', '“', '[', '#'])
}

/// Makes one problem of the rows of a spreadsheet that are no part of a chart, with the lines that could stand for them.
pub(super) fn gather_rows(problems: &mut Vec<Diagnostic>, (file, source): (FileId, &SourceFile)) {
    let row = |problem: &Diagnostic| {
        problem.span.map(|span| SourceLine::around(source, span.start as usize)).filter(|line| is_row(line.text))
    };
    let Some(first) = problems.iter().filter_map(row).map(|line| line.start).min() else { return };
    problems.retain(|problem| row(problem).is_none());
    let count = source.text[first..].lines().take_while(|line| is_row(line)).count();
    let line = SourceLine::around(source, first);
    let name = line.text.trim().split('\t').next().unwrap_or_default();
    let problem = Diagnostic::new(Code::PastedTable, Span::new(file, first, first + line.text.len()));
    problems.push(problem.with("line", source.line(first)).with("count", count).with("first", name));
    problems.sort_by_key(|problem| problem.span);
}

/// Takes out what only follows from an error before it: the entries of a list whose first line can't be read, and what
/// is right where the parser still looks for the end of a list.
pub(super) fn drop_consequences(problems: &mut Vec<Diagnostic>, source: &SourceFile) {
    let mut list = 0..0;
    let mut any = false;
    problems.retain(|problem| {
        let Some(at) = problem.span.map(|span| span.start as usize) else { return true };
        let line = SourceLine::around(source, at);
        let sound = match problem.code {
            Code::MissingComma => begins_statement(line.text, false),
            Code::BadHeader => is_sound_header(&source.text[line.content()]),
            _ => false,
        };
        if list.contains(&line.start) || (any && sound) {
            return false;
        }
        any = true;
        if !line.is_header() && source.text[line.content()].ends_with(['[', '［', '【']) {
            let end = line.start + line.text.len();
            let closing = source.text[end..].match_indices('\n').map(|(lf, _)| end + lf + 1);
            let closing = closing.take_while(|&at| !begins_statement(&source.text[at..], false));
            let last = closing.clone().find(|&at| source.text[at..].trim_start().starts_with([']', '］', '】']));
            list = last.map_or(0..0, |last| end..last + 1);
        }
        true
    });
}

/// `[[环节]]`: a header with as many brackets before as after it.
fn is_sound_header(line: &str) -> bool {
    let inner = line.trim_matches(['[', ']']);
    let (before, after) =
        (line.len() - line.trim_start_matches('[').len(), line.len() - line.trim_end_matches(']').len());
    (1..=2).contains(&before) && before == after && !inner.contains(['[', ']', ' ']) && TableId::headed(line).is_some()
}

/// An entry without the bullet or number typed before it: the program numbers entries itself.
pub(super) fn without_number(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '+', '·', '•', '●']);
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（(".contains(c));
    let mark = after.trim_start_matches(['.', '．', '、', ')', '）']);
    if after.len() < line.len() && mark.len() < after.len() { mark } else { line }
}

/// The last header above a byte, and the table that it begins.
fn header_above(source: &SourceFile, at: usize) -> Option<(&str, TableId)> {
    let mut above = source.text[..at].lines().rev().map(str::trim).filter(|line| line.starts_with(['[', '［', '【']));
    above.find_map(|line| Some((line, TableId::headed(line)?)))
}

/// The table that a line belongs to.
pub(super) fn table_above(source: &SourceFile, at: usize) -> Option<TableId> {
    header_above(source, at).map(|(_, table)| table)
}

/// The header of the table that a line belongs to, where there may be several such tables: a second name in one
/// most likely lacks a header of its own.
pub(super) fn list_header(source: &SourceFile, at: usize) -> Option<&'static str> {
    let line = SourceLine::around(source, at);
    let (header, table) = header_above(source, line.start)?;
    let words = table.header()?;
    let inline = line.text.contains(['{', '｛']) || line.is_header();
    let new = if header.contains(is_han) { words.zh } else { words.en };
    (new.starts_with("[[") && !inline).then_some(new)
}

/// The line above a key that would be its header and is a remark: `## 环节`.
pub(super) fn header_in_remark(table: TableId, source: &SourceFile, at: usize) -> Option<usize> {
    let start = SourceLine::around(source, at).start;
    let above = source.text[..start].lines().rev().map(str::trim).enumerate();
    let (n, remark) = above.take_while(|(_, line)| !line.starts_with('[')).find(|(_, line)| line.starts_with('#'))?;
    let headed = TableId::headed(remark.trim_start_matches(['#', ' ']));
    (headed == Some(table)).then(|| source.line(start) - 1 - n)
}

/// What comes in pairs.
pub(super) const PAIRS: Words = Words { zh: "方括号、花括号", en: "brackets and braces" };

/// Says where a bracket of another kind closes the one at `at`, or where the right one stands behind a number sign, as a
/// part of a remark.
pub(super) fn bracket_behind(problem: Diagnostic, source: &SourceFile, at: usize) -> Diagnostic {
    let close = if source.text[at..].starts_with(['{', '｛']) { '}' } else { ']' };
    if let Some((n, mark)) = other_closer(source, at, close) {
        return problem.with("row", source.line(at) + n).with("typed", mark).with("instead", close);
    }
    let hidden =
        |line: &str| line.rfind('#').is_some_and(|sign| line[sign..].contains(close) && !line[..sign].contains(close));
    let lines = source.text[at..].lines().enumerate();
    let mut own = lines.take_while(|(n, line)| *n == 0 || !begins_statement(line, false));
    if let Some((n, _)) = own.find(|(_, line)| hidden(line)) {
        return problem.with("line", source.line(at) + n).with("mark", close);
    }
    let mut below = source.text[at..].lines().enumerate().skip(1);
    match below.find(|(_, line)| begins_statement(line, false)) {
        Some((n, _)) => problem.with("before", source.line(at) + n).with("close", close),
        None => problem.with_words("pairs", PAIRS),
    }
}

/// The mark that closes, on a line so many below, what opens at `at` in place of `close`: a bracket of another kind at
/// the end of its line, behind an entry or alone.
fn other_closer(source: &SourceFile, at: usize, close: char) -> Option<(usize, char)> {
    const CLOSERS: [char; 7] = [')', '）', '}', '｝', ']', '］', '》'];
    let lines = source.text[at..].lines().enumerate();
    let mut own = lines.take_while(|(n, line)| *n == 0 || !begins_statement(line, false));
    own.find_map(|(n, line)| {
        let line = line.split('#').next().unwrap_or_default().trim_end_matches([' ', ',', '，', '、', '。']);
        let mark = line.chars().next_back().filter(|mark| *mark != close && CLOSERS.contains(mark))?;
        let before = line[..line.len() - mark.len_utf8()].trim();
        (before.is_empty() || before.ends_with(['"', '\'', '”', ',', '，', '、'])).then_some((n, mark))
    })
}

/// Fills in which quote closes the text that `typed` begins with, and how to break its line where one line is all it
/// may have.
pub(super) fn unclosed(problem: Diagnostic, typed: &str) -> Diagnostic {
    match ["\"\"\"", "'''"].into_iter().find(|triple| typed.starts_with(triple)) {
        Some(triple) => problem.with("quote", triple),
        None => problem.with("quote", if typed.starts_with('\'') { "'" } else { "\"" }).with("break", "\\n"),
    }
}

/// What a value that is no number, or the line that holds it, was meant to be: a list in round brackets, a date.
pub(super) fn number_meant(problem: Diagnostic, line: &str) -> Diagnostic {
    let value = line.split_once(['=', '＝']).map_or("", |(_, value)| value.trim());
    let inner = value.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
    if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
        return problem.with("list", format!("[{}]", half_width_marks(inner)));
    }
    let parts: Vec<Option<u32>> = value.split('-').map(|part| part.trim().parse().ok()).collect();
    match parts.as_slice() {
        [Some(1000..), Some(1..=12), Some(29..=31)] => problem.with("day", value),
        _ => problem.with("date", "2025-03-01"),
    }
}

/// The entries of a list with the commas between them and the quotes around them as TOML wants them.
fn half_width_marks(entries: &str) -> String {
    let mut inside = false;
    let marks = entries.chars().map(|c| match c {
        '"' | '“' | '”' => {
            inside = !inside;
            "\"".to_owned()
        }
        '，' | '、' | '；' if !inside => ", ".to_owned(),
        c => c.to_string(),
    });
    marks.collect()
}

/// Whether the parser says that a key or a header is there twice.
pub(super) fn is_duplicate(message: &str) -> bool {
    message.starts_with("duplicate key") || message.starts_with("cannot extend value")
}

/// The header of the line at `place`, where it stood before.
pub(super) fn headers_before(text: &str, place: usize) -> Vec<Range<usize>> {
    let start = text[..place].rfind('\n').map_or(0, |lf| lf + 1);
    let content = |line: &str| line.split('#').next().unwrap_or_default().trim().len();
    let header = text[start..].trim_start();
    let header = &header[..content(header.split('\n').next().unwrap_or_default())];
    let mut at = 0;
    let mut found = Vec::new();
    for line in text[..start].split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line[indent..].starts_with(header) && content(line) == header.len() {
            found.push(at + indent..at + indent + header.len());
        }
        at += line.len();
    }
    found
}

/// What stands at a place.
pub(super) fn written(span: Span, report: &Report) -> &str {
    report.sources.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The line of a header that `span` lies in.
pub(super) fn header_at(span: Span, report: &Report) -> String {
    let text = &report.sources.file(span.file).text;
    let at = floor(text, span.start as usize);
    let start = text[..at].rfind('\n').map_or(0, |lf| lf + 1);
    let line = text[start..].split(['\n', '#']).next().unwrap_or_default();
    line.trim().to_owned()
}
