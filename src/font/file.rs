//! Font files for embedding, from faces cut to the glyphs that a document draws.
//!
//! PDF says in its own dictionaries what a face is called and which glyph shows which text; OFD leaves that to the file. So
//! a cut face is either [stripped](for_pdf) to its outlines, or [completed](for_ofd) so that it opens as any font does.

use std::collections::BTreeMap;

use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, ReadError, TableProvider};
use write_fonts::FontBuilder;

use super::Face;
use crate::unit::Em;

/// The tables that draw glyphs (ISO 32000-1 § 9.9, table 126).
const OUTLINES: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// The file with the tables in [`OUTLINES`] alone.
///
/// # Errors
/// No font file.
pub(crate) fn for_pdf(cut: &[u8]) -> Result<Vec<u8>, ReadError> {
    let font = FontRef::new(cut)?;
    let mut file = FontBuilder::new();
    for tag in OUTLINES.map(Tag::new) {
        if let Some(table) = font.table_data(tag) {
            file.add_raw(tag, table.as_bytes());
        }
    }
    Ok(file.build())
}

/// The file with the tables that opening it as a font wants, which cutting drops: `cmap`, `OS/2`, `name`, `post`.
/// `characters` leads to glyphs of the cut face.
///
/// # Errors
/// No font file.
pub(crate) fn for_ofd(face: &Face, cut: &[u8], characters: &BTreeMap<char, u16>) -> Result<Vec<u8>, ReadError> {
    let font = FontRef::new(cut)?;
    let mut file = FontBuilder::new();
    file.add_raw(Tag::new(b"cmap"), cmap(characters));
    file.add_raw(Tag::new(b"OS/2"), metrics(face, &font, characters)?);
    file.add_raw(Tag::new(b"name"), names(face));
    file.add_raw(Tag::new(b"post"), words(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    file.copy_missing_tables(font);
    Ok(file.build())
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The halves of a number of 32 bits.
fn long(number: u32) -> [u16; 2] {
    [(number >> 16) as u16, number as u16]
}

/// Characters in a row whose glyphs are in a row too.
struct Run {
    first: u32,
    last: u32,
    glyph: u16,
}

fn runs(characters: &BTreeMap<char, u16>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (&character, &glyph) in characters {
        let code = u32::from(character);
        match runs.last_mut() {
            Some(run) if run.last + 1 == code && u32::from(run.glyph) + code - run.first == u32::from(glyph) => {
                run.last = code;
            }
            _ => runs.push(Run { first: code, last: code, glyph }),
        }
    }
    runs
}

/// `cmap` with subtables for the Basic Multilingual Plane (format 4) and for all of Unicode (format 12), both for Windows.
fn cmap(characters: &BTreeMap<char, u16>) -> Vec<u8> {
    let runs = runs(characters);
    let (plane, all) = (segments(&runs), groups(&runs));
    let second = 20 + plane.len() as u32;
    let head = [&[0, 2][..], &[3, 1], &long(20), &[3, 10], &long(second)].concat();
    [words(&head), plane, all].concat()
}

/// More segments would make format 4 longer than it can tell. Readers take format 12 where it is there.
const MOST_SEGMENTS: usize = 8000;

/// Format 4. Its last segment is U+FFFF, without a glyph.
fn segments(runs: &[Run]) -> Vec<u8> {
    let plane: Vec<&Run> = runs.iter().filter(|run| run.last < 0xffff).take(MOST_SEGMENTS).collect();
    let count = plane.len() as u16 + 1;
    let power = count.ilog2();
    let range = 2_u16 << power;
    let column =
        |last: u16, value: &dyn Fn(&Run) -> u16| plane.iter().map(|run| value(run)).chain([last]).collect::<Vec<u16>>();
    let ends = column(0xffff, &|run| run.last as u16);
    let starts = column(0xffff, &|run| run.first as u16);
    let deltas = column(1, &|run| run.glyph.wrapping_sub(run.first as u16));
    let head = [4, 16 + 8 * count, 0, count * 2, range, power as u16, count * 2 - range];
    words(&[&head[..], &ends, &[0], &starts, &deltas, &vec![0; usize::from(count)]].concat())
}

/// Format 12.
fn groups(runs: &[Run]) -> Vec<u8> {
    let count = runs.len() as u32;
    let head = [&[12, 0][..], &long(16 + 12 * count), &long(0), &long(count)].concat();
    let group = |run: &Run| [long(run.first), long(run.last), long(run.glyph.into())].concat();
    words(&[head, runs.iter().flat_map(group).collect()].concat())
}

/// `OS/2` (version 4): metrics for layout, which the page has no need of but readers ask for.
fn metrics(face: &Face, cut: &FontRef<'_>, characters: &BTreeMap<char, u16>) -> Result<Vec<u8>, ReadError> {
    let (head, hhea) = (cut.head()?, cut.hhea()?);
    let upem = head.units_per_em();
    let (ascender, descender) = (hhea.ascender().to_i16(), hhea.descender().to_i16());
    // Characters beyond U+FFFF count as the last (OpenType, usFirstCharIndex).
    let index = |character: Option<&char>| character.map_or(0, |&c| u16::try_from(u32::from(c)).unwrap_or(u16::MAX));
    let cap_height = (i64::from(face.cap_height().raw()) * i64::from(upem) / i64::from(Em::ONE.raw())) as u16;
    let (weight, selection) = if face.is_bold() { (700, 1 << 5) } else { (400, 1 << 6) };
    // Simplified Chinese and Latin 1: what the program sets.
    let pages = 1 << 18 | 1;
    let fields = [
        &[4, upem / 2, weight, 5, 0][..],
        // Subscripts, superscripts, the strike: from the em alone.
        &[upem / 2, upem / 2, 0, upem / 8, upem / 2, upem / 2, 0, upem / 3, upem / 20, upem / 4],
        // Class, PANOSE, Unicode ranges: unknown. The maker's tag: blank.
        &[0; 14],
        &[0x2020, 0x2020],
        &[selection, index(characters.keys().next()), index(characters.keys().next_back())],
        &[ascender as u16, descender as u16, 0, ascender.unsigned_abs(), descender.unsigned_abs()],
        &long(pages),
        &long(0),
        &[cap_height * 7 / 10, cap_height, 0, u16::from(b' '), 1],
    ];
    Ok(words(&fields.concat()))
}

/// `name`: what the page's resource calls the face by, for Windows in English.
fn names(face: &Face) -> Vec<u8> {
    let style = if face.is_bold() { "Bold" } else { "Regular" };
    // Family, style, unique id, full name, version, PostScript name.
    let names = [
        (1, face.family().to_owned()),
        (2, style.to_owned()),
        (3, face.postscript_name().to_owned()),
        (4, format!("{} {style}", face.family())),
        (5, "Version 1.0".to_owned()),
        (6, face.postscript_name().to_owned()),
    ];
    let mut table = vec![0, names.len() as u16, 6 + 12 * names.len() as u16];
    let mut text: Vec<u16> = Vec::new();
    for (id, name) in names {
        let utf16: Vec<u16> = name.encode_utf16().collect();
        table.extend([3, 1, 0x409, id, utf16.len() as u16 * 2, text.len() as u16 * 2]);
        text.extend(utf16);
    }
    table.extend(text);
    words(&table)
}

#[cfg(test)]
mod tests {
    use skrifa::MetadataProvider;

    use super::*;
    use crate::font::FontBook;

    fn cut(text: &str) -> (FontBook, Vec<u8>, BTreeMap<char, u16>) {
        let book = FontBook::embedded();
        let face = book.face(book.find("hei", false).expect("hei"));
        let glyphs: Vec<u16> = text.chars().filter_map(|c| face.glyph(c)).collect();
        let subset = face.subset(&glyphs);
        let new = |old: u16| subset.glyphs.iter().find(|(glyph, _)| *glyph == old).map(|(_, new)| *new);
        let characters = text.chars().filter_map(|c| Some((c, new(face.glyph(c)?)?))).collect();
        (book, subset.bytes, characters)
    }

    /// A file's 32-bit words added up.
    fn sum(file: &[u8]) -> u32 {
        let words = file.as_chunks::<4>().0.iter();
        words.map(|word| u32::from_be_bytes(*word)).fold(0, u32::wrapping_add)
    }

    #[test]
    fn glyphs_stay_and_names_go_for_pdf() {
        let (_, bytes, _) = cut("国，A");
        let file = for_pdf(&bytes).expect("font");
        assert!(file.len() < bytes.len());
        assert_eq!(sum(&file), 0xb1b0_afba, "OpenType, head: checksumAdjustment");
        let font = FontRef::new(&file).expect("font");
        assert!(font.glyf().is_ok() && font.hmtx().is_ok() && font.name().is_err());
    }

    #[test]
    fn a_completed_face_finds_its_glyphs_and_tells_its_name() {
        let (book, bytes, characters) = cut("国，AB𬍛");
        let face = book.face(book.find("hei", false).expect("hei"));
        let file = for_ofd(face, &bytes, &characters).expect("font");
        assert_eq!(sum(&file), 0xb1b0_afba);
        let font = FontRef::new(&file).expect("font");
        for (&character, &glyph) in &characters {
            assert_eq!(font.charmap().map(character).map(|id| id.to_u32()), Some(glyph.into()), "{character}");
        }
        let family = font.localized_strings(skrifa::string::StringId::FAMILY_NAME).english_or_first();
        assert_eq!(family.map(|name| name.to_string()).as_deref(), Some(face.family()));
        let metrics = font.os2().expect("OS/2");
        assert_eq!((metrics.us_first_char_index(), metrics.us_last_char_index()), (u16::from(b'A'), 0xffff));
        assert!(font.post().is_ok());
    }

    #[test]
    fn what_is_no_font_is_refused() {
        for bad in [&b""[..], b"\0\0"] {
            assert!(for_pdf(bad).is_err());
        }
    }
}
