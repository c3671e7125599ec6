//! Values taken out of a table. Those of the wrong kind were reported when the file was read and count as left out.

use crate::diag::{Code, Diagnostic, Filling, Lang, Report, Words};
use crate::input::keys::{Choice, KeyRow, Kind, TableId};
use crate::input::{Table, Value, as_flag, as_number};
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

    /// A text; `None` where it is left out or blank.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        as_text(self.table.get(key)?).filter(|text| !text.value.is_empty())
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
            let told = Diagnostic::new(Code::MissingKey, self.table.span).with("key", label);
            report.push(told.with_words("example", Words { zh, en }));
            return Text::new(String::new(), self.table.span);
        };
        let text = as_text(value).unwrap_or_else(|| Text::new(String::new(), value.span));
        if text.value.is_empty() && matches!(value.value, Value::String(_)) {
            report.push(Diagnostic::new(Code::EmptyText, value.span).with("key", label));
        }
        text
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

    /// Several of the words of the key's row, by their English names.
    pub(super) fn choices(&self, key: &str) -> Option<Spanned<Vec<&'static str>>> {
        let value = self.table.get(key)?;
        let Value::Array(items) = &value.value else { return None };
        let names = items.iter().filter_map(|item| choice(self.id, key, item)).map(|name| name.value).collect();
        Some(Spanned::new(names, value.span))
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

/// Whether a key of the file itself was told before as one that stands below a header that it doesn't belong to.
fn stands_below(row: &KeyRow, report: &Report) -> bool {
    let top =
        |(name, value): &(&str, Filling)| matches!(*name, "top" | "inside") && row.is_labelled(value.get(Lang::Zh));
    row.table == TableId::Chart && report.diagnostics.iter().any(|told| told.values.iter().any(top))
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
    let meant = |(name, value): &(&str, Filling)| *name == "nearest" && row.is_labelled(value.get(Lang::Zh));
    report.diagnostics.iter().any(|told| told.code == Code::UnknownKey && told.values.iter().any(meant))
}

fn choice(id: TableId, key: &str, value: &Spanned<Value>) -> Option<Spanned<&'static str>> {
    let (Value::String(written), Some(row)) = (&value.value, id.key(key)) else { return None };
    let (Kind::Choice(choices) | Kind::Choices(choices)) = row.kind else { return None };
    Choice::find(choices, written).map(|choice| Spanned::new(choice.name, value.span))
}

/// A text of one line.
pub(super) fn as_text(value: &Spanned<Value>) -> Option<Text> {
    match &value.value {
        Value::String(text) => Some(Text::new(one_line(text), value.span)),
        _ => None,
    }
}

/// A text without the spaces around it and with its line breaks closed up: nothing between Han characters, a space
/// between words.
fn one_line(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['\n', '\t']) {
        return text.to_owned();
    }
    let mut joined = String::with_capacity(text.len());
    for part in text.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let (before, after) = (joined.chars().next_back(), part.chars().next());
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        if latin(before) && latin(after) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
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
    fn lines_close_up() {
        assert_eq!(one_line("　受理\n  申请 "), "受理申请");
        assert_eq!(one_line("see\n\nhere"), "see here");
        assert_eq!(one_line("GB\n标准\n18030"), "GB标准18030");
        assert_eq!(one_line("受理 申请"), "受理 申请");
    }

    #[test]
    fn spread_names() {
        assert_eq!(unspread("决    定"), Some("决定".to_owned()));
        assert_eq!(unspread("备　案 表"), Some("备案表".to_owned()));
        for kept in ["决定", "现场 检查", "A 类", "定"] {
            assert_eq!(unspread(kept), None, "{kept}");
        }
    }
}
