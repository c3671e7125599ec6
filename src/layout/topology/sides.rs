//! The outer side of the flow: in which order arrows meet a box's side there, and on which track each runs along it.
//!
//! Lines nest. At a box those that go up stand above those that go down; of those going up the one with the nearest other
//! end stands first, of those going down the one with the farthest. Along the flow shorter ones run nearer to the boxes. So
//! two lines cross only where their spans interleave; what that leaves is untangled by exchanging tracks and ports as long
//! as a crossing is saved. Arrows that come to one box from one direction join into one line
//! with one head, and those from both directions where no other line meets the side between them.

use std::ops::RangeInclusive;

use super::{Course, FlowLink, Topology};
use crate::model::StageIx;

/// A place at a box's outer side that an arrow meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    /// Where arrows come in.
    In(Way),
    /// Where an arrow from the box to itself comes back, by the arrow's number.
    Back(usize),
    /// Where an arrow leaves, by its number.
    Out(usize),
}

/// The direction that arrows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// From above, along the outer side.
    Above,
    /// From below, along the outer side.
    Below,
    /// From above and below into one place.
    Both,
    /// Up an empty lane.
    Lane,
    /// From below, along the main line.
    Inner,
}

/// The ports at one box's outer side, top to bottom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) ports: Vec<Port>,
    /// How many of them stand above the row's line where an arrow of the row leaves in the middle.
    pub(crate) above: usize,
}

/// The outer side of the flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides {
    /// By stage.
    boxes: Vec<Side>,
    /// The lines along it, the nearest to the boxes first.
    pub(crate) lines: Vec<SideLine>,
    /// The line of each arrow that runs there, by its number.
    line_of: Vec<Option<usize>>,
}

/// A line along the outer side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SideLine {
    /// Its track; 0 is nearest to the boxes.
    track: usize,
    /// The rows that it has to keep clear of: those that it runs past, and those beside a space that it comes from or goes to.
    pub(crate) rows: RangeInclusive<usize>,
    /// The lines that it runs outside of.
    pub(crate) nearer: Vec<usize>,
}

/// Arrows that share a line along the outer side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trunk {
    To(StageIx, Way),
    /// From a box back to itself.
    Loop(usize),
}

/// A line with the heights that it runs between and those at which it reaches boxes.
#[derive(Clone, Debug)]
struct Run {
    trunk: Trunk,
    low: i64,
    high: i64,
    ends: Vec<i64>,
}

/// Beyond so many lines no exchanges are tried: their number grows with the square.
const UNTANGLED: usize = 24;

/// Up to so many lines every order of them is tried.
const ALL_ORDERS: usize = 5;

/// From one row to the next, in the heights that lines along the side are compared by.
const ROW: i64 = 1000;
/// Where lines reach the side from the space below a row and from that above it, from the row's height on. A space is one
/// place: which of two lines runs higher in it, its channel tells.
const BELOW: i64 = 500;
/// How far below it boxes that hang reach it.
const HUNG: i64 = 450;
const ABOVE: i64 = -499;
/// From one port to the next.
const PORT: i64 = 10;

impl Sides {
    /// The ports and tracks of a flow; `divided` where an arrow of the row itself leaves the side in the middle.
    pub(super) fn of(topology: &Topology, divided: bool) -> Self {
        let boxes = (0..topology.places.len()).map(|stage| side(topology, StageIx(stage), divided)).collect();
        let mut sides = Self { boxes, lines: Vec::new(), line_of: vec![None; topology.links.len()] };
        let tracks = sides.untangle(topology);
        let runs = sides.runs(topology);
        let mut order: Vec<usize> = (0..runs.len()).collect();
        order.sort_by_key(|&run| tracks[run]);
        for (at, link) in topology.links.iter().enumerate().filter(|(_, link)| link.course == Course::Outer) {
            let trunk = trunk_of(topology, at, link);
            sides.line_of[at] = order.iter().position(|&run| runs[run].trunk == trunk);
        }
        for (line, &run) in order.iter().enumerate() {
            let inside =
                |&nearer: &usize| tracks[order[nearer]] < tracks[run] && alongside(&runs[order[nearer]], &runs[run]);
            let links = topology.links.iter().zip(&sides.line_of).filter(|(_, of)| **of == Some(line));
            let rows = links.flat_map(|(link, _)| rows_beside(topology, link));
            let (first, last) = rows.fold((usize::MAX, 0), |(first, last), row| (first.min(row), last.max(row)));
            let nearer = (0..line).filter(inside).collect();
            sides.lines.push(SideLine { track: tracks[run], rows: first..=last, nearer });
        }
        sides
    }

