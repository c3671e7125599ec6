//! Every text of a chart at a length that no one expects, in every script: on any paper, either way round and in any theme
//! it is drawn without a fault, or refused for lack of room in words. Around the grid it is always drawn: what is too much
//! for a line there is broken.
//!
//! `cargo test` draws some of them once; `RISKCHART_LENGTHS=1` each on every paper, both ways round, in every theme, 48,000
//! pictures, which takes some minutes with `--release`; `RISKCHART_LENGTHS=10` draws a tenth of these.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a longer run is asked for, and counted"
)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use riskchart::diag::{Code, Report, Severity};
use riskchart::font::FontBook;
use riskchart::paper::{Orientation, Paper};
use riskchart::scene::{Scene, verify};
use riskchart::{Entry, Options, compile};
use support::Memory;

/// Each text of a chart, as a mark in the chart below.
const FIELDS: [&str; 53] = [
    // Around the grid.
    "unit",
    "title",
    "power",
    "subtitle",
    "code",
    "category",
    "department",
    "version",
    "date",
    "footer version",
    "phone label",
    "phone number",
    "blank phone label",
    "note",
    "second note",
    "qr label",
    "watermark",
    "label notes",
    "label legend",
    // In it.
    "label level",
    "label responsible",
    "label supervisor",
    "label deadline",
    "label department",
    "label materials",
    "label basis",
    "label category",
    "head flow",
    "head risk",
    "head measure",
    "level name",
    "other level name",
    "stage name",
    "stage note",
    "stage deadline",
    "stage department",
    "material",
    "step",
    "phase",
    "branch",
    "decision",
    "beside",
    "risk id",
    "risk name",
    "risk category",
    "risk item",
    "measure name",
    "measure item",
    "responsible",
    "rank",
    "supervisor",
    "measure deadline",
    "basis",
];

/// How many of these stand around the grid.
const AROUND: usize = 19;

/// Texts without a place to break, and lengths of them.
const TEXTS: &[(&str, &str)] = &[
    ("Latin", "Administrativerechtsaufsichtsbehoerdenverfahren"),
    ("capitals", "WMWMWMWMWMWMWMWMWMWMWMWMWMWMWM"),
    ("Han", "中华人民共和国行政许可法实施细则财政管理运营"),
    ("digits", "0355202620270123456789"),
    ("dashes", "——————————"),
    ("dots", "……………………"),
    ("address", "https://www.example.gov.cn/a/b/c?id=1&name=2"),
    ("letters apart", "a b c d e f g h i j k l m n o p q r s t u v w x y z "),
    ("closing marks", "”）》」】。，、；："),
    ("opening marks", "“（《「【"),
];
const LENGTHS: &[usize] = &[24, 60, 200];

/// A chart in which all of these stand.
const CHART: &str = r##"
单位 = "{unit|某某市财政局}"
标题 = "{title|行政职权廉政风险防控图}"
职权 = "{power|行政检查}"
副标题 = "{subtitle|依申请类}"
{header}
备注 = ["{note|本图公开。}", "{second note|长期有效。}"]
水印 = "{watermark|样稿}"
职权等级 = "{level name|高}"

[电话]
"{phone label|监督电话}" = "{phone number|0355-2123456}"
"{blank phone label|服务电话}" = ""

[二维码]
内容 = "https://www.example.gov.cn"
说明 = "{qr label|扫码举报}"

[用语]
风险等级 = "{label level|等次}"
责任人 = "{label responsible|责任人}"
监督人 = "{label supervisor|监督人}"
时限 = "{label deadline|时限}"
责任科室 = "{label department|科室}"
材料 = "{label materials|材料}"
依据 = "{label basis|依据}"
类别 = "{label category|类别}"
备注 = "{label notes|备注}"
图例 = "{label legend|图例}"

[栏目]
表头 = ["{head flow|流程}", "{head risk|风险}", "{head measure|措施}"]

[[等级定义]]
名称 = "{level name|高}"
[[等级定义]]
名称 = "{other level name|低}"

[[环节]]
名称 = "{stage name|受理}"
说明 = "{stage note|窗口}"
时限 = "{stage deadline|2个工作日}"
责任科室 = "{stage department|办公室}"
材料 = ["{material|申请书}"]
步骤 = ["{step|登记}", "编号"]
阶段 = "{phase|受理阶段}"
[[环节.风险]]
编号 = "{risk id|A1}"
风险点 = "{risk name|受理}"
类别 = "{risk category|岗位职责}"
表现形式 = ["{risk item|超时受理。}", "拖延。"]
风险等级 = "{level name|高}"
[[环节.措施]]
措施名称 = "{measure name|前期预防}"
防控措施 = ["{measure item|限时办结。}", "公开。"]
责任人 = ["{responsible|张三}", "{rank|直接责任人}：李四"]
监督人 = ["{supervisor|王五}"]
时限 = "{measure deadline|每季度}"
依据 = ["{basis|《行政许可法》}"]

