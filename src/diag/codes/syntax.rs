//! Rows for TOML's own rules, in a clerk's words.

macro_rules! syntax_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    InnerQuotes "inner-quotes" Error {
        message: "引号里面又用了英文引号 \"，文字在这里断开了" | "a straight quote \" inside a text ends the text here",
        hints: ["内层引号请用“”" | "inside a text use “”"],
        why: "英文引号表示文字的头尾，里面再用就分不清了。" | "Straight quotes mark where a text begins and ends.",
        bad: "单位 = \"市\"财政\"局\"",
        good: "单位 = \"市“财政”局\"",
    }
    UnclosedString "unclosed-string" Error {
        message: "这段文字到行末还没有引号收尾" | "this text has no closing quote on its line",
        hints: ["请在文字末尾补上英文引号 {quote}" | "add a straight quote at its end: {quote}", "换行请写 {break}" | "write {break} for a line break"],
        why: "一段文字写在一行里，前后各一个英文引号。" | "A text stands on one line with a straight quote on either side.",
        bad: "单位 = \"市财政局",
        good: "单位 = \"市财政局\"",
    }
    BadEscape "bad-escape" Error {
        message: "反斜杠 \\ 后面的字不认识" | "the character after the backslash is not known",
        hints: ["路径请用 /；要印出反斜杠请写 \\\\" | "use / in paths; write \\\\ for a backslash"],
        why: "双引号里的反斜杠有特别的意思，例如 \\n 是换行。" | "In double quotes a backslash has a meaning of its own: \\n breaks the line.",
        bad: "徽标 = \"图\\徽标.svg\"",
        good: "徽标 = \"图/徽标.svg\"",
    }
    MissingEquals "missing-equals" Error {
        message: "这里少了等号" | "an equals sign is missing here",
        hints: [
            "请写成 {write}；说明文字前面请加 #" | "write {write}; put # before a remark",
            "下面还有 {more} 行也是这样" | "{more} more lines below are alike",
        ],
        why: "每一行是“名称 = 内容”，或以 # 开头的说明。" | "Each line is key = value, or a remark after #.",
        bad: "市财政局",
        good: "# 市财政局",
    }
    MissingValue "missing-value" Error {
        message: "等号后面没有内容" | "there is nothing after the equals sign",
        hints: [
            "请接成一行：{line}" | "write it on one line: {line}",
            "下面 {more} 行如果是它的内容，请写在方括号里，每项加英文引号：[\"甲\", \"乙\"]" | "where the {more} lines below are its entries, put them in brackets, each in straight quotes: [\"甲\", \"乙\"]",
            "请在同一行补上内容；没有内容就写 \"\" 或删去这一行" | "write the value on the same line; write \"\" or delete the line where there is none",
        ],
        why: "等号后面必须有内容。" | "A value has to stand after the equals sign.",
        bad: "单位 =",
        good: "单位 = \"市财政局\"",
    }
    MissingComma "missing-comma" Error {
        message: "两项之间少了逗号" | "a comma is missing between two entries",
        hints: [
            "每一项前后加英文引号，后面加英文逗号：{entry}" | "put each entry in straight quotes, with a comma after it: {entry}",
            "请在前一项后面加英文逗号 {comma}；如果是文字里的引号，内层引号请用“”" | "add a comma {comma} after the first; for quotes inside a text use “”",
        ],
        why: "方括号、花括号里的各项用英文逗号隔开。" | "Entries in brackets are separated by commas.",
        bad: "备注 = [\"甲\" \"乙\"]",
        good: "备注 = [\"甲\", \"乙\"]",
    }
    UnclosedBracket "unclosed-bracket" Error {
        message: "括号没有配对" | "this bracket has no partner",
        hints: ["第 {line} 行的 {mark} 在 # 后面，算作说明了，请移到 # 前面" | "the {mark} of line {line} stands after # and counts as a remark: move it before the #", "请把第 {row} 行的 {typed} 改成 {instead}" | "write {instead} for the {typed} of line {row}", "请在第 {before} 行前面补上 {close}" | "add {close} before line {before}", "请检查{pairs}是否成对" | "check that {pairs} come in pairs"],
        why: "左括号和右括号要一样多。" | "Every opening bracket needs a closing one.",
        bad: "备注 = [\"甲\", \"乙\"",
        good: "备注 = [\"甲\", \"乙\"]",
    }
    ListInBraces "list-in-braces" Error {
        message: "列表要写在方括号里，这里用了花括号" | "a list stands in brackets; here are braces",
        hints: ["请把 {open} 改成 [，把 {close} 改成 ]" | "write [ for {open} and ] for {close}"],
        why: "方括号里是几段文字，花括号里是几个“名称 = 内容”。" | "Brackets hold texts, braces hold keys with their values.",
        bad: "备注 = { \"甲\", \"乙\" }",
        good: "备注 = [\"甲\", \"乙\"]",
    }
    BadHeader "bad-header" Error {
        message: "方括号标题写得不对" | "this header is not written right",
        hints: ["请写成 {header}" | "write {header}", "它的名称另写一行：{name}" | "its name goes on a line of its own: {name}", "标题单独占一行，例如 {example}" | "a header has a line of its own, such as {example}"],
        why: "标题说明下面各行属于哪一部分。" | "A header says which part the lines below belong to.",
        bad: "[[环节]\n名称 = \"受理\"",
        good: "[[环节]]\n名称 = \"受理\"",
    }
    DuplicateKey "duplicate-key" Error {
        message: "{key}写了两次" | "{key} is written twice",
        hints: [
            "如果从这里起是下一个，请在它前面另写一行 {header}" | "where the next one begins here, write {header} on a line before it",
            "请删去一处，或把两处的内容合在一起" | "delete one of them, or put both together",
        ],
        why: "同一部分里每个名称只能写一次，中文名和英文名算同一个。" | "A key stands once in its part; its Chinese and its English name are the same key.",
        bad: "单位 = \"市财政局\"\nunit = \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    SingleBrackets "single-brackets" Error {
        message: "{typed} 只写了一层方括号" | "{typed} has only one pair of brackets",
        hints: ["请写两层方括号 {header}" | "write two: {header}"],
        why: "环节和等级可以有许多个，每一个都用两层方括号开头。" | "There may be many stages and levels; each begins with two brackets.",
        bad: "[环节]\n名称 = \"受理\"",
        good: "[[环节]]\n名称 = \"受理\"",
    }
    OrphanHeader "orphan-header" Error {
        message: "{typed} 前面没有它所属的 {header}" | "{typed} has no {header} before it to belong to",
        hints: ["请先写 {header}，再写它下面的部分" | "write {header} first, then its parts"],
        why: "风险和措施属于它前面最近的环节。" | "Risks and measures belong to the stage before them.",
        bad: "[[环节.风险]]\n风险等级 = \"高\"\n表现形式 = [\"无故拖延。\"]",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n风险等级 = \"低\"\n表现形式 = [\"无故拖延。\"]\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]",
    }
    HeaderLeftOut "header-left-out" Error {
        message: "这里像是下一个环节，前面没有 {header}" | "the next stage seems to begin here, without its {header}",
        hints: [
            "第 {hidden} 行的标题在 # 后面，算作说明了，请写成 {header}" | "the header on line {hidden} stands after # and counts as a remark: write {header}",
            "如果是下一个环节，请在前面另写一行 {line}" | "where it is the next stage, write {line} on a line before it",
            "如果是 {box} 框的标题，请移到 {box} 的下一行，写成 {name}" | "where it is the heading of the {box} box, move it right below {box} and call it {name}",
        ],
        why: "标题管到下一个标题为止；漏了环节的标题，这个环节就并到上一个里，从图上消失。" | "A header holds up to the next one; without its own a stage becomes a part of the one before and is missing from the chart.",
        bad: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n风险等级 = \"低\"\n表现形式 = [\"无故拖延。\"]\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]\n\n名称 = \"审查\"",
        good: "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n风险等级 = \"低\"\n表现形式 = [\"无故拖延。\"]\n[[环节.措施]]\n防控措施 = [\"限时办结。\"]\n\n[[环节]]\n名称 = \"审查\"",
    }
    ExtraText "extra-text" Error {
        message: "这一行写完以后又多了内容" | "there is more on the line after its value",
        hints: ["请另起一行；说明文字前面加 #；几项写在方括号里，用英文逗号隔开" | "begin a new line; put # before a remark; put several entries in brackets with commas between them"],
        why: "一行只写一个“名称 = 内容”。" | "A line holds one key and its value.",
        bad: "单位 = \"市财政局\" 标题 = \"防控图\"",
        good: "单位 = \"市财政局\"\n标题 = \"防控图\"",
    }
    BadNumber "bad-number" Error {
        message: "这不是一个数，也不是 true、false 或日期" | "this is no number, no true or false and no date",
        hints: ["几项写在方括号里：{list}" | "put several entries in brackets: {list}", "没有 {day} 这一天，请核对日期" | "there is no day {day}: check the date", "日期写成 {date}；文字请加英文引号；几项写在方括号里" | "write dates as {date}; put texts in straight quotes and several entries in brackets"],
        why: "没有引号的内容只能是数、true、false 或日期。" | "Without quotes a value is a number, true, false or a date.",
        bad: "日期 = 2025-13-01",
        good: "日期 = 2025-12-01",
    }
    BadKey "bad-key" Error {
        message: "等号前面的名称写得不对" | "the key before the equals sign is not written right",
        hints: ["请写成 单位 = \"市财政局\" 这样" | "write it as in unit = \"市财政局\""],
        why: "等号前面是单位、职权、名称这样的词。" | "Before the equals sign stands a word such as unit, power, name.",
        bad: "= \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    OtherFormat "other-format" Error {
        message: "这像是 {format} 的写法，不是图文件的写法" | "this looks like {format}, not like a chart",
        hints: ["改扩展名不会变成图文件：请用 riskchart new 新建一张图，把文字填进去；或照这样写三行：职权 = \"取水许可\"，另起一行 [[环节]]，再另起一行 名称 = \"受理\"" | "another extension doesn't make it a chart: make one with riskchart new and fill the words in; or write three lines such as power = \"取水许可\", below it [[stage]], and below that name = \"受理\""],
        why: "图文件按 TOML 的写法来写：名称、等号、加引号的内容。" | "A chart is written in TOML: a key, an equals sign, a value in quotes.",
        bad: "职权: 取水许可\n环节:\n  - 名称: 受理",
        good: "职权 = \"取水许可\"\n[[环节]]\n名称 = \"受理\"",
    }
    PastedTable "pasted-table" Error {
        message: "这几行像是粘贴来的表格（第 {line} 行起 {count} 行）" | "these lines look like the rows of a pasted table ({count} from line {line} on)",
        hints: ["每一行改写成几行：先写 [[环节]]，另起一行 名称 = \"{first}\"，下面再写 [[环节.风险]] 和 [[环节.措施]]；Excel 文件可以用 riskchart import 直接转换" | "write each row as lines: [[stage]], below it name = \"{first}\", then [[stage.risk]] and [[stage.measure]]; riskchart import converts an Excel file as it is"],
        why: "表格的列在这里分不出哪一列是风险、哪一列是措施。" | "Which column is the risk and which the measure can't be told here.",
        bad: "受理\t中\t拖延。\t公开。\n审查\t高\t不严。\t复核。",
        good: "[[环节]]\n名称 = \"受理\"",
    }
    Syntax "syntax" Error {
        message: "这里读不懂" | "this can't be read",
        hints: [
            "每一行写 名称 = \"内容\"、[[环节]] 这样的标题，或以 # 开头的说明；几项写在方括号里" | "each line is key = \"value\", a header such as [[stage]], or a remark after #; several entries stand in brackets",
        ],
        why: "文件按 TOML 的写法来写。" | "The file is written in TOML.",
        bad: "单位 = @\"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    } };
}
