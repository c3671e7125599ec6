//! Heights: where rows and boxes stand so that no two of a column meet and every arrow runs straight.
//!
//! A row has a centre line, on which its flow box stands. A box of another column belongs to one row, whose line must
//! cross it (exactly in its middle where there is room enough), or spans several, whose first and last lines it must
//! reach beyond. So a tall box uses the height of empty or short neighbours: what is kept apart are the boxes of one
//! column, not the rows.
//!
//! [`Stack::earliest`] puts everything as high as it goes in one pass from the top. Turned upside down the same pass puts
//! everything as low as it goes; the mean of two arrangements that hold is one that holds, because every condition is
//! of the form *a ≥ b + distance*.

mod settle;

use crate::unit::Length;

/// A box, or a stack of boxes of one cell, in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The column: 0 is the flow's main line, [`BESIDE`] the lane beside it, the others hold boxes of other columns.
    pub(crate) column: usize,
    /// The row it begins in.
    pub(crate) first: usize,
    /// The row it ends in.
    pub(crate) last: usize,
    /// Its height; the least height of one that spans rows.
    pub(crate) height: Length,
    /// How it meets the lines of its rows.
    pub(crate) meets: Meets,
}

/// The number of the lane beside the flow's main line, where something in it need not be level with its row's flow box.
pub(crate) const BESIDE: usize = 3;
/// How many columns there are.
pub(crate) const COLUMNS: usize = BESIDE + 1;

/// How a cell meets the lines of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meets {
    /// The line of its row crosses it.
    Crossed {
        /// From its top to where the line is by rights: its middle, but for a flow box with words at a page's edge.
        centre: Length,
        /// How far from there the line may be.
        off: Length,
    },
    /// It spans rows and reaches so far beyond the first and the last line.
    Spanning(Length),
}

impl Cell {
    /// Whether it spans several rows.
    pub(crate) fn spans(&self) -> bool {
        matches!(self.meets, Meets::Spanning(_))
    }

    /// Whether it is of the flow, whose words at a page's edge it keeps clear of.
    fn is_of_flow(&self) -> bool {
        matches!(self.column, 0 | BESIDE)
    }

    /// The same cell, upside down.
    fn turned(&self) -> Self {
        match self.meets {
            Meets::Crossed { centre, off } => {
                Self { meets: Meets::Crossed { centre: self.height - centre, off }, ..*self }
            }
            Meets::Spanning(_) => *self,
        }
    }
}

/// Rows and cells to put on top of each other.
#[derive(Clone, Debug)]
pub(crate) struct Stack {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// The cells, by the row they begin in.
    pub(crate) cells: Vec<Cell>,
    /// Least space between two cells of a column.
    pub(crate) gap: Vec<Length>,
    /// What is added to it below each row, by column.
    pub(crate) below: Vec<Vec<Length>>,
    /// By the row below, and after the last: what the flow needs above its box where a page begins there.
    pub(crate) begins: Vec<Length>,
    /// By the row below, and after the last: what the flow needs below its box where a page ends there.
    pub(crate) ends: Vec<Length>,
}

/// Where rows and cells stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placement {
    /// The centre line of each row.
    pub(crate) lines: Vec<Length>,
    /// Top and bottom of each cell, in the order of [`Stack::cells`].
    pub(crate) cells: Vec<(Length, Length)>,
    /// The lowest bottom.
    pub(crate) bottom: Length,
}

/// A row's line stands off its cells' centres as far as their reach allows, in the 256ths of [`Stack::earliest`].
pub(crate) const LOOSE: i64 = 256;

impl Stack {
    /// The same stack with `extra` more space between the cells of every column.
    pub(super) fn spaced(&self, extra: Length) -> Self {
        let gap = self.gap.iter().map(|&gap| gap + extra).collect();
        Self { gap, ..self.clone() }
    }

    /// Everything as high as it goes, the first boxes at 0; `loose` is the part in 256ths of each cell's reach that a
    /// row's line may stand off the cell's centre.
    pub(super) fn earliest(&self, loose: i64) -> Placement {
        let mut pile = Pile::new(self, 0, loose);
        while pile.add_row() {}
        pile.at
    }

