//! Subsets of fonts that have no TrueType outlines (OpenType CFF and CFF2), or whose tables are too damaged to be cut,
//! written as TrueType.
//!
//! PDF and OFD readers all take TrueType, and the exporters then know one kind of font. Cubic curves become quadratic
//! ones that stay within a four-thousandth of an em.

use skrifa::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use skrifa::{Font, GlyphId};

/// A point of a contour, in design units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Knot {
    x: i32,
    y: i32,
    on: bool,
}

/// Grains in a design unit, for curves between whole units.
const GRAIN: i64 = 64;

/// A TrueType font of these glyphs, the first of which is `.notdef`, under the ids 0, 1, 2…; no `cmap`.
pub(super) fn write(font: &Font, glyphs: &[u16]) -> Vec<u8> {
    let mut glyf = Vec::new();
    let mut loca = vec![0u32];
    let mut hmtx = Vec::new();
    let mut most = Most::default();
    for &glyph in glyphs {
        let contours = contours(font, glyph);
        let left = contours.iter().flatten().map(|knot| knot.x).min().unwrap_or(0);
        let advance = font.glyph_metrics().h_advance_exact(GlyphId::from(glyph)).to_i32();
        hmtx.extend((advance.clamp(0, 0xFFFF) as u16).to_be_bytes());
        hmtx.extend(short(left));
        most.add(&contours, advance);
        write_glyph(&mut glyf, &contours);
        loca.push(glyf.len() as u32);
    }
    let count = glyphs.len() as u16;
    let tables = [
        (*b"glyf", glyf),
        (*b"head", most.head(font.units_per_em())),
        (*b"hhea", most.hhea(count)),
        (*b"hmtx", hmtx),
        (*b"loca", loca.iter().flat_map(|offset| offset.to_be_bytes()).collect()),
        (*b"maxp", most.maxp(count)),
    ];
    file(&tables)
}

/// Extremes that the tables state.
#[derive(Default)]
struct Most {
    left: i32,
    bottom: i32,
    right: i32,
    top: i32,
    points: usize,
    contours: usize,
    advance: i32,
}

impl Most {
    fn add(&mut self, contours: &[Vec<Knot>], advance: i32) {
        for knot in contours.iter().flatten() {
            (self.left, self.right) = (self.left.min(knot.x), self.right.max(knot.x));
            (self.bottom, self.top) = (self.bottom.min(knot.y), self.top.max(knot.y));
        }
        self.points = self.points.max(contours.iter().map(Vec::len).sum());
        self.contours = self.contours.max(contours.len());
        self.advance = self.advance.max(advance);
    }

    /// OpenType 1.9 `head`: version 1.0, long `loca`.
    fn head(&self, upem: u16) -> Vec<u8> {
        let mut table = Vec::with_capacity(54);
        table.extend([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5, 0, 0]);
        table.extend(upem.to_be_bytes());
        table.extend([0; 16]);
        [self.left, self.bottom, self.right, self.top].iter().for_each(|&v| table.extend(short(v)));
        table.extend([0, 0, 0, 8, 0, 2, 0, 1, 0, 0]);
        table
    }

    fn hhea(&self, count: u16) -> Vec<u8> {
        let mut table = vec![0, 1, 0, 0];
        [self.top, self.bottom, 0, self.advance, self.left, 0, self.right].iter().for_each(|&v| table.extend(short(v)));
        table.extend([0, 1]);
        table.extend([0; 14]);
        table.extend(count.to_be_bytes());
        table
    }

    fn maxp(&self, count: u16) -> Vec<u8> {
        let mut table = vec![0, 1, 0, 0];
        table.extend(count.to_be_bytes());
        table.extend((self.points as u16).to_be_bytes());
        table.extend((self.contours as u16).to_be_bytes());
        table.extend([0, 0, 0, 0, 0, 2]);
        table.extend([0; 16]);
        table
    }
}

fn short(v: i32) -> [u8; 2] {
    (v.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16).to_be_bytes()
}

