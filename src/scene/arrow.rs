//! Arrows: which box leads to which, and the line that says so.

use super::Shape;
use crate::geom::{Point, Rect};
use crate::source::Span;
use crate::unit::Length;

/// A right-angled line from one box to another with a head at its end.
///
/// An arrow that goes on to another page stands on both: each holds the part of the line that is seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// What it says.
    pub kind: ArrowKind,
    /// The box that it leaves.
    pub from: End,
    /// The box that it enters.
    pub to: End,
    /// The words beside it, e.g. 材料不齐全, as written; they are drawn as items of their own.
    pub label: Option<String>,
    /// Whether the flow goes back by it: to a box that stands before the one that it leaves.
    pub returns: bool,
    /// Where it was written; of an arrow that follows from the order of boxes, where the box that it leaves was.
    pub span: Option<Span>,
    /// Its corners on this page, from its beginning to the tip of its head. Each piece goes up, down, left or right.
    pub route: Vec<Point>,
    /// The line's width.
    pub width: Length,
    /// What is drawn of it: the line, but for stretches that it shares with arrows before it and bridges over lines that
    /// it crosses; and the head, where those have none there.
    pub shapes: Vec<Shape>,
}

/// What an arrow says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrowKind {
    /// What is done next: from stage to stage.
    Flow,
    /// What belongs together: from stage to risk, from risk to measure.
    Belonging,
}

/// A box at an arrow's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The stage's name, the risk's heading; of a box without one, its first words.
    pub name: String,
    /// Where the box was written: tells boxes of one name apart.
    pub span: Option<Span>,
}

impl Arrow {
    /// The arrow and its words in one line: 受理 → 补正（材料不齐全）.
    pub fn words(&self) -> String {
        let label = self.label.as_ref().map_or_else(String::new, |label| format!("（{label}）"));
        format!("{} → {}{label}", self.from.name, self.to.name)
    }

    /// The straight pieces of its route.
    pub fn pieces(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.route.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// How often it turns.
    pub fn bends(&self) -> usize {
        self.route.len().saturating_sub(2)
    }

    /// Where its line crosses another's: an upright piece of one and a level piece of the other have an inner point in
    /// common. Lines that join or part do not cross.
    pub fn crossings<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Point> + 'a {
        let pairs = self.pieces().flat_map(|mine| other.pieces().map(move |theirs| (mine, theirs)));
        pairs.filter_map(|(mine, theirs)| cross(mine, theirs).or_else(|| cross(theirs, mine)))
    }

    /// The arrow moved by `dx`, `dy`.
    pub(super) fn shifted(&self, dx: Length, dy: Length) -> Self {
        let moved = |shape: &Shape| Shape { path: shape.path.map(|p| p.shifted(dx, dy)), ..*shape };
        let route = self.route.iter().map(|p| p.shifted(dx, dy)).collect();
        Self { route, shapes: self.shapes.iter().map(moved).collect(), ..self.clone() }
    }

    /// A rectangle around everything it draws.
    pub fn reach(&self) -> Option<Rect> {
        let line = self.pieces().map(|(a, b)| Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)));
        line.chain(self.shapes.iter().filter_map(Shape::reach)).reduce(|a, b| a.union(&b))
    }
}

/// Where an upright piece crosses a level one.
fn cross(upright: (Point, Point), level: (Point, Point)) -> Option<Point> {
    let inside = |value: Length, a: Length, b: Length| a.min(b) < value && value < a.max(b);
    let (x, y) = (upright.0.x, level.0.y);
    let crossed = inside(x, level.0.x, level.1.x) && inside(y, upright.0.y, upright.1.y);
    (upright.0.x == upright.1.x && level.0.y == level.1.y && crossed).then_some(Point::new(x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i64, y: i64) -> Point {
        Point::new(Length::mm(x), Length::mm(y))
    }

    fn arrow(route: &[(i64, i64)]) -> Arrow {
        let route: Vec<Point> = route.iter().map(|&(x, y)| at(x, y)).collect();
        let end = |name: &str| End { name: name.to_owned(), span: None };
        let (kind, label, width) = (ArrowKind::Flow, Some("不齐".to_owned()), Length::mm(1));
        let (from, to) = (end("受理"), end("补正"));
        Arrow { kind, from, to, label, returns: false, span: None, route, width, shapes: Vec::new() }
    }

    #[test]
    fn an_arrow_tells_its_way_in_words() {
        let arrow = arrow(&[(0, 0), (20, 0), (20, 30)]);
        assert_eq!((arrow.bends(), arrow.words()), (1, "受理 → 补正（不齐）".to_owned()));
    }

    #[test]
    fn lines_that_join_do_not_cross() {
        let line = arrow(&[(0, 10), (50, 10)]);
        let count = |route: &[(i64, i64)]| line.crossings(&arrow(route)).count();
        assert_eq!(count(&[(20, 0), (20, 30)]), 1);
        assert_eq!(count(&[(20, 0), (20, 10)]), 0, "ends on it");
        assert_eq!(count(&[(20, 0), (20, 10), (40, 10)]), 0, "runs on along it");
        assert_eq!(count(&[(20, 0), (20, 30), (40, 30), (40, 0)]), 2);
    }
}
