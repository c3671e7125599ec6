//! Lines to glyph runs, blocks to groups.

use crate::color::Rgb;
use crate::geom::{Path, Point, Rect};
use crate::layout::metrics::{BADGE_HALF, RULE_LINE, line};
use crate::layout::words::block::{
    Align, BADGE_DROP, BADGE_GAP, BADGE_PAD, BadgePlace, Block, Hanging, LABEL_GAP, MARK_GAP, MARK_SIDE, Ornament,
    PLAIN_GAP, Para, Part, Piece,
};
use crate::layout::words::style::{EM_TOP, Styles};
use crate::scene::{FillRule, Glyph, GlyphRun, Group, Image, Item, Role, Shape, Stroke};
use crate::text::{Line, SetGlyph};
use crate::theme::LevelLook;
use crate::unit::{Em, Length};

/// Items that mean one thing. Shapes and images among them stand for what the group was written for.
pub(crate) fn group(role: Role, span: Option<crate::source::Span>, mut items: Vec<Item>) -> Item {
    for item in &mut items {
        match item {
            Item::Path(Shape { span: own, .. }) | Item::Image(Image { span: own, .. }) => *own = own.or(span),
            _ => {}
        }
    }
    Item::Group(Group { role, span, part: None, items })
}

/// Items that are a part of what other groups of that number are parts of, too.
pub(crate) fn part_of(part: crate::scene::Part, role: Role, items: Vec<Item>) -> Item {
    Item::Group(Group { role, span: None, part: Some(part), items })
}

/// A filled shape.
pub(crate) fn filled(path: Path, fill: Rgb) -> Item {
    Item::Path(Shape { path, fill: Some(fill), rule: FillRule::NonZero, stroke: None, span: None })
}

/// A line.
pub(crate) fn stroked(path: Path, color: Rgb, width: Length) -> Item {
    let stroke = Some(Stroke { color, width, dash: None });
    Item::Path(Shape { path, fill: None, rule: FillRule::NonZero, stroke, span: None })
}

/// An outlined shape, filled or not.
pub(crate) fn outlined(path: Path, fill: impl Into<Option<Rgb>>, color: Rgb, width: Length) -> Item {
    Item::Path(Shape {
        path,
        fill: fill.into(),
        rule: FillRule::NonZero,
        stroke: Some(Stroke { color, width, dash: None }),
        span: None,
    })
}

/// A composed line as glyph runs, its left edge and baseline at `origin`, its glyphs of fragment `n` moved right by
/// `shift(n)`, in x and y.
pub(crate) fn runs(
    set: &Line,
    pieces: &[Piece],
    size: Length,
    origin: Point,
    shift: impl Fn(u16) -> (Length, Length),
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut begin = 0;
    let glyphs: Vec<SetGlyph> = set.glyphs.iter().chain(&set.space).cloned().collect();
    for end in 1..=glyphs.len() {
        let first = &glyphs[begin];
        let joined = |next: &SetGlyph| next.face == first.face && next.fragment == first.fragment;
        if glyphs.get(end).is_some_and(joined) {
            continue;
        }
        let piece = &pieces[usize::from(first.fragment)];
        let (aside, below) = shift(first.fragment);
        let at = origin.shifted(first.x.at(size) + aside, below);
        items.push(Item::Text(run(&glyphs[begin..end], piece, size, at)));
        begin = end;
    }
    items
}

/// Glyphs of one face and piece as a run. Pens stand at rounded places, so that rounding does not add up.
fn run(glyphs: &[SetGlyph], piece: &Piece, size: Length, origin: Point) -> GlyphRun {
    let left = glyphs[0].x;
    let pen = |glyph: &SetGlyph| (glyph.x - left).at(size);
    let mut text = String::new();
    let mut source = u32::MAX..u32::MAX;
    let mut cluster = 0..0;
    let mut placed = Vec::with_capacity(glyphs.len());
    for (i, glyph) in glyphs.iter().enumerate() {
        if glyph.source != source {
            let start = text.len() as u32;
            text.push_str(&piece.text[glyph.source.start as usize..glyph.source.end as usize]);
            cluster = start..text.len() as u32;
            source = glyph.source.clone();
        }
        let advance = match glyphs.get(i + 1) {
            Some(next) => pen(next) - pen(glyph),
            None => glyph.advance.at(size),
        };
        placed.push(Glyph { id: glyph.id, advance, dx: Length::ZERO, dy: glyph.y.at(size), cluster: cluster.clone() });
    }
    GlyphRun { face: glyphs[0].face, size, origin, color: piece.color, glyphs: placed, text, span: piece.span }
}

