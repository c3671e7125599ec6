//! Where a drawing stands: `wp:anchor`, `wp:inline`, and the styles of VML.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::vml::{length, size, style};
use crate::office::drawing::EMU;
use crate::office::sketch::Rect;
use crate::office::xml::{Ns, attr, children, is, number};

/// What places count from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// The page.
    pub(super) page: Rect,
    /// The page within its margins.
    pub(super) margin: Rect,
    /// The column of text, or the cell.
    pub(super) column: Rect,
    /// The top of the paragraph.
    pub(super) top: f64,
}

/// The place of an anchor or of an inline drawing.
pub(super) fn place(anchor: Node<'_, '_>, setting: &Setting) -> Rect {
    let extent = children(anchor).into_iter().find(|node| is(*node, Ns::Wp, "extent"));
    let get = |name| extent.and_then(|extent| number(extent, name)).unwrap_or(0.0) / EMU;
    let (width, height) = (get("cx"), get("cy"));
    if anchor.tag_name().name() == "inline" {
        return Rect::new(setting.column.x0, setting.top, width, height);
    }
    let x = axis(anchor, "positionH", width, |from| across(from, setting));
    let y = axis(anchor, "positionV", height, |from| down(from, setting));
    Rect::new(x, y, width, height)
}

fn across(from: &str, setting: &Setting) -> (f64, f64) {
    match from {
        "page" => (setting.page.x0, setting.page.x1),
        "margin" => (setting.margin.x0, setting.margin.x1),
        "leftMargin" | "insideMargin" => (setting.page.x0, setting.margin.x0),
        "rightMargin" | "outsideMargin" => (setting.margin.x1, setting.page.x1),
        _ => (setting.column.x0, setting.column.x1),
    }
}

fn down(from: &str, setting: &Setting) -> (f64, f64) {
    match from {
        "page" => (setting.page.y0, setting.page.y1),
        "margin" => (setting.margin.y0, setting.margin.y1),
        "topMargin" => (setting.page.y0, setting.margin.y0),
        "bottomMargin" => (setting.margin.y1, setting.page.y1),
        _ => (setting.top, setting.top),
    }
}

fn axis(anchor: Node<'_, '_>, name: &str, size: f64, range: impl Fn(&str) -> (f64, f64)) -> f64 {
    let all = children(anchor);
    let Some(position) = all.into_iter().find(|node| is(*node, Ns::Wp, name)) else { return range("").0 };
    let (from, to) = range(attr(position, "relativeFrom").unwrap_or_default());
    for node in children(position) {
        let text = node.text().unwrap_or_default().trim();
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
        match (node.tag_name().name(), value) {
            ("posOffset", Some(value)) => return from + value / EMU,
            ("pctPosHOffset" | "pctPosVOffset", Some(value)) => return from + (to - from) * value / 100_000.0,
            ("align", _) => return aligned(text, from, to, size),
            _ => {}
        }
    }
    from
}

fn aligned(text: &str, from: f64, to: f64, size: f64) -> f64 {
    match text {
        "center" => f64::midpoint(from, to) - size / 2.0,
        "right" | "bottom" | "outside" => to - size,
        _ => from,
    }
}

/// The place of a shape of VML, and whether it stands in the line.
pub(super) fn place_vml(shape: Node<'_, '_>, setting: &Setting) -> (Rect, bool) {
    let style = style(shape);
    let (width, height) = size(&style);
    if style.get("position").is_none_or(|position| position != "absolute") {
        return (Rect::new(setting.column.x0, setting.top, width, height), true);
    }
    let word = |name: &str| style.get(name).map(String::as_str).unwrap_or_default();
    let (left, right) = across(relative(word("mso-position-horizontal-relative")), setting);
    let (top, bottom) = down(relative(word("mso-position-vertical-relative")), setting);
    let x = axis_vml(&style, ["margin-left", "left"], word("mso-position-horizontal"), (left, right, width));
    let y = axis_vml(&style, ["margin-top", "top"], word("mso-position-vertical"), (top, bottom, height));
    (Rect::new(x, y, width, height), false)
}

fn relative(word: &str) -> &str {
    match word {
        "page" | "margin" => word,
        _ => "",
    }
}

fn axis_vml(style: &BTreeMap<String, String>, names: [&str; 2], align: &str, (from, to, size): (f64, f64, f64)) -> f64 {
    match align {
        "center" | "right" | "bottom" => aligned(align, from, to, size),
        _ => from + names.iter().filter_map(|name| length(style.get(*name)?, 0.75)).sum::<f64>(),
    }
}
