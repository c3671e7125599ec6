//! Drafts as TOML.

use super::draft::{Draft, Link, Measure, Risk, Stage};
use crate::diag::{Diagnostic, Lang};
use crate::input::keys::TableId;
use crate::input::{Keys, Writer, quoted};

/// What all charts of a folder share, for its project file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// 单位.
    pub unit: String,
    /// 标题.
    pub title: String,
    /// 电话.
    pub phones: Vec<(String, String)>,
    /// 等级定义.
    pub levels: Vec<String>,
}

impl Shared {
    /// What these charts share.
    pub fn of(charts: &[&Draft]) -> Self {
        let Some((first, rest)) = charts.split_first() else { return Self::default() };
        let mut shared = Self {
            unit: first.unit.clone(),
            title: first.title.clone(),
            phones: first.phones.clone(),
            levels: first.levels.clone(),
        };
        for chart in rest {
            let keep = |into: &mut String, own: &str| {
                if into != own {
                    into.clear();
                }
            };
            keep(&mut shared.unit, &chart.unit);
            keep(&mut shared.title, &chart.title);
            if shared.phones != chart.phones {
                shared.phones.clear();
            }
            if shared.levels != chart.levels {
                shared.levels.clear();
            }
        }
        shared
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The project file.
    pub fn toml(&self, keys: Keys) -> String {
        let mut writer = Writer::new(keys);
        match keys {
            Keys::Zh => {
                writer.comment("这个文件夹里各图共用的内容，以后新建的图也用它。图文件里自己写了的，以图文件为准。");
            }
            Keys::En => writer.comment(
                "What the charts of this folder share, and new ones too. What a chart says itself comes first.",
            ),
        }
        if !(self.unit.is_empty() && self.title.is_empty() && self.phones.is_empty()) {
            writer.blank();
            writer.header(&[(TableId::Project, "defaults")], false);
            writer.string(TableId::Chart, "unit", &self.unit);
            writer.string(TableId::Chart, "title", &self.title);
        }
        if !self.phones.is_empty() {
            writer.blank();
            writer.header(&[(TableId::Project, "defaults"), (TableId::Chart, "phones")], false);
            self.phones.iter().for_each(|(label, number)| writer.labelled(label, number));
        }
        levels(&mut writer, TableId::Project, &self.levels);
        writer.finish()
    }
}

/// The chart file of a draft. Its doubts stand as comments before what they concern. The scale is left out where the
/// project file has it.
pub fn toml(draft: &Draft, keys: Keys, shared: &Shared) -> String {
    let mut writer = Writer::new(keys);
    let own = |own: &[String]| if shared.levels == own { Vec::new() } else { own.to_vec() };
    doubts(&mut writer, &draft.doubts);
    for (name, text) in [
        ("unit", &draft.unit),
        ("title", &draft.title),
        ("power", &draft.power),
        ("subtitle", &draft.subtitle),
        ("code", &draft.code),
        ("category", &draft.category),
        ("department", &draft.department),
        ("version", &draft.version),
        ("date", &draft.date),
        ("rating", &draft.rating),
        ("watermark", &draft.watermark),
    ] {
        writer.string(TableId::Chart, name, text);
    }
    if draft.ledger {
        writer.raw(TableId::Chart, "arrows", "false");
    }
    writer.strings(TableId::Chart, "notes", &draft.notes);
    if !draft.phones.is_empty() {
        writer.blank();
        writer.header(&[(TableId::Chart, "phones")], false);
        draft.phones.iter().for_each(|(label, number)| writer.labelled(label, number));
    }
    if !(draft.order.is_empty() && draft.heads.is_empty()) {
        writer.blank();
        writer.header(&[(TableId::Chart, "columns")], false);
        let order: Vec<String> = draft.order.iter().map(|name| quoted(name)).collect();
        if !order.is_empty() {
            writer.raw(TableId::Columns, "order", &format!("[{}]", order.join(", ")));
        }
        writer.strings(TableId::Columns, "heads", &draft.heads);
    }
    levels(&mut writer, TableId::Chart, &own(&draft.levels));
    draft.stages.iter().for_each(|each| stage(&mut writer, each));
    writer.finish()
}

fn levels(writer: &mut Writer, table: TableId, names: &[String]) {
    for name in names {
        writer.blank();
        writer.header(&[(table, "level")], true);
        writer.string(TableId::Level, "name", name);
    }
}

fn doubts(writer: &mut Writer, doubts: &[Diagnostic]) {
    for doubt in doubts {
        match writer.keys() {
            Keys::Zh => writer.comment(&format!("请核对：{}", doubt.message(Lang::Zh))),
            Keys::En => writer.comment(&format!("please check: {}", doubt.message(Lang::En))),
        }
    }
}

fn stage(writer: &mut Writer, stage: &Stage) {
    writer.blank();
    doubts(writer, &stage.doubts);
    writer.header(&[(TableId::Chart, "stage")], true);
    for (name, text) in [
        ("id", &stage.id),
        ("name", &stage.name),
        ("note", &stage.note),
        ("deadline", &stage.deadline),
        ("department", &stage.department),
        ("phase", &stage.phase),
        ("beside", &stage.beside),
    ] {
        writer.string(TableId::Stage, name, text);
    }
    writer.string(TableId::Stage, "shape", stage.shape);
    writer.strings(TableId::Stage, "materials", &stage.materials);
    writer.strings(TableId::Stage, "steps", &stage.steps);
    if let Some(next) = &stage.next {
        let links: Vec<String> = next.iter().map(link).collect();
        writer.raw(TableId::Stage, "next", &format!("[{}]", links.join(", ")));
    }
    stage.risks.iter().for_each(|each| risk(writer, each));
    stage.measures.iter().for_each(|each| measure(writer, each));
}

fn link(link: &Link) -> String {
    if link.label.is_empty() {
        quoted(&link.to)
    } else {
        format!("{{ to = {}, label = {} }}", quoted(&link.to), quoted(&link.label))
    }
}

fn risk(writer: &mut Writer, risk: &Risk) {
    writer.blank();
    doubts(writer, &risk.doubts);
    writer.header(&[(TableId::Chart, "stage"), (TableId::Stage, "risk")], true);
    for (name, text) in [
        ("id", &risk.id),
        ("name", &risk.name),
        ("category", &risk.category),
        ("level", &risk.level),
        ("through", &risk.through),
    ] {
        writer.string(TableId::Risk, name, text);
    }
    writer.strings(TableId::Risk, "items", &risk.items);
}

fn measure(writer: &mut Writer, measure: &Measure) {
    writer.blank();
    doubts(writer, &measure.doubts);
    writer.header(&[(TableId::Chart, "stage"), (TableId::Stage, "measure")], true);
    writer.string(TableId::Measure, "name", &measure.name);
    writer.string(TableId::Measure, "through", &measure.through);
    writer.strings(TableId::Measure, "items", &measure.items);
    names(writer, "responsible", &measure.responsible);
    names(writer, "supervisor", &measure.supervisor);
    writer.string(TableId::Measure, "deadline", &measure.deadline);
    writer.strings(TableId::Measure, "basis", &measure.basis);
}

/// One name is a text, several are a list.
fn names(writer: &mut Writer, key: &str, names: &[String]) {
    match names {
        [] => {}
        [name] => writer.string(TableId::Measure, key, name),
        names => {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            writer.raw(TableId::Measure, key, &format!("[{}]", names.join(", ")));
        }
    }
}
