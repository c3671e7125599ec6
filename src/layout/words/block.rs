//! Blocks: the text of one box, measured for any width, in ems of the body size.
//!
//! Nothing here knows the body size, so the search for it asks the same blocks over and over: only width ÷ size changes.

use std::ops::Range;

use super::style::{EM_TOP, LEADING, Styles, TypeSize};
use crate::color::Rgb;
use crate::font::FaceId;
use crate::scene::Role;
use crate::source::{Span, Text};
use crate::text::{Fragment, Line, Matter, MissingGlyph, Paragraph, Setting};
use crate::unit::Em;

/// A piece of a paragraph: its text, face and colour.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The text, source text and nothing else.
    pub(crate) text: String,
    /// The face it prefers.
    pub(crate) face: FaceId,
    /// Its colour.
    pub(crate) color: Rgb,
    /// Where it was written.
    pub(crate) span: Option<Span>,
}

impl Piece {
    /// A text of the chart.
    pub(crate) fn of(text: &Text, face: FaceId, color: Rgb) -> Self {
        Self { text: text.value.clone(), face, color, span: Some(text.span) }
    }

    /// Words that the program adds.
    pub(crate) fn words(text: impl Into<String>, face: FaceId, color: Rgb) -> Self {
        Self { text: text.into(), face, color, span: None }
    }
}

/// Where a line stands between two edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// A paragraph with what is needed to paint it.
#[derive(Clone, Debug)]
pub(crate) struct Para {
    /// The pieces, in order.
    pub(crate) pieces: Vec<Piece>,
    /// The composed text.
    pub(crate) text: Paragraph,
    /// Its type size in percent of the body size.
    pub(crate) percent: i32,
    /// How its lines are set.
    pub(crate) setting: Setting,
    /// What is added to the leading, in thousandths of its type size.
    pub(super) extra_leading: i32,
    /// Which of its lines are shown: all, but where a box goes on over a page's end.
    pub(crate) shown: Range<usize>,
}

/// Every line.
const ALL: Range<usize> = 0..usize::MAX;

/// A character that no face has, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The character.
    pub(crate) character: char,
    /// The string it stands in.
    pub(crate) span: Option<Span>,
}

impl Para {
    /// Prepares pieces for composition. Characters that no face has go to `missing`, the paragraph is then empty.
    pub(crate) fn new(
        styles: &Styles<'_>,
        pieces: Vec<Piece>,
        percent: i32,
        setting: Setting,
        missing: &mut Vec<Missing>,
    ) -> Self {
        Self::of(Matter::Text, styles, pieces, (percent, setting), missing)
    }

    /// The same, of any matter.
    pub(super) fn of(
        matter: Matter,
        styles: &Styles<'_>,
        pieces: Vec<Piece>,
        (percent, setting): (i32, Setting),
        missing: &mut Vec<Missing>,
    ) -> Self {
        let prepared = {
            let fragments: Vec<_> =
                pieces.iter().map(|p| Fragment { text: &p.text, face: p.face, span: p.span }).collect();
            Paragraph::prepare_as(styles.fonts, &fragments, matter)
        };
        let text = prepared.unwrap_or_else(|faults: Vec<MissingGlyph>| {
            missing.extend(
                faults
                    .iter()
                    .map(|f| Missing { character: f.character, span: pieces.get(f.fragment).and_then(|p| p.span) }),
            );
            Paragraph::default()
        });
        Self { pieces, text, percent, setting, extra_leading: 0, shown: ALL }
    }

    /// Its words in one line.
    pub(crate) fn words(&self) -> String {
        self.pieces.iter().flat_map(|piece| piece.text.lines()).collect()
    }

    fn size(&self) -> TypeSize {
        TypeSize(self.percent)
    }

    /// The width of the whole text on one line, in ems of the body.
    pub(crate) fn natural_width(&self) -> Em {
        self.size().in_body(self.text.natural_width())
    }

    /// The least width at which no word is broken, in ems of the body.
    pub(crate) fn least_width(&self) -> Em {
        self.size().in_body(self.text.least_measure())
    }

    /// The least width at which names, short titles and numbers stay whole, in ems of the body.
    pub(crate) fn whole_width(&self) -> Em {
        self.size().in_body(self.text.whole_measure())
    }

