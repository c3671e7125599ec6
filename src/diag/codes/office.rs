//! Rows for documents of Word and Excel: what can't be read, and what the reader of one asks. They take a document, so
//! they have no examples.

macro_rules! office_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    DocumentDamaged "document-damaged" Error {
        message: "文件打不开：已经损坏，或者没有传完整（{why}）" | "the file can't be opened: it is damaged or was not copied whole ({why})",
        hints: ["请重新拷贝或下载，能在 Word、WPS、Excel 里打开的，另存为 .docx 或 .xlsx 再导入" | "copy it again; if Word or Excel opens it, save it as .docx or .xlsx and import that"],
        why: "docx 和 xlsx 是压缩包，缺了一段就读不出来。" | "docx and xlsx are zip archives: with a part missing nothing can be read.",
        bad: "", good: "",
    }
    DocumentEncrypted "document-encrypted" Error {
        message: "文件有密码（已加密），读不出来" | "the file has a password (it is encrypted)",
        hints: ["请在 Word、WPS、Excel 里打开，去掉密码，另存后再导入" | "open it in Word or Excel, take the password off, save it and import that"],
        why: "没有密码就没有内容。程序不问密码。" | "Without the password there is no content, and the program asks for none.",
        bad: "", good: "",
    }
    DocumentOld "document-old" Error {
        message: "这是旧版（97-2003）的 {kind} 文件，读不了" | "this is an old {kind} file (97-2003), which can't be read",
        hints: ["请用 Word、WPS 打开，另存为 {format} 再导入；装有 LibreOffice 的电脑会自己转" | "open it in Word or WPS, save it as {format} and import that; where LibreOffice is installed it is converted by itself"],
        why: "旧格式和新格式完全不同，改后缀名没有用。" | "The old format is another one altogether; changing the extension doesn't help.",
        bad: "", good: "",
    }
    DocumentKind "document-kind" Error {
        message: "这不是 Word 或 Excel 文件，而是{kind}" | "this is no file of Word or Excel but {kind}",
        hints: ["请用 Word、WPS 或 Excel 打开，另存为 .docx 或 .xlsx 再导入" | "open it in Word or Excel, save it as .docx or .xlsx and import that"],
        why: "能导入的有 docx、xlsx、xls、csv，以及网页格式的 xls。看的是内容，不是后缀名。" | "docx, xlsx, xls, csv and xls that is HTML can be imported. What counts is the content, not the extension.",
        bad: "", good: "",
    }
    DocumentUnsafe "document-unsafe" Error {
        message: "文件不安全：{part} 里有 DOCTYPE（实体定义），Word 和 Excel 从不这样写" | "the file is unsafe: {part} holds a DOCTYPE (entities), which Word and Excel never write",
        hints: ["请查清文件的来源；需要的内容请复制到新文件里再导入" | "find out where the file comes from; copy what is needed into a new file"],
        why: "实体可以读走电脑上的文件，也可以撑满内存。" | "Entities can read files of the computer or fill its memory.",
        bad: "", good: "",
    }
    DocumentTooLarge "document-too-large" Error {
        message: "文件不正常：{part} 超过了限度（{limit}）" | "the file is out of the ordinary: {part} is beyond the limit ({limit})",
        hints: ["请查清文件的来源；内容确实多的，分成几个文件再导入" | "find out where the file comes from; split one that really holds so much"],
        why: "几十 KB 的文件可以解压出几十 GB。限的是解压出来的大小，不是文件自己说的大小。" | "A file of some KB may hold many GB. What comes out is limited, whatever the file declares.",
        bad: "", good: "",
    }
    DocumentPictures "document-pictures" Error {
        message: "文件里的图是图片，没有可读的文字" | "the chart in the file is a picture: there is no text to read",
        hints: ["请用画图时的 Word 原文件；只有扫描件的，用 riskchart new 建图后照着录入" | "use the Word file that it was drawn in; where there is only a scan, type it into a chart made by riskchart new"],
        why: "程序不识别图片里的字。" | "The program doesn't recognise letters in pictures.",
        bad: "", good: "",
    }
    DocumentNoChart "document-no-chart" Error {
        message: "文件里没有找到防控图，也没有找到台账的表头" | "neither a chart nor the header of a register was found in the file",
        hints: [
            "图要有“工作流程、风险点、防控措施”一类的栏头，或者写着风险等级、责任人的框；台账要有“环节、风险点、防控措施”一类的表头" | "a chart has heads such as 工作流程, 风险点, 防控措施, or boxes that name a risk level and who is responsible; a register has such a header row",
        ],
        why: "认不出内容时什么都不写，免得写出空图。" | "Where nothing is recognised nothing is written.",
        bad: "", good: "",
    }
    ImportLevel "import-level" Warning {
        message: "{place}：没有写风险等级" | "{place}: no risk level is written",
        hints: ["请在生成的图里补上，例如 风险等级 = \"中\"；颜色不当作等级" | "add it to the chart, e.g. level = \"中\"; a colour is not taken for a level"],
        why: "等级要人来定，程序不猜。" | "People decide on levels; the program doesn't guess.",
        bad: "", good: "",
    }
    ImportLevelUnclear "import-level-unclear" Warning {
        message: "{place}：看不出“{text}”是哪一级" | "{place}: which level “{text}” means is not clear",
        hints: ["请在生成的图里写上一个等级" | "write one level into the chart"],
        why: "一个风险只有一个等级。" | "A risk has one level.",
        bad: "", good: "",
    }
    ImportScale "import-scale" Warning {
        message: "等级用的是“{levels}”，按从高到低的习惯排了次序" | "the levels are “{levels}”, put in their customary order, worst first",
        hints: ["请核对 [[等级定义]] 的次序：最高的写在最前" | "check the order of [[level]]: the worst comes first"],
        why: "哪个词更严重，要看单位自己的规定。" | "Which word is worse is for the agency to say.",
        bad: "", good: "",
    }
    ImportUnplaced "import-unplaced" Warning {
        message: "{place}：看不出属于哪个环节，放在了“{stage}”" | "{place}: which stage it belongs to is not clear; it was put to “{stage}”",
        hints: ["请对照原图核对" | "compare it with the original"],
        why: "框的位置对着两个环节之间，又没有连线。" | "The box stands between stages and no line says which is meant.",
        bad: "", good: "",
    }
    ImportSpan "import-span" Warning {
        message: "{place}：对着几个环节，按一直占到“{stage}”读" | "{place}: it stands beside several stages and was read as spanning to “{stage}”",
        hints: ["请对照原图核对；只属于一个环节的，删去“至”" | "compare it with the original; where it belongs to one stage, take `through` out"],
        why: "高的框可能管几个环节，也可能只是字多。" | "A tall box may hold for several stages, or only be full of text.",
        bad: "", good: "",
    }
    ImportArrow "import-arrow" Warning {
        message: "{place}：看不出一条箭头{which}，没有读" | "{place}: an arrow was not read: it is not clear {which}",
        hints: ["请对照原图，需要时写上“下一步”" | "compare it with the original and write `next` where needed"],
        why: "线的一端离所有的框都远。" | "One end of the line is far from every box.",
        bad: "", good: "",
    }
    ImportLeftover "import-leftover" Warning {
        message: "{place}：没有用上的文字“{text}”" | "{place}: text that was not used: “{text}”",
        hints: ["请看看是不是图的内容" | "see whether it belongs to the chart"],
        why: "放不进环节、风险、措施的文字不会悄悄丢掉。" | "What fits no stage, risk or measure is not dropped in silence.",
        bad: "", good: "",
    }
    ImportNoPower "import-no-power" Warning {
        message: "{place}：没有找到职权名称，暂用“{text}”" | "{place}: the name of the power was not found, “{text}” stands in for it",
        hints: ["请在图里改成正式的职权名称" | "write the power's full name into the chart"],
        why: "职权一般写在标题后的括号里，或台账的“职权名称”一列。" | "The power stands in brackets after the title, or in a column of its own.",
        bad: "", good: "",
    }
    ImportTwice "import-twice" Warning {
        message: "{place}：职权“{text}”前面已经有了（{other}），两处并成一张图" | "{place}: the power “{text}” was there before ({other}); both were put into one chart",
        hints: ["请核对是同一项职权分在两处，还是写错了名称" | "check whether it is one power in two places or a name is wrong"],
        why: "中间隔着别的职权，多半是重复或写错。" | "With other powers between them it is most often a slip.",
        bad: "", good: "",
    }
    ImportEmptyCell "import-empty-cell" Warning {
        message: "{place}：{head}是空的，也没有合并，按接着上一行“{text}”读" | "{place}: {head} is empty and not merged; read as going on with “{text}” above",
        hints: ["请核对这一行属于哪里" | "check where this row belongs"],
        why: "空着可能是“同上”，也可能是漏填。" | "An empty cell may mean “as above” or be forgotten.",
        bad: "", good: "",
    }
    ImportColumn "import-column" Warning {
        message: "{place}：列“{text}”没有读" | "{place}: the column “{text}” was not read",
        hints: ["里面有要的内容时，请在生成的图里补上" | "if it holds what is wanted, add that to the chart"],
        why: "从表头看不出这一列是什么，或者图里没有它的位置。" | "Its head doesn't tell what it holds, or a chart has no place for it.",
        bad: "", good: "",
    }
    ImportFormula "import-formula" Warning {
        message: "{place}：公式没有算好的值，没有读" | "{place}: the formula has no stored value and was not read",
        hints: ["请在 Excel 里打开，保存一次再导入，或在图里补上" | "open and save the file in Excel and import it again, or add the value to the chart"],
        why: "程序只读 Excel 存下的结果，不计算公式。" | "Only results that Excel stored are read; formulas are not computed.",
        bad: "", good: "",
    }
    ImportHidden "import-hidden" Note {
        message: "{place} 是隐藏的工作表，没有读" | "{place} is a hidden sheet; it was not read",
        hints: ["里面有要的内容时，请在 Excel 或 WPS 里取消隐藏，再导入一次" | "if it holds what is wanted, show it in Excel or WPS and import again"],
        why: "隐藏的工作表往往是旧稿。" | "Hidden sheets most often are old drafts.",
        bad: "", good: "",
    }
    ImportTruncated "import-truncated" Warning {
        message: "{place}：{what}太多，只读了前 {limit} 个" | "{place}: too many {what}; the first {limit} were read",
        hints: ["请分成几张图" | "split the chart"],
        why: "一张图的环节和条目有限度。" | "A chart holds so many stages and entries.",
        bad: "", good: "",
    }
    }};
}