/// A simple glyph: on-curve flags and whole words, no packing; the container compresses it.
fn write_glyph(out: &mut Vec<u8>, contours: &[Vec<Knot>]) {
    let knots: Vec<Knot> = contours.iter().flatten().copied().collect();
    // More points than the format counts: no glyph of a sound font.
    let Some(&first) = knots.first().filter(|_| knots.len() <= usize::from(u16::MAX)) else { return };
    let bounds = knots.iter().fold([first.x, first.y, first.x, first.y], |[l, b, r, t], knot| {
        [l.min(knot.x), b.min(knot.y), r.max(knot.x), t.max(knot.y)]
    });
    out.extend(short(contours.len() as i32));
    bounds.iter().for_each(|&v| out.extend(short(v)));
    let mut end = 0u16;
    for contour in contours {
        end += contour.len() as u16;
        out.extend((end - 1).to_be_bytes());
    }
    out.extend([0, 0]);
    out.extend(knots.iter().map(|knot| u8::from(knot.on)));
    let steps = |of: fn(&Knot) -> i32| {
        let before = std::iter::once(0).chain(knots.iter().map(of)).collect::<Vec<_>>();
        knots.iter().zip(before).map(|(knot, before)| of(knot) - before).flat_map(short).collect::<Vec<u8>>()
    };
    out.extend(steps(|knot| knot.x));
    out.extend(steps(|knot| knot.y));
    out.resize(out.len().next_multiple_of(4), 0);
}

