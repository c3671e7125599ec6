//! Rows for what is probably not meant: charts that can be printed but say something odd.

macro_rules! lint_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    RiskWithoutMeasure "risk-without-measure" Warning {
        message: "环节“{stage}”有风险，没有防控措施" | "the stage “{stage}” has a risk and no measure",
        hints: ["请加上 [[环节.措施]]；由别的环节的措施框管的，在那里写 至" | "add a [[stage.measure]]; where another stage's measures hold, name this one in their through"],
        why: "每个风险点都要有防控措施。" | "Every risk needs its measures.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n表现形式 = [\"无故拖延。\"]",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n表现形式 = [\"无故拖延。\"]\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]",
    }
    PhaseApart "phase-apart" Warning {
        message: "阶段“{phase}”分成了两处" | "the phase “{phase}” comes twice apart",
        hints: ["请把同一阶段的环节写在一起；要是另一个阶段，请换个名称" | "write the stages of a phase together; call it otherwise where it is another phase"],
        why: "一个阶段是一条连着的带子，中间隔开就成了两条同名的。" | "A phase is one band; apart it becomes two of the same name.",
        bad: "[[环节]]\n名称 = \"受理\"\n阶段 = \"前期\"\n[[环节]]\n名称 = \"审查\"\n阶段 = \"后期\"\n[[环节]]\n名称 = \"办结\"\n阶段 = \"前期\"",
        good: "[[环节]]\n名称 = \"受理\"\n阶段 = \"前期\"\n[[环节]]\n名称 = \"审查\"\n阶段 = \"前期\"\n[[环节]]\n名称 = \"办结\"\n阶段 = \"后期\"",
    }
    PhaseBeside "phase-beside" Warning {
        message: "这个环节站在“{host}”旁边，阶段“{phase}”印不出来" | "the stage stands beside “{host}”, so its phase “{phase}” isn't printed",
        hints: ["那一行的阶段是“{row}”，请删去这里的" | "the row's phase is “{row}”: delete this one"],
        why: "一行只属于一个阶段。" | "A row is of one phase.",
        bad: "[[环节]]\n名称 = \"受理\"\n阶段 = \"前期\"\n[[环节]]\n名称 = \"退件\"\n旁支 = \"受理\"\n阶段 = \"后期\"",
        good: "[[环节]]\n名称 = \"受理\"\n阶段 = \"前期\"\n[[环节]]\n名称 = \"退件\"\n旁支 = \"受理\"",
    }
    NextWithoutArrows "next-without-arrows" Warning {
        message: "流程箭头是否，“{stage}”的下一步不画" | "arrows is false, so what “{stage}” leads to isn't drawn",
        hints: ["请删去下一步，或删去 流程箭头" | "delete next, or delete arrows"],
        why: "不画箭头的台账里各环节不分先后。" | "A ledger without arrows has no order of stages.",
        bad: "流程箭头 = false\n[[环节]]\n名称 = \"受理\"\n下一步 = [\"办结\"]\n[[环节]]\n名称 = \"办结\"",
        good: "流程箭头 = false\n[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"办结\"",
    }
    WorstWithoutResponsible "worst-without-responsible" Warning {
        message: "环节“{stage}”的风险等级是最高的“{level}”，措施没有写责任人" | "the stage “{stage}” has a risk of the worst level “{level}”, and its measures name nobody responsible",
        hints: ["请在措施里加上：责任人 = \"…\"" | "add to the measures: responsible = \"…\""],
        why: "最高等级的风险要落实到人。" | "For a risk of the worst level somebody has to be responsible.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"高\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"高\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
    }
    MeasureWithoutRisk "measure-without-risk" Warning {
        message: "环节“{stage}”有防控措施，没有风险" | "the stage “{stage}” has measures and no risk",
        hints: ["请加上 [[环节.风险]]，或把措施移到有风险的环节" | "add a [[stage.risk]], or move the measures to the stage that has it"],
        why: "措施是针对风险点的。" | "Measures answer a risk.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n表现形式 = [\"无故拖延。\"]\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]",
    }
    UnreachableStage "unreachable-stage" Warning {
        message: "没有箭头通到环节“{stage}”" | "no arrow leads to the stage “{stage}”",
        hints: ["请在前一个环节的下一步里写上“{stage}”" | "name “{stage}” in the next of the stage before", "如果各环节不分先后（一览表），请在文件开头写 流程箭头 = {no}" | "where the stages have no order, as in a ledger, write arrows = {no} at the top of the file"],
        why: "从开头走不到的环节多半是下一步漏写了。" | "A stage that the flow never comes to was most likely left out of some next.",
        bad: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"办结\"]\n[[环节]]\n名称 = \"审查\"\n[[环节]]\n名称 = \"办结\"",
        good: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"审查\", \"办结\"]\n[[环节]]\n名称 = \"审查\"\n[[环节]]\n名称 = \"办结\"",
    }
    UngradedRisk "ungraded-risk" Warning {
        message: "环节“{stage}”的风险没有写等级，别的风险都写了" | "the risk of the stage “{stage}” has no level, while others have",
        hints: ["请加上：风险等级 = \"…\"（{known}）" | "add: level = \"…\" ({known})"],
        why: "同一张图里有的分等级有的不分，读者会以为漏了。" | "Where some risks are graded, one that isn't looks forgotten.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }\n[[环节]]\n名称 = \"审查\"\n风险 = { 风险等级 = \"低\", 表现形式 = [\"把关不严。\"] }\n措施 = { 防控措施 = [\"复核。\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"低\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }\n[[环节]]\n名称 = \"审查\"\n风险 = { 风险等级 = \"低\", 表现形式 = [\"把关不严。\"] }\n措施 = { 防控措施 = [\"复核。\"] }",
    }
    ItemEnding "item-ending" Warning {
        message: "这一条末尾{end}，别的条末尾{usual}" | "this item ends in {end}, the others in {usual}",
        hints: ["请统一各条的结尾" | "let all items end alike"],
        why: "同一张图里各条的结尾应当一致。" | "The items of a chart end alike.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\", \"故意刁难\", \"把关不严。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\", \"故意刁难。\", \"把关不严。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
    }
    TrailingMark "trailing-mark" Warning {
        message: "“{text}”末尾多了“{typed}”，会照样印出来" | "“{text}” ends in “{typed}”, which is printed",
        hints: ["请删去它" | "delete it"],
        why: "单位、职权、名称、责任人这样的短语末尾没有标点；多半是按句子的习惯打的。" | "Names and titles end without a mark; one typed there most often came by habit.",
        bad: "职权 = \"行政检查。\"",
        good: "职权 = \"行政检查\"",
    }
    TypedNumber "typed-number" Warning {
        message: "这一条自己写了序号“{number}”，会和程序编的重复" | "this item begins with the typed number “{number}”; the program numbers items itself",
        hints: ["请删去序号" | "delete the number"],
        why: "序号由程序编，增删条目时不会乱。样式在 版面 的 编号样式 里选。" | "The program numbers the items, so that they stay in order; page.numbering chooses how.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"1.无故拖延。\", \"2.故意刁难。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\", \"故意刁难。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
    }
    Markup "markup" Warning {
        message: "文字里有“{typed}”，会照样印出来" | "the text holds “{typed}”, which is printed as it stands",
        hints: [
            "请删去它；换行请写 {break}" | "delete it; write {break} for a line break",
            "要换行，外面用双引号，反斜杠只打一个：{write}" | "for a line break use double quotes and one backslash: {write}",
        ],
        why: "这是网页或 Markdown 的记号，从别处复制时带来的；图里的文字没有记号。" | "It marks up web pages or Markdown and came along in copying; texts of a chart have no markup.",
        bad: "备注 = [\"**无故拖延**&nbsp;的。\"]",
        good: "备注 = [\"无故拖延的。\"]",
    }
    HalfWidthMark "half-width-mark" Warning {
        message: "汉字之间用了半角“{typed}”" | "a half-width “{typed}” stands between Han characters",
        hints: ["请改成“{full}”" | "use “{full}”"],
        why: "中文里的标点用全角（GB/T 15834—2011）。" | "Marks among Han characters are full-width (GB/T 15834—2011).",
        bad: "备注 = [\"带有倾向性,办理人情案。\"]",
        good: "备注 = [\"带有倾向性，办理人情案。\"]",
    }
    DoubledMark "doubled-mark" Warning {
        message: "标点“{typed}”连在一起" | "the marks “{typed}” stand together",
        hints: ["请删去一个" | "delete one"],
        why: "句号、逗号、顿号、分号不连用，多半是打了两次，或逗号打在了引号里面。" | "Stops and commas don't stand together: one was typed twice, or a comma within the quotes.",
        bad: "备注 = [\"无原因超时实施。。\"]",
        good: "备注 = [\"无原因超时实施。\"]",
    }
    DoubledWord "doubled-word" Warning {
        message: "“{word}”连着写了{times}" | "“{word}” is written {times} in a row",
        hints: ["请删去一个" | "delete one"],
        why: "复制粘贴时容易重复一个词。" | "Copying and pasting easily doubles a word.",
        bad: "单位 = \"长治高新区财政财政管理运营部\"",
        good: "单位 = \"长治高新区财政管理运营部\"",
    }
    KnownSlip "known-slip" Warning {
        message: "“{typed}”常写作“{usual}”" | "“{typed}” is usually written “{usual}”",
        hints: ["请核对，需要时改成“{usual}”" | "check it and write “{usual}” where that is meant"],
        why: "这是廉政风险防控图里常见的错别字或不规范写法。" | "A slip or non-standard form often seen in such charts.",
        bad: "备注 = [\"建立查处案件台帐。\"]",
        good: "备注 = [\"建立查处案件台账。\"]",
    }
    SpacedName "spaced-name" Warning {
        message: "名称里用空格拉开了字：“{typed}”，已按“{read}”读取" | "spaces are typed between the characters of “{typed}”, read as “{read}”",
        hints: ["请写成“{read}”，字距由程序排" | "write “{read}”: the program spaces it"],
        why: "两三个字的名称由程序均匀排开，打空格反而参差，也搜不到。" | "Short names are spread evenly by the program; typed spaces come out uneven and defeat searching.",
        bad: "[[环节]]\n名称 = \"受    理\"",
        good: "[[环节]]\n名称 = \"受理\"",
    }
    EmptyPhone "empty-phone" Note {
        message: "{label}没有号码，将印一条横线供手填" | "{label} has no number; a rule to fill in by hand is printed",
        hints: [],
        why: "提醒一下，免得印好才发现。" | "Better known before the chart is printed.",
        bad: "[电话]\n监督电话 = \"\"",
        good: "[电话]\n监督电话 = \"0355-12388\"",
    }
    BehindNumberSign "behind-number-sign" Note {
        message: "第 {lines} 行前面有 #，是说明，不会印出来" | "lines {lines} stand behind # and are remarks: they are not printed",
        hints: ["要印出来就去掉行首的 #" | "delete the # to have them printed"],
        why: "# 后面的字是给写的人看的说明。" | "What stands behind # is a remark for writers.",
        bad: "# \"责任科室\" = \"办公室\"",
        good: "\"责任科室\" = \"办公室\"",
    }
    IdentityNumber "identity-number" Error {
        message: "这里有身份证号码" | "this is somebody's identity number",
        hints: ["请删去，图是要张贴的" | "delete it: the chart is put up in public"],
        why: "身份证号码是个人信息，不能印在公开张贴的图上（个人信息保护法）。" | "Identity numbers are personal data and must not be printed on a public chart.",
        bad: "备注 = [\"联系人 11010519491231002X\"]",
        good: "备注 = [\"联系人见值班表\"]",
    }
    MobileNumber "mobile-number" Warning {
        message: "这里有手机号码 {number}" | "this is the mobile number {number}",
        hints: ["公开张贴的图请用单位电话" | "use an office telephone on a chart put up in public"],
        why: "个人手机号码是个人信息，印出以前请确认可以公开。" | "Mobile numbers are personal data; make sure this one may be published.",
        bad: "[电话]\n监督电话 = \"13800138000\"",
        good: "[电话]\n监督电话 = \"0355-12388\"",
    }
    } };
}
