//! Arrows: a right-angled line with a small solid head, and what it leads from and to.

use crate::color::Rgb;
use crate::geom::{Path, Point, Segment};
use crate::layout::metrics::{FLOW_LINE, HEAD_HALF, HEAD_LENGTH, LINK_LINE, line};
use crate::layout::route::{Meaning, Route, crossing};
use crate::scene::{Arrow, ArrowKind, FillRule, Item, Shape, Stroke};
use crate::theme::Theme;
use crate::unit::{Em, Length};

/// Draws the arrows of one page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArrowPainter<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) body: Length,
}

/// How arrows of one kind are drawn.
#[derive(Clone, Copy, Debug)]
struct ArrowStyle {
    color: Rgb,
    width: Length,
    /// A head's length, and half its width.
    head: (Length, Length),
    /// Half the width of a bridge over a line.
    bridge: Length,
}

impl ArrowPainter<'_> {
    /// Arrows in their order. A stretch that several of one box share is drawn once, and so is the head that they share; a
    /// level piece goes over the lines that it crosses by a bridge.
    pub(crate) fn paint(&self, routes: &[Route]) -> Vec<Item> {
        let arrow = |(at, route): (usize, &Route)| self.arrow(route, &routes[..at], routes);
        routes.iter().enumerate().map(arrow).collect()
    }

    fn arrow(&self, route: &Route, before: &[Route], all: &[Route]) -> Item {
        let style = self.style(route.meaning.kind);
        let tip = route.points.last();
        let shared = before.iter().any(|other| other.meaning.to == route.meaning.to && other.points.last() == tip);
        let mut shapes = Vec::with_capacity(2);
        let path = shaft((route, style), before, all, !shared);
        let shape = |path: Path, fill: Option<Rgb>, stroke: Option<Stroke>| Shape {
            path,
            fill,
            rule: FillRule::NonZero,
            stroke,
            span: None,
        };
        if !path.segments.is_empty() {
            shapes.push(shape(path, None, Some(Stroke { color: style.color, width: style.width, dash: None })));
        }
        if let Some(path) = head(route, style).filter(|_| !shared) {
            shapes.push(shape(path, Some(style.color), None));
        }
        let Meaning { kind, from, to, label, returns, span } = route.meaning.clone();
        let (points, width) = (route.points.clone(), style.width);
        Item::Arrow(Box::new(Arrow { kind, from, to, label, returns, span, route: points, width, shapes }))
    }

    fn style(&self, kind: ArrowKind) -> ArrowStyle {
        let (color, width) = match kind {
            ArrowKind::Flow => (self.theme.flow_line, FLOW_LINE),
            ArrowKind::Belonging => (self.theme.link_line, LINK_LINE),
        };
        let width = line(width, self.body);
        let head = (HEAD_LENGTH.at(self.body), HEAD_HALF.at(self.body).max(width));
        ArrowStyle { color, width, head, bridge: BRIDGE.at(self.body) }
    }
}

/// Half the width of a bridge over a line.
const BRIDGE: Em = Em::milli(240);

/// An arrow's head: a triangle with its tip at the end.
fn head(route: &Route, style: ArrowStyle) -> Option<Path> {
    let [.., before, tip] = route.points[..] else { return None };
    let (length, half) = style.head;
    let (dx, dy) = direction(before, tip);
    let back = |aside: Length| {
        let (x, y) = (tip.x - length * dx, tip.y - length * dy);
        Point::new(x + aside * dy, y + aside * dx)
    };
    Some(Path::polygon(&[tip, back(half), back(-half)]))
}

/// The line of an arrow: what `before` have not drawn of it, with bridges over all that it crosses.
fn shaft((route, style): (&Route, ArrowStyle), before: &[Route], all: &[Route], headed: bool) -> Path {
    let mut segments: Vec<Segment> = Vec::new();
    let mut pen = None;
    let last = route.points.len() - 2;
    for (at, (from, to)) in route.pieces().enumerate() {
        for (a, mut b) in uncovered((from, to), route, before) {
            if at == last && headed && b == to {
                // The line ends within the head, or its blunt end would show at the tip.
                let (dx, dy) = direction(from, to);
                let within = style.head.0.percent(70);
                b = Point::new(to.x - within * dx, to.y - within * dy);
            }
            if pen != Some(a) {
                segments.push(Segment::Move(a));
            }
            bridges(&mut segments, (a, b), style.bridge, all);
            segments.push(Segment::Line(b));
            pen = Some(b);
        }
    }
    Path { segments }
}