    /// The heights of pages that hold the rows from `begin` on, as far as these stay within `room`: of the first alone, of
    /// the first two… A height counts only where no cell spans from its last row to the next.
    pub(crate) fn heights(&self, begin: usize, loose: i64, room: Length) -> Vec<Length> {
        let mut pile = Pile::new(self, begin, loose);
        let mut heights = Vec::new();
        while pile.row < self.rows {
            let first = if pile.row == begin { self.begins[begin] } else { Length::ZERO };
            heights.push(pile.height_with_last((first, self.ends[pile.row + 1])));
            pile.edges = (first, Length::ZERO);
            pile.add_row();
            if pile.at.bottom > room {
                heights.pop();
                break;
            }
        }
        heights
    }

    /// The stack as a page: the flow has the room that it needs beyond its first and its last box; what stands beside the
    /// main line may be last where its row is not.
    pub(crate) fn page(&self) -> Self {
        let none = vec![Length::ZERO; self.rows + 1];
        let mut page = Self { begins: none.clone(), ends: none, ..self.clone() };
        let lowest = page.cells.iter().rposition(|cell| cell.column == BESIDE);
        for (at, cell) in page.cells.iter_mut().enumerate().filter(|(_, cell)| cell.is_of_flow()) {
            let first = if cell.first == 0 { self.begins[0] } else { Length::ZERO };
            let is_last = cell.last + 1 == self.rows || lowest == Some(at);
            let last = if is_last { self.ends[self.rows] } else { Length::ZERO };
            cell.height += first + last;
            if let Meets::Crossed { centre, .. } = &mut cell.meets {
                *centre += first;
            }
        }
        page
    }

    /// The least height of the whole.
    pub(crate) fn height(&self, loose: i64) -> Length {
        self.earliest(loose).bottom
    }

    /// Everything as low as it goes above `height`.
    fn latest(&self, loose: i64, height: Length) -> Placement {
        let turn = |row: usize| self.rows - 1 - row;
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by_key(|&at| (turn(self.cells[at].last), at));
        let cells = order.iter().map(|&at| Cell {
            first: turn(self.cells[at].last),
            last: turn(self.cells[at].first),
            ..self.cells[at].turned()
        });
        let below = self.below.iter().map(|column| {
            // What is below row i upright is below row n-2-i upside down.
            let inner = column[..self.rows - 1].iter().rev().copied();
            inner.chain([Length::ZERO]).collect()
        });
        let (cells, below) = (cells.collect(), below.collect());
        let upended = |edges: &[Length]| edges.iter().rev().copied().collect();
        let (begins, ends) = (upended(&self.ends), upended(&self.begins));
        let turned = Self { cells, below, gap: self.gap.clone(), begins, ends, ..*self };
        let upside = turned.earliest(loose);
        let mut cells = vec![(Length::ZERO, Length::ZERO); self.cells.len()];
        for (&at, &(top, bottom)) in order.iter().zip(&upside.cells) {
            cells[at] = (height - bottom, height - top);
        }
        let lines = upside.lines.iter().rev().map(|&line| height - line).collect();
        Placement { lines, cells, bottom: height }
    }

    /// Spreads the stack over `height`, which is at least [`height`](Self::height) at the loosest: boxes as near to their
    /// row's line as the least spacing allows, then the spacing as wide as fits, then everything not held midway.
    pub(crate) fn spread(&self, height: Length, comfortable: Length) -> Placement {
        let airy = self.spaced(comfortable);
        let steps = (0..=LOOSE).step_by(32);
        let fits = |stack: &Self| steps.clone().find(|&loose| stack.height(loose) <= height);
        let loose = fits(&airy).or_else(|| fits(self)).unwrap_or(LOOSE);
        let (mut low, mut high) = (Length::ZERO, height);
        while high - low > Length::um(20) {
            let middle = (low + high) / 2;
            if self.spaced(middle).height(loose) <= height { low = middle } else { high = middle }
        }
        let widest = self.spaced(low);
        let (early, late) = (widest.earliest(loose), widest.latest(loose, height));
        let mean = |a: Length, b: Length| (a + b) / 2;
        let lines = early.lines.iter().zip(&late.lines).map(|(&a, &b)| mean(a, b)).collect();
        let cells = early.cells.iter().zip(&late.cells).map(|(a, b)| (mean(a.0, b.0), mean(a.1, b.1))).collect();
        let mut placement = Placement { lines, cells, bottom: height };
        widest.settle(&mut placement, loose, height);
        placement
    }
}

