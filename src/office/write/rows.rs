//! The rows of a register: one for each stage, more where a stage has several risks or measures.

use crate::model::STANDARD_LEVELS;
use crate::office::draft::{Draft, Measure, Risk, Stage};
use crate::office::lines::{OF_STAGE, numbered};

/// Where the text of a cell comes from: what it belongs to goes over as many rows.
#[derive(Clone, Copy)]
enum Cell {
    Chart(fn(&Draft) -> String),
    Stage(fn(&Stage) -> String),
    Risk(fn(&Risk) -> String),
    Measure(fn(&Measure) -> String),
}

/// A column of a register.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) head: &'static str,
    /// Its width in characters.
    pub(super) width: f64,
    /// Whether it stands even where no chart has anything for it.
    always: bool,
    cell: Cell,
}

/// The head of the column of levels.
pub(super) const LEVEL: &str = "风险等级";
/// What stands in a cell that is empty of its own: an empty one would go on with the row above.
const NOTHING: &str = "/";

const COLUMNS: &[Column] = &[
    always("单位", 16.0, Cell::Chart(|chart| chart.unit.clone())),
    always("职权", 18.0, Cell::Chart(|chart| chart.power.clone())),
    column("职权编码", 12.0, Cell::Chart(|chart| chart.code.clone())),
    column("职权类别", 12.0, Cell::Chart(|chart| chart.category.clone())),
    column("承办科室", 12.0, Cell::Chart(|chart| chart.department.clone())),
    column("所属阶段", 10.0, Cell::Stage(|stage| stage.phase.clone())),
    always("环节", 12.0, Cell::Stage(|stage| stage.name.clone())),
    column("环节说明", 16.0, Cell::Stage(|stage| stage.note.clone())),
    column("办理时限", 12.0, Cell::Stage(|stage| stage.deadline.clone())),
    column("环节责任科室", 12.0, Cell::Stage(|stage| stage.department.clone())),
    column("所需材料", 18.0, Cell::Stage(|stage| numbered(&stage.materials))),
    column("具体步骤", 18.0, Cell::Stage(|stage| numbered(&stage.steps))),
    column("环节形状", 8.0, Cell::Stage(|stage| line_of(stage, "shape"))),
    column("旁支", 10.0, Cell::Stage(|stage| stage.beside.clone())),
    column("下一步", 16.0, Cell::Stage(|stage| line_of(stage, "next"))),
    column("风险编号", 9.0, Cell::Risk(|risk| risk.id.clone())),
    always("风险点", 14.0, Cell::Risk(|risk| risk.name.clone())),
    column("风险类别", 12.0, Cell::Risk(|risk| risk.category.clone())),
    always("表现形式", 40.0, Cell::Risk(|risk| numbered(&risk.items))),
    always(LEVEL, 9.0, Cell::Risk(|risk| own(risk.level.clone()))),
    column("措施名称", 12.0, Cell::Measure(|measure| measure.name.clone())),
    always("防控措施", 44.0, Cell::Measure(|measure| numbered(&measure.items))),
    always("责任人", 16.0, Cell::Measure(|measure| own(people(&measure.responsible)))),
    always("监督人", 14.0, Cell::Measure(|measure| people(&measure.supervisor))),
    always("时限", 12.0, Cell::Measure(|measure| measure.deadline.clone())),
    always("依据", 24.0, Cell::Measure(|measure| numbered(&measure.basis))),
];

const fn column(head: &'static str, width: f64, cell: Cell) -> Column {
    Column { head, width, always: false, cell }
}

const fn always(head: &'static str, width: f64, cell: Cell) -> Column {
    Column { head, width, always: true, cell }
}

fn line_of(stage: &Stage, key: &str) -> String {
    OF_STAGE.iter().find(|line| line.key == key).map(|line| (line.get)(stage)).unwrap_or_default()
}

fn own(text: String) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { text }
}

/// A row, and how its cells are merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    /// The chart it belongs to.
    pub(super) chart: usize,
    /// Which cells go on from the row above.
    pub(super) merged: Vec<bool>,
}

