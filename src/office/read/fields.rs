//! Labelled lines in boxes and cells: 风险等级：高, 责任人：甲、乙, 依据：…, in the wordings people use.

use super::items::items;
use super::level::{self, Said};
use super::people::names;
use super::{Para, is_nothing, squeezed, without_end};
use crate::office::draft::{Measure, Risk};

/// What a labelled text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// 风险等级.
    Level,
    /// 责任人.
    Responsible,
    /// 监督人.
    Supervisor,
    /// 时限.
    Deadline,
    /// 依据.
    Basis,
    /// 风险点: its name.
    RiskName,
    /// 表现形式.
    RiskItems,
    /// 风险类别.
    Category,
    /// 编号.
    RiskId,
    /// 防控措施.
    Measures,
    /// 措施名称.
    MeasureName,
}

/// Labels, longest first where one ends another.
const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Level,
        &["廉政风险等级", "岗位风险等级", "风险点等级", "风险等级", "风险级别", "风险程度", "等级评定", "等级", "级别"],
    ),
    (
        Field::Supervisor,
        &[
            "监督责任人",
            "监管责任人",
            "监督人员",
            "监督岗位",
            "监督领导",
            "监督部门",
            "监督单位",
            "监督主体",
            "监督人",
            "监管人",
        ],
    ),
    (
        Field::Responsible,
        &[
            "直接责任人",
            "主要责任人",
            "领导责任人",
            "分管责任人",
            "第一责任人",
            "具体责任人",
            "防控责任人",
            "落实责任人",
            "主要责任领导",
            "直接责任领导",
            "责任人员",
            "责任岗位",
            "责任领导",
            "责任科室",
            "责任股室",
            "责任处室",
            "责任部门",
            "责任单位",
            "责任主体",
            "责任人",
            "责任者",
            "负责人",
            "责任",
        ],
    ),
    (Field::Deadline, &["完成时限", "整改时限", "办理时限", "防控时限", "落实时限", "完成时间", "时限", "期限"]),
    (Field::Basis, &["法律依据", "法规依据", "政策依据", "制度依据", "设定依据", "依据"]),
    (
        Field::RiskItems,
        &[
            "风险表现形式",
            "主要表现形式",
            "具体表现形式",
            "表现形式",
            "风险表现",
            "具体表现",
            "主要表现",
            "风险内容",
            "风险描述",
            "表现",
        ],
    ),
    (Field::Category, &["风险类别", "风险类型", "风险种类"]),
    (Field::RiskId, &["风险点编号", "风险编号", "编号"]),
    (Field::RiskName, &["廉政风险点名称", "廉政风险点", "风险点名称", "风险名称", "风险点"]),
    (Field::MeasureName, &["措施名称"]),
    (
        Field::Measures,
        &["主要防控措施", "具体防控措施", "防控措施", "防范措施", "控制措施", "整改措施", "具体措施", "措施"],
    ),
];

/// Which fields a box may hold.
const OF_RISK: &[Field] = &[Field::Level, Field::RiskItems, Field::Category, Field::RiskId, Field::RiskName];
const OF_MEASURE: &[Field] =
    &[Field::Supervisor, Field::Responsible, Field::Deadline, Field::Basis, Field::MeasureName, Field::Measures];

/// A label found in a text: its field, its words, where it begins and where its value does.
#[derive(Clone, Debug)]
struct Label {
    field: Field,
    words: String,
    start: usize,
    value: usize,
}

