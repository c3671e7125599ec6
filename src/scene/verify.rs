//! The last look at a picture before it is written: what would be a fault in print.

use super::lines::{DrawnLine, Outline};
use super::{Arrow, GlyphRun, Group, Item, Page, Role, Scene, Shape, Stroke};
use crate::diag::{Code, Diagnostic};
use crate::font::FontBook;
use crate::geom::{Point, Rect};
use crate::source::Span;
use crate::unit::Length;

/// Something that would be wrong in print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The page, from 0.
    pub page: usize,
    /// The text concerned, or its beginning; the character that has no glyph; of lines on each other the place, from the
    /// page's top left.
    pub text: String,
    /// Where it was written.
    pub span: Option<Span>,
}

impl Fault {
    /// The fault as a problem of the chart, on the line of the words concerned.
    pub fn problem(&self) -> Diagnostic {
        let code = match self.kind {
            FaultKind::OffPage => Code::TextOffPage,
            FaultKind::TextOverlap => Code::TextOverlap,
            FaultKind::OutOfBox => Code::TextOutOfBox,
            FaultKind::BoxOverlap => Code::BoxOverlap,
            FaultKind::LineThroughText => Code::LineThroughText,
            FaultKind::LineThroughBox => Code::LineThroughBox,
            FaultKind::LineOnLine => Code::LineOnLine,
            FaultKind::StrayLabel => Code::StrayLabel,
            FaultKind::MissingGlyph => Code::MissingGlyph,
            FaultKind::Hairline => Code::Hairline,
        };
        let problem = Diagnostic::new(code, self.span).with("text", &self.text).with("page", self.page + 1);
        match self.text.chars().next().filter(|_| self.kind == FaultKind::MissingGlyph) {
            Some(char) => problem.with("char", char).with("codepoint", format!("U+{:04X}", u32::from(char))),
            None => problem,
        }
    }
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
    /// A line runs through a box.
    LineThroughBox,
    /// A line lies on another, where neither tells from which box it comes and to which it goes.
    LineOnLine,
    /// A branch's label stands away from every line.
    StrayLabel,
    /// The font's glyph for missing characters is drawn.
    MissingGlyph,
    /// A line is thinner than a press holds.
    Hairline,
}

/// Lines thinner than 0.25 pt are lost at the press.
const THINNEST: Length = Length::um(88);
/// Overlaps up to this are rounding.
const SLOP: Length = Length::um(30);
/// So far a line may reach into a box: to the middle of its outline.
const INSIDE: Length = Length::um(400);

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
    /// What of it is seen.
    rect: Rect,
    outline: Outline,
}

/// Everything on a page that is looked at.
#[derive(Default)]
struct Inventory<'a> {
    runs: Vec<Placed<'a>>,
    boxes: Vec<Boxed<'a>>,
    /// Labels of branches: the rectangle around each.
    labels: Vec<(&'a Group, Rect)>,
    /// Arrows, and lines that stand alone.
    lines: Vec<DrawnLine<'a>>,
    strokes: Vec<Stroke>,
}

/// Every fault of a scene.
pub fn verify(scene: &Scene) -> Vec<Fault> {
    scene.pages.iter().enumerate().flat_map(|(page, sheet)| verify_page(&scene.fonts, page, sheet)).collect()
}

