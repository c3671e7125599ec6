//! What of a chart and of a stage stands in a line of its own, 版本：2026年版, or in a column of its own: the words under
//! which documents hold it, written and read with the same table.

use super::draft::{Draft, Link, Stage};
use super::read::items::{items, mark};
use super::read::people::names;
use super::read::{lines, squeezed, without_end};
use crate::diag::Words;
use crate::input::keys::{COLUMNS, Choice, SHAPES};

/// A key of the format as a line of a document.
pub(super) struct LabelledLine<T> {
    /// The key in English.
    pub(super) key: &'static str,
    /// The words before the colon, as they are written.
    pub(super) label: &'static str,
    /// Other words that clerks use.
    pub(super) others: &'static [&'static str],
    /// What the key says; empty where it says nothing.
    pub(super) get: fn(&T) -> String,
    /// Takes what a document says.
    pub(super) set: fn(&mut T, &str),
}

/// Lines of a chart.
pub(super) const OF_CHART: [LabelledLine<Draft>; 14] = [
    line("subtitle", "副标题", |chart| chart.subtitle.clone(), |chart, text| chart.subtitle = squeezed(text)),
    LabelledLine {
        others: &["权力编码", "事项编码"],
        ..line("code", "职权编码", |chart| chart.code.clone(), |chart, text| chart.code = squeezed(text))
    },
    LabelledLine {
        others: &["权力类别", "权力类型", "事项类别", "事项类型"],
        ..line("category", "职权类别", |chart| chart.category.clone(), |chart, text| chart.category = squeezed(text))
    },
    LabelledLine {
        others: &["责任处室", "责任股室", "承办科室", "承办机构", "业务科室"],
        ..line(
            "department",
            "责任科室",
            |chart| chart.department.clone(),
            |chart, text| chart.department = squeezed(text),
        )
    },
    line("rating", "职权等级", |chart| chart.rating.clone(), |chart, text| chart.rating = squeezed(text)),
    line("version", "版本", |chart| chart.version.clone(), |chart, text| chart.version = squeezed(text)),
    LabelledLine {
        others: &["填报日期", "填报时间", "填表日期", "制表日期", "制表时间", "编制日期", "编制时间", "发布日期"],
        ..line("date", "日期", |chart| chart.date.clone(), |chart, text| chart.date = squeezed(text))
    },
    line("watermark", "水印", |chart| chart.watermark.clone(), |chart, text| chart.watermark = squeezed(text)),
    line(
        "arrows",
        "流程箭头",
        |chart| if chart.ledger { "否".to_owned() } else { String::new() },
        |chart, text| chart.ledger = squeezed(text) == "否",
    ),
    line("order", "栏目顺序", order, set_order),
    line("heads", "表头", |chart| chart.heads.join("／"), set_heads),
    line("level", "等级定义", |chart| chart.levels.join("、"), |chart, text| chart.levels = names(text)),
    line(
        "notes",
        "备注",
        |chart| chart.notes.join("\n"),
        |chart, text| chart.notes = text.split('\n').map(squeezed).filter(|note| !note.is_empty()).collect(),
    ),
    line("phones", "电话", phones, set_phones),
];

/// Lines of a stage.
pub(super) const OF_STAGE: [LabelledLine<Stage>; 9] = [
    line("phase", "所属阶段", |stage| stage.phase.clone(), |stage, text| stage.phase = squeezed(text)),
    line("note", "说明", |stage| stage.note.clone(), |stage, text| stage.note = squeezed(text)),
    LabelledLine {
        others: &["承诺时限", "法定时限", "办结时限", "时限", "期限"],
        ..line("deadline", "办理时限", |stage| stage.deadline.clone(), |stage, text| stage.deadline = ended(text))
    },
    LabelledLine {
        others: &["承办科室", "责任部门", "承办部门", "责任股室", "承办单位", "责任单位", "科室"],
        ..line("department", "责任科室", |stage| stage.department.clone(), |stage, text| stage.department = ended(text))
    },
    LabelledLine {
        others: &["所需材料", "申请材料", "办理材料"],
        ..line("materials", "材料", |stage| numbered(&stage.materials), |stage, text| stage.materials = listed(text))
    },
    line("steps", "步骤", |stage| numbered(&stage.steps), |stage, text| stage.steps = listed(text)),
    line("shape", "形状", |stage| shape_word(stage.shape).to_owned(), set_shape),
    line("beside", "旁支", |stage| stage.beside.clone(), |stage, text| stage.beside = squeezed(text)),
    line("next", "下一步", next, set_next),
];

const fn line<T>(
    key: &'static str,
    label: &'static str,
    get: fn(&T) -> String,
    set: fn(&mut T, &str),
) -> LabelledLine<T> {
    LabelledLine { key, label, others: &[], get, set }
}

impl<T> LabelledLine<T> {
    /// Whether these are the words of its label.
    pub(super) fn is_called(&self, words: &str) -> bool {
        self.label == words || self.others.contains(&words)
    }

