//! The outer side of the flow: in which order arrows meet a box's side there, and on which track each runs along it.
//!
//! Lines nest. At a box those that go up stand above those that go down; of those going up the one with the nearest other
//! end stands first, of those going down the one with the farthest. Along the flow shorter ones run nearer to the boxes. So
//! two lines cross only where their spans interleave. Arrows that come to one box from one direction join into one line
//! with one head, and those from both directions where no other line meets the side between them.

use super::topology::{Course, FlowLink, Topology};
use crate::model::StageIx;

/// A place at a box's outer side that an arrow meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Port {
    /// Where arrows come in.
    In(Way),
    /// Where an arrow from the box to itself comes back, by the arrow's number.
    Back(usize),
    /// Where an arrow leaves, by its number.
    Out(usize),
}

/// The direction that arrows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::layout) enum Way {
    /// From above, along the outer side.
    Above,
    /// From below, along the outer side.
    Below,
    /// From above and below into one place.
    Both,
    /// Up an empty lane.
    Lane,
}

/// The ports at one box's outer side, top to bottom.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Side {
    pub(in crate::layout) ports: Vec<Port>,
    /// How many of them stand above the row's line where an arrow of the row leaves in the middle.
    pub(in crate::layout) above: usize,
}

/// The outer side of the flow.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Sides {
    /// By stage.
    boxes: Vec<Side>,
    /// The track of each arrow that runs there, by its number; 0 is nearest to the boxes.
    tracks: Vec<usize>,
    /// How many tracks there are.
    pub(in crate::layout) count: usize,
}

/// Arrows that share a line along the outer side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    To(StageIx, Way),
    /// From a box back to itself.
    Loop(usize),
}

/// From one row to the next, in the heights that lines along the side are compared by.
const ROW: i64 = 1000;
/// Where lines reach the side from the space below a row and from that above it, from the row's height on.
const BELOW: i64 = 500;
const ABOVE: i64 = -300;
/// From one port to the next.
const PORT: i64 = 10;

impl Sides {
    /// The ports and tracks of a flow; `divided` where an arrow of the row itself leaves the side in the middle.
    pub(super) fn of(topology: &Topology, divided: bool) -> Self {
        let boxes = (0..topology.places.len()).map(|stage| side(topology, StageIx(stage), divided)).collect();
        let mut sides = Self { boxes, tracks: vec![0; topology.links.len()], count: 0 };
        let lines = sides.lines(topology);
        let tracks = nested(&lines);
        for (at, link) in topology.links.iter().enumerate().filter(|(_, link)| link.course == Course::Outer) {
            let line = line_of(topology, at, link);
            if let Some(found) = lines.iter().position(|(other, ..)| *other == line) {
                sides.tracks[at] = tracks[found];
            }
        }
        sides.count = tracks.iter().map(|track| track + 1).max().unwrap_or(0);
        sides
    }

    /// The ports at a box's outer side.
    pub(in crate::layout) fn at(&self, stage: StageIx) -> &Side {
        &self.boxes[stage.0]
    }

    /// The track of an arrow along the outer side, by its number.
    pub(super) fn track(&self, link: usize) -> usize {
        self.tracks[link]
    }

    /// The lines along the side with the heights between which each runs.
    fn lines(&self, topology: &Topology) -> Vec<(Line, i64, i64)> {
        let mut lines: Vec<(Line, i64, i64)> = Vec::new();
        for (at, link) in topology.links.iter().enumerate().filter(|(_, link)| link.course == Course::Outer) {
            let line = line_of(topology, at, link);
            let entry = match line {
                Line::To(_, way) => Port::In(way),
                Line::Loop(at) => Port::Back(at),
            };
            let leave = self.boxes[link.from.0].height(Port::Out(at)) + height(topology, link.from, BELOW);
            let enter = self.boxes[link.to.0].height(entry) + height(topology, link.to, ABOVE);
            let (low, high) = (leave.min(enter), leave.max(enter));
            match lines.iter_mut().find(|(other, ..)| *other == line) {
                Some(found) => (found.1, found.2) = (found.1.min(low), found.2.max(high)),
                None => lines.push((line, low, high)),
            }
        }
        lines
    }
}

impl Side {
    /// The place of a port, top to bottom.
    pub(in crate::layout) fn position(&self, port: Port) -> Option<usize> {
        let both = matches!(port, Port::In(Way::Above | Way::Below));
        self.ports.iter().position(|&other| other == port || (both && other == Port::In(Way::Both)))
    }

    fn height(&self, port: Port) -> i64 {
        self.position(port).map_or(0, |at| (at as i64 - self.above as i64) * PORT)
    }
}

/// The height at which a line along the side comes from or goes to a box: the row's, or that of a space beside it where
/// other boxes stand before the side.
fn height(topology: &Topology, stage: StageIx, through: i64) -> i64 {
    let row = topology.place(stage).row as i64 * ROW;
    if topology.outermost(stage) { row } else { row + through }
}

/// The direction in which an arrow comes to its target.
pub(super) fn way(topology: &Topology, link: &FlowLink) -> Way {
    let (from, to) = (height(topology, link.from, BELOW), height(topology, link.to, ABOVE));
    if from < to { Way::Above } else { Way::Below }
}

fn line_of(topology: &Topology, at: usize, link: &FlowLink) -> Line {
    if link.from == link.to { Line::Loop(at) } else { Line::To(link.to, way(topology, link)) }
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

/// The track of each line: short ones nearest to the boxes, no two that meet on one.
fn nested(lines: &[(Line, i64, i64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| (lines[at].2 - lines[at].1, lines[at].1, at));
    let mut tracks = vec![0; lines.len()];
    for (place, &at) in order.iter().enumerate() {
        let meets = |&&other: &&usize| alongside(&lines[at], &lines[other]);
        let taken: Vec<usize> = order[..place].iter().filter(meets).map(|&other| tracks[other]).collect();
        tracks[at] = (0..).find(|track| !taken.contains(track)).unwrap_or(0);
    }
    tracks
}

/// Whether two lines run beside each other. Two that come to one place from above and below go on in each other.
fn alongside(a: &(Line, i64, i64), b: &(Line, i64, i64)) -> bool {
    let one_target = matches!((a.0, b.0), (Line::To(a, _), Line::To(b, _)) if a == b);
    if one_target { a.1 < b.2 && b.1 < a.2 } else { a.1 <= b.2 && b.1 <= a.2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracks(spans: &[(i64, i64)]) -> Vec<usize> {
        let line = |(at, &(low, high)): (usize, &(i64, i64))| (Line::Loop(at), low, high);
        nested(&spans.iter().enumerate().map(line).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_runs_outside_those_it_reaches_over() {
        assert_eq!(tracks(&[(0, 100), (10, 20), (30, 40)]), [1, 0, 0]);
        assert_eq!(tracks(&[(0, 20), (10, 30), (0, 40)]), [0, 1, 2]);
        assert_eq!(tracks(&[(0, 9), (11, 19), (21, 29)]), [0, 0, 0], "step by step back");
    }
}
