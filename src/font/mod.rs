//! Faces: the embedded ones and those the user gives, by family name, with fallback and subsets.
//!
//! The embedded faces are read where they lie in the binary, table by table as they are asked for, so a book costs
//! microseconds and nothing is scanned, copied or cached on disk.

mod embedded;
mod face;
mod fault;
mod file;
mod names;
mod outline;
mod truetype;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use face::{Face, Ink};
pub(crate) use face::{ShapedGlyph, Shaper};
pub use fault::FontFault;
pub(crate) use file::{for_ofd, for_pdf};

/// A face of a [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// The faces a chart can be set in. Cheap to share, never changed after it is made.
#[derive(Debug)]
pub struct FontBook {
    /// The embedded faces in the order of their table, then those added.
    faces: Vec<Face>,
}

/// A face cut down to the glyphs that a document draws.
#[derive(Clone, Debug)]
pub struct Subset {
    /// The font file, TrueType outlines, for embedding in PDF and OFD (it has no `cmap`).
    pub bytes: Vec<u8>,
    /// Old and new glyph ids, ascending by new id; the new ids are 0, 1, 2… without gaps.
    pub glyphs: Vec<(u16, u16)>,
}

impl FontBook {
    /// The embedded faces.
    pub fn embedded() -> Self {
        Self { faces: embedded::FACES.iter().filter_map(Face::of_embedded).collect() }
    }

    /// Adds the faces of a user's font file: one, or all of a collection (`.ttc`). Gives the first. Never panics on
    /// damaged files.
    ///
    /// # Errors
    /// Why the file can't be used.
    pub fn add(&mut self, bytes: Vec<u8>) -> Result<FaceId, FontFault> {
        let read = catch_unwind(AssertUnwindSafe(|| Face::of_file(bytes)));
        let faces = read.unwrap_or_else(|_| Err(FontFault::Damaged))?;
        let first = u8::try_from(self.faces.len()).map_err(|_| FontFault::TooMany)?;
        if self.faces.len() + faces.len() > MOST_FACES {
            return Err(FontFault::TooMany);
        }
        self.faces.extend(faces);
        Ok(FaceId(first))
    }

    /// The face of a family name, bold or regular; the nearest weight where the family lacks it.
    ///
    /// A name matches whatever its case, spaces and hyphens. Looked for in this order: family, full and PostScript
    /// names of added faces in any language; the embedded families by their own names (`RC Hei`, `RC Song`, `RC Kai`,
    /// `RC Symbols`), the short names `hei` 黑体, `song` 宋体, `kai` 楷体, and the names under which office systems know
    /// such faces (SimHei, SimSun, KaiTi). No free 仿宋 or 小标宋 covers the characters needed: 仿宋 is answered by the
    /// embedded 楷体, 小标宋 by the bold 宋体.
    pub fn find(&self, family: &str, bold: bool) -> Option<FaceId> {
        let name = names::fold(family);
        let ids = || self.ids();
        let added = ids().filter(|&id| !self.face(id).is_embedded() && self.face(id).is_called(&name));
        let own = added.min_by_key(|&id| (self.face(id).is_bold() != bold, id));
        own.or_else(|| {
            let (family, always_bold) = embedded::family_called(&name)?;
            let kin = ids().filter(|&id| self.face(id).is_embedded() && self.face(id).family() == family);
            kin.min_by_key(|&id| (self.face(id).is_bold() != (bold || always_bold), id))
        })
    }

    /// What stands in for a family that is asked for and isn't there, as users call it: 楷体 for 仿宋.
    pub fn stand_in(&self, family: &str) -> Option<&'static str> {
        let name = names::fold(family);
        let added = self.ids().any(|id| !self.face(id).is_embedded() && self.face(id).is_called(&name));
        if added { None } else { embedded::stand_in(&name) }
    }

    /// The face of an id that this book gave.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every face with its id, embedded ones first.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.ids().zip(&self.faces)
    }

    /// The face that draws `c` in text set in `preferred`: that face itself, else the first that has it (same weight
    /// first, embedded before added), else `None`.
    pub fn face_for(&self, preferred: FaceId, c: char) -> Option<FaceId> {
        let wanted = self.face(preferred);
        if wanted.glyph(c).is_some() {
            return Some(preferred);
        }
        let has_it = self.ids().filter(|&id| self.face(id).glyph(c).is_some());
        has_it.min_by_key(|&id| (self.face(id).is_bold() != wanted.is_bold(), id))
    }

    fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..self.faces.len()).map_while(|i| u8::try_from(i).ok()).map(FaceId)
    }
}

