//! Items to content streams, each stretch of content tied to its element of the structure tree.
//!
//! The page's space is micrometres from the top left, set once by a matrix, so every coordinate is the scene's own
//! whole number. Readers advance by a font's whole thousandths of an em; where the scene's place is half a micrometre
//! or more from theirs, an offset makes up for it, and what is left never adds up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bitmap::{self, Bitmap};
use super::content::Content;
use super::faces::Faces;
use super::ink::ink;
use super::owners::{Owner, Reading};
use super::tags::Tree;
use crate::color::Rgb;
use crate::export::ExportFault;
use crate::export::PdfStandard;
use crate::geom::{Path, Rect};
use crate::scene::{Clip, ColorMode, Image, Item, Page, Scene};
use crate::unit::Length;

/// A scene as it is drawn.
pub(super) struct Painted {
    /// The content stream of each page.
    pub(super) pages: Vec<Vec<u8>>,
    /// The bitmaps they use.
    pub(super) images: BTreeMap<String, Bitmap>,
}

/// Paints every page; the elements of the tree take in their content, and those of none leave it.
///
/// # Errors
/// A glyph that no face has.
pub(super) fn paint(
    scene: &Scene,
    faces: &Faces,
    reading: &mut Reading,
    standard: PdfStandard,
) -> Result<Painted, ExportFault> {
    let mut painter = Painter {
        faces,
        mode: scene.meta.color,
        tree: &mut reading.tree,
        done: Painted { pages: Vec::new(), images: BTreeMap::new() },
        content: Content::default(),
        owners: Default::default(),
        open: None,
        in_text: false,
        state: State::default(),
        bitmaps: Vec::new(),
        // Soft masks are transparency: presses and PDF/A-1 have none.
        masks: scene.meta.color == ColorMode::Rgb && standard != PdfStandard::A1b,
    };
    for (page, owners) in scene.pages.iter().zip(std::mem::take(&mut reading.owners)) {
        painter.owners = owners.into_iter();
        painter.page(page)?;
    }
    let done = painter.done;
    reading.tree.finish();
    Ok(done)
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

/// Paints page after page.
pub(super) struct Painter<'a> {
    pub(super) faces: &'a Faces,
    pub(super) mode: ColorMode,
    tree: &'a mut Tree,
    done: Painted,
    pub(super) content: Content,
    /// What the texts, paths and images to come belong to.
    owners: std::vec::IntoIter<Owner>,
    /// What the content under way belongs to.
    open: Option<Owner>,
    in_text: bool,
    pub(super) state: State,
    bitmaps: Vec<(Arc<[u8]>, String)>,
    /// Whether bitmaps may be see-through.
    masks: bool,
}

impl Painter<'_> {
    fn page(&mut self, page: &Page) -> Result<(), ExportFault> {
        // Points from the lower left become micrometres from the upper.
        let unit = 72.0 / 25_400.0_f32;
        for number in [unit, 0.0, 0.0, -unit, 0.0, page.media.height.to_pt() as f32] {
            self.content.fraction(number);
        }
        self.content.operator(&[], "cm");
        // SVG's limit: a corner is the same in both.
        self.content.operator(&[4], "M");
        self.state = State::default();
        self.items(&page.items)?;
        self.switch(None);
        self.done.pages.push(std::mem::take(&mut self.content).into_bytes());
        Ok(())
    }

    fn items(&mut self, items: &[Item]) -> Result<(), ExportFault> {
        for item in items {
            if matches!(item, Item::Text(_) | Item::Path(_) | Item::Arrow(_) | Item::Image(_)) {
                // Content that belongs to no element would be left out of the tagged structure without a word.
                let owner = self.owners.next().ok_or_else(|| ExportFault::internal("content without an owner"))?;
                self.switch(Some(owner));
            }
            match item {
                Item::Group(group) => self.items(&group.items)?,
                Item::Text(run) => self.run(run)?,
                Item::Path(shape) => self.shape(shape),
                Item::Arrow(arrow) => arrow.shapes.iter().for_each(|shape| self.shape(shape)),
                Item::Image(image) => self.image(image),
                Item::Link(link) => self.items(&link.items)?,
                Item::Clip(clip) => self.clipped(clip)?,
            }
        }
        Ok(())
    }

    /// Paints what is in a clip. Marked content ends before the state is kept and before it is given back, so that neither
    /// is cut by the other.
    fn clipped(&mut self, clip: &Clip) -> Result<(), ExportFault> {
        self.switch(None);
        self.content.operator(&[], "q");
        self.content.path(&Path::rect(clip.rect));
        self.content.operator(&[], "W");
        self.content.operator(&[], "n");
        let state = self.state.clone();
        self.items(&clip.items)?;
        self.switch(None);
        self.content.operator(&[], "Q");
        self.state = state;
        Ok(())
    }

    /// Ends the content under way and begins another, unless it is the same.
    fn switch(&mut self, open: Option<Owner>) {
        if self.open == open {
            return;
        }
        self.end_text();
        if self.open.is_some() {
            self.content.operator(&[], "EMC");
        }
        self.open = open;
        match open {
            None => {}
            Some(Owner::Artifact) => {
                self.content.word("/Artifact");
                self.content.operator(&[], "BMC");
            }
            Some(Owner::Pagination) => {
                self.content.word("/Artifact<</Type/Pagination>>");
                self.content.operator(&[], "BDC");
            }
            Some(Owner::Element(element)) => {
                let id = self.tree.content(element, self.done.pages.len()) as i64;
                self.content.word(&format!("/{}<</MCID", self.tree.tag(element).name()));
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

    fn image(&mut self, image: &Image) {
        self.end_text();
        let known = self.bitmaps.iter().find(|(rgba, id)| *rgba == image.rgba && bitmap::fits(id, image));
        let id = known.map(|(_, id)| id.clone()).unwrap_or_else(|| {
            let id = bitmap::resource(self.bitmaps.len(), image);
            self.done.images.insert(id.clone(), bitmap::bitmap(self.mode, self.masks, image));
            self.bitmaps.push((image.rgba.clone(), id.clone()));
            id
        });
        let Rect { left, bottom, .. } = image.rect;
        let (width, height) = (image.rect.width(), image.rect.height());
        self.content.operator(&[], "q");
        // An image is a unit square, its first row at the top.
        self.content.operator(&[width.to_um(), 0, 0, -height.to_um(), left.to_um(), bottom.to_um()], "cm");
        self.content.word(&format!("/{id}"));
        self.content.operator(&[], "Do");
        self.content.operator(&[], "Q");
    }
}
