//! Scene to bitmaps, one file a page: the SVG of the page, drawn by resvg on white paper.

use ::png::{ColorType, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};

use super::pixels::encode;
use super::{Artifact, ExportOptions, Resolution, page_suffix, svg};
use crate::scene::{Page, Scene};

/// The longest side of a bitmap, in pixels: readers of pictures refuse more.
const MAX_SIDE: f64 = 20_000.0;
/// The most pixels of a bitmap: four bytes each must fit the memory of a small machine.
const MAX_PIXELS: f64 = 200e6;

/// Writes every page.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, String> {
    let write = |(index, page): (usize, &Page)| {
        let grid = Grid::of(page, options.resolution)?;
        let pixmap = draw(&svg::page(scene, index)?, &grid)?;
        let bytes = encode_page(&pixmap, grid.dpi)?;
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
    fn of(page: &Page, resolution: Resolution) -> Result<Self, String> {
        let inches = |length: crate::unit::Length| length.to_mm() / 25.4;
        let (width, height) = (inches(page.media.width), inches(page.media.height));
        let dpi = match resolution {
            Resolution::Dpi(dpi) => dpi,
            Resolution::Width(pixels) => f64::from(pixels) / width,
        };
        let (across, down) = ((width * dpi).round(), (height * dpi).round());
        let drawable = across >= 1.0 && down >= 1.0;
        if !drawable || across > MAX_SIDE || down > MAX_SIDE || across * down > MAX_PIXELS {
            return Err(format!(
                "图片 {across}×{down} 像素超出范围（每边 1–{MAX_SIDE}，共 {} 百万）；请减小分辨率 \
                 | a bitmap of {across}×{down} pixels is out of range (1–{MAX_SIDE} a side, {} million in all); \
                 choose a lower resolution",
                MAX_PIXELS / 1e6,
                MAX_PIXELS / 1e6,
            ));
        }
        Ok(Self { width: across as u32, height: down as u32, dpi })
    }
}

fn draw(svg: &str, grid: &Grid) -> Result<Pixmap, String> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|error| error.to_string())?;
    let mut pixmap = Pixmap::new(grid.width, grid.height).ok_or("no room for the bitmap")?;
    pixmap.fill(Color::WHITE);
    let size = tree.size();
    let scale = Transform::from_scale(grid.width as f32 / size.width(), grid.height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// A page has no transparency, so it is written without alpha; pHYs tells programs its size on paper.
fn encode_page(pixmap: &Pixmap, dpi: f64) -> Result<Vec<u8>, String> {
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let per_metre = (dpi / 0.0254).round() as u32;
    let resolution = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
    encode(pixmap.width(), pixmap.height(), ColorType::Rgb, Some(resolution), &rgb)
}
