//! Combs: boxes under each other beside a row's main box, that the main box above leads to. One line runs down between the
//! lanes, and each of their arrows parts from it with its label.
//!
//! A comb stands where there is room: as far above its row's line as below it, or higher, or lower, as the rows beside it
//! allow, so that it parts no rows that are high enough without it. It may reach past rows that have nothing there. Where
//! other lines cross the space above it, or such as leave its row pass below it, its first box is level with the main box
//! instead.

use super::Grid;
use super::below::BelowPlace;
use super::widths::FlowText;
use crate::layout::metrics::{BESIDE_INNER, FORK, HANG_GAP, HANG_UNDER, HEAD_LENGTH, INNER_TRACK, LABEL_SPACE, TAIL};
use crate::model::StageIx;
use crate::unit::Em;

/// From the main line's boxes to the line of a comb.
const SPINE: Em = Em::milli(550);
/// The least space between a comb and what stands above or below it in its lane.
pub(super) const APART: Em = HANG_UNDER;

/// What the lane beside the main line holds in a row, where a comb floats there or near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The height of the comb, or of what others keep clear of.
    pub(crate) height: Em,
    /// From its top to where the row's line may be: at least, and at most.
    pub(crate) line: (Em, Em),
}

impl Beside {
    /// What reaches so far above the row's line and below it.
    fn held(over: Em, under: Em) -> Self {
        Self { height: over + under, line: (over, over) }
    }
}

