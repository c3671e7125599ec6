//! Lists: numbers and bullets typed before entries, entries on one line, entries that go on on a further line.

use super::{Para, squeezed};

/// A number or bullet typed before an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) struct Mark {
    /// What it counts; `None` for a bullet.
    pub(in crate::office) value: Option<u32>,
    /// How it is written: marks of one list are written alike.
    style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Bullet,
    Circled,
    /// Digits and what follows them.
    Digits(char),
    /// Digits in brackets.
    Bracketed,
    /// Han numerals and what follows them.
    Han(char),
    /// Han numerals in brackets.
    HanBracketed,
}

/// Bullets; the last are glyphs of Wingdings and Symbol as Word keeps them.
const BULLETS: &str = "•●■◆▪·○◇◎★☆※➢►▶➤❖✧⚫\u{f0b7}\u{f06c}\u{f06e}\u{f0d8}\u{f0a7}\u{f075}\u{f0b2}\u{f0fc}";
/// What may follow the number of an entry.
const AFTER: &str = ".．、)）";
/// So many digits behind a number and its point are no decimals.
const LEAST_NUMBER: usize = 4;
/// What a number counts that is a word of its text: 2个工作日, 3人以上.
const COUNTED: &str = "个名人位日天月年次项件份级类种条款倍成元万亿百千家户处所时分小周季号本张台套页期批";

/// The mark at the beginning of a text and what follows it.
pub(in crate::office) fn mark(text: &str) -> Option<(Mark, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if BULLETS.contains(first) {
        return Some((Mark { value: None, style: Style::Bullet }, rest.trim_start()));
    }
    if matches!(first, '-' | '–' | '—' | '－' | '*') && rest.starts_with(char::is_whitespace) {
        return Some((Mark { value: None, style: Style::Bullet }, rest.trim_start()));
    }
    if let Some(value) = circled(first) {
        let rest = rest.strip_prefix(['.', '．', '、']).unwrap_or(rest);
        return Some((Mark { value: Some(value), style: Style::Circled }, rest.trim_start()));
    }
    if matches!(first, '(' | '（' | '[' | '［' | '【') {
        return bracketed(rest);
    }
    counted(text)
}

/// Numbers that are one character: ① ⑴ ⒈ ㈠ ❶.
fn circled(c: char) -> Option<u32> {
    let from = |first: u32| Some(c as u32 - first + 1);
    match c {
        '①'..='⑳' => from(0x2460),
        '⑴'..='⒇' => from(0x2474),
        '⒈'..='⒛' => from(0x2488),
        '❶'..='❿' => from(0x2776),
        '㈠'..='㈩' => from(0x3220),
        '㊀'..='㊉' => from(0x3280),
        _ => None,
    }
}

fn bracketed(rest: &str) -> Option<(Mark, &str)> {
    let end = rest.find([')', '）', ']', '］', '】'])?;
    let (inner, after) = (rest[..end].trim(), &rest[end..]);
    let after = &after[after.chars().next()?.len_utf8()..];
    let after = after.strip_prefix(['.', '．', '、']).unwrap_or(after).trim_start();
    let (value, style) = match digits(inner) {
        Some((value, "")) => (value, Style::Bracketed),
        _ => (han(inner)?, Style::HanBracketed),
    };
    Some((Mark { value: Some(value), style }, after))
}

fn counted(text: &str) -> Option<(Mark, &str)> {
    if let Some((value, rest)) = digits(text) {
        let rest = rest.trim_start();
        let sign = rest.chars().next().filter(|c| AFTER.contains(*c))?;
        let after = &rest[sign.len_utf8()..];
        // 3.5% and 3.21 are figures; 2.12345热线 is a number before one.
        let decimals = after.chars().take_while(|c| as_digit(*c).is_some()).count();
        let is_figure = matches!(sign, '.' | '．') && (1..LEAST_NUMBER).contains(&decimals);
        let after = after.trim_start_matches(['.', '．', '、']).trim_start();
        return (!is_figure).then_some((Mark { value: Some(value), style: Style::Digits(plain(sign)) }, after));
    }
    let end = text.find(['、', '.', '．', ')', '）'])?;
    let sign = text[end..].chars().next()?;
    let value = han(text[..end].trim())?;
    Some((Mark { value: Some(value), style: Style::Han(plain(sign)) }, text[end + sign.len_utf8()..].trim_start()))
}

