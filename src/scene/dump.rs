//! A scene as text, one line an item: what golden tests compare and people read.

use std::fmt::Write as _;

use super::{FillRule, GlyphRun, Item, Role, Scene, Shape, Target};
use crate::geom::Rect;
use crate::unit::Length;

/// The scene as indented lines. Lengths are in millimetres to the hundredth, type sizes in points.
pub fn dump(scene: &Scene) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}  正文 {:.1} pt  {}", scene.meta.title, scene.meta.body_size.to_pt(), scene.meta.paper);
    for (number, page) in scene.pages.iter().enumerate() {
        let (width, height) = (mm(page.trim.width()), mm(page.trim.height()));
        let _ = writeln!(out, "page {} {width} × {height}", number + 1);
        for item in &page.items {
            dump_item(&mut out, item, 1);
        }
    }
    out
}

fn mm(length: Length) -> String {
    format!("{:.2}", length.to_mm())
}

fn place(rect: &Rect) -> String {
    format!("{},{} – {},{}", mm(rect.left), mm(rect.top), mm(rect.right), mm(rect.bottom))
}

fn dump_item(out: &mut String, item: &Item, depth: usize) {
    let indent = "  ".repeat(depth);
    match item {
        Item::Group(group) => {
            let part = group.part.map(|part| format!(" part of {}", part.0)).unwrap_or_default();
            let _ = match group.role {
                Role::Cell { rows: 2.. } => writeln!(out, "{indent}{:?}{part}", group.role),
                Role::Cell { .. } => writeln!(out, "{indent}Cell{part}"),
                role => writeln!(out, "{indent}{role:?}{part}"),
            };
            for item in &group.items {
                dump_item(out, item, depth + 1);
            }
        }
        Item::Text(run) => dump_run(out, run, &indent),
        Item::Path(shape) => dump_shape(out, shape, &indent),
        Item::Arrow(arrow) => {
            let _ = writeln!(out, "{indent}{:?} {}", arrow.kind, arrow.words());
            arrow.shapes.iter().for_each(|shape| dump_shape(out, shape, &format!("{indent}  ")));
        }
        Item::Image(image) => {
            let _ = writeln!(out, "{indent}image {} × {} {}", image.width, image.height, image.alt);
        }
        Item::Link(link) => {
            let _ = match &link.target {
                Target::Uri(uri) => writeln!(out, "{indent}link {uri}"),
                Target::Page { page, y } => writeln!(out, "{indent}link page {} at {}", page + 1, mm(*y)),
            };
            for item in &link.items {
                dump_item(out, item, depth + 1);
            }
        }
        Item::Clip(clip) => {
            let _ = writeln!(out, "{indent}clip {}", place(&clip.rect));
            for item in &clip.items {
                dump_item(out, item, depth + 1);
            }
        }
    }
}

fn dump_run(out: &mut String, run: &GlyphRun, indent: &str) {
    let (x, y) = (mm(run.origin.x), mm(run.origin.y));
    let width = mm(run.glyphs.iter().map(|glyph| glyph.advance).sum());
    let size = run.size.to_pt();
    let _ = writeln!(out, "{indent}“{}” {x},{y} +{width} {size:.1}pt {}", run.text, run.color.to_hex());
}

fn dump_shape(out: &mut String, shape: &Shape, indent: &str) {
    let Some(bounds) = shape.path.bounds() else { return };
    let rule = if shape.rule == FillRule::EvenOdd { " even-odd" } else { "" };
    let fill = shape.fill.map(|color| format!(" fill {}", color.to_hex())).unwrap_or_default();
    let stroke = shape.stroke.map(|s| format!(" line {} {}", mm(s.width), s.color.to_hex())).unwrap_or_default();
    let _ = writeln!(out, "{indent}path {}{fill}{rule}{stroke}", place(&bounds));
}
