//! Pixels as a PNG file: bitmaps of pages, and pictures inside an SVG.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions};

/// Red, green, blue and opacity, row by row, as a PNG file.
///
/// # Errors
/// As [`encode`].
pub(super) fn encode_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, String> {
    encode(width, height, ColorType::Rgba, None, rgba)
}

/// Pixels of this kind, row by row, as a PNG file.
///
/// # Errors
/// A fault of the program: too few or too many of them.
pub(super) fn encode(
    width: u32,
    height: u32,
    color: ColorType,
    resolution: Option<PixelDimensions>,
    pixels: &[u8],
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_pixel_dims(resolution);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(pixels).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}
