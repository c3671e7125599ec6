//! Shapes to path operators.

use super::ink::ink;
use super::paint::Painter;
use crate::scene::{FillRule, Shape, Stroke};

impl Painter<'_> {
    /// Fills and strokes a path.
    pub(super) fn shape(&mut self, shape: &Shape) {
        self.end_text();
        let Some(operator) = painting(shape) else { return };
        if let Some(color) = shape.fill {
            self.fill(color);
        }
        if let Some(stroke) = shape.stroke {
            self.stroke(stroke);
        }
        self.content.path(&shape.path);
        self.content.operator(&[], operator);
    }

    fn stroke(&mut self, stroke: Stroke) {
        if self.state.line != Some(stroke.color) {
            let ink = ink(self.mode, stroke.color);
            ink.set(&mut self.content, ["G", "RG", "K"]);
            self.state.line = Some(stroke.color);
        }
        if self.state.width != Some(stroke.width) {
            self.content.operator(&[stroke.width.to_um()], "w");
            self.state.width = Some(stroke.width);
        }
        let solid = self.state.dash.is_none() && stroke.dash.is_none();
        if !solid && self.state.dash != Some(stroke.dash) {
            self.content.word("[");
            if let Some((dash, gap)) = stroke.dash {
                self.content.ints(&[dash.to_um(), gap.to_um()]);
            }
            self.content.word("]");
            self.content.operator(&[0], "d");
            self.state.dash = Some(stroke.dash);
        }
    }
}

/// The operator that paints a path (ISO 32000-1 table 60); `None` where nothing is to be seen.
fn painting(shape: &Shape) -> Option<&'static str> {
    match (shape.fill.is_some(), shape.stroke.is_some(), shape.rule) {
        (false, false, _) => None,
        (false, true, _) => Some("S"),
        (true, false, FillRule::NonZero) => Some("f"),
        (true, false, FillRule::EvenOdd) => Some("f*"),
        (true, true, FillRule::NonZero) => Some("B"),
        (true, true, FillRule::EvenOdd) => Some("B*"),
    }
}
