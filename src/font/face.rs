//! One face: metrics, glyphs, shaping.

use std::collections::BTreeSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use harfrust::{Buffer, BufferFlags, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, ShaperFont};
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::{Font, FontRef, GlyphId};
use subsetter::GlyphRemapper;

use super::embedded::Embedded;
use super::fault::FontFault;
use super::names::{self, FileNames};
use super::{Subset, outline, truetype};
use crate::geom::Path;
use crate::unit::{Em, Length};

/// One face of a font file.
pub struct Face {
    data: Data,
    /// Which face of a collection.
    index: u32,
    font: Font,
    family: String,
    postscript: String,
    /// Folded names of an added face.
    called: Vec<String>,
    bold: bool,
    embedded: bool,
    /// It has TrueType outlines, not CFF.
    truetype: bool,
    upem: u16,
    plan: OnceLock<ShapePlan>,
    /// Path data by glyph, see [`Face::path_data`].
    outlines: OnceLock<Box<[OnceLock<Box<str>>]>>,
}

/// A font file's bytes.
enum Data {
    Static(&'static [u8]),
    Owned(Arc<Vec<u8>>),
}

/// Where a glyph has ink, from its origin on the baseline; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// The leftmost ink.
    pub left: Em,
    /// The uppermost ink; negative above the baseline.
    pub top: Em,
    /// The rightmost ink.
    pub right: Em,
    /// The lowest ink.
    pub bottom: Em,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face").field("postscript", &self.postscript).finish_non_exhaustive()
    }
}

impl Face {
    pub(super) fn of_embedded(row: &Embedded) -> Option<Self> {
        Some(Self {
            data: Data::Static(row.file),
            index: 0,
            font: Font::new(row.file, 0)?,
            family: row.family.to_owned(),
            postscript: row.postscript.to_owned(),
            called: Vec::new(),
            bold: row.bold,
            embedded: true,
            truetype: true,
            upem: 1000,
            plan: OnceLock::new(),
            outlines: OnceLock::new(),
        })
    }

    /// The faces of a user's file.
    pub(super) fn of_file(bytes: Vec<u8>) -> Result<Vec<Self>, FontFault> {
        let bytes = Arc::new(bytes);
        let file = FileRef::new(&bytes).map_err(|_| FontFault::NoFont)?;
        let fonts = file.fonts().zip(0..);
        let faces: Result<Vec<Self>, FontFault> = fonts
            .map(|(font, index)| {
                let font = font.map_err(|_| FontFault::Damaged)?;
                Self::of_font(&font, index, &bytes)
            })
            .collect();
        match faces {
            Ok(faces) if faces.is_empty() => Err(FontFault::Empty),
            faces => faces,
        }
    }

    fn of_font(font: &FontRef<'_>, index: u32, bytes: &Arc<Vec<u8>>) -> Result<Self, FontFault> {
        let truetype = font.glyf().is_ok();
        if !truetype && font.cff().is_err() && font.cff2().is_err() {
            return Err(FontFault::NoOutlines);
        }
        let names = FileNames::of(font);
        let blob: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
        let model = Font::new(blob, index).ok_or(FontFault::Damaged)?;
        let face = Self {
            data: Data::Owned(bytes.clone()),
            index,
            upem: model.units_per_em(),
            font: model,
            family: names.family,
            postscript: names.postscript,
            called: names.all,
            bold: names::is_bold(font),
            embedded: false,
            truetype,
            plan: OnceLock::new(),
            outlines: OnceLock::new(),
        };
        face.probe()?;
        Ok(face)
    }

    /// Tries what a chart needs: characters, widths, outlines, shaping.
    fn probe(&self) -> Result<(), FontFault> {
        if !(16..=16_384).contains(&self.upem) {
            return Err(FontFault::Damaged);
        }
        let mut characters = self.font.charmap().unicodes().filter_map(|(c, glyph)| Some((char::from_u32(c)?, glyph)));
        let drawn = characters.by_ref().take(2000).any(|(c, glyph)| {
            let glyph = u16::try_from(glyph.to_u32()).unwrap_or(0);
            !c.is_whitespace() && glyph != 0 && !self.outline(glyph, Length::mm(10)).segments.is_empty()
        });
        if !drawn {
            return Err(FontFault::NoCharacters);
        }
        Shaper::new(self).shape((0..).zip("国A1，".chars()), &mut Vec::new());
        Ok(())
    }

