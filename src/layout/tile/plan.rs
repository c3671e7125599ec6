//! The plan by which tiles are put together: the poster in small, its tiles named, and what to do.

use super::{Poster, STRIP};
use crate::color::Rgb;
use crate::geom::{Path, Point, Rect};
use crate::layout::lettering::Lettering;
use crate::layout::paint::text::{filled, group, outlined, stroked};
use crate::layout::words::block::Align;
use crate::scene::{Item, Page, Role};
use crate::unit::Length;

const TITLE_PT: f64 = 16.0;
const TEXT_PT: f64 = 9.0;
const LEADING: i64 = 150;
/// Lines of text in the small poster.
const GREY: Rgb = Rgb::hex(0xb8c0c8);
/// Cuts and the poster's edge.
const LINE: Length = Length::um(250);

/// The plan of a poster.
pub(super) fn page(poster: &Poster<'_>, title: &str) -> Page {
    let fonts = &poster.scene.fonts;
    let letters = |pt: f64| Lettering::new(fonts, "hei", pt > TEXT_PT, Length::from_pt(pt));
    let edge = poster.tiling.margin + STRIP;
    let room = Rect::new(edge, edge, poster.sheet.width - edge, poster.sheet.height - edge);
    let edges = (room.left, room.right);
    let (head, y) = letters(TITLE_PT).words("拼接示意图").lines(edges, Align::Centre, room.top, LEADING);
    let (name, top) = letters(TEXT_PT).words(title).lines(edges, Align::Centre, y, LEADING);
    let mut items = vec![group(Role::Title, None, head), group(Role::Subtitle, None, name)];
    // What to do is set first for its height, then moved to the foot.
    let text = letters(TEXT_PT);
    let height: Length = instructions(poster)
        .iter()
        .map(|words| text.words(words).lines(edges, Align::Left, Length::ZERO, LEADING).1)
        .sum();
    let mut foot = room.bottom - height;
    let small = Rect::new(room.left, top + STRIP, room.right, foot - STRIP);
    if small.bottom > small.top {
        items.push(group(Role::Decoration, None, picture(poster, small)));
        items.push(group(Role::Note, None, names(poster, small)));
    }
    let mut notes = Vec::new();
    for words in instructions(poster) {
        let (lines, next) = text.words(&words).lines(edges, Align::Left, foot, LEADING);
        notes.push(group(Role::Note, None, lines));
        foot = next;
    }
    items.push(group(Role::Notes, None, notes));
    poster.sheet(items)
}

fn instructions(poster: &Poster<'_>) -> Vec<String> {
    let (rows, columns) = (poster.rows.len(), poster.columns.len());
    let mm = |length: Length| length.to_mm().to_string();
    let trim = poster.page.trim;
    vec![
        format!("1. 共{}张，{rows}行{columns}列。按实际大小（100%）打印，不要“适合页面”。", rows * columns),
        "2. 每张沿左边和上边的虚线裁开；最右一列和最下一行的右边、下边也沿虚线裁开。".to_owned(),
        format!(
            "3. 从A1起，后一张的左边、上边压住前一张的重叠部分（{}毫米），对准前一张边上的短线，图形接上后粘牢。",
            mm(poster.tiling.overlap)
        ),
        format!("4. 每张四边的小字是相邻一张的编号。拼好后宽{}毫米、高{}毫米。", mm(trim.width()), mm(trim.height())),
    ]
}

/// The poster's place in a room, and how a length of the poster comes out there.
fn fit(poster: &Poster<'_>, room: Rect) -> (Rect, impl Fn(Length) -> Length + use<>) {
    let (width, height) = (poster.page.trim.width().to_um(), poster.page.trim.height().to_um());
    let by_width = room.width().to_um() * height <= room.height().to_um() * width;
    let (small, full) = if by_width { (room.width().to_um(), width) } else { (room.height().to_um(), height) };
    let scaled = move |length: Length| length.scale(small, full);
    let (width, height) = (scaled(poster.page.trim.width()), scaled(poster.page.trim.height()));
    let (left, top) = (room.mid_x() - width / 2, room.mid_y() - height / 2);
    (Rect::new(left, top, left + width, top + height), scaled)
}

/// The poster with grey bars for its lines of text, and the cuts.
fn picture(poster: &Poster<'_>, room: Rect) -> Vec<Item> {
    let (place, scaled) = fit(poster, room);
    let trim = poster.page.trim;
    let mut items = vec![outlined(Path::rect(place), Rgb::WHITE, Rgb::BLACK, LINE)];
    poster.page.walk(|item, _| {
        if let Item::Text(run) = item
            && let Some(text) = run.em_box().intersection(&trim)
        {
            let text = text.shifted(-trim.left, -trim.top).inset(run.size.percent(18));
            let bar = Rect::new(scaled(text.left), scaled(text.top), scaled(text.right), scaled(text.bottom));
            if bar.right > bar.left && bar.bottom > bar.top {
                items.push(filled(Path::rect(bar.shifted(place.left, place.top)), GREY));
            }
        }
    });
    let line = |a: Point, b: Point| stroked(Path::polyline(&[a, b]), Rgb::BLACK, LINE);
    for (start, _) in poster.columns.iter().skip(1) {
        let x = place.left + scaled(*start);
        items.push(line(Point::new(x, place.top), Point::new(x, place.bottom)));
    }
    for (start, _) in poster.rows.iter().skip(1) {
        let y = place.top + scaled(*start);
        items.push(line(Point::new(place.left, y), Point::new(place.right, y)));
    }
    items
}

/// Every tile's name in its middle, on white.
fn names(poster: &Poster<'_>, room: Rect) -> Vec<Item> {
    let (place, scaled) = fit(poster, room);
    let trim = poster.page.trim;
    let share = |windows: &[(Length, Length)], at: usize, end: Length| {
        (scaled(windows[at].0), scaled(windows.get(at + 1).map_or(end, |next| next.0)))
    };
    let mut items = Vec::new();
    for (row, column) in poster.places() {
        let (left, right) = share(&poster.columns, column, trim.width());
        let (top, bottom) = share(&poster.rows, row, trim.height());
        let cell = Rect::new(left, top, right, bottom).shifted(place.left, place.top);
        let size = (cell.height().min(cell.width()) / 3).min(Length::from_pt(14.0));
        let words = Lettering::new(&poster.scene.fonts, "hei", true, size).words(&Poster::name(row, column));
        let half = (words.width() / 2 + size / 3, size * 2 / 3);
        let (x, y) = (cell.mid_x(), cell.mid_y());
        let label = Rect::new(x - half.0, y - half.1, x + half.0, y + half.1);
        items.push(filled(Path::rounded(label, size / 4), Rgb::WHITE));
        items.extend(words.line((label.left, label.right), Align::Centre, y - size / 2));
    }
    items
}
