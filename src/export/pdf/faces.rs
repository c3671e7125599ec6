//! The faces of a document: cut to the glyphs drawn, and registered once for each text a glyph stands for.
//!
//! A PDF font says what text each of its glyphs is (ToUnicode, ISO 32000-1 § 9.10.3), one text a glyph. Where a face
//! draws one glyph for several texts (`·` and `•`, `…` and `⋯`, 人 and ⼈ in many fonts), the face is registered again
//! for the second text; all registrations share one font file.

use std::collections::BTreeMap;

use skrifa::raw::{FontRef, TableProvider};

use crate::export::ExportFault;
use crate::export::fnv::fnv64;
use crate::font::{self, Face, FaceId};
use crate::scene::{GlyphRun, Item, Scene};
use crate::unit::Em;

/// The text of a glyph after the first of its cluster. It must be some text (ISO 19005-2 § 6.2.11.7.2); this one is
/// invisible and breaks nothing. Readers take the cluster's text from its ActualText.
const CONTINUED: &str = "\u{200b}";

/// The faces that a scene draws in.
pub(super) struct Faces {
    faces: BTreeMap<FaceId, Used>,
    /// The font resources: the `n`th of a face gives its glyphs their `n`th texts.
    registrations: Vec<(FaceId, usize)>,
}

/// A face cut to what the document draws.
#[derive(Default)]
pub(super) struct Used {
    glyphs: BTreeMap<u16, UsedGlyph>,
    /// The numbers of its font resources.
    registrations: Vec<usize>,
    /// The font file.
    file: Vec<u8>,
    metrics: Metrics,
}

/// A glyph of the uncut face.
#[derive(Default)]
struct UsedGlyph {
    /// Its id in the cut face.
    id: u16,
    /// The width that readers advance by, in thousandths of an em.
    width: u16,
    /// What it stands for, the first met first; none where it is but a part of others.
    texts: Vec<String>,
}

/// What a font descriptor says of a face, in thousandths of an em (ISO 32000-1 § 9.8).
#[derive(Clone, Copy, Default)]
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    /// Which font resource.
    pub(super) registration: usize,
    /// The glyph's id in the cut face.
    pub(super) id: u16,
    /// The width that readers advance by, in thousandths of an em.
    pub(super) width: u16,
}

impl Faces {
    /// Gathers every glyph of the scene and cuts the faces.
    ///
    /// # Errors
    /// A face that can't be cut.
    pub(super) fn gather(scene: &Scene) -> Result<Self, ExportFault> {
        let mut all = Self { faces: BTreeMap::new(), registrations: Vec::new() };
        for page in &scene.pages {
            page.walk(|item, _| {
                if let Item::Text(run) = item {
                    all.register(run);
                }
            });
        }
        for (&id, used) in &mut all.faces {
            used.cut(scene.fonts.face(id))?;
        }
        Ok(all)
    }

    fn register(&mut self, run: &GlyphRun) {
        let used = self.faces.entry(run.face).or_default();
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let texts = &mut used.glyphs.entry(glyph.id).or_default().texts;
            let text = text_of(run, index);
            if !texts.iter().any(|known| known == text) {
                if texts.len() == used.registrations.len() {
                    used.registrations.push(self.registrations.len());
                    self.registrations.push((run.face, texts.len()));
                }
                texts.push(text.to_owned());
            }
        }
    }

    /// The face that a run is drawn in.
    ///
    /// # Errors
    /// No run of the scene.
    pub(super) fn of(&self, run: &GlyphRun) -> Result<&Used, ExportFault> {
        self.faces.get(&run.face).ok_or_else(|| "a face without glyphs".into())
    }

    /// Every font resource: its name, its face, and which of the glyphs' texts it gives.
    pub(super) fn registered(&self) -> impl Iterator<Item = (String, FaceId, &Used, usize)> {
        self.registrations.iter().enumerate().filter_map(|(index, &(face, nth))| {
            let used = self.faces.get(&face)?;
            Some((resource(index), face, used, nth))
        })
    }
}

/// The resource name of a registration. Builtin fonts are `F1` to `F14`.
pub(super) fn resource(registration: usize) -> String {
    format!("T{registration}")
}