    /// Whether the face is part of the program.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    pub(super) fn is_called(&self, folded: &str) -> bool {
        self.called.iter().any(|name| name == folded)
    }

    /// The family name.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// PostScript name, ASCII, as PDF's BaseFont wants it.
    pub fn postscript_name(&self) -> &str {
        &self.postscript
    }

    /// Whether it is semibold or heavier.
    pub fn is_bold(&self) -> bool {
        self.bold
    }

    /// Design units in an em.
    pub fn units_per_em(&self) -> u16 {
        self.upem
    }

    /// The font file; of a collection, the whole file.
    pub fn bytes(&self) -> &[u8] {
        match &self.data {
            Data::Static(bytes) => bytes,
            Data::Owned(bytes) => bytes,
        }
    }

    /// The glyph of a character; `None` where the face lacks it.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(c)?;
        u16::try_from(glyph.to_u32()).ok().filter(|&glyph| glyph != 0)
    }

    /// How many glyphs the face has.
    pub fn glyph_count(&self) -> u16 {
        u16::try_from(self.font.num_glyphs()).unwrap_or(u16::MAX)
    }

    /// The glyph's advance width.
    pub fn advance(&self, glyph: u16) -> Em {
        let units = self.font.glyph_metrics().h_advance_exact(GlyphId::from(glyph));
        Em::from_units(units.to_i32(), self.upem)
    }

    /// Where the glyph has ink; `None` for blanks.
    pub fn ink(&self, glyph: u16) -> Option<Ink> {
        let extents = self.font.glyph_metrics().extents_exact(GlyphId::from(glyph))?;
        let em = |units: i32| Em::from_units(units, self.upem);
        let (left, top) = (extents.x_bearing.to_i32(), -extents.y_bearing.to_i32());
        let (width, height) = (extents.width.to_i32(), -extents.height.to_i32());
        (width > 0).then(|| Ink { left: em(left), top: em(top), right: em(left + width), bottom: em(top + height) })
    }

    /// The height of Latin capitals above the baseline; 0.7 em where the font does not say.
    pub fn cap_height(&self) -> Em {
        let stated = self.font.metrics().cap_height.map(|units| Em::from_units(units.to_i32(), self.upem));
        stated.filter(|&height| height > Em::ZERO).unwrap_or(Em::milli(700))
    }

    /// How far the em box (字身) of Han characters rises above the baseline; the rest of the em lies below it. Where the
    /// font's typographic line is not one em high, 0.88 em, as in nearly all Chinese fonts.
    pub fn em_box_ascent(&self) -> Em {
        let line = self.font.metrics().typo_line.map(|line| (line.ascender.to_i32(), line.descender.to_i32()));
        let box_line = line.filter(|&(up, down)| up > 0 && up - down == i32::from(self.upem));
        box_line.map_or(Em::milli(880), |(up, _)| Em::from_units(up, self.upem))
    }

    /// The glyph's outline at one em = `size`, origin on the baseline, y downwards; empty for blanks. Whole
    /// micrometres; the quadratic curves of TrueType are raised to cubics.
    pub fn outline(&self, glyph: u16, size: Length) -> Path {
        outline::draw(&self.font, glyph, size)
    }

    /// The glyph's outline as SVG path data, origin on the baseline, y downwards, in the units of which
    /// [`Face::data_units_per_em`] make an em; empty for blanks.
    ///
    /// It is written once and kept: the charts of a folder are set in the same few hundred characters.
    pub(crate) fn path_data(&self, glyph: u16) -> &str {
        let slots = self.outlines.get_or_init(|| (0..self.glyph_count()).map(|_| OnceLock::new()).collect());
        let slot = slots.get(usize::from(glyph));
        slot.map_or("", |slot| slot.get_or_init(|| outline::data(&self.font, glyph).into_boxed_str()))
    }

    /// How many units of [`Face::path_data`] make an em.
    pub(crate) fn data_units_per_em(&self) -> i64 {
        i64::from(self.upem) * i64::from(outline::STEPS)
    }

    /// The face cut to these glyphs, the parts of composite glyphs with them; glyph 0 is always kept. Where the outlines are
    /// CFF, or the file is too damaged to be cut, they are written afresh, cubic curves as quadratic ones.
    pub fn subset(&self, glyphs: &[u16]) -> Subset {
        if let Some(cut) = self.cut(glyphs).filter(|_| self.truetype) {
            return cut;
        }
        let kept: Vec<u16> =
            [0].into_iter().chain(glyphs.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
        Subset { bytes: truetype::write(&self.font, &kept), glyphs: kept.into_iter().zip(0..).collect() }
    }

    /// The file's own outlines under new glyph ids; `None` where they, or tables they need, are damaged.
    fn cut(&self, glyphs: &[u16]) -> Option<Subset> {
        let tables = FontRef::from_index(self.bytes(), self.index).ok()?;
        let wanted: Vec<u16> = with_parts(&tables, glyphs).into_iter().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&wanted);
        // It reckons with what a damaged file says without looking twice.
        let cut = catch_unwind(AssertUnwindSafe(|| subsetter::subset(self.bytes(), self.index, &remapper)));
        let bytes = cut.ok()?.ok()?;
        let read = FontRef::new(&bytes).ok()?;
        (read.head().is_ok() && read.hhea().is_ok() && read.maxp().is_ok()).then_some(())?;
        Some(Subset { bytes, glyphs: remapper.remapped_gids().zip(0..).collect() })
    }
}

