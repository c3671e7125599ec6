//! Arrows: a right-angled line with a small solid head, and what it leads from and to.

use crate::color::Rgb;
use crate::geom::Point;
use crate::layout::metrics::{HEAD_HALF, HEAD_LENGTH, line};
use crate::layout::words::content::Content;
use crate::model::StageIx;
use crate::scene::{Arrow, ArrowKind, End, Item, Pen};
use crate::source::Span;
use crate::unit::{Em, Length};

/// How arrows of one kind are drawn.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct ArrowStyle {
    pub(in crate::layout) color: Rgb,
    pub(in crate::layout) width: Em,
    pub(in crate::layout) body: Length,
}

/// What an arrow says, apart from its line.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Meaning {
    pub(in crate::layout) kind: ArrowKind,
    pub(in crate::layout) from: End,
    pub(in crate::layout) to: End,
    pub(in crate::layout) label: Option<String>,
    pub(in crate::layout) returns: bool,
    pub(in crate::layout) span: Option<Span>,
}

impl Meaning {
    /// That one box belongs to another.
    pub(in crate::layout) fn belonging(from: End, to: End) -> Self {
        let span = from.span;
        Self { kind: ArrowKind::Belonging, from, to, label: None, returns: false, span }
    }
}

impl Content {
    /// A flow box as an arrow's end.
    pub(in crate::layout) fn stage_end(&self, stage: StageIx) -> End {
        let stage = &self.stages[stage.0];
        let name = stage.block.parts.first().map(|part| part.para.words());
        End { name: name.unwrap_or_default(), span: Some(stage.span) }
    }

    /// A risk or measure box as an arrow's end.
    pub(in crate::layout) fn cell_end(&self, index: usize) -> End {
        let cell = &self.cells[index];
        let name = cell.block.parts.first().map(|part| part.para.words());
        End { name: name.unwrap_or_default(), span: Some(cell.span) }
    }
}

impl ArrowStyle {
    fn pen(&self) -> Pen {
        let width = line(self.width, self.body);
        Pen { color: self.color, width, head: (HEAD_LENGTH.at(self.body), HEAD_HALF.at(self.body).max(width)) }
    }

    /// An arrow through `points`, which go up, down, left or right; `None` where they are no way.
    pub(in crate::layout) fn arrow(&self, points: &[Point], meaning: Meaning) -> Option<Item> {
        let route = tidy(points);
        let (shaft, head) = self.pen().draw(&route)?;
        let Meaning { kind, from, to, label, returns, span } = meaning;
        Some(Item::Arrow(Box::new(Arrow { kind, from, to, label, returns, span, route, shaft, head })))
    }
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
