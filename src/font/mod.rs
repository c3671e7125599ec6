//! Faces: the embedded ones and those the user gives, by family name, with fallback and subsets.

use crate::geom::Path;
use crate::unit::Em;

/// A face of a [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// The faces a chart can be set in. Cheap to share, never changed after it is made.
#[derive(Debug)]
pub struct FontBook {
    faces: Vec<Face>,
}

/// One face of a font file.
#[derive(Debug)]
pub struct Face {}

/// A face cut down to the glyphs that a document draws.
#[derive(Clone, Debug)]
pub struct Subset {
    /// The font file, TrueType outlines.
    pub bytes: Vec<u8>,
    /// Old and new glyph ids, ascending by new id; the new ids are 0, 1, 2… without gaps.
    pub glyphs: Vec<(u16, u16)>,
}

impl FontBook {
    /// The embedded faces.
    pub fn embedded() -> Self {
        todo!()
    }

    /// Adds a face from a user's font file. Never panics on damaged files.
    pub fn add(&mut self, _bytes: Vec<u8>) -> Result<FaceId, String> {
        todo!()
    }

    /// The face of a family name (or the short names `hei`, `song`, `kai`, `黑体`, `宋体`, `楷体`), bold or regular; the nearest weight
    /// where the family lacks it.
    pub fn find(&self, _family: &str, _bold: bool) -> Option<FaceId> {
        todo!()
    }

    /// The face of an id.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face that draws `c` in text set in `preferred`: that face itself, else the first fallback that has it (same
    /// weight first), else `None`.
    pub fn face_for(&self, _preferred: FaceId, _c: char) -> Option<FaceId> {
        todo!()
    }
}

impl Face {
    /// The family name.
    pub fn family(&self) -> &str {
        todo!()
    }
    /// PostScript name, ASCII, as PDF's BaseFont wants it.
    pub fn postscript_name(&self) -> &str {
        todo!()
    }
    /// Design units in an em.
    pub fn units_per_em(&self) -> u16 {
        todo!()
    }
    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        todo!()
    }
    /// The glyph's outline in design units scaled as [`Em`] raw values? see `outline`
    pub fn advance(&self, _glyph: u16) -> Em {
        todo!()
    }
    /// The glyph's outline at one em = `size`, origin on the baseline, y downwards; empty for blanks.
    pub fn outline(&self, _glyph: u16, _size: crate::unit::Length) -> Path {
        todo!()
    }
    /// The face cut to these glyphs (glyph 0 is always kept).
    pub fn subset(&self, _glyphs: &[u16]) -> Result<Subset, String> {
        todo!()
    }
}
