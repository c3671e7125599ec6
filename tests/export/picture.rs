//! Pictures: what PNG holds, and whether PDF draws the same as SVG.

#![allow(clippy::disallowed_methods, reason = "other programs draw the files")]

use std::path::Path;
use std::process::Command;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use riskchart::diag::Lang;
use riskchart::export::{ExportFault, ExportOptions, Resolution, export, format};

use crate::{chart, write};

fn png(resolution: Resolution) -> Result<Vec<u8>, ExportFault> {
    let options = ExportOptions { resolution, ..ExportOptions::default() };
    Ok(export(&chart(), format("png").expect("png"), &options)?.remove(0).bytes)
}

/// Width, height, and red, green and blue of each pixel.
fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>, Option<u32>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("size")];
    let frame = reader.next_frame(&mut pixels).expect("pixels");
    pixels.truncate(frame.buffer_size());
    let step = frame.color_type.samples();
    let rgb = pixels.chunks_exact(step).flat_map(|p| if step < 3 { [p[0]; 3] } else { [p[0], p[1], p[2]] }).collect();
    let density = reader.info().pixel_dims.map(|dims| dims.xppu);
    (frame.width, frame.height, rgb, density)
}

/// The SVG in so many pixels, each the size that `dpi` gives it, or stretched to fit.
fn draw_svg(width: u32, height: u32, dpi: Option<f32>) -> Vec<u8> {
    let svg = String::from_utf8(write(&chart(), "svg").remove(0).bytes).expect("UTF-8");
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).expect("SVG");
    let mut pixmap = Pixmap::new(width, height).expect("pixmap");
    pixmap.fill(Color::WHITE);
    // usvg counts 96 pixels an inch.
    let (x, y) = match dpi {
        Some(dpi) => (dpi / 96.0, dpi / 96.0),
        None => (width as f32 / tree.size().width(), height as f32 / tree.size().height()),
    };
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixmap.as_mut());
    pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

#[test]
fn png_is_the_svg_in_pixels() {
    let (width, height, rgb, density) = decode(&png(Resolution::Dpi(72.0)).expect("png"));
    assert_eq!((width, height), (842, 1191), "A3 at 72 dpi");
    assert_eq!(density, Some(2835), "72 dpi are 2835 dots a metre");
    assert_eq!(rgb, draw_svg(width, height, None));
    assert!(rgb.iter().any(|&value| value < 60) && rgb[..3] == [255, 255, 255]);
    let (width, height, ..) = decode(&png(Resolution::Width(500)).expect("png"));
    assert_eq!((width, height), (500, 707));
}

#[test]
fn senseless_sizes_are_refused() {
    for resolution in [Resolution::Dpi(0.0), Resolution::Dpi(-1.0), Resolution::Dpi(f64::NAN), Resolution::Dpi(1e12)] {
        assert!(png(resolution).is_err(), "{resolution:?}");
    }
    assert!(png(Resolution::Width(0)).is_err());
    let fault = png(Resolution::Width(30_000)).expect_err("too large");
    for lang in [Lang::Zh, Lang::En] {
        assert!(fault.in_words().get(lang).contains("30000"), "{fault:?}");
    }
}

/// The mean of each square of 16 pixels a side: what is there, whatever the way edges are smoothed.
fn squares(width: u32, rgb: &[u8]) -> Vec<f64> {
    let row = width as usize * 3;
    let mut means = Vec::new();
    for band in rgb.chunks_exact(row * 16) {
        means.extend((0..row / 48).map(|x| {
            let lines = (0..16).map(|y| &band[y * row + x * 48..y * row + x * 48 + 48]);
            lines.flatten().map(|&value| f64::from(value)).sum::<f64>() / 768.0
        }));
    }
    means
}

/// Whether the tool draws the page; `None` where it is not installed.
fn raster(tool: &str, arguments: &[&str], out: &Path) -> Option<Vec<u8>> {
    let done = Command::new(tool).args(arguments).output().ok()?;
    assert!(done.status.success(), "{tool}: {}", String::from_utf8_lossy(&done.stderr));
    Some(std::fs::read(out).expect("picture"))
}

#[test]
fn pdf_draws_the_same_picture() {
    let folder = std::env::temp_dir().join(format!("riskchart-picture-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("folder");
    let (file, out) = (folder.join("chart.pdf"), folder.join("chart.png"));
    std::fs::write(&file, &write(&chart(), "pdf")[0].bytes).expect("write");
    let (file, stem) = (file.to_str().expect("name"), folder.join("chart"));
    let stem = stem.to_str().expect("name");
    let tools: [(&str, Vec<&str>); 2] = [
        ("pdftoppm", vec!["-r", "200", "-png", "-singlefile", file, stem]),
        ("mutool", vec!["draw", "-q", "-r", "200", "-o", out.to_str().expect("name"), file]),
    ];
    for (tool, arguments) in tools {
        match raster(tool, &arguments, &out) {
            Some(bytes) => {
                let (width, height, rgb, _) = decode(&bytes);
                let drawn = draw_svg(width, height, Some(200.0));
                let (drawn, rgb) = (squares(width, &drawn), squares(width, &rgb));
                assert!(drawn.iter().filter(|&&mean| mean < 250.0).count() > 1000, "a picture");
                let off = drawn.iter().zip(&rgb).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                // poppler puts glyphs on whole pixels from top to bottom: part of a stroke falls into the next square.
                assert!(off < 24.0, "{tool}: a square differs by {off:.1} of 255");
            }
            None => eprintln!("{tool} is not installed: its picture is not compared"),
        }
    }
    std::fs::remove_dir_all(&folder).expect("clean");
}
