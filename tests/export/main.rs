//! What readers of the written files find in them.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests use threads and speak"
)]

#[allow(dead_code)]
#[path = "../support/disk.rs"]
mod disk;
mod html;
mod ofd;
mod pdf;
mod picture;
mod press;
mod reader;
mod scene;
mod svg;

use std::sync::Arc;

use riskchart::export::{Artifact, ExportOptions, export, format};
use riskchart::font::FontBook;
use riskchart::scene::{ColorMode, Scene};

/// Files of a scene in one format.
fn write(scene: &Scene, name: &str) -> Vec<Artifact> {
    export(scene, format(name).expect(name), &ExportOptions::default()).expect("export")
}

/// A chart of one page in RGB.
fn chart() -> Scene {
    scene::chart(&Arc::new(FontBook::embedded()), 1, ColorMode::Rgb)
}

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below
    }

    /// A string of what breaks writers.
    fn nasty(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "]]>",
            "&",
            "<",
            ">",
            "\"",
            "'",
            "--",
            "<!--",
            "&amp;",
            "&#0;",
            "<script>",
            "\u{0}",
            "\u{1b}[31m",
            "\u{fffe}",
            "\u{ffff}",
            "\u{20000}",
            "\u{10ffff}",
            "汉",
            "\r\n",
            "\t",
            "\\)(",
            "%s",
            "\u{202e}",
            " ",
        ];
        (0..self.roll(12)).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    for name in ["svg", "pdf", "png", "ofd", "html"] {
        let first = write(&chart(), name);
        assert_eq!(first, write(&chart(), name), "{name}");
        let elsewhere = std::thread::spawn(move || write(&chart(), name)).join().expect("thread");
        assert_eq!(first, elsewhere, "{name}");
    }
}

#[test]
fn pages_are_numbered_where_each_is_a_file() {
    let scene = scene::chart(&Arc::new(FontBook::embedded()), 2, ColorMode::Rgb);
    let suffixes = |name| write(&scene, name).into_iter().map(|file| file.suffix).collect::<Vec<_>>();
    assert_eq!(suffixes("svg"), ["-1", "-2"]);
    assert_eq!(suffixes("png"), ["-1", "-2"]);
    assert_eq!(suffixes("pdf"), [""]);
    assert_eq!(write(&chart(), "svg")[0].suffix, "");
}
