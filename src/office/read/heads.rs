//! Heads of columns: of charts, which have three, and of registers, which have many.

use super::squeezed;

/// What a column of a register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// 序号.
    Number,
    /// 单位.
    Unit,
    /// 科室, of the power.
    Department,
    /// 职权编码.
    Code,
    /// 职权类别.
    PowerCategory,
    /// 职权.
    Power,
    /// 环节.
    Stage,
    /// 风险编号.
    RiskId,
    /// 风险点.
    RiskName,
    /// 风险类别.
    RiskCategory,
    /// 表现形式.
    RiskItems,
    /// 等级.
    Level,
    /// A level that is ticked in a column of its own.
    Ticked,
    /// 措施名称.
    MeasureName,
    /// 防控措施.
    Measures,
    /// 责任人.
    Responsible,
    /// 监督人.
    Supervisor,
    /// 时限, of the measure.
    Deadline,
    /// 依据.
    Basis,
    /// A line of the stage by its key in English: its deadline, its materials.
    OfStage(&'static str),
    /// 监督电话: a telephone of the chart, by its head.
    Phone,
    /// 备注 and the like: no part of a chart, which is said where something stands below.
    Other,
}

/// Heads by role. A head is compared without blanks, brackets and what stands in them.
const HEADS: &[(Role, &[&str])] = &[
    (Role::Number, &["序号", "序", "编号序号", "no", "no."]),
    (
        Role::Unit,
        &[
            "单位",
            "单位名称",
            "填报单位",
            "实施机关",
            "实施主体",
            "机关",
            "机关名称",
            "行使主体",
            "所属单位",
            "部门名称",
            "主管部门",
            "实施单位",
        ],
    ),
    (
        Role::Department,
        &[
            "科室",
            "科室名称",
            "承办科室",
            "所属科室",
            "责任处室",
            "部门",
            "处室",
            "股室",
            "承办机构",
            "业务科室",
            "内设机构",
            "所在科室",
            "行使科室",
        ],
    ),
    (Role::Code, &["职权编码", "权力编码", "事项编码", "编码", "权力编号", "职权编号", "事项编号"]),
    (
        Role::PowerCategory,
        &["职权类别", "权力类别", "权力类型", "职权类型", "事项类别", "事项类型", "类别", "权力种类"],
    ),
    (
        Role::Power,
        &[
            "职权",
            "职权名称",
            "权力名称",
            "权力事项",
            "权力事项名称",
            "事项",
            "事项名称",
            "行政职权",
            "行政权力",
            "行政权力名称",
            "职权事项",
            "权力项目",
            "项目名称",
            "项目",
            "业务名称",
            "业务事项",
            "工作事项",
            "行政职权名称",
            "权力",
            "岗位职权",
            "业务",
            "职责",
            "职权项目",
            "权力清单",
        ],
    ),
    (
        Role::Stage,
        &[
            "环节",
            "环节名称",
            "流程",
            "流程环节",
            "工作流程",
            "工作步骤",
            "步骤",
            "办理环节",
            "运行环节",
            "权力运行环节",
            "业务环节",
            "工作环节",
            "业务流程",
            "办理流程",
            "节点",
            "流程节点",
            "权力运行流程",
            "关键节点",
            "风险环节",
            "办事环节",
            "关键环节",
            "岗位环节",
            "行使环节",
            "运行流程",
        ],
    ),
    (Role::RiskId, &["风险编号", "风险点编号", "风险点序号", "风险序号"]),
    (
        Role::RiskName,
        &[
            "风险点",
            "风险名称",
            "风险点名称",
            "廉政风险点",
            "廉洁风险点",
            "廉政风险",
            "风险",
            "廉洁风险",
            "风险项",
            "廉政风险点名称",
            "风险点位",
            "存在风险",
            "存在的风险",
            "存在的廉政风险",
            "主要风险",
        ],
    ),
    (Role::RiskCategory, &["风险类别", "风险类型", "风险种类", "风险性质", "风险来源"]),
    (
        Role::RiskItems,
        &[
            "表现形式",
            "风险表现",
            "风险表现形式",
            "风险描述",
            "风险内容",
            "风险点描述",
            "风险点内容",
            "风险情形",
            "具体表现",
            "主要表现",
            "主要表现形式",
            "风险点表现形式",
            "廉政风险表现形式",
            "风险点及表现形式",
            "风险点表现",
            "廉政风险内容",
            "风险具体表现",
            "表现",
            "风险点具体表现",
            "廉政风险描述",
            "可能存在的风险",
            "风险内容描述",
            "廉政风险表现",
            "具体表现形式",
            "风险点描述及表现形式",
            "风险点等级及表现形式",
            "风险等级及表现形式",
            "风险点及等级",
            "风险点表现形式及等级",
            "风险表现及等级",
        ],
    ),
    (
        Role::Level,
        &[
            "风险等级",
            "等级",
            "级别",
            "风险级别",
            "风险点等级",
            "廉政风险等级",
            "风险程度",
            "等级评定",
            "风险评级",
            "评定等级",
            "风险点级别",
            "风险定级",
            "风险评估",
            "风险大小",
            "定级",
        ],
    ),
    (Role::MeasureName, &["措施名称", "措施类别", "防控类别"]),
    (
        Role::Measures,
        &[
            "防控措施",
            "防范措施",
            "控制措施",
            "整改措施",
            "具体防控措施",
            "防控办法",
            "措施",
            "风险防控措施",
            "廉政风险防控措施",
            "预防措施",
            "主要措施",
            "具体措施",
            "防范控制措施",
            "应对措施",
            "防控措施及责任人",
            "防控内容",
            "制约措施",
            "防控手段",
            "防控举措",
            "措施内容",
            "防控措施内容",
            "监控措施",
        ],
    ),
    (
        Role::Responsible,
        &[
            "责任人",
            "责任岗位",
            "责任科室",
            "责任部门",
            "责任单位",
            "责任主体",
            "责任领导",
            "责任人员",
            "负责人",
            "防控责任人",
            "直接责任人",
            "责任股室",
            "落实责任人",
            "岗位责任人",
            "责任人姓名",
            "责任人及岗位",
            "责任人岗位",
            "责任者",
            "责任",
            "具体责任人",
            "落实人",
            "落实人员",
            "主要领导",
            "主管领导",
        ],
    ),
    (
        Role::Supervisor,
        &[
            "监督人",
            "监督责任人",
            "监督部门",
            "监督科室",
            "监督岗位",
            "监督单位",
            "监管责任人",
            "监督人员",
            "监督领导",
            "监督主体",
            "分管领导",
        ],
    ),
    (Role::Deadline, &["时限", "完成时限", "整改时限", "防控时限", "落实时限", "完成时间", "期限", "整改期限"]),
    (Role::OfStage("deadline"), &["办理时限", "承诺时限", "法定时限", "环节时限", "办结时限"]),
    (Role::OfStage("phase"), &["所属阶段", "阶段", "阶段名称", "工作阶段", "办理阶段"]),
    (Role::OfStage("note"), &["环节说明"]),
    (Role::OfStage("department"), &["环节责任科室", "环节承办科室", "环节责任部门"]),
    (Role::OfStage("materials"), &["所需材料", "申请材料", "办理材料", "提交材料"]),
    (Role::OfStage("steps"), &["具体步骤"]),
    (Role::OfStage("shape"), &["环节形状"]),
    (Role::OfStage("beside"), &["旁支"]),
    (Role::OfStage("next"), &["下一步", "下一环节"]),
    (
        Role::Basis,
        &["依据", "法律依据", "设定依据", "法规依据", "政策依据", "制度依据", "实施依据", "权力依据", "职权依据"],
    ),
    (
        Role::Other,
        &["备注", "说明", "附件", "排查人", "审核人", "填报人", "日期", "填报时间", "岗位", "岗位名称", "姓名", "职务"],
    ),
];