fn plain(sign: char) -> char {
    match sign {
        '．' => '.',
        '）' => ')',
        sign => sign,
    }
}

fn as_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Up to two digits, of either width, and what follows them.
fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c| as_digit(c).is_none()).unwrap_or(text.len());
    let value = text[..end].chars().filter_map(as_digit).fold(0, |value: u32, digit| value.saturating_mul(10) + digit);
    let count = text[..end].chars().count();
    (count > 0 && count <= 2 && value > 0).then_some((value, &text[end..]))
}

/// The number that a text is and nothing else.
pub(in crate::office) fn number_of(text: &str) -> Option<u32> {
    digits(text).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value).or_else(|| han(text))
}

/// 一 to 九十九.
fn han(text: &str) -> Option<u32> {
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |c: char| DIGITS.chars().position(|d| d == c).map(|at| at as u32 + 1);
    let chars: Vec<char> = text.chars().collect();
    match chars[..] {
        ['十'] => Some(10),
        [c] => digit(c),
        ['十', c] => digit(c).map(|d| 10 + d),
        [c, '十'] => digit(c).map(|d| d * 10),
        [a, '十', b] => Some(digit(a)? * 10 + digit(b)?),
        _ => None,
    }
}

/// Whether a sentence ends here.
pub(in crate::office) fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', ';', '！', '？', '!', '?', '…'])
}

/// The entries of a list. `soft` says whether a line end within a paragraph is a place where the writer's line was full
/// (Word) or one that the writer made between entries (cells).
pub(in crate::office) fn items(paras: &[Para]) -> Vec<String> {
    let any_marked = paras.iter().any(|para| para.numbered || para.text.split('\n').any(|line| mark(line).is_some()));
    let mut items: Vec<String> = Vec::new();
    // The number of the last entry that bears one in digits.
    let mut last_number = None;
    for para in paras {
        for (at, line) in para.text.split('\n').enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let unmarked = last_number.and_then(|number| without_bare_number(line, number + 1));
            last_number =
                unmarked.map_or_else(|| number(line), |_| last_number.map(|number| number + 1)).or(last_number);
            if let Some(text) = unmarked {
                items.push(text.to_owned());
                continue;
            }
            let marked = mark(line);
            let begins = at == 0 && para.numbered;
            let goes_on = match (marked.is_some() || begins, at > 0) {
                (true, _) => false,
                // A line end within a paragraph: a new entry only where a sentence was finished.
                (false, true) => items.last().is_some_and(|last| any_marked || !ends(last)),
                (false, false) => any_marked && items.last().is_some_and(|last| !ends(last)),
            };
            match (items.last_mut(), goes_on) {
                (Some(last), true) => last.push_str(line),
                _ => items.extend(split(line)),
            }
        }
    }
    items.into_iter().map(|item| squeezed(&item)).filter(|item| !item.is_empty()).collect()
}

/// The number in digits that a line bears.
fn number(line: &str) -> Option<u32> {
    mark(line).filter(|(mark, _)| matches!(mark.style, Style::Digits(_))).and_then(|(mark, _)| mark.value)
}

/// A line without the number that it has to bear in its list and that lacks its point: 3严格… after 2.….
fn without_bare_number(line: &str, expected: u32) -> Option<&str> {
    let (value, rest) = digits(line)?;
    let first = rest.chars().next()?;
    let is_word = ('\u{4e00}'..='\u{9fff}').contains(&first) && !COUNTED.contains(first);
    (value == expected && is_word).then_some(rest)
}

