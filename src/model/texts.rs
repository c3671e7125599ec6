//! Every text of a chart in one walk, each with whose it is and what it says there. Lints, the comparison of a folder and
//! lists of names take from it what concerns them.

use super::{Chart, Columns, Level, LevelIx, Link, Measure, Person, Phone, Qr, Risk, Stage, StageIx};
use crate::source::Text;

/// One text of a chart.
#[derive(Clone, Copy, Debug)]
pub struct ChartText<'c> {
    /// What is written, and where.
    pub text: &'c Text,
    /// What it says of its owner.
    pub field: TextField,
    /// Whose it is.
    pub owner: TextOwner,
}

/// Whose a text is. Numbers count from 0 in the order written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextOwner {
    /// The chart's own.
    Chart,
    /// That of a telephone line.
    Phone(usize),
    /// That of a level.
    Level(LevelIx),
    /// That of a stage.
    Stage(StageIx),
    /// That of an arrow of a stage.
    Link(StageIx, usize),
    /// That of a risk of a stage.
    Risk(StageIx, usize),
    /// That of a measure of a stage.
    Measure(StageIx, usize),
}

/// What a text says of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// 单位.
    Unit,
    /// 标题.
    Title,
    /// 职权.
    Power,
    /// 副标题.
    Subtitle,
    /// 职权编码, 编号.
    Code,
    /// 类别.
    Category,
    /// 责任科室.
    Department,
    /// 版本.
    Version,
    /// 日期.
    Date,
    /// 电话号码.
    PhoneNumber,
    /// 备注.
    Notes,
    /// 徽标: a path.
    Logo,
    /// 二维码 / 内容: for phones to read.
    QrText,
    /// 水印.
    Watermark,
    /// 用语: a word printed in place of the program's.
    Word,
    /// 表头.
    Head,
    /// 标记.
    Mark,
    /// 标识: what stages are called by in the file alone.
    Id,
    /// 名称.
    Name,
    /// 说明.
    Note,
    /// 时限.
    Deadline,
    /// 材料.
    Materials,
    /// 步骤.
    Steps,
    /// 阶段.
    Phase,
    /// 说明 beside a line: of an arrow, a telephone number, a QR code.
    Label,
    /// 表现形式, 防控措施.
    Items,
    /// 依据.
    Basis,
    /// The rank of somebody who is responsible or supervises.
    Rank,
    /// The name of somebody who is responsible.
    Responsible,
    /// The name of somebody who supervises.
    Supervisor,
}

impl Chart {
    /// Every text of the chart: its own, those of its scale, then stage by stage. Each part is taken apart by all of its
    /// fields, so that a new one can't be forgotten here.
    pub fn texts(&self) -> impl Iterator<Item = ChartText<'_>> {
        self.front().chain(self.scale()).chain(self.stages.iter().enumerate().flat_map(|(at, stage)| {
            let at = StageIx(at);
            let arrows = stage.next.iter().enumerate().flat_map(move |(nth, link)| of_link(at, nth, link));
            let risks = stage.risks.iter().enumerate().flat_map(move |(nth, risk)| of_risk(at, nth, risk));
            let measures = stage.measures.iter().enumerate().flat_map(move |(nth, each)| of_measure(at, nth, each));
            of_stage(at, stage).chain(arrows).chain(risks).chain(measures)
        }))
    }

    fn front(&self) -> impl Iterator<Item = ChartText<'_>> {
        let Self {
            unit,
            title,
            power,
            subtitle,
            code,
            category,
            department,
            version,
            date,
            phones,
            notes,
            logo,
            qr,
            watermark,
            labels,
            columns,
            rating: _,
            arrows: _,
            levels: _,
            stages: _,
            page: _,
        } = self;
        let fields = own(TextOwner::Chart)
            .with(TextField::Unit, unit)
            .with(TextField::Title, [title])
            .with(TextField::Power, [power])
            .with(TextField::Subtitle, subtitle)
            .with(TextField::Code, code)
            .with(TextField::Category, category)
            .with(TextField::Department, department)
            .with(TextField::Version, version)
            .with(TextField::Date, date)
            .with(TextField::Notes, notes)
            .with(TextField::Logo, logo)
            .with(TextField::Watermark, watermark);
        let Columns { heads, order: _ } = columns;
        let fields = fields.with(TextField::Head, heads).with(TextField::Word, labels.all().into_iter().flatten());
        let fields = match qr {
            Some(Qr { text, label }) => fields.with(TextField::QrText, [text]).with(TextField::Label, label),
            None => fields,
        };
        let phones = phones.iter().enumerate().flat_map(|(nth, Phone { label, number })| {
            own(TextOwner::Phone(nth)).with(TextField::Label, [label]).with(TextField::PhoneNumber, [number]).0
        });
        fields.0.into_iter().chain(phones)
    }

    fn scale(&self) -> impl Iterator<Item = ChartText<'_>> {
        self.levels.iter().enumerate().flat_map(|(rank, Level { name, mark, color: _ })| {
            own(TextOwner::Level(LevelIx(rank))).with(TextField::Name, [name]).with(TextField::Mark, mark).0
        })
    }
}

fn of_stage(at: StageIx, stage: &Stage) -> impl Iterator<Item = ChartText<'_>> {
    let Stage {
        id,
        name,
        note,
        deadline,
        department,
        materials,
        steps,
        phase,
        span: _,
        shape: _,
        next: _,
        beside: _,
        risks: _,
        measures: _,
    } = stage;
    let fields = own(TextOwner::Stage(at))
        .with(TextField::Id, [id])
        .with(TextField::Name, [name])
        .with(TextField::Note, note)
        .with(TextField::Deadline, deadline)
        .with(TextField::Department, department)
        .with(TextField::Materials, materials)
        .with(TextField::Steps, steps)
        .with(TextField::Phase, phase);
    fields.0.into_iter()
}

