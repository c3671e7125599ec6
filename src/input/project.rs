//! The project file `riskchart.toml`.

use super::keys::{Choice, Kind, TableId};
use super::{Table, Value, merge, read_file};
use crate::diag::Report;
use crate::host::Host;
use crate::source::{Span, Spanned, Text};

/// What a project file says of the output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// 格式: names of formats in the order written; empty where none are named.
    pub formats: Vec<Text>,
    /// 合订本: the name of one PDF with all charts.
    pub book: Option<Text>,
}

/// Reads the project file at `path` for what it says of the output.
///
/// Problems of the whole file go to `report`; `None` where it can't be read or is no TOML.
pub fn project(host: &dyn Host, path: &str, report: &mut Report) -> Option<Project> {
    let table = read_file(host, path, TableId::Project, report)?;
    let Some(Spanned { value: Value::Table(output), .. }) = table.get("output") else {
        return Some(Project::default());
    };
    let formats = match output.get("formats").map(|formats| &formats.value) {
        Some(Value::Array(items)) => items.iter().filter_map(format).collect(),
        _ => Vec::new(),
    };
    let book = match output.get("book") {
        Some(Spanned { value: Value::String(name), span }) if !name.trim().is_empty() => {
            Some(Text::new(name.trim().to_owned(), *span))
        }
        _ => None,
    };
    Some(Project { formats, book })
}

fn format(item: &Spanned<Value>) -> Option<Text> {
    let Some(Kind::Choices(choices)) = TableId::Output.key("formats").map(|row| row.kind) else { return None };
    let Value::String(written) = &item.value else { return None };
    Choice::find(choices, written).map(|choice| Text::new(choice.name.to_owned(), item.span))
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
