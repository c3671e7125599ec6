//! The rows of [`KEYS`].

use super::{Choice, KeyRow, Kind, TableId};
use crate::diag::{CODES, Severity, Words};
use crate::theme;

const fn key(
    table: TableId,
    name: &'static str,
    zh: &'static str,
    kind: Kind,
    about_zh: &'static str,
    about_en: &'static str,
) -> KeyRow {
    let about = Words { zh: about_zh, en: about_en };
    KeyRow { table, name, zh, kind, required: false, default: "", about, pattern: "", count: 0 }
}

impl KeyRow {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = pattern;
        self
    }

    const fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }
}

const fn choice(name: &'static str, zh: &'static str, about_zh: &'static str, about_en: &'static str) -> Choice {
    Choice { name, zh, about: Words { zh: about_zh, en: about_en } }
}

/// `#rrggbb` or `#rgb`.
const COLOR: &str = "^\\s*#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\\s*$";

/// What a flow box looks like.
pub(crate) const SHAPES: &[Choice] = &[
    choice("step", "步骤", "方框", "a box"),
    choice("decision", "判断", "菱形，通常有几个下一步", "a diamond, usually with several ways on"),
    choice("start", "开始", "圆头框", "a box with round ends"),
    choice("end", "结束", "圆头框；流程到此为止", "a box with round ends; the flow ends here"),
];

const ORIENTATIONS: &[Choice] = &[
    choice("auto", "自动", "哪个方向的字大用哪个", "whichever gives the larger type"),
    choice("portrait", "纵向", "高大于宽", "taller than wide"),
    choice("landscape", "横向", "宽大于高", "wider than tall"),
];

/// 主题: the rows of the theme table.
const THEMES: &[Choice] = &theme_choices();

const fn theme_choices() -> [Choice; theme::THEMES.len()] {
    let mut choices = [choice("", "", "", ""); theme::THEMES.len()];
    let mut row = 0;
    while row < choices.len() {
        let look = &theme::THEMES[row];
        choices[row] = choice(look.name, look.chinese, look.purpose[0], look.purpose[1]);
        row += 1;
    }
    choices
}

const NUMBERINGS: &[Choice] = &[
    choice("1.", "1.", "1.", "1."),
    choice("1、", "1、", "1、", "1、"),
    choice("（1）", "（1）", "（1）", "（1）"),
    choice("①", "①", "①", "①"),
    choice("一、", "一、", "一、", "一、"),
    choice("none", "无", "不编号", "no numbers"),
];

const COLOR_SPACES: &[Choice] = &[
    choice("rgb", "屏幕色", "办公打印机和屏幕", "for office printers and screens"),
    choice("cmyk", "四色", "印刷厂四色印刷", "for four-colour presses"),
    choice("gray", "灰度", "只用黑墨", "black ink alone"),
];

/// The columns of a chart.
pub(crate) const COLUMNS: &[Choice] = &[
    choice("flow", "流程", "工作流程", "the flow"),
    choice("risk", "风险", "风险点等级及表现形式", "the risks"),
    choice("measure", "措施", "防控措施及责任人", "the measures"),
];

const FORMATS: &[Choice] = &[
    choice("svg", "svg", "矢量图", "a vector picture"),
    choice("pdf", "pdf", "打印用", "for printing"),
    choice("png", "png", "点阵图", "a pixel picture"),
    choice("ofd", "ofd", "国产版式文件", "China's format for official documents"),
    choice("html", "html", "网页", "web pages"),
];

const STANDARDS: &[Choice] = &[
    choice("a-2a", "a-2a", "PDF/A-2a", "PDF/A-2a"),
    choice("a-1b", "a-1b", "PDF/A-1b", "PDF/A-1b"),
    choice("none", "无", "不声明", "no claim"),
];

/// 不报: every code but those of errors, which nobody may leave untold.
const ALLOWABLE: &[Choice] = &allowable();

const fn allowable() -> [Choice; count_allowable()] {
    let mut choices = [choice("", "", "", ""); count_allowable()];
    let (mut code, mut row) = (0, 0);
    while code < CODES.len() {
        if !matches!(CODES[code].severity, Severity::Error) {
            choices[row] = Choice { name: CODES[code].slug, zh: CODES[code].slug, about: CODES[code].message };
            row += 1;
        }
        code += 1;
    }
    choices
}

