//! All charts in one document: contents, page numbers, bookmarks.
//!
//! The contents come first, on paper of the first chart's size; every chart keeps its own paper. Pages are numbered
//! through from the first page of contents, so a printed number is the number a reader's program shows.

use std::sync::Arc;

use crate::color::Rgb;
use crate::font::FontBook;
use crate::geom::{Path, Point, Rect, Size};
use crate::layout::lettering::{Lettered, Lettering};
use crate::layout::metrics::{default_margin, title_size};
use crate::layout::paint::page::ground;
use crate::layout::paint::text::{group, part_of};
use crate::layout::words::block::Align;
use crate::scene::{
    Bookmark, ColorMode, FillRule, Group, Item, Link, Meta, Page, Part, Role, Scene, Shape, Stroke, Summary, Target,
};
use crate::unit::Length;

/// An entry's type size, in thousandths of the page's short side: 16 pt on A3, 11.3 pt on A4.
const ENTRY_SIZE: i64 = 19;
/// From one line of the contents to the next, in percent of the size.
const LEADING: i64 = 190;
/// From one line of an entry to the next.
const ENTRY_LEADING: i64 = 140;
/// The most and the least that a page number is high.
const FOLIO_PT: (f64, f64) = (10.0, 5.0);
/// The heading of the contents, and their bookmark.
const CONTENTS: &str = "目录";
/// The number of the contents, which go on over pages.
const CONTENTS_PART: Part = Part(0);

/// Puts scenes into one, in the order given, behind contents under `title`.
///
/// All scenes have to be set in one book of fonts, as one run of the program gives them. The colours are those the charts
/// agree on; else CMYK where one chart asks for it, because a press file with RGB in it is none; the press is that of the
/// first that names one. A page whose margin has no room for a number (under 5 pt) goes without.
///
/// `None` where there is no scene, or where their fonts differ.
pub fn book(scenes: &[Scene], title: &str) -> Option<Scene> {
    let first = scenes.first()?;
    if scenes.iter().any(|scene| !Arc::ptr_eq(&scene.fonts, &first.fonts)) {
        return None;
    }
    let contents = Contents::new(&first.fonts, first.pages.first()?.trim, title, scenes);
    let count = contents.pages();
    let mut pages = contents.draw(count);
    let mut outline = vec![Bookmark { title: CONTENTS.to_owned(), page: 0, y: Length::ZERO, children: Vec::new() }];
    let mut parts = parts_of(&pages);
    for scene in scenes {
        let before = pages.len();
        outline.extend(scene.outline.iter().map(|bookmark| moved(bookmark, before)));
        pages.extend(scene.pages.iter().map(|page| shifted(page, before, parts)));
        parts += parts_of(&scene.pages);
    }
    for (index, page) in pages.iter_mut().enumerate() {
        let number = folio(&first.fonts, page, index + 1);
        page.items.extend(number);
    }
    Some(Scene { meta: meta(scenes, title), pages, outline, fonts: Arc::clone(&first.fonts) })
}

/// A bookmark with its children, so many pages on.
fn moved(bookmark: &Bookmark, by: usize) -> Bookmark {
    let children = bookmark.children.iter().map(|child| moved(child, by)).collect();
    Bookmark { page: bookmark.page + by, children, ..bookmark.clone() }
}

/// How many numbers the parts of things take on these pages.
fn parts_of(pages: &[Page]) -> u32 {
    let mut taken = 0;
    for page in pages {
        page.walk(|item, _| {
            if let Item::Group(Group { part: Some(Part(number)), .. }) = item {
                taken = taken.max(number + 1);
            }
        });
    }
    taken
}

/// A page whose links within the document lead so many pages on, and whose things have numbers that no other chart's have.
fn shifted(page: &Page, by: usize, parts: u32) -> Page {
    fn shift(items: &mut [Item], by: usize, parts: u32) {
        for item in items {
            match item {
                Item::Group(group) => {
                    group.part = group.part.map(|Part(number)| Part(number + parts));
                    shift(&mut group.items, by, parts);
                }
                Item::Clip(clip) => shift(&mut clip.items, by, parts),
                Item::Link(link) => {
                    if let Target::Page { page, .. } = &mut link.target {
                        *page += by;
                    }
                    shift(&mut link.items, by, parts);
                }
                Item::Text(_) | Item::Path(_) | Item::Arrow(_) | Item::Image(_) => {}
            }
        }
    }
    let mut page = page.clone();
    shift(&mut page.items, by, parts);
    page
}

