//! What stands around the grid: title block, footer with legend and phones, notes.

use super::block::{Para, Piece};
use super::content::{Writer, lead, percent};
use crate::geom::Size;
use crate::layout::metrics::{FOOT_GAP, title_size};
use crate::layout::pictures::Pictures;
use crate::scene::Role;
use crate::source::Text;
use crate::text::Setting;
use crate::unit::{Em, Length};

/// The texts around the grid. Title, agency and subtitle are sized by the page, the rest by the body.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Frame {
    /// The agency.
    pub(in crate::layout) unit: Option<Para>,
    /// The title and the power.
    pub(in crate::layout) title: Para,
    /// The title of pages after the first.
    pub(in crate::layout) title_continued: Para,
    /// The line under the title.
    pub(in crate::layout) subtitle: Option<Para>,
    /// Code, category, department.
    pub(in crate::layout) fields: Vec<Para>,
    /// The legend's lead and the levels' names, worst first; empty where no risk is graded.
    pub(in crate::layout) legend: Vec<Para>,
    /// Phones, then version and date: label and value, and whether a ruled blank takes the value's place.
    pub(in crate::layout) footer: Vec<FooterField>,
    /// The logo beside the title, the QR code in the footer.
    pub(in crate::layout) pictures: Pictures,
}

/// A piece of the footer.
#[derive(Clone, Debug)]
pub(in crate::layout) struct FooterField {
    pub(in crate::layout) role: Role,
    pub(in crate::layout) para: Para,
    /// A ruled blank to fill in by hand.
    pub(in crate::layout) blank: bool,
}

/// Type sizes in percent of the title's.
const UNIT_PERCENT: i64 = 56;
const SUBTITLE_PERCENT: i64 = 50;
/// The title block's leading, in percent of the type size.
const TITLE_LEADING: i64 = 125;
/// The title may shrink to so many percent to stay on one line.
const TITLE_LEAST: i64 = 76;
/// The double rule under the title block and the space around it.
pub(in crate::layout) const TITLE_RULE: Em = Em::milli(800);
/// Footer and header fields, in percent of the body.
pub(in crate::layout) const FIELD: i32 = 90;
/// A ruled blank's length, and how short it may be for legend and fields to share a line: on A3 some 3 cm, in which a
/// number is written by hand.
const BLANK: Em = Em::milli(7000);
const LEAST_BLANK: Em = Em::milli(4200);
/// Space between two fields on one line.
pub(in crate::layout) const FIELD_GAP: Em = Em::milli(1600);
/// A field line's height.
pub(in crate::layout) const FIELD_LINE: Em = Em::milli(1500);

/// Whether the chart takes one page, or goes on: then titles say so and pages are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Pages {
    One,
    Several,
}

/// How the title is set on a page of a certain width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct TitleSetting {
    /// The title's type size.
    pub(in crate::layout) size: Length,
    /// In how many lines.
    pub(in crate::layout) lines: usize,
}

