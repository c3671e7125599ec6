//! What the flow's arrows and their labels need: width between and beside the lanes, height in the spaces between rows and
//! at the sides of boxes.
//!
//! A space holds, top to bottom: arrows to the other columns that pass below boxes of the row above, boxes below the line of
//! that row, labels beside vertical lines, and the levels of its [`Channel`](super::channel::Channel), each with its labels
//! on top of its line.

use super::channel::ChannelLink;
use super::shape::{shape_room, side_width};
use super::topology::{Course, FlowLink};
use super::widths::{FlowText, PHASE_LETTER};
use super::{Grid, below};
use crate::layout::metrics::{FLOW_GAP, GUTTER, HEAD_LENGTH, LABEL_SPACE, TRACK};
use crate::layout::words::block::Para;
use crate::model::{Column, StageIx};
use crate::unit::Em;

/// What does not change with the body size.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Lanes {
    /// The space between each lane and the next: an arrow, and its label above it.
    pub(super) gaps: Vec<Em>,
    /// The space on the outer side: its arrows, and their labels.
    pub(in crate::layout) outer: Em,
    /// The widths of the text of side lanes, the first one's first; `None` where boxes hold more than names, which are as
    /// wide as the main line's.
    pub(super) sides: Vec<Option<Em>>,
    /// What the shapes of each lane's boxes add to the width of their text.
    pub(super) shapes: Vec<Em>,
    /// The least width of each lane, for the labels beside its line.
    pub(super) least: Vec<Em>,
    /// What lines beside the middle of a lane take of the room for labels.
    aside: Em,
    /// The arrows of each row that pass below its boxes, top to bottom.
    passes: Vec<Vec<Pass>>,
    /// The heights at each width that the flow's text is tried at.
    heights: Vec<Heights>,
}

/// Heights that the search for the body size asks for over and over.
#[derive(Clone, Debug)]
struct Heights {
    text: FlowText,
    /// Of each row's boxes and the labels between them.
    rows: Vec<Em>,
    /// Of what each space holds.
    spaces: Vec<Em>,
    /// Of the boxes in each space, which belong to the row above.
    below: Vec<Em>,
}

/// An arrow from a flow box to a column that other boxes of its row stand in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Pass {
    /// The flow box.
    pub(in crate::layout) stage: StageIx,
    /// The column that faces the flow on that side.
    pub(in crate::layout) column: Column,
}

/// The heights of what a space holds.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct SpaceHeights {
    /// Of the arrows that pass below the row above.
    pub(in crate::layout) passing: Em,
    /// Of the boxes below the line of the row above.
    pub(in crate::layout) below: Em,
    /// Of the labels beside vertical lines.
    pub(in crate::layout) spine: Em,
    /// Of each level with its labels; its line is at the bottom.
    pub(in crate::layout) bands: Vec<Em>,
    /// Of everything, down to the boxes below; zero where there is nothing.
    pub(in crate::layout) height: Em,
}

/// Where the label beside a vertical line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct SpineLabel {
    /// Whether on the outer side of the line.
    pub(in crate::layout) outward: bool,
    /// The width it is set to.
    pub(in crate::layout) measure: Em,
}

/// From the boxes to the first arrow that passes below them, and from one such arrow to the next.
pub(in crate::layout) const FIRST_PASS: Em = Em::milli(380);
pub(in crate::layout) const NEXT_PASS: Em = Em::milli(340);
/// The height of the first level without labels, and of each further one.
const FIRST_LEVEL: Em = Em::milli(300);
const NEXT_LEVEL: Em = Em::milli(600);
/// From the top of the space for labels to the labels.
pub(in crate::layout) const ABOVE_LABEL: Em = Em::milli(120);
/// The height of the words at a page's edge that tell where an arrow goes on.
pub(in crate::layout) const REFERENCE: Em = Em::milli(1300);
/// Between a label and the line below or above it.
pub(in crate::layout) const NEAR: Em = Em::milli(130);
/// From the lowest level to the boxes below: an arrow's head and a piece of its line.
pub(in crate::layout) const TAIL: Em = Em::milli(230);
/// How far from its lane's middle a box is entered that another line leaves there.
pub(in crate::layout) const ASIDE: Em = Em::milli(900);
/// From one exit at a box's bottom to the next.
pub(in crate::layout) const EXIT: Em = Em::milli(700);
/// The least space between two lanes, with an arrow from one to the other and without.
pub(super) const LEAST_GAP: Em = Em::milli(1300);
const BARE_GAP: Em = Em::milli(900);
/// How far two arrows that run both ways between neighbours stand apart.
pub(in crate::layout) const ABREAST: Em = Em::milli(560);
/// The width up to which a label stays on one line.
const LABEL_MEASURE: Em = Em::milli(4900);

