//! The document that printpdf puts together: pages, fonts and bitmaps as objects. Nothing else names printpdf.
//!
//! printpdf takes a page as a list of its own operations and writes each number and each glyph as an object; it knows no
//! BleedBox, truncates widths, and copies font files. So its pages are empty but for the glyphs of all fonts on the first,
//! from which it learns what to write of each; all else is put in when [finishing](super::finish).

use std::collections::BTreeMap;

use lopdf::Document;
use printpdf::{
    Codepoint, DictItem, ExternalStream, ExternalXObject, FontId, FontMetrics, Mm, Op, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem, XObject, XObjectId,
};

use super::bitmap::Bitmap;
use super::faces::{Faces, Used};
use crate::export::ExportFault;
use crate::font::Face;
use crate::scene::Scene;

/// How a TrueType file begins.
const TRUE_TYPE: [u8; 4] = [0, 1, 0, 0];

/// The pages of a scene, still blank, with its fonts and bitmaps by their resource names.
///
/// # Errors
/// printpdf warns: it goes on after faults that spoil the file, e.g. embeds a whole font, and only says so.
pub(super) fn skeleton(
    scene: &Scene,
    faces: &Faces,
    bitmaps: BTreeMap<String, Bitmap>,
) -> Result<Document, ExportFault> {
    let mut document = PdfDocument::new(&scene.meta.title);
    let font = |(name, face, used, _): (String, _, &Used, usize)| {
        (FontId(name), PdfFont::new(parsed(used, scene.fonts.face(face))))
    };
    document.resources.fonts.map = faces.registered().map(font).collect();
    let bitmaps = bitmaps.into_iter().map(|(name, bitmap)| (XObjectId(name), xobject(bitmap)));
    document.resources.xobjects.map = bitmaps.collect();
    // Boxes are set when finishing.
    document.pages = scene.pages.iter().map(|_| PdfPage::new(Mm(1.0), Mm(1.0), Vec::new())).collect();
    if let Some(first) = document.pages.first_mut() {
        first.ops = shown(faces);
    }
    let saving = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let written = document.to_lopdf_document(&saving, &mut warnings);
    match warnings.first() {
        Some(warning) => Err(ExportFault::internal(format!("printpdf: {}", warning.msg))),
        None => Ok(written),
    }
}

/// Every glyph in every font: printpdf takes in what it sees shown, widths and the font itself.
fn shown(faces: &Faces) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for (name, _, used, nth) in faces.registered() {
        // Texts are written when finishing.
        let glyphs = used.texts(nth).map(|(id, _)| Codepoint::with_cid(id, 0.0, String::new())).collect();
        ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(name)), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    ops
}

/// The cut face in printpdf's terms. Widths and metrics are in thousandths of an em already, so that printpdf, which
/// truncates, has nothing to scale. The file, which it would copy several times, is put in when finishing.
fn parsed(used: &Used, face: &Face) -> ParsedFont {
    let own = used.metrics();
    let metrics = FontMetrics { ascent: own.ascent, descent: own.descent };
    let name = Some(face.postscript_name().to_owned());
    let widths = used.widths().collect();
    let mut font = ParsedFont::with_glyph_data(TRUE_TYPE.to_vec(), 0, name, BTreeMap::new(), widths, 1000, metrics);
    let [left, bottom, right, top] = own.bounds;
    font.pdf_font_metrics.x_min = left;
    font.pdf_font_metrics.y_min = bottom;
    font.pdf_font_metrics.x_max = right;
    font.pdf_font_metrics.y_max = top;
    font.pdf_font_metrics.us_weight_class = own.weight;
    font
}

/// An image XObject (ISO 32000-1 § 8.9.5).
fn xobject(bitmap: Bitmap) -> XObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let entries = |space: &str| -> BTreeMap<String, DictItem> {
        let entries = [
            ("Type", name("XObject")),
            ("Subtype", name("Image")),
            ("Width", DictItem::Int(i64::from(bitmap.width))),
            ("Height", DictItem::Int(i64::from(bitmap.height))),
            ("BitsPerComponent", DictItem::Int(8)),
            ("ColorSpace", name(space)),
        ];
        entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    };
    let mut dict = entries(bitmap.space);
    if let Some(content) = bitmap.mask {
        let stream = ExternalStream { dict: entries("DeviceGray"), content, compress: true };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    let stream = ExternalStream { dict, content: bitmap.colors, compress: true };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}