/// The first label of a text that a colon or a bracket follows, at its beginning or after a sentence.
fn label(text: &str, fields: &[Field]) -> Option<Label> {
    let candidates = LABELS.iter().filter(|(field, _)| fields.contains(field));
    let all = candidates.flat_map(|(field, words)| words.iter().map(move |words| (*field, *words)));
    let found = all.filter_map(|(field, words)| {
        let (start, value) = text.match_indices(words.chars().next()?).find_map(|(at, _)| {
            let begins = at == 0
                || text[..at].trim_end().is_empty()
                || text[..at].ends_with(|c: char| "。；;，,、！？ \n\u{3000}（(【[".contains(c));
            let end = begins.then(|| spelt(&text[at..], words)).flatten()? + at;
            let rest = text[end..].trim_start_matches([' ', '\u{3000}', '\t', '】', ']']);
            let sign = rest.chars().next().filter(|c| matches!(c, '：' | ':' | '﹕' | '∶'))?;
            Some((at, text.len() - rest.len() + sign.len_utf8()))
        })?;
        Some(Label { field, words: words.to_owned(), start, value })
    });
    let ranked = ranked(text).filter(|_| fields.contains(&Field::Responsible));
    found.chain(ranked).min_by_key(|found| (found.start, std::cmp::Reverse(found.words.len())))
}

/// A rank of one's own at the beginning of a text: 牵头责任人：, 部门责任人：.
fn ranked(text: &str) -> Option<Label> {
    const LONGEST: usize = 8;
    let (before, _) = text.split_once(['：', ':'])?;
    let words = squeezed(before);
    let is_rank = words.ends_with("责任人") && words.chars().all(crate::source::is_han);
    let fits = words.chars().count() <= LONGEST && !words.contains("监督") && !words.contains("监管");
    let sign = text[before.len()..].chars().next()?;
    let value = before.len() + sign.len_utf8();
    (is_rank && fits).then_some(Label { field: Field::Responsible, words, start: 0, value })
}

/// Whether a line of names says their rank before a colon, so that it is known without 责任人 before it.
pub(crate) fn is_ranked(line: &str) -> bool {
    label(line, &[Field::Responsible]).is_some_and(|found| found.start == 0 && keeps_rank(&found.words))
}

fn keeps_rank(label: &str) -> bool {
    label.ends_with("责任人") && label != "责任人" && !label.starts_with(['防', '落', '具'])
}

/// How far words reach at the beginning of a text, blanks between their letters allowed: 责 任 人.
fn spelt(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for letter in words.chars() {
        rest = rest.trim_start_matches([' ', '\u{3000}', '\t']).strip_prefix(letter)?;
    }
    Some(text.len() - rest.len())
}

/// Whether a text holds a label of these.
pub(crate) fn holds(text: &str, field: Field) -> bool {
    label(text, &[field]).is_some()
}

/// A part of a box: its label, `None` for what stands before the first one, and its paragraphs.
struct Part {
    label: Option<Label>,
    paras: Vec<Para>,
}

/// Takes a box apart at its labels. A labelled value goes on to the end of its paragraph; the next paragraph belongs to
/// it too where the label's own line was empty, or where it is a list.
fn parts(paras: &[Para], fields: &[Field]) -> Vec<Part> {
    let mut parts = vec![Part { label: None, paras: Vec::new() }];
    for para in paras {
        let mut numbered = para.numbered;
        for line in para.text.split('\n') {
            let body = super::items::mark(line).map_or(line, |(_, rest)| rest);
            // A label may be numbered itself: 一、风险表现：
            let mut rest = if label(body, fields).is_some_and(|found| found.start == 0) { body } else { line };
            while let Some(found) = label(rest, fields) {
                push(&mut parts, &rest[..found.start], numbered, para, line);
                rest = &rest[found.value..];
                parts.push(Part { label: Some(found), paras: Vec::new() });
                numbered = false;
            }
            push(&mut parts, rest, numbered, para, line);
            numbered = false;
        }
    }
    parts
}

