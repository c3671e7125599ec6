//! From a page's plan to the ways of its arrows: the corners of each, the places of their labels, the words where they go on
//! to other pages. Painters only draw them.
//!
//! | file | holds |
//! |---|---|
//! | [`flow`], [`labels`] | arrows from stage to stage; their labels |
//! | [`links`] | arrows from stage to risk and from risk to measure |
//! | [`references`] | 转第2页 and 接第1页 |

pub(crate) mod flow;
pub(crate) mod labels;
pub(crate) mod links;
pub(crate) mod references;

use crate::geom::Point;
use crate::layout::words::content::Content;
use crate::model::StageIx;
use crate::scene::{ArrowKind, End};
use crate::source::Span;
use crate::unit::Length;

/// What an arrow says, apart from its line.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) kind: ArrowKind,
    pub(crate) from: End,
    pub(crate) to: End,
    pub(crate) label: Option<String>,
    pub(crate) returns: bool,
    pub(crate) span: Option<Span>,
}

impl Meaning {
    /// That one box belongs to another.
    pub(crate) fn belonging(from: End, to: End) -> Self {
        let span = from.span;
        Self { kind: ArrowKind::Belonging, from, to, label: None, returns: false, span }
    }
}

impl Content {
    /// A flow box as an arrow's end.
    pub(crate) fn stage_end(&self, stage: StageIx) -> End {
        let stage = &self.stages[stage.0];
        let name = stage.block.parts.first().map(|part| part.para.words());
        End { name: name.unwrap_or_default(), span: Some(stage.span) }
    }

    /// A risk or measure box as an arrow's end.
    pub(crate) fn cell_end(&self, index: usize) -> End {
        let cell = &self.cells[index];
        let name = cell.block.parts.get(usize::from(cell.names_owner)).map(|part| part.para.words());
        End { name: name.unwrap_or_default(), span: Some(cell.span) }
    }
}

/// An arrow's way over a page.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// Its corners, without repeated points and points in the middle of a straight line; at least two.
    pub(crate) points: Vec<Point>,
    /// What it says.
    pub(crate) meaning: Meaning,
}

impl Route {
    /// An arrow through `points`, which go up, down, left or right; `None` where they are no way.
    pub(crate) fn new(points: &[Point], meaning: Meaning) -> Option<Self> {
        let points = tidy(points);
        (points.len() > 1).then_some(Self { points, meaning })
    }

    /// From corner to corner.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.points.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Whether it may share its way with another: they come from one box or go to one.
    pub(crate) fn of_one_box(&self, other: &Self) -> bool {
        self.meaning.from == other.meaning.from || self.meaning.to == other.meaning.to
    }
}

/// Where a level piece of a line and an upright one of another cross within both.
pub(crate) fn crossing(level: (Point, Point), upright: (Point, Point)) -> Option<Point> {
    let at = Point::new(upright.0.x, level.0.y);
    let within = |value: Length, a: Length, b: Length| a.min(b) < value && value < a.max(b);
    let crosses = level.1.y == at.y
        && upright.1.x == at.x
        && within(at.x, level.0.x, level.1.x)
        && within(at.y, upright.0.y, upright.1.y);
    crosses.then_some(at)
}

/// Without repeated points and points in the middle of a straight line.
fn tidy(points: &[Point]) -> Vec<Point> {
    let mut tidied: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points {
        if tidied.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = tidied.as_slice()
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            tidied.pop();
        }
        tidied.push(point);
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_the_way_are_no_corners() {
        let at = |x, y| Point::new(Length::mm(x), Length::mm(y));
        let points = [at(0, 0), at(0, 0), at(10, 0), at(20, 0), at(20, 30)];
        assert_eq!(tidy(&points), [at(0, 0), at(20, 0), at(20, 30)]);
    }
}
