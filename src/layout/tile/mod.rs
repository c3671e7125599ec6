//! A poster on the sheets of a small printer.
//!
//! The trimmed page is cut into tiles that overlap. Each sheet shows its part of the poster, clipped and at full size,
//! within the printer's margin; around it stand its label, the labels of its neighbours, cut lines along the edges that lie
//! on top when the tiles are pasted (left and upper), and ticks on the other edges where the next tile begins. Nothing is
//! drawn over the picture itself, so neighbouring tiles agree wherever they overlap. A plan of the whole comes first.

mod cuts;
mod plan;

use std::sync::Arc;

use crate::color::Rgb;
use crate::geom::{Path, Point, Rect, Size};
use crate::layout::lettering::Lettering;
use crate::layout::metrics::HAIRLINE;
use crate::layout::paint::page::ground;
use crate::layout::paint::text::{group, stroked};
use crate::layout::words::block::Align;
use crate::paper::{Orientation, Paper};
use crate::scene::{Bookmark, Clip, FillRule, Item, Page, Role, Scene, Shape, Stroke};
use crate::unit::Length;
use cuts::{Window, windows};

/// How a poster is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tiling {
    /// What neighbouring tiles both show: 10 mm.
    pub overlap: Length,
    /// What the printer leaves white at each edge: 8 mm.
    pub margin: Length,
}

impl Default for Tiling {
    fn default() -> Self {
        Self { overlap: Length::mm(10), margin: Length::mm(8) }
    }
}

/// Room around the picture for labels and marks.
const STRIP: Length = Length::mm(5);
/// Type of labels.
const LABEL_PT: f64 = 7.5;
/// How far marks reach from the picture.
const MARK: Length = Length::mm(3);

/// The poster's pages as tiles on sheets of a paper, each page after its plan. Pages that fit a sheet stay as they are.
///
/// `None` where a sheet, its margins taken off, is too small for tiles with this overlap.
pub fn tile(scene: &Scene, paper: &Paper, tiling: &Tiling) -> Option<Scene> {
    let mut pages = Vec::new();
    let mut outline = Vec::new();
    let mut sheets = 0;
    for (number, page) in scene.pages.iter().enumerate() {
        let first = pages.len();
        let mut title = scene.meta.title.clone();
        if scene.pages.len() > 1 {
            title.push_str(&format!("（第{}页）", number + 1));
        }
        let mark = |title: String, page: usize| Bookmark { title, page, y: Length::ZERO, children: Vec::new() };
        let mut bookmark = mark(title.clone(), first);
        if fits(page, paper) {
            pages.push(page.clone());
            sheets += 1;
        } else {
            let poster = Poster::cut(scene, page, paper, tiling)?;
            pages.push(plan::page(&poster, &title));
            for (row, column) in poster.places() {
                bookmark.children.push(mark(poster.label(row, column), pages.len()));
                pages.push(poster.tile(row, column, &title));
            }
            sheets += poster.rows.len() * poster.columns.len();
        }
        outline.push(bookmark);
    }
    let mut meta = scene.meta.clone();
    meta.paper = format!("{} × {sheets}", paper.name);
    Some(Scene { meta, pages, outline, fonts: Arc::clone(&scene.fonts) })
}

fn fits(page: &Page, paper: &Paper) -> bool {
    let (short, long) = (paper.turned(Orientation::Portrait).width, paper.turned(Orientation::Portrait).height);
    let (width, height) = (page.trim.width(), page.trim.height());
    width.min(height) <= short && width.max(height) <= long
}

/// A page with its cuts.
struct Poster<'a> {
    scene: &'a Scene,
    page: &'a Page,
    tiling: &'a Tiling,
    /// The sheets to print on.
    sheet: Size,
    columns: Vec<Window>,
    rows: Vec<Window>,
}

impl<'a> Poster<'a> {
    /// The cuts that take the fewest sheets; sheets stand upright where both ways take as many.
    fn cut(scene: &'a Scene, page: &'a Page, paper: &Paper, tiling: &'a Tiling) -> Option<Self> {
        let (mut across, mut down) = (Vec::new(), Vec::new());
        let half_body = (scene.meta.body_size.to_um() / 2).max(1);
        page.walk(|item, _| {
            if let Item::Text(run) = item {
                let room = run.em_box().shifted(-page.trim.left, -page.trim.top);
                let weight = (room.height().to_um() / half_body).max(1) as u32;
                across.push(((room.left, room.right), weight));
                down.push(((room.top, room.bottom), weight));
            }
        });
        let turned = |orientation: Orientation| {
            let sheet = paper.turned(orientation);
            let room = |side: Length| side - (tiling.margin + STRIP) * 2;
            let columns = windows(page.trim.width(), room(sheet.width), tiling.overlap, &across)?;
            let rows = windows(page.trim.height(), room(sheet.height), tiling.overlap, &down)?;
            Some(Self { scene, page, tiling, sheet, columns, rows })
        };
        let ways = [Orientation::Portrait, Orientation::Landscape].into_iter().filter_map(turned);
        ways.min_by_key(|poster| poster.rows.len() * poster.columns.len())
    }

