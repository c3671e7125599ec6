//! Items to content streams, each stretch of content tied to its element of the structure tree.
//!
//! The page's space is micrometres from the top left, set once by a matrix, so every coordinate is the scene's own
//! whole number. Readers advance by a font's whole thousandths of an em; where the scene's place is half a micrometre
//! or more from theirs, an offset makes up for it, and what is left never adds up.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{XObject, XObjectId};

use super::bitmap;
use super::content::Content;
use super::faces::Faces;
use super::ink::ink;
use super::tags::{Tag, Tree, column, tag};
use crate::color::Rgb;
use crate::export::{PdfStandard, uri};
use crate::geom::{Path, Rect};
use crate::scene::{Arrow, Clip, ColorMode, Group, Image, Item, Link, Page, Role, Scene, Target};
use crate::unit::Length;

/// What a link leads to, for those who hear it.
pub(super) fn target_in_words(target: &Target) -> String {
    match target {
        Target::Uri(uri) => uri.clone(),
        Target::Page { page, .. } => format!("第{}页", page + 1),
    }
}

/// A link's place and what it leads to; addresses are safe.
pub(super) struct Area {
    pub(super) rect: Rect,
    pub(super) target: Target,
}

/// A scene as it is drawn, with what its pages don't say.
pub(super) struct Painted {
    /// The content stream of each page.
    pub(super) pages: Vec<Vec<u8>>,
    /// The bitmaps they use.
    pub(super) images: BTreeMap<XObjectId, XObject>,
    pub(super) tree: Tree,
    /// The links of each page; through the pages they count as in [`Tree::links`].
    pub(super) links: Vec<Vec<Area>>,
}

/// Paints every page.
///
/// # Errors
/// A glyph that no face has.
pub(super) fn paint(scene: &Scene, faces: &Faces, standard: PdfStandard) -> Result<Painted, String> {
    let mut painter = Painter::new(scene, faces);
    // Soft masks are transparency: presses and PDF/A-1 have none.
    painter.masks = scene.meta.color == ColorMode::Rgb && standard != PdfStandard::A1b;
    for page in &scene.pages {
        painter.page(page)?;
    }
    painter.done.tree.finish();
    Ok(painter.done)
}

/// What the content under way belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Artifact,
    /// Page numbers and the like.
    Pagination,
    Element(usize),
}

/// What the page's graphics state is, to write changes alone.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) fill: Option<Rgb>,
    pub(super) line: Option<Rgb>,
    pub(super) width: Option<Length>,
    pub(super) dash: Option<Option<(Length, Length)>>,
    pub(super) font: Option<(usize, Length)>,
}

/// Where in the tree the items of a group go.
#[derive(Clone, Copy, Default)]
struct Place {
    element: usize,
    /// What text becomes where the element doesn't hold it.
    leaf: Option<Tag>,
    /// The element of the text under way.
    open_leaf: Option<usize>,
    /// The table under way.
    table: Option<usize>,
    /// Its row of heads.
    heads: Option<usize>,
    /// The cells, within a row.
    cells: Option<[usize; 3]>,
    /// The cells of the table's last row.
    last: Option<[usize; 3]>,
    /// Cells that go on through the rows to come, and how many rows that is, by column.
    through: [Option<(usize, usize)>; 3],
    /// Whether a clip may have cut away parts of the grid: what is left is no table.
    cut: bool,
    /// The figure that paths are part of.
    figure: Option<usize>,
}

/// Paints page after page.
pub(super) struct Painter<'a> {
    scene: &'a Scene,
    pub(super) faces: &'a Faces,
    pub(super) mode: ColorMode,
    done: Painted,
    pub(super) content: Content,
    open: Open,
    in_text: bool,
    pub(super) state: State,
    /// Whether a first-level heading came: one of the second level may follow.
    titled: bool,
    bitmaps: Vec<(Arc<[u8]>, XObjectId)>,
    /// Whether bitmaps may be see-through.
    masks: bool,
}