    /// The ports at a box's outer side.
    pub(crate) fn at(&self, stage: StageIx) -> &Side {
        &self.boxes[stage.0]
    }

    /// The line of an arrow along the outer side, by its number.
    pub(super) fn line_of(&self, link: usize) -> Option<usize> {
        self.line_of[link]
    }

    /// The track of an arrow along the outer side, by its number; 0 for others.
    pub(super) fn track(&self, link: usize) -> usize {
        self.line_of(link).map_or(0, |line| self.lines[line].track)
    }

    /// The lines along the side.
    fn runs(&self, topology: &Topology) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, link) in topology.links.iter().enumerate().filter(|(_, link)| link.course == Course::Outer) {
            let trunk = trunk_of(topology, at, link);
            let entry = match trunk {
                Trunk::To(_, way) => Port::In(way),
                Trunk::Loop(at) => Port::Back(at),
            };
            let leave = self.boxes[link.from.0].height(Port::Out(at)) + height(topology, link.from, BELOW);
            let enter = self.boxes[link.to.0].height(entry) + height(topology, link.to, ABOVE);
            let (low, high) = (leave.min(enter), leave.max(enter));
            match runs.iter_mut().find(|run| run.trunk == trunk) {
                Some(run) => {
                    (run.low, run.high) = (run.low.min(low), run.high.max(high));
                    run.ends.push(leave);
                }
                None => runs.push(Run { trunk, low, high, ends: vec![enter, leave] }),
            }
        }
        runs
    }

    /// The track of each run: nested, and then exchanged with others, as ports are with others of their box, while that
    /// saves a crossing. Where few runs still cross, every order of them is tried.
    fn untangle(&mut self, topology: &Topology) -> Vec<usize> {
        let ports = self.boxes.clone();
        let mut order = nested(&self.runs(topology));
        let mut left = self.exchange_all(topology, &mut order);
        if left > 0 && order.len() <= ALL_ORDERS {
            for mut other in orders((0..order.len()).collect()) {
                let mut tried = Self { boxes: ports.clone(), ..Self::default() };
                let now = tried.exchange_all(topology, &mut other);
                if now < left {
                    (left, order, self.boxes) = (now, other, tried.boxes);
                }
            }
        }
        tracks(&self.runs(topology), &order)
    }

    /// Exchanges runs in their order, and ports, while that saves a crossing; gives how many are left.
    fn exchange_all(&mut self, topology: &Topology, order: &mut [usize]) -> usize {
        let mut runs = self.runs(topology);
        let mut left = crossings(&runs, &tracks(&runs, order));
        let mut before = usize::MAX;
        while left > 0 && left < before && runs.len() <= UNTANGLED {
            before = left;
            for (a, b) in pairs(order.len()) {
                order.swap(a, b);
                let now = crossings(&runs, &tracks(&runs, order));
                if now < left { left = now } else { order.swap(a, b) }
            }
            for stage in 0..self.boxes.len() {
                for (a, b) in pairs(self.boxes[stage].ports.len()) {
                    if !self.boxes[stage].exchange(a, b, topology) {
                        continue;
                    }
                    let moved = self.runs(topology);
                    let now = crossings(&moved, &tracks(&moved, order));
                    if now < left { (left, runs) = (now, moved) } else { self.boxes[stage].ports.swap(a, b) }
                }
            }
        }
        left
    }
}

