//! Options as typed values. What can't be understood is told with what could have been meant.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use riskchart::Options;
use riskchart::diag::{CODES, Code, Severity};
use riskchart::export::press::{PressProfile, ProfileFault};
use riskchart::export::{self, ExportOptions, FORMATS, Format, PdfStandard, Resolution};
use riskchart::font::FontBook;
use riskchart::paper::{Orientation, PAPERS, Paper};
use riskchart::theme::{THEMES, Theme};

use super::options::{
    ALLOW, DPI, FONT_DIR, FORMAT, ICC, Invocation, JOBS, MESSAGE_FORMAT, ORIENTATION, Opt, PAPER, PDF_STANDARD, PORT,
    STRICT, THEME, TILE, WIDTH,
};
use super::usage::did_you_mean;
use crate::cli::disk::seen::{Mark, mark};
use crate::cli::report::Style;
use crate::cli::terminal::console::Color;
use crate::cli::terminal::locale;
use crate::cli::terminal::progress;
use crate::cli::terminal::said::said;
use crate::cli::terminal::visible::visible_path;

/// How charts are compiled and their problems told.
pub(crate) struct Settings {
    /// What the command line says over the charts.
    pub(crate) options: Options,
    /// The mark of those options, fonts included.
    pub(crate) how: Mark,
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
    let (fonts, font_mark) = fonts(&invocation.paths(&FONT_DIR))?;
    let options = Options {
        fonts: Arc::new(fonts),
        paper: value(&PAPER).map(paper).transpose()?,
        orientation: value(&ORIENTATION).map(orientation).transpose()?,
        theme: value(&THEME).map(theme).transpose()?,
    };
    let how = mark(&format!("{font_mark} {:?} {:?} {:?}", options.paper, options.orientation, options.theme));
    Ok(Settings {
        options,
        how,
        jobs: value(&JOBS).map_or(Ok(0), |written| number(&JOBS, written, 1, 256))?,
        style: value(&MESSAGE_FORMAT).map_or(Ok(Style::Human), style)?,
        strict: invocation.flag(&STRICT),
        allowed: allowed(invocation)?,
        watched: progress::is_wanted(invocation.console.quiet),
    })
}

/// Reads the sizes of bitmaps.
///
/// # Errors
/// A number out of bounds, or both options.
pub(crate) fn export_options(invocation: &Invocation<'_>) -> anyhow::Result<ExportOptions> {
    let resolution = match (invocation.value(&DPI), invocation.value(&WIDTH)) {
        (None, None) => Resolution::default(),
        (Some(dpi), None) => Resolution::Dpi(number(&DPI, dpi, 10, 2400)? as f64),
        (None, Some(width)) => Resolution::Width(number(&WIDTH, width, 16, 30_000)? as u32),
        (Some(_), Some(_)) => {
            return Err(said!("--dpi 和 --width 只能给一个" | "give --dpi or --width, not both").fault());
        }
    };
    let pdf_standard = match invocation.value(&PDF_STANDARD) {
        None => PdfStandard::default(),
        Some(written) => PdfStandard::parse(written)
            .ok_or_else(|| choice("pdf-standard", written, &PdfStandard::ALL.map(|(name, _)| name)))?,
    };
    let press = invocation.paths(&ICC).pop().map(|path| press(&path)).transpose()?;
    Ok(ExportOptions { resolution, pdf_standard, press })
}

/// Reads the print shop's profile.
fn press(path: &Path) -> anyhow::Result<PressProfile> {
    let file = visible_path(path);
    let bytes = std::fs::read(path).with_context(|| said!("不能读取特性文件 {file}" | "can't read the profile {file}"))?;
    let why = |fault| match fault {
        ProfileFault::NotAProfile => said!("{file} 不是 ICC 特性文件，或者已损坏" | "{file} is no ICC profile, or a damaged one"),
        ProfileFault::Version => said!("{file} 不是第 2 版或第 4 版的特性文件" | "{file} is a profile of another version than 2 or 4"),
        ProfileFault::NotCmyk => said!("{file} 不是 CMYK 的特性文件" | "{file} is no profile of CMYK"),
        ProfileFault::NotOutput => said!("{file} 不是输出设备（印刷机）的特性文件" | "{file} is no profile of an output device, such as a press"),
    };
    PressProfile::read(bytes).map_err(|fault| {
        why(fault).hint(said!("请向印刷厂要它的 CMYK 输出特性文件；不给也行" | "ask the print shop for its CMYK output profile, or leave the option out")).fault()
    })
}

