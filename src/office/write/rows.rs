//! The rows of a register: one for each stage, more where a stage has several risks or measures.

use crate::diag::Words;
use crate::office::draft::{Draft, Measure, Risk, Stage};

/// The columns of a register.
pub(super) const HEADS: [&str; 11] =
    ["单位", "职权", "环节", "风险点", "表现形式", "风险等级", "防控措施", "责任人", "监督人", "时限", "依据"];
/// Which column holds what.
pub(super) const LEVEL: usize = 5;

/// A row, and how its cells are merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) cells: [String; 11],
    /// The chart and the stage it belongs to.
    pub(super) chart: usize,
    pub(super) stage: usize,
    /// Which cells go on from the row above.
    pub(super) merged: [bool; 11],
}

/// The rows of some charts.
pub(super) fn rows(charts: &[Draft]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, chart) in charts.iter().enumerate() {
        for (index, stage) in chart.stages.iter().enumerate() {
            of_stage(chart, (at, index), stage, &mut rows);
        }
    }
    rows
}

fn of_stage(chart: &Draft, (at, index): (usize, usize), stage: &Stage, rows: &mut Vec<Row>) {
    let count = stage.risks.len().max(stage.measures.len()).max(1);
    for line in 0..count {
        let mut row = Row { chart: at, stage: index, ..Row::default() };
        row.cells[0].clone_from(&chart.unit);
        row.cells[1].clone_from(&chart.power);
        row.cells[2].clone_from(&stage.name);
        row.merged[0] = index > 0 || line > 0;
        row.merged[1] = row.merged[0];
        row.merged[2] = line > 0;
        if let Some(risk) = stage.risks.get(line) {
            of_risk(risk, &mut row);
        } else if line == 0 {
            row.merged[3..=5].fill(spans(
                chart,
                index,
                |stage| stage.risks.iter().map(|risk| &risk.through).collect(),
                |stage| stage.risks.is_empty(),
            ));
        }
        if let Some(measure) = stage.measures.get(line) {
            of_measure(measure, &mut row);
        } else if line == 0 {
            row.merged[6..].fill(spans(
                chart,
                index,
                |stage| stage.measures.iter().map(|measure| &measure.through).collect(),
                |stage| stage.measures.is_empty(),
            ));
        }
        rows.push(row);
    }
}

/// Whether a stage's box is one that began above it and spans to it or beyond; boxes between would break the span.
fn spans<'d>(
    chart: &'d Draft,
    at: usize,
    through: impl Fn(&'d Stage) -> Vec<&'d String>,
    empty: impl Fn(&Stage) -> bool,
) -> bool {
    let from = (0..at).rev().find(|before| !empty(&chart.stages[*before]));
    let Some(from) = from else { return false };
    let target = through(&chart.stages[from])
        .last()
        .and_then(|key| chart.stages.iter().position(|stage| stage.key() == key.as_str()));
    target.is_some_and(|target| target >= at)
}

fn of_risk(risk: &Risk, row: &mut Row) {
    row.cells[3].clone_from(&risk.name);
    row.cells[4] = numbered(&risk.items);
    row.cells[LEVEL].clone_from(&risk.level);
}

fn of_measure(measure: &Measure, row: &mut Row) {
    row.cells[6] = numbered(&measure.items);
    row.cells[7] = people(&measure.responsible);
    row.cells[8] = people(&measure.supervisor);
    row.cells[9].clone_from(&measure.deadline);
    row.cells[10] = numbered(&measure.basis);
}

/// Names in one cell: those with a rank on lines of their own.
pub(super) fn people(names: &[String]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let ranked = name.contains('：') || names.get(at.wrapping_sub(1)).is_some_and(|before| before.contains('：'));
        if at > 0 {
            text.push_str(if ranked { "\n" } else { "、" });
        }
        text.push_str(name);
    }
    text
}

/// Entries of a list, one a line, numbered: the numbers tell where one begins.
pub(super) fn numbered(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().enumerate().map(|(at, item)| format!("{}.{item}", at + 1)).collect();
    lines.join("\n")
}

/// What of a chart a register can't hold.
pub fn left_out(chart: &Draft) -> Vec<Words> {
    let any = |held: bool, zh, en| held.then_some(Words { zh, en });
    let stages = &chart.stages;
    let follows = |at: usize, stage: &Stage| match (&stage.next, stages.get(at + 1)) {
        (Some(next), Some(after)) => matches!(&next[..], [link] if link.to == after.key() && link.label.is_empty()),
        (Some(next), None) => next.is_empty(),
        (None, _) => true,
    };
    let left = [
        any(!chart.phones.is_empty(), "电话", "phones"),
        any(!chart.notes.is_empty(), "备注", "notes"),
        any(!chart.levels.is_empty(), "等级定义", "the scale"),
        any(!stages.iter().enumerate().all(|(at, stage)| follows(at, stage)), "下一步", "arrows"),
        any(stages.iter().any(|stage| !stage.beside.is_empty()), "旁支", "branches"),
        any(stages.iter().any(|stage| !stage.shape.is_empty()), "形状", "shapes"),
        any(stages.iter().any(|stage| !stage.materials.is_empty()), "材料", "materials"),
        any(stages.iter().any(|stage| !stage.deadline.is_empty()), "环节时限", "deadlines of stages"),
        any(
            stages.iter().flat_map(|stage| &stage.measures).any(|measure| !measure.name.is_empty()),
            "措施名称",
            "names of measures",
        ),
    ];
    left.into_iter().flatten().collect()
}
