//! Options as typed values. What can't be understood is told with what could have been meant.

use std::path::PathBuf;

use anyhow::Context;
use riskchart::color::press::{PressProfile, ProfileFault};
use riskchart::diag::{CODES, Code, Lang, Severity};
use riskchart::export::{self, FORMATS, Format, PdfStandard, Resolution, SvgText};
use riskchart::layout::tile::Tiling;
use riskchart::model::{self, paper_meant};
use riskchart::paper::{Orientation, PAPERS, Paper};
use riskchart::theme::{THEMES, Theme};
use riskchart::unit::Length;

use super::options::{
    ALLOW, DPI, FONT_DIR, FORMAT, ICC, Invocation, JOBS, LANG, MESSAGE_FORMAT, ORIENTATION, Opt, PAPER, PDF_STANDARD,
    PORT, SHARD, SITE, STAMP, STRICT, SVG_TEXT, THEME, TILE, TILE_MARGIN, TILE_OVERLAP, WIDTH,
};
use super::usage::did_you_mean;
use crate::cli::disk::walk::Shard;
use crate::cli::report::Style;
use crate::cli::terminal::locale;
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::progress;

/// How charts are compiled and their problems told.
#[derive(Default)]
pub(crate) struct Settings {
    /// The paper, over the charts' own.
    pub(crate) paper: Option<Paper>,
    /// The orientation, over the charts' own; `Some(None)` is 自动.
    pub(crate) orientation: Option<Option<Orientation>>,
    /// The theme's name, over the charts' own.
    pub(crate) theme: Option<String>,
    /// Whether 核对码 is printed.
    pub(crate) stamp: bool,
    /// Folders of fonts, beside those that project files name.
    pub(crate) font_folders: Vec<PathBuf>,
    /// How many charts at a time; 0 leaves it to the machine.
    pub(crate) jobs: usize,
    /// How problems are told.
    pub(crate) style: Style,
    /// Whether warnings count as errors.
    pub(crate) strict: bool,
    /// Warnings and notes that are not told.
    pub(crate) allowed: Vec<Code>,
    /// Whether somebody watches how far the run is.
    pub(crate) watched: bool,
}

/// Reads the options that compiling has.
///
/// # Errors
/// The first that can't be understood.
pub(crate) fn read(invocation: &Invocation<'_>) -> anyhow::Result<Settings> {
    let value = |option| invocation.value(option);
    Ok(Settings {
        paper: value(&PAPER).map(paper).transpose()?,
        orientation: value(&ORIENTATION).map(orientation).transpose()?,
        theme: value(&THEME).map(theme).transpose()?,
        stamp: invocation.flag(&STAMP),
        font_folders: invocation.paths(&FONT_DIR),
        jobs: value(&JOBS).map_or(Ok(0), |written| number(&JOBS, written, 1, 256))?,
        style: chosen(invocation, &MESSAGE_FORMAT, &Style::ALL)?.unwrap_or_default(),
        strict: invocation.flag(&STRICT),
        allowed: allowed(invocation)?,
        watched: progress::is_wanted(invocation.console.quiet),
    })
}

/// Reads the size of bitmaps; `None` where no option says it.
///
/// # Errors
/// A number out of bounds, or both options.
pub(crate) fn resolution(invocation: &Invocation<'_>) -> anyhow::Result<Option<Resolution>> {
    let (dpi, width) = (invocation.value(&DPI), invocation.value(&WIDTH));
    // One that a variable sets gives way to the other on the command line.
    let (dpi, width) = match (invocation.is_typed(&DPI), invocation.is_typed(&WIDTH)) {
        (true, false) => (dpi, None),
        (false, true) => (None, width),
        _ => (dpi, width),
    };
    match (dpi, width) {
        (None, None) => Ok(None),
        (Some(dpi), None) => Ok(Some(Resolution::Dpi(number(&DPI, dpi, 10, 2400)? as f64))),
        (None, Some(width)) => Ok(Some(Resolution::Width(number(&WIDTH, width, 16, 30_000)? as u32))),
        (Some(_), Some(_)) => Err(message!("--dpi 和 --width 只能给一个" | "give --dpi or --width, not both").fault()),
    }
}

/// Reads `--pdf-standard`.
///
/// # Errors
/// There is no such standard.
pub(crate) fn pdf_standard(invocation: &Invocation<'_>) -> anyhow::Result<Option<PdfStandard>> {
    chosen(invocation, &PDF_STANDARD, &PdfStandard::ALL)
}

/// Reads `--svg-text`.
///
/// # Errors
/// There is no such way.
pub(crate) fn svg_text(invocation: &Invocation<'_>) -> anyhow::Result<SvgText> {
    Ok(chosen(invocation, &SVG_TEXT, &SvgText::ALL)?.unwrap_or_default())
}

