//! Boxes that go on over a page's end: where a block may be broken, and the parts of it that stand on a page.
//!
//! A block breaks between two of its parts, and within one only where not even the first fits a page. A heading is never
//! left alone at a page's end, nor a single line at either side of a break.

use super::block::{Block, Ornament, Part, Piece};
use super::content::{CellBox, Continued, StageBox, Writer, percent};
use crate::scene::Role;
use crate::text::Setting;
use crate::unit::Em;

/// A place in a block: before a line of a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BreakPoint {
    /// The part.
    pub(crate) part: usize,
    /// Its line.
    pub(crate) line: usize,
}

impl BreakPoint {
    /// The block's beginning.
    pub(crate) const START: Self = Self { part: 0, line: 0 };
    /// The block's end.
    pub(crate) const END: Self = Self { part: usize::MAX, line: 0 };
}

/// The fewest lines of a box on a page.
const LEAST_LINES: usize = 2;

impl Writer<'_> {
    /// The headings of boxes that go on, （续） after each.
    pub(super) fn continued(&mut self, stages: &[StageBox], boxes: &[CellBox]) -> Continued {
        let names = stages.iter().filter_map(|stage| stage.block.parts.first());
        let stages = names.map(|name| self.going_on(name)).collect();
        let mut cells = Vec::with_capacity(boxes.len());
        for cell in boxes {
            cells.push(match cell.block.parts.first() {
                Some(part) if part.role == Role::RiskHeading => self.going_on(part),
                _ => {
                    let word = Piece::words(CONTINUED, self.styles.body, self.styles.theme.muted);
                    let para = self.para(vec![word], percent::BASIS, Setting::Body);
                    Part::plain(Role::RiskHeading, para)
                }
            });
        }
        Continued { stages, cells }
    }

    fn going_on(&mut self, part: &Part) -> Part {
        let mut pieces = part.para.pieces.clone();
        let last = pieces.last().map_or((self.styles.body, self.styles.theme.ink), |piece| (piece.face, piece.color));
        pieces.push(Piece::words(CONTINUED, last.0, last.1));
        Part { para: self.para(pieces, part.para.percent, part.para.setting), ..part.clone() }
    }
}

/// What says that something began on a page before.
const CONTINUED: &str = "（续）";

impl Block {
    /// The last place at or before which the block, from `from` on, takes no more than `height` at a width, less what its
    /// repeated heading takes; `None` where nothing of it may stand alone in so little.
    pub(crate) fn break_at(&self, from: BreakPoint, width: Em, height: Em) -> Option<BreakPoint> {
        let mut ends: Vec<(BreakPoint, usize)> = Vec::new();
        let (mut used, mut lines) = (Em::ZERO, 0);
        for index in from.part..self.parts.len() {
            let part = self.shown(index, from, BreakPoint::END);
            let before = if index == from.part { Em::ZERO } else { self.space_before(index) };
            let taken = before + self.part_height(&part, width);
            if used + taken > height {
                return self.whole_end(&ends, from, width).or_else(|| {
                    let free = (height - used - before).max(Em::ZERO);
                    self.break_within(index, from, width, free).filter(|_| lines == 0)
                });
            }
            used += taken;
            if part.role != Role::RiskHeading {
                lines += part.para.count_lines(width - self.indent(&part));
                ends.push((BreakPoint { part: index + 1, line: 0 }, lines));
            }
        }
        Some(BreakPoint::END)
    }

    /// The last of some ends of parts that leaves no single line at either side.
    fn whole_end(&self, ends: &[(BreakPoint, usize)], from: BreakPoint, width: Em) -> Option<BreakPoint> {
        let rest = |end: BreakPoint| self.count_lines(end, width);
        let holds = |&&(end, lines): &&(BreakPoint, usize)| lines >= LEAST_LINES && rest(end) >= LEAST_LINES;
        ends.iter().rev().find(holds).map(|&(end, _)| end).filter(|&end| end > from)
    }

    /// A break within a part, of which `height` is free.
    fn break_within(&self, index: usize, from: BreakPoint, width: Em, height: Em) -> Option<BreakPoint> {
        let part = self.shown(index, from, BreakPoint::END);
        if part.ornament != Ornament::None {
            return None;
        }
        let all = part.para.count_lines(width - self.indent(&part));
        let fitting = usize::try_from(height.raw() / part.para.leading().raw().max(1)).unwrap_or(0);
        let taken = fitting.min(all.saturating_sub(LEAST_LINES));
        (taken >= LEAST_LINES).then(|| BreakPoint { part: index, line: part.para.shown.start + taken })
    }

    /// The lines from a place on.
    fn count_lines(&self, from: BreakPoint, width: Em) -> usize {
        let lines = |index: usize| {
            let part = self.shown(index, from, BreakPoint::END);
            part.para.count_lines(width - self.indent(&part))
        };
        (from.part..self.parts.len()).map(lines).sum()
    }

    /// A part as far as it lies between two places. Its number stands with its first line.
    fn shown(&self, index: usize, from: BreakPoint, to: BreakPoint) -> Part {
        let mut part = self.parts[index].clone();
        let start = if index == from.part { from.line } else { 0 };
        let end = if index == to.part { to.line } else { usize::MAX };
        part.para.shown = start..end;
        if (start, end) != (0, usize::MAX) {
            // What hangs is set as a whole: of a part of it, the words stand before the names as on the first line.
            part.hanging = None;
        }
        if start > 0
            && let Some(label) = &mut part.label
        {
            label.shown = 0..0;
        }
        part
    }

    /// The block between two places, below the heading of a box that began before.
    pub(crate) fn portion(&self, from: BreakPoint, to: BreakPoint, heading: Option<&Part>) -> Self {
        let mut portion = Self { parts: Vec::new(), ..self.clone() };
        portion.parts.extend(heading.map(|heading| Part { before: Em::ZERO, ..heading.clone() }));
        // A heading told again stands in place of its own.
        let headed = heading.is_some() && self.parts.first().is_some_and(|part| part.role == Role::RiskHeading);
        let first = if headed { from.part.max(1) } else { from.part };
        let last = to.part.saturating_add(usize::from(to.line > 0)).min(self.parts.len());
        let shown = (first..last).map(|index| self.shown(index, from, to));
        portion.parts.extend(shown);
        portion
    }
}
