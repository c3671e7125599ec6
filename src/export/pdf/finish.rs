//! What the skeleton leaves open: boxes, links, bookmarks, and what the catalogue says of the whole.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use md5::{Digest, Md5};

use super::attach::attach;
use super::faces::Faces;
use super::fonts;
use super::icc::Profile;
use super::objects::{dictionary, int, name, points, rectangle, text};
use super::owners::{Area, Reading};
use super::reading::target_in_words;
use super::structure;
use super::xmp::{self, Claims};
use crate::export::{ExportOptions, PdfStandard};
use crate::geom::Rect;
use crate::scene::{Bookmark, ColorMode, Page, Scene, Target};
use crate::unit::Length;

/// Finishes the skeleton.
///
/// # Errors
/// Something that the skeleton has is missing.
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
    fonts::finish(document, &pages, faces, standard)?;
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
