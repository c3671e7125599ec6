//! Bitmaps as image XObjects in the file's colour space.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};

use super::ink::{components, space};
use crate::color::Rgb;
use crate::scene::{ColorMode, Image};

/// The resource name of bitmap `number`; it tells the size, so that equal bytes of another shape are another bitmap.
pub(super) fn resource(number: usize, image: &Image) -> XObjectId {
    XObjectId(format!("I{number}-{}x{}", image.width, image.height))
}

/// Whether the bitmap of this name has the image's size.
pub(super) fn fits(id: &XObjectId, image: &Image) -> bool {
    id.0.ends_with(&format!("-{}x{}", image.width, image.height))
}

/// The image's pixels. Opacity becomes a soft mask where `masks` are allowed, else it is mixed with white paper.
pub(super) fn xobject(mode: ColorMode, masks: bool, image: &Image) -> XObject {
    let masked = masks && image.rgba.iter().skip(3).step_by(4).any(|&alpha| alpha < 255);
    let mut colors = Vec::with_capacity(image.rgba.len());
    for pixel in image.rgba.chunks_exact(4) {
        let alpha = if masked { 255 } else { pixel[3] };
        let on_white = |c: u8| 255 - ((u32::from(255 - c) * u32::from(alpha) + 127) / 255) as u8;
        colors.extend(components(mode, Rgb(on_white(pixel[0]), on_white(pixel[1]), on_white(pixel[2]))));
    }
    let mut dict = entries(image, space(mode));
    if masked {
        let content = image.rgba.iter().skip(3).step_by(4).copied().collect();
        let stream = ExternalStream { dict: entries(image, "DeviceGray"), content, compress: true };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    let stream = ExternalStream { dict, content: colors, compress: true };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn entries(image: &Image, space: &str) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(image.width))),
        ("Height", DictItem::Int(i64::from(image.height))),
        ("BitsPerComponent", DictItem::Int(8)),
        ("ColorSpace", name(space)),
    ];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
