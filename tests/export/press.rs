//! What print shops ask of a file, on charts in every theme: one set of inks, nothing see-through, no hairline, boxes and
//! marks where the cutter looks for them.

use std::path::Path;

use lopdf::{Document, Object};
use riskchart::layout::book::book;
use riskchart::layout::tile::{Tiling, tile};
use riskchart::paper::Paper;
use riskchart::scene::{ColorMode, Item, Scene};
use riskchart::theme::THEMES;

use crate::disk::{Asked, compiled, told};
use crate::reader::{number, read};
use crate::write;

fn example(name: &str, theme: &'static str) -> Scene {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let asked = Asked { theme: Some(theme), ..Asked::default() };
    compiled(&path, &asked).unwrap_or_else(|report| panic!("{name}: {}", told(&report))).0
}

/// Charts with bleed and marks, a logo and a code, branches and colours of their own; the first as tiles, all as a book.
fn scenes(theme: &'static str, color: ColorMode) -> Vec<(String, Scene)> {
    let names = ["印刷.toml", "徽标与二维码.toml", "分支与退回.toml", "自定等级.toml"];
    let mut charts: Vec<Scene> = names.iter().map(|name| example(name, theme)).collect();
    charts.iter_mut().for_each(|scene| scene.meta.color = color);
    let tiles = tile(&charts[0], &Paper::parse("A4").expect("A4"), &Tiling::default()).expect("tiles");
    let bound = book(&charts, "汇编").expect("a book");
    let names = names.iter().map(|name| (*name).to_owned()).chain(["tiles".to_owned(), "book".to_owned()]);
    names
        .zip(charts.into_iter().chain([tiles, bound]))
        .map(|(name, scene)| (format!("{theme} {name}"), scene))
        .collect()
}

/// Operators of colour that a file of a mode may hold: none that another space, a pattern or a state sets.
fn inks(color: ColorMode) -> [&'static str; 2] {
    match color {
        ColorMode::Rgb => ["rg", "RG"],
        ColorMode::Cmyk => ["k", "K"],
        ColorMode::Gray => ["g", "G"],
    }
}

const COLOURS: [&str; 16] =
    ["rg", "RG", "k", "K", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs", "ri", "BI"];
/// The thinnest line that a press holds: 0.25 pt in micrometres.
const HAIRLINE: f64 = 88.19;

#[test]
fn press_files_hold_their_inks_alone_and_no_hairline() {
    for color in [ColorMode::Cmyk, ColorMode::Gray] {
        for (name, scene) in THEMES.iter().flat_map(|theme| scenes(theme.name, color)) {
            let document = Document::load_mem(&write(&scene, "pdf")[0].bytes).expect("a PDF");
            for page in 0..scene.pages.len() {
                for (operator, numbers) in read(&document, page).operators {
                    assert!(
                        !COLOURS.contains(&operator.as_str()) || inks(color).contains(&operator.as_str()),
                        "{name}: {operator}"
                    );
                    assert!(operator != "w" || numbers[0] >= HAIRLINE, "{name}: a line of {} µm", numbers[0]);
                    if let ("k", [c, m, y, k]) = (operator.as_str(), &numbers[..]) {
                        assert!(c + m + y + k <= 3.0, "{name}: {numbers:?} soaks the paper");
                        assert!(c + m + y == 0.0 || *k < 1.0, "{name}: {numbers:?} is black with other inks under it");
                    }
                }
            }
            for object in document.objects.values() {
                let Ok(dict) = object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict)) else {
                    continue;
                };
                for key in [&b"SMask"[..], b"ExtGState", b"Group", b"Shading", b"Pattern"] {
                    assert!(!dict.has(key), "{name}: {}", String::from_utf8_lossy(key));
                }
                let space = dict.get(b"ColorSpace").and_then(Object::as_name);
                let own: &[u8] = if color == ColorMode::Cmyk { b"DeviceCMYK" } else { b"DeviceGray" };
                assert!(!matches!(space, Ok(space) if space != own), "{name}: {space:?}");
            }
        }
    }
}

/// Black words are black ink alone, so that they stay sharp where plates don't meet exactly.
#[test]
fn black_words_are_black_ink_alone() {
    for theme in ["official", "mono", "classic"] {
        let mut scene = example("印刷.toml", theme);
        scene.meta.color = ColorMode::Cmyk;
        let document = Document::load_mem(&write(&scene, "pdf")[0].bytes).expect("a PDF");
        let mut ink = Vec::new();
        let mut set = std::collections::BTreeSet::new();
        for (operator, numbers) in read(&document, 0).operators {
            match operator.as_str() {
                "k" => ink = numbers,
                "TJ" => drop(set.insert(ink.iter().map(|part| (part * 1000.0) as i64).collect::<Vec<_>>())),
                _ => {}
            }
        }
        assert!(set.contains(&vec![0, 0, 0, 1000]), "{theme}");
        assert!(set.iter().all(|ink| ink[..3] == [0, 0, 0] || theme == "official"), "{theme}: {set:?}");
    }
}

#[test]
fn marks_stand_outside_the_bleed_and_boxes_within_each_other() {
    let scene = example("印刷.toml", "official");
    let page = &scene.pages[0];
    assert!(page.bleed.contains(&page.trim) && page.bleed != page.trim);
    let mut marks = 0;
    for item in &page.items {
        let Item::Path(shape) = item else { continue };
        let bounds = shape.path.bounds().expect("a path");
        // The ground goes to the sheet's edge; the chart's own lines stay within the trim.
        if shape.stroke.is_some() && !page.trim.contains(&bounds) {
            assert!(!bounds.inset(-riskchart::unit::Length::um(1)).overlaps(&page.bleed), "a mark at {bounds:?}");
            marks += 1;
        }
    }
    assert!(marks >= 8, "two marks at each corner: {marks}");
    for (name, scene) in scenes("official", ColorMode::Cmyk) {
        let document = Document::load_mem(&write(&scene, "pdf")[0].bytes).expect("a PDF");
        for id in document.page_iter() {
            let page = document.get_dictionary(id).expect("page");
            let sides = |key: &[u8]| -> Vec<f64> {
                page.get(key).and_then(Object::as_array).expect("a box").iter().map(number).collect()
            };
            let within = |inner: &[f64], outer: &[f64]| {
                inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
            };
            let (media, bleed, trim) = (sides(b"MediaBox"), sides(b"BleedBox"), sides(b"TrimBox"));
            assert!(within(&bleed, &media) && within(&trim, &bleed), "{name}: {media:?} {bleed:?} {trim:?}");
        }
    }
}
