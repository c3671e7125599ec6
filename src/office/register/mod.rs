//! Registers (一览表, 台账) → charts: a header row wherever it is, a row for each stage, risk or entry.

mod between;
mod header;
mod measures;
mod risks;
mod rows;

use super::draft::Draft;
use super::grid::Grid;
use super::lines;
use super::read::front::Front;
use super::read::heads::Column;
use super::read::items::mark;
use super::read::{is_nothing, squeezed, title};
use crate::diag::{Code, Diagnostic};
use crate::model::STANDARD_HEADS;
use header::Header;

/// Stages of one chart; what the chart format allows.
const MAX_STAGES: usize = crate::input::MAX_STAGES;

/// Reads the charts of a table; none where it has no header of a register. `around` is what stands around the table.
pub(super) fn drafts(grid: &Grid, around: &Front, stem: &str) -> Vec<Draft> {
    let Some(header) = header::find(grid) else { return Vec::new() };
    let mut front = Front {
        unit: around.unit.clone(),
        title: around.title.clone(),
        power: around.power.clone(),
        date: around.date.clone(),
        ..Front::default()
    };
    let mut own = Front::default();
    for row in 0..header.top {
        let texts = grid.row(row);
        own.row(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
    }
    let take = |into: &mut String, value: String| {
        if !value.is_empty() {
            *into = value;
        }
    };
    take(&mut front.unit, own.unit);
    take(&mut front.title, own.title);
    let names_power = !own.power.is_empty();
    take(&mut front.power, own.power);
    take(&mut front.date, own.date);
    front.phones = own.phones;
    front.notes = own.notes;
    if front.unit.is_empty() && title::is_unit(&grid.name) {
        front.unit = squeezed(&grid.name);
    }
    let mut reader = rows::Reader::new(grid, &header, front);
    // What stands beside the name of one power is not of those that are named further below.
    let around = if names_power { &mut reader.block } else { &mut reader.front };
    around.lines = own.lines;
    for row in header.bottom + 1..grid.height {
        reader.row(row);
    }
    let mut charts = reader.charts(stem);
    let heads = heads(grid, &header);
    for chart in &mut charts {
        chart.heads.clone_from(&heads);
        finish(chart, &header);
    }
    charts
}

/// Whether a table has the header of a register.
pub(super) fn is_register(grid: &Grid) -> bool {
    header::find(grid).is_some()
}

/// Whether a sheet is the one beside a register that says what has no column there.
pub(super) fn is_about(grid: &Grid) -> bool {
    grid.row(0).iter().map(|(_, text)| squeezed(text)).eq(lines::SHEET_HEADS)
}

/// Gives charts what that sheet says of them.
pub(super) fn about(grid: &Grid, charts: &mut [Draft]) {
    for row in 1..grid.height {
        let [unit, power, label, _] = [0, 1, 2, 3].map(|column| squeezed(&grid.text(row, column)));
        let own = charts.iter_mut().find(|chart| chart.unit == unit && chart.power == power);
        if let Some(chart) = own {
            lines::take(chart, &label, &grid.text(row, 3));
        }
    }
}

fn finish(chart: &mut Draft, header: &Header) {
    if chart.stages.len() > MAX_STAGES {
        chart.stages.truncate(MAX_STAGES);
        let cut = Diagnostic::new(Code::ImportTruncated, None)
            .with("place", &chart.power)
            .with_both("what", "环节", "stages")
            .with("limit", MAX_STAGES);
        chart.doubts.push(cut);
    }
    let order: Vec<&'static str> = header.order().into_iter().map(Column::name).collect();
    if order.len() == 3 && order != ["flow", "risk", "measure"] && (header.is_chart() || header.is_three()) {
        chart.order = order;
    }
    flow(chart);
}

/// The heads of a chart set as a table, in flow, risk and measure order, where they are not the usual ones.
fn heads(grid: &Grid, header: &Header) -> Vec<String> {
    if !header.is_three() {
        return Vec::new();
    }
    let head = |wanted: Column| {
        let at = header.order().iter().position(|column| *column == wanted).unwrap_or_default();
        let text = grid.text(header.bottom, header.roles[at].0);
        text.split('\n').map(squeezed).collect::<Vec<_>>().join("\n")
    };
    let heads = [Column::Flow, Column::Risk, Column::Measure].map(head);
    let usual = heads.iter().zip(STANDARD_HEADS).all(|(own, usual)| squeezed(own) == squeezed(usual));
    if usual { Vec::new() } else { heads.to_vec() }
}

/// Drops arrows and branches to stages that are not there: whoever corrects a document renames one and not the other.
fn flow(chart: &mut Draft) {
    let keys: Vec<String> = chart.stages.iter().map(|stage| stage.key().to_owned()).collect();
    let hosts: Vec<String> =
        chart.stages.iter().filter(|stage| stage.beside.is_empty()).map(|stage| stage.key().to_owned()).collect();
    for stage in &mut chart.stages {
        let own = stage.key().to_owned();
        let mut missing = Vec::new();
        if !stage.beside.is_empty() && (stage.beside == own || !hosts.contains(&stage.beside)) {
            missing.push(std::mem::take(&mut stage.beside));
        }
        if let Some(next) = &mut stage.next {
            let count = next.len();
            missing.extend(next.iter().filter(|link| !keys.contains(&link.to)).map(|link| link.to.clone()));
            next.retain(|link| keys.contains(&link.to));
            if next.is_empty() && count > 0 {
                stage.next = None;
            }
        }
        for to in missing {
            let which = (format!("通向“{to}”，没有这个环节"), format!("to `{to}`, which is no stage"));
            let asked = Diagnostic::new(Code::ImportArrow, None).with_both("place", &own, &own);
            stage.doubts.push(asked.with_both("which", which.0, which.1));
        }
    }
}

/// Whether a row ends the table: sums, signatures, notes.
fn is_foot(first: &str) -> bool {
    let text = squeezed(first);
    let starts = [
        "合计",
        "总计",
        "小计",
        "注：",
        "注:",
        "备注：",
        "说明：",
        "填表人",
        "填报人",
        "审核人",
        "制表",
        "负责人签字",
        "填表说明",
        "单位负责人",
        "主要领导签字",
        "备注:",
        "说明:",
    ];
    starts.iter().any(|word| text.starts_with(word))
}

/// The texts of a cell by its role; nothing where the clerk wrote that there is nothing.
fn value(text: &str) -> String {
    if is_nothing(text) { String::new() } else { squeezed(text) }
}

/// Whether a text is a list or a sentence, not a name.
fn is_list(text: &str) -> bool {
    text.contains('\n') || text.contains('。') || mark(text).is_some() || text.chars().count() > 24
}
