//! TOML to a tree with spans: encodings and repairs, keys in English, project defaults merged in.
//!
//! A file goes through [`crate::source::decode`], the repairs of `repair`, TOML's parser, `tree` (spans back to the
//! text as typed) and `shape` (keys and kinds). Everything known of a key is in its row of [`keys::KEYS`].

mod fix;
mod foreign;
mod format;
pub mod keys;
mod lines;
mod measures;
mod merge;
mod nearest;
mod paragraph;
mod phones;
mod project;
mod repair;
mod shape;
mod strings;
mod syntax;
mod tree;
mod unknown;
mod width;
mod write;

pub use fix::{Edit, with_edits, with_repairs};
pub use format::laid_out;
pub use nearest::nearest;
pub use project::{Project, project};
pub use shape::{MAX_ITEMS, MAX_STAGES, MAX_TEXT};
pub use write::{Keys, Writer, quoted};

pub(crate) use measures::number_in;
pub(crate) use paragraph::one_line;
pub(crate) use shape::{as_flag, as_number};
pub(crate) use width::fold;

use std::ops::Range;

use toml::de::DeTable;

use crate::diag::{Code, Diagnostic, Report, Severity, Words};
use crate::host::{Entry, Host};
use crate::source::{Encoding, FileId, FileKind, SourceFile, Span, Spanned, decode, unified};
use keys::TableId;
use repair::{Change, Excess, Rewritten};

/// Bytes in a file.
pub const MAX_FILE: usize = 4 << 20;
/// Characters in all texts of a file. A chart has some thousands; one of so many is a book, and takes seconds to set.
pub const MAX_CHARACTERS: usize = 50_000;

/// A value as written. Keys are in English wherever the chart format knows them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// true or false.
    Boolean(bool),
    /// A date or time, as written.
    Datetime(String),
    /// A list.
    Array(Vec<Spanned<Value>>),
    /// A table.
    Table(Table),
}

/// A table in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Keys and values.
    pub entries: Vec<(Spanned<String>, Spanned<Value>)>,
    /// The whole table; its header where it has one, the file's beginning where it is a file.
    pub span: Span,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Spanned<Value>> {
        self.entries.iter().find(|(known, _)| known.value == key).map(|(_, value)| value)
    }

    /// Takes the value of a key out of the table.
    fn take(&mut self, key: &str) -> Option<Spanned<Value>> {
        let at = self.entries.iter().position(|(known, _)| known.value == key)?;
        Some(self.entries.remove(at).1)
    }
}

/// Reads the chart file and its project file and merges the project's defaults into the chart.
///
/// Unknown keys and values of the wrong kind are reported here, once for each file they stand in; the tree still holds
/// them. `None` where there is nothing to go on with: a file can't be read or is no TOML.
pub fn read(host: &dyn Host, entry: &Entry, report: &mut Report) -> Option<Table> {
    let chart = read_file(host, &entry.chart, TableId::Chart, report);
    let project = entry.project.as_ref().map(|path| read_file(host, path, TableId::Project, report));
    let chart = chart?;
    match project {
        None => Some(chart),
        Some(project) => Some(merge::over(project::defaults(project?), chart)),
    }
}

/// Reads one file whose own keys are those of `root`.
fn read_file(host: &dyn Host, path: &str, root: TableId, report: &mut Report) -> Option<Table> {
    let file = load(host, path, report)?;
    let text = report.sources.file(file).text.clone();
    // A project file may be empty.
    if root == TableId::Chart
        && let Some(problem) = foreign::problem(&text, file, report.sources.file(file))
    {
        report.push(problem);
        return None;
    }
    let changes = match repair::scan(&text, root) {
        Ok(changes) => changes,
        Err(excess) => {
            report.push(over_limit(excess, file));
            return None;
        }
    };
    let read = Rewritten::new(&text, &changes);
    let (tree, errors) = DeTable::parse_recoverable(&read.text);
    if errors.is_empty() {
        let mistakes = syntax::mistakes(&changes, file, report.sources.file(file));
        // What was read differently matters where something is made of it.
        if mistakes.is_empty() {
            repair::tell(&changes, file, report);
        }
        let whole = mistakes.is_empty();
        let source = report.sources.file(file);
        let unclosed = mistakes.iter().filter(|problem| problem.code == Code::UnclosedString);
        let refused: Vec<_> = unclosed.filter_map(|problem| syntax::refused(problem, source)).collect();
        remember_headers(&mistakes, report);
        report.diagnostics.extend(mistakes);
        let table = tree::convert(tree.get_ref(), &read, file, report);
        // Of a pasted text nothing is left to look through.
        let worthwhile = whole || table.get("stage").is_some();
        let before = report.diagnostics.len();
        let mut sound = shape::check(&table, root, report).is_ok();
        // What was made of a text without an end is a guess.
        drop_guesses(&mut report.diagnostics, before, &refused);
        report.misread.texts.extend(refused.iter().map(|part| Span::new(file, part.start, part.end)));
        if sound && characters(&table) > MAX_CHARACTERS {
            let problem = Diagnostic::new(Code::TooManyParts, Span::new(file, 0, 0)).with("limit", MAX_CHARACTERS);
            report.push(problem.with_words("part", Words { zh: "字", en: "characters" }));
            sound = false;
        }
        return (sound && worthwhile).then_some(table);
    }
    let table = tree::convert(tree.get_ref(), &read, file, report);
    broken(&changes, &syntax::Failed { errors, read: &read }, &table, (file, root), report);
    None
}

/// The characters of all texts in a table.
fn characters(table: &Table) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::String(text) => text.chars().count(),
            Value::Array(items) => items.iter().map(|item| of(&item.value)).sum(),
            Value::Table(table) => characters(table),
            _ => 0,
        }
    }
    table.entries.iter().map(|(_, value)| of(&value.value)).sum()
}

