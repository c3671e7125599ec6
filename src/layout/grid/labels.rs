//! How wide the labels of the flow's arrows are set, and on which side of their line they stand.

use super::Grid;
use super::lanes::Pass;
use super::widths::{ACROSS_LABELS, AcrossLabels, Alternative, FlowText};
use crate::layout::metrics::{EXIT, GUTTER, INNER_TRACK, LABEL_SPACE};
use crate::layout::topology::{Course, FlowLink};
use crate::layout::words::block::Para;
use crate::model::{Column, StageIx};
use crate::unit::Em;

/// How far beyond the outermost box a label may reach beside the first line along the outer side.
const BEFORE_TRACK: Em = Em::milli(150);

/// Where the label beside a vertical line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpineLabel {
    /// Whether on the outer side of the line.
    pub(crate) outward: bool,
    /// The width it is set to.
    pub(crate) measure: Em,
}

/// The width of a word of two characters in a label.
const WORD: Em = Em::milli(1700);
/// The width up to which a label stays on one line.
const LABEL_MEASURE: Em = Em::milli(4900);

/// The width that a label is set to where nothing limits it: one line where it is short, else two or three.
pub(super) fn free_measure(label: &Para) -> Em {
    let natural = label.natural_width();
    natural.min(LABEL_MEASURE.max(natural / 3 + Em::HALF)).max(label.least_width())
}

/// The width that a label is set to where it has so much room: narrower than that where else a character would stand alone on
/// a line beside a long one.
pub(super) fn measure_in(label: &Para, room: Em) -> Em {
    let most = free_measure(label).min(room).max(label.least_width());
    let lines = label.lines(most);
    if lines.len() < 2 || lines.iter().all(|line| line.width > LONE) {
        return most;
    }
    let even = (label.natural_width() / lines.len() as i32).max(label.least_width());
    narrowest(label, lines.len(), even, most).unwrap_or(most)
}

/// The first width from `least` on, in steps, at which a label takes no more than so many lines; `None` where that is not
/// under `most`.
fn narrowest(label: &Para, lines: usize, least: Em, most: Em) -> Option<Em> {
    let mut widths = (0..).map(|step| least + WIDER_STEP * step).take_while(|&width| width < most);
    widths.find(|&width| label.count_lines(width) <= lines)
}

/// A character alone on a line, also with a mark, is no wider, in ems of its own size.
const LONE: Em = Em::milli(1600);

/// The least width that a label is set to: its lines hold words, not single characters.
pub(super) fn word_width(label: &Para) -> Em {
    label.natural_width().min(WORD).max(label.least_width())
}

/// The width that a label above an arrow to the neighbour is set to.
pub(crate) fn across_measure(label: &Para, set: AcrossLabels) -> Em {
    let natural = label.natural_width();
    if set == AcrossLabels::Whole && natural <= LABEL_MEASURE {
        return natural;
    }
    let lines = if natural <= Em::milli(2600) {
        1
    } else if natural <= Em::milli(9800) {
        2
    } else {
        3
    };
    let even = natural / lines + if lines > 1 { Em::milli(250) } else { Em::ZERO };
    let least = even.max(label.whole_width().min(LABEL_MEASURE)).max(label.least_width());
    // A little wider where words would else take a line more.
    narrowest(label, lines as usize, least, least + WIDER_STEP * WIDER).unwrap_or(least)
}

/// Labels stand on one line where the type of the whole chart gains by it at least so much, in hundredths.
const WORTH_WHOLE_LABELS: i64 = 101;

/// So many times a label above an arrow may be so much wider than the even parts of its text.
const WIDER: i32 = 5;
const WIDER_STEP: Em = Em::milli(160);

/// Whether an arrow's label stands beside the vertical line that leaves its box.
pub(super) fn beside_spine(grid: &Grid<'_>, link: &FlowLink) -> bool {
    match link.course {
        Course::Down => true,
        Course::Step { turn } => turn > grid.topology.place(link.from).row + 1,
        Course::Across | Course::Under | Course::Rise | Course::Outer | Course::Inner | Course::Bypass => false,
        Course::Hang | Course::Follow => false,
    }
}

