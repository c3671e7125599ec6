//! Whether a tree has the keys of the format and values of the right kinds. What the values say of each other is the
//! model's matter.

use super::keys::{Choice, KeyRow, Kind, TableId};
use super::lines::{header_at, written};
use super::measures::number_in;
use super::nearest::nearest;
use super::unknown::{among_phones, table_meant, unknown_key};
use super::{Table, Value, phones};
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::source::{Span, Spanned, is_han};

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
            None => {
                unknown_key(key, value, id, report);
                // What stands below [[环节.风俭]] is a risk all the same.
                if let Some(meant) = table_meant(key, value, id, report) {
                    check_below(value, meant, report)?;
                }
            }
        }
    }
    Ok(())
}

/// Looks through the tables of a key that was meant to be another.
fn check_below(value: &Spanned<Value>, id: TableId, report: &mut Report) -> Result<(), Stop> {
    let items = match &value.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    for item in items {
        if let Value::Table(table) = &item.value {
            check(table, id, report)?;
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
        (Kind::Labelled, Value::Array(items))
            if !items.is_empty() && items.iter().all(|item| matches!(item.value, Value::String(_))) =>
        {
            wrong_type(row, &value.value, value.span, report);
            Ok(())
        }
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
            let problem = Diagnostic::new(Code::OrphanHeader, value.span).with("typed", header_at(value.span, report));
            if !id.header().is_some_and(|header| is_misspelt(header, value.span, report)) {
                report.push(match id.header() {
                    Some(header) => problem.with_words("header", header),
                    None => problem,
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
        let problem = Diagnostic::new(Code::TooMany, items[limit].span);
        report.push(problem.with("key", &row.label).with("count", items.len()).with("limit", limit));
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
        let problem = Diagnostic::new(Code::TooMany, span);
        report.push(problem.with("key", &row.label).with("count", table.entries.len()).with("limit", MAX_ITEMS));
        return Err(Stop);
    }
    let header = header_at(span, report);
    let below = header.starts_with(['[', '［', '【']);
    for (key, value) in &table.entries {
        if let Some(row) = phones::strayed(&key.value, &value.value).filter(|_| below) {
            among_phones(key, row, &header, report);
            continue;
        }
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
    let problem = Diagnostic::new(Code::OutOfRange, span).with("key", &row.label).with("value", number);
    report.push(problem.with("min", min).with("max", max).with("unit", unit));
}

fn check_item(row: &Asked, text: &str, span: Span, report: &mut Report) {
    check_length(text, span, report);
    if text.trim().is_empty() && !row.is_to_be_filled() {
        let problem = Diagnostic::new(Code::EmptyText, span).with("key", &row.label);
        let ends = matches!(row.kind, Kind::TextsOrTables(_)).then(|| row.zh);
        let problem = problem.with_words("or", Words { zh: "，或删去这一项", en: ", or delete the entry" });
        report.push(problem.with_some("ends", ends));
    }
}

fn check_length(text: &str, span: Span, report: &mut Report) {
    let count = if text.len() > MAX_TEXT { text.chars().count() } else { 0 };
    if count > MAX_TEXT {
        report.push(Diagnostic::new(Code::TextTooLong, span).with("count", count).with("limit", MAX_TEXT));
    }
}

/// What shapes are called where they are drawn, and other words for what may be chosen.
const USUAL: &[(&str, &str)] = &[
    ("菱形", "判断"),
    ("条件", "判断"),
    ("分支", "判断"),
    ("矩形", "步骤"),
    ("方框", "步骤"),
    ("长方形", "步骤"),
    ("椭圆", "开始"),
    ("圆角", "开始"),
    ("终止", "结束"),
    ("竖", "纵向"),
    ("竖向", "纵向"),
    ("竖版", "纵向"),
    ("竖排", "纵向"),
    ("竖式", "纵向"),
    ("立式", "纵向"),
    ("横", "横向"),
    ("横版", "横向"),
    ("横排", "横向"),
    ("横式", "横向"),
    ("彩色", "屏幕色"),
    ("黑白", "灰度"),
    ("单色", "灰度"),
    ("印刷色", "四色"),
];

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
    let problem = Diagnostic::new(Code::UnknownChoice, span).with("key", &row.label).with("value", text);
    let mut usual = USUAL.iter().filter(|(word, _)| *word == text).map(|(_, choice)| *choice);
    let usual = usual.find(|choice| Choice::find(choices, choice).is_some());
    let near = usual.or_else(|| nearest(text, choices.iter().flat_map(|choice| [choice.name, choice.zh])));
    // Of the codes there are too many to name.
    const NAMED: usize = 20;
    let problem = problem.with_some("nearest", near);
    report.push(if known.len() > NAMED {
        problem.with("list", "codes")
    } else {
        problem.with("known", known.join(" "))
    });
}

fn wrong_type(row: &Asked, value: &Value, span: Span, report: &mut Report) {
    let source = written(span, report);
    let items = || match source.starts_with(['"', '\'', '“', '”', '‘', '’', '＂', '＇', '「', '『']) {
        true => source.to_owned(),
        // 甲、乙 without quotes
        false => source.split('、').map(|part| format!("\"{}\"", part.trim())).collect::<Vec<_>>().join(", "),
    };
    let edit = match (row.kind, value) {
        // A level is called by its name; a number in quotes would be none.
        _ if (row.table, row.name) == (TableId::Risk, "level") => None,
        (Kind::Tables(TableId::Level), Value::String(text)) => {
            Some(scale_of(text.split(['、', '，', ',', '/', ' ', '>', '＞'])))
        }
        (Kind::Text | Kind::TextOrTexts | Kind::Date, Value::Array(_) | Value::Table(_) | Value::String(_)) => None,
        (Kind::Text | Kind::TextOrTexts | Kind::Date, _) => Some(format!("\"{source}\"")),
        (Kind::Texts | Kind::TextsOrTables(_) | Kind::Choices(_), Value::String(_)) => Some(format!("[{}]", items())),
        (Kind::TextsOrTables(_), Value::Table(_)) if source.starts_with('{') => Some(format!("[{source}]")),
        (Kind::Table(_) | Kind::Labelled, Value::Array(_)) if source.starts_with("[[") && source.ends_with("]]") => {
            Some(source[1..source.len() - 1].to_owned())
        }
        (Kind::Table(TableId::Qr), Value::String(_)) => Some(format!("{{ \"内容\" = {source} }}")),
        (Kind::Labelled, Value::String(text)) => Some(match phones::labelled(&[text.as_str()]) {
            Some(entries) => entries,
            None => format!("{{ \"电话\" = {source} }}"),
        }),
        (Kind::Labelled, Value::Array(items)) => {
            let texts =
                items.iter().map(|item| if let Value::String(text) = &item.value { Some(text.as_str()) } else { None });
            texts.collect::<Option<Vec<_>>>().and_then(|texts| phones::labelled(&texts))
        }
        (Kind::Number(_, _, unit), Value::String(text)) => number_in(text, unit),
        (Kind::Margin(..), Value::String(text)) => number_in(text, "mm"),
        _ => None,
    };
    let problem = Diagnostic::new(Code::WrongType, span).with("key", &row.label);
    let expected = match (row.table, row.name) {
        (TableId::Risk, "level") => Words {
            zh: "等级的名称，加引号，例如 \"高\"",
            en: "the name of a level in quotes, such as \"高\"",
        },
        (TableId::Stage, "beside") | (TableId::Risk | TableId::Measure, "through") => Words {
            zh: "一个环节的名称，加引号，例如 \"审查\"",
            en: "the name of one stage in quotes, such as \"审查\"",
        },
        _ => row.kind.expected(),
    };
    let problem = problem.with_words("expected", expected);
    report.push(match edit {
        Some(text) => problem.edit(span, text),
        None => problem,
    });
}

/// A scale written out: a table for each of its levels.
fn scale_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words = words.map(str::trim).filter(|word| !word.is_empty() && !word.contains(['"', '\\']));
    let tables: Vec<_> = words.map(|word| format!("{{ \"名称\" = \"{word}\" }}")).collect();
    format!("[{}]", tables.join(", "))
}

/// `[stage]` where there may be several: the header with its brackets doubled.
fn single_brackets(row: &KeyRow, span: Span, report: &mut Report) {
    let typed = written(span, report).to_owned();
    let header = format!("[{typed}]");
    let problem = Diagnostic::new(Code::SingleBrackets, span).with("typed", typed).with("header", &header);
    let doubled = row.kind.table().is_some();
    report.push(if doubled { problem.edit(span, header) } else { problem });
}

/// Whether a header that is missed at `span` was told before as one that is not written right.
fn is_misspelt(header: Words, span: Span, report: &Report) -> bool {
    let before = |at: Span| at.file == span.file && at.start < span.start;
    let mut headers = report.misread.headers.iter();
    headers.any(|(at, meant)| before(*at) && meant.is_none_or(|meant| meant == header.zh))
}
