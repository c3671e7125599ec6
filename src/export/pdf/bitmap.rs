//! Bitmaps as image XObjects in the file's colour space.

use super::ink::{components, space};
use crate::color::Rgb;
use crate::scene::{ColorMode, Image};

/// A bitmap as the file holds it.
pub(super) struct Bitmap {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The colour space of its pixels.
    pub(super) space: &'static str,
    /// A byte a component, row by row from the top.
    pub(super) colors: Vec<u8>,
    /// Opacity, a byte a pixel; `None` where it is opaque.
    pub(super) mask: Option<Vec<u8>>,
}

/// The resource name of bitmap `number`; it tells the size, so that equal bytes of another shape are another bitmap.
pub(super) fn resource(number: usize, image: &Image) -> String {
    format!("I{number}-{}x{}", image.width, image.height)
}

/// Whether the bitmap of this name has the image's size.
pub(super) fn fits(name: &str, image: &Image) -> bool {
    name.ends_with(&format!("-{}x{}", image.width, image.height))
}

/// The image's pixels. Opacity becomes a soft mask where `masks` are allowed, else it is mixed with white paper.
pub(super) fn bitmap(mode: ColorMode, masks: bool, image: &Image) -> Bitmap {
    let masked = masks && image.rgba.iter().skip(3).step_by(4).any(|&alpha| alpha < 255);
    let mut colors = Vec::with_capacity(image.rgba.len());
    for pixel in image.rgba.chunks_exact(4) {
        let alpha = if masked { 255 } else { pixel[3] };
        let on_white = |c: u8| 255 - ((u32::from(255 - c) * u32::from(alpha) + 127) / 255) as u8;
        colors.extend(components(mode, Rgb(on_white(pixel[0]), on_white(pixel[1]), on_white(pixel[2]))));
    }
    let mask = masked.then(|| image.rgba.iter().skip(3).step_by(4).copied().collect());
    Bitmap { width: image.width, height: image.height, space: space(mode), colors, mask }
}
