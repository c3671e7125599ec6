//! Which boxes stand below their row's line, where no row is to take more lanes than it has to.

use super::below::{Below, LANE, Stand};
use crate::model::{Chart, Link, StageIx};

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
    thrift: Thrift,
}

/// How few lanes are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Thrift {
    /// Whether every row takes as few as it may, though others need more, and what might hang from its main box stands as
    /// its comb.
    pub(super) tight: bool,
    /// Whether boxes that other rows lead to may stand below their row's line too.
    pub(super) far: bool,
}

/// Boxes beside a row's main box that may hang, each with those that follow it: of which none leads back to the main box, and
/// of which some does.
type Chains = (Vec<Vec<StageIx>>, Vec<Vec<StageIx>>);

impl<'a> Compact<'a> {
    /// Looks at a chart with all boxes on the lines of these rows.
    pub(super) fn of(chart: &'a Chart, rows: &'a [Vec<StageIx>], thrift: Thrift) -> Self {
        let mut sources: Vec<Vec<(StageIx, &Link)>> = vec![Vec::new(); chart.stages.len()];
        for (at, stage) in chart.stages.iter().enumerate() {
            stage.next.iter().for_each(|link| sources[link.to.0].push((StageIx(at), link)));
        }
        Self { chart, rows, sources, thrift }
    }

    /// What stands below each row; `None` where that is nothing. In the rows of `upright` main boxes nothing hangs that leads
    /// back to them, and nothing at all where they are named twice.
    pub(super) fn below(&self, upright: &[StageIx]) -> Option<Vec<Below>> {
        let least = |row: usize| self.least_lanes(row, upright);
        let most = (0..self.rows.len()).map(least).max().unwrap_or(0);
        let lanes = |row: usize| if self.thrift.tight { least(row) } else { most };
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
        boxes.len() - self.hanging(row, LANE + 1, self.chains(row, upright), upright).boxes.len()
    }

    fn below_row(&self, row: usize, lanes: usize, upright: &[StageIx]) -> Below {
        let boxes = &self.rows[row];
        if boxes.len() <= lanes {
            return Below::default();
        }
        if self.may_rank(row) {
            return Below {
                boxes: boxes[boxes.len().div_ceil(2)..].to_vec(),
                stand: Stand::Ranked,
                ..Below::default()
            };
        }
        if self.may_comb(row, upright) {
            let above = self.rows[row - 1][0];
            return Below { boxes: self.as_told(above, boxes[1..].to_vec()), stand: Stand::Comb, ..Below::default() };
        }
        let single = |chain: &Vec<StageIx>| chain.len() == 1 && self.only_source(chain[0]).is_some();
        let (on, back) = self.chains(row, upright);
        let teeth: Vec<StageIx> = on.iter().filter(|chain| single(chain)).flatten().copied().collect();
        if back.len() <= 1 && self.may_comb_itself(row, teeth.len()) {
            return Below { boxes: self.as_told(boxes[0], teeth), stand: Stand::OwnComb, ..Below::default() };
        }
        self.hanging(row, lanes, (on, back), upright)
    }

    /// What hangs where a row is to take so many lanes, or as few more as can be: of its [`chains`](Self::chains), then what
    /// follows the box beside the main one.
    fn hanging(&self, row: usize, lanes: usize, (on, back): Chains, upright: &[StageIx]) -> Below {
        let mut over = self.rows[row].len().saturating_sub(lanes);
        let mut hung: Vec<Vec<StageIx>> = Vec::new();
        // What leads back is nearest to where it leads on the row's line.
        for chain in on.into_iter().rev().chain(back.into_iter().rev()) {
            if chain.len() <= over {
                over -= chain.len();
                hung.push(chain);
            }
        }
        // Lowest what no box of the row leads to.
        hung.sort_by_key(|chain| self.place_told(self.rows[row][0], chain[0]).unwrap_or(usize::MAX));
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
    /// alone leads to the first, by a single arrow, or neither do these nor those of the row above; and the flow goes on from
    /// them to other rows. Then those that also lead back to the main box.
    fn chains(&self, row: usize, upright: &[StageIx]) -> Chains {
        let host = self.rows[row][0];
        let from_host = |side: StageIx| self.sources_within(row, side).eq([host]);
        let from_afar =
            |side: StageIx| (row.saturating_sub(1)..=row).all(|near| self.sources_within(near, side).next().is_none());
        let sides = self.rows[row][1..].iter().copied().filter(|&side| from_host(side) || from_afar(side));
        let chains = sides.filter_map(|side| self.chain(row, side));
        let chains = chains.filter(|chain| self.may_stand_below(row, chain, upright));
        chains.partition(|chain| !self.leads_back(row, chain))
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
    /// back to it; and other rows lead to none of them, or that is no matter.
    fn may_stand_below(&self, row: usize, boxes: &[StageIx], upright: &[StageIx]) -> bool {
        let times = upright.iter().filter(|&&main| main == self.rows[row][0]).count();
        let from_near = |&stage: &StageIx| self.sources_within(row, stage).count() == self.sources[stage.0].len();
        times < if self.leads_back(row, boxes) { 1 } else { 2 } && (self.thrift.far || boxes.iter().all(from_near))
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
        let tooth = |side: &StageIx| {
            self.only_source(*side).is_some_and(|(from, _)| from == above) && self.leaves_row(row, *side)
        };
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
        self.thrift.tight && under.len() == 1 && straight && within && hanging >= if others == 0 { TEETH } else { 1 }
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
