//! A chart as it is meant: typed, defaults filled in, ids resolved, valid by construction.
//!
//! The fields follow the chart format (README, 图的写法); Chinese key names stand beside them.

mod blanks;
mod build;
mod choices;
mod fields;
mod flow;
mod folder;
mod lints;
mod page;
mod people;
mod phases;
mod ranks;
mod stages;
mod stamp;
mod texts;
mod titles;

pub use choices::{orientation, orientations};
pub use folder::compare;
pub use page::paper_meant;
pub use stamp::Stamp;
pub use texts::{ChartText, TextField, TextOwner};

use crate::color::Rgb;
use crate::diag::Report;
use crate::input::Table;
use crate::source::{Span, Spanned, Text};

/// One chart: one kind of administrative power (职权).
#[derive(Clone, Debug)]
pub struct Chart {
    /// 单位: the agency, first title line.
    pub unit: Option<Text>,
    /// 标题: second title line.
    pub title: Text,
    /// 职权: printed as （power） after the title.
    pub power: Text,
    /// 副标题: smaller line under the title.
    pub subtitle: Option<Text>,
    /// 职权编码.
    pub code: Option<Text>,
    /// 职权类别.
    pub category: Option<Text>,
    /// 责任科室.
    pub department: Option<Text>,
    /// 版本.
    pub version: Option<Text>,
    /// 日期, as written.
    pub date: Option<Text>,
    /// 电话, in the order written.
    pub phones: Vec<Phone>,
    /// 备注: printed under the grid.
    pub notes: Vec<Text>,
    /// 徽标: the path as written.
    pub logo: Option<Text>,
    /// 二维码.
    pub qr: Option<Qr>,
    /// 职权等级: the level of the whole power.
    pub rating: Option<Spanned<LevelIx>>,
    /// 水印: of one line and at most [`LONGEST_WATERMARK`] characters.
    pub watermark: Option<Text>,
    /// 流程箭头: false is a ledger, whose stages have no order and lead nowhere.
    pub arrows: bool,
    /// 用语.
    pub labels: Labels,
    /// 栏目.
    pub columns: Columns,
    /// 等级定义: the scale, worst first. Never empty.
    pub levels: Vec<Level>,
    /// 环节: the flow, in order. Never empty.
    pub stages: Vec<Stage>,
    /// 版面.
    pub page: PageSettings,
}

/// A telephone line of the footer. An empty number prints a ruled blank.
#[derive(Clone, Debug)]
pub struct Phone {
    /// What it is for, e.g. 监督电话.
    pub label: Text,
    /// The number, possibly empty.
    pub number: Text,
}

/// 二维码.
#[derive(Clone, Debug)]
pub struct Qr {
    /// 内容.
    pub text: Text,
    /// 说明.
    pub label: Option<Text>,
}

/// The most characters of a watermark: more would be small or leave the page.
pub const LONGEST_WATERMARK: usize = 16;

/// 用语: the chart's own words for those that the program prints before a text, without a colon.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// 风险等级.
    pub level: Option<Text>,
    /// 责任人.
    pub responsible: Option<Text>,
    /// 监督人.
    pub supervisor: Option<Text>,
    /// 时限.
    pub deadline: Option<Text>,
    /// 责任科室.
    pub department: Option<Text>,
    /// 材料.
    pub materials: Option<Text>,
    /// 依据.
    pub basis: Option<Text>,
    /// 类别.
    pub category: Option<Text>,
    /// 备注.
    pub notes: Option<Text>,
    /// 图例: before the levels in the footer, in the place of that for a level.
    pub legend: Option<Text>,
}

impl Labels {
    /// All of them, taken apart by all fields: a new one can't be forgotten here.
    fn all(&self) -> [&Option<Text>; 10] {
        let Self { level, responsible, supervisor, deadline, department, materials, basis, category, notes, legend } =
            self;
        [level, responsible, supervisor, deadline, department, materials, basis, category, notes, legend]
    }
}

/// One of the three columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 工作流程.
    Flow,
    /// 风险点等级及表现形式.
    Risk,
    /// 防控措施及责任人.
    Measure,
}

/// The heads of a chart that names none, in flow, risk, measure order. Their breaks are places where they may be broken:
/// a head that the user writes is broken where it says so, these only where the column is too narrow for one line.
pub const STANDARD_HEADS: [&str; 3] = ["工作流程", "风险点等级\n及表现形式", "防控措施\n及责任人"];

/// 栏目: the columns' order and heads.
#[derive(Clone, Debug)]
pub struct Columns {
    /// 顺序: a permutation of the three, left to right.
    pub order: [Column; 3],
    /// 表头, in flow, risk, measure order; `\n` breaks a line.
    pub heads: [Text; 3],
}

/// 等级定义 of charts that write none, worst first.
pub const STANDARD_LEVELS: [&str; 3] = ["高", "中", "低"];

/// A step of the scale of risk. Which is worse is told by the order alone.
#[derive(Clone, Debug)]
pub struct Level {
    /// 名称, e.g. 高.
    pub name: Text,
    /// 颜色; by rank from the theme where left out.
    pub color: Option<Spanned<Rgb>>,
    /// 标记; by rank from the theme where left out.
    pub mark: Option<Text>,
}

/// What is printed where a text is still to be filled in: a rule to write on.
pub const BLANK: &str = "________";

/// An index into [`Chart::stages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageIx(pub usize);

/// An index into [`Chart::levels`]; 0 is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelIx(pub usize);

