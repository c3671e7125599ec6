//! Whether a tree has the keys of the format and values of the right kinds. What the values say of each other is the
//! model's matter.

use super::keys::{Choice, KeyRow, Kind, TableId, half_width};
use super::nearest::nearest;
use super::{Table, Value};
use crate::diag::{Code, Diagnostic, Lang, Report, Words};
use crate::source::{Span, Spanned, floor};

/// Stages in a chart.
pub const MAX_STAGES: usize = 200;
/// Entries in any other list: items in a box, boxes of a stage, notes.
pub const MAX_ITEMS: usize = 50;
/// Characters in a text.
pub const MAX_TEXT: usize = 2000;

/// There is nothing to go on with: a list is over its limit, or its tables can't be told apart. The report says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop;

/// Reports every key of `table` that the format doesn't know there and every value of the wrong kind.
///
/// # Errors
/// Where there is nothing to go on with.
pub(super) fn check(table: &Table, id: TableId, report: &mut Report) -> Result<(), Stop> {
    for (key, value) in &table.entries {
        match id.key(&key.value) {
            Some(row) => check_value(row, value, report)?,
            None => unknown_key(key, value, id, report),
        }
    }
    Ok(())
}

fn check_value(row: &'static KeyRow, value: &Spanned<Value>, report: &mut Report) -> Result<(), Stop> {
    match (row.kind, &value.value) {
        (_, Value::Array(items)) => check_list(row, items, value.span, report),
        (Kind::Table(id) | Kind::TableOrTables(id) | Kind::TextOrTable(id), Value::Table(table)) => {
            check(table, id, report)
        }
        (Kind::Labelled, Value::Table(table)) => check_labelled(row, table, value.span, report),
        (Kind::Tables(id), Value::Table(table)) if written(value.span, report).starts_with('[') => {
            single_brackets(row, value.span, report);
            check(table, id, report)
        }
        // [[stage.risk]] without a [[stage]] before it makes a table of the stage.
        (Kind::Tables(id), Value::Table(_)) if !written(value.span, report).starts_with(['{', '｛']) => {
            let told = Diagnostic::new(Code::OrphanHeader, value.span).with("typed", header_at(value.span, report));
            if !id.header().is_some_and(|header| is_misspelt(header, value.span, report)) {
                report.push(match id.header() {
                    Some(header) => told.with_words("header", header),
                    None => told,
                });
            }
            Err(Stop)
        }
        (_, scalar) => {
            check_scalar(row, scalar, value.span, report);
            Ok(())
        }
    }
}

fn check_scalar(row: &'static KeyRow, value: &Value, span: Span, report: &mut Report) {
    match (row.kind, value) {
        (Kind::Text | Kind::TextOrTexts | Kind::TextOrTable(_) | Kind::Date, Value::String(text)) => {
            check_length(text, span, report);
        }
        (Kind::Date, Value::Datetime(date)) if !date.contains([':', 'T', 't']) => {}
        (Kind::Number(min, max, unit), number) if as_number(number).is_some() => {
            check_range(row, number, (min, max, unit), span, report);
        }
        (Kind::Margin(min, max), number) if as_number(number).is_some() => {
            check_range(row, number, (min, max, "mm"), span, report);
        }
        (Kind::Flag, Value::Boolean(_)) => {}
        (Kind::Flag, Value::String(text)) if as_flag(text).is_some() => {}
        (Kind::Choice(choices), Value::String(text)) => check_choice(row, choices, text, span, report),
        _ => wrong_type(row, value, span, report),
    }
}

fn check_list(row: &'static KeyRow, items: &[Spanned<Value>], span: Span, report: &mut Report) -> Result<(), Stop> {
    let limit = if row.kind == Kind::Tables(TableId::Stage) { MAX_STAGES } else { MAX_ITEMS };
    if items.len() > limit {
        let told = Diagnostic::new(Code::TooMany, items[limit].span);
        report.push(told.with("key", row.label()).with("count", items.len()).with("limit", limit));
        return Err(Stop);
    }
    if let (Kind::Margin(..), n) = (row.kind, items.len())
        && n != 4
    {
        wrong_type(row, &Value::Array(Vec::new()), span, report);
        return Ok(());
    }
    for item in items {
        match (row.kind, &item.value) {
            (Kind::Texts | Kind::TextOrTexts | Kind::TextsOrTables(_), Value::String(text)) => {
                check_item(row, text, item.span, report);
            }
            (Kind::Choices(choices), Value::String(text)) => check_choice(row, choices, text, item.span, report),
            (Kind::Margin(min, max), number) if as_number(number).is_some() => {
                check_range(row, number, (min, max, "mm"), item.span, report);
            }
            (Kind::Tables(id) | Kind::TableOrTables(id) | Kind::TextsOrTables(id), Value::Table(table)) => {
                check(table, id, report)?;
            }
            _ => {
                wrong_type(row, &Value::Array(Vec::new()), item.span, report);
                // One report for a list: its other entries are most likely wrong in the same way.
                break;
            }
        }
    }
    Ok(())
}