/// As many as a [`FaceId`] can tell apart.
const MOST_FACES: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Segment;
    use crate::unit::{Em, Length};

    fn id(book: &FontBook, name: &str, bold: bool) -> FaceId {
        book.find(name, bold).unwrap_or_else(|| panic!("{name}"))
    }

    #[test]
    fn families_are_found_by_every_name() {
        let book = FontBook::embedded();
        for (names, family) in [
            (["hei", "黑体", "RC Hei", "SimHei"], "RC Hei"),
            (["song", "宋体", "rc song", "SimSun"], "RC Song"),
            (["kai", "楷体", "RC-Kai", "仿宋"], "RC Kai"),
        ] {
            for name in names {
                assert_eq!(book.face(id(&book, name, false)).family(), family, "{name}");
            }
        }
        assert!(book.face(id(&book, "hei", true)).is_bold());
        assert!(!book.face(id(&book, "kai", true)).is_bold(), "no bold 楷体: the regular one");
        let title = book.face(id(&book, "小标宋", false));
        assert_eq!((title.family(), title.is_bold()), ("RC Song", true));
        assert_eq!(book.find("方正兰亭", false), None);
    }

    #[test]
    fn metrics_are_the_font_files() {
        let book = FontBook::embedded();
        let hei = book.face(id(&book, "hei", false));
        let han = hei.glyph('中').expect("Han");
        assert_eq!((hei.units_per_em(), hei.postscript_name()), (1000, "RCHei-Regular"));
        assert_eq!(hei.advance(han), Em::ONE);
        assert_eq!(hei.cap_height(), Em::milli(733));
        let comma = hei.ink(hei.glyph('，').expect("comma")).expect("ink");
        assert_eq!((comma.left, comma.right), (Em::milli(135), Em::milli(330)));
        assert_eq!(hei.ink(hei.glyph(' ').expect("space")), None);
    }

    #[test]
    fn outlines_stand_on_the_baseline_in_micrometres() {
        let book = FontBook::embedded();
        let hei = book.face(id(&book, "hei", false));
        let glyph = hei.glyph('中').expect("Han");
        let bounds = hei.outline(glyph, Length::mm(10)).bounds().expect("drawn");
        assert_eq!((bounds.left, bounds.right), (Length::um(960), Length::um(9020)));
        assert_eq!((bounds.top, bounds.bottom), (Length::um(-8400), Length::um(790)));
        assert!(hei.outline(hei.glyph(' ').expect("space"), Length::mm(10)).segments.is_empty());
    }

    #[test]
    fn quadratic_curves_become_the_same_cubics() {
        let book = FontBook::embedded();
        let face = book.face(id(&book, "hei", false));
        let path = face.outline(face.glyph('。').expect("stop"), Length::mm(30));
        assert!(path.segments.iter().any(|segment| matches!(segment, Segment::Cubic(..))));
        assert!(matches!(path.segments.last(), Some(Segment::Close)));
    }

    #[test]
    fn path_data_is_whole_numbers_in_the_fonts_own_curves() {
        let book = FontBook::embedded();
        for (_, face) in book.faces().filter(|(_, face)| face.glyph('。').is_some()) {
            let glyph = |c| face.glyph(c).expect("drawn");
            let stop = face.path_data(glyph('。'));
            assert!(stop.contains('q') && !stop.contains(['c', '.']), "{stop}");
            let rings = face.outline(glyph('国'), Length::mm(5)).segments;
            let rings = rings.iter().filter(|segment| matches!(segment, Segment::Move(_))).count();
            assert_eq!(face.path_data(glyph('国')).matches('m').count(), rings);
            assert_eq!(face.path_data(glyph(' ')), "");
        }
        let hei = book.face(id(&book, "hei", false));
        assert_eq!(hei.path_data(hei.glyph('一').expect("Han")).matches('z').count(), 1);
        assert_eq!(hei.path_data(u16::MAX), "", "no such glyph");
    }

    #[test]
    fn a_missing_character_falls_back_to_the_same_weight() {
        let book = FontBook::embedded();
        let song = id(&book, "song", true);
        assert_eq!(book.face_for(song, '中'), Some(song));
        let symbol = book.face_for(song, '☎').expect("some face");
        assert!(book.face(symbol).glyph('☎').is_some());
        assert_eq!(book.face_for(song, '\u{E000}'), None);
    }

    #[test]
    fn a_subset_keeps_outlines_under_new_ids() {
        let mut book = FontBook::embedded();
        let hei = book.face(id(&book, "hei", false));
        let glyphs: Vec<u16> = "风险防控".chars().filter_map(|c| hei.glyph(c)).collect();
        let subset = hei.subset(&glyphs);
        assert!(subset.bytes.len() < 10_000, "{}", subset.bytes.len());
        let news: Vec<u16> = subset.glyphs.iter().map(|&(_, new)| new).collect();
        assert_eq!(news, (0..news.len() as u16).collect::<Vec<_>>());
        let cut = skrifa::Font::new(subset.bytes.clone(), 0).expect("readable");
        for &(old, new) in &subset.glyphs {
            assert_eq!(outline::draw(&cut, new, Length::mm(9)), hei.outline(old, Length::mm(9)), "{old} {new}");
        }
        assert!(book.add(subset.bytes).is_err(), "a font without characters is of no use");
    }

    #[test]
    fn damaged_files_are_refused_in_words() {
        let mut book = FontBook::embedded();
        let whole = book.face(id(&book, "hei", false)).bytes().to_vec();
        assert!(book.add(Vec::new()).is_err());
        assert!(book.add(b"not a font at all".to_vec()).is_err());
        for keep in [4, 12, 100, 300, 1000, 40_000] {
            assert!(book.add(whole[..keep].to_vec()).is_err(), "{keep} bytes");
        }
        let mut noise = whole.clone();
        for (i, byte) in noise.iter_mut().enumerate().skip(12) {
            *byte ^= ((i * 31) >> 3) as u8;
        }
        assert!(book.add(noise).is_err());
        assert!(book.add(whole).is_ok());
    }

    #[test]
    fn an_added_font_goes_before_the_embedded_one_of_its_name() {
        let mut book = FontBook::embedded();
        let bytes = book.face(id(&book, "kai", false)).bytes().to_vec();
        let added = book.add(bytes).expect("font");
        assert_eq!(book.find("RC Kai", false), Some(added));
        assert_eq!(book.find("RCKai-Regular", true), Some(added));
        assert_eq!(book.faces().count(), 7);
    }
}
