//! What the flow's arrows and their labels need: width between and beside the lanes, height in the spaces between rows and
//! at the sides of boxes.
//!
//! A space holds, top to bottom: arrows to the other columns that pass below boxes of the row above, boxes below the line of
//! that row, labels beside vertical lines, and the levels of its [`Channel`](crate::layout::topology::channel::Channel), each with its labels
//! on top of its line.

use super::Grid;
use super::comb::Beside;
use super::labels::across_measure;
use super::lane::KindLanes;
use super::widths::{Extent, FlowText};
use crate::layout::metrics::{
    ABOVE_LABEL, ABREAST, ASIDE, FIRST_PASS, FLOW_GAP, HANG_UNDER, HEAD_LENGTH, NEAR, NEXT_PASS, REFERENCE, TAIL,
};
use crate::layout::topology::Course;
use crate::layout::topology::channel::ChannelLink;
use crate::layout::topology::kinds::{KINDS, RowKind};
use crate::layout::words::content::PHASE_LETTER;
use crate::model::{Column, StageIx};
use crate::unit::Em;

/// What does not change with the body size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lanes {
    /// The lanes of rows of each kind.
    kinds: [KindLanes; 2],
    /// The width between the main line and the first lane that arrows to boxes that hang need, in rows of each kind; held
    /// before the extents, which ask for it.
    hung_gaps: Vec<(FlowText, [Em; 2])>,
    /// What lines beside the middle of a lane take of the room for labels.
    pub(super) aside: Em,
    /// The arrows of each row that pass below its boxes, top to bottom.
    pub(super) passes: Vec<Vec<Pass>>,
    /// How far the flow reaches, at each width that its text is tried at.
    pub(super) extents: Vec<Extent>,
    /// What else is asked for again and again, at each of them.
    measures: Vec<Measures>,
}

/// What the search for the body size asks for over and over.
#[derive(Clone, Debug)]
struct Measures {
    text: FlowText,
    /// Of each row's boxes and the labels between them.
    rows: Vec<Em>,
    /// Of what each space holds.
    spaces: Vec<Em>,
    /// Of the boxes in each space, which belong to the row above.
    below: Vec<Em>,
    /// What the lane beside the main line holds in each row.
    beside: Vec<Option<Beside>>,
}

/// An arrow from a flow box to a column that other boxes of its row stand in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    /// The flow box.
    pub(crate) stage: StageIx,
    /// The column that faces the flow on that side.
    pub(crate) column: Column,
}

/// The heights of what a space holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpaceHeights {
    /// Of the arrows that pass below the row above.
    pub(crate) passing: Em,
    /// Of the boxes below the line of the row above.
    pub(crate) below: Em,
    /// Of the labels beside vertical lines.
    pub(crate) spine: Em,
    /// Of each level with its labels; its line is at the bottom.
    pub(crate) bands: Vec<Em>,
    /// Of everything, down to the boxes below; zero where there is nothing.
    pub(crate) height: Em,
}

/// The height of the first level without labels, and of each further one.
const FIRST_LEVEL: Em = Em::milli(300);
const NEXT_LEVEL: Em = Em::milli(600);
/// From the last label beside a vertical line to the box below: they may stand beside the arrow's head.
pub(super) const UNDER_LABEL: Em = Em::milli(200);

impl Lanes {
    /// What a grid's flow needs.
    pub(crate) fn of(grid: &Grid<'_>) -> Self {
        let topology = grid.topology;
        let passes: Vec<Vec<Pass>> = (0..topology.rows.len()).map(|row| passes(grid, row)).collect();
        let kinds = KINDS.map(|kind| KindLanes::of(grid, kind, &passes));
        let aside = topology.channels.iter().any(|channel| channel.nets.iter().any(|net| net.aside != 0));
        let aside = if aside { ASIDE } else { Em::ZERO };
        Self { kinds, aside, passes, ..Self::default() }
    }

    /// The lanes of rows of a kind.
    pub(super) fn of_kind(&self, kind: RowKind) -> &KindLanes {
        &self.kinds[kind as usize]
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
    /// Takes measures once for all widths that the flow's text is tried at.
    pub(super) fn take_measures(&mut self) {
        let texts: Vec<FlowText> =
            self.flow_texts.iter().chain(self.alternatives.iter().flat_map(|other| &other.texts)).copied().collect();
        self.lanes.hung_gaps =
            texts.iter().map(|&text| (text, KINDS.map(|kind| self.reckoned_hung_gap(kind, text)))).collect();
        self.lanes.extents = texts.iter().map(|&text| self.reckoned_extent(text)).collect();
        let rows = self.topology.rows.len();
        let at = |&text: &FlowText| Measures {
            text,
            rows: (0..rows).map(|row| self.reckoned_row_height(row, text)).collect(),
            spaces: (0..=rows).map(|space| self.room(space, text).height).collect(),
            below: (0..=rows).map(|space| self.reckoned_below(space, text)).collect(),
            beside: (0..rows).map(|row| self.reckoned_beside(row, text)).collect(),
        };
        self.lanes.measures = texts.iter().map(at).collect();
    }

    fn measures(&self, text: FlowText) -> Option<&Measures> {
        self.lanes.measures.iter().find(|measures| measures.text == text)
    }

    /// What the arrows to boxes that hang need with their labels between the main line and the first lane, in rows of a kind.
    pub(super) fn hung_gap(&self, kind: RowKind, text: FlowText) -> Em {
        let held = self.lanes.hung_gaps.iter().find(|(of, _)| *of == text);
        held.map_or_else(|| self.reckoned_hung_gap(kind, text), |(_, gaps)| gaps[kind as usize])
    }

    /// What the lane beside the main line holds in a row; `None` where no comb floats there nor in the rows beside it.
    pub(crate) fn beside_row(&self, row: usize, text: FlowText) -> Option<Beside> {
        self.measures(text).map_or_else(|| self.reckoned_beside(row, text), |measures| measures.beside[row])
    }

    fn space_height(&self, space: usize, text: FlowText) -> Em {
        self.measures(text).map_or_else(|| self.room(space, text).height, |measures| measures.spaces[space])
    }

    /// +1 where the outer side of the flow is on the right, −1 where it is on the left.
    pub(crate) fn outward(&self) -> i64 {
        if self.order.len() > 1 && self.order.last() == Some(&Column::Flow) { 1 } else { -1 }
    }

    /// The columns beside the flow.
    pub(crate) fn faced(&self) -> impl Iterator<Item = Column> + '_ {
        let pairs = self.order.windows(2).filter(|pair| pair.contains(&Column::Flow));
        pairs.map(|pair| if pair[0] == Column::Flow { pair[1] } else { pair[0] })
    }

