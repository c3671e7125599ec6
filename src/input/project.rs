//! The project file `riskchart.toml`.

use super::keys::{Choice, Kind, TableId};
use super::{Table, Value, as_flag, as_number, merge, read_file};
use crate::diag::Report;
use crate::host::Host;
use crate::source::{Span, Spanned, Text};

/// What a project file says beside what charts share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// 格式: names of formats in the order written; empty where none are named.
    pub formats: Vec<Text>,
    /// 合订本: the name of one PDF with all charts.
    pub book: Option<Text>,
    /// 文件夹: where the posters go.
    pub folder: Option<Text>,
    /// 每英寸点数: dots per inch of PNG.
    pub dpi: Option<f64>,
    /// 拼接: the paper that posters are also cut to.
    pub tile: Option<Text>,
    /// 存档标准: the archive standard of the PDF.
    pub pdf_standard: Option<Text>,
    /// 附上图文件: whether posters carry what they are made of.
    pub attach_source: bool,
    /// 核对码: whether the stamp is printed.
    pub stamp: bool,
    /// 不报: codes of what is not told.
    pub allow: Vec<Text>,
    /// 从严: whether warnings count as errors.
    pub strict: bool,
    /// 字体: folders of fonts.
    pub font_folders: Vec<Text>,
}

/// Reads the project file at `path` for what it says beside what charts share.
///
/// Problems of the whole file go to `report`; `None` where it can't be read or is no TOML.
pub fn project(host: &dyn Host, path: &str, report: &mut Report) -> Option<Project> {
    let file = read_file(host, path, TableId::Project, report)?;
    let table = |key: &str| match file.get(key) {
        Some(Spanned { value: Value::Table(table), .. }) => table.clone(),
        _ => Table::default(),
    };
    let (output, check, fonts) = (table("output"), table("check"), table("fonts"));
    Some(Project {
        formats: choices(&output, TableId::Output, "formats"),
        book: text(&output, "book"),
        folder: text(&output, "folder"),
        dpi: output.get("dpi").and_then(|dpi| as_number(&dpi.value)),
        tile: text(&output, "tile"),
        pdf_standard: text(&output, "pdf_standard").and_then(|word| choice(TableId::Output, "pdf_standard", &word)),
        attach_source: flag(&output, "attach_source"),
        stamp: flag(&output, "stamp"),
        allow: choices(&check, TableId::Check, "allow"),
        strict: flag(&check, "strict"),
        font_folders: texts(&fonts, "folders"),
    })
}

fn flag(table: &Table, key: &str) -> bool {
    match table.get(key).map(|written| &written.value) {
        Some(Value::Boolean(flag)) => *flag,
        Some(Value::String(written)) => as_flag(written) == Some(true),
        _ => false,
    }
}

/// A text that is not blank.
fn text(table: &Table, key: &str) -> Option<Text> {
    as_text(table.get(key)?)
}

fn as_text(value: &Spanned<Value>) -> Option<Text> {
    let Value::String(written) = &value.value else { return None };
    let written = written.trim();
    (!written.is_empty()).then(|| Text::new(written.to_owned(), value.span))
}

fn texts(table: &Table, key: &str) -> Vec<Text> {
    match table.get(key).map(|list| &list.value) {
        Some(Value::Array(items)) => items.iter().filter_map(as_text).collect(),
        _ => Vec::new(),
    }
}

/// The words of a list that are known; others are told when the file is read.
fn choices(table: &Table, id: TableId, key: &str) -> Vec<Text> {
    texts(table, key).iter().filter_map(|written| choice(id, key, written)).collect()
}

fn choice(id: TableId, key: &str, written: &Text) -> Option<Text> {
    let (Kind::Choice(known) | Kind::Choices(known)) = id.key(key)?.kind else { return None };
    Choice::find(known, &written.value).map(|choice| Text::new(choice.name.to_owned(), written.span))
}

/// The chart keys that a project file gives: `[defaults]`, and under it `[page]` and `[[level]]`.
pub(super) fn defaults(mut project: Table) -> Table {
    let defaults = match project.take("defaults").map(|defaults| defaults.value) {
        Some(Value::Table(table)) => table,
        _ => Table::default(),
    };
    let own = ["page", "level"].map(|key| project.entries.iter().position(|(known, _)| known.value == key));
    let entries = own.into_iter().flatten().map(|at| project.entries[at].clone()).collect();
    merge::over(Table { entries, span: Span::default() }, defaults)
}
