//! Paragraphs over several lines: where a line end is meant, and lists typed as one text.

use std::ops::Range;

/// How a real line end within a text is marked for TOML's parser, which then can't take it for the text's end; the
/// escape `\n` is a break that the writer asked for.
pub(super) const LINE_END: char = '\u{2028}';

/// What becomes of a line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It was meant: a new line begins.
    Break,
    /// A program wrapped the line there: the parts go together, with this between them.
    Joined(&'static str),
}

/// What becomes of the line end between two parts of a text: it is meant after a mark and before a number of a list.
pub(super) fn joint(before: &str, after: &str) -> Joint {
    const MARKS: &str = "。；：，、？！…;:?!";
    let (before, after) = (before.trim_end(), after.trim_start());
    let closed = before.trim_end_matches(['”', '’', '）', '》', '」', '』', ')']);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(_), Some(_)) if closed.ends_with(|c| MARKS.contains(c)) || number(after).is_some() => Joint::Break,
        (Some(a), Some(b)) if a.is_ascii_graphic() && b.is_ascii_graphic() => Joint::Joined(" "),
        _ => Joint::Joined(""),
    }
}

/// A text with its line ends settled, and whether any of them was closed up. Blank lines and blanks at either end of a
/// line count for nothing.
pub(super) fn settled(text: &str) -> (String, bool) {
    if !text.contains([LINE_END, '\n', '\t']) {
        return (text.trim().to_owned(), false);
    }
    let (mut new, mut any) = (String::with_capacity(text.len()), false);
    // The line end before the part at hand: one that was asked for outweighs those that were typed.
    let mut end = None;
    for (row, line) in text.split(LINE_END).enumerate() {
        end = end.or((row > 0).then_some(LINE_END));
        for (at, part) in line.split('\n').enumerate() {
            end = if at > 0 { Some('\n') } else { end };
            let part = tabs_closed(part);
            if part.is_empty() {
                continue;
            }
            match joint(&new, &part) {
                _ if new.is_empty() => {}
                Joint::Joined(between) if end == Some(LINE_END) => {
                    new.push_str(between);
                    any = true;
                }
                _ => new.push('\n'),
            }
            new.push_str(&part);
            end = None;
        }
    }
    (new, any)
}