const fn count_allowable() -> usize {
    let (mut code, mut count) = (0, 0);
    while code < CODES.len() {
        count += !matches!(CODES[code].severity, Severity::Error) as usize;
        code += 1;
    }
    count
}

/// Every key of the chart format and the project file, table by table.
#[rustfmt::skip]
pub const KEYS: &[KeyRow] = &[
    key(TableId::Chart, "unit", "单位", Kind::Text, "单位名称，标题第一行", "the agency, first title line"),
    key(TableId::Chart, "title", "标题", Kind::Text, "标题第二行", "second title line").default("\"行政职权廉政风险防控图\""),
    key(TableId::Chart, "power", "职权", Kind::Text, "职权名称，印在标题后的（）里", "the power, printed in （） after the title").required(),
    key(TableId::Chart, "subtitle", "副标题", Kind::Text, "标题下的小字", "smaller line under the title"),
    key(TableId::Chart, "code", "职权编码", Kind::Text, "页眉：职权编码", "header field: the code of the power"),
    key(TableId::Chart, "category", "职权类别", Kind::Text, "页眉：职权类别", "header field: the category of the power"),
    key(TableId::Chart, "department", "责任科室", Kind::Text, "页眉：责任科室", "header field: the department in charge"),
    key(TableId::Chart, "version", "版本", Kind::Text, "版本", "version"),
    key(TableId::Chart, "date", "日期", Kind::Date, "日期，按所写印出", "date, printed as written"),
    key(TableId::Chart, "phones", "电话", Kind::Labelled, "页脚的电话，按所写顺序；号码留空则印一条横线供手填", "telephones of the footer in the order written; an empty number prints a ruled blank"),
    key(TableId::Chart, "notes", "备注", Kind::Texts, "图下的备注", "notes under the grid"),
    key(TableId::Chart, "logo", "徽标", Kind::Text, "标题左边的徽标：图文件旁边或下级文件夹里的 SVG 或 PNG", "an SVG or PNG beside or below the chart file, left of the title"),
    key(TableId::Chart, "qr", "二维码", Kind::Table(TableId::Qr), "页脚的二维码", "a QR code in the footer"),
    key(TableId::Chart, "rating", "职权等级", Kind::Text, "整个职权的等级：等级定义里的一个名称，印在标题旁", "the level of the whole power, a name of the scale: a badge in the title block"),
    key(TableId::Chart, "watermark", "水印", Kind::Text, "栏目后面斜印的浅色大字，例如 征求意见稿", "large, light and slanting behind the grid, such as 征求意见稿"),
    key(TableId::Chart, "arrows", "流程箭头", Kind::Flag, "否 表示台账：各环节不分先后，不画流程箭头", "false is a ledger: stages are entries without order and no flow arrows are drawn").default("true"),
    key(TableId::Chart, "labels", "用语", Kind::Table(TableId::Labels), "把程序印的词换成本单位的说法，例如 责任人 = \"责任主体\"", "other words for those that the program prints"),
    key(TableId::Chart, "columns", "栏目", Kind::Table(TableId::Columns), "三栏的顺序和表头；整张图没有框的一栏不画", "order and heads of the three columns; one without a single box is left out"),
    key(TableId::Chart, "level", "等级定义", Kind::Tables(TableId::Level), "风险等级，从最高到最低", "the scale of risk, worst first").default("高 中 低"),
    key(TableId::Chart, "page", "版面", Kind::Table(TableId::Page), "纸张和版面", "paper and layout"),
    key(TableId::Chart, "stage", "环节", Kind::Tables(TableId::Stage), "流程的各环节，按先后", "the stages of the flow, in order").required(),

    key(TableId::Stage, "id", "标识", Kind::Text, "下一步、旁支、至 用它指这个环节；两个环节同名时才需要", "what next, beside and through call this stage; needed only where two stages bear one name").default("name"),
    key(TableId::Stage, "name", "名称", Kind::Text, "流程框里的文字", "text of the flow box").required(),
    key(TableId::Stage, "note", "说明", Kind::Text, "流程框里的小字", "smaller text in the flow box"),
    key(TableId::Stage, "deadline", "时限", Kind::Text, "时限，例如 2个工作日", "time limit, such as 2个工作日"),
    key(TableId::Stage, "department", "责任科室", Kind::Text, "印在流程框里的责任科室", "department in charge, printed in the flow box"),
    key(TableId::Stage, "materials", "材料", Kind::Texts, "所需材料", "documents needed"),
    key(TableId::Stage, "steps", "步骤", Kind::Texts, "流程框里名称下面的小步骤；序号由程序编，不要自己写", "a numbered list in the flow box below its name; numbered by the program"),
    key(TableId::Stage, "phase", "阶段", Kind::Text, "所属的阶段；相连的环节写同一个阶段，就围在一条写着它的带子里", "the phase it belongs to; stages in a row that name one phase stand in a band with that name"),
    key(TableId::Stage, "shape", "形状", Kind::Choice(SHAPES), "流程框的形状", "what the flow box looks like").default("\"step\""),
    key(TableId::Stage, "next", "下一步", Kind::TextsOrTables(TableId::Link), "流程往下走到哪些环节；[] 表示到此结束。不写：主线环节走到文件中下一个主线环节，形状为结束的和旁支的到此为止；没有别的环节指向某个旁支时，它所在的主线环节也指向它", "where the flow goes on to; [] ends it. Left out: a stage of the main line leads to the next one of the main line in the file, an end or a beside stage leads nowhere; a host leads to its beside stages that no other stage names"),
    key(TableId::Stage, "beside", "旁支", Kind::Text, "站在哪个环节旁边：与它同一行，在主线一侧", "the stage beside which this box stands, in the same row, off the main line"),
    key(TableId::Stage, "risk", "风险", Kind::TableOrTables(TableId::Risk), "这个环节的风险框，可以没有", "risk boxes of this stage; none is normal"),
    key(TableId::Stage, "measure", "措施", Kind::TableOrTables(TableId::Measure), "这个环节的措施框", "measure boxes of this stage"),

    key(TableId::Risk, "id", "编号", Kind::Text, "风险编号，例如 A1-1", "number of the risk, such as A1-1"),
    key(TableId::Risk, "name", "风险点", Kind::Text, "风险框的标题", "heading of the box"),
    key(TableId::Risk, "category", "类别", Kind::Text, "风险类别，例如 岗位职责风险", "category of the risk, such as 岗位职责风险"),
    key(TableId::Risk, "level", "风险等级", Kind::Text, "等级定义里的一个名称，印作 风险等级：高", "a name of the scale, printed as 风险等级：高"),
    key(TableId::Risk, "items", "表现形式", Kind::Texts, "各条表现形式；序号由程序编，不要自己写", "how the risk shows; numbered by the program"),
    key(TableId::Risk, "through", "至", Kind::Text, "风险框从本环节一直占到哪个环节", "the last stage whose row the box spans"),

    key(TableId::Measure, "name", "措施名称", Kind::Text, "措施框的标题，例如 前期预防", "heading of the box, such as 前期预防"),
    key(TableId::Measure, "items", "防控措施", Kind::Texts, "各条措施；序号由程序编，不要自己写", "the measures; numbered by the program"),
    key(TableId::Measure, "responsible", "责任人", Kind::TextOrTexts, "责任人，印作 责任人：甲、乙；写成 \"直接责任人：甲\" 的一项单独一行", "who is responsible, printed as 责任人：甲、乙; an entry with a rank before a colon, \"直接责任人：甲\", takes a line of its own"),
    key(TableId::Measure, "supervisor", "监督人", Kind::TextOrTexts, "监督人，印在责任人下面，写法相同", "who supervises, printed below 责任人 in the same way"),
    key(TableId::Measure, "deadline", "时限", Kind::Text, "何时完成或多久一次，例如 每季度一次，印在责任人、监督人之后", "until when or how often, such as 每季度一次, printed after the names"),
    key(TableId::Measure, "basis", "依据", Kind::Texts, "法律依据，小字", "legal basis, printed smaller"),
    key(TableId::Measure, "through", "至", Kind::Text, "措施框从本环节一直占到哪个环节", "the last stage whose row the box spans"),

    key(TableId::Link, "to", "到", Kind::Text, "走到哪个环节", "the stage the arrow leads to").required(),
    key(TableId::Link, "label", "说明", Kind::Text, "箭头旁的字，例如 材料不齐全", "what stands beside the arrow, such as 材料不齐全"),

    key(TableId::Level, "name", "名称", Kind::Text, "等级名称，例如 高、一级、A", "name of the level, such as 高, 一级, A").required(),
    key(TableId::Level, "color", "颜色", Kind::Text, "颜色，写作 \"#c00000\"", "colour, written as \"#c00000\"").pattern(COLOR),
    key(TableId::Level, "mark", "标记", Kind::Text, "等级标记，例如 ★", "mark of the level, such as ★"),

    key(TableId::Page, "paper", "纸张", Kind::Text, "纸张名称，或尺寸如 600x900mm", "name of a paper, or a size such as 600x900mm").default("\"A3\""),
    key(TableId::Page, "orientation", "方向", Kind::Choice(ORIENTATIONS), "纸张方向", "how the paper is turned").default("\"auto\""),
    key(TableId::Page, "margin", "页边距", Kind::Margin(0.0, 1000.0), "页边距，毫米；一个数或 [上, 右, 下, 左]", "margin in mm: one number or [top, right, bottom, left]"),
    key(TableId::Page, "bleed", "出血", Kind::Number(0.0, 20.0, "mm"), "出血，毫米", "bleed in mm").default("0"),
    key(TableId::Page, "marks", "裁切标记", Kind::Flag, "出血外的裁切线和套准线", "crop and register marks outside the bleed").default("false"),
    key(TableId::Page, "theme", "主题", Kind::Choice(THEMES), "颜色和线条的样子", "colours and strokes").default("\"official\""),
    key(TableId::Page, "font", "字体", Kind::TextOrTable(TableId::Font), "字体名称；一个用于全图，或分别写 标题 栏头 正文", "family name for all, or a table by use"),
    key(TableId::Page, "numbering", "编号样式", Kind::Choice(NUMBERINGS), "各条前的序号", "how items are numbered").default("\"1.\""),
    key(TableId::Page, "number_single", "单项编号", Kind::Flag, "只有一条时是否也编号", "whether a lone item is numbered").default("true"),
    key(TableId::Page, "min_size", "最小字号", Kind::Number(3.0, 72.0, "pt"), "正文最小字号，磅；再小就接到下一页", "smallest body type in pt; below it the chart goes on on a further page").default("A3 及更大 9，更小 7.5"),
    key(TableId::Page, "distance", "阅读距离", Kind::Number(0.1, 30.0, "m"), "读者站多远，米；字太小时给出警告", "how far off readers stand, in m; a warning where the type is too small for it"),
    key(TableId::Page, "color", "色彩", Kind::Choice(COLOR_SPACES), "PDF 的颜色", "colours of the PDF").default("\"rgb\""),
    key(TableId::Page, "profile", "色彩配置", Kind::Text, "印刷厂给的色彩特性文件（ICC），四色的 PDF 用；放在写这一行的文件旁边或下级文件夹里", "the print shop's ICC profile for PDF in CMYK, beside or below the file that says so"),

    key(TableId::Font, "title", "标题", Kind::Text, "标题的字体", "family of the title"),
    key(TableId::Font, "head", "栏头", Kind::Text, "表头的字体", "family of the column heads"),
    key(TableId::Font, "body", "正文", Kind::Text, "正文的字体", "family of the body"),

    key(TableId::Columns, "order", "顺序", Kind::Choices(COLUMNS), "三栏从左到右的顺序", "the three columns from left to right").default("[\"flow\", \"risk\", \"measure\"]").count(3),
    key(TableId::Columns, "heads", "表头", Kind::Texts, "三栏的表头，依次为流程、风险、措施；\\n 换行", "heads in flow, risk, measure order; \\n breaks a line").default("[\"工作流程\", \"风险点等级\\n及表现形式\", \"防控措施\\n及责任人\"]").count(3),

    key(TableId::Qr, "text", "内容", Kind::Text, "二维码的内容", "what the code says").required(),
    key(TableId::Qr, "label", "说明", Kind::Text, "二维码下的字", "what stands under it"),

    key(TableId::Labels, "level", "风险等级", Kind::Text, "印在等级前的词", "the words before a level").default("\"风险等级\""),
    key(TableId::Labels, "responsible", "责任人", Kind::Text, "印在责任人前的词", "the words before who is responsible").default("\"责任人\""),
    key(TableId::Labels, "supervisor", "监督人", Kind::Text, "印在监督人前的词", "the words before who supervises").default("\"监督人\""),
    key(TableId::Labels, "deadline", "时限", Kind::Text, "印在时限前的词", "the words before a time limit").default("\"时限\""),
    key(TableId::Labels, "department", "责任科室", Kind::Text, "印在责任科室前的词", "the words before a department").default("\"责任科室\""),
    key(TableId::Labels, "materials", "材料", Kind::Text, "印在材料前的词", "the words before materials").default("\"材料\""),
    key(TableId::Labels, "basis", "依据", Kind::Text, "印在依据前的词", "the words before a legal basis").default("\"依据\""),
    key(TableId::Labels, "category", "类别", Kind::Text, "印在风险类别前的词", "the words before a risk's category").default("\"类别\""),
    key(TableId::Labels, "notes", "备注", Kind::Text, "印在备注前的词", "the words before the notes").default("\"备注\""),
    key(TableId::Labels, "legend", "图例", Kind::Text, "印在页脚各等级前的词；不写就是风险等级的用语", "the words before the levels in the footer; the word for level where left out").default("level"),

    key(TableId::Project, "defaults", "默认", Kind::Table(TableId::Chart), "各图共用的内容：图文件里能写的都能写，图里自己写的优先", "what all charts share: any key of a chart; a chart's own key wins"),
    key(TableId::Project, "page", "版面", Kind::Table(TableId::Page), "同 [defaults.page]", "the same as [defaults.page]"),
    key(TableId::Project, "level", "等级定义", Kind::Tables(TableId::Level), "同 [[defaults.level]]", "the same as [[defaults.level]]"),
    key(TableId::Project, "output", "输出", Kind::Table(TableId::Output), "写哪些文件", "which files are written"),
    key(TableId::Project, "check", "检查", Kind::Table(TableId::Check), "怎样检查", "how charts are checked"),
    key(TableId::Project, "fonts", "字体", Kind::Table(TableId::Fonts), "另用的字体；旁边的 fonts 文件夹不写也用", "further fonts; a folder `fonts` beside this file is used by itself"),

    key(TableId::Output, "formats", "格式", Kind::Choices(FORMATS), "每张图写成哪些格式", "the formats each chart is written in").default("[\"svg\", \"pdf\"]"),
    key(TableId::Output, "book", "合订本", Kind::Text, "把全部图合成一个 PDF 的文件名", "name of one PDF with all charts"),
    key(TableId::Output, "folder", "文件夹", Kind::Text, "海报写到哪里，从本文件所在的文件夹算起", "where the posters go, from the folder of this file").default("out"),
    key(TableId::Output, "dpi", "每英寸点数", Kind::Number(10.0, 2400.0, ""), "PNG 每英寸多少点", "dots per inch of PNG").default("150"),
    key(TableId::Output, "tile", "拼接", Kind::Text, "另写一个拆成这种小纸的 PDF", "paper of a further PDF that cuts the poster to sheets"),
    key(TableId::Output, "pdf_standard", "存档标准", Kind::Choice(STANDARDS), "PDF 的存档标准", "archive standard of the PDF").default("\"a-2a\""),
    key(TableId::Output, "attach_source", "附上图文件", Kind::Flag, "把图文件附在 PDF、OFD 里，riskchart extract 可以取出", "whether PDF and OFD carry the chart files, for `riskchart extract`").default("false"),
    key(TableId::Output, "stamp", "核对码", Kind::Flag, "在页脚和二维码里印核对码，riskchart which 凭它查海报是不是最新的", "whether footer and QR code have a stamp, by which `riskchart which` tells whether a poster is today's").default("false"),

    key(TableId::Check, "allow", "不报", Kind::Choices(ALLOWABLE), "不报告的警告，写代号；见 riskchart list codes", "codes of warnings that are not told; see `riskchart list codes`"),
    key(TableId::Check, "strict", "从严", Kind::Flag, "警告也算错误", "whether warnings count as errors").default("false"),

    key(TableId::Fonts, "folders", "文件夹", Kind::Texts, "放字体文件（.ttf、.otf、.ttc）的文件夹，从本文件所在的文件夹算起", "folders of .ttf, .otf and .ttc files, from the folder of this file"),
];

