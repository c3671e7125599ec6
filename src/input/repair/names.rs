//! Keys as they are typed: with and without quotes, by other names, dotted.

use super::lexer::{Keys, Lexer};
use super::marks::{ends_key, is_blank, is_close_bracket, is_dot, is_equals, is_invisible, is_quote};
use super::{Change, Excess, MAX_DEPTH, Told, Why, is_bare_key};
use crate::diag::Code;
use crate::input::keys::Kind;
use crate::input::width::half_width;
use crate::source::is_han;

/// Whether a key can end before this text.
fn ends_a_key(after: &str) -> bool {
    after.trim_start_matches(is_blank).starts_with(|c| is_equals(c) || is_close_bracket(c) || is_dot(c))
}

impl Lexer<'_> {
    /// A key, dotted or not: which keys stand under it, and what kind its value is.
    pub(super) fn key_path(&mut self, mut keys: Keys) -> Result<Option<(Keys, Option<Kind>)>, Excess> {
        for _ in 0..MAX_DEPTH {
            self.skip_blank();
            let Some(row) = self.key(keys) else { return Ok(None) };
            keys = row.and_then(Kind::table).map_or(Keys::Any, Keys::Of);
            self.skip_blank();
            match self.peek().filter(|&c| is_dot(c)) {
                Some(c) => self.take_as(c, '.'),
                None => return Ok(Some((keys, row))),
            }
        }
        Err(Excess::Depth(self.at()))
    }

    /// One key. `Some(None)` where it is none of the format's; `None` where there is no key at all.
    fn key(&mut self, keys: Keys) -> Option<Option<Kind>> {
        self.drop_quote_before_key(keys);
        let start = self.at();
        let (name, code, quoted) = match self.peek()? {
            '"' | '\'' => (self.quoted_key()?, None, true),
            c if is_quote(c) => (self.chinese_key()?, Some(Code::ChineseQuotes), true),
            _ => {
                let (name, code) = self.bare_key(keys)?;
                (name, code, false)
            }
        };
        let (row, code, renamed) = match keys {
            Keys::Any => (None, code, None),
            Keys::Of(table) => match (table.key(&name), table.key_by_another_name(&name)) {
                (None, Some(row)) => (Some(row), Some(Code::KeyByAnotherName), Some(row.zh)),
                (row, _) => (row, code, None),
            },
        };
        let bare = is_bare_key(&name);
        let read = match row {
            Some(row) => row.name.to_owned(),
            None if bare && !quoted => name.clone(),
            None if quoted && code.is_none() => return Some(None),
            None => format!("\"{name}\""),
        };
        if read != self.part(start..self.at()) {
            // The user's own word goes back to the file.
            let own = if quoted && !bare { format!("\"{name}\"") } else { name };
            let mend = Some(renamed.map_or(own, str::to_owned));
            let why = code.map_or(Why::Alias, |code| Why::Repair(Told { code, mend, second: false }));
            self.changes.push(Change { at: start..self.at(), read, why });
        }
        if row.is_some() && !quoted {
            self.drop_quote_after_key();
        }
        Some(row.map(|row| row.kind))
    }

    /// A key without quotes, and the code of what had to be put right in it.
    fn bare_key(&mut self, keys: Keys) -> Option<(String, Option<Code>)> {
        let rest = self.rest();
        let end = rest.find(ends_key).unwrap_or(rest.len());
        let mut written = &rest[..end];
        // 职    权 = …: spaces typed to spread a short word.
        let whole = &rest[..rest.find(|c| ends_key(c) && !is_blank(c)).unwrap_or(rest.len())];
        let spread = whole.contains(is_han) && rest[whole.len()..].starts_with(is_equals);
        if spread {
            written = whole.trim_end_matches(is_blank);
        }
        if written.is_empty() {
            return None;
        }
        self.go_to(self.at() + written.len());
        let clean: String = written.chars().filter(|&c| !is_invisible(c)).collect();
        let half: String = clean.chars().map(half_width).collect();
        let known = |name: &str| matches!(keys, Keys::Of(table) if table.key(name).is_some());
        if half != clean && (half.is_ascii() || known(&half)) {
            return Some((half, Some(Code::FullWidthMark)));
        }
        let code = (clean != written).then_some(Code::InvisibleMark);
        Some((clean, code))
    }

    /// A key in straight quotes, as it stands between them.
    fn quoted_key(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let inner = &self.rest()[1..];
        let mut escaped = false;
        let length = inner.find(|c| {
            let ends = c == '\n' || (c == quote && !escaped);
            escaped = c == '\\' && quote == '"' && !escaped;
            ends
        })?;
        if !inner[length..].starts_with(quote) {
            return None;
        }
        self.go_to(self.at() + length + 2);
        Some(inner[..length].to_owned())
    }

    /// A key in curly quotes, as it stands between them.
    fn chinese_key(&mut self) -> Option<String> {
        let (start, open) = (self.at(), self.peek()?);
        let (end, close) = self.chinese_end(open, |lexer, after| ends_a_key(lexer.part(after..)))?;
        self.go_to(end + close.len_utf8());
        let inner = self.part(start + open.len_utf8()..end);
        (!inner.contains(['"', '\\', '='])).then(|| inner.to_owned())
    }

    /// Leaves out the quote before a key of the format that ends without one of its own: "职权 = …, ["环节.风险"].
    fn drop_quote_before_key(&mut self, keys: Keys) {
        let Some(quote) = self.peek().filter(|&c| is_quote(c)) else { return };
        let inner = &self.rest()[quote.len_utf8()..];
        let (word, after) = inner.split_at(inner.find(ends_key).unwrap_or(inner.len()));
        // "职权” = …: the curly quote goes as one after a key does.
        let curly = |c: char| is_quote(c) && !c.is_ascii();
        let after = if quote.is_ascii() { after.strip_prefix(curly).unwrap_or(after) } else { after };
        if ends_a_key(after) && matches!(keys, Keys::Of(table) if table.key(word).is_some()) {
            self.drop_mark(quote);
        }
    }

    /// Leaves out the quote after a key that began without one: 职权" = ….
    fn drop_quote_after_key(&mut self) {
        let quote = self.peek().filter(|&c| is_quote(c));
        if let Some(quote) = quote.filter(|quote| ends_a_key(&self.rest()[quote.len_utf8()..])) {
            self.drop_mark(quote);
        }
    }
}
