//! Scene to bitmaps, one file a page: the SVG of the page, drawn by resvg on white paper.

use ::png::{PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};

use super::pixels::Bitmap;
use super::{Artifact, ExportOptions, Resolution, SvgText, page_suffix, svg};
use crate::export::ExportFault;
use crate::scene::{Page, Scene};

/// The longest side of a bitmap, in pixels: readers of pictures refuse more.
const MAX_SIDE: f64 = 20_000.0;
/// The most pixels of a bitmap: readers take the memory for all of them.
const MAX_PIXELS: f64 = 200e6;
/// The most pixels painted at a time, four bytes each; an A3 page at 300 dpi is one band and a little.
const BAND: u32 = 16_000_000;

/// Writes every page.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    let write = |(index, page): (usize, &Page)| {
        let grid = Grid::of(page, options.resolution)?;
        let bytes = draw(&svg::page(scene, index, SvgText::Outlines)?, &grid)?;
        Ok(Artifact { suffix: page_suffix(scene, index), extension: "png", bytes })
    };
    scene.pages.iter().enumerate().map(write).collect()
}

/// How a page is cut into pixels.
struct Grid {
    width: u32,
    height: u32,
    dpi: f64,
}

impl Grid {
    fn of(page: &Page, resolution: Resolution) -> Result<Self, ExportFault> {
        let inches = |length: crate::unit::Length| length.to_mm() / 25.4;
        let (width, height) = (inches(page.media.width), inches(page.media.height));
        let dpi = match resolution {
            Resolution::Dpi(dpi) => dpi,
            Resolution::Width(pixels) => f64::from(pixels) / width,
        };
        let (across, down) = ((width * dpi).round(), (height * dpi).round());
        let drawable = across >= 1.0 && down >= 1.0;
        if !drawable || across > MAX_SIDE || down > MAX_SIDE || across * down > MAX_PIXELS {
            return Err(ExportFault::BitmapSize {
                across: across as u64,
                down: down as u64,
                side: MAX_SIDE as u64,
                millions: (MAX_PIXELS / 1e6) as u64,
            });
        }
        Ok(Self { width: across as u32, height: down as u32, dpi })
    }
}

/// The page as a PNG file; pHYs tells programs its size on paper.
fn draw(svg: &str, grid: &Grid) -> Result<Vec<u8>, ExportFault> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(ExportFault::internal)?;
    let size = tree.size();
    let (x, y) = (grid.width as f32 / size.width(), grid.height as f32 / size.height());
    let per_metre = (grid.dpi / 0.0254).round() as u32;
    let resolution = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
    let band = (BAND / grid.width.max(1)).clamp(1, grid.height);
    let bitmap = Bitmap { width: grid.width, height: grid.height, band, resolution };
    bitmap.encode(|row| {
        let height = band.min(grid.height - row);
        let mut pixmap = Pixmap::new(grid.width, height).ok_or("no room for the bitmap")?;
        pixmap.fill(Color::WHITE);
        resvg::render(&tree, Transform::from_row(x, 0.0, 0.0, y, 0.0, -(row as f32)), &mut pixmap.as_mut());
        Ok(pixmap.take())
    })
}