/// The stretches of a piece, in its direction, that no arrow of the same box has drawn before.
fn uncovered(piece: (Point, Point), route: &Route, before: &[Route]) -> Vec<(Point, Point)> {
    let (from, to) = piece;
    let upright = from.x == to.x;
    let along = |p: Point| if upright { p.y } else { p.x };
    let (low, high) = (along(from).min(along(to)), along(from).max(along(to)));
    let mut free = vec![(low, high)];
    for (a, b) in before.iter().filter(|other| other.of_one_box(route)).flat_map(Route::pieces) {
        let on_it = if upright { a.x == b.x && a.x == from.x } else { a.y == b.y && a.y == from.y };
        if !on_it {
            continue;
        }
        let (begin, end) = (along(a).min(along(b)), along(a).max(along(b)));
        free = free
            .into_iter()
            .flat_map(|(low, high)| [(low, high.min(begin)), (low.max(end), high)])
            .filter(|(low, high)| low < high)
            .collect();
    }
    let at = |value: Length| if upright { Point::new(from.x, value) } else { Point::new(value, from.y) };
    if along(from) <= along(to) {
        return free.into_iter().map(|(low, high)| (at(low), at(high))).collect();
    }
    free.into_iter().rev().map(|(low, high)| (at(high), at(low))).collect()
}

/// Half circles over the lines that a level stretch crosses, where it is long enough for them.
fn bridges(segments: &mut Vec<Segment>, (a, b): (Point, Point), radius: Length, all: &[Route]) {
    if a.y != b.y || a.x == b.x {
        return;
    }
    let facing = if a.x < b.x { 1 } else { -1 };
    let crossed = all.iter().flat_map(Route::pieces).filter_map(|piece| crossing((a, b), piece));
    let mut over: Vec<Length> = crossed.map(|at| at.x).collect();
    over.sort_unstable();
    over.dedup();
    if facing < 0 {
        over.reverse();
    }
    let mut pen = a.x;
    for x in over {
        let (begin, end) = (x - radius * facing, x + radius * facing);
        if (begin - pen) * facing < Length::ZERO || (b.x - end) * facing < Length::ZERO {
            continue;
        }
        let pull = radius.scale(552, 1000);
        let at = |x: Length, up: Length| Point::new(x, a.y - up);
        segments.push(Segment::Line(at(begin, Length::ZERO)));
        segments.push(Segment::Cubic(at(begin, pull), at(x - pull * facing, radius), at(x, radius)));
        segments.push(Segment::Cubic(at(x + pull * facing, radius), at(end, pull), at(end, Length::ZERO)));
        pen = end;
    }
}

fn direction(from: Point, to: Point) -> (i64, i64) {
    let (dx, dy) = ((to.x - from.x).to_um(), (to.y - from.y).to_um());
    if dx.abs() > dy.abs() { (dx.signum(), 0) } else { (0, dy.signum()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::End;

    /// Two boxes and the corners of an arrow between them.
    type Way<'a> = (&'a str, &'a str, &'a [(i64, i64)]);

    fn drawn(routes: &[Way<'_>]) -> Vec<Arrow> {
        let end = |name: &str| End { name: name.to_owned(), span: None };
        let route = |&(from, to, points): &Way<'_>| {
            let points: Vec<Point> = points.iter().map(|&(x, y)| Point::new(Length::mm(x), Length::mm(y))).collect();
            Route::new(&points, Meaning::belonging(end(from), end(to))).expect("a way")
        };
        let painter = ArrowPainter { theme: Theme::standard(), body: Length::mm(10) };
        let items = painter.paint(&routes.iter().map(route).collect::<Vec<_>>());
        let arrow = |item| if let Item::Arrow(arrow) = item { *arrow } else { panic!("an arrow") };
        items.into_iter().map(arrow).collect()
    }

    #[test]
    fn a_head_points_along_its_line() {
        let arrows = drawn(&[("甲", "乙", &[(0, 0), (20, 0), (20, 30)])]);
        let [shaft, head] = &arrows[0].shapes[..] else { panic!("line and head") };
        assert_eq!(shaft.path.points().count(), 3, "start, corner, end");
        let bounds = head.path.bounds().expect("a head");
        assert_eq!((bounds.bottom, bounds.mid_x()), (Length::mm(30), Length::mm(20)));
    }

    #[test]
    fn what_arrows_share_is_drawn_once() {
        let arrows = drawn(&[
            ("甲", "丙", &[(0, 0), (0, 10), (50, 10), (50, 40)]),
            ("乙", "丙", &[(20, 0), (20, 10), (50, 10), (50, 40)]),
        ]);
        assert_eq!(arrows[1].shapes.len(), 1, "one head for both");
        assert_eq!(arrows[1].shapes[0].path.bounds().map(|b| b.bottom), Some(Length::mm(10)), "up to the trunk");
        assert_eq!(arrows[1].route.len(), 4, "its way is whole");
    }

    #[test]
    fn a_line_goes_over_another_by_a_bridge() {
        let arrows = drawn(&[("甲", "乙", &[(0, 10), (50, 10)]), ("丙", "丁", &[(20, 0), (20, 30)])]);
        let curves = |arrow: &Arrow| {
            arrow.shapes[0].path.segments.iter().filter(|segment| matches!(segment, Segment::Cubic(..))).count()
        };
        assert_eq!((curves(&arrows[0]), curves(&arrows[1])), (2, 0));
    }
}
