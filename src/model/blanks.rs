//! What is there to be filled in and is not yet: templates have such fields, and they are printed as rules to write on.

use crate::diag::{Code, Diagnostic, Report};
use crate::input::keys::TableId;
use crate::input::{Table, Value};
use crate::source::{Span, Spanned};

/// One note of all fields that are still to be filled in.
pub(super) fn tell(chart: &Table, report: &mut Report) {
    const LINES: usize = 12;
    let mut found = Vec::new();
    look(chart, TableId::Chart, &mut found);
    let Some((first, _)) = found.first().copied() else { return };
    found.sort();
    let source = report.sources.file(first.file);
    let mut lines: Vec<_> = found.iter().map(|(span, _)| source.line(span.start as usize)).collect();
    lines.dedup();
    let mut names: Vec<&str> = Vec::new();
    found.iter().for_each(|(_, name)| {
        if !names.contains(name) {
            names.push(name)
        }
    });
    let shown: Vec<_> = lines.iter().take(LINES).map(usize::to_string).collect();
    let rest = if lines.len() > LINES { " …" } else { "" };
    let note = Diagnostic::new(Code::Unfilled, first).with("count", found.len()).with("names", names.join("、"));
    report.push(note.with("lines", shown.join(" ") + rest));
}

fn look(table: &Table, id: TableId, found: &mut Vec<(Span, &'static str)>) {
    for (key, value) in &table.entries {
        let Some(row) = id.key(&key.value) else { continue };
        if row.is_to_be_filled() {
            let items =
                if let Value::Array(items) = &value.value { items.as_slice() } else { std::slice::from_ref(value) };
            let blank = |item: &&Spanned<Value>| matches!(&item.value, Value::String(text) if text.is_empty());
            found.extend(items.iter().filter(blank).map(|item| (item.span, row.zh)));
        }
        let Some(inner) = row.kind.table() else { continue };
        match &value.value {
            Value::Table(table) => look(table, inner, found),
            Value::Array(items) => items.iter().for_each(|item| {
                if let Value::Table(table) = &item.value {
                    look(table, inner, found);
                }
            }),
            _ => {}
        }
    }
}
