//! Boxes and cells of risks and measures: labelled lines, 风险等级：高, 责任人：甲、乙, 依据：…, and entries between them.

mod labels;
mod levels;
mod parts;

use labels::keeps_rank;
pub(crate) use labels::{Field, holds, is_ranked};
use parts::{Part, by_measure, by_risk, parts};

use super::items::items;
use super::level::{self, Said};
use super::people::names;
use super::{Para, is_nothing, squeezed, without_end};
use crate::office::draft::{Measure, Risk};

/// Which fields a box may hold.
const OF_RISK: &[Field] = &[Field::Level, Field::RiskItems, Field::Category, Field::RiskId, Field::RiskName];
const OF_MEASURE: &[Field] =
    &[Field::Supervisor, Field::Responsible, Field::Deadline, Field::Basis, Field::MeasureName, Field::Measures];

fn text_of(paras: &[Para]) -> String {
    squeezed(&super::joined(paras))
}

/// Reads a box of the risk column: its risks, at least one, each with a level's place that says no one level.
pub(crate) fn risks(paras: &[Para]) -> Vec<(Risk, Option<String>)> {
    let said = if holds(&super::joined(paras), Field::Level) { paras.to_vec() } else { levels::labelled(paras) };
    by_risk(parts(&said, OF_RISK)).into_iter().map(risk).collect()
}

