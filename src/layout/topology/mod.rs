//! Which row and lane every flow box stands in, and the course of every arrow of the flow: what stands where, no measures.
//!
//! | file | holds |
//! |---|---|
//! | [`below`] | boxes below a row's line: those that hang, combs, second ranks |
//! | [`compact`] | which boxes stand there |
//! | [`courses`] | which way every arrow runs |
//! | [`channel`] | arrows in the space between two rows, in their order |
//! | [`sides`] | arrows along the outer side: their order at each box, their tracks |
//! | [`kinds`] | rows that hold many boxes, and the others |

pub(crate) mod below;
pub(crate) mod channel;
mod compact;
mod courses;
pub(crate) mod kinds;
pub(crate) mod sides;

use std::ops::RangeInclusive;

use crate::model::{Chart, Column, StageIx};
use crate::source::Span;
use below::{Below, Stand};
use channel::{Channel, ChannelLink};
use compact::{Compact, Thrift};
use courses::{Pass, Planner};
use kinds::{Kinds, RowKind};
use sides::{Port, Sides, Way};

/// The rows of the grid and the flow's arrows between them.
#[derive(Clone, Debug)]
pub(crate) struct Topology {
    /// The boxes on the line of each row: the main line's first, then those beside it.
    pub(crate) rows: Vec<Vec<StageIx>>,
    /// What stands below the line of each row.
    pub(super) below: Vec<Below>,
    /// Each stage's row and lane (0 is the main line).
    pub(crate) places: Vec<Place>,
    /// The arrows, by the stage they leave.
    pub(crate) links: Vec<FlowLink>,
    /// The spaces above, between and below the rows: space `i` lies above row `i`.
    pub(crate) channels: Vec<Channel>,
    /// The arrows along the outer side.
    pub(crate) sides: Sides,
    /// How many boxes each row has to hold.
    pub(crate) kinds: Kinds,
    /// Which rows have combs that need not be level with their main box.
    pub(super) floating: Vec<bool>,
    /// Where arrows run in a lane of a row where no box stands.
    passes: Vec<Pass>,
    /// Whether an arrow runs in a lane from before a row into it or past it, by row.
    passes_break: Vec<bool>,
    /// The tracks in which outer arrows do, from the boxes outwards, by row.
    outer_breaks: Vec<Vec<usize>>,
}

/// Where a flow box stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The row, from 0.
    pub(crate) row: usize,
    /// The lane: 0 is the main line.
    pub(crate) lane: usize,
    /// Whether it stands between this lane and the one before it, in a second rank.
    before: bool,
}

impl Place {
    /// Where its middle is, in halves of lanes: even numbers are lanes, odd ones between them.
    pub(crate) fn half_lane(&self) -> usize {
        self.lane * 2 - usize::from(self.before)
    }
}

/// An arrow of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowLink {
    /// The box it leaves.
    pub(crate) from: StageIx,
    /// The box it enters.
    pub(crate) to: StageIx,
    /// Its position in the stage's `next`.
    pub(crate) index: usize,
    /// How it runs.
    pub(crate) course: Course,
    /// Whether words stand beside it.
    pub(crate) labelled: bool,
    /// Where it was written.
    pub(crate) span: Span,
}

/// How an arrow runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// Straight down in one lane, past rows where that lane is empty.
    Down,
    /// Straight to the neighbour in the same row.
    Across,
    /// Down, from one lane to another in the space above the row `turn`; past rows where its lane is empty.
    Step {
        /// The row below the space in which it changes lanes.
        turn: usize,
    },
    /// To another box of the same row, below those between them: into its bottom, which no arrow leaves.
    Under,
    /// Back: up its own lane, which is empty there, then to the side of a box nearer to the main line.
    Rise,
    /// Along the outer side: back, or past several rows.
    Outer,
    /// Back along the main line, between it and the lanes beside it.
    Inner,
    /// Down, from one main box past others to a further one, between the main line and the lanes beside it.
    Bypass,
    /// To a box that hangs below the row: down, then to its side.
    Hang,
    /// To the box right under it, below the line of their row.
    Follow,
}

impl Topology {
    /// Reads the topology off a chart: every box on its row's line.
    fn of(chart: &Chart) -> Self {
        Self::with(chart, Vec::new())
    }

