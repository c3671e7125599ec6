//! Labels in boxes and cells: 风险等级：, 责任人：, in the wordings people use.

use crate::office::read::squeezed;

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

/// A label found in a text: its field, its words, where it begins and where its value does.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) field: Field,
    pub(super) words: String,
    pub(super) start: usize,
    pub(super) value: usize,
}

/// The first label of a text that a colon or a bracket follows, at its beginning or after a sentence.
pub(super) fn label(text: &str, fields: &[Field]) -> Option<Label> {
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

pub(super) fn keeps_rank(label: &str) -> bool {
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
