//! The foot of a page: notes, then a rule, legend and phones, the QR code at the right, the page's number.

use std::ops::Range;

use super::deal::{deal, line_width};
use crate::geom::Point;
use crate::layout::metrics::{
    BLANK, CODE_LABEL, CODE_SIDE, FIELD_GAP, FIELD_LINE, FOOT_GAP, FOOT_RISE, LEAST_BLANK, LEAST_MODULE, LEGEND_GAP,
    LEGEND_LEAD, STAGE_LINE, Sheet, line,
};
use crate::layout::words::block::{BADGE_PAD, Block, MARK_GAP, MARK_SIDE, Para};
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::{Em, Length};

/// The foot in places on a page.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Foot {
    /// Where the grid ends.
    pub(in crate::layout) top: Length,
    /// The notes' top and the width they are set to; `None` where there are none.
    pub(in crate::layout) notes: Option<(Length, Em)>,
    /// What stands below the footer's rule; `None` where there is nothing.
    pub(in crate::layout) footer: Option<Footer>,
}

/// Legend, phones, code and page number.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Footer {
    /// The rule above.
    pub(in crate::layout) rule: Length,
    /// Where the legend begins, and left and right edge of each level's badge; `None` where no risk is graded.
    pub(in crate::layout) legend: Option<Legend>,
    /// Where each of the footer's fields begins.
    pub(in crate::layout) fields: Vec<Point>,
    /// The length of ruled blanks.
    pub(in crate::layout) blank: Em,
    /// The QR code.
    pub(in crate::layout) code: Option<Code>,
    /// The top of the page number's line; `None` on a lone page.
    pub(in crate::layout) folio: Option<Length>,
}

/// The legend's place.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Legend {
    /// Where its lead begins.
    pub(in crate::layout) corner: Point,
    /// The left and right edges of the levels' badges, worst first.
    pub(in crate::layout) badges: Vec<(Length, Length)>,
}

/// A QR code's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Code {
    /// Its left upper corner.
    pub(in crate::layout) corner: Point,
    /// Its side, the quiet zone not counted.
    pub(in crate::layout) side: Length,
    /// Left and right edge of its label.
    pub(in crate::layout) edges: (Length, Length),
}

/// How a footer's fields stand: the length of ruled blanks, and the space between two fields.
#[derive(Clone, Copy, Debug)]
struct Spacing {
    blank: Em,
    gap: Em,
}

/// The least space between two fields.
const NEAR_GAP: Em = Em::milli(1000);

/// A foot to stack.
struct Stacker<'a> {
    frame: &'a Frame<'a>,
    sheet: &'a Sheet,
    body: Length,
}

impl Foot {
    pub(super) fn new(frame: &Frame<'_>, notes: &Block, sheet: &Sheet, body: Length, pages: Pages) -> Self {
        let (footer, mut top) = Stacker { frame, sheet, body }.footer(pages);
        let mut placed = None;
        if !notes.is_empty() {
            let measure = Em::from_length(sheet.inner.width(), body);
            top -= notes.height(measure).at(body) + FOOT_GAP.at(body);
            placed = Some((top + FOOT_GAP.at(body), measure));
        }
        Self { top, notes: placed, footer }
    }
}

