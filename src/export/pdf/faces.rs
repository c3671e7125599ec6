//! The faces of a document: cut to the glyphs drawn, and registered once for each text a glyph stands for.
//!
//! A PDF font says what text each of its glyphs is (ToUnicode, ISO 32000-1 § 9.10.3), one text a glyph. Where a face
//! draws one glyph for several texts (`·` and `•`, `…` and `⋯`, 人 and ⼈ in many fonts), the face is registered again
//! for the second text; all registrations share one font file.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont};
use skrifa::raw::{FontRef, TableProvider};

use super::sfnt;
use crate::font::{Face, FaceId};
use crate::scene::{GlyphRun, Item, Scene};
use crate::unit::Em;

/// The text of a glyph after the first of its cluster. It must be some text (ISO 19005-2 § 6.2.11.7.2); this one is
/// invisible and breaks nothing. Readers take the cluster's text from its ActualText.
const CONTINUED: &str = "\u{200b}";

/// The faces that a scene draws in.
pub(super) struct Faces {
    cuts: BTreeMap<FaceId, Cut>,
    registrations: Vec<Registration>,
}

/// A face cut to what the document draws.
struct Cut {
    /// The font file.
    bytes: Vec<u8>,
    /// New glyph ids and widths, by old glyph id.
    glyphs: BTreeMap<u16, (u16, u16)>,
    metrics: Metrics,
}

/// A font resource: a face whose glyphs stand for one text each.
struct Registration {
    face: FaceId,
    /// Texts by glyph id of the uncut face.
    texts: BTreeMap<u16, String>,
}

/// What a font descriptor says of a face, in thousandths of an em (ISO 32000-1 § 9.8).
#[derive(Clone, Copy)]
pub(super) struct Metrics {
    pub(super) ascent: i16,
    pub(super) descent: i16,
    pub(super) cap_height: i16,
    /// Left, bottom, right, top of all glyphs.
    pub(super) bounds: [i16; 4],
    /// From 100 to 900.
    pub(super) weight: u16,
    /// How many glyphs the cut file has.
    pub(super) glyphs: u16,
}

/// A glyph as the file draws it.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// Which registration of the face.
    pub(super) registration: usize,
    /// The glyph's id in the cut face.
    pub(super) id: u16,
    /// The width that readers advance by, in thousandths of an em.
    pub(super) width: u16,
    /// The text that the registration gives it.
    pub(super) text: String,
}

impl Faces {
    /// Gathers every glyph of the scene and cuts the faces.
    ///
    /// # Errors
    /// A face that can't be cut.
    pub(super) fn gather(scene: &Scene) -> Result<Self, String> {
        let mut registrations: Vec<Registration> = Vec::new();
        let mut drawn: BTreeMap<FaceId, BTreeSet<u16>> = BTreeMap::new();
        for page in &scene.pages {
            page.walk(|item, _| {
                let Item::Text(run) = item else { return };
                let face = drawn.entry(run.face).or_default();
                for (index, glyph) in run.glyphs.iter().enumerate() {
                    face.insert(glyph.id);
                    register(&mut registrations, run.face, glyph.id, text_of(run, index));
                }
            });
        }
        let cut = |(id, glyphs): (FaceId, BTreeSet<u16>)| Ok((id, Cut::new(scene.fonts.face(id), &glyphs)?));
        let cuts = drawn.into_iter().map(cut).collect::<Result<_, String>>()?;
        Ok(Self { cuts, registrations })
    }

    /// How glyph `index` of a run is drawn.
    ///
    /// # Errors
    /// A glyph that the cut face lacks.
    pub(super) fn drawn(&self, run: &GlyphRun, index: usize) -> Result<Drawn, String> {
        let glyph = run.glyphs[index].id;
        let text = text_of(run, index);
        let fits =
            |one: &Registration| one.face == run.face && one.texts.get(&glyph).is_some_and(|known| known == text);
        let registration = self.registrations.iter().position(fits).ok_or("a glyph without text")?;
        let cut = self.cuts.get(&run.face).ok_or("a face without glyphs")?;
        let &(id, width) = cut.glyphs.get(&glyph).ok_or("a glyph missing in the cut face")?;
        Ok(Drawn { registration, id, width, text: text.to_owned() })
    }

    /// The fonts for printpdf, by their resource names.
    pub(super) fn for_printpdf(&self, scene: &Scene) -> BTreeMap<FontId, PdfFont> {
        let font = |(index, one): (usize, &Registration)| {
            let parsed = self.cuts.get(&one.face).map(|cut| cut.parsed(scene.fonts.face(one.face)));
            parsed.map(|parsed| (resource(index), PdfFont::new(parsed)))
        };
        self.registrations.iter().enumerate().filter_map(font).collect()
    }