    /// The height at a width, both in ems of the body.
    pub(crate) fn height(&self, width: Em) -> Em {
        self.leading() * self.count_lines(width) as i32
    }

    /// Whether no word is broken where one fits, though it take more lines: in names and titles, not in running text.
    fn has_whole_words(&self) -> bool {
        self.setting == Setting::Balanced
    }

    /// How many lines are shown at a width.
    pub(crate) fn count_lines(&self, width: Em) -> usize {
        let measure = self.size().measure(width);
        let of_words = self.has_whole_words().then(|| self.text.count_lines_within(|_| measure)).flatten();
        let lines = of_words.unwrap_or_else(|| self.text.count_lines(measure));
        lines.min(self.shown.end).saturating_sub(self.shown.start)
    }

    /// How many lines there are where each has a width of its own, by its number, in ems of the body; `None` where the
    /// text does not fit in this way.
    pub(crate) fn count_lines_within(&self, width: impl Fn(usize) -> Em) -> Option<usize> {
        self.text.count_lines_within(|line| self.size().measure(width(line)))
    }

    /// These lines, in ems of this paragraph's own size.
    pub(crate) fn lines_within(&self, width: impl Fn(usize) -> Em) -> Option<Vec<Line>> {
        self.text.lines_within(|line| self.size().measure(width(line)), self.setting)
    }

    /// The lines shown at a width in ems of the body; the lines themselves are in ems of this paragraph's own size.
    pub(crate) fn lines(&self, width: Em) -> Vec<Line> {
        let measure = self.size().measure(width);
        let of_words = self.has_whole_words().then(|| self.text.lines_within(|_| measure, self.setting)).flatten();
        let mut lines = of_words.unwrap_or_else(|| self.text.lines(measure, self.setting));
        lines.truncate(self.shown.end);
        lines.drain(..self.shown.start.min(lines.len()));
        lines
    }

    /// From one baseline to the next, in ems of the body.
    pub(crate) fn leading(&self) -> Em {
        self.size().in_body(Em::milli(LEADING + self.extra_leading))
    }

    /// From the top of a line to its baseline, in ems of the body: the em box is centred in the line.
    pub(crate) fn baseline(&self) -> Em {
        self.size().in_body(Em::milli((LEADING + self.extra_leading - 1000) / 2 + EM_TOP))
    }
}

/// One paragraph of a block, with what stands before it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// What it means.
    pub(crate) role: Role,
    /// The text.
    pub(crate) para: Para,
    /// An item's number, set right-aligned in the block's label column.
    pub(crate) label: Option<Para>,
    /// The same text in two, the words before it and what hangs beside them, for boxes that are wide enough.
    pub(crate) hanging: Option<Hanging>,
    /// Space above, in ems of the body; none above the first part.
    pub(crate) before: Em,
    /// What is drawn with it.
    pub(crate) ornament: Ornament,
}

/// A text that hangs beside the words before it: 责任人： and names.
#[derive(Clone, Debug)]
pub(crate) struct Hanging {
    /// The words with their colon.
    pub(crate) lead: Para,
    /// What hangs.
    pub(crate) text: Para,
}

/// A text hangs where its words take at most so many hundredths of the box: narrower, it would lose lines by it. Boxes
/// of one column are equally wide, so in all of them the same words hang or don't.
const HANGING_SHARE: i32 = 50;

impl Hanging {
    /// How far the text stands in, the blank half of the colon included.
    pub(crate) fn indent(&self) -> Em {
        self.lead.natural_width() + Em::HALF
    }
}

/// What is drawn with a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ornament {
    /// Nothing.
    #[default]
    None,
    /// A thin rule in the middle of the space above.
    RuleAbove,
    /// A level's badge behind the last piece, with its mark: the rank of the level.
    Badge(usize),
}

/// Where a level's badge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadgePlace {
    /// On the line of the words before it.
    Beside,
    /// On a line of its own below them.
    Below,
}

/// The text of one box.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// The paragraphs, top to bottom.
    pub(crate) parts: Vec<Part>,
    /// Width of the column of numbers, the gap to the text included; zero where nothing is numbered.
    pub(super) label_width: Em,
}

