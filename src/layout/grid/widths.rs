//! How wide the flow is: its lanes with their boxes and text, the space between them, the bands of phases.

use super::Grid;
use super::lanes::LEAST_GAP;
use super::shape::{Outlined, outlined};
use crate::layout::metrics::STAGE_PAD_X;
use crate::model::StageIx;
use crate::unit::{Em, Length};

/// The width of the band of a phase, its distance from the flow, and the height of a character of its name.
pub(in crate::layout) const PHASE_BAND: Em = Em::milli(1700);
const PHASE_GAP: Em = Em::milli(500);
pub(in crate::layout) const PHASE_LETTER: Em = Em::milli(1120);

impl Grid<'_> {
    /// The width of the text of a lane's boxes where the main line's have `name`.
    pub(in crate::layout) fn lane_text(&self, lane: usize, name: Em) -> Em {
        let side = lane.checked_sub(1).and_then(|side| self.lanes.sides.get(side));
        side.map_or(name, |side| side.map_or(name, |side| side.min(name)))
    }

    /// The least width of the text of any lane's boxes.
    pub(in crate::layout) fn least_text(&self, name: Em) -> Em {
        (0..=self.topology.side_lanes()).map(|lane| self.lane_text(lane, name)).min().unwrap_or(name)
    }

    /// The width of a lane's boxes; beyond the last lane, that of the last one's.
    pub(in crate::layout) fn lane_width(&self, lane: usize, name: Em) -> Em {
        let lane = lane.min(self.topology.side_lanes());
        let text = self.lane_text(lane, name) + STAGE_PAD_X * 2 + self.lanes.shapes[lane];
        text.max(self.lanes.least[lane])
    }

    /// How a flow box is drawn.
    pub(in crate::layout) fn outlined(&self, stage: StageIx, name: Em) -> Outlined {
        let lane = self.topology.place(stage).lane;
        outlined(&self.content.stages[stage.0], self.lane_text(lane, name), self.lane_width(lane, name))
    }

    /// The flow column's width where its text has `name`.
    pub(in crate::layout) fn flow_width(&self, name: Em) -> Em {
        let lanes = (0..=self.topology.side_lanes()).map(|lane| self.lane_width(lane, name));
        self.phase_width() + self.lanes.outer + lanes.chain(self.lanes.gaps.iter().copied()).sum()
    }

    /// What the bands of phases take of the flow column's width.
    pub(in crate::layout) fn phase_width(&self) -> Em {
        if self.content.phases.is_empty() { Em::ZERO } else { PHASE_BAND + PHASE_GAP }
    }

    /// The space between a lane and the next one outwards; beyond the last lane, the least between any two.
    pub(in crate::layout) fn gap(&self, lane: usize) -> Em {
        self.lanes.gaps.get(lane).copied().unwrap_or(LEAST_GAP)
    }

    /// From the main line's edge to that of a lane where those before it have such widths.
    pub(in crate::layout) fn lane_offset(&self, lane: usize, widths: &[Length], body: Length) -> Length {
        self.lanes.gaps.iter().zip(widths).take(lane).map(|(gap, &width)| width + gap.at(body)).sum()
    }
}