    /// Every registration: its resource name, face, metrics, and the texts by glyph id of the cut face.
    pub(super) fn registered(&self) -> impl Iterator<Item = (FontId, FaceId, Metrics, BTreeMap<u16, &str>)> {
        self.registrations.iter().enumerate().filter_map(|(index, one)| {
            let cut = self.cuts.get(&one.face)?;
            let texts = one.texts.iter();
            let texts = texts.filter_map(|(old, text)| Some((cut.glyphs.get(old)?.0, text.as_str()))).collect();
            Some((resource(index), one.face, cut.metrics, texts))
        })
    }
}

/// The resource name of a registration. Builtin fonts are `F1` to `F14`.
pub(super) fn resource(registration: usize) -> FontId {
    FontId(format!("T{registration}"))
}

/// The text that glyph `index` of a run stands for: that of its cluster where it is the cluster's first.
fn text_of(run: &GlyphRun, index: usize) -> &str {
    let cluster = &run.glyphs[index].cluster;
    if index > 0 && run.glyphs[index - 1].cluster == *cluster {
        return CONTINUED;
    }
    let text = run.text.get(cluster.start as usize..cluster.end as usize).unwrap_or_default();
    if text.is_empty() { CONTINUED } else { text }
}

fn register(registrations: &mut Vec<Registration>, face: FaceId, glyph: u16, text: &str) {
    for one in registrations.iter_mut().filter(|one| one.face == face) {
        match one.texts.get(&glyph) {
            Some(known) if known == text => return,
            Some(_) => {}
            None => {
                one.texts.insert(glyph, text.to_owned());
                return;
            }
        }
    }
    registrations.push(Registration { face, texts: BTreeMap::from([(glyph, text.to_owned())]) });
}

impl Cut {
    fn new(face: &Face, glyphs: &BTreeSet<u16>) -> Result<Self, String> {
        let wanted: Vec<u16> = glyphs.iter().copied().collect();
        let subset = face.subset(&wanted);
        let width = |old: u16| (thousandths(face.advance(old))) as u16;
        let glyphs = subset.glyphs.iter().map(|&(old, new)| (old, (new, width(old)))).collect();
        let metrics =
            Metrics::read(face, &subset.bytes).map_err(|error| format!("{}: {error}", face.postscript_name()))?;
        Ok(Self { bytes: sfnt::strip(&subset.bytes).ok_or("the cut face is no TrueType font")?, glyphs, metrics })
    }

    /// The cut face in printpdf's terms. Widths and metrics are in thousandths of an em already, so that printpdf, which
    /// truncates, has nothing to scale.
    fn parsed(&self, face: &Face) -> ParsedFont {
        let widths = self.glyphs.values().copied().collect();
        let metrics = FontMetrics { ascent: self.metrics.ascent, descent: self.metrics.descent };
        let name = Some(face.postscript_name().to_owned());
        let mut font = ParsedFont::with_glyph_data(self.bytes.clone(), 0, name, BTreeMap::new(), widths, 1000, metrics);
        let [left, bottom, right, top] = self.metrics.bounds;
        font.pdf_font_metrics.x_min = left;
        font.pdf_font_metrics.y_min = bottom;
        font.pdf_font_metrics.x_max = right;
        font.pdf_font_metrics.y_max = top;
        font.pdf_font_metrics.us_weight_class = self.metrics.weight;
        font
    }
}

/// A width in thousandths of an em, rounded: readers' tolerance is one (ISO 19005-2 § 6.2.11.5).
fn thousandths(width: Em) -> i64 {
    let raw = i64::from(width.raw());
    let em = i64::from(Em::ONE.raw());
    (raw * 2000 + em).div_euclid(em * 2)
}

impl Metrics {
    /// Reads them from the cut file: the uncut one may be a collection of several faces.
    fn read(face: &Face, cut: &[u8]) -> Result<Self, skrifa::raw::ReadError> {
        let font = FontRef::new(cut)?;
        let (head, hhea) = (font.head()?, font.hhea()?);
        let upem = i64::from(head.units_per_em().max(1));
        let scaled = |units: i16| ((i64::from(units) * 2000 + upem).div_euclid(upem * 2)) as i16;
        Ok(Self {
            ascent: scaled(hhea.ascender().to_i16()),
            descent: scaled(hhea.descender().to_i16()),
            cap_height: thousandths(face.cap_height()) as i16,
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(scaled),
            glyphs: font.maxp()?.num_glyphs(),
            weight: if face.is_bold() { 700 } else { 400 },
        })
    }
}