impl<'a> Painter<'a> {
    fn new(scene: &'a Scene, faces: &'a Faces) -> Self {
        let done = Painted { pages: Vec::new(), images: BTreeMap::new(), tree: Tree::new(), links: Vec::new() };
        Self {
            scene,
            faces,
            mode: scene.meta.color,
            done,
            content: Content::default(),
            open: Open::Nothing,
            in_text: false,
            state: State::default(),
            titled: false,
            bitmaps: Vec::new(),
            masks: false,
        }
    }

    fn page(&mut self, page: &Page) -> Result<(), String> {
        // Points from the lower left become micrometres from the upper.
        let unit = 72.0 / 25_400.0_f32;
        for number in [unit, 0.0, 0.0, -unit, 0.0, page.media.height.to_pt() as f32] {
            self.content.fraction(number);
        }
        self.content.operator(&[], "cm");
        // SVG's limit: a corner is the same in both.
        self.content.operator(&[4], "M");
        self.state = State::default();
        self.done.links.push(Vec::new());
        let mut place = Place { element: self.done.tree.page(), leaf: Some(Tag::Paragraph), ..Place::default() };
        self.items(&page.items, &mut place)?;
        self.switch(Open::Nothing);
        self.done.pages.push(std::mem::take(&mut self.content).into_bytes());
        Ok(())
    }

    fn items(&mut self, items: &[Item], place: &mut Place) -> Result<(), String> {
        for item in items {
            match item {
                Item::Group(group) => self.group(group, place)?,
                Item::Text(run) => {
                    let leaf = self.leaf(place);
                    self.switch(Open::Element(leaf));
                    self.run(run)?;
                }
                Item::Path(shape) => {
                    let open =
                        place.figure.map_or(Open::Artifact, |figure| self.figure_part(figure, shape.path.bounds()));
                    self.switch(open);
                    self.shape(shape);
                }
                Item::Arrow(arrow) => self.arrow(arrow, Open::Artifact),
                Item::Image(image) => self.figure(image, place),
                Item::Link(link) => {
                    let leaf = self.leaf(place);
                    self.link(link, leaf);
                }
                Item::Clip(clip) => {
                    let cut = std::mem::replace(&mut place.cut, true);
                    self.clipped(clip, |painter| painter.items(&clip.items, place))?;
                    place.cut = cut;
                }
            }
        }
        Ok(())
    }

    /// What `paint` paints, seen within the clip alone. Marked content ends before the state is kept and before it is
    /// given back, so that neither is cut by the other.
    fn clipped(&mut self, clip: &Clip, paint: impl FnOnce(&mut Self) -> Result<(), String>) -> Result<(), String> {
        self.switch(Open::Nothing);
        self.content.operator(&[], "q");
        self.content.path(&Path::rect(clip.rect));
        self.content.operator(&[], "W");
        self.content.operator(&[], "n");
        let state = self.state.clone();
        paint(self)?;
        self.switch(Open::Nothing);
        self.content.operator(&[], "Q");
        self.state = state;
        Ok(())
    }

    fn group(&mut self, group: &Group, place: &mut Place) -> Result<(), String> {
        match group.role {
            Role::Decoration => return self.artifact(&group.items, Open::Artifact),
            Role::Folio => return self.artifact(&group.items, Open::Pagination),
            Role::ColumnHead => return self.head(group, place),
            Role::Row => return self.row(group, place),
            _ => {}
        }
        let around = self.around(group.role, place);
        let element = match tag(group.role) {
            Some(tag) => self.done.tree.child(around, tag),
            None => around,
        };
        self.titled |= group.role == Role::Title;
        let leaf = if group.role == Role::Stage && self.titled { Tag::Heading2 } else { Tag::Paragraph };
        let mut inner = Place { element, leaf: Some(leaf), ..Place::default() };
        if matches!(group.role, Role::Qr | Role::Logo) {
            let figure = self.done.tree.child(element, Tag::Figure);
            self.done.tree.elements[figure].alt = self.words_for(group);
            inner.figure = Some(figure);
        }
        self.items(&group.items, &mut inner)
    }

