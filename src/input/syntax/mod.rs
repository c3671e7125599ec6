//! What TOML's parser found wrong, in a clerk's words and at the clerk's line.

mod twice;

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use toml::de::Error;

use super::Table;
use super::keys::TableId;
use super::lines::{
    PAIRS, SourceLine, bracket_behind, drop_consequences, gather_lines, gather_rows, header_in_remark, is_duplicate,
    number_meant, table_above, unclosed, without_number,
};
use super::repair::{Change, Mistake, Rewritten, begins_statement, is_dash, word_and_value};
use crate::diag::{Code, Diagnostic, Words};
use crate::source::{FileId, SourceFile, Span, floor, is_han};

/// A text that the parser refused.
pub(super) struct Failed<'r> {
    pub(super) errors: Vec<Error>,
    pub(super) read: &'r Rewritten,
}

/// One error, its message and its place in the text as typed.
struct Fault<'f> {
    message: &'f str,
    at: Range<usize>,
    /// The place in the text as the parser read it, and that text.
    span: Range<usize>,
    read: &'f Rewritten,
}

impl Fault<'_> {
    /// Whether a text has no closing quote on its line.
    fn is_open_text(&self) -> bool {
        let strings = self.message.starts_with("invalid") && self.message.contains("string");
        strings && !self.message.contains("characters")
    }
}

impl Failed<'_> {
    fn faults(&self) -> impl Iterator<Item = Fault<'_>> {
        let text = &self.read.text;
        self.errors.iter().map(move |error| {
            let span = error.span().unwrap_or(text.len()..text.len());
            Fault { message: error.message(), at: self.read.original(span.clone()), span, read: self.read }
        })
    }
}

/// Errors told of one file. Somebody who has so many wants a new start, not a longer list.
const MAX_TOLD: usize = 200;

/// The errors of the text as typed, without those on lines that the repairs would have mended; one for a line, in the
/// order of lines.
pub(super) fn retell(
    typed: &Failed<'_>,
    repaired: &Failed<'_>,
    changes: &[Change],
    table: &Table,
    (file, source): (FileId, &SourceFile),
) -> Vec<Diagnostic> {
    let faults = real_faults(typed, repaired, changes, source);
    let texts = faults.iter().filter(|fault| fault.is_open_text()).take(MAX_TOLD);
    let mut telling = Telling {
        teller: Teller { file, source, table },
        texts: texts.map(|fault| fault.at.start..=next_header(source, fault.at.start)).collect(),
        said: BTreeSet::new(),
        redefined: 0..0,
        problems: Vec::new(),
    };
    telling.mistakes(changes);
    for fault in &faults {
        if telling.problems.len() < MAX_TOLD && !telling.follows(fault) {
            let problem = telling.teller.tell(fault);
            telling.problems.extend(problem);
        }
    }
    telling.problems.sort_by_key(|problem| problem.span);
    drop_consequences(&mut telling.problems, source);
    gather_rows(&mut telling.problems, (file, source));
    gather_lines(&mut telling.problems, source);
    telling.problems
}

/// The mistakes that the reader got over, in a text that can be read but for them.
pub(super) fn mistakes(changes: &[Change], file: FileId, source: &SourceFile) -> Vec<Diagnostic> {
    let table = Table::default();
    let mut telling = Telling {
        teller: Teller { file, source, table: &table },
        texts: Vec::new(),
        said: BTreeSet::new(),
        redefined: 0..0,
        problems: Vec::new(),
    };
    telling.mistakes(changes);
    gather_rows(&mut telling.problems, (file, source));
    gather_lines(&mut telling.problems, source);
    telling.problems
}

/// The errors of the text as typed that the repairs leave, in the order of their places.
fn real_faults<'f>(
    typed: &'f Failed<'_>,
    repaired: &'f Failed<'_>,
    changes: &[Change],
    source: &SourceFile,
) -> Vec<Fault<'f>> {
    let line = |fault: &Fault<'_>| source.line(fault.at.start);
    let mended: BTreeSet<_> =
        changes.iter().filter(|change| change.is_repair()).map(|change| source.line(change.at().start)).collect();
    let still: BTreeSet<_> = repaired.faults().map(|fault| line(&fault)).collect();
    // 名称：审查 a second time is a key written twice, whatever else is wrong with the line.
    let twice = |fault: &Fault<'_>| is_duplicate(fault.message) && mended.contains(&line(fault));
    let again: Vec<_> = repaired.faults().filter(twice).collect();
    let told: BTreeSet<_> = again.iter().map(line).collect();
    let mut faults: Vec<_> = typed.faults().filter(|fault| !told.contains(&line(fault))).collect();
    faults.retain(|fault| !mended.contains(&line(fault)) || still.contains(&line(fault)));
    faults.extend(again);
    if faults.is_empty() {
        faults = repaired.faults().collect();
    }
    faults.sort_by_key(|fault| (fault.at.start, !fault.is_open_text()));
    faults.truncate(MAX_TOLD * 5);
    faults
}

