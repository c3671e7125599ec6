//! Shapes of VML, which Word 2003 draws with and WPS writes still.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::drawing::{Drawn, Space, Texts};
use crate::office::sketch::{Connector, Look, Rect, Shape};
use crate::office::xml::{Ns, attr, child, children, family, is};

/// `style` of a shape: names and values.
pub(super) fn style(node: Node<'_, '_>) -> BTreeMap<String, String> {
    let pairs = attr(node, "style").unwrap_or_default().split(';').filter_map(|pair| pair.split_once(':'));
    pairs.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned())).collect()
}

/// A length in pt. Without a unit it counts in the space of the group, or in pixels outside one.
pub(super) fn length(text: &str, bare: f64) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    let value: f64 = text[..end].parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(
        value
            * match text[end..].trim() {
                "pt" => 1.0,
                "cm" => 72.0 / 2.54,
                "mm" => 72.0 / 25.4,
                "in" => 72.0,
                "pc" => 12.0,
                "px" => 0.75,
                "emu" => 1.0 / 12_700.0,
                _ => bare,
            },
    )
}

/// Whether an element of VML is drawn.
fn is_shape(node: Node<'_, '_>) -> bool {
    let known = ["shape", "rect", "roundrect", "oval", "line", "group", "polyline", "image"];
    family(node.tag_name().namespace()) == Ns::V && known.contains(&node.tag_name().name())
}

/// The shapes of a `w:pict`.
pub(super) fn shapes<'a, 'i>(picture: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    children(picture).into_iter().filter(|node| is_shape(*node)).collect()
}

/// The forms of shape types by their names: `o:spt`, numbers of MSOSPT (MS-ODRAW 2.4.24).
pub(super) fn forms(root: Node<'_, '_>) -> BTreeMap<String, String> {
    let types = root.descendants().filter(|node| is(*node, Ns::V, "shapetype"));
    types.filter_map(|node| Some((attr(node, "id")?.to_owned(), attr(node, "spt")?.to_owned()))).collect()
}

/// The size of a shape in its style, in pt.
pub(super) fn size(style: &BTreeMap<String, String>) -> (f64, f64) {
    let get = |name: &str| style.get(name).and_then(|value| length(value, 0.75)).unwrap_or(0.0);
    (get("width"), get("height"))
}

/// What is drawn, with the forms of shape types.
pub(super) struct Vml<'f> {
    pub(super) forms: &'f BTreeMap<String, String>,
}

impl Vml<'_> {
    /// Reads a shape that stands at `own` on the page, or, within a group, in the group's space.
    pub(super) fn read<'a, 'i>(
        &self,
        node: Node<'a, 'i>,
        space: Space,
        own: Option<Rect>,
        texts: &mut dyn Texts<'a, 'i>,
        drawn: &mut Drawn,
    ) {
        match node.tag_name().name() {
            "group" => {
                let own = own.unwrap_or_else(|| place(node));
                let (x, y) = pair(attr(node, "coordorigin")).unwrap_or((0.0, 0.0));
                let (width, height) = pair(attr(node, "coordsize")).unwrap_or((1000.0, 1000.0));
                let inner = space.within(own, Rect::new(x, y, width, height));
                children(node)
                    .into_iter()
                    .filter(|node| is_shape(*node))
                    .for_each(|node| self.read(node, inner, None, texts, drawn));
            }
            "line" => drawn.connectors.push(line(node, space, own)),
            "image" => drawn.pictures += 1,
            _ => self.shape(node, space, own.unwrap_or_else(|| place(node)), texts, drawn),
        }
    }

    fn shape<'a, 'i>(
        &self,
        node: Node<'a, 'i>,
        space: Space,
        own: Rect,
        texts: &mut dyn Texts<'a, 'i>,
        drawn: &mut Drawn,
    ) {
        let named = attr(node, "type").map(|name| name.trim_start_matches('#'));
        let form = named.and_then(|name| self.forms.get(name).map(String::as_str)).or_else(|| attr(node, "spt"));
        let form = form.unwrap_or_else(|| if node.tag_name().name() == "oval" { "3" } else { "1" });
        let (from, to) = (space.map((own.x0, own.y0)), space.map((own.x1, own.y1)));
        if attr(node, "connectortype").is_some()
            || matches!(form, "20" | "32" | "33" | "34" | "35" | "36" | "37" | "38" | "39" | "40")
        {
            let flips = style(node).get("flip").map_or((false, false), |flip| (flip.contains('x'), flip.contains('y')));
            let ends = (pick(from, to, flips), pick(to, from, flips));
            drawn.connectors.push(Connector {
                from: ends.0,
                to: ends.1,
                arrows: arrows(node),
                glued: (None, None),
                page: 0,
            });
            return;
        }
        drawn.pictures += usize::from(child(node, Ns::V, "imagedata").is_some());
        // Word art is decoration: watermarks are made of it.
        if child(node, Ns::V, "textpath").is_some() {
            return;
        }
        let paras = texts.read(node, drawn);
        let bordered = !matches!(attr(node, "stroked"), Some("f" | "false" | "0"))
            && child(node, Ns::V, "stroke")
                .is_none_or(|stroke| !matches!(attr(stroke, "on"), Some("f" | "false" | "0")));
        let rect = Rect { x0: from.0.min(to.0), y0: from.1.min(to.1), x1: from.0.max(to.0), y1: from.1.max(to.1) };
        let id = attr(node, "id").unwrap_or_default().to_owned();
        drawn.shapes.push(Shape { rect, paras, look: look(form), bordered, id, page: 0 });
    }
}

