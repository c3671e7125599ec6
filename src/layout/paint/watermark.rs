//! 水印: large, light words that slant over the page behind the grid.
//!
//! They are drawn as outlines, not as text: readers of the file don't come upon them among the chart's words, which the
//! document's description names once.

use super::text::filled;
use crate::font::FontBook;
use crate::geom::{Point, Rect};
use crate::layout::words::block::Para;
use crate::scene::Item;
use crate::theme::WATERMARK;
use crate::unit::{Em, Length};

/// The slant in thousandths: 30°, upwards from left to right.
const COS: i64 = 866;
const SIN: i64 = 500;
/// How much of the area the words reach over at most, in percent.
const REACH: i64 = 86;

/// The words over the middle of an area, as large as it allows.
pub(crate) fn paint(words: &Para, fonts: &FontBook, area: Rect) -> Vec<Item> {
    let Some(line) = words.text.lines(Em::MAX, words.setting).into_iter().next() else { return Vec::new() };
    let size = size(line.width, area);
    let middle = Point::new(area.mid_x(), area.mid_y());
    // The em box of Han faces has its middle 0.38 em above the baseline.
    let (half, rise) = (line.width.at(size) / 2, Em::milli(380).at(size));
    let slanted = |p: Point, x: Length| {
        let (x, y) = (p.x + x - half, p.y + rise);
        let turn = |a: Length, b: Length| a.scale(COS, 1000) + b.scale(SIN, 1000);
        Point::new(middle.x + turn(x, y), middle.y + turn(y, -x))
    };
    let glyph = |glyph: &crate::text::SetGlyph| {
        let outline = fonts.face(glyph.face).outline(glyph.id, size);
        filled(outline.map(|p| slanted(p, glyph.x.at(size))), WATERMARK)
    };
    line.glyphs.iter().map(glyph).collect()
}

/// The size at which words of a width, one em high, reach over the area when they slant.
fn size(width: Em, area: Rect) -> Length {
    let fits = |room: Length, along: i64, across: i64| {
        let ems = i64::from(width.raw()) * along + i64::from(Em::ONE.raw()) * across;
        room.percent(REACH).scale(i64::from(Em::ONE.raw()) * 1000, ems.max(1))
    };
    fits(area.width(), COS, SIN).min(fits(area.height(), SIN, COS))
}
