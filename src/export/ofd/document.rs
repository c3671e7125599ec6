//! The parts around the pages: the root, the document with its outline, its resources, what is attached.

use super::page::{Goto, area};
use super::part::Part;
use super::{Document, Ids, path};
use crate::export::source::Source;
use crate::scene::{Bookmark, Meta};

/// The program that made the document.
const CREATOR: &str = "riskchart";

/// `OFD.xml`: what the package holds, and what is said of it. `id` tells this document from all others. There are no
/// dates but those a chart states: equal charts make equal files.
pub(super) fn root(document: &Document<'_>, id: &str) -> Vec<u8> {
    let kind = if document.options.ofd_archive { "OFD-A" } else { "OFD" };
    let mut part = Part::new("OFD", &[("Version", "1.0"), ("DocType", kind)]);
    part.open("ofd:DocBody", &[]);
    part.open("ofd:DocInfo", &[]);
    info(&mut part, &document.scene.meta, id);
    part.close();
    part.text("ofd:DocRoot", &[], path::DOCUMENT);
    part.finish()
}

fn info(part: &mut Part, meta: &Meta, id: &str) {
    let said = [("ofd:DocID", id), ("ofd:Title", &meta.title), ("ofd:Author", &meta.author)];
    for (name, value) in said.into_iter().chain([("ofd:Abstract", meta.description.as_str())]) {
        if !value.is_empty() {
            part.text(name, &[], value);
        }
    }
    if !meta.keywords.is_empty() {
        part.open("ofd:Keywords", &[]);
        meta.keywords.iter().for_each(|keyword| part.text("ofd:Keyword", &[], keyword));
        part.close();
    }
    part.text("ofd:Creator", &[], CREATOR);
    part.text("ofd:CreatorVersion", &[], env!("CARGO_PKG_VERSION"));
    if !meta.identifier.is_empty() {
        part.open("ofd:CustomDatas", &[]);
        part.text("ofd:CustomData", &[("Name", "职权编码")], &meta.identifier);
        part.close();
    }
}

/// `Document.xml`: pages, outline, and where the rest is.
pub(super) fn document(document: &Document<'_>, ids: &Ids) -> Vec<u8> {
    let mut part = Part::new("Document", &[]);
    part.open("ofd:CommonData", &[]);
    part.text("ofd:MaxUnitID", &[], &ids.last().to_string());
    if let Some(first) = document.scene.pages.first() {
        area(&mut part, "ofd:PageArea", first);
    }
    part.text("ofd:PublicRes", &[], path::PUBLIC);
    if document.images.iter().next().is_some() {
        part.text("ofd:DocumentRes", &[], path::MEDIA);
    }
    if let Some(space) = document.color_space {
        part.text("ofd:DefaultCS", &[], &space.to_string());
    }
    part.close();
    part.open("ofd:Pages", &[]);
    for (index, id) in document.page_ids.iter().enumerate() {
        part.leaf("ofd:Page", &[("ID", &id.to_string()), ("BaseLoc", &path::page(index))]);
    }
    part.close();
    part.line();
    if !document.scene.outline.is_empty() {
        part.open("ofd:Outlines", &[]);
        document.scene.outline.iter().for_each(|bookmark| outline(&mut part, bookmark, &document.page_ids));
        part.close();
        part.line();
    }
    // What a reader's window looks like is nothing to archive (GB/T 42133).
    if !document.options.ofd_archive {
        part.open("ofd:VPreferences", &[]);
        part.text("ofd:PageMode", &[], if document.scene.outline.is_empty() { "None" } else { "UseOutlines" });
        part.text("ofd:TabDisplay", &[], "DocTitle");
        part.close();
    }
    part.text("ofd:CustomTags", &[], path::TAGS);
    if !document.options.sources.is_empty() {
        part.text("ofd:Attachments", &[], path::ATTACHMENTS);
    }
    part.finish()
}

/// `Attachments.xml`: the sources.
pub(super) fn attachments(sources: &[Source]) -> Vec<u8> {
    let mut part = Part::new("Attachments", &[]);
    for (index, source) in sources.iter().enumerate() {
        let place = path::source(index, source);
        let format = place.rsplit('.').next().unwrap_or_default();
        let (id, kilobytes) = (format!("source{}", index + 1), format!("{}", source.bytes.len() as f64 / 1000.0));
        let told = [("ID", id.as_str()), ("Name", &source.name), ("Format", format), ("Size", &kilobytes)];
        part.open("ofd:Attachment", &[&told[..], &[("Visible", "true"), ("Usage", "Source")]].concat());
        part.text("ofd:FileLoc", &[], &place);
        part.close();
        part.line();
    }
    part.finish()
}

fn outline(part: &mut Part, bookmark: &Bookmark, pages: &[u32]) {
    part.open("ofd:OutlineElem", &[("Title", &bookmark.title), ("Count", &bookmark.children.len().to_string())]);
    if let Some(&page) = pages.get(bookmark.page) {
        Goto::Page(page, bookmark.y).actions(part);
    }
    bookmark.children.iter().for_each(|child| outline(part, child, pages));
    part.close();
    part.line();
}

/// `PublicRes.xml`: the faces, and the colour space of an archive's file.
pub(super) fn public(document: &Document<'_>) -> Vec<u8> {
    let mut part = Part::new("Res", &[("BaseLoc", path::RESOURCES)]);
    if let Some(space) = document.color_space {
        part.open("ofd:ColorSpaces", &[]);
        let told = [("ID", space.to_string()), ("Type", "RGB".to_owned()), ("BitsPerComponent", "8".to_owned())];
        let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
        part.leaf("ofd:ColorSpace", &[&told[..], &[("Profile", path::PROFILE)]].concat());
        part.close();
    }
    part.open("ofd:Fonts", &[]);
    for (id, used) in document.faces.iter() {
        let face = document.scene.fonts.face(id);
        let (number, bold) = (used.id.to_string(), if face.is_bold() { "true" } else { "false" });
        let called = [("FontName", face.postscript_name()), ("FamilyName", face.family())];
        part.open("ofd:Font", &[&[("ID", number.as_str())], &called[..], &[("Bold", bold)]].concat());
        part.text("ofd:FontFile", &[], &path::font(used.id));
        part.close();
        part.line();
    }
    part.finish()
}

/// `DocumentRes.xml`: the bitmaps.
pub(super) fn media(document: &Document<'_>) -> Vec<u8> {
    let mut part = Part::new("Res", &[("BaseLoc", path::RESOURCES)]);
    part.open("ofd:MultiMedias", &[]);
    for image in document.images.iter() {
        part.open("ofd:MultiMedia", &[("ID", &image.id.to_string()), ("Type", "Image"), ("Format", "PNG")]);
        part.text("ofd:MediaFile", &[], &path::image(image.id));
        part.close();
    }
    part.finish()
}

/// `CustomTags.xml`: where the tags are.
pub(super) fn tag_list() -> Vec<u8> {
    let mut part = Part::new("CustomTags", &[]);
    part.open("ofd:CustomTag", &[("NameSpace", super::tags::NAMESPACE)]);
    part.text("ofd:FileLoc", &[], path::TAG_FILE);
    part.finish()
}