/// The corner of a line from which, flipped, it begins.
fn pick(from: (f64, f64), to: (f64, f64), flips: (bool, bool)) -> (f64, f64) {
    (if flips.0 { to.0 } else { from.0 }, if flips.1 { to.1 } else { from.1 })
}

fn look(form: &str) -> Look {
    match form {
        "4" | "110" => Look::Decision,
        "3" | "116" => Look::Terminal,
        "13" | "66" | "67" | "68" | "69" | "70" => Look::Arrow,
        _ => Look::Step,
    }
}

/// The place of a shape of a group in the group's space.
fn place(node: Node<'_, '_>) -> Rect {
    let style = style(node);
    let get = |names: [&str; 2]| names.iter().find_map(|name| style.get(*name)).and_then(|value| length(value, 1.0));
    let (x, y) = (get(["left", "margin-left"]), get(["top", "margin-top"]));
    let (width, height) = (get(["width", "width"]), get(["height", "height"]));
    Rect::new(x.unwrap_or(0.0), y.unwrap_or(0.0), width.unwrap_or(0.0), height.unwrap_or(0.0))
}

fn pair(text: Option<&str>) -> Option<(f64, f64)> {
    let (x, y) = text?.split_once(',')?;
    Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
}

/// A line: `from` and `to` in pt outside a group, counted from the paragraph, or in the group's space.
fn line(node: Node<'_, '_>, space: Space, own: Option<Rect>) -> Connector {
    let end = |name: &str| {
        let (x, y) = attr(node, name)?.split_once(',')?;
        let bare = if own.is_some() { 0.75 } else { 1.0 };
        Some((length(x, bare)?, length(y, bare)?))
    };
    let (from, to) = (end("from").unwrap_or_default(), end("to").unwrap_or_default());
    let flips = style(node).get("flip").map_or((false, false), |flip| (flip.contains('x'), flip.contains('y')));
    let (from, to) = (pick(from, to, flips), pick(to, from, flips));
    let shift = own.map_or((0.0, 0.0), |own| (own.x0, own.y0));
    let at = |(x, y): (f64, f64)| space.map((x + shift.0, y + shift.1));
    Connector { from: at(from), to: at(to), arrows: arrows(node), glued: (None, None), page: 0 }
}

fn arrows(node: Node<'_, '_>) -> (bool, bool) {
    let stroke = child(node, Ns::V, "stroke");
    let at = |name| stroke.and_then(|stroke| attr(stroke, name)).is_some_and(|kind| kind != "none");
    (at("startarrow"), at("endarrow"))
}