    /// What stands behind the label and its colon at the beginning of a text.
    pub(super) fn value<'t>(&self, text: &'t str) -> Option<&'t str> {
        let labels = std::iter::once(&self.label).chain(self.others);
        labels.into_iter().find_map(|label| text.trim_start().strip_prefix(label)?.strip_prefix(['：', ':']))
    }
}

/// The sheet of a workbook that holds what its register has no column for, and the heads of it.
pub(super) const SHEET: &str = "各图信息";
pub(super) const SHEET_HEADS: [&str; 4] = ["单位", "职权", "项目", "内容"];
/// The title of charts that write none, and its label.
pub(super) const STANDARD_TITLE: &str = "行政职权廉政风险防控图";
const TITLE: &str = "标题";

/// What a chart says that has no column in a register: labels and texts.
pub(super) fn without_column(chart: &Draft) -> Vec<(&'static str, String)> {
    let has_column = |key| matches!(key, "code" | "category" | "department");
    let lines = OF_CHART.iter().filter(|line| !has_column(line.key)).map(|line| (line.label, (line.get)(chart)));
    let title = if chart.title == STANDARD_TITLE { String::new() } else { chart.title.clone() };
    std::iter::once((TITLE, title)).chain(lines).filter(|(_, text)| !text.is_empty()).collect()
}

/// Takes what such a sheet says of a chart; whether the label is known.
pub(super) fn take(chart: &mut Draft, label: &str, text: &str) -> bool {
    if label == TITLE {
        chart.title = squeezed(text);
        return true;
    }
    let line = OF_CHART.iter().find(|line| line.label == label);
    line.inspect(|line| (line.set)(chart, text)).is_some()
}

/// A key's names in both languages, for what a document does not hold.
pub(super) fn words<T>(line: &LabelledLine<T>) -> Words {
    Words { zh: line.label, en: line.key }
}

/// Entries of a list, one a line, numbered: the numbers tell where one begins.
pub(super) fn numbered(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().enumerate().map(|(at, item)| format!("{}.{item}", at + 1)).collect();
    lines.join("\n")
}

/// A list: numbered entries, or names between 、.
fn listed(text: &str) -> Vec<String> {
    let is_list = text.contains('\n') || mark(text).is_some();
    if is_list { items(&lines(text)) } else { names(text) }
}

fn ended(text: &str) -> String {
    squeezed(without_end(text))
}

fn order(chart: &Draft) -> String {
    let word = |name: &&str| COLUMNS.iter().find(|column| column.name == *name).map_or("", |column| column.zh);
    chart.order.iter().map(word).collect::<Vec<_>>().join("、")
}

fn set_order(chart: &mut Draft, text: &str) {
    let found: Vec<&str> = names(text)
        .iter()
        .filter_map(|name| COLUMNS.iter().find(|column| column.zh == name).map(|column| column.name))
        .collect();
    if found.len() == 3 {
        chart.order = found;
    }
}

fn set_heads(chart: &mut Draft, text: &str) {
    let heads: Vec<String> =
        text.split('／').map(|head| head.split('\n').map(squeezed).collect::<Vec<_>>().join("\n")).collect();
    if heads.len() == 3 {
        chart.heads = heads;
    }
}

fn phones(chart: &Draft) -> String {
    chart.phones.iter().map(|(label, number)| format!("{label}：{number}")).collect::<Vec<_>>().join("\n")
}

fn set_phones(chart: &mut Draft, text: &str) {
    let phones = text.split('\n').filter_map(|line| line.split_once('：'));
    chart.phones = phones.map(|(label, number)| (squeezed(label), squeezed(number))).collect();
}

/// The shapes that are told: a box is a step where nothing is said.
fn shapes() -> impl Iterator<Item = &'static Choice> {
    SHAPES.iter().filter(|shape| shape.name != "step")
}

fn shape_word(shape: &str) -> &'static str {
    shapes().find(|own| own.name == shape).map_or("", |own| own.zh)
}

fn set_shape(stage: &mut Stage, text: &str) {
    let text = squeezed(without_end(text));
    stage.shape = shapes().find(|own| own.zh == text).map_or("", |own| own.name);
}

/// What stands where the flow leads nowhere.
const NOWHERE: &str = "到此结束";

/// 通过→审核；不通过→退回.
fn next(stage: &Stage) -> String {
    let Some(next) = &stage.next else { return String::new() };
    if next.is_empty() {
        return NOWHERE.to_owned();
    }
    let link =
        |link: &Link| if link.label.is_empty() { link.to.clone() } else { format!("{}→{}", link.label, link.to) };
    next.iter().map(link).collect::<Vec<_>>().join("；")
}

fn set_next(stage: &mut Stage, text: &str) {
    let text = squeezed(text);
    if text == NOWHERE {
        stage.next = Some(Vec::new());
        return;
    }
    let links = text.split(['；', ';']).map(without_end).filter(|link| !link.is_empty());
    let link = |text: &str| match text.split_once('→') {
        Some((label, to)) => Link { to: to.trim().to_owned(), label: label.trim().to_owned() },
        None => Link { to: text.to_owned(), label: String::new() },
    };
    let links: Vec<Link> = links.map(link).collect();
    stage.next = (!links.is_empty()).then_some(links);
}