impl Writer<'_> {
    /// The texts around the grid.
    pub(in crate::layout) fn frame(&mut self) -> Frame {
        let chart = self.chart;
        let (styles, theme) = (self.styles, self.styles.theme);
        let unit = chart.unit.as_ref().map(|text| {
            let piece = Piece::of(text, styles.unit, theme.ink);
            self.para(vec![piece], percent::BODY, Setting::Balanced)
        });
        let title = self.title(false);
        let title_continued = self.title(true);
        let subtitle = chart.subtitle.as_ref().map(|text| {
            let piece = Piece::of(text, styles.unit, theme.ink);
            self.para(vec![piece], percent::BODY, Setting::Balanced)
        });
        let words = |lead: &str| Piece::words(lead, styles.body, theme.ink);
        let own = [
            (words("职权编码："), &chart.code),
            (words("职权类别："), &chart.category),
            (lead(&chart.labels.department, "责任科室", styles.body, theme.ink), &chart.department),
        ];
        let headed = own.iter().any(|(_, text)| text.is_some());
        let dated = [(words("版本："), &chart.version), (words("日期："), &chart.date)];
        let mut fields = Vec::new();
        for (lead, text) in own.into_iter().chain(dated.into_iter().filter(|_| headed)) {
            if let Some(text) = text {
                fields.push(self.field(lead, text, FIELD));
            }
        }
        let (legend, footer, pictures) = (self.legend(), self.footer(!headed), self.pictures());
        Frame { unit, title, title_continued, subtitle, fields, legend, footer, pictures }
    }

    fn title(&mut self, continued: bool) -> Para {
        let (face, ink) = (self.styles.title, self.styles.theme.ink);
        let chart = self.chart;
        let mut pieces = vec![
            Piece::of(&chart.title, face, ink),
            Piece::words("（", face, ink),
            Piece::of(&chart.power, face, ink),
            Piece::words("）", face, ink),
        ];
        if continued {
            pieces.push(Piece::words("（续）", face, ink));
        }
        self.para(pieces, percent::BODY, Setting::Balanced)
    }

    fn legend(&mut self) -> Vec<Para> {
        let chart = self.chart;
        if !chart.stages.iter().flat_map(|stage| &stage.risks).any(|risk| risk.level.is_some()) {
            return Vec::new();
        }
        let (body, strong, ink) = (self.styles.body, self.styles.strong, self.styles.theme.ink);
        let own = chart.labels.legend.as_ref().or(chart.labels.level.as_ref());
        let lead = own.map_or_else(|| Piece::words("风险等级", body, ink), |own| Piece::of(own, body, ink));
        let mut legend = vec![self.para(vec![lead], FIELD, Setting::Body)];
        for (rank, level) in chart.levels.iter().enumerate() {
            let look = self.look(rank);
            let color = if look.plain { look.words } else { look.badge_ink };
            legend.push(self.para(vec![Piece::of(&level.name, strong, color)], FIELD, Setting::Body));
        }
        legend
    }

    /// Phones; version and date where no other field of the chart stands in the header.
    fn footer(&mut self, dated: bool) -> Vec<FooterField> {
        let chart = self.chart;
        let (face, ink) = (self.styles.body, self.styles.theme.ink);
        let mut fields = Vec::new();
        for phone in &chart.phones {
            let pieces = vec![
                Piece::of(&phone.label, face, ink),
                Piece::words("：", face, ink),
                Piece::of(&phone.number, face, ink),
            ];
            let blank = phone.number.value.trim().is_empty();
            fields.push(FooterField { role: Role::Phone, para: self.para(pieces, FIELD, Setting::Body), blank });
        }
        let written: [(&str, &Option<Text>); 2] = [("版本：", &chart.version), ("日期：", &chart.date)];
        for (lead, text) in written.into_iter().filter(|_| dated) {
            if let Some(text) = text {
                let para = self.field(Piece::words(lead, face, ink), text, FIELD);
                fields.push(FooterField { role: Role::HeaderField, para, blank: false });
            }
        }
        fields
    }
}

impl Frame {
    /// The title's size and number of lines on a page: one line, smaller where that is enough, else several balanced ones.
    pub(in crate::layout) fn title_setting(&self, page: Size, width: Length, pages: Pages) -> TitleSetting {
        let full = title_size(page.width.min(page.height));
        let title = match pages {
            Pages::One => &self.title,
            Pages::Several => &self.title_continued,
        };
        let natural = title.natural_width().at(full);
        if natural <= width {
            return TitleSetting { size: full, lines: 1 };
        }
        let fitting = full.scale(width.to_um(), natural.to_um()) - Length::um(1);
        if fitting >= full.percent(TITLE_LEAST) {
            return TitleSetting { size: fitting, lines: 1 };
        }
        let size = full.percent(86);
        let lines = title.lines(Em::from_length(width.percent(92), size)).len();
        TitleSetting { size, lines }
    }

    /// The agency's type size.
    pub(in crate::layout) fn unit_size(page: Size) -> Length {
        title_size(page.width.min(page.height)).percent(UNIT_PERCENT)
    }

    /// The subtitle's type size.
    pub(in crate::layout) fn subtitle_size(page: Size) -> Length {
        title_size(page.width.min(page.height)).percent(SUBTITLE_PERCENT)
    }

    /// From one title baseline to the next.
    pub(in crate::layout) fn title_leading(size: Length) -> Length {
        size.percent(TITLE_LEADING)
    }

    /// The height of the title block down to the column heads' top.
    pub(in crate::layout) fn header_height(&self, page: Size, width: Length, body: Length, pages: Pages) -> Length {
        let room = self.title_room(page, width);
        let title = self.title_setting(page, room, pages);
        let lines = |para: &Option<Para>, size: Length| {
            let count = para.as_ref().map_or(0, |para| para.lines(Em::from_length(room, size)).len());
            Self::title_leading(size) * count as i64
        };
        lines(&self.unit, Self::unit_size(page))
            + Self::title_leading(title.size) * title.lines as i64
            + lines(&self.subtitle, Self::subtitle_size(page))
            + FIELD_LINE.at(body) * self.field_lines(width, body).len() as i64
            + TITLE_RULE.at(body)
    }

    /// The header's fields, line by line.
    pub(in crate::layout) fn field_lines(&self, width: Length, body: Length) -> Vec<std::ops::Range<usize>> {
        let widths: Vec<_> = self.fields.iter().map(|para| para.natural_width().at(body)).collect();
        break_fields(&widths, width, FIELD_GAP.at(body))
    }

