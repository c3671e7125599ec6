//! Pixels as a PNG file: bitmaps of pages, and pictures inside an SVG.

use crate::export::ExportFault;
use std::collections::BTreeMap;
use std::io::Write;

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, SrgbRenderingIntent};

/// Red, green, blue and opacity, row by row, as a PNG file.
///
/// # Errors
/// A fault of the program: too few or too many of them.
pub(super) fn encode_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, ExportFault> {
    let mut bytes = Vec::new();
    let mut encoder = encoder(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgba);
    let mut writer = encoder.write_header().map_err(ExportFault::internal)?;
    writer.write_image_data(rgba).map_err(ExportFault::internal)?;
    writer.finish().map_err(ExportFault::internal)?;
    Ok(bytes)
}

fn encoder(bytes: &mut Vec<u8>, width: u32, height: u32) -> Encoder<'_, &mut Vec<u8>> {
    let mut encoder = Encoder::new(bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder
}

/// A bitmap without opacity, painted from the top down in bands: so many of its rows at a time, each pixel red, green,
/// blue and a byte that says nothing.
pub(super) struct Bitmap {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Rows of a band; the last may have fewer.
    pub(super) band: u32,
    pub(super) resolution: PixelDimensions,
}

impl Bitmap {
    /// The bitmap as a PNG file in sRGB: in grey or with a palette where that holds its colours. `paint` gives the band
    /// that begins at a row, and is asked for the bands again where the palette doesn't suffice.
    ///
    /// # Errors
    /// What `paint` says, or a fault of the program.
    pub(super) fn encode(&self, paint: impl Fn(u32) -> Result<Vec<u8>, ExportFault>) -> Result<Vec<u8>, ExportFault> {
        let mut bytes = Vec::new();
        let mut encoder = encoder(&mut bytes, self.width, self.height);
        encoder.set_pixel_dims(Some(self.resolution));
        encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
        let mut kept = Vec::new();
        let palette = self.palette(&paint, &mut kept)?;
        let grey = palette.as_ref().is_some_and(|palette| palette.colors.keys().all(|[r, g, b]| r == g && g == b));
        match &palette {
            Some(_) if grey => encoder.set_color(ColorType::Grayscale),
            Some(palette) => {
                encoder.set_color(ColorType::Indexed);
                encoder.set_palette(palette.bytes());
            }
            None => encoder.set_color(ColorType::Rgb),
        }
        let mut writer = encoder.write_header().map_err(ExportFault::internal)?;
        let mut stream = writer.stream_writer().map_err(ExportFault::internal)?;
        for row in self.bands() {
            let band = if kept.is_empty() { paint(row)? } else { std::mem::take(&mut kept) };
            let pixels = band.chunks_exact(4);
            let packed: Vec<u8> = match &palette {
                Some(_) if grey => pixels.map(|pixel| pixel[0]).collect(),
                Some(palette) => pixels.map(|pixel| palette.colors[&[pixel[0], pixel[1], pixel[2]]]).collect(),
                None => pixels.flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
            };
            stream.write_all(&packed).map_err(ExportFault::internal)?;
        }
        stream.finish().map_err(ExportFault::internal)?;
        writer.finish().map_err(ExportFault::internal)?;
        Ok(bytes)
    }

    /// The first row of each band.
    fn bands(&self) -> impl Iterator<Item = u32> + use<> {
        (0..self.height).step_by(self.band.max(1) as usize)
    }

    /// The colours, where they are few. A bitmap of one band leaves it in `kept`.
    fn palette(
        &self,
        paint: &impl Fn(u32) -> Result<Vec<u8>, ExportFault>,
        kept: &mut Vec<u8>,
    ) -> Result<Option<Palette>, ExportFault> {
        let mut palette = Palette::default();
        for row in self.bands() {
            let band = paint(row)?;
            let few = palette.take(&band);
            if self.band >= self.height {
                *kept = band;
            }
            if !few {
                return Ok(None);
            }
        }
        Ok(Some(palette))
    }
}

/// At most 256 colours, numbered as they were met.
#[derive(Default)]
struct Palette {
    colors: BTreeMap<[u8; 3], u8>,
}

impl Palette {
    /// Takes in the colours of a band; whether there is room for them.
    fn take(&mut self, band: &[u8]) -> bool {
        let mut last = None;
        for pixel in band.chunks_exact(4) {
            let color = [pixel[0], pixel[1], pixel[2]];
            if last == Some(color) {
                continue;
            }
            last = Some(color);
            if !self.colors.contains_key(&color) {
                let Ok(number) = u8::try_from(self.colors.len()) else { return false };
                self.colors.insert(color, number);
            }
        }
        true
    }

    /// Red, green and blue of each colour, in the order of the numbers.
    fn bytes(&self) -> Vec<u8> {
        let mut colors: Vec<(u8, [u8; 3])> = self.colors.iter().map(|(color, number)| (*number, *color)).collect();
        colors.sort_unstable();
        colors.into_iter().flat_map(|(_, color)| color).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Encodes pixels, four to a row and three rows to a band, and reads them back: the file's kind and the colours.
    fn round(pixels: &[[u8; 3]]) -> (ColorType, Vec<[u8; 3]>) {
        let height = (pixels.len() / 4) as u32;
        let resolution = PixelDimensions { xppu: 5906, yppu: 5906, unit: png::Unit::Meter };
        let bitmap = Bitmap { width: 4, height, band: 3, resolution };
        let paint = |row: u32| {
            let band = pixels[row as usize * 4..].iter().take(12);
            Ok(band.flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect())
        };
        let bytes = bitmap.encode(paint).expect("PNG");
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let kind = decoder.read_header_info().expect("header").color_type;
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("PNG");
        assert!(reader.info().srgb.is_some());
        let mut read = vec![0; reader.output_buffer_size().expect("size")];
        let samples = reader.next_frame(&mut read).expect("pixels").color_type.samples();
        let color = |p: &[u8]| if samples < 3 { [p[0]; 3] } else { [p[0], p[1], p[2]] };
        (kind, read.chunks_exact(samples).map(color).collect())
    }

    #[test]
    fn colours_stay_whatever_they_are_kept_as() {
        let grey: Vec<[u8; 3]> = (0..32).map(|n| [n * 8; 3]).collect();
        let few: Vec<[u8; 3]> = (0..32).map(|n| [n % 5 * 40, 200, n % 3]).collect();
        let many: Vec<[u8; 3]> = (0..400).map(|n: u16| [(n % 256) as u8, (n / 256) as u8, 7]).collect();
        for (pixels, kind) in [(grey, ColorType::Grayscale), (few, ColorType::Indexed), (many, ColorType::Rgb)] {
            assert_eq!(round(&pixels), (kind, pixels));
        }
    }
}
