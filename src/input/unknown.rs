//! Keys that a table doesn't know: misspelt, misplaced, or headers that were meant otherwise.

use super::keys::{KeyRow, Kind, TableId};
use super::lines::{header_at, header_in_remark, written};
use super::measures::number_in;
use super::{Value, phones};
use crate::diag::{Code, Diagnostic, Filling, Report, Words};
use crate::source::{Span, Spanned, floor};

/// How the table of telephones is headed.
const PHONES: Words = Words { zh: "[电话]", en: "[phones]" };

/// Tells of a key that the table doesn't know, with what was meant.
pub(super) fn unknown_key(key: &Spanned<String>, value: &Spanned<Value>, id: TableId, report: &mut Report) {
    let typed = key.value.as_str();
    let problem = Diagnostic::new(Code::UnknownKey, key.span).with("key", typed);
    remember(key, value, id, report);
    let problem = if let Some(header) = header_meant(typed, value, id, report) {
        with_header(problem, header, value, report)
    } else if let Some((row, entry)) = entry_meant(typed, value, id, report) {
        let name = if typed.is_ascii() { row.name } else { row.zh };
        problem.with("list", name).with("entries", entry)
    } else if let Some(row) = key_meant(typed, value, id, report) {
        let new = if typed.is_ascii() { row.name } else { row.zh };
        match row.kind == Kind::Labelled && !holds_tables(value) {
            // 监督电话 = "12388"
            true => problem.with("elsewhere", typed).with_words("header", PHONES),
            false => {
                let problem = problem.with_some("line", number_line(row, new, value));
                problem.with("nearest", row.label_for(typed)).edit(key.span, new)
            }
        }
    } else if let Some(row) = key_elsewhere(typed, value, id) {
        misplaced(problem, row, (typed, value), id, report)
    } else {
        unheard_of(problem, (typed, value), id, report)
    };
    let last = report.diagnostics.last_mut();
    if joins(&problem, last, ("header", "elsewhere", "、")) {
        return;
    }
    let last = report.diagnostics.last_mut();
    if joins(&problem, last, ("list", "entries", ", ")) {
        return;
    }
    // Keys below one header that is hidden are one mistake.
    let hidden = |problem: &Diagnostic| problem.values.iter().find(|(name, _)| *name == "hidden").cloned();
    if hidden(&problem).is_none() || !report.diagnostics.iter().any(|other| hidden(other) == hidden(&problem)) {
        report.push(problem);
    }
}

