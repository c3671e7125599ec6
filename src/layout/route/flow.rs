//! Arrows of the flow: down the lanes, across, through the spaces between rows, along the outer side.
//!
//! The topology told each arrow's course and the channels its level in a space; here they get their coordinates. An arrow
//! that goes on to another page ends at the edge of the grid, and begins there again.

use std::collections::BTreeSet;

use super::{Meaning, Route, crossing};
use crate::geom::Point;
use crate::layout::grid::Grid;
use crate::layout::grid::shape::PORT;
use crate::layout::grid::widths::FlowText;
use crate::layout::metrics::{ABREAST, ASIDE, EXIT, FORK, HEAD_LENGTH, INNER_ENTRY, REFERENCE, TAIL};
use crate::layout::place::{Placed, StagePlace};
use crate::layout::topology::channel::{ChannelLink, Net};
use crate::layout::topology::sides::Port;
use crate::layout::topology::{Course, FlowLink};
use crate::layout::words::block::Para;
use crate::model::StageIx;
use crate::scene::ArrowKind;
use crate::unit::{Em, Length};

/// Finds the ways of the flow's arrows over one page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlowRouter<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) placed: &'a Placed,
    pub(crate) body: Length,
    /// The width of the text in flow boxes.
    pub(crate) text: FlowText,
    /// Where arrows in the lanes end that come from and go to other pages: above and below the rows.
    pub(crate) extent: (Length, Length),
}

/// An arrow of the flow on its way over a page.
#[derive(Clone, Debug)]
pub(crate) struct FlowRoute {
    pub(crate) link: FlowLink,
    pub(crate) route: Route,
}

