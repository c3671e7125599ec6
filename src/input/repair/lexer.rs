//! A tolerant reading of TOML that knows strings, comments, keys and brackets, and nothing else.
//!
//! It takes what a clerk types for what TOML wants, remembers each difference as a [`Change`], and goes on at the next
//! line where it understands nothing: TOML's own parser has the last word. It doesn't recurse, so nesting costs no
//! stack.

use std::ops::{Range, RangeBounds};

use super::cursor::Cursor;
use super::marks::{
    is_blank, is_close_bracket, is_comma, is_dot, is_equals, is_invisible, is_open_bracket, is_quote, opens_bracket,
};
use super::recover::begins_statement;
use super::{Change, Excess, MAX_DEPTH, MAX_ENTRIES, MAX_LINES, Mistake, Told, Why};
use crate::diag::Code;
use crate::input::keys::{Kind, TableId};

/// Finds what to read differently in a file whose own keys are those of `root`.
///
/// # Errors
/// Where the text has more of something than any chart needs; nothing was found out about the rest then.
pub(in crate::input) fn scan(text: &str, root: TableId) -> Result<Vec<Change>, Excess> {
    if text.bytes().filter(|&b| b == b'\n').count() >= MAX_LINES {
        return Err(Excess::Lines);
    }
    let mut lexer = Lexer {
        cursor: Cursor::new(text),
        changes: Vec::new(),
        nest: Vec::new(),
        root,
        here: Keys::Of(root),
        filled: false,
        listing: false,
        awaited: true,
        entries: 0,
        steps: 0,
        refuse: 0,
    };
    while lexer.at() < text.len() {
        lexer.statement()?;
    }
    // Brackets found unclosed are closed before the blanks skipped in looking for them.
    lexer.changes.sort_by_key(|change| (change.at.start, change.at.end));
    Ok(lexer.changes)
}

/// Steps for each entry that a file may have: its quotes, its comma and its line end are four.
const STEPS_AN_ENTRY: usize = 4;

/// Which keys may stand at a place.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keys {
    /// Those of a table of the format.
    Of(TableId),
    /// Whatever the user likes, or nothing the format knows.
    Any,
}

/// An open bracket.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) inline: bool,
    pub(super) keys: Keys,
    /// What kind its entries are, where they have one.
    pub(super) kind: Option<Kind>,
    pub(super) at: usize,
}

