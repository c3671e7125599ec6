//! The space between two rows of the flow: which arrows run across it, and in which order from top to bottom.
//!
//! Arrows that join one target, or fan out from one source, run on one line: a net. Where one net comes down into a lane
//! that another goes down from, the first has to lie below the second, or the two would lie on top of each other; within
//! that the nets are put in the order with the fewest crossings.

use super::{Course, FlowLink};

/// What of an arrow runs across a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChannelLink {
    /// The arrow.
    pub(crate) link: FlowLink,
    /// The lane it comes down from; `None` where it comes from the outer side.
    pub(crate) top: Option<usize>,
    /// The lane it goes down into; `None` where it goes to the outer side.
    pub(crate) bottom: Option<usize>,
    /// The lane it goes up into, to a box of the row it comes from.
    pub(crate) up: Option<usize>,
    /// The number of the first lane beyond all boxes, which stands for the outer side.
    pub(crate) outer: usize,
    /// The order, top to bottom, in which it comes to the outer side without crossing others there: lines that go on
    /// upwards first, of those the one with the nearest end, then those that go on downwards, that with the farthest.
    pub(crate) side: Option<(usize, usize)>,
    /// Whether it comes from the bottom of a box of the row above.
    pub(crate) leaves: bool,
    /// How many places outwards (inwards, where negative) from the middle of that box's bottom it leaves it.
    pub(crate) exit: i32,
}

impl ChannelLink {
    /// The lanes it runs between, in its own direction.
    pub(crate) fn ends(&self) -> (usize, usize) {
        (self.top.unwrap_or(self.outer), self.bottom.or(self.up).unwrap_or(self.outer))
    }
}

/// Arrows that share a horizontal line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Net {
    /// The arrows.
    pub(crate) crossings: Vec<ChannelLink>,
    /// Its level, from 0 at the top.
    pub(crate) level: usize,
    /// Which way its ends below are moved from their lane's middle, because another net has to go down there beside them:
    /// +1 outwards, −1 inwards, 0 where they stand in the middle.
    pub(crate) aside: i32,
}

/// The nets of a space, top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Channel {
    /// The nets.
    pub(crate) nets: Vec<Net>,
    /// How many levels they stand on.
    pub(crate) levels: usize,
    /// How many of them, from the top, go to none of the boxes below: they lie near to the boxes above.
    pub(crate) leaving: usize,
}

impl Net {
    fn span(&self) -> (usize, usize) {
        let ends = || self.crossings.iter().map(ChannelLink::ends).flat_map(|(a, b)| [a, b]);
        (ends().min().unwrap_or(0), ends().max().unwrap_or(0))
    }

    fn covers(&self, lane: usize) -> bool {
        let (low, high) = self.span();
        (low..=high).contains(&lane)
    }

    /// The lanes in which lines run from it up to the boxes above.
    fn tops(&self) -> impl Iterator<Item = usize> + '_ {
        self.crossings.iter().flat_map(|crossing| [crossing.top, crossing.up]).flatten()
    }

    /// The lanes in which lines run from it down to the boxes below.
    fn bottoms(&self) -> impl Iterator<Item = usize> + '_ {
        self.crossings.iter().filter_map(|crossing| crossing.bottom)
    }

    /// Whether it fans out from one source: then its labels stand at the targets, else at the sources.
    pub(crate) fn fans_out(&self) -> bool {
        let mut crossings = self.crossings.iter();
        crossings.len() > 1 && crossings.all(|crossing| crossing.link.from == self.crossings[0].link.from)
    }

    /// The lane from which a label runs along the net's line, and in which direction: +1 outwards, −1 inwards. From the
    /// source towards the target, or the other way where several fan out.
    pub(crate) fn label_side(&self, crossing: &ChannelLink) -> (usize, i32) {
        let (source, target) = crossing.ends();
        let (lane, other) = if self.fans_out() { (target, source) } else { (source, target) };
        (lane, if other > lane { 1 } else { -1 })
    }

    /// Whether it goes to none of the boxes below.
    fn leaves(&self) -> bool {
        self.bottoms().next().is_none()
    }

    /// A lane that this net, lying above another, comes down into while the other comes down from it.
    fn blocks(&self, below: &Self) -> Option<usize> {
        self.bottoms().find(|&lane| below.tops().any(|top| top == lane))
    }

    /// What is wrong with this net lying above another: lines on top of each other, then crossings.
    fn cost_above(&self, below: &Self) -> usize {
        let from = below.tops().filter(|&lane| self.covers(lane) && self.tops().all(|top| top != lane));
        let into = self.bottoms().filter(|&lane| below.covers(lane) && below.bottoms().all(|bottom| bottom != lane));
        let sides = self.crossings.iter().filter_map(|crossing| crossing.side);
        let turned = sides.filter(|side| below.crossings.iter().any(|other| other.side.is_some_and(|o| o < *side)));
        turned.count() + from.count() + into.count() + self.blocks(below).map_or(0, |_| 1000)
    }
}