[[环节]]
标识 = "b"
名称 = "{decision|审查}"
形状 = "判断"
下一步 = ["c", { 到 = "d", 说明 = "{branch|不齐全}" }]

[[环节]]
标识 = "d"
名称 = "{beside|退回}"
旁支 = "b"
下一步 = []

[[环节]]
标识 = "c"
名称 = "办结"
"##;

/// The header's fields; without them, version and date stand in the footer.
const HEADER: &str = r#"
职权编码 = "{code|140000-XK-0027}"
职权类别 = "{category|行政检查}"
责任科室 = "{department|法规科}"
版本 = "{version|第一版}"
日期 = "{date|2026年3月}"
"#;

/// The chart with one of its texts.
fn chart(field: &str, text: &str) -> String {
    let header = if field == "footer version" { "版本 = \"{footer version|第一版}\"" } else { HEADER };
    let chart = CHART.replace("{header}", header);
    let mut parts = chart.split('{');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((mark, rest)) = part.split_once('}').filter(|(mark, _)| mark.contains('|')) else {
            written.push('{');
            written.push_str(part);
            continue;
        };
        let (name, usual) = mark.split_once('|').expect("a name and its usual text");
        written.push_str(if name == field { text } else { usual });
        written.push_str(rest);
    }
    written
}

fn text(of: &str, length: usize, field: &str) -> String {
    // More is refused by name.
    let most = match field {
        "watermark" => 16,
        "rank" => 12,
        _ => length,
    };
    of.chars().cycle().take(most).collect()
}

/// A text, where it stands, and the number of a page.
struct Case {
    field: usize,
    text: &'static (&'static str, &'static str),
    length: usize,
    page: usize,
}

/// Each text in each field, at each length: on one page of so many pages, or on one of `every` of them.
fn cases(every: Option<usize>, pages: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for field in 0..FIELDS.len() {
        for (kind, text) in TEXTS.iter().enumerate() {
            for (size, &length) in LENGTHS.iter().enumerate() {
                let long_word = field < AROUND && (kind, size) == (0, 1);
                let nth = field + kind * LENGTHS.len() + size;
                let some = (field + kind).is_multiple_of(TEXTS.len()) || nth.is_multiple_of(23);
                let own = (field * 7 + kind * 11 + size * 17) % pages;
                let on = |page: &usize| match every {
                    Some(every) => (page + own).is_multiple_of(every),
                    None => *page == own && (some || long_word),
                };
                cases.extend((0..pages).filter(on).map(|page| Case { field, text, length, page }));
            }
        }
    }
    cases
}

/// The picture of a chart, or the kinds of errors for which there is none.
fn drawn(chart: &str, options: &Options) -> Result<Scene, Vec<Code>> {
    let files = BTreeMap::from([("图.toml".to_owned(), chart.as_bytes().to_vec())]);
    let entry = Entry { chart: "图.toml".to_owned(), project: None };
    let errors = |report: Report| {
        let errors = report.diagnostics.into_iter().filter(|problem| problem.severity == Severity::Error);
        errors.map(|problem| problem.code).collect()
    };
    compile(&Memory(files), &entry, options).map(|(scene, _)| scene).map_err(errors)
}

#[test]
fn texts_of_any_length_stay_on_the_page() {
    let fonts = Arc::new(FontBook::embedded());
    let every = std::env::var("RISKCHART_LENGTHS").ok().and_then(|every| every.parse().ok());
    let mut pages = Vec::new();
    for paper in ["A5", "A4", "A3", "A2", "A1"] {
        for way in [Orientation::Portrait, Orientation::Landscape] {
            pages.extend(["公文", "黑白", "经典"].map(|theme| (paper, way, theme)));
        }
    }
    let (mut wrong, mut count, mut refused) = (Vec::new(), 0, 0);
    for Case { field, text: (kind, of), length, page } in cases(every, pages.len()) {
        let (paper, way, theme) = pages[page];
        let options = Options {
            fonts: Arc::clone(&fonts),
            paper: Paper::parse(paper),
            orientation: Some(Some(way)),
            theme: Some(theme.to_owned()),
            stamp: false,
        };
        let name = FIELDS[field];
        let told = match drawn(&chart(name, &text(of, length, name)), &options) {
            Ok(scene) => verify(&scene).first().map(|fault| format!("{:?}", fault.kind)),
            Err(codes) if field >= AROUND && codes == [Code::DoesNotFit] => {
                refused += 1;
                None
            }
            Err(codes) => Some(format!("{codes:?}")),
        };
        count += 1;
        wrong.extend(told.map(|told| format!("{name}, {length} of {kind}, {paper} {way:?} {theme}: {told}")));
    }
    println!("{count} tried, {refused} of them do not fit their page");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused * 10 < count, "{refused} of {count} are refused");
}