/// The role of a head, read as clerks write it.
pub(crate) fn role(head: &str) -> Option<Role> {
    let plain = plain(head);
    let exact = |text: &str| HEADS.iter().find(|(_, words)| words.contains(&text)).map(|(role, _)| *role);
    if plain.is_empty() || plain.chars().count() > 16 {
        return None;
    }
    exact(&plain).or_else(|| exact(plain.trim_start_matches(['主', '要', '具', '体']))).or_else(|| likely(&plain))
}

/// A head without blanks and what stands in brackets; nothing of a label with its value behind it, 职权名称：取水许可.
fn plain(head: &str) -> String {
    let head = squeezed(head).to_lowercase();
    let head = head.trim_end_matches(['：', ':']);
    if head.contains(['：', ':']) {
        return String::new();
    }
    let cut = head.find(['（', '(', '〔', '[', '【']).filter(|at| *at > 0);
    head[..cut.unwrap_or(head.len())].trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// What a longer head most likely means, by the words in it.
fn likely(head: &str) -> Option<Role> {
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if head.chars().count() > 14 || has(&["是否", "签字"]) {
        None
    } else if ["电话", "热线", "手机"].iter().any(|end| head.ends_with(end)) {
        Some(Role::Phone)
    } else if has(&["措施", "防控办法"]) {
        Some(Role::Measures)
    } else if has(&["等级", "级别"]) && !has(&["表现"]) {
        // 廉政风险点及等级 stands over risks, each with its level.
        let both = has(&["风险点", "风险描述", "风险内容"]) && has(&["及", "和", "与", "、"]);
        Some(if both { Role::RiskItems } else { Role::Level })
    } else if has(&["监督", "监管"]) && has(&["人", "岗", "部门", "科室"]) {
        Some(Role::Supervisor)
    } else if has(&["责任"]) {
        Some(Role::Responsible)
    } else if has(&["表现", "风险描述", "风险内容", "情形"]) {
        Some(Role::RiskItems)
    } else if has(&["风险点", "风险名称"]) {
        Some(Role::RiskName)
    } else if has(&["环节", "步骤"]) {
        Some(Role::Stage)
    } else if has(&["职权名称", "权力名称", "事项名称", "权力事项", "职权事项"]) {
        Some(Role::Power)
    } else {
        None
    }
}

/// The column of a chart that a head stands over: flow, risk or measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// 工作流程.
    Flow,
    /// 风险点等级及表现形式.
    Risk,
    /// 防控措施及责任人.
    Measure,
}

