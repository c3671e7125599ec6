//! Pages as boxes, lines and tables with their places: what drawings of Word and of Excel come to.
//!
//! Places are points (1/72 inch) from the top left corner of the page.

use super::grid::Grid;
use super::read::{Para, joined, squeezed};

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    /// Left.
    pub(super) x0: f64,
    /// Top.
    pub(super) y0: f64,
    /// Right.
    pub(super) x1: f64,
    /// Bottom.
    pub(super) y1: f64,
}

impl Rect {
    /// A rectangle by its corner and size.
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x0: x, y0: y, x1: x + width, y1: y + height }
    }

    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    pub(super) fn center(&self) -> (f64, f64) {
        (f64::midpoint(self.x0, self.x1), f64::midpoint(self.y0, self.y1))
    }

    /// How much of the heights is common.
    pub(super) fn beside(&self, other: &Self) -> f64 {
        (self.y1.min(other.y1) - self.y0.max(other.y0)).max(0.0)
    }

    /// How much of the widths is common.
    pub(super) fn above(&self, other: &Self) -> f64 {
        (self.x1.min(other.x1) - self.x0.max(other.x0)).max(0.0)
    }

    /// How far a point is outside.
    pub(super) fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let dx = (self.x0 - x).max(x - self.x1).max(0.0);
        let dy = (self.y0 - y).max(y - self.y1).max(0.0);
        length(dx, dy)
    }

    /// Moved down.
    pub(super) fn down(mut self, by: f64) -> Self {
        self.y0 += by;
        self.y1 += by;
        self
    }
}

/// What a box looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// A box of any other kind.
    #[default]
    Step,
    /// A diamond.
    Decision,
    /// Round ends.
    Terminal,
    /// A thick arrow.
    Arrow,
}

/// A box with text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) rect: Rect,
    pub(super) paras: Vec<Para>,
    pub(super) look: Look,
    /// Whether a border is drawn.
    pub(super) bordered: bool,
    /// What lines glued to it call it.
    pub(super) id: String,
    /// The page, from 1.
    pub(super) page: usize,
}

impl Shape {
    /// Its text on one line.
    pub(super) fn text(&self) -> String {
        squeezed(&joined(&self.paras))
    }
}

/// A line between boxes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Connector {
    /// Where it begins.
    pub(super) from: (f64, f64),
    /// Where it ends.
    pub(super) to: (f64, f64),
    /// Whether an arrow is at its beginning, and at its end.
    pub(super) arrows: (bool, bool),
    /// The boxes it is glued to, where it says so.
    pub(super) glued: (Option<String>, Option<String>),
    /// The page, from 1.
    pub(super) page: usize,
}

/// A line of running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextLine {
    pub(super) y: f64,
    pub(super) text: String,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<TextLine>,
    pub(super) tables: Vec<(f64, Grid)>,
    pub(super) shapes: Vec<Shape>,
    pub(super) connectors: Vec<Connector>,
    /// Text of header and footer.
    pub(super) margins: Vec<String>,
    /// How many pictures stand on it.
    pub(super) pictures: usize,
    pub(super) height: f64,
}

/// The length of a step, by arithmetic that is the same on every machine.
pub(super) fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}
