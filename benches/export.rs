//! Time and size of each format for one chart: `cargo bench --bench export [FOLDER]` also writes the files.

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

use riskchart::export::{ExportOptions, FORMATS, export};
use riskchart::font::FontBook;
use riskchart::scene::ColorMode;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let fonts = Arc::new(FontBook::embedded());
    for (name, color) in [("rgb", ColorMode::Rgb), ("cmyk", ColorMode::Cmyk), ("gray", ColorMode::Gray)] {
        let scene = scene::chart(&fonts, 1, color);
        for format in FORMATS {
            let mut best = f64::MAX;
            let mut artifacts = Vec::new();
            let rounds = if format.name == "png" { 1 } else { 50 };
            for _ in 0..rounds {
                let start = Instant::now();
                artifacts = export(&scene, format, &ExportOptions::default()).expect("export");
                best = best.min(start.elapsed().as_secs_f64() * 1000.0);
            }
            let bytes: usize = artifacts.iter().map(|artifact| artifact.bytes.len()).sum();
            println!("{name} {}: {best:.2} ms, {bytes} bytes", format.name);
            for artifact in folder.iter().flat_map(|folder| artifacts.iter().map(move |artifact| (folder, artifact))) {
                let (folder, artifact) = artifact;
                let path = format!("{folder}/{name}{}.{}", artifact.suffix, artifact.extension);
                std::fs::write(path, &artifact.bytes).expect("write");
            }
        }
    }
}
