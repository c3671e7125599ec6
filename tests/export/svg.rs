//! SVG files.

use std::sync::Arc;

use riskchart::export::{Artifact, ExportOptions, export, format};
use riskchart::font::FontBook;
use riskchart::scene::{ColorMode, Scene};
use usvg::roxmltree::Document;

use crate::scene::{chart, texts};

fn write(scene: &Scene) -> Vec<Artifact> {
    export(scene, format("svg").expect("svg"), &ExportOptions::default()).expect("export")
}

fn text_of(artifact: &Artifact) -> &str {
    std::str::from_utf8(&artifact.bytes).expect("UTF-8")
}

#[test]
fn text_reads_back_in_order() {
    let scene = chart(&Arc::new(FontBook::embedded()), 1, ColorMode::Rgb);
    let files = write(&scene);
    let tree = Document::parse(text_of(&files[0])).expect("well-formed");
    let read: Vec<_> = tree.descendants().filter(|node| node.has_tag_name("text")).filter_map(|n| n.text()).collect();
    assert_eq!(read, texts(&scene));
}
