//! Time and size of each format for one chart: `cargo bench --bench export [FOLDER]` also writes the files.
//!
//! Each is timed with faces no glyph was drawn from yet, as for the first chart of a folder, and again with the same
//! faces, as for the others; the ratio tells what is kept.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

#[path = "../tests/export/scene.rs"]
#[allow(dead_code)]
mod scene;

use std::sync::Arc;
use std::time::Instant;

use riskchart::export::{Artifact, ExportOptions, FORMATS, Format, export};
use riskchart::font::FontBook;
use riskchart::scene::ColorMode;

/// The best of several rounds in milliseconds, first and again, and what was written.
fn time(format: &Format, color: ColorMode) -> (f64, f64, Vec<Artifact>) {
    let rounds = if format.name == "png" { 1 } else { 50 };
    let mut best = [f64::MAX; 2];
    let mut artifacts = Vec::new();
    for _ in 0..rounds {
        let scene = scene::chart(&Arc::new(FontBook::embedded()), 1, color);
        for best in &mut best {
            let start = Instant::now();
            artifacts = export(&scene, format, &ExportOptions::default()).expect("export");
            *best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    (best[0], best[1], artifacts)
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    for (name, color) in [("rgb", ColorMode::Rgb), ("cmyk", ColorMode::Cmyk), ("gray", ColorMode::Gray)] {
        for format in FORMATS {
            let (first, again, artifacts) = time(format, color);
            let bytes: usize = artifacts.iter().map(|artifact| artifact.bytes.len()).sum();
            let ratio = again / first;
            println!("{name} {}: {first:.2} ms, again {again:.2} ms ({ratio:.2}), {bytes} bytes", format.name);
            for artifact in folder.iter().flat_map(|folder| artifacts.iter().map(move |artifact| (folder, artifact))) {
                let (folder, artifact) = artifact;
                let path = format!("{folder}/{name}{}.{}", artifact.suffix, artifact.extension);
                std::fs::write(path, &artifact.bytes).expect("write");
            }
        }
    }
}