impl Channel {
    /// Puts crossings on levels.
    pub(crate) fn new(crossings: Vec<ChannelLink>, straight: &[usize]) -> Self {
        let mut nets = untangled(nets(&crossings));
        for at in 0..nets.len() {
            let (low, high) = nets[at].span();
            let above = nets[..at].iter().filter(|net| net.span().0 <= high && low <= net.span().1);
            nets[at].level = above.map(|net| net.level + 1).max().unwrap_or(0);
            let beside = nets[at + 1..].iter().find_map(|below| Some((nets[at].blocks(below)?, below)));
            if let Some((lane, below)) = beside {
                let outwards = below.crossings.iter().any(|other| other.top == Some(lane) && other.ends().1 > lane);
                nets[at].aside = if outwards { -1 } else { 1 };
            }
        }
        part_exits(&mut nets, straight);
        let levels = nets.iter().map(|net| net.level + 1).max().unwrap_or(0);
        let leaves = |&level: &usize| nets.iter().filter(|net| net.level == level).all(Net::leaves);
        let leaving = (0..levels).take_while(leaves).count();
        Self { nets, levels, leaving }
    }

    /// Whether a line comes down into a lane beside its middle, on the outer (+1) or the inner side (−1).
    pub(crate) fn enters_aside(&self, lane: usize, side: i32) -> bool {
        self.nets.iter().any(|net| net.aside == side && net.bottoms().any(|bottom| bottom == lane))
    }

    /// How many exits leave the bottom of a lane's box beside its middle, on the outer (+1) or the inner side (−1).
    pub(crate) fn exits(&self, lane: usize, side: i32) -> i32 {
        let crossings = self.nets.iter().flat_map(|net| &net.crossings);
        let leaving = crossings.filter(|crossing| crossing.leaves && crossing.top == Some(lane));
        leaving.map(|crossing| crossing.exit * side).max().unwrap_or(0).max(0)
    }

    /// Whether lines come down from lanes beside the main one, and others go down into such lanes.
    pub(super) fn joins_lanes(&self) -> bool {
        let beside = |lane: Option<usize>| lane.is_some_and(|lane| lane > 0);
        let crossings = || self.nets.iter().flat_map(|net| &net.crossings);
        crossings().any(|crossing| beside(crossing.top) || beside(crossing.up)) && crossings().any(|c| beside(c.bottom))
    }

    /// The net that an arrow runs on, and the arrow's part in it.
    pub(crate) fn find(&self, link: &FlowLink) -> Option<(&Net, &ChannelLink)> {
        let of = |net: &'_ Net| net.crossings.iter().position(|crossing| crossing.link == *link);
        self.nets.iter().find_map(|net| of(net).map(|at| (net, &net.crossings[at])))
    }
}

/// Crossings by net: those that join one target, then those that fan out from one source, the others alone.
fn nets(crossings: &[ChannelLink]) -> Vec<Net> {
    // An exit with words beside it has a line of its own; the words at what comes from the outer side are elsewhere.
    let enters = |crossing: &ChannelLink| match crossing.link.course {
        Course::Bypass => !crossing.leaves,
        _ => crossing.bottom.is_some() && (!crossing.link.labelled || crossing.top.is_none()),
    };
    // The arrows of a comb part from one line, whatever stands beside them.
    let teeth = |crossing: &ChannelLink| crossing.link.course == Course::Hang;
    let steps = |crossing: &ChannelLink| matches!(crossing.link.course, Course::Step { .. }) && !crossing.link.labelled;
    let joins =
        |a: &ChannelLink| crossings.iter().filter(|b| enters(a) && enters(b) && b.link.to == a.link.to).count() > 1;
    let together = |a: &ChannelLink, b: &ChannelLink| match (joins(a), joins(b)) {
        (true, true) => a.link.to == b.link.to,
        (false, false) => a.link.from == b.link.from && (steps(a) && steps(b) || teeth(a) && teeth(b)),
        _ => false,
    };
    let mut nets: Vec<Net> = Vec::new();
    for &crossing in crossings {
        match nets.iter_mut().find(|net| together(&net.crossings[0], &crossing)) {
            Some(net) => net.crossings.push(crossing),
            None => nets.push(Net { crossings: vec![crossing], level: 0, aside: 0 }),
        }
    }
    nets
}