/// Rows put on top of each other one by one, each as high as it goes.
struct Pile<'a> {
    stack: &'a Stack,
    loose: i64,
    begin: usize,
    /// The next row, and the first cell that begins in it or later.
    row: usize,
    next: usize,
    /// The height that is free in each column.
    floor: Vec<Length>,
    /// Cells that span on to the next row.
    open: Vec<usize>,
    /// The lowest cell beside the main line.
    beside: Option<usize>,
    /// What the flow needs beyond the box of the row that is added, above and below.
    edges: (Length, Length),
    at: Placement,
}

impl<'a> Pile<'a> {
    fn new(stack: &'a Stack, begin: usize, loose: i64) -> Self {
        let at = Placement {
            lines: vec![Length::ZERO; stack.rows],
            cells: vec![(Length::ZERO, Length::ZERO); stack.cells.len()],
            bottom: Length::ZERO,
        };
        let next = stack.cells.partition_point(|cell| cell.first < begin);
        let (floor, open) = (vec![Length::ZERO; COLUMNS], Vec::new());
        let edges = (Length::ZERO, Length::ZERO);
        Self { stack, loose, begin, row: begin, next, floor, open, beside: None, edges, at }
    }

    /// The height of the whole with the next row as its last one, which it is not yet.
    fn height_with_last(&mut self, edges: (Length, Length)) -> Length {
        let (row, next, bottom) = (self.row, self.next, self.at.bottom);
        let (floor, open, beside) = (self.floor.clone(), self.open.clone(), self.beside);
        self.edges = edges;
        self.add_row();
        if let Some(lowest) = self.beside.filter(|&lowest| self.stack.cells[lowest].last < row) {
            self.at.bottom = self.at.bottom.max(self.at.cells[lowest].1 + edges.1);
        }
        (self.row, self.next, self.floor, self.open, self.beside) = (row, next, floor, open, beside);
        std::mem::replace(&mut self.at.bottom, bottom)
    }

    /// What a cell of the row that is added has above it and below it.
    fn edges(&self, cell: &Cell) -> (Length, Length) {
        if cell.is_of_flow() { self.edges } else { (Length::ZERO, Length::ZERO) }
    }

    /// Adds the next row; false where there is none.
    fn add_row(&mut self) -> bool {
        let (row, begin) = (self.row, self.next);
        if row == self.stack.rows {
            return false;
        }
        let own = self.stack.cells[begin..].iter().take_while(|cell| cell.first == row).count();
        (self.row, self.next) = (row + 1, begin + own);
        let line = self.line(begin..begin + own);
        self.at.lines[row] = line;
        // Spans that began above come first: they end above what begins here.
        for index in std::mem::take(&mut self.open).into_iter().chain(begin..begin + own) {
            self.add_cell(index, line);
        }
        true
    }

    /// How far from its centre a row's line crosses a cell at most, of what is allowed at the loosest.
    fn loosened(&self, off: Length) -> Length {
        off.scale(self.loose, LOOSE)
    }

    /// The line of the row that some cells begin in.
    fn line(&self, cells: std::ops::Range<usize>) -> Length {
        let line = self.stack.cells[cells].iter().map(|cell| {
            let top = self.floor[cell.column];
            match cell.meets {
                Meets::Spanning(beyond) => top + beyond,
                Meets::Crossed { centre, off } => top + self.edges(cell).0 + centre - self.loosened(off),
            }
        });
        let first = self.row == self.begin + 1;
        let above = if first { Length::ZERO } else { self.at.lines[self.row - 2] };
        line.max().unwrap_or(above).max(above)
    }

    /// Places a cell that stands in the row last begun.
    fn add_cell(&mut self, index: usize, line: Length) {
        let (row, cell) = (self.row - 1, &self.stack.cells[index]);
        let floor = self.floor[cell.column];
        match cell.meets {
            Meets::Crossed { centre, off } => {
                let (above, below) = self.edges(cell);
                let top = floor.max(line - centre - above - self.loosened(off));
                self.at.cells[index] = (top, top + above + cell.height + below);
            }
            Meets::Spanning(_) if cell.first == row => self.at.cells[index].0 = floor,
            Meets::Spanning(_) => {}
        }
        if cell.last > row {
            self.open.push(index);
            return;
        }
        if let Meets::Spanning(beyond) = cell.meets {
            self.at.cells[index].1 = (self.at.cells[index].0 + cell.height).max(line + beyond);
        }
        let bottom = self.at.cells[index].1;
        if cell.column == BESIDE {
            self.beside = Some(index);
        }
        self.floor[cell.column] = bottom + self.stack.gap[cell.column] + self.stack.below[cell.column][row];
        self.at.bottom = self.at.bottom.max(bottom);
    }
}
