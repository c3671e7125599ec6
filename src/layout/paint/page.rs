//! A page's ground, and what the press needs around it.

use super::text::{filled, stroked};
use crate::color::Rgb;
use crate::geom::{Path, Point, Rect};
use crate::layout::fit::sheet::{MARK_LENGTH, PageSheet};
use crate::layout::metrics::HAIRLINE;
use crate::scene::{Item, Page};
use crate::unit::Length;

/// A page's white ground, so that pictures of it are not transparent.
pub(crate) fn ground(rect: Rect) -> Item {
    filled(Path::rect(rect), Rgb::WHITE)
}

/// A sheet with these items on it.
pub(crate) fn page(sheet: &PageSheet, items: Vec<Item>) -> Page {
    let mut all = vec![ground(Rect::at(Length::ZERO, Length::ZERO, sheet.media))];
    all.extend(items);
    if sheet.marks {
        all.extend(crop_marks(sheet));
    }
    Page { media: sheet.media, trim: sheet.trim, bleed: sheet.trim.inset(-sheet.bleed), continued: false, items: all }
}

/// Two short lines at each corner, outside the bleed, and register marks in the middle of each side.
fn crop_marks(sheet: &PageSheet) -> Vec<Item> {
    let (trim, media) = (sheet.trim, sheet.media);
    let width = HAIRLINE;
    let segment = |a: Point, b: Point| stroked(Path::polyline(&[a, b]), Rgb::BLACK, width);
    let mut items = Vec::new();
    for x in [trim.left, trim.right] {
        items.push(segment(Point::new(x, Length::ZERO), Point::new(x, MARK_LENGTH)));
        items.push(segment(Point::new(x, media.height - MARK_LENGTH), Point::new(x, media.height)));
    }
    for y in [trim.top, trim.bottom] {
        items.push(segment(Point::new(Length::ZERO, y), Point::new(MARK_LENGTH, y)));
        items.push(segment(Point::new(media.width - MARK_LENGTH, y), Point::new(media.width, y)));
    }
    let half = MARK_LENGTH / 2;
    let centres = [
        Point::new(trim.mid_x(), half),
        Point::new(trim.mid_x(), media.height - half),
        Point::new(half, trim.mid_y()),
        Point::new(media.width - half, trim.mid_y()),
    ];
    for centre in centres {
        let disc = Rect::new(centre.x, centre.y, centre.x, centre.y).inset(-half / 2);
        items.push(stroked(Path::rounded(disc, half / 2), Rgb::BLACK, width));
        items.push(segment(centre.shifted(-half, Length::ZERO), centre.shifted(half, Length::ZERO)));
        items.push(segment(centre.shifted(Length::ZERO, -half), centre.shifted(Length::ZERO, half)));
    }
    items
}
