//! Arrows between the columns: stage → risk → measure.
//!
//! Neighbouring columns are joined, in the order stage → risk → measure, each stage's boxes among themselves. An arrow runs
//! on its row's line; where a stage has several boxes, or boxes that don't meet at one height, it takes a right-angled step
//! in the gutter. Steps of different boxes that would lie on top of each other there stand side by side.

use super::{Meaning, Route};
use crate::geom::{Point, Rect};
use crate::layout::grid::column_links::BAND;
use crate::layout::grid::lanes::Pass;
use crate::layout::grid::{Grid, Slot, rank};
use crate::layout::metrics::{ARROW_INSET, FIRST_PASS, NEXT_PASS};
use crate::layout::place::Placed;
use crate::model::{Column, StageIx};
use crate::unit::{Em, Length};

/// Finds the ways of one page's arrows between the columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkRouter<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) placed: &'a Placed,
    pub(crate) body: Length,
}

/// An arrow on its way: its points up to the last gutter it came to.
#[derive(Clone, Debug)]
struct Strand {
    points: Vec<Point>,
    /// What it comes from; strands of one source share their step.
    source: Source,
    /// The box it comes from, where that is none of the flow, and the one it goes to.
    boxes: (Option<usize>, usize),
    /// The height at which it leaves the gutter.
    leaves: Length,
    /// The gutter's far edge.
    edge: Length,
    /// Where it goes on to from there, across a column; `None` where the arrow ends at the edge.
    beyond: Option<Onwards>,
}

/// The second part of an arrow that crosses a column.
#[derive(Clone, Copy, Debug)]
struct Onwards {
    leaves: Length,
    edge: Length,
}

/// What strands share a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// Those from a flow box.
    Stage(StageIx),
    /// Those from a box of the column before.
    From(usize),
    /// Those that join a box of the column behind.
    To(usize),
    /// Those of a stage whose risks all its measures answer together, by the first risk.
    Together(usize),
}

/// From the gutter's far edge to the one step in it; where several stand side by side, to the first and to the last.
const STEP: Em = Em::milli(780);
const FIRST_STEP: Em = Em::milli(640);
const LAST_STEP: Em = Em::milli(980);
/// Lines nearer to each other than this run together.
const APART: Em = Em::milli(250);
/// So many times that far a line with a step moves for another, and a straight one for one that comes the other way.
const PART: i64 = 2;
const GIVE: i64 = 4;
/// Rounds of putting steps side by side; a page seldom has more than a dozen.
const ROUNDS: usize = 4;

