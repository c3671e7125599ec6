//! What the reader puts right before TOML is parsed: Chinese key names, and the marks an input method types.
//!
//! A [`scan`] of the text finds what to change and never looks inside a string or a comment. [`Rewritten`] is the text
//! with the changes made and knows where each byte came from, so that every span points into the text as it was
//! typed.

mod comments;
mod cursor;
mod lexer;
mod marks;
mod names;
mod quotes;
mod recover;
mod values;

pub(super) use lexer::scan;
pub(super) use marks::{is_dash, is_invisible};
pub(super) use recover::{begins_statement, word_and_value};

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{FileId, Span};

/// One thing to read differently from how it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The bytes typed.
    at: Range<usize>,
    /// What TOML's parser reads in their place.
    read: String,
    why: Why,
}

/// Why something is read differently.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// A key by its Chinese name: documented use, not a fault.
    Alias,
    /// A line end within a text, marked so that it can be told from an escape.
    LineEnd,
    /// A slip that is put right, and told.
    Repair(Told),
    /// What makes the text readable from a mistake on: a closing bracket or quote put where it most likely belongs, a
    /// header or a line as it was meant. The text counts as broken all the same.
    Recovery(Mistake),
}

/// A mistake that the reader gets over but doesn't put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// An unclosed bracket or text, a broken header, a missing comma or equals sign.
    pub(super) code: Code,
    /// The byte of the opening mark, or where the header, the entry or the line begins.
    pub(super) at: usize,
}

/// How a change is told to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    code: Code,
    /// What mends it in the file, where that isn't what the parser reads.
    mend: Option<String>,
    /// Whether it belongs to the change before it: the closing quote of a pair.
    second: bool,
}

/// Why a scan gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// Nested too deep, at this byte.
    Depth(usize),
    /// Too many lines.
    Lines,
    /// Too many keys and entries.
    Entries,
}

/// Brackets and dots within one another. The format needs five.
pub(super) const MAX_DEPTH: usize = 32;
/// Lines in a file. A chart has some hundreds.
pub(super) const MAX_LINES: usize = 50_000;
/// Keys, headers and entries in a file: 200 stages with 50 items in each of two boxes are 20,000.
pub(super) const MAX_ENTRIES: usize = 100_000;

/// A text with changes made.
pub(super) struct Rewritten {
    /// The text for the parser.
    pub(super) text: String,
    /// For each change: where it stands in `text`, and where it stood.
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl Rewritten {
    /// `text` with those of `changes` made that `wanted` picks. Changes are in order and don't overlap.
    pub(super) fn new<'c>(text: &str, changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut new = String::with_capacity(text.len() + 64);
        let mut places = Vec::new();
        let mut done = 0;
        for change in changes {
            new.push_str(&text[done..change.at.start]);
            let start = new.len();
            new.push_str(&change.read);
            places.push((start..new.len(), change.at.clone()));
            done = change.at.end;
        }
        new.push_str(&text[done..]);
        Self { text: new, places }
    }

    /// Where a range of `text` stood as typed.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = match self.places.partition_point(|(new, _)| new.start <= range.start) {
            0 => range.start,
            n => {
                let (new, old) = &self.places[n - 1];
                if range.start < new.end { old.start } else { old.end + (range.start - new.end) }
            }
        };
        let end = match self.places.partition_point(|(new, _)| new.start < range.end) {
            0 => range.end,
            n => {
                let (new, old) = &self.places[n - 1];
                old.end + range.end.saturating_sub(new.end)
            }
        };
        start..end.max(start)
    }
}

impl Change {
    /// Whether this is a slip put right.
    pub(super) fn is_repair(&self) -> bool {
        matches!(self.why, Why::Repair(_))
    }

    /// The mistake that the change gets over.
    pub(super) fn mistake(&self) -> Option<Mistake> {
        match self.why {
            Why::Recovery(mistake) => Some(mistake),
            _ => None,
        }
    }

