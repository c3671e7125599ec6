//! What the document that was put together leaves open of its fonts: names, metrics, texts, and one font file for all
//! registrations of a face.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::push_hex;
use super::faces::{Faces, Metrics};
use super::objects::{dictionary, int, name};
use crate::export::PdfStandard;
use crate::font::FaceId;

/// Names, metrics and texts of every font, and one font file for all registrations of a face.
pub(super) fn finish(
    document: &mut Document,
    pages: &[ObjectId],
    faces: &Faces,
    standard: PdfStandard,
) -> Result<(), lopdf::Error> {
    let Some(&page) = pages.first() else { return Ok(()) };
    let mut programs: BTreeMap<FaceId, ObjectId> = BTreeMap::new();
    let fonts = document.get_page_fonts(page)?;
    let ids: BTreeMap<Vec<u8>, Dictionary> = fonts.into_iter().map(|(key, font)| (key, font.clone())).collect();
    for (resource, face, used, nth) in faces.registered() {
        let Some(font) = ids.get(resource.as_bytes()) else { continue };
        let Object::Array(descendants) = font.get(b"DescendantFonts")? else { continue };
        let Some(Object::Dictionary(descendant)) = descendants.first() else { continue };
        let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
        let written = font.get(b"BaseFont")?.as_name()?;
        let tagged = format!("{}+{}", used.tag(), String::from_utf8_lossy(written));
        let program = *programs.entry(face).or_insert_with(|| {
            let length = dictionary([("Length1", int(used.file().len()))]);
            document.add_object(Stream::new(length, used.file().to_vec()))
        });
        describe(document.get_dictionary_mut(descriptor)?, &tagged, program, used.metrics());
        if standard == PdfStandard::A1b {
            let set = document.add_object(Stream::new(Dictionary::new(), glyph_set(used.metrics().glyphs)));
            document.get_dictionary_mut(descriptor)?.set("CIDSet", Object::Reference(set));
        }
        let mut descendant = descendant.clone();
        descendant.set("BaseFont", name(&tagged));
        let mut font = font.clone();
        font.set("BaseFont", name(&tagged));
        font.set("DescendantFonts", Object::Array(vec![Object::Dictionary(descendant)]));
        let to_unicode = font.get(b"ToUnicode")?.as_reference()?;
        let map = to_unicode_map(used.texts(nth)).into_bytes();
        document.set_object(to_unicode, Stream::new(Dictionary::new(), map));
        replace_font(document, page, &resource, font)?;
    }
    Ok(())
}

fn describe(descriptor: &mut Dictionary, tagged: &str, program: ObjectId, metrics: Metrics) {
    descriptor.set("FontName", name(tagged));
    descriptor.set("FontFile2", Object::Reference(program));
    descriptor.set("CapHeight", Object::Integer(i64::from(metrics.cap_height)));
    // Symbolic: the glyphs are no standard Latin set (ISO 32000-1 table 123).
    descriptor.set("Flags", Object::Integer(4));
}

/// A bit for each glyph of the font file, the first the highest: all are there (ISO 19005-1 § 6.3.5).
fn glyph_set(glyphs: u16) -> Vec<u8> {
    let (full, rest) = (usize::from(glyphs / 8), glyphs % 8);
    let mut set = vec![0xff; full];
    if rest > 0 {
        set.push(!(0xff_u8 >> rest));
    }
    set
}

/// Puts a font back where the page's resources refer to it.
fn replace_font(document: &mut Document, page: ObjectId, key: &str, font: Dictionary) -> Result<(), lopdf::Error> {
    let resources = document.get_dictionary(page)?.get(b"Resources")?.as_reference()?;
    let fonts = document.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
    let id = document.get_dictionary(fonts)?.get(key.as_bytes())?.as_reference()?;
    document.set_object(id, font);
    Ok(())
}

/// The texts of a font's glyphs (ISO 32000-1 § 9.10.3): for each row of glyphs without a gap, an array of texts.
fn to_unicode_map<'a>(texts: impl Iterator<Item = (u16, &'a str)>) -> String {
    let mut rows: Vec<(u16, u16, String)> = Vec::new();
    for (glyph, text) in texts {
        // A row's codes share their first byte (Adobe Technical Note 5014 § 5).
        let goes_on = |last: u16| last + 1 == glyph && last >> 8 == glyph >> 8;
        if rows.last().is_none_or(|(_, last, _)| !goes_on(*last)) {
            rows.push((glyph, glyph, String::new()));
        }
        if let Some((_, last, row)) = rows.last_mut() {
            *last = glyph;
            row.push('<');
            text.encode_utf16().for_each(|unit| push_hex(row, unit));
            row.push('>');
        }
    }
    let mut map = String::from(concat!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    ));
    // A block holds at most a hundred rows.
    for block in rows.chunks(100) {
        map.push_str(&format!("{} beginbfrange\n", block.len()));
        for (first, last, row) in block {
            map.push_str(&format!("<{first:04X}> <{last:04X}> [{row}]\n"));
        }
        map.push_str("endbfrange\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}