fn meta(scenes: &[Scene], title: &str) -> Meta {
    let modes: Vec<ColorMode> = scenes.iter().map(|scene| scene.meta.color).collect();
    let agreed = modes.first().copied().filter(|mode| modes.iter().all(|other| other == mode));
    let cmyk = modes.contains(&ColorMode::Cmyk).then_some(ColorMode::Cmyk);
    let mut authors: Vec<&str> = scenes.iter().map(|scene| scene.meta.author.as_str()).collect();
    authors.dedup();
    let mut keywords: Vec<String> = Vec::new();
    for keyword in scenes.iter().flat_map(|scene| &scene.meta.keywords) {
        if !keywords.contains(keyword) {
            keywords.push(keyword.clone());
        }
    }
    let mut papers: Vec<&str> = scenes.iter().map(|scene| scene.meta.paper.as_str()).collect();
    papers.dedup();
    Meta {
        title: title.to_owned(),
        author: if let [author] = authors[..] { author.to_owned() } else { String::new() },
        description: format!("{title}：{}张图。", scenes.len()),
        keywords,
        identifier: String::new(),
        summary: Summary::default(),
        date: scenes.iter().map(|scene| scene.meta.date.as_str()).max().unwrap_or_default().to_owned(),
        color: agreed.or(cmyk).unwrap_or_default(),
        press: scenes.iter().find_map(|scene| scene.meta.press.clone()),
        body_size: scenes.iter().map(|scene| scene.meta.body_size).min().unwrap_or_default(),
        paper: papers.join("、"),
    }
}

/// A chart in the contents.
struct Entry {
    words: Lettered,
    height: Length,
    /// Pages before the chart's, the contents' own not counted.
    before: usize,
}

struct Contents<'a> {
    fonts: &'a FontBook,
    size: Size,
    inner: Rect,
    entries: Vec<Entry>,
    letters: Lettering<'a>,
    title: &'a str,
}

impl<'a> Contents<'a> {
    fn new(fonts: &'a FontBook, trim: Rect, title: &'a str, scenes: &[Scene]) -> Self {
        let size = Size::new(trim.width(), trim.height());
        let short = size.width.min(size.height);
        let letters = Lettering::new(fonts, "hei", false, short.scale(ENTRY_SIZE, 1000));
        // Lines much longer than 40 characters lose the eye between name and number.
        let width = (size.width - default_margin(short) * 4).min(letters.size * 44);
        let left = (size.width - width) / 2;
        let margin = default_margin(short) * 2;
        let inner = Rect::new(left, margin, left + width, size.height - margin);
        let mut contents = Self { fonts, size, inner, entries: Vec::new(), letters, title };
        let mut before = 0;
        for scene in scenes {
            let words = letters.words(&scene.meta.title);
            let height = words.lines(contents.name_edges(), Align::Left, Length::ZERO, ENTRY_LEADING).1;
            let height = height + letters.size.percent(LEADING - ENTRY_LEADING);
            contents.entries.push(Entry { words, height, before });
            before += scene.pages.len();
        }
        contents
    }

    /// Where names stand: the numbers and the least of the leaders are kept free.
    fn name_edges(&self) -> (Length, Length) {
        (self.inner.left, self.inner.right - self.letters.size * 5)
    }

    /// The heading's items and where the first entry begins.
    fn heading(&self) -> (Vec<Item>, Length) {
        let short = self.size.width.min(self.size.height);
        let large = Lettering::new(self.fonts, "song", true, title_size(short, Length::ZERO));
        let edges = (self.inner.left, self.inner.right);
        let (title, y) = large.words(self.title).lines(edges, Align::Centre, self.inner.top, 128);
        let middle = Lettering::new(self.fonts, "hei", true, self.letters.size.percent(125));
        let (name, y) = middle.words(CONTENTS).lines(edges, Align::Centre, y + self.letters.size, 128);
        (vec![group(Role::Title, None, title), group(Role::Subtitle, None, name)], y + self.letters.size)
    }

