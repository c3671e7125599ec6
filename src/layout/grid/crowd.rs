//! Rows that hold many boxes, and the others. Each kind has lanes of its own, as wide as its rows need: boxes that stand
//! close in one row don't narrow those of rows with room to spare.

use super::Grid;
use super::labels::{across_measure, beside_spine, free_measure, word_width};
use super::lanes::{BARE_GAP, LEAST_GAP, Pass};
use super::shape::{ShapeRoom, SideText};
use super::topology::{Course, FlowLink, Topology};
use crate::layout::metrics::{GUTTER, LABEL_SPACE};
use crate::layout::words::block::Para;
use crate::model::StageIx;
use crate::unit::Em;

/// How many boxes a row has to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowKind {
    /// A few: a main box, and perhaps one beside it. All rows, where none differ.
    #[default]
    Roomy,
    /// More side by side, or some below its line.
    Crowded,
}

impl RowKind {
    /// The other kind.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Roomy => Self::Crowded,
            Self::Crowded => Self::Roomy,
        }
    }
}

/// Both kinds.
pub(crate) const KINDS: [RowKind; 2] = [RowKind::Roomy, RowKind::Crowded];

/// So many lanes make a row crowded.
const MANY: usize = 3;

/// The kind of each row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    /// By row; empty where all are alike.
    of_row: Vec<RowKind>,
    /// Whether lines run in lanes from rows of one kind to those of the other: then the middles of their lanes stand under
    /// each other.
    pub(super) aligned: bool,
}

impl Kinds {
    /// The kinds of a topology's rows, whose arrows have their courses.
    pub(super) fn of(topology: &Topology) -> Self {
        let kind = |row: usize| {
            let crowded = topology.lanes(row) >= MANY || !topology.below[row].boxes.is_empty();
            if crowded { RowKind::Crowded } else { RowKind::Roomy }
        };
        let of_row: Vec<RowKind> = (0..topology.rows.len()).map(kind).collect();
        if of_row.windows(2).all(|pair| pair[0] == pair[1]) {
            return Self::default();
        }
        let kinds = Self { of_row, aligned: false };
        Self { aligned: kinds.meet(topology), ..kinds }
    }

    /// Whether lines beside the main one run from rows of one kind into those of the other.
    fn meet(&self, topology: &Topology) -> bool {
        let down = topology.links.iter().filter(|link| link.course == Course::Down);
        let mut straight = down.filter(|link| topology.place(link.from).half_lane() > 0);
        let differ = |a: usize, b: usize| self.of_row[a] != self.of_row[b];
        let mut spaces = 1..topology.rows.len();
        topology.passes_beside()
            || straight.any(|link| differ(topology.place(link.from).row, topology.place(link.to).row))
            || spaces.any(|space| differ(space - 1, space) && topology.channels[space].joins_lanes())
    }

    /// The kind of a row.
    pub(crate) fn of_row(&self, row: usize) -> RowKind {
        self.of_row.get(row).copied().unwrap_or_default()
    }

    /// Whether there are rows of both kinds.
    pub(super) fn differ(&self) -> bool {
        !self.of_row.is_empty()
    }
}

/// The lanes of rows of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct KindLanes {
    /// Each lane, the main line first.
    pub(super) lanes: Vec<Lane>,
    /// The space between each lane and the next: an arrow, and its label above it.
    pub(super) gaps: Vec<Em>,
    /// Whether arrows come to main boxes from between them and the boxes beside them.
    pub(super) entered: bool,
}

/// What the boxes of a lane need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    /// The width of their text; `None` on the main line, where it is tried at several.
    pub(super) text: Option<SideText>,
    /// What their shapes need beyond that.
    pub(super) shape: ShapeRoom,
    /// The least width, for the labels beside the lane's line.
    pub(super) least: Em,
    /// The space on the outer side for the labels of arrows that leave boxes there.
    pub(super) beside: Em,
}

impl KindLanes {
    /// What rows of a kind need.
    pub(super) fn of(grid: &Grid<'_>, kind: RowKind, passes: &[Vec<Pass>]) -> Self {
        let topology = grid.topology;
        if topology.rows_of_kind(kind).next().is_none() {
            return Self::default();
        }
        let last = topology.side_lanes_of(kind);
        let gap = |lane: usize| {
            let beside = |stage: StageIx| {
                let (of, at) = grid.lane_of(stage);
                (topology.kinds.aligned || of == kind) && (lane..=lane + 1).contains(&at)
            };
            let across = |link: &FlowLink| link.course == Course::Across && beside(link.from) && beside(link.to);
            let near = |link: &FlowLink| beside(link.from) || beside(link.to);
            let bare = if topology.links.iter().any(across) { LEAST_GAP } else { BARE_GAP };
            let least = |para: &Para| para.least_width();
            let (across, near) = (widest(grid, &across, &across_measure), widest(grid, &near, &least));
            let room = |label: Option<Em>, more: i32| label.map_or(Em::ZERO, |width| width + Em::milli(more));
            bare.max(room(across, 700)).max(room(near, 800))
        };
        let mut lanes: Vec<Lane> = (0..=last).map(|lane| Lane::of(grid, (kind, lane), passes)).collect();
        if topology.has_ranks(kind) {
            // Boxes that stand before a lane have its width: the lane before it is no narrower.
            for lane in (0..last).rev() {
                let (own, outer) = (lanes[lane], lanes[lane + 1]);
                let widest = || own.text.zip(outer.text).map(|(own, outer)| own.max(outer));
                let text = if lane == 0 { own.text } else { widest() };
                lanes[lane] =
                    Lane { text, shape: own.shape.max(outer.shape), least: own.least.max(outer.least), ..own };
            }
        }
        let entered = topology.rows_of_kind(kind).any(|row| topology.is_entered_inside(topology.rows[row][0]));
        Self { lanes, gaps: (0..last).map(gap).collect(), entered }
    }
}

impl Lane {
    fn of(grid: &Grid<'_>, (kind, lane): (RowKind, usize), passes: &[Vec<Pass>]) -> Self {
        let topology = grid.topology;
        let here = |link: &FlowLink| grid.lane_of(link.from) == (kind, lane);
        let leaves = |link: &&FlowLink| beside_spine(grid, link) && here(link);
        let at_side = |link: &FlowLink| {
            let leaves = link.course == Course::Outer && topology.outermost(link.from);
            here(link) && (leaves || link.course == Course::Inner)
        };
        let half = |link: &FlowLink| {
            let width = word_width(grid.branch_label(link)?) + LABEL_SPACE;
            let free = lane == 0 && grid.gutter_is_free(topology.place(link.from).row, passes);
            Some(if free { width - (GUTTER - LABEL_SPACE) } else { width })
        };
        let least = topology.links.iter().filter(leaves).filter_map(half).max().map_or(Em::ZERO, |half| half * 2);
        let boxes = topology.lane(kind, lane).map(|stage| &grid.content.stages[stage.0]);
        let main = lane == 0 && kind == RowKind::Roomy;
        let text = (!main).then(|| SideText::of(boxes.clone(), lane == 0));
        let beside = widest(grid, &at_side, &free_measure).map_or(Em::ZERO, |width| width + Em::milli(300));
        Self { text, shape: ShapeRoom::of(boxes), least, beside }
    }
}

/// The greatest width that the labels of some arrows ask for.
fn widest(grid: &Grid<'_>, wanted: &dyn Fn(&FlowLink) -> bool, width: &dyn Fn(&Para) -> Em) -> Option<Em> {
    let links = grid.topology.links.iter().filter(|link| wanted(link));
    links.filter_map(|link| grid.branch_label(link)).map(width).max()
}