/// A text on one line: every line end in it closed up.
pub(crate) fn one_line(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for part in text.trim().split(['\n', '\t', LINE_END]).map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        if latin(joined.chars().next_back()) && latin(part.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

fn tabs_closed(line: &str) -> String {
    if line.contains('\t') { one_line(line) } else { line.trim().to_owned() }
}

/// How an entry's number is written: the kind of numerals and the mark that goes with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    numerals: Numerals,
    mark: char,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numerals {
    Arabic,
    Han,
    Circled,
}

/// The number that a text begins with: its style, itself, and its length in bytes.
fn number(text: &str) -> Option<(Style, usize, usize)> {
    let first = text.chars().next()?;
    let whole = |from: char, mark| {
        let count = u32::from(first) - u32::from(from) + 1;
        Some((Style { numerals: Numerals::Circled, mark }, count as usize, first.len_utf8()))
    };
    match first {
        '①'..='⑳' => return whole('①', '①'),
        '⑴'..='⒇' => return whole('⑴', '⑴'),
        '⒈'..='⒛' => return whole('⒈', '⒈'),
        _ => {}
    }
    let open = if matches!(first, '(' | '（') { first.len_utf8() } else { 0 };
    let inner = &text[open..];
    let end = inner.find(|c: char| !c.is_ascii_digit() && !HAN.contains(c)).unwrap_or(inner.len());
    let (numerals, count) = numeral(&inner[..end])?;
    let mark = inner[end..].chars().next()?;
    let rest = &inner[end + mark.len_utf8()..];
    let goes_on = rest.starts_with(|c: char| c.is_ascii_digit() || HAN.contains(c));
    let mark = match (mark, numerals) {
        (')' | '）', _) if open > 0 => '（',
        ('、', _) if open == 0 && !goes_on => '、',
        ('.' | '．', Numerals::Arabic) if open == 0 && !goes_on => '.',
        (')' | '）', Numerals::Arabic) if open == 0 => '）',
        _ => return None,
    };
    Some((Style { numerals, mark }, count, text.len() - rest.len()))
}

const HAN: &str = "一二三四五六七八九十";

/// 1 to 99, in figures or Han numerals.
fn numeral(text: &str) -> Option<(Numerals, usize)> {
    if text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(|count| (Numerals::Arabic, count));
    }
    let digit = |text: &str| match text.chars().collect::<Vec<_>>()[..] {
        [c] => HAN.chars().position(|known| known == c).map(|at| at + 1),
        _ => None,
    };
    let count = match text.split_once('十') {
        None => digit(text)?,
        Some(("", "")) => 10,
        Some(("", ones)) => 10 + digit(ones)?,
        Some((tens, "")) => digit(tens)? * 10,
        Some((tens, ones)) => digit(tens)? * 10 + digit(ones)?,
    };
    Some((Numerals::Han, count))
}

/// The entries of a list that stands in one text, their numbers left out: they count up from one, at the beginnings of
/// lines or after a mark that ends a clause.
pub(super) fn entries(text: &str) -> Option<Vec<Range<usize>>> {
    const ENDS: [char; 7] = ['\n', LINE_END, '。', '；', ';', '，', ','];
    let begin = text.len() - text.trim_start().len();
    let (style, 1, length) = number(&text[begin..])? else { return None };
    let mut starts = vec![(begin, begin + length)];
    for (at, end) in text.match_indices(ENDS) {
        let after = at + end.len();
        let at = after + text[after..].len()
            - text[after..].trim_start_matches(['”', '）', ' ', '\t', '\u{3000}', '\n', LINE_END]).len();
        if let Some((this, count, length)) = number(&text[at..])
            && this == style
            && count == starts.len() + 1
        {
            starts.push((at, at + length));
        }
    }
    let ends = starts.iter().skip(1).map(|(number, _)| *number).chain([text.len()]);
    let entries: Vec<_> = starts
        .iter()
        .zip(ends)
        .map(|((_, words), end)| {
            let entry = &text[*words..end];
            let from = words + entry.len() - entry.trim_start().len();
            from..(words + entry.trim_end().len()).max(from)
        })
        .collect();
    (entries.len() > 1 && entries.iter().all(|entry| !entry.is_empty())).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Option<Vec<&str>> {
        entries(text).map(|found| found.into_iter().map(|at| &text[at]).collect())
    }

    #[test]
    fn lists_in_one_text() {
        let cases: [(&str, Option<&[&str]>); 16] = [
            ("①甲。②乙。③丙。", Some(&["甲。", "乙。", "丙。"])),
            ("1.甲；2.乙；", Some(&["甲；", "乙；"])),
            ("1、甲；\n2、乙", Some(&["甲；", "乙"])),
            ("（一）甲。（二）乙。", Some(&["甲。", "乙。"])),
            ("(1)甲，(2)乙", Some(&["甲，", "乙"])),
            ("一、甲。 二、乙。", Some(&["甲。", "乙。"])),
            ("⑴甲\u{2028}⑵乙", Some(&["甲", "乙"])),
            ("1.甲。（1）子。2.乙。", Some(&["甲。（1）子。", "乙。"])),
            ("1.符合1.5倍的。2.乙。", Some(&["符合1.5倍的。", "乙。"])),
            ("九、甲。十、乙。", None),
            ("①甲。③乙。", None),
            ("主要有：①甲。②乙。", None),
            ("□甲。□乙。", None),
            ("1.甲和2.乙", None),
            ("①", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(listed(text).as_deref(), expected, "{text}");
        }
        let eleven: String = (1..=11).map(|n| format!("{n}.甲。")).collect();
        assert_eq!(listed(&eleven).map(|found| found.len()), Some(11));
    }

    #[test]
    fn line_ends_that_are_meant_and_others() {
        let cases = [
            ("甲\u{2028}乙", "甲乙", true),
            ("甲；\u{2028} 乙", "甲；\n乙", false),
            ("甲。”\u{2028}\u{2028}乙", "甲。”\n乙", false),
            ("甲\u{2028}2.乙", "甲\n2.乙", false),
            ("see\u{2028}here", "see here", true),
            ("\u{2028}甲\u{2028}", "甲", false),
            ("甲\\n乙", "甲\\n乙", false),
            ("甲\n乙", "甲\n乙", false),
            (" 甲 \n\n 乙 ", "甲\n乙", false),
            ("甲\t乙", "甲乙", false),
            ("甲\n\u{2028}乙", "甲\n乙", false),
        ];
        for (text, expected, joined) in cases {
            assert_eq!(settled(text), (expected.to_owned(), joined), "{text:?}");
        }
    }

    #[test]
    fn lines_close_up() {
        assert_eq!(one_line("　受理\n  申请 "), "受理申请");
        assert_eq!(one_line("see\n\nhere"), "see here");
        assert_eq!(one_line("GB\n标准\n18030"), "GB标准18030");
        assert_eq!(one_line("受理 申请"), "受理 申请");
    }
}