/// Reads the file of `--icc`.
///
/// # Errors
/// It can't be read, or is no profile of a press.
pub(crate) fn press(invocation: &Invocation<'_>) -> anyhow::Result<Option<PressProfile>> {
    let Some(path) = invocation.path(&ICC) else { return Ok(None) };
    let shown = path.display();
    let unread = || message!("读不出 --icc 的文件“{shown}”" | "can't read `{shown}` of --icc");
    let bytes = std::fs::read(path).with_context(unread)?;
    let unfit = |fault: ProfileFault| {
        let words = fault.in_words();
        let (zh, en) = (words.get(Lang::Zh), words.get(Lang::En));
        message!("--icc 的文件“{shown}”{zh}" | "`{shown}` of --icc {en}")
            .hint(message!(
                "请向印刷厂要印刷机的 CMYK 特性文件，不写 --icc 就用通用的"
                    | "ask the print shop for the CMYK profile of its press; without --icc a common one is used"
            ))
            .fault()
    };
    PressProfile::read(bytes).map(Some).map_err(unfit)
}

/// Reads `--shard`, e.g. `2/8`.
///
/// # Errors
/// It is no part of a whole.
pub(crate) fn shard(invocation: &Invocation<'_>) -> anyhow::Result<Option<Shard>> {
    let Some(written) = invocation.value(&SHARD) else { return Ok(None) };
    let parts =
        written.split_once('/').and_then(|(number, of)| Some((number.trim().parse().ok()?, of.trim().parse().ok()?)));
    let shard = parts.map(|(number, of)| Shard { number, of }).filter(|shard| (1..=shard.of).contains(&shard.number));
    shard.map(Some).ok_or_else(|| {
        message!(
            "--shard 要写作 2/8（八份里的第二份），不能是“{written}”"
                | "--shard takes a part of a whole, such as 2/8, not `{written}`"
        )
        .fault()
    })
}

/// Reads `--tile`: the sheets that posters are cut to.
///
/// # Errors
/// An unknown paper.
pub(crate) fn tile(invocation: &Invocation<'_>) -> anyhow::Result<Option<Paper>> {
    invocation.value(&TILE).map(paper).transpose()
}

/// Reads how posters are cut to sheets; `None` where the command line says nothing of it.
///
/// # Errors
/// No number of millimetres.
pub(crate) fn tiling(invocation: &Invocation<'_>) -> anyhow::Result<Option<Tiling>> {
    let length = |option: &Opt, least: usize| -> anyhow::Result<Option<Length>> {
        let written = invocation.value(option).map(|written| number(option, written, least, 50)).transpose()?;
        Ok(written.map(|millimetres| Length::mm(millimetres as i64)))
    };
    let (margin, overlap) = (length(&TILE_MARGIN, 0)?, length(&TILE_OVERLAP, 1)?);
    let usual = Tiling::default();
    let tiling = Tiling { margin: margin.unwrap_or(usual.margin), overlap: overlap.unwrap_or(usual.overlap) };
    Ok(margin.or(overlap).map(|_| tiling))
}

/// Reads `--site`: the address at which the output folder will be found.
///
/// # Errors
/// It is no address of a web page.
pub(crate) fn site<'a>(invocation: &'a Invocation<'_>) -> anyhow::Result<Option<&'a str>> {
    let Some(written) = invocation.value(&SITE) else { return Ok(None) };
    let host = ["https://", "http://"].iter().find_map(|scheme| written.strip_prefix(scheme));
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"?#\\\"<>".contains(c);
    match host {
        Some(host) if !host.trim_matches('/').is_empty() && host.chars().all(is_plain) => Ok(Some(written)),
        _ => Err(message!("--site 不能是“{written}”" | "--site can't be `{written}`")
            .hint(message!(
                "要写完整的网址，如 https://例.gov.cn/防控图/"
                    | "give a whole address, e.g. https://example.gov.cn/charts/"
            ))
            .fault()),
    }
}

/// Reads `--port`; 0 is any free one.
///
/// # Errors
/// It is no port.
pub(crate) fn port(invocation: &Invocation<'_>) -> anyhow::Result<Option<u16>> {
    let port = invocation.value(&PORT).map(|written| number(&PORT, written, 0, usize::from(u16::MAX))).transpose()?;
    Ok(port.map(|port| port as u16))
}

