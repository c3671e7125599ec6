//! The title block: agency, title and subtitle in the middle, each line sized by the page; fields in the body's size; the
//! logo left of the lines; a double rule below.

use super::deal::{FieldPlace, SetField, place};
use crate::geom::Rect;
use crate::layout::metrics::{
    BESIDE_TITLE, FIELD_GAP, LOGO_GAP, SUBTITLE_PERCENT, Sheet, TITLE_BROKEN, TITLE_BROKEN_OVER_BODY, TITLE_LEADING,
    TITLE_LEAST, TITLE_LEAST_OVER_BODY, TITLE_MEASURE, TITLE_RULE, UNIT_PERCENT, WIDEST_LOGO, title_size,
};
use crate::layout::words::block::Para;
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::{Em, Length};

/// A title block in places on a page.
#[derive(Clone, Debug)]
pub(crate) struct TitleBlock {
    /// The agency; `None` where the chart names none.
    pub(crate) unit: Option<Display>,
    /// The title, on a page after the first that which says so.
    pub(crate) title: Display,
    /// The line under the title.
    pub(crate) subtitle: Option<Display>,
    /// The header's fields.
    pub(crate) fields: Vec<FieldPlace>,
    /// The logo's place.
    pub(crate) logo: Option<Rect>,
    /// The top of the thicker of the two rules.
    pub(crate) rule: Length,
    /// The block's lower end, where the column heads begin.
    pub(crate) bottom: Length,
}

/// Centred text of a size of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Display {
    /// The type size.
    pub(crate) size: Length,
    /// The width it is composed to, in ems of that size.
    pub(crate) measure: Em,
    /// The top of its first line.
    pub(crate) top: Length,
}

impl Display {
    /// From one baseline to the next.
    pub(crate) fn leading(&self) -> Length {
        self.size.percent(TITLE_LEADING)
    }
}

impl TitleBlock {
    pub(super) fn new(frame: &Frame<'_>, sheet: &Sheet, body: Length, pages: Pages) -> Self {
        let full = title_size(sheet.short_side(), body);
        let room = sheet.inner.width() - logo_room(frame, sheet, body) * 2;
        let mut y = sheet.inner.top;
        let mut put = |text: &Para, size: Length, width: Length| {
            let display = Display { size, measure: Em::from_length(width, size), top: y };
            y += display.leading() * text.lines(display.measure).len() as i64;
            display
        };
        let title = match pages {
            Pages::One => &frame.title,
            Pages::Several => &frame.title_continued,
        };
        let (size, width) = title_setting(title, full, title_size(sheet.short_side(), Length::ZERO), (body, room));
        // What stands above and below a title is smaller than it, also where the title is long.
        let beside = |of_full: i64| full.percent(of_full).min(size.percent(BESIDE_TITLE));
        let unit = frame.unit.as_ref().map(|unit| put(unit, beside(UNIT_PERCENT), room));
        let title = put(title, size, width);
        let subtitle = frame.subtitle.as_ref().map(|text| put(text, beside(SUBTITLE_PERCENT), room));
        let logo = logo(frame, sheet, body, y);
        let (fields, y) = fields(frame, sheet, body, y);
        let rule = TITLE_RULE.at(body);
        Self { unit, title, subtitle, fields, logo, rule: y + rule / 3, bottom: y + rule }
    }
}

/// The title's size and the width it is set to, where its `usual` size is that of the page alone: one line, smaller where
/// that is enough, else several balanced ones; always larger than the body.
fn title_setting(title: &Para, full: Length, usual: Length, (body, width): (Length, Length)) -> (Length, Length) {
    let natural = title.natural_width().at(full);
    if natural <= width {
        return (full, width);
    }
    let fitting = full.scale(width.to_um(), natural.to_um()) - Length::um(1);
    if fitting >= usual.percent(TITLE_LEAST).max(body.percent(TITLE_LEAST_OVER_BODY)) {
        return (fitting, width);
    }
    (usual.percent(TITLE_BROKEN).max(body.percent(TITLE_BROKEN_OVER_BODY)), width.percent(TITLE_MEASURE))
}

/// The header's fields, each line of them in the middle, from `y` down; and where they end.
fn fields(frame: &Frame<'_>, sheet: &Sheet, body: Length, y: Length) -> (Vec<FieldPlace>, Length) {
    let inner = sheet.inner;
    let set = |field| SetField::new(field, Em::ZERO, inner.width(), body);
    let fields: Vec<_> = frame.fields.iter().map(set).collect();
    place(&fields, inner.width(), FIELD_GAP.at(body), y, |taken| {
        inner.left + (inner.width() - taken).max(Length::ZERO) / 2
    })
}

/// What of the width the logo takes at the left, with the space beside it. The same room is left at the right, so that the
/// title stands in the middle of the page.
fn logo_room(frame: &Frame<'_>, sheet: &Sheet, body: Length) -> Length {
    let Some((logo, _)) = &frame.pictures.logo else { return Length::ZERO };
    let full = title_size(sheet.short_side(), body);
    let line = |size: Length| size.percent(TITLE_LEADING);
    let unit = frame.unit.as_ref().map_or(Length::ZERO, |_| line(full.percent(UNIT_PERCENT)));
    let subtitle = frame.subtitle.as_ref().map_or(Length::ZERO, |_| line(full.percent(SUBTITLE_PERCENT)));
    let width = logo.width_at(unit + line(full) + subtitle);
    width.min(sheet.inner.width().percent(WIDEST_LOGO)) + full.percent(LOGO_GAP)
}

/// The logo left of the title, between the sheet's top and the end of the title's lines.
fn logo(frame: &Frame<'_>, sheet: &Sheet, body: Length, bottom: Length) -> Option<Rect> {
    let (logo, _) = frame.pictures.logo.as_ref()?;
    let inner = sheet.inner;
    let right = inner.left + logo_room(frame, sheet, body) - title_size(sheet.short_side(), body).percent(LOGO_GAP);
    let rect = logo.fit(Rect::new(inner.left, inner.top, right, bottom));
    Some(rect.shifted(inner.left - rect.left, Length::ZERO))
}