/// The width that a label is set to where nothing limits it: one line where it is short, else two or three.
pub(super) fn free_measure(label: &Para) -> Em {
    let natural = label.natural_width();
    natural.min(LABEL_MEASURE.max(natural / 3 + Em::HALF)).max(label.least_width())
}

/// The width that a label above an arrow to the neighbour is set to: up to three characters on one line, else two or three
/// lines, so that the lanes stand near to each other.
fn across_measure(label: &Para) -> Em {
    let natural = label.natural_width();
    let lines = match () {
        () if natural <= Em::milli(2600) => 1,
        () if natural <= Em::milli(9800) => 2,
        () => 3,
    };
    let least = (natural / lines + if lines > 1 { Em::milli(250) } else { Em::ZERO }).max(label.least_width());
    // A little wider where words would else take a line more.
    let mut wider = (0..WIDER).map(|step| least + WIDER_STEP * step);
    wider.find(|&width| label.count_lines(width) <= lines as usize).unwrap_or(least)
}

/// So many times a label above an arrow may be so much wider than the even parts of its text.
const WIDER: i32 = 5;
const WIDER_STEP: Em = Em::milli(160);

impl Lanes {
    /// What a grid's flow needs.
    pub(in crate::layout) fn of(grid: &Grid<'_>) -> Self {
        let topology = grid.topology;
        let labels = |wanted: &dyn Fn(&FlowLink) -> bool, width: &dyn Fn(&Para) -> Em| {
            let links = topology.links.iter().filter(|link| wanted(link));
            links.filter_map(|link| grid.branch_label(link)).map(width).max()
        };
        let lanes = topology.side_lanes();
        let least = |para: &Para| para.least_width();
        let gap = |lane: usize| {
            let beside = |stage: StageIx| (lane..=lane + 1).contains(&topology.place(stage).lane);
            let across = |link: &FlowLink| link.course == Course::Across && beside(link.from) && beside(link.to);
            let near = |link: &FlowLink| beside(link.from) || beside(link.to);
            let bare = if topology.links.iter().any(across) { LEAST_GAP } else { BARE_GAP };
            let (across, near) = (labels(&across, &across_measure), labels(&near, &least));
            let room = |label: Option<Em>, more: i32| label.map_or(Em::ZERO, |width| width + Em::milli(more));
            bare.max(room(across, 700)).max(room(near, 800))
        };
        let gaps = (0..lanes).map(gap).collect();
        let at_side = |link: &FlowLink| {
            let outermost = topology.outermost(link.from) && topology.place(link.from).lane == lanes;
            link.course == Course::Outer && outermost
        };
        let outer = match topology.outer_tracks() {
            0 => Em::ZERO,
            tracks => {
                let label = labels(&at_side, &free_measure).map_or(Em::ZERO, |width| width + Em::milli(300));
                TRACK * tracks as i32 + Em::milli(250) + label
            }
        };
        let least_width = |lane: usize| {
            let spine = labels(&|link| beside_spine(grid, link) && topology.place(link.from).lane == lane, &least);
            spine.map_or(Em::ZERO, |width| (width + LABEL_SPACE) * 2)
        };
        let mut least_widths: Vec<Em> = (0..=lanes).map(least_width).collect();
        let boxes = |lane: usize| topology.lane(lane).map(|stage| &grid.content.stages[stage.0]);
        let mut sides: Vec<Option<Em>> = (1..=lanes).map(|lane| side_width(boxes(lane))).collect();
        let mut shapes: Vec<Em> = (0..=lanes).map(|lane| shape_room(boxes(lane))).collect();
        if topology.has_ranks() {
            // Boxes that stand before a lane have its width: the lane before it is no narrower.
            for lane in (1..lanes).rev() {
                sides[lane - 1] = sides[lane - 1].zip(sides[lane]).map(|(own, outer)| own.max(outer));
            }
            for widths in [&mut shapes, &mut least_widths] {
                for lane in (0..lanes).rev() {
                    widths[lane] = widths[lane].max(widths[lane + 1]);
                }
            }
        }
        let passes = (0..topology.rows.len()).map(|row| passes(grid, row)).collect();
        let aside = topology.channels.iter().any(|channel| channel.nets.iter().any(|net| net.aside != 0));
        let aside = if aside { ASIDE } else { Em::ZERO };
        Self { gaps, outer, sides, shapes, least: least_widths, aside, passes, heights: Vec::new() }
    }
}