impl LinkRouter<'_> {
    fn at(&self, em: Em) -> Length {
        em.at(self.body)
    }

    /// All arrows between the columns.
    pub(crate) fn routes(&self) -> Vec<Route> {
        let mut done = Vec::new();
        let mut onwards = Vec::new();
        for column in self.grid.faced() {
            let strands = self.stepped(self.stage_strands(column), self.grid.facing(column), &[]);
            let (crossing, ended) = strands.into_iter().partition::<Vec<_>, _>(|strand| strand.beyond.is_some());
            done.extend(ended);
            onwards.extend(crossing);
        }
        let between = self.grid.order.windows(2).find(|pair| !pair.contains(&Column::Flow));
        if between.is_some() {
            let facing = -self.grid.outward();
            let (ahead, back) = self.between().into_iter().partition::<Vec<_>, _>(|strand| self.runs(strand) == facing);
            onwards.iter_mut().for_each(|strand| self.go_on(strand));
            onwards.extend(ahead);
            let ahead = self.stepped(onwards, facing, &[]);
            done.extend(self.stepped(back, -facing, &ahead));
            done.extend(ahead);
        }
        done.iter().filter_map(|strand| Route::new(&strand.points, self.meaning(strand))).collect()
    }

    fn meaning(&self, strand: &Strand) -> Meaning {
        let content = self.grid.content;
        let from = match (strand.boxes.0, strand.source) {
            (Some(index), _) | (None, Source::From(index) | Source::To(index) | Source::Together(index)) => {
                content.cell_end(index)
            }
            (None, Source::Stage(stage)) => content.stage_end(stage),
        };
        Meaning::belonging(from, content.cell_end(strand.boxes.1))
    }

    /// +1 where a strand runs to the right, −1 where it runs to the left.
    fn runs(&self, strand: &Strand) -> i64 {
        if strand.points.last().is_some_and(|point| point.x < strand.edge) { 1 } else { -1 }
    }

    /// Sends a strand across the column to the next gutter.
    fn go_on(&self, strand: &mut Strand) {
        if let Some(Onwards { leaves, edge }) = strand.beyond.take() {
            (strand.leaves, strand.edge) = (leaves, edge);
        }
    }

    /// Arrows from the flow boxes towards a column, up to the gutter before it.
    fn stage_strands(&self, column: Column) -> Vec<Strand> {
        let facing = self.grid.facing(column);
        let mut strands = Vec::new();
        for row in self.placed.rows.clone() {
            let crossed = self.grid.crossed_by(row, column);
            let away = self.are_on_next_page(row, column);
            for stage in self.grid.topology.boxes(row) {
                let targets = self.grid.targets(stage, row, column);
                let Some(points) = self.lead(stage, row, column).filter(|_| !targets.is_empty()) else { continue };
                let y = points[points.len() - 1].y;
                if away && crossed.contains(&stage) {
                    // Room to cross the column is kept beside those boxes; here others may stand in the way.
                    continue;
                }
                for (index, target) in targets.into_iter().filter_map(|i| Some((i, self.placed.boxed(i)?))) {
                    let near = |rect: Rect| if facing > 0 { rect.left } else { rect.right };
                    let (points, source, boxes) = (points.clone(), Source::Stage(stage), (None, index));
                    strands.push(match crossed.iter().position(|&other| other == stage) {
                        None => {
                            let leaves = self.met_at(y, target);
                            Strand { points, source, boxes, leaves, edge: near(target), beyond: None }
                        }
                        Some(at) => {
                            let leaves = self.crossing_y(row, column, at, crossed.len());
                            let leaves = if (leaves - y).abs() < self.at(BAND) / 4 { y } else { leaves };
                            let (left, right) = self.placed.columns[rank(column)];
                            let onwards = Onwards { leaves: self.met_at(leaves, target), edge: near(target) };
                            let edge = if facing > 0 { left } else { right };
                            Strand { points, source, boxes, leaves, edge, beyond: Some(onwards) }
                        }
                    });
                }
            }
        }
        strands
    }

    /// Whether a row has boxes in a column, but on this page none of them stands.
    fn are_on_next_page(&self, row: usize, column: Column) -> bool {
        let boxes = self.grid.slot(column, row).map_or(&[][..], |slot| &slot.boxes);
        !boxes.is_empty() && boxes.iter().all(|&index| self.placed.boxed(index).is_none())
    }

    /// The height of one of several arrows that cross a column: about the row's line in an empty cell, else above and
    /// below the boxes.
    fn crossing_y(&self, row: usize, column: Column, at: usize, of: usize) -> Length {
        let slot = self.grid.slot(column, row);
        let placed = slot.and_then(|slot| {
            let mut boxes = slot.boxes.iter().filter_map(|&index| self.placed.boxed(index));
            let first = boxes.next()?;
            Some((slot, first, boxes.next_back().unwrap_or(first)))
        });
        let Some((slot, first, last)) = placed else {
            return self.placed.line(row) + self.at(NEXT_PASS * (at as i32 * 2 - (of as i32 - 1)) / 2);
        };
        let (above, _) = slot.crossed;
        let bands = |count: usize| self.at(BAND) * count as i64;
        let half = self.at(BAND) / 2;
        if at < above { first.top - bands(above - at) + half } else { last.bottom + bands(at - above) + half }
    }

    /// Where a line at height `y` meets a box, or the box's middle where it doesn't.
    fn met_at(&self, y: Length, target: Rect) -> Length {
        let inset = self.at(ARROW_INSET).min(target.height() / 2) / 2;
        if (target.top + inset..=target.bottom - inset).contains(&y) { y } else { target.mid_y() }
    }

    /// From a flow box to where it faces a column: on the row's line, or below the boxes that stand in the way.
    fn lead(&self, stage: StageIx, row: usize, column: Column) -> Option<Vec<Point>> {
        let place = self.placed.stage(stage)?;
        let facing = self.grid.facing(column);
        let pass = self.grid.passes(row).iter().position(|pass| *pass == Pass { stage, column });
        let Some(pass) = pass else {
            let y = self.placed.line(row);
            return Some(vec![Point::new(place.side_at(y, facing), y)]);
        };
        let y = self.placed.flow_extent(row).1 + self.at(FIRST_PASS + NEXT_PASS * pass as i32);
        let x = place.whole.mid_x() + self.at(Em::milli(700)) * facing;
        Some(vec![Point::new(x, place.bottom_at(x)), Point::new(x, y)])
    }

    /// Takes strands through the gutter that they have come to: straight, or with a step. Those that `meet` them have
    /// come through it the other way.
    fn stepped(&self, mut strands: Vec<Strand>, facing: i64, meet: &[Strand]) -> Vec<Strand> {
        share_heights(&mut strands);
        self.part_heights(&mut strands, meet);
        let steps = side_by_side(steps(&strands), self.at(APART));
        let most = steps.iter().map(|step| step.track + 1).max().unwrap_or(1);
        for strand in &mut strands {
            let track = steps.iter().find(|step| step.source == strand.source).map_or(0, |step| step.track);
            let off = match most {
                1 => self.at(STEP),
                _ => self.at(FIRST_STEP) + self.at(LAST_STEP - FIRST_STEP).scale(track.into(), (most - 1).into()),
            };
            let (x, y) = (strand.edge - off * facing, strand.begins());
            let end = if strand.beyond.is_some() { x } else { strand.edge };
            strand.points.extend([Point::new(x, y), Point::new(x, strand.leaves), Point::new(end, strand.leaves)]);
        }
        strands
    }

    /// Lets a strand with a step meet its box a little higher or lower where another one comes to the gutter just there:
    /// where each begins at the height at which the other ends, no order of their steps keeps them apart. Likewise where
    /// one that comes the other way leaves the gutter there: both run on from their steps over most of its width.
    fn part_heights(&self, strands: &mut [Strand], meet: &[Strand]) {
        let apart = self.at(APART);
        for at in 0..strands.len() {
            let strand = &strands[at];
            if strand.is_straight() {
                self.give_way(&mut strands[at], meet);
                continue;
            }
            let held = matches!(strand.source, Source::Together(_));
            let target = self.placed.boxed(strand.boxes.1).filter(|_| strand.beyond.is_none() && !held);
            let Some(target) = target else { continue };
            let free = |&y: &Length| {
                let others = strands.iter().filter(|other| other.source != strand.source && !other.is_straight());
                let mut taken = others.map(Strand::begins).chain(meet.iter().map(|other| other.leaves));
                taken.all(|other| (other - y).abs() >= apart)
            };
            let within = |y: &Length| target.top + apart <= *y && *y <= target.bottom - apart;
            let y = strand.leaves;
            if let Some(leaves) = nearest(y, apart, PART).find(|y| within(y) && free(y)) {
                strands[at].leaves = leaves;
            }
        }
    }

    /// Moves a straight strand to where none that comes the other way meets the box that it leaves.
    fn give_way(&self, strand: &mut Strand, meet: &[Strand]) {
        let (from, to) = (strand.boxes.0.and_then(|from| self.placed.boxed(from)), self.placed.boxed(strand.boxes.1));
        let (Some(from), Some(to)) = (from, to) else { return };
        let apart = self.at(APART);
        let within = |y: Length| [from, to].iter().all(|rect| rect.top + apart <= y && y <= rect.bottom - apart);
        let free = |y: Length| meet.iter().all(|other| (other.leaves - y).abs() >= apart);
        if let Some(y) = nearest(strand.leaves, -apart, GIVE).find(|&y| free(y) && within(y)) {
            strand.leaves = y;
            strand.points.iter_mut().for_each(|point| point.y = y);
        }
    }

    /// Arrows from risk to measure boxes, up to the gutter between them.
    fn between(&self) -> Vec<Strand> {
        let mut joined: Vec<(usize, usize)> = Vec::new();
        let mut strands = Vec::new();
        for row in self.placed.rows.clone() {
            let (Some(from), Some(to)) = (self.grid.slot(Column::Risk, row), self.grid.slot(Column::Measure, row))
            else {
                continue;
            };
            let pairs: Vec<_> = self.led(row, from, to).into_iter().filter(|pair| !joined.contains(pair)).collect();
            for &(a, b) in &pairs {
                let joins = pairs.iter().filter(|(_, other)| *other == b).count() > 1;
                let parts = pairs.iter().filter(|(other, _)| *other == a).count() > 1;
                let first = |(other, _): &&(usize, usize)| pairs.contains(&(*other, b));
                let source = match (joins, parts) {
                    (true, true) => Source::Together(pairs.iter().find(first).map_or(a, |pair| pair.0)),
                    (true, false) => Source::To(b),
                    _ => Source::From(a),
                };
                if let (Some(from), Some(to)) = (self.placed.boxed(a), self.placed.boxed(b)) {
                    let (points, leaves, edge) = match source {
                        Source::Together(_) => Self::middle(from, to),
                        _ => self.straight(from, to, self.placed.line(row)),
                    };
                    strands.push(Strand { points, source, boxes: (Some(a), b), leaves, edge, beyond: None });
                }
            }
            joined.extend(pairs);
        }
        strands
    }

    /// Which risks of a row lead to which measures: each stage's to its own, those of boxes that span rows to all.
    fn led(&self, row: usize, from: &Slot, to: &Slot) -> Vec<(usize, usize)> {
        if from.first < from.last || to.first < to.last {
            return pairs(&from.boxes, &to.boxes);
        }
        let led = |stage: StageIx| {
            let (risks, measures) = (self.grid.boxes_of(from, stage), self.grid.boxes_of(to, stage));
            if self.grid.answers(&risks, &measures) { pairs(&risks, &measures) } else { every(&risks, &measures) }
        };
        self.grid.topology.boxes(row).flat_map(led).collect()
    }

    /// From the middle of one box to that of another.
    fn middle(from: Rect, to: Rect) -> (Vec<Point>, Length, Length) {
        let (start, edge) = if from.left < to.left { (from.right, to.left) } else { (from.left, to.right) };
        (vec![Point::new(start, from.mid_y())], to.mid_y(), edge)
    }

    /// From one box to another, on the row's line where that crosses both, at one height where there is one, else from
    /// middle to middle: where it begins, the height at which it ends, and the other box's edge.
    fn straight(&self, from: Rect, to: Rect, line: Length) -> (Vec<Point>, Length, Length) {
        let rightward = from.left < to.left;
        let (start, edge) = if rightward { (from.right, to.left) } else { (from.left, to.right) };
        let inset = self.at(ARROW_INSET).min(from.height() / 2).min(to.height() / 2) / 2;
        let (top, bottom) = (from.top.max(to.top) + inset, from.bottom.min(to.bottom) - inset);
        let (begin, leaves) = if top > bottom {
            (from.mid_y(), to.mid_y())
        } else if (top..=bottom).contains(&line) {
            (line, line)
        } else {
            ((top + bottom) / 2, (top + bottom) / 2)
        };
        (vec![Point::new(start, begin)], leaves, edge)
    }
}