/// The glyphs and, as a composite glyph is drawn from others, those.
fn with_parts(tables: &FontRef<'_>, glyphs: &[u16]) -> BTreeSet<u16> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u16> = glyphs.to_vec();
    while let Some(glyph) = open.pop() {
        if !found.insert(glyph) {
            continue;
        }
        let (Ok(loca), Ok(glyf)) = (tables.loca(None), tables.glyf()) else { break };
        if let Ok(Some(Glyph::Composite(whole))) = loca.get_glyf(GlyphId::from(glyph), &glyf) {
            open.extend(whole.components().filter_map(|part| u16::try_from(part.glyph.to_u32()).ok()));
        }
    }
    found
}

/// A face ready to shape several texts.
pub(crate) struct Shaper<'a> {
    font: ShaperFont<'a, 'static>,
    plan: &'a ShapePlan,
    upem: u16,
    buffer: Buffer,
}

/// A glyph as shaped, before anything is squeezed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShapedGlyph {
    pub(crate) id: u16,
    /// The byte at which its cluster begins.
    pub(crate) cluster: u32,
    pub(crate) advance: Em,
    /// Drawn so far to the right of its place.
    pub(crate) dx: Em,
    /// Drawn so far below the baseline.
    pub(crate) dy: Em,
}

impl<'a> Shaper<'a> {
    pub(crate) fn new(face: &'a Face) -> Self {
        let plan = face.plan.get_or_init(|| {
            let language = Language::new("zh-Hans");
            ShapePlan::new(&face.font, Direction::LeftToRight, Some(Script::HAN), language.as_ref(), FEATURES)
        });
        Self { font: ShaperFont::new(&face.font), plan, upem: face.upem, buffer: Buffer::new() }
    }

    /// Shapes characters, each with its byte offset, as one run of Chinese, and appends the glyphs, offsets ascending.
    /// Characters without a picture of their own give no glyph.
    pub(crate) fn shape(&mut self, text: impl Iterator<Item = (u32, char)>, glyphs: &mut Vec<ShapedGlyph>) {
        self.buffer.clear();
        self.buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        text.for_each(|(offset, c)| self.buffer.push(c as u32, offset));
        self.buffer.set_direction(Direction::LeftToRight);
        self.buffer.set_script(Some(Script::HAN));
        self.buffer.set_language(self.plan.language().cloned());
        let options = ShapeOptions::new().plan(Some(self.plan)).features(FEATURES);
        if harfrust::shape(&self.font, &mut self.buffer, options).is_err() {
            return;
        }
        let em = |units| Em::from_units(units, self.upem);
        let shaped = self.buffer.glyph_infos().iter().zip(self.buffer.glyph_positions());
        glyphs.extend(shaped.map(|(info, position)| ShapedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            cluster: info.cluster,
            advance: em(position.x_advance),
            dx: em(position.x_offset),
            dy: em(-position.y_offset),
        }));
    }
}

/// Contextual spacing of marks by the font is left off: the composer squeezes them by one table for every face.
static FEATURES: &[Feature] = &[];
