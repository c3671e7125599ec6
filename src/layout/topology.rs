//! Which row and lane every flow box stands in, and which arrows of the flow need room of their own.

use crate::model::{Chart, StageIx};

/// The rows of the grid and the flow's arrows between them.
#[derive(Clone, Debug)]
pub(super) struct Topology {
    /// The boxes of each row: the main line's first, then those beside it.
    pub(super) rows: Vec<Vec<StageIx>>,
    /// Each stage's row and lane (0 is the main line).
    pub(super) places: Vec<Place>,
    /// The arrows.
    pub(super) links: Vec<FlowLink>,
}

/// Where a flow box stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The row, from 0.
    pub(super) row: usize,
    /// The lane: 0 is the main line.
    pub(super) lane: usize,
}

/// An arrow of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FlowLink {
    /// The box it leaves.
    pub(super) from: StageIx,
    /// The box it enters.
    pub(super) to: StageIx,
    /// Its position in the stage's `next`.
    pub(super) index: usize,
    /// How it runs.
    pub(super) course: Course,
}

/// How an arrow runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// Straight down to the next row, in one lane.
    Down,
    /// Straight to the neighbour in the same row.
    Across,
    /// Through the space between two neighbouring rows, from lane to lane.
    Step,
    /// Along the outer side.
    Outer,
}

impl Topology {
    /// Reads the topology off a chart.
    pub(super) fn of(chart: &Chart) -> Self {
        let mut rows: Vec<Vec<StageIx>> = Vec::new();
        let mut places = vec![Place { row: 0, lane: 0 }; chart.stages.len()];
        for (i, stage) in chart.stages.iter().enumerate() {
            if stage.beside.is_none() {
                places[i].row = rows.len();
                rows.push(vec![StageIx(i)]);
            }
        }
        for (i, stage) in chart.stages.iter().enumerate() {
            if let Some(host) = &stage.beside {
                let row = places[host.value.0].row;
                places[i] = Place { row, lane: rows[row].len() };
                rows[row].push(StageIx(i));
            }
        }
        let mut links = Vec::new();
        for (i, stage) in chart.stages.iter().enumerate() {
            for (index, link) in stage.next.iter().enumerate() {
                let course = course(&rows, places[i], places[link.to.0]);
                links.push(FlowLink { from: StageIx(i), to: link.to, index, course });
            }
        }
        Self { rows, places, links }
    }

    /// The greatest number of boxes beside a main one.
    pub(super) fn side_lanes(&self) -> usize {
        self.rows.iter().map(|row| row.len() - 1).max().unwrap_or(0)
    }

    /// How many arrows run along the outer side at most at any height.
    pub(super) fn outer_tracks(&self) -> usize {
        let outer: Vec<_> = self.links.iter().filter(|link| link.course == Course::Outer).collect();
        let spans = |link: &FlowLink, row: usize| {
            let (first, last) = self.rows_of(link);
            (first..=last).contains(&row)
        };
        (0..self.rows.len()).map(|row| outer.iter().filter(|link| spans(link, row)).count()).max().unwrap_or(0)
    }

    /// The arrows along the outer side, short ones first: they run nearest to the boxes.
    pub(super) fn outer_links(&self) -> Vec<&FlowLink> {
        let mut outer: Vec<_> = self.links.iter().filter(|link| link.course == Course::Outer).collect();
        outer.sort_by_key(|link| {
            let (first, last) = self.rows_of(link);
            (last - first, first, link.from, link.index)
        });
        outer
    }

    /// The first and the last row that an arrow touches.
    pub(super) fn rows_of(&self, link: &FlowLink) -> (usize, usize) {
        let (a, b) = (self.places[link.from.0].row, self.places[link.to.0].row);
        (a.min(b), a.max(b))
    }

    /// Whether an arrow steps outwards to a box beside the main line.
    pub(super) fn fans_out(&self, link: &FlowLink) -> bool {
        link.course == Course::Step && self.places[link.to.0].lane > self.places[link.from.0].lane
    }

    /// Whether a box stands at its row's outer end.
    pub(super) fn outermost(&self, stage: StageIx) -> bool {
        let place = self.places[stage.0];
        place.lane + 1 == self.rows[place.row].len()
    }

    /// How many arrows change lanes in the space below a row.
    pub(super) fn steps_below(&self, row: usize) -> usize {
        let below = |link: &&FlowLink| {
            let (from, to) = (self.places[link.from.0].row, self.places[link.to.0].row);
            match link.course {
                Course::Step => from.min(to) == row,
                Course::Outer => from == row || to == row + 1,
                Course::Down | Course::Across => false,
            }
        };
        self.links.iter().filter(below).count()
    }
}

fn course(rows: &[Vec<StageIx>], from: Place, to: Place) -> Course {
    let lane_free = |lane: usize, between: std::ops::Range<usize>| rows[between].iter().all(|row| row.len() <= lane);
    if from.row + 1 == to.row && from.lane == to.lane {
        Course::Down
    } else if from.row == to.row && from.lane.abs_diff(to.lane) == 1 {
        Course::Across
    } else if from.row + 1 == to.row {
        Course::Step
    } else if from.row < to.row && to.lane == from.lane && lane_free(from.lane, from.row + 1..to.row) {
        Course::Down
    } else if from.row < to.row && from.lane > 0 && lane_free(from.lane, from.row + 1..to.row) {
        // Down its own lane, which no box stands in, then over to the target in the space above it.
        Course::Step
    } else {
        Course::Outer
    }
}
