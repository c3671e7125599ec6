//! Which way each arrow of the flow runs.
//!
//! Straight ways come first: to the neighbour, down a lane that is empty. What goes back rises in its own lane, or runs beside
//! the main line where it crosses nothing there, or less; the rest goes along the outer side.

use std::collections::BTreeSet;

use super::{Course, FlowLink, Topology};
use crate::model::{Chart, StageIx};

/// An arrow in a lane of a row where no box stands.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub(super) lane: usize,
    pub(super) row: usize,
    to: StageIx,
}

/// How two arrows meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meeting {
    None,
    Crosses,
    /// One would lie on the other, or run through its words.
    Collides,
}

/// Gives each arrow its course.
pub(super) struct Planner<'a> {
    topology: &'a Topology,
    divided: bool,
    passes: Vec<Pass>,
}

impl<'a> Planner<'a> {
    /// Looks at a topology whose boxes have their places; `divided` where the flow has a column at both of its sides.
    pub(super) fn new(topology: &'a Topology, divided: bool) -> Self {
        Self { topology, divided, passes: Vec::new() }
    }

    /// The chart's arrows with their courses, and what they take of the lanes.
    pub(super) fn links(mut self, chart: &Chart) -> (Vec<FlowLink>, Vec<Pass>) {
        let mut links = Vec::new();
        for (i, stage) in chart.stages.iter().enumerate() {
            for (index, link) in stage.next.iter().enumerate() {
                // A second arrow between two boxes goes its own way.
                let again = stage.next[..index].iter().any(|other| other.to == link.to);
                let course = if again { Course::Outer } else { self.course(StageIx(i), link.to) };
                links.push(FlowLink {
                    from: StageIx(i),
                    to: link.to,
                    index,
                    course,
                    labelled: link.label.is_some(),
                    span: link.span,
                });
            }
        }
        for at in 0..links.len() {
            let link = links[at];
            if !link.labelled && self.may_rise(&links, &link) {
                let (from, to) = (self.topology.place(link.from), self.topology.place(link.to));
                self.claim(from.lane, to.row..from.row, link.to);
                links[at].course = Course::Rise;
            } else if self.may_go_under(&links, &link) {
                links[at].course = Course::Under;
            }
        }
        for at in 0..links.len() {
            if self.may_run_inside(&links, &links[at]) {
                links[at].course = Course::Inner;
            } else if self.may_bypass(&links, &links[at]) {
                links[at].course = Course::Bypass;
            }
        }
        (links, self.passes)
    }

    /// Whether an arrow back from one main box to another runs between the main line and the lanes beside it: nothing stands
    /// there but the target's comb, and it crosses nothing on its way, or less than on the outer side. Where boxes stand beside
    /// its source, it has to cross nothing, and its words are above them.
    fn may_run_inside(&self, links: &[FlowLink], link: &FlowLink) -> bool {
        let topology = self.topology;
        let (from, to) = (topology.place(link.from), topology.place(link.to));
        let back = link.course == Course::Outer && from.lane == 0 && to.lane == 0 && to.row < from.row;
        let alone = |row: usize| topology.below[row].boxes.is_empty() && topology.lanes(row) == 1;
        let free = |row: usize| match row {
            // The line to a comb below other boxes would cross it.
            _ if row == to.row => {
                topology.below[row].boxes.is_empty() || (topology.has_comb(row) && topology.rows[row].len() == 1)
            }
            _ if row == from.row => alone(row) || !topology.outermost(link.from) && !topology.has_comb(row),
            _ => alone(row),
        };
        if self.divided || !back || topology.side_lanes() == 0 || !(to.row..=from.row).all(free) {
            return false;
        }
        let Some(crossed) = crossed(links, link, |other| self.meets_inside(other, link)) else { return false };
        if !topology.outermost(link.from) {
            return crossed == 0 && !(link.labelled && self.is_used_above(links, from.row));
        }
        crossed == 0 || crossed < self.crossed_from_above(links, link.to)
    }

    /// Whether lines run in the lanes beside the main one, or to them, above a row.
    fn is_used_above(&self, links: &[FlowLink], row: usize) -> bool {
        let outer = |link: &FlowLink| {
            link.course == Course::Outer && self.is_beside(link.to, row) && !self.topology.outermost(link.to)
        };
        links.iter().any(|link| self.is_upright_above(link, row) || outer(link))
            || self.passes.iter().any(|pass| pass.row == row)
    }

    /// Whether a box stands beside the main one of a row.
    fn is_beside(&self, stage: StageIx, row: usize) -> bool {
        let place = self.topology.place(stage);
        place.row == row && place.lane > 0
    }

    /// Whether an arrow comes down to a box beside a row's main one, or goes up from it.
    fn is_upright_above(&self, link: &FlowLink, row: usize) -> bool {
        match link.course {
            Course::Down | Course::Step { .. } => self.is_beside(link.to, row),
            Course::Rise => self.is_beside(link.from, row),
            _ => false,
        }
    }