fn check_labelled(row: &'static KeyRow, table: &Table, span: Span, report: &mut Report) -> Result<(), Stop> {
    if table.entries.len() > MAX_ITEMS {
        let told = Diagnostic::new(Code::TooMany, span);
        report.push(told.with("key", row.label()).with("count", table.entries.len()).with("limit", MAX_ITEMS));
        return Err(Stop);
    }
    for (_, value) in &table.entries {
        match &value.value {
            Value::String(text) => check_length(text, value.span, report),
            Value::Integer(_) => {}
            _ => wrong_type(row, &value.value, value.span, report),
        }
    }
    Ok(())
}

/// A number, whole or not.
pub(crate) fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// 是 and 否 in quotes, as well as true and false.
pub(crate) fn as_flag(text: &str) -> Option<bool> {
    match super::keys::fold(text).as_str() {
        "是" | "true" => Some(true),
        "否" | "false" => Some(false),
        _ => None,
    }
}

fn check_range(row: &KeyRow, value: &Value, (min, max, unit): (f64, f64, &str), span: Span, report: &mut Report) {
    let Some(number) = as_number(value).filter(|number| !(min..=max).contains(number)) else { return };
    let told = Diagnostic::new(Code::OutOfRange, span).with("key", row.label()).with("value", number);
    report.push(told.with("min", min).with("max", max).with("unit", unit));
}

fn check_item(row: &KeyRow, text: &str, span: Span, report: &mut Report) {
    check_length(text, span, report);
    if text.trim().is_empty() {
        report.push(Diagnostic::new(Code::EmptyText, span).with("key", row.label()));
    }
}

fn check_length(text: &str, span: Span, report: &mut Report) {
    let count = if text.len() > MAX_TEXT { text.chars().count() } else { 0 };
    if count > MAX_TEXT {
        report.push(Diagnostic::new(Code::TextTooLong, span).with("count", count).with("limit", MAX_TEXT));
    }
}

fn check_choice(row: &KeyRow, choices: &'static [Choice], text: &str, span: Span, report: &mut Report) {
    if Choice::find(choices, text).is_some() {
        return;
    }
    let show = |choice: &Choice| match choice.name == choice.zh {
        true => choice.name.to_owned(),
        false => format!("{}（{}）", choice.name, choice.zh),
    };
    let known: Vec<_> = choices.iter().map(show).collect();
    let told = Diagnostic::new(Code::UnknownChoice, span).with("key", row.label()).with("value", text);
    let near = nearest(text, choices.iter().flat_map(|choice| [choice.name, choice.zh]));
    report.push(told.with_some("nearest", near).with("known", known.join(" ")));
}

fn wrong_type(row: &KeyRow, value: &Value, span: Span, report: &mut Report) {
    let source = written(span, report);
    let items = || match source.starts_with(['"', '\'', '“', '”', '‘', '’', '＂', '＇', '「', '『']) {
        true => source.to_owned(),
        // 甲、乙 without quotes
        false => source.split('、').map(|part| format!("\"{}\"", part.trim())).collect::<Vec<_>>().join(", "),
    };
    let edit = match (row.kind, value) {
        (Kind::Text | Kind::TextOrTexts | Kind::Date, Value::Array(_) | Value::Table(_) | Value::String(_)) => None,
        (Kind::Text | Kind::TextOrTexts | Kind::Date, _) => Some(format!("\"{source}\"")),
        (Kind::Texts | Kind::TextsOrTables(_) | Kind::Choices(_), Value::String(_)) => Some(format!("[{}]", items())),
        (Kind::TextsOrTables(_), Value::Table(_)) if source.starts_with('{') => Some(format!("[{source}]")),
        (Kind::Table(_) | Kind::Labelled, Value::Array(_)) if source.starts_with("[[") && source.ends_with("]]") => {
            Some(source[1..source.len() - 1].to_owned())
        }
        (Kind::Labelled, Value::String(_)) => Some(format!("{{ \"电话\" = {source} }}")),
        (Kind::Number(..) | Kind::Margin(..), Value::String(text)) => number_in(text),
        _ => None,
    };
    let told = Diagnostic::new(Code::WrongType, span).with("key", row.label());
    let told = told.with_words("expected", row.kind.expected());
    report.push(match edit {
        Some(text) => told.edit(span, text),
        None => told,
    });
}

/// The number of a text such as 15 or 15mm.
fn number_in(text: &str) -> Option<String> {
    let half: String = text.trim().chars().map(half_width).collect();
    let number = half.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    number.parse::<f64>().is_ok_and(f64::is_finite).then(|| number.to_owned())
}

