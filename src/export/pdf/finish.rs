//! What printpdf leaves open: boxes, fonts' names and texts, links, bookmarks, and what the catalogue says of the whole.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use md5::{Digest, Md5};

use super::attach::attach;
use super::content::push_hex;
use super::faces::{Faces, Metrics};
use super::icc::Profile;
use super::objects::{dictionary, int, name, points, rectangle, text};
use super::reading::{Area, Reading, target_in_words};
use super::structure;
use super::xmp::{self, Claims};
use crate::export::{ExportOptions, PdfStandard};
use crate::font::FaceId;
use crate::geom::Rect;
use crate::scene::{Bookmark, ColorMode, Page, Scene, Target};
use crate::unit::Length;

/// Finishes printpdf's document.
///
/// # Errors
/// Something printpdf is known to write is missing.
pub(super) fn finish(
    document: &mut Document,
    scene: &Scene,
    faces: &Faces,
    contents: Vec<Vec<u8>>,
    reading: &Reading,
    profile: &Profile<'_>,
    options: &ExportOptions,
) -> Result<(), lopdf::Error> {
    let (standard, sources) = (options.pdf_standard, &options.sources);
    let press = scene.meta.color == ColorMode::Cmyk;
    let version = match standard {
        PdfStandard::A1b => "1.4",
        // What PDF/X-4 is drawn from (ISO 15930-7 § 6.1).
        _ if press => "1.6",
        _ => "1.7",
    };
    version.clone_into(&mut document.version);
    let pages: Vec<ObjectId> = document.page_iter().collect();
    fonts(document, &pages, faces, standard)?;
    let claims = Claims {
        standard,
        attached: !sources.is_empty(),
        press: press && standard == PdfStandard::A2a,
        identity: identity(&contents),
    };
    let mut links = Vec::new();
    for (((&id, page), content), areas) in pages.iter().zip(&scene.pages).zip(contents).zip(&reading.links) {
        let annotations: Vec<ObjectId> = areas
            .iter()
            .map(|area| annotation(id, area, page.media.height, |page, y| destination(scene, &pages, page, y)))
            .map(|annotation| document.add_object(annotation))
            .collect();
        finish_page(document, id, page, content, &annotations)?;
        links.extend(annotations);
    }
    for (index, &id) in pages.iter().enumerate() {
        document.get_dictionary_mut(id)?.set("StructParents", int(index));
    }
    for (index, &id) in links.iter().enumerate() {
        document.get_dictionary_mut(id)?.set("StructParent", int(pages.len() + index));
    }
    let tree = structure::write(document, scene, &reading.tree, &pages, &links);
    let outlines = bookmarks(document, scene, &pages);
    catalogue(document, scene, tree, outlines, &claims, profile)?;
    attach(document, sources, &scene.meta.date)?;
    let facts = document.add_object(facts(scene, &claims));
    document.trailer.set("Info", Object::Reference(facts));
    Ok(())
}

