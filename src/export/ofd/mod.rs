//! Scene to OFD (GB/T 33190-2016), what Chinese offices and archives exchange: XML in a ZIP file, one file for all pages.
//!
//! | file | does |
//! |---|---|
//! | `part`, `package` | elements, lengths and the container |
//! | `images` | bitmaps |
//! | `page` | items → objects of a page |
//! | `tags` | what the objects mean, as custom tags |
//! | `document` | the root, the document, its resources, what is attached |
//!
//! Millimetres with three decimals are micrometres, so every place is the scene's own. Text is text, in reading order and
//! in the file's own font; nothing is drawn by transparency. Colours are sRGB whatever the chart's press file has, greys
//! where the chart is grey: no reader in use looks into other colour spaces.
//!
//! The archival profile (GB/T 42133) is OFD-A: a colour profile of its own, nothing that leads out of the file, no wish
//! about the reader's window.

mod document;
mod images;
mod package;
mod page;
mod part;
mod tags;

use md5::{Digest as _, Md5};

use self::images::Images;
use self::package::Package;
use self::tags::Tags;
use super::cut::Faces;
use super::pdf::{icc, ink};
use super::{Artifact, ExportOptions};
use crate::color::Rgb;
use crate::export::ExportFault;
use crate::scene::{ColorMode, Scene};

/// Writes all pages as one file.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    let mut document = Document::new(scene, options)?;
    let pages: Result<Vec<Vec<u8>>, ExportFault> = scene
        .pages
        .iter()
        .zip(document.page_ids.clone())
        .map(|(page, id)| page::paint(&mut document, page, id))
        .collect();
    let bytes = document.package(&pages?)?;
    Ok(vec![Artifact { suffix: String::new(), extension: "ofd", bytes }])
}

/// Numbers for everything that has one: a document has one row of them for all.
#[derive(Default)]
struct Ids(u32);

impl Ids {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }

    fn last(&self) -> u32 {
        self.0
    }
}

/// The document while its pages are painted.
struct Document<'a> {
    scene: &'a Scene,
    options: &'a ExportOptions,
    ids: Ids,
    faces: Faces,
    images: Images<'a>,
    /// The colour space that colours are in, where the file says so.
    color_space: Option<u32>,
    page_ids: Vec<u32>,
    tags: Tags,
}

impl<'a> Document<'a> {
    fn new(scene: &'a Scene, options: &'a ExportOptions) -> Result<Self, ExportFault> {
        let mut ids = Ids::default();
        let color_space = options.ofd_archive.then(|| ids.next());
        let faces = Faces::gather(scene, &scene.pages, || ids.next())?;
        let images = Images::gather(scene, &mut ids);
        let page_ids = scene.pages.iter().map(|_| ids.next()).collect();
        Ok(Self { scene, options, ids, faces, images, color_space, page_ids, tags: Tags::default() })
    }

    /// The colour as the file has it.
    fn color(&self, color: Rgb) -> [u8; 3] {
        match (self.scene.meta.color, ink::components(ColorMode::Gray, color)[..].first()) {
            (ColorMode::Gray, Some(&grey)) => [grey; 3],
            _ => [color.0, color.1, color.2],
        }
    }

    /// The file, with these pages.
    fn package(&self, pages: &[Vec<u8>]) -> Result<Vec<u8>, ExportFault> {
        let mut parts = vec![
            (path::DOCUMENT.to_owned(), document::document(self, &self.ids)),
            (path::in_document(path::PUBLIC), document::public(self)),
        ];
        if self.color_space.is_some() {
            parts.push((path::resource(path::PROFILE), icc::srgb()));
        }
        for (_, used) in self.faces.iter() {
            parts.push((path::resource(&path::font(used.id)), used.file.clone()));
        }
        if self.images.iter().next().is_some() {
            parts.push((path::in_document(path::MEDIA), document::media(self)));
        }
        for image in self.images.iter() {
            parts.push((path::resource(&path::image(image.id)), image.file(|color| self.color(color))?));
        }
        for (index, page) in pages.iter().enumerate() {
            parts.push((path::in_document(&path::page(index)), page.clone()));
        }
        if !self.options.sources.is_empty() {
            parts.push((path::in_document(path::ATTACHMENTS), document::attachments(&self.options.sources)));
        }
        for (index, source) in self.options.sources.iter().enumerate() {
            parts.push((path::in_document(&path::attachment(&path::source(index, source))), source.bytes.clone()));
        }
        parts.push((path::in_document(path::TAGS), document::tag_list()));
        parts.push((path::in_document(path::TAG_PART), self.tags.part()));
        let id = identity(&parts);
        let mut package = Package::new();
        package.add(path::ROOT, &document::root(self, &id))?;
        parts.iter().try_for_each(|(path, bytes)| package.add(path, bytes))?;
        package.finish()
    }
}

/// The document's id, 32 hexadecimal digits (§ 7.4): drawn from what it holds, so that equal documents are one.
fn identity(parts: &[(String, Vec<u8>)]) -> String {
    let mut hash = Md5::new();
    for (path, bytes) in parts {
        hash.update(path);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where parts are. The standard leaves names free; these are those of its examples.
mod path {
    use crate::export::source::Source;

    pub(super) const ROOT: &str = "OFD.xml";
    pub(super) const DOCUMENT: &str = "Doc_0/Document.xml";
    pub(super) const PUBLIC: &str = "PublicRes.xml";
    pub(super) const MEDIA: &str = "DocumentRes.xml";
    /// Of the files that resources name.
    pub(super) const RESOURCES: &str = "Res";
    pub(super) const PROFILE: &str = "sRGB.icc";
    pub(super) const ATTACHMENTS: &str = "Attachs/Attachments.xml";
    pub(super) const TAGS: &str = "Tags/CustomTags.xml";
    /// The tags, from the list of tags, and from the document.
    pub(super) const TAG_FILE: &str = "CustomTag.xml";
    pub(super) const TAG_PART: &str = "Tags/CustomTag.xml";

    pub(super) fn in_document(path: &str) -> String {
        format!("Doc_0/{path}")
    }

    pub(super) fn resource(name: &str) -> String {
        in_document(&format!("{RESOURCES}/{name}"))
    }

    pub(super) fn page(index: usize) -> String {
        format!("Pages/Page_{index}/Content.xml")
    }

    pub(super) fn font(id: u32) -> String {
        format!("font_{id}.ttf")
    }

    /// A source, from the list of attachments: readers open what they know, and TOML is a text.
    pub(super) fn source(index: usize, source: &Source) -> String {
        let ending = source.ending();
        let known = ["svg", "png"].contains(&ending.as_str());
        format!("source_{}.{}", index + 1, if known { &ending } else { "txt" })
    }

    /// An attachment, from the document.
    pub(super) fn attachment(name: &str) -> String {
        format!("Attachs/{name}")
    }

    pub(super) fn image(id: u32) -> String {
        format!("image_{id}.png")
    }
}
