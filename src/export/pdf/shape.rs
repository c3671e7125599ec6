//! Shapes to path operators.

use printpdf::{Line, LineDashPattern, LinePoint, Op, PaintMode, Polygon, PolygonRing, Pt, WindingOrder};

use super::ink::ink;
use super::paint::Painter;
use crate::geom::{Path, Point, Segment};
use crate::scene::{FillRule, Shape, Stroke};

impl Painter<'_> {
    /// Fills and strokes a path.
    pub(super) fn shape(&mut self, shape: &Shape) {
        self.end_text();
        if let Some(color) = shape.fill {
            self.fill(color);
        }
        if let Some(stroke) = shape.stroke {
            self.stroke(stroke);
        }
        let parts: Vec<(Vec<LinePoint>, bool)> = subpaths(&shape.path).collect();
        // printpdf closes a polygon's last ring before it strokes, and no other: one ring, closed anyway, can be both
        // filled and stroked at once.
        let at_once = shape.fill.is_some() && shape.stroke.is_some() && matches!(parts[..], [(_, true)]);
        if shape.fill.is_some() {
            let rings = parts.iter().map(|(points, _)| PolygonRing { points: points.clone() }).collect();
            let mode = if at_once { PaintMode::FillStroke } else { PaintMode::Fill };
            let winding_order = match shape.rule {
                FillRule::NonZero => WindingOrder::NonZero,
                FillRule::EvenOdd => WindingOrder::EvenOdd,
            };
            self.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } });
        }
        if shape.stroke.is_some() && !at_once {
            let lines = parts.into_iter().map(|(points, is_closed)| Line { points, is_closed });
            self.ops.extend(lines.map(|line| Op::DrawLine { line }));
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        let col = ink(self.mode, stroke.color);
        if self.state.line.as_ref() != Some(&col) {
            self.ops.push(Op::SetOutlineColor { col: col.clone() });
            self.state.line = Some(col);
        }
        if self.state.width != Some(stroke.width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width.to_um() as f32) });
            self.state.width = Some(stroke.width);
        }
        let solid = self.state.dash.is_none() && stroke.dash.is_none();
        if !solid && self.state.dash != Some(stroke.dash) {
            let pattern = stroke.dash.map_or(Vec::new(), |(dash, gap)| vec![dash.to_um() as f32, gap.to_um() as f32]);
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &pattern) });
            self.state.dash = Some(stroke.dash);
        }
    }
}

/// The subpaths in printpdf's points, and whether each is closed.
pub(super) fn subpaths(path: &Path) -> impl Iterator<Item = (Vec<LinePoint>, bool)> {
    let mut done: Vec<(Vec<LinePoint>, bool)> = Vec::new();
    for segment in &path.segments {
        if let Segment::Move(p) = *segment {
            done.push((vec![corner(p)], false));
        } else if let Some((points, closed)) = done.last_mut() {
            match *segment {
                Segment::Line(p) => points.push(corner(p)),
                Segment::Cubic(a, b, p) => points.extend([handle(a), handle(b), corner(p)]),
                Segment::Close => *closed = true,
                Segment::Move(_) => {}
            }
        }
    }
    done.into_iter()
}

fn corner(p: Point) -> LinePoint {
    let (x, y) = (Pt(p.x.to_um() as f32), Pt(p.y.to_um() as f32));
    LinePoint { p: printpdf::Point { x, y }, bezier: false }
}

fn handle(p: Point) -> LinePoint {
    LinePoint { bezier: true, ..corner(p) }
}