/// Reads `--tile`: the sheets that posters are cut to.
///
/// # Errors
/// An unknown paper.
pub(crate) fn tile(invocation: &Invocation<'_>) -> anyhow::Result<Option<Paper>> {
    invocation.value(&TILE).map(paper).transpose()
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
        let hint = did_you_mean(written, FORMATS.iter().map(|format| format.name), "formats");
        said!("没有“{written}”这种格式" | "there is no format `{written}`").hint(hint).fault()
    })
}

/// Reads `--color`.
///
/// # Errors
/// An unknown word.
pub(crate) fn color(written: Option<&str>) -> anyhow::Result<Color> {
    match written {
        None | Some("auto") => Ok(Color::Auto),
        Some("always") => Ok(Color::Always),
        Some("never") => Ok(Color::Never),
        Some(written) => Err(choice("color", written, &["auto", "always", "never"])),
    }
}

/// Checks `--lang`, which was read before everything else.
///
/// # Errors
/// An unknown language.
pub(crate) fn known_language(written: Option<&str>) -> anyhow::Result<()> {
    match written {
        Some(written) if locale::by_name(written).is_none() => Err(choice("lang", written, &["zh", "en"])),
        _ => Ok(()),
    }
}

fn choice(option: &str, written: &str, choices: &[&str]) -> anyhow::Error {
    let (zh, en) = (choices.join("、"), choices.join(", "));
    said!("--{option} 不能是“{written}”" | "--{option} can't be `{written}`")
        .hint(said!("可以是 {zh}" | "it can be {en}"))
        .fault()
}

fn paper(written: &str) -> anyhow::Result<Paper> {
    Paper::parse(written).ok_or_else(|| {
        let hint = did_you_mean(written, PAPERS.iter().map(|row| row.name), "papers");
        said!("没有“{written}”这种纸张" | "there is no paper `{written}`").hint(hint).fault()
    })
}

fn orientation(written: &str) -> anyhow::Result<Option<Orientation>> {
    match written {
        "auto" | "自动" => Ok(None),
        "portrait" | "纵向" => Ok(Some(Orientation::Portrait)),
        "landscape" | "横向" => Ok(Some(Orientation::Landscape)),
        _ => Err(choice("orientation", written, &["auto（自动）", "portrait（纵向）", "landscape（横向）"])),
    }
}

fn theme(written: &str) -> anyhow::Result<String> {
    match Theme::find(written) {
        Some(theme) => Ok(theme.name.to_owned()),
        None => {
            let hint = did_you_mean(written, THEMES.iter().map(|theme| theme.name), "themes");
            Err(said!("没有“{written}”这种主题" | "there is no theme `{written}`").hint(hint).fault())
        }
    }
}

fn style(written: &str) -> anyhow::Result<Style> {
    Style::ALL
        .iter()
        .find(|(name, _)| *name == written)
        .map(|(_, style)| *style)
        .ok_or_else(|| choice("message-format", written, &Style::ALL.map(|(name, _)| name)))
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
        return Err(said!("没有“{written}”这个代号" | "there is no code `{written}`").hint(hint).fault());
    };
    if code.row().severity == Severity::Error {
        return Err(said!("“{written}”是错误，不能放过" | "`{written}` is an error and can't be allowed").fault());
    }
    Ok(code)
}

fn number(option: &Opt, written: &str, least: usize, most: usize) -> anyhow::Result<usize> {
    let name = option.name;
    written.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        said!(
            "--{name} 要一个 {least} 到 {most} 的整数，不能是“{written}”"
                | "--{name} takes a whole number from {least} to {most}, not `{written}`"
        )
        .fault()
    })
}

/// The embedded faces and those of these folders, in the order of their names; with the mark of the latter.
fn fonts(folders: &[PathBuf]) -> anyhow::Result<(FontBook, Mark)> {
    let mut book = FontBook::embedded();
    let mut marks = Vec::new();
    for folder in folders {
        let shown = visible_path(folder);
        let unreadable = || said!("不能读取字体文件夹 {shown}" | "can't read the font folder {shown}");
        let mut files = std::fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
            .with_context(unreadable)?;
        files.retain(|file| is_font(file));
        files.sort();
        for file in files {
            let shown = visible_path(&file);
            let bytes =
                std::fs::read(&file).with_context(|| said!("不能读取字体 {shown}" | "can't read the font {shown}"))?;
            marks.push(mark(&bytes));
            book.add(bytes)
                .map_err(|why| said!("不能用字体 {shown}：{why}" | "can't use the font {shown}: {why}").fault())?;
        }
    }
    Ok((book, mark(&marks)))
}

fn is_font(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    file.is_file() && matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc"))
}
