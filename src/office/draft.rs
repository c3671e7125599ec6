//! A chart as it is read from a document or written into one: plain texts, and what has to be asked beside them.

use crate::diag::Diagnostic;
use crate::model::{self, Chart, Column, Shape};
use crate::source::Text;

/// A chart. Fields are those of the chart format; what a document doesn't say is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// 单位.
    pub unit: String,
    /// 标题.
    pub title: String,
    /// 职权.
    pub power: String,
    /// 副标题.
    pub subtitle: String,
    /// 职权编码.
    pub code: String,
    /// 职权类别.
    pub category: String,
    /// 责任科室.
    pub department: String,
    /// 版本.
    pub version: String,
    /// 日期.
    pub date: String,
    /// 电话, label and number.
    pub phones: Vec<(String, String)>,
    /// 职权等级.
    pub rating: String,
    /// 水印.
    pub watermark: String,
    /// 流程箭头：否.
    pub ledger: bool,
    /// 备注.
    pub notes: Vec<String>,
    /// 栏目顺序 in English names; empty where it is the usual one.
    pub order: Vec<&'static str>,
    /// 表头 in flow, risk, measure order; empty where they are the usual ones.
    pub heads: Vec<String>,
    /// 等级定义: names, worst first; empty where it is 高 中 低.
    pub levels: Vec<String>,
    /// 环节.
    pub stages: Vec<Stage>,
    /// What has to be asked of the chart as a whole.
    pub doubts: Vec<Diagnostic>,
}

/// 环节.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// 标识; empty where the name serves.
    pub id: String,
    /// 名称.
    pub name: String,
    /// 说明.
    pub note: String,
    /// 时限.
    pub deadline: String,
    /// 责任科室.
    pub department: String,
    /// 材料.
    pub materials: Vec<String>,
    /// 步骤.
    pub steps: Vec<String>,
    /// 阶段.
    pub phase: String,
    /// 形状 in English; empty for a step.
    pub shape: &'static str,
    /// 下一步; `None` for the default.
    pub next: Option<Vec<Link>>,
    /// 旁支: the id of the stage beside which it stands.
    pub beside: String,
    /// 风险.
    pub risks: Vec<Risk>,
    /// 措施.
    pub measures: Vec<Measure>,
    /// What has to be asked.
    pub doubts: Vec<Diagnostic>,
}

/// An arrow of the flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The id of the stage it leads to.
    pub to: String,
    /// What stands beside it.
    pub label: String,
}

/// 风险.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Risk {
    /// 编号.
    pub id: String,
    /// 风险点.
    pub name: String,
    /// 类别.
    pub category: String,
    /// 风险等级.
    pub level: String,
    /// 表现形式.
    pub items: Vec<String>,
    /// 至: the id of the last stage it spans to.
    pub through: String,
    /// What has to be asked.
    pub doubts: Vec<Diagnostic>,
}

/// 措施.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// 措施名称.
    pub name: String,
    /// 防控措施.
    pub items: Vec<String>,
    /// 责任人.
    pub responsible: Vec<String>,
    /// 监督人.
    pub supervisor: Vec<String>,
    /// 时限.
    pub deadline: String,
    /// 依据.
    pub basis: Vec<String>,
    /// 至: the id of the last stage it spans to.
    pub through: String,
    /// What has to be asked.
    pub doubts: Vec<Diagnostic>,
}

fn text(text: Option<&Text>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}

fn texts(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// Names as they are written: with a rank before a colon, one entry for all names of a rank.
fn people(people: &[model::Person]) -> Vec<String> {
    let mut written: Vec<(Option<&str>, String)> = Vec::new();
    for person in people {
        let rank = person.rank.as_ref().map(|rank| rank.value.as_str());
        match written.last_mut().filter(|(last, _)| rank.is_some() && *last == rank) {
            Some((_, names)) => *names += &format!("、{}", person.name.value),
            None => written.push((rank, person.name.value.clone())),
        }
    }
    written.into_iter().map(|(rank, names)| rank.map_or(names.clone(), |rank| format!("{rank}：{names}"))).collect()
}

impl Stage {
    fn of(stage: &model::Stage, chart: &Chart) -> Self {
        let id = |at: model::StageIx| chart.stages[at.0].id.value.clone();
        let shape = match stage.shape {
            Shape::Step => "",
            Shape::Decision => "decision",
            Shape::Start => "start",
            Shape::End => "end",
        };
        let next = stage.next.iter().map(|link| Link { to: id(link.to), label: text(link.label.as_ref()) });
        let risk = |risk: &model::Risk| Risk {
            id: text(risk.id.as_ref()),
            name: text(risk.name.as_ref()),
            category: text(risk.category.as_ref()),
            level: risk.level.as_ref().map(|level| chart.levels[level.value.0].name.value.clone()).unwrap_or_default(),
            items: texts(&risk.items),
            through: risk.through.as_ref().map(|at| id(at.value)).unwrap_or_default(),
            doubts: Vec::new(),
        };
        let measure = |measure: &model::Measure| Measure {
            name: text(measure.name.as_ref()),
            items: texts(&measure.items),
            responsible: people(&measure.responsible),
            supervisor: people(&measure.supervisor),
            deadline: text(measure.deadline.as_ref()),
            basis: texts(&measure.basis),
            through: measure.through.as_ref().map(|at| id(at.value)).unwrap_or_default(),
            doubts: Vec::new(),
        };
        Self {
            id: if stage.id.value == stage.name.value { String::new() } else { stage.id.value.clone() },
            name: stage.name.value.clone(),
            note: text(stage.note.as_ref()),
            deadline: text(stage.deadline.as_ref()),
            department: text(stage.department.as_ref()),
            materials: texts(&stage.materials),
            steps: texts(&stage.steps),
            phase: text(stage.phase.as_ref()),
            shape,
            next: Some(next.collect()),
            beside: stage.beside.as_ref().map(|at| id(at.value)).unwrap_or_default(),
            risks: stage.risks.iter().map(risk).collect(),
            measures: stage.measures.iter().map(measure).collect(),
            doubts: Vec::new(),
        }
    }

    /// What other stages call it.
    pub fn key(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }
}

impl Risk {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.level.is_empty() && self.items.is_empty() && self.category.is_empty()
    }
}