impl Column {
    /// Its name in the chart format.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Risk => "risk",
            Self::Measure => "measure",
        }
    }
}

/// The column of a chart's head.
pub(crate) fn column(head: &str) -> Option<Column> {
    let head = squeezed(head);
    if head.chars().count() > 18 || head.contains(['。', '；', '：', ':']) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if head.chars().count() <= 3 && matches!(head.as_str(), "流程" | "环节" | "步骤") {
        return Some(Column::Flow);
    }
    let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
    if ends(&["措施", "责任人", "措施及责任", "责任岗位", "责任主体", "责任科室", "责任部门", "责任单位"])
        && has(&["措施", "防控"])
    {
        Some(Column::Measure)
    } else if has(&["风险"])
        && (ends(&["表现形式", "表现", "风险点", "等级", "描述", "内容", "情形", "级别"]))
        && !has(&["责任"])
    {
        Some(Column::Risk)
    } else if ends(&["流程", "工作步骤", "流程环节", "办理环节", "工作环节", "运行环节", "流程图"]) && !has(&["风险"])
    {
        Some(Column::Flow)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_known_by_many_words() {
        let cases = [
            ("职 权 名 称", Role::Power),
            ("工作\n步骤", Role::Stage),
            ("风险等级（高、中、低）", Role::Level),
            ("廉政风险防控措施", Role::Measures),
            ("责任人及职务", Role::Responsible),
            ("廉政风险点表现情形", Role::RiskItems),
            ("廉政风险点及等级", Role::RiskItems),
            ("岗位风险点等级", Role::Level),
            ("投诉举报电话", Role::Phone),
        ];
        for (head, expected) in cases {
            assert_eq!(role(head), Some(expected), "{head}");
        }
        assert_eq!(role("1.不按规定程序受理。"), None);
        assert_eq!(role("职权名称：取水许可"), None);
    }

    #[test]
    fn heads_of_charts() {
        let heads = ["工作流程", "风险点等级\n及表现形式", "防控措施\n及责任人"];
        assert_eq!(heads.map(column), [Some(Column::Flow), Some(Column::Risk), Some(Column::Measure)]);
        assert_eq!(column("风险等级：高"), None);
        assert_eq!(column("受理"), None);
    }
}