    /// The element that a group goes into. What belongs to a column and stands beside the rows, such as a branch's words,
    /// goes with the row before it, or after the table where there is none; anything else there ends the table.
    fn around(&self, role: Role, place: &mut Place) -> usize {
        place.open_leaf = None;
        match (column(role), place.cells, place.last) {
            (Some(column), Some(cells), _) => {
                place.element = cells[column];
                place.element
            }
            (Some(column), None, Some(cells)) => cells[column],
            (Some(_), None, None) => place.element,
            (None, ..) => {
                (place.table, place.heads, place.last, place.through) = (None, None, None, [None; 3]);
                place.element
            }
        }
    }

    /// A column's head: a cell of the table's first row.
    fn head(&mut self, group: &Group, place: &mut Place) -> Result<(), String> {
        let element = if place.cut {
            self.done.tree.child(place.element, Tag::Paragraph)
        } else {
            let table = self.table(place);
            let heads = *place.heads.get_or_insert_with(|| self.done.tree.child(table, Tag::TableRow));
            self.done.tree.child(heads, Tag::ColumnHeader)
        };
        self.items(&group.items, &mut Place { element, ..Place::default() })
    }

    fn row(&mut self, group: &Group, place: &mut Place) -> Result<(), String> {
        if place.cut {
            place.open_leaf = None;
            let element = self.done.tree.child(place.element, Tag::Division);
            let mut inner = Place { element, leaf: Some(Tag::Paragraph), ..Place::default() };
            return self.items(&group.items, &mut inner);
        }
        let cells = self.cells(place);
        place.last = Some(cells);
        for item in &group.items {
            if let Item::Group(part) = item
                && let (Some(column), 2..) = (column(part.role), part.rows)
            {
                self.done.tree.elements[cells[column]].rows = part.rows;
                place.through[column] = Some((cells[column], part.rows - 1));
            }
        }
        let mut inner = Place { element: cells[0], leaf: Some(Tag::Paragraph), cells: Some(cells), ..Place::default() };
        self.items(&group.items, &mut inner)
    }

    /// The cells of a new row; where a cell of a row above goes through it, that one.
    fn cells(&mut self, place: &mut Place) -> [usize; 3] {
        let table = self.table(place);
        let row = self.done.tree.child(table, Tag::TableRow);
        let mut cells = [row; 3];
        let tags = [Tag::RowHeader, Tag::Cell, Tag::Cell];
        for ((cell, tag), through) in cells.iter_mut().zip(tags).zip(&mut place.through) {
            *cell = match through {
                Some((above, left)) if *left > 0 => {
                    *left -= 1;
                    *above
                }
                _ => self.done.tree.child(row, tag),
            };
        }
        cells
    }

    fn table(&mut self, place: &mut Place) -> usize {
        place.open_leaf = None;
        *place.table.get_or_insert_with(|| self.done.tree.child(place.element, Tag::Table))
    }

    /// The element that text at this place belongs to.
    fn leaf(&mut self, place: &mut Place) -> usize {
        if self.done.tree.holds_text(place.element) {
            return place.element;
        }
        let tag = place.leaf.unwrap_or(Tag::Paragraph);
        *place.open_leaf.get_or_insert_with(|| self.done.tree.child(place.element, tag))
    }

    fn arrow(&mut self, arrow: &Arrow, open: Open) {
        self.switch(open);
        arrow.shapes.iter().for_each(|shape| self.shape(shape));
    }

    fn artifact(&mut self, items: &[Item], open: Open) -> Result<(), String> {
        for item in items {
            match item {
                Item::Group(group) => self.artifact(&group.items, open)?,
                Item::Text(run) => {
                    self.switch(open);
                    self.run(run)?;
                }
                Item::Path(shape) => {
                    self.switch(open);
                    self.shape(shape);
                }
                Item::Arrow(arrow) => self.arrow(arrow, open),
                Item::Image(image) => {
                    self.switch(open);
                    self.image(image);
                }
                Item::Link(_) => {}
                Item::Clip(clip) => self.clipped(clip, |painter| painter.artifact(&clip.items, open))?,
            }
        }
        Ok(())
    }

