//! A page's content stream (ISO 32000-1 § 7.8): operators in the order painted, numbers as short as they can be.
//!
//! Written as text at once: an object for each number and each glyph would take a seventh of a chart's whole time.

use crate::geom::{Path, Point, Segment, push_hundredths, push_int};

/// A content stream under way.
pub(super) struct Content {
    out: String,
}

impl Default for Content {
    /// An empty one, with room for a chart's.
    fn default() -> Self {
        Self { out: String::with_capacity(32 * 1024) }
    }
}

impl Content {
    /// The stream's bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// An operator whose operands are whole numbers, or which has none.
    pub(super) fn operator(&mut self, operands: &[i64], operator: &str) {
        self.ints(operands);
        self.word(operator);
        self.out.push('\n');
    }

    /// A token, as it is.
    pub(super) fn word(&mut self, word: &str) {
        // Delimiters part themselves from what is beside them (§ 7.2.2).
        let parted = word.starts_with(DELIMITERS) || self.out.is_empty() || self.out.ends_with(DELIMITERS);
        if !parted && !self.out.ends_with('\n') {
            self.out.push(' ');
        }
        self.out.push_str(word);
    }

    /// Whole numbers.
    pub(super) fn ints(&mut self, numbers: &[i64]) {
        for &number in numbers {
            self.word("");
            push_int(&mut self.out, number);
        }
    }

    /// A number given in hundredths.
    pub(super) fn hundredths(&mut self, number: i64) {
        self.word("");
        push_hundredths(&mut self.out, number);
    }

    /// A number from 0 to 1, given in thousandths.
    pub(super) fn thousandths(&mut self, number: u16) {
        match number {
            0 => self.word("0"),
            1000 => self.word("1"),
            _ => self.word(format!(".{number:03}").trim_end_matches('0')),
        }
    }

    /// A number with a fraction, in the fewest digits that tell it from others.
    pub(super) fn fraction(&mut self, number: f32) {
        self.word(&number.to_string());
    }

    /// A string of a glyph's two-byte code; the glyphs right after each other are one string.
    pub(super) fn glyph(&mut self, code: u16) {
        if self.out.ends_with('>') {
            self.out.pop();
        } else {
            self.out.push('<');
        }
        push_hex(&mut self.out, code);
        self.out.push('>');
    }

    /// A text string in UTF-16 (§ 7.9.2.2).
    pub(super) fn text(&mut self, text: &str) {
        self.out.push('<');
        std::iter::once(0xfeff).chain(text.encode_utf16()).for_each(|unit| push_hex(&mut self.out, unit));
        self.out.push('>');
    }

    /// A path's construction (§ 8.5.2).
    pub(super) fn path(&mut self, path: &Path) {
        let place = |p: Point| [p.x.to_um(), p.y.to_um()];
        for segment in &path.segments {
            match *segment {
                Segment::Move(p) => self.operator(&place(p), "m"),
                Segment::Line(p) => self.operator(&place(p), "l"),
                Segment::Cubic(a, b, p) => {
                    self.ints(&place(a));
                    self.ints(&place(b));
                    self.operator(&place(p), "c");
                }
                Segment::Close => self.operator(&[], "h"),
            }
        }
    }
}

const DELIMITERS: [char; 7] = ['<', '>', '[', ']', '(', ')', '/'];

/// Appends the four hexadecimal digits of a number.
pub(super) fn push_hex(out: &mut String, number: u16) {
    let digit = |shift: u16| char::from(b"0123456789ABCDEF"[usize::from(number >> shift & 15)]);
    out.extend([digit(12), digit(8), digit(4), digit(0)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_apart_where_they_must() {
        let mut content = Content::default();
        content.word("/T0");
        content.operator(&[12177], "Tf");
        content.word("[");
        content.glyph(10);
        content.hundredths(-16663);
        content.glyph(1);
        content.glyph(0xabcd);
        content.word("]");
        content.operator(&[], "TJ");
        content.operator(&[], "h");
        assert_eq!(content.out, "/T0 12177 Tf\n[<000A>-166.63<0001ABCD>]TJ\nh\n");
    }

    #[test]
    fn texts_are_utf_16() {
        let mut content = Content::default();
        content.text("立\u{20000}");
        assert_eq!(content.out, "<FEFF7ACBD840DC00>");
    }
}
