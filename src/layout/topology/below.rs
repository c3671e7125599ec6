//! What stands below a row's line, so that the flow is no wider than it has to be.
//!
//! - Boxes that of their row the main box alone leads to hang there, under each other in the lane beside the main line. Their
//!   arrows leave its bottom on the outer side, that of the topmost box outermost, so that none crosses another: down, then
//!   across to the box's side with the label on top of that line. What leads on from them leaves their outer side, back to
//!   the main box too; from the lowest one also its bottom, down to the next row. What comes from other rows enters at the
//!   outer side.
//! - What follows a box beside the main one stands right under it, and what follows that one under it: the flow runs down
//!   there as the main line does. So does what follows a box that hangs; the main box may lead to it too.
//! - Boxes that the main box above leads to stand there as the teeth of a comb, under each other beside the row's main box:
//!   one line runs down between the lanes, and each of their arrows parts from it with its label. Such a comb may float:
//!   stand higher or lower than level with that box. Those that the row's own main box leads to stand so too where the rows
//!   below leave them the room: the line comes from its side, and the first of them is level with it; or from its bottom,
//!   where other boxes stand beside it, and all of them are below these.
//! - Of four and more boxes that one box leads to side by side, and that lead on to one box, half stand in a second rank
//!   under the bus that they share: between the lanes of the first rank, whose arrows run down between them as theirs
//!   come down between those.

use std::collections::BTreeSet;

use super::kinds::RowKind;
use super::{Course, FlowLink, Topology};
use crate::model::{Chart, StageIx};

/// The boxes below a row's line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Below {
    /// The boxes: of a second rank from the main line outwards, else top to bottom.
    pub(crate) boxes: Vec<StageIx>,
    /// Those of them that the box right above leads to.
    pub(crate) following: Vec<StageIx>,
    /// How they stand.
    pub(crate) stand: Stand,
}

/// How boxes stand below a row's line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Under each other, from the row's main box or from the box right above.
    #[default]
    Hanging,
    /// Under each other beside the row's main box, from the main box above.
    Comb,
    /// Under each other beside the row's main box, from that itself.
    OwnComb,
    /// Side by side, between the lanes of those on the line.
    Ranked,
}

impl Below {
    /// The boxes that stand under each other.
    pub(crate) fn column(&self) -> &[StageIx] {
        if self.stand == Stand::Ranked { &[] } else { &self.boxes }
    }

    /// Whether boxes stand as a comb.
    pub(super) fn is_comb(&self) -> bool {
        matches!(self.stand, Stand::Comb | Stand::OwnComb) && !self.boxes.is_empty()
    }
}

/// The lane in which boxes hang.
pub(super) const LANE: usize = 1;
impl Topology {
    /// Whether a box is a tooth of a comb.
    pub(crate) fn is_tooth(&self, stage: StageIx) -> bool {
        let below = &self.below[self.place(stage).row];
        below.is_comb() && below.boxes.contains(&stage)
    }

    /// Whether a comb stands beside a row's main box.
    pub(crate) fn has_comb(&self, row: usize) -> bool {
        self.below[row].is_comb()
    }

    /// Whether boxes stand under each other beside a row's main box, below its line.
    pub(crate) fn has_column(&self, row: usize) -> bool {
        !self.below[row].column().is_empty()
    }

    /// Whether a row's comb comes from the main box that it stands beside.
    pub(crate) fn has_own_comb(&self, row: usize) -> bool {
        self.has_comb(row) && self.below[row].stand == Stand::OwnComb
    }

    /// Whether the line to such a comb comes from the side of the main box: no other box stands there.
    pub(crate) fn is_level_comb(&self, row: usize) -> bool {
        self.has_own_comb(row) && self.rows[row].len() == 1
    }

    /// Whether a comb stands beside a row's main box which reaches past other rows, and may be higher or lower than level
    /// with it if it is not its own.
    pub(crate) fn floats(&self, row: usize) -> bool {
        self.floating.get(row).copied().unwrap_or(false)
    }

    /// Which rows have such combs.
    pub(super) fn floating(&self, chart: &Chart) -> Vec<bool> {
        let phase = |row: usize| chart.phase(self.rows[row][0]).map(|phase| &phase.value);
        let mut floating = vec![false; self.rows.len()];
        for row in 0..self.rows.len() {
            let above = row.checked_sub(1);
            let forks = above.is_some_and(|above| {
                let mut crossings = self.channels[row].nets.iter().flat_map(|net| &net.crossings);
                (self.below[above].boxes.is_empty() || floating[above])
                    && crossings.all(|crossing| crossing.link.course == Course::Hang)
                    && phase(row) == phase(above)
            });
            let free = self.has_own_comb(row) || (self.has_comb(row) && forks);
            floating[row] = free && self.channels[row + 1].leaving == 0;
        }
        floating
    }

    /// Whether a box stands under others below its row's line: hangs, follows one, or is a tooth of a comb.
    pub(crate) fn hangs(&self, stage: StageIx) -> bool {
        self.below[self.place(stage).row].column().contains(&stage)
    }

