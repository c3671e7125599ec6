//! Points, boxes and paths on paper. x grows to the right, y grows downwards, the origin is the page's top left.

mod data;

pub(crate) use data::{PathData, Place, push_hundredths, push_int, push_path};

use crate::unit::Length;

/// A place on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Length,
    /// Distance from the top edge.
    pub y: Length,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }

    /// The point moved by `dx`, `dy`.
    pub fn shifted(self, dx: Length, dy: Length) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Extent from left to right.
    pub width: Length,
    /// Extent from top to bottom.
    pub height: Length,
}

impl Size {
    /// The size `width` × `height`.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
}

/// An upright rectangle; `right >= left` and `bottom >= top`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Its left edge.
    pub left: Length,
    /// Its top edge.
    pub top: Length,
    /// Its right edge.
    pub right: Length,
    /// Its bottom edge.
    pub bottom: Length,
}

impl Rect {
    /// The rectangle between four edges.
    pub const fn new(left: Length, top: Length, right: Length, bottom: Length) -> Self {
        Self { left, top, right, bottom }
    }

    /// The rectangle of a size, placed with its top left corner at a point.
    pub fn at(left: Length, top: Length, size: Size) -> Self {
        Self::new(left, top, left + size.width, top + size.height)
    }

    /// Extent from left to right.
    pub fn width(&self) -> Length {
        self.right - self.left
    }

    /// Extent from top to bottom.
    pub fn height(&self) -> Length {
        self.bottom - self.top
    }

    /// The height of its middle.
    pub fn mid_y(&self) -> Length {
        (self.top + self.bottom) / 2
    }

    /// Its middle from left to right.
    pub fn mid_x(&self) -> Length {
        (self.left + self.right) / 2
    }

    /// The rectangle with every edge moved inwards by `by` (outwards where negative).
    pub fn inset(&self, by: Length) -> Self {
        Self::new(self.left + by, self.top + by, self.right - by, self.bottom - by)
    }

    /// The rectangle moved by `dx`, `dy`.
    pub fn shifted(&self, dx: Length, dy: Length) -> Self {
        Self::new(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether `other` lies wholly within this one, edges included.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }

    /// What lies in both; `None` where they share an edge at most.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        self.overlaps(other).then(|| {
            Self::new(
                self.left.max(other.left),
                self.top.max(other.top),
                self.right.min(other.right),
                self.bottom.min(other.bottom),
            )
        })
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Self) -> Self {
        Self::new(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right.max(other.right),
            self.bottom.max(other.bottom),
        )
    }
}

/// One step of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Begin a subpath.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic Bézier curve: two control points, then the end.
    Cubic(Point, Point, Point),
    /// A straight line back to the subpath's beginning.
    Close,
}

/// Lines and curves, painted by filling (non-zero winding) or stroking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    /// Its steps, in order.
    pub segments: Vec<Segment>,
}

/// How far a cubic's control points stand from the ends of a quarter circle of radius 1000.
const QUARTER_CIRCLE: i64 = 552;

impl Path {
    /// An open line through `points`.
    pub fn polyline(points: &[Point]) -> Self {
        let steps = points.iter().enumerate();
        let segments = steps.map(|(i, &p)| if i == 0 { Segment::Move(p) } else { Segment::Line(p) }).collect();
        Self { segments }
    }

    /// A closed shape with corners at `points`.
    pub fn polygon(points: &[Point]) -> Self {
        let mut path = Self::polyline(points);
        path.segments.push(Segment::Close);
        path
    }

    /// A rectangle.
    pub fn rect(r: Rect) -> Self {
        Self::polygon(&[
            Point::new(r.left, r.top),
            Point::new(r.right, r.top),
            Point::new(r.right, r.bottom),
            Point::new(r.left, r.bottom),
        ])
    }

    /// A rectangle with corners rounded by `radius`, at most half the shorter side.
    pub fn rounded(r: Rect, radius: Length) -> Self {
        let radius = radius.min(r.width() / 2).min(r.height() / 2);
        if radius <= Length::ZERO {
            return Self::rect(r);
        }
        let c = radius - radius.scale(QUARTER_CIRCLE, 1000);
        let at = Point::new;
        let Rect { left: l, top: t, right: r, bottom: b } = r;
        let segments = vec![
            Segment::Move(at(l + radius, t)),
            Segment::Line(at(r - radius, t)),
            Segment::Cubic(at(r - c, t), at(r, t + c), at(r, t + radius)),
            Segment::Line(at(r, b - radius)),
            Segment::Cubic(at(r, b - c), at(r - c, b), at(r - radius, b)),
            Segment::Line(at(l + radius, b)),
            Segment::Cubic(at(l + c, b), at(l, b - c), at(l, b - radius)),
            Segment::Line(at(l, t + radius)),
            Segment::Cubic(at(l, t + c), at(l + c, t), at(l + radius, t)),
            Segment::Close,
        ];
        Self { segments }
    }

    /// Every point the path names, control points included.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.segments
            .iter()
            .flat_map(|segment| match *segment {
                Segment::Move(p) | Segment::Line(p) => [Some(p), None, None],
                Segment::Cubic(a, b, c) => [Some(a), Some(b), Some(c)],
                Segment::Close => [None; 3],
            })
            .flatten()
    }

    /// The smallest rectangle around all points, control points included; `None` for an empty path.
    pub fn bounds(&self) -> Option<Rect> {
        let around = |p: Point| Rect::new(p.x, p.y, p.x, p.y);
        self.points().map(around).reduce(|a, b| a.union(&b))
    }

    /// The path with every point passed through `map`.
    pub fn map(&self, map: impl Fn(Point) -> Point) -> Self {
        let segments = self
            .segments
            .iter()
            .map(|segment| match *segment {
                Segment::Move(p) => Segment::Move(map(p)),
                Segment::Line(p) => Segment::Line(map(p)),
                Segment::Cubic(a, b, c) => Segment::Cubic(map(a), map(b), map(c)),
                Segment::Close => Segment::Close,
            })
            .collect();
        Self { segments }
    }
}
