//! Logo and QR code: the file read, the sizes, and the room they leave to the words beside them.

use super::metrics::title_size;
use super::paint::text::{Align, group, para};
use super::words::block::{Para, Piece};
use super::words::content::Writer;
use super::words::frame::{FIELD, FIELD_GAP, Frame};
use crate::Host;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::geom::{Point, Rect, Size};
use crate::model::Chart;
use crate::picture::logo::{self, Logo};
use crate::picture::qr::{MOST_BYTES, Qr};
use crate::scene::{Item, Link, Role, Target};
use crate::source::{Span, Text};
use crate::text::Setting;
use crate::unit::{Em, Length};

/// The pictures of a chart's frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Pictures {
    logo: Option<(Logo, Span)>,
    code: Option<(Qr, Text)>,
    /// What stands under the code.
    label: Option<Para>,
    /// Whose logo it is, for those who don't see it.
    owner: String,
}

/// The most of the width that a logo takes, in percent.
const WIDEST_LOGO: i64 = 18;
/// Space between logo and title, in percent of the title's size.
const LOGO_GAP: i64 = 60;
/// The symbol's side on a page as wide as A4: 18 mm, without its quiet zone. It grows with the page, as the distance does
/// from which phones are held up to it.
const CODE_SIDE: (Length, Length) = (Length::mm(18), Length::mm(210));
/// The least side of a module: below it, phones and rough paper fail.
const LEAST_MODULE: Length = Length::um(500);
/// A label under a code is set in lines of so many ems, or as wide as the code.
const LABEL_WIDTH: Em = Em::milli(8000);

impl Writer<'_> {
    /// The words that go with the pictures.
    pub(super) fn pictures(&mut self) -> Pictures {
        let chart = self.chart;
        let label = chart.qr.as_ref().and_then(|qr| qr.label.as_ref()).map(|label| {
            let piece = Piece::of(label, self.styles.body, self.styles.theme.ink);
            self.para(vec![piece], FIELD, Setting::Balanced)
        });
        let owner = chart.unit.as_ref().map_or_else(String::new, |unit| unit.value.clone());
        Pictures { label, owner, ..Pictures::default() }
    }
}

impl Pictures {
    /// Reads the logo and encodes the QR code; whether both could be made, or there are none.
    pub(super) fn read(&mut self, host: &dyn Host, chart: &Chart, report: &mut Report) -> bool {
        let mut sound = true;
        if let Some(written) = &chart.logo {
            match read_logo(host, written, report) {
                Ok(logo) => self.logo = Some((logo, written.span)),
                Err(problem) => {
                    report.push(problem);
                    sound = false;
                }
            }
        }
        if let Some(qr) = &chart.qr {
            match Qr::encode(&qr.text.value) {
                Ok(code) => self.code = Some((code, qr.text.clone())),
                Err(_) => {
                    let told = Diagnostic::new(Code::QrTooLong, qr.text.span).with("size", qr.text.value.len());
                    report.push(told.with("limit", MOST_BYTES));
                    sound = false;
                }
            }
        }
        sound
    }
}

fn read_logo(host: &dyn Host, written: &Text, report: &Report) -> Result<Logo, Diagnostic> {
    let told = |code| Diagnostic::new(code, written.span).with("file", &written.value);
    let file = &report.sources.file(written.span.file).name;
    let path = beside(file, &written.value).ok_or_else(|| told(Code::LogoOutside))?;
    let bytes = host.read(&path).map_err(|reason| told(Code::LogoUnreadable).with("reason", reason))?;
    logo::read(&bytes).map_err(|fault| match fault {
        logo::Fault::TooLarge => told(Code::LogoTooLarge).with_words("limit", words("1 MiB", "1 MiB")),
        logo::Fault::TooManyPixels => {
            told(Code::LogoTooLarge).with_words("limit", words("四百万像素", "four million pixels"))
        }
        logo::Fault::TooComplex => {
            told(Code::LogoTooLarge).with_words("limit", words("两万个元素、16 张图片", "20,000 elements, 16 bitmaps"))
        }
        logo::Fault::Unknown => told(Code::LogoFormat),
        logo::Fault::Damaged(reason) => told(Code::LogoFormat).with("reason", reason),
        logo::Fault::Shapeless => {
            told(Code::LogoFormat).with_words("reason", words("没有内容，或长宽相差太大", "it is empty, or a strip"))
        }
        logo::Fault::Script => {
            told(Code::LogoUnsafe).with_words("part", words("脚本或网页内容", "scripts or web content"))
        }
        logo::Fault::Entities => told(Code::LogoUnsafe).with_words("part", words("自定义实体", "entities of its own")),
        logo::Fault::Outer => told(Code::LogoUnsafe)
            .with_words("part", words("对其他文件或网址的引用", "references to other files or addresses")),
        logo::Fault::Text => told(Code::LogoNotCurves).with_words("part", words("文字", "text")),
        logo::Fault::Bitmap => {
            told(Code::LogoNotCurves).with_words("part", words("不是 PNG 的位图", "a bitmap that is no PNG"))
        }
    })
}

fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// Names of devices on Windows, whatever follows them after a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt", "conin$", "conout$"];

