//! What stands below a row's line, so that the flow is no wider than it has to be.
//!
//! - Boxes that only the row's main box leads to hang there, under each other in the lane beside the main line. Their arrows
//!   leave its bottom on the outer side, that of the topmost box outermost, so that none crosses another: down, then across
//!   to the box's side with the label on top of that line. What leads on from them leaves their outer side, back to the main
//!   box too.
//! - A box that only one beside the main box leads to stands right under that, and the next one that only it leads to under
//!   it: what follows each other beside the main line runs down as the main line does. So may what follows a box that hangs.
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
use crate::model::{Chart, Link, StageIx};

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
/// The fewest teeth of a comb: a single box beside a main one needs none.
const TEETH: usize = 2;
/// The fewest boxes side by side that stand in two ranks.
const RANKED: usize = 4;

/// What stands below the rows of a chart where no row has more boxes on its line than the chart needs.
pub(super) struct Compact<'a> {
    chart: &'a Chart,
    /// The main line's boxes, with those beside each.
    rows: &'a [Vec<StageIx>],
    /// By stage: the arrows that lead to it, with where they come from.
    sources: Vec<Vec<(StageIx, &'a Link)>>,
    /// Whether every row takes as few lanes as it may, though others need more, and what might hang from its main box
    /// stands as its comb.
    tight: bool,
}

impl<'a> Compact<'a> {
    /// Looks at a chart with all boxes on the lines of these rows.
    pub(super) fn of(chart: &'a Chart, rows: &'a [Vec<StageIx>], tight: bool) -> Self {
        let mut sources: Vec<Vec<(StageIx, &Link)>> = vec![Vec::new(); chart.stages.len()];
        for (at, stage) in chart.stages.iter().enumerate() {
            stage.next.iter().for_each(|link| sources[link.to.0].push((StageIx(at), link)));
        }
        Self { chart, rows, sources, tight }
    }

    /// What stands below each row; `None` where that is nothing. In the rows of `upright` main boxes nothing hangs that leads
    /// back to them, and nothing at all where they are named twice.
    pub(super) fn below(&self, upright: &[StageIx]) -> Option<Vec<Below>> {
        let least = |row: usize| self.least_lanes(row, upright);
        let most = (0..self.rows.len()).map(least).max().unwrap_or(0);
        let lanes = |row: usize| if self.tight { least(row) } else { most };
        let below: Vec<Below> = (0..self.rows.len()).map(|row| self.below_row(row, lanes(row), upright)).collect();
        below.iter().any(|below| !below.boxes.is_empty()).then_some(below)
    }

    /// The fewest lanes that a row may take.
    fn least_lanes(&self, row: usize, upright: &[StageIx]) -> usize {
        let boxes = &self.rows[row];
        if self.may_rank(row) {
            return boxes.len().div_ceil(2);
        }
        if self.may_comb(row, upright) {
            return LANE + 1;
        }
        boxes.len() - self.hanging(row, LANE + 1, upright).boxes.len()
    }

    fn below_row(&self, row: usize, lanes: usize, upright: &[StageIx]) -> Below {
        let boxes = &self.rows[row];
        if boxes.len() <= lanes {
            return Below::default();
        }
        if self.may_rank(row) {
            return Below { boxes: boxes[boxes.len().div_ceil(2)..].to_vec(), stand: Stand::Ranked, ..Below::default() };
        }
        if self.may_comb(row, upright) {
            let above = self.rows[row - 1][0];
            return Below { boxes: self.as_told(above, boxes[1..].to_vec()), stand: Stand::Comb, ..Below::default() };
        }
        let single = |chain: &Vec<StageIx>| chain.len() == 1 && self.only_source(chain[0]).is_some();
        let (back, on): (Vec<_>, Vec<_>) = self.chains(row, upright).partition(|chain| self.leads_back(row, chain));
        let on: Vec<StageIx> = on.into_iter().filter(single).flatten().collect();
        if back.len() <= 1 && self.may_comb_itself(row, on.len()) {
            return Below { boxes: self.as_told(boxes[0], on), stand: Stand::OwnComb, ..Below::default() };
        }
        self.hanging(row, lanes, upright)
    }

