//! Arrows and lines that stand alone: what they run through, and where one lies on another.

use super::{Arrow, Shape, Stroke};
use crate::geom::{Path, Point, Rect, Segment};
use crate::unit::Length;

/// A line of straight pieces, each as the rectangle between its ends.
pub(super) struct DrawnLine<'a> {
    /// What of its pieces is seen.
    pub(super) pieces: Vec<Rect>,
    /// The arrow that it is the shaft of.
    pub(super) arrow: Option<&'a Arrow>,
    start: Point,
    end: Point,
    width: Length,
}

impl<'a> DrawnLine<'a> {
    /// The line that a shape draws; `None` where it draws none.
    pub(super) fn of(shape: &Shape, stroke: &Stroke, clip: Option<Rect>) -> Option<Self> {
        let (start, end) = (shape.path.points().next()?, shape.path.points().last()?);
        let pieces = straight_pieces(&shape.path.segments).into_iter();
        let pieces = pieces.filter_map(|(a, b)| match clip {
            Some(clip) => clip.intersection(&around(a, b)),
            None => Some(around(a, b)),
        });
        Some(Self { pieces: pieces.collect(), arrow: None, start, end, width: stroke.width })
    }

    /// An arrow's line: its whole way, also where it shares it with others.
    pub(super) fn of_arrow(arrow: &'a Arrow, clip: Option<Rect>) -> Option<Self> {
        let (start, end) = (*arrow.route.first()?, *arrow.route.last()?);
        let pieces = arrow.pieces().map(|(a, b)| around(a, b));
        let pieces = pieces.filter_map(|piece| clip.map_or(Some(piece), |clip| clip.intersection(&piece))).collect();
        Some(Self { pieces, arrow: Some(arrow), start, end, width: arrow.width })
    }

    /// Whether it runs through the inside of an outline around `rect`, by more than `slop`.
    pub(super) fn runs_through(&self, outline: &Outline, slop: Length) -> bool {
        let inner = outline.rect.inset(slop);
        let inside = |piece: &Rect| {
            // A line has no thickness here, and a rectangle without one meets nothing.
            let common = piece.inset(-Length::um(1)).intersection(&inner)?;
            Some(outline.holds(Point::new(common.mid_x(), common.mid_y())))
        };
        self.pieces.iter().filter_map(inside).any(|inside| inside)
    }

    /// Where it lies on another over a stretch. Lines that come from one point or go to one share their way there, and so
    /// do arrows of one box.
    pub(super) fn lies_on(&self, other: &Self, slop: Length) -> Option<Point> {
        let same = |a: Point, b: Point| (a.x - b.x).abs() <= slop && (a.y - b.y).abs() <= slop;
        let of_one_box = |(a, b): (&Arrow, &Arrow)| a.from == b.from || a.to == b.to;
        if same(self.start, other.start)
            || same(self.end, other.end)
            || self.arrow.zip(other.arrow).is_some_and(of_one_box)
        {
            return None;
        }
        let width = self.width.max(other.width);
        let common = |a: &Rect, b: &Rect| {
            let (left, right) = (a.left.max(b.left), a.right.min(b.right));
            let (top, bottom) = (a.top.max(b.top), a.bottom.min(b.bottom));
            let (along, apart) = ((right - left).max(bottom - top), (right - left).min(bottom - top));
            let middle = Point::new((left + right) / 2, (top + bottom) / 2);
            (parallel(a, b) && along > width * 4 && apart > -width).then_some(middle)
        };
        self.pieces.iter().find_map(|a| other.pieces.iter().find_map(|b| common(a, b)))
    }

    /// How far a rectangle is from it.
    pub(super) fn distance(&self, rect: &Rect) -> Length {
        let gap = |piece: &Rect| {
            let x = (rect.left - piece.right).max(piece.left - rect.right);
            let y = (rect.top - piece.bottom).max(piece.top - rect.bottom);
            x.max(y).max(Length::ZERO)
        };
        self.pieces.iter().map(gap).min().unwrap_or(Length::mm(10_000))
    }
}

fn parallel(a: &Rect, b: &Rect) -> bool {
    let upright = |rect: &Rect| rect.height() > rect.width();
    upright(a) == upright(b)
}

/// The outline of a box.
pub(super) struct Outline {
    /// The rectangle around it.
    pub(super) rect: Rect,
    /// Its shapes: what is within one of them is within the box.
    shapes: Vec<Within>,
}

/// What is inside a shape.
enum Within {
    /// A rectangle, as good as.
    Rect(Rect),
    /// What a line through these corners goes around.
    Corners(Vec<Point>),
}

impl Outline {
    /// The outline that some shapes make together.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a Path>) -> Option<Self> {
        let shapes: Vec<(Rect, Within)> = paths.filter_map(|path| Some((path.bounds()?, within(path)?))).collect();
        let rect = shapes.iter().map(|(rect, _)| *rect).reduce(|a, b| a.union(&b))?;
        Some(Self { rect, shapes: shapes.into_iter().map(|(_, within)| within).collect() })
    }

    fn holds(&self, point: Point) -> bool {
        self.shapes.iter().any(|shape| match shape {
            Within::Rect(rect) => rect.contains(&Rect::new(point.x, point.y, point.x, point.y)),
            Within::Corners(corners) => goes_around(corners, point),
        })
    }
}

fn within(path: &Path) -> Option<Within> {
    let curved = path.segments.iter().any(|segment| matches!(segment, Segment::Cubic(..)));
    if curved { path.bounds().map(Within::Rect) } else { Some(Within::Corners(path.points().collect())) }
}

/// Whether a closed line goes around a point: it has an odd number of sides left of it.
fn goes_around(corners: &[Point], point: Point) -> bool {
    let next = corners.iter().cycle().skip(1);
    let sides = corners.iter().zip(next).filter(|(a, b)| (a.y > point.y) != (b.y > point.y));
    let left = sides.filter(|(a, b)| {
        let (above, below) = if a.y < b.y { (a, b) } else { (b, a) };
        let x = above.x + (below.x - above.x).scale((point.y - above.y).to_um(), (below.y - above.y).to_um());
        x < point.x
    });
    left.count() % 2 == 1
}

/// The rectangle between two corners.
fn around(a: Point, b: Point) -> Rect {
    Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y))
}

fn straight_pieces(segments: &[Segment]) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let mut pen = Point::default();
    for segment in segments {
        match *segment {
            Segment::Move(p) => pen = p,
            Segment::Line(p) => {
                pieces.push((pen, p));
                pen = p;
            }
            Segment::Cubic(_, _, p) => pen = p,
            Segment::Close => {}
        }
    }
    pieces
}