impl FlowRouter<'_> {
    /// The arrows that come to this page.
    pub(crate) fn routes(&self) -> Vec<FlowRoute> {
        let links = self.grid.topology.links.iter();
        let route = |link: &FlowLink| Route::new(&self.points(link), self.meaning(link));
        links.filter_map(|link| Some(FlowRoute { link: *link, route: route(link)? })).collect()
    }

    /// In how many places lines of the arrows that come to this page cross.
    pub(crate) fn crossings(&self) -> usize {
        let routes: Vec<Route> = self.routes().into_iter().map(|flow| flow.route).collect();
        let mut places = BTreeSet::new();
        for (at, route) in routes.iter().enumerate() {
            for other in routes[at + 1..].iter().filter(|other| !route.of_one_box(other)) {
                let pairs = route.pieces().flat_map(|piece| other.pieces().map(move |across| (piece, across)));
                let met = |(one, other)| crossing(one, other).or_else(|| crossing(other, one));
                places.extend(pairs.filter_map(met).map(|at| (at.x, at.y)));
            }
        }
        places.len()
    }

    fn meaning(&self, link: &FlowLink) -> Meaning {
        let (content, topology) = (self.grid.content, self.grid.topology);
        let label = self.grid.branch_label(link).map(Para::words);
        Meaning {
            kind: ArrowKind::Flow,
            from: content.stage_end(link.from),
            to: content.stage_end(link.to),
            label,
            returns: topology.returns(link),
            span: Some(link.span),
        }
    }

    pub(super) fn at(&self, em: Em) -> Length {
        em.at(self.body)
    }

    pub(super) fn row(&self, stage: StageIx) -> usize {
        self.grid.topology.place(stage).row
    }

    pub(super) fn lane(&self, stage: StageIx) -> usize {
        self.grid.topology.place(stage).lane
    }

    /// The middle of a stage's box.
    fn mid(&self, stage: StageIx) -> Length {
        self.placed.middle(self.row(stage), self.grid.topology.place(stage).half_lane())
    }

    /// An arrow's points on this page; none where it doesn't come here.
    fn points(&self, link: &FlowLink) -> Vec<Point> {
        let rows = &self.placed.rows;
        let (first, last) = self.grid.topology.rows_of(link);
        if last < rows.start || first >= rows.end {
            return Vec::new();
        }
        match link.course {
            Course::Across => self.across(link),
            Course::Down => self.downwards(link, self.row(link.to)),
            Course::Step { turn } => self.downwards(link, turn),
            Course::Under => self.under(link),
            Course::Rise => self.rise(link),
            Course::Outer => self.outer(link),
            Course::Inner => self.inner(link),
            Course::Bypass => self.bypass(link),
            Course::Hang => self.hang(link),
            Course::Follow => self.follow(link),
        }
    }

    /// Whether a stage is on a page before this one.
    pub(super) fn is_before(&self, stage: StageIx) -> bool {
        self.row(stage) < self.placed.rows.start
    }

    /// Where an outer arrow ends towards the page that a stage is on: below the words of the lanes and of the tracks
    /// nearer to the boxes.
    fn outer_end(&self, link: &FlowLink, stage: StageIx) -> Length {
        let (rows, topology) = (&self.placed.rows, self.grid.topology);
        let space = if self.is_before(stage) { rows.start } else { rows.end };
        let nearer = topology.outer_breaks(space).iter().filter(|&&track| track < topology.track(link)).count();
        let lines = nearer + usize::from(topology.passes_break(space));
        let words = self.at(REFERENCE * lines as i32);
        if self.is_before(stage) { self.extent.0 - words } else { self.extent.1 + words }
    }

    fn across(&self, link: &FlowLink) -> Vec<Point> {
        let (Some(from), Some(to)) = (self.placed.stage(link.from), self.placed.stage(link.to)) else {
            return Vec::new();
        };
        let y = self.across_y(link);
        let facing = if to.shape.left > from.shape.left { 1 } else { -1 };
        vec![Point::new(from.side_at(y, facing), y), Point::new(to.side_at(y, -facing), y)]
    }

    /// The height of an arrow to the neighbour: above the row's line or below it where another comes back.
    pub(super) fn across_y(&self, link: &FlowLink) -> Length {
        let both = self.grid.topology.from(link.to).iter().any(|back| back.to == link.from);
        let inwards = self.lane(link.to) < self.lane(link.from);
        let line = self.placed.line(self.row(link.from));
        match (both, inwards) {
            (false, _) => line,
            (true, true) => line + self.at(ABREAST) / 2,
            (true, false) => line - self.at(ABREAST) / 2,
        }
    }

    /// Down, changing lanes in the space above row `turn`; of two pages that this space is on, on the second.
    fn downwards(&self, link: &FlowLink, turn: usize) -> Vec<Point> {
        let rows = &self.placed.rows;
        let mut start = self.mid(link.from);
        let (mut end, mut y) = (self.mid(link.to), None);
        if let Some((net, crossing)) = self.grid.topology.channels[turn].find(link) {
            end += self.aside(net);
            start += self.exit(crossing);
            y = (rows.start..rows.end).contains(&turn).then(|| self.level_y(turn, net.level));
        }
        let begin = match self.placed.stage(link.from) {
            Some(from) => Point::new(start, from.bottom_at(start)),
            None => Point::new(if turn < rows.start { end } else { start }, self.extent.0),
        };
        let tip = match self.placed.stage(link.to) {
            Some(to) => Point::new(end, to.top_at(end)),
            None => Point::new(if turn < rows.end { end } else { start }, self.extent.1),
        };
        let corners = y.into_iter().flat_map(|y| [Point::new(begin.x, y), Point::new(tip.x, y)]);
        std::iter::once(begin).chain(corners).chain([tip]).collect()
    }

    /// How far the ends of a net stand from their lane's middle.
    fn aside(&self, net: &Net) -> Length {
        self.at(ASIDE) * i64::from(net.aside) * self.placed.outward
    }

    /// How far from the middle of its box's bottom an arrow leaves it.
    pub(super) fn exit(&self, crossing: &ChannelLink) -> Length {
        self.at(EXIT) * i64::from(crossing.exit) * self.placed.outward
    }

    fn exit_of(&self, link: &FlowLink) -> Length {
        let found = self.grid.topology.channels[self.row(link.from) + 1].find(link);
        found.map_or(Length::ZERO, |(_, crossing)| self.exit(crossing))
    }

    /// Below the boxes of its row, and up to the target.
    fn under(&self, link: &FlowLink) -> Vec<Point> {
        let (Some(from), Some(to)) = (self.placed.stage(link.from), self.placed.stage(link.to)) else {
            return Vec::new();
        };
        let x0 = from.shape.mid_x() + self.exit_of(link);
        let (x1, y) = (to.shape.mid_x(), self.turn_y(link, self.row(link.from) + 1));
        let points = [(x0, from.bottom_at(x0)), (x0, y), (x1, y), (x1, to.whole.bottom)];
        points.map(|(x, y)| Point::new(x, y)).to_vec()
    }

    /// Down beside the middle, then to the side of a box that hangs; to a tooth of a comb past the main box beside it, or from
    /// that box's side.
    fn hang(&self, link: &FlowLink) -> Vec<Point> {
        let (from, to) = (self.placed.stage(link.from), self.placed.stage(link.to));
        let (x, row, topology) = (self.hung_x(link), self.row(link.to), self.grid.topology);
        let start = if topology.has_own_comb(row) {
            self.mid(link.from) + self.at(EXIT) * self.placed.outward
        } else if topology.has_comb(row) {
            self.mid(link.from) + self.exit_of(link)
        } else {
            x
        };
        let begin = match from {
            Some(from) if topology.is_level_comb(row) => {
                let line = self.placed.line(row);
                Point::new(from.side_at(line, self.placed.outward), line)
            }
            Some(from) => Point::new(start, from.bottom_at(start)),
            None => Point::new(start, self.extent.0),
        };
        let Some(to) = to else { return vec![begin, Point::new(start, self.extent.1)] };
        let y = to.whole.mid_y();
        let turn = if topology.is_level_comb(row) {
            begin.y
        } else if topology.has_own_comb(row) {
            self.placed.flow_extent(row).1 + self.at(FORK)
        } else if topology.has_comb(row) {
            self.fork_y(link)
        } else {
            y
        };
        let corners = [(begin.x, turn), (x, turn), (x, y), (to.side_at(y, -self.placed.outward), y)];
        std::iter::once(begin).chain(corners.map(|(x, y)| Point::new(x, y))).collect()
    }

    /// Straight down to the box under it.
    fn follow(&self, link: &FlowLink) -> Vec<Point> {
        let (Some(from), Some(to)) = (self.placed.stage(link.from), self.placed.stage(link.to)) else {
            return Vec::new();
        };
        let x = self.mid(link.to);
        vec![Point::new(x, from.bottom_at(x)), Point::new(x, to.top_at(x))]
    }

    /// Where the line to a comb turns aside from the main line: no lower than its first tooth, and level with that rather
    /// than a little above.
    fn fork_y(&self, link: &FlowLink) -> Length {
        let row = self.row(link.to);
        let teeth = self.placed.stages.iter().filter(|place| self.row(place.stage) == row);
        let teeth = teeth.filter(|place| self.grid.topology.is_tooth(place.stage));
        let (first, level) = (teeth.map(|place| place.whole.mid_y()).min(), self.turn_y(link, row));
        first.filter(|&first| first < level + self.at(TAIL)).unwrap_or(level)
    }

    /// The line that a box hangs from.
    pub(super) fn hung_x(&self, link: &FlowLink) -> Length {
        self.placed.middle(self.row(link.to), 0)
            + self.at(self.grid.hung_line(link.to, self.text)) * self.placed.outward
    }

    /// Up the source's lane, then to the target's side.
    fn rise(&self, link: &FlowLink) -> Vec<Point> {
        let x = self.mid(link.from);
        let begin = self.placed.stage(link.from).map_or(self.extent.1, |from| from.top_at(x));
        let mut points = vec![Point::new(x, begin)];
        match self.placed.stage(link.to) {
            Some(to) => points.extend(self.side_entry(link, to, x)),
            None => points.push(Point::new(x, self.extent.0)),
        }
        points
    }

    /// From a vertical line at `x` to the place at a box's outer side where arrows come in.
    fn side_entry(&self, link: &FlowLink, to: &StagePlace, x: Length) -> [Point; 2] {
        let y = self.port_y(to, self.grid.topology.in_port(link));
        [Point::new(x, y), Point::new(to.side_at(y, self.placed.outward), y)]
    }

    /// Along the outer side: back, or past several rows.
    fn outer(&self, link: &FlowLink) -> Vec<Point> {
        let x = self.outer_x(link);
        let topology = self.grid.topology;
        let mut points = match self.placed.stage(link.from) {
            None => vec![Point::new(x, self.outer_end(link, link.from))],
            Some(from) if topology.outermost(link.from) => {
                let y = self.port_y(from, topology.out_port(link));
                vec![Point::new(from.side_at(y, self.placed.outward), y), Point::new(x, y)]
            }
            Some(from) => {
                let start = from.shape.mid_x() + self.exit_of(link);
                let y = self.turn_y(link, self.row(link.from) + 1);
                vec![Point::new(start, from.bottom_at(start)), Point::new(start, y), Point::new(x, y)]
            }
        };
        match self.placed.stage(link.to) {
            None => points.push(Point::new(x, self.outer_end(link, link.to))),
            Some(to) if topology.outermost(link.to) => points.extend(self.side_entry(link, to, x)),
            Some(to) => {
                let space = self.row(link.to);
                let net = topology.channels[space].find(link).map(|(net, _)| net);
                let end = to.shape.mid_x() + net.map_or(Length::ZERO, |net| self.aside(net));
                let y = self.turn_y(link, space);
                points.extend([Point::new(x, y), Point::new(end, y), Point::new(end, to.top_at(end))]);
            }
        }
        points
    }

    /// Back between the main line and the lanes beside it, from a main box's side to another's: above the arrow to the
    /// neighbour where it leaves a box that has one, below it where it comes to one.
    fn inner(&self, link: &FlowLink) -> Vec<Point> {
        let (x, outward) = (self.placed.outwards(self.at(self.grid.inner_track(self.text))), self.placed.outward);
        let side = |place: &StagePlace, y: Length| Point::new(place.side_at(y, outward), y);
        let mut points = match self.placed.stage(link.from) {
            Some(from) => {
                let y = match self.grid.topology.outermost(link.from) {
                    true => self.port_y(from, self.grid.topology.out_port(link)),
                    false => self.placed.line(self.row(link.from)) - self.at(INNER_ENTRY),
                };
                vec![side(from, y), Point::new(x, y)]
            }
            None => vec![Point::new(x, self.extent.1)],
        };
        match self.placed.stage(link.to) {
            Some(to) => {
                let y = match self.grid.topology.outermost(link.to) {
                    true => self.port_y(to, self.grid.topology.in_port(link)),
                    false => self.placed.line(self.row(link.to)) + self.at(INNER_ENTRY),
                };
                points.extend([Point::new(x, y), side(to, y)]);
            }
            None => points.push(Point::new(x, self.extent.0)),
        }
        points
    }

    /// Down beside the middle of its box's bottom, past main boxes between the main line and the lanes beside it, and back
    /// to the main line above the target.
    fn bypass(&self, link: &FlowLink) -> Vec<Point> {
        let (rows, channels) = (&self.placed.rows, &self.grid.topology.channels);
        let (leave, enter) = (self.row(link.from) + 1, self.row(link.to));
        let start = self.mid(link.from) + self.exit_of(link);
        let along = self.placed.outwards(self.at(self.grid.inner_track(self.text)));
        let end = self.mid(link.to) + channels[enter].find(link).map_or(Length::ZERO, |(net, _)| self.aside(net));
        // At a page's edge: before the turn in a space that is on the second of two pages, and after it.
        let cut = |edge: usize| match edge {
            edge if edge <= leave => start,
            edge if edge <= enter => along,
            _ => end,
        };
        let begin = match self.placed.stage(link.from) {
            Some(from) => Point::new(start, from.bottom_at(start)),
            None => Point::new(cut(rows.start), self.extent.0),
        };
        let tip = match self.placed.stage(link.to) {
            Some(to) => Point::new(end, to.top_at(end)),
            None => Point::new(cut(rows.end), self.extent.1),
        };
        let turns = [(leave, start, along), (enter, along, end)].into_iter().filter(|(space, ..)| rows.contains(space));
        let corners = turns.flat_map(|(space, from, to)| {
            let y = self.turn_y(link, space);
            [Point::new(from, y), Point::new(to, y)]
        });
        std::iter::once(begin).chain(corners).chain([tip]).collect()
    }

    /// The track of an outer arrow.
    fn outer_x(&self, link: &FlowLink) -> Length {
        self.placed.outwards(self.at(self.grid.side_line(link, self.text)))
    }

    /// The height of a port at a box's outer side: all are spread about the box's middle, their lines as near to it as the
    /// words below them leave it; or about the row's line where an arrow of the row leaves in the middle.
    pub(super) fn port_y(&self, place: &StagePlace, port: Port) -> Length {
        let ports = self.grid.ports(place.stage, self.text);
        let at = self.grid.topology.sides.at(place.stage).position(port).unwrap_or_default();
        let before = ports.height(0..at) + PORT / 2;
        if !self.grid.flow_between() {
            let (count, all) = (ports.heights.len(), ports.height(0..ports.heights.len()));
            let last = ports.height(0..count.saturating_sub(1));
            let spare = (place.shape.height() - self.at(all)).max(Length::ZERO);
            let words = self.at(all - last - PORT);
            return place.shape.mid_y() + self.at(before - all / 2) + words.min(spare) / 2;
        }
        let beyond = if at < ports.above { -PORT / 2 } else { PORT / 2 };
        self.placed.line(self.row(place.stage)) + self.at(beyond + before - ports.height(0..ports.above))
    }

    /// The space above row `space`, between the rows that bound it.
    pub(super) fn space(&self, space: usize) -> (Length, Length) {
        let rows = &self.placed.rows;
        let above = space.checked_sub(1).filter(|row| rows.contains(row));
        let top = above.map_or(self.extent.0, |row| self.placed.flow_extent(row).1);
        let bottom = if rows.contains(&space) { self.placed.flow_extent(space).0 } else { self.extent.1 };
        (top, bottom)
    }

    /// The height of an arrow's level in a space.
    fn turn_y(&self, link: &FlowLink, space: usize) -> Length {
        let level = self.grid.topology.channels[space].find(link).map_or(0, |(net, _)| net.level);
        self.level_y(space, level)
    }

    /// The height of a level. Those that leave lie near to the boxes above, the others near to those below, a little
    /// apart where there is room.
    pub(super) fn level_y(&self, space: usize, level: usize) -> Length {
        let room = self.grid.room(space, self.text);
        let (top, bottom) = self.space(space);
        let spare = (bottom - top - self.at(room.height)).max(Length::ZERO) / (room.bands.len() as i64 + 1);
        let sum = |bands: &[Em]| -> Length { bands.iter().map(|&band| self.at(band) + spare.min(self.body / 2)).sum() };
        if level < self.grid.topology.channels[space].leaving {
            return top + self.at(room.passing + room.below + room.spine) + sum(&room.bands[..=level]);
        }
        bottom - self.at(HEAD_LENGTH + TAIL) - sum(&room.bands[level + 1..])
    }
}