    /// What hangs where a row is to take so many lanes, or as few more as can be: chains from the main box, then what follows
    /// the box beside it.
    fn hanging(&self, row: usize, lanes: usize, upright: &[StageIx]) -> Below {
        let mut over = self.rows[row].len().saturating_sub(lanes);
        let (back, on): (Vec<_>, Vec<_>) = self.chains(row, upright).partition(|chain| self.leads_back(row, chain));
        let mut hung: Vec<Vec<StageIx>> = Vec::new();
        // What leads back is nearest to where it leads on the row's line.
        for chain in on.into_iter().rev().chain(back.into_iter().rev()) {
            if chain.len() <= over {
                over -= chain.len();
                hung.push(chain);
            }
        }
        hung.sort_by_key(|chain| self.place_told(self.rows[row][0], chain[0]));
        let on_line = |side: &&StageIx| !hung.iter().any(|chain| chain.contains(side));
        let beside = self.rows[row][1..].iter().find(on_line).copied().filter(|_| over > 0);
        let followers = beside.map(|beside| self.followers(row, beside, upright)).unwrap_or_default();
        let following = followers.iter().chain(hung.iter().flat_map(|chain| &chain[1..])).copied().collect();
        let boxes = followers.into_iter().chain(hung.into_iter().flatten()).collect();
        Below { boxes, following, stand: Stand::Hanging }
    }

    /// Boxes in the order in which the box that they come from names them.
    fn as_told(&self, from: StageIx, mut boxes: Vec<StageIx>) -> Vec<StageIx> {
        boxes.sort_by_key(|&stage| self.place_told(from, stage));
        boxes
    }

    /// At which place a box names another as one that it leads to.
    fn place_told(&self, from: StageIx, to: StageIx) -> Option<usize> {
        self.chart.stages[from.0].next.iter().position(|link| link.to == to)
    }

    /// Which boxes of a row lead to a box, each as often as it does.
    fn sources_within(&self, row: usize, stage: StageIx) -> impl Iterator<Item = StageIx> {
        self.sources[stage.0].iter().map(|&(from, _)| from).filter(move |from| self.rows[row].contains(from))
    }

    /// The only arrow that leads to a box, and where it comes from; `None` where several do, or none.
    fn only_source(&self, stage: StageIx) -> Option<(StageIx, &'a Link)> {
        let [source] = self.sources[stage.0][..] else { return None };
        Some(source)
    }

    /// The boxes beside a row's main box that may hang from it, each with what follows it: of the row's boxes the main one
    /// alone leads to the first, by a single arrow, and the flow goes on from them to other rows, or back to the main box
    /// unless this is named as upright.
    fn chains(&self, row: usize, upright: &[StageIx]) -> impl Iterator<Item = Vec<StageIx>> {
        let host = self.rows[row][0];
        let from_host = move |&side: &StageIx| self.sources_within(row, side).eq([host]);
        let sides = self.rows[row][1..].iter().copied().filter(from_host);
        let chains = sides.filter_map(move |side| self.chain(row, side));
        chains.filter(move |chain| self.may_stand_below(row, chain, upright))
    }

    /// What follows the box beside a row's main one, and may stand under it: nothing else leaves that box but for the main
    /// one.
    fn followers(&self, row: usize, beside: StageIx, upright: &[StageIx]) -> Vec<StageIx> {
        let within = self.chart.stages[beside.0].next.iter().all(|link| self.rows[row].contains(&link.to));
        let chain = self.chain(row, beside).filter(|_| within).unwrap_or_default();
        let followers = chain.get(1..).unwrap_or_default().to_vec();
        if self.may_stand_below(row, &followers, upright) { followers } else { Vec::new() }
    }

