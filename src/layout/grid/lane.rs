//! What the lanes of rows of one kind need: their text, their shapes, the labels beside their lines, the space between them.

use super::Grid;
use super::labels::{across_measure, beside_spine, free_measure, word_width};
use super::lanes::Pass;
use super::shape::{ShapeRoom, SideText};
use super::widths::ACROSS_LABELS;
use crate::layout::metrics::{BARE_GAP, EXIT, GUTTER, LABEL_SPACE, LEAST_GAP};
use crate::layout::topology::kinds::RowKind;
use crate::layout::topology::{Course, FlowLink};
use crate::layout::words::block::Para;
use crate::model::StageIx;
use crate::unit::Em;

/// The lanes of rows of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct KindLanes {
    /// Each lane, the main line first.
    pub(super) lanes: Vec<Lane>,
    /// The space between each lane and the next: an arrow, and its label above it, folded or whole.
    pub(super) gaps: Vec<[Em; 2]>,
    /// Whether arrows come to main boxes from between them and the boxes beside them.
    pub(super) entered: bool,
    /// The width of the words above the arrows from main boxes that other arrows leave there, to the boxes beside them;
    /// folded or whole.
    pub(super) beyond: [Option<Em>; 2],
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
            let near = widest(grid, &near, &least);
            let room = |label: Option<Em>, more: i32| label.map_or(Em::ZERO, |width| width + Em::milli(more));
            ACROSS_LABELS.map(|set| {
                let across = widest(grid, &across, &|label| across_measure(label, set));
                bare.max(room(across, 700)).max(room(near, 800))
            })
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
        let mut mains = topology.rows_of_kind(kind).map(|row| topology.rows[row][0]);
        let left = |main: StageIx| topology.leaves_inside(main) && grid.lane_of(main).0 == kind;
        let across = |link: &FlowLink| {
            let words_above = link.course == Course::Across && (left(link.from) || left(link.to));
            words_above && topology.place(link.from).lane.min(topology.place(link.to).lane) == 0
        };
        let leaves_inside = mains.clone().any(left);
        let beyond = ACROSS_LABELS.map(|set| {
            let words = || widest(grid, &across, &|label| across_measure(label, set)).unwrap_or_default();
            leaves_inside.then(words)
        });
        let entered = mains.any(|main| topology.is_entered_inside(main));
        Self { lanes, gaps: (0..last).map(gap).collect(), entered, beyond }
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
        // No line leaves a box beyond its corners.
        let exits = |stage: StageIx| [1, -1].map(|side| grid.exits(stage, side)).into_iter().max();
        let exits = topology.lane(kind, lane).filter_map(exits).max().unwrap_or_default();
        let least = if exits > 0 { least.max(EXIT * (exits * 2 + 1)) } else { least };
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
