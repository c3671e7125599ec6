//! Values taken out of a table. Those of the wrong kind were reported when the file was read and count as left out.

use super::choices::Chosen;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::input::keys::{Choice, KeyRow, Kind, TableId};
use crate::input::{Table, Value, as_flag, as_number, one_line};
use crate::source::{Span, Spanned, Text, is_han};

/// A table of the tree and which of the format's it is.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    pub(super) table: &'t Table,
    id: TableId,
}

impl<'t> Fields<'t> {
    pub(super) fn new(table: &'t Table, id: TableId) -> Self {
        Self { table, id }
    }

    /// A text on one line; `None` where it is left out or blank.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        self.paragraph(key).map(flat)
    }

    /// A text printed as a paragraph, with its line breaks; `None` where it is left out or blank.
    pub(super) fn paragraph(&self, key: &str) -> Option<Text> {
        as_text(self.table.get(key)?).filter(|text| !text.value.is_empty())
    }

    /// Whether a text is written and holds nothing: a blank to be filled in.
    pub(super) fn is_blank(&self, key: &str) -> bool {
        let blank = |value: &Spanned<Value>| matches!(&value.value, Value::String(text) if text.is_empty());
        match self.table.get(key) {
            Some(Spanned { value: Value::Array(items), .. }) => !items.is_empty() && items.iter().all(blank),
            Some(value) => blank(value),
            None => false,
        }
    }

    /// A list of texts; where it is there to be filled in, one text of a rule to write on.
    pub(super) fn texts_or_blank(&self, key: &str) -> Vec<Text> {
        match (self.is_blank(key), self.table.get(key)) {
            (true, Some(value)) => vec![Text::new(super::BLANK.to_owned(), value.span)],
            _ => self.texts(key),
        }
    }

    /// A text that has to be there. A value of the wrong kind gives an empty one: it is told already.
    pub(super) fn required(&self, key: &str, report: &mut Report) -> Text {
        let row = self.id.key(key);
        let typed = self.table.entries.first().map_or("", |(first, _)| written(first.span, report));
        let label = row.map(|row| row.label_for(typed)).unwrap_or_default();
        let Some(value) = self.table.get(key) else {
            // nmae: a misspelt key is told, with the one that is meant.
            let meant = |typed: &str| self.id.meant(typed).is_some_and(|row| row.name == key);
            let misspelt = self.table.entries.iter().any(|(typed, _)| meant(&typed.value));
            if misspelt || row.is_some_and(|row| stands_below(row, report)) {
                return Text::new(String::new(), self.table.span);
            }
            let (zh, en) = match key {
                "power" => ("职权 = \"行政检查\"", "power = \"行政检查\""),
                "to" => ("到 = \"办结\"", "to = \"办结\""),
                "text" => ("内容 = \"https://…\"", "text = \"https://…\""),
                _ => ("名称 = \"…\"", "name = \"…\""),
            };
            let problem = Diagnostic::new(Code::MissingKey, self.table.span).with("key", label);
            report.push(match self.named_otherwise(key, report) {
                Some((typed, name)) => problem.with("typed", typed).with("name", name),
                None => problem.with_words("example", Words { zh, en }),
            });
            return Text::new(String::new(), self.table.span);
        };
        let text = as_text(value).unwrap_or_else(|| Text::new(String::new(), value.span));
        if text.value.is_empty() && matches!(value.value, Value::String(_)) {
            report.push(Diagnostic::new(Code::EmptyText, value.span).with("key", label).with("or", ""));
        }
        if self.id == TableId::Stage { text } else { flat(text) }
    }

    /// The key that holds what is most likely the name of a stage without one, and that name: 步骤 = "受理".
    fn named_otherwise(&self, key: &str, report: &Report) -> Option<(String, String)> {
        let others = ["steps", "phase", "id"].into_iter().filter(|_| (self.id, key) == (TableId::Stage, "name"));
        others.into_iter().find_map(|other| {
            let (typed, _) = self.table.entries.iter().find(|(known, _)| known.value == other)?;
            match self.texts(other).as_slice() {
                [text] if !text.value.contains(['"', '\\', '\n']) => {
                    let typed = written(typed.span, report).trim_matches(['"', '\'']);
                    Some((typed.to_owned(), text.value.clone()))
                }
                _ => None,
            }
        })
    }

    /// A list of texts, or one text. Blank ones are left out.
    pub(super) fn texts(&self, key: &str) -> Vec<Text> {
        let Some(value) = self.table.get(key) else { return Vec::new() };
        let texts = match &value.value {
            Value::Array(items) => items.iter().filter_map(as_text).collect(),
            _ => as_text(value).into_iter().collect::<Vec<_>>(),
        };
        texts.into_iter().filter(|text| !text.value.is_empty()).collect()
    }

    /// A date as written.
    pub(super) fn date(&self, key: &str) -> Option<Text> {
        match self.table.get(key) {
            Some(Spanned { value: Value::Datetime(date), span }) => Some(Text::new(date.clone(), *span)),
            _ => self.text(key),
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<Spanned<f64>> {
        let value = self.table.get(key)?;
        as_number(&value.value).map(|number| Spanned::new(number, value.span))
    }

    pub(super) fn flag(&self, key: &str) -> Option<Spanned<bool>> {
        let value = self.table.get(key)?;
        let flag = match &value.value {
            Value::Boolean(flag) => Some(*flag),
            Value::String(text) => as_flag(text),
            _ => None,
        };
        flag.map(|flag| Spanned::new(flag, value.span))
    }

    /// One of the words of the key's row, by its English name.
    pub(super) fn choice(&self, key: &str) -> Option<Spanned<&'static str>> {
        let value = self.table.get(key)?;
        choice(self.id, key, value)
    }

    /// What the word of its key stands for.
    pub(super) fn chosen<T: Chosen>(&self) -> Option<Spanned<T>> {
        let word = self.choice(T::KEY.1)?;
        Some(Spanned::new(T::of(word.value)?, word.span))
    }

    /// What each word of its key's list stands for.
    pub(super) fn all_chosen<T: Chosen>(&self) -> Option<Spanned<Vec<T>>> {
        let value = self.table.get(T::KEY.1)?;
        let Value::Array(items) = &value.value else { return None };
        let words = items.iter().filter_map(|item| choice(self.id, T::KEY.1, item));
        Some(Spanned::new(words.filter_map(|word| T::of(word.value)).collect(), value.span))
    }

    /// A table under this one.
    pub(super) fn table(&self, key: &str, id: TableId) -> Option<Fields<'t>> {
        match &self.table.get(key)?.value {
            Value::Table(table) => Some(Self::new(table, id)),
            _ => None,
        }
    }

    /// A list of tables, or one table.
    pub(super) fn tables(&self, key: &str, id: TableId) -> Vec<Fields<'t>> {
        let as_table = |value: &'t Value| match value {
            Value::Table(table) => Some(Self::new(table, id)),
            _ => None,
        };
        match self.table.get(key).map(|value| &value.value) {
            Some(Value::Array(items)) => items.iter().filter_map(|item| as_table(&item.value)).collect(),
            Some(value) => as_table(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    pub(super) fn span(&self) -> Span {
        self.table.span
    }
}

/// Whether a key of the file itself stands below a header that it doesn't belong to.
fn stands_below(row: &KeyRow, report: &Report) -> bool {
    row.table == TableId::Chart && report.misread.below.contains(&[row.name, row.zh])
}

/// What was typed at a place.
fn written(span: Span, report: &Report) -> &str {
    let file = report.sources.files().get(usize::from(span.file.0));
    file.and_then(|file| file.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
}

/// Whether a key that can't be read was told before, most likely meant to be this one: what it would say is missing for
/// that reason.
pub(super) fn missed(table: TableId, key: &str, report: &Report) -> bool {
    let Some(row) = table.key(key) else { return false };
    report.misread.meant.contains(&[row.name, row.zh])
}

fn choice(id: TableId, key: &str, value: &Spanned<Value>) -> Option<Spanned<&'static str>> {
    let (Value::String(written), Some(row)) = (&value.value, id.key(key)) else { return None };
    let (Kind::Choice(choices) | Kind::Choices(choices)) = row.kind else { return None };
    Choice::find(choices, written).map(|choice| Spanned::new(choice.name, value.span))
}

/// A text, with its line breaks.
pub(super) fn as_text(value: &Spanned<Value>) -> Option<Text> {
    match &value.value {
        Value::String(text) => Some(Text::new(text.clone(), value.span)),
        _ => None,
    }
}

/// A text whose line breaks are closed up.
pub(super) fn flat(text: Text) -> Text {
    if text.value.contains('\n') { Text::new(one_line(&text.value), text.span) } else { text }
}

/// A short name whose characters were spread by typing spaces, without them: 决    定 is 决定.
///
/// Two or three Han characters and nothing else but spaces; longer names may hold a space that is meant.
pub(super) fn unspread(name: &str) -> Option<String> {
    let closed: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let short = (2..=3).contains(&closed.chars().count()) && closed.chars().all(is_han);
    (short && closed.len() < name.len()).then_some(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_names() {
        assert_eq!(unspread("决    定"), Some("决定".to_owned()));
        assert_eq!(unspread("备　案 表"), Some("备案表".to_owned()));
        for kept in ["决定", "现场 检查", "A 类", "定"] {
            assert_eq!(unspread(kept), None, "{kept}");
        }
    }
}