/// What was told so far, and what of the rest is no more than its consequence.
struct Telling<'t> {
    teller: Teller<'t>,
    /// From each text without a closing quote to the next header.
    texts: Vec<RangeInclusive<usize>>,
    /// Lines of which something was told.
    said: BTreeSet<usize>,
    /// What stands under a header that was there before.
    redefined: Range<usize>,
    problems: Vec<Diagnostic>,
}

impl Telling<'_> {
    /// Tells of the mistakes that the reader got over.
    fn mistakes(&mut self, changes: &[Change]) {
        let source = self.teller.source;
        let texts: Vec<usize> = changes
            .iter()
            .filter_map(Change::mistake)
            .filter_map(|mistake| (mistake.code == Code::UnclosedString).then_some(mistake.at))
            .chain(self.texts.iter().map(|text| *text.start()))
            .take(MAX_TOLD)
            .collect();
        for mistake in changes.iter().filter_map(Change::mistake).take(MAX_TOLD) {
            // A list with an unclosed text in it has lost its bracket to the text.
            let lost = mistake.code == Code::UnclosedBracket && {
                let part = mistake.at..=next_header(source, mistake.at);
                texts.iter().any(|text| part.contains(text))
            };
            if !lost && self.said.insert(source.line(mistake.at)) {
                self.problems.push(self.teller.mistake(mistake));
            }
        }
        self.problems.sort_by_key(|problem| problem.span);
    }

    /// Whether an error only follows from one before it.
    fn follows(&mut self, fault: &Fault<'_>) -> bool {
        let (source, at) = (self.teller.source, fault.at.start);
        let duplicate = is_duplicate(fault.message);
        let in_list = fault.message.starts_with("missing comma") || fault.message.starts_with("unclosed");
        if (in_list && self.texts.iter().any(|text| text.contains(&at)))
            || (duplicate && self.redefined.contains(&at))
            || !self.said.insert(source.line(at))
        {
            return true;
        }
        let line = SourceLine::around(source, at);
        // A text broken over two lines leaves one quote on the second.
        let above = self
            .problems
            .last()
            .filter(|problem| problem.code == Code::UnclosedString)
            .and_then(|problem| problem.span);
        if above.is_some_and(|span| source.line(span.start as usize) + 1 == source.line(at)) {
            return line.text.matches('"').count() % 2 == 1;
        }
        if duplicate && line.is_header() {
            self.redefined = at..next_header(source, fault.at.end);
        }
        false
    }
}

/// The part of a text of which the tree knows nothing sure because of a problem: its line, and all that stands under a
/// header that can't be read.
pub(super) fn refused(problem: &Diagnostic, source: &SourceFile) -> Option<Range<usize>> {
    let at = problem.span?.start as usize;
    let line = SourceLine::around(source, at);
    let end = match problem.code {
        Code::BadHeader => next_header(source, at),
        _ => line.start + line.text.len() + 1,
    };
    Some(line.start..end)
}

/// Where the next header after a byte begins, or the text ends.
fn next_header(source: &SourceFile, at: usize) -> usize {
    source.text[at..].find("\n[").map_or(source.text.len(), |lf| at + lf + 1)
}

/// The parser's messages by their beginnings, where one always means the same to the user.
const MESSAGES: &[(&str, Code)] = &[
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
    ("cannot recurse further", Code::TooDeep),
    ("recursion limit", Code::TooDeep),
    ("invalid unquoted key", Code::BadKey),
    ("unquoted keys cannot be empty", Code::BadKey),
    ("keys cannot be multi-line", Code::BadKey),
    ("unexpected leading zero", Code::BadNumber),
    ("redundant", Code::BadNumber),
    ("integers with a radix", Code::BadNumber),
    ("radix must be lowercase", Code::BadNumber),
    ("unexpected sign", Code::BadNumber),
    ("`_` may only go", Code::BadNumber),
    ("invalid date", Code::BadNumber),
    ("invalid time", Code::BadNumber),
    ("invalid float", Code::BadNumber),
    ("invalid boolean", Code::BadNumber),
    ("invalid comment character", Code::ControlCharacter),
];

struct Teller<'t> {
    file: FileId,
    source: &'t SourceFile,
    table: &'t Table,
}