/// The path of a file named in `file`, beside it or in a folder below; `None` where the name leads elsewhere on any
/// system: from the root, to another drive or stream, upwards, to a device.
fn beside(file: &str, written: &str) -> Option<String> {
    let name = written.trim().replace('\\', "/");
    let device = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().trim().to_lowercase();
        DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³".contains(c)))
    };
    let strange = |c: char| c.is_control() || "<>:\"|?*".contains(c);
    let leads_away =
        |part: &str| part.is_empty() || part == ".." || part.ends_with(['.', ' ']) && part != "." || device(part);
    if name.contains(strange) || name.split('/').any(leads_away) {
        return None;
    }
    let folder = file.rfind(['/', '\\']).map_or("", |at| &file[..=at]);
    Some(format!("{folder}{name}"))
}

impl Frame {
    /// What of the width is left to the title's lines: the logo's room is taken away on both sides, so that the title
    /// stands in the middle of the page.
    pub(super) fn title_room(&self, page: Size, width: Length) -> Length {
        width - self.logo_room(page, width) * 2
    }

    fn logo_room(&self, page: Size, width: Length) -> Length {
        let Some((logo, _)) = &self.pictures.logo else { return Length::ZERO };
        let title = title_size(page.width.min(page.height));
        let line = |text: &Option<Para>, size| if text.is_some() { Self::title_leading(size) } else { Length::ZERO };
        let height = line(&self.unit, Self::unit_size(page))
            + Self::title_leading(title)
            + line(&self.subtitle, Self::subtitle_size(page));
        logo.width_at(height).min(width.percent(WIDEST_LOGO)) + title.percent(LOGO_GAP)
    }

    /// The logo left of the title, between `inner`'s top and the title block's end.
    pub(super) fn logo(&self, page: Size, inner: Rect, bottom: Length) -> Option<Item> {
        let (logo, span) = self.pictures.logo.as_ref()?;
        let gap = title_size(page.width.min(page.height)).percent(LOGO_GAP);
        let right = inner.left + self.logo_room(page, inner.width()) - gap;
        let rect = logo.fit(Rect::new(inner.left, inner.top, right, bottom));
        let place = rect.shifted(inner.left - rect.left, Length::ZERO);
        Some(group(Role::Logo, Some(*span), vec![logo.place(place, &format!("徽标：{}", self.pictures.owner))]))
    }

    fn code_side(&self, page: Size) -> Option<Length> {
        let (code, _) = self.pictures.code.as_ref()?;
        let (side, width) = CODE_SIDE;
        Some(code.side(side.scale(page.width.min(page.height).to_um(), width.to_um()), LEAST_MODULE))
    }

    /// The code's width with its label.
    fn code_width(&self, side: Length, body: Length) -> Length {
        let label = self.pictures.label.as_ref().map_or(Em::ZERO, |label| label.natural_width().min(LABEL_WIDTH));
        side.max(label.at(body))
    }

    /// What of the footer's width the code takes, with the space beside it.
    pub(super) fn code_room(&self, page: Size, body: Length) -> Length {
        self.code_side(page).map_or(Length::ZERO, |side| self.code_width(side, body) + FIELD_GAP.at(body))
    }

    /// The height of the code with its label.
    pub(super) fn code_height(&self, page: Size, body: Length) -> Length {
        let Some(side) = self.code_side(page) else { return Length::ZERO };
        let measure = Em::from_length(self.code_width(side, body), body);
        side + self.pictures.label.as_ref().map_or(Length::ZERO, |label| label.height(measure).at(body))
    }

    /// The code with its label at the right end of the footer, from `top` down.
    pub(super) fn code(&self, page: Size, body: Length, right: Length, top: Length) -> Option<Item> {
        let (code, text) = self.pictures.code.as_ref()?;
        let side = self.code_side(page)?;
        let left = right - self.code_width(side, body);
        let corner = Point::new((left + right - side) / 2, top);
        let mut items = code.place(corner, side);
        if ["http://", "https://"].iter().any(|scheme| text.value.starts_with(scheme)) {
            let rect = Rect::at(corner.x, corner.y, Size::new(side, side));
            items = vec![Item::Link(Link { rect, target: Target::Uri(text.value.clone()), items })];
        }
        if let Some(label) = &self.pictures.label {
            let measure = Em::from_length(right - left, body);
            items.extend(para(label, measure, body, (left, right), top + side, Align::Centre));
        }
        Some(group(Role::Qr, Some(text.span), items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_looked_for_beside_and_below_alone() {
        assert_eq!(beside("charts/a.toml", "徽标.svg").as_deref(), Some("charts/徽标.svg"));
        assert_eq!(beside("a.toml", "./图/徽标.v2.svg").as_deref(), Some("./图/徽标.v2.svg"));
        assert_eq!(beside(r"C:\图\a.toml", r"子\徽标.png").as_deref(), Some(r"C:\图\子/徽标.png"));
        for bad in [
            "/etc/x.svg",
            "../x.svg",
            "a/../../x.svg",
            r"..\x.svg",
            r"\\server\x.svg",
            "C:x.svg",
            "C:/x.svg",
            "a.svg:b",
            "",
            "a//b.svg",
            "CON",
            "nul.svg",
            "a/COM1.png",
            "com¹.svg",
            "x.svg.",
            "file:///x.svg",
            "a\u{0}.svg",
        ] {
            assert_eq!(beside("charts/a.toml", bad), None, "{bad}");
        }
    }
}
