//! Chinese composition: text to lines, in em units, for any width.
//!
//! A [`Paragraph`] is prepared once: shaped, cut into cells, adjacent marks squeezed, breaks judged. Lines are then a
//! matter of arithmetic, so trying another width is cheap.

use std::ops::Range;

use crate::font::{FaceId, FontBook};
use crate::source::Span;
use crate::unit::Em;

/// A piece of a paragraph in one face.
#[derive(Clone, Debug)]
pub struct Fragment<'a> {
    /// The text. `\n` between Han characters vanishes (rule 30), elsewhere it is a space; see [`Fragment::hard_breaks`].
    pub text: &'a str,
    /// The face it prefers.
    pub face: FaceId,
    /// Where it was written.
    pub span: Option<Span>,
}

/// A character that no face has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// Its fragment.
    pub fragment: usize,
    /// Its byte offset in the fragment's text.
    pub offset: usize,
}

/// How lines are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Ragged right where the measure is at most 20 em, else justified with a natural last line (rule 24).
    Body,
    /// Lines of about equal length, broken at word or bracket boundaries: titles, names, heads (rule 28).
    Balanced,
}

/// Text ready to be set at any width.
#[derive(Clone, Debug)]
pub struct Paragraph {}

/// One line of a composed paragraph.
#[derive(Clone, Debug)]
pub struct Line {
    /// Width from the first glyph's ink half to the last's: what the line occupies.
    pub width: Em,
    /// The glyphs, left to right.
    pub glyphs: Vec<SetGlyph>,
    /// Whether the line only fits because a word was broken at an emergency break, or does not fit at all.
    pub emergency: bool,
}

/// A glyph on a line, in ems of the paragraph's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetGlyph {
    /// Its face.
    pub face: FaceId,
    /// Its number in the face.
    pub id: u16,
    /// Where it is drawn: distance of its origin from the line's left edge. Negative where a mark's blank hangs out.
    pub x: Em,
    /// Distance of its origin below the baseline.
    pub y: Em,
    /// How far the next glyph's natural place is from its own.
    pub advance: Em,
    /// Which fragment it belongs to.
    pub fragment: u16,
    /// The bytes of the fragment's text that it shows.
    pub source: Range<u32>,
}

impl Paragraph {
    /// Prepares fragments that follow each other on the same lines.
    ///
    /// # Errors
    /// Every character that no face of `fonts` has.
    pub fn prepare(_fonts: &FontBook, _fragments: &[Fragment<'_>]) -> Result<Self, Vec<MissingGlyph>> {
        todo!()
    }

    /// The width of the whole text on one line.
    pub fn natural_width(&self) -> Em {
        todo!()
    }

    /// The widest piece that no rule allows to be broken: the least measure that needs no emergency break.
    pub fn least_measure(&self) -> Em {
        todo!()
    }

    /// How many lines [`lines`](Self::lines) gives at `measure`, faster. Never rises as the measure grows.
    pub fn count_lines(&self, _measure: Em, _setting: Setting) -> usize {
        todo!()
    }

    /// The lines at `measure`.
    pub fn lines(&self, _measure: Em, _setting: Setting) -> Vec<Line> {
        todo!()
    }

    /// The text on one line with its characters spread evenly over `width` (均排, rule 27); natural where it is wider.
    pub fn spread(&self, _width: Em) -> Line {
        todo!()
    }
}