    /// Whether an arrow from a main box that others stand beside runs down past main boxes between their line and the lanes
    /// beside it: nothing stands there, and it crosses nothing on its way, or less than on the way to the outer side.
    fn may_bypass(&self, links: &[FlowLink], link: &FlowLink) -> bool {
        let topology = self.topology;
        let (from, to) = (topology.place(link.from), topology.place(link.to));
        let past = link.course == Course::Outer && from.lane == 0 && to.lane == 0 && from.row + 1 < to.row;
        let free = |row: usize| {
            topology.below[row].boxes.is_empty() && (row == from.row || row == to.row || topology.lanes(row) == 1)
        };
        if self.divided || !past || topology.outermost(link.from) || !(from.row..=to.row).all(free) {
            return false;
        }
        let crossed = crossed(links, link, |other| self.meets_bypass(other, link));
        crossed.is_some_and(|crossed| crossed == 0 || crossed < self.crossed_below(links, link.from))
    }

    /// How many lines an arrow crosses that leaves a main box below for the outer side: those of the boxes beside it.
    fn crossed_below(&self, links: &[FlowLink], main: StageIx) -> usize {
        let topology = self.topology;
        let row = topology.place(main).row;
        let upright = |link: &&FlowLink| {
            let down = match link.course {
                Course::Down | Course::Step { .. } => true,
                Course::Outer => !topology.outermost(link.from),
                _ => false,
            };
            down && self.is_beside(link.from, row)
        };
        links.iter().filter(upright).count()
    }

    /// How an arrow meets one that runs down between the main line and the lanes beside it.
    fn meets_bypass(&self, link: &FlowLink, bypass: &FlowLink) -> Meeting {
        let topology = self.topology;
        let row = |stage: StageIx| topology.place(stage).row;
        let on_main = |stage: StageIx| topology.place(stage).lane == 0;
        let (first, last) = (row(bypass.from), row(bypass.to));
        let in_space = |space: usize| first < space && space <= last;
        // To the outer side or from there: past a main box's side, or through the space below it or above it.
        let reaches = |stage: StageIx, space: usize| {
            on_main(stage)
                && if topology.outermost(stage) { first < row(stage) && row(stage) < last } else { in_space(space) }
        };
        match link.course {
            Course::Down | Course::Across | Course::Hang | Course::Follow => Meeting::None,
            // Those to one target join above it.
            Course::Step { turn } if link.to == bypass.to && turn == last => Meeting::None,
            Course::Step { turn } if (on_main(link.from) || on_main(link.to)) && in_space(turn) => Meeting::Crosses,
            Course::Under if on_main(link.from) || on_main(link.to) => {
                if in_space(row(link.from) + 1) {
                    Meeting::Collides
                } else {
                    Meeting::None
                }
            }
            Course::Rise if on_main(link.to) && first < row(link.to) && row(link.to) < last => Meeting::Crosses,
            Course::Outer if reaches(link.from, row(link.from) + 1) || reaches(link.to, row(link.to)) => {
                Meeting::Crosses
            }
            Course::Inner | Course::Bypass => {
                let (upper, lower) = topology.rows_of(link);
                if upper <= last && first <= lower { Meeting::Collides } else { Meeting::None }
            }
            Course::Step { .. } | Course::Under | Course::Rise | Course::Outer => Meeting::None,
        }
    }

    /// How many lines an arrow crosses that comes from the outer side to a main box from above: those of the boxes beside it.
    fn crossed_from_above(&self, links: &[FlowLink], main: StageIx) -> usize {
        let row = self.topology.place(main).row;
        links.iter().filter(|link| self.is_upright_above(link, row)).count()
    }

    /// How an arrow meets one between the main line and the lanes beside it.
    fn meets_inside(&self, link: &FlowLink, inner: &FlowLink) -> Meeting {
        let topology = self.topology;
        let row = |stage: StageIx| topology.place(stage).row;
        let on_main = |stage: StageIx| topology.place(stage).lane == 0;
        let (first, last) = (row(inner.to), row(inner.from));
        let at_row = |row: usize| first < row && row < last;
        let in_space = |space: usize| first < space && space <= last;
        let met = |stage: StageIx, space: usize| {
            on_main(stage) && if topology.outermost(stage) { at_row(row(stage)) } else { in_space(space) }
        };
        let meets = match link.course {
            Course::Down | Course::Hang | Course::Follow => false,
            // Words below an arrow that comes back to the target stand in the way.
            Course::Across => link.to == inner.to && link.labelled,
            Course::Step { turn } => (on_main(link.from) || on_main(link.to)) && in_space(turn),
            Course::Under => (on_main(link.from) || on_main(link.to)) && in_space(row(link.from) + 1),
            Course::Rise => on_main(link.to) && at_row(row(link.to)),
            Course::Outer => met(link.from, row(link.from) + 1) || met(link.to, row(link.to)),
            // Those to one target join, beneath the words of none.
            Course::Inner if link.to == inner.to => {
                let upper = if row(link.from) < row(inner.from) { link } else { inner };
                row(link.from) == row(inner.from) || upper.labelled
            }
            Course::Inner => row(link.to) < last && first < row(link.from),
            Course::Bypass => row(link.from) <= last && first <= row(link.to),
        };
        match (meets, link.course) {
            (false, _) => Meeting::None,
            (true, Course::Inner | Course::Bypass) => Meeting::Collides,
            (true, _) if link.labelled => Meeting::Collides,
            (true, _) => Meeting::Crosses,
        }
    }

