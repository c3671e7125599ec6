//! What stands below a row's line, so that the flow is no wider than it has to be.
//!
//! - Ends of the flow hang there, under each other in the lane beside the main line: boxes that nothing leaves and that only
//!   the row's main box leads to. Their arrows leave its bottom on the outer side, that of the topmost box outermost, so that
//!   none crosses another: down, then across to the box's side with the label on top of that line.
//! - Of four and more boxes that one box leads to side by side, and that lead on to one box, half stand in a second rank
//!   under the bus that they share: between the lanes of the first rank, whose arrows run down between them as theirs
//!   come down between those.

use super::Grid;
use super::lanes::{EXIT, NEAR, free_measure};
use super::topology::{Course, FlowLink, Topology};
use super::widths::FlowText;
use crate::layout::metrics::{FLOW_GAP, HEAD_LENGTH, LABEL_SPACE};
use crate::layout::words::block::Para;
use crate::model::{Chart, Link, StageIx};
use crate::unit::Em;

/// The boxes below a row's line.
#[derive(Clone, Debug, Default)]
pub(super) struct Below {
    /// The boxes: those that hang top to bottom, those of a second rank from the main line outwards.
    pub(super) boxes: Vec<StageIx>,
    /// Whether they are a second rank.
    pub(super) ranked: bool,
}

/// The lane in which boxes hang.
pub(super) const LANE: usize = 1;
/// From the boxes of a row to the first below them, and from one such box to the next.
const GAP: Em = Em::milli(600);
/// From the lowest such box to the row below.
pub(super) const UNDER: Em = FLOW_GAP;
/// The fewest boxes side by side that stand in two ranks.
const RANKED: usize = 4;

/// Where a box below a row stands, from the lower end of the boxes on the row's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct BelowPlace {
    /// The box.
    pub(in crate::layout) stage: StageIx,
    /// Down to its middle; there the arrow comes in to a box that hangs.
    pub(in crate::layout) middle: Em,
    /// Down to its lower end.
    pub(in crate::layout) bottom: Em,
}

/// What stands below the rows of a chart where no row has more boxes on its line than the chart needs.
pub(super) struct Compact<'a> {
    chart: &'a Chart,
    /// The main line's boxes, with those beside each.
    rows: &'a [Vec<StageIx>],
    /// By stage: the only arrow that leads to it, and where it comes from; `None` where several do, or none.
    sources: Vec<Option<(StageIx, &'a Link)>>,
}

impl<'a> Compact<'a> {
    /// Looks at a chart with all boxes on the lines of these rows.
    pub(super) fn of(chart: &'a Chart, rows: &'a [Vec<StageIx>]) -> Self {
        let mut into: Vec<Vec<(StageIx, &Link)>> = vec![Vec::new(); chart.stages.len()];
        for (at, stage) in chart.stages.iter().enumerate() {
            stage.next.iter().for_each(|link| into[link.to.0].push((StageIx(at), link)));
        }
        let only = |links: Vec<_>| if links.len() == 1 { links.into_iter().next() } else { None };
        Self { chart, rows, sources: into.into_iter().map(only).collect() }
    }

    /// What stands below each row; `None` where that is nothing. Nothing hangs in the rows of `upright` main boxes.
    pub(super) fn below(&self, upright: &[StageIx]) -> Option<Vec<Below>> {
        let lanes = (0..self.rows.len()).map(|row| self.least_lanes(row, upright)).max().unwrap_or(0);
        let below: Vec<Below> = (0..self.rows.len()).map(|row| self.below_row(row, lanes, upright)).collect();
        below.iter().any(|below| !below.boxes.is_empty()).then_some(below)
    }

    /// The fewest lanes that a row may take.
    fn least_lanes(&self, row: usize, upright: &[StageIx]) -> usize {
        let boxes = &self.rows[row];
        if self.may_rank(row) {
            return boxes.len().div_ceil(2);
        }
        let hanging = boxes[1..].iter().filter(|&&side| self.may_hang(row, side, upright)).count();
        (boxes.len() - hanging).max(boxes.len().min(LANE + 1))
    }

    fn below_row(&self, row: usize, lanes: usize, upright: &[StageIx]) -> Below {
        let boxes = &self.rows[row];
        let over = boxes.len().saturating_sub(lanes);
        if over > 0 && self.may_rank(row) {
            return Below { boxes: boxes[boxes.len().div_ceil(2)..].to_vec(), ranked: true };
        }
        let hang = boxes[1..].iter().rev().copied().filter(|&side| self.may_hang(row, side, upright));
        let mut boxes: Vec<StageIx> = hang.take(over).collect();
        boxes.reverse();
        Below { boxes, ranked: false }
    }

    /// Whether the flow ends at a box beside a row's main box, which alone leads to it by a single arrow.
    fn may_hang(&self, row: usize, side: StageIx, upright: &[StageIx]) -> bool {
        let host = self.rows[row][0];
        let ends = self.chart.stages[side.0].next.is_empty();
        ends && !upright.contains(&host) && self.sources[side.0].is_some_and(|(from, _)| from == host)
    }

    /// Whether a row's boxes may stand in two ranks: all come from the main box above, and go on to the one below, by arrows
    /// without words.
    fn may_rank(&self, row: usize) -> bool {
        let Some(above) = row.checked_sub(1).map(|above| self.rows[above][0]) else { return false };
        let Some(under) = self.rows.get(row + 1).map(|under| under[0]) else { return false };
        let parallel = |&stage: &StageIx| {
            let comes = self.sources[stage.0].is_some_and(|(from, link)| from == above && link.label.is_none());
            let [next] = &self.chart.stages[stage.0].next[..] else { return false };
            comes && next.to == under && next.label.is_none()
        };
        self.rows[row].len() >= RANKED && self.rows[row].iter().all(parallel)
    }
}

