//! Chinese composition: text to lines, in em units, for any width.
//!
//! A [`Paragraph`] is prepared once: shaped, cut into cells, adjacent marks squeezed, breaks judged. Lines are then a
//! matter of arithmetic, so trying another width is cheap.
//!
//! | module | holds |
//! |---|---|
//! | `class` | what a character is: opening, closing, pause, digit… |
//! | `pairs` | what two neighbours do: break, overlap, stand apart |
//! | `lexicon` | which Han characters make a word |
//! | `words` | what stays together: numbers, short titles, labels, names |
//! | `prepare` | fragments → cells: clusters, faces, shaping, blanks of marks |
//! | `cell` | cells and the places between them, with running sums |
//! | `farthest` | places → lines: the fewest that fit |
//! | `breaking` | of all ways to as many lines the best |
//! | `set` | lines → glyphs at their positions: trimming, squeezing, stretching |

mod breaking;
mod cell;
mod class;
mod farthest;
mod lexicon;
mod pairs;
mod prepare;
mod set;
mod words;

use std::ops::Range;

use crate::font::{FaceId, FontBook};
use crate::source::Span;
use crate::unit::Em;

use cell::{BreakPoint, Cell, CellGlyph, Squeezed};

/// A piece of a paragraph in one face.
#[derive(Clone, Debug)]
pub struct Fragment<'a> {
    /// The text. Blanks at a paragraph's ends and where a line breaks are dropped. A newline forces a break;
    /// whether one that was typed is meant was settled when the text was read.
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

/// What a text is, as far as its breaks go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matter {
    /// Running text.
    #[default]
    Text,
    /// Names of people after a label or alone: each is kept whole where the box allows (rule 29).
    People,
}

/// Text ready to be set at any width.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    cells: Vec<Cell>,
    glyphs: Vec<CellGlyph>,
    taken: Vec<Squeezed>,
    places: Vec<BreakPoint>,
    /// The places where a line may freely break, the end among them.
    free: Vec<u32>,
    /// For each of these the least that a line's end there may be at, as far as squeezing goes: its `end` less `most`.
    reached: Vec<i64>,
    /// The places of newlines, the end among them.
    forced: Vec<u32>,
}

/// One line of a composed paragraph.
#[derive(Clone, Debug)]
pub struct Line {
    /// Width from the first glyph's ink half to the last's: what the line occupies.
    pub width: Em,
    /// The glyphs, left to right.
    pub glyphs: Vec<SetGlyph>,
    /// The word space at which the line was broken, without width: who reads on needs it, who looks sees nothing.
    pub space: Option<SetGlyph>,
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
    /// The advance that its font gives it. The next glyph stands nearer or farther where marks were squeezed, gaps
    /// opened or a line stretched.
    pub advance: Em,
    /// Which fragment it belongs to.
    pub fragment: u16,
    /// The bytes of the fragment's text that it shows. Glyphs of one cluster follow each other and have the same.
    pub source: Range<u32>,
}

/// No word is wider, in ems of its own size: forty letters.
const LONGEST_WORD: Em = Em::milli(20_000);

