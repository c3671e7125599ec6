//! Getting over mistakes that are not put right: the rest of the file is looked through all the same.

use std::ops::Range;

use super::lexer::{Keys, Lexer, Open};
use super::marks::{
    ends_key, is_blank, is_close_bracket, is_comma, is_dash, is_equals_sign, is_open_bracket, is_quote, opens_bracket,
};
use super::{Change, Excess, Mistake, Why};
use crate::diag::Code;
use crate::input::keys::{Kind, TableId};

impl<'t> Lexer<'t> {
    /// The line at hand without its comment and the spaces around it.
    pub(super) fn content(&self) -> &'t str {
        self.rest().split(['\n', '#', '＃']).next().unwrap_or_default().trim()
    }

    /// The table whose header the line was meant to be: （（环节））, 环节：, [环节.风险.
    pub(super) fn meant_header(&self) -> Option<TableId> {
        let line = self.content();
        let named = || TableId::name_in_header(line).map(|_| TableId::Stage);
        if line.contains(is_equals_sign) { named() } else { TableId::headed(line).or_else(named) }
    }

    /// Reads a broken header as it was meant, so that what stands below it can be looked through.
    pub(super) fn mend_header(&mut self) {
        let line = self.rest().split(['\n', '#', '＃']).next().unwrap_or_default();
        let (start, end) = (self.at() + line.len() - line.trim_start().len(), self.at() + line.trim_end().len());
        if let Some((table, header)) = self.meant_header().and_then(|table| Some((table, table.header()?))) {
            let typed = self.part(start..end);
            let named = TableId::name_in_header(typed).filter(|_| TableId::headed(typed).is_none());
            let name = named.map(|name| format!("\nname=\"{name}\""));
            let read = header.en.to_owned() + &name.unwrap_or_default();
            self.recover(start..end, &read, Mistake { code: Code::BadHeader, at: start });
            self.here = Keys::Of(table);
        }
        self.go_to(end);
        self.skip_line();
    }

    /// Whether the key read since `start` is 名称 where the box at hand has said what it has to say, or a line is left
    /// empty below its keys: there it is the name of the next stage, whose header was forgotten.
    pub(super) fn is_next_stage(&self, start: usize, changes: usize) -> bool {
        let named = |change: &Change| {
            change.read == "name" && change.told().is_some_and(|told| told.code == Code::KeyByAnotherName)
        };
        let Keys::Of(own @ (TableId::Risk | TableId::Measure)) = self.here else { return false };
        let begins = || self.filled || self.stands_apart(start);
        self.changes[changes..].iter().any(named) && begins() && !self.goes_on(own, start)
    }

    /// Whether keys of the box at hand follow, up to the next header, that it has not had before the line at `start`: then
    /// 名称 is its own heading.
    fn goes_on(&self, own: TableId, start: usize) -> bool {
        let key = |line: &str| {
            let typed = line.split(['=', '＝', '：', ':']).next().filter(|typed| typed.len() < line.len())?;
            let typed = typed.trim_matches(|c| is_quote(c) || c.is_whitespace());
            own.key(typed).filter(|_| TableId::Stage.key(typed).is_none())
        };
        let is_header = |line: &&str| line.starts_with(is_open_bracket);
        let had: Vec<_> = self.part(..start).lines().rev().map(str::trim).take_while(|l| !is_header(l)).collect();
        let had = |name: &str| had.iter().filter_map(|line| key(line)).any(|row| row.name == name);
        let ahead = self.part(self.at()..).lines().skip(1).map(str::trim).take_while(|line| !is_header(line));
        ahead.filter_map(key).next().is_some_and(|row| !had(row.name))
    }

    /// Whether an empty line parts the line at `start` from the keys above it.
    fn stands_apart(&self, start: usize) -> bool {
        let above = self.part(..start).trim_end_matches(is_blank).lines().rev().map(str::trim);
        let mut above = above.skip_while(|line| line.starts_with(['#', '＃']));
        above.next() == Some("")
            && above.find(|line| !line.is_empty()).is_some_and(|line| !line.starts_with(is_open_bracket))
    }

    /// Reads on from `start` as if the header of a stage stood there.
    pub(super) fn begin_stage(&mut self, start: usize, changes: usize) {
        self.changes.truncate(changes);
        self.recover(start..start, "[[stage]]\n", Mistake { code: Code::HeaderLeftOut, at: start });
        self.go_to(start);
        self.here = Keys::Of(TableId::Stage);
        self.filled = false;
    }

    /// Whether the braces at hand hold texts where a list has to stand: { "甲", "乙" }.
    pub(super) fn holds_texts(&self, kind: Option<Kind>) -> bool {
        const LONG: usize = 1000;
        let inside = |c: char| opens_bracket(c) || c.is_whitespace();
        let window = self.part(self.at()..self.at() + LONG).trim_start_matches(inside);
        let line = window.split('\n').next().unwrap_or_default();
        let Some(text) = line.strip_prefix(is_quote).filter(|_| kind.is_some_and(Kind::is_list)) else { return false };
        let after =
            text.find(is_quote).map_or("", |end| text[end..].trim_start_matches(|c| is_quote(c) || is_blank(c)));
        after.is_empty() || after.starts_with(|c| is_comma(c) || matches!(c, '}' | '｝'))
    }

    /// Takes the braces at hand for the brackets of a list.
    pub(super) fn list_in_braces(&mut self, c: char, keys: Keys) -> Result<(), Excess> {
        let at = self.at();
        self.go_to(at + c.len_utf8());
        self.recover(at..self.at(), "[", Mistake { code: Code::ListInBraces, at });
        self.open(Open { inline: false, keys, kind: Some(Kind::Texts), at })
    }

    /// Whether the entry that stands there is a remark without its mark: words without quotes behind an entry that has
    /// them, on one line.
    pub(super) fn is_remark(&self, entry: Range<usize>) -> bool {
        let before = self.part(..entry.start).trim_end_matches(|c| is_blank(c) || is_comma(c));
        before.ends_with(is_quote) && !self.part(entry).ends_with(is_quote)
    }

    /// Takes a closing bracket for that of `open`; one of the other kind is a mistake.
    pub(super) fn close_bracket(&mut self, c: char, open: Open) {
        let close = if open.inline { '}' } else { ']' };
        self.nest.pop();
        if is_close_bracket(c) != open.inline {
            self.take_as(c, close);
            return;
        }
        let start = self.at();
        self.go_to(self.at() + c.len_utf8());
        self.recover(start..self.at(), &close.to_string(), Mistake { code: Code::UnclosedBracket, at: open.at });
    }

    /// Notes what makes the text readable from here on, though it counts as broken.
    pub(super) fn recover(&mut self, at: Range<usize>, read: &str, mistake: Mistake) {
        self.changes.push(Change { at, read: read.to_owned(), why: Why::Recovery(mistake) });
    }

    /// A key without an equals sign before its bracket, `表现形式 [`: read as if it had one, so that the lines in the
    /// brackets aren't taken for statements.
    pub(super) fn bracket_without_equals(&mut self, start: usize, table: Keys, kind: Kind) -> Result<(), Excess> {
        self.recover(self.at()..self.at(), "=", Mistake { code: Code::MissingEquals, at: start });
        self.value(table, Some(kind))?;
        if self.nested()? {
            self.end_of_line(|c| is_comma(c) || c == '。');
        }
        Ok(())
    }

    /// Skips what is left of a line of which nothing can be made. Where there is more of that than anybody types, TOML's
    /// parser, which keeps a record of every mark, doesn't get to see it.
    pub(super) fn refuse_line(&mut self, start: usize) {
        const MOST: usize = 64 << 10;
        self.skip_line();
        let at = start.min(self.at());
        self.refuse += self.at() - at;
        if self.refuse > MOST {
            let inside = self.changes.iter().rev().take_while(|change| change.at.end > at).count();
            self.changes.truncate(self.changes.len() - inside);
            self.recover(at..self.at(), "", Mistake { code: Code::BadKey, at });
        }
    }

    /// A line that begins at `start` with a key and has no equals sign: one that is of the format gets its value, any
    /// other goes, so that the rest can be looked through.
    pub(super) fn without_equals(&mut self, start: usize, changes: usize, kind: Option<Kind>) {
        let mistake = Mistake { code: Code::MissingEquals, at: start };
        let end = start + self.part(start..).split(['\n', '#', '＃']).next().unwrap_or_default().trim_end().len();
        if self.part(start..end).contains(|c: char| is_equals_sign(c) || (c.is_control() && c != '\t')) {
            return;
        }
        let plain = |text: &'t str| text.trim_matches(|c| is_blank(c) || is_dash(c) || is_quote(c));
        let is_text = |value: &str| !value.is_empty() && !value.contains(['"', '\\']);
        let value = plain(self.part(self.at().min(end)..end));
        let known = kind.is_some_and(|kind| kind.table().is_none());
        if known && self.at() < end && is_text(value) {
            self.recover(self.at()..end, &format!("=\"{value}\""), mistake);
            return;
        }
        self.changes.truncate(changes);
        // 名称为审查: the key and its value in one word
        let (word, value) = word_and_value(self.part(start..end));
        let row = if let Keys::Of(table) = self.here { table.key(word) } else { None };
        if let Some(row) = row.filter(|row| row.kind.table().is_none() && is_text(plain(value))) {
            self.recover(start..end, &format!("{}=\"{}\"", row.name, plain(value)), mistake);
            return;
        }
        self.recover(start..end, "", mistake);
    }
}

