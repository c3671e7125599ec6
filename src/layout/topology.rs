//! Which row and lane every flow box stands in, and which arrows of the flow need room of their own.

use crate::model::{Chart, StageIx};

/// The rows of the grid and the flow's arrows between them.
#[derive(Clone, Debug)]
pub(super) struct Topology {
    /// The boxes of each row: the main line's first, then those beside it.
    pub(super) rows: Vec<Vec<StageIx>>,
    /// Each stage's row and lane (0 is the main line).
    pub(super) places: Vec<Place>,
    /// The arrows, by the stage they leave.
    pub(super) links: Vec<FlowLink>,
    /// Those along the outer side, short ones first: they run nearest to the boxes.
    pub(super) outer: Vec<FlowLink>,
    /// How many arrows run along the outer side at most at any height.
    pub(super) outer_tracks: usize,
    /// How many arrows change lanes in the space below each row.
    steps_below: Vec<usize>,
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
        let mut outer: Vec<_> = links.iter().filter(|link| link.course == Course::Outer).copied().collect();
        outer.sort_by_key(|link| {
            let (first, last) = rows_of(&places, link);
            (last - first, first, link.from, link.index)
        });
        let mut beside = vec![0; rows.len()];
        for link in &outer {
            let (first, last) = rows_of(&places, link);
            beside[first..=last].iter_mut().for_each(|count| *count += 1);
        }
        let steps_below = steps_below(&places, &links, rows.len());
        Self { rows, places, links, outer, outer_tracks: beside.into_iter().max().unwrap_or(0), steps_below }
    }

    /// The arrows that leave a stage.
    pub(super) fn from(&self, stage: StageIx) -> &[FlowLink] {
        let begin = self.links.partition_point(|link| link.from < stage);
        let end = self.links.partition_point(|link| link.from <= stage);
        &self.links[begin..end]
    }

    /// The greatest number of boxes beside a main one.
    pub(super) fn side_lanes(&self) -> usize {
        self.rows.iter().map(|row| row.len() - 1).max().unwrap_or(0)
    }

    /// The first and the last row that an arrow touches.
    pub(super) fn rows_of(&self, link: &FlowLink) -> (usize, usize) {
        rows_of(&self.places, link)
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
        self.steps_below[row]
    }
}

fn rows_of(places: &[Place], link: &FlowLink) -> (usize, usize) {
    let (a, b) = (places[link.from.0].row, places[link.to.0].row);
    (a.min(b), a.max(b))
}

fn steps_below(places: &[Place], links: &[FlowLink], rows: usize) -> Vec<usize> {
    let mut steps = vec![0; rows];
    for link in links {
        let (from, to) = (places[link.from.0].row, places[link.to.0].row);
        let above = |row: usize| row.checked_sub(1);
        let crossed = match link.course {
            Course::Step => [Some(from.min(to)), None],
            Course::Outer => [Some(from), above(to).filter(|&row| row != from)],
            Course::Down | Course::Across => [None; 2],
        };
        crossed.into_iter().flatten().for_each(|row| steps[row] += 1);
    }
    steps
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