/// A paragraph composed at `measure`, aligned between `left` and `right` from `top` down, at the body size `body`.
pub(crate) fn para(
    para: &Para,
    measure: Em,
    body: Length,
    edges: (Length, Length),
    top: Length,
    align: Align,
) -> Vec<Item> {
    set_lines(para, &para.lines(measure), body, edges, top, align)
}

/// Lines of a paragraph in the same way.
pub(crate) fn set_lines(
    para: &Para,
    lines: &[Line],
    body: Length,
    (left, right): (Length, Length),
    top: Length,
    align: Align,
) -> Vec<Item> {
    let size = body.percent(i64::from(para.percent));
    let mut items = Vec::new();
    let mut baseline = top + para.baseline().at(body);
    for set in lines {
        let x = aligned(set.width.at(size), left, right, align);
        items.extend(runs(set, &para.pieces, size, Point::new(x, baseline), |_| (Length::ZERO, Length::ZERO)));
        baseline += para.leading().at(body);
    }
    items
}

/// The left edge of something of `width` between two edges.
pub(crate) fn aligned(width: Length, left: Length, right: Length, align: Align) -> Length {
    match align {
        Align::Left => left,
        Align::Centre => left + (right - left - width) / 2,
        Align::Right => right - width,
    }
}

/// Sets blocks at one body size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockPainter<'a> {
    pub(crate) styles: &'a Styles<'a>,
    pub(crate) body: Length,
    /// How the level of the block is painted.
    pub(crate) look: Option<LevelLook>,
    /// The user's own mark for it.
    pub(crate) mark: Option<&'a MarkShape>,
}

/// What stands for a level: a shape, or a glyph the user chose.
#[derive(Clone, Debug)]
pub(crate) enum MarkShape {
    /// A shape of the theme.
    Drawn(crate::theme::Mark),
    /// An outline at a size of 1 mm, centred on the origin, with its width and height.
    Outline(Path),
}

impl MarkShape {
    /// The mark in a square.
    pub(crate) fn path(&self, within: Rect) -> Path {
        match self {
            Self::Drawn(mark) => mark.path(within),
            Self::Outline(path) => {
                let side = within.width();
                let (x, y) = (within.mid_x(), within.mid_y());
                let scaled = |v: Length| v.scale(side.to_um(), Length::mm(1).to_um());
                path.map(|p| Point::new(x + scaled(p.x), y + scaled(p.y)))
            }
        }
    }
}

