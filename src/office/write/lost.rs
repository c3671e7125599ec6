//! What a document does not hold of the charts written into it: it is read back and compared, so that nothing is left
//! out without being named.

use crate::diag::{Report, Words};
use crate::host::{Entry, Host, ReadFault};
use crate::input::{self, Keys};
use crate::model::{self, Chart};
use crate::office::draft::{Draft, Measure, Risk, Stage};
use crate::office::lines::{OF_CHART, OF_STAGE, words};
use crate::office::text::{Shared, toml};

/// What of one chart a document does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The chart's 职权.
    pub power: String,
    /// The keys.
    pub keys: Vec<Words>,
}

/// One chart's text in memory.
struct Memory(Vec<u8>);

impl Host for Memory {
    fn read(&self, _: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(self.0.clone())
    }
}

const WHOLE: Words = Words { zh: "整张图", en: "the whole chart" };
const BREAKS: Words = Words { zh: "强制换行", en: "forced line breaks" };
/// The name that no chart of the document names.
const STEM: &str = "图";

/// What the document of these charts does not hold. Charts of which it holds everything are not listed.
pub fn lost(charts: &[Chart], document: &[u8]) -> Vec<Lost> {
    let imported = crate::office::import(document, STEM).unwrap_or_default();
    let mut read: Vec<Option<Draft>> = imported.charts.iter().map(read_back).collect();
    let mut all = Vec::new();
    for chart in charts {
        let own = plain(Draft::of(chart));
        let same = |back: &&mut Option<Draft>| {
            back.as_ref()
                .is_some_and(|back| flat(&back.power) == flat(&own.power) && flat(&back.unit) == flat(&own.unit))
        };
        let mut keys = match read.iter_mut().find(same).and_then(Option::take) {
            Some(back) => different(&own, &plain(back)),
            None => vec![WHOLE],
        };
        beyond(chart, &mut keys);
        if !keys.is_empty() {
            all.push(Lost { power: chart.power.value.clone(), keys });
        }
    }
    all
}

/// A draft as the program reads it from the file that import makes of it.
fn read_back(draft: &Draft) -> Option<Draft> {
    let host = Memory(toml(draft, Keys::En, &Shared::default()).into_bytes());
    let mut report = Report::default();
    let tree = input::read(&host, &Entry { chart: "图.toml".to_owned(), project: None }, &mut report)?;
    model::check(tree, &mut report).as_ref().map(Draft::of)
}

/// Stages by their numbers, so that charts compare whatever their stages are called, and of 下一步 what differs.
fn plain(mut draft: Draft) -> Draft {
    let keys: Vec<String> = draft.stages.iter().map(|stage| stage.key().to_owned()).collect();
    let number = |key: &mut String| {
        if let Some(at) = keys.iter().position(|own| own == key) {
            *key = at.to_string();
        }
    };
    for stage in &mut draft.stages {
        number(&mut stage.beside);
        stage.next.iter_mut().flatten().for_each(|link| number(&mut link.to));
        stage.risks.iter_mut().for_each(|risk| number(&mut risk.through));
        stage.measures.iter_mut().for_each(|measure| number(&mut measure.through));
        if draft.ledger {
            stage.next = None;
        }
    }
    draft
}

fn flat(text: &str) -> String {
    text.replace('\n', "")
}

/// Compares parts of two charts.
struct Compared(Vec<Words>);

impl Compared {
    fn note(&mut self, words: Words) {
        if !self.0.contains(&words) {
            self.0.push(words);
        }
    }

    fn text(&mut self, zh: &'static str, en: &'static str, (own, back): (&str, &str)) {
        match () {
            () if own == back => {}
            () if flat(own) == flat(back) => self.note(BREAKS),
            () => self.note(Words { zh, en }),
        }
    }

    fn list(&mut self, zh: &'static str, en: &'static str, (own, back): (&[String], &[String])) {
        if own.len() == back.len() {
            own.iter().zip(back).for_each(|(own, back)| self.text(zh, en, (own, back)));
        } else {
            self.note(Words { zh, en });
        }
    }

