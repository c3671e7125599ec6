//! A chart arranged by hand: every kind of item and role, in plain rows.

use std::sync::Arc;

use riskchart::color::Rgb;
use riskchart::font::{FaceId, FontBook};
use riskchart::geom::{Path, Point, Rect, Size};
use riskchart::scene::{
    Bookmark, ColorMode, FillRule, Glyph, GlyphRun, Group, Image, Item, Link, Meta, Page, Role, Scene, Shape, Stroke,
    Summary, Target,
};
use riskchart::unit::Length;

/// Builds items from the top of a page downwards.
pub(crate) struct Pen {
    fonts: Arc<FontBook>,
    y: Length,
}

impl Pen {
    pub(crate) fn new(fonts: Arc<FontBook>) -> Self {
        Self { fonts, y: Length::mm(20) }
    }

    fn face(&self, family: &str, bold: bool) -> FaceId {
        self.fonts.find(family, bold).expect("embedded")
    }

    /// A line of text, each character in the face that has it; the pen moves down.
    pub(crate) fn line(&mut self, x: Length, text: &str, family: &str, bold: bool, pt: f64) -> Item {
        let size = Length::from_pt(pt);
        self.y += size.percent(135);
        let face = self.face(family, bold);
        let run = run(&self.fonts, face, Point::new(x, self.y), size, text);
        Item::Text(run)
    }
}

/// A run in one face with the advances of the face.
pub(crate) fn run(fonts: &FontBook, face: FaceId, origin: Point, size: Length, text: &str) -> GlyphRun {
    let font = fonts.face(face);
    let glyphs = text
        .char_indices()
        .map(|(at, c)| {
            let id = font.glyph(c).unwrap_or_else(|| panic!("no glyph for {c}"));
            Glyph {
                id,
                advance: font.advance(id).at(size),
                dx: Length::ZERO,
                dy: Length::ZERO,
                cluster: at as u32..(at + c.len_utf8()) as u32,
            }
        })
        .collect();
    GlyphRun { face, size, origin, color: Rgb::hex(0x1f2933), glyphs, text: text.to_owned(), span: None }
}

pub(crate) fn group(role: Role, items: Vec<Item>) -> Item {
    Item::Group(Group { role, span: None, part: None, items })
}

pub(crate) fn shape(path: Path, fill: Option<Rgb>, stroke: Option<(Rgb, i64)>) -> Item {
    let stroke = stroke.map(|(color, width)| Stroke { color, width: Length::um(width), dash: None });
    Item::Path(Shape { path, fill, rule: FillRule::NonZero, stroke, span: None })
}

fn boxed(left: Length, top: Length, width: Length, bottom: Length, color: Rgb) -> Item {
    let path = Path::rounded(Rect::new(left, top, left + width, bottom), Length::mm(1));
    group(Role::Decoration, vec![shape(path, Some(color.tint(10)), Some((color, 300)))])
}

