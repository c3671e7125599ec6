//! Levels of risk as clerks write them.

use super::{squeezed, without_end};

/// Scales in their customary order, worst first. Which is worse is for the agency to say: whoever imports is asked.
const SCALES: &[&[&str]] = &[
    &["高", "中", "低"],
    &["极高", "特高", "高", "较高", "中", "一般", "较低", "低", "极低"],
    &["特别重大", "重大", "较大", "一般", "较小", "低", "轻微"],
    &["特级", "一级", "二级", "三级", "四级", "五级"],
    &["Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级", "Ⅴ级"],
    &["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"],
    &["1级", "2级", "3级", "4级", "5级"],
    &["A级", "B级", "C级", "D级", "E级"],
    &["A", "B", "C", "D", "E"],
    &["甲级", "乙级", "丙级", "丁级"],
    &["红色", "橙色", "黄色", "蓝色"],
    &["★★★★★", "★★★★", "★★★", "★★", "★"],
];

/// What a text says of a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing.
    Nothing,
    /// One level.
    One(String),
    /// Something else, or several.
    Unclear(String),
}

/// Reads what stands in a level's place: 高, 高风险, （中）, 一级风险, ☑高□中□低.
pub(crate) fn read(text: &str) -> Said {
    let text = squeezed(text);
    if super::is_nothing(&text) {
        return Said::Nothing;
    }
    if let Some(ticked) = ticked(&text) {
        return ticked;
    }
    match word(&text) {
        Some(level) => Said::One(level),
        None => Said::Unclear(text),
    }
}

/// The level that a text is and nothing else.
pub(crate) fn word(text: &str) -> Option<String> {
    let text = without_end(text);
    let text = text.trim_matches(|c: char| "（）()【】[]〔〕《》“”\"「」●■◆ ".contains(c));
    let folded: String = text.chars().map(fold).collect();
    let mut plain = folded.as_str();
    for ending in ["风险点", "风险", "等级", "级别"] {
        plain = plain.strip_suffix(ending).unwrap_or(plain);
    }
    for beginning in ["风险等级", "等级", "廉政风险", "风险"] {
        plain = plain.strip_prefix(beginning).unwrap_or(plain);
    }
    let known = |word: &str| SCALES.iter().flat_map(|scale| scale.iter()).any(|level| *level == word);
    if known(plain) {
        return Some(plain.to_owned());
    }
    // 高级、高等 are 高.
    let bare =
        plain.strip_suffix(['级', '等', '度']).filter(|bare| SCALES[..3].iter().any(|scale| scale.contains(bare)));
    bare.map(str::to_owned)
}

/// Roman numerals and letters in the forms that scales have.
fn fold(c: char) -> char {
    match c {
        'ａ'..='ｅ' | 'Ａ'..='Ｅ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_uppercase(),
        'a'..='e' => c.to_ascii_uppercase(),
        'I' | 'ⅰ' => 'Ⅰ',
        'ⅱ' => 'Ⅱ',
        'ⅲ' => 'Ⅲ',
        'ⅳ' => 'Ⅳ',
        '☆' => '★',
        c => c,
    }
}

/// A row of boxes of which one is ticked.
fn ticked(text: &str) -> Option<Said> {
    const BOXES: &str = "□☐☑☒✓√✔■";
    const TICKS: &str = "☑☒✓√✔■";
    if !text.contains(|c| BOXES.contains(c)) {
        return None;
    }
    let before = text.starts_with(|c| BOXES.contains(c));
    let mut chosen = Vec::new();
    let mut parts: Vec<(char, String)> = Vec::new();
    let mut held = String::new();
    for c in text.chars() {
        match (BOXES.contains(c), before) {
            (true, true) => parts.push((c, String::new())),
            (true, false) => parts.push((c, std::mem::take(&mut held))),
            (false, true) => parts.last_mut()?.1.push(c),
            (false, false) => held.push(c),
        }
    }
    for (sign, words) in parts {
        if TICKS.contains(sign) {
            chosen.push(word(&words)?);
        }
    }
    Some(match <[String; 1]>::try_from(chosen) {
        Ok([level]) => Said::One(level),
        Err(_) => Said::Unclear(text.to_owned()),
    })
}

/// Whether one scale holds all of these levels.
pub(crate) fn is_one_scale(levels: &[String]) -> bool {
    SCALES.iter().any(|scale| levels.iter().all(|level| scale.contains(&level.as_str())))
}

/// The scale of some levels, worst first, where it is not 高 中 低; words that no scale knows come last.
pub(crate) fn scale(levels: &[String]) -> Vec<String> {
    let standard = SCALES[0];
    if levels.iter().all(|level| standard.contains(&level.as_str())) {
        return Vec::new();
    }
    let held = |scale: &&&[&str]| levels.iter().filter(|level| scale.contains(&level.as_str())).count();
    // Of scales that know equally many the first counts.
    let best = SCALES.iter().rev().max_by_key(held).copied().unwrap_or(standard);
    let known = best.iter().map(|level| (*level).to_owned()).filter(|level| levels.contains(level));
    let others = levels.iter().filter(|level| !best.contains(&level.as_str())).cloned();
    known.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_in_many_words() {
        let cases = [
            ("高", "高"),
            ("高风险", "高"),
            ("（中）", "中"),
            ("低等级风险", "低"),
            ("高级", "高"),
            ("一级风险", "一级"),
            ("Ｂ级", "B级"),
            ("等级：高", ""),
            ("☑高□中□低", "高"),
            ("高□中√低□", "中"),
            ("较大风险", "较大"),
            ("★★", "★★"),
        ];
        for (text, level) in cases {
            let expected = if level.is_empty() { Said::Unclear(text.into()) } else { Said::One(level.into()) };
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read(" / "), Said::Nothing);
        assert_eq!(read("高/中"), Said::Unclear("高/中".into()));
    }

    #[test]
    fn scales_are_found_by_their_words() {
        let scale = |levels: &[&str]| scale(&levels.iter().map(|level| (*level).to_owned()).collect::<Vec<_>>());
        assert!(scale(&["低", "高"]).is_empty());
        assert_eq!(scale(&["三级", "一级"]), ["一级", "三级"]);
        assert_eq!(scale(&["一般", "高"]), ["高", "一般"]);
        assert_eq!(scale(&["低", "重大", "较大"]), ["重大", "较大", "低"]);
    }
}
