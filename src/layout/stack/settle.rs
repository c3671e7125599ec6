//! Evening out: what no neighbour holds in place moves until the space above and below it is the same.

use super::{COLUMNS, Cell, Meets, Placement, Stack};
use crate::unit::Length;

/// Rounds of evening out; each halves what is left at least, and a page has a few dozen rows.
const ROUNDS: usize = 64;

/// A placement on the way to rest.
struct Settling<'a> {
    stack: &'a Stack,
    at: &'a mut Placement,
    height: Length,
    /// The cell above and the cell below each cell in its column.
    above: Vec<Option<usize>>,
    below: Vec<Option<usize>>,
    loose: i64,
}

impl Stack {
    /// Moves rows until the space above and below each is the same, and cells towards the middle of their rows, without
    /// breaking what holds. The first row stays at the top, the last goes to the bottom.
    pub(crate) fn settle(&self, at: &mut Placement, loose: i64, height: Length) {
        let mut above = vec![None; self.cells.len()];
        let mut below = vec![None; self.cells.len()];
        for column in 0..COLUMNS {
            let of_column: Vec<usize> = (0..self.cells.len()).filter(|&i| self.cells[i].column == column).collect();
            for pair in of_column.windows(2) {
                above[pair[1]] = Some(pair[0]);
                below[pair[0]] = Some(pair[1]);
            }
        }
        let mut settling = Settling { stack: self, at, height, above, below, loose };
        for _ in 0..ROUNDS {
            for row in 0..self.rows {
                settling.even_row(row);
            }
            for cell in 0..self.cells.len() {
                match self.cells[cell].meets {
                    Meets::Crossed { centre, .. } => settling.centre(cell, centre),
                    Meets::Spanning(beyond) => settling.fit_span(cell, beyond),
                }
            }
        }
    }
}