impl BlockPainter<'_> {
    /// The block's parts between `left` and `left + width` from `top` down, as groups in reading order.
    pub(crate) fn block(&self, block: &Block, left: Length, width: Em, top: Length) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut list: Vec<Item> = Vec::new();
        let mut y = Em::ZERO;
        for (index, part) in block.parts.iter().enumerate() {
            if block.joins(index, width) {
                flush(&mut list, &mut items);
                items.push(self.joined(part, left, width, top + y.at(self.body)));
                continue;
            }
            let before = block.space_before(index);
            y += before;
            let at = top + y.at(self.body);
            if part.role == Role::ListItem {
                list.push(self.item(block, part, left, width, at));
            } else if part.label.is_some() {
                items.push(self.item(block, part, left, width, at));
            } else {
                flush(&mut list, &mut items);
                if part.ornament == Ornament::RuleAbove && index > 0 {
                    let rule = at - (before / 2).at(self.body);
                    items.push(self.rule(left, left + width.at(self.body), rule));
                }
                items.push(self.plain(part, left, width, at));
            }
            y += block.part_height(part, width);
        }
        flush(&mut list, &mut items);
        items
    }

    /// A part at the right end of the line above, which ends at `bottom`.
    fn joined(&self, part: &Part, left: Length, width: Em, bottom: Length) -> Item {
        let own = part.line_width();
        let drop = if matches!(part.ornament, Ornament::Badge(_)) { BADGE_DROP } else { Em::ZERO };
        let top = bottom - (part.para.leading() + drop).at(self.body);
        self.plain(part, left + (width - own).at(self.body), own, top)
    }

    fn rule(&self, left: Length, right: Length, y: Length) -> Item {
        let path = Path::polyline(&[Point::new(left, y), Point::new(right, y)]);
        stroked(path, self.styles.theme.rule, line(RULE_LINE, self.body))
    }

    /// A numbered item: its number, and its text hanging beside it.
    pub(super) fn item(&self, block: &Block, part: &Part, left: Length, width: Em, top: Length) -> Item {
        let mut items = Vec::new();
        let text_left = left + block.indent(part).at(self.body);
        if let Some(label) = &part.label {
            let edge = text_left - LABEL_GAP.at(self.body);
            let number = para(label, Em::MAX, self.body, (edge, edge), top, Align::Right);
            items.push(group(Role::Label, None, number));
        }
        let right = left + width.at(self.body);
        let body = self.measured(part, block.indent(part), width, text_left, right, top);
        items.push(group(Role::ListBody, part.para.pieces[0].span, body));
        group(part.role, part.para.pieces[0].span, items)
    }

    /// The lines of a part, composed at the very measure that its height was reckoned with.
    fn measured(&self, part: &Part, indent: Em, width: Em, left: Length, right: Length, top: Length) -> Vec<Item> {
        para(&part.para, width - indent, self.body, (left, right), top, Align::Left)
    }

    fn plain(&self, part: &Part, left: Length, width: Em, top: Length) -> Item {
        let span = part.para.pieces.iter().find_map(|piece| piece.span);
        let right = left + width.at(self.body);
        let items = match (part.ornament, self.look) {
            (Ornament::Badge(_), Some(look)) => match part.badge_at(width) {
                Some(place) => self.level(&part.para, place, look, left, top + BADGE_DROP.at(self.body)),
                None => self.measured(part, Em::ZERO, width, left, right, top),
            },
            _ => match part.hanging_at(width) {
                Some(hanging) => self.hanging(hanging, (left, right), width, top),
                None => self.measured(part, Em::ZERO, width, left, right, top),
            },
        };
        group(part.role, span, items)
    }

    /// Words with their colon, and the text that hangs beside them.
    fn hanging(&self, hanging: &Hanging, (left, right): (Length, Length), width: Em, top: Length) -> Vec<Item> {
        let indent = hanging.indent();
        let mut items = para(&hanging.lead, Em::MAX, self.body, (left, right), top, Align::Left);
        let edges = (left + indent.at(self.body), right);
        items.extend(para(&hanging.text, width - indent, self.body, edges, top, Align::Left));
        items
    }

    /// 风险等级： and the badge with mark and name.
    pub(crate) fn level(
        &self,
        words: &Para,
        place: BadgePlace,
        look: LevelLook,
        left: Length,
        top: Length,
    ) -> Vec<Item> {
        let at = |em: Em| em.at(self.body);
        let size = self.body.percent(i64::from(words.percent));
        let Some(set) = words.lines(Em::MAX).into_iter().next() else { return Vec::new() };
        let baseline = top + at(words.baseline());
        // Without a ground behind them, mark and name stand near to the words.
        let gap = if look.plain { PLAIN_GAP - BADGE_PAD } else { BADGE_GAP };
        let name = set.glyphs.iter().find(|glyph| glyph.fragment > 0).map_or(set.width, |glyph| glyph.x).at(size);
        // From where the badge and its name would be on the words' line without it to where they are.
        let (aside, below) = match place {
            BadgePlace::Beside => (at(gap), Length::ZERO),
            BadgePlace::Below => (if look.plain { -at(BADGE_PAD) } else { Length::ZERO } - name, at(words.leading())),
        };
        let shift = aside + at(BADGE_PAD) + at(MARK_SIDE) + at(MARK_GAP);
        let middle = baseline + below - Em::milli(EM_TOP - 500).at(size);
        let badge = Rect::new(
            left + name + aside,
            middle - BADGE_HALF.at(size),
            left + set.width.at(size) + shift + at(BADGE_PAD),
            middle + BADGE_HALF.at(size),
        );
        let mut items = Vec::new();
        if !look.plain {
            items.push(self.badge(badge, look));
        }
        items.push(self.mark_in(badge, look));
        items.extend(runs(&set, &words.pieces, size, Point::new(left, baseline), |fragment| {
            if fragment > 0 { (shift, below) } else { (Length::ZERO, Length::ZERO) }
        }));
        items
    }

    /// A badge's area.
    pub(crate) fn badge(&self, rect: Rect, look: LevelLook) -> Item {
        let radius = Em::milli(180).at(self.body).min(self.body.percent(self.styles.theme.radius));
        let width = line(RULE_LINE, self.body);
        let inner = rect.inset(width / 2);
        let line = if look.plain { look.badge } else { look.badge_line };
        outlined(Path::rounded(inner, radius), look.badge, line, width)
    }

    /// The mark at a badge's left end.
    pub(crate) fn mark_in(&self, badge: Rect, look: LevelLook) -> Item {
        let side = MARK_SIDE.at(self.body);
        let left = badge.left + BADGE_PAD.at(self.body);
        let within = Rect::new(left, badge.mid_y() - side / 2, left + side, badge.mid_y() + side - side / 2);
        let drawn = MarkShape::Drawn(look.mark);
        filled(self.mark.unwrap_or(&drawn).path(within), look.badge_ink)
    }
}

/// Makes one list of the items gathered.
pub(super) fn flush(list: &mut Vec<Item>, items: &mut Vec<Item>) {
    if !list.is_empty() {
        items.push(group(Role::List, None, std::mem::take(list)));
    }
}
