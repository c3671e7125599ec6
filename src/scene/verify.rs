//! The last look at a picture before it is written: what would be a fault in print.

use super::{GlyphRun, Group, Item, Page, Role, Scene, Stroke};
use crate::geom::{Point, Rect, Segment};
use crate::source::Span;
use crate::unit::Length;

/// Something that would be wrong in print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The page, from 0.
    pub page: usize,
    /// The text concerned, or its beginning.
    pub text: String,
    /// Where it was written.
    pub span: Option<Span>,
}

/// What can be wrong in print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Text reaches beyond the trimmed page.
    OffPage,
    /// Text lies over other text.
    TextOverlap,
    /// Text leaves the box that it belongs to.
    OutOfBox,
    /// Two boxes overlap, or a branch's label lies over a box.
    BoxOverlap,
    /// A line runs through text.
    LineThroughText,
    /// The font's glyph for missing characters is drawn.
    MissingGlyph,
    /// A line is thinner than a press holds.
    Hairline,
}

/// Lines thinner than 0.25 pt are lost at the press.
const THINNEST: Length = Length::um(88);
/// Overlaps up to this are rounding.
const SLOP: Length = Length::um(30);

/// A run of text where it lies.
struct Placed<'a> {
    run: &'a GlyphRun,
    rect: Rect,
    /// The box it belongs to, by position in the list of boxes.
    owner: Option<usize>,
    label: bool,
}

/// A box with its outline.
struct Boxed<'a> {
    group: &'a Group,
    rect: Rect,
}

/// Everything on a page that is looked at.
#[derive(Default)]
struct Inventory<'a> {
    runs: Vec<Placed<'a>>,
    boxes: Vec<Boxed<'a>>,
    /// Straight pieces of lines that stand alone, such as arrows.
    lines: Vec<(Point, Point)>,
    strokes: Vec<Stroke>,
}

/// Every fault of a scene.
pub fn verify(scene: &Scene) -> Vec<Fault> {
    scene.pages.iter().enumerate().flat_map(|(page, sheet)| verify_page(page, sheet)).collect()
}

fn verify_page(page: usize, sheet: &Page) -> Vec<Fault> {
    let inventory = take_stock(sheet);
    let mut faults = Vec::new();
    let mut add = |kind, run: Option<&GlyphRun>, span: Option<Span>| {
        let text = run.map_or_else(String::new, |run| run.text.chars().take(12).collect());
        faults.push(Fault { kind, page, text, span: span.or(run.and_then(|run| run.span)) });
    };
    for placed in &inventory.runs {
        if !sheet.trim.contains(&placed.rect.inset(SLOP)) {
            add(FaultKind::OffPage, Some(placed.run), None);
        }
        if placed.run.glyphs.iter().any(|glyph| glyph.id == 0) {
            add(FaultKind::MissingGlyph, Some(placed.run), None);
        }
        if placed.owner.is_some_and(|owner| !inventory.boxes[owner].rect.contains(&placed.rect.inset(SLOP))) {
            add(FaultKind::OutOfBox, Some(placed.run), None);
        }
        if placed.label && inventory.boxes.iter().any(|b| b.rect.inset(SLOP).overlaps(&placed.rect)) {
            add(FaultKind::BoxOverlap, Some(placed.run), None);
        }
        let through = |&(a, b): &(Point, Point)| {
            Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y))
                .inset(-SLOP)
                .overlaps(&placed.rect.inset(SLOP * 3))
        };
        if inventory.lines.iter().any(through) {
            add(FaultKind::LineThroughText, Some(placed.run), None);
        }
    }
    for (a, b) in overlapping(&inventory.runs) {
        add(FaultKind::TextOverlap, Some(inventory.runs[a].run), inventory.runs[b].run.span);
    }
    for (i, a) in inventory.boxes.iter().enumerate() {
        if inventory.boxes[..i].iter().any(|b| a.rect.inset(SLOP).overlaps(&b.rect)) {
            add(FaultKind::BoxOverlap, None, a.group.span);
        }
    }
    if inventory.strokes.iter().any(|stroke| stroke.width < THINNEST) {
        add(FaultKind::Hairline, None, None);
    }
    faults
}

/// Pairs of runs that lie over each other, found by a sweep from the top.
fn overlapping(runs: &[Placed<'_>]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&i| runs[i].rect.top);
    let mut pairs = Vec::new();
    for (at, &i) in order.iter().enumerate() {
        let rect = runs[i].rect.inset(SLOP);
        let below = order[at + 1..].iter().take_while(|&&j| runs[j].rect.top < rect.bottom);
        pairs.extend(below.filter(|&&j| runs[j].rect.inset(SLOP).overlaps(&rect)).map(|&j| (i, j)));
    }
    pairs
}

fn take_stock(sheet: &Page) -> Inventory<'_> {
    let mut inventory = Inventory::default();
    sheet.walk(|item, groups| match item {
        Item::Group(group) if is_box(group.role) => {
            if let Some(rect) = outline(group) {
                inventory.boxes.push(Boxed { group, rect });
            }
        }
        Item::Text(run) => {
            let owner = groups.iter().rev().find(|group| is_box(group.role));
            let owner = owner.and_then(|owner| inventory.boxes.iter().position(|b| std::ptr::eq(b.group, *owner)));
            let label = groups.iter().any(|group| group.role == Role::BranchLabel);
            inventory.runs.push(Placed { run, rect: extent(run), owner, label });
        }
        Item::Path(shape) => {
            inventory.strokes.extend(shape.stroke);
            if groups.is_empty() && shape.fill.is_none() {
                inventory.lines.extend(straight_pieces(&shape.path.segments));
            }
        }
        Item::Group(_) | Item::Image(_) | Item::Link(_) => {}
    });
    inventory
}

fn is_box(role: Role) -> bool {
    matches!(role, Role::Stage | Role::Risk | Role::Measure | Role::ColumnHead)
}

/// The rectangle around a box's shapes.
fn outline(group: &Group) -> Option<Rect> {
    let shapes = group.items.iter().filter_map(|item| match item {
        Item::Path(shape) => shape.path.bounds(),
        _ => None,
    });
    shapes.reduce(|a, b| a.union(&b))
}

/// The room that a run's em boxes take: 0.88 above the baseline, 0.12 below, from its first pen to its last.
fn extent(run: &GlyphRun) -> Rect {
    let width = run.glyphs.iter().map(|glyph| glyph.advance).sum();
    let top = run.origin.y - run.size.percent(88);
    Rect::new(run.origin.x, top, run.origin.x + width, top + run.size)
}

fn straight_pieces(segments: &[Segment]) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let mut pen = Point::default();
    for segment in segments {
        match *segment {
            Segment::Move(p) => pen = p,
            Segment::Line(p) => {
                pieces.push((pen, p));
                pen = p;
            }
            Segment::Cubic(_, _, p) => pen = p,
            Segment::Close => {}
        }
    }
    pieces
}
