//! Where pages end, or the panels side by side on them. A page ends between two rows that no box spans, unless that would
//! leave much of it blank or a row is taller than a page: then boxes go on to the next.

use crate::layout::grid::portion::{PanelRows, Portion};
use crate::layout::grid::{Grid, Slot, Widths};
use crate::layout::metrics::STACK_GAP;
use crate::layout::stack::{LOOSE, Stack};
use crate::layout::words::portion::BreakPoint;
use crate::unit::{Em, Length};

/// Breaks a chart into pages at a body size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breaker<'a> {
    pub(super) grid: &'a Grid<'a>,
    pub(super) widths: &'a Widths,
    pub(super) body: Length,
    /// The height that a panel has for its rows.
    pub(super) room: Length,
    /// Whether boxes may go on over its end.
    pub(super) splits: bool,
}

/// Where a page begins.
#[derive(Clone, Debug, Default)]
struct Begin {
    row: usize,
    /// What is left of the boxes that began on pages before.
    open: Vec<Portion>,
    /// Whether the row began there.
    continued: bool,
}

/// Rounds of looking for the height that fills a page.
const ROUNDS: usize = 8;

impl Breaker<'_> {
    /// What stands in each panel, and the height of the tallest; `None` where something is too tall for any.
    pub(super) fn panels(&self) -> Option<(Vec<PanelRows>, Length)> {
        let (mut panels, mut tallest) = (Vec::new(), Length::ZERO);
        let mut begin = Some(Begin::default());
        while let Some(at) = begin {
            let (page, next) = self.page(&at)?;
            tallest = tallest.max(self.height(&page));
            panels.push(page);
            begin = next;
        }
        Some((panels, tallest))
    }

    fn height(&self, page: &PanelRows) -> Length {
        self.grid.stack(self.widths, self.body, page).page().height(LOOSE)
    }

    /// The page that begins at a place, and where the next begins.
    fn page(&self, at: &Begin) -> Option<(PanelRows, Option<Begin>)> {
        let count = self.grid.topology.rows.len();
        let rest = self.rows(at, count);
        let stack = self.grid.stack(self.widths, self.body, &rest);
        let whole = self.ends(&stack, at.row, at.row).last();
        if let Some((end, _)) = whole.filter(|&(end, _)| end == count) {
            return Some((self.rows(at, end), None));
        }
        if let Some((end, height)) = whole
            && (height * 3 >= self.room * 2 || !self.splits)
        {
            return Some((self.rows(at, end), Some(Begin { row: end, ..Begin::default() })));
        }
        let fitting = at.row + stack.heights(0, LOOSE, self.room).len();
        let split = [fitting + 1, fitting].into_iter().filter(|&end| end <= count && end > at.row && self.splits);
        let split = split.filter_map(|end| self.split(at, end)).next();
        let whole = || whole.map(|(end, _)| (self.rows(at, end), Some(Begin { row: end, ..Begin::default() })));
        split.or_else(whole)
    }

    /// Rows from a place on up to `end`, with all that is left of their boxes.
    fn rows(&self, at: &Begin, end: usize) -> PanelRows {
        PanelRows { rows: at.row..end, portions: at.open.clone(), continued: at.continued }
    }

    /// Where a page that begins with the row `begin` of a stack of the rows from `first` on may end between rows, and its
    /// height then.
    pub(super) fn ends(&self, stack: &Stack, first: usize, begin: usize) -> impl Iterator<Item = (usize, Length)> {
        let heights = stack.heights(begin - first, LOOSE, self.room).into_iter().zip(begin + 1..);
        let (grid, room) = (self.grid, self.room);
        let fits = move |&(end, height): &(usize, Length)| height <= room && grid.breakable(end);
        heights.map(|(height, end)| (end, height)).filter(fits)
    }

    /// A page of the rows up to `end`, whose last boxes go on to the next as far as they find no room; and where that
    /// begins. `None` where nothing of the last row would stand on it, or a box could not go on.
    fn split(&self, at: &Begin, end: usize) -> Option<(PanelRows, Option<Begin>)> {
        let (mut low, mut high) = (Length::ZERO, self.room);
        let mut best = None;
        for _ in 0..ROUNDS {
            let middle = (low + high) / 2;
            let page = self.filled(at, end, middle);
            if self.height(&page) <= self.room {
                best = Some(page);
                low = middle;
            } else {
                high = middle;
            }
        }
        let page = best?;
        let next = self.next(at, &page)?;
        Some((page, Some(next)))
    }

    /// The rows up to `end`, each box of the last of them no taller than `height`.
    fn filled(&self, at: &Begin, end: usize, height: Length) -> PanelRows {
        let mut page = self.rows(at, end);
        let reaching: Vec<&Slot> = self.grid.slots_on(&page).filter(|slot| slot.last + 1 >= end).collect();
        for slot in reaching {
            let mut left = Em::from_length(height, self.body);
            for &cell in &slot.boxes {
                let portion = page.portion(cell);
                let to = self.grid.broken(portion, self.widths, left);
                page.portions.retain(|portion| portion.cell != cell);
                page.portions.push(Portion { to, ..portion });
                left = match to {
                    BreakPoint::END => {
                        left - self.grid.height_on(&page, cell, self.widths).unwrap_or_default() - STACK_GAP
                    }
                    _ => Em::ZERO,
                };
            }
        }
        page.portions.retain(|portion| !portion.is_whole());
        page
    }

    /// Where the page after a split one begins; `None` where the split brought nothing on.
    fn next(&self, at: &Begin, page: &PanelRows) -> Option<Begin> {
        let last = page.rows.end - 1;
        let reaching = || self.grid.slots_on(page).filter(|slot| slot.last >= last);
        let cells = || reaching().flat_map(|slot| slot.boxes.iter().map(move |&cell| (slot, page.portion(cell))));
        let brought = cells().any(|(_, portion)| portion.to > portion.from);
        let own_left = cells().any(|(slot, portion)| slot.last == last && portion.to != BreakPoint::END);
        if !brought && last == at.row {
            return None;
        }
        let row = if own_left { last } else { last + 1 };
        let open = cells().filter(|(slot, _)| slot.last >= row);
        let left = |(slot, portion): (&Slot, Portion)| match portion.to {
            BreakPoint::END if slot.last > last => Portion { from: BreakPoint::START, again: true, ..portion },
            to => Portion { from: to, to: BreakPoint::END, ..portion },
        };
        Some(Begin { row, open: open.map(left).collect(), continued: own_left })
    }
}