    /// All topologies of a chart, the plainest first: with every box on its row's line; with as few lanes as can be, and with
    /// as few in every row as can be there, where what other rows lead to stays on its line, and where it need not.
    pub(crate) fn all(chart: &Chart) -> Vec<Self> {
        let mut all = vec![Self::of(chart)];
        // Where the flow has columns on both sides, arrows to them pass below the boxes; else none does.
        if chart.columns.order[1] == Column::Flow {
            return all;
        }
        for (tight, far) in [(false, false), (true, false), (false, true), (true, true)] {
            all.extend(Self::compact(chart, Thrift { tight, far }, &all));
        }
        all
    }

    /// The topology that takes so few lanes; `None` where that are no fewer, or it is one of those `known`, of which the
    /// first has every box on its row's line.
    fn compact(chart: &Chart, thrift: Thrift, known: &[Self]) -> Option<Self> {
        let (compact, mut upright) = (Compact::of(chart, &known.first()?.rows, thrift), Vec::new());
        loop {
            let below = compact.below(&upright)?;
            if known.iter().any(|known| known.below == below) {
                return None;
            }
            let topology = Self::with(chart, below);
            let obstructed = topology.obstructed();
            if obstructed.is_empty() {
                return Some(topology);
            }
            upright.extend(obstructed);
        }
    }

    /// The topology with such boxes below its rows; below the rows after those, nothing.
    fn with(chart: &Chart, mut below: Vec<Below>) -> Self {
        let (rows, places) = rows_of_chart(chart, &below);
        below.resize_with(rows.len(), Below::default);
        let passes_break = vec![false; rows.len() + 1];
        let outer_breaks = vec![Vec::new(); rows.len() + 1];
        let mut topology = Self {
            rows,
            below,
            places,
            links: Vec::new(),
            channels: Vec::new(),
            sides: Sides::default(),
            kinds: Kinds::default(),
            floating: Vec::new(),
            passes: Vec::new(),
            passes_break,
            outer_breaks,
        };
        let divided = chart.columns.order[1] == Column::Flow;
        (topology.links, topology.passes) = Planner::new(&topology, divided).links(chart);
        topology.sides = Sides::of(&topology, divided);
        topology.note_passages();
        let space = |space| Channel::new(topology.crossings(space), &topology.straight_below(space));
        topology.channels = (0..=topology.rows.len()).map(space).collect();
        topology.kinds = Kinds::of(&topology);
        topology.floating = topology.floating(chart);
        topology
    }

    /// Where a stage stands.
    pub(crate) fn place(&self, stage: StageIx) -> Place {
        self.places[stage.0]
    }