/// Reads `--format`: each format once, in the order given; empty where the option is absent.
///
/// # Errors
/// The first unknown one.
pub(crate) fn formats(invocation: &Invocation<'_>) -> anyhow::Result<Vec<&'static Format>> {
    let given = invocation.values(&FORMAT);
    let mut formats: Vec<&'static Format> = Vec::new();
    for format in given.into_iter().map(format).collect::<anyhow::Result<Vec<_>>>()? {
        if !formats.iter().any(|known| known.name == format.name) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// The format of a name.
///
/// # Errors
/// There is none.
pub(crate) fn format(written: &str) -> anyhow::Result<&'static Format> {
    export::format(written.trim_start_matches('.')).ok_or_else(|| {
        let hint = other_format(written)
            .unwrap_or_else(|| did_you_mean(written, FORMATS.iter().map(|format| format.name), "formats"));
        message!("没有“{written}”这种格式" | "there is no format `{written}`").hint(hint).fault()
    })
}

/// What to do where a format is wanted that is not written.
fn other_format(written: &str) -> Option<Message> {
    match written.trim_start_matches('.').to_lowercase().as_str() {
        "word" | "doc" | "docx" | "wps" | "excel" | "xls" | "xlsx" | "ppt" | "pptx" => Some(message!(
            "可以改的 Word 表、Excel 一览表用 riskchart export；要插进文档用 -f png 或 -f svg，要打印用 -f pdf"
                | "riskchart export writes Word and Excel tables; use -f png or -f svg to insert, -f pdf to print"
        )),
        "jpg" | "jpeg" | "bmp" | "gif" => Some(message!("请用 -f png" | "use -f png")),
        _ => None,
    }
}

/// What the word of an option stands for among the words of its row, whatever its case; `None` where it is not given.
///
/// # Errors
/// An unknown word.
pub(crate) fn chosen<T: Copy>(
    invocation: &Invocation<'_>,
    option: &Opt,
    all: &[(&'static str, T)],
) -> anyhow::Result<Option<T>> {
    let Some(written) = invocation.value(option) else { return Ok(None) };
    let found = all.iter().find(|(name, _)| name.eq_ignore_ascii_case(written));
    found.map(|(_, value)| Some(*value)).ok_or_else(|| choice(option, written))
}

/// Checks `--lang`, which was read before everything else.
///
/// # Errors
/// An unknown language.
pub(crate) fn known_language(written: Option<&str>) -> anyhow::Result<()> {
    match written {
        Some(written) if locale::by_name(written).is_none() => Err(choice(&LANG, written)),
        _ => Ok(()),
    }
}

fn choice(option: &Opt, written: &str) -> anyhow::Error {
    let (option, choices) = (option.name, (option.words)());
    let (zh, en) = (choices.join("、"), choices.join(", "));
    message!("--{option} 不能是“{written}”" | "--{option} can't be `{written}`")
        .hint(message!("可以是 {zh}" | "it can be {en}"))
        .fault()
}

/// The paper of a name or size.
///
/// # Errors
/// There is none.
pub(crate) fn paper(written: &str) -> anyhow::Result<Paper> {
    Paper::parse(written).ok_or_else(|| {
        let hint = match paper_meant(written) {
            Some(name) => message!(
                "请写 {name}；riskchart list papers 列出全部" | "write {name}; riskchart list papers lists them all"
            ),
            None => {
                let names = PAPERS.iter().map(|row| row.name).collect::<Vec<_>>().join(" ");
                message!(
                    "可以写 {names}，或尺寸如 600x900mm（每边 50 到 5000 毫米）"
                        | "write one of {names}, or a size such as 600x900mm (50 to 5000 mm a side)"
                )
            }
        };
        message!("没有“{written}”这种纸张" | "there is no paper `{written}`").hint(hint).fault()
    })
}

fn orientation(written: &str) -> anyhow::Result<Option<Orientation>> {
    model::orientation(written).ok_or_else(|| choice(&ORIENTATION, written))
}

fn theme(written: &str) -> anyhow::Result<String> {
    match Theme::find(written) {
        Some(theme) => Ok(theme.name.to_owned()),
        None => {
            let hint = did_you_mean(written, THEMES.iter().map(|theme| theme.name), "themes");
            Err(message!("没有“{written}”这种主题" | "there is no theme `{written}`").hint(hint).fault())
        }
    }
}

/// Reads `--allow`.
///
/// # Errors
/// The first code that is unknown or an error.
pub(crate) fn allowed(invocation: &Invocation<'_>) -> anyhow::Result<Vec<Code>> {
    invocation.values(&ALLOW).into_iter().map(allowed_code).collect()
}

fn allowed_code(written: &str) -> anyhow::Result<Code> {
    let Some(code) = Code::from_slug(written) else {
        let hint = did_you_mean(written, CODES.iter().map(|row| row.slug), "codes");
        return Err(message!("没有“{written}”这个代号" | "there is no code `{written}`").hint(hint).fault());
    };
    if code.row().severity == Severity::Error {
        return Err(message!("“{written}”是错误，不能放过" | "`{written}` is an error and can't be allowed").fault());
    }
    Ok(code)
}

fn number(option: &Opt, written: &str, least: usize, most: usize) -> anyhow::Result<usize> {
    let name = option.name;
    written.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        message!(
            "--{name} 要一个 {least} 到 {most} 的整数，不能是“{written}”"
                | "--{name} takes a whole number from {least} to {most}, not `{written}`"
        )
        .fault()
    })
}