/// Names that a key has in other tables and can only mean this one here.
pub(super) const SAME: &[(TableId, &str, &str)] =
    &[(TableId::Chart, "category", "类别"), (TableId::Risk, "name", "名称"), (TableId::Measure, "name", "名称")];

/// Words that clerks write for a key although their letters are more like another's, or like none's.
#[rustfmt::skip]
pub(super) const MEANT: &[(TableId, &str, &[&str])] = &[
    (TableId::Chart, "unit", &["单位名称", "机关", "部门"]),
    (TableId::Chart, "power", &["事项", "事项名称", "权力", "权力名称", "权力事项"]),
    (TableId::Chart, "code", &["编码", "编号", "权力编码"]),
    (TableId::Chart, "notes", &["注", "说明", "注意"]),
    (TableId::Chart, "stage", &["流程", "步骤", "工作流程", "流程环节", "办理环节", "工作环节", "节点", "阶段"]),
    (TableId::Chart, "watermark", &["底纹", "背景文字"]),
    (TableId::Chart, "labels", &["措辞", "名词", "词语"]),
    (TableId::Chart, "level", &["等级", "级别", "风险等级", "风险级别", "等级标准"]),
    (TableId::Stage, "name", &["环节", "流程", "内容"]),
    (TableId::Stage, "deadline", &["期限", "办理时限", "时间", "承诺时限"]),
    (TableId::Stage, "department", &["科室", "部门", "承办科室", "办理科室"]),
    (TableId::Stage, "materials", &["资料", "所需资料", "申请材料"]),
    (TableId::Stage, "steps", &["小步骤", "工作步骤", "具体步骤", "办理步骤"]),
    (TableId::Stage, "phase", &["所属阶段", "工作阶段"]),
    (TableId::Stage, "next", &["下一环节", "后续", "转到"]),
    (TableId::Stage, "risk", &["风险点", "廉政风险", "廉政风险点", "风险等级", "表现形式", "风险表现"]),
    (TableId::Stage, "measure", &["防控措施", "防控", "防范措施", "控制措施", "防控措施及责任人"]),
    (TableId::Risk, "name", &["名称", "标题"]),
    (TableId::Risk, "level", &["等级", "级别", "风险级别", "风险程度"]),
    (TableId::Risk, "items", &["风险表现", "表现", "具体表现", "风险描述", "风险点描述", "风险内容", "内容", "条目"]),
    (TableId::Measure, "name", &["名称", "标题"]),
    (TableId::Measure, "items", &["措施", "防控", "具体措施", "控制措施", "内容", "条目"]),
    (TableId::Measure, "responsible", &["负责人", "责任主体", "责任单位", "责任科室", "责任部门"]),
    (TableId::Measure, "supervisor", &["监督", "监督责任人", "监督部门", "监督单位"]),
    (TableId::Measure, "deadline", &["期限", "完成时限", "时间", "频次"]),
    (TableId::Measure, "basis", &["法律依据", "政策依据", "法规"]),
    (TableId::Link, "to", &["名称", "环节", "去向", "转到", "下一步", "至"]),
    (TableId::Link, "label", &["条件", "文字", "标签", "情况", "备注", "名目"]),
    (TableId::Level, "name", &["等级", "级别", "风险等级"]),
    (TableId::Page, "paper", &["纸", "尺寸", "大小", "幅面"]),
    (TableId::Page, "orientation", &["横向", "纵向", "纸张方向"]),
    (TableId::Page, "min_size", &["字号", "字体大小"]),
    (TableId::Page, "color", &["颜色", "颜色模式"]),
    (TableId::Qr, "text", &["网址", "链接", "地址", "网站"]),
    (TableId::Qr, "label", &["文字", "标题", "名称", "提示"]),
];