    /// The entries of each page.
    fn deal(&self) -> Vec<Vec<&Entry>> {
        let mut pages: Vec<Vec<&Entry>> = vec![Vec::new()];
        let mut y = self.heading().1;
        for entry in &self.entries {
            if y + entry.height > self.inner.bottom && pages.last().is_some_and(|page| !page.is_empty()) {
                pages.push(Vec::new());
                y = self.inner.top;
            }
            if let Some(page) = pages.last_mut() {
                page.push(entry);
            }
            y += entry.height;
        }
        pages
    }

    fn pages(&self) -> usize {
        self.deal().len()
    }

    /// The pages, of which there are `count`.
    fn draw(&self, count: usize) -> Vec<Page> {
        let whole = Rect::at(Length::ZERO, Length::ZERO, self.size);
        let draw = |(number, entries): (usize, Vec<&Entry>)| {
            let mut items = vec![ground(whole)];
            let mut y = self.inner.top;
            if number == 0 {
                let (heading, below) = self.heading();
                items.extend(heading);
                y = below;
            }
            let mut list = Vec::new();
            for entry in entries {
                list.push(self.entry(entry, y, count + entry.before));
                y += entry.height;
            }
            items.push(part_of(CONTENTS_PART, Role::Contents, list));
            Page { media: self.size, trim: whole, bleed: whole, continued: number > 0, items }
        };
        self.deal().into_iter().enumerate().map(draw).collect()
    }

    /// Name, leader and number, and a link over all three.
    fn entry(&self, entry: &Entry, top: Length, page: usize) -> Item {
        let size = self.letters.size;
        let names = self.name_edges();
        let (mut items, below) = entry.words.lines(names, Align::Left, top, ENTRY_LEADING);
        let last = below - size.percent(ENTRY_LEADING);
        let number = self.letters.words(&(page + 1).to_string());
        let from = entry.words.last_end(names) + size / 2;
        let to = self.inner.right - number.width() - size / 2;
        if from < to {
            items.push(group(Role::Decoration, None, vec![leader(from, to, last + size.percent(82), size)]));
        }
        items.extend(number.line((self.inner.left, self.inner.right), Align::Right, last));
        let rect = Rect::new(self.inner.left, top, self.inner.right, last + size);
        let target = Target::Page { page, y: Length::ZERO };
        group(Role::ContentsEntry, None, vec![Item::Link(Link { rect, target, items })])
    }
}

/// Dots that lead the eye, from the right end on, so that those of all entries stand below each other.
fn leader(from: Length, to: Length, y: Length, size: Length) -> Item {
    let dot = size.percent(9);
    let stroke = Some(Stroke { color: Rgb::BLACK, width: dot, dash: Some((dot, size.percent(41))) });
    let path = Path::polyline(&[Point::new(to, y), Point::new(from, y)]);
    Item::Path(Shape { path, fill: None, rule: FillRule::NonZero, stroke, span: None })
}

/// A page's number in the middle of what its foot leaves free, `— 3 —` as GB/T 9704 § 7.5 sets it.
fn folio(fonts: &FontBook, page: &Page, number: usize) -> Option<Item> {
    let mut low = page.trim.top;
    page.walk(|item, _| {
        let room = match item {
            Item::Text(run) => Some(run.em_box()),
            Item::Path(_) | Item::Arrow(_) | Item::Image(_) => item.reach(),
            Item::Group(_) | Item::Clip(_) | Item::Link(_) => None,
        };
        // The ground, and crop marks outside the page, are no content.
        let room = room.filter(|room| !room.contains(&page.trim)).and_then(|room| room.intersection(&page.trim));
        low = room.map_or(low, |room| low.max(room.bottom));
    });
    let room = page.trim.bottom - low;
    let (most, least) = (Length::from_pt(FOLIO_PT.0), Length::from_pt(FOLIO_PT.1));
    let size = (room / 2).min(most);
    if size < least {
        return None;
    }
    let lettering = Lettering::new(fonts, "hei", false, size);
    let free = room.min(default_margin(page.trim.width().min(page.trim.height())));
    let top = page.trim.bottom - free / 2 - size / 2;
    let words = lettering.words(&format!("— {number} —"));
    Some(group(Role::Folio, None, words.line((page.trim.left, page.trim.right), Align::Centre, top)))
}
