//! Numbers of items, in every style of `page.numbering` (编号样式).

use crate::model::Numbering;

/// The label of the item `number` (from 1); `None` where items bear none.
pub(crate) fn label(style: Numbering, number: usize) -> Option<String> {
    match style {
        Numbering::Dot => Some(format!("{number}.")),
        Numbering::Comma => Some(format!("{number}、")),
        Numbering::Parenthesised => Some(format!("（{number}）")),
        Numbering::Circled => Some(circled(number)),
        Numbering::Han => Some(format!("{}、", han(number))),
        Numbering::None => None,
    }
}

/// ①…⑳ ㉑…㉟ ㊱…㊿; beyond fifty, which no box holds, the number in full-width parentheses.
fn circled(number: usize) -> String {
    let base = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32b1 - 36,
        _ => return format!("（{number}）"),
    };
    char::from_u32((base + number) as u32).map_or_else(|| format!("（{number}）"), String::from)
}

/// 一 二 … 十 十一 … 九十九.
fn han(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0 => "零".to_owned(),
        1..=9 => DIGITS[number].to_owned(),
        10..=99 => {
            let tens = if number < 20 { "" } else { DIGITS[number / 10] };
            format!("{tens}十{}", DIGITS[number % 10])
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_to_fifty() {
        let all = |style| (1..=50).map(|n| label(style, n).expect("numbered")).collect::<Vec<_>>();
        assert_eq!(all(Numbering::Circled).concat().chars().count(), 50);
        assert_eq!(label(Numbering::Circled, 21).as_deref(), Some("㉑"));
        assert_eq!(label(Numbering::Circled, 50).as_deref(), Some("㊿"));
        assert_eq!(label(Numbering::Han, 10).as_deref(), Some("十、"));
        assert_eq!(label(Numbering::Han, 21).as_deref(), Some("二十一、"));
        assert_eq!(label(Numbering::Parenthesised, 3).as_deref(), Some("（3）"));
        assert_eq!(label(Numbering::None, 3), None);
    }
}
