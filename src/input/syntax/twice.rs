//! Keys and headers that stand there twice.

use std::ops::Range;

use super::{Fault, Teller};
use crate::diag::{Code, Diagnostic, related};
use crate::input::keys::{KeyRow, Kind, TableId};
use crate::input::lines::{SourceLine, headers_before, list_header};
use crate::input::{Table, Value};
use crate::source::Span;

impl Teller<'_> {
    /// A key written twice, with its first place. `None` where the check of keys and kinds says it better.
    pub(super) fn duplicate(&self, fault: &Fault<'_>) -> Option<Diagnostic> {
        let name = fault.read.text.get(fault.span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
        let span = self.span(fault.at.clone());
        let first = self.first_place(name, fault.at.start);
        let row = self.row(name, &fault.at);
        let line = SourceLine::around(self.source, fault.at.start);
        let several = |row: &KeyRow| matches!(row.kind, Kind::Tables(_) | Kind::TableOrTables(_));
        if let Some(row) = row.filter(|row| several(row) && line.is_header()) {
            let header = line.content();
            let typed = &self.source.text[header.clone()];
            if typed.starts_with("[[") {
                // [stage] or [[stage.risk]] stands before this [[stage]]: the fault lies there.
                return matches!(row.kind, Kind::TableOrTables(_)).then(|| self.twice(row.label(), span, first));
            }
            return Some(self.single_brackets(fault, header));
        }
        let typed = &self.source.text[fault.at.clone()];
        Some(self.twice(row.map_or_else(|| name.to_owned(), |row| row.label_for(typed)), span, first))
    }

    /// A header in single brackets that stands a second time: the one before it wants doubling as well.
    fn single_brackets(&self, fault: &Fault<'_>, header: Range<usize>) -> Diagnostic {
        let typed = &self.source.text[header.clone()];
        let doubled = format!("[{typed}]");
        let problem = Diagnostic::new(Code::SingleBrackets, self.span(header.clone())).with("typed", typed);
        let problem = problem.with("header", &doubled).edit(self.span(header), doubled);
        let mut before = headers_before(&fault.read.text, fault.span.start);
        let Some(last) = before.pop() else { return problem };
        let last = fault.read.original(last);
        let problem = problem.related(self.span(last.clone()), related::FIRST_WRITTEN);
        // A header that isn't the first is told, and mended, by itself.
        if before.is_empty() {
            let doubled = format!("[{}]", &self.source.text[last.clone()]);
            return problem.edit(self.span(last), doubled);
        }
        problem
    }

    /// The row of a key written twice: the name typed tells keys of one English name apart.
    fn row(&self, name: &str, at: &Range<usize>) -> Option<&'static KeyRow> {
        let typed = self.source.text.get(at.clone()).unwrap_or_default().trim_matches(['"', '\'']);
        let rows: Vec<_> = TableId::ALL.into_iter().filter_map(|table| table.key(name)).collect();
        let alike = || rows.first().filter(|one| rows.iter().all(|row| row.zh == one.zh));
        rows.iter().find(|row| row.zh == typed).or_else(alike).copied()
    }

    fn twice(&self, key: String, span: Span, first: Option<Span>) -> Diagnostic {
        let problem = Diagnostic::new(Code::DuplicateKey, span).with("key", key);
        let problem = problem.with_some("header", list_header(self.source, span.start as usize));
        match first {
            Some(first) => problem.related(first, related::FIRST_WRITTEN),
            None => problem,
        }
    }

    /// Where a key stood before: the last place in a table that was still open at `at`.
    fn first_place(&self, name: &str, at: usize) -> Option<Span> {
        fn search(table: &Table, name: &str, at: u32, closed: &dyn Fn(Span) -> bool, best: &mut Option<Span>) {
            for (key, value) in &table.entries {
                if key.value == name && key.span.start < at {
                    *best = Some(best.map_or(key.span, |known| known.max(key.span)));
                }
                let tables: Vec<&Table> = match &value.value {
                    Value::Table(table) => vec![table],
                    Value::Array(items) => items
                        .iter()
                        .filter_map(|item| if let Value::Table(table) = &item.value { Some(table) } else { None })
                        .collect(),
                    _ => continue,
                };
                for table in tables.into_iter().filter(|table| !closed(table.span)) {
                    search(table, name, at, closed, best);
                }
            }
        }
        // An inline table that ended before can't hold the first place.
        let closed =
            |span: Span| self.source.text[span.start as usize..].starts_with(['{', '｛']) && span.end <= at as u32;
        let mut best = None;
        search(self.table, name, at as u32, &closed, &mut best);
        best
    }
}