    /// The rows of a kind.
    pub(super) fn rows_of_kind(&self, kind: RowKind) -> impl Iterator<Item = usize> + Clone + '_ {
        (0..self.rows.len()).filter(move |&row| self.kinds.of_row(row) == kind)
    }

    /// The boxes of a lane in rows of a kind, top to bottom; those of a second rank are of the lane that they stand before.
    pub(super) fn lane(&self, kind: RowKind, lane: usize) -> impl Iterator<Item = StageIx> + Clone + '_ {
        let last = self.side_lanes_of(kind);
        let stands = move |&stage: &StageIx| self.place(stage).lane.min(last) == lane;
        self.rows_of_kind(kind).flat_map(|row| self.boxes(row)).filter(stands)
    }

    /// The greatest number of boxes beside a main one in rows of a kind.
    pub(super) fn side_lanes_of(&self, kind: RowKind) -> usize {
        self.rows_of_kind(kind).map(|row| self.lanes(row) - 1).max().unwrap_or(0)
    }

    /// The arrows that leave a stage.
    pub(crate) fn from(&self, stage: StageIx) -> &[FlowLink] {
        let begin = self.links.partition_point(|link| link.from < stage);
        let end = self.links.partition_point(|link| link.from <= stage);
        &self.links[begin..end]
    }

    /// The greatest number of boxes beside a main one.
    pub(crate) fn side_lanes(&self) -> usize {
        (0..self.rows.len()).map(|row| self.lanes(row) - 1).max().unwrap_or(0)
    }

    /// How many lanes the boxes of a row and those that hang there stand in.
    pub(super) fn lanes(&self, row: usize) -> usize {
        let own = self.rows[row].len();
        if self.below[row].column().is_empty() { own } else { own.max(below::LANE + 1) }
    }

    /// How many lanes a row takes, those that its second rank reaches into included.
    pub(super) fn lanes_taken(&self, row: usize) -> usize {
        let (lanes, below) = (self.lanes(row), &self.below[row]);
        lanes + usize::from(below.stand == Stand::Ranked && below.boxes.len() == lanes)
    }

    /// The first and the last row that an arrow touches.
    pub(crate) fn rows_of(&self, link: &FlowLink) -> (usize, usize) {
        let (a, b) = (self.place(link.from).row, self.place(link.to).row);
        (a.min(b), a.max(b))
    }

    /// Whether an arrow comes to a main box's side from between the main line and a box that stands beside it.
    pub(super) fn is_entered_inside(&self, stage: StageIx) -> bool {
        !self.outermost(stage) && self.links.iter().any(|link| link.course == Course::Inner && link.to == stage)
    }

    /// Whether an arrow leaves a main box's side, that others stand beside, between the main line and those.
    pub(super) fn leaves_inside(&self, stage: StageIx) -> bool {
        !self.outermost(stage) && self.links.iter().any(|link| link.course == Course::Inner && link.from == stage)
    }

    /// Whether an arrow runs between the main line and the lanes beside it in one of some spaces, given by the rows below.
    pub(super) fn runs_inside(&self, spaces: RangeInclusive<usize>) -> bool {
        let past = |link: &FlowLink| {
            let (first, last) = self.rows_of(link);
            first < *spaces.end() && *spaces.start() <= last
        };
        self.links.iter().any(|link| matches!(link.course, Course::Inner | Course::Bypass) && past(link))
    }

    /// Whether the flow goes back by an arrow: up, or along its row towards the main line.
    pub(crate) fn returns(&self, link: &FlowLink) -> bool {
        let (from, to) = (self.place(link.from), self.place(link.to));
        (to.row, to.lane) <= (from.row, from.lane) && link.course != Course::Follow
    }

    /// Whether a box stands at its row's outer end.
    pub(crate) fn outermost(&self, stage: StageIx) -> bool {
        let place = self.place(stage);
        if self.hangs(stage) {
            return true;
        }
        place.lane + 1 == self.rows[place.row].len() && !(place.lane == 0 && self.has_comb(place.row))
    }

    /// Whether an arrow goes on past a page break before a row, in a lane of the flow.
    pub(crate) fn passes_break(&self, row: usize) -> bool {
        self.passes_break[row]
    }

    /// The tracks in which outer arrows go on past a page break before a row, from the boxes outwards.
    pub(crate) fn outer_breaks(&self, row: usize) -> &[usize] {
        &self.outer_breaks[row]
    }

    /// Notes which page breaks arrows go past.
    fn note_passages(&mut self) {
        for at in 0..self.links.len() {
            let link = self.links[at];
            let (first, last) = self.rows_of(&link);
            if link.course == Course::Outer {
                let track = self.sides.track(at);
                self.outer_breaks[first + 1..=last].iter_mut().for_each(|tracks| tracks.push(track));
            } else {
                self.passes_break[first + 1..=last].fill(true);
            }
        }
        for tracks in &mut self.outer_breaks {
            tracks.sort_unstable();
            tracks.dedup();
        }
    }

    /// Whether an arrow runs through a row in a lane beside the main one.
    pub(super) fn passes_beside(&self) -> bool {
        self.passes.iter().any(|pass| pass.lane > 0)
    }

    /// The outermost lane in which an arrow runs through a row.
    pub(super) fn lane_passed(&self, row: usize) -> Option<usize> {
        self.passes.iter().filter(|pass| pass.row == row).map(|pass| pass.lane).max()
    }

    /// Whether an arrow runs through a row in one of the lanes beyond a stage.
    pub(super) fn passed_beyond(&self, stage: StageIx) -> bool {
        let place = self.place(stage);
        self.passes.iter().any(|pass| pass.row == place.row && pass.lane > place.lane)
    }

    /// The track of an arrow along the outer side.
    pub(crate) fn track(&self, link: &FlowLink) -> usize {
        self.number(link).map_or(0, |number| self.sides.track(number))
    }

    /// Whether lines run along the outer side.
    pub(crate) fn has_outer_lines(&self) -> bool {
        !self.sides.lines.is_empty()
    }

    /// The line along the outer side of an arrow.
    pub(super) fn outer_line(&self, link: &FlowLink) -> Option<usize> {
        self.number(link).and_then(|number| self.sides.line_of(number))
    }

    /// An arrow's number: its place in the list.
    fn number(&self, link: &FlowLink) -> Option<usize> {
        let first = self.links.partition_point(|other| other.from < link.from);
        self.links[first..].iter().position(|other| other == link).map(|at| first + at)
    }

    /// The port at which an arrow leaves its box's outer side.
    pub(crate) fn out_port(&self, link: &FlowLink) -> Port {
        Port::Out(self.number(link).unwrap_or_default())
    }

    /// The port at which an arrow comes to its target's outer side.
    pub(crate) fn in_port(&self, link: &FlowLink) -> Port {
        match link.course {
            Course::Rise => Port::In(Way::Lane),
            Course::Inner => Port::In(Way::Inner),
            _ if link.from == link.to => Port::Back(self.number(link).unwrap_or_default()),
            _ => Port::In(sides::way(self, link)),
        }
    }

    /// What of an arrow runs across the space above row `space`.
    pub(crate) fn crossing(&self, link: &FlowLink, space: usize) -> Option<ChannelLink> {
        let (from, to) = (self.place(link.from), self.place(link.to));
        let outer = || (self.side_lanes() + 1) * 2;
        let crossing = |top: Option<usize>, bottom| {
            let leaves = top.is_some() && from.row + 1 == space;
            let end = if top.is_some() { to.row } else { from.row };
            let far = if end < space { (0, space - end) } else { (1, usize::MAX - end) };
            let side = (link.course == Course::Outer).then_some(far);
            Some(ChannelLink { link: *link, top, bottom, up: None, outer: outer(), leaves, exit: 0, side })
        };
        match link.course {
            Course::Hang if self.is_tooth(link.to) && to.row == space && from.row < space => {
                crossing(Some(from.half_lane()), Some(from.half_lane() + 1))
            }
            Course::Step { turn } if turn == space => crossing(Some(from.half_lane()), Some(to.half_lane())),
            Course::Under if from.row + 1 == space => {
                let (top, up) = (Some(from.half_lane()), Some(to.half_lane()));
                let outer = outer();
                Some(ChannelLink { link: *link, top, bottom: None, up, outer, leaves: true, exit: 0, side: None })
            }
            Course::Bypass if from.row + 1 == space => crossing(Some(from.half_lane()), Some(from.half_lane() + 1)),
            Course::Bypass if to.row == space => crossing(Some(to.half_lane() + 1), Some(to.half_lane())),
            Course::Outer if from.row + 1 == space && !self.outermost(link.from) => {
                crossing(Some(from.half_lane()), None)
            }
            Course::Outer if to.row == space && !self.outermost(link.to) => crossing(None, Some(to.half_lane())),
            _ => None,
        }
    }

    /// The lanes, in halves, in which a line runs straight down from its box past the space above row `space`.
    fn straight_below(&self, space: usize) -> Vec<usize> {
        let straight = self.links.iter().filter(|link| {
            let turns = matches!(link.course, Course::Step { turn } if turn > space);
            self.place(link.from).row + 1 == space && (link.course == Course::Down || turns)
        });
        straight.map(|link| self.place(link.from).half_lane()).collect()
    }

    fn crossings(&self, space: usize) -> Vec<ChannelLink> {
        self.links.iter().filter_map(|link| self.crossing(link, space)).collect()
    }
}

/// The boxes on the line of each row, and the place of each box.
fn rows_of_chart(chart: &Chart, below: &[Below]) -> (Vec<Vec<StageIx>>, Vec<Place>) {
    let mut rows: Vec<Vec<StageIx>> = Vec::new();
    let mut places = vec![Place { row: 0, lane: 0, before: false }; chart.stages.len()];
    for (i, stage) in chart.stages.iter().enumerate() {
        if stage.beside.is_none() {
            places[i].row = rows.len();
            rows.push(vec![StageIx(i)]);
        }
    }
    for (i, stage) in chart.stages.iter().enumerate() {
        let Some(host) = &stage.beside else { continue };
        let row = places[host.value.0].row;
        let under = below.get(row);
        let rank = under.and_then(|below| below.boxes.iter().position(|&stage| stage == StageIx(i)));
        places[i] = match (rank, under) {
            (Some(at), Some(below)) if below.stand == Stand::Ranked => Place { row, lane: at + 1, before: true },
            (Some(_), _) => Place { row, lane: below::LANE, before: false },
            _ => Place { row, lane: rows[row].len(), before: false },
        };
        if rank.is_none() {
            rows[row].push(StageIx(i));
        }
    }
    (rows, places)
}
