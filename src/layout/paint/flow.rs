//! Arrows of the flow: down the spine, across, through the space between rows, along the outer side.
//!
//! Each arrow's course was told by the topology; here it gets its coordinates. Space between two rows is divided into
//! tracks, one for each source that fans out and each target that is joined; the outer side has one track for each arrow
//! that runs there at a time. Labels stand beside their arrow's beginning.

use super::arrow::ArrowStyle;
use super::text::{Align, group, para};
use crate::geom::Point;
use crate::layout::block::Para;
use crate::layout::grid::{Grid, LABEL_MEASURE, PASSING, PORT};
use crate::layout::metrics::{FLOW_LINE, GUTTER, HEAD_LENGTH, LABEL_SPACE, TRACK};
use crate::layout::place::{Placed, StagePlace};
use crate::layout::topology::{Course, FlowLink, Place};
use crate::model::StageIx;
use crate::scene::{Item, Role};
use crate::theme::Theme;
use crate::unit::{Em, Length};

/// Draws the flow's arrows of one page.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct FlowPainter<'a> {
    pub(in crate::layout) grid: &'a Grid<'a>,
    pub(in crate::layout) placed: &'a Placed,
    pub(in crate::layout) body: Length,
    pub(in crate::layout) theme: &'a Theme,
    /// The width of the text in flow boxes.
    pub(in crate::layout) name: Em,
    /// Top and bottom of the grid, where arrows from and to other pages end.
    pub(in crate::layout) extent: (Length, Length),
}

/// An arrow's points and where its label stands.
struct Route {
    points: Vec<Point>,
    label: Option<LabelPlace>,
}

/// Where a label stands: between two edges, from a top down or from a bottom up.
#[derive(Clone, Copy)]
struct LabelPlace {
    left: Length,
    right: Length,
    y: Length,
    above: bool,
    align: Align,
}

/// How far two arrows that run both ways between neighbours stand apart.
const ABREAST: Em = Em::milli(560);