impl Measure {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.items.is_empty() && self.responsible.is_empty() && self.supervisor.is_empty()
    }
}

impl Draft {
    /// The draft of a chart: what a document can hold of it.
    pub fn of(chart: &Chart) -> Self {
        let standard = chart.levels.iter().map(|level| level.name.value.as_str()).eq(model::STANDARD_LEVELS);
        let levels =
            if standard { Vec::new() } else { chart.levels.iter().map(|level| level.name.value.clone()).collect() };
        let level = |at: model::LevelIx| chart.levels[at.0].name.value.clone();
        let usual = chart.columns.order == [Column::Flow, Column::Risk, Column::Measure];
        let order = chart.columns.order.map(|column| match column {
            Column::Flow => "flow",
            Column::Risk => "risk",
            Column::Measure => "measure",
        });
        let heads = chart.columns.heads.each_ref().map(|head| head.value.clone());
        Self {
            unit: text(chart.unit.as_ref()),
            title: chart.title.value.clone(),
            power: chart.power.value.clone(),
            subtitle: text(chart.subtitle.as_ref()),
            code: text(chart.code.as_ref()),
            category: text(chart.category.as_ref()),
            department: text(chart.department.as_ref()),
            version: text(chart.version.as_ref()),
            date: text(chart.date.as_ref()),
            phones: chart.phones.iter().map(|phone| (phone.label.value.clone(), phone.number.value.clone())).collect(),
            rating: chart.rating.as_ref().map(|rating| level(rating.value)).unwrap_or_default(),
            watermark: text(chart.watermark.as_ref()),
            ledger: !chart.arrows,
            notes: texts(&chart.notes),
            order: if usual { Vec::new() } else { order.to_vec() },
            heads: if heads == model::STANDARD_HEADS { Vec::new() } else { heads.to_vec() },
            levels,
            stages: chart.stages.iter().map(|stage| Stage::of(stage, chart)).collect(),
            doubts: Vec::new(),
        }
    }

    /// Everything that has to be asked, in the order of the chart.
    pub fn all_doubts(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.doubts.iter().collect();
        for stage in &self.stages {
            all.extend(&stage.doubts);
            all.extend(stage.risks.iter().flat_map(|risk| &risk.doubts));
            all.extend(stage.measures.iter().flat_map(|measure| &measure.doubts));
        }
        all
    }

    /// The same chart as a document holds it: stages are called by their names, numbered where two bear one, and arrows
    /// are told where they are not those that the order says.
    pub(super) fn in_words(mut self) -> Self {
        let before: Vec<String> = self.stages.iter().map(|stage| stage.key().to_owned()).collect();
        self.stages.iter_mut().for_each(|stage| stage.id.clear());
        self.name_stages();
        let after: Vec<String> = self.stages.iter().map(|stage| stage.key().to_owned()).collect();
        let rename = |key: &mut String| {
            if let Some(at) = before.iter().position(|own| own == key) {
                key.clone_from(&after[at]);
            }
        };
        for stage in &mut self.stages {
            rename(&mut stage.beside);
            stage.next.iter_mut().flatten().for_each(|link| rename(&mut link.to));
            stage.risks.iter_mut().for_each(|risk| rename(&mut risk.through));
            stage.measures.iter_mut().for_each(|measure| rename(&mut measure.through));
        }
        for at in 0..self.stages.len() {
            let hosts = self.stages.iter().any(|stage| stage.beside == after[at]);
            let following = (at + 1..self.stages.len()).find(|next| self.stages[*next].beside.is_empty());
            let stage = &self.stages[at];
            let following = following.filter(|_| stage.beside.is_empty() && stage.shape != "end");
            let is_usual = match (stage.next.as_deref().unwrap_or_default(), following) {
                ([link], Some(next)) => link.to == after[next] && link.label.is_empty(),
                ([], None) => true,
                _ => false,
            };
            if self.ledger || (is_usual && !hosts) {
                self.stages[at].next = None;
            }
        }
        self
    }

    /// Gives every stage an id of its own where two bear one name.
    pub(super) fn name_stages(&mut self) {
        for at in 1..self.stages.len() {
            let name = self.stages[at].name.clone();
            let before = self.stages[..at].iter().filter(|stage| stage.name == name).count();
            if before > 0 && self.stages[at].id.is_empty() {
                self.stages[at].id = format!("{name}{}", before + 1);
            }
        }
    }
}
