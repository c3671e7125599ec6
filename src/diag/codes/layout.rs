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
    PrintFault "print-fault" Error {
        message: "排版检查没有通过：{fault}" | "the layout failed its check: {fault}",
        hints: [],
        why: "文字出页、相互重叠或被切断的图不会写出来。" | "A chart whose text leaves the page, overlaps or is cut is not written.",
        bad: "",
        good: "",
    }
    } };
}