type Lines = &'static [&'static str];
/// A risk box: its number, items and level.
type Risk = (&'static str, Lines, &'static str);
/// A measure box: its items and who is responsible.
type Measure = (Lines, &'static str);
/// A stage's name and boxes.
type Entry = (&'static str, Option<Risk>, Option<Measure>);

/// Stages with their risks and measures.
const ROWS: &[Entry] = &[
    ("接到线索", None, None),
    (
        "立案",
        Some(("A1-1", &["检查组成人员有直接利害关系人。", "超时、超权限立案。", "无检查方案。"], "中")),
        Some((&["执行回避制度。", "实行检查组组长审批制。"], "检查组人员")),
    ),
    (
        "检查",
        Some((
            "A2",
            &[
                "检查过程中不严、不细致，对情况了解不全面。",
                "检查人员不负责任或接受他人委托、收受当事人财物等，致使检查有重大疏漏。",
                "擅自发布检查信息。",
                "现场和相关证据痕迹、物证、文件、资料等不齐全或丢失。",
                "检查不及时、不准确（超过 15 个工作日 No. 12345）。",
            ],
            "高",
        )),
        Some((
            &[
                "坚持实事求是、尊重科学的原则。",
                "执行信息公开审签制度。",
                "落实物证等清单制度和专人管理制度。",
                "加强纪检监察。",
            ],
            "检查组人员、负责人",
        )),
    ),
    (
        "审查",
        Some((
            "",
            &[
                "擅自改变检查结论。",
                "审核过程中对重大质疑点，疏忽或故意隐瞒。",
                "超时上报检查报告。",
                "存在接受请托、宴请以及收受礼品、礼金等违纪行为。",
                "检查人员泄密，违反相关纪律。",
                "包庇、袒护负有责任的人员；超权限和程序处罚、处分单位和责任人。",
                "滥用职权、徇私舞弊、玩忽职守，造成国家利益、公共利益损失。",
            ],
            "高",
        )),
        Some((
            &[
                "落实监督机制，实行全过程监督。",
                "严格按照相关标准、程序及权限审查。",
                "落实限时办结制。",
                "设立举报电话、举报箱和信访受理，强化事后监管，发现并及时纠正调查、审查、批复过程中存在的问题。",
            ],
            "分管领导、业务处室",
        )),
    ),
    ("办结", None, Some((&["检查材料归档齐全、完整。"], "承办人"))),
];

fn list(pen: &mut Pen, x: Length, items: &[&str]) -> Item {
    let numbered = |(n, item): (usize, &&str)| {
        let top = pen.y;
        let label = pen.line(x, &format!("{}.", n + 1), "hei", false, 10.5);
        pen.y = top;
        let body = pen.line(x + Length::mm(6), item, "hei", false, 10.5);
        group(Role::ListItem, vec![group(Role::Label, vec![label]), group(Role::ListBody, vec![body])])
    };
    group(Role::List, items.iter().enumerate().map(numbered).collect())
}

fn row(pen: &mut Pen, row: &Entry) -> Item {
    let (name, risk, measure) = row;
    let top = pen.y;
    let mut bottom = top;
    let stage = pen.line(Length::mm(20), name, "song", true, 14.0);
    let frame = boxed(Length::mm(15), top, Length::mm(40), pen.y + Length::mm(2), Rgb::hex(0x12355b));
    let cell = |items| group(Role::Cell { rows: 1 }, items);
    let mut flow = vec![group(Role::Stage, vec![frame, stage])];
    let (mut risks, mut measures) = (Vec::new(), Vec::new());
    bottom = bottom.max(pen.y);
    if let Some((code, entries, level)) = risk {
        pen.y = top;
        let mut parts = Vec::new();
        if !code.is_empty() {
            parts.push(group(Role::RiskHeading, vec![pen.line(Length::mm(70), code, "hei", true, 10.5)]));
        }
        parts.push(list(pen, Length::mm(70), entries));
        let line = pen.line(Length::mm(70), &format!("风险等级：{level}"), "hei", true, 10.5);
        parts.push(group(Role::Level, vec![line]));
        let frame = boxed(Length::mm(67), top, Length::mm(120), pen.y + Length::mm(2), Rgb::hex(0xb3261e));
        parts.insert(0, frame);
        risks.push(group(Role::Risk, parts));
        bottom = bottom.max(pen.y);
    }
    if let Some((entries, responsible)) = measure {
        pen.y = top;
        let mut parts = vec![list(pen, Length::mm(200), entries)];
        let line = pen.line(Length::mm(200), &format!("责任人：{responsible}"), "hei", true, 10.5);
        parts.push(group(Role::Responsible, vec![line]));
        measures.push(group(Role::Measure, parts));
        bottom = bottom.max(pen.y);
    }
    let (from, to) =
        (Point::new(Length::mm(35), bottom + Length::mm(2)), Point::new(Length::mm(35), bottom + Length::mm(8)));
    let arrow = Path::polyline(&[from, to]);
    flow.push(group(Role::Decoration, vec![shape(arrow, None, Some((Rgb::hex(0x52606d), 500)))]));
    pen.y = bottom + Length::mm(9);
    group(Role::Row, vec![cell(flow), cell(risks), cell(measures)])
}

fn qr(pen: &mut Pen) -> Item {
    let mut modules = Path::default();
    for i in 0..200_i64 {
        let (x, y) = ((i * 7 + i * i) % 25, (i * 11) % 25);
        let left = Length::mm(240) + Length::um(800 * x);
        let square = Rect::at(left, pen.y + Length::um(800 * y), Size::new(Length::um(800), Length::um(800)));
        modules.segments.extend(Path::rect(square).segments);
    }
    let area = Rect::at(Length::mm(240), pen.y, Size::new(Length::mm(20), Length::mm(20)));
    pen.y += Length::mm(20);
    let label = pen.line(Length::mm(240), "扫码举报", "hei", false, 9.0);
    let target = Target::Uri("https://example.gov.cn/举报?a=1&b=<2>".to_owned());
    let link = Item::Link(Link { rect: area, target, items: vec![shape(modules, Some(Rgb::BLACK), None)] });
    group(Role::Qr, vec![link, label])
}

/// Two frames in one path, filled and dashed: what writers that know one ring alone get wrong.
fn frames() -> Item {
    let frame =
        |x: i64| Path::rect(Rect::at(Length::mm(x), Length::mm(385), Size::new(Length::mm(20), Length::mm(12))));
    let segments = [frame(70), frame(95)].into_iter().flat_map(|frame| frame.segments).collect();
    let stroke = Stroke { color: Rgb::hex(0x0b6e4f), width: Length::mm(1), dash: Some((Length::mm(3), Length::mm(2))) };
    let shape = Shape {
        path: Path { segments },
        fill: Some(Rgb::hex(0xfff3bf)),
        rule: FillRule::NonZero,
        stroke: Some(stroke),
        span: None,
    };
    group(Role::Decoration, vec![Item::Path(shape)])
}

fn logo() -> Item {
    let (width, height) = (8_u32, 8_u32);
    let rgba: Vec<u8> =
        (0..width * height).flat_map(|i| [(i * 4) as u8, 40, 200, if i % 3 == 0 { 90 } else { 255 }]).collect();
    let rect = Rect::at(Length::mm(15), Length::mm(10), Size::new(Length::mm(12), Length::mm(12)));
    let image = Image { rect, width, height, rgba: rgba.into(), alt: "高新区徽标".to_owned(), span: None };
    group(Role::Logo, vec![Item::Image(image)])
}

fn page(fonts: &Arc<FontBook>, title: &str, bleed: Length) -> Page {
    let trim = Rect::at(bleed, bleed, Size::new(Length::mm(297), Length::mm(420)));
    let mut pen = Pen::new(fonts.clone());
    let mut items = vec![logo(), frames()];
    items.push(group(Role::Unit, vec![pen.line(Length::mm(100), "长治高新区财政管理运营部", "hei", false, 16.0)]));
    items.push(group(Role::Title, vec![pen.line(Length::mm(60), title, "song", true, 28.0)]));
    pen.y += Length::mm(8);
    let top = pen.y;
    let mut heads = Vec::new();
    for (x, head) in [(15, "工作流程"), (67, "风险点等级及表现形式"), (200, "防控措施及责任人")] {
        pen.y = top;
        heads.push(group(Role::ColumnHead, vec![pen.line(Length::mm(x), head, "hei", true, 13.0)]));
    }
    pen.y += Length::mm(6);
    let rows = ROWS.iter().map(|entry| row(&mut pen, entry));
    items.push(group(Role::Table, [group(Role::HeadRow, heads)].into_iter().chain(rows).collect()));
    items.push(group(
        Role::Note,
        vec![pen.line(Length::mm(15), "注：本图由“三公”经费——〈说明〉·编制……", "hei", false, 9.0)],
    ));
    items.push(qr(&mut pen));
    let phone = pen.line(Length::mm(15), "监管电话：0355-12345 & <12388>", "hei", false, 9.0);
    items.push(group(Role::Footer, vec![group(Role::Phone, vec![phone])]));
    items.push(group(Role::Folio, vec![pen.line(Length::mm(140), "1/1", "hei", false, 8.0)]));
    let media = Size::new(Length::mm(297) + bleed * 2, Length::mm(420) + bleed * 2);
    let outer = Rect::at(Length::ZERO, Length::ZERO, media);
    Page { media, trim, bleed: outer, continued: false, items }
}

/// A chart of `pages` pages on A3.
pub(crate) fn chart(fonts: &Arc<FontBook>, pages: usize, color: ColorMode) -> Scene {
    let meta = Meta {
        title: "长治高新区财政管理运营部行政职权廉政风险防控图（行政检查）& <测试>".to_owned(),
        author: "长治高新区财政管理运营部".to_owned(),
        description: "行政检查的五个环节、风险点与防控措施。".to_owned(),
        keywords: vec!["廉政风险".to_owned(), "行政检查".to_owned()],
        identifier: "JC-01 2024".to_owned(),
        summary: Summary::default(),
        date: "2024年5月1日".to_owned(),
        color,
        press: None,
        body_size: Length::from_pt(10.5),
        paper: "A3".to_owned(),
    };
    let stage = |title: &str, y: i64| Bookmark { title: title.to_owned(), page: 0, y: Length::mm(y), children: vec![] };
    let children = vec![stage("接到线索", 60), stage("立案", 80), stage("检查", 100)];
    let outline = vec![Bookmark { title: "行政检查".to_owned(), page: 0, y: Length::ZERO, children }];
    let bleed = if color == ColorMode::Cmyk { Length::mm(3) } else { Length::ZERO };
    let page = |_| page(fonts, "行政职权廉政风险防控图（行政检查）", bleed);
    Scene { meta, pages: (0..pages).map(page).collect(), outline, fonts: fonts.clone() }
}

/// The texts of all runs, in order.
pub(crate) fn texts(scene: &Scene) -> Vec<String> {
    let mut texts = Vec::new();
    for page in &scene.pages {
        page.walk(|item, _| {
            if let Item::Text(run) = item {
                texts.push(run.text.clone());
            }
        });
    }
    texts
}
