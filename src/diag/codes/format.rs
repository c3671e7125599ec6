//! Rows for the chart format: keys, values, and what stages say of each other.

macro_rules! format_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    UnknownKey "unknown-key" Error {
        message: "不认识的名称 {key}" | "unknown key {key}",
        hints: [
            "是否指 {nearest}？" | "is {nearest} meant?",
            "请写成 {line}" | "write {line}",
            "请写在一个列表里：{list} = [{entries}]" | "write one list: {list} = [{entries}]",
            "请写成 {write}，它前面要有所属的 [[环节]]" | "write {write}, below the [[stage]] it belongs to",
            "第 {hidden} 行的标题在 # 后面，算作说明了，请写成 {header}" | "the header on line {hidden} stands after # and counts as a remark: write {header}",
            "{elsewhere}应写在 {header} 下面" | "{elsewhere} belongs under {header}",
            "如果这个文件是一张图，请另取文件名，例如 {file}：riskchart.toml 里只写各图共用的内容" | "where this file is a chart, give it a name of its own, such as {file}: riskchart.toml holds what all charts share",
            "{above}应写在 {before} 之前" | "{above} belongs above {before}",
            "{top}应写在文件开头，第一个方括号标题之前" | "{top} belongs at the top of the file, before the first header",
            "如果从这里起是另一张图（{another}），请剪到另一个文件里：一个文件一张图" | "where another chart ({another}) begins here, move it to a file of its own: a file is one chart",
            "{inside}这样的内容直接写在文件开头，不用这个标题" | "{inside} and its like stand at the top of the file, without this header",
            "这里可以写：{known}" | "known here: {known}",
        ],
        why: "写错的名称如果放过，它的内容就会悄悄丢掉。" | "A misspelt key that passed would silently lose its value.",
        bad: "[[环节]]\nnmae = \"受理\"\nname = \"受理\"",
        good: "[[环节]]\nname = \"受理\"",
    }
    MissingKey "missing-key" Error {
        message: "少了 {key}" | "{key} is missing",
        hints: [
            "如果“{typed}”写的就是环节的名称，请改成 名称 = \"{name}\"" | "where “{typed}” is the stage's name, write name = \"{name}\"",
            "请加上一行：{example}" | "add a line: {example}",
        ],
        why: "没有它图就不完整。" | "The chart is not complete without it.",
        bad: "[[环节]]\n说明 = \"当日\"",
        good: "[[环节]]\n名称 = \"受理\"\n说明 = \"当日\"",
    }
    EmptyText "empty-text" Error {
        message: "{key}是空的" | "{key} is empty",
        hints: [
            "请填上文字{or}" | "write a text{or}",
            "流程到此结束请写 {ends} = []" | "where the flow ends, write {ends} = []",
        ],
        why: "空的一项会印成一个空框或空号。" | "An empty entry would be printed as an empty box or a lone number.",
        bad: "备注 = [\"甲\", \"\"]",
        good: "备注 = [\"甲\"]",
    }
    WrongType "wrong-type" Error {
        message: "{key}的写法不对，应是{expected}" | "{key} is of the wrong kind: expected {expected}",
        hints: [],
        why: "每个名称后面只能写一类内容：文字、数、日期、列表或表。" | "Each key takes one kind of value: a text, a number, a date, a list or a table.",
        bad: "备注 = 1",
        good: "备注 = [\"1\"]",
    }
    UnknownChoice "unknown-choice" Error {
        message: "{key}不能写“{value}”" | "{key} can't be “{value}”",
        hints: ["是否指“{nearest}”？" | "is “{nearest}” meant?", "可以写：{known}" | "one of: {known}", "riskchart list {list} 列出全部" | "riskchart list {list} lists them all"],
        why: "这里只能从几个词里选一个。" | "Only one of a few words may stand here.",
        bad: "[[环节]]\n名称 = \"受理\"\n形状 = \"棱形\"",
        good: "[[环节]]\n名称 = \"受理\"\n形状 = \"判断\"",
    }
    OutOfRange "out-of-range" Error {
        message: "{key}不能是 {value}，应在 {min} 到 {max} {unit} 之间" | "{key} can't be {value}: it lies between {min} and {max} {unit}",
        hints: [],
        why: "超出范围的数印不出来。" | "A chart can't be printed with a number out of range.",
        bad: "版面 = { 出血 = 25 }",
        good: "版面 = { 出血 = 3 }",
    }
    NoStages "no-stages" Error {
        message: "图里没有环节" | "the chart has no stages",
        hints: ["请至少写一个 [[环节]]，下面写 名称 = \"受理\"" | "write at least one [[stage]] with name = \"受理\" below"],
        why: "一张图至少有一个环节。" | "A chart has at least one stage.",
        bad: "环节 = []",
        good: "[[环节]]\n名称 = \"受理\"",
    }
    DuplicateStage "duplicate-stage" Error {
        message: "有两个环节叫“{id}”" | "two stages are called “{id}”",
        hints: ["请给其中一个另加标识，例如 标识 = \"{id}2\"" | "give one of them an id of its own, such as id = \"{id}2\""],
        why: "下一步、旁支、至 靠标识（没有就是名称）找环节，重了就分不清。" | "next, beside and through find a stage by its id, or else its name, which has to be unique.",
        bad: "[[环节]]\n名称 = \"审查\"\n[[环节]]\n名称 = \"审查\"",
        good: "[[环节]]\n名称 = \"审查\"\n[[环节]]\n名称 = \"审查\"\n标识 = \"审查2\"",
    }
    DuplicateLevel "duplicate-level" Error {
        message: "等级“{name}”定义了两次" | "the level “{name}” is defined twice",
        hints: ["请删去一个" | "delete one of them"],
        why: "每个等级只能有一个位置。" | "A level has one place in the scale.",
        bad: "[[等级定义]]\n名称 = \"高\"\n[[等级定义]]\n名称 = \"高\"",
        good: "[[等级定义]]\n名称 = \"高\"\n[[等级定义]]\n名称 = \"低\"",
    }
    UnknownLevel "unknown-level" Error {
        message: "没有“{value}”这个风险等级" | "there is no level “{value}”",
        hints: [
            "请写上等级的名称；没有等级就删去“{none}”这一行" | "write the name of a level, or delete the line “{none}” where there is none",
            "一个风险框只有一个等级：{several} 请分成几个 [[环节.风险]]" | "a risk box has one level: write a [[stage.risk]] for each of {several}",
            "是否指“{nearest}”？" | "is “{nearest}” meant?",
            "默认只有 高、中、低；要用自己的等级，在文件开头加这一行，从最高写到最低（次序请核对）：{scale}" | "the standard levels are 高 中 低; for levels of your own add this line at the top of the file, worst first (check the order): {scale}",
            "本图的等级有：{known}" | "this chart's levels: {known}",
        ],
        why: "风险等级必须是等级定义里的名称；没有写等级定义时是 高、中、低。" | "A level is a name of the chart's scale, which is 高 中 低 where none is given.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"较高\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"高\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
    }
    LevelByAnotherName "level-by-another-name" Note {
        message: "风险等级“{value}”已按“{level}”读取" | "the level “{value}” was read as “{level}”",
        hints: ["请写成“{level}”" | "write “{level}”"],
        why: "风险等级写等级定义里的名称，不加“风险”“级”等字。" | "A level is called by its name in the scale, without 风险 or 级.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"高风险\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"高\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
    }
    DoubledBrackets "doubled-brackets" Note {
        message: "程序会把职权印成（职权），“{typed}”已按“{read}”读取" | "the power is printed in （）; “{typed}” was read as “{read}”",
        hints: ["请只写“{read}”" | "write “{read}” alone"],
        why: "职权印在标题后面的括号里，自己再写一次就印出两层括号。" | "The power is printed in brackets after the title; typed there too, they would come twice.",
        bad: "职权 = \"（取水许可）\"",
        good: "职权 = \"取水许可\"",
    }
    Unfilled "unfilled" Note {
        message: "还有 {count} 处没填（{names}），印出来是横线，可以手填" | "{count} fields are still to be filled in ({names}); they are printed as rules to write on",
        hints: ["在第 {lines} 行的引号里写上内容；没有风险的环节，把它的风险和措施整段删去" | "write between the quotes of lines {lines}; delete risk and measure of a stage that has none"],
        why: "提醒一下，免得印好才发现。" | "Better known before the chart is printed.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"\", 表现形式 = [\"\"] }\n措施 = { 防控措施 = [\"\"], 责任人 = \"\" }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 风险等级 = \"低\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = \"受理人\" }",
    }
    UnknownRating "unknown-rating" Error {
        message: "职权等级不能写“{value}”，等级定义里没有它" | "the power can't be rated “{value}”, which is no level of the scale",
        hints: [
            "请写上等级的名称；没有等级就删去“{none}”这一行" | "write the name of a level, or delete the line “{none}” where there is none",
            "一个职权只有一个等级：{several} 请留下最高的" | "a power has one level: keep the worst of {several}",
            "是否指“{nearest}”？" | "is “{nearest}” meant?",
            "本图的等级有：{known}" | "this chart's levels: {known}",
        ],
        why: "职权等级和风险等级用同一套等级：等级定义里的名称，没有写等级定义时是 高、中、低。" | "A power is rated on the same scale as its risks: that of the chart, or 高 中 低 where none is given.",
        bad: "职权等级 = \"重大\"",
        good: "职权等级 = \"高\"",
    }
    WatermarkTooLong "watermark-too-long" Error {
        message: "水印有 {count} 个字，最多 {limit} 个" | "the watermark has {count} characters; the limit is {limit}",
        hints: ["请写短一些，例如 水印 = \"征求意见稿\"；长的写进备注" | "write a shorter one, such as watermark = \"征求意见稿\", and the rest in notes"],
        why: "水印要印得大，字多了就只能印小。" | "A watermark is printed large; with many characters it could not be.",
        bad: "水印 = \"本图仅供征求意见使用，请勿外传，请勿复印\"",
        good: "水印 = \"征求意见稿\"",
    }
    RankWithoutName "rank-without-name" Error {
        message: "“{rank}”后面没有写人" | "nobody is named after “{rank}”",
        hints: ["请写上人或岗位：\"{rank}：科长\"；没有就删去这一项" | "name a person or post, \"{rank}：科长\", or delete the entry"],
        why: "只有职务没有人，责任就落不到人。" | "A rank without a name makes nobody responsible.",
        bad: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = [\"直接责任人：\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"], 责任人 = [\"直接责任人：受理人\"] }",
    }
    UnknownStage "unknown-stage" Error {
        message: "没有“{value}”这个环节" | "there is no stage “{value}”",
        hints: [
            "没有就删去这一项；流程到此结束请写 下一步 = {none}" | "delete the entry where there is none; write next = {none} where the flow ends",
            "带条件的请写成 {labelled}" | "write one with a condition as {labelled}",
            "几个环节要分开写，每个各加引号：{several}" | "write each stage in quotes of its own: {several}",
            "这里只能写一个环节，请从 {alone} 里留一个" | "one stage alone may stand here: keep one of {alone}",
            "这里只写紧接着的一个：“{first}”；它后面的写在“{first}”自己的下一步里：[{then}]" | "write the stage right after this one, “{first}”; what follows it goes into its own next: [{then}]",
            "是否指“{nearest}”？" | "is “{nearest}” meant?",
            "本图的环节有：{known}" | "this chart's stages: {known}",
        ],
        why: "下一步、旁支、至 后面要写图里某个环节的标识或名称。" | "next, beside and through name a stage of the chart by its id or name.",
        bad: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"审茶\"]\n[[环节]]\n名称 = \"审查\"",
        good: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"审查\"]\n[[环节]]\n名称 = \"审查\"",
    }
    BackwardSpan "backward-span" Error {
        message: "“{stage}”在本环节之前，框不能往回占" | "“{stage}” comes before this stage; a box can't span backwards",
        hints: ["请把这个框写到“{stage}”环节里，至 写后面的环节" | "write the box at “{stage}” and name the later stage in through"],
        why: "跨行的框从它所在的环节向下占到所写的环节。" | "A box spans the rows from its own stage down to the one named.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"审查\"\n风险 = { 至 = \"受理\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }",
        good: "[[环节]]\n名称 = \"受理\"\n风险 = { 至 = \"审查\", 表现形式 = [\"无故拖延。\"] }\n措施 = { 防控措施 = [\"限时办结。\"] }\n[[环节]]\n名称 = \"审查\"",
    }
    BesideItself "beside-itself" Error {
        message: "旁支写了它自己" | "the stage stands beside itself",
        hints: ["请写主线上的环节" | "name a stage of the main line"],
        why: "旁支站在另一个环节旁边。" | "A stage stands beside another one.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"不予受理\"\n旁支 = \"不予受理\"",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"不予受理\"\n旁支 = \"受理\"",
    }
    BesideBeside "beside-beside" Error {
        message: "“{stage}”自己也是旁支，不能再站在它旁边" | "“{stage}” stands beside another stage itself",
        hints: ["请写主线上的环节" | "name a stage of the main line"],
        why: "旁支只能站在主线环节旁边。" | "A stage can stand beside a stage of the main line only.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"补正\"\n旁支 = \"受理\"\n[[环节]]\n名称 = \"退件\"\n旁支 = \"补正\"",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"补正\"\n旁支 = \"受理\"\n[[环节]]\n名称 = \"退件\"\n旁支 = \"受理\"",
    }
    NextItself "next-itself" Error {
        message: "下一步写了它自己，又没有说明" | "the stage leads to itself without a label",
        hints: [
            "要重做本环节，请写明什么情况：{again}" | "where the stage is done again, say when: {again}",
            "请写别的环节；到此结束请写 下一步 = []" | "else name another stage; write next = [] where the flow ends",
        ],
        why: "从一个环节回到它自己的箭头，不写什么情况就没有意思。" | "An arrow from a stage to itself means nothing where no label says when.",
        bad: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"受理\"]",
        good: "[[环节]]\n名称 = \"受理\"\n下一步 = []",
    }
    DuplicateNext "duplicate-next" Error {
        message: "下一步里“{stage}”写了两次" | "“{stage}” stands twice in next",
        hints: ["请删去一个；两种情况各写各的说明" | "delete one; where there are two cases, label each"],
        why: "同样的两个环节之间有两条箭头，要靠说明分清。" | "Of two arrows between the same stages the labels have to tell which is which.",
        bad: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"审查\", \"审查\"]\n[[环节]]\n名称 = \"审查\"",
        good: "[[环节]]\n名称 = \"受理\"\n下一步 = [\"审查\"]\n[[环节]]\n名称 = \"审查\"",
    }
    UnknownPaper "unknown-paper" Error {
        message: "不认识的纸张“{value}”" | "unknown paper “{value}”",
        hints: [
            "请写 纸张 = \"{alone}\"，方向另写一行：方向 = \"{turned}\"" | "write paper = \"{alone}\", and orientation = \"{turned}\" in a line of its own",
            "请写它的尺寸：\"{size}\"" | "write its size: \"{size}\"",
            "是否指“{nearest}”？" | "is “{nearest}” meant?",
            "可以写 {known}，或尺寸如 600x900mm（每边 50 到 5000 毫米）" | "one of {known}, or a size such as 600x900mm (50 to 5000 mm a side)",
        ],
        why: "纸张决定图的大小。" | "The paper sets the size of the chart.",
        bad: "版面 = { 纸张 = \"A33\" }",
        good: "版面 = { 纸张 = \"A3\" }",
    }
    BadColor "bad-color" Error {
        message: "“{value}”不是颜色" | "“{value}” is no colour",
        hints: [
            "请写 颜色 = \"{nearest}\"" | "write color = \"{nearest}\"",
            "请写作 \"#rrggbb\"，例如红 \"#c00000\"、橙 \"#e07000\"、绿 \"#2e8b57\"" | "write it as \"#rrggbb\": red \"#c00000\", orange \"#e07000\", green \"#2e8b57\"",
        ],
        why: "颜色用 # 和六位十六进制数表示。" | "A colour is # and six hexadecimal digits.",
        bad: "[[等级定义]]\n名称 = \"高\"\n颜色 = \"红\"",
        good: "[[等级定义]]\n名称 = \"高\"\n颜色 = \"#c00000\"",
    }
    MarginTooLarge "margin-too-large" Error {
        message: "页边距太大，{paper} 上没有地方放图了" | "the margins leave no room for the chart on {paper}",
        hints: ["页边距的单位是毫米，一般 10 到 25" | "margins are in mm, usually 10 to 25"],
        why: "页边距去掉以后，每个方向至少要剩 30 毫米。" | "At least 30 mm each way have to remain between the margins.",
        bad: "版面 = { 纸张 = \"A4\", 页边距 = 100 }",
        good: "版面 = { 纸张 = \"A4\", 页边距 = 10 }",
    }
    BadHeads "bad-heads" Error {
        message: "表头要写三个，这里有 {count} 个" | "there have to be three heads; here are {count}",
        hints: ["依次为流程、风险、措施三栏" | "for flow, risk and measure, in this order"],
        why: "图有三栏，每栏一个表头。" | "The chart has three columns with a head each.",
        bad: "栏目 = { 表头 = [\"流程\", \"风险\"] }",
        good: "栏目 = { 表头 = [\"流程\", \"风险\", \"措施\"] }",
    }
    BadOrder "bad-order" Error {
        message: "三栏的顺序要把 flow（流程）、risk（风险）、measure（措施）各写一次" | "order has flow（流程）, risk（风险） and measure（措施） once each",
        hints: ["例如 [\"流程\", \"风险\", \"措施\"]" | "such as [\"flow\", \"risk\", \"measure\"]"],
        why: "三栏都要印出来，每栏一次。" | "All three columns are printed, once each.",
        bad: "栏目 = { 顺序 = [\"流程\", \"风险\"] }",
        good: "栏目 = { 顺序 = [\"流程\", \"措施\", \"风险\"] }",
    }
    } };
}