/// Gives each exit of a box's bottom its own place: the straight line the middle, the others beside it on the side that
/// they go to, the lowest level nearest to the middle, so that none crosses another.
fn part_exits(nets: &mut [Net], straight: &[usize]) {
    let outer = nets.iter().flat_map(|net| &net.crossings).map(|crossing| crossing.outer).max().unwrap_or(0);
    for lane in 0..=outer {
        let mut middle = straight.contains(&lane);
        for side in [1, -1] {
            let goes = |crossing: &ChannelLink| {
                let (top, other) = crossing.ends();
                crossing.leaves && top == lane && (if other > lane { 1 } else { -1 }) == side
            };
            let mut leaving: Vec<usize> = (0..nets.len()).filter(|&at| nets[at].crossings.iter().any(goes)).collect();
            leaving.sort_by_key(|&at| std::cmp::Reverse(nets[at].level));
            let first = i32::from(middle);
            middle |= !leaving.is_empty();
            for (place, at) in (first..).zip(leaving) {
                let fan = nets[at].crossings.iter().all(|crossing| !crossing.link.labelled) && nets[at].fans_out();
                let exit = if fan && place == 1 && first == 1 { 0 } else { place * side };
                nets[at].crossings.iter_mut().filter(|crossing| goes(crossing)).for_each(|c| c.exit = exit);
            }
        }
    }
}

/// So many nets are put in order; more are a tangle in any.
const MOST: usize = 12;

/// The nets in an order that no move of a single one betters.
fn untangled(mut nets: Vec<Net>) -> Vec<Net> {
    // Without other reasons those that leave lie above those that join.
    nets.sort_by_key(|net| (net.bottoms().count() > 0, net.tops().count()));
    let cost = |nets: &[Net]| -> usize {
        let above = nets.iter().enumerate();
        above.map(|(i, net)| nets[i + 1..].iter().map(|below| net.cost_above(below)).sum::<usize>()).sum()
    };
    if nets.len() > MOST {
        return nets;
    }
    let mut least = cost(&nets);
    loop {
        let before = least;
        for from in 0..nets.len() {
            for to in 0..nets.len() {
                let mut moved = nets.clone();
                let net = moved.remove(from);
                moved.insert(to, net);
                let cost = cost(&moved);
                if cost < least {
                    (nets, least) = (moved, cost);
                }
            }
        }
        if least == before {
            return nets;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StageIx;
    use crate::source::{FileId, Span};

    /// From a box of the upper row to one of the lower row, by lane; lane 3 is the outer side.
    fn step(top: usize, bottom: usize) -> ChannelLink {
        let span = Span::new(FileId(0), 0, 0);
        let link = FlowLink {
            from: StageIx(top),
            to: StageIx(10 + bottom),
            index: 0,
            course: Course::Step { turn: 1 },
            labelled: false,
            span,
        };
        ChannelLink {
            link,
            top: Some(top).filter(|&t| t < 3),
            bottom: Some(bottom).filter(|&b| b < 3),
            up: None,
            outer: 3,
            leaves: true,
            exit: 0,
            side: None,
        }
    }

    fn levels(crossings: &[ChannelLink]) -> Vec<(usize, i32)> {
        let channel = Channel::new(crossings.to_vec(), &[]);
        let net = |crossing: &ChannelLink| channel.find(&crossing.link).map(|(net, _)| (net.level, net.aside));
        crossings.iter().map(|crossing| net(crossing).expect("its net")).collect()
    }

    #[test]
    fn joins_and_fans_share_a_line() {
        assert_eq!(levels(&[step(0, 1), step(0, 2)]), [(0, 0), (0, 0)]);
        assert_eq!(levels(&[step(1, 0), step(2, 0)]), [(0, 0), (0, 0)]);
    }

    #[test]
    fn a_line_down_into_a_lane_lies_below_the_line_out_of_it() {
        assert_eq!(levels(&[step(0, 1), step(1, 2)]), [(1, 0), (0, 0)]);
        assert_eq!(levels(&[step(1, 2), step(0, 1)]), [(0, 0), (1, 0)]);
    }

    #[test]
    fn boxes_that_change_places_are_entered_beside_the_middle() {
        let [(a, aside), (b, other)] = levels(&[step(0, 1), step(1, 0)])[..] else { panic!("two arrows") };
        assert_ne!(a, b);
        assert_eq!((aside.abs() + other.abs(), aside * other), (1, 0), "one of them");
    }

    #[test]
    fn lines_that_do_not_meet_share_a_level() {
        assert_eq!(levels(&[step(0, 1), step(2, 3)]), [(0, 0), (0, 0)]);
    }
}