    /// +1 where a column lies right of the flow, −1 where it lies left.
    pub(crate) fn facing(&self, column: Column) -> i64 {
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
    pub(crate) fn passes(&self, row: usize) -> &[Pass] {
        &self.lanes.passes[row]
    }

    /// How many exits leave a box's bottom beside its middle, on the outer (+1) or the inner side (−1).
    pub(crate) fn exits(&self, stage: StageIx, side: i32) -> i32 {
        let place = self.topology.place(stage);
        let hung = self.topology.hung_from(stage).next().filter(|_| side > 0);
        let hung = hung.map_or(0, |topmost| self.topology.hung_exit(topmost));
        self.topology.channels[place.row + 1].exits(place.half_lane(), side).max(hung)
    }

    /// What the space above row `space` holds.
    pub(crate) fn room(&self, space: usize, text: FlowText) -> SpaceHeights {
        let channel = &self.topology.channels[space];
        let (inner, spine) = self.spine_heights(space, text);
        let bands = self.level_heights(space, text);
        let passes = space.checked_sub(1).map_or(0, |row| self.passes(row).len()) as i32;
        let passing = if passes == 0 { Em::ZERO } else { FIRST_PASS + NEXT_PASS * (passes - 1) + Em::milli(200) };
        let spine = if spine == Em::ZERO { spine } else { spine + ABOVE_LABEL + Em::milli(100) };
        let below = self.reckoned_below(space, text);
        let tail = if channel.levels > 0 {
            HEAD_LENGTH + TAIL
        } else if spine > Em::ZERO {
            UNDER_LABEL
        } else if below > Em::ZERO {
            HANG_UNDER
        } else if passing > Em::ZERO {
            Em::milli(600)
        } else {
            Em::ZERO
        };
        let levels: Em = bands.iter().copied().sum();
        let beside = if inner == Em::ZERO { inner } else { passing + inner + ABOVE_LABEL + UNDER_LABEL };
        let main = self.topology.rows.get(space).map(|row| row[0]);
        let rising = main.and_then(|main| {
            let label = self.rising_label(main)?;
            Some(label.height(self.rising_measure(label, main, text)) + ABOVE_LABEL + NEAR)
        });
        let height = (passing + below + spine + levels + tail).max(beside).max(rising.unwrap_or_default());
        SpaceHeights { passing, below, spine, bands, height }
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
            let on_level = |crossing: &&ChannelLink| crossing.link.course != Course::Hang;
            let labels = net.crossings.iter().filter(comes_down).filter(on_level);
            let height = |crossing: &ChannelLink| {
                let label = self.branch_label(&crossing.link)?;
                Some(
                    label.height(self.net_measure(label, (space, net.label_side(crossing)), crossing.exit, text))
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
    pub(crate) fn room_at_begin(&self, space: usize, text: FlowText) -> Em {
        let below =
            self.measures(text).map_or_else(|| self.reckoned_below(space, text), |measures| measures.below[space]);
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
    pub(crate) fn reference_height(&self, space: usize) -> Em {
        let lines = usize::from(self.topology.passes_break(space)) + self.topology.outer_breaks(space).len();
        REFERENCE * lines as i32
    }

    /// The height of a row's tallest flow box, and of the labels of arrows between its boxes.
    pub(crate) fn flow_row_height(&self, row: usize, text: FlowText) -> Em {
        self.measures(text).map_or_else(|| self.reckoned_row_height(row, text), |measures| measures.rows[row])
    }

    fn reckoned_row_height(&self, row: usize, text: FlowText) -> Em {
        let stages = self.topology.rows[row].iter();
        let boxes = stages.clone().map(|stage| self.stage_height(*stage, text));
        let links = stages.flat_map(|stage| self.topology.from(*stage)).filter(|link| link.course == Course::Across);
        let labels = links.filter_map(|link| self.branch_label(link));
        let labels =
            labels.map(|label| (label.height(across_measure(label, text.labels)) + NEAR * 2 + ABREAST / 2) * 2);
        let phase = self.content.phases.iter().find(|phase| phase.rows.contains(&row));
        let names = self.content.phase_names;
        let phase = phase.map(|phase| (phase.name_height(names) + PHASE_LETTER) / phase.rows.len() as i32);
        boxes.chain(labels).chain(phase).chain([self.tooth_height(row, text)]).max().unwrap_or_default()
    }
}
