//! Labels around a chart, 填报单位：, and the lines and rows that hold them.

use super::phones;
use crate::office::lines::OF_CHART;
use crate::office::read::squeezed;

/// What a label says that its line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// 职权.
    Power,
    /// 单位.
    Unit,
    /// 备注.
    Note,
    /// A line of [`OF_CHART`], by its place there.
    Line(usize),
    /// How the agency is reached other than by telephone, in its own words: 举报邮箱.
    Contact(String),
    /// Who signs the document, which is no part of a chart.
    Signature,
}

const POWER: &[&str] = &[
    "职权名称",
    "职权",
    "权力名称",
    "权力事项",
    "权力事项名称",
    "事项名称",
    "职权事项",
    "行政职权",
    "行政职权名称",
    "业务名称",
];
const UNIT: &[&str] = &["填报单位", "填表单位", "单位名称", "单位", "编制单位", "制表单位"];
const NOTE: &[&str] = &["备注", "注", "说明", "填表说明"];
/// How labels end.
const PHONE: &[&str] = &["电话", "热线", "手机", "传真"];
const CONTACT: &[&str] = &["邮箱", "信箱", "地址", "网址", "邮编", "公众号"];
const SIGNATURE: &[&str] = &[
    "签字",
    "签名",
    "签章",
    "填表人",
    "填报人",
    "制表人",
    "审核人",
    "审批人",
    "批准人",
    "经办人",
    "联系人",
    "单位负责人",
];
/// Letters of the longest label.
const LONGEST: usize = 12;
/// How many blanks beside each other are a gap between two lines set on one.
const GAP: usize = 2;

/// What words before a colon say; brackets behind them, （盖章）, and numbers of one among several, 职权1, say nothing.
fn label(words: &str) -> Option<Label> {
    let words = squeezed(words);
    let words = words.split(['（', '(']).next()?.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends = |ends: &[&str]| ends.iter().any(|end| words.ends_with(end));
    if words.is_empty() || words.chars().count() > LONGEST {
        return None;
    }
    Some(match words {
        _ if POWER.contains(&words) => Label::Power,
        _ if UNIT.contains(&words) => Label::Unit,
        _ if NOTE.contains(&words) => Label::Note,
        _ if ends(CONTACT) => Label::Contact(words.to_owned()),
        _ if ends(SIGNATURE) => Label::Signature,
        _ => Label::Line(OF_CHART.iter().position(|line| line.key != "phones" && line.is_called(words))?),
    })
}

/// A line with a known label: what it is, and what stands behind the colon.
pub(super) fn labelled(text: &str) -> Option<(Label, &str)> {
    let (words, value) = text.split_once(['：', ':'])?;
    Some((label(words)?, value.trim().trim_end_matches(['；', ';', '，', ','])))
}

/// Whether a cell is a label alone. Stages are called 核对地址 too, so that what is known by its end needs its colon.
fn is_label(cell: &str) -> bool {
    let words = squeezed(cell);
    let bare = words.trim_end_matches(['：', ':']);
    match label(bare) {
        Some(Label::Contact(_) | Label::Signature) => bare != words,
        Some(_) => true,
        None => PHONE.iter().any(|end| bare.ends_with(end)) && bare.chars().count() <= LONGEST,
    }
}

/// Whether a cell says by itself what it is.
fn is_said(cell: &str) -> bool {
    labelled(&squeezed(cell)).is_some() || !phones(cell).is_empty()
}

/// Whether a cell is a label and the next one its value.
pub(super) fn is_pair(cell: &str, value: &str) -> bool {
    let is_known = || label(squeezed(cell).trim_end_matches(['：', ':'])).is_some();
    is_label(cell)
        && !is_label(value)
        && !is_said(value)
        && (is_known() || phones(&format!("{cell}：{value}")).iter().any(|(_, number)| !number.is_empty()))
}

/// Whether a row is one of a form and not of a register: nothing but labels with their values behind them, in the same
/// cell or the next.
pub(in crate::office) fn is_form(cells: &[&str]) -> bool {
    let mut rest = cells;
    while let Some((cell, behind)) = rest.split_first() {
        rest = match behind.split_first() {
            Some((value, further)) if is_pair(cell, value) => further,
            // What is to be filled in by hand ends in its colon.
            _ if is_said(cell) => behind,
            _ => return false,
        };
    }
    !cells.is_empty()
}

/// The parts of a line that are labelled each: a label begins one behind a gap, and a known one behind any blank; behind
/// a sign too where the line begins with a label that no sentence follows.
pub(super) fn parts(line: &str) -> Vec<&str> {
    let is_list = labelled(line.trim_start()).is_some_and(|(label, _)| label != Label::Note);
    let mut starts = vec![0];
    let (mut blanks, mut signed) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '\t' | '\u{3000}' => blanks += GAP,
            _ if c.is_whitespace() => blanks += 1,
            '；' | ';' | '，' | ',' => signed = is_list,
            _ => {
                let is_known = || labelled(&line[at..]).is_some() || !phones(&line[at..]).is_empty();
                if (blanks > 0 || signed) && is_known() || blanks >= GAP && begins_labelled(&line[at..]) {
                    starts.push(at);
                }
                (blanks, signed) = (0, false);
            }
        }
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    starts.iter().zip(ends).map(|(start, end)| line[*start..end].trim()).collect()
}

/// Whether a text begins with words of some label and a colon.
fn begins_labelled(text: &str) -> bool {
    let Some((words, _)) = text.split_once(['：', ':']) else { return false };
    (2..=LONGEST).contains(&words.chars().count()) && words.chars().all(crate::source::is_han)
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn rows_of_forms_are_known() {
        for cells in [
            &["职权名称", "取水许可"][..],
            &["职权名称：取水许可", "责任科室：水政股"],
            &["监督电话", "0355-6218800"],
            &["备注", "按年度调整。"],
            &["分管领导签字：", "纪检组长签字：", "日期：2024年6月1日"],
            &["审批人：", "李四", "审核人：", "王五"],
        ] {
            assert!(is_form(cells), "{cells:?}");
        }
        for cells in [&["职权名称", "责任科室", "环节"][..], &["审核", "拖延。"], &["核对电话", "拖延。"], &["职权"]]
        {
            assert!(!is_form(cells), "{cells:?}");
        }
    }
}