/// The text that glyph `index` of a run stands for: its own character in a cluster of as many glyphs as characters, as
/// …… is; else that of its cluster where it is the cluster's first.
fn text_of(run: &GlyphRun, index: usize) -> &str {
    let cluster = &run.glyphs[index].cluster;
    let text = run.text.get(cluster.start as usize..cluster.end as usize).unwrap_or_default();
    let (place, glyphs) = place_in_cluster(run, index);
    if glyphs > 1 && glyphs == text.chars().count() {
        let own = text.char_indices().nth(place).map(|(at, c)| &text[at..at + c.len_utf8()]);
        return own.unwrap_or(CONTINUED);
    }
    if place > 0 || text.is_empty() { CONTINUED } else { text }
}

/// Whether glyph `index` stands for one character of its cluster: for all of it, or for its part of one with as many glyphs
/// as characters.
pub(super) fn has_characters_of_its_own(run: &GlyphRun, index: usize) -> bool {
    let cluster = &run.glyphs[index].cluster;
    let text = run.text.get(cluster.start as usize..cluster.end as usize).unwrap_or_default();
    let (_, glyphs) = place_in_cluster(run, index);
    glyphs == 1 || glyphs == text.chars().count()
}

/// How many glyphs of its cluster stand before glyph `index`, and how many there are.
fn place_in_cluster(run: &GlyphRun, index: usize) -> (usize, usize) {
    let cluster = &run.glyphs[index].cluster;
    let same = |glyph: &&crate::scene::Glyph| glyph.cluster == *cluster;
    let before = run.glyphs[..index].iter().rev().take_while(same).count();
    (before, before + run.glyphs[index..].iter().take_while(same).count())
}

impl Used {
    /// How glyph `index` of a run is drawn.
    ///
    /// # Errors
    /// A glyph that was not gathered.
    pub(super) fn drawn(&self, run: &GlyphRun, index: usize) -> Result<Drawn, ExportFault> {
        let glyph = self.glyphs.get(&run.glyphs[index].id).ok_or("a glyph missing in the cut face")?;
        let text = text_of(run, index);
        let nth = glyph.texts.iter().position(|known| known == text);
        let registration = nth.and_then(|nth| self.registrations.get(nth)).ok_or("a glyph without text")?;
        Ok(Drawn { registration: *registration, id: glyph.id, width: glyph.width })
    }

    /// The font file.
    pub(super) fn file(&self) -> &[u8] {
        &self.file
    }

    /// What the font descriptor says.
    pub(super) fn metrics(&self) -> Metrics {
        self.metrics
    }

    /// Glyph ids of the cut face, ascending, with their `nth` texts.
    pub(super) fn texts(&self, nth: usize) -> impl Iterator<Item = (u16, &str)> {
        self.glyphs.values().filter_map(move |glyph| Some((glyph.id, glyph.texts.get(nth)?.as_str())))
    }

    /// Glyph ids of the cut face with the widths that readers advance by, in thousandths of an em.
    pub(super) fn widths(&self) -> impl Iterator<Item = (u16, u16)> {
        self.glyphs.values().map(|glyph| (glyph.id, glyph.width))
    }

    /// Six capitals drawn from the glyphs, which tell a subset's name from others' (ISO 32000-1 § 9.6.4).
    pub(super) fn tag(&self) -> String {
        let hash = fnv64(self.glyphs.keys().flat_map(|glyph| glyph.to_be_bytes()));
        (0..6).map(|place| char::from(b'A' + (hash / 26_u64.pow(place) % 26) as u8)).collect()
    }

    fn cut(&mut self, face: &Face) -> Result<(), ExportFault> {
        let wanted: Vec<u16> = self.glyphs.keys().copied().collect();
        let subset = face.subset(&wanted);
        for &(old, new) in &subset.glyphs {
            let glyph = self.glyphs.entry(old).or_default();
            (glyph.id, glyph.width) = (new, thousandths(face.advance(old)) as u16);
        }
        self.metrics = Metrics::read(face, &subset.bytes)
            .map_err(|error| ExportFault::internal(format!("{}: {error}", face.postscript_name())))?;
        self.file = font::for_pdf(&subset.bytes)
            .map_err(|error| ExportFault::internal(format!("{}: {error}", face.postscript_name())))?;
        Ok(())
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
