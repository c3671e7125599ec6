//! How wide the flow is: its lanes with their boxes and text, the space between them, the bands of phases.

use super::Grid;
use super::lanes::LEAST_GAP;
use super::shape::{Outlined, outlined};
use crate::layout::metrics::STAGE_PAD_X;
use crate::model::StageIx;
use crate::unit::{Em, Length};

/// The width of the band of a phase, its distance from the flow, and the height of a character of its name.
pub(crate) const PHASE_BAND: Em = Em::milli(1700);
const PHASE_GAP: Em = Em::milli(500);
pub(crate) const PHASE_LETTER: Em = Em::milli(1120);

/// How wide the text of flow boxes may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowText {
    /// On the main line, and beside it where boxes hold more than names.
    pub(crate) main: Em,
    /// Beside the main line where boxes hold names alone.
    pub(crate) names: Em,
}

impl FlowText {
    /// Names alone stand on one line where they are short, as long as the main line's text has that width.
    pub(crate) fn whole(main: Em) -> Self {
        Self { main, names: main }
    }
}

impl Grid<'_> {
    /// The width of the text of a lane's boxes.
    pub(crate) fn lane_text(&self, lane: usize, text: FlowText) -> Em {
        let side = lane.min(self.topology.side_lanes()).checked_sub(1).and_then(|side| self.lanes.sides.get(side));
        side.map_or(text.main, |names| names.map_or(text.main, |names| names.min(text.names)))
    }

    /// The least width of the text of any lane's boxes.
    pub(crate) fn least_text(&self, text: FlowText) -> Em {
        (0..=self.topology.side_lanes()).map(|lane| self.lane_text(lane, text)).min().unwrap_or(text.main)
    }

    /// The width of a lane's boxes; beyond the last lane, that of the last one's.
    pub(crate) fn lane_width(&self, lane: usize, text: FlowText) -> Em {
        let lane = lane.min(self.topology.side_lanes());
        let width = self.lane_text(lane, text) + STAGE_PAD_X * 2 + self.lanes.shapes[lane];
        width.max(self.lanes.least[lane])
    }

    /// How a flow box is drawn.
    pub(crate) fn outlined(&self, stage: StageIx, text: FlowText) -> Outlined {
        let lane = self.topology.place(stage).lane;
        let tight = outlined(&self.content.stages[stage.0], self.lane_text(lane, text), self.lane_width(lane, text));
        Outlined { height: tight.height + self.content.air.padding * 2, ..tight }
    }

    /// The flow column's width.
    pub(crate) fn flow_width(&self, text: FlowText) -> Em {
        let lanes = (0..=self.topology.side_lanes()).map(|lane| self.lane_width(lane, text));
        self.phase_width()
            + self.lanes.outer
            + self.overhang(text)
            + lanes.chain((0..self.topology.side_lanes()).map(|lane| self.gap(lane, text))).sum()
    }

    /// How far a second rank reaches beyond the outermost lane: half of what lies from one lane to the next; zero where none
    /// does.
    pub(crate) fn overhang(&self, text: FlowText) -> Em {
        let last = self.topology.side_lanes();
        if self.topology.overhangs() { (self.lane_width(last, text) + self.gap(last, text)) / 2 } else { Em::ZERO }
    }

    /// What the bands of phases take of the flow column's width.
    pub(crate) fn phase_width(&self) -> Em {
        if self.content.phases.is_empty() { Em::ZERO } else { PHASE_BAND + PHASE_GAP }
    }

    /// The space between a lane and the next one outwards; beyond the last lane, the least between any two.
    pub(crate) fn gap(&self, lane: usize, text: FlowText) -> Em {
        let least = self.lanes.gaps.get(lane).copied().unwrap_or(LEAST_GAP);
        if lane == 0 { least.max(self.hung_gap(text)) } else { least }
    }

    /// From the main line's edge to that of a lane where those before it have such widths.
    pub(crate) fn lane_offset(&self, lane: usize, widths: &[Length], (text, body): (FlowText, Length)) -> Length {
        (0..lane).map(|before| widths[before] + self.gap(before, text).at(body)).sum()
    }
}