/// The file: a directory, then the tables at multiples of four.
fn file(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 1u16 << count.ilog2();
    let mut out = vec![0, 1, 0, 0];
    [count, power * 16, count.ilog2() as u16, (count - power) * 16].iter().for_each(|v| out.extend(v.to_be_bytes()));
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        out.extend(tag);
        [checksum(table), offset as u32, table.len() as u32].iter().for_each(|v| out.extend(v.to_be_bytes()));
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn checksum(table: &[u8]) -> u32 {
    let words = table.chunks(4).map(|word| {
        let mut bytes = [0; 4];
        bytes[..word.len()].copy_from_slice(word);
        u32::from_be_bytes(bytes)
    });
    words.fold(0, u32::wrapping_add)
}

fn contours(font: &Font, glyph: u16) -> Vec<Vec<Knot>> {
    let mut sink = Contours { at: (0, 0), done: Vec::new() };
    let outline = font.outline_glyphs().get(GlyphId::from(glyph));
    let drawn = outline.map(|outline| outline.draw(&DrawOptions::new(), DrawMemory::default(), &mut sink));
    if !matches!(drawn, Some(Ok(_))) {
        return Vec::new();
    }
    for contour in &mut sink.done {
        if contour.len() > 1 && contour.first() == contour.last() {
            contour.pop();
        }
    }
    sink.done.retain(|contour| contour.len() > 1);
    sink.done
}

/// Collects contours; positions in grains.
struct Contours {
    at: (i64, i64),
    done: Vec<Vec<Knot>>,
}

type Place = (i64, i64);

fn grains(x: f32, y: f32) -> Place {
    ((x * GRAIN as f32).round() as i64, (y * GRAIN as f32).round() as i64)
}

impl Contours {
    fn knot(&mut self, (x, y): Place, on: bool) {
        let unit = |v: i64| (v * 2 + GRAIN).div_euclid(GRAIN * 2) as i32;
        if let Some(contour) = self.done.last_mut() {
            contour.push(Knot { x: unit(x), y: unit(y), on });
        }
    }

    fn go(&mut self, to: Place) {
        self.knot(to, true);
        self.at = to;
    }
}

impl PathSink for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.done.push(Vec::new());
        self.go(grains(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.go(grains(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.knot(grains(cx, cy), false);
        self.go(grains(x, y));
    }

    /// Cut into `n` equal parts, each replaced by the quadratic curve whose control point is (3(b + c) − a − d) / 4.
    /// Its distance from the cubic is at most √3/36 · |d − 3c + 3b − a| / n³.
    fn curve_to(&mut self, bx: f32, by: f32, cx: f32, cy: f32, x: f32, y: f32) {
        let (a, b, c, d) = (self.at, grains(bx, by), grains(cx, cy), grains(x, y));
        let bend = |a: i64, b: i64, c: i64, d: i64| i128::from(d - 3 * c + 3 * b - a);
        let far = bend(a.0, b.0, c.0, d.0).pow(2) + bend(a.1, b.1, c.1, d.1).pow(2);
        let near = i128::from(36 * GRAIN / 4);
        let parts = (1..32i64).find(|&n| 3 * far <= (near * i128::from(n.pow(3))).pow(2)).unwrap_or(32);
        for part in 0..parts {
            let cut = |a: i64, b: i64, c: i64, d: i64| piece(a, b, c, d, part, parts);
            let (xs, ys) = (cut(a.0, b.0, c.0, d.0), cut(a.1, b.1, c.1, d.1));
            let control = |[a, b, c, d]: [i64; 4]| (3 * (b + c) - a - d).div_euclid(4);
            self.knot((control(xs), control(ys)), false);
            self.go((xs[3], ys[3]));
        }
        self.at = d;
    }

    fn close(&mut self) {}
}

/// One coordinate of the part of a cubic from `part / parts` to `(part + 1) / parts`.
fn piece(a: i64, b: i64, c: i64, d: i64, part: i64, parts: i64) -> [i64; 4] {
    let n3 = parts.pow(3);
    // The blossom of the cubic at three parameters, in fractions of n³.
    let at = |r: i64, s: i64, t: i64| {
        let (u, v, w) = (parts - r, parts - s, parts - t);
        let sum = a * u * v * w
            + b * (r * v * w + u * s * w + u * v * t)
            + c * (r * s * w + r * v * t + u * s * t)
            + d * r * s * t;
        (sum * 2 + n3).div_euclid(n3 * 2)
    };
    let (from, to) = (part, part + 1);
    [at(from, from, from), at(from, from, to), at(from, to, to), at(to, to, to)]
}

#[cfg(test)]
mod tests {
    use super::super::{FontBook, outline};
    use crate::geom::{Path, Point, Segment};
    use crate::unit::Length;

    /// Where lines and curves end.
    fn ends(path: &Path) -> Vec<Point> {
        let end = |segment: &Segment| match *segment {
            Segment::Move(to) | Segment::Line(to) | Segment::Cubic(_, _, to) => Some(to),
            Segment::Close => None,
        };
        path.segments.iter().filter_map(end).collect()
    }

    #[test]
    fn a_cff_font_is_cut_to_truetype_of_the_same_shapes() {
        let mut book = FontBook::embedded();
        let bytes = include_bytes!("../../tests/data/cff.otf").to_vec();
        let id = book.add(bytes).expect("a CFF font");
        assert_eq!(book.find("rc kai test", false), Some(id));
        let face = book.face(id);
        let glyphs: Vec<u16> = "中国风险，A1。 ".chars().filter_map(|c| face.glyph(c)).collect();
        let subset = face.subset(&glyphs);
        assert_eq!(subset.glyphs.len(), glyphs.len() + 1);
        let cut = skrifa::Font::new(subset.bytes, 0).expect("TrueType");
        let size = Length::mm(100);
        for (old, new) in subset.glyphs {
            let (was, is) = (ends(&face.outline(old, size)), ends(&outline::draw(&cut, new, size)));
            let unit = Length::um(100);
            let close = |a: &Point, b: &Point| (a.x - b.x).abs() <= unit && (a.y - b.y).abs() <= unit;
            assert!(was.iter().all(|a| is.iter().any(|b| close(a, b))), "{old}: a corner is lost");
            assert_eq!(was.is_empty(), is.is_empty());
            let (width, expected) = (cut.glyph_metrics().h_advance(new.into()), face.advance(old).to_f64() * 1000.0);
            assert_eq!(f64::from(width), expected);
        }
    }
}