/// Whether a key is told with the one before it, with which it shares one value, as a further part of another: keys that
/// belong below one header that is missing, entries of one list.
fn joins(
    problem: &Diagnostic,
    last: Option<&mut Diagnostic>,
    (shared, parts, between): (&'static str, &'static str, &str),
) -> bool {
    let value = |problem: &Diagnostic, name| {
        problem.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    };
    let Some(last) = last.filter(|last| last.code == Code::UnknownKey) else { return false };
    let same = value(last, shared) == value(problem, shared) && value(problem, shared).is_some();
    let file = last.span.map(|span| span.file) == problem.span.map(|span| span.file);
    let more = value(problem, parts);
    let first = last.values.iter_mut().find(|(name, _)| *name == parts).map(|(_, value)| value);
    match (first, more) {
        (Some(Filling::Text(first)), Some(Filling::Text(more))) if same && file => {
            if !first.contains(&more) {
                *first += &format!("{between}{more}");
            }
            true
        }
        _ => false,
    }
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

/// The list that a key is an entry of, and that entry: 备注1, 备注2 of 备注, 直接责任人 = "甲" of 责任人.
fn entry_meant(typed: &str, value: &Spanned<Value>, id: TableId, report: &Report) -> Option<(&'static KeyRow, String)> {
    const NUMERALS: &str = "0123456789一二三四五六七八九十";
    let text = match &value.value {
        Value::String(text) if !text.contains(['"', '\\', '\n']) => text.as_str(),
        _ => return None,
    };
    let numbered = || {
        let word = typed.trim_end_matches(|c| NUMERALS.contains(c) || matches!(c, '①'..='⑳' | '_' | '-'));
        let row = id.key(word).filter(|row| row.kind.is_list() && word.len() < typed.len())?;
        Some((row, format!("\"{text}\"")))
    };
    let ranked = || {
        let row = key_meant(typed, value, id, report).filter(|row| row.kind == Kind::TextOrTexts)?;
        let ranked = typed.ends_with("责任人") && id.other_word(typed).is_none();
        ranked.then(|| (row, format!("\"{typed}：{text}\"")))
    };
    numbered().or_else(ranked)
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
    let row = own.or_else(|| if right { None } else { id.nearest_key(typed, |row| fits(row, value)) })?;
    // 措施内容 = ["甲", "乙"] is no heading, though its word is like one's.
    let several = matches!(value.value, Value::Array(_)) && row.kind == Kind::Text;
    Some(id.key("items").filter(|_| several).unwrap_or(row))
}

/// The table that a box of a stage was meant to be, whose header is misspelt.
pub(super) fn table_meant(
    key: &Spanned<String>,
    value: &Spanned<Value>,
    id: TableId,
    report: &Report,
) -> Option<TableId> {
    let misspelt = id == TableId::Stage && holds_tables(value) && header_meant(&key.value, value, id, report).is_none();
    key_meant(&key.value, value, id, report).filter(|_| misspelt)?.kind.table()
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
fn unheard_of(
    problem: Diagnostic,
    (typed, value): (&str, &Spanned<Value>),
    id: TableId,
    report: &Report,
) -> Diagnostic {
    // 监督电话 = "12388" at the end of the file
    if phones::is_one(typed, &value.value) {
        return problem.with("elsewhere", typed).with_words("header", PHONES);
    }
    // 环节一 = "受理"
    if let Some(row) = id.nearest_key(typed, |row| row.kind.table().is_some()) {
        return problem.with("nearest", row.label_for(typed));
    }
    let headed = id == TableId::Chart && starts_header(value, report);
    // [基本信息]
    if let Some(row) = inside(value, id).filter(|_| headed) {
        return problem.with("inside", row.label_for(typed));
    }
    problem.with("known", known(id, typed, headed))
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
    problem: Diagnostic,
    row: &'static KeyRow,
    (typed, value): (&str, &Spanned<Value>),
    id: TableId,
    report: &Report,
) -> Diagnostic {
    let own_header = row.kind.table().and_then(TableId::header).filter(|_| starts_header(value, report));
    if let (Some(header), TableId::Stage) = (own_header, row.table) {
        // [[risk]] below [[stage]]: TOML wants the way to it spelt out.
        return with_header(problem, header, value, report);
    }
    // A chart that was saved by the name of what all charts share.
    let own = id == TableId::Project && (row.required || row.kind == Kind::Tables(TableId::Stage));
    let problem = problem.with_some("file", own.then_some("取水许可.toml"));
    let header = match (id, row.table) {
        (TableId::Project, TableId::Chart) => Some(Words { zh: "[默认]", en: "[defaults]" }),
        (_, table) => table.header(),
    };
    let hidden = problem.span.and_then(|span| {
        let source = report.sources.file(span.file);
        header_in_remark(row.table, source, floor(&source.text, span.start as usize))
    });
    match header {
        Some(header) if hidden.is_some() => problem.with_some("hidden", hidden).with_words("header", header),
        Some(header) => problem.with("elsewhere", row.label_for(typed)).with_words("header", header),
        None if row.table == TableId::Chart => {
            let problem = problem.with("top", row.label_for(typed));
            // A file has one power: a second one begins another chart.
            if row.required { problem.with("another", value_text(value)) } else { problem }
        }
        None => problem,
    }
}

/// Tells of a key of the chart, or of a stage, that stands among telephones below `header`: it went there because the
/// header holds for all lines after it.
pub(super) fn among_phones(key: &Spanned<String>, row: &KeyRow, header: &str, report: &mut Report) {
    let label = row.label_for(&key.value);
    let problem = Diagnostic::new(Code::UnknownKey, key.span).with("key", &key.value);
    let problem = match row.table.header() {
        Some(own) => {
            report.misread.headers.push((key.span, Some(own.zh)));
            problem.with("elsewhere", label).with_words("header", own)
        }
        None => {
            report.misread.below.push([row.name, row.zh]);
            problem.with("above", label).with("before", header)
        }
    };
    report.push(problem);
}

/// The header that was meant, to be written in place of every one typed.
fn with_header(problem: Diagnostic, header: Words, value: &Spanned<Value>, report: &Report) -> Diagnostic {
    let typed_chinese = headers(value).first().is_some_and(|&span| !written(span, report).is_ascii());
    let new = if typed_chinese { header.zh } else { header.en };
    headers(value).into_iter().fold(problem.with_words("write", header), |problem, span| problem.edit(span, new))
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
