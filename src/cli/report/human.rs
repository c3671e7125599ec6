//! For people: the message, the lines it is about, what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use riskchart::diag::{Lang, Severity};
use riskchart::source::{SourceFile, Span};

use super::finding::{Finding, by_file, more_line};
use crate::cli::terminal::console::{Console, Stream, hint_name, severity_name};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::{same_length, visible};

/// Bytes of a line that are marked.
const LONG: usize = 120;

/// How many problems of a kind are named after the first.
const NAMED: usize = 3;
/// How many lines are shown before and after a place.
const AROUND: usize = 1;

/// The problems with their lines.
pub(crate) fn render(findings: &[Finding<'_>], console: &Console, stream: Stream) -> String {
    let renderer = if console.colored(stream) { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(console.width(stream));
    let mut text = String::new();
    for shown in by_file(findings) {
        for alike in gathered(&shown.findings) {
            text += &one(&alike, &renderer, console.lang);
            text += "\n\n";
        }
        text += &more_line(shown.file, shown.more, console.lang);
    }
    text
}

/// Problems of one kind in one file: the first is shown with its lines, the others are named. Errors have to be mended, so
/// only those that are told in the same words are gathered.
fn gathered<'a, 'f>(findings: &[&'f Finding<'a>]) -> Vec<Vec<&'f Finding<'a>>> {
    let mut groups: Vec<Vec<&'f Finding<'a>>> = Vec::new();
    for finding in findings {
        let is_alike = |group: &&mut Vec<&Finding<'_>>| {
            let first = group[0].problem;
            let same = || group[0].message == finding.message && group[0].hints == finding.hints;
            let shown = || group[0].hints.is_empty() && !first.edits.is_empty();
            (first.severity, first.code) == (finding.problem.severity, finding.problem.code)
                && (first.severity != Severity::Error || (same() && !shown()))
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// The others of a group in few lines: where they say the same, their lines alone.
fn others(first: &Finding<'_>, others: &[&Finding<'_>], lang: Lang) -> Vec<String> {
    let count = others.len();
    let mut lines: Vec<String> = others.iter().map(|other| other.start.line.to_string()).collect();
    lines.dedup();
    if others.iter().all(|other| other.message == first.message && other.problem.span.is_some()) {
        let (zh, en) = (lines.join("、"), lines.join(", "));
        let plural = if lines.len() == 1 { "" } else { "s" };
        let same = message!("同样的还有 {count} 处：第 {zh} 行" | "{count} more of the same: line{plural} {en}");
        return if count == 0 { Vec::new() } else { vec![same.get(lang).to_owned()] };
    }
    let named = others.iter().take(NAMED).map(|other| {
        let (line, words) = (other.start.line, &other.message);
        match other.problem.span {
            Some(_) if other.problem.names_its_line() => words.clone(),
            Some(_) => message!("第 {line} 行：{words}" | "line {line}: {words}").get(lang).to_owned(),
            None => words.clone(),
        }
    });
    let more = count.saturating_sub(NAMED);
    let more = (more > 0).then(|| message!("这一种另有 {more} 处" | "{more} more of this kind").get(lang).to_owned());
    named.chain(more).collect()
}

/// The first of some problems of one kind with its lines, and the others in few.
fn one(alike: &[&Finding<'_>], renderer: &Renderer, lang: Lang) -> String {
    let Some((finding, rest)) = alike.split_first() else { return String::new() };
    let rest = others(finding, rest, lang);
    let level = match finding.problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let name = severity_name(finding.problem.severity);
    let title = level.with_name(name.get(lang)).primary_title(finding.message.as_str()).id(finding.slug());
    let mut group = Group::with_title(title);
    // A note says where and what; the lines themselves would bury what has to be mended.
    let is_note = finding.problem.severity == Severity::Note;
    let listings = if is_note { Vec::new() } else { listings(finding, lang) };
    if listings.is_empty() {
        group = group.element(origin(finding));
    }
    for listing in &listings {
        group = group.element(listing.snippet());
    }
    let hint = hint_name();
    for text in &finding.hints {
        group = group.element(Level::HELP.with_name(hint.get(lang)).message(text.as_str()));
    }
    let also = message!("还有" | "also");
    for text in &rest {
        group = group.element(Level::NOTE.with_name(also.get(lang)).message(text.as_str()));
    }
    // Advice in words says what to write; the change is shown where there is none.
    let edit = (!is_note && finding.hints.is_empty()).then(|| edit(finding)).flatten();
    let change = message!("可以改成" | "write");
    let mut groups = vec![group];
    if let Some((listing, patches)) = &edit {
        let title = Level::HELP.with_name(hint.get(lang)).secondary_title(change.get(lang));
        groups.push(Group::with_title(title).element(listing.patched(patches)));
    }
    renderer.render(&groups)
}

/// The file, and the place in it where there is one.
fn origin(finding: &Finding<'_>) -> Origin<'static> {
    let origin = Origin::path(visible(finding.file));
    match finding.problem.span {
        Some(_) => origin.line(finding.start.line).char_column(finding.start.column),
        None => origin,
    }
}

/// A part of a file with marks in it.
struct Listing {
    name: String,
    /// The part's text, safe to show, every byte in its place.
    text: String,
    /// The number of its first line.
    line: usize,
    /// Ranges of the text, the words beside each, and whether it is the place itself.
    marks: Vec<(Range<usize>, String, bool)>,
}

impl Listing {
    /// The lines of a file around some spans. Spans are clamped to characters: the renderer panics on others.
    fn new(file: &SourceFile, spans: Vec<(Span, String, bool)>) -> Self {
        let clamp = |span: Span| {
            let start = file.floor(span.start as usize);
            let end = file.floor(span.end as usize).max(start);
            // Of a paragraph the beginning shows which one it is.
            let long = !file.text[start..end].contains('\n') && end - start > LONG;
            start..if long { file.floor(start + LONG) } else { end }
        };
        let marks: Vec<_> = spans.into_iter().map(|(span, words, main)| (clamp(span), words, main)).collect();
        let first = marks.iter().map(|(range, ..)| range.start).min().unwrap_or_default();
        let last = marks.iter().map(|(range, ..)| range.end).max().unwrap_or_default();
        let (from, to) = (lines_before(&file.text, first), lines_after(&file.text, last));
        Self {
            name: visible(&file.name),
            text: same_length(&file.text[from..to]),
            line: file.line_column(from).line,
            marks: marks
                .into_iter()
                .map(|(range, words, main)| (range.start - from..range.end - from, words, main))
                .collect(),
        }
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let snippet = Snippet::source(self.text.as_str()).path(self.name.as_str()).line_start(self.line);
        snippet.annotations(self.marks.iter().map(|(range, words, main)| {
            let kind = if *main { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!words.is_empty()).then_some(words.as_str());
            kind.span(range.clone()).label(label)
        }))
    }

    fn patched<'a>(&'a self, texts: &'a [String]) -> Snippet<'a, Patch<'a>> {
        let snippet = Snippet::source(self.text.as_str()).path(self.name.as_str()).line_start(self.line);
        let patches = self.marks.iter().zip(texts).map(|((range, ..), text)| Patch::new(range.clone(), text.as_str()));
        snippet.patches(patches)
    }
}

/// The place and those that belong to it, one listing a file, the place's own first.
fn listings(finding: &Finding<'_>, lang: Lang) -> Vec<Listing> {
    let own = finding.problem.span.map(|span| (span, String::new(), true));
    let related = finding.problem.related.iter().map(|(span, words)| (*span, visible(words.get(lang)), false));
    let all: Vec<_> = own.into_iter().chain(related).collect();
    let mut files = Vec::new();
    for (span, ..) in &all {
        if !files.contains(&span.file) {
            files.push(span.file);
        }
    }
    let listing = |id: &riskchart::source::FileId| {
        let file = finding.sources.files().get(usize::from(id.0))?;
        Some(Listing::new(file, all.iter().filter(|(span, ..)| span.file == *id).cloned().collect()))
    };
    files.iter().filter_map(listing).collect()
}

/// The change that mends the problem, where there is one and it lies in one file.
fn edit(finding: &Finding<'_>) -> Option<(Listing, Vec<String>)> {
    let edits: Vec<_> = finding.problem.edits.iter().collect();
    let id = edits.first()?.0.file;
    if edits.iter().any(|(span, _)| span.file != id) {
        return None;
    }
    let file = finding.sources.files().get(usize::from(id.0))?;
    let listing = Listing::new(file, edits.iter().map(|(span, _)| (*span, String::new(), true)).collect());
    // A change may hold line ends, which stay.
    let texts = edits.iter().map(|(_, text)| text.split('\n').map(visible).collect::<Vec<_>>().join("\n"));
    Some((listing, texts.collect()))
}

fn lines_before(text: &str, at: usize) -> usize {
    let ends = text[..at].match_indices('\n').rev().map(|(end, _)| end + 1);
    ends.take(AROUND + 1).last().filter(|_| text[..at].matches('\n').count() > AROUND).unwrap_or(0)
}

fn lines_after(text: &str, at: usize) -> usize {
    text[at..].match_indices('\n').nth(AROUND).map_or(text.len(), |(end, _)| at + end)
}

#[cfg(test)]
mod tests {
    use riskchart::diag::{Code, Diagnostic, Report, Words};
    use riskchart::source::FileId;

    use super::super::finding::{gather, tests::report};
    use super::*;
    use crate::cli::terminal::console::Color;

    fn shown(report: &Report, color: Color, lang: Lang) -> String {
        let console = Console { lang, color, quiet: false };
        render(&gather(&[("图/a.toml", report)], lang), &console, Stream::Err)
    }

    #[test]
    fn the_mark_stands_under_its_characters() {
        let text = "单位 = \"财政\"\n职权 = \"行政检查\"\n[[环节]]\n名称 = \"立案\"\n";
        let at = text.find("检查").expect("there");
        let mut report = report("图/a.toml", text, &[(at, at + 6)]);
        report.diagnostics[0].related.push((Span::new(FileId(0), 0, 6), Words { zh: "这里", en: "here" }));
        let expected = "\
错误[missing-glyph]: 没有字体含有“␛[31m”（U+001B）这个字
 --> 图/a.toml:2:9
  |
1 | 单位 = \"财政\"
  | ---- 这里
2 | 职权 = \"行政检查\"
  |             ^^^^
  |
  = 建议: 请换一个字，或用 --font-dir 给出含有它的字体

";
        assert_eq!(shown(&report, Color::Never, Lang::Zh), expected);
        assert!(shown(&report, Color::Never, Lang::En).starts_with("error[missing-glyph]: no font"));
    }

    #[test]
    fn a_change_is_shown_as_one() {
        let mut report = report("图/a.toml", "职权＝1", &[]);
        let span = Span::new(FileId(0), 6, 9);
        report.push(Diagnostic::new(Code::WrongType, span).edit(span, " = "));
        let text = shown(&report, Color::Never, Lang::Zh);
        assert!(text.contains("可以改成") && text.contains("职权 = 1"), "{text}");
    }

    #[test]
    fn a_change_that_is_advised_in_words_is_not_shown_again() {
        let mut report = report("图/a.toml", "单位＝1", &[]);
        let span = Span::new(FileId(0), 6, 9);
        report.push(Diagnostic::new(Code::HalfWidthMark, span).with("typed", "＝").with("full", "=").edit(span, "="));
        let text = shown(&report, Color::Never, Lang::Zh);
        assert!(text.contains("请改成“=”") && !text.contains("可以改成"), "{text}");
    }

    #[test]
    fn a_note_is_short_and_has_its_place() {
        let mut report = report("图/a.toml", "职权\n单位 = 局", &[]);
        let span = Span::new(FileId(0), 16, 19);
        let told = Diagnostic::new(Code::UnquotedValue, span).with("line", 2).with("column", 6);
        report.push(told.with("typed", "局").with("more", 1).with("places", "3:6"));
        let expected = "\
提示[unquoted-value]: 第 2 行第 6 列：“局”没有加引号，已按加了引号读取
--> 图/a.toml:2:6
 = 建议: 另有 1 处没有加引号：3:6

";
        assert_eq!(shown(&report, Color::Never, Lang::Zh), expected);
    }

    #[test]
    fn no_escape_of_a_file_reaches_the_terminal_and_no_span_panics() {
        let text = "a\u{1b}]0;x\u{7}\u{9b}31m职\u{202e}权\n";
        let spans: Vec<_> =
            (0..text.len() + 3).flat_map(|start| [(start, start), (start, start + 1), (start, 99)]).collect();
        for span in spans.iter().chain(&[(9, 2)]) {
            let shown = shown(&report("\u{1b}[2J.toml", text, &[*span]), Color::Never, Lang::Zh);
            assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{span:?} {shown:?}");
        }
        assert!(shown(&report("a.toml", "", &[(0, 0)]), Color::Never, Lang::Zh).contains("a.toml"));
    }

    #[test]
    fn what_is_alike_is_gathered_and_errors_in_other_words_are_not() {
        let text = "甲\n乙\n丙\n丁\n";
        let mut report = report("a.toml", text, &[(0, 3), (4, 7), (8, 11), (12, 15)]);
        assert_eq!(shown(&report, Color::Never, Lang::Zh).matches("missing-glyph").count(), 1);
        let mut apart = report.clone();
        for (problem, typed) in apart.diagnostics.iter_mut().zip(["甲", "乙", "丙", "丁"]) {
            problem.values[0] = ("char", riskchart::diag::Filling::Text(typed.to_owned()));
        }
        assert_eq!(shown(&apart, Color::Never, Lang::Zh).matches("missing-glyph").count(), 4);
        report.diagnostics.iter_mut().for_each(|problem| problem.severity = Severity::Warning);
        let told = shown(&report, Color::Never, Lang::Zh);
        assert_eq!(told.matches("missing-glyph").count(), 1, "{told}");
        assert!(told.contains("= 还有: 同样的还有 3 处：第 2、3、4 行"), "{told}");
        report.diagnostics[2].values[0] = ("char", riskchart::diag::Filling::Text("丙".to_owned()));
        let told = shown(&report, Color::Never, Lang::En);
        assert!(told.contains("= also: line 3: no font") && !told.contains("of the same"), "{told}");
    }

    #[test]
    fn colour_is_there_where_it_is_asked_for() {
        assert!(shown(&report("a.toml", "x", &[(0, 1)]), Color::Always, Lang::Zh).contains("\u{1b}["));
    }

    #[test]
    fn a_place_in_a_long_file_keeps_its_line_number() {
        let text = "x = 1\n".repeat(5000) + "职权";
        let shown = shown(&report("a.toml", &text, &[(30_000, 30_006)]), Color::Never, Lang::Zh);
        assert!(shown.contains("a.toml:5001:1") && shown.contains("5001 | 职权"), "{shown}");
        assert_eq!(lines_before("a\nb\nc\nd", 6), 4);
        assert_eq!(lines_before("a\nb", 2), 0);
        assert_eq!(lines_after("a\nb\nc\nd", 0), 3);
    }
}