/// Whether an arrow's label stands beside the vertical line that leaves its box.
fn beside_spine(grid: &Grid<'_>, link: &FlowLink) -> bool {
    match link.course {
        Course::Down => true,
        Course::Step { turn } => turn > grid.topology.place(link.from).row + 1,
        Course::Across | Course::Under | Course::Rise | Course::Outer | Course::Hang => false,
    }
}

/// The arrows of a row that pass below its boxes: those of the box nearest to the column first, so that none crosses
/// another.
fn passes(grid: &Grid<'_>, row: usize) -> Vec<Pass> {
    let mut passes = Vec::new();
    for column in grid.faced() {
        let stages = &grid.topology.rows[row];
        let mut behind: Vec<StageIx> = stages.iter().copied().filter(|&s| !grid.open_towards(s, column)).collect();
        if grid.facing(column) == grid.outward() {
            behind.reverse();
        }
        let led = behind.into_iter().filter(|&stage| !grid.targets(stage, row, column).is_empty());
        passes.extend(led.map(|stage| Pass { stage, column }));
    }
    passes
}

impl Grid<'_> {
    /// Reckons heights once for all widths that the flow's text is tried at.
    pub(super) fn reckon_heights(&mut self) {
        let rows = self.topology.rows.len();
        let at = |&text: &FlowText| Heights {
            text,
            rows: (0..rows).map(|row| self.reckoned_row_height(row, text)).collect(),
            spaces: (0..=rows).map(|space| self.room(space, text).height).collect(),
            below: (0..=rows).map(|space| self.reckoned_below(space, text)).collect(),
        };
        self.lanes.heights = self.flow_texts.iter().chain(&self.broken_names).map(at).collect();
    }

    fn heights(&self, text: FlowText) -> Option<&Heights> {
        self.lanes.heights.iter().find(|heights| heights.text == text)
    }

    fn space_height(&self, space: usize, text: FlowText) -> Em {
        self.heights(text).map_or_else(|| self.room(space, text).height, |heights| heights.spaces[space])
    }

    /// +1 where the outer side of the flow is on the right, −1 where it is on the left.
    pub(in crate::layout) fn outward(&self) -> i64 {
        if self.order.len() > 1 && self.order.last() == Some(&Column::Flow) { 1 } else { -1 }
    }

    /// The columns beside the flow.
    pub(in crate::layout) fn faced(&self) -> impl Iterator<Item = Column> + '_ {
        let pairs = self.order.windows(2).filter(|pair| pair.contains(&Column::Flow));
        pairs.map(|pair| if pair[0] == Column::Flow { pair[1] } else { pair[0] })
    }

    /// +1 where a column lies right of the flow, −1 where it lies left.
    pub(in crate::layout) fn facing(&self, column: Column) -> i64 {
        let at = |column| self.order.iter().position(|&other| other == column);
        if at(column) > at(Column::Flow) { 1 } else { -1 }
    }

    /// Whether no other box of its row stands between a flow box and a column.
    pub(super) fn open_towards(&self, stage: StageIx, column: Column) -> bool {
        if self.facing(column) == self.outward() {
            self.topology.outermost(stage)
        } else {
            self.topology.place(stage).lane == 0
        }
    }

    /// The arrows of a row that pass below its boxes, top to bottom.
    pub(in crate::layout) fn passes(&self, row: usize) -> &[Pass] {
        &self.lanes.passes[row]
    }

    /// An arrow's label.
    pub(in crate::layout) fn branch_label(&self, link: &FlowLink) -> Option<&Para> {
        self.content.branch_labels[link.from.0][link.index].as_ref()
    }

    /// The width of a label above an arrow to the neighbour.
    pub(in crate::layout) fn across_measure(&self, label: &Para) -> Em {
        across_measure(label)
    }

    /// The width of a label on a level, from the middle of a lane, in halves: as far as the next lane's middle, where lines may
    /// come down.
    pub(in crate::layout) fn net_measure(
        &self,
        label: &Para,
        (half_lane, side): (usize, i32),
        exit: i32,
        text: FlowText,
    ) -> Em {
        let lane = half_lane / 2;
        let gap = if side > 0 { self.gap(lane) } else { self.gap(lane.saturating_sub(1)) };
        let next = if side > 0 { lane + 1 } else { lane.saturating_sub(1) };
        let halves = (self.lane_width(lane, text) + self.lane_width(next, text)) / 2;
        let room = halves + gap - LABEL_SPACE * 2 - self.lanes.aside * 2 - EXIT * exit.abs();
        free_measure(label).min(room).max(label.least_width())
    }

    /// The width of a label at the outer side of a flow box: up to the line that passes in the lane beside it.
    pub(in crate::layout) fn port_measure(&self, label: &Para, stage: StageIx, text: FlowText) -> Em {
        let free = free_measure(label);
        if !self.topology.passed_beyond(stage) {
            return free;
        }
        let lane = self.topology.place(stage).lane;
        free.min(self.gap(lane) + self.lane_width(lane + 1, text) / 2 - Em::HALF - self.lanes.aside)
            .max(label.least_width())
    }

    /// The labels that stand beside the line below a flow box, top to bottom.
    pub(in crate::layout) fn spine_labels(&self, stage: StageIx) -> impl Iterator<Item = (FlowLink, &Para)> {
        let links = self.topology.from(stage).iter().filter(|link| beside_spine(self, link));
        links.filter_map(|link| Some((*link, self.branch_label(link)?)))
    }

    /// On which side of the line below a flow box a label stands, and how wide: towards the other columns where it fits,
    /// else where there is more room.
    pub(in crate::layout) fn beside(&self, label: &Para, stage: StageIx, text: FlowText) -> SpineLabel {
        let place = self.topology.place(stage);
        let half = self.lane_width(place.lane, text) / 2 - LABEL_SPACE;
        let next_lane = |gap: usize| {
            let next = if gap == place.lane { gap + 1 } else { gap };
            self.gap(gap) + self.lane_width(next, text) / 2 - LABEL_SPACE - self.lanes.aside
        };
        let inner = match place.lane {
            0 if self.gutter_is_free(place.row) => GUTTER - LABEL_SPACE,
            0 => Em::ZERO,
            lane if self.is_labelled(self.topology.rows[place.row][lane - 1]) => Em::ZERO,
            lane => next_lane(lane - 1),
        };
        let outer = match () {
            () if place.lane < self.topology.side_lanes() => next_lane(place.lane),
            () if self.topology.outer_tracks() > 0 => {
                self.lanes.outer - TRACK * self.topology.outer_tracks() as i32 - Em::milli(100)
            }
            () => Em::ZERO,
        };
        let (out, into) = (self.exits(stage, 1), self.exits(stage, -1));
        let (inner, outer) = (half + inner - EXIT * into, half + outer - EXIT * out);
        let wanted = free_measure(label);
        // Not where another exit would stand between the label and its line, nor where boxes hang.
        let outward = match () {
            () if !self.topology.hung_from(stage).is_empty() => false,
            () if (out > 0) == (into > 0) => wanted > inner && outer > inner,
            () => into > 0,
        };
        let measure = wanted.min(if outward { outer } else { inner }).max(label.least_width());
        SpineLabel { outward, measure }
    }

    /// How many exits leave a box's bottom beside its middle, on the outer (+1) or the inner side (−1).
    pub(in crate::layout) fn exits(&self, stage: StageIx, side: i32) -> i32 {
        let place = self.topology.place(stage);
        let hung = self.topology.hung_from(stage).first().filter(|_| side > 0);
        let hung = hung.map_or(0, |&topmost| self.topology.hung_exit(topmost));
        self.topology.channels[place.row + 1].exits(place.half_lane(), side).max(hung)
    }

    /// Whether labels stand beside the line below a flow box; they may take the room up to the next lane.
    fn is_labelled(&self, stage: StageIx) -> bool {
        self.spine_labels(stage).next().is_some()
    }

    /// Whether arrows cross the gutter before the main line straight, in a row and the next.
    fn gutter_is_free(&self, row: usize) -> bool {
        let inner = self.faced().find(|&column| self.facing(column) != self.outward());
        let straight = |row: usize, column: Column| {
            let passed = self.passes(row).iter().any(|pass| pass.column == column);
            let crossed = self.slot(column, row).is_some_and(|slot| slot.crossed != (0, 0));
            !passed && !crossed && self.slot(column, row).is_none_or(|slot| slot.boxes.len() == 1)
        };
        inner.is_none_or(|column| (row..self.topology.rows.len().min(row + 2)).all(|row| straight(row, column)))
    }

    /// What the space above row `space` holds.
    pub(in crate::layout) fn room(&self, space: usize, text: FlowText) -> SpaceHeights {
        let channel = &self.topology.channels[space];
        let (inner, spine) = self.spine_heights(space, text);
        let bands = self.level_heights(space, text);
        let passes = space.checked_sub(1).map_or(0, |row| self.passes(row).len()) as i32;
        let passing = if passes == 0 { Em::ZERO } else { FIRST_PASS + NEXT_PASS * (passes - 1) + Em::milli(200) };
        let spine = if spine == Em::ZERO { spine } else { spine + ABOVE_LABEL + Em::milli(100) };
        let below = self.reckoned_below(space, text);
        let tail = match () {
            () if channel.levels > 0 => HEAD_LENGTH + TAIL,
            () if spine > Em::ZERO => Em::milli(500),
            () if below > Em::ZERO => below::UNDER,
            () if passing > Em::ZERO => Em::milli(600),
            () => Em::ZERO,
        };
        let levels: Em = bands.iter().copied().sum();
        let beside = if inner == Em::ZERO { inner } else { passing + inner + ABOVE_LABEL + Em::milli(600) };
        SpaceHeights { passing, below, spine, bands, height: (passing + below + spine + levels + tail).max(beside) }
    }

    /// The heights of the labels beside vertical lines in a space: those on the inner side of the main line, where no
    /// level comes, and those that stand above all levels.
    fn spine_heights(&self, space: usize, text: FlowText) -> (Em, Em) {
        let (mut inner, mut spine) = (Em::ZERO, Em::ZERO);
        let Some(row) = space.checked_sub(1) else { return (inner, spine) };
        for &stage in &self.topology.rows[row] {
            let mut beside = [Em::ZERO; 2];
            for (_, label) in self.spine_labels(stage) {
                let place = self.beside(label, stage, text);
                beside[usize::from(place.outward)] += label.height(place.measure);
            }
            let lane = self.topology.place(stage).lane;
            if lane == 0 && !self.topology.channels[space].enters_aside(0, -1) {
                inner = inner.max(beside[0]);
                spine = spine.max(beside[1]);
            } else {
                spine = spine.max(beside[0].max(beside[1]));
            }
        }
        (inner, spine)
    }

    /// The height of each level of a space with its labels.
    fn level_heights(&self, space: usize, text: FlowText) -> Vec<Em> {
        let channel = &self.topology.channels[space];
        let mut bands = vec![Em::ZERO; channel.levels];
        for net in &channel.nets {
            let comes_down = |crossing: &&ChannelLink| {
                crossing.top.is_some() && self.topology.place(crossing.link.from).row + 1 == space
            };
            let labels = net.crossings.iter().filter(comes_down);
            let height = |crossing: &ChannelLink| {
                let label = self.branch_label(&crossing.link)?;
                Some(
                    label.height(self.net_measure(label, net.label_side(crossing), crossing.exit, text))
                        + NEAR
                        + ABOVE_LABEL,
                )
            };
            let labels = labels.filter_map(height);
            let bare = if net.level == 0 { FIRST_LEVEL } else { NEXT_LEVEL };
            let band = &mut bands[net.level];
            *band = labels.max().unwrap_or_default().max(bare).max(*band);
        }
        bands
    }

    /// What the space below a row needs besides the least gap.
    pub(super) fn room_below(&self, row: usize, text: FlowText) -> Em {
        (self.space_height(row + 1, text) - FLOW_GAP).max(Em::ZERO)
    }

    /// What the space above row `space` needs where a page ends there.
    pub(super) fn room_at_end(&self, space: usize, text: FlowText) -> Em {
        self.at_edge(self.space_height(space, text), space)
    }

    /// What the space above row `space` needs where a page begins there: the boxes that stand in it are on the page before.
    pub(super) fn room_at_begin(&self, space: usize, text: FlowText) -> Em {
        let below = self.heights(text).map_or_else(|| self.reckoned_below(space, text), |heights| heights.below[space]);
        self.at_edge((self.space_height(space, text) - below).max(Em::ZERO), space)
    }

    /// The height of the boxes in a space, which belong to the row above.
    fn reckoned_below(&self, space: usize, text: FlowText) -> Em {
        space.checked_sub(1).map_or(Em::ZERO, |row| self.below_height(row, text))
    }

    fn at_edge(&self, height: Em, space: usize) -> Em {
        let words = self.reference_height(space);
        if words > Em::ZERO { height.max(FLOW_GAP) + words } else { height }
    }

    /// The height of the words that tell where arrows go on, where a page begins or ends above row `space`: those of the
    /// lanes on one line, those of each outer track on a line of its own.
    pub(in crate::layout) fn reference_height(&self, space: usize) -> Em {
        let lines = usize::from(self.topology.passes_break(space)) + self.topology.outer_breaks(space).len();
        REFERENCE * lines as i32
    }

    /// The height of a row's tallest flow box, and of the labels of arrows between its boxes.
    pub(in crate::layout) fn flow_row_height(&self, row: usize, text: FlowText) -> Em {
        self.heights(text).map_or_else(|| self.reckoned_row_height(row, text), |heights| heights.rows[row])
    }

    fn reckoned_row_height(&self, row: usize, text: FlowText) -> Em {
        let stages = self.topology.rows[row].iter();
        let boxes = stages.clone().map(|stage| self.stage_height(*stage, text));
        let links = stages.flat_map(|stage| self.topology.from(*stage)).filter(|link| link.course == Course::Across);
        let labels = links.filter_map(|link| self.branch_label(link));
        let labels = labels.map(|label| (label.height(self.across_measure(label)) + NEAR * 2 + ABREAST / 2) * 2);
        let phase = self.content.phases.iter().find(|phase| phase.rows.contains(&row));
        let phase = phase.map(|phase| PHASE_LETTER * (phase.name.len() as i32 + 1) / phase.rows.len() as i32);
        boxes.chain(labels).chain(phase).max().unwrap_or_default()
    }
}
