//! Titles: the unit, the title and the power in one line or several.

use super::squeezed;

/// What a title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// 单位.
    pub(crate) unit: String,
    /// 标题, without the power in brackets.
    pub(crate) title: String,
    /// 职权.
    pub(crate) power: String,
    /// Whether it says that the chart goes on: （续）.
    pub(crate) goes_on: bool,
}

/// How titles begin behind a unit or a power.
const BEGINNINGS: &[&str] = &[
    "行政职权",
    "行政权力",
    "权力运行",
    "廉政风险",
    "廉洁风险",
    "廉政防控",
    "岗位廉政",
    "岗位廉洁",
    "重点岗位",
    "公权力",
    "职权运行",
    "职权廉",
    "权力事项",
    "风险防控",
    "风险点",
    "业务流程",
    "岗位风险",
    "内部控制",
    "内控",
];

/// How names of agencies end.
const UNITS: &[&str] = &[
    "局",
    "委",
    "厅",
    "部",
    "办",
    "院",
    "所",
    "中心",
    "公司",
    "政府",
    "委员会",
    "会",
    "处",
    "队",
    "站",
    "校",
    "馆",
    "县",
    "市",
    "区",
    "镇",
    "乡",
    "街道",
    "办公室",
    "办事处",
    "科",
    "股",
    "集团",
    "银行",
    "大学",
    "学院",
    "组",
    "厂",
    "社",
];

/// Whether a text ends as names of agencies do.
pub(crate) fn is_unit(text: &str) -> bool {
    let text = squeezed(text);
    let count = text.chars().count();
    (3..=40).contains(&count)
        && UNITS.iter().any(|end| text.ends_with(end))
        && !text.contains(['：', ':', '。', '，', '；'])
}

/// Whether a text calls itself a chart or register of risks.
pub(crate) fn is_title(text: &str) -> bool {
    let text = squeezed(text);
    let named = ["风险", "防控", "廉政", "廉洁", "权力运行"].iter().any(|word| text.contains(word));
    let (body, power) = bracketed(&without_goes_on(&text).0);
    let body = if power.is_empty() && ends_bracketed(&text) { text.clone() } else { body };
    let shown = ["图", "表", "台账", "清单", "目录", "汇总"].iter().any(|end| body.trim_end().ends_with(end));
    named && shown && text.chars().count() <= 80 && !text.contains(['。', '；'])
}

/// Reads a title.
pub(crate) fn read(text: &str) -> Title {
    let text = squeezed(text);
    let (text, goes_on) = without_goes_on(without_number(&text));
    let (body, mut power) = bracketed(&text);
    // A year behind a dash is of the title.
    let body = if power.is_empty() && !ends_bracketed(&text) { text.clone() } else { body };
    let (mut unit, mut title) = (String::new(), body.clone());
    let starts = BEGINNINGS.iter().filter_map(|words| body.find(words)).min();
    if let Some(at) = starts.filter(|at| *at > 0) {
        let (before, rest) = body.split_at(at);
        title = rest.to_owned();
        (unit, power) = match unit_end(before) {
            Some(end) if end == before.len() => (before.to_owned(), power),
            Some(end) if power.is_empty() => (before[..end].to_owned(), before[end..].to_owned()),
            None if power.is_empty() => (String::new(), before.to_owned()),
            _ => {
                title = body.clone();
                (String::new(), power)
            }
        };
    }
    Title { unit, title, power, goes_on }
}

/// A title without the number that counts it among others: 表1, 附图2-3：.
fn without_number(text: &str) -> &str {
    let kinds = ["附表", "附图", "附件", "表", "图"];
    let Some(rest) = kinds.iter().find_map(|kind| text.strip_prefix(kind)) else { return text };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十-－.".contains(c));
    if after.len() == rest.len() { text } else { after.trim_start_matches(['：', ':', '、', ' ']) }
}

/// Where the agency's name at the beginning of a text ends: the last of its possible ends.
fn unit_end(text: &str) -> Option<usize> {
    let strong =
        ["局", "委员会", "厅", "政府", "中心", "公司", "办公室", "街道办事处", "院", "大队", "管理部", "运营部"];
    if UNITS.iter().any(|end| text.ends_with(end)) {
        return Some(text.len());
    }
    strong.iter().filter_map(|end| text.rfind(end).map(|at| at + end.len())).max()
}

