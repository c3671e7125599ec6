//! Arrows: a right-angled line with a small solid head.

use super::text::{filled, stroked};
use crate::color::Rgb;
use crate::geom::{Path, Point};
use crate::layout::metrics::{HEAD_HALF, HEAD_LENGTH, line};
use crate::scene::Item;
use crate::unit::{Em, Length};

/// How arrows of one kind are drawn.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct ArrowStyle {
    pub(in crate::layout) color: Rgb,
    pub(in crate::layout) width: Em,
    pub(in crate::layout) body: Length,
}

impl ArrowStyle {
    fn width(&self) -> Length {
        line(self.width, self.body)
    }

    /// A line through `points`, which go up, down, left or right, with a head at the last.
    pub(in crate::layout) fn arrow(&self, points: &[Point]) -> Vec<Item> {
        let points = tidy(points);
        let [.., before, tip] = points.as_slice() else { return Vec::new() };
        let (length, half) = (HEAD_LENGTH.at(self.body), HEAD_HALF.at(self.body).max(self.width()));
        let (dx, dy) = direction(*before, *tip);
        let back = |along: Length, aside: Length| {
            let (x, y) = (tip.x - along * dx, tip.y - along * dy);
            Point::new(x + aside * dy, y + aside * dx)
        };
        let head = Path::polygon(&[*tip, back(length, half), back(length, -half)]);
        // The line ends within the head, or its blunt end would show at the tip.
        let mut shaft = points[..points.len() - 1].to_vec();
        shaft.push(back(length.percent(70), Length::ZERO));
        vec![stroked(Path::polyline(&shaft), self.color, self.width()), filled(head, self.color)]
    }
}

fn direction(from: Point, to: Point) -> (i64, i64) {
    let (dx, dy) = ((to.x - from.x).to_um(), (to.y - from.y).to_um());
    if dx.abs() > dy.abs() { (dx.signum(), 0) } else { (0, dy.signum()) }
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
    fn a_head_points_along_its_line() {
        let style = ArrowStyle { color: Rgb::BLACK, width: Em::milli(100), body: Length::mm(10) };
        let at = |x, y| Point::new(Length::mm(x), Length::mm(y));
        let items = style.arrow(&[at(0, 0), at(0, 0), at(10, 0), at(20, 0), at(20, 30)]);
        let [Item::Path(shaft), Item::Path(head)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(shaft.path.points().count(), 3, "start, corner, end");
        let bounds = head.path.bounds().expect("a head");
        assert_eq!(bounds.bottom, Length::mm(30));
        assert_eq!(bounds.mid_x(), Length::mm(20));
    }
}