impl Side {
    /// Whether no arrow comes or goes there.
    pub(crate) fn is_empty(&self) -> bool {
        self.ports.is_empty()
    }

    /// The place of a port, top to bottom.
    pub(crate) fn position(&self, port: Port) -> Option<usize> {
        let both = matches!(port, Port::In(Way::Above | Way::Below));
        self.ports.iter().position(|&other| other == port || (both && other == Port::In(Way::Both)))
    }

    /// Exchanges two ports; not those of arrows back to the box itself, along the main line or from the lane, which have
    /// their places.
    fn exchange(&mut self, a: usize, b: usize, topology: &Topology) -> bool {
        let is_free = |port: Port| match port {
            Port::Out(at) => {
                topology.links[at].from != topology.links[at].to && topology.links[at].course != Course::Inner
            }
            Port::In(way) => !matches!(way, Way::Lane | Way::Inner),
            Port::Back(_) => false,
        };
        let may = is_free(self.ports[a]) && is_free(self.ports[b]);
        if may {
            self.ports.swap(a, b);
        }
        may
    }

    fn height(&self, port: Port) -> i64 {
        self.position(port).map_or(0, |at| (at as i64 - self.above as i64) * PORT)
    }
}

/// The height at which a line along the side comes from or goes to a box: the row's, or that of a space beside it where
/// other boxes stand before the side.
fn height(topology: &Topology, stage: StageIx, through: i64) -> i64 {
    let row = topology.place(stage).row as i64 * ROW;
    let (depth, of) = topology.hung_depth(stage);
    let own = row + HUNG * depth as i64 / of as i64;
    if topology.outermost(stage) { own } else { row + through }
}

/// The rows at which an arrow along the side begins and ends, and those beyond the spaces in which it does.
fn rows_beside(topology: &Topology, link: &FlowLink) -> Vec<usize> {
    let (from, to) = (topology.place(link.from).row, topology.place(link.to).row);
    let below = (!topology.outermost(link.from)).then_some((from + 1).min(topology.rows.len() - 1));
    let above = (!topology.outermost(link.to)).then_some(to.saturating_sub(1));
    [from, to].into_iter().chain(below).chain(above).collect()
}

/// The direction in which an arrow comes to its target.
pub(super) fn way(topology: &Topology, link: &FlowLink) -> Way {
    let (from, to) = (height(topology, link.from, BELOW), height(topology, link.to, ABOVE));
    if from < to { Way::Above } else { Way::Below }
}

fn trunk_of(topology: &Topology, at: usize, link: &FlowLink) -> Trunk {
    if link.from == link.to { Trunk::Loop(at) } else { Trunk::To(link.to, way(topology, link)) }
}

/// The ports at a box's outer side in their order.
fn side(topology: &Topology, stage: StageIx, divided: bool) -> Side {
    if !topology.outermost(stage) {
        return Side::default();
    }
    let own = height(topology, stage, 0);
    // Distances to the other end; lines that come in before those that leave, below the other way round.
    let (mut ups, mut downs, mut loops) = (Vec::new(), Vec::new(), Vec::new());
    let mut came: [Option<i64>; 2] = [None; 2];
    for (at, link) in topology.links.iter().enumerate() {
        match link.course {
            Course::Rise if link.to == stage => downs.push((0, 0, Port::In(Way::Lane))),
            // Where it leaves above all others, and where it comes in below them: they go on past it to the outer side.
            Course::Inner if link.from == stage => ups.push((0, 0, Port::Out(at))),
            Course::Inner if link.to == stage => downs.push((i64::MAX, 0, Port::In(Way::Inner))),
            Course::Outer if link.from == stage && link.to == stage => loops.push(at),
            Course::Outer if link.from == stage => {
                let far = height(topology, link.to, ABOVE) - own;
                if far < 0 {
                    ups.push((-far, 1 + at, Port::Out(at)))
                } else {
                    downs.push((-far, 1 + at, Port::Out(at)))
                }
            }
            Course::Outer if link.to == stage => {
                let far = height(topology, link.from, BELOW) - own;
                let farthest = &mut came[usize::from(far >= 0)];
                *farthest = Some(farthest.map_or(far.abs(), |held| held.max(far.abs())));
            }
            _ => {}
        }
    }
    ups.extend(came[0].map(|far| (far, 0, Port::In(Way::Above))));
    downs.extend(came[1].map(|far| (-far, 0, Port::In(Way::Below))));
    ups.sort_by_key(|&(far, order, _)| (far, order));
    downs.sort_by_key(|&(far, order, _)| (far, order));
    downs.dedup_by_key(|down| down.2);
    let mut ports: Vec<Port> = ups.into_iter().map(|up| up.2).chain(loops.iter().map(|&at| Port::Back(at))).collect();
    let above = ports.len();
    ports.extend(loops.iter().rev().map(|&at| Port::Out(at)));
    ports.extend(downs.into_iter().map(|down| down.2));
    if !divided
        && ports.get(above) == Some(&Port::In(Way::Below))
        && ports[..above].last() == Some(&Port::In(Way::Above))
    {
        ports[above] = Port::In(Way::Both);
        ports.remove(above - 1);
        return Side { ports, above: above - 1 };
    }
    Side { ports, above }
}

