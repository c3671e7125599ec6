//! Cells: the pieces that a line is made of, each one character or a cluster that is never taken apart.

use std::ops::Range;

use super::class::Class;
use super::lexicon::Join;
use super::pairs::{self, Break, Squeeze};
use crate::font::FaceId;
use crate::unit::Em;

/// A piece of text that is never taken apart: a character with its combining marks, a ligature, a dash of two ems.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) class: Class,
    /// Its first character.
    pub(super) c: char,
    /// Its fragment.
    pub(super) fragment: u16,
    /// The bytes of the fragment that it shows.
    pub(super) source: Range<u32>,
    /// Its glyphs, of all the paragraph's.
    pub(super) glyphs: Range<u32>,
    /// Its width before anything is squeezed.
    pub(super) advance: i64,
    /// The blank at its left that a line's start or a neighbour takes away.
    pub(super) left: i64,
    /// The blank at its right.
    pub(super) right: i64,
    /// A newline stood before it.
    pub(super) newline: bool,
}

/// A glyph of a cell.
#[derive(Clone, Debug)]
pub(super) struct CellGlyph {
    pub(super) face: FaceId,
    pub(super) id: u16,
    /// Its origin, from the cell's left edge.
    pub(super) x: Em,
    /// Its origin, below the baseline.
    pub(super) y: Em,
    /// The advance that its font gives it.
    pub(super) advance: Em,
}

/// One em in the integers that positions are reckoned in, which hold paragraphs of any length.
pub(super) const EM: i64 = Em::ONE.raw() as i64;
/// The gap between Han and Western text (rule 19), which may shrink to an eighth (rule 17).
pub(super) const GAP: i64 = EM / 6;
/// How far a line may be squeezed to take in a mark: no more than the mark needs at the line's end.
const MOST_SHRINK: i64 = EM / 2;

/// The place before a cell, or after the last one.
///
/// With these a candidate line costs two subtractions: from the place `a` to the place `b` it is `b.end - a.start`
/// wide, because what a line's start and end trim is known at each place.
#[derive(Clone, Debug)]
pub(super) struct BreakPoint {
    /// The gap between Han and Western text that lies here; it vanishes where a line breaks.
    pub(super) gap: i64,
    /// Where a line that breaks here ends: trimmed of blanks.
    pub(super) end: i64,
    /// Where a line that begins here begins.
    pub(super) start: i64,
    /// What may be squeezed out of all before, for a line that ends here.
    pub(super) shrink_end: i64,
    /// The same for a line that starts here: what it can't use of what came before.
    pub(super) shrink_start: i64,
    /// The most that a line that ends here may be squeezed.
    pub(super) most: i64,
    /// How willingly a line breaks here.
    pub(super) level: Break,
    /// A newline stood here.
    pub(super) newline: bool,
    /// What of a Chinese word runs over this place.
    pub(super) join: Join,
}

/// How much of the blanks at a cell's two sides its neighbours take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Squeezed {
    pub(super) left: i64,
    pub(super) right: i64,
}

/// Adjacent squeeze (rules 12 and 14), for every cell.
pub(super) fn taken(cells: &[Cell]) -> Vec<Squeezed> {
    let mut taken = vec![Squeezed::default(); cells.len()];
    for i in 1..cells.len() {
        let (l, r) = (&cells[i - 1], &cells[i]);
        match pairs::squeeze(l.class, r.class) {
            Squeeze::First => taken[i - 1].right = l.right,
            Squeeze::Second => taken[i].left = r.left,
            Squeeze::Nothing => {}
        }
        // Rule 14: ？！ take one em together, so the second gives its blank too.
        if l.class == Class::Exclaim && r.class == Class::Exclaim {
            taken[i].right = r.right;
        }
    }
    taken
}

/// What may be squeezed out of a cell inside a line, at its left and its right, by neither neighbour taken yet.
pub(super) fn shrink_of(cell: &Cell, taken: Squeezed) -> (i64, i64) {
    if cell.class == Class::Space {
        return (0, (cell.advance - EM / 4).max(0));
    }
    (cell.left - taken.left, cell.right - taken.right)
}

/// How far a gap shrinks: from a sixth to an eighth of an em.
pub(super) fn gap_shrink(gap: i64) -> i64 {
    (gap - EM / 8).max(0)
}

/// The places of a paragraph, one more than its cells. `levels` holds the breaks before each cell, `joins` what of
/// a Chinese word runs on from the cell before.
pub(super) fn places(cells: &[Cell], taken: &[Squeezed], levels: &[Break], joins: &[Join]) -> Vec<BreakPoint> {
    let mut places: Vec<BreakPoint> = Vec::with_capacity(cells.len() + 1);
    let (mut at, mut shrunk, mut end, mut shrunk_end, mut last) = (0, 0, 0, 0, None::<Class>);
    let ends = cells.iter().map(Some).chain([None]);
    for (i, here) in ends.enumerate() {
        let before = i.checked_sub(1).map(|i| &cells[i]);
        let gap = match (before, here) {
            (Some(l), Some(r)) if pairs::parted(l.class, r.class) => GAP,
            _ => 0,
        };
        let (left, right) = here.map_or((0, 0), |cell| shrink_of(cell, taken[i]));
        let previous_end = places.last().map_or(0, |place| place.end);
        // A squeezed line is never shorter than the line that leaves its last cell out: fewer characters always fit.
        let most = if last.is_some_and(Class::never_starts) { (end - previous_end).clamp(0, MOST_SHRINK) } else { 0 };
        let trimmed = here.map_or(0, |cell| cell.left - taken[i].left);
        places.push(BreakPoint {
            gap,
            end,
            start: at + gap + trimmed,
            shrink_end: shrunk_end,
            shrink_start: shrunk + gap_shrink(gap) + left,
            most,
            level: levels.get(i).copied().unwrap_or(Break::Free),
            newline: here.is_some_and(|cell| cell.newline),
            join: joins.get(i).copied().unwrap_or_default(),
        });
        let Some(cell) = here else { break };
        at += gap + cell.advance - taken[i].left - taken[i].right;
        shrunk += gap_shrink(gap) + left + right;
        if cell.class != Class::Space {
            end = at - (cell.right - taken[i].right);
            shrunk_end = shrunk - right;
            last = Some(cell.class);
        }
    }
    places
}
