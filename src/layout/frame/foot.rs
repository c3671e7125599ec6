//! The foot of a page: notes, then a rule, legend and phones, the QR code at the right, the page's number.

use super::deal::{FieldPlace, SetField, place};
use super::legend::Legend;
use crate::geom::Point;
use crate::layout::metrics::{
    BLANK, CODE_LABEL, CODE_SIDE, FIELD_GAP, FIELD_LINE, FOOT_GAP, FOOT_RISE, LEAST_BLANK, LEAST_MODULE, STAGE_LINE,
    Sheet, line,
};
use crate::layout::words::block::Block;
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::{Em, Length};

/// The foot in places on a page.
#[derive(Clone, Debug)]
pub(crate) struct Foot {
    /// Where the grid ends.
    pub(crate) top: Length,
    /// The notes' top and the width they are set to; `None` where there are none.
    pub(crate) notes: Option<(Length, Em)>,
    /// What stands below the footer's rule; `None` where there is nothing.
    pub(crate) footer: Option<Footer>,
}

/// Legend, phones, code and page number.
#[derive(Clone, Debug)]
pub(crate) struct Footer {
    /// The rule above.
    pub(crate) rule: Length,
    /// The legend; `None` where no risk is graded.
    pub(crate) legend: Option<Legend>,
    /// The footer's fields.
    pub(crate) fields: Vec<FieldPlace>,
    /// The QR code.
    pub(crate) code: Option<Code>,
    /// The top of the page number's line; `None` on a lone page.
    pub(crate) folio: Option<Length>,
}

/// A QR code's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Its left upper corner.
    pub(crate) corner: Point,
    /// Its side, the quiet zone not counted.
    pub(crate) side: Length,
    /// Left and right edge of its label.
    pub(crate) edges: (Length, Length),
}

/// How a footer's fields stand: the length of ruled blanks, and the space between two fields.
#[derive(Clone, Copy, Debug)]
struct Spacing {
    blank: Em,
    gap: Em,
}

/// The least space between two fields.
const NEAR_GAP: Em = Em::milli(1000);

/// Words beside a code have at least this width.
const LEAST_WORDS: Em = Em::milli(10_000);

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
        let beside = inner.width() - if side.is_some() { code_width + self.at(FIELD_GAP) } else { Length::ZERO };
        // On paper that is little wider than the code, it stands below the words.
        let below_words = beside < self.at(LEAST_WORDS) && side.is_some();
        let room = if below_words { inner.width() } else { beside };
        let spacing = self.spacing(room);
        let set = |field| SetField::new(field, spacing.blank, room, self.body);
        let fields: Vec<_> = self.frame.footer.iter().map(set).collect();
        let shared = self.at(self.footer_width(spacing)) <= room;
        // Legend and fields from a height on, beside or below each other, and where they end.
        let words = |top: Length| {
            let legend = Legend::new(&self.frame.legend, Point::new(inner.left, top), room, self.body);
            let below = legend.as_ref().map_or(top, |legend| legend.bottom);
            let right = inner.left + room;
            let from = if shared { top } else { below };
            let (fields, end) = place(&fields, room, self.at(spacing.gap), from, |taken| right - taken);
            (legend, fields, end.max(below))
        };
        let folio = if pages == Pages::Several { self.at(FIELD_LINE) } else { Length::ZERO };
        let height = words(Length::ZERO).2 + folio;
        let height = if height > Length::ZERO { height + self.at(FOOT_GAP) } else { height };
        if height.max(code_height) == Length::ZERO {
            return (None, inner.bottom);
        }
        let all = if below_words { height + code_height } else { height.max(code_height) };
        let top = inner.bottom - all - self.at(FOOT_GAP);
        let rule = top + self.at(FOOT_GAP);
        // Beside a code that is taller than the lines, they stand in the middle.
        let aside = if below_words { Length::ZERO } else { (code_height - height).max(Length::ZERO) / 2 };
        let (legend, fields, end) = words(rule + self.at(FOOT_GAP) - self.at(FOOT_RISE) + aside);
        let code = side.map(|side| {
            let (left, right) = (inner.right - code_width, inner.right);
            let words = if below_words { height } else { Length::ZERO };
            let corner = Point::new((left + right - side) / 2, rule + line(STAGE_LINE, self.body) + words);
            Code { corner, side, edges: (left, right) }
        });
        let folio = if below_words { end } else { inner.bottom - self.at(FIELD_LINE) };
        let folio = (pages == Pages::Several).then_some(folio);
        (Some(Footer { rule, legend, fields, code, folio }), top)
    }

    /// How the fields stand on a footer of `width`: with shorter blanks than usual, then nearer to each other too, where
    /// legend and fields then share a line.
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
        Legend::natural_width(&self.frame.legend)
            + self.frame.footer.iter().map(|field| field.width(blank) + gap).sum::<Em>()
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
