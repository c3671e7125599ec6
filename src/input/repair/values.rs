//! Values without quotes: numbers, dates, true and false are TOML's own; anything else is taken for a text.

use super::lexer::{
    Lexer, ends_key, is_blank, is_close_bracket, is_comma, is_dot, is_equals_sign, is_invisible, is_open_bracket,
};
use crate::diag::Code;
use crate::input::keys::{Kind, half_width};

impl Lexer<'_> {
    /// `#` and six hexadecimal digits where a value should stand: a colour without quotes.
    pub(super) fn color_ahead(&self) -> Option<usize> {
        let rest = self.rest();
        let digits = rest.strip_prefix('#')?.bytes().take_while(u8::is_ascii_hexdigit).count();
        let ends = rest[1 + digits..].chars().next().is_none_or(ends_key);
        (digits == 6 && ends).then_some(7)
    }

    /// A value without quotes: left alone where TOML knows it, else taken for a text.
    pub(super) fn bare_value(&mut self, kind: Option<Kind>) {
        let start = self.at;
        let length = self.color_ahead().unwrap_or_else(|| self.bare_length());
        let written = &self.rest()[..length];
        if written.is_empty() {
            return;
        }
        self.at += written.len();
        let half: String = written.chars().map(|c| if is_dot(c) { '.' } else { half_width(c) }).collect();
        if is_scalar(&half) || (kind == Some(Kind::Date) && looks_like_date(&half)) {
            if half != written {
                self.change(start..self.at, half, Code::FullWidthMark);
            }
            return;
        }
        let odd = |c: char| is_equals_sign(c) || c == '"' || c.is_control();
        if written.contains(odd) || (written.contains('\\') && written.contains('\'')) {
            return;
        }
        let quote = if written.contains('\\') { '\'' } else { '"' };
        self.change(start..self.at, format!("{quote}{written}{quote}"), Code::UnquotedValue);
    }

    /// How far a value without quotes goes: in brackets to the next mark, else to the comment or the end of the line.
    fn bare_length(&self) -> usize {
        if !self.nest.is_empty() {
            let ends = |c| {
                is_comma(c)
                    || is_close_bracket(c)
                    || is_open_bracket(c)
                    || matches!(c, '{' | '}' | '｛' | '｝' | '#' | '\n')
            };
            let written = &self.rest()[..self.rest().find(ends).unwrap_or(self.rest().len())];
            return written.trim_end_matches(|c| is_blank(c) || is_invisible(c)).len();
        }
        let line = self.rest().split('\n').next().unwrap_or_default();
        let comment = line.match_indices(['#', '＃']).find(|(at, _)| line[..*at].ends_with(is_blank));
        let text = &line[..comment.map_or(line.len(), |(at, _)| at)];
        text.trim_end_matches(|c| is_blank(c) || is_invisible(c) || is_comma(c)).len()
    }
}

/// Whether TOML takes this for a number, a date, true or false.
fn is_scalar(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    text == "true" || text == "false" || (begins && text.len() <= 40 && toml::de::DeValue::parse(text).is_ok())
}

/// `2025-13-01`: meant as a date, so its mistake is better told than taken for a text.
fn looks_like_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
