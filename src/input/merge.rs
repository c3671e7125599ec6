//! The project's defaults under a chart's own keys.

use super::{Table, Value};

/// `chart` with what it leaves out taken from `defaults`: tables merge key by key, lists and everything else are
/// replaced whole. Default keys come first, in their order, so that a chart can change one telephone among several.
pub(super) fn over(defaults: Table, chart: Table) -> Table {
    let span = chart.span;
    let mut entries = defaults.entries;
    for (key, value) in chart.entries {
        let Some(at) = entries.iter().position(|(known, _)| known.value == key.value) else {
            entries.push((key, value));
            continue;
        };
        let old = std::mem::replace(&mut entries[at], (key, value));
        if let (Value::Table(under), Value::Table(own)) = (old.1.value, &mut entries[at].1.value) {
            *own = over(under, std::mem::take(own));
        }
    }
    Table { entries, span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Span, Spanned};

    fn table(entries: &[(&str, Value)]) -> Table {
        let spanned = |(key, value): &(&str, Value)| {
            (Spanned::new((*key).to_owned(), Span::default()), Spanned::new(value.clone(), Span::default()))
        };
        Table { entries: entries.iter().map(spanned).collect(), span: Span::default() }
    }

    #[test]
    fn tables_merge_and_lists_are_replaced() {
        let list = |n| Value::Array(vec![Spanned::new(Value::Integer(n), Span::default())]);
        let defaults = table(&[
            ("unit", Value::String("局".into())),
            ("notes", list(1)),
            ("phones", Value::Table(table(&[("甲", Value::Integer(1)), ("乙", Value::Integer(2))]))),
        ]);
        let chart = table(&[
            ("phones", Value::Table(table(&[("丙", Value::Integer(3)), ("甲", Value::Integer(4))]))),
            ("notes", list(2)),
            ("power", Value::String("检查".into())),
        ]);
        let expected = table(&[
            ("unit", Value::String("局".into())),
            ("notes", list(2)),
            (
                "phones",
                Value::Table(table(&[("甲", Value::Integer(4)), ("乙", Value::Integer(2)), ("丙", Value::Integer(3))])),
            ),
            ("power", Value::String("检查".into())),
        ]);
        assert_eq!(over(defaults, chart), expected);
    }
}