    /// Whether an arrow along the row may enter its target from below: nothing leaves it there, nothing comes into the
    /// source there.
    fn may_go_under(&self, links: &[FlowLink], link: &FlowLink) -> bool {
        let topology = self.topology;
        let leaves_below = |other: &FlowLink| match other.course {
            Course::Down | Course::Step { .. } | Course::Under | Course::Bypass | Course::Hang | Course::Follow => {
                other.from == link.to
            }
            Course::Outer => other.from == link.to && !topology.outermost(link.to),
            Course::Across | Course::Rise | Course::Inner => false,
        };
        let enters_below = |other: &FlowLink| other.course == Course::Under && other.to == link.from;
        link.course == Course::Outer
            && topology.place(link.from).row == topology.place(link.to).row
            && ![link.from, link.to].into_iter().any(|stage| topology.hangs(stage))
            && !links.iter().any(|other| leaves_below(other) || enters_below(other))
    }

    /// The course of an arrow as if no arrow could rise.
    fn course(&mut self, from_stage: StageIx, to_stage: StageIx) -> Course {
        let (from, to) = (self.topology.place(from_stage), self.topology.place(to_stage));
        if self.topology.hangs(to_stage) {
            return if self.topology.is_tooth(to_stage) {
                Course::Hang
            } else if from.row != to.row {
                Course::Outer
            } else if self.topology.follows(to_stage) && from.lane > 0 {
                Course::Follow
            } else {
                Course::Hang
            };
        }
        let hangs = self.topology.hangs(from_stage);
        if from.row == to.row && from.lane.abs_diff(to.lane) == 1 && !hangs {
            return Course::Across;
        }
        // What stands below would be in the way of a line from the bottom.
        if self.topology.stands_over(from_stage) || from.row >= to.row {
            return Course::Outer;
        }
        let between = from.row + 1..to.row;
        let lane_course = [(from.lane, to.row), (to.lane, from.row + 1)];
        for (lane, turn) in lane_course {
            // Words beside a line below what hangs would have no room.
            let has_room = !hangs || (turn == from.row + 1 && from.lane != to.lane);
            if has_room && self.is_free(lane, between.clone(), to_stage) {
                self.claim(lane, between, to_stage);
                return if from.half_lane() == to.half_lane() { Course::Down } else { Course::Step { turn } };
            }
        }
        Course::Outer
    }

    /// Whether a lane is empty in some rows, but for arrows to the same stage.
    fn is_free(&self, lane: usize, mut rows: std::ops::Range<usize>, to: StageIx) -> bool {
        rows.all(|row| {
            let passed = self.passes.iter().any(|pass| pass.lane == lane && pass.row == row && pass.to != to);
            self.topology.lanes_taken(row) <= lane && !passed
        })
    }

    fn claim(&mut self, lane: usize, rows: std::ops::Range<usize>, to: StageIx) {
        self.passes.extend(rows.map(|row| Pass { lane, row, to }));
    }

    /// Whether an arrow back may go straight up from its box's top: no arrow comes in there, none else rises from it.
    fn may_rise(&self, links: &[FlowLink], link: &FlowLink) -> bool {
        let (from, to) = (self.topology.place(link.from), self.topology.place(link.to));
        let from_above = |other: &FlowLink| match other.course {
            Course::Down | Course::Step { .. } => other.to == link.from,
            Course::Outer => other.to == link.from && !self.topology.outermost(link.from),
            Course::Rise => other.from == link.from,
            Course::Across | Course::Under | Course::Inner | Course::Bypass | Course::Hang | Course::Follow => false,
        };
        let back = link.course == Course::Outer && !self.topology.hangs(link.from);
        let lanes = back && to.row < from.row && to.lane < from.lane;
        let passed = |row: usize| self.passes.iter().any(|pass| pass.lane == from.lane && pass.row == row);
        lanes
            && self.topology.outermost(link.to)
            && (to.row..from.row).all(|row| self.topology.lanes_taken(row) <= from.lane && !passed(row))
            && !links.iter().any(from_above)
    }
}

/// How many lines an arrow crosses, by how others meet it; `None` where it collides with one.
fn crossed(links: &[FlowLink], link: &FlowLink, meets: impl Fn(&FlowLink) -> Meeting) -> Option<usize> {
    let mut crossed = BTreeSet::new();
    for other in links.iter().filter(|other| *other != link) {
        match meets(other) {
            Meeting::None => {}
            // Those to one target run on one line.
            Meeting::Crosses => {
                crossed.insert(other.to);
            }
            Meeting::Collides => return None,
        }
    }
    Some(crossed.len())
}