    fn told(&self) -> Option<&Told> {
        match &self.why {
            Why::Repair(told) => Some(told),
            _ => None,
        }
    }

    /// What to write into the file in place of the bytes typed, so that TOML reads the same without this reader: a key
    /// that isn't ASCII in quotes, the user's own word elsewhere. `None` where the file is right as it stands.
    pub(super) fn in_file(&self, text: &str) -> Option<String> {
        let typed = &text[self.at.clone()];
        let quoted = |name: &str| match name.starts_with(['"', '\'']) || is_bare_key(name) {
            true => name.to_owned(),
            false => format!("\"{name}\""),
        };
        let new = match &self.why {
            Why::Alias if typed.starts_with(['"', '\'']) || is_bare_key(typed) => return None,
            // A name of the format may be spread by spaces; the user's own label keeps them.
            Why::Alias if self.read.starts_with('"') => self.read.clone(),
            Why::Alias => quoted(&typed.split(marks::is_blank).collect::<String>()),
            Why::Repair(told) => told.mend.as_deref().map_or_else(|| self.read.clone(), quoted),
            Why::Recovery(_) | Why::LineEnd => return None,
        };
        (new != typed).then_some(new)
    }

    /// The bytes typed.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }
}

/// Whether TOML takes a word for a key without quotes.
fn is_bare_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Places named one by one in a note; the rest are counted.
const NAMED_PLACES: usize = 8;

/// Tells the user what was read differently: one note for each kind of change, with every place and edit of it.
pub(super) fn tell(changes: &[Change], file: FileId, report: &mut Report) {
    let mut groups: Vec<((Code, String), Vec<&Change>)> = Vec::new();
    for change in changes {
        let Some(told) = change.told() else { continue };
        if told.second {
            if let Some((_, group)) = groups.iter_mut().rev().find(|((code, _), _)| *code == told.code) {
                group.push(change);
            }
            continue;
        }
        let typed = typed_words(told.code, &report.sources.file(file).text[change.at.clone()]);
        // Values without quotes and pairs of quotes differ each time, but it is one habit.
        let kind = match told.code {
            Code::UnquotedValue | Code::ChineseQuotes | Code::CommaLeftOut => String::new(),
            Code::TextOverLines | Code::ListInOneText => change.at.start.to_string(),
            _ => typed,
        };
        let kind = (told.code, kind);
        match groups.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, group)) => group.push(change),
            None => groups.push((kind, vec![change])),
        }
    }
    for ((code, _), group) in groups {
        let note = note(code, &group, file, report);
        report.push(note);
    }
}

fn note(code: Code, group: &[&Change], file: FileId, report: &Report) -> Diagnostic {
    let source = report.sources.file(file);
    let first = group[0];
    let place = source.line_column(first.at.start);
    let mut note = Diagnostic::new(code, Span::new(file, first.at.start, first.at.end))
        .with("line", place.line)
        .with("column", place.column)
        .with("typed", typed_words(code, &source.text[first.at.clone()]));
    let renamed = first.told().filter(|told| told.code == Code::KeyByAnotherName).and_then(|told| told.mend.as_ref());
    note = note.with("read", renamed.unwrap_or(&first.read));
    let others: Vec<_> = group[1..].iter().filter(|c| c.told().is_some_and(|t| !t.second)).collect();
    if !others.is_empty() {
        let named = others.iter().take(NAMED_PLACES).map(|change| {
            let place = source.line_column(change.at.start);
            format!("{}:{}", place.line, place.column)
        });
        let mut places = named.collect::<Vec<_>>().join(" ");
        if others.len() > NAMED_PLACES {
            places.push_str(" …");
        }
        note = note.with("more", others.len()).with("places", places);
    }
    if let (Code::TextOverLines, Some(last)) = (code, group.last()) {
        note = note.with("closes", source.line_column(last.at.end).line);
    }
    if matches!(code, Code::UnquotedValue | Code::ListWithoutBrackets) {
        let first = group.iter().filter(|change| change.told().is_some_and(|told| !told.second));
        note.reads = first.map(|change| Span::new(file, change.at.start, change.at.end)).collect();
    }
    for change in group {
        let mend = change.told().and_then(|told| told.mend.as_ref()).unwrap_or(&change.read);
        note = note.edit(Span::new(file, change.at.start, change.at.end), mend);
    }
    note
}

