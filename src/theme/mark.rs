//! The marks that tell levels apart without colour, as shapes: no font is needed to draw them.

use crate::geom::{Path, Point, Rect};
use crate::unit::Length;

/// A shape that stands for a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ■
    Square,
    /// ⬢
    Hexagon,
    /// ●
    Circle,
    /// ▼
    TriangleDown,
    /// ▬
    Bar,
    /// ✚
    Cross,
}

/// Marks in the order they are dealt to the levels of a scale, worst first, by the number of levels.
const DEALT: [&[Mark]; 5] = [
    &[Mark::Triangle],
    &[Mark::Triangle, Mark::Circle],
    &[Mark::Triangle, Mark::Diamond, Mark::Circle],
    &[Mark::Triangle, Mark::Diamond, Mark::Square, Mark::Circle],
    &[
        Mark::Triangle,
        Mark::Diamond,
        Mark::Square,
        Mark::Hexagon,
        Mark::Circle,
        Mark::TriangleDown,
        Mark::Bar,
        Mark::Cross,
    ],
];

impl Mark {
    /// The mark of the level of this rank (0 the worst) in a scale of `count` levels.
    pub fn dealt(rank: usize, count: usize) -> Self {
        let row = DEALT[count.clamp(1, DEALT.len()) - 1];
        row[rank % row.len()]
    }

    /// The shape, about as large to the eye whatever it is, within the square `within`.
    pub fn path(self, within: Rect) -> Path {
        let Rect { left: l, top: t, right: r, bottom: b } = within;
        let (x, y, w) = (within.mid_x(), within.mid_y(), within.width());
        let at = Point::new;
        let part = |percent: i64| w.percent(percent);
        match self {
            Self::Triangle => Path::polygon(&[at(x, t + part(4)), at(r, b - part(7)), at(l, b - part(7))]),
            Self::TriangleDown => Path::polygon(&[at(l, t + part(7)), at(r, t + part(7)), at(x, b - part(4))]),
            Self::Diamond => Path::polygon(&[at(x, t), at(r, y), at(x, b), at(l, y)]),
            Self::Square => Path::rect(within.inset(part(10))),
            Self::Bar => Path::rect(Rect::new(l, y - part(18), r, y + part(18))),
            Self::Circle => {
                let disc = within.inset(part(5));
                Path::rounded(disc, disc.width() / 2)
            }
            Self::Hexagon => Path::polygon(&[
                at(l + part(25), t + part(7)),
                at(r - part(25), t + part(7)),
                at(r, y),
                at(r - part(25), b - part(7)),
                at(l + part(25), b - part(7)),
                at(l, y),
            ]),
            Self::Cross => {
                let arm: Length = part(17);
                Path::polygon(&[
                    at(x - arm, t),
                    at(x + arm, t),
                    at(x + arm, y - arm),
                    at(r, y - arm),
                    at(r, y + arm),
                    at(x + arm, y + arm),
                    at(x + arm, b),
                    at(x - arm, b),
                    at(x - arm, y + arm),
                    at(l, y + arm),
                    at(l, y - arm),
                    at(x - arm, y - arm),
                ])
            }
        }
    }
}