    /// Rows and columns, from 0, in reading order.
    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let columns = self.columns.len();
        (0..self.rows.len()).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// A tile's name: the row's letter and the column's number.
    fn name(row: usize, column: usize) -> String {
        let mut letters = String::new();
        let mut rest = row + 1;
        while rest > 0 {
            letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        format!("{letters}{}", column + 1)
    }

    fn label(&self, row: usize, column: usize) -> String {
        format!("{}　第{}行第{}列", Self::name(row, column), row + 1, column + 1)
    }

    /// An empty sheet with these items on it.
    fn sheet(&self, items: Vec<Item>) -> Page {
        let whole = Rect::at(Length::ZERO, Length::ZERO, self.sheet);
        let mut all = vec![ground(whole)];
        all.extend(items);
        Page { media: self.sheet, trim: whole, bleed: whole, continued: false, items: all }
    }

    fn tile(&self, row: usize, column: usize, title: &str) -> Page {
        let ((left, right), (top, bottom)) = (self.columns[column], self.rows[row]);
        let trim = self.page.trim;
        let area = Rect::new(left, top, right, bottom).shifted(trim.left, trim.top);
        let corner = self.tiling.margin + STRIP;
        let (dx, dy) = (corner - area.left, corner - area.top);
        let window = area.shifted(dx, dy);
        let parts = self.page.items.iter().filter_map(|item| item.part(&area, dx, dy)).collect();
        // The picture comes over the lines along its edges: where pixels are coarse, those reach into it.
        let mut items = vec![group(Role::Decoration, None, self.marks(row, column, window))];
        items.push(group(Role::Repeated, None, vec![Item::Clip(Clip { rect: window, items: parts })]));
        items.push(group(Role::Folio, None, self.labels(row, column, window, title)));
        Page { continued: true, ..self.sheet(items) }
    }

    /// Cut lines, just outside the picture: along the left and upper edge, and along the poster's own edges. Ticks on
    /// the other edges where the next tile begins.
    fn marks(&self, row: usize, column: usize, window: Rect) -> Vec<Item> {
        let half = HAIRLINE / 2;
        let Rect { left, top, right, bottom } = window;
        let at = Point::new;
        let upright = |x: Length| cut_line(at(x, top - MARK), at(x, bottom + MARK));
        let level = |y: Length| cut_line(at(left - MARK, y), at(right + MARK, y));
        let tick = |a: Point, b: Point| stroked(Path::polyline(&[a, b]), Rgb::BLACK, HAIRLINE);
        let mut marks = vec![upright(left - half), level(top - half)];
        match self.columns.get(column + 1) {
            None => marks.push(upright(right + half)),
            Some((next, _)) => {
                let x = left + *next - self.columns[column].0;
                marks.push(tick(at(x, top - MARK), at(x, top - half)));
                marks.push(tick(at(x, bottom + half), at(x, bottom + MARK)));
            }
        }
        match self.rows.get(row + 1) {
            None => marks.push(level(bottom + half)),
            Some((next, _)) => {
                let y = top + *next - self.rows[row].0;
                marks.push(tick(at(left - MARK, y), at(left - half, y)));
                marks.push(tick(at(right + half, y), at(right + MARK, y)));
            }
        }
        marks
    }

    /// The tile's own label above it, with the poster's title where there is room, and its neighbours' names.
    fn labels(&self, row: usize, column: usize, window: Rect, title: &str) -> Vec<Item> {
        let lettering = Lettering::new(&self.scene.fonts, "hei", false, Length::from_pt(LABEL_PT));
        let gap = (STRIP - lettering.size) / 2;
        let Rect { left, top, right, bottom } = window;
        let (above, below, middle) = (top - STRIP + gap, bottom + gap, window.mid_y() - lettering.size / 2);
        let inner = (left + MARK, right - MARK);
        let own = lettering.words(&self.label(row, column));
        let mut items = own.line(inner, Align::Left, above);
        let name = |row: usize, column: usize| lettering.words(&Self::name(row, column));
        let mut room = inner.1 - inner.0 - own.width() - MARK;
        if row > 0 {
            let upper = name(row - 1, column);
            room = (inner.1 - inner.0 - upper.width()) / 2 - MARK;
            items.extend(upper.line((left, right), Align::Centre, above));
        }
        let title = lettering.words(title);
        if title.width() <= room {
            items.extend(title.line(inner, Align::Right, above));
        }
        if row + 1 < self.rows.len() {
            items.extend(name(row + 1, column).line((left, right), Align::Centre, below));
        }
        if column > 0 {
            items.extend(name(row, column - 1).line((left - STRIP, left), Align::Centre, middle));
        }
        if column + 1 < self.columns.len() {
            items.extend(name(row, column + 1).line((right, right + STRIP), Align::Centre, middle));
        }
        items
    }
}

fn cut_line(a: Point, b: Point) -> Item {
    let dash = Some((Length::mm(3), Length::mm(2)));
    let stroke = Some(Stroke { color: Rgb::BLACK, width: HAIRLINE, dash });
    Item::Path(Shape { path: Path::polyline(&[a, b]), fill: None, rule: FillRule::NonZero, stroke, span: None })
}
