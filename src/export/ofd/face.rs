//! The faces of a document, cut to the glyphs drawn and complete enough to be opened as font files.
//!
//! Readers of OFD open an embedded font as they open any other: through `cmap`, and many only where `OS/2`, `name` and
//! `post` are there too. Cutting drops all four, so they are written anew. A character has one glyph in `cmap`, the first
//! it is met with; where it is drawn by another, the page says so (CGTransform).

use std::collections::BTreeMap;
use std::ops::Range;

use skrifa::raw::{FontRef, TableProvider};
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::{Os2, SelectionFlags};
use write_fonts::tables::post::Post;
use write_fonts::types::{GlyphId, NameId, Tag, Version16Dot16};
use write_fonts::{FontBuilder, OffsetMarker};

use crate::font::{Face, FaceId};
use crate::scene::{GlyphRun, Item, Scene};
use crate::unit::Em;

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
    /// Gathers every glyph of the scene and cuts the faces.
    ///
    /// # Errors
    /// A face that can't be cut.
    pub(super) fn gather(scene: &Scene, mut next_id: impl FnMut() -> u32) -> Result<Self, String> {
        let mut faces: BTreeMap<FaceId, Used> = BTreeMap::new();
        for page in &scene.pages {
            page.walk(|item, _| {
                if let Item::Text(run) = item {
                    faces.entry(run.face).or_default().take(run);
                }
            });
        }
        for (&id, used) in &mut faces {
            used.id = next_id();
            let face = scene.fonts.face(id);
            used.cut(face).map_err(|why| format!("{}: {why}", face.postscript_name()))?;
        }
        Ok(Self(faces))
    }

    /// The face that a run is drawn in.
    ///
    /// # Errors
    /// No run of the scene.
    pub(super) fn of(&self, run: &GlyphRun) -> Result<&Used, String> {
        self.0.get(&run.face).ok_or_else(|| "a face without glyphs".to_owned())
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

    fn cut(&mut self, face: &Face) -> Result<(), String> {
        let wanted: Vec<u16> = self.glyphs.keys().copied().collect();
        let subset = face.subset(&wanted);
        self.glyphs = subset.glyphs.iter().copied().collect();
        let cut = FontRef::new(&subset.bytes).map_err(|error| error.to_string())?;
        let characters = self.characters.iter().map(|(&character, &glyph)| (character, self.glyph(glyph)));
        self.file = completed(face, cut, characters.collect())?;
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

/// The cut file with the tables that opening it as a font wants.
fn completed(face: &Face, cut: FontRef<'_>, characters: BTreeMap<char, u16>) -> Result<Vec<u8>, String> {
    let error = |error: &dyn std::fmt::Display| error.to_string();
    let mapped = characters.iter().map(|(&character, &glyph)| (character, GlyphId::from(glyph)));
    let cmap = Cmap::from_mappings(mapped).map_err(|conflict| error(&conflict))?;
    let post = Post { version: Version16Dot16::VERSION_3_0, ..Post::default() };
    let os2 = os2(face, &cut, &characters).map_err(|why| error(&why))?;
    let mut file = FontBuilder::new();
    let tables = file.add_table(&cmap).and_then(|file| file.add_table(&os2));
    let tables = tables.and_then(|file| file.add_table(&names(face))).and_then(|file| file.add_table(&post));
    tables.map_err(|why| error(&why))?.copy_missing_tables(cut);
    Ok(file.build())
}

/// Metrics for layout, which the page has no need of but readers ask for: the line of `hhea`, the characters there are.
fn os2(face: &Face, cut: &FontRef<'_>, characters: &BTreeMap<char, u16>) -> Result<Os2, skrifa::raw::ReadError> {
    let (head, hhea) = (cut.head()?, cut.hhea()?);
    let upem = head.units_per_em();
    let (ascender, descender) = (hhea.ascender().to_i16(), hhea.descender().to_i16());
    // Characters beyond U+FFFF count as the last (OpenType, usFirstCharIndex).
    let index = |character: Option<&char>| character.map_or(0, |&c| u16::try_from(u32::from(c)).unwrap_or(u16::MAX));
    let cap_height = i64::from(face.cap_height().raw()) * i64::from(upem) / i64::from(Em::ONE.raw());
    Ok(Os2 {
        x_avg_char_width: (upem / 2) as i16,
        us_weight_class: if face.is_bold() { 700 } else { 400 },
        us_width_class: 5,
        fs_selection: if face.is_bold() { SelectionFlags::BOLD } else { SelectionFlags::REGULAR },
        ach_vend_id: Tag::new(b"    "),
        us_first_char_index: index(characters.keys().next()),
        us_last_char_index: index(characters.keys().next_back()),
        s_typo_ascender: ascender,
        s_typo_descender: descender,
        us_win_ascent: ascender.unsigned_abs(),
        us_win_descent: descender.unsigned_abs(),
        // Simplified Chinese and Latin 1: what the program sets.
        ul_code_page_range_1: Some(1 << 18 | 1),
        ul_code_page_range_2: Some(0),
        s_cap_height: Some(cap_height as i16),
        sx_height: Some((cap_height * 7 / 10) as i16),
        us_break_char: Some(u16::from(b' ')),
        us_default_char: Some(0),
        us_max_context: Some(1),
        ..Os2::default()
    })
}

/// The names that the page's resource calls the face by, for Windows in English.
fn names(face: &Face) -> Name {
    let style = if face.is_bold() { "Bold" } else { "Regular" };
    let full = format!("{} {style}", face.family());
    let names = [
        (NameId::FAMILY_NAME, face.family().to_owned()),
        (NameId::SUBFAMILY_NAME, style.to_owned()),
        (NameId::UNIQUE_ID, face.postscript_name().to_owned()),
        (NameId::FULL_NAME, full),
        (NameId::VERSION_STRING, "Version 1.0".to_owned()),
        (NameId::POSTSCRIPT_NAME, face.postscript_name().to_owned()),
    ];
    Name::new(names.into_iter().map(|(id, name)| NameRecord::new(3, 1, 0x409, id, OffsetMarker::new(name))).collect())
}