impl Topology {
    /// Whether a box hangs below its row.
    pub(in crate::layout) fn hangs(&self, stage: StageIx) -> bool {
        let below = &self.below[self.place(stage).row];
        !below.ranked && below.boxes.contains(&stage)
    }

    /// The boxes that hang from a box.
    pub(super) fn hung_from(&self, stage: StageIx) -> &[StageIx] {
        let place = self.place(stage);
        let below = &self.below[place.row];
        if place.lane == 0 && !below.ranked { &below.boxes } else { &[] }
    }

    /// Whether boxes stand below the lines of rows.
    pub(super) fn is_compact(&self) -> bool {
        self.below.iter().any(|below| !below.boxes.is_empty())
    }

    /// Whether some boxes stand in a second rank.
    pub(in crate::layout) fn has_ranks(&self) -> bool {
        self.below.iter().any(|below| below.ranked)
    }

    /// Whether a second rank reaches half a lane beyond the outermost lane.
    pub(super) fn overhangs(&self) -> bool {
        let lanes = self.side_lanes() + 1;
        self.below.iter().any(|below| below.ranked && below.boxes.len() == lanes)
    }

    /// The main boxes of rows in which an arrow would run where boxes hang: out of the bottom of the box above them, or
    /// into it.
    pub(super) fn obstructed(&self) -> Vec<StageIx> {
        let at_bottom = |link: &FlowLink| match link.course {
            Course::Down | Course::Step { .. } => vec![link.from],
            Course::Under => vec![link.from, link.to],
            Course::Outer if !self.outermost(link.from) => vec![link.from],
            Course::Outer | Course::Across | Course::Rise | Course::Hang => Vec::new(),
        };
        let boxes = self.links.iter().flat_map(at_bottom).filter(|&stage| self.place(stage).lane == LANE);
        let mains = boxes.map(|stage| self.rows[self.place(stage).row][0]);
        mains.filter(|&main| !self.hung_from(main).is_empty()).collect()
    }

    /// The boxes of a row: those on its line, then those below it.
    pub(in crate::layout) fn boxes(&self, row: usize) -> impl Iterator<Item = StageIx> + Clone + '_ {
        self.rows[row].iter().chain(&self.below[row].boxes).copied()
    }

    /// How many places outwards from the middle of its source's bottom an arrow to a box that hangs leaves it: beyond all that
    /// go on below those boxes.
    pub(in crate::layout) fn hung_exit(&self, stage: StageIx) -> i32 {
        let row = self.place(stage).row;
        let (hung, channel) = (&self.below[row].boxes, &self.channels[row + 1]);
        let under = hung.iter().rev().position(|&other| other == stage).unwrap_or(0) as i32;
        let first = if self.leaves_bottom(self.rows[row][0]) { channel.exits(0, 1) + 1 } else { 0 };
        first + under
    }

    /// Whether an arrow leaves a main box's bottom towards other rows or the outer side.
    fn leaves_bottom(&self, stage: StageIx) -> bool {
        let leaves = |link: &FlowLink| match link.course {
            Course::Down | Course::Step { .. } | Course::Under => true,
            Course::Outer => !self.outermost(stage),
            Course::Across | Course::Rise | Course::Hang => false,
        };
        self.from(stage).iter().any(leaves)
    }
}

impl Grid<'_> {
    /// Where boxes stand below a row.
    pub(in crate::layout) fn below_places(&self, row: usize, text: FlowText) -> Vec<BelowPlace> {
        let below = &self.topology.below[row];
        let half = |stage: StageIx| self.stage_height(stage, text) / 2;
        if below.ranked {
            let middle = GAP + below.boxes.iter().map(|&stage| half(stage)).max().unwrap_or_default();
            let place = |&stage: &StageIx| BelowPlace { stage, middle, bottom: middle + half(stage) };
            return below.boxes.iter().map(place).collect();
        }
        let (mut bottom, mut line) = (Em::ZERO, Em::ZERO);
        let hung = below.boxes.iter().map(|&stage| {
            let label =
                self.hung_label(stage).map(|label| label.height(self.hung_measure(label, stage, text)) + NEAR * 2);
            let middle = (bottom + GAP + half(stage)).max(line + label.unwrap_or_default());
            (bottom, line) = (middle + half(stage), middle);
            BelowPlace { stage, middle, bottom }
        });
        hung.collect()
    }

    /// The label of the arrow to a box that hangs.
    fn hung_label(&self, stage: StageIx) -> Option<&Para> {
        let host = self.topology.rows[self.topology.place(stage).row][0];
        self.topology.from(host).iter().find(|link| link.to == stage).and_then(|link| self.branch_label(link))
    }

    /// The width of the label on top of the line to a box that hangs: as far as the box's side, less the arrow's head.
    pub(in crate::layout) fn hung_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        let exit = EXIT * self.topology.hung_exit(stage);
        let room = self.lane_width(0, text) / 2 + self.gap(0) - exit - LABEL_SPACE - HEAD_LENGTH;
        free_measure(label).min(room).max(label.least_width())
    }

    /// The height of what stands below a row, without the space below it; zero where nothing does.
    pub(super) fn below_height(&self, row: usize, text: FlowText) -> Em {
        self.below_places(row, text).iter().map(|place| place.bottom).max().unwrap_or_default()
    }
}