/// What a paragraph of a block covers, in ems of the body from the block's top; it is centred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// Where it begins.
    pub(crate) top: Em,
    /// Where it ends.
    pub(crate) bottom: Em,
    /// How wide it is.
    pub(crate) width: Em,
}

/// Space between an item's number and its text, in ems of the body.
pub(crate) const LABEL_GAP: Em = Em::milli(300);
/// The level badge: space between words and badge, at each end of it, and the mark's side.
pub(crate) const BADGE_GAP: Em = Em::milli(100);
pub(crate) const BADGE_PAD: Em = Em::milli(380);
/// Space between words and mark where no badge holds mark and name.
pub(crate) const PLAIN_GAP: Em = Em::milli(250);
pub(crate) const MARK_SIDE: Em = Em::milli(760);
pub(crate) const MARK_GAP: Em = Em::milli(240);
/// What a badge adds to the width of a line with the level's name.
pub(crate) const BADGE_WIDTH: Em =
    Em::from_raw(BADGE_GAP.raw() + 2 * BADGE_PAD.raw() + MARK_SIDE.raw() + MARK_GAP.raw());

impl Block {
    /// Adds a part and widens the column of numbers to its label.
    pub(crate) fn push(&mut self, part: Part) {
        if let Some(label) = &part.label {
            self.label_width = self.label_width.max(label.natural_width() + LABEL_GAP);
        }
        self.parts.push(part);
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How far a part's text stands from the block's left edge.
    pub(crate) fn indent(&self, part: &Part) -> Em {
        if part.label.is_some() { self.label_width } else { Em::ZERO }
    }

    /// The height at a width.
    pub(crate) fn height(&self, width: Em) -> Em {
        let parts = self.parts.iter().enumerate().filter(|&(i, _)| !self.joins(i, width));
        parts.map(|(i, part)| self.space_before(i) + self.part_height(part, width)).sum()
    }

    /// Whether a level or responsible persons stand at the end of the line above: that of a last item that takes one line
    /// and leaves room for them.
    pub(crate) fn joins(&self, index: usize, width: Em) -> bool {
        let Some([item, part]) = index.checked_sub(1).and_then(|above| self.parts.get(above..=index)) else {
            return false;
        };
        // Persons of several ranks stand below each other.
        let alone = self.parts.get(index + 1).is_none_or(|next| next.role != part.role);
        let joining = alone && matches!(part.role, Role::Level | Role::Responsible) && item.role == Role::ListItem;
        let taken = || self.indent(item) + item.para.natural_width() + JOIN_GAP;
        let whole = |part: &Part| part.para.shown == ALL;
        let on_one_line = |part: &Part| part.para.count_lines(width) == 1;
        joining && whole(item) && taken() + part.line_width() <= width && on_one_line(item) && on_one_line(part)
    }

    /// Space above a part.
    pub(crate) fn space_before(&self, index: usize) -> Em {
        if index == 0 { Em::ZERO } else { self.parts[index].before }
    }

    /// A part's height at a width of the block.
    pub(crate) fn part_height(&self, part: &Part, width: Em) -> Em {
        match part.ornament {
            Ornament::Badge(_) => {
                let leading = part.para.leading();
                match part.badge_at(width) {
                    Some(BadgePlace::Beside) => leading + BADGE_LINE,
                    Some(BadgePlace::Below) => leading * 2 + BADGE_LINE,
                    None => part.para.height(width).max(leading),
                }
            }
            _ => match part.hanging_at(width) {
                Some(hanging) => hanging.text.height(width - hanging.indent()),
                None => part.para.height(width - self.indent(part)),
            },
        }
    }

    /// The width of the whole block with each part on one line.
    pub(crate) fn natural_width(&self) -> Em {
        let widths = self.parts.iter().map(|p| self.indent(p) + p.para.natural_width() + p.extra_width());
        widths.max().unwrap_or_default()
    }

    /// What its paragraphs cover at a width, top to bottom: each is as wide as its text on one line, those of a list as
    /// the widest of them, or as the block where it takes several lines.
    pub(crate) fn bands(&self, width: Em) -> Vec<Band> {
        let natural = |part: &Part| (self.indent(part) + part.line_width()).min(width);
        let list = self.parts.iter().filter(|part| part.role == Role::ListItem).map(natural).max().unwrap_or_default();
        let mut bottom = Em::ZERO;
        let band = |(index, part): (usize, &Part)| {
            let top = bottom + self.space_before(index);
            bottom = top + self.part_height(part, width);
            Band { top, bottom, width: if part.role == Role::ListItem { list } else { natural(part) } }
        };
        self.parts.iter().enumerate().map(band).collect()
    }

    /// The width that the lines of its list take at a measure, their numbers included.
    pub(crate) fn list_width(&self, measure: Em) -> Em {
        let items = self.parts.iter().filter(|part| part.role == Role::ListItem);
        let width = |part: &Part| {
            let lines = part.para.lines(measure - self.indent(part));
            let longest = lines.iter().map(|line| line.width).max().unwrap_or_default();
            self.indent(part) + part.para.size().in_body(longest)
        };
        items.map(width).max().unwrap_or_default()
    }

    /// Where the texts were written whose addresses and strings of letters break in a box of this width.
    pub(crate) fn broken_words(&self, width: Em) -> impl Iterator<Item = Span> {
        let parts = self.parts.iter().filter(|part| part.para.text.may_break_words());
        let broken =
            parts.filter(move |part| part.para.lines(width - self.indent(part)).iter().any(|line| line.emergency));
        broken.filter_map(|part| part.para.pieces.iter().find_map(|piece| piece.span))
    }

    /// The least width at which no word is broken.
    pub(crate) fn least_width(&self) -> Em {
        self.parts.iter().map(|p| self.indent(p) + p.least_width()).max().unwrap_or_default()
    }

    /// The least width at which names, short titles and numbers stay whole.
    pub(crate) fn whole_width(&self) -> Em {
        self.parts.iter().map(|p| self.indent(p) + p.para.whole_width()).max().unwrap_or_default()
    }
}

/// How much taller a line with a badge is than one without, and how much of that is above it.
const BADGE_LINE: Em = Em::milli(140);
pub(crate) const BADGE_DROP: Em = Em::milli(70);

/// A badge that makes a line wider than this need not stand beside its words.
const BADGE_BELOW: Em = Em::milli(12_000);

/// Space between an item and what stands at the end of its line.
const JOIN_GAP: Em = Em::milli(800);

impl Part {
    /// A text with nothing around it.
    pub(super) fn plain(role: Role, para: Para) -> Self {
        Self { role, para, label: None, hanging: None, before: Em::ZERO, ornament: Ornament::None }
    }

