//! Values without quotes: numbers, dates, true and false are TOML's own; anything else is taken for a text.

use super::lexer::{Keys, Lexer};
use super::marks::{
    ends_key, is_blank, is_close_bracket, is_comma, is_dot, is_equals_sign, is_invisible, is_open_bracket, is_quote,
    opens_bracket,
};
use super::{Change, Excess, Mistake};
use crate::diag::Code;
use crate::input::keys::{Choice, Kind};
use crate::input::measures::number_in;
use crate::input::width::half_width;
use crate::source::{floor, is_han};

impl Lexer<'_> {
    /// `#` and six or three hexadecimal digits where a value should stand: a colour without quotes.
    pub(super) fn color_ahead(&self) -> Option<usize> {
        let rest = self.rest();
        let digits = rest.strip_prefix('#')?.bytes().take_while(u8::is_ascii_hexdigit).count();
        let ends = rest[1 + digits..].chars().next().is_none_or(ends_key);
        // In a list #add is rather a comment.
        let short = digits == 3 && self.nest.last().is_none_or(|open| open.inline);
        ((digits == 6 || short) && ends).then_some(1 + digits)
    }

    /// A value without quotes: left alone where TOML knows it, else taken for a text.
    pub(super) fn bare_value(&mut self, kind: Option<Kind>) {
        let start = self.at();
        let length = self.color_ahead().unwrap_or_else(|| self.bare_length(kind));
        let written = &self.rest()[..length];
        if written.is_empty() {
            return;
        }
        self.go_to(self.at() + written.len());
        let half: String = written.chars().map(|c| if is_dot(c) { '.' } else { half_width(c) }).collect();
        if is_scalar(&half) || (kind == Some(Kind::Date) && looks_like_date(&half)) {
            if half != written {
                self.change(start..self.at(), half, Code::FullWidthMark);
            }
            return;
        }
        if let Some(number) = kind.and_then(|kind| in_unit(&half, kind)) {
            self.change(start..self.at(), number, Code::UnitAfterNumber);
            return;
        }
        let odd = |c: char| is_equals_sign(c) || c == '"' || c.is_control();
        // 行政许可”: the opening quote alone is missing.
        let closed = written.trim_end_matches(is_quote);
        let written = if closed.is_empty() || closed.contains(is_quote) { written } else { closed };
        if written.contains(odd)
            || written.starts_with(is_close_bracket)
            || (written.contains('\\') && written.contains('\''))
        {
            return self.refuse_value(start);
        }
        let quote = if written.contains('\\') { '\'' } else { '"' };
        self.change(start..self.at(), format!("{quote}{written}{quote}"), Code::UnquotedValue);
    }

    /// Leaves a value of which nothing can be made to TOML's parser, unless it is longer than anybody types.
    fn refuse_value(&mut self, start: usize) {
        const MOST: usize = 64 << 10;
        self.refuse += self.at() - start;
        if self.refuse > MOST {
            self.recover(start..self.at(), "\"\"", Mistake { code: Code::BadNumber, at: start });
        }
    }

    /// Several texts with commas between them where a list may stand: "甲"、"乙" is read as ["甲", "乙"].
    pub(super) fn list_without_brackets(&mut self, start: usize) -> Result<bool, Excess> {
        let mut several = false;
        while self.listing && self.part(start..).starts_with(is_quote) {
            let rest = self.rest().trim_start_matches(is_blank);
            let Some(c) = rest.chars().next().filter(|&c| is_comma(c)) else { break };
            if !rest[c.len_utf8()..].trim_start_matches(is_blank).starts_with(is_quote) {
                break;
            }
            self.skip_blank();
            self.take_as(c, ',');
            self.skip_blank();
            self.value(Keys::Any, None)?;
            several = true;
        }
        if several {
            self.change(start..start, "[", Code::ListWithoutBrackets);
            self.change_second(self.at()..self.at(), "]", Code::ListWithoutBrackets);
        }
        Ok(several)
    }

    /// One text where a list has to stand: "甲" is read as ["甲"]. What may be several words without quotes is left.
    pub(super) fn list_of_one(&mut self, start: usize) {
        let end = self.at();
        let told = |code| move |change: &Change| change.told().is_some_and(|told| told.code == code);
        let made = self.changes.iter().rev().take_while(|change| change.at.start >= start);
        let written = self.part(start..end);
        let quoted = written.starts_with(is_quote) && !made.clone().any(|change| change.mistake().is_some());
        let bare = made.clone().any(told(Code::UnquotedValue)) && !written.contains(is_comma);
        let rest = self.rest().trim_start_matches(|c| is_blank(c) || is_invisible(c));
        let ends =
            rest.chars().next().is_none_or(|c| is_comma(c) || matches!(c, '\n' | '#' | '＃' | '。' | '}' | '｝'));
        if !ends || start == end || made.clone().any(told(Code::ListInOneText)) {
            return;
        }
        // One slip is one note.
        let unquoted = |change: &&mut Change| bare && change.at.start == start && change.read.len() > 2;
        if let Some(change) = self.changes.last_mut().filter(unquoted) {
            change.read = format!("[{}]", change.read);
        } else if quoted {
            self.change(start..start, "[", Code::ListWithoutBrackets);
            self.change_second(end..end, "]", Code::ListWithoutBrackets);
        }
    }

    /// How far the words of an entry go that may be a sentence, to where a mark can part it from the next; 0 where the
    /// line is longer than anybody types.
    fn words_length(&self, rest: &str) -> usize {
        const LONG: usize = 1000;
        let ends = |c| matches!(c, ',' | ';' | '#' | '\n' | '"') || opens_bracket(c) || is_close_bracket(c);
        let window = &rest[..floor(rest, LONG)];
        let Some(run) = window.find(ends).map(|end| &window[..end]) else { return 0 };
        let before = self.part(..self.at()).trim_end_matches(is_blank);
        sentence(run, before.ends_with('\n') && rest[run.len()..].starts_with('\n'))
    }

    /// How far a value without quotes goes: in brackets to the next mark, else to the comment or the end of the line.
    fn bare_length(&self, kind: Option<Kind>) -> usize {
        if !self.nest.is_empty() {
            let ends = |c| {
                is_comma(c)
                    || is_close_bracket(c)
                    || is_open_bracket(c)
                    || matches!(c, '{' | '}' | '｛' | '｝' | '#' | '\n')
            };
            let number = numbering(self.rest());
            let rest = &self.rest()[number..];
            let texts = self.nest.last().is_some_and(|open| open.kind == Some(Kind::Texts));
            let words = if texts { self.words_length(rest) } else { 0 };
            let end = rest[words..].find(ends).map_or(rest.len(), |at| words + at);
            let written = &self.rest()[..number + end];
            return written.trim_end_matches(|c| is_blank(c) || is_invisible(c)).len();
        }
        let line = self.rest().split('\n').next().unwrap_or_default();
        let comment = line.match_indices(['#', '＃']).find(|(at, _)| line[..*at].ends_with(is_blank));
        let text = &line[..comment.map_or(line.len(), |(at, _)| at)];
        let whole = text.trim_end_matches(|c| is_blank(c) || is_invisible(c));
        // 一、 is a way of numbering.
        if matches!(kind, Some(Kind::Choice(choices)) if Choice::find(choices, whole).is_some()) {
            return whole.len();
        }
        whole.trim_end_matches(|c| is_blank(c) || is_invisible(c) || is_comma(c)).len()
    }
}

