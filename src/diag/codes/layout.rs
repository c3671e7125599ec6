//! Rows for what arranging a chart on paper finds.

macro_rules! layout_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    MissingGlyph "missing-glyph" Error {
        message: "没有字体含有“{char}”（{codepoint}）这个字" | "no font has the character “{char}” ({codepoint})",
        hints: [
            "{symbol} 多半是从 Word 复制来的项目符号，请删去" | "{symbol} is most likely a bullet copied from a word processor: delete it",
            "请换一个字，或用 {option} 给出含有它的字体" | "use another character, or give a font that has it with {option}",
        ],
        why: "印出来的每个字都必须在字体里，否则海报上会出现方框。" | "A character that no font has would be printed as a box.",
        bad: "职权 = \"行政检查\u{e000}\"",
        good: "职权 = \"行政检查\"",
    }
    DoesNotFit "does-not-fit" Error {
        message: "这张图放不进{paper}：正文缩到 {size} 磅仍放不下" | "the chart does not fit {paper}: not even at a body size of {size} pt",
        hints: ["请换大一些的纸，减小页边距，或把文字最多的环节分成几个环节" | "use a larger paper, a smaller margin, or make several stages of the one with the most text"],
        why: "比八号字（5 磅）还小的字印出来看不清，所以不再缩小。" | "Type under 5 pt can't be read, so it is not made smaller.",
        bad: "版面 = { 纸张 = \"50x50mm\", 页边距 = 10 }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"限时。\"]",
        good: "版面 = { 纸张 = \"A4\" }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"限时。\"]",
    }
    SmallType "small-type" Warning {
        message: "正文只有 {size} 磅，小于最小字号 {least} 磅：再大就放不进{paper}" | "the body type is {size} pt, under the smallest size of {least} pt: larger type would not fit {paper}",
        hints: ["要字大些：请换大一些的纸，换个方向，或把文字最多的环节分成几个环节" | "for larger type use a larger paper, turn it, or make several stages of the one with the most text"],
        why: "并排的框太宽，或有的条目比一页还高，就只能用小一些的字。" | "Boxes side by side that are too wide, or an item taller than a page, are set in smaller type.",
        bad: "版面 = { 纸张 = \"A5\", 最小字号 = 40 }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"限时。\"]",
        good: "版面 = { 纸张 = \"A5\", 最小字号 = 20 }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"限时。\"]",
    }
    AddressBroken "address-broken" Note {
        message: "网址或一长串字母、数字太长，在中间断成了几行" | "an address or a string of letters is too long for a line and is broken",
        hints: ["请写短一些，网址也可另加二维码让人扫" | "write it shorter; for an address, a QR code to scan may be added"],
        why: "它比一行还长；不断开，整张图的字都要缩小。" | "It is longer than a line; whole, it would set the size of the chart's type.",
        bad: "版面 = { 纸张 = \"A4\" }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"公开见https://www.example.gov.cn/zwgk/fdzdgknr/xzqlqd/lzfkgl/2025/fengxianfangkongtu/xingzhengjiancha/index.html。\"]",
        good: "版面 = { 纸张 = \"A4\" }\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n[环节.措施]\n责任人 = \"科长\"\n防控措施 = [\"公开见www.example.gov.cn。\"]",
    }
    Traditional "traditional" Error {
        message: "文字里有繁体字（{chars}），字体里没有（第 {lines} 行）" | "the text has traditional characters ({chars}) that no font holds (lines {lines})",
        hints: [
            "请改成简体，如 {simplified}" | "write simplified ones, such as {simplified}",
            "要印繁体字，请用 --font-dir 给出含有它们的字体" | "to print them, give a font that has them with --font-dir",
        ],
        why: "内置的字体是简体中文的。" | "The embedded fonts are for simplified Chinese.",
        bad: "职权 = \"行政檢查\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n[[环节]]\n名称 = \"受理\"",
    }
    Emoji "emoji" Error {
        message: "文字里有表情符号 {chars}，印不出来（第 {lines} 行）" | "the text holds emoji {chars}, which can't be printed (lines {lines})",
        hints: ["请删去，或换成 √ × ★ 这样的符号" | "delete them, or use signs such as √ × ★"],
        why: "表情符号是彩色小图，字体里没有，公文也不用。" | "Emoji are small pictures in colour, which text fonts don't have.",
        bad: "职权 = \"行政检查😡\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n[[环节]]\n名称 = \"受理\"",
    }
    FontStandsIn "font-stands-in" Warning {
        message: "没有“{family}”这种字体，用{used}代替" | "there is no font “{family}”; {used} stands in for it",
        hints: ["有这种字体的文件就用 --font-dir 给出；用代替的就把字体写成它的名字" | "give the font's file with --font-dir, or write the name of the one that stands in"],
        why: "没有可以自由使用的仿宋、小标宋含有全部用字，程序用最像的代替。" | "No free 仿宋 or 小标宋 has all the characters needed; the most similar font is used.",
        bad: "职权 = \"行政检查\"\n[版面]\n字体 = \"仿宋_GB2312\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n[版面]\n字体 = \"楷体\"\n[[环节]]\n名称 = \"受理\"",
    }
    UnknownFont "unknown-font" Error {
        message: "没有名为“{family}”的字体" | "there is no font named “{family}”",
        hints: ["运行 riskchart list fonts 可看到内置的字体；自己的字体用 --font-dir 给出" | "riskchart list fonts shows the built-in ones; give your own with --font-dir"],
        why: "海报要在每台机器上都一样，所以只用内置的和明确给出的字体。" | "Posters must look the same on every machine, so only built-in and given fonts are used.",
        bad: "职权 = \"行政检查\"\n[版面]\n字体 = \"没有这种体\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n[版面]\n字体 = \"宋体\"\n[[环节]]\n名称 = \"受理\"",
    }
    CellClaimed "cell-claimed" Error {
        message: "这个框占用了已有别的框的格子" | "this box claims a cell that another box has",
        hints: ["请缩短“至”所到的环节，或把两个框的内容合在一起" | "shorten `through`, or put the contents of the two boxes together"],
        why: "跨行的框从它的环节一直占到“至”的环节，中间各行的这一栏不能再有框。" | "A box with `through` takes its column in every row it spans.",
        bad: "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n至 = \"审查\"\n[环节.措施]\n防控措施 = [\"限时。\"]\n至 = \"审查\"\n[[环节]]\n名称 = \"审查\"\n[环节.风险]\n表现形式 = [\"不严。\"]",
        good: "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n至 = \"审查\"\n[环节.措施]\n防控措施 = [\"限时。\"]\n至 = \"审查\"\n[[环节]]\n名称 = \"审查\"",
    }
    LogoOutside "logo-outside" Error {
        message: "徽标“{file}”不在图的文件旁边或下级文件夹里" | "the logo “{file}” is not beside or below the chart file",
        hints: ["请把徽标文件放到图的文件旁边，只写它的名称，如 徽标 = \"徽标.svg\"" | "put the logo beside the chart file and write its name alone, e.g. logo = \"logo.svg\""],
        why: "图只读自己文件夹里的文件：换一台机器结果相同，别人给的图也读不到您的其他文件。" | "A chart reads files of its own folder alone: it comes out alike on every machine, and charts of strangers can't read your files.",
        bad: "职权 = \"行政检查\"\n徽标 = \"../徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    LogoUnreadable "logo-unreadable" Error {
        message: "徽标“{file}”读不了：{reason}" | "the logo “{file}” can't be read: {reason}",
        hints: ["请核对文件名，徽标要放在图的文件旁边或下级文件夹里" | "check the name; the logo stands beside or below the chart file"],
        why: "少了徽标的图不是您要的图，所以不会写出来。" | "Without its logo it is not the chart that was asked for.",
        bad: "职权 = \"行政检查\"\n徽标 = \"没有这个文件.svg\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    LogoTooLarge "logo-too-large" Error {
        message: "徽标“{file}”太大：超过{limit}" | "the logo “{file}” is too large: over {limit}",
        hints: ["请用绘图软件简化或缩小后另存" | "simplify it or make it smaller in a drawing program"],
        why: "徽标印出来只有几厘米，太大的文件只会拖慢成图，也可能是恶意的。" | "A logo is printed some centimetres wide; a larger file slows every build, or means harm.",
        bad: "职权 = \"行政检查\"\n徽标 = \"五千万像素的照片.png\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    LogoFormat "logo-format" Error {
        message: "徽标“{file}”不是可用的 SVG 或 PNG 图" | "the logo “{file}” is no usable SVG or PNG picture",
        hints: ["请用绘图软件另存为 SVG 或 PNG；只改扩展名没有用" | "save it as SVG or PNG in a drawing program; a new extension alone does not help", "读取时的错误：{reason}" | "the reader says: {reason}"],
        why: "徽标可以是 SVG（放大后仍清晰）或 PNG。" | "A logo is SVG, which stays sharp at any size, or PNG.",
        bad: "职权 = \"行政检查\"\n徽标 = \"徽标.jpg\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    LogoUnsafe "logo-unsafe" Error {
        message: "徽标“{file}”含有{part}，不能使用" | "the logo “{file}” holds {part} and is not used",
        hints: ["请用绘图软件另存为普通 SVG（Inkscape 的“纯 SVG”）或 PNG" | "save it as plain SVG or PNG in a drawing program"],
        why: "徽标只需要图形；会执行代码或读取别处内容的文件不安全。" | "A logo needs shapes alone; files that run code or fetch things are not safe.",
        bad: "职权 = \"行政检查\"\n徽标 = \"含脚本的徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    LogoNotCurves "logo-not-curves" Error {
        message: "徽标“{file}”里有{part}，不能照原样画" | "the logo “{file}” holds {part}, which can't be drawn as it is",
        hints: ["文字请先转为曲线（轮廓）再保存；含照片的请整个另存为 PNG" | "turn text into curves (outlines) before saving; save one with photographs as PNG as a whole"],
        why: "没有转曲的文字在每台机器上样子不同；嵌入的图片只认 PNG。" | "Text that is not turned into curves looks different on every machine; of pictures within, PNG alone is read.",
        bad: "职权 = \"行政检查\"\n徽标 = \"未转曲的徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"",
    }
    ProfileUnreadable "profile-unreadable" Error {
        message: "色彩特性文件“{file}”读不了：{reason}" | "the colour profile “{file}” can't be read: {reason}",
        hints: ["请核对文件名；没有印刷厂给的文件，就删掉这一行，用通用的" | "check the name; without a file of the shop's, leave the line out and a common one is used"],
        why: "少了印刷厂的色彩特性，印出来的颜色就不是说好的颜色。" | "Without the shop's profile the colours are not those that were agreed on.",
        bad: "职权 = \"行政检查\"\n版面 = { 色彩 = \"四色\", 色彩配置 = \"没有这个文件.icc\" }\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n版面 = { 色彩 = \"四色\" }\n[[环节]]\n名称 = \"受理\"",
    }
    ProfileUnfit "profile-unfit" Error {
        message: "“{file}”{reason}" | "“{file}” {reason}",
        hints: ["请向印刷厂要印刷机的 CMYK 特性文件；没有就删掉这一行，用通用的" | "ask the print shop for the CMYK profile of its press; without the line a common one is used"],
        why: "存档和印刷的标准只认印刷机的四色特性文件。" | "The standards of archives and presses take a press's profile of four inks alone.",
        bad: "职权 = \"行政检查\"\n版面 = { 色彩 = \"四色\", 色彩配置 = \"屏幕.icc\" }\n[[环节]]\n名称 = \"受理\"",
        good: "职权 = \"行政检查\"\n版面 = { 色彩 = \"四色\", 色彩配置 = \"印刷机.icc\" }\n[[环节]]\n名称 = \"受理\"",
    }
    QrTooLong "qr-too-long" Error {
        message: "二维码的内容太长：{size} 字节，最多约 {limit} 字节" | "the QR code's text is too long: {size} bytes of about {limit}",
        hints: ["请改用短网址；一个汉字占 3 字节" | "use a short address; a Han character takes 3 bytes"],
        why: "内容越长，二维码的格子越小，手机就扫不出来了。" | "The longer the text, the smaller the squares, until phones can't read them.",
        bad: "",
        good: "",
    }
    SmallForDistance "small-for-distance" Warning {
        message: "正文 {size} 磅，只能在 {reach} 米内看清，达不到 {distance} 米" | "body type of {size} pt reads from {reach} m, not from {distance} m",
        hints: ["{distance} 米处要看清需要 {needed} 磅：请换大一些的纸或减少文字" | "{distance} m needs {needed} pt: use a larger paper or fewer words"],
        why: "字高要有阅读距离的 1/250，站在那么远的人才看得清。" | "Type is read from 250 times its height.",
        bad: "版面 = { 纸张 = \"A4\", 阅读距离 = 2 }\n[[环节]]\n名称 = \"受理\"",
        good: "版面 = { 纸张 = \"A4\", 阅读距离 = 1 }\n[[环节]]\n名称 = \"受理\"",
    }
    UnreadableAtDistance "unreadable-at-distance" Error {
        message: "正文 {size} 磅，在 {distance} 米处无法辨认" | "body type of {size} pt can't be made out from {distance} m",
        hints: ["{distance} 米处要看清需要 {needed} 磅：请换大一些的纸或减少文字" | "{distance} m needs {needed} pt: use a larger paper or fewer words"],
        why: "字高不到阅读距离的 1/500，谁也看不清。" | "Nobody reads type from 500 times its height.",
        bad: "版面 = { 纸张 = \"A4\", 阅读距离 = 30 }\n[[环节]]\n名称 = \"受理\"",
        good: "版面 = { 纸张 = \"A4\", 阅读距离 = 1 }\n[[环节]]\n名称 = \"受理\"",
    }
    TextOffPage "text-off-page" Error {
        message: "“{text}”超出了第 {page} 页的纸边" | "“{text}” leaves page {page}",
        hints: ["请减小页边距、换大一些的纸，或断开过长的词" | "use a smaller margin, a larger paper, or break long words"],
        why: "裁切后这些字会缺失。" | "It would be cut off.",
        bad: "",
        good: "",
    }
    TextOverlap "text-overlap" Error {
        message: "“{text}”与别的文字重叠" | "“{text}” lies over other text",
        hints: ["请换大一些的纸或减少文字" | "use a larger paper or fewer words"],
        why: "重叠的文字无法辨认，这样的图不会写出来。" | "Overlapping text can't be read.",
        bad: "",
        good: "",
    }
    TextOutOfBox "text-out-of-box" Error {
        message: "“{text}”超出了它的框" | "“{text}” leaves its box",
        hints: ["请断开过长的词，或换大一些的纸" | "break long words, or use a larger paper"],
        why: "超出框的文字会压到别的内容。" | "Text outside its box runs into other things.",
        bad: "",
        good: "",
    }
    BoxOverlap "box-overlap" Error {
        message: "这个框与别的框重叠" | "this box overlaps another",
        hints: ["请换大一些的纸或减少文字" | "use a larger paper or fewer words"],
        why: "重叠的框无法辨认，这样的图不会写出来。" | "Overlapping boxes can't be told apart.",
        bad: "",
        good: "",
    }
    LineThroughText "line-through-text" Error {
        message: "有一条线穿过了“{text}”" | "a line runs through “{text}”",
        hints: ["请减少交叉的下一步，或换大一些的纸" | "use fewer crossing arrows, or a larger paper"],
        why: "被线穿过的文字看不清，这样的图不会写出来。" | "Text with a line through it can't be read.",
        bad: "",
        good: "",
    }
    LineThroughBox "line-through-box" Error {
        message: "第 {page} 页有一条线穿过了这个框" | "a line on page {page} runs through this box",
        hints: ["请减少交叉的下一步，或换大一些的纸" | "use fewer crossing arrows, or a larger paper"],
        why: "穿过框的线让人看不出它从哪里来、到哪里去，这样的图不会写出来。" | "A line through a box does not tell where it comes from and goes to.",
        bad: "",
        good: "",
    }
    LineOnLine "line-on-line" Warning {
        message: "第 {page} 页有两条线叠在一起（从左上角量 {text}）" | "two lines on page {page} lie on each other ({text} from the top left)",
        hints: ["请减少交叉的下一步" | "use fewer crossing arrows"],
        why: "叠在一起的线看不出各自通向哪里。" | "Lines on top of each other do not tell where each of them goes.",
        bad: "",
        good: "",
    }
    StrayLabel "stray-label" Warning {
        message: "第 {page} 页的这个说明离它的线太远" | "this label on page {page} stands away from its line",
        hints: ["请缩短“说明”" | "use a shorter label"],
        why: "离线太远的说明看不出属于哪一条线。" | "A label away from its line does not tell which line it belongs to.",
        bad: "",
        good: "",
    }
    Hairline "hairline" Error {
        message: "有比 0.25 磅还细的线，印不出来" | "a line is thinner than 0.25 pt and would be lost in print",
        hints: [],
        why: "印刷保不住比 0.25 磅还细的线。" | "A press does not hold lines thinner than 0.25 pt.",
        bad: "",
        good: "",
    }
    } };
}