    /// The boxes that hang from a box, top to bottom.
    pub(crate) fn hung_from(&self, stage: StageIx) -> impl DoubleEndedIterator<Item = StageIx> + '_ {
        let place = self.place(stage);
        let below = &self.below[place.row];
        let hanging = place.lane == 0 && below.stand == Stand::Hanging;
        let boxes = if hanging { &below.boxes[..] } else { &[] };
        boxes.iter().copied().filter(|&hung| self.hung_link(hung).is_some())
    }

    /// The arrow to a box that hangs, or to a tooth of a comb.
    pub(crate) fn hung_link(&self, stage: StageIx) -> Option<&FlowLink> {
        self.links.iter().find(|link| link.to == stage && link.course == Course::Hang)
    }

    /// The arrow to a box from the one right above it.
    pub(crate) fn following_link(&self, stage: StageIx) -> Option<&FlowLink> {
        self.links.iter().find(|link| link.to == stage && link.course == Course::Follow)
    }

    /// Whether a box stands under the one that leads to it.
    pub(super) fn follows(&self, stage: StageIx) -> bool {
        self.below[self.place(stage).row].following.contains(&stage)
    }

    /// Whether no line leaves a box's bottom but to the box below it: others stand there in its lane, or it is of a comb,
    /// which what leaves the row may not part from the next one.
    pub(super) fn stands_over(&self, stage: StageIx) -> bool {
        let place = self.place(stage);
        let column = self.below[place.row].column();
        place.lane == LANE && column.last().is_some_and(|&last| last != stage) || self.is_tooth(stage)
    }

    /// Whether boxes stand below the lines of rows.
    pub(crate) fn is_compact(&self) -> bool {
        self.below.iter().any(|below| !below.boxes.is_empty())
    }

    /// Whether some boxes of rows of a kind stand in a second rank.
    pub(crate) fn has_ranks(&self, kind: RowKind) -> bool {
        self.rows_of_kind(kind).any(|row| self.below[row].stand == Stand::Ranked)
    }

    /// Whether boxes that one leads to stand otherwise than side by side.
    pub(crate) fn parts_siblings(&self) -> bool {
        self.below.iter().any(|below| below.stand == Stand::Ranked || below.is_comb())
    }

    /// Whether a second rank reaches half a lane beyond the outermost lane of rows of a kind.
    pub(crate) fn overhangs(&self, kind: RowKind) -> bool {
        let lanes = self.side_lanes_of(kind) + 1;
        let reaches = |below: &Below| below.stand == Stand::Ranked && below.boxes.len() == lanes;
        self.rows_of_kind(kind).any(|row| reaches(&self.below[row]))
    }

    /// The main boxes of rows in which an arrow would run where boxes hang: out of the bottom of a box above them, or into
    /// it; or through a comb to the main box beside it.
    pub(super) fn obstructed(&self) -> BTreeSet<StageIx> {
        let at_bottom = |link: &FlowLink| match link.course {
            Course::Down | Course::Step { .. } | Course::Bypass => vec![link.from],
            Course::Under => vec![link.from, link.to],
            Course::Outer if !self.outermost(link.from) => vec![link.from],
            Course::Outer | Course::Across | Course::Rise | Course::Inner | Course::Hang | Course::Follow => Vec::new(),
        };
        let boxes = self.links.iter().flat_map(at_bottom).filter(|&stage| self.obstructs(stage));
        let mains = boxes.map(|stage| self.rows[self.place(stage).row][0]);
        let hung_below = mains.filter(|&main| !self.has_comb(self.place(main).row));
        let through = self.links.iter().filter(|link| matches!(link.course, Course::Outer | Course::Rise));
        let behind_comb = |&stage: &StageIx| self.place(stage).lane == 0 && self.has_comb(self.place(stage).row);
        let combs = (0..self.rows.len()).filter(|&row| self.has_own_comb(row) && self.channels[row + 1].levels > 0);
        let combs = combs.map(|row| self.rows[row][0]);
        hung_below.chain(through.map(|link| link.to).filter(behind_comb)).chain(combs).collect()
    }

    /// Whether lines at a box's bottom meet what hangs in its row: the boxes, or the lines that lead on from them.
    fn obstructs(&self, stage: StageIx) -> bool {
        let place = self.place(stage);
        let lead_on = |&hung: &StageIx| !self.from(hung).is_empty();
        let beyond = place.lane > LANE && !self.hangs(stage);
        self.stands_over(stage) || (beyond && self.below[place.row].column().iter().any(lead_on))
    }

    /// How far below its row's line a box that hangs meets the outer side, in parts of what lies between that line and the
    /// space below; zero for other boxes.
    pub(super) fn hung_depth(&self, stage: StageIx) -> (usize, usize) {
        let below = &self.below[self.place(stage).row];
        let first = usize::from(!below.is_comb() || self.rows[self.place(stage).row].len() > 1);
        let at = below.column().iter().position(|&other| other == stage);
        at.map_or((0, 1), |at| (at + first, below.boxes.len() + 1))
    }

    /// The boxes of a row: those on its line, then those below it.
    pub(crate) fn boxes(&self, row: usize) -> impl Iterator<Item = StageIx> + Clone + '_ {
        self.rows[row].iter().chain(&self.below[row].boxes).copied()
    }

    /// How many places outwards from the middle of its source's bottom an arrow to a box that hangs leaves it: beyond all
    /// that go on below those boxes.
    pub(crate) fn hung_exit(&self, stage: StageIx) -> i32 {
        let row = self.place(stage).row;
        let (host, channel) = (self.rows[row][0], &self.channels[row + 1]);
        let under = self.hung_from(host).rev().position(|other| other == stage).unwrap_or(0) as i32;
        let first = if self.leaves_bottom(host) { channel.exits(0, 1) + 1 } else { 0 };
        first + under
    }

    /// Whether an arrow leaves a main box's bottom towards other rows or the outer side.
    fn leaves_bottom(&self, stage: StageIx) -> bool {
        let leaves = |link: &FlowLink| match link.course {
            Course::Down | Course::Step { .. } | Course::Under | Course::Bypass => true,
            Course::Outer => !self.outermost(stage),
            Course::Hang => self.is_tooth(link.to) && self.place(link.to).row > self.place(stage).row,
            Course::Across | Course::Rise | Course::Inner | Course::Follow => false,
        };
        self.from(stage).iter().any(leaves)
    }
}