fn verify_page(fonts: &FontBook, page: usize, sheet: &Page) -> Vec<Fault> {
    let inventory = take_stock(fonts, sheet);
    let mut faults = Vec::new();
    let mut add = |kind, run: Option<&GlyphRun>, span: Option<Span>| {
        let text = run.map_or_else(String::new, |run| run.text.chars().take(12).collect());
        faults.push(Fault { kind, page, text, span: span.or(run.and_then(|run| run.span)) });
    };
    for placed in &inventory.runs {
        if !sheet.trim.contains(&placed.rect.inset(SLOP)) {
            add(FaultKind::OffPage, Some(placed.run), None);
        }
        if placed.owner.is_some_and(|owner| !inventory.boxes[owner].rect.contains(&placed.rect.inset(SLOP))) {
            add(FaultKind::OutOfBox, Some(placed.run), None);
        }
        if placed.label && inventory.boxes.iter().any(|b| b.rect.inset(SLOP).overlaps(&placed.rect)) {
            add(FaultKind::BoxOverlap, Some(placed.run), None);
        }
        let through = |piece: &Rect| piece.inset(-SLOP).overlaps(&placed.rect.inset(SLOP * 3));
        if inventory.lines.iter().flat_map(|line| &line.pieces).any(through) {
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
    for line in &inventory.lines {
        if let Some(through) = inventory.boxes.iter().find(|b| line.runs_through(&b.outline, INSIDE)) {
            add(FaultKind::LineThroughBox, None, through.group.span);
        }
    }
    for label in inventory.labels.iter().filter(|label| inventory.is_stray(label)) {
        add(FaultKind::StrayLabel, None, label.0.span);
    }
    if inventory.strokes.iter().any(|stroke| stroke.width < THINNEST) {
        add(FaultKind::Hairline, None, None);
    }
    for Placed { run, .. } in &inventory.runs {
        if let Some(glyph) = run.glyphs.iter().find(|glyph| glyph.id == 0) {
            let part = glyph.cluster.start as usize..glyph.cluster.end as usize;
            let text = run.text.get(part).unwrap_or_default().to_owned();
            faults.push(Fault { kind: FaultKind::MissingGlyph, page, text, span: run.span });
        }
    }
    for (at, line) in inventory.lines_on_lines() {
        let (x, y) = (at.x - sheet.trim.left, at.y - sheet.trim.top);
        let text = format!("{:.0} × {:.0} mm", x.to_mm(), y.to_mm());
        let span = line.arrow.and_then(|arrow| arrow.span);
        faults.push(Fault { kind: FaultKind::LineOnLine, page, text, span });
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

fn take_stock<'a>(fonts: &FontBook, sheet: &'a Page) -> Inventory<'a> {
    let mut inventory = Inventory::default();
    inventory.take(fonts, &sheet.items, &mut Vec::new(), None);
    inventory
}

impl<'a> Inventory<'a> {
    /// Whether a label is further from every line than its type is high.
    fn is_stray(&self, (label, rect): &(&Group, Rect)) -> bool {
        let size = label.items.iter().find_map(|item| if let Item::Text(run) = item { Some(run.size) } else { None });
        let near = |line: &DrawnLine<'_>| line.distance(rect) <= size.unwrap_or_default();
        !self.lines.is_empty() && !self.lines.iter().any(near)
    }

    /// Whether two lines are parts of a bracket: their boxes are led from each to each.
    fn bracketed(&self, a: &DrawnLine<'_>, b: &DrawnLine<'_>) -> bool {
        let Some((a, b)) = a.arrow.zip(b.arrow) else { return false };
        let leads = |from: &Arrow, to: &Arrow| {
            self.lines.iter().filter_map(|line| line.arrow).any(|arrow| arrow.from == from.from && arrow.to == to.to)
        };
        leads(a, b) && leads(b, a)
    }

    /// Where lines lie on others before them.
    fn lines_on_lines(&self) -> impl Iterator<Item = (Point, &DrawnLine<'a>)> + '_ {
        let lines = self.lines.iter().enumerate();
        let on = |i: usize, line: &DrawnLine<'_>| {
            let apart = self.lines[..i].iter().filter(|other| !self.bracketed(line, other));
            apart.filter_map(|other| line.lies_on(other, SLOP)).next()
        };
        lines.filter_map(move |(i, line)| Some((on(i, line)?, line)))
    }

    /// Takes in what of the items is seen within `clip`.
    fn take(&mut self, fonts: &FontBook, items: &'a [Item], groups: &mut Vec<&'a Group>, clip: Option<Rect>) {
        for item in items {
            match item {
                Item::Group(group) => {
                    if is_box(group.role)
                        && let Some(outline) = outline(group)
                        && let Some(rect) = seen(outline.rect, clip)
                    {
                        self.boxes.push(Boxed { group, rect, outline });
                    }
                    groups.push(group);
                    let before = self.runs.len();
                    self.take(fonts, &group.items, groups, clip);
                    groups.pop();
                    if group.role == Role::BranchLabel
                        && let Some(rect) = self.runs[before..].iter().map(|run| run.rect).reduce(|a, b| a.union(&b))
                    {
                        self.labels.push((group, rect));
                    }
                }
                Item::Text(run) => {
                    if let Some(rect) = seen(extent(fonts, run), clip) {
                        self.run(run, rect, groups);
                    }
                }
                Item::Path(shape) => self.shape(shape, groups.iter().all(|group| group.role.gathers()), clip),
                Item::Arrow(arrow) => {
                    arrow.shapes.iter().for_each(|shape| self.shape(shape, false, clip));
                    self.lines.extend(DrawnLine::of_arrow(arrow, clip).filter(|line| !line.pieces.is_empty()));
                }
                Item::Clip(inner) => {
                    let nothing = Rect::default();
                    let within = clip.map_or(Some(inner.rect), |clip| clip.intersection(&inner.rect));
                    self.take(fonts, &inner.items, groups, Some(within.unwrap_or(nothing)));
                }
                Item::Link(link) => self.take(fonts, &link.items, groups, clip),
                Item::Image(_) => {}
            }
        }
    }

    fn run(&mut self, run: &'a GlyphRun, rect: Rect, groups: &[&'a Group]) {
        let owner = groups.iter().rev().find(|group| is_box(group.role));
        let owner = owner.and_then(|owner| self.boxes.iter().position(|b| std::ptr::eq(b.group, *owner)));
        let label = groups.iter().any(|group| group.role == Role::BranchLabel);
        self.runs.push(Placed { run, rect, owner, label });
    }

    fn shape(&mut self, shape: &Shape, alone: bool, clip: Option<Rect>) {
        let drawn = shape.path.bounds().is_some_and(|bounds| clip.is_none_or(|clip| clip.overlaps(&bounds)));
        self.strokes.extend(shape.stroke.filter(|_| drawn));
        if let Some(stroke) = shape.stroke.filter(|_| alone && shape.fill.is_none()) {
            self.lines.extend(DrawnLine::of(shape, &stroke, clip).filter(|line| !line.pieces.is_empty()));
        }
    }
}

/// What of a rectangle lies within a clip, where there is one.
fn seen(rect: Rect, clip: Option<Rect>) -> Option<Rect> {
    match clip {
        Some(clip) => clip.intersection(&rect),
        None => Some(rect),
    }
}

fn is_box(role: Role) -> bool {
    matches!(role, Role::Stage | Role::Risk | Role::Measure | Role::ColumnHead)
}

/// The outline of a box's shapes.
fn outline(group: &Group) -> Option<Outline> {
    Outline::of(group.items.iter().filter_map(|item| match item {
        Item::Path(shape) => Some(&shape.path),
        _ => None,
    }))
}

/// The room that a run takes: from the ink of its first glyph to that of its last, and the height of its em boxes, 0.88
/// above the baseline and 0.12 below. The blank halves of marks at its ends are no part of it, nor is what of a j or an f
/// hangs out over its neighbour: letters are made to do so.
fn extent(fonts: &FontBook, run: &GlyphRun) -> Rect {
    let face = fonts.face(run.face);
    let top = run.origin.y - run.size.percent(88);
    let mut pen = run.origin.x;
    let mut room: Option<(Length, Length)> = None;
    for glyph in &run.glyphs {
        if let Some(ink) = face.ink(glyph.id) {
            let left = pen + glyph.dx + ink.left.at(run.size);
            let right = pen + glyph.dx + ink.right.at(run.size);
            room = Some(room.map_or((left, right), |(l, r)| (l.min(left), r.max(right))));
        }
        pen += glyph.advance;
    }
    let (left, right) = room.unwrap_or((run.origin.x, run.origin.x));
    let (left, right) = (left.max(run.origin.x).min(pen), right.min(pen).max(run.origin.x));
    Rect::new(left, top, right, top + run.size)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Clip, FillRule, Glyph, Meta};
    use super::*;
    use crate::color::Rgb;
    use crate::font::FaceId;
    use crate::geom::{Path, Size};

    fn text(x: i64, y: i64, words: &str) -> Item {
        let size = Length::mm(4);
        let glyph = |i: usize| Glyph {
            id: FontBook::embedded().face(FaceId(0)).glyph('国').expect("a Han glyph"),
            advance: size,
            dx: Length::ZERO,
            dy: Length::ZERO,
            cluster: 3 * i as u32..3 * (i as u32 + 1),
        };
        Item::Text(GlyphRun {
            face: FaceId(0),
            size,
            origin: Point::new(Length::mm(x), Length::mm(y)),
            color: Rgb::BLACK,
            glyphs: (0..words.chars().count()).map(glyph).collect(),
            text: words.to_owned(),
            span: None,
        })
    }

    fn stroke(points: [(i64, i64); 2], width: Length) -> Item {
        let points = points.map(|(x, y)| Point::new(Length::mm(x), Length::mm(y)));
        let stroke = Some(Stroke { color: Rgb::BLACK, width, dash: None });
        Item::Path(Shape { path: Path::polyline(&points), fill: None, rule: FillRule::NonZero, stroke, span: None })
    }

    fn boxed(role: Role, [left, top, right, bottom]: [i64; 4], words: Vec<Item>) -> Item {
        let rect = Rect::new(Length::mm(left), Length::mm(top), Length::mm(right), Length::mm(bottom));
        let mut items = vec![Item::Path(Shape {
            path: Path::rect(rect),
            fill: Some(Rgb::WHITE),
            rule: FillRule::NonZero,
            stroke: None,
            span: None,
        })];
        items.extend(words);
        Item::Group(Group { role, span: None, part: None, items })
    }

    /// What is told of a page, in words without a blank left.
    fn codes(items: Vec<Item>) -> Vec<Code> {
        let page = Rect::at(Length::ZERO, Length::ZERO, Size::new(Length::mm(100), Length::mm(100)));
        let media = Size::new(Length::mm(100), Length::mm(100));
        let pages = vec![Page { media, trim: page, bleed: page, continued: false, items }];
        let fonts = Arc::new(FontBook::embedded());
        let scene = Scene { meta: Meta::default(), pages, outline: Vec::new(), fonts };
        let code = |problem: Diagnostic| {
            let row = problem.code.row();
            let filled = |name: &str| problem.values.iter().any(|(known, _)| *known == name);
            let blanks = row.message.zh.split('{').skip(1).filter_map(|part| part.split('}').next());
            blanks.for_each(|name| assert!(filled(name), "{}: {name}", row.slug));
            problem.code
        };
        verify(&scene).iter().map(Fault::problem).map(code).collect()
    }

    #[test]
    fn a_sound_page_has_no_fault() {
        let page = vec![
            stroke([(50, 0), (50, 30)], Length::um(200)),
            boxed(Role::Risk, [10, 30, 60, 60], vec![text(12, 40, "擅自"), text(12, 45, "立案")]),
            boxed(Role::Measure, [60, 30, 90, 60], vec![text(62, 40, "回避")]),
        ];
        assert_eq!(codes(page), []);
    }

    #[test]
    fn what_a_clip_hides_is_no_fault() {
        let rect = Rect::new(Length::mm(10), Length::mm(10), Length::mm(60), Length::mm(60));
        let hidden = [text(90, 50, "出了纸边"), text(70, 70, "看"), text(71, 71, "不见")];
        let cut = [text(58, 30, "半个字"), text(62, 31, "外面")];
        let clip = |items: Vec<Item>| vec![Item::Clip(Clip { rect, items })];
        assert_eq!(codes(clip(hidden.into())), []);
        assert_eq!(codes(clip(cut.into())), []);
        assert_eq!(codes(clip(vec![text(20, 50, "重叠"), text(22, 52, "文字")])), [Code::TextOverlap]);
    }

    #[test]
    fn every_fault_is_told() {
        assert_eq!(codes(vec![text(90, 50, "出了纸边")]), [Code::TextOffPage]);
        let mut unknown = text(10, 50, "无字");
        if let Item::Text(run) = &mut unknown {
            run.glyphs[0].id = 0;
        }
        assert_eq!(codes(vec![unknown]), [Code::MissingGlyph]);
        assert_eq!(codes(vec![text(10, 50, "重叠"), text(12, 52, "文字")]), [Code::TextOverlap]);
        let cut = boxed(Role::Risk, [10, 30, 20, 60], vec![text(12, 40, "太长了")]);
        assert_eq!(codes(vec![cut]), [Code::TextOutOfBox]);
        let overlap = [[10, 30, 40, 60], [30, 50, 60, 80]].map(|rect| boxed(Role::Stage, rect, Vec::new()));
        assert_eq!(codes(overlap.into()), [Code::BoxOverlap]);
        let boxed_in = |points| vec![stroke(points, Length::um(200)), boxed(Role::Risk, [20, 20, 60, 60], Vec::new())];
        assert_eq!(codes(boxed_in([(0, 40), (90, 40)])), [Code::LineThroughBox]);
        assert_eq!(codes(boxed_in([(0, 40), (20, 40)])), [], "a line may end at a box");
        let two = |a, b| vec![stroke(a, Length::um(200)), stroke(b, Length::um(200))];
        assert_eq!(codes(two([(0, 40), (50, 40)], [(30, 40), (80, 40)])), [Code::LineOnLine]);
        assert_eq!(codes(two([(0, 40), (50, 40)], [(30, 40), (50, 40)])), [], "both go to one point");
        assert_eq!(codes(two([(0, 40), (50, 40)], [(30, 10), (30, 80)])), [], "crossings are no fault");
        let label =
            Item::Group(Group {
                role: Role::BranchLabel, span: None, part: None, items: vec![text(10, 50, "不齐全")]
            });
        assert_eq!(codes(vec![stroke([(0, 51), (90, 51)], Length::um(200)), label.clone()]), []);
        assert_eq!(codes(vec![stroke([(0, 80), (90, 80)], Length::um(200)), label]), [Code::StrayLabel]);
        let crossed = vec![stroke([(0, 49), (90, 49)], Length::um(200)), text(10, 50, "穿过")];
        assert_eq!(codes(crossed), [Code::LineThroughText]);
        assert_eq!(codes(vec![stroke([(0, 49), (90, 49)], Length::um(80))]), [Code::Hairline]);
    }
}