/// Marks that an input method types between entries, and that sentences hold as well.
const FULL_WIDTH: [char; 3] = ['，', '、', '；'];

/// The length of the entry without quotes that `run` begins with, which may be a sentence: where one ends in 。, a
/// full-width mark parts two entries only right after another 。, and what stands on a line of its own is one entry.
fn sentence(run: &str, alone: bool) -> usize {
    const STOPS: [char; 3] = ['。', '！', '？'];
    let inner = run.trim_end_matches(|c| is_blank(c) || is_invisible(c) || FULL_WIDTH.contains(&c));
    match inner.contains(STOPS) {
        true => {
            let mut marks = inner.match_indices(FULL_WIDTH).map(|(at, _)| at);
            marks.find(|at| inner[..*at].ends_with(STOPS)).unwrap_or(inner.len())
        }
        false if alone => inner.len(),
        false => inner.find(FULL_WIDTH).unwrap_or(inner.len()),
    }
}

/// The length of a number typed before an entry, where its mark would else end it: 1、无故拖延。
fn numbering(text: &str) -> usize {
    const NUMERALS: &str = "0123456789０１２３４５６７８９一二三四五六七八九十";
    let after = text.trim_start_matches(|c| NUMERALS.contains(c));
    let number = text.len() - after.len();
    let words = after.strip_prefix('、').is_some_and(|words| words.starts_with(|c: char| is_han(c)));
    if words && text[..number].chars().count() <= 2 { number + '、'.len_utf8() } else { 0 }
}

/// The length of a bullet or number before an entry in quotes: - "甲", 1. "甲", （1）"甲".
pub(super) fn bullet(text: &str) -> Option<usize> {
    let bullets = |c: char| matches!(c, '-' | '*' | '+' | '·' | '•' | '●' | '◆' | '①'..='⑳');
    let numbers = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let after = match text.strip_prefix(bullets) {
        Some(after) => after,
        None => {
            let digits = text.trim_start_matches(['(', '（']);
            let mark = digits.trim_start_matches(numbers);
            let after = mark.strip_prefix(['.', '．', '、', ')', '）'])?;
            (mark.len() < digits.len()).then_some(after)?
        }
    };
    let after = after.trim_start_matches(is_blank);
    after.starts_with(is_quote).then_some(text.len() - after.len())
}

/// Whether TOML takes this for a number, a date, true or false.
fn is_scalar(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    text == "true" || text == "false" || (begins && text.len() <= 40 && toml::de::DeValue::parse(text).is_ok())
}

/// The number of a value such as 15mm, 9磅, 3米, in the unit of its key.
fn in_unit(half: &str, kind: Kind) -> Option<String> {
    match kind {
        Kind::Number(_, _, unit) => number_in(half, unit),
        Kind::Margin(..) => number_in(half, "mm"),
        _ => None,
    }
}

/// `2025-13-01`: meant as a date, so its mistake is better told than taken for a text.
fn looks_like_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
