//! The table of every kind of problem.

use super::{CodeRow, Severity, Words};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $slug:literal $severity:ident {
        message: $mzh:literal | $men:literal,
        hints: [$($hzh:literal | $hen:literal),* $(,)?],
        why: $wzh:literal | $wen:literal,
        bad: $bad:literal,
        good: $good:literal $(,)?
    })*) => {
        /// A kind of problem. Its words are in its row of [`CODES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $men] $code,)*
        }

        /// Every kind of problem, in the order of [`Code`].
        pub const CODES: &[CodeRow] = &[$(CodeRow {
            code: Code::$code,
            slug: $slug,
            severity: Severity::$severity,
            message: Words { zh: $mzh, en: $men },
            hints: &[$(Words { zh: $hzh, en: $hen }),*],
            why: Words { zh: $wzh, en: $wen },
            bad: $bad,
            good: $good,
        }),*];
    };
}

codes! {
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
    NameClash "name-clash" Error {
        message: "两张图的海报会同名：{first} 和 {second} 都会写成“{name}”" | "two charts would be written under one name: {first} and {second} both become “{name}”",
        hints: ["请给其中一个文件改名；大小写和全半角不同不算不同的名字" | "rename one of the files; names that differ in case alone are one name"],
        why: "后写的海报会盖掉先写的，在不分大小写的磁盘上 A 和 a 也是同一个文件，所以两张都不写。" | "The later poster would replace the earlier one, and on many disks A and a are one file, so neither is written.",
        bad: "",
        good: "",
    }
    InternalFault "internal-fault" Error {
        message: "程序内部出错，这张图没有生成：{fault}" | "internal fault, the chart was not built: {fault}",
        hints: ["这是程序的毛病，不是图的毛病：请把这个文件和这一行发给开发者" | "the program is at fault, not the chart: please send this line and the file to the developers"],
        why: "其他的图不受影响，照常生成。" | "The other charts are built all the same.",
        bad: "",
        good: "",
    }
}

impl Code {
    /// The row of the table that holds its words.
    pub fn row(self) -> &'static CodeRow {
        &CODES[self as usize]
    }

    /// The code of a name such as `unknown-key`.
    pub fn from_slug(slug: &str) -> Option<Self> {
        CODES.iter().find(|row| row.slug == slug).map(|row| row.code)
    }
}
