//! Arrows: which box leads to which, and the line that says so.

use super::{FillRule, Shape, Stroke};
use crate::color::Rgb;
use crate::geom::{Path, Point, Rect};
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
    /// The line: a path along the route that ends within the head.
    pub shaft: Shape,
    /// The head: a filled triangle.
    pub head: Shape,
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

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    /// The colour of line and head.
    pub color: Rgb,
    /// The line's width.
    pub width: Length,
    /// The head's length, and half its width.
    pub head: (Length, Length),
}

impl Pen {
    /// The shaft and the head of a line through `route`, which goes up, down, left or right and has no point twice.
    /// `None` where it has no length.
    pub fn draw(&self, route: &[Point]) -> Option<(Shape, Shape)> {
        let [.., before, tip] = route else { return None };
        let (length, half) = self.head;
        let (dx, dy) = direction(*before, *tip);
        let back = |along: Length, aside: Length| {
            let (x, y) = (tip.x - along * dx, tip.y - along * dy);
            Point::new(x + aside * dy, y + aside * dx)
        };
        let head = Path::polygon(&[*tip, back(length, half), back(length, -half)]);
        // The line ends within the head, or its blunt end would show at the tip.
        let mut shaft = route[..route.len() - 1].to_vec();
        shaft.push(back(length.percent(70), Length::ZERO));
        let stroke = Some(Stroke { color: self.color, width: self.width, dash: None });
        let shape = |path, fill, stroke| Shape { path, fill, rule: FillRule::NonZero, stroke, span: None };
        Some((shape(Path::polyline(&shaft), None, stroke), shape(head, Some(self.color), None)))
    }
}

fn direction(from: Point, to: Point) -> (i64, i64) {
    let (dx, dy) = ((to.x - from.x).to_um(), (to.y - from.y).to_um());
    if dx.abs() > dy.abs() { (dx.signum(), 0) } else { (0, dy.signum()) }
}

impl Arrow {
    /// What is drawn, in order.
    pub fn shapes(&self) -> [&Shape; 2] {
        [&self.shaft, &self.head]
    }

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
        Self { route, shaft: moved(&self.shaft), head: moved(&self.head), ..self.clone() }
    }

    /// A rectangle around everything it draws.
    pub fn reach(&self) -> Option<Rect> {
        self.shapes().into_iter().filter_map(Shape::reach).reduce(|a, b| a.union(&b))
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
        let pen = Pen { color: Rgb::BLACK, width: Length::mm(1), head: (Length::mm(5), Length::mm(2)) };
        let route: Vec<Point> = route.iter().map(|&(x, y)| at(x, y)).collect();
        let (shaft, head) = pen.draw(&route).expect("a line");
        let end = |name: &str| End { name: name.to_owned(), span: None };
        let (kind, label) = (ArrowKind::Flow, Some("不齐".to_owned()));
        Arrow { kind, from: end("受理"), to: end("补正"), label, returns: false, span: None, route, shaft, head }
    }

    #[test]
    fn a_head_points_along_its_line() {
        let arrow = arrow(&[(0, 0), (20, 0), (20, 30)]);
        assert_eq!(arrow.shaft.path.points().last(), Some(at(20, 30).shifted(Length::ZERO, Length::um(-3500))));
        let bounds = arrow.head.path.bounds().expect("a head");
        assert_eq!((bounds.bottom, bounds.mid_x()), (Length::mm(30), Length::mm(20)));
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
