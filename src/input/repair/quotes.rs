//! Strings: where they end, and the quotes that an input method puts around them.

use std::ops::Range;

use super::lexer::{Keys, Lexer};
use super::marks::{closers, is_blank, is_close_bracket, is_comma, is_equals, is_open_bracket, is_quote};
use super::recover::begins_statement;
use super::{Change, Mistake, Told, Why};
use crate::diag::Code;
use crate::input::paragraph::{Joint, LINE_END, entries, joint, settled};

/// Quotes on either side of a text over several lines.
const TRIPLE: usize = 3;

/// Whether a line within a text ends as an entry does whose closing quote was forgotten: 无故拖延。,
fn ends_an_entry(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    line.strip_suffix(is_comma).is_some_and(|words| words.ends_with(['。', '！', '？']))
}

impl Lexer<'_> {
    /// A string that opens with a straight quote.
    pub(super) fn string(&mut self, quote: char) {
        let triple = if quote == '"' { "\"\"\"" } else { "'''" };
        if self.rest().starts_with(triple) {
            self.skip_triple(triple, quote == '"');
            return;
        }
        if self.opens_twice(quote) {
            self.drop_mark(quote);
        }
        let (straight, curly) = self.string_ends(quote);
        match (straight, curly) {
            (Some(end), _) if self.key_within(end).is_some() => self.close_before_key(end, quote),
            (Some(end), None) => {
                self.go_to(end + 1);
                // "甲"",
                if self.rest().starts_with(quote) && !self.ends_value(self.at()) && self.ends_value(self.at() + 1) {
                    self.drop_mark(quote);
                }
            }
            // "甲”, "乙": the straight quote that follows opens the next text.
            (Some(end), Some(_)) if self.ends_value(end + 1) => self.go_to(end + 1),
            (_, Some((end, mark))) => {
                self.go_to(end + mark.len_utf8());
                self.change(end..self.at(), quote, Code::ChineseQuotes);
            }
            (None, None) => self.close(quote, quote),
        }
    }

    /// Whether a text opens with its quote typed twice: ""甲".
    fn opens_twice(&self, quote: char) -> bool {
        let words = self.at() + 2;
        let Some(rest) = Some(self.part(words..)).filter(|_| self.rest()[1..].starts_with(quote)) else { return false };
        let begins = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '（' | '《' | '“'));
        let closes = |at: usize| {
            let end = words + at + 1;
            self.ends_value(end) || (self.part(end..).starts_with(quote) && self.ends_value(end + 1))
        };
        begins && rest.find([quote, '\n']).is_some_and(|at| rest[at..].starts_with(quote) && closes(at))
    }

    /// Where, in the text at hand that ends at `end`, a comma and the next key of its inline table stand:
    /// { 到 = "退件, 说明 = "…" }.
    fn key_within(&self, end: usize) -> Option<usize> {
        let Keys::Of(table) = self.nest.last().filter(|open| open.inline)?.keys else { return None };
        let (before, after) = self.part(self.at()..end).rsplit_once(is_equals)?;
        let opens = |c: char| is_blank(c) || is_open_bracket(c);
        if !after.chars().all(opens) || self.ends_value(end + 1) {
            return None;
        }
        let (comma, mark) = before.char_indices().rev().find(|(_, c)| is_comma(*c))?;
        let word = before[comma + mark.len_utf8()..].trim_matches(is_blank);
        table.key(word).map(|_| self.at() + comma)
    }

    /// Closes the text at hand where the next key begins.
    fn close_before_key(&mut self, end: usize, quote: char) {
        let open = self.at();
        self.go_to(self.key_within(end).unwrap_or(end));
        self.recover(self.at()..self.at(), &quote.to_string(), Mistake { code: Code::UnclosedString, at: open });
    }

    /// Where the string at hand is closed by a straight quote, and where by a curly one instead.
    fn string_ends(&self, quote: char) -> (Option<usize>, Option<(usize, char)>) {
        let marks = closers(if quote == '"' { '“' } else { '‘' }).unwrap_or_default();
        let (mut inner, mut curly, mut wrong_way) = (0_usize, None, None);
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((offset, c)) = chars.next() {
            let at = self.at() + offset;
            let closes = |c: char| self.ends_value(at + c.len_utf8());
            match c {
                '\n' => break,
                '\\' if quote == '"' => _ = chars.next(),
                _ if c == quote => return (Some(at), curly),
                '“' | '‘' if marks.contains(&c) => {
                    inner += 1;
                    if closes(c) {
                        wrong_way = Some((at, c));
                    }
                }
                '”' | '’' if marks.contains(&c) && inner > 0 => inner -= 1,
                _ if marks.contains(&c) && curly.is_none() && closes(c) => curly = Some((at, c)),
                _ => {}
            }
        }
        (None, curly.or(wrong_way))
    }

    fn skip_triple(&mut self, triple: &str, escapes: bool) {
        let body = self.at() + 3;
        let mut from = body;
        while let Some(found) = self.part(from..).find(triple) {
            let end = from + found;
            let backslashes = self.part(body..end).bytes().rev().take_while(|&b| b == b'\\').count();
            if escapes && backslashes % 2 == 1 {
                from = end + 1;
                continue;
            }
            self.mark_line_ends(body..end, escapes);
            // Up to two quotes may stand directly before the closing three.
            let quotes = self.part(end..end + 5).bytes().take_while(|&b| b == triple.as_bytes()[0]).count();
            self.go_to(end + quotes);
            return;
        }
        self.close_triple(triple);
    }

    /// Tells real line ends in a text from the escape `\n`: but for the one right after the opening quotes, and those
    /// that a backslash takes away.
    fn mark_line_ends(&mut self, body: Range<usize>, escapes: bool) {
        let text = self.part(body.clone());
        for (at, _) in text.match_indices('\n').filter(|(at, _)| *at > 0) {
            let backslashes = text[..at].bytes().rev().take_while(|&b| b == b'\\').count();
            if !escapes || backslashes % 2 == 0 {
                let at = body.start + at;
                self.changes.push(Change { at: at..at + 1, read: LINE_END.to_string(), why: Why::LineEnd });
            }
        }
    }

    /// Closes a text in three quotes that has no end before the next statement.
    fn close_triple(&mut self, triple: &str) {
        let open = self.at();
        let first = open + self.rest().find('\n').unwrap_or(self.rest().len());
        let mut end = first;
        while self.part(end..).starts_with('\n') && !begins_statement(self.part(end + 1..), false) {
            end += 1;
            end += self.part(end..).find('\n').unwrap_or(self.cursor.len() - end);
        }
        self.recover(end..end, triple, Mistake { code: Code::UnclosedString, at: open });
        self.go_to(end);
    }

    /// Closes a text that opens with `open` and has no closing quote on its line, as if it were in quotes `quote`: where
    /// it goes on below, its lines are joined; else it ends with its line.
    fn close(&mut self, open: char, quote: char) {
        let start = self.at();
        let mistake = Mistake { code: Code::UnclosedString, at: start };
        if let Some(end) = self.end_below(open, quote) {
            self.join_lines((start, open), end, quote);
            return;
        }
        let line = self.rest().split('\n').next().unwrap_or_default();
        let nested = !self.nest.is_empty();
        let after = |c| is_blank(c) || (nested && (is_comma(c) || is_close_bracket(c) || matches!(c, '}' | '｝')));
        let length = line.trim_end_matches(after).len().max(open.len_utf8());
        self.go_to(start + length);
        if open != quote {
            self.recover(start..start + open.len_utf8(), &quote.to_string(), mistake);
        }
        // The comma that stood at the line's end is part of the text, or was forgotten as well.
        let comma = if nested && length == line.len() { "," } else { "" };
        self.awaited |= !comma.is_empty();
        self.recover(self.at()..self.at(), &format!("{quote}{comma}"), mistake);
    }

    /// Where a text is closed on one of the lines below, none of which is a statement of its own, and by which mark.
    fn end_below(&self, open: char, quote: char) -> Option<(usize, char)> {
        const LINES: usize = 60;
        let marks = closers(open).unwrap_or_default();
        let mut at = self.at();
        for _ in 0..LINES {
            let end = at + self.part(at..).find('\n')?;
            if ends_an_entry(self.part(at..end)) {
                return None;
            }
            at = end + 1;
            let line = self.part(at..).split('\n').next().unwrap_or_default();
            if begins_statement(line, false) {
                return None;
            }
            let ends = |(offset, c): &(usize, char)| self.ends_value(at + offset + c.len_utf8());
            let mut found = line.char_indices().filter(|(_, c)| *c == quote || marks.contains(c));
            // A straight quote is the end or opens the next text; a curly one may stand within.
            let first = if open == quote { found.next() } else { found.find(ends) };
            if let Some(one) = first {
                return ends(&one).then_some((at + one.0, one.1));
            }
        }
        None
    }

    /// Reads the lines of a text that is closed below its first as one, with breaks where they are meant.
    fn join_lines(&mut self, (start, open): (usize, char), (end, close): (usize, char), quote: char) {
        let body = start + open.len_utf8();
        if open != quote {
            if self.part(body..end).contains(['"', '\\']) {
                return self.skip_line();
            }
            self.change(start..body, quote, Code::ChineseQuotes);
        }
        let mut at = body;
        let mut second = false;
        while let Some(lf) = self.part(at..end).find('\n').map(|found| at + found) {
            let from = body + self.part(body..lf).trim_end().len();
            let rest = self.part(lf..end);
            at = lf + rest.len() - rest.trim_start().len();
            let read = match joint(self.part(body..from), self.part(at..end)) {
                Joint::Break if quote == '"' => "\\n",
                Joint::Break => "",
                Joint::Joined(between) => between,
            };
            let why = Why::Repair(Told { code: Code::TextOverLines, mend: None, second });
            self.changes.push(Change { at: from..at, read: read.to_owned(), why });
            second = true;
        }
        self.go_to(end + close.len_utf8());
        if close != quote {
            self.change_second(end..end + close.len_utf8(), &quote.to_string(), Code::ChineseQuotes);
        }
    }

    /// A list typed as one text, `"①甲。②乙。"`: read as its entries. The text began at `start`, where there were so many
    /// `changes`.
    pub(super) fn list_in_one_text(&mut self, start: usize, changes: usize) {
        let end = self.at();
        let inside = self.changes.get(changes..).unwrap_or_default();
        if inside.iter().any(|change| change.mistake().is_some()) {
            return;
        }
        let typed = self.part(start..end);
        let read = read_as(typed, start, inside);
        let Ok(value) = toml::de::DeValue::parse(&read) else { return };
        let Some((text, found)) = value.get_ref().as_str().and_then(|text| Some((text, entries(text)?))) else {
            return;
        };
        let entries: Vec<_> = found.into_iter().map(|at| quoted(&settled(&text[at]).0)).collect();
        // A text over several lines gives a list over several.
        let (before, between, after) = match typed.contains('\n') {
            true => ("\n    ", ",\n    ", ",\n"),
            false => ("", ", ", ""),
        };
        let list = entries.join(between);
        let alone = self.nest.last().is_none_or(|open| open.inline);
        let read = if alone { format!("[{before}{list}{after}]") } else { list };
        self.changes.truncate(changes);
        self.change(start..end, read, Code::ListInOneText);
    }

    /// A string that opens with a curly quote: straight ones are read in place of the pair.
    pub(super) fn chinese_string(&mut self, open: char) {
        let start = self.at();
        if let Some(end) = self.triple_end(open) {
            self.change(start..start + TRIPLE * open.len_utf8(), "\"\"\"", Code::ChineseQuotes);
            self.mark_line_ends(start + TRIPLE * open.len_utf8()..end.start, true);
            self.change_second(end.clone(), "\"\"\"", Code::ChineseQuotes);
            self.go_to(end.end);
            return;
        }
        let Some((end, close)) = self.chinese_end(open, |lexer, after| lexer.ends_value(after)) else {
            let straight = if matches!(open, '‘' | '’' | '＇') { '\'' } else { '"' };
            match self.rest().split('\n').next().unwrap_or_default().contains([straight, '\\']) {
                true => self.skip_line(),
                false => self.close(open, straight),
            }
            return;
        };
        let inner = self.part(start + open.len_utf8()..end);
        self.go_to(end + close.len_utf8());
        let quote = match (inner.contains(['"', '\\']), inner.contains('\'')) {
            (false, _) => "\"",
            (true, false) => "'",
            (true, true) => return,
        };
        self.change(start..start + open.len_utf8(), quote, Code::ChineseQuotes);
        self.change_second(end..end + close.len_utf8(), quote, Code::ChineseQuotes);
    }

    /// The three marks that close, on a line below and before the next statement, what three curly quotes open.
    fn triple_end(&self, open: char) -> Option<Range<usize>> {
        // The longest text that may stand in a chart, and short enough to be looked through for every quote of a file.
        const WINDOW: usize = 6 << 10;
        let marks = closers(open).filter(|_| matches!(open, '“' | '”' | '＂'))?;
        if self.rest().chars().take(TRIPLE).filter(|c| *c == open).count() < TRIPLE {
            return None;
        }
        let start = self.at() + TRIPLE * open.len_utf8();
        let body = self.part(start..start + WINDOW);
        let three = |at: usize| body[at..].chars().take(TRIPLE);
        let mut places = body.char_indices().map(|(at, _)| at);
        let at = places.find(|&at| three(at).filter(|c| marks.contains(c)).count() == TRIPLE)?;
        let length: usize = three(at).map(char::len_utf8).sum();
        let text = &body[..at];
        let mut lines = text.match_indices('\n').map(|(lf, _)| lf).peekable();
        let whole = lines.peek().is_some() && !text.contains(['"', '\\']);
        let alone = whole && !lines.any(|lf| begins_statement(&body[lf + 1..], false));
        alone.then(|| start + at..start + at + length)
    }

    /// The first mark on the line that can close `open` and has a right ending after it.
    pub(super) fn chinese_end(&self, open: char, ends: impl Fn(&Self, usize) -> bool) -> Option<(usize, char)> {
        let marks = closers(open)?;
        let line = self.rest().char_indices().skip(1).take_while(|(_, c)| *c != '\n');
        let mut found = line.filter(|(_, c)| marks.contains(c));
        found.find_map(|(offset, c)| {
            let at = self.at() + offset;
            ends(self, at + c.len_utf8()).then_some((at, c))
        })
    }

    /// Whether a value can end before this byte: what follows is a bracket, a comma with another entry, or the line's
    /// end.
    fn ends_value(&self, after: usize) -> bool {
        // A window bounds the work where one line holds a million marks.
        let window = self.part(after..after + 240);
        let whole = after + window.len() == self.cursor.len();
        let done = |rest: &str| rest.starts_with(['\n', '#', '＃']) || (rest.is_empty() && whole);
        let rest = window.trim_start_matches(is_blank);
        if done(rest) {
            return true;
        }
        let after_comma = || rest.strip_prefix(is_comma).map(|rest| rest.trim_start_matches(is_blank));
        match self.nest.last() {
            None => {
                done(rest.trim_start_matches(|c| is_comma(c) || is_blank(c) || c == '。'))
                    || (self.listing && after_comma().is_some_and(|next| next.starts_with(is_quote)))
            }
            Some(_) if rest.starts_with(|c| is_close_bracket(c) || matches!(c, '}' | '｝')) => true,
            Some(open) if open.inline => after_comma().is_some_and(|next| {
                let word = next.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || is_quote(c));
                done(next) || word.trim_start_matches(is_blank).starts_with(|c| is_equals(c) || c == '.')
            }),
            Some(_) => after_comma().is_some_and(|next| {
                let begins =
                    |c: char| is_quote(c) || is_open_bracket(c) || is_close_bracket(c) || matches!(c, '{' | '｛');
                done(next) || next.starts_with(begins)
            }),
        }
    }
}

/// What is read of the text `typed`, which begins at `start`, with these changes.
fn read_as(typed: &str, start: usize, changes: &[Change]) -> String {
    let mut read = String::with_capacity(typed.len());
    let mut done = 0;
    for change in changes {
        let at = change.at.start - start..change.at.end - start;
        read.push_str(&typed[done..at.start]);
        read.push_str(&change.read);
        done = at.end;
    }
    read + &typed[done..]
}

/// A TOML basic string (TOML 1.0, “String”).
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