impl Strand {
    /// The height at which it comes to the gutter.
    fn begins(&self) -> Length {
        self.points.last().map_or(self.leaves, |point| point.y)
    }

    fn is_straight(&self) -> bool {
        self.begins() == self.leaves
    }
}

/// Heights about `y`, the nearest first, in steps of which the first goes the way of `step`.
fn nearest(y: Length, step: Length, most: i64) -> impl Iterator<Item = Length> {
    std::iter::once(y).chain((1..=most).flat_map(move |times| [y + step * times, y - step * times]))
}

/// Strands with a step leave their box, and meet their target, where a straight one does.
fn share_heights(strands: &mut [Strand]) {
    let straight: Vec<_> = strands.iter().filter(|s| s.is_straight()).map(|s| (s.boxes, s.leaves)).collect();
    let alone = |strand: &&mut Strand| !strand.is_straight() && !matches!(strand.source, Source::Together(_));
    for strand in strands.iter_mut().filter(alone) {
        if strand.beyond.is_none()
            && let Some((_, y)) = straight.iter().find(|(boxes, _)| boxes.1 == strand.boxes.1)
        {
            strand.leaves = *y;
        }
        let from = strand.boxes.0;
        if let Some((_, y)) = straight.iter().find(|(boxes, _)| from.is_some() && boxes.0 == from) {
            strand.points.iter_mut().for_each(|point| point.y = *y);
        }
    }
}