    fn stage(&mut self, own: &Stage, back: &Stage) {
        self.text("环节", "names of stages", (&own.name, &back.name));
        for line in &OF_STAGE {
            let en = words(line).en;
            self.text(line.label, en, (&(line.get)(own), &(line.get)(back)));
        }
        if own.id != back.id && !own.id.is_empty() && !own.id.starts_with(own.name.as_str()) {
            self.note(Words { zh: "环节标识", en: "ids of stages" });
        }
        if own.risks.len() != back.risks.len() {
            self.note(Words { zh: "风险", en: "risks" });
        }
        if own.measures.len() != back.measures.len() {
            self.note(Words { zh: "措施", en: "measures" });
        }
        own.risks.iter().zip(&back.risks).for_each(|(own, back)| self.risk(own, back));
        own.measures.iter().zip(&back.measures).for_each(|(own, back)| self.measure(own, back));
    }

    fn risk(&mut self, own: &Risk, back: &Risk) {
        self.text("风险编号", "ids of risks", (&own.id, &back.id));
        self.text("风险点", "names of risks", (&own.name, &back.name));
        self.text("风险类别", "categories of risks", (&own.category, &back.category));
        self.text("风险等级", "levels", (&own.level, &back.level));
        self.list("表现形式", "items of risks", (&own.items, &back.items));
        self.text("风险的“至”", "through of risks", (&own.through, &back.through));
    }

    fn measure(&mut self, own: &Measure, back: &Measure) {
        self.text("措施名称", "names of measures", (&own.name, &back.name));
        self.list("防控措施", "items of measures", (&own.items, &back.items));
        self.list("责任人", "responsible", (&own.responsible, &back.responsible));
        self.list("监督人", "supervisor", (&own.supervisor, &back.supervisor));
        self.text("措施时限", "deadlines of measures", (&own.deadline, &back.deadline));
        self.list("依据", "basis", (&own.basis, &back.basis));
        self.text("措施的“至”", "through of measures", (&own.through, &back.through));
    }
}

fn different(own: &Draft, back: &Draft) -> Vec<Words> {
    let mut compared = Compared(Vec::new());
    compared.text("单位", "unit", (&own.unit, &back.unit));
    compared.text("标题", "title", (&own.title, &back.title));
    compared.text("职权", "power", (&own.power, &back.power));
    for line in &OF_CHART {
        compared.text(line.label, words(line).en, (&(line.get)(own), &(line.get)(back)));
    }
    if own.stages.len() == back.stages.len() {
        own.stages.iter().zip(&back.stages).for_each(|(own, back)| compared.stage(own, back));
    } else {
        compared.note(Words { zh: "环节", en: "stages" });
    }
    compared.0
}

/// What no document holds: how the poster is drawn.
fn beyond(chart: &Chart, keys: &mut Vec<Words>) {
    let labels = &chart.labels;
    let labels = [
        &labels.level,
        &labels.responsible,
        &labels.supervisor,
        &labels.deadline,
        &labels.department,
        &labels.materials,
        &labels.basis,
        &labels.category,
        &labels.notes,
        &labels.legend,
    ];
    let page = &chart.page;
    let fonts = [&page.fonts.title, &page.fonts.head, &page.fonts.body];
    let set = [
        page.paper.is_some(),
        page.orientation.is_some(),
        page.margin.is_some(),
        page.bleed.is_some(),
        page.marks.is_some(),
        page.theme.is_some(),
        page.min_size.is_some(),
        page.distance.is_some(),
        page.color.is_some(),
        fonts.iter().any(|font| font.is_some()),
        page.numbering != model::Numbering::default(),
        !page.number_single,
    ];
    let drawn = [
        (chart.logo.is_some(), "徽标", "logo"),
        (chart.qr.is_some(), "二维码", "qr"),
        (labels.iter().any(|label| label.is_some()), "用语", "labels"),
        (chart.levels.iter().any(|level| level.color.is_some()), "等级颜色", "colours of levels"),
        (chart.levels.iter().any(|level| level.mark.is_some()), "等级标记", "marks of levels"),
        (set.contains(&true), "版面", "page"),
    ];
    keys.extend(drawn.into_iter().filter(|(set, _, _)| *set).map(|(_, zh, en)| Words { zh, en }));
}