/// 环节: one box of the flow.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The whole table, for faults of the box as such.
    pub span: Span,
    /// 标识: unique; the name where none was written.
    pub id: Text,
    /// 名称.
    pub name: Text,
    /// 说明: smaller text in the box.
    pub note: Option<Text>,
    /// 时限.
    pub deadline: Option<Text>,
    /// 责任科室.
    pub department: Option<Text>,
    /// 材料.
    pub materials: Vec<Text>,
    /// 步骤: a numbered list in the box.
    pub steps: Vec<Text>,
    /// 阶段. That of its row is told by [`Chart::phase`].
    pub phase: Option<Text>,
    /// 形状.
    pub shape: Shape,
    /// 下一步. Empty where the flow ends.
    pub next: Vec<Link>,
    /// 旁支: the stage in whose row this box stands. A host has no host itself.
    pub beside: Option<Spanned<StageIx>>,
    /// 风险.
    pub risks: Vec<Risk>,
    /// 措施.
    pub measures: Vec<Measure>,
}

/// 形状: what a flow box looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// 步骤.
    #[default]
    Step,
    /// 判断.
    Decision,
    /// 开始.
    Start,
    /// 结束.
    End,
}

/// An arrow of the flow.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub to: StageIx,
    /// What stands beside it, e.g. 材料不齐全.
    pub label: Option<Text>,
    /// Where it was written; the stage's name where it is the default.
    pub span: Span,
}

/// 风险: a box of the risk column.
#[derive(Clone, Debug)]
pub struct Risk {
    /// The whole table.
    pub span: Span,
    /// 编号, e.g. A1-1.
    pub id: Option<Text>,
    /// 风险点: the box's heading.
    pub name: Option<Text>,
    /// 类别.
    pub category: Option<Text>,
    /// 风险等级.
    pub level: Option<Spanned<LevelIx>>,
    /// Whether 风险等级 is there to be filled in: a rule is printed in its place.
    pub level_blank: bool,
    /// 表现形式.
    pub items: Vec<Text>,
    /// 至: the last stage whose row the box spans; not before the box's own.
    pub through: Option<Spanned<StageIx>>,
}

/// 措施: a box of the measure column.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The whole table.
    pub span: Span,
    /// 措施名称: the box's heading.
    pub name: Option<Text>,
    /// 防控措施.
    pub items: Vec<Text>,
    /// 责任人.
    pub responsible: Vec<Person>,
    /// 监督人.
    pub supervisor: Vec<Person>,
    /// 时限.
    pub deadline: Option<Text>,
    /// 依据.
    pub basis: Vec<Text>,
    /// 至: the last stage whose row the box spans; not before the box's own.
    pub through: Option<Spanned<StageIx>>,
}

/// Somebody who is responsible or supervises.
#[derive(Clone, Debug)]
pub struct Person {
    /// The rank written before a colon, without it: 直接责任人 of `直接责任人：甲`.
    pub rank: Option<Text>,
    /// The name.
    pub name: Text,
}

/// 版面, as written: what is left out is filled in by paper and theme.
#[derive(Clone, Debug, Default)]
pub struct PageSettings {
    /// 纸张.
    pub paper: Option<Spanned<crate::paper::Paper>>,
    /// 方向; `None` is 自动.
    pub orientation: Option<Spanned<crate::paper::Orientation>>,
    /// 页边距: top, right, bottom, left, in mm.
    pub margin: Option<Spanned<[f64; 4]>>,
    /// 出血, in mm.
    pub bleed: Option<Spanned<f64>>,
    /// 裁切标记.
    pub marks: Option<Spanned<bool>>,
    /// 主题: a name of the theme table.
    pub theme: Option<Text>,
    /// 字体.
    pub fonts: FontNames,
    /// 编号样式.
    pub numbering: Numbering,
    /// 单项编号: whether a lone item is numbered.
    pub number_single: bool,
    /// 最小字号, in pt.
    pub min_size: Option<Spanned<f64>>,
    /// 阅读距离, in m.
    pub distance: Option<Spanned<f64>>,
    /// 色彩.
    pub color: Option<Spanned<ColorSpace>>,
    /// 色彩配置: the path of the press's profile, as written.
    pub profile: Option<Text>,
}

impl PageSettings {
    /// Whether the PDF is of four inks.
    pub fn is_for_press(&self) -> bool {
        self.color.as_ref().is_some_and(|color| color.value == ColorSpace::Cmyk)
    }
}

/// 字体: family names by use.
#[derive(Clone, Debug, Default)]
pub struct FontNames {
    /// 标题.
    pub title: Option<Text>,
    /// 栏头.
    pub head: Option<Text>,
    /// 正文.
    pub body: Option<Text>,
}

/// 编号样式: how items are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// `1.`
    #[default]
    Dot,
    /// `1、`
    Comma,
    /// `（1）`
    Parenthesised,
    /// `①`
    Circled,
    /// `一、`
    Han,
    /// No numbers.
    None,
}

/// 色彩: the colour operators of the PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColorSpace {
    /// DeviceRGB, meant as sRGB.
    #[default]
    Rgb,
    /// DeviceCMYK, black as K alone.
    Cmyk,
    /// DeviceGray.
    Gray,
}

/// Builds the chart that a tree read by [`crate::input::read`] describes.
///
/// What the tree's values say of each other is checked here: stages and levels named, papers, colours, what has to be
/// there. Every problem goes to `report`; a chart without errors is looked through for doubtful content too. `None`
/// where the report holds an error, be it from reading the tree.
pub fn check(tree: Table, report: &mut Report) -> Option<Chart> {
    let known = report.diagnostics.len();
    let chart = build::chart(&tree, report);
    report.drop_guesses(known);
    let chart = chart.filter(|_| !report.has_errors())?;
    lints::check(&chart, report);
    (!report.has_errors()).then_some(chart)
}