/// The upright piece of a source's strands in a gutter.
#[derive(Clone, Debug)]
struct Step {
    source: Source,
    /// The heights at which strands come to it, and leave it.
    begins: Vec<Length>,
    leaves: Vec<Length>,
    /// Counted from the targets.
    track: i32,
}

impl Step {
    fn extent(&self) -> (Length, Length) {
        let heights = || self.begins.iter().chain(&self.leaves).copied();
        (heights().min().unwrap_or_default(), heights().max().unwrap_or_default())
    }

    /// What is wrong with two steps: uprights on top of each other, then level pieces, then crossings.
    fn cost(&self, other: &Self, apart: Length) -> usize {
        let ((top, bottom), (first, last)) = (self.extent(), other.extent());
        if first >= bottom + apart || top >= last + apart {
            return 0;
        }
        if self.track == other.track {
            return 3000;
        }
        // A line comes in over all tracks further from the targets than its own, and goes out over those nearer.
        let (near, far) = if self.track < other.track { (self, other) } else { (other, self) };
        let (far_extent, near_extent) = (far.extent(), near.extent());
        let within = |y: Length, (top, bottom): (Length, Length)| top - apart < y && y < bottom + apart;
        let crossings = near.begins.iter().filter(|&&y| within(y, far_extent)).count()
            + far.leaves.iter().filter(|&&y| within(y, near_extent)).count();
        let together = near.begins.iter().any(|a| far.leaves.iter().any(|b| (*a - *b).abs() < apart / 2));
        crossings + if together { 1000 } else { 0 }
    }
}

