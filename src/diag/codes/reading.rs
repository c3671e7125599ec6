//! Rows for reading a file: encodings, limits, and what the reader puts right by itself.

macro_rules! reading_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    Unreadable "unreadable" Error {
        message: "读不了文件 {file}：{reason}" | "can't read {file}: {reason}",
        hints: ["请检查文件名和路径，以及文件是否正被别的程序占用" | "check the name and the path, and whether another program holds the file"],
        why: "图文件或项目文件打不开。" | "The chart file or the project file can't be opened.",
        bad: "",
        good: "",
    }
    Undecodable "undecodable" Error {
        message: "认不出文件 {file} 的文字编码，第 {line} 行起读不懂" | "the encoding of {file} is not known: line {line} can't be read",
        hints: [
            "它其实是{kind}，改扩展名不会变成文本；请用 riskchart new 新建图文件，把文字复制进去" | "it is really {kind}, which another extension doesn't make a text; make a file with riskchart new and copy the words into it",
            "请用记事本打开，另存为 UTF-8 编码；如果这不是文字文件，请从文件夹里移走" | "save it as UTF-8 in your editor; if it is no text file, move it out of the folder",
        ],
        why: "程序认得 UTF-8、UTF-16 和 GB18030（GBK）。" | "UTF-8, UTF-16 and GB18030 (GBK) are known.",
        bad: "",
        good: "",
    }
    MixedEncodings "mixed-encodings" Error {
        message: "{file} 前后混用两种编码：一部分是 UTF-8，第 {line} 行起有 GBK" | "{file} mixes two encodings: parts are UTF-8, line {line} is the first in GBK",
        hints: ["请用记事本打开，把乱码的行重新输入，另存为 UTF-8 编码" | "open it in an editor, type the garbled lines anew, and save it as UTF-8"],
        why: "多半是把一个文件的内容接到了另一种编码的文件后面。一个文件只能用一种编码。" | "Most often a file was joined to one in another encoding. A file has one encoding.",
        bad: "",
        good: "",
    }
    CutShort "cut-short" Error {
        message: "文件 {file} 到第 {line} 行就断了，最后一个字不完整" | "{file} breaks off at line {line}, within a character",
        hints: ["多半没有复制完：请重新复制，或用记事本打开，补上后面的内容，另存为 UTF-8 编码" | "it was most likely not copied whole: copy it again, or complete it in an editor and save it as UTF-8"],
        why: "复制或保存中途断开的文件，后面的内容已经没有了。" | "Of a file whose copying or saving broke off the rest is gone.",
        bad: "",
        good: "",
    }
    EmptyFile "empty-file" Error {
        message: "文件里没有内容" | "the file holds nothing",
        hints: [
            "# 后面的字都算说明；要用的行请去掉行首的 {mark}" | "what follows # is a remark; take the {mark} off the lines that are meant",
            "请删去它，用 riskchart new 新建一张图；或写上 职权 = \"取水许可\"，另起一行写 [[环节]]，再另起一行写 名称 = \"受理\"" | "delete it and make a chart with riskchart new; or write power = \"取水许可\", on the next line [[stage]], and on the next name = \"受理\"",
        ],
        why: "多半是存盘没有成功，或只留下了说明。" | "Most often saving failed, or nothing but remarks is left.",
        bad: "",
        good: "",
    }
    KeyByAnotherName "key-by-another-name" Note {
        message: "名称“{typed}”已按“{read}”读取" | "the key “{typed}” was read as “{read}”",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "繁体字写的名称、别处通用的名称，只有一种意思时照样读取；riskchart fix 可以改到文件里。" | "A key in traditional characters, or by the name it has elsewhere, is read where it can mean one thing only; riskchart fix writes it out.",
        bad: "單位 = \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    OtherEncoding "other-encoding" Note {
        message: "文件 {file} 按 {encoding} 编码读取" | "{file} was read as {encoding}",
        hints: ["请另存为 UTF-8 编码，或用 riskchart fix 改存；如果字不对，就是编码猜错了" | "save it as UTF-8, or let riskchart fix do so; where characters look wrong, the guess failed"],
        why: "UTF-8 以外的编码要靠猜，个别字可能猜错。" | "Encodings other than UTF-8 are guessed, and a guess may fail.",
        bad: "",
        good: "",
    }
    FileTooLarge "file-too-large" Error {
        message: "文件 {file} 有 {size} 字节，超过上限 {limit} 字节" | "{file} has {size} bytes; the limit is {limit}",
        hints: ["一个文件只写一个职权的图" | "one file is the chart of one power"],
        why: "一张图的文字只有几千字节。大得多的文件多半不是图。" | "A chart is a few kilobytes of text; a far larger file is hardly one.",
        bad: "",
        good: "",
    }
    TooManyParts "too-many-parts" Error {
        message: "文件的{part}太多，超过上限 {limit}" | "the file has too many {part}; the limit is {limit}",
        hints: ["一个文件只写一个职权的图" | "one file is the chart of one power"],
        why: "一张图用不到这么多；先停下来，免得白白占用电脑。" | "No chart needs so many; reading stops before it costs time.",
        bad: "",
        good: "",
    }
    TooDeep "too-deep" Error {
        message: "括号或点号套得太深，超过 {limit} 层" | "brackets or dots are nested more than {limit} deep",
        hints: ["请检查这里的括号是否多打了" | "check whether brackets were typed too often here"],
        why: "图的写法最多套四五层。" | "The format nests four or five deep at most.",
        bad: "备注 = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"甲\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        good: "备注 = [\"甲\"]",
    }
    TooMany "too-many" Error {
        message: "{key}有 {count} 项，最多 {limit} 项" | "{key} has {count} entries; the limit is {limit}",
        hints: ["请分成几个框或几张图" | "split it into several boxes or charts"],
        why: "一个框里条目太多印出来没法看。" | "A box with so many entries can't be read in print.",
        bad: "备注 = [\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]",
        good: "备注 = [\"1\", \"1\"]",
    }
    TextTooLong "text-too-long" Error {
        message: "这段文字有 {count} 字，最多 {limit} 字" | "this text has {count} characters; the limit is {limit}",
        hints: ["请把它分成几条，或检查引号是否漏了" | "split it into several items, or look for a missing quote"],
        why: "这么长的一段放不进图里，多半是漏了引号。" | "So long a text fits no box; most often a quote is missing.",
        bad: "",
        good: "",
    }
    FullWidthMark "full-width-mark" Note {
        message: "第 {line} 行第 {column} 列：用了全角“{typed}”，已按“{read}”读取" | "line {line}, column {column}: full-width “{typed}” was read as “{read}”",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "引号外面的标点要用英文（半角）输入法打。程序会按半角读取，riskchart fix 可以改到文件里。" | "Marks outside quotes are half-width. The reader takes them as such; riskchart fix writes them to the file.",
        bad: "单位 ＝ \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    ChineseQuotes "chinese-quotes" Note {
        message: "第 {line} 行第 {column} 列：文字外面用了 {typed} ，已按英文引号读取" | "line {line}, column {column}: {typed} around a text was read as a straight quote",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "文字外面要用英文引号 \" \"；文字里面的中文引号照样印出。" | "Texts stand in straight quotes; curly quotes inside them are printed.",
        bad: "单位 = “市财政局”",
        good: "单位 = \"市财政局\"",
    }
    StrangeSpace "strange-space" Note {
        message: "第 {line} 行第 {column} 列：用了特殊空格（{typed}），已按普通空格读取" | "line {line}, column {column}: a special space ({typed}) was read as a plain one",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "引号外面只认普通空格和 Tab。" | "Outside quotes only plain spaces and tabs are spaces.",
        bad: "单位　= \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    InvisibleMark "invisible-mark" Note {
        message: "第 {line} 行第 {column} 列：有看不见的字符（{typed}），已略去" | "line {line}, column {column}: an invisible character ({typed}) was left out",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "从网页或别的文件复制来的文字常带有看不见的字符。" | "Text copied from web pages often brings invisible characters along.",
        bad: "单\u{200b}位 = \"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    ColonForEquals "colon-for-equals" Note {
        message: "第 {line} 行第 {column} 列：用了“{typed}”，已按“=”读取" | "line {line}, column {column}: “{typed}” was read as “=”",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "名称和内容之间写等号。" | "An equals sign stands between a key and its value.",
        bad: "单位：\"市财政局\"",
        good: "单位 = \"市财政局\"",
    }
    CommentMark "comment-mark" Note {
        message: "第 {line} 行第 {column} 列：说明文字前面用了“{typed}”，已按“#”读取" | "line {line}, column {column}: “{typed}” before a remark was read as “#”",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "说明文字前面写 #；// 和 -- 是别的文件里的写法。" | "A remark stands after #; // and -- belong to other kinds of files.",
        bad: "// 市财政局",
        good: "# 市财政局",
    }
    UnquotedValue "unquoted-value" Note {
        message: "第 {line} 行第 {column} 列：“{typed}”没有加引号，已按加了引号读取" | "line {line}, column {column}: “{typed}” has no quotes and was read as if it had",
        hints: ["另有 {more} 处没有加引号：{places}" | "{more} more without quotes: {places}"],
        why: "文字要写在英文引号 \" \" 里。" | "Texts stand in straight quotes.",
        bad: "单位 = 市财政局",
        good: "单位 = \"市财政局\"",
    }
    StrayMark "stray-mark" Note {
        message: "第 {line} 行第 {column} 列：多了“{typed}”，已略去" | "line {line}, column {column}: an extra “{typed}” was left out",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "一行写完不用标点；等号、逗号只写一个。" | "A line needs no mark at its end, and equals signs and commas stand alone.",
        bad: "单位 = \"市财政局\"，",
        good: "单位 = \"市财政局\"",
    }
    UnitAfterNumber "unit-after-number" Note {
        message: "第 {line} 行第 {column} 列：这里只写数，不写单位，“{typed}”已按 {read} 读取" | "line {line}, column {column}: “{typed}” was read as {read}; numbers stand without a unit",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "每个数的单位是定好的：页边距、出血是毫米，字号是磅，阅读距离是米。" | "Each number has its unit: mm for margin and bleed, points for type, metres for the reading distance.",
        bad: "版面 = { 出血 = 3mm }",
        good: "版面 = { 出血 = 3 }",
    }
    ListWithoutBrackets "list-without-brackets" Note {
        message: "第 {line} 行第 {column} 列：这里要写列表，文字没有放在方括号里，已按列表读取" | "line {line}, column {column}: texts without brackets were read as a list",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "列表写在方括号里，只有一段也是；几段用英文逗号隔开。" | "A list stands in brackets, one of a single text too, with commas between its texts.",
        bad: "备注 = \"甲\", \"乙\"",
        good: "备注 = [\"甲\", \"乙\"]",
    }
    CommaLeftOut "comma-left-out" Note {
        message: "第 {line} 行第 {column} 列：两项之间少了逗号，已补上读取" | "line {line}, column {column}: the comma between two entries is missing and was read as if it were there",
        hints: ["另有 {more} 处相同：{places}" | "{more} more of the kind: {places}"],
        why: "方括号里的各项用英文逗号隔开，各占一行时也要。" | "Entries in brackets are separated by commas, on lines of their own too.",
        bad: "备注 = [\n\"甲\"\n\"乙\"\n]",
        good: "备注 = [\n\"甲\",\n\"乙\"\n]",
    }
    TextOverLines "text-over-lines" Note {
        message: "第 {line} 行的引号到第 {closes} 行才收尾，已读成一段文字" | "the quote of line {line} is closed on line {closes} and was read as one text",
        hints: ["要换行请写 \\n；要分成几条，每条各加引号" | "write \\n where a line should break, and quotes around each of several entries"],
        why: "一段文字写在一行里。从 Word 复制来的换行，在标点后面算换行，在一句话中间算没有。" | "A text stands on one line. A line end copied along counts as a break after a mark, and as none within a sentence.",
        bad: "备注 = [\"对符合条件的申请不予\n受理。\"]",
        good: "备注 = [\"对符合条件的申请不予受理。\"]",
    }
    LinesJoined "lines-joined" Note {
        message: "这段文字里一句话中间有换行，已接起来" | "a line end within a sentence of this text was closed up",
        hints: ["要换行请写 \\n" | "write \\n where a line should break"],
        why: "一句话中间的换行多半是复制时带来的；标点后面的换行照样换行。" | "Line ends within a sentence mostly came along in copying; those after a mark are kept.",
        bad: "备注 = [\"\"\"\n对符合条件的申请不予\n受理。\n\"\"\"]",
        good: "备注 = [\"对符合条件的申请不予受理。\"]",
    }
    ListInOneText "list-in-one-text" Note {
        message: "第 {line} 行第 {column} 列：一段文字里写了几条（{typed}），已分成各条读取" | "line {line}, column {column}: a list in one text ({typed}) was read as its entries",
        hints: ["riskchart fix 可以改到文件里：每条各加引号，不写序号" | "riskchart fix writes it out: each entry in quotes, without its number"],
        why: "各条分开写，程序才能编号、对齐、断行。" | "Entries written apart can be numbered, aligned and broken by the program.",
        bad: "备注 = \"①无故拖延。②故意刁难。\"",
        good: "备注 = [\"无故拖延。\", \"故意刁难。\"]",
    }
    OldForm "old-form" Note {
        message: "有 {count} 个字是部首或兼容字形（如“{typed}”，第 {lines} 行），看着一样，其实是另一个字，已按“{read}”读取" | "{count} characters are radicals or compatibility forms (such as “{typed}”; lines {lines}) that look like others; they were read as “{read}”",
        hints: [],
        why: "从 PDF 复制的“⾏”“⾼”是康熙部首，不是汉字“行”“高”，搜不到，有的字体也没有。" | "Copied from PDFs, ⾏ and ⾼ are Kangxi radicals and not 行 and 高: searching misses them, and so do some fonts.",
        bad: "备注 = [\"⼈为拖延。\"]",
        good: "备注 = [\"人为拖延。\"]",
    }
    ControlCharacter "control-character" Error {
        message: "文字里有控制字符 {codepoint}" | "the text holds the control character {codepoint}",
        hints: ["请删去它" | "delete it"],
        why: "控制字符看不见也印不出，还会使输出的文件损坏。" | "Control characters can't be seen or printed and break the files written.",
        bad: "单位 = \"市\\u0001财政局\"",
        good: "单位 = \"市财政局\"",
    }
    BidiControl "bidi-control" Error {
        message: "文字里有改变书写方向的字符 {codepoint}" | "the text holds {codepoint}, which turns the direction of writing",
        hints: ["请删去它" | "delete it"],
        why: "这种字符看不见，却能使印出的字和文件里的字次序不同。" | "It can't be seen, yet makes the print differ from what the file seems to say.",
        bad: "单位 = \"市财\u{202e}政局\"",
        good: "单位 = \"市财政局\"",
    }
    InvisibleInText "invisible-in-text" Warning {
        message: "文字里有看不见的字符 {codepoint}" | "the text holds the invisible character {codepoint}",
        hints: ["请删去它" | "delete it"],
        why: "看不见的字符会使查找和复制出错。" | "Invisible characters break searching and copying.",
        bad: "单位 = \"市\u{200b}财政局\"",
        good: "单位 = \"市财政局\"",
    }
    } };
}
