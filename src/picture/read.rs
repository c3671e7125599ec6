//! What a chart names beside itself: its logo read from the file, its QR code encoded, the profile of the press.

use super::logo::{self, Logo};
use super::qr::{MOST_BYTES, Qr};
use crate::color::press::PressProfile;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::host::Host;
use crate::model::{Chart, Stamp};
use crate::source::{Span, Text};

/// The pictures of a chart.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// The logo, and where its file is named.
    pub logo: Option<(Logo, Span)>,
    /// The QR code, and what it says.
    pub code: Option<(Qr, Text)>,
    /// The profile of the press, where the chart is for one.
    pub press: Option<PressProfile>,
}

impl Pictures {
    /// Reads the logo and encodes the QR code, with the stamp where that is printed and there is room for it. A picture that
    /// can't be made is told and left out.
    pub fn read(host: &dyn Host, chart: &Chart, stamp: Option<Stamp>, report: &mut Report) -> Self {
        let logo = chart.logo.as_ref().and_then(|written| match read_logo(host, written, report) {
            Ok(logo) => Some((logo, written.span)),
            Err(problem) => {
                report.push(problem);
                None
            }
        });
        let stamped = |text: &str| Qr::encode(&stamp?.within(text)).ok();
        let encoded = |text: &str| stamped(text).map_or_else(|| Qr::encode(text), Ok);
        let code = chart.qr.as_ref().and_then(|qr| match encoded(&qr.text.value) {
            Ok(code) => Some((code, qr.text.clone())),
            Err(_) => {
                let problem = Diagnostic::new(Code::QrTooLong, qr.text.span).with("size", qr.text.value.len());
                report.push(problem.with("limit", MOST_BYTES));
                None
            }
        });
        let profile = chart.page.profile.as_ref().filter(|_| chart.page.is_for_press());
        let press = profile.and_then(|written| match read_profile(host, written, report) {
            Ok(press) => Some(press),
            Err(problem) => {
                report.push(problem);
                None
            }
        });
        Self { logo, code, press }
    }
}

fn read_profile(host: &dyn Host, written: &Text, report: &Report) -> Result<PressProfile, Diagnostic> {
    let problem = |code| Diagnostic::new(code, written.span).with("file", &written.value);
    let file = &report.sources.file(written.span.file).name;
    let outside = words("不在写它的文件旁边或下级文件夹里", "it is not beside or below the file that names it");
    let path =
        beside(file, &written.value).ok_or_else(|| problem(Code::ProfileUnreadable).with_words("reason", outside))?;
    let bytes = host.read(&path).map_err(|why| problem(Code::ProfileUnreadable).with_both("reason", why.zh, why.en))?;
    PressProfile::read(bytes).map_err(|fault| problem(Code::ProfileUnfit).with_words("reason", fault.in_words()))
}

fn read_logo(host: &dyn Host, written: &Text, report: &Report) -> Result<Logo, Diagnostic> {
    let problem = |code| Diagnostic::new(code, written.span).with("file", &written.value);
    let file = &report.sources.file(written.span.file).name;
    let path = beside(file, &written.value).ok_or_else(|| problem(Code::LogoOutside))?;
    let bytes = host.read(&path).map_err(|why| problem(Code::LogoUnreadable).with_both("reason", why.zh, why.en))?;
    logo::read(&bytes).map_err(|fault| match fault {
        logo::Fault::TooLarge => problem(Code::LogoTooLarge).with_words("limit", words("1 MiB", "1 MiB")),
        logo::Fault::TooManyPixels => {
            problem(Code::LogoTooLarge).with_words("limit", words("四百万像素", "four million pixels"))
        }
        logo::Fault::TooComplex => problem(Code::LogoTooLarge)
            .with_words("limit", words("两万个元素、16 张图片", "20,000 elements, 16 bitmaps")),
        logo::Fault::Unknown => problem(Code::LogoFormat),
        logo::Fault::Damaged(reason) => problem(Code::LogoFormat).with("reason", reason),
        logo::Fault::Shapeless => {
            problem(Code::LogoFormat).with_words("reason", words("没有内容，或长宽相差太大", "it is empty, or a strip"))
        }
        logo::Fault::Script => {
            problem(Code::LogoUnsafe).with_words("part", words("脚本或网页内容", "scripts or web content"))
        }
        logo::Fault::Entities => {
            problem(Code::LogoUnsafe).with_words("part", words("自定义实体", "entities of its own"))
        }
        logo::Fault::Outer => problem(Code::LogoUnsafe)
            .with_words("part", words("对其他文件或网址的引用", "references to other files or addresses")),
        logo::Fault::Text => problem(Code::LogoNotCurves).with_words("part", words("文字", "text")),
        logo::Fault::Bitmap => {
            problem(Code::LogoNotCurves).with_words("part", words("不是 PNG 的位图", "a bitmap that is no PNG"))
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