/// Names, metrics and texts of every font, and one font file for all registrations of a face.
fn fonts(
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
        let Some(font) = ids.get(resource.0.as_bytes()) else { continue };
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
        replace_font(document, page, &resource.0, font)?;
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

fn finish_page(
    document: &mut Document,
    id: ObjectId,
    page: &Page,
    content: Vec<u8>,
    annotations: &[ObjectId],
) -> Result<(), lopdf::Error> {
    let height = page.media.height;
    let resources = document.get_dictionary(id)?.get(b"Resources")?.as_reference()?;
    let used = |key: &[u8]| {
        let entry = document.get_dictionary(resources).and_then(|dict| dict.get(key)?.as_reference()).ok()?;
        document.get_dictionary(entry).ok().filter(|dict| !dict.is_empty()).map(|_| entry)
    };
    let kept: Vec<(&str, Object)> = ["Font", "XObject"]
        .into_iter()
        .filter_map(|key| Some((key, Object::Reference(used(key.as_bytes())?))))
        .collect();
    document.set_object(resources, Dictionary::from_iter(kept));
    let contents = document.get_dictionary(id)?.get(b"Contents")?.as_reference()?;
    document.set_object(contents, Stream::new(Dictionary::new(), content));

    let dict = document.get_dictionary_mut(id)?;
    let media = rectangle(&Rect::at(Length::ZERO, Length::ZERO, page.media), height);
    dict.set("MediaBox", media.clone());
    dict.set("CropBox", media);
    dict.set("BleedBox", rectangle(&page.bleed, height));
    dict.set("TrimBox", rectangle(&page.trim, height));
    dict.set("Tabs", name("S"));
    if annotations.is_empty() {
        dict.remove(b"Annots");
    } else {
        dict.set("Annots", Object::Array(annotations.iter().copied().map(Object::Reference).collect()));
    }
    Ok(())
}

/// A link that prints nothing (no border), may stand in an archive (Print flag) and says where it leads.
fn annotation(
    page: ObjectId,
    area: &Area,
    height: Length,
    place: impl Fn(usize, Length) -> Option<Object>,
) -> Dictionary {
    let mut dict = dictionary([
        ("Type", name("Annot")),
        ("Subtype", name("Link")),
        ("P", Object::Reference(page)),
        ("Rect", rectangle(&area.rect, height)),
        ("F", Object::Integer(4)),
        ("Border", Object::Array(vec![Object::Integer(0); 3])),
        ("Contents", text(&target_in_words(&area.target))),
    ]);
    match &area.target {
        Target::Uri(uri) => {
            let action = dictionary([("S", name("URI")), ("URI", Object::string_literal(uri.as_str()))]);
            dict.set("A", Object::Dictionary(action));
        }
        Target::Page { page, y } => {
            if let Some(place) = place(*page, *y) {
                dict.set("Dest", place);
            }
        }
    }
    dict
}

/// A height on a page, at the magnification in use (ISO 32000-1 § 12.3.2.2).
fn destination(scene: &Scene, pages: &[ObjectId], page: usize, y: Length) -> Option<Object> {
    let (sheet, target) = (scene.pages.get(page)?, pages.get(page)?);
    let top = points(sheet.media.height - y);
    Some(Object::Array(vec![Object::Reference(*target), name("XYZ"), Object::Null, top, Object::Null]))
}

/// The outline, all open; `None` where there are no bookmarks.
fn bookmarks(document: &mut Document, scene: &Scene, pages: &[ObjectId]) -> Option<ObjectId> {
    if scene.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let (first, last, count) = level(document, scene, pages, &scene.outline, root)?;
    let dict = dictionary([
        ("Type", name("Outlines")),
        ("First", Object::Reference(first)),
        ("Last", Object::Reference(last)),
        ("Count", int(count)),
    ]);
    document.set_object(root, dict);
    Some(root)
}

/// One level of bookmarks: the first, the last, and how many there are with all below.
fn level(
    document: &mut Document,
    scene: &Scene,
    pages: &[ObjectId],
    bookmarks: &[Bookmark],
    parent: ObjectId,
) -> Option<(ObjectId, ObjectId, usize)> {
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let mut count = bookmarks.len();
    for (index, (bookmark, &id)) in bookmarks.iter().zip(&ids).enumerate() {
        let mut dict = dictionary([("Title", text(&bookmark.title)), ("Parent", Object::Reference(parent))]);
        if let Some(place) = destination(scene, pages, bookmark.page, bookmark.y) {
            dict.set("Dest", place);
        }
        let neighbours = [("Prev", index.checked_sub(1)), ("Next", Some(index + 1))];
        for (key, neighbour) in neighbours {
            if let Some(&neighbour) = neighbour.and_then(|at| ids.get(at)) {
                dict.set(key, Object::Reference(neighbour));
            }
        }
        if let Some((first, last, below)) = level(document, scene, pages, &bookmark.children, id) {
            dict.set("First", Object::Reference(first));
            dict.set("Last", Object::Reference(last));
            dict.set("Count", int(below));
            count += below;
        }
        document.set_object(id, dict);
    }
    Some((*ids.first()?, *ids.last()?, count))
}

fn catalogue(
    document: &mut Document,
    scene: &Scene,
    tree: ObjectId,
    outlines: Option<ObjectId>,
    claims: &Claims,
    profile: &Profile<'_>,
) -> Result<(), lopdf::Error> {
    let metadata = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    let packet = xmp::packet(&scene.meta, claims).into_bytes();
    // PDF/A-1 forbids to pack it (ISO 19005-1 § 6.7.2), and what presses look through may look for it in the file as it is.
    let is_packed = claims.standard != PdfStandard::A1b && !claims.press;
    let metadata = document.add_object(Stream::new(metadata, packet).with_compression(is_packed));
    let intents = output_intents(document, claims, profile);
    let catalogue = document.catalog_mut()?;
    catalogue.set("Lang", Object::string_literal("zh-CN"));
    catalogue.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalogue.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalogue.set("StructTreeRoot", Object::Reference(tree));
    catalogue.set("Metadata", Object::Reference(metadata));
    catalogue.set("PageLayout", name("SinglePage"));
    catalogue.set("OutputIntents", Object::Array(intents));
    if let Some(outlines) = outlines {
        catalogue.set("Outlines", Object::Reference(outlines));
        catalogue.set("PageMode", name("UseOutlines"));
    }
    Ok(())
}

/// What the device colours mean, for archives (ISO 19005-2 § 6.2.3) and presses (ISO 15930-7 § 6.3): one profile for both.
fn output_intents(document: &mut Document, claims: &Claims, profile: &Profile<'_>) -> Vec<Object> {
    let stream = Stream::new(dictionary([("N", Object::Integer(profile.channels))]), profile.bytes.to_vec());
    let stream = document.add_object(stream);
    let kinds = if claims.press { vec!["GTS_PDFA1", "GTS_PDFX"] } else { vec!["GTS_PDFA1"] };
    let intent = |kind: &str| {
        Object::Dictionary(dictionary([
            ("Type", name("OutputIntent")),
            ("S", name(kind)),
            ("OutputConditionIdentifier", text(profile.name)),
            ("Info", text(profile.name)),
            ("DestOutputProfile", Object::Reference(stream)),
        ]))
    };
    kinds.into_iter().map(intent).collect()
}

/// A name for the document, drawn from what is painted.
fn identity(contents: &[Vec<u8>]) -> String {
    let mut hash = Md5::new();
    contents.iter().for_each(|content| hash.update(content));
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("uuid:{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// The information dictionary: the same facts as in the XMP packet, and no clock reading.
fn facts(scene: &Scene, claims: &Claims) -> Dictionary {
    let meta = &scene.meta;
    let facts = [
        ("Title", meta.title.clone()),
        ("Author", meta.author.clone()),
        ("Subject", meta.description.clone()),
        ("Keywords", meta.keywords.join(", ")),
        ("Creator", xmp::CREATOR.to_owned()),
        ("Producer", xmp::PRODUCER.to_owned()),
    ];
    let said = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    let mut dict = Dictionary::from_iter(said.map(|(key, fact)| (key, text(&fact))));
    if claims.press {
        let date = xmp::pdf_date(&meta.date);
        for key in ["CreationDate", "ModDate"] {
            dict.set(key, text(&date));
        }
        // Plates that don't meet exactly are the shop's to mend.
        dict.set("Trapped", name("False"));
    }
    dict
}