/// `[stage]` where there may be several: the header with its brackets doubled.
fn single_brackets(row: &KeyRow, span: Span, report: &mut Report) {
    let typed = written(span, report).to_owned();
    let header = format!("[{typed}]");
    let told = Diagnostic::new(Code::SingleBrackets, span).with("typed", typed).with("header", &header);
    let doubled = row.kind.table().is_some();
    report.push(if doubled { told.edit(span, header) } else { told });
}

/// Whether a header that is missed at `span` was told before as one that is not written right.
fn is_misspelt(header: Words, span: Span, report: &Report) -> bool {
    let before = |told: &&Diagnostic| told.span.is_some_and(|at| at.file == span.file && at.start < span.start);
    let stage = TableId::Chart.key("stage").map(KeyRow::label).unwrap_or_default();
    let meant = |told: &Diagnostic| match told.code {
        Code::BadHeader => true,
        Code::UnknownKey => told.values.iter().any(|(name, value)| match *name {
            "header" => value.get(Lang::Zh) == header.zh,
            "nearest" => TableId::Stage.header() == Some(header) && value.get(Lang::Zh) == stage,
            _ => false,
        }),
        _ => false,
    };
    report.diagnostics.iter().filter(before).any(meant)
}

/// The line of a header that `span` lies in.
fn header_at(span: Span, report: &Report) -> String {
    let text = &report.sources.file(span.file).text;
    let at = floor(text, span.start as usize);
    let start = text[..at].rfind('\n').map_or(0, |lf| lf + 1);
    let line = text[start..].split(['\n', '#']).next().unwrap_or_default();
    line.trim().to_owned()
}

fn written(span: Span, report: &Report) -> &str {
    report.sources.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn unknown_key(key: &Spanned<String>, value: &Spanned<Value>, id: TableId, report: &mut Report) {
    let mut told = Diagnostic::new(Code::UnknownKey, key.span).with("key", &key.value);
    let near = id.meant(&key.value);
    let other = TableId::ALL.into_iter().filter(|&other| other != id).find_map(|other| other.key(&key.value));
    let header = TableId::headed(&key.value).filter(|_| id == TableId::Chart && starts_header(value, report));
    match (near, other) {
        // [环节-风险]
        _ if header.is_some_and(|table| table != TableId::Stage) => {
            if let Some(header) = header.and_then(TableId::header) {
                told = with_header(told, header, value, report);
            }
        }
        (Some(row), _) => {
            let chinese = !key.value.is_ascii();
            told = told.with("nearest", row.label()).edit(key.span, if chinese { row.zh } else { row.name });
        }
        (None, Some(row)) => told = misplaced(told, row, value, id, report),
        (None, None) => {
            let known: Vec<_> = id.keys().map(KeyRow::label).collect();
            told = told.with("known", known.join(" "));
        }
    }
    report.push(told);
}

/// A key that stands in another table than this: which one.
fn misplaced(
    told: Diagnostic,
    row: &'static KeyRow,
    value: &Spanned<Value>,
    id: TableId,
    report: &Report,
) -> Diagnostic {
    let own_header = row.kind.table().and_then(TableId::header).filter(|_| starts_header(value, report));
    if let (Some(header), TableId::Stage) = (own_header, row.table) {
        // [[risk]] below [[stage]]: TOML wants the way to it spelt out.
        return with_header(told, header, value, report);
    }
    let header = match (id, row.table) {
        (TableId::Project, TableId::Chart) => Some(Words { zh: "[默认]", en: "[defaults]" }),
        (_, table) => table.header(),
    };
    match header {
        Some(header) => told.with("elsewhere", row.label()).with_words("header", header),
        None if row.table == TableId::Chart => told.with("top", row.label()),
        None => told,
    }
}

/// The header that was meant, to be written in place of every one typed.
fn with_header(told: Diagnostic, header: Words, value: &Spanned<Value>, report: &Report) -> Diagnostic {
    let typed_chinese = headers(value).first().is_some_and(|&span| !written(span, report).is_ascii());
    let new = if typed_chinese { header.zh } else { header.en };
    headers(value).into_iter().fold(told.with_words("write", header), |told, span| told.edit(span, new))
}

fn starts_header(value: &Spanned<Value>, report: &Report) -> bool {
    headers(value).first().is_some_and(|&span| written(span, report).starts_with('['))
}

/// The headers of a table or of a list of tables.
fn headers(value: &Spanned<Value>) -> Vec<Span> {
    match &value.value {
        Value::Array(items) => items.iter().map(|item| item.span).collect(),
        Value::Table(_) => vec![value.span],
        _ => Vec::new(),
    }
}
