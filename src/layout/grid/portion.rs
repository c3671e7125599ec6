//! What stands on a page, or in one of the panels side by side on it: whole rows, and parts of the boxes that go on over a
//! page's ends.

use std::borrow::Cow;
use std::ops::Range;

use super::{Grid, Slot, Widths, text_width};
use crate::layout::metrics::PAD_Y;
use crate::layout::words::block::Block;
use crate::layout::words::portion::BreakPoint;
use crate::unit::Em;

/// The rows of a panel, which mostly is a page. The first may have begun on the page before, the last may go on to the next:
/// then each of their boxes of which less than all stands here is among the portions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PanelRows {
    /// The rows.
    pub(crate) rows: Range<usize>,
    /// The boxes that don't stand here as a whole.
    pub(crate) portions: Vec<Portion>,
    /// Whether the first row began on the page before.
    pub(crate) continued: bool,
}

/// What of a box stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    /// An index into `Content::cells`.
    pub(crate) cell: usize,
    /// From where.
    pub(crate) from: BreakPoint,
    /// Up to where; nothing where it is the beginning.
    pub(crate) to: BreakPoint,
    /// Whether all of it stood on a page before: a box that spans rows on both is told on both.
    pub(crate) again: bool,
}

impl Portion {
    /// Whether nothing of the box stands elsewhere.
    pub(crate) fn is_whole(&self) -> bool {
        (self.from, self.to, self.again) == (BreakPoint::START, BreakPoint::END, false)
    }

    /// Whether the box began on a page before.
    fn goes_on(&self) -> bool {
        self.again || self.from != BreakPoint::START
    }
}

impl PanelRows {
    /// Whole rows.
    pub(crate) fn whole(rows: Range<usize>) -> Self {
        Self { rows, portions: Vec::new(), continued: false }
    }

    /// Whether a row began on the page before.
    pub(crate) fn began_before(&self, row: usize) -> bool {
        self.continued && row == self.rows.start
    }

    /// What of a box stands here.
    pub(crate) fn portion(&self, cell: usize) -> Portion {
        let whole = Portion { cell, from: BreakPoint::START, to: BreakPoint::END, again: false };
        self.portions.iter().find(|portion| portion.cell == cell).copied().unwrap_or(whole)
    }

    /// The first and the last row of a slot on this page.
    pub(crate) fn extent(&self, slot: &Slot) -> (usize, usize) {
        (slot.first.max(self.rows.start), slot.last.min(self.rows.end.max(1) - 1))
    }
}

impl Grid<'_> {
    /// The slots that reach into a page, by the row they begin in there.
    pub(crate) fn slots_on(&self, page: &PanelRows) -> impl Iterator<Item = &Slot> {
        let rows = page.rows.clone();
        let end = self.slots.partition_point(|slot| slot.first < rows.end);
        let begin = self.slots[..end].iter().position(|slot| slot.last >= rows.start).unwrap_or(end);
        self.slots[begin..end].iter().filter(move |slot| slot.last >= rows.start)
    }

    /// What of a box stands on a page; `None` where it is nothing.
    pub(crate) fn block_on(&self, page: &PanelRows, cell: usize) -> Option<Cow<'_, Block>> {
        let (portion, block) = (page.portion(cell), &self.content.cells[cell].block);
        if portion.is_whole() {
            return Some(Cow::Borrowed(block));
        }
        let heading = portion.goes_on().then(|| &self.content.continued.cells[cell]);
        (portion.to > portion.from).then(|| Cow::Owned(block.portion(portion.from, portion.to, heading)))
    }

    /// The height of what stands of a box on a page.
    pub(crate) fn height_on(&self, page: &PanelRows, cell: usize, widths: &Widths) -> Option<Em> {
        let block = self.block_on(page, cell)?;
        Some(block.height(text_width(&self.content.cells[cell], widths)) + self.pad_y() * 2)
    }

    /// Space between a box's outline and its text, above and below.
    fn pad_y(&self) -> Em {
        PAD_Y + self.content.air.padding
    }

    /// Where a box that is on a page from `from` on breaks so that it takes no more than `height`; nothing of it stands
    /// there where that is `from`.
    pub(crate) fn broken(&self, portion: Portion, widths: &Widths, height: Em) -> BreakPoint {
        let Portion { cell, from, .. } = portion;
        let content = &self.content.cells[cell];
        let width = text_width(content, widths);
        let heading = &self.content.continued.cells[cell].para;
        let heading = if portion.goes_on() { heading.height(width) } else { Em::ZERO };
        content.block.break_at(from, width, height - self.pad_y() * 2 - heading).unwrap_or(from)
    }
}