impl Paragraph {
    /// Prepares fragments that follow each other on the same lines.
    ///
    /// # Errors
    /// Every character that no face of `fonts` has.
    pub fn prepare(fonts: &FontBook, fragments: &[Fragment<'_>]) -> Result<Self, Vec<MissingGlyph>> {
        Self::prepare_as(fonts, fragments, Matter::Text)
    }

    /// Prepares fragments that are of a certain matter.
    ///
    /// # Errors
    /// Every character that no face of `fonts` has.
    pub fn prepare_as(fonts: &FontBook, fragments: &[Fragment<'_>], matter: Matter) -> Result<Self, Vec<MissingGlyph>> {
        let prepare::Prepared { cells, glyphs } = prepare::prepare(fonts, fragments)?;
        let joins = words::joined(&cells);
        let levels = words::levels(&cells, &joins, matter);
        let taken = cell::taken(&cells);
        let places = cell::places(&cells, &taken, &levels, &joins);
        let having = |wanted: &dyn Fn(&BreakPoint) -> bool| {
            let inner =
                places.iter().zip(0u32..).skip(1).filter(|(place, n)| wanted(place) || *n as usize == cells.len());
            inner.map(|(_, n)| n).collect::<Vec<_>>()
        };
        let free = having(&|place| place.level == pairs::Break::Free);
        let forced = having(&|place| place.newline);
        let least = |&place: &u32| places[place as usize].end - places[place as usize].most;
        let reached = free.iter().map(least).collect();
        Ok(Self { cells, glyphs, taken, places, free, reached, forced })
    }

    /// The width of the text on one line, or of the widest line where newlines force several.
    pub fn natural_width(&self) -> Em {
        let from = std::iter::once(0).chain(self.forced.iter().map(|&place| place as usize));
        let lines = from.zip(&self.forced).map(|(from, &to)| self.width(from, to as usize));
        set::em(lines.max().unwrap_or_default())
    }

    /// The widest piece that no rule allows to be broken: the least measure at which no word or number is. An address is
    /// taken as broken after its marks (rule 35), and letters and digits without end as broken somewhere: they narrow no
    /// other text.
    pub fn least_measure(&self) -> Em {
        self.widest_piece(|place| place.level <= pairs::Break::Address).min(LONGEST_WORD)
    }

    /// The least measure at which all that stays whole where the box allows does: names, short titles, numbers with their
    /// counters (rules 22, 23 and 29).
    pub fn whole_measure(&self) -> Em {
        self.widest_piece(|place| place.level == pairs::Break::Free)
    }

    /// Whether it holds an address that may break after its marks (rule 35), or what is longer than any word.
    pub fn may_break_words(&self) -> bool {
        let address = |place: &BreakPoint| place.level == pairs::Break::Address;
        self.places.iter().any(address) || self.widest_piece(|place| place.level < pairs::Break::Address) > LONGEST_WORD
    }

    /// The width of the widest piece where lines break at some places.
    fn widest_piece(&self, breaks: impl Fn(&BreakPoint) -> bool) -> Em {
        let mut from = 0;
        let mut widest = 0;
        for to in 1..self.places.len() {
            if to == self.cells.len() || breaks(&self.places[to]) {
                widest = widest.max(self.least_width(from, to));
                from = to;
            }
        }
        set::em(widest)
    }

    /// How many lines [`lines`](Self::lines) gives at `measure`, faster. Never rises as the measure grows. An empty
    /// paragraph has none.
    pub fn count_lines(&self, measure: Em) -> usize {
        farthest::count(self, farthest::measure(measure))
    }

    /// The lines at `measure`.
    ///
    /// They are as few as fit. A line is only wider than `measure` where a single character is.
    pub fn lines(&self, measure: Em, setting: Setting) -> Vec<Line> {
        let justified = setting == Setting::Body && measure > Em::ONE * RAGGED_UP_TO;
        let measure = farthest::measure(measure);
        self.set(&breaking::cuts(self, measure, setting), &|_| measure, justified)
    }

    /// How many lines [`lines_within`](Self::lines_within) gives, faster.
    pub fn count_lines_within(&self, measure: impl Fn(usize) -> Em) -> Option<usize> {
        let measure = |line: usize| farthest::measure(measure(line));
        farthest::farthest_within(self, &measure).try_fold(0, |lines, cut| cut.map(|_| lines + 1))
    }

    /// Ragged lines each of which has a measure of its own, by its number counted from 0, and breaks between words;
    /// `None` where the text does not fit in this way.
    pub fn lines_within(&self, measure: impl Fn(usize) -> Em, setting: Setting) -> Option<Vec<Line>> {
        let measure = |line: usize| farthest::measure(measure(line));
        let cuts = breaking::cuts_within(self, &measure, setting)?;
        Some(self.set(&cuts, &measure, false))
    }

    fn set(&self, cuts: &[farthest::Cut], measure: &dyn Fn(usize) -> i64, justified: bool) -> Vec<Line> {
        let last = cuts.len().saturating_sub(1);
        let mut from = 0;
        let lines = cuts.iter().enumerate().map(|(n, cut)| {
            let stretch = justified && n < last && !self.places[cut.place].newline;
            let line = set::line(self, from, cut.place, measure(n), stretch, cut.emergency);
            from = cut.place;
            line
        });
        lines.collect()
    }

    /// The text on one line with its characters spread evenly over `width` (均排, rule 27); natural where it is wider.
    pub fn spread(&self, width: Em) -> Line {
        set::spread(self, width)
    }

    /// The natural width of the line from one place to another.
    fn width(&self, from: usize, to: usize) -> i64 {
        (self.places[to].end - self.places[from].start).max(0)
    }

    /// The same line squeezed as far as it may be (rule 16).
    fn least_width(&self, from: usize, to: usize) -> i64 {
        let (a, b) = (&self.places[from], &self.places[to]);
        self.width(from, to) - (b.shrink_end - a.shrink_start).clamp(0, b.most)
    }
}

/// Up to this measure, in ems, lines are ragged (rule 24).
const RAGGED_UP_TO: i32 = 20;

#[cfg(test)]
mod tests;
