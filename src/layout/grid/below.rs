//! Where boxes stand below a row's line, and what the arrows to them need.

use super::Grid;
use super::labels::{across_measure, measure_in};
use super::lanes::UNDER_LABEL;
use super::widths::FlowText;
use crate::layout::metrics::{ABOVE_LABEL, EXIT, FLOW_GAP, HANG_GAP, HEAD_LENGTH, LABEL_SPACE, NEAR};
use crate::layout::topology::below::Stand;
use crate::layout::topology::kinds::RowKind;
use crate::layout::words::block::Para;
use crate::model::StageIx;
use crate::unit::Em;

/// From the arrow of one box that hangs to the words of the next one's, which stand nearer to their own.
const WORDS_APART: Em = Em::milli(240);
/// Where a box below a row stands, from the lower end of the boxes on the row's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BelowPlace {
    /// The box.
    pub(crate) stage: StageIx,
    /// Down to its middle; there the arrow comes in to a box that hangs.
    pub(crate) middle: Em,
    /// Down to its lower end.
    pub(crate) bottom: Em,
}

impl Grid<'_> {
    /// Where boxes stand below a row.
    pub(crate) fn below_places(&self, row: usize, text: FlowText) -> Vec<BelowPlace> {
        let below = &self.topology.below[row];
        let half = |stage: StageIx| self.stage_height(stage, text) / 2;
        if below.stand == Stand::Ranked {
            let middle = HANG_GAP + below.boxes.iter().map(|&stage| half(stage)).max().unwrap_or_default();
            let place = |&stage: &StageIx| BelowPlace { stage, middle, bottom: middle + half(stage) };
            return below.boxes.iter().map(place).collect();
        }
        if self.topology.floats(row) {
            return Vec::new();
        }
        // The first tooth is level with the row's main box.
        let level = self.topology.has_comb(row) && self.topology.rows[row].len() == 1;
        let level = level.then(|| -self.flow_row_height(row, text) / 2);
        self.under_each_other(row, level, text)
    }

    /// Boxes of a row under each other from some height on: the middle of the first where that is given.
    pub(super) fn under_each_other(&self, row: usize, first: Option<Em>, text: FlowText) -> Vec<BelowPlace> {
        let (mut bottom, mut line) = (Em::ZERO, Em::ZERO);
        let place = |(at, &stage): (usize, &StageIx)| {
            let half = self.stage_height(stage, text) / 2;
            let under = || {
                let gap = self.follow_gap(stage, text).unwrap_or(HANG_GAP);
                let words = self.topology.hung_link(stage).map(|_| self.hung_label_height(stage, text));
                words.map_or(Em::ZERO, |words| line + WORDS_APART + words).max(bottom + gap + half)
            };
            let middle = first.filter(|_| at == 0).unwrap_or_else(under);
            (bottom, line) = (middle + half, middle);
            BelowPlace { stage, middle, bottom }
        };
        self.topology.below[row].boxes.iter().enumerate().map(place).collect()
    }

    /// From a box to the one that follows it under it: the arrow, and its label beside it; `None` where none does.
    fn follow_gap(&self, stage: StageIx, text: FlowText) -> Option<Em> {
        let label = self.branch_label(self.topology.following_link(stage)?);
        let beside = |label: &Para| ABOVE_LABEL + label.height(self.follow_measure(label, stage, text)) + UNDER_LABEL;
        Some(label.map_or(Em::ZERO, beside).max(FLOW_GAP))
    }

    /// The width of the label beside the arrow to a box that follows another under it: as far as the lane's boxes.
    pub(crate) fn follow_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        measure_in(label, self.lane_width(self.lane_of(stage), text) / 2 - LABEL_SPACE)
    }

    /// The label of the arrow to a box that hangs.
    fn hung_label(&self, stage: StageIx) -> Option<&Para> {
        self.topology.hung_link(stage).and_then(|link| self.branch_label(link))
    }

    /// The height of that label above its arrow; zero where there is none.
    pub(super) fn hung_label_height(&self, stage: StageIx, text: FlowText) -> Em {
        let height = |label: &Para| label.height(self.hung_measure(label, stage, text)) + NEAR * 2;
        self.hung_label(stage).map_or(Em::ZERO, height)
    }

    /// The width of the label on top of the line to a box that hangs: as far as the box's side, less the arrow's head.
    pub(crate) fn hung_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        let main = (self.lane_of(stage).0, 0);
        let room = self.lane_width(main, text) / 2 + self.gap(main, text) - self.hung_line(stage, text);
        let room = room - LABEL_SPACE - HEAD_LENGTH;
        measure_in(label, room)
    }

    /// From the middle of the main line outwards to the line that a box hangs from.
    pub(crate) fn hung_line(&self, stage: StageIx, text: FlowText) -> Em {
        match self.topology.is_tooth(stage) {
            true => self.comb_line(self.topology.place(stage).row, text),
            false => EXIT * self.topology.hung_exit(stage),
        }
    }

    /// What the arrows to boxes that hang need with their labels between the main line and the first lane, in rows of a kind.
    pub(super) fn reckoned_hung_gap(&self, kind: RowKind, text: FlowText) -> Em {
        let half = self.lane_width((kind, 0), text) / 2;
        let need = |&stage: &StageIx| {
            let width = |label: &Para| across_measure(label, text.labels) + LABEL_SPACE;
            let label = self.hung_label(stage).map_or(Em::ZERO, width);
            self.hung_line(stage, text) - half + label + LABEL_SPACE + HEAD_LENGTH
        };
        let rows = self.topology.rows_of_kind(kind);
        let hung = rows.flat_map(|row| self.topology.below[row].column());
        hung.filter(|&&stage| self.topology.hung_link(stage).is_some()).map(need).max().unwrap_or_default()
    }

    /// The height of what stands below a row, without the space below it; zero where nothing does.
    pub(super) fn below_height(&self, row: usize, text: FlowText) -> Em {
        self.below_places(row, text).iter().map(|place| place.bottom).max().unwrap_or_default().max(Em::ZERO)
    }
}
