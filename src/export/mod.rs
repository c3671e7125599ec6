//! Scene to files. Each format is a file of this room and a row of [`FORMATS`].
//!
//! A writer is a match over the kinds of [`Item`](crate::scene::Item): it measures no text and moves no point, so the
//! formats can't disagree.

mod cut;
mod fault;
mod fnv;
pub mod html;
mod ofd;
mod pdf;
mod pixels;
mod png;
pub mod source;
mod svg;
mod uri;
mod woff;
mod xml;

pub use fault::ExportFault;

use source::Source;

use crate::color::press::PressProfile;
use crate::diag::Words;
use crate::scene::Scene;

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// What is added to the chart's name before the extension: empty, or `-1`, `-2`… where a format writes a file per page.
    pub suffix: String,
    /// The file's extension without the dot.
    pub extension: &'static str,
    /// The file's content.
    pub bytes: Vec<u8>,
}

/// What the command line says about formats.
#[derive(Clone, Debug, Default)]
pub struct ExportOptions {
    /// How large bitmaps are.
    pub resolution: Resolution,
    /// Which archive standard a PDF keeps.
    pub pdf_standard: PdfStandard,
    /// How an SVG draws its words.
    pub svg_text: SvgText,
    /// Whether an OFD keeps the archival profile (OFD-A, GB/T 42133).
    pub ofd_archive: bool,
    /// What stands beside a web page.
    pub beside: html::Beside,
    /// What a PDF in CMYK tells of its inks, over what the chart says; a press of the usual kind where neither does.
    pub press: Option<PressProfile>,
    /// The files that the charts are made of, to be attached to PDF and OFD; none where that is not asked for.
    pub sources: Vec<Source>,
}

/// The archive standard that a PDF keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PdfStandard {
    /// PDF/A-2a (ISO 19005-2): what archives ask today. In CMYK PDF/X-4 (ISO 15930-7) too, for the press. With sources
    /// attached it is PDF/A-3a (ISO 19005-3), which is the same but for those.
    #[default]
    A2a,
    /// PDF/A-1b (ISO 19005-1): for archives that take nothing newer; larger, without transparency and attached files.
    A1b,
    /// No claim.
    None,
}

impl PdfStandard {
    /// Every standard with its name on the command line.
    pub const ALL: [(&'static str, Self); 3] = [("a-2a", Self::A2a), ("a-1b", Self::A1b), ("none", Self::None)];

    /// The standard of this name, as the command line writes it.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, standard)| standard)
    }
}

/// How an SVG draws its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SvgText {
    /// As outlines: alike in every program.
    #[default]
    Outlines,
    /// As text in fonts that the file brings along: half the size, for browsers.
    Font,
}

impl SvgText {
    /// Every way with its name on the command line.
    pub const ALL: [(&'static str, Self); 2] = [("outlines", Self::Outlines), ("font", Self::Font)];
}

/// How large a bitmap is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolution {
    /// Dots per inch.
    Dpi(f64),
    /// Pixels from left to right.
    Width(u32),
}

impl Default for Resolution {
    fn default() -> Self {
        Self::Dpi(150.0)
    }
}

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line and its extension.
    pub name: &'static str,
    /// What it is for.
    pub purpose: Words,
    /// Whether one file holds all pages, so that a book of charts can be bound in it.
    pub binds: bool,
    /// Writes a scene.
    write: fn(&Scene, &ExportOptions) -> Result<Vec<Artifact>, ExportFault>,
}

/// Every format that can be written.
pub const FORMATS: &[Format] = &[
    Format {
        name: "svg",
        purpose: Words {
            zh: "矢量图，供网页、WPS 和绘图软件使用，每页一个文件",
            en: "vector picture for web pages, office suites and drawing programs, one file a page",
        },
        binds: false,
        write: svg::write,
    },
    Format {
        name: "pdf",
        purpose: Words {
            zh: "供打印、印刷、归档和读屏软件使用（PDF/A-2a、PDF/UA-1）",
            en: "for printers, print shops, archives and screen readers (PDF/A-2a, PDF/UA-1)",
        },
        binds: true,
        write: pdf::write,
    },
    Format {
        name: "png",
        purpose: Words {
            zh: "位图，供聊天工具和幻灯片使用，每页一个文件",
            en: "bitmap for chats and slides, one file a page",
        },
        binds: false,
        write: png::write,
    },
    Format {
        name: "ofd",
        purpose: Words {
            zh: "国产版式文件，供公文和档案系统使用（GB/T 33190）",
            en: "China's fixed-layout document for offices and archives (GB/T 33190)",
        },
        binds: true,
        write: ofd::write,
    },
    Format {
        name: "html",
        purpose: Words {
            zh: "网站，放到任何网页服务器上：一张图一页，另有全部图的索引",
            en: "a website for any server: a page a chart, and an index of all",
        },
        binds: false,
        write: html::write,
    },
];

/// The format of this name, as the command line and `output.formats` write it; upper and lower case are one.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name))
}

/// Writes a scene in one format: one artifact, or one a page.
///
/// # Errors
/// See [`ExportFault`]; the scene itself was checked before.
pub fn export(scene: &Scene, format: &Format, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    (format.write)(scene, options)
}

/// What tells the file of page `index` (from 0) from those of the other pages.
fn page_suffix(scene: &Scene, index: usize) -> String {
    if scene.pages.len() > 1 { format!("-{}", index + 1) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_find_their_rows() {
        for row in FORMATS {
            let found = format(&row.name.to_uppercase()).expect(row.name);
            assert_eq!(found.name, row.name);
            assert!(!row.purpose.zh.is_empty() && !row.purpose.en.is_empty());
        }
        assert!(format("docx").is_none());
        let mut names: Vec<_> = FORMATS.iter().map(|row| row.name).collect();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
    }
}
