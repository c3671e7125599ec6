//! Whether a tree has the keys of the format and values of the right kinds. What the values say of each other is the
//! model's matter.

use super::keys::{Choice, KeyRow, Kind, TableId};
use super::measures::number_in;
use super::nearest::nearest;
use super::{Table, Value};
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::source::{Span, Spanned, floor, is_han};

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
            Some(row) => {
                let label = row.label_for(written(key.span, report));
                check_value(&Asked { row, label }, value, report)?;
            }
            None => unknown_key(key, value, id, report),
        }
    }
    Ok(())
}

/// A key whose value is checked.
struct Asked {
    row: &'static KeyRow,
    /// Its name in messages, as its writer calls it.
    label: String,
}

impl std::ops::Deref for Asked {
    type Target = KeyRow;

    fn deref(&self) -> &KeyRow {
        self.row
    }
}

fn check_value(row: &Asked, value: &Spanned<Value>, report: &mut Report) -> Result<(), Stop> {
    match (row.kind, &value.value) {
        (_, Value::Array(items)) => check_list(row, items, value.span, report),
        (Kind::Table(id) | Kind::TableOrTables(id) | Kind::TextOrTable(id), Value::Table(table)) => {
            check(table, id, report)
        }
        (Kind::Labelled, Value::Table(table)) => check_labelled(row, table, value.span, report),
        (Kind::Tables(id), Value::Table(table)) if written(value.span, report).starts_with('[') => {
            single_brackets(row.row, value.span, report);
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

fn check_scalar(row: &Asked, value: &Value, span: Span, report: &mut Report) {
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

fn check_list(row: &Asked, items: &[Spanned<Value>], span: Span, report: &mut Report) -> Result<(), Stop> {
    let limit = if row.kind == Kind::Tables(TableId::Stage) { MAX_STAGES } else { MAX_ITEMS };
    if items.len() > limit {
        let told = Diagnostic::new(Code::TooMany, items[limit].span);
        report.push(told.with("key", &row.label).with("count", items.len()).with("limit", limit));
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

fn check_labelled(row: &Asked, table: &Table, span: Span, report: &mut Report) -> Result<(), Stop> {
    if table.entries.len() > MAX_ITEMS {
        let told = Diagnostic::new(Code::TooMany, span);
        report.push(told.with("key", &row.label).with("count", table.entries.len()).with("limit", MAX_ITEMS));
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
    match super::width::fold(text).as_str() {
        "是" | "true" => Some(true),
        "否" | "false" => Some(false),
        _ => None,
    }
}

fn check_range(row: &Asked, value: &Value, (min, max, unit): (f64, f64, &str), span: Span, report: &mut Report) {
    let Some(number) = as_number(value).filter(|number| !(min..=max).contains(number)) else { return };
    let told = Diagnostic::new(Code::OutOfRange, span).with("key", &row.label).with("value", number);
    report.push(told.with("min", min).with("max", max).with("unit", unit));
}

fn check_item(row: &Asked, text: &str, span: Span, report: &mut Report) {
    check_length(text, span, report);
    if text.trim().is_empty() && !row.is_to_be_filled() {
        let told = Diagnostic::new(Code::EmptyText, span).with("key", &row.label);
        let ends = matches!(row.kind, Kind::TextsOrTables(_)).then(|| row.zh);
        report.push(told.with_some("ends", ends));
    }
}

fn check_length(text: &str, span: Span, report: &mut Report) {
    let count = if text.len() > MAX_TEXT { text.chars().count() } else { 0 };
    if count > MAX_TEXT {
        report.push(Diagnostic::new(Code::TextTooLong, span).with("count", count).with("limit", MAX_TEXT));
    }
}

fn check_choice(row: &Asked, choices: &'static [Choice], text: &str, span: Span, report: &mut Report) {
    if Choice::find(choices, text).is_some() {
        return;
    }
    let show = |choice: &Choice| match choice.name == choice.zh {
        true => choice.name.to_owned(),
        false if text.contains(is_han) => format!("{}（{}）", choice.zh, choice.name),
        false => format!("{}（{}）", choice.name, choice.zh),
    };
    let known: Vec<_> = choices.iter().map(show).collect();
    let told = Diagnostic::new(Code::UnknownChoice, span).with("key", &row.label).with("value", text);
    let near = nearest(text, choices.iter().flat_map(|choice| [choice.name, choice.zh]));
    report.push(told.with_some("nearest", near).with("known", known.join(" ")));
}

fn wrong_type(row: &Asked, value: &Value, span: Span, report: &mut Report) {
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
        (Kind::Table(TableId::Qr), Value::String(_)) => Some(format!("{{ \"内容\" = {source} }}")),
        (Kind::Labelled, Value::String(_)) => Some(format!("{{ \"电话\" = {source} }}")),
        (Kind::Number(_, _, unit), Value::String(text)) => number_in(text, unit),
        (Kind::Margin(..), Value::String(text)) => number_in(text, "mm"),
        _ => None,
    };
    let told = Diagnostic::new(Code::WrongType, span).with("key", &row.label);
    let told = told.with_words("expected", row.kind.expected());
    report.push(match edit {
        Some(text) => told.edit(span, text),
        None => told,
    });
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
    let before = |at: Span| at.file == span.file && at.start < span.start;
    let mut headers = report.misread.headers.iter();
    headers.any(|(at, meant)| before(*at) && meant.is_none_or(|meant| meant == header.zh))
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
    let typed = key.value.as_str();
    let told = Diagnostic::new(Code::UnknownKey, key.span).with("key", typed);
    remember(key, value, id, report);
    let told = if let Some(header) = header_meant(typed, value, id, report) {
        with_header(told, header, value, report)
    } else if let Some(row) = key_meant(typed, value, id, report) {
        let new = if typed.is_ascii() { row.name } else { row.zh };
        match row.kind == Kind::Labelled && !holds_tables(value) {
            // 监督电话 = "12388"
            true => told.with("elsewhere", typed).with_words("header", Words { zh: "[电话]", en: "[phones]" }),
            false => {
                let told = told.with_some("line", number_line(row, new, value));
                told.with("nearest", row.label_for(typed)).edit(key.span, new)
            }
        }
    } else if let Some(row) = key_elsewhere(typed, value, id) {
        misplaced(told, row, (typed, value), id, report)
    } else {
        unheard_of(told, (typed, value), id, report)
    };
    report.push(told);
}

/// Keeps what an unknown key was meant to be, for what seems to be missing because of it.
fn remember(key: &Spanned<String>, value: &Spanned<Value>, id: TableId, report: &mut Report) {
    let typed = key.value.as_str();
    if header_meant(typed, value, id, report).is_some() {
        return;
    }
    let header = |row: &KeyRow| row.kind.table().and_then(TableId::header).map(|header| header.zh);
    let names = |row: &KeyRow| [row.name, row.zh];
    if let Some(row) = key_meant(typed, value, id, report) {
        report.misread.meant.push(names(row));
        if row.kind == Kind::Tables(TableId::Stage) {
            report.misread.headers.push((key.span, header(row)));
        }
    } else if let Some(row) = key_elsewhere(typed, value, id) {
        match row.table.header() {
            Some(header) => report.misread.headers.push((key.span, Some(header.zh))),
            None if row.table == TableId::Chart => {
                report.misread.below.push(names(row));
                report.misread.another = report.misread.another.or(row.required.then_some(key.span));
            }
            None => {}
        }
    } else if let Some(row) = id.nearest_key(typed, |row| row.kind.table().is_some()) {
        report.misread.meant.push(names(row));
    } else if id == TableId::Chart && starts_header(value, report) {
        report.misread.below.extend(inside(value, id).map(names));
        if headers(value).first().is_some_and(|&at| header_at(at, report).starts_with("[[")) {
            report.misread.headers.push((key.span, None));
        }
    }
}

/// The key of the file itself, most likely one that must be there, that stands below a header of no table.
fn inside(value: &Spanned<Value>, id: TableId) -> Option<&'static KeyRow> {
    let Value::Table(table) = &value.value else { return None };
    let rows = table.entries.iter().filter_map(|(key, _)| id.key(&key.value));
    rows.max_by_key(|row| row.required)
}

/// The line to type where a size by its name stands for a number: 字号 = "小四".
fn number_line(row: &KeyRow, name: &str, value: &Spanned<Value>) -> Option<String> {
    let (Kind::Number(_, _, unit), Value::String(text)) = (row.kind, &value.value) else { return None };
    number_in(text, unit).map(|number| format!("{name} = {number}"))
}

/// The header of a box that a header at the top was meant to be: `[环节-风险]`, `[[风险点]]`.
fn header_meant(typed: &str, value: &Spanned<Value>, id: TableId, report: &Report) -> Option<Words> {
    if id != TableId::Chart || !starts_header(value, report) || TableId::Chart.other_word(typed).is_some() {
        return None;
    }
    let table = TableId::headed(typed).or_else(|| TableId::Stage.other_word(typed)?.kind.table())?;
    if table == TableId::Stage { None } else { table.header() }
}

/// Whether what stands there may be the value of a key: a table's name is not meant where a text stands, nor a text's
/// name in a header.
fn fits(row: &KeyRow, value: &Spanned<Value>) -> bool {
    match holds_tables(value) {
        true => row.kind.table().is_some() || row.kind == Kind::Labelled,
        false => row.kind.table().is_none(),
    }
}

/// The key of this table that was meant. A key of another table by its right name is not misspelt but misplaced.
fn key_meant(typed: &str, value: &Spanned<Value>, id: TableId, report: &Report) -> Option<&'static KeyRow> {
    let own = id.other_word(typed).filter(|row| fits(row, value));
    let right = others(id).any(|other| other.key(typed).is_some()) && !starts_header(value, report);
    own.or_else(|| if right { None } else { id.nearest_key(typed, |row| fits(row, value)) })
}

/// The key of another table, by its name or a word that offices use for it.
fn key_elsewhere(typed: &str, value: &Spanned<Value>, id: TableId) -> Option<&'static KeyRow> {
    let named = others(id).find_map(|other| other.key(typed));
    named.or_else(|| others(id).find_map(|other| other.other_word(typed).filter(|row| fits(row, value))))
}

fn others(id: TableId) -> impl Iterator<Item = TableId> {
    TableId::ALL.into_iter().filter(move |&other| other != id)
}

/// A word that is like no key's.
fn unheard_of(told: Diagnostic, (typed, value): (&str, &Spanned<Value>), id: TableId, report: &Report) -> Diagnostic {
    // 环节一 = "受理"
    if let Some(row) = id.nearest_key(typed, |row| row.kind.table().is_some()) {
        return told.with("nearest", row.label_for(typed));
    }
    let headed = id == TableId::Chart && starts_header(value, report);
    // [基本信息]
    if let Some(row) = inside(value, id).filter(|_| headed) {
        return told.with("inside", row.label_for(typed));
    }
    told.with("known", known(id, typed, headed))
}

fn value_text(value: &Spanned<Value>) -> &str {
    if let Value::String(text) = &value.value { text } else { "…" }
}

/// What may stand in a table: its keys, or headers where a header was typed.
fn known(id: TableId, typed: &str, headed: bool) -> String {
    let known: Vec<_> = match headed {
        true => TableId::ALL
            .into_iter()
            .filter(|table| !table.is_of_projects())
            .filter_map(TableId::header)
            .map(|header| if typed.is_ascii() { header.en } else { header.zh }.to_owned())
            .collect(),
        false => id.keys().map(|row| row.label_for(typed)).collect(),
    };
    known.join(" ")
}

/// Whether a value is a table or a list that holds one.
fn holds_tables(value: &Spanned<Value>) -> bool {
    let is_table = |value: &Value| matches!(value, Value::Table(_));
    is_table(&value.value)
        || matches!(&value.value, Value::Array(items) if items.iter().any(|item| is_table(&item.value)))
}

/// A key that stands in another table than this: which one.
fn misplaced(
    told: Diagnostic,
    row: &'static KeyRow,
    (typed, value): (&str, &Spanned<Value>),
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
        Some(header) => told.with("elsewhere", row.label_for(typed)).with_words("header", header),
        None if row.table == TableId::Chart => {
            let told = told.with("top", row.label_for(typed));
            // A file has one power: a second one begins another chart.
            if row.required { told.with("another", value_text(value)) } else { told }
        }
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