/// Tells what is wrong with a text that isn't TOML even with the repairs: repairs don't count then, and the errors are
/// those of the text as typed. Keys and kinds are checked as far as the text could be read.
fn broken(
    changes: &[Change],
    repaired: &syntax::Failed<'_>,
    table: &Table,
    (file, root): (FileId, TableId),
    report: &mut Report,
) {
    let source = report.sources.file(file).clone();
    let typed = Rewritten::new(&source.text, changes.iter().filter(|change| !change.is_repair()));
    let (_, errors) = DeTable::parse_recoverable(&typed.text);
    let failed = syntax::Failed { errors, read: &typed };
    let problems = syntax::retell(&failed, repaired, changes, table, (file, &source));
    let refused: Vec<_> = problems.iter().filter_map(|problem| syntax::refused(problem, &source)).collect();
    let any = !problems.is_empty();
    remember_headers(&problems, report);
    report.diagnostics.extend(problems);
    let before = report.diagnostics.len();
    // Whether there would be something to go on with doesn't matter: there is not.
    let _ = shape::check(table, root, report);
    drop_guesses(&mut report.diagnostics, before, &refused);
    if !any && report.diagnostics[before..].iter().all(|problem| problem.severity != Severity::Error) {
        report.push(Diagnostic::new(Code::Syntax, Span::new(file, 0, 0)));
    }
}

/// Keeps where headers can't be read, for what seems to be missing because of them.
fn remember_headers(problems: &[Diagnostic], report: &mut Report) {
    let broken = problems.iter().filter(|problem| problem.code == Code::BadHeader).filter_map(|problem| problem.span);
    report.misread.headers.extend(broken.map(|span| (span, None)));
}

/// Takes out what was told, from `before` on, of the parts of a text that were refused: there the tree holds a guess or
/// a value without a place.
fn drop_guesses(problems: &mut Vec<Diagnostic>, before: usize, refused: &[Range<usize>]) {
    let mut found = problems.split_off(before);
    found.retain(|problem| {
        let place = problem.span.filter(|span| span.start < span.end);
        place.is_some_and(|span| !refused.iter().any(|part| part.contains(&(span.start as usize))))
    });
    problems.extend(found);
}

fn load(host: &dyn Host, path: &str, report: &mut Report) -> Option<FileId> {
    let bytes = match host.read(path) {
        Ok(bytes) => bytes,
        Err(reason) => {
            report.push(
                Diagnostic::new(Code::Unreadable, None).with("file", path).with_both("reason", reason.zh, reason.en),
            );
            return None;
        }
    };
    if bytes.len() > MAX_FILE {
        let problem = Diagnostic::new(Code::FileTooLarge, None).with("file", path);
        report.push(problem.with("size", bytes.len()).with("limit", MAX_FILE));
        return None;
    }
    match decode(&bytes) {
        Ok((text, encoding)) => {
            let (text, forms) = unified(&text);
            let file = report.sources.add(SourceFile::new(path, text));
            report.diagnostics.extend(forms_in_words(&forms, file, report.sources.file(file)));
            if encoding != Encoding::Utf8 {
                let problem = Diagnostic::new(Code::OtherEncoding, Span::new(file, 0, 0));
                report.push(problem.with("file", path).with("encoding", encoding.name()));
            }
            Some(file)
        }
        Err(fault) => {
            let code = match fault {
                _ if fault.cut => Code::CutShort,
                _ if fault.mixed => Code::MixedEncodings,
                _ => Code::Undecodable,
            };
            let problem = Diagnostic::new(code, None).with("file", path).with("line", fault.line);
            report.push(match fault.kind {
                Some(kind) => problem.with_words("kind", kind_in_words(kind)),
                None => problem,
            });
            None
        }
    }
}

/// One note of all characters that are forms of others.
fn forms_in_words(forms: &[(usize, char)], file: FileId, source: &SourceFile) -> Option<Diagnostic> {
    const LINES: usize = 8;
    let (at, typed) = *forms.first()?;
    let read: String = source.text[at..].chars().take(1).collect();
    let mut lines: Vec<_> = forms.iter().map(|(at, _)| source.line(*at)).collect();
    lines.dedup();
    let named: Vec<_> = lines.iter().take(LINES).map(|line| line.to_string()).collect();
    let rest = if lines.len() > LINES { "…" } else { "" };
    let note = Diagnostic::new(Code::OldForm, Span::new(file, at, at + read.len())).with("count", forms.len());
    Some(note.with("typed", typed).with("read", read).with("lines", named.join("、") + rest))
}

fn kind_in_words(kind: FileKind) -> Words {
    let (zh, en) = match kind {
        FileKind::Zip => ("压缩文件（.docx、.xlsx 也是）", "a zip, as .docx and .xlsx are"),
        FileKind::Compound => ("Word、Excel 或 WPS 文件", "a Word, Excel or WPS file"),
        FileKind::Pdf => ("PDF", "a PDF"),
        FileKind::Picture => ("图片", "a picture"),
    };
    Words { zh, en }
}

fn over_limit(excess: Excess, file: FileId) -> Diagnostic {
    let parts = |zh, en| Words { zh, en };
    let whole = |limit: usize| Diagnostic::new(Code::TooManyParts, Span::new(file, 0, 0)).with("limit", limit);
    match excess {
        Excess::Depth(at) => Diagnostic::new(Code::TooDeep, Span::new(file, at, at)).with("limit", repair::MAX_DEPTH),
        Excess::Lines => whole(repair::MAX_LINES).with_words("part", parts("行", "lines")),
        Excess::Entries => whole(repair::MAX_ENTRIES).with_words("part", parts("条目", "entries")),
    }
}