/// The entries of one line: `1.甲；2.乙`, `①甲②乙`. Numbers that don't count up from the first are words.
fn split(line: &str) -> Vec<String> {
    let Some((first, rest)) = mark(line) else { return vec![line.to_owned()] };
    let Some(value) = first.value else { return vec![rest.to_owned()] };
    let parted = |before: &str, _: &str| {
        first.style == Style::Circled
            || before.ends_with(['。', '；', ';', '，', ',', '！', '？', ' ', '\u{3000}', '\t'])
    };
    let entries = counting(rest, (value, first.style), parted);
    if entries.len() > 1 {
        return entries;
    }
    // 1、超期2、越权3、泄密: no chance when there are three. 执行第2、3条 counts articles.
    let between = |before: &str, after: &str| {
        let is_word = |c: char| crate::source::is_han(c) && !"第附表图".contains(c);
        before.ends_with(is_word) && after.starts_with(is_word)
    };
    let tight = counting(rest, (value, first.style), between);
    if tight.len() > 2 { tight } else { entries }
}

/// The parts of a text at the marks that count on from a first one; `parted` says of what stands before and behind a
/// mark whether an entry may begin there.
fn counting(text: &str, (first, style): (u32, Style), parted: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut entries = Vec::new();
    let (mut from, mut next) = (0, first + 1);
    for (at, _) in text.char_indices().skip(1) {
        if at < from {
            continue;
        }
        let Some((found, after)) = mark(&text[at..]) else { continue };
        let is_here = !text[at..].starts_with(char::is_whitespace);
        if is_here && found.value == Some(next) && found.style == style && parted(&text[..at], after) {
            entries.push(text[from..at].to_owned());
            from = text.len() - after.len();
            next += 1;
        }
    }
    entries.push(text[from..].to_owned());
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        items(&super::super::lines(text))
    }

    #[test]
    fn numbers_of_all_kinds_are_dropped() {
        for text in [
            "1.甲。\n2.乙。",
            "1、甲。\n\n2、乙。 ",
            "（1）甲。\n（2）乙。",
            "(1)甲。(2)乙。",
            "①甲。②乙。",
            "1) 甲。\n2) 乙。",
            "１．甲。２．乙。",
            "一、甲。\n二、乙。",
            "（一）甲。\n（二）乙。",
            "• 甲。\n• 乙。",
            "⒈甲。⒉乙。",
            "- 甲。\n- 乙。",
        ] {
            assert_eq!(of(text), ["甲。", "乙。"], "{text}");
        }
        assert_eq!(of("1、超期2、越权3、泄密"), ["超期", "越权", "泄密"]);
    }

    #[test]
    fn figures_are_words() {
        for text in [
            "3.5%以上不复核。",
            "2016.3.21以后的规定。",
            "12345热线转办件。",
            "2个工作日内办结。",
            "第1.2条。",
            "100、200元两档。",
        ] {
            assert_eq!(of(text), [text], "{text}");
        }
        assert_eq!(of("1.误差超过3.5%的；2.其他。"), ["误差超过3.5%的；", "其他。"]);
        assert_eq!(of("1.执行第2.1条；3.其他。"), ["执行第2.1条；3.其他。"]);
        assert_eq!(of("1、执行第2、3条规定"), ["执行第2、3条规定"]);
        assert_eq!(of("1、填写表2、提交"), ["填写表2、提交"]);
    }

    #[test]
    fn numbers_without_or_with_two_points_are_numbers_of_their_list() {
        assert_eq!(of("1..甲。\n2.乙。\n3严格审批。\n4、丙。"), ["甲。", "乙。", "严格审批。", "丙。"]);
        assert_eq!(of("1.甲。\n2个工作日内办结。"), ["甲。", "2个工作日内办结。"]);
        assert_eq!(of("1.甲。\n2.12345热线转办件不登记。"), ["甲。", "12345热线转办件不登记。"]);
    }

    #[test]
    fn an_entry_goes_on_where_its_sentence_does() {
        assert_eq!(of("1.甲方\n不到场。\n2.乙。"), ["甲方不到场。", "乙。"]);
        let broken = [
            Para { text: "两人以上，\n持证上岗。".into(), numbered: true },
            Para { text: "记录。".into(), numbered: true },
        ];
        assert_eq!(items(&broken), ["两人以上，持证上岗。", "记录。"]);
    }
}