    /// The footer's fields, line by line, and whether the legend stands on the first of them.
    pub(in crate::layout) fn footer_lines(&self, width: Length, body: Length) -> (Vec<std::ops::Range<usize>>, bool) {
        let blank = self.blank(width, body);
        let widths: Vec<_> = self.footer.iter().map(|field| field.width(blank).at(body)).collect();
        let lines = break_fields(&widths, width, FIELD_GAP.at(body));
        (lines, !self.legend.is_empty() && self.footer_width(blank).at(body) <= width)
    }

    /// The length of the ruled blanks on a footer of `width`: shorter than usual where legend and fields then share a line.
    pub(in crate::layout) fn blank(&self, width: Length, body: Length) -> Em {
        let blanks = self.footer.iter().filter(|field| field.blank).count() as i32;
        let excess = self.footer_width(BLANK) - Em::from_length(width, body);
        let shorter = BLANK - Em::from_raw(excess.raw() / blanks.max(1) + 1);
        if excess > Em::ZERO && blanks > 0 && shorter >= LEAST_BLANK { shorter } else { BLANK }
    }

    /// The width of legend and fields on one line.
    fn footer_width(&self, blank: Em) -> Em {
        self.legend_width() + self.footer.iter().map(|field| field.width(blank) + FIELD_GAP).sum::<Em>()
    }

    /// The legend's width in ems of the body.
    pub(super) fn legend_width(&self) -> Em {
        if self.legend.is_empty() {
            return Em::ZERO;
        }
        let entries = self.legend.iter().skip(1).map(|para| legend_entry_width(para) + Em::milli(550));
        self.legend[0].natural_width() + Em::milli(500) + entries.sum::<Em>()
    }

    /// The height of the footer with the rule above it.
    pub(in crate::layout) fn footer_height(&self, page: Size, width: Length, body: Length, pages: Pages) -> Length {
        let height = self.footer_words(page, width, body, pages).max(self.code_height(page, body));
        if height == Length::ZERO { height } else { height + FOOT_GAP.at(body) }
    }

    /// The height of the footer's lines, the page number's among them, with the space above and below.
    pub(in crate::layout) fn footer_words(&self, page: Size, width: Length, body: Length, pages: Pages) -> Length {
        let (lines, shared) = self.footer_lines(width - self.code_room(page, body), body);
        let legend = usize::from(!self.legend.is_empty() && !shared);
        let folio = usize::from(pages == Pages::Several);
        let count = (lines.len() + legend).max(usize::from(!self.legend.is_empty())) + folio;
        if count == 0 { Length::ZERO } else { FIELD_LINE.at(body) * count as i64 + FOOT_GAP.at(body) }
    }
}

/// The width of a level's badge in the legend.
pub(in crate::layout) fn legend_entry_width(name: &Para) -> Em {
    use super::block::{BADGE_PAD, MARK_GAP, MARK_SIDE};
    name.natural_width() + BADGE_PAD * 2 + MARK_SIDE + MARK_GAP
}

impl FooterField {
    /// Its width, a blank of that length included, in ems of the body.
    pub(in crate::layout) fn width(&self, blank: Em) -> Em {
        self.para.natural_width() + if self.blank { blank } else { Em::ZERO }
    }
}

/// Deals fields to as few lines of `width` as they need, with `gap` between them, the lines as even as can be: none is
/// left alone on the last one.
fn break_fields(widths: &[Length], width: Length, gap: Length) -> Vec<std::ops::Range<usize>> {
    let mut lines = fill_lines(widths, width, gap);
    let used = |line: &std::ops::Range<usize>| {
        widths[line.clone()].iter().copied().sum::<Length>() + gap * (line.len() as i64 - 1)
    };
    while let Some(widest) = lines.iter().map(used).max() {
        let narrower = fill_lines(widths, widest - Length::um(1), gap);
        if narrower.len() > lines.len() || narrower == lines {
            break;
        }
        lines = narrower;
    }
    lines
}

/// Deals fields to lines, each as full as it gets.
fn fill_lines(widths: &[Length], width: Length, gap: Length) -> Vec<std::ops::Range<usize>> {
    let mut lines: Vec<std::ops::Range<usize>> = Vec::new();
    let mut used = Length::ZERO;
    for (index, &field) in widths.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if used + gap + field <= width => {
                line.end = index + 1;
                used += gap + field;
            }
            _ => {
                lines.push(index..index + 1);
                used = field;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_dealt_to_even_lines() {
        let dealt = |widths: &[i64], width: i64| {
            let widths: Vec<_> = widths.iter().copied().map(Length::mm).collect();
            break_fields(&widths, Length::mm(width), Length::mm(2))
                .into_iter()
                .map(|line| line.len())
                .collect::<Vec<_>>()
        };
        assert_eq!(dealt(&[20, 20, 20, 20, 20], 90), [3, 2], "not four and a lonely one");
        assert_eq!(dealt(&[20, 20], 42), [2]);
        assert_eq!(dealt(&[50, 10, 20], 40), [1, 2], "one is wider than the line");
        assert_eq!(dealt(&[], 40), [0; 0]);
    }
}