impl FlowPainter<'_> {
    /// All arrows, and the labels with the stages they leave. Labels are to be drawn after the arrows, so that no line
    /// lies over words, and read with their stage.
    pub(in crate::layout) fn paint(&self) -> (Vec<Item>, Vec<(StageIx, Item)>) {
        let style = ArrowStyle { color: self.theme.flow_line, width: FLOW_LINE, body: self.body };
        let mut items = Vec::new();
        let mut labels = Vec::new();
        for link in &self.grid.topology.links {
            let (from, to) = (self.placed.stage(link.from), self.placed.stage(link.to));
            let route = match (from, to) {
                (Some(from), Some(to)) => self.route(link, from, to),
                (Some(from), None) => Some(self.leaving(link, from)),
                (None, Some(to)) => Some(self.arriving(link, to)),
                (None, None) => None,
            };
            let Some(route) = route else { continue };
            items.extend(style.arrow(&route.points));
            let label = self.grid.content.branch_labels[link.from.0][link.index].as_ref();
            if let (Some(place), Some(label)) = (route.label, label) {
                labels.push((link.from, self.label(label, place)));
            }
        }
        (items, labels)
    }

    fn at(&self, em: Em) -> Length {
        em.at(self.body)
    }

    fn lane_place(&self, stage: StageIx) -> Place {
        self.grid.topology.places[stage.0]
    }

    fn route(&self, link: &FlowLink, from: &StagePlace, to: &StagePlace) -> Option<Route> {
        Some(match link.course {
            Course::Down => self.down(link, from, to),
            Course::Across => self.across(link, from, to),
            Course::Step => self.step(link, from, to),
            Course::Outer => self.outer(link, from, to),
        })
    }

    fn down(&self, link: &FlowLink, from: &StagePlace, to: &StagePlace) -> Route {
        let x = from.shape.mid_x();
        let points = vec![Point::new(x, from.whole.bottom), Point::new(to.shape.mid_x(), to.shape.top)];
        Route { points, label: Some(self.beside_spine(x, link, from)) }
    }

    /// A label to the right of a vertical line that leaves a box below: under arrows that pass there, and under the labels
    /// of the arrows that share the line.
    fn beside_spine(&self, x: Length, link: &FlowLink, from: &StagePlace) -> LabelPlace {
        let row = self.lane_place(from.stage).row;
        let passing = if self.grid.passes_below(row) { PASSING } else { Em::ZERO };
        let bottom = if passing > Em::ZERO { self.space_below(row).0 } else { from.whole.bottom };
        let labels = self.grid.labels_beside(from.stage);
        let above = labels.iter().take_while(|(other, _)| other != link);
        let above: Em = above.map(|&(_, label)| self.grid.height_beside(label, self.name)).sum();
        let y = bottom + self.at(passing + above + Em::milli(120));
        let left = x + self.at(LABEL_SPACE);
        let right = x + self.placed.lane / 2 + self.at(GUTTER) - self.at(LABEL_SPACE);
        LabelPlace { left, right, y, above: false, align: Align::Left }
    }

    fn across(&self, link: &FlowLink, from: &StagePlace, to: &StagePlace) -> Route {
        let both = self.grid.topology.links.iter().any(|other| other.from == link.to && other.to == link.from);
        let rightward = to.shape.left > from.shape.left;
        let shift = match (both, rightward) {
            (false, _) => Length::ZERO,
            (true, true) => self.at(ABREAST) / 2,
            (true, false) => -self.at(ABREAST) / 2,
        };
        let y = self.placed.line(self.lane_place(link.from).row) + shift;
        let (start, end) =
            if rightward { (from.shape.right, to.shape.left) } else { (from.shape.left, to.shape.right) };
        let above = shift <= Length::ZERO;
        let near = self.at(LABEL_SPACE) / 2;
        let y_label = if above { y - near } else { y + near };
        let (left, right) = (start.min(end) + near, start.max(end) - near);
        let label = LabelPlace { left, right, y: y_label, above, align: Align::Centre };
        Route { points: vec![Point::new(start, y), Point::new(end, y)], label: Some(label) }
    }

    /// Through the space above the target's row.
    fn step(&self, link: &FlowLink, from: &StagePlace, to: &StagePlace) -> Route {
        let row = self.lane_place(link.to).row;
        let y = self.track_y(row - 1, link);
        let (x0, x1) = (from.shape.mid_x(), to.shape.mid_x());
        let points =
            vec![Point::new(x0, from.whole.bottom), Point::new(x0, y), Point::new(x1, y), Point::new(x1, to.shape.top)];
        let label = if self.grid.topology.fans_out(link) {
            // Fanning out: above the end of the horizontal line, over the target.
            let half = self.placed.lane / 2;
            let away = self.at(LABEL_SPACE) / 2;
            let (left, right) = if x1 < x0 { (x1, x1 + half * 2) } else { (x1 - half * 2, x1) };
            let align = if x1 < x0 { Align::Left } else { Align::Right };
            LabelPlace { left: left + away, right: right - away, y: y - away, above: true, align }
        } else {
            self.beside_spine(x0, link, from)
        };
        Route { points, label: Some(label) }
    }

    /// The space between a row's flow boxes and the next row's.
    fn space_below(&self, row: usize) -> (Length, Length) {
        let of = |row: usize| self.placed.stages.iter().filter(move |p| self.lane_place(p.stage).row == row);
        let top = of(row).map(|place| place.whole.bottom).max().unwrap_or(self.extent.0);
        let bottom = of(row + 1).map(|place| place.shape.top).min().unwrap_or(self.extent.1);
        (top, bottom)
    }

    /// The height of an arrow's track in the space below a row: sources that fan out first, joins last.
    fn track_y(&self, row: usize, link: &FlowLink) -> Length {
        let mut keys: Vec<(bool, usize)> = Vec::new();
        for other in &self.grid.topology.links {
            if self.uses_space(other, row) {
                keys.push(self.track_key(other));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        let index = keys.iter().position(|&key| key == self.track_key(link)).unwrap_or(0) as i64;
        let (top, bottom) = self.space_below(row);
        let passing = if self.grid.passes_below(row) { PASSING } else { Em::ZERO };
        let labels = self.grid.label_room(row, self.name);
        let (top, bottom) = (
            top + self.at(passing + labels.max(Em::milli(200)) + Em::milli(100)),
            bottom - self.at(HEAD_LENGTH + Em::milli(220)),
        );
        let count = keys.len() as i64;
        // A lone track lies near its targets, which leaves the room above it to labels.
        if count <= 1 { bottom } else { top + (bottom - top).max(Length::ZERO).scale(index, count - 1) }
    }

    fn uses_space(&self, link: &FlowLink, row: usize) -> bool {
        let (from, to) = (self.lane_place(link.from), self.lane_place(link.to));
        match link.course {
            Course::Step => to.row == row + 1,
            Course::Outer => {
                (self.leaves_below(link) && from.row == row) || (self.enters_above(link) && to.row == row + 1)
            }
            Course::Down | Course::Across => false,
        }
    }

    /// Arrows to one target share a track, else arrows of one source.
    fn track_key(&self, link: &FlowLink) -> (bool, usize) {
        let joins = |other: &&FlowLink| other.to == link.to && other.course == Course::Step;
        let joined = self.grid.topology.links.iter().filter(joins).count() > 1;
        let inward = self.lane_place(link.to).lane < self.lane_place(link.from).lane;
        if joined || inward { (true, link.to.0) } else { (false, link.from.0) }
    }

    fn leaves_below(&self, link: &FlowLink) -> bool {
        !self.grid.topology.outermost(link.from)
    }

    fn enters_above(&self, link: &FlowLink) -> bool {
        !self.grid.topology.outermost(link.to)
    }

    /// Along the outer side: back, or past several rows.
    fn outer(&self, link: &FlowLink, from: &StagePlace, to: &StagePlace) -> Route {
        let x = self.outer_x(link);
        let (mut points, label) = self.onto_track(link, from, x);
        points.extend(self.off_track(link, to, x));
        Route { points, label: Some(label) }
    }

    /// From a box to the track at `x`, and where the label stands.
    fn onto_track(&self, link: &FlowLink, from: &StagePlace, x: Length) -> (Vec<Point>, LabelPlace) {
        if self.leaves_below(link) {
            let y = self.track_y(self.lane_place(link.from).row, link);
            let x0 = from.shape.mid_x();
            let points = vec![Point::new(x0, from.whole.bottom), Point::new(x0, y), Point::new(x, y)];
            return (points, self.beside_spine(x0, link, from));
        }
        let edge = self.outer_edge(from);
        let y = self.port_y(from, link, true);
        let gap = self.at(LABEL_SPACE) / 2;
        let (left, right, align) =
            if x < edge { (x + gap, edge - gap, Align::Right) } else { (edge + gap, x - gap, Align::Left) };
        let label = LabelPlace { left, right, y: y + gap / 2, above: false, align };
        (vec![Point::new(edge, y), Point::new(x, y)], label)
    }

    /// From the track at `x` to a box.
    fn off_track(&self, link: &FlowLink, to: &StagePlace, x: Length) -> Vec<Point> {
        if !self.enters_above(link) {
            let y = self.port_y(to, link, false);
            return vec![Point::new(x, y), Point::new(self.outer_edge(to), y)];
        }
        let row = self.lane_place(link.to).row;
        let x1 = to.shape.mid_x();
        let y = if row == self.placed.rows.start {
            let tops = self.grid.topology.rows[row].iter().filter_map(|&stage| self.placed.stage(stage));
            tops.map(|place| place.shape.top).min().unwrap_or(to.shape.top) - self.at(Em::milli(300))
        } else {
            self.track_y(row - 1, link)
        };
        vec![Point::new(x, y), Point::new(x1, y), Point::new(x1, to.shape.top)]
    }

    /// A flow box's edge towards the outer side.
    fn outer_edge(&self, place: &StagePlace) -> Length {
        if self.placed.outward > 0 { place.shape.right } else { place.shape.left }
    }

    /// The distance of an outer arrow's track from the lanes: the first track that no arrow before it uses alongside.
    fn outer_x(&self, link: &FlowLink) -> Length {
        let mut taken: Vec<(usize, (usize, usize))> = Vec::new();
        let mut track = 0;
        for other in &self.grid.topology.outer {
            let rows = self.grid.topology.rows_of(other);
            let free = |track: usize| !taken.iter().any(|&(t, r)| t == track && r.0 <= rows.1 && rows.0 <= r.1);
            track = (0..).find(|&track| free(track)).unwrap_or(0);
            if other == link {
                break;
            }
            taken.push((track, rows));
        }
        let (left, right) = self.placed.columns[0];
        let tracks = self.grid.topology.outer_tracks.max(1) as i64;
        let inset = self.at(TRACK) * (tracks - 1 - track as i64) + self.at(TRACK) / 3;
        if self.placed.outward > 0 { right - inset } else { left + inset }
    }

    /// Where an outer arrow meets a box's side: arrows that come in above those that go out, spread about the middle.
    fn port_y(&self, place: &StagePlace, link: &FlowLink, leaving: bool) -> Length {
        let ports = self.grid.ports(place.stage);
        let sum = |leaving: bool| -> Em {
            ports.iter().filter(|(port, _)| port.leaving == leaving).map(|&(_, height)| height).sum()
        };
        let (arriving, all) = (sum(false), sum(false) + sum(true));
        let before = ports.iter().take_while(|(port, _)| port.leaving != leaving || port.link != *link);
        let before: Em = before.map(|&(_, height)| height).sum();
        // From the box's middle to the first port.
        let first = match self.grid.row_arrow_between_ports() {
            true if leaving => PORT / 2 - arriving,
            true => -PORT / 2 - arriving,
            false => -all / 2,
        };
        place.shape.mid_y() + self.at(first + before + PORT / 2)
    }

    /// To a stage on another page: to the grid's end on that side, along the outer side unless the next page goes on
    /// straight below.
    fn leaving(&self, link: &FlowLink, from: &StagePlace) -> Route {
        let back = self.lane_place(link.to).row < self.lane_place(link.from).row;
        let end = if back { self.extent.0 } else { self.extent.1 };
        if link.course == Course::Outer {
            let x = self.outer_x(link);
            let (mut points, label) = self.onto_track(link, from, x);
            points.push(Point::new(x, end));
            return Route { points, label: Some(label) };
        }
        let x = from.shape.mid_x();
        let points = vec![Point::new(x, from.whole.bottom), Point::new(x, end)];
        Route { points, label: Some(self.beside_spine(x, link, from)) }
    }

    /// From a stage on another page.
    fn arriving(&self, link: &FlowLink, to: &StagePlace) -> Route {
        let back = self.lane_place(link.to).row < self.lane_place(link.from).row;
        let begin = if back { self.extent.1 } else { self.extent.0 };
        let points = if link.course == Course::Outer {
            let x = self.outer_x(link);
            let mut points = vec![Point::new(x, begin)];
            points.extend(self.off_track(link, to, x));
            points
        } else {
            // Down the lane of the source, which is free up to the target's row.
            let (left, right) = self.placed.lane_edges(self.lane_place(link.from).lane);
            let (x0, x1) = ((left + right) / 2, to.shape.mid_x());
            let row = self.lane_place(link.to).row;
            let y = if row == self.placed.rows.start { begin } else { self.track_y(row - 1, link) };
            vec![Point::new(x0, begin), Point::new(x0, y), Point::new(x1, y), Point::new(x1, to.shape.top)]
        };
        Route { points, label: None }
    }

    fn label(&self, label: &Para, place: LabelPlace) -> Item {
        let measure = Em::from_length(place.right - place.left, self.body);
        let measure = measure.max(label.least_width()).min(LABEL_MEASURE.max(label.least_width()));
        let height = label.height(measure).at(self.body);
        let top = if place.above { place.y - height } else { place.y };
        let edges = (place.left, place.right);
        let items = para(label, measure, self.body, edges, top, place.align);
        group(Role::BranchLabel, label.pieces[0].span, items)
    }
}