    /// Ends the content under way and begins another, unless it is the same.
    fn switch(&mut self, open: Open) {
        if self.open == open {
            return;
        }
        self.end_text();
        if self.open != Open::Nothing {
            self.content.operator(&[], "EMC");
        }
        self.open = open;
        match open {
            Open::Nothing => {}
            Open::Artifact => {
                self.content.word("/Artifact");
                self.content.operator(&[], "BMC");
            }
            Open::Pagination => {
                self.content.word("/Artifact<</Type/Pagination>>");
                self.content.operator(&[], "BDC");
            }
            Open::Element(element) => {
                let id = self.done.tree.content(element) as i64;
                self.content.word(&format!("/{}<</MCID", self.done.tree.tag(element).name()));
                self.content.ints(&[id]);
                self.content.word(">>");
                self.content.operator(&[], "BDC");
            }
        }
    }

    pub(super) fn begin_text(&mut self) {
        if !self.in_text {
            self.content.operator(&[], "BT");
            self.in_text = true;
        }
    }

    pub(super) fn end_text(&mut self) {
        if self.in_text {
            self.content.operator(&[], "ET");
            self.in_text = false;
        }
    }

    pub(super) fn fill(&mut self, color: Rgb) {
        if self.state.fill != Some(color) {
            ink(self.mode, color).set(&mut self.content, ["g", "rg", "k"]);
            self.state.fill = Some(color);
        }
    }

    /// Notes the place of a part of a figure.
    fn figure_part(&mut self, figure: usize, bounds: Option<Rect>) -> Open {
        let page = self.done.links.len() - 1;
        let element = &mut self.done.tree.elements[figure];
        if let Some(part) = bounds {
            element.bounds = Some((page, element.bounds.map_or(part, |(_, whole)| whole.union(&part))));
        }
        Open::Element(figure)
    }

    fn figure(&mut self, image: &Image, place: &mut Place) {
        let figure = match place.figure {
            Some(figure) => figure,
            None if image.alt.is_empty() => {
                self.switch(Open::Artifact);
                return self.image(image);
            }
            None => self.done.tree.child(place.element, Tag::Figure),
        };
        place.open_leaf = None;
        if !image.alt.is_empty() {
            self.done.tree.elements[figure].alt.clone_from(&image.alt);
        }
        let open = self.figure_part(figure, Some(image.rect));
        self.switch(open);
        self.image(image);
    }

    fn image(&mut self, image: &Image) {
        self.end_text();
        let known = self.bitmaps.iter().find(|(rgba, id)| *rgba == image.rgba && bitmap::fits(id, image));
        let id = known.map(|(_, id)| id.clone()).unwrap_or_else(|| {
            let id = bitmap::resource(self.bitmaps.len(), image);
            self.done.images.insert(id.clone(), bitmap::xobject(self.mode, self.masks, image));
            self.bitmaps.push((image.rgba.clone(), id.clone()));
            id
        });
        let Rect { left, bottom, .. } = image.rect;
        let (width, height) = (image.rect.width(), image.rect.height());
        self.content.operator(&[], "q");
        // An image is a unit square, its first row at the top.
        self.content.operator(&[width.to_um(), 0, 0, -height.to_um(), left.to_um(), bottom.to_um()], "cm");
        self.content.word(&format!("/{}", id.0));
        self.content.operator(&[], "Do");
        self.content.operator(&[], "Q");
    }

    fn link(&mut self, link: &Link, parent: usize) {
        let target = match &link.target {
            Target::Uri(uri) => uri::safe(uri).map(Target::Uri),
            Target::Page { page, .. } => self.scene.pages.get(*page).map(|_| link.target.clone()),
        };
        let Some(target) = target else { return };
        self.done.tree.link(parent, &target_in_words(&target));
        if let Some(page) = self.done.links.last_mut() {
            page.push(Area { rect: link.rect, target });
        }
    }

    /// The words for a picture drawn in lines.
    fn words_for(&self, group: &Group) -> String {
        let mut texts = String::new();
        for item in &group.items {
            item.walk(&mut Vec::new(), &mut |item, _| {
                if let Item::Text(run) = item {
                    texts.push_str(&run.text);
                }
            });
        }
        let (kind, about) = match group.role {
            Role::Qr => ("二维码", texts.as_str()),
            _ => ("徽标", self.scene.meta.author.as_str()),
        };
        if about.is_empty() { kind.to_owned() } else { format!("{kind}：{about}") }
    }
}