pub(super) struct Lexer<'t> {
    pub(super) cursor: Cursor<'t>,
    pub(super) changes: Vec<Change>,
    pub(super) nest: Vec<Open>,
    root: TableId,
    pub(super) here: Keys,
    /// Whether a list or who is responsible was read since the last header.
    pub(super) filled: bool,
    /// Whether the value at hand may be a list.
    pub(super) listing: bool,
    /// Whether an entry may stand here: after an opening bracket or a comma.
    pub(super) awaited: bool,
    entries: usize,
    /// Marks looked at between brackets.
    steps: usize,
    /// Bytes of lines of which nothing could be made.
    pub(super) refuse: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn at(&self) -> usize {
        self.cursor.at()
    }

    pub(super) fn go_to(&mut self, at: usize) {
        self.cursor.go_to(at);
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.cursor.rest()
    }

    pub(super) fn part(&self, range: impl RangeBounds<usize>) -> &'t str {
        self.cursor.part(range)
    }

    fn bump(&mut self, c: char) {
        self.go_to(self.at() + c.len_utf8());
    }

    /// Notes that the bytes are read as `read`; `code` tells the user.
    pub(super) fn change(&mut self, at: Range<usize>, read: impl Into<String>, code: Code) {
        let why = Why::Repair(Told { code, mend: None, second: false });
        self.changes.push(Change { at, read: read.into(), why });
    }

    /// The closing mark of the pair whose opening one was changed before.
    pub(super) fn change_second(&mut self, at: Range<usize>, read: &str, code: Code) {
        let why = Why::Repair(Told { code, mend: None, second: true });
        self.changes.push(Change { at, read: read.to_owned(), why });
    }

    /// Takes the character at hand for `read`, with a note where it is another.
    pub(super) fn take_as(&mut self, c: char, read: char) {
        let start = self.at();
        self.bump(c);
        if c != read {
            let code = if matches!(c, ':' | '：') { Code::ColonForEquals } else { Code::FullWidthMark };
            self.change(start..self.at(), read, code);
        }
    }

    fn count(&mut self) -> Result<(), Excess> {
        self.entries += 1;
        self.step()
    }

    /// Counts what the work grows with: no text makes more of it than a chart of the largest size.
    fn step(&mut self) -> Result<(), Excess> {
        self.steps += 1;
        let most = self.entries.max(self.changes.len()).max(self.steps / STEPS_AN_ENTRY);
        if most > MAX_ENTRIES { Err(Excess::Entries) } else { Ok(()) }
    }

    /// Skips spaces of all kinds and invisible characters.
    pub(super) fn skip_blank(&mut self) {
        while let Some(c) = self.peek().filter(|_| self.changes.len() <= MAX_ENTRIES) {
            let start = self.at();
            match c {
                ' ' | '\t' => self.bump(c),
                _ if is_blank(c) => {
                    self.go_to(self.at() + self.rest().len() - self.rest().trim_start_matches(c).len());
                    self.change(start..self.at(), " ", Code::StrangeSpace);
                }
                _ if is_invisible(c) => {
                    self.bump(c);
                    self.change(start..self.at(), "", Code::InvisibleMark);
                }
                _ => return,
            }
        }
    }

    /// One line at the top level: empty, comment, header, or key and value.
    fn statement(&mut self) -> Result<(), Excess> {
        self.step()?;
        self.skip_blank();
        match self.peek() {
            None => {}
            Some('\n') => self.go_to(self.at() + 1),
            Some('#' | '＃') => self.skip_comment(),
            Some(_) if self.comment_mark().is_some() => self.skip_comment(),
            Some(c) if is_open_bracket(c) => self.header()?,
            Some(_) if self.meant_header().is_some() => self.mend_header(),
            Some(_) => self.pair(self.here)?,
        }
        Ok(())
    }

    /// `[table]` or `[[table]]`.
    fn header(&mut self) -> Result<(), Excess> {
        self.count()?;
        let (start, changes) = (self.at(), self.changes.len());
        let (mut opened, mut closed) = (0_usize, 0_usize);
        while let Some(c) = self.peek().filter(|&c| is_open_bracket(c)) {
            self.take_as(c, '[');
            opened += 1;
            // More than two are a mistake; their number is bounded here.
            if self.rest().starts_with("[[[") {
                break;
            }
        }
        let path = self.key_path(Keys::Of(self.root))?;
        self.here = path.map_or(Keys::Any, |(keys, _)| keys);
        self.filled = false;
        while let Some(c) = self.peek().filter(|&c| is_close_bracket(c)) {
            self.take_as(c, ']');
            closed += 1;
        }
        // [环节][风险]: one header in two pairs of brackets.
        let in_parts = self.content().trim_start_matches(|c| is_dot(c) || is_blank(c)).starts_with(is_open_bracket);
        if path.is_some() {
            self.end_of_line(|c| is_comma(c) || is_dot(c) || matches!(c, ':' | '：'));
        } else {
            self.skip_line();
        }
        let end = self.at();
        self.go_to(start);
        let sound = path.is_some() && opened == closed && opened <= 2 && !in_parts;
        if !sound && self.meant_header().is_some() {
            self.changes.truncate(changes);
            self.mend_header();
        } else {
            self.go_to(end);
        }
        Ok(())
    }

    /// A key and its value, in a line of its own or in an inline table.
    fn pair(&mut self, keys: Keys) -> Result<(), Excess> {
        self.count()?;
        let at_top = self.nest.is_empty();
        let (start, changes) = (self.at(), self.changes.len());
        let path = self.key_path(keys)?;
        if at_top && self.is_next_stage(start, changes) {
            self.begin_stage(start, changes);
            return self.pair(self.here);
        }
        if let Some((table, Some(kind))) = path.filter(|_| at_top && self.peek().is_some_and(opens_bracket)) {
            return self.bracket_without_equals(start, table, kind);
        }
        let equals = self.peek().filter(|&c| is_equals(c));
        let (Some((table, kind)), Some(c)) = (path, equals) else {
            match path {
                Some((_, kind)) if at_top => self.without_equals(start, changes, kind),
                _ => self.refuse_line(start),
            }
            self.skip_line();
            return Ok(());
        };
        self.take_as(c, '=');
        self.skip_blank();
        while let Some(c) = self.peek().filter(|&c| is_equals(c)) {
            self.drop_mark(c);
            self.skip_blank();
        }
        let start = self.at();
        self.listing = at_top && kind.is_some_and(Kind::is_list);
        self.filled |= self.listing;
        let depth = self.nest.len();
        self.value(table, kind)?;
        let alone = self.nest.len() == depth && kind.is_some_and(Kind::is_list_alone);
        if at_top && self.nested()? {
            let several = self.list_without_brackets(start)?;
            if alone && !several {
                self.list_of_one(start);
            }
            self.end_of_line(|c| is_comma(c) || c == '。');
        } else if !at_top && alone {
            self.list_of_one(start);
        }
        Ok(())
    }

    /// Leaves out a mark that says nothing.
    pub(super) fn drop_mark(&mut self, c: char) {
        let start = self.at();
        self.bump(c);
        self.change(start..self.at(), "", Code::StrayMark);
    }

    /// A value; where it is a bracket, its inside is left to [`nested`](Self::nested).
    pub(super) fn value(&mut self, keys: Keys, kind: Option<Kind>) -> Result<(), Excess> {
        let Some(c) = self.peek() else { return Ok(()) };
        match c {
            _ if is_open_bracket(c) => {
                let at = self.at();
                self.take_as(c, '[');
                self.open(Open {
                    inline: false,
                    keys,
                    kind: kind.filter(|kind| matches!(kind, Kind::Margin(..) | Kind::Texts)),
                    at,
                })
            }
            '{' | '｛' if self.holds_texts(kind) => self.list_in_braces(c, keys),
            '{' | '｛' => {
                let at = self.at();
                self.take_as(c, '{');
                self.open(Open { inline: true, keys, kind: None, at })
            }
            _ if is_quote(c) => {
                let (start, changes) = (self.at(), self.changes.len());
                match c {
                    '"' | '\'' => self.string(c),
                    _ => self.chinese_string(c),
                }
                if kind == Some(Kind::Texts) {
                    self.list_in_one_text(start, changes);
                }
                Ok(())
            }
            '#' | '＃' if self.color_ahead().is_none() => Ok(()),
            _ => {
                self.bare_value(kind);
                Ok(())
            }
        }
    }

    pub(super) fn open(&mut self, open: Open) -> Result<(), Excess> {
        self.nest.push(open);
        if self.nest.len() > MAX_DEPTH { Err(Excess::Depth(self.at())) } else { Ok(()) }
    }

    /// The inside of brackets, until all are closed; false where they aren't, at the statement that follows.
    pub(super) fn nested(&mut self) -> Result<bool, Excess> {
        self.awaited = true;
        let mut line_start = false;
        // The first of the lines without quotes that lack their commas: they are one mistake.
        let mut plain = None;
        // Where the last entry begins and ends.
        let (mut begun, mut filled) = (self.at(), self.at());
        while let Some(&open) = self.nest.last() {
            self.step()?;
            self.skip_blank();
            let Some(c) = self.peek() else { break };
            if line_start && begins_statement(self.rest(), open.inline) {
                break;
            }
            let new_line = std::mem::replace(&mut line_start, c == '\n');
            match c {
                '\n' => self.go_to(self.at() + 1),
                '#' | '＃' if self.color_ahead().is_none() => self.skip_comment(),
                _ if new_line && !is_comma(c) && self.comment_mark().is_some() => self.skip_comment(),
                // ["甲",, "乙"]
                _ if is_comma(c) && self.awaited => self.drop_mark(c),
                // Entries in quotes on lines of their own
                _ if !self.awaited && !open.inline && new_line && is_quote(c) && self.closed_before(filled) => {
                    self.change(filled..filled, ",", Code::CommaLeftOut);
                    self.awaited = true;
                }
                // ["甲" "乙"], or entries without quotes on lines of their own
                _ if !self.awaited && !open.inline && (begins_entry(c) || (new_line && !ends_entry(c))) => {
                    let mistake = match begins_entry(c) {
                        true if self.is_remark(begun..filled) => Mistake { code: Code::ExtraText, at: begun },
                        true => Mistake { code: Code::MissingComma, at: self.at() },
                        false => Mistake { code: Code::MissingComma, at: *plain.get_or_insert(begun) },
                    };
                    self.recover(self.at()..self.at(), ",", mistake);
                    self.awaited = true;
                }
                _ => {
                    let depth = self.nest.len();
                    self.awaited = false;
                    begun = if is_comma(c) { begun } else { self.at() };
                    self.entry(c, open)?;
                    self.awaited |= is_comma(c) || self.nest.len() > depth;
                    filled = self.at();
                }
            }
        }
        let closed = self.nest.is_empty();
        while let Some(open) = self.nest.pop() {
            let close = if open.inline { "}" } else { "]" };
            self.recover(filled..filled, close, Mistake { code: Code::UnclosedBracket, at: open.at });
        }
        Ok(closed)
    }

    /// Whether the entry that ends at a byte was closed by a quote.
    fn closed_before(&self, end: usize) -> bool {
        self.part(..end).ends_with(is_quote)
    }

    /// What may stand in brackets: a comma, an entry, a closing bracket.
    fn entry(&mut self, c: char, open: Open) -> Result<(), Excess> {
        match c {
            _ if is_comma(c) => {
                self.take_as(c, ',');
                self.count()
            }
            _ if is_close_bracket(c) || matches!(c, '}' | '｝') => {
                self.close_bracket(c, open);
                Ok(())
            }
            _ if open.inline => self.pair(open.keys),
            _ => {
                let before = self.at();
                if let Some(length) = super::values::bullet(self.rest()) {
                    self.go_to(self.at() + length);
                    self.change(before..self.at(), "", Code::StrayMark);
                }
                self.value(open.keys, open.kind)?;
                if self.at() == before {
                    self.bump(c);
                }
                Ok(())
            }
        }
    }
}

/// Whether an entry of a list ends before this character.
fn ends_entry(c: char) -> bool {
    is_comma(c) || is_close_bracket(c) || matches!(c, '}' | '｝' | '\n')
}

/// Whether an entry of a list begins so, and nothing else does.
fn begins_entry(c: char) -> bool {
    is_quote(c) || opens_bracket(c)
}