/// Adds a line to the part it belongs to; lines of one paragraph stay together.
fn push(parts: &mut Vec<Part>, text: &str, numbered: bool, para: &Para, line: &str) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '【' | '['));
    if text.is_empty() || text == "（" || text == "(" {
        return;
    }
    let closed = parts.last().and_then(|part| Some((part.label.as_ref()?.field, part.paras.is_empty())));
    // After a line such as 风险等级：高 the entries go on.
    let is_short = |field| {
        matches!(
            field,
            Field::Level | Field::RiskName | Field::Category | Field::RiskId | Field::Deadline | Field::MeasureName
        )
    };
    let begins_line = para.text.starts_with(line) || line.contains(text);
    if closed.is_some_and(|(field, empty)| is_short(field) && !empty && begins_line) {
        parts.push(Part { label: None, paras: Vec::new() });
    }
    let goes_on = !para.text.starts_with(line);
    let Some(part) = parts.last_mut() else { return };
    match part.paras.last_mut().filter(|_| goes_on && !numbered) {
        Some(last) => {
            last.text.push('\n');
            last.text.push_str(text);
        }
        None => part.paras.push(Para { text: text.to_owned(), numbered }),
    }
}

fn text_of(paras: &[Para]) -> String {
    squeezed(&super::joined(paras))
}

/// Reads a box of the risk column. The second value is a level's place that says no one level.
pub(crate) fn risk(paras: &[Para]) -> (Risk, Option<String>) {
    let mut risk = Risk::default();
    let mut unclear = None;
    let mut entries = Vec::new();
    for part in parts(paras, OF_RISK) {
        match part.label.map(|label| label.field) {
            None => entries.extend(part.paras),
            Some(Field::RiskItems) => entries.extend(part.paras),
            Some(Field::Level) => match level::read(&without_close(&text_of(&part.paras))) {
                Said::One(level) => risk.level = level,
                Said::Unclear(text) => unclear = Some(text),
                Said::Nothing => {}
            },
            Some(Field::Category) => risk.category = text_of(&part.paras),
            Some(Field::RiskId) => risk.id = text_of(&part.paras),
            Some(_) => name_and_entries(part.paras, &mut risk.name, &mut entries),
        }
    }
    if risk.level.is_empty() && unclear.is_none() {
        bare_level(&mut risk, &mut entries);
    }
    if risk.name.is_empty() {
        risk.name = heading(&mut entries);
    }
    risk.items = items(&entries).into_iter().filter(|item| !is_nothing(item)).collect();
    (risk, unclear)
}

/// 高） where the label stood in the bracket.
fn without_close(text: &str) -> String {
    if text.contains(['（', '(']) { text.to_owned() } else { text.trim_end_matches(['）', ')', '】']).to_owned() }
}

/// A labelled name takes the first line; what follows are entries.
fn name_and_entries(paras: Vec<Para>, name: &mut String, entries: &mut Vec<Para>) {
    let mut paras = paras.into_iter();
    if let Some(first) = paras.next() {
        *name = squeezed(without_end(&first.text));
    }
    entries.extend(paras);
}

/// A heading: a first line in brackets, 【受理不规范】, or one that a colon ends.
fn heading(entries: &mut Vec<Para>) -> String {
    let Some(first) = entries.first() else { return String::new() };
    let text = first.text.trim();
    let bracketed = text.strip_prefix(['【', '〖']).and_then(|inner| inner.strip_suffix(['】', '〗']));
    let is_head = |text: &str| text.chars().count() <= 20 && !text.contains(['。', '；', '，', '\n']);
    let name = bracketed.or_else(|| text.strip_suffix(['：', ':'])).filter(|name| is_head(name));
    match name {
        Some(name) if entries.len() > 1 && super::items::mark(text).is_none() => {
            let name = squeezed(name);
            entries.remove(0);
            name
        }
        _ => String::new(),
    }
}

