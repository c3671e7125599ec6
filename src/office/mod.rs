//! Documents of Word and Excel → charts, and charts → documents.
//!
//! | file | makes |
//! |---|---|
//! | `package`, `xml` | bytes → parts, with limits on what comes out; parts → trees |
//! | `word`, `drawing` | a docx → [`sketch`] pages: text, tables, boxes and lines with their places |
//! | `sheet` | xlsx, xls, csv, HTML → [`grid`]s: cells, merged ones known as such; what is drawn on sheets → pages |
//! | `lines` | keys as labelled lines of a document: one table for writing and reading |
//! | `read` | texts → numbers, lists, labelled lines, levels, names, titles, heads, what stands around a chart |
//! | `poster` | pages of boxes → [`Draft`]s, by where boxes stand |
//! | `register` | grids → [`Draft`]s, by what stands in the header |
//! | [`draft`], [`text`] | a chart as plain texts; a chart as TOML |
//! | [`write`] | charts → xlsx, csv, Markdown, docx |
//!
//! What is not sure is asked: a doubt is a [`Diagnostic`] that names its place in the document, kept with the part of the
//! draft it concerns, and stands as a comment in the TOML.

pub mod draft;
mod drawing;
mod grid;
mod lines;
mod package;
mod poster;
mod read;
mod register;
mod sheet;
mod sketch;
pub mod text;
mod word;
pub mod write;
mod xml;

pub use draft::Draft;

use crate::diag::{Code, Diagnostic, Severity};
use grid::Grid;
use package::{Kind, Package};
use read::front::Front;
use sketch::Page;

/// Charts of one document.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The charts, in the order of the document.
    pub charts: Vec<Draft>,
    /// What has to be told of the document as a whole.
    pub notices: Vec<Diagnostic>,
}

/// Bytes of a document.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// An error about a document.
fn refuse(code: Code) -> Diagnostic {
    let mut refused = Diagnostic::new(code, None);
    refused.severity = Severity::Error;
    refused
}

/// Reads the charts of a document, told by its bytes; `stem` is its name without the extension, which stands in where
/// the document names no power.
///
/// # Errors
/// Why nothing can be read: it is damaged, encrypted, beyond limits, something else, or holds no chart.
pub fn import(bytes: &[u8], stem: &str) -> Result<Imported, Diagnostic> {
    if bytes.len() > MAX_DOCUMENT {
        return Err(package::too_large(stem, format!("{} MB", MAX_DOCUMENT >> 20)));
    }
    let mut imported = match package::kind(bytes)? {
        Kind::Zip => zipped(bytes, stem)?,
        Kind::OldSheet => of_grids(sheet::xls(bytes)?, stem),
        Kind::Html => of_grids((sheet::html(bytes)?, Vec::new()), stem),
        Kind::Text => of_grids((vec![sheet::csv(bytes, stem)?], Vec::new()), stem),
    };
    if imported.charts.is_empty() {
        return Err(refuse(Code::DocumentNoChart));
    }
    scales(&mut imported.charts);
    Ok(imported)
}

/// A zip: the relationships of the package name its main part (ISO/IEC 29500-2, 9.3).
fn zipped(bytes: &[u8], stem: &str) -> Result<Imported, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let main = word::relations(&mut package, "_rels/.rels")?;
    let main = main.values().find(|(_, kind)| kind == "officeDocument").map(|(target, _)| word::join("", target));
    let known = package.names();
    let main = main.filter(|main| {
        known.iter().any(|name| name.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(main))
    });
    match main {
        Some(main) if main.starts_with("xl/") || main.contains("workbook") => {
            package.vet()?;
            let (grids, notices) = sheet::xlsx(bytes)?;
            let pages = sheet::pages(&mut Package::open(bytes)?, &main, &grids)?;
            let mut imported = of_grids((grids, notices), stem);
            imported.charts.extend(of_pages(&pages, stem).charts);
            Ok(imported)
        }
        Some(main) if !main.starts_with("ppt/") => {
            let pages = word::read(&mut package, &main)?;
            let pictures = pages.iter().map(|page| page.pictures).sum::<usize>();
            let imported = of_pages(&pages, stem);
            if imported.charts.is_empty() && pictures > 0 {
                return Err(refuse(Code::DocumentPictures));
            }
            Ok(imported)
        }
        _ => Err(other_zip(&known)),
    }
}

