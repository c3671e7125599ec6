//! Rows for what charts of one folder say of each other. They take several files, so they have no examples.

macro_rules! folder_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    SameContent "same-content" Warning {
        message: "环节、风险和措施与 {other} 逐字相同" | "stages, risks and measures are those of {other}, word for word",
        hints: ["请核对是不是复制后忘了改；确实相同的，可以用 --allow same-content 不再提示" | "check whether a copy was left unchanged; where they are meant to be alike, --allow same-content says no more of it"],
        why: "两项职权的风险和措施很少一字不差，多半是复制了一张图还没有改。只比较同一文件夹里同一单位的图。" | "Two powers hardly have the same risks in the same words: most often a chart was copied and not changed. Charts of one folder and one unit are compared.",
        bad: "",
        good: "",
    }
    SeriesGap "series-gap" Warning {
        message: "编号不连续：“{before}”之后是“{power}”，没有{missing}" | "the series has a gap: “{before}” is followed by “{power}”, there is no {missing}",
        hints: ["请核对是漏了图还是编错了号；有意空着的，可以用 --allow series-gap 不再提示" | "check whether a chart is missing or a number wrong; where the gap is meant, --allow series-gap says no more of it"],
        why: "同一文件夹里编了号的职权，中间缺号多半是漏了一张。给出整个文件夹时才检查。" | "A number missing among the powers of a folder is most often a chart forgotten. Looked for where the whole folder is given.",
        bad: "",
        good: "",
    }
    UnitDiffers "unit-differs" Warning {
        message: "单位写作“{unit}”，同一文件夹的 {other} 写作“{usual}”" | "the unit is “{unit}”, while {other} of the same folder has “{usual}”",
        hints: ["请统一写法；都一样的，最好写在 riskchart.toml 里" | "use one name; one that holds for all charts best stands in riskchart.toml"],
        why: "挂在一起的图，单位名称应当一致。别的图大多相同，或者只差一两个字时才提示。" | "Charts that hang together name their unit alike. Told where most charts agree on another name, or one is much like it.",
        bad: "",
        good: "",
    }
    ProfileUnused "profile-unused" Note {
        message: "没有四色的图，色彩特性文件没有用上" | "no chart is in CMYK; the colour profile was not used",
        hints: ["要送印刷厂的，请在图或 riskchart.toml 的 [版面] 里写 色彩 = \"四色\"" | "for the press, write color = \"cmyk\" under [page] in the chart or riskchart.toml"],
        why: "色彩特性文件说的是四色油墨印出来的颜色，别的 PDF 用不上。" | "The profile tells what four inks look like; other PDFs have no use for it.",
        bad: "",
        good: "",
    }
    } };
}