/// A line that is a level and nothing else, 高风险 or （中）, or a first or last line 风险等级 高 without a colon.
fn bare_level(risk: &mut Risk, entries: &mut Vec<Para>) {
    let is_level = |para: &Para| {
        let text = squeezed(&para.text);
        let bare = text.strip_prefix("风险等级").or_else(|| text.strip_prefix("等级")).unwrap_or(&text);
        (bare.chars().count() <= 8).then(|| level::word(bare)).flatten()
    };
    let ends = [0, entries.len().saturating_sub(1)];
    let found = ends.into_iter().find_map(|at| Some((at, is_level(entries.get(at)?)?)));
    if let Some((at, level)) = found {
        risk.level = level;
        entries.remove(at);
    } else if let Some((level, rest)) = entries.last().and_then(|last| trailing_level(&last.text)) {
        risk.level = level;
        if let Some(last) = entries.last_mut() {
            last.text = rest;
        }
    }
}

/// A level in brackets at the end of an entry: 不按时办结。（高风险）
fn trailing_level(text: &str) -> Option<(String, String)> {
    let text = text.trim_end();
    let body = text.strip_suffix(['）', ')', '】'])?;
    let open = body.rfind(['（', '(', '【'])?;
    let inner = body[open..].trim_start_matches(['（', '(', '【']);
    let is_said = inner.contains("风险") || inner.contains("级") || inner.contains('★');
    Some((level::word(inner).filter(|_| is_said)?, text[..open].to_owned()))
}

/// Reads a box of the measure column.
pub(crate) fn measure(paras: &[Para]) -> Measure {
    let mut measure = Measure::default();
    let mut entries = Vec::new();
    for part in parts(paras, OF_MEASURE) {
        let Some(label) = part.label else {
            entries.extend(part.paras);
            continue;
        };
        match label.field {
            Field::Responsible => measure.responsible.extend(people(&label.words, &part.paras)),
            Field::Supervisor => measure.supervisor.extend(names(&without_close(&super::joined(&part.paras)))),
            Field::Deadline => measure.deadline = without_end(&text_of(&part.paras)).to_owned(),
            Field::Basis => measure.basis.extend(items(&part.paras)),
            Field::MeasureName => name_and_entries(part.paras, &mut measure.name, &mut entries),
            _ => entries.extend(part.paras),
        }
    }
    if measure.name.is_empty() {
        measure.name = heading(&mut entries);
    }
    measure.items = items(&entries).into_iter().filter(|item| !is_nothing(item)).collect();
    measure
}

/// Names behind a label; a label with a rank stays with them where others have another.
fn people(label: &str, paras: &[Para]) -> Vec<String> {
    let text = without_close(&super::joined(paras));
    if !keeps_rank(label) {
        return names(&text);
    }
    let names = names(&text);
    if names.is_empty() { names } else { vec![format!("{label}：{}", names.join("、"))] }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn a_risk_s_lines_are_told_apart() {
        let (read, unclear) = risk(&lines("风险点：受理不规范\n表现形式：1.不及时受理。\n2.刁难。\n风险等级：高"));
        assert_eq!((read.name.as_str(), read.level.as_str()), ("受理不规范", "高"));
        assert_eq!(read.items, ["不及时受理。", "刁难。"]);
        assert_eq!(unclear, None);
        let (read, _) = risk(&lines("1.甲。\n2.乙。（中风险）"));
        assert_eq!((read.level.as_str(), read.items), ("中", vec!["甲。".to_owned(), "乙。".to_owned()]));
        let (read, _) = risk(&lines("【高风险】\n不按时办结。风险 等级： 低"));
        assert_eq!(read.level, "低");
    }

    #[test]
    fn a_measure_s_lines_are_told_apart() {
        let read = measure(&lines("1.公开。\n2.公示。\n责 任 人：甲、乙\n监督人：纪检组\n时限：每季度"));
        assert_eq!(read.items, ["公开。", "公示。"]);
        assert_eq!(read.responsible, ["甲", "乙"]);
        assert_eq!((read.supervisor, read.deadline.as_str()), (vec!["纪检组".to_owned()], "每季度"));
        let read = measure(&lines("落实责任追究。责任岗位:办公室主任\n直接责任人：丙"));
        assert_eq!(read.items, ["落实责任追究。"]);
        assert_eq!(read.responsible, ["办公室主任", "直接责任人：丙"]);
    }
}
