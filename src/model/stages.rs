//! Stages with their risks and measures.

use super::fields::{Fields, as_text, unspread};
use super::flow::Links;
use super::{Level, LevelIx, Measure, Risk, Shape, Stage, people};
use crate::diag::{Code, Diagnostic, Report};
use crate::input::keys::TableId;
use crate::input::nearest;
use crate::input::{Table, Value};
use crate::source::{Spanned, Text};

/// The stages in order, with nothing yet known of what they lead to: `links` gets the names written.
pub(super) fn stages(chart: &Fields<'_>, levels: &[Level], links: &mut Vec<Links>, report: &mut Report) -> Vec<Stage> {
    let tables = chart.tables("stage", TableId::Stage);
    tables.iter().map(|fields| stage(fields, levels, links, report)).collect()
}

fn stage(fields: &Fields<'_>, levels: &[Level], links: &mut Vec<Links>, report: &mut Report) -> Stage {
    let name = name(fields, report);
    let risks = fields.tables("risk", TableId::Risk);
    let measures = fields.tables("measure", TableId::Measure);
    links.push(Links {
        next: next(fields, report),
        beside: fields.text("beside"),
        risks: risks.iter().map(|risk| risk.text("through")).collect(),
        measures: measures.iter().map(|measure| measure.text("through")).collect(),
    });
    Stage {
        span: fields.span(),
        id: fields.text("id").unwrap_or_else(|| name.clone()),
        name,
        note: fields.text("note"),
        deadline: fields.text("deadline"),
        department: fields.text("department"),
        materials: fields.texts("materials"),
        steps: fields.texts("steps"),
        phase: fields.text("phase"),
        shape: shape(fields),
        next: Vec::new(),
        beside: None,
        risks: risks.iter().map(|fields| risk(fields, levels, report)).collect(),
        measures: measures.iter().map(|fields| measure(fields, report)).collect(),
    }
}

fn name(fields: &Fields<'_>, report: &mut Report) -> Text {
    let mut name = fields.required("name", report);
    if let Some(closed) = unspread(&name.value) {
        let told = Diagnostic::new(Code::SpacedName, name.span).with("typed", &name.value).with("read", &closed);
        report.push(told.edit(name.span, format!("\"{closed}\"")));
        name.value = closed;
    }
    name
}

fn shape(fields: &Fields<'_>) -> Shape {
    match fields.choice("shape").map(|shape| shape.value) {
        Some("decision") => Shape::Decision,
        Some("start") => Shape::Start,
        Some("end") => Shape::End,
        _ => Shape::Step,
    }
}

/// The stages named in `next`, each with its label; `None` where it is left out.
fn next(fields: &Fields<'_>, report: &mut Report) -> Option<Vec<(Text, Option<Text>)>> {
    let Value::Array(items) = &fields.table.get("next")?.value else { return Some(Vec::new()) };
    let mut entries = Vec::new();
    for item in items {
        match &item.value {
            Value::Table(table) => entries.push(link(table, item, report)),
            _ => entries.extend(as_text(item).map(|to| (to, None))),
        }
    }
    entries.retain(|(to, _)| !to.value.is_empty());
    Some(entries)
}

fn link(table: &Table, item: &Spanned<Value>, report: &mut Report) -> (Text, Option<Text>) {
    let table = Table { span: item.span, ..table.clone() };
    let fields = Fields::new(&table, TableId::Link);
    (fields.required("to", report), fields.text("label"))
}

fn risk(fields: &Fields<'_>, levels: &[Level], report: &mut Report) -> Risk {
    Risk {
        span: fields.span(),
        id: fields.text("id"),
        name: fields.text("name"),
        category: fields.text("category"),
        level: level(fields, levels, report),
        items: fields.texts("items"),
        through: None,
    }
}

fn measure(fields: &Fields<'_>, report: &mut Report) -> Measure {
    Measure {
        span: fields.span(),
        name: fields.text("name"),
        items: fields.texts("items"),
        responsible: people::people(fields, "responsible", report),
        supervisor: people::people(fields, "supervisor", report),
        deadline: fields.text("deadline"),
        basis: fields.texts("basis"),
        through: None,
    }
}

fn level(fields: &Fields<'_>, levels: &[Level], report: &mut Report) -> Option<Spanned<LevelIx>> {
    on_scale(&fields.text("level")?, levels, Code::UnknownLevel, report)
}

/// 职权等级: the level of the whole power.
pub(super) fn rating(chart: &Fields<'_>, levels: &[Level], report: &mut Report) -> Option<Spanned<LevelIx>> {
    on_scale(&chart.text("rating")?, levels, Code::UnknownRating, report)
}

/// The level of the scale that is called so; `code` tells of one that isn't there.
fn on_scale(written: &Text, levels: &[Level], code: Code, report: &mut Report) -> Option<Spanned<LevelIx>> {
    if let Some(at) = levels.iter().position(|level| level.name.value == written.value) {
        return Some(Spanned::new(LevelIx(at), written.span));
    }
    let names = || levels.iter().map(|level| level.name.value.as_str());
    let near = nearest(&written.value, names());
    // The scale itself can't be read.
    let unread = super::fields::missed(TableId::Level, "name", report) || names().any(str::is_empty);
    if super::fields::missed(TableId::Chart, "level", report) || (near.is_none() && unread) {
        return None;
    }
    let mut told = Diagnostic::new(code, written.span).with("value", &written.value);
    let parts: Vec<_> = written.value.split(['、', '，', ',', '/', '／', '和', '或', ' ']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| names().any(|name| name == *part)) {
        told = told.with("several", parts.join("、"));
    } else if let Some(near) = near {
        told = told.with("nearest", near).edit(written.span, format!("\"{near}\""));
    }
    report.push(told.with("known", names().collect::<Vec<_>>().join(" ")));
    None
}