impl Grid<'_> {
    /// The flow's text with labels on one line above arrows to neighbours and to boxes that hang, where some would else be
    /// folded.
    pub(super) fn whole_labels(&self) -> Option<Alternative> {
        let links = self.topology.links.iter().filter(|link| matches!(link.course, Course::Across | Course::Hang));
        let differs = |label: &Para| {
            let [folded, whole] = ACROSS_LABELS.map(|set| across_measure(label, set));
            folded < whole
        };
        let whole = |text: &FlowText| FlowText { labels: AcrossLabels::Whole, ..*text };
        let texts = || self.flow_texts.iter().map(whole).collect();
        let differ = links.filter_map(|link| self.branch_label(link)).any(differs);
        differ.then(|| Alternative { texts: texts(), worth: WORTH_WHOLE_LABELS })
    }

    /// An arrow's label.
    pub(crate) fn branch_label(&self, link: &FlowLink) -> Option<&Para> {
        self.content.branch_labels[link.from.0][link.index].as_ref()
    }

    /// The width of a label on a level of a space, from the middle of a lane, in halves: as far as the next lane's middle,
    /// where lines may come down.
    pub(crate) fn net_measure(&self, label: &Para, along: (usize, (usize, i32)), exit: i32, text: FlowText) -> Em {
        let (space, (half_lane, side)) = along;
        let inner = if side > 0 { half_lane / 2 } else { (half_lane / 2).saturating_sub(1) };
        let rows = space.saturating_sub(1)..self.topology.rows.len().min(space + 1);
        let steps = rows.map(|row| self.step((self.topology.kinds.of_row(row), inner), text));
        // What runs beside the main line ends the room of words on a level from the next lane.
        let inside = half_lane == 2 && side < 0 && self.topology.runs_inside(space..=space);
        let track =
            inside.then(|| self.axis((self.topology.kinds.of_row(space - 1), 1), text) - self.inner_track(text));
        let room =
            steps.chain(track).min().unwrap_or_default() - LABEL_SPACE * 2 - self.lanes.aside * 2 - EXIT * exit.abs();
        measure_in(label, room)
    }

    /// The width of a label at the outer side of a flow box: up to the line that passes in the lane beside it.
    pub(crate) fn port_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        if !self.topology.passed_beyond(stage) {
            return measure_in(label, free_measure(label));
        }
        let lane = self.lane_of(stage);
        measure_in(label, self.step(lane, text) - self.lane_width(lane, text) / 2 - Em::HALF - self.lanes.aside)
    }

    /// The label of an arrow that leaves a main box's side between the main line and the boxes beside it: above those.
    pub(crate) fn rising_label(&self, stage: StageIx) -> Option<&Para> {
        let leaves = |link: &&FlowLink| link.course == Course::Inner && !self.topology.outermost(stage);
        self.topology.from(stage).iter().filter(leaves).find_map(|link| self.branch_label(link))
    }

    /// The width of such a label: from its line to where the boxes of the row reach.
    pub(crate) fn rising_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        let (kind, _) = self.lane_of(stage);
        let room = self.extent(text).reaches[kind as usize] - self.inner_track(text) - LABEL_SPACE;
        measure_in(label, room)
    }

    /// The labels that stand beside the line below a flow box, top to bottom.
    pub(crate) fn spine_labels(&self, stage: StageIx) -> impl Iterator<Item = (FlowLink, &Para)> {
        let links = self.topology.from(stage).iter().filter(|link| beside_spine(self, link));
        links.filter_map(|link| Some((*link, self.branch_label(link)?)))
    }

    /// On which side of the line below a flow box a label stands, and how wide: towards the other columns where it fits,
    /// else where there is more room.
    pub(crate) fn beside(&self, label: &Para, stage: StageIx, text: FlowText) -> SpineLabel {
        let place = self.topology.place(stage);
        let (kind, lane) = self.lane_of(stage);
        let half_box = self.lane_width((kind, lane), text) / 2;
        let half = half_box - LABEL_SPACE;
        let next_lane = |inner: usize| self.step((kind, inner), text) - half_box - LABEL_SPACE - self.lanes.aside;
        let axis = self.axis((kind, lane), text);
        let inner = match place.lane {
            0 if self.gutter_is_free(place.row, &self.lanes.passes) => axis - half_box + GUTTER - LABEL_SPACE,
            0 => axis - half_box,
            lane if self.is_labelled(self.topology.rows[place.row][lane - 1]) => Em::ZERO,
            lane => next_lane(lane - 1),
        };
        let outer = if lane == 0 && self.topology.runs_inside(place.row + 1..=place.row + 1) {
            axis - half_box + INNER_TRACK - LABEL_SPACE
        } else if place.lane < self.topology.side_lanes_of(kind) {
            next_lane(place.lane)
        } else if self.topology.has_outer_lines() {
            self.extent(text).reaches[kind as usize] - axis - half_box + BEFORE_TRACK
        } else {
            self.extent(text).breadth - axis - half_box
        };
        // Nor beyond a line that runs past nearer to the boxes than that of the widest row.
        let line = self.line_past(place.row, text).map_or(outer, |line| line - axis - half_box - LABEL_SPACE);
        let outer = outer.min(line);
        let (out, into) = (self.exits(stage, 1), self.exits(stage, -1));
        let (inner, outer) = (half + inner - EXIT * into, half + outer - EXIT * out);
        let wanted = free_measure(label);
        // Not where another exit would stand between the label and its line, nor where boxes hang, or a comb's line runs.
        let outward = if lane == 0 && self.topology.has_column(place.row) {
            false
        } else if (out > 0) == (into > 0) {
            wanted > inner && outer > inner
        } else {
            into > 0
        };
        SpineLabel { outward, measure: measure_in(label, if outward { outer } else { inner }) }
    }

    /// Whether labels stand beside the line below a flow box; they may take the room up to the next lane.
    fn is_labelled(&self, stage: StageIx) -> bool {
        self.spine_labels(stage).next().is_some()
    }

    /// Whether arrows cross the gutter before the main line straight, in a row and the next.
    pub(super) fn gutter_is_free(&self, row: usize, passes: &[Vec<Pass>]) -> bool {
        let inner = self.faced().find(|&column| self.facing(column) != self.outward());
        let straight = |row: usize, column: Column| {
            let passed = passes[row].iter().any(|pass| pass.column == column);
            let crossed = self.slot(column, row).is_some_and(|slot| slot.crossed != (0, 0));
            !passed && !crossed && self.slot(column, row).is_none_or(|slot| slot.boxes.len() == 1)
        };
        inner.is_none_or(|column| (row..self.topology.rows.len().min(row + 2)).all(|row| straight(row, column)))
    }
}
