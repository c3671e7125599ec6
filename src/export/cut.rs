//! The faces of a document, cut to the glyphs drawn and complete enough to be opened as font files.
//!
//! Readers of OFD open an embedded font as they open any other, and browsers do: through `cmap`, and many only where
//! `OS/2`, `name` and `post` are there too. Cutting drops all four, so they are written anew. A character has one glyph in
//! `cmap`, the first it is met with; where it is drawn by another, OFD's page says so (CGTransform), and SVG draws the
//! outline.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::export::ExportFault;
use crate::font::{self, Face, FaceId};
use crate::scene::{GlyphRun, Item, Page, Scene};

/// The faces that a scene draws in.
pub(super) struct Faces(BTreeMap<FaceId, Used>);

/// A face cut to what the document draws.
#[derive(Default)]
pub(super) struct Used {
    /// Its id among the document's resources.
    pub(super) id: u32,
    /// The ids of glyphs in the cut face, by those in the uncut one.
    glyphs: BTreeMap<u16, u16>,
    /// The glyph that each character is drawn by unless the page says otherwise, as the uncut face counts.
    characters: BTreeMap<char, u16>,
    /// The font file.
    pub(super) file: Vec<u8>,
}

impl Faces {
    /// Gathers every glyph of these pages of the scene and cuts the faces.
    ///
    /// # Errors
    /// A face that can't be cut.
    pub(super) fn gather(scene: &Scene, pages: &[Page], mut next_id: impl FnMut() -> u32) -> Result<Self, ExportFault> {
        let mut faces: BTreeMap<FaceId, Used> = BTreeMap::new();
        for page in pages {
            page.walk(|item, _| {
                if let Item::Text(run) = item {
                    faces.entry(run.face).or_default().take(run);
                }
            });
        }
        for (&id, used) in &mut faces {
            used.id = next_id();
            let face = scene.fonts.face(id);
            used.cut(face).map_err(|why| why.of(face.postscript_name()))?;
        }
        Ok(Self(faces))
    }

    /// The face that a run is drawn in.
    ///
    /// # Errors
    /// No run of the pages.
    pub(super) fn of(&self, run: &GlyphRun) -> Result<&Used, ExportFault> {
        self.0.get(&run.face).ok_or_else(|| "a face without glyphs".into())
    }

    /// Every face with its cut.
    pub(super) fn iter(&self) -> impl Iterator<Item = (FaceId, &Used)> {
        self.0.iter().map(|(&id, used)| (id, used))
    }
}

impl Used {
    fn take(&mut self, run: &GlyphRun) {
        for glyph in &run.glyphs {
            self.glyphs.entry(glyph.id).or_default();
        }
        for (text, glyphs) in clusters(run) {
            let mut characters = text.chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                self.characters.entry(character).or_insert(run.glyphs[glyphs.start].id);
            }
        }
    }

    /// Whether `cmap` leads from the text to the glyph.
    pub(super) fn maps(&self, text: &str, glyph: u16) -> bool {
        let mut characters = text.chars();
        let alone = characters.next().filter(|_| characters.next().is_none());
        alone.is_some_and(|character| self.characters.get(&character) == Some(&glyph))
    }

    /// The id of a glyph in the cut face.
    pub(super) fn glyph(&self, glyph: u16) -> u16 {
        self.glyphs.get(&glyph).copied().unwrap_or_default()
    }

    fn cut(&mut self, face: &Face) -> Result<(), ExportFault> {
        let wanted: Vec<u16> = self.glyphs.keys().copied().collect();
        let subset = face.subset(&wanted);
        self.glyphs = subset.glyphs.iter().copied().collect();
        let characters = self.characters.iter().map(|(&character, &glyph)| (character, self.glyph(glyph))).collect();
        self.file = font::for_ofd(face, &subset.bytes, &characters).map_err(ExportFault::internal)?;
        Ok(())
    }
}

/// The clusters of a run: the text of each, and which of the run's glyphs show it.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut end = 0;
    run.glyphs.chunk_by(|a, b| a.cluster == b.cluster).map(move |glyphs| {
        let cluster = &glyphs[0].cluster;
        let text = run.text.get(cluster.start as usize..cluster.end as usize).unwrap_or_default();
        let start = end;
        end += glyphs.len();
        (text, start..end)
    })
}
