//! What stands around the grid: title block, footer with legend and phones, notes.

use super::block::{BADGE_WIDTH, Hanging, Para, Piece};
use super::content::{Writer, fits_badge, lead, percent};
use crate::model::Stamp;
use crate::picture::Pictures;
use crate::scene::Role;
use crate::source::Text;
use crate::text::Setting;
use crate::unit::Em;

/// The texts and pictures around the grid. Title, agency and subtitle are sized by the page, the rest by the body.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// The agency.
    pub(crate) unit: Option<Para>,
    /// The title and the power.
    pub(crate) title: Para,
    /// The title of pages after the first.
    pub(crate) title_continued: Para,
    /// The line under the title.
    pub(crate) subtitle: Option<Para>,
    /// The rating, then code, category, department.
    pub(crate) fields: Vec<Field>,
    /// The legend's lead and the levels' names, worst first; empty where no risk is graded.
    pub(crate) legend: Vec<Para>,
    /// Phones, then version, date and stamp: label and value, and whether a ruled blank takes the value's place.
    pub(crate) footer: Vec<Field>,
    /// The logo beside the title, the QR code in the footer.
    pub(crate) pictures: &'a Pictures,
    /// What stands under the code.
    pub(crate) code_label: Option<Para>,
    /// What the logo is, for those who don't see it.
    pub(crate) logo_words: String,
    /// The words behind the grid.
    pub(crate) watermark: Option<Para>,
}

/// A piece of header or footer: a label and what it is the label of.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) role: Role,
    pub(crate) para: Para,
    /// The same text in two where it may be wider than a line: then the value hangs beside its label.
    pub(crate) hanging: Option<Hanging>,
    /// A ruled blank to fill in by hand.
    pub(crate) blank: bool,
    /// The rank of the level whose badge holds the value.
    pub(crate) badge: Option<usize>,
}

/// Whether the chart takes one page, or goes on: then titles say so and pages are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    One,
    Several,
}

impl Writer<'_> {
    /// The texts around the grid; the stamp where it is printed.
    pub(crate) fn frame<'p>(&mut self, pictures: &'p Pictures, stamp: Option<Stamp>) -> Frame<'p> {
        let chart = self.chart;
        let (styles, theme) = (self.styles, self.styles.theme);
        let unit = chart.unit.as_ref().map(|text| {
            let piece = Piece::of(text, styles.unit, theme.ink);
            self.para(vec![piece], percent::BODY, Setting::Balanced)
        });
        let (title, title_continued) = (self.title(Pages::One), self.title(Pages::Several));
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
        let mut fields: Vec<_> = self.rating().into_iter().collect();
        for (lead, text) in own.into_iter().chain(dated.into_iter().filter(|_| headed)) {
            if let Some(text) = text {
                fields.push(self.field(lead, text));
            }
        }
        let (legend, footer) = (self.legend(), self.footer(!headed, stamp));
        let code_label = chart.qr.as_ref().and_then(|qr| qr.label.as_ref()).map(|label| {
            let piece = Piece::of(label, styles.body, theme.ink);
            self.para(vec![piece], percent::FIELD, Setting::Balanced)
        });
        let logo_words = format!("徽标：{}", chart.unit.as_ref().map_or("", |unit| unit.value.as_str()));
        let watermark = chart.watermark.as_ref().map(|text| {
            let piece = Piece::of(text, styles.title, theme.ink);
            self.para(vec![piece], percent::BODY, Setting::Body)
        });
        Frame {
            unit,
            title,
            title_continued,
            subtitle,
            fields,
            legend,
            footer,
            pictures,
            code_label,
            logo_words,
            watermark,
        }
    }

    /// 职权等级: the level of the whole power, in its colour.
    fn rating(&mut self) -> Option<Field> {
        let rating = self.chart.rating.as_ref()?;
        let (rank, styles) = (rating.value.0, self.styles);
        let name = Text::new(self.chart.levels[rank].name.value.clone(), rating.span);
        let lead = Piece::words("职权等级：", styles.body, styles.theme.ink);
        let look = self.look(rank);
        let mut name = Piece::of(&name, styles.strong, look.words);
        let badge = fits_badge(&self.para(vec![name.clone()], percent::BODY, Setting::Body)).then_some(rank);
        if badge.is_some() && !look.plain {
            name.color = look.badge_ink;
        }
        Some(Field { badge, ..self.labelled(vec![lead, name]) })
    }

    /// The title, or that of pages after the first.
    fn title(&mut self, pages: Pages) -> Para {
        let (face, ink) = (self.styles.title, self.styles.theme.ink);
        let chart = self.chart;
        let mut pieces = vec![
            Piece::of(&chart.title, face, ink),
            Piece::words("（", face, ink),
            Piece::of(&chart.power, face, ink),
            Piece::words("）", face, ink),
        ];
        if pages == Pages::Several {
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
        let mut legend = vec![self.para(vec![lead], percent::FIELD, Setting::Body)];
        for (rank, level) in chart.levels.iter().enumerate() {
            let look = self.look(rank);
            let color = if look.plain { look.words } else { look.badge_ink };
            legend.push(self.para(vec![Piece::of(&level.name, strong, color)], percent::FIELD, Setting::Body));
        }
        legend
    }

    /// Phones; version and date where no other field of the chart stands in the header; the stamp.
    fn footer(&mut self, dated: bool, stamp: Option<Stamp>) -> Vec<Field> {
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
            let para = self.para(pieces, percent::FIELD, Setting::Body);
            fields.push(Field { role: Role::Phone, para, hanging: None, blank, badge: None });
        }
        let written: [(&str, &Option<Text>); 2] = [("版本：", &chart.version), ("日期：", &chart.date)];
        for (lead, text) in written.into_iter().filter(|_| dated) {
            if let Some(text) = text {
                fields.push(self.field(Piece::words(lead, face, ink), text));
            }
        }
        if let Some(stamp) = stamp {
            let pieces = vec![Piece::words(format!("核对码：{stamp}"), face, ink)];
            fields.push(self.labelled(pieces));
        }
        fields
    }

    /// A label and a value.
    fn field(&mut self, lead: Piece, value: &Text) -> Field {
        let value = Piece::of(value, lead.face, lead.color);
        self.labelled(vec![lead, value])
    }

    fn labelled(&mut self, pieces: Vec<Piece>) -> Field {
        let para = self.para(pieces, percent::FIELD, Setting::Body);
        let mut alone = |pieces: &[Piece]| self.para(pieces.to_vec(), percent::FIELD, Setting::Body);
        let hanging = match &para.pieces[..] {
            [lead, value] if para.natural_width() > ONE_LINE => {
                let (lead, text) = (alone(std::slice::from_ref(lead)), alone(std::slice::from_ref(value)));
                Some(Hanging { lead, text })
            }
            _ => None,
        };
        Field { role: Role::HeaderField, para, hanging, blank: false, badge: None }
    }
}

/// A field of this width stands on one line of any paper.
const ONE_LINE: Em = Em::milli(16_000);

impl Field {
    /// Its width, a blank of that length included, in ems of the body.
    pub(crate) fn width(&self, blank: Em) -> Em {
        let badge = if self.badge.is_some() { BADGE_WIDTH } else { Em::ZERO };
        self.para.natural_width() + badge + if self.blank { blank } else { Em::ZERO }
    }
}
