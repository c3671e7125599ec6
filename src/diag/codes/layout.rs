//! Rows for what arranging a chart on paper finds.

macro_rules! layout_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    MissingGlyph "missing-glyph" Error {
        message: "没有字体含有“{char}”（{codepoint}）这个字" | "no font has the character “{char}” ({codepoint})",
        hints: ["请换一个字，或用 --font-dir 给出含有它的字体" | "use another character, or give a font that has it with --font-dir"],
        why: "印出来的每个字都必须在字体里，否则海报上会出现方框。" | "A character that no font has would be printed as a box.",
        bad: "职权 = \"行政检查\u{e000}\"",
        good: "职权 = \"行政检查\"",
    }
    DoesNotFit "does-not-fit" Error {
        message: "这张图放不进{paper}：正文缩到 {size} 磅仍放不下" | "the chart does not fit {paper}: not even at a body size of {size} pt",
        hints: ["请换大一些的纸，减小页边距，或把内容分成两张图" | "use a larger paper, a smaller margin, or split the chart in two"],
        why: "正文小于最小字号时印出来看不清，所以不再缩小。" | "Type below the smallest size can't be read, so it is not made smaller.",
        bad: "职权 = \"行政检查\"\n版面 = { 纸张 = \"50x50mm\" }",
        good: "职权 = \"行政检查\"\n版面 = { 纸张 = \"A4\" }",
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
        bad: "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n至 = \"审查\"\n[[环节]]\n名称 = \"审查\"\n[环节.风险]\n表现形式 = [\"不严。\"]",
        good: "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n表现形式 = [\"拖延。\"]\n至 = \"审查\"\n[[环节]]\n名称 = \"审查\"",
    }
    SmallForDistance "small-for-distance" Warning {
        message: "正文 {size} 磅，只能在 {reach} 米内看清，达不到 {distance} 米" | "body type of {size} pt reads from {reach} m, not from {distance} m",
        hints: ["{distance} 米处要看清需要 {needed} 磅：请换大一些的纸或减少文字" | "{distance} m needs {needed} pt: use a larger paper or fewer words"],
        why: "字高要有阅读距离的 1/250，站在那么远的人才看得清。" | "Type is read from 250 times its height.",
        bad: "",
        good: "",
    }
    UnreadableAtDistance "unreadable-at-distance" Error {
        message: "正文 {size} 磅，在 {distance} 米处无法辨认" | "body type of {size} pt can't be made out from {distance} m",
        hints: ["{distance} 米处要看清需要 {needed} 磅：请换大一些的纸或减少文字" | "{distance} m needs {needed} pt: use a larger paper or fewer words"],
        why: "字高不到阅读距离的 1/500，谁也看不清。" | "Nobody reads type from 500 times its height.",
        bad: "",
        good: "",
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
    Hairline "hairline" Error {
        message: "有比 0.25 磅还细的线，印不出来" | "a line is thinner than 0.25 pt and would be lost in print",
        hints: [],
        why: "印刷保不住比 0.25 磅还细的线。" | "A press does not hold lines thinner than 0.25 pt.",
        bad: "",
        good: "",
    }
    } };
}