/// The steps that strands take in a gutter, one for each source.
fn steps(strands: &[Strand]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for strand in strands {
        let (begin, leaves, source) = (strand.begins(), strand.leaves, strand.source);
        match steps.iter_mut().find(|step| step.source == source) {
            Some(step) => {
                step.begins.push(begin);
                step.leaves.push(leaves);
            }
            None => steps.push(Step { source, begins: vec![begin], leaves: vec![leaves], track: 0 }),
        }
    }
    steps.retain(|step| step.extent().0 < step.extent().1);
    steps
}

/// Gives each step the track with the least wrong, one that others have or a new one before, between or behind them, in a
/// few rounds.
fn side_by_side(mut steps: Vec<Step>, apart: Length) -> Vec<Step> {
    for _ in 0..ROUNDS {
        for at in 0..steps.len() {
            // Even tracks are there already.
            steps.iter_mut().for_each(|step| step.track *= 2);
            let most = steps.iter().map(|step| step.track).max().unwrap_or(0);
            let cost = |track: i32| -> usize {
                let step = Step { track, ..steps[at].clone() };
                let others = steps.iter().enumerate().filter(|(other, _)| *other != at);
                others.map(|(_, other)| step.cost(other, apart)).sum()
            };
            let best = (-1..=most + 1).min_by_key(|&track| (cost(track), track % 2 != 0, track));
            steps[at].track = best.unwrap_or(0);
            let mut tracks: Vec<i32> = steps.iter().map(|step| step.track).collect();
            tracks.sort_unstable();
            tracks.dedup();
            steps.iter_mut().for_each(|step| step.track = tracks.partition_point(|&track| track < step.track) as i32);
        }
    }
    steps
}

/// Which risks lead to which measures: each to its own where there are as many, else the last takes what is left over.
fn pairs(from: &[usize], to: &[usize]) -> Vec<(usize, usize)> {
    let count = if from.is_empty() || to.is_empty() { 0 } else { from.len().max(to.len()) };
    (0..count).map(|i| (from[i.min(from.len() - 1)], to[i.min(to.len() - 1)])).collect()
}

/// Every risk to every measure.
fn every(from: &[usize], to: &[usize]) -> Vec<(usize, usize)> {
    from.iter().flat_map(|&a| to.iter().map(move |&b| (a, b))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_box_is_joined() {
        assert_eq!(pairs(&[1, 2], &[8, 9]), [(1, 8), (2, 9)]);
        assert_eq!(pairs(&[1], &[8, 9]), [(1, 8), (1, 9)]);
        assert_eq!(pairs(&[1, 2, 3], &[8]), [(1, 8), (2, 8), (3, 8)]);
        assert_eq!(pairs(&[], &[8]), []);
    }
    fn tracks(steps: &[(i64, i64)]) -> Vec<i32> {
        let step = |(at, &(begin, leave)): (usize, &(i64, i64))| Step {
            source: Source::From(at),
            begins: vec![Length::mm(begin)],
            leaves: vec![Length::mm(leave)],
            track: 0,
        };
        let steps = side_by_side(steps.iter().enumerate().map(step).collect(), Length::mm(1));
        steps.iter().map(|step| step.track).collect()
    }

    #[test]
    fn steps_that_would_lie_on_each_other_stand_side_by_side() {
        assert_eq!(tracks(&[(0, 10), (20, 30)]), [0, 0]);
        assert_eq!(tracks(&[(0, 20), (10, 30)]), [0, 1], "down: the upper one nearer to the targets");
        assert_eq!(tracks(&[(20, 0), (30, 10)]), [1, 0], "up: the lower one");
        assert_eq!(tracks(&[(20, 30), (40, 20)]), [1, 0], "one goes out where the other comes in");
        assert_eq!(tracks(&[(10, 0), (20, 10), (30, 20)]), [2, 1, 0], "stairs");
    }
}