impl Teller<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn mistake(&self, Mistake { code, at }: Mistake) -> Diagnostic {
        let content = SourceLine::around(self.source, at).content();
        let first = self.source.text[at..].chars().next().map_or(0, char::len_utf8);
        match code {
            Code::BadHeader => self.header_meant(Diagnostic::new(code, self.span(content.clone())), content),
            Code::MissingEquals => self.pair_meant(Diagnostic::new(code, self.span(content.clone())), content),
            Code::UnclosedString => {
                unclosed(Diagnostic::new(code, self.span(at..content.end.max(at))), &self.source.text[at..])
            }
            Code::ListInBraces => {
                let (open, close) = if self.source.text[at..].starts_with('{') { ('{', '}') } else { ('｛', '｝') };
                Diagnostic::new(code, self.span(at..at + first)).with("open", open).with("close", close)
            }
            Code::ExtraText => Diagnostic::new(code, self.span(at..content.end.max(at))),
            Code::MissingComma if !self.source.text[at..].starts_with(['"', '\'', '“', '[', '{']) => {
                let words = without_number(&self.source.text[content.clone()]);
                let words = words.trim_matches(|c: char| c.is_whitespace() || ",，、\"“”".contains(c));
                let problem = Diagnostic::new(code, self.span(content.clone()));
                problem.with("entry", format!("\"{words}\","))
            }
            Code::MissingComma => Diagnostic::new(code, self.span(at..at + first)).with("comma", ","),
            Code::BadNumber => {
                number_meant(Diagnostic::new(code, self.span(content.clone())), &self.source.text[content])
            }
            Code::HeaderLeftOut => self.stage_meant(at, &content),
            Code::UnclosedBracket => bracket_behind(Diagnostic::new(code, self.span(at..at + first)), self.source, at),
            _ => Diagnostic::new(code, self.span(at..at + first)),
        }
    }

    fn tell(&self, fault: &Fault<'_>) -> Option<Diagnostic> {
        if is_duplicate(fault.message) {
            return self.duplicate(fault);
        }
        let line = SourceLine::around(self.source, fault.at.start);
        let (code, at) = self.place(fault, &line);
        let problem = Diagnostic::new(code, self.span(at.clone()));
        Some(match code {
            Code::UnclosedString => unclosed(problem, self.source.text.get(at).unwrap_or_default()),
            Code::ControlCharacter => {
                let odd = self.source.text[at].chars().next().unwrap_or_default();
                problem.with("codepoint", format!("U+{:04X}", u32::from(odd)))
            }
            Code::TooDeep => problem.with("limit", super::repair::MAX_DEPTH),
            Code::BadHeader => self.header_meant(problem, at),
            Code::MissingEquals => self.pair_meant(problem, at),
            Code::MissingComma => problem.with("comma", ","),
            Code::BadNumber => number_meant(problem, &self.source.text[line.content()]),
            Code::UnclosedBracket => problem.with_words("pairs", PAIRS),
            _ => problem,
        })
    }

    /// What the line of a broken header was meant to be, where its words say so.
    fn header_meant(&self, problem: Diagnostic, at: Range<usize>) -> Diagnostic {
        let typed = &self.source.text[at.clone()];
        let named = TableId::name_in_header(typed).filter(|_| TableId::headed(typed).is_none());
        if let (Some(name), Some(header)) = (named, TableId::Stage.header()) {
            let (zh, en) = (format!("名称 = \"{name}\""), format!("name = \"{name}\""));
            let (header, name) = if typed.contains(is_han) { (header.zh, zh) } else { (header.en, en) };
            return problem.with("header", header).with("name", &name).edit(self.span(at), format!("{header}\n{name}"));
        }
        let Some(header) = TableId::headed(typed).and_then(TableId::header) else {
            let (zh, en) = ("[[环节]]、[[环节.风险]]、[版面]", "[[stage]], [[stage.risk]], [page]");
            return problem.with_words("example", Words { zh, en });
        };
        let new = if typed.contains(is_han) { header.zh } else { header.en };
        problem.with("header", new).edit(self.span(at), new)
    }

    /// The line in a box that begins the next stage, with what to write either way.
    fn stage_meant(&self, at: usize, content: &Range<usize>) -> Diagnostic {
        let problem = Diagnostic::new(Code::HeaderLeftOut, self.span(at..content.end.max(at)));
        let Some(header) = TableId::Stage.header() else { return problem };
        let problem = problem.with_words("header", header);
        if let Some(line) = header_in_remark(TableId::Stage, self.source, at) {
            return problem.with("hidden", line);
        }
        let problem = problem.with_words("line", header);
        match table_above(self.source, at).and_then(|table| Some((table.header()?, table.key("name")?))) {
            Some((header, row)) => problem.with_words("box", header).with("name", row.zh),
            None => problem,
        }
    }

    /// What a line without an equals sign was meant to be, where it begins with a key.
    fn pair_meant(&self, problem: Diagnostic, at: Range<usize>) -> Diagnostic {
        let typed = &self.source.text[at.clone()];
        let (word, value) = word_and_value(typed);
        let word_of = |word| TableId::ALL.into_iter().find_map(|table| table.key(word));
        if value.starts_with(['[', '{']) && word_of(word).is_some() {
            let new = format!("{word} = {value}");
            return problem.with("write", &new).edit(self.span(at), new);
        }
        let mark = |c: char| c.is_whitespace() || is_dash(c) || matches!(c, '"' | '“' | '”' | '-' | '>' | '=' | '~');
        let value = value.trim_matches(mark);
        let known = TableId::ALL.into_iter().filter_map(|table| table.key(word)).any(|row| row.kind.table().is_none());
        if !known || value.is_empty() || value.contains(['"', '\\']) {
            return problem.with_words("write", Words { zh: "名称 = \"内容\"", en: "key = \"value\"" });
        }
        let new = format!("{word} = \"{value}\"");
        problem.with("write", &new).edit(self.span(at), new)
    }

    /// Our code for a fault, and what to point at.
    fn place(&self, fault: &Fault<'_>, line: &SourceLine<'_>) -> (Code, Range<usize>) {
        let at = fault.at.start;
        // （（环节））, 环节：
        if !line.text.contains(['=', '＝']) && TableId::headed(&self.source.text[line.content()]).is_some() {
            return (Code::BadHeader, line.content());
        }
        let here = || at..fault.at.end.max(at + line.after.chars().next().map_or(0, char::len_utf8));
        let message = fault.message;
        if message.starts_with("unexpected key or value") || message.starts_with("missing comma") {
            return (self.after_value(message, line), here());
        }
        if message.starts_with("string values must be quoted") {
            let empty = line.after.trim_start().is_empty() || line.after.trim_start().starts_with('#');
            return if empty { (Code::MissingValue, line.content()) } else { (Code::BadNumber, here()) };
        }
        if message.contains("escaped value") || message.contains("unicode value") || message == "invalid value" {
            let slash = line.before.rfind('\\').map_or(at, |offset| line.start + offset);
            return (Code::BadEscape, slash..here().end);
        }
        if fault.is_open_text() {
            return (Code::UnclosedString, self.open_string(message, at, line));
        }
        if message.starts_with("invalid") && message.contains("string") {
            return (Code::ControlCharacter, here());
        }
        match MESSAGES.iter().find(|(start, _)| message.starts_with(start)) {
            Some((_, Code::BadKey)) if line.is_header() => (Code::BadHeader, line.content()),
            Some((_, Code::BadKey)) if !line.text.contains(['=', '＝']) => (Code::MissingEquals, line.content()),
            Some((_, code @ (Code::BadHeader | Code::MissingEquals))) => (*code, line.content()),
            Some((_, code)) => (*code, here()),
            None => (Code::Syntax, here()),
        }
    }

    /// What is wrong where a value has ended and something else follows.
    fn after_value(&self, message: &str, line: &SourceLine<'_>) -> Code {
        let quoted = line.before.ends_with(['"', '\'']);
        let list_goes_on = line.before.trim_end_matches('"').trim_end().ends_with([',', '，', '、']);
        let next = line.after.chars().next();
        let after_marks = &line.after[..crate::source::floor(line.after, 200)];
        let after_marks = after_marks.trim_start_matches([',', '，', '、', ';', '；', ' ']);
        match next {
            _ if line.is_header() => Code::BadHeader,
            Some(']' | '}') => Code::UnclosedBracket,
            // 名称 = "审查"，时限 = "3日"
            Some(_) if quoted && begins_statement(after_marks, false) => Code::ExtraText,
            Some(c) if quoted && list_goes_on && !c.is_whitespace() => Code::UnclosedString,
            Some(c) if quoted && !c.is_whitespace() && line.after.contains('"') && c != '"' => Code::InnerQuotes,
            _ if message.starts_with("missing comma") => Code::MissingComma,
            _ => Code::ExtraText,
        }
    }

    /// From the quote that opens an unclosed string to where its line ends.
    fn open_string(&self, message: &str, at: usize, line: &SourceLine<'_>) -> Range<usize> {
        let multi = message.contains("multi-line");
        let literal = message.contains("literal");
        let quote = match (multi, literal) {
            (true, true) => "'''",
            (true, false) => "\"\"\"",
            (false, true) => "'",
            (false, false) => "\"",
        };
        let at = floor(&self.source.text, at);
        if multi {
            let open = self.source.text[..at].rfind(quote).unwrap_or(at);
            return open..open + 3.min(self.source.text.len() - open);
        }
        let open = line.before.rfind(quote).map_or(line.start, |offset| line.start + offset);
        open..line.content().end.max(open)
    }
}