fn risk(parts: Vec<Part>) -> (Risk, Option<String>) {
    let mut risk = Risk::default();
    let mut unclear = None;
    let mut entries = Vec::new();
    for part in parts {
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
        risk.level = levels::bare(&mut entries);
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

/// Reads a box of the measure column: its measures, at least one. Those that the same people answer for are one.
pub(crate) fn measures(paras: &[Para]) -> Vec<Measure> {
    let mut measures: Vec<Measure> = Vec::new();
    for own in by_measure(parts(paras, OF_MEASURE)).into_iter().map(measure) {
        let people = |measure: &Measure| {
            (measure.responsible.clone(), measure.supervisor.clone(), measure.deadline.clone(), measure.name.clone())
        };
        match measures.last_mut().filter(|last| own.name.is_empty() && people(last) == people(&own)) {
            Some(last) => {
                last.items.extend(own.items);
                last.basis.extend(own.basis);
            }
            None => measures.push(own),
        }
    }
    measures
}

fn measure(parts: Vec<Part>) -> Measure {
    let mut measure = Measure::default();
    let mut entries = Vec::new();
    for part in parts {
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
        let risk = |paras: &[Para]| risks(paras).swap_remove(0);
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
        let measure = |paras: &[Para]| measures(paras).swap_remove(0);
        let read = measure(&lines("1.公开。\n2.公示。\n责 任 人：甲、乙\n监督人：纪检组\n时限：每季度"));
        assert_eq!(read.items, ["公开。", "公示。"]);
        assert_eq!(read.responsible, ["甲", "乙"]);
        assert_eq!((read.supervisor, read.deadline.as_str()), (vec!["纪检组".to_owned()], "每季度"));
        let read = measure(&lines("落实责任追究。责任岗位:办公室主任\n直接责任人：丙"));
        assert_eq!(read.items, ["落实责任追究。"]);
        assert_eq!(read.responsible, ["办公室主任", "直接责任人：丙"]);
    }
    /// The risks of a box: name, level and entries.
    fn risks_of(text: &str) -> Vec<(String, String, Vec<String>)> {
        risks(&lines(text)).into_iter().map(|(risk, _)| (risk.name, risk.level, risk.items)).collect()
    }

    fn said(name: &str, level: &str, items: &[&str]) -> (String, String, Vec<String>) {
        (name.to_owned(), level.to_owned(), items.iter().map(|item| (*item).to_owned()).collect())
    }

    #[test]
    fn several_risks_of_a_box_are_told_apart() {
        let both = [said("", "高", &["甲。", "乙。"]), said("", "低", &["丙。"])];
        for text in [
            "风险等级：高\n1.甲。\n2.乙。\n风险等级：低\n1.丙。",
            "1.甲。\n2.乙。\n风险等级：高\n1.丙。\n风险等级：低",
            "高风险：1.甲。2.乙。\n低风险：丙。",
            "（高）1.甲。2.乙。\n（低）丙。",
        ] {
            assert_eq!(risks_of(text), both, "{text}");
        }
        let named = "风险点：拖延\n风险等级：高\n1.甲。\n风险点：越权\n风险等级：低\n1.乙。";
        assert_eq!(risks_of(named), [said("拖延", "高", &["甲。"]), said("越权", "低", &["乙。"])]);
        assert_eq!(risks_of("①甲【高】\n②乙【中】"), [said("", "高", &["甲"]), said("", "中", &["乙"])]);
        let one = "风险点：拖延\n风险等级：高\n表现形式：1.甲。\n2.乙。";
        assert_eq!(risks_of(one), [said("拖延", "高", &["甲。", "乙。"])]);
    }

    #[test]
    fn levels_beside_the_text_are_no_text() {
        for text in ["（高）甲。", "甲。（高）", "【高风险】甲。", "高：甲。", "甲。【高】", "高风险\n甲。"]
        {
            assert_eq!(risks_of(text), [said("", "高", &["甲。"])], "{text}");
        }
        assert_eq!(risks_of("★★超期"), [said("", "★★", &["超期"])]);
        // Which of the entries it stands for isn't said, or it is a letter that counts.
        for text in ["1.甲（高风险）\n2.乙", "A：甲。\nB：乙。", "a。"] {
            assert_eq!(risks_of(text)[0].1, "", "{text}");
        }
    }

    #[test]
    fn several_measures_of_a_box_are_told_apart() {
        let of = |text: &str| {
            let found = measures(&lines(text)).into_iter();
            found.map(|own| (own.items.join("|"), own.responsible.join("|"))).collect::<Vec<_>>()
        };
        let pair = |items: &str, people: &str| (items.to_owned(), people.to_owned());
        for text in [
            "1.公示。\n责任人：甲\n2.限时。\n责任人：乙",
            "1.公示。（责任人：甲）\n2.限时。（责任人：乙）",
            "1.公示。【责任人：甲】2.限时。【责任人：乙】",
            "责任人：甲\n1.公示。\n责任人：乙\n1.限时。",
        ] {
            assert_eq!(of(text), [pair("公示。", "甲"), pair("限时。", "乙")], "{text}");
        }
        assert_eq!(of("1.公示（责任人：甲）。\n2.限时（责任人：甲）。"), [pair("公示|限时", "甲")]);
        let one = "1.公示，时限：长期。\n2.限时办结。\n责任人：窗口人员";
        assert_eq!(of(one), [pair("公示|限时办结。", "窗口人员")]);
        let each = "1.公示。完成时限：5月。\n2.限时。完成时限：6月。\n责任人：甲";
        assert_eq!(of(each), [pair("公示。", "甲"), pair("限时。", "甲")]);
        assert_eq!(of("1.登记。监督人：丙。\n2.核对。\n责任人：甲"), [pair("登记。", "甲"), pair("核对。", "甲")]);
        let overseen = measures(&lines("1.公示（责任人：甲）。\n2.限时（责任人：乙）。\n监督人：丙"));
        assert!(overseen.len() == 2 && overseen.iter().all(|own| own.supervisor == ["丙"]));
        assert_eq!(of("集体研究，责任人：甲，监督人：乙"), [pair("集体研究", "甲")]);
        assert_eq!(of("公示（责任人：甲（A岗）；监督人：乙）"), [pair("公示", "甲（A岗）")]);
        assert_eq!(of("1.公示。\n责任人：1.甲\n2.乙"), [pair("公示。", "甲|乙")]);
        assert_eq!(of("1.公示。\n直接责任人：甲\n领导责任人：乙"), [pair("公示。", "直接责任人：甲|领导责任人：乙")]);
    }
}
