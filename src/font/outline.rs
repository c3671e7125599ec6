//! Glyph outlines: as paths on paper, and as SVG path data.

use skrifa::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use skrifa::{Font, GlyphId};

use crate::geom::{Path, PathData, Place, Point, Segment};
use crate::unit::Length;

/// Outlines come in design units, whole or, between two control points of TrueType, halves; 64ths also hold what CFF
/// has between.
const GRAIN: i64 = 64;

/// The outline of `glyph` at one em = `size`, y downwards; empty where there is none.
pub(super) fn draw(font: &Font, glyph: u16, size: Length) -> Path {
    let mut sink = Sink { size, den: i64::from(font.units_per_em()) * GRAIN, at: (0, 0), path: Path::default() };
    let Some(outline) = font.outline_glyphs().get(GlyphId::from(glyph)) else { return Path::default() };
    match outline.draw(&DrawOptions::new(), DrawMemory::default(), &mut sink) {
        Ok(_) => sink.path,
        Err(_) => Path::default(),
    }
}

/// Collects segments, rounding each point once, from exact fractions.
struct Sink {
    size: Length,
    den: i64,
    at: (i64, i64),
    path: Path,
}

fn grains(v: f32) -> i64 {
    (v * GRAIN as f32).round() as i64
}

impl Sink {
    /// The point `x`, `y` in grains, divided by `parts`.
    fn point(&self, (x, y): (i64, i64), parts: i64) -> Point {
        Point::new(self.size.scale(x, self.den * parts), self.size.scale(-y, self.den * parts))
    }

    fn go(&mut self, x: f32, y: f32) -> Point {
        self.at = (grains(x), grains(y));
        self.point(self.at, 1)
    }
}

impl PathSink for Sink {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.go(x, y);
        self.path.segments.push(Segment::Move(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.go(x, y);
        self.path.segments.push(Segment::Line(to));
    }

    /// A quadratic curve is the cubic whose control points stand two thirds of the way to its own.
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, control, end) = (self.at, (grains(cx), grains(cy)), (grains(x), grains(y)));
        let third = |p: (i64, i64)| (p.0 + 2 * control.0, p.1 + 2 * control.1);
        let (a, b) = (self.point(third(from), 3), self.point(third(end), 3));
        let to = self.go(x, y);
        self.path.segments.push(Segment::Cubic(a, b, to));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let a = self.point((grains(ax), grains(ay)), 1);
        let b = self.point((grains(bx), grains(by)), 1);
        let to = self.go(x, y);
        self.path.segments.push(Segment::Cubic(a, b, to));
    }

    fn close(&mut self) {
        self.path.segments.push(Segment::Close);
    }
}

/// How many steps of path data a font unit has: TrueType's points, those implied between two control points too, are
/// whole steps, so their numbers need no fraction.
pub(super) const STEPS: u16 = 2;

/// The outline of `glyph` as SVG path data in [`STEPS`] of a font unit, y downwards, in the curves that the font has;
/// empty where there is none.
pub(super) fn data(font: &Font, glyph: u16) -> String {
    let mut out = String::new();
    let Some(outline) = font.outline_glyphs().get(GlyphId::from(glyph)) else { return out };
    match outline.draw(&DrawOptions::new(), DrawMemory::default(), &mut DataSink(PathData::new(&mut out))) {
        Ok(_) => out,
        Err(_) => String::new(),
    }
}

struct DataSink<'a>(PathData<'a>);

fn place(x: f32, y: f32) -> Place {
    let hundredths = |v: f32| (v * f32::from(STEPS) * 100.0).round() as i64;
    (hundredths(x), -hundredths(y))
}

impl PathSink for DataSink<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(place(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(place(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quadratic_to(place(cx, cy), place(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(place(ax, ay), place(bx, by), place(x, y));
    }

    fn close(&mut self) {
        self.0.close();
    }
}