impl Grid<'_> {
    /// The boxes of a row's comb, from its top: that of the first box or of the words above its arrow; from the lower end of
    /// the boxes on the row's line where it stands below these.
    pub(crate) fn comb(&self, row: usize, text: FlowText) -> Vec<BelowPlace> {
        if self.topology.has_own_comb(row) && !self.topology.is_level_comb(row) {
            return self.under_each_other(row, None, text);
        }
        let first = self.topology.below[row].boxes.first();
        let over = |&stage: &StageIx| (self.stage_height(stage, text) / 2).max(self.hung_label_height(stage, text));
        self.under_each_other(row, first.map(over), text)
    }

    /// What [`beside_row`](Self::beside_row) tells.
    pub(super) fn reckoned_beside(&self, row: usize, text: FlowText) -> Option<Beside> {
        let (topology, half) = (self.topology, self.flow_row_height(row, text) / 2);
        let over_it = self.comb_over(row, text);
        let over = if over_it.is_some() { half + self.room_over(row, text) } else { half };
        match (topology.floats(row), topology.has_own_comb(row)) {
            (true, true) => Some(Beside::held(over, self.own_comb_below(row, text)?)),
            (true, false) => self.floating_comb(row, text),
            (false, _) => {
                let leads = topology.floats(row + 1) && !topology.has_own_comb(row + 1);
                let under = if leads { (half + self.room_of_fork(row, text) - APART).max(Em::ZERO) } else { half };
                let holds = leads || over_it.is_some_and(|comb| !self.lets_comb_pass(row, comb, text));
                holds.then_some(Beside::held(over, under))
            }
        }
    }

    /// From a row's line to the lower end of the comb of its main box.
    fn own_comb_below(&self, row: usize, text: FlowText) -> Option<Em> {
        let comb = self.comb(row, text);
        let (first, last) = (comb.first()?, comb.last()?);
        Some(match self.topology.is_level_comb(row) {
            true => last.bottom - first.middle,
            false => self.flow_row_height(row, text) / 2 + last.bottom,
        })
    }

    /// A comb that the main box above leads to: its row's line runs between its first box and its last.
    fn floating_comb(&self, row: usize, text: FlowText) -> Option<Beside> {
        let comb = self.comb(row, text);
        let (first, last) = (comb.first()?.middle, comb.last()?);
        let (low, high) = match self.topology.floats(row - 1) {
            true => self.line_beside_next(row, first, text),
            false => (first, last.middle),
        };
        Some(Beside { height: last.bottom, line: (low.min(last.middle), high.min(last.middle)) })
    }

    /// The row of the comb that may reach down to a row from above.
    fn comb_over(&self, row: usize, text: FlowText) -> Option<usize> {
        let comb = (0..row).rev().find(|&above| self.topology.floats(above))?;
        (comb + 1..row).all(|between| self.lets_comb_pass(between, comb, text)).then_some(comb)
    }

    /// Whether nothing but a main box that the comb of a row is beyond stands in another, no line comes to that or leaves it
    /// but along the main line, and no words stand beside that.
    fn lets_comb_pass(&self, row: usize, comb: usize, text: FlowText) -> bool {
        let topology = self.topology;
        let main = topology.rows[row][0];
        topology.lanes(row) == 1
            && topology.sides.at(main).is_empty()
            && topology.channels[row].levels == 0
            && topology.channels[row + 1].levels == 0
            && topology.lane_passed(row).is_none()
            && self.spine_labels(main).next().is_none()
            && self.content.phases.is_empty()
            && self.half_of_main(row, text) + LABEL_SPACE <= self.comb_line(comb, text)
    }

    /// From the middle of the main line to the line of a row's comb: beyond an arrow that comes back to the main box; that of
    /// the main box's own beyond all main boxes, to reach past those below.
    pub(super) fn comb_line(&self, row: usize, text: FlowText) -> Em {
        let (beside, widest) = (self.half_of_main(row, text) + SPINE, self.main_axis(text));
        if self.topology.is_entered_inside(self.topology.rows[row][0]) {
            beside.max(widest + INNER_TRACK + BESIDE_INNER)
        } else if self.topology.has_own_comb(row) {
            beside.max(widest + LABEL_SPACE)
        } else {
            beside
        }
    }

    /// Half the width of a row's main box.
    fn half_of_main(&self, row: usize, text: FlowText) -> Em {
        self.lane_width((self.topology.kinds.of_row(row), 0), text) / 2
    }

    /// Where the line of a row may be, from the top of its comb, when the row above has a comb too: the line to this one
    /// parts below the box that it comes from, below that comb, and above this row's main box.
    fn line_beside_next(&self, row: usize, first: Em, text: FlowText) -> (Em, Em) {
        let half = self.flow_row_height(row, text) / 2;
        let lowest = self.topology.below[row - 1].boxes.last();
        let between = lowest.map_or(Em::ZERO, |&stage| self.stage_height(stage, text) / 2) + APART + first;
        let low = first + (half + HEAD_LENGTH + TAIL + FORK - between).max(Em::ZERO);
        (low, (first + half + self.room(row, text).height - FORK).max(low))
    }

    /// What lines that change lanes above a row need.
    fn room_over(&self, row: usize, text: FlowText) -> Em {
        if self.topology.channels[row].levels > 0 { self.room(row, text).height } else { Em::ZERO }
    }

    /// From the boxes of a row down to the comb of the next one. The comb may stand beside the main box that it comes from,
    /// below the place where its line parts, where nothing else is there.
    fn room_of_fork(&self, row: usize, text: FlowText) -> Em {
        let topology = self.topology;
        if topology.lanes(row) > 1 {
            return self.room(row + 1, text).passing + HANG_GAP;
        }
        let main = topology.rows[row][0];
        let narrow = self.half_of_main(row, text) + LABEL_SPACE <= self.comb_line(row + 1, text);
        let first = self.comb(row + 1, text).first().map_or(Em::ZERO, |place| place.middle);
        if narrow && topology.sides.at(main).is_empty() { FORK - first } else { FORK }
    }

    /// What the first tooth of a comb needs about its row's line, where it is level with the main box; zero elsewhere.
    pub(super) fn tooth_height(&self, row: usize, text: FlowText) -> Em {
        let level = match self.topology.has_own_comb(row) {
            true => self.topology.is_level_comb(row),
            false => self.topology.has_comb(row) && !self.topology.floats(row),
        };
        let first = self.topology.below[row].boxes.first().filter(|_| level);
        first.map_or(Em::ZERO, |&stage| self.stage_height(stage, text).max(self.hung_label_height(stage, text) * 2))
    }
}
