//! Arrows from the flow across a column to boxes of the column behind it: of stages that have no box in the first.
//!
//! Where the cell is empty they run through it on the row's line. Where it holds boxes of other stages of the row they run
//! above or below those, as their own boxes stand above or below the others' in the column behind.

use super::{Grid, Slot};
use crate::layout::metrics::{CROSSING, NEXT_PASS};
use crate::model::{Column, StageIx};
use crate::unit::Em;

/// What an arrow that crosses a column above or below boxes adds to their height.
pub(crate) const BAND: Em = Em::milli(700);

impl Grid<'_> {
    /// The boxes that a flow box's arrows lead to in a column beside the flow, or across it in the one behind.
    pub(crate) fn targets(&self, stage: StageIx, row: usize, column: Column) -> Vec<usize> {
        if !self.leads(stage) {
            return Vec::new();
        }
        let own = self.owned(stage, row, column);
        if own.is_empty() && self.may_be_crossed(row, column) { self.owned(stage, row, behind(column)) } else { own }
    }

    /// Whether arrows lead from a flow box to its boxes in the other columns. Where the main line stands between, no arrow
    /// would be plainly its own: the boxes carry the stage's name instead.
    pub(crate) fn leads(&self, stage: StageIx) -> bool {
        self.flow_between() || self.topology.place(stage).lane == 0
    }

    /// A stage's boxes in a column. The main line's stage counts those that span its row as its own.
    fn owned(&self, stage: StageIx, row: usize, column: Column) -> Vec<usize> {
        let Some(slot) = self.slot(column, row) else { return Vec::new() };
        let main = self.topology.place(stage).lane == 0;
        let owned = |&index: &usize| {
            let owner = self.content.cells[index].stage;
            owner == stage || (main && self.topology.place(owner).row != row)
        };
        slot.boxes.iter().copied().filter(owned).collect()
    }

    /// Whether a column stands between the flow and the column behind, and no box spans the row there.
    fn may_be_crossed(&self, row: usize, column: Column) -> bool {
        !self.flow_between() && self.slot(column, row).is_some_and(|slot| slot.first == slot.last)
    }

    /// The stages whose arrows cross a column in a row.
    pub(crate) fn crossed_by(&self, row: usize, column: Column) -> Vec<StageIx> {
        if !self.may_be_crossed(row, column) {
            return Vec::new();
        }
        let crosses = |&stage: &StageIx| {
            self.leads(stage)
                && self.owned(stage, row, column).is_empty()
                && !self.owned(stage, row, behind(column)).is_empty()
        };
        self.topology.boxes(row).filter(crosses).collect()
    }

    /// Notes how many arrows cross each slot above and below its boxes.
    pub(super) fn note_crossings(&mut self) {
        let crossed: Vec<_> = self.slots.iter().map(|slot| self.crossing_bands(slot)).collect();
        self.slots.iter_mut().zip(crossed).for_each(|(slot, crossed)| slot.crossed = crossed);
    }

    /// How many arrows cross a slot above its boxes, and how many below them; none where it has no boxes.
    fn crossing_bands(&self, slot: &Slot) -> (usize, usize) {
        let Some(&first) = slot.boxes.first() else { return (0, 0) };
        if !self.faced().any(|column| column == slot.column) {
            return (0, 0);
        }
        let lane = |stage: StageIx| self.topology.place(stage).lane;
        let crossed = self.crossed_by(slot.first, slot.column);
        let above = crossed.iter().take_while(|&&stage| lane(stage) < lane(self.content.cells[first].stage)).count();
        (above, crossed.len() - above)
    }

    /// How high a column's empty cell is where arrows cross it.
    pub(super) fn crossing_height(&self, row: usize, column: Column) -> Em {
        let arrows = self.crossed_by(row, column).len().max(1) as i32;
        CROSSING + NEXT_PASS * (arrows - 1)
    }
}

/// The column that arrows across a column lead to.
fn behind(column: Column) -> Column {
    if column == Column::Risk { Column::Measure } else { Column::Risk }
}
