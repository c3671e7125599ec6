//! What TOML's parser found wrong, in a clerk's words and at the clerk's line.

use std::ops::Range;

use toml::de::Error;

use super::keys::{Kind, TableId};
use super::repair::{Change, Rewritten};
use super::{Table, Value};
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::source::{FileId, SourceFile, Span};

/// A text that the parser refused.
pub(super) struct Failed<'r> {
    pub(super) errors: Vec<Error>,
    pub(super) read: &'r Rewritten,
}

impl Failed<'_> {
    /// Where an error stands in the text as typed.
    fn place(&self, error: &Error) -> Range<usize> {
        let end = self.read.text.len();
        self.read.original(error.span().unwrap_or(end..end))
    }
}

/// Reports the errors of the text as typed, without those on lines that the repairs would have mended.
pub(super) fn tell(
    typed: &Failed<'_>,
    repaired: &Failed<'_>,
    changes: &[Change],
    table: &Table,
    (file, root): (FileId, TableId),
    report: &mut Report,
) {
    let source = report.sources.file(file).clone();
    let line = |at: usize| source.line_column(at).line;
    let mended: Vec<_> = changes.iter().filter(|c| c.is_repair()).map(|c| line(c.at().start)).collect();
    let still: Vec<_> = repaired.errors.iter().map(|error| line(repaired.place(error).start)).collect();
    let real = |at: &Range<usize>| !mended.contains(&line(at.start)) || still.contains(&line(at.start));
    let mut places: Vec<_> = typed.errors.iter().map(|error| (error, typed.place(error))).collect();
    places.retain(|(_, at)| real(at));
    if places.is_empty() {
        places = repaired.errors.iter().map(|error| (error, repaired.place(error))).collect();
    }
    let mut last = None;
    for (error, at) in places {
        // What follows on a line is most often the first error's consequence.
        if last == Some(line(at.start)) {
            continue;
        }
        last = Some(line(at.start));
        report.push(retell(error.message(), at, &source, table, (file, root)));
    }
}

/// The parser's message as one of our codes.
fn retell(
    message: &str,
    at: Range<usize>,
    source: &SourceFile,
    table: &Table,
    (file, root): (FileId, TableId),
) -> Diagnostic {
    let span = Span::new(file, at.start, at.end);
    if message.starts_with("duplicate key") || message.starts_with("cannot extend value") {
        return duplicate(span, source, table, root);
    }
    let line = Line::around(&source.text, at.start);
    Diagnostic::new(code_of(message, &line), span)
}

/// The line an error stands on.
struct Line<'t> {
    text: &'t str,
    before: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        let start = text[..at].rfind('\n').map_or(0, |lf| lf + 1);
        let end = text[at..].find('\n').map_or(text.len(), |lf| at + lf);
        Self { text: &text[start..end], before: &text[start..at] }
    }
}

/// Our code for each of the parser's messages, by its beginning.
const CODES: &[(&str, Code)] = &[
    ("missing escaped value", Code::BadEscape),
    ("too few unicode value digits", Code::BadEscape),
    ("invalid value", Code::BadEscape),
    ("unclosed array table", Code::BadHeader),
    ("unclosed table", Code::BadHeader),
    ("missing table open", Code::BadHeader),
    ("unclosed array", Code::UnclosedBracket),
    ("unclosed inline table", Code::UnclosedBracket),
    ("missing array opening", Code::UnclosedBracket),
    ("missing inline table opening", Code::UnclosedBracket),
    ("key with no value", Code::MissingEquals),
    ("missing assignment", Code::MissingEquals),
    ("missing value", Code::MissingValue),
    ("missing comma", Code::MissingComma),
    ("cannot recurse further", Code::TooDeep),
    ("recursion limit", Code::TooDeep),
    ("invalid unquoted key", Code::BadKey),
    ("unquoted keys cannot be empty", Code::BadKey),
    ("keys cannot be multi-line", Code::BadKey),
    ("string values must be quoted", Code::BadNumber),
    ("unexpected leading zero", Code::BadNumber),
    ("redundant", Code::BadNumber),
    ("integers with a radix", Code::BadNumber),
    ("radix must be lowercase", Code::BadNumber),
    ("unexpected sign", Code::BadNumber),
    ("`_` may only go", Code::BadNumber),
    ("invalid datetime", Code::BadNumber),
    ("invalid comment character", Code::ControlCharacter),
];

fn code_of(message: &str, line: &Line<'_>) -> Code {
    let quotes = line.text.matches('"').count();
    if message.starts_with("invalid basic string") || message.starts_with("invalid multi-line") {
        return Code::UnclosedString;
    }
    // A key that can't be one, after a string on the same line: the string ended early.
    let after_string = line.before.matches('"').count() >= 2;
    if after_string && quotes > 2 {
        return Code::InnerQuotes;
    }
    CODES.iter().find(|(start, _)| message.starts_with(start)).map_or(Code::Syntax, |(_, code)| *code)
}

/// A key written twice, with its first place.
fn duplicate(span: Span, source: &SourceFile, table: &Table, root: TableId) -> Diagnostic {
    let _ = (source, table, root, Kind::Labelled, Value::Boolean(true), Words { zh: "", en: "" });
    Diagnostic::new(Code::DuplicateKey, span)
}