impl Stacker<'_> {
    fn at(&self, em: Em) -> Length {
        em.at(self.body)
    }

    /// The footer, and its top.
    fn footer(&self, pages: Pages) -> (Option<Footer>, Length) {
        let inner = self.sheet.inner;
        let side = self.code_side();
        let code_width = side.map_or(Length::ZERO, |side| self.code_width(side));
        let code_height = side.map_or(Length::ZERO, |side| self.code_height(side));
        let room = inner.width() - if side.is_some() { code_width + self.at(FIELD_GAP) } else { Length::ZERO };
        let spacing = self.spacing(room);
        let (blank, gap) = (spacing.blank, self.at(spacing.gap));
        let widths: Vec<_> = self.frame.footer.iter().map(|field| self.at(field.width(blank))).collect();
        let lines = deal(&widths, room, gap);
        let graded = !self.frame.legend.is_empty();
        let shared = graded && self.at(self.footer_width(spacing)) <= room;
        let words = {
            let above = usize::from(graded && !shared);
            let count = (lines.len() + above).max(usize::from(graded)) + usize::from(pages == Pages::Several);
            if count == 0 { Length::ZERO } else { self.at(FIELD_LINE) * count as i64 + self.at(FOOT_GAP) }
        };
        if words.max(code_height) == Length::ZERO {
            return (None, inner.bottom);
        }
        let top = inner.bottom - words.max(code_height) - self.at(FOOT_GAP);
        let rule = top + self.at(FOOT_GAP);
        // Beside a code that is taller than the lines, they stand in the middle.
        let aside = (code_height - words).max(Length::ZERO) / 2;
        let mut y = rule + self.at(FOOT_GAP) - self.at(FOOT_RISE) + aside;
        let legend = graded.then(|| self.legend(Point::new(inner.left, y)));
        if graded && !shared {
            y += self.at(FIELD_LINE);
        }
        let code = side.map(|side| {
            let (left, right) = (inner.right - code_width, inner.right);
            let corner = Point::new((left + right - side) / 2, rule + line(STAGE_LINE, self.body));
            Code { corner, side, edges: (left, right) }
        });
        let fields = self.fields(&lines, &widths, gap, Point::new(inner.left + room, y));
        let folio = (pages == Pages::Several).then(|| inner.bottom - self.at(FIELD_LINE));
        (Some(Footer { rule, legend, fields, blank, code, folio }), top)
    }

    /// Lines of fields that end at `corner.x`, from `corner.y` down.
    fn fields(&self, lines: &[Range<usize>], widths: &[Length], gap: Length, corner: Point) -> Vec<Point> {
        let mut places = Vec::with_capacity(widths.len());
        for (number, line) in lines.iter().enumerate() {
            let widths = &widths[line.clone()];
            let mut x = corner.x - line_width(widths, gap);
            for &width in widths {
                places.push(Point::new(x, corner.y + self.at(FIELD_LINE) * number as i64));
                x += width + gap;
            }
        }
        places
    }

    fn legend(&self, corner: Point) -> Legend {
        let legend = &self.frame.legend;
        let mut x = corner.x + self.at(legend[0].natural_width()) + self.at(LEGEND_LEAD);
        let badge = |name: &Para| {
            let edges = (x, x + self.at(entry_width(name)));
            x = edges.1 + self.at(LEGEND_GAP);
            edges
        };
        Legend { corner, badges: legend.iter().skip(1).map(badge).collect() }
    }

    /// How the fields stand on a footer of `width`: with shorter blanks than usual, then nearer to each other too, where legend
    /// and fields then share a line.
    fn spacing(&self, width: Length) -> Spacing {
        let blanks = self.frame.footer.iter().filter(|field| field.blank).count() as i32;
        let usual = Spacing { blank: BLANK, gap: FIELD_GAP };
        let shared = [FIELD_GAP, NEAR_GAP].into_iter().find_map(|gap| {
            let excess = self.footer_width(Spacing { gap, ..usual }) - Em::from_length(width, self.body);
            let shorter = if excess > Em::ZERO { excess.raw() / blanks.max(1) + 1 } else { 0 };
            let blank = BLANK - Em::from_raw(shorter);
            let shares = excess <= Em::ZERO || (blanks > 0 && blank >= LEAST_BLANK);
            shares.then_some(Spacing { blank, gap })
        });
        shared.unwrap_or(usual)
    }

    /// The width of legend and fields on one line.
    fn footer_width(&self, Spacing { blank, gap }: Spacing) -> Em {
        self.legend_width() + self.frame.footer.iter().map(|field| field.width(blank) + gap).sum::<Em>()
    }

    fn legend_width(&self) -> Em {
        let Some((lead, names)) = self.frame.legend.split_first() else { return Em::ZERO };
        lead.natural_width() + LEGEND_LEAD + names.iter().map(|name| entry_width(name) + LEGEND_GAP).sum::<Em>()
    }

    fn code_side(&self) -> Option<Length> {
        let (code, _) = self.frame.pictures.code.as_ref()?;
        let (side, width) = CODE_SIDE;
        Some(code.side(side.scale(self.sheet.short_side().to_um(), width.to_um()), LEAST_MODULE))
    }

    /// The code's width with its label.
    fn code_width(&self, side: Length) -> Length {
        let label = self.frame.code_label.as_ref().map_or(Em::ZERO, |label| label.natural_width().min(CODE_LABEL));
        side.max(self.at(label))
    }

    /// The height of the code with its label.
    fn code_height(&self, side: Length) -> Length {
        let measure = Em::from_length(self.code_width(side), self.body);
        side + self.frame.code_label.as_ref().map_or(Length::ZERO, |label| self.at(label.height(measure)))
    }
}

/// The width of a level's badge in the legend.
fn entry_width(name: &Para) -> Em {
    name.natural_width() + BADGE_PAD * 2 + MARK_SIDE + MARK_GAP
}