/// A register.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// The register of some charts.
pub(super) fn table(charts: &[Draft]) -> Table {
    let all = COLUMNS.iter().copied();
    let columns: Vec<Column> = all.filter(|column| column.always || is_used(column, charts)).collect();
    let mut rows = Vec::new();
    for (at, chart) in charts.iter().enumerate() {
        for index in 0..chart.stages.len() {
            of_stage(&columns, chart, (at, index), &mut rows);
        }
    }
    Table { columns, rows }
}

fn is_used(column: &Column, charts: &[Draft]) -> bool {
    let mut stages = charts.iter().flat_map(|chart| &chart.stages);
    match column.cell {
        Cell::Chart(text) => charts.iter().any(|chart| !text(chart).is_empty()),
        Cell::Stage(text) => stages.any(|stage| !text(stage).is_empty()),
        Cell::Risk(text) => stages.any(|stage| stage.risks.iter().any(|risk| !text(risk).is_empty())),
        Cell::Measure(text) => stages.any(|stage| stage.measures.iter().any(|measure| !text(measure).is_empty())),
    }
}

/// How many rows a stage takes.
pub(super) fn height(stage: &Stage) -> usize {
    stage.risks.len().max(stage.measures.len()).max(1)
}

fn of_stage(columns: &[Column], chart: &Draft, (at, index): (usize, usize), rows: &mut Vec<Row>) {
    let stage = &chart.stages[index];
    let (risks, measures) = (risk_above(chart, index), measure_above(chart, index));
    for line in 0..height(stage) {
        let mut row = Row { chart: at, ..Row::default() };
        for column in columns {
            let (text, merged) = match column.cell {
                Cell::Chart(text) => (text(chart), index > 0 || line > 0),
                Cell::Stage(text) => (text(stage), line > 0),
                Cell::Risk(text) => {
                    (stage.risks.get(line).map(text).unwrap_or_default(), goes_on(line, stage.risks.len(), risks))
                }
                Cell::Measure(text) => (
                    stage.measures.get(line).map(text).unwrap_or_default(),
                    goes_on(line, stage.measures.len(), measures),
                ),
            };
            row.cells.push(text);
            row.merged.push(merged);
        }
        rows.push(row);
    }
}

/// Whether a line of a stage goes on with the box above it: the last box goes down to the end of its stage, and a stage
/// without one has that of the stage before which spans to it.
pub(super) fn goes_on(line: usize, boxes: usize, above: bool) -> bool {
    line >= boxes.max(1) || (line == 0 && boxes == 0 && above)
}

/// Whether a risk of a stage before spans to this one.
pub(super) fn risk_above(chart: &Draft, at: usize) -> bool {
    spans(chart, at, |stage| stage.risks.last().map(|risk| risk.through.as_str()))
}

/// Whether a measure of a stage before spans to this one.
pub(super) fn measure_above(chart: &Draft, at: usize) -> bool {
    spans(chart, at, |stage| stage.measures.last().map(|measure| measure.through.as_str()))
}

/// Whether the last box above a stage spans to it or beyond; boxes between would break the span.
fn spans(chart: &Draft, at: usize, through: impl Fn(&Stage) -> Option<&str>) -> bool {
    let target = chart.stages[..at].iter().rev().find_map(through);
    let target = target.and_then(|key| chart.stages.iter().position(|stage| stage.key() == key));
    target.is_some_and(|target| target >= at)
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

/// Fills of levels by their rank, light enough for black text.
const FILLS: [u32; 5] = [0x00f4_b6b0, 0x00fb_d9a5, 0x00fd_f0b0, 0x00d8_ebc4, 0x00cf_e2f3];

/// The fill of a level, by its rank in its chart's scale: a scale of three goes from red to yellow.
pub(super) fn level_fill(chart: &Draft, level: &str) -> Option<u32> {
    let own = chart.levels.iter().position(|name| name == level);
    let standard = STANDARD_LEVELS.iter().position(|name| *name == level).filter(|_| chart.levels.is_empty());
    own.or(standard).and_then(|rank| FILLS.get(rank)).copied()
}