    /// Its width on one line.
    pub(crate) fn line_width(&self) -> Em {
        self.para.natural_width() + self.extra_width()
    }

    /// What a badge adds to the width of its line.
    pub(super) fn extra_width(&self) -> Em {
        match self.ornament {
            Ornament::Badge(_) => BADGE_WIDTH,
            _ => Em::ZERO,
        }
    }

    /// The text in two where it hangs in a box of this width.
    pub(crate) fn hanging_at(&self, width: Em) -> Option<&Hanging> {
        self.hanging.as_ref().filter(|hanging| hanging.indent() * 100 <= width * HANGING_SHARE)
    }

    /// The least width at which no word is broken; neither is a badge, which stands below its words where it is long.
    fn least_width(&self) -> Em {
        let badge = |place: BadgePlace| self.badge_width(place);
        match self.ornament {
            Ornament::Badge(_) if badge(BadgePlace::Beside) <= BADGE_BELOW => badge(BadgePlace::Beside),
            Ornament::Badge(_) => badge(BadgePlace::Below).max(self.para.least_width()),
            _ => self.para.least_width(),
        }
    }

    /// Where the badge stands at a width; `None` where it fits nowhere and the level is words alone.
    pub(crate) fn badge_at(&self, width: Em) -> Option<BadgePlace> {
        [BadgePlace::Beside, BadgePlace::Below].into_iter().find(|&place| self.badge_width(place) <= width)
    }

    /// What words and badge take where it stands at a place.
    fn badge_width(&self, place: BadgePlace) -> Em {
        match (place, &self.hanging) {
            (BadgePlace::Below, Some(hanging)) => {
                (hanging.text.natural_width() + self.extra_width() - BADGE_GAP).max(hanging.lead.natural_width())
            }
            _ => self.line_width(),
        }
    }
}
