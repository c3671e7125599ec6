//! Scene to PDF: put together by printpdf, finished on the document it hands over.
//!
//! printpdf makes pages, fonts and bitmaps; what is drawn on the pages, and what archives (PDF/A-2a, ISO 19005-2), screen
//! readers (PDF/UA-1, ISO 14289-1) and presses ask beyond that, is added to its document before it is saved. Each part is
//! a file:
//!
//! | file | does |
//! |---|---|
//! | `faces` | cuts faces to the glyphs drawn; gives every glyph one text |
//! | `reading`, `flow`, `tags` | what the scene means → the structure tree |
//! | `paint`, `text`, `shape` | items → content streams |
//! | `content` | operators and their operands |
//! | `ink`, `bitmap` | colours and bitmaps in the one space a file uses |
//! | `finish` | boxes, fonts, links, bookmarks, structure, metadata on the document |
//! | `structure`, `xmp`, `icc`, `attach` | the objects of the tree, the metadata, the colour profile, attached files |
//! | `save` | objects to bytes, with an identity drawn from them |
//!
//! What a file claims: PDF/A-2a (3a where its sources are attached) and PDF/UA-1, with a profile as output intent; in CMYK PDF/X-4 (ISO 15930-7) as well, with
//! an output intent of its own over the same profile. PDF/A-1b instead of A-2a is had by asking: it forbids packed objects
//! and transparency, and is no file for the press.

mod attach;
mod bitmap;
mod content;
mod faces;
mod finish;
mod flow;
pub(super) mod icc;
pub(super) mod ink;
mod objects;
mod paint;
mod reading;
mod save;
mod shape;
mod structure;
mod tags;
mod text;
mod xmp;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions};

use super::{Artifact, ExportOptions, PdfStandard};
use crate::scene::Scene;
use reading::Reading;

/// Writes all pages as one file.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, String> {
    let standard = options.pdf_standard;
    if standard == PdfStandard::A1b && !options.sources.is_empty() {
        return Err("PDF/A-1 holds no files".to_owned());
    }
    let profile = icc::of(scene.meta.color, options.press.as_ref().or(scene.meta.press.as_ref()));
    let faces = faces::Faces::gather(scene)?;
    let mut reading = Reading::of(scene);
    let mut painted = paint::paint(scene, &faces, &mut reading, standard)?;
    let mut document = PdfDocument::new(&scene.meta.title);
    document.resources.fonts.map = faces.for_printpdf(scene);
    document.resources.xobjects.map = std::mem::take(&mut painted.images);
    // Boxes are set when finishing: printpdf knows no BleedBox and writes widths where the format wants corners.
    let page = |ops| PdfPage::new(printpdf::Mm(1.0), printpdf::Mm(1.0), ops);
    document.pages = scene.pages.iter().map(|_| page(Vec::new())).collect();
    if let Some(first) = document.pages.first_mut() {
        first.ops = faces.shown();
    }
    let saving = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let mut finished = document.to_lopdf_document(&saving, &mut warnings);
    // printpdf goes on after faults that spoil the file, e.g. embeds a whole font, and only says so.
    if let Some(warning) = warnings.first() {
        return Err(format!("printpdf: {}", warning.msg));
    }
    finish::finish(&mut finished, scene, &faces, painted.pages, &reading, &profile, options)
        .map_err(|error| error.to_string())?;
    let bytes =
        save::save(&finished, if standard == PdfStandard::A1b { save::Layout::Plain } else { save::Layout::Packed })?;
    Ok(vec![Artifact { suffix: String::new(), extension: "pdf", bytes }])
}
