//! The pictures beside the examples show what the program draws today.
//!
//! `RISKCHART_BLESS=1 cargo test --test pictures` draws them anew; look at them before committing.

#![allow(clippy::disallowed_methods, reason = "the pictures are files of this project")]

#[allow(dead_code)]
#[path = "support/disk.rs"]
mod disk;

use std::path::Path;

use disk::{Asked, charts, compiled, stem, told};
use riskchart::export::{ExportOptions, Resolution, export, format};

/// Pixels from left to right.
const WIDTH: u32 = 840;

/// Mean difference of a channel, of 255, that another machine's rounding may make.
const ALIKE: f64 = 0.05;

fn drawn(path: &Path) -> Vec<u8> {
    let (scene, _) = compiled(path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
    let options = ExportOptions { resolution: Resolution::Width(WIDTH), ..ExportOptions::default() };
    let pages = export(&scene, format("png").expect("the format"), &options).expect("a picture");
    pages.into_iter().next().expect("a page").bytes
}

fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let picture = resvg::tiny_skia::Pixmap::decode_png(png).expect("a PNG");
    (picture.width(), picture.height(), picture.data().to_vec())
}

#[test]
fn every_example_has_its_picture() {
    let bless = std::env::var_os("RISKCHART_BLESS").is_some();
    let mut stale = Vec::new();
    for path in charts("examples") {
        let (picture, now) = (path.with_extension("png"), drawn(&path));
        if bless {
            std::fs::write(&picture, &now).expect("write");
            continue;
        }
        let Ok(held) = std::fs::read(&picture) else {
            stale.push(format!("{}: no picture", stem(&path)));
            continue;
        };
        let ((w0, h0, a), (w1, h1, b)) = (pixels(&held), pixels(&now));
        let difference: u64 = a.iter().zip(&b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        if (w0, h0) != (w1, h1) || difference as f64 / a.len() as f64 > ALIKE {
            stale.push(format!("{}: {w0}×{h0} against {w1}×{h1}, {difference} off", stem(&path)));
        }
    }
    assert!(stale.is_empty(), "stale pictures; draw them with RISKCHART_BLESS=1\n{}", stale.join("\n"));
}