fn other_zip(names: &[String]) -> Diagnostic {
    use crate::diag::Words;
    let is_open = names.iter().any(|name| name == "content.xml");
    let kind = if is_open {
        Words { zh: " OpenDocument 文件（odt、ods）", en: "an OpenDocument (odt, ods)" }
    } else if names.iter().any(|name| name.starts_with("ppt/")) {
        Words { zh: "演示文稿", en: "a presentation" }
    } else {
        Words { zh: "别的压缩包", en: "another archive" }
    };
    refuse(Code::DocumentKind).with_words("kind", kind)
}

fn of_pages(pages: &[Page], stem: &str) -> Imported {
    let mut imported = Imported::default();
    for mut part in poster::parts(pages) {
        poster::joined_tables(&mut part);
        let mut front = poster::front(&part);
        let before = imported.charts.len();
        imported.charts.extend(poster::draft(&part));
        for (at, (_, table)) in part.tables.iter().enumerate() {
            if let Some(power) = poster::heading(&part, at) {
                front.power = power;
            }
            imported.charts.extend(register::drafts(table, &front, stem));
        }
        // Telephones and notes below a table belong to all charts of it.
        for chart in &mut imported.charts[before..] {
            front.fill(chart);
        }
    }
    imported
}

fn of_grids((grids, notices): (Vec<Grid>, Vec<Diagnostic>), stem: &str) -> Imported {
    let mut imported = Imported { charts: Vec::new(), notices };
    let (about, registers): (Vec<&Grid>, Vec<&Grid>) = grids.iter().partition(|grid| register::is_about(grid));
    for grid in registers {
        let front = Front::default();
        imported.charts.extend(register::drafts(grid, &front, stem));
    }
    about.into_iter().for_each(|grid| register::about(grid, &mut imported.charts));
    imported
}

/// Gives charts the scale of their levels, where it is not the usual one; its order is asked. Where one scale holds all
/// levels of the document it is that of every chart: a colour means one level on all of them.
fn scales(charts: &mut [Draft]) {
    let mut all: Vec<String> = Vec::new();
    for level in charts.iter().filter(|chart| chart.levels.is_empty()).flat_map(levels) {
        if !all.contains(&level) {
            all.push(level);
        }
    }
    let shared = if read::level::is_one_scale(&all) { read::level::scale(&all) } else { Vec::new() };
    let mut asked = false;
    for chart in charts {
        let used = levels(chart);
        // The document says it itself.
        if !chart.levels.is_empty() && used.iter().all(|level| chart.levels.contains(level)) {
            continue;
        }
        let of_all = !shared.is_empty() && !used.is_empty() && used.iter().all(|level| shared.contains(level));
        chart.levels = if of_all { shared.clone() } else { read::level::scale(&used) };
        if !(chart.levels.is_empty() || of_all && asked) {
            chart.doubts.push(Diagnostic::new(Code::ImportScale, None).with("levels", chart.levels.join("、")));
            asked |= of_all;
        }
    }
}

/// The levels that a chart uses, each once.
fn levels(chart: &Draft) -> Vec<String> {
    let of_risks = chart.stages.iter().flat_map(|stage| &stage.risks).map(|risk| &risk.level);
    let mut used: Vec<String> = Vec::new();
    for level in of_risks.chain([&chart.rating]).filter(|level| !level.is_empty()) {
        if !used.contains(level) {
            used.push(level.clone());
        }
    }
    used
}