    /// A box with those that follow each other after it in its row, to each of which of the row's boxes the one before and at
    /// most the main box lead; `None` where the flow goes on in the row otherwise, but to the main box.
    fn chain(&self, row: usize, first: StageIx) -> Option<Vec<StageIx>> {
        let (host, mut chain, mut last) = (self.rows[row][0], vec![first], first);
        loop {
            let mut on = self.within_row(row, last).filter(|&to| to != host);
            let Some(next) = on.next() else { return Some(chain) };
            let sources: Vec<StageIx> = self.sources_within(row, next).collect();
            let follows = sources == [last] || sources == [host, last] || sources == [last, host];
            if !follows || chain.contains(&next) || on.next().is_some() {
                return None;
            }
            chain.push(next);
            last = next;
        }
    }

    /// Whether such boxes may stand below a row's line: its main box is not named as upright, or once where none of them leads
    /// back to it.
    fn may_stand_below(&self, row: usize, boxes: &[StageIx], upright: &[StageIx]) -> bool {
        let times = upright.iter().filter(|&&main| main == self.rows[row][0]).count();
        times < if self.leads_back(row, boxes) { 1 } else { 2 }
    }

    /// Whether one of some boxes beside a row's main box leads back to that.
    fn leads_back(&self, row: usize, boxes: &[StageIx]) -> bool {
        boxes.iter().any(|&side| self.within_row(row, side).any(|to| to == self.rows[row][0]))
    }

    /// Whether a row's side boxes may stand as a comb: the main box above alone leads to each, by a single arrow, and the
    /// flow doesn't go on within the row.
    fn may_comb(&self, row: usize, upright: &[StageIx]) -> bool {
        let Some(above) = row.checked_sub(1).map(|above| self.rows[above][0]) else { return false };
        let [main, sides @ ..] = &self.rows[row][..] else { return false };
        let tooth =
            |side: &StageIx| self.only_source(*side).is_some_and(|(from, _)| from == above) && self.leaves_row(row, *side);
        sides.len() >= TEETH && !upright.contains(main) && sides.iter().all(tooth)
    }

    /// Whether those of a row's side boxes that may hang, so many, may stand as a comb of its main box: nothing but the
    /// straight way leads to the main box below and from there, and nothing else from the main box out of the row. A single
    /// box needs no comb but where another stands above it.
    fn may_comb_itself(&self, row: usize, hanging: usize) -> bool {
        let next = |stage: StageIx| self.chart.stages[stage.0].next.iter();
        let (boxes, Some(under)) = (&self.rows[row], self.rows.get(row + 1)) else { return false };
        let on = self.rows.get(row + 2).map(|beyond| beyond[0]);
        let straight = self.only_source(under[0]).is_some_and(|(from, _)| from == boxes[0])
            && next(under[0]).all(|link| Some(link.to) == on && link.label.is_none());
        let within = next(boxes[0]).all(|link| link.to == under[0] || boxes.contains(&link.to));
        let others = boxes.len() - 1 - hanging;
        self.tight && under.len() == 1 && straight && within && hanging >= if others == 0 { TEETH } else { 1 }
    }

    /// Whether the flow ends at a box or goes on in another row.
    fn leaves_row(&self, row: usize, stage: StageIx) -> bool {
        self.within_row(row, stage).next().is_none()
    }

    /// Where the flow goes on from a box within its row.
    fn within_row(&self, row: usize, stage: StageIx) -> impl Iterator<Item = StageIx> {
        self.chart.stages[stage.0].next.iter().map(|link| link.to).filter(move |to| self.rows[row].contains(to))
    }

    /// Whether a row's boxes may stand in two ranks: all come from the main box above, and go on to the one below, by arrows
    /// without words.
    fn may_rank(&self, row: usize) -> bool {
        let Some(above) = row.checked_sub(1).map(|above| self.rows[above][0]) else { return false };
        let Some(under) = self.rows.get(row + 1).map(|under| under[0]) else { return false };
        let parallel = |&stage: &StageIx| {
            let comes = self.only_source(stage).is_some_and(|(from, link)| from == above && link.label.is_none());
            let [next] = &self.chart.stages[stage.0].next[..] else { return false };
            comes && next.to == under && next.label.is_none()
        };
        self.rows[row].len() >= RANKED && self.rows[row].iter().all(parallel)
    }
}

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