fn of_link(at: StageIx, nth: usize, link: &Link) -> impl Iterator<Item = ChartText<'_>> {
    let Link { label, to: _, span: _ } = link;
    own(TextOwner::Link(at, nth)).with(TextField::Label, label).0.into_iter()
}

fn of_risk(at: StageIx, nth: usize, risk: &Risk) -> impl Iterator<Item = ChartText<'_>> {
    let Risk { id, name, category, items, span: _, level: _, level_blank: _, through: _ } = risk;
    let fields = own(TextOwner::Risk(at, nth))
        .with(TextField::Code, id)
        .with(TextField::Name, name)
        .with(TextField::Category, category)
        .with(TextField::Items, items);
    fields.0.into_iter()
}

fn of_measure(at: StageIx, nth: usize, measure: &Measure) -> impl Iterator<Item = ChartText<'_>> {
    let Measure { name, items, responsible, supervisor, deadline, basis, span: _, through: _ } = measure;
    let mut fields = own(TextOwner::Measure(at, nth)).with(TextField::Name, name).with(TextField::Items, items);
    for (field, people) in [(TextField::Responsible, responsible), (TextField::Supervisor, supervisor)] {
        for Person { rank, name } in people {
            fields = fields.with(TextField::Rank, rank).with(field, [name]);
        }
    }
    fields.with(TextField::Deadline, deadline).with(TextField::Basis, basis).0.into_iter()
}

/// The texts of one owner as they are gathered.
struct Gathered<'c>(Vec<ChartText<'c>>, TextOwner);

fn own<'c>(owner: TextOwner) -> Gathered<'c> {
    Gathered(Vec::new(), owner)
}

impl<'c> Gathered<'c> {
    fn with(mut self, field: TextField, texts: impl IntoIterator<Item = &'c Text>) -> Self {
        let owner = self.1;
        self.0.extend(texts.into_iter().map(|text| ChartText { text, field, owner }));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stamp;
    use super::*;
    use crate::diag::Report;
    use crate::host::{Entry, Host, ReadFault};
    use crate::{input, model};

    /// A chart with every text that one can have. Each holds a number of its own in §.
    const FULL: &str = "
        unit = '单位§01§'
        title = '标题§02§'
        power = '职权§03§'
        subtitle = '副题§04§'
        code = '编码§05§'
        category = '类别§06§'
        department = '科室§07§'
        version = '版本§08§'
        date = '日期§09§'
        phones = { '电话§10§' = '号码§11§' }
        notes = ['备注§12§']
        logo = '徽标§13§.svg'
        qr = { text = '内容§14§', label = '说明§15§' }
        watermark = '水印§16§'
        rating = '等级§17§'
        level = [{ name = '等级§17§', mark = '标记§18§' }, { name = '低', mark = '低§19§' }]
        [labels]
        level = '用语§20§'
        responsible = '用语§21§'
        supervisor = '用语§22§'
        deadline = '用语§23§'
        department = '用语§24§'
        materials = '用语§25§'
        basis = '用语§26§'
        category = '用语§27§'
        notes = '用语§28§'
        legend = '用语§29§'
        [columns]
        heads = ['表头§30§', '表头§31§', '表头§32§']
        [[stage]]
        id = '标识§33§'
        name = '环节§34§'
        note = '说明§35§'
        deadline = '时限§36§'
        department = '科室§37§'
        materials = ['材料§38§']
        steps = ['步骤§39§', '步骤']
        phase = '阶段§40§'
        next = [{ to = '办结', label = '通过§41§' }]
        [[stage.risk]]
        id = '编号§42§'
        name = '风险§43§'
        category = '类别§44§'
        level = '低'
        items = ['表现§45§。']
        [[stage.measure]]
        name = '措施§46§'
        items = ['防控§47§。']
        responsible = ['直接责任人§48§：张三§49§']
        supervisor = ['监督§50§：李四§51§']
        deadline = '时限§52§'
        basis = ['依据§53§']
        [[stage]]
        name = '办结'
    ";

    struct One(String);

    impl Host for One {
        fn read(&self, _: &str) -> Result<Vec<u8>, ReadFault> {
            Ok(self.0.as_bytes().to_vec())
        }
    }

    fn chart(text: String) -> Chart {
        let mut report = Report::default();
        let entry = Entry { chart: "x.toml".to_owned(), project: None };
        let tree = input::read(&One(text), &entry, &mut report).expect("a tree");
        model::check(tree, &mut report).unwrap_or_else(|| panic!("{:?}", report.diagnostics))
    }

    fn marked(number: usize) -> String {
        format!("§{number:02}§")
    }

    const COUNT: usize = 53;

    #[test]
    fn every_text_is_told_once() {
        let chart = chart(FULL.to_owned());
        for number in 1..=COUNT {
            let said: Vec<_> = chart.texts().filter(|said| said.text.value.contains(&marked(number))).collect();
            assert_eq!(said.len(), 1, "{} {said:?}", marked(number));
        }
    }

    #[test]
    fn the_stamp_covers_what_is_printed_of_them() {
        let whole = chart(FULL.to_owned());
        for number in 1..=COUNT {
            let other = chart(FULL.replace(&marked(number), "另"));
            let said = whole.texts().find(|said| said.text.value.contains(&marked(number))).expect("told");
            let printed = !matches!(said.field, TextField::Logo | TextField::Id);
            assert_eq!(Stamp::of(&other) != Stamp::of(&whole), printed, "{said:?}");
        }
    }
}