/// Takes （续） off: the chart goes on from the page before.
fn without_goes_on(text: &str) -> (String, bool) {
    const SIGNS: &[&str] = &[
        "（续）",
        "(续)",
        "（续表）",
        "（续图）",
        "（接上页）",
        "（续一）",
        "（续二）",
        "（续1）",
        "（续2）",
        "〔续〕",
        "[续]",
        "【续】",
    ];
    let found = SIGNS.iter().find(|sign| text.contains(**sign));
    match found {
        Some(sign) => (text.replace(sign, ""), true),
        None => match text.strip_suffix('续') {
            Some(rest) => (rest.to_owned(), true),
            None => (text.to_owned(), false),
        },
    }
}

fn ends_bracketed(text: &str) -> bool {
    text.ends_with(['）', ')'])
}

/// Whether words behind a dash or in brackets may name a power: a number of a page, a year, an edition or an example
/// doesn't.
pub(crate) fn names_power(words: &str) -> bool {
    let counts = |c: char| c.is_ascii_digit() || "年月日第页共〇零一二三四五六七八九十".contains(c);
    let is_edition = words.ends_with(['版', '年']) && words.contains(|c: char| c.is_ascii_digit());
    let ends = ["为例", "年度", "修订版", "试行版"].iter().any(|end| words.ends_with(end));
    !(words.chars().all(counts) || is_edition || ends)
}

/// A text without the bracket that ends it, and what stands in that: brackets within it are kept.
pub(crate) fn bracketed(text: &str) -> (String, String) {
    for dash in ["——", "—", "－－"] {
        if let Some((body, power)) = text.split_once(dash)
            && !power.is_empty()
            && !ends_bracketed(text)
        {
            let power = power.trim_end_matches(['—', '－']);
            return (body.to_owned(), if names_power(power) { power.to_owned() } else { String::new() });
        }
    }
    let Some(body) = text.strip_suffix(['）', ')']) else { return (text.to_owned(), String::new()) };
    let mut depth = 1;
    for (at, c) in body.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (body[..at].to_owned(), body[at + c.len_utf8()..].to_owned());
        }
    }
    (text.to_owned(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_taken_apart() {
        let cases = [
            ("行政职权廉政风险防控图（行政检查）", ("", "行政职权廉政风险防控图", "行政检查")),
            ("行政职权廉政风险防控图（其他权力一[受理]）", ("", "行政职权廉政风险防控图", "其他权力一[受理]")),
            (
                "云溪县民政局行政职权廉政风险防控图（行政许可（社团））",
                ("云溪县民政局", "行政职权廉政风险防控图", "行政许可（社团）"),
            ),
            ("食品经营许可廉政风险防控图", ("", "廉政风险防控图", "食品经营许可")),
            ("云溪县民政局低保给付权力运行流程图", ("云溪县民政局", "权力运行流程图", "低保给付")),
            ("廉政风险防控一览表", ("", "廉政风险防控一览表", "")),
            ("表1 食品经营许可廉政风险防控图", ("", "廉政风险防控图", "食品经营许可")),
            ("附图2-3：廉政风险防控图", ("", "廉政风险防控图", "")),
            ("廉政风险防控图——行政检查", ("", "廉政风险防控图", "行政检查")),
        ];
        for (text, (unit, title, power)) in cases {
            let read = read(text);
            assert_eq!((read.unit.as_str(), read.title.as_str(), read.power.as_str()), (unit, title, power), "{text}");
            assert!(is_title(text), "{text}");
        }
        for dashed in ["廉政风险防控图——2024年度", "廉政风险防控图——2024年版", "廉政风险防控图——以取水许可为例"]
        {
            assert_eq!((read(dashed).title.as_str(), read(dashed).power.as_str()), (dashed, ""));
            assert!(is_title(dashed), "{dashed}");
        }
        assert!(read("行政职权廉政风险防控图（行政检查）（续）").goes_on);
        assert!(!is_title("风险点等级及表现形式") && !is_title("加强风险防控。"));
    }
}
