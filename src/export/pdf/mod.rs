//! Scene to PDF: put together by printpdf, finished on the document it hands over.
//!
//! The skeleton has pages, fonts and bitmaps; what is drawn on the pages, and what archives (PDF/A-2a, ISO 19005-2), screen
//! readers (PDF/UA-1, ISO 14289-1) and presses ask beyond that, is added to it before it is saved. Each part is a file:
//!
//! | file | does |
//! |---|---|
//! | `faces` | cuts faces to the glyphs drawn; gives every glyph one text |
//! | `reading`, `flow` → `owners`, `tags` | what the scene means → the structure tree, and whose each item is |
//! | `paint`, `text`, `shape` | items → content streams |
//! | `content` | operators and their operands |
//! | `ink`, `bitmap` | colours and bitmaps in the one space a file uses |
//! | `skeleton` | the document that printpdf puts together |
//! | `finish`, `fonts` | boxes, links, bookmarks, structure, metadata on the document; its fonts |
//! | `objects`, `structure`, `xmp`, `icc`, `attach` | shorthand for objects; those of the tree, the metadata, the colour profile, attached files |
//! | `save` | objects to bytes, with an identity drawn from them |
//!
//! What a file claims: PDF/A-2a (3a where its sources are attached) and PDF/UA-1, with a profile as output intent; in CMYK
//! PDF/X-4 (ISO 15930-7) as well, with an output intent of its own over the same profile. PDF/A-1b instead of A-2a is had by
//! asking: it forbids packed objects and transparency, and is no file for the press.

mod attach;
mod bitmap;
mod content;
mod faces;
mod finish;
mod flow;
mod fonts;
pub(super) mod icc;
pub(super) mod ink;
mod objects;
mod owners;
mod paint;
mod reading;
mod save;
mod shape;
mod skeleton;
mod structure;
mod tags;
mod text;
mod xmp;

use super::{Artifact, ExportOptions, PdfStandard};
use crate::export::ExportFault;
use crate::scene::Scene;
use owners::Reading;

/// Writes all pages as one file.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    let standard = options.pdf_standard;
    if standard == PdfStandard::A1b && !options.sources.is_empty() {
        return Err(ExportFault::FilesInArchive);
    }
    let profile = icc::of(scene.meta.color, options.press.as_ref().or(scene.meta.press.as_ref()));
    let faces = faces::Faces::gather(scene)?;
    let mut reading = Reading::of(scene);
    let mut painted = paint::paint(scene, &faces, &mut reading, standard)?;
    let mut document = skeleton::skeleton(scene, &faces, std::mem::take(&mut painted.images))?;
    finish::finish(&mut document, scene, &faces, painted.pages, &reading, &profile, options)
        .map_err(ExportFault::internal)?;
    let bytes =
        save::save(&document, if standard == PdfStandard::A1b { save::Layout::Plain } else { save::Layout::Packed })?;
    Ok(vec![Artifact { suffix: String::new(), extension: "pdf", bytes }])
}