/// Whether a line inside brackets or a text is the next statement: then a closing mark was forgotten.
pub(in crate::input) fn begins_statement(rest: &str, inline: bool) -> bool {
    let line = rest.split('\n').next().unwrap_or_default().trim();
    let doubled = line.starts_with("[[") || line.starts_with("【") || line.starts_with("［");
    let labelled = |word: &str| TableId::Chart.key(word).is_some_and(|row| row.kind == Kind::Labelled);
    let known = || TableId::headed(line).is_some() || labelled(line.trim_matches(['[', ']', '"', ' ']));
    let header = doubled || (line.starts_with('[') && known());
    let key = line.strip_prefix(is_quote).unwrap_or(line);
    let (word, after) = key.split_at(key.find(ends_key).unwrap_or(key.len()));
    let after = after.strip_prefix(is_quote).unwrap_or(after);
    let pair = !word.is_empty() && after.trim_start_matches(is_blank).starts_with(['=', '＝']);
    header || (pair && !inline)
}

/// The key that a line without an equals sign begins with, and what stands behind it: 责任人是"甲", 责任人 -> "甲".
pub(in crate::input) fn word_and_value(line: &str) -> (&str, &str) {
    let (word, value) = line.split_once([' ', '\t', '\u{3000}', ':', '：']).unwrap_or((line, ""));
    let known = |word: &str| TableId::ALL.iter().any(|table| table.key(word).is_some());
    let joined = || {
        let (at, mark) = line.match_indices(['是', '为', '"', '“', '-', '→', '—']).next()?;
        let behind = if matches!(mark, "是" | "为") { at + mark.len() } else { at };
        known(&line[..at]).then(|| (&line[..at], line[behind..].trim()))
    };
    if known(word) { (word, value.trim()) } else { joined().unwrap_or((word, value.trim())) }
}