/// The runs from the boxes outwards, short ones first.
fn nested(runs: &[Run]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&at| (runs[at].high - runs[at].low, runs[at].low, at));
    order
}

/// The track of each run where they are laid in an order: the nearest that no run beside it has.
fn tracks(runs: &[Run], order: &[usize]) -> Vec<usize> {
    let mut tracks = vec![0; runs.len()];
    for (place, &at) in order.iter().enumerate() {
        let meets = |&&other: &&usize| alongside(&runs[at], &runs[other]);
        let taken: Vec<usize> = order[..place].iter().filter(meets).map(|&other| tracks[other]).collect();
        tracks[at] = (0..).find(|track| !taken.contains(track)).unwrap_or(0);
    }
    tracks
}

/// How often runs cross on these tracks: where one reaches a box through another that stands nearer.
fn crossings(runs: &[Run], tracks: &[usize]) -> usize {
    let through = |far: &Run, near: &Run| far.ends.iter().filter(|&&end| near.low < end && end < near.high).count();
    let of = |(at, far): (usize, &Run)| -> usize {
        let nearer = runs.iter().enumerate().filter(|&(other, _)| tracks[other] < tracks[at]);
        nearer.map(|(_, near)| through(far, near)).sum()
    };
    runs.iter().enumerate().map(of).sum()
}

/// All orders of some things.
fn orders(of: Vec<usize>) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![of];
    }
    let first = |at: usize| {
        let mut rest = of.clone();
        let first = rest.remove(at);
        orders(rest).into_iter().map(move |tail| [vec![first], tail].concat())
    };
    (0..of.len()).flat_map(first).collect()
}

/// All pairs of so many things.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
}

/// Whether two runs stand beside each other. Two that come to one place from above and below go on in each other.
fn alongside(a: &Run, b: &Run) -> bool {
    let one_target = matches!((a.trunk, b.trunk), (Trunk::To(a, _), Trunk::To(b, _)) if a == b);
    if one_target { a.low < b.high && b.low < a.high } else { a.low <= b.high + 1 && b.low <= a.high + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracks(spans: &[(i64, i64)]) -> Vec<usize> {
        let run =
            |(at, &(low, high)): (usize, &(i64, i64))| Run { trunk: Trunk::Loop(at), low, high, ends: vec![low, high] };
        let runs: Vec<Run> = spans.iter().enumerate().map(run).collect();
        super::tracks(&runs, &nested(&runs))
    }

    #[test]
    fn a_line_runs_outside_those_it_reaches_over() {
        assert_eq!(tracks(&[(0, 100), (10, 20), (30, 40)]), [1, 0, 0]);
        assert_eq!(tracks(&[(0, 20), (10, 30), (0, 40)]), [0, 1, 2]);
        assert_eq!(tracks(&[(0, 9), (11, 19), (21, 29)]), [0, 0, 0], "step by step back");
    }
}