/// What was typed as a note shows it: invisible characters by their numbers, long texts cut.
fn typed_words(code: Code, typed: &str) -> String {
    match code {
        Code::StrangeSpace | Code::InvisibleMark => {
            let odd = typed.chars().find(|&c| !c.is_ascii() && (marks::is_blank(c) || marks::is_invisible(c)));
            odd.map(|c| format!("U+{:04X}", u32::from(c))).unwrap_or_default()
        }
        Code::UnquotedValue | Code::ListInOneText
            if typed.starts_with(marks::is_quote) || typed.ends_with(marks::is_quote) =>
        {
            let inner = typed.trim_matches(|c: char| marks::is_quote(c) || c.is_whitespace());
            typed_words(Code::TextOverLines, inner)
        }
        Code::KeyByAnotherName => typed.trim_matches(marks::is_quote).to_owned(),
        _ if typed.chars().count() > 16 => typed.chars().take(15).chain(['…']).collect(),
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::keys::TableId;
    use crate::input::paragraph::LINE_END;

    fn read(text: &str) -> (String, Vec<Code>) {
        let changes = scan(text, TableId::Chart).expect("within limits");
        let codes = changes.iter().filter_map(Change::told).filter(|t| !t.second).map(|t| t.code).collect();
        (Rewritten::new(text, &changes).text, codes)
    }

    #[test]
    fn chinese_keys_are_documented_use() {
        let text = "单位 = \"局\"\n[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n\"风险等级\" = \"高\"\n[电话]\n监督 电话 = \"\"\n";
        let (new, codes) = read(text);
        let expected = "unit = \"局\"\n[[stage]]\nname = \"受理\"\n[[stage.risk]]\nlevel = \"高\"\n[phones]\n\"监督 电话\" = \"\"\n";
        assert_eq!((new.as_str(), codes), (expected, vec![]));
    }

    #[test]
    fn inline_tables_know_their_keys() {
        let (new, codes) =
            read("[[环节]]\n风险 = { 风险等级 = \"高\", 表现形式 = [\"名称 = 1\"] }\n下一步 = [{ 到 = \"甲\" }]");
        let expected = "[[stage]]\nrisk = { level = \"高\", items = [\"名称 = 1\"] }\nnext = [{ to = \"甲\" }]";
        assert_eq!((new.as_str(), codes), (expected, vec![]));
    }

    #[test]
    fn marks_outside_strings() {
        use Code::*;
        let cases: &[(&str, &str, &[Code])] = &[
            ("单位 ＝ “局”", "unit = \"局\"", &[FullWidthMark, ChineseQuotes]),
            ("单位 = \"局”", "unit = \"局\"", &[ChineseQuotes]),
            ("单位 = ”局“", "unit = \"局\"", &[ChineseQuotes]),
            ("单位 = “他说“好”，走了”", "unit = \"他说“好”，走了\"", &[ChineseQuotes]),
            ("单位 = “说\"好\"”", "unit = '说\"好\"'", &[ChineseQuotes]),
            ("［［环节］］", "[[stage]]", &[FullWidthMark; 4]),
            ("【【环节】】", "[[stage]]", &[FullWidthMark; 4]),
            ("[[环节。风险]]", "[[stage.risk]]", &[FullWidthMark]),
            (
                "备注 = [“甲”，“乙”、\"丙\"]",
                "notes = [\"甲\",\"乙\",\"丙\"]",
                &[ChineseQuotes, FullWidthMark, ChineseQuotes, FullWidthMark],
            ),
            ("备注 = [\"甲”, \"乙\"]", "notes = [\"甲\", \"乙\"]", &[ChineseQuotes]),
            ("备注 = [甲，乙]", "notes = [\"甲\",\"乙\"]", &[UnquotedValue, FullWidthMark, UnquotedValue]),
            ("单位：局", "unit=\"局\"", &[ColonForEquals, UnquotedValue]),
            ("name: x", "name= \"x\"", &[ColonForEquals, UnquotedValue]),
            ("单位 = 市财政局 # 注", "unit = \"市财政局\" # 注", &[UnquotedValue]),
            ("单位　= \"局\"", "unit = \"局\"", &[StrangeSpace]),
            ("\u{feff}单位 = \"局\"", "unit = \"局\"", &[InvisibleMark]),
            ("单\u{200b}位 = \"局\"", "unit = \"局\"", &[InvisibleMark]),
            ("“单位” = \"局\"", "unit = \"局\"", &[ChineseQuotes]),
            ("\"单位 = \"局\"", "unit = \"局\"", &[StrayMark]),
            ("“单位 = \"局\"", "unit = \"局\"", &[StrayMark]),
            ("单位\" = \"局\"", "unit = \"局\"", &[StrayMark]),
            ("\"单位” = \"局\"", "unit = \"局\"", &[StrayMark; 2]),
            ("[[\"环节.风险\"]]", "[[stage.risk]]", &[StrayMark; 2]),
            ("[[环节\".\"风险]]", "[[stage.risk]]", &[StrayMark; 2]),
            ("ｕｎｉｔ = \"局\"", "unit = \"局\"", &[FullWidthMark]),
            ("单位 = \"局\"，", "unit = \"局\"", &[StrayMark]),
            ("单位 = \"局\"，# 注", "unit = \"局\"# 注", &[StrayMark]),
            ("＃ 注", "# 注", &[FullWidthMark]),
            ("版面 = ｛出血 = ３｝", "page = {bleed = 3}", &[FullWidthMark; 3]),
            ("[版面]\n纸张 = A3", "[page]\npaper = \"A3\"", &[UnquotedValue]),
            ("[[等级定义]]\n颜色 = #c00000", "[[level]]\ncolor = \"#c00000\"", &[UnquotedValue]),
            ("[电话]\n监督电话 = 0355-2123456", "[phones]\n\"监督电话\" = \"0355-2123456\"", &[UnquotedValue]),
            ("[电话]\n\"监督\\\"#电话\" = \"1\"", "[phones]\n\"监督\\\"#电话\" = \"1\"", &[]),
        ];
        for (typed, expected, codes) in cases {
            assert_eq!(read(typed), ((*expected).to_owned(), codes.to_vec()), "{typed}");
        }
    }

    #[test]
    fn strings_and_comments_are_left_alone() {
        for text in [
            "unit = \"＝，“”【】：　\\\" ＝\"",
            "unit = '＝，“”\\'",
            "unit = \"\"\"\n【【环节】】\n单位 ＝ “局”\n\"\"\"",
            "unit = '''\n单位 ＝ 局\n'''",
            "# 单位 ＝ “局”　\u{200b}",
            "unit = \"a\" # ＝",
            "date = 2025-03-01\ncode = 12\npage.margin = [1, 2.5, 3, 4]\npage.marks = true",
        ] {
            // A line end inside a string stands as a mark of its own until the paragraphs are read.
            let (new, codes) = read(text);
            assert_eq!((new.replace(LINE_END, "\n"), codes), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn places_map_back() {
        let text = "单位 ＝ “局”\n职权＝x";
        let changes = scan(text, TableId::Chart).expect("within limits");
        let new = Rewritten::new(text, &changes);
        for (part, typed) in [("unit", "单位"), ("\"局\"", "“局”"), ("power", "职权"), ("\"x\"", "x")] {
            let at = new.text.find(part).expect(part);
            assert_eq!(&text[new.original(at..at + part.len())], typed);
        }
        assert_eq!(new.original(new.text.len()..new.text.len()), text.len()..text.len());
    }
}
