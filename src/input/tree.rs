//! TOML's own tree to ours: in the order written, with spans into the text as typed.

use std::ops::Range;

use toml::de::{DeInteger, DeTable, DeValue};

use super::paragraph::settled;
use super::repair::Rewritten;
use super::{Table, Value, strings};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{FileId, Span, Spanned};

/// Converts the tree parsed from `text` and checks the characters of every text in it.
pub(super) fn convert(root: &DeTable<'_>, text: &Rewritten, file: FileId, report: &mut Report) -> Table {
    let mut converter = Converter { text, file, report };
    converter.table(root, Span::new(file, 0, 0))
}

struct Converter<'c> {
    text: &'c Rewritten,
    file: FileId,
    report: &'c mut Report,
}

impl Converter<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        let range = self.text.original(range);
        Span::new(self.file, range.start, range.end)
    }

    // TOML's parser holds nesting below 80, so this recursion is shallow.
    fn table(&mut self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entries = entries.into_iter().map(|(key, value)| {
            let at = self.span(key.span());
            strings::check(key.get_ref(), at, self.report);
            (Spanned::new(settled(key.get_ref()).0, at), self.value(value.get_ref(), value.span()))
        });
        Table { entries: entries.collect(), span }
    }

    fn value(&mut self, value: &DeValue<'_>, range: Range<usize>) -> Spanned<Value> {
        let span = self.span(range.clone());
        let value = match value {
            DeValue::String(text) => {
                strings::check(text, span, self.report);
                let (text, joined) = settled(text);
                if joined {
                    self.report.push(Diagnostic::new(Code::LinesJoined, span));
                }
                Value::String(text)
            }
            DeValue::Integer(integer) => integer_value(integer),
            DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Value::Boolean(*flag),
            DeValue::Datetime(_) => Value::Datetime(self.text.text.get(range).unwrap_or_default().to_owned()),
            DeValue::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, span)),
        };
        Spanned::new(value, span)
    }
}

/// An integer beyond 64 bits is out of every key's range and stays so as a fraction.
fn integer_value(integer: &DeInteger<'_>) -> Value {
    match i64::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(number) => Value::Integer(number),
        Err(_) => Value::Float(integer.as_str().parse().unwrap_or(f64::NAN)),
    }
}
