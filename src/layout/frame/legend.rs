//! The legend: its lead and the levels' badges, on one line where there is room, else on several.

use crate::geom::{Point, Rect};
use crate::layout::metrics::{BADGE_HALF, FIELD_LINE, LEGEND_GAP, LEGEND_LEAD};
use crate::layout::words::block::{BADGE_PAD, MARK_GAP, MARK_SIDE, Para};
use crate::unit::{Em, Length};

/// The legend's place.
#[derive(Clone, Debug)]
pub(crate) struct Legend {
    /// Where its lead begins, and the width that it is composed to.
    pub(crate) lead: (Point, Em),
    /// The levels' badges, worst first.
    pub(crate) badges: Vec<Badge>,
    /// Where its lines end.
    pub(super) bottom: Length,
}

/// A level's badge in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    /// Its area.
    pub(crate) rect: Rect,
    /// Where its name begins, and the width that it is composed to.
    pub(crate) name: (Point, Em),
}

/// A badge's width less its name's.
fn around() -> Em {
    BADGE_PAD * 2 + MARK_SIDE + MARK_GAP
}

impl Legend {
    /// Lead and badges from a corner on in a width; `None` where there are none.
    pub(super) fn new(words: &[Para], corner: Point, width: Length, body: Length) -> Option<Self> {
        let (lead, names) = words.split_first()?;
        let at = |em: Em| em.at(body);
        let right = corner.x + width;
        let (mut x, mut y) = (corner.x, corner.y);
        // What a line of lead or badges takes more where words are broken.
        let below = |para: &Para, measure: Em| match measure {
            Em::MAX => Em::ZERO,
            _ => para.leading() * para.count_lines(measure).saturating_sub(1) as i32,
        };
        let (measure, taken) = fitted(lead, width, Em::ZERO, body);
        let lead_place = (corner, measure);
        let mut row = at(FIELD_LINE + below(lead, measure));
        x += taken + at(LEGEND_LEAD);
        let middle = at(lead.leading()) / 2;
        let mut badges = Vec::with_capacity(names.len());
        for name in names {
            let (measure, taken) = fitted(name, width, around(), body);
            if x + taken > right && x > corner.x {
                (x, y) = (corner.x, y + row);
                row = Length::ZERO;
            }
            let below = at(below(name, measure));
            let (top, bottom) = (y + middle - at(BADGE_HALF), y + middle + at(BADGE_HALF) + below);
            let text = Point::new(x + at(BADGE_PAD + MARK_SIDE + MARK_GAP), y);
            badges.push(Badge { rect: Rect::new(x, top, x + taken, bottom), name: (text, measure) });
            row = row.max(at(FIELD_LINE) + below);
            x += taken + at(LEGEND_GAP);
        }
        Some(Self { lead: lead_place, badges, bottom: y + row })
    }

    /// The width of lead and badges on one line, with what parts them from a field after them.
    pub(super) fn natural_width(words: &[Para]) -> Em {
        let Some((lead, names)) = words.split_first() else { return Em::ZERO };
        lead.natural_width() + LEGEND_LEAD + names.iter().map(|name| name.natural_width() + around() + LEGEND_GAP).sum()
    }
}

/// The measure of a text that stands in a width with `around` beside it, and what both take of that: one line, or the whole
/// width.
fn fitted(text: &Para, width: Length, around: Em, body: Length) -> (Em, Length) {
    let natural = (text.natural_width() + around).at(body);
    if natural <= width {
        return (Em::MAX, natural);
    }
    ((Em::from_length(width, body) - around).max(Em::ONE), width)
}
