//! Shapes of DrawingML: boxes, groups at any depth, canvases, lines. Word and Excel draw with the same.

use roxmltree::Node;

use super::read::Para;
use super::sketch::{Connector, Look, Rect, Shape};
use super::xml::{Ns, attr, child, children, number};

/// English metric units in a point.
pub(super) const EMU: f64 = 12_700.0;

/// The mapping from the space of a group's children to the page: x' = x · scale + shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Space {
    pub(super) scale: (f64, f64),
    pub(super) shift: (f64, f64),
}

impl Space {
    pub(super) fn map(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * self.scale.0 + self.shift.0, y * self.scale.1 + self.shift.1)
    }

    /// The space of a group's children: `own` is where the group stands in this space, `inner` what its children count in.
    pub(super) fn within(&self, own: Rect, inner: Rect) -> Self {
        let ratio = |own: f64, inner: f64| if inner.abs() > f64::EPSILON { own / inner } else { 1.0 };
        let (sx, sy) = (ratio(own.width(), inner.width()), ratio(own.height(), inner.height()));
        let scale = (self.scale.0 * sx, self.scale.1 * sy);
        let origin = self.map((own.x0 - inner.x0 * sx, own.y0 - inner.y0 * sy));
        Self { scale, shift: origin }
    }
}

/// What was found in a drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) shapes: Vec<Shape>,
    pub(super) connectors: Vec<Connector>,
    pub(super) pictures: usize,
}

/// Reads texts of shapes: the story of the box.
pub(super) trait Texts<'a, 'i> {
    /// The paragraphs of a shape.
    fn read(&mut self, shape: Node<'a, 'i>, drawn: &mut Drawn) -> Vec<Para>;
}

/// `a:xfrm` or its kin: place, flips, and for groups the space of the children.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    rect: Rect,
    inner: Rect,
    flips: (bool, bool),
    turned: bool,
}

fn frame(props: Node<'_, '_>) -> Option<Frame> {
    let node = props.children().find(|node| node.tag_name().name() == "xfrm")?;
    let pair = |name: &str, x: &str, y: &str| {
        let point = node.children().find(|child| child.tag_name().name() == name)?;
        Some((number(point, x)?, number(point, y)?))
    };
    let (x, y) = pair("off", "x", "y").unwrap_or_default();
    let (width, height) = pair("ext", "cx", "cy")?;
    let rect = Rect::new(x, y, width, height);
    let inner = match (pair("chOff", "x", "y"), pair("chExt", "cx", "cy")) {
        (Some((x, y)), Some((width, height))) => Rect::new(x, y, width, height),
        _ => rect,
    };
    let flag = |name| matches!(attr(node, name), Some("1" | "true"));
    // Turned by a quarter, a shape's frame is given as if it were not.
    let turn = number(node, "rot").unwrap_or(0.0).rem_euclid(21_600_000.0);
    let turned = (turn - 5_400_000.0).abs() < 1e6 || (turn - 16_200_000.0).abs() < 1e6;
    Some(Frame { rect, inner, flips: (flag("flipH"), flag("flipV")), turned })
}

/// Reads what a node draws: a shape, a group, a canvas, or what holds them. `own` is the place of a shape that says none
/// itself.
pub(super) fn read<'a, 'i>(
    node: Node<'a, 'i>,
    space: Space,
    own: Option<Rect>,
    texts: &mut dyn Texts<'a, 'i>,
    drawn: &mut Drawn,
) {
    match node.tag_name().name() {
        "wsp" | "sp" | "cxnSp" => shape(node, space, own, texts, drawn),
        "wgp" | "grpSp" => {
            let props = node.children().find(|child| child.tag_name().name() == "grpSpPr");
            let inner = match props.and_then(frame) {
                Some(frame) => space.within(own.unwrap_or(frame.rect), frame.inner),
                None => space,
            };
            children(node).into_iter().for_each(|child| read(child, inner, None, texts, drawn));
        }
        "wpc" => {
            let shift = own.map_or((0.0, 0.0), |own| (own.x0, own.y0));
            let inner = Space { scale: space.scale, shift: space.map(shift) };
            children(node).into_iter().for_each(|child| read(child, inner, None, texts, drawn));
        }
        "pic" => drawn.pictures += 1,
        "graphic" | "graphicData" | "graphicFrame" => {
            children(node).into_iter().for_each(|child| read(child, space, own, texts, drawn));
        }
        _ => {}
    }
}

fn shape<'a, 'i>(
    node: Node<'a, 'i>,
    space: Space,
    own: Option<Rect>,
    texts: &mut dyn Texts<'a, 'i>,
    drawn: &mut Drawn,
) {
    let Some(props) = node.children().find(|child| child.tag_name().name() == "spPr") else { return };
    let placed = frame(props);
    let Some(mut rect) = own.or(placed.map(|frame| frame.rect)) else { return };
    let frame = placed.unwrap_or_default();
    if frame.turned {
        let (x, y) = rect.center();
        rect = Rect::new(x - rect.height() / 2.0, y - rect.width() / 2.0, rect.height(), rect.width());
    }
    let form = child(props, Ns::A, "prstGeom").and_then(|form| attr(form, "prst")).unwrap_or_default();
    let (from, to) = (space.map((rect.x0, rect.y0)), space.map((rect.x1, rect.y1)));
    if is_line(form) {
        drawn.connectors.push(line(node, props, (from, to), frame));
        return;
    }
    let paras = texts.read(node, drawn);
    let outline = child(props, Ns::A, "ln");
    let bordered = match outline {
        Some(outline) => child(outline, Ns::A, "noFill").is_none(),
        None => node.children().any(|child| child.tag_name().name() == "style"),
    };
    let names = children(node).into_iter().find(|child| matches!(child.tag_name().name(), "cNvPr" | "nvSpPr"));
    let id = names.and_then(|names| attr(names, "id").or_else(|| names.children().find_map(|inner| attr(inner, "id"))));
    let rect = Rect { x0: from.0.min(to.0), y0: from.1.min(to.1), x1: from.0.max(to.0), y1: from.1.max(to.1) };
    drawn.shapes.push(Shape {
        rect,
        paras,
        look: look(form),
        bordered,
        id: id.unwrap_or_default().to_owned(),
        page: 0,
    });
}

fn is_line(form: &str) -> bool {
    form == "line" || form == "lineInv" || form.contains("Connector")
}

fn look(form: &str) -> Look {
    match form {
        "flowChartDecision" | "diamond" => Look::Decision,
        "flowChartTerminator" | "ellipse" => Look::Terminal,
        _ if form.ends_with("Arrow") => Look::Arrow,
        _ => Look::Step,
    }
}

fn line(node: Node<'_, '_>, props: Node<'_, '_>, (start, end): ((f64, f64), (f64, f64)), frame: Frame) -> Connector {
    let (mut from, mut to) = (start, end);
    if frame.flips.0 {
        std::mem::swap(&mut from.0, &mut to.0);
    }
    if frame.flips.1 {
        std::mem::swap(&mut from.1, &mut to.1);
    }
    let outline = child(props, Ns::A, "ln");
    let arrow = |name| {
        let end = outline.and_then(|outline| child(outline, Ns::A, name));
        end.and_then(|end| attr(end, "type")).is_some_and(|kind| kind != "none")
    };
    let glue = |name: &str| {
        let glued = node.descendants().find(|inner| inner.tag_name().name() == name)?;
        attr(glued, "id").map(str::to_owned)
    };
    Connector {
        from,
        to,
        arrows: (arrow("headEnd"), arrow("tailEnd")),
        glued: (glue("stCxn"), glue("endCxn")),
        page: 0,
    }
}
