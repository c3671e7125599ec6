//! Stages with their risks and measures.

use super::fields::{Fields, as_text, flat, unspread};
use super::flow::Links;
use super::ranks::Ranks;
use super::{Measure, Risk, Stage, people};
use crate::diag::{Code, Diagnostic, Report};
use crate::input::keys::TableId;
use crate::input::{Table, Value};
use crate::source::{Spanned, Text};

/// The stages in order, with nothing yet known of what they lead to: `links` gets the names written.
pub(super) fn stages(
    chart: &Fields<'_>,
    ranks: &mut Ranks<'_>,
    links: &mut Vec<Links>,
    report: &mut Report,
) -> Vec<Stage> {
    let tables = chart.tables("stage", TableId::Stage);
    tables.iter().map(|fields| stage(fields, ranks, links, report)).collect()
}

fn stage(fields: &Fields<'_>, ranks: &mut Ranks<'_>, links: &mut Vec<Links>, report: &mut Report) -> Stage {
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
        note: fields.paragraph("note"),
        deadline: fields.paragraph("deadline"),
        department: fields.paragraph("department"),
        materials: fields.texts("materials"),
        steps: fields.texts("steps"),
        phase: fields.text("phase"),
        shape: fields.chosen().map(|shape| shape.value).unwrap_or_default(),
        next: Vec::new(),
        beside: None,
        risks: risks.iter().map(|fields| risk(fields, ranks, report)).collect(),
        measures: measures.iter().map(|fields| measure(fields, report)).collect(),
    }
}

fn name(fields: &Fields<'_>, report: &mut Report) -> Text {
    let mut name = fields.required("name", report);
    if let Some(closed) = unspread(&name.value) {
        let problem = Diagnostic::new(Code::SpacedName, name.span).with("typed", &name.value).with("read", &closed);
        report.push(problem.edit(name.span, format!("\"{closed}\"")));
        name.value = closed;
    }
    name
}

/// The stages named in `next`, each with its label; `None` where it is left out.
fn next(fields: &Fields<'_>, report: &mut Report) -> Option<Vec<(Text, Option<Text>)>> {
    let Value::Array(items) = &fields.table.get("next")?.value else { return Some(Vec::new()) };
    let mut entries = Vec::new();
    for item in items {
        match &item.value {
            Value::Table(table) => entries.push(link(table, item, report)),
            _ => entries.extend(as_text(item).map(|to| (flat(to), None))),
        }
    }
    entries.retain(|(to, _)| !to.value.is_empty());
    Some(entries)
}

fn link(table: &Table, item: &Spanned<Value>, report: &mut Report) -> (Text, Option<Text>) {
    let table = Table { span: item.span, ..table.clone() };
    let fields = Fields::new(&table, TableId::Link);
    (fields.required("to", report), fields.paragraph("label"))
}

fn risk(fields: &Fields<'_>, ranks: &mut Ranks<'_>, report: &mut Report) -> Risk {
    Risk {
        span: fields.span(),
        id: fields.text("id"),
        name: fields.paragraph("name"),
        category: fields.paragraph("category"),
        level: fields.text("level").and_then(|written| ranks.find(written, report)),
        level_blank: fields.is_blank("level"),
        items: fields.texts_or_blank("items"),
        through: None,
    }
}

fn measure(fields: &Fields<'_>, report: &mut Report) -> Measure {
    Measure {
        span: fields.span(),
        name: fields.paragraph("name"),
        items: fields.texts_or_blank("items"),
        responsible: people::people(fields, "responsible", report),
        supervisor: people::people(fields, "supervisor", report),
        deadline: fields.paragraph("deadline"),
        basis: fields.texts("basis"),
        through: None,
    }
}