impl Settling<'_> {
    fn cell(&self, index: usize) -> &Cell {
        &self.stack.cells[index]
    }

    fn distance_below(&self, index: usize) -> Length {
        let cell = self.cell(index);
        self.stack.gap[cell.column] + self.stack.below[cell.column][cell.last]
    }

    /// The highest top that a cell may have, and the lowest bottom.
    fn room(&self, index: usize) -> (Length, Length) {
        let top = self.above[index].map(|i| self.at.cells[i].1 + self.distance_below(i));
        let bottom = self.below[index].map(|i| self.at.cells[i].0 - self.distance_below(index));
        (top.unwrap_or(Length::ZERO), bottom.unwrap_or(self.height))
    }

    /// How far a row with the cells that belong to it alone may move up and down.
    fn slack(&self, row: usize) -> (Length, Length) {
        let (mut up, mut down) = (self.height, self.height);
        for (index, cell) in self.stack.cells.iter().enumerate() {
            let (top, bottom) = self.at.cells[index];
            let line = self.at.lines[row];
            match cell.meets {
                Meets::Crossed { .. } if cell.first == row => {
                    let (highest, lowest) = self.room(index);
                    up = up.min(top - highest);
                    down = down.min(lowest - bottom);
                }
                Meets::Spanning(beyond) if cell.first == row => up = up.min(line - beyond - top),
                Meets::Spanning(beyond) if cell.last == row => down = down.min(bottom - beyond - line),
                Meets::Crossed { .. } | Meets::Spanning(_) => {}
            }
        }
        (up.max(Length::ZERO), down.max(Length::ZERO))
    }

    fn even_row(&mut self, row: usize) {
        let (up, down) = self.slack(row);
        let shift = if row == 0 {
            -up
        } else if row + 1 == self.stack.rows {
            down
        } else {
            (down - up) / 2
        };
        self.at.lines[row] += shift;
        for (index, cell) in self.stack.cells.iter().enumerate() {
            if !cell.spans() && cell.first == row {
                self.at.cells[index].0 += shift;
                self.at.cells[index].1 += shift;
            }
        }
    }

    /// Moves a cell towards its row's line, to have it where it should be, as far as its neighbours allow.
    fn centre(&mut self, index: usize, centre: Length) {
        if self.loose == 0 {
            return;
        }
        let (top, bottom) = self.at.cells[index];
        let cell = self.cell(index);
        let (highest, lowest) = self.room(index);
        let wanted = self.at.lines[cell.first] - centre;
        let clamped = wanted.max(highest.min(top)).min((lowest - (bottom - top)).max(top));
        self.at.cells[index] = (clamped, clamped + (bottom - top));
    }

    /// Draws a spanning cell in to the rows it spans, or lets it reach beyond them evenly where its text needs more.
    fn fit_span(&mut self, index: usize, beyond: Length) {
        let cell = *self.cell(index);
        let (highest, lowest) = self.room(index);
        let (first, last) = (self.at.lines[cell.first] - beyond, self.at.lines[cell.last] + beyond);
        let needed = cell.height.max(last - first);
        let top = (first - (needed - (last - first)) / 2).max(highest);
        let bottom = (top + needed).min(lowest);
        self.at.cells[index] = ((bottom - needed).max(highest), bottom);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::stack::{BESIDE, LOOSE};

    fn single(column: usize, row: usize, mm: i64) -> Cell {
        let height = Length::mm(mm);
        let off = (height / 2 - Length::mm(1)).max(Length::ZERO);
        Cell { column, first: row, last: row, height, meets: Meets::Crossed { centre: height / 2, off } }
    }

    fn stack(rows: usize, cells: Vec<Cell>) -> Stack {
        let gap = vec![Length::mm(2); COLUMNS];
        let none = vec![Length::ZERO; rows + 1];
        Stack { rows, cells, gap, below: vec![vec![Length::ZERO; rows]; COLUMNS], begins: none.clone(), ends: none }
    }

    fn check(stack: &Stack, at: &Placement, height: Length) {
        let slop = Length::um(4);
        for (i, cell) in stack.cells.iter().enumerate() {
            let (top, bottom) = at.cells[i];
            assert!(top >= -slop && bottom <= height + slop, "{cell:?} {top:?} {bottom:?}");
            assert!(bottom - top >= cell.height - slop);
            match cell.meets {
                Meets::Spanning(beyond) => {
                    assert!(top <= at.lines[cell.first] - beyond + slop);
                    assert!(bottom >= at.lines[cell.last] + beyond - slop);
                }
                Meets::Crossed { off, .. } => {
                    assert!(((top + bottom) / 2 - at.lines[cell.first]).abs() <= off + slop);
                }
            }
            for (j, other) in stack.cells.iter().enumerate().skip(i + 1) {
                if other.column == cell.column {
                    assert!(at.cells[j].0 - bottom >= stack.gap[cell.column] - slop, "{i} {j}");
                }
            }
        }
    }

    #[test]
    fn tall_boxes_use_the_height_of_short_neighbours() {
        let cells = vec![
            single(0, 0, 6),
            single(1, 0, 40),
            single(2, 0, 8),
            single(0, 1, 6),
            single(1, 1, 8),
            single(2, 1, 40),
        ];
        let stack = stack(2, cells);
        assert_eq!(stack.height(0), Length::mm(40 / 2 + 24 + 2 + 40 / 2), "centred: half of each, once");
        assert!(stack.height(LOOSE) < stack.height(0));
        for mm in [70, 90, 200] {
            let at = stack.spread(Length::mm(mm), Length::mm(1));
            check(&stack, &at, Length::mm(mm));
        }
    }

    #[test]
    fn boxes_of_one_row_share_its_middle_where_there_is_room() {
        let cells = vec![single(0, 0, 6), single(1, 0, 20), single(0, 1, 6), single(1, 1, 30), single(0, 2, 6)];
        let stack = stack(3, cells);
        let at = stack.spread(Length::mm(150), Length::mm(1));
        check(&stack, &at, Length::mm(150));
        for (i, cell) in stack.cells.iter().enumerate() {
            assert!(((at.cells[i].0 + at.cells[i].1) / 2 - at.lines[cell.first]).abs() <= Length::um(2));
        }
        assert_eq!(at.cells[1].0, Length::ZERO);
        assert!((at.bottom - at.cells[4].1).abs() <= Length::um(40));
    }

    #[test]
    fn free_rows_stand_evenly() {
        let cells = (0..5).map(|row| single(0, row, 10)).collect();
        let stack = stack(5, cells);
        let at = stack.spread(Length::mm(130), Length::mm(1));
        let steps: Vec<_> = at.lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.iter().all(|step| (*step - Length::mm(30)).abs() < Length::um(100)), "{steps:?}");
    }

    #[test]
    fn words_above_the_first_box_of_a_page_move_it_down_and_leave_the_others_even() {
        let mut stack = stack(5, (0..5).map(|row| single(0, row, 10)).collect());
        stack.begins[0] = Length::mm(8);
        assert_eq!(stack.page().height(0), Length::mm(8 + 5 * 10 + 4 * 2));
        assert_eq!(stack.heights(0, 0, Length::mm(500))[4], stack.page().height(0), "a page's height is told alike");
        let at = stack.page().spread(Length::mm(138), Length::mm(1));
        assert_eq!(at.lines[0], Length::mm(8 + 5));
        let steps: Vec<_> = at.lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.iter().all(|step| (*step - Length::mm(30)).abs() < Length::um(100)), "{steps:?}");
    }

    #[test]
    fn what_stands_beside_the_main_line_keeps_clear_of_the_words_at_a_page_s_end() {
        let height = Length::mm(40);
        let hangs = Meets::Crossed { centre: Length::mm(5), off: Length::ZERO };
        let comb = Cell { column: BESIDE, first: 0, last: 0, height, meets: hangs };
        let mut stack = stack(2, vec![single(0, 0, 10), comb, single(0, 1, 10)]);
        stack.ends[2] = Length::mm(7);
        assert_eq!(stack.page().height(0), Length::mm(40 + 7));
        assert_eq!(
            stack.heights(0, 0, Length::mm(500)),
            [Length::mm(40), Length::mm(40 + 7)],
            "a page's height is told alike"
        );
    }

    #[test]
    fn a_spanning_box_reaches_over_its_rows_and_makes_room_for_its_text() {
        let span = Cell { column: 1, first: 0, last: 2, height: Length::mm(80), meets: Meets::Spanning(Length::mm(3)) };
        let mut cells = vec![single(0, 0, 6), span];
        cells.extend([single(0, 1, 6), single(0, 2, 6), single(0, 3, 6), single(1, 3, 10)]);
        let stack = stack(4, cells);
        assert!(stack.height(LOOSE) >= Length::mm(92));
        for mm in [95, 120, 240] {
            check(&stack, &stack.spread(Length::mm(mm), Length::mm(1)), Length::mm(mm));
        }
    }
}
