//! Wording: slips of the keyboard and of copying.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::locate;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::source::{Text, is_han};

/// Words often mistyped, and what is meant. None is part of a right phrase: 按排 is left out for 按排名.
const SLIPS: &[(&str, &str)] = &[
    ("台帐", "台账"),
    ("帐户", "账户"),
    ("帐号", "账号"),
    ("帐目", "账目"),
    ("帐务", "账务"),
    ("帐册", "账册"),
    ("记帐", "记账"),
    ("结帐", "结账"),
    ("巡视舞弊", "徇私舞弊"),
    ("循私舞弊", "徇私舞弊"),
    ("徇私舞蔽", "徇私舞弊"),
    ("徇私午弊", "徇私舞弊"),
    ("营私舞敝", "营私舞弊"),
    ("玩乎职守", "玩忽职守"),
    ("完忽职守", "玩忽职守"),
    ("烂用职权", "滥用职权"),
    ("以权某私", "以权谋私"),
    ("弄虚做假", "弄虚作假"),
    ("责任追纠", "责任追究"),
    ("权利清单", "权力清单"),
    ("布署", "部署"),
    ("通迅", "通讯"),
    ("隐满", "隐瞒"),
    ("拖廷", "拖延"),
    ("袒户", "袒护"),
    ("贪脏", "贪赃"),
];

pub(super) fn check(text: &Text, report: &mut Report) {
    slips(text, report);
    markup(text, report);
    half_width(text, report);
    half_width_brackets(text, report);
    doubled_marks(text, report);
    doubled_words(text, report);
}

/// A problem at a part of a text, with its edit where the place is known.
fn problem(code: Code, text: &Text, part: Range<usize>, new: Option<&str>, report: &Report) -> Diagnostic {
    match (locate(text, part, report), new) {
        (Some(span), Some(new)) => Diagnostic::new(code, span).edit(span, new),
        (Some(span), None) => Diagnostic::new(code, span),
        (None, _) => Diagnostic::new(code, text.span),
    }
}

/// The slips by their first characters: every text is looked through for all of them.
static BY_FIRST: LazyLock<BTreeMap<char, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut slips: BTreeMap<char, Vec<_>> = BTreeMap::new();
    for (typed, usual) in SLIPS {
        slips.entry(typed.chars().next().unwrap_or_default()).or_default().push((*typed, *usual));
    }
    slips
});

fn slips(text: &Text, report: &mut Report) {
    for (at, first) in text.value.char_indices() {
        for (typed, usual) in BY_FIRST.get(&first).into_iter().flatten() {
            if text.value[at..].starts_with(typed) {
                let problem = problem(Code::KnownSlip, text, at..at + typed.len(), Some(usual), report);
                report.push(problem.with("typed", typed).with("usual", usual));
            }
        }
    }
}

/// What marks up other kinds of text, and would be printed: &nbsp; <br> **.
fn markup(text: &Text, report: &mut Report) {
    const MARKUP: &[(&str, &str)] = &[
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "”"),
        ("<br>", ""),
        ("<br/>", ""),
        ("<p>", ""),
        ("</p>", ""),
        ("**", ""),
    ];
    if !text.value.contains(['&', '<', '*', '/', '\\']) {
        return;
    }
    for typed in ["/n", "\\n"] {
        line_break(text, typed, report);
    }
    for (typed, new) in MARKUP {
        for (at, _) in text.value.match_indices(typed) {
            let problem = problem(Code::Markup, text, at..at + typed.len(), Some(new), report);
            report.push(problem.with("typed", typed).with("break", "\\n"));
        }
    }
}

/// 甲。/n乙。, and a backslash that isn't read as one, in single quotes or doubled: what was meant is `\n` in double
/// quotes.
fn line_break(text: &Text, typed: &str, report: &mut Report) {
    // Another backslash makes it a path: \共享\财政\网.
    let other = text.value.replace(typed, "");
    if typed.starts_with('\\') && other.contains('\\') {
        return;
    }
    for (at, _) in text.value.match_indices(typed) {
        let after = text.value[at + typed.len()..].chars().next();
        if text.value[..at].ends_with(|c: char| c.is_ascii()) || after.is_none_or(|c| c.is_ascii()) {
            continue;
        }
        let problem = problem(Code::Markup, text, at..at + typed.len(), Some("\\n"), report).with("typed", typed);
        report.push(match typed.starts_with('\\') {
            // Quotes within would end the text.
            true if other.contains('"') => problem,
            true => problem.with("write", format!("\"{}\"", text.value)),
            false => problem.with("break", "\\n"),
        });
    }
}

/// Half-width marks with a Han character before and a Han character or nothing after.
fn half_width(text: &Text, report: &mut Report) {
    let value = &text.value;
    for (at, mark) in value.char_indices() {
        let full = match mark {
            ',' => "，",
            ';' => "；",
            ':' => "：",
            '?' => "？",
            '!' => "！",
            '.' => "。",
            _ => continue,
        };
        let before = value[..at].chars().next_back().is_some_and(is_han);
        let after = value[at + 1..].chars().next().is_none_or(is_han);
        if before && after {
            let problem = problem(Code::HalfWidthMark, text, at..at + 1, Some(full), report);
            report.push(problem.with("typed", mark).with("full", full));
        }
    }
}

/// Half-width brackets around Han characters, as a pair.
fn half_width_brackets(text: &Text, report: &mut Report) {
    let value = &text.value;
    for (open, close, full_open, full_close) in [('(', ')', "（", "）"), ('[', ']', "〔", "〕")] {
        let mut from = 0;
        while let Some(start) = value[from..].find(open).map(|at| from + at) {
            let Some(length) = value[start + 1..].find(close) else { break };
            let (inner, end) = (&value[start + 1..start + 1 + length], start + 1 + length);
            from = end + 1;
            let han = !inner.is_empty() && inner.chars().all(is_han);
            let around = value[..start].chars().next_back().is_some_and(is_han);
            if !(han && around) {
                continue;
            }
            let mut problem = problem(Code::HalfWidthMark, text, start..start + 1, Some(full_open), report);
            if let Some(span) = locate(text, end..end + 1, report) {
                problem = problem.edit(span, full_close);
            }
            let pair = |open: &str, close: &str| format!("{open} {close}");
            let typed = pair(&open.to_string(), &close.to_string());
            report.push(problem.with("typed", typed).with("full", pair(full_open, full_close)));
        }
    }
}

fn doubled_marks(text: &Text, report: &mut Report) {
    for mark in ["。", "，", "、", "；", "："] {
        let double = mark.repeat(2);
        for (at, _) in text.value.match_indices(&double) {
            let problem = problem(Code::DoubledMark, text, at + mark.len()..at + double.len(), Some(""), report);
            report.push(problem.with("typed", double.clone()));
        }
    }
    for (typed, wrong) in BESIDE_STOPS {
        for (at, _) in text.value.match_indices(typed) {
            let start = at + typed.find(wrong).unwrap_or_default();
            let problem = problem(Code::DoubledMark, text, start..start + wrong.len(), Some(""), report);
            report.push(problem.with("typed", typed));
        }
    }
}

/// Marks that no text has beside a full stop, and which of the two is to go.
const BESIDE_STOPS: &[(&str, &str)] = &[
    ("。，", "，"),
    ("。、", "、"),
    ("。；", "；"),
    ("。,", ","),
    ("。;", ";"),
    ("，。", "，"),
    ("、。", "、"),
    ("；。", "；"),
];

/// Characters in a word that may be doubled by a slip.
const WORD: std::ops::RangeInclusive<usize> = 2..=8;

/// Two or more Han characters that stand twice in a row: 财政财政.
fn doubled_words(text: &Text, report: &mut Report) {
    let chars: Vec<(usize, char)> = text.value.char_indices().collect();
    let end = |at: usize| chars.get(at).map_or(text.value.len(), |(byte, _)| *byte);
    let mut at = 0;
    while at < chars.len() {
        let doubled = WORD.clone().find(|&length| {
            at + 2 * length <= chars.len()
                && (0..length).all(|k| chars[at + k].1 == chars[at + length + k].1)
                && is_word(chars[at..at + length].iter().map(|(_, c)| *c))
        });
        let Some(length) = doubled else {
            at += 1;
            continue;
        };
        // However often it stands there, it is one slip.
        let again = |k: usize| chars.get(k).is_some_and(|(_, c)| *c == chars[k - length].1);
        let mut last = at + 2 * length;
        while (last..last + length).all(again) {
            last += length;
        }
        let word = &text.value[end(at)..end(at + length)];
        let problem = problem(Code::DoubledWord, text, end(at + length)..end(last), Some(""), report);
        let times = (last - at) / length;
        let (zh, en) = if times == 2 { ("两次", "twice") } else { ("好几次", "several times") };
        report.push(problem.with("word", word).with_words("times", Words { zh, en }));
        at = last;
    }
}

/// Whether doubling these characters is a slip: not 一个一个, not 二〇二〇, not 人人人人, no repeated verb such as
/// 研究研究.
fn is_word(chars: impl Iterator<Item = char> + Clone) -> bool {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千万";
    const REPEATED: [&str; 6] = ["研究", "讨论", "商量", "考虑", "了解", "学习"];
    let word: String = chars.clone().collect();
    let mut distinct = chars.clone();
    let first = distinct.next();
    chars.clone().all(is_han)
        && !chars.clone().all(|c| NUMERALS.contains(c))
        && !matches!(first, Some('一' | '逐' | '每'))
        && distinct.any(|c| Some(c) != first)
        && !REPEATED.contains(&word.as_str())
}

/// A number typed before an item.
pub(super) fn check_number(text: &Text, report: &mut Report) {
    let Some(length) = typed_number(&text.value) else { return };
    let number = text.value[..length].trim_end().to_owned();
    report.push(problem(Code::TypedNumber, text, 0..length, Some(""), report).with("number", number));
}

/// The length of the number that a text begins with, spaces after it included: `1.` `2、` `（3）` `④` `五、`.
fn typed_number(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛') {
        return Some(after_spaces(text, first.len_utf8()));
    }
    // - 甲, *甲, ●甲; -5 is a number, **甲** is told elsewhere.
    let after = &text[first.len_utf8()..];
    if "-*·•●◆".contains(first) && after.starts_with(|c| c == ' ' || is_han(c)) {
        return Some(after_spaces(text, first.len_utf8()));
    }
    const HAN: &str = "一二三四五六七八九十";
    let open = if matches!(first, '(' | '（') { first.len_utf8() } else { 0 };
    let inner = &text[open..];
    let arabic = inner.bytes().take_while(u8::is_ascii_digit).count();
    let han = inner.chars().take_while(|&c| HAN.contains(c)).map(char::len_utf8).sum::<usize>();
    let digits = if (1..=2).contains(&arabic) { arabic } else { han };
    let counted = digits > 0 && (arabic > 0 || inner[..digits].chars().count() <= 3) && arabic <= 2;
    let mark = inner[digits..].chars().next().filter(|_| counted)?;
    let closes = match (open > 0, mark) {
        (true, ')' | '）') => true,
        (false, '、') => true,
        (false, '.' | '．' | ')' | '）') => arabic > 0,
        _ => false,
    };
    let rest = &inner[digits + mark.len_utf8()..];
    // 1.5倍, 一、二级: the mark belongs to what follows.
    let goes_on = rest.chars().next().is_none_or(|c| c.is_ascii_digit() || HAN.contains(c));
    let dots = rest.len() - rest.trim_start_matches(['.', '．', '、']).len();
    (closes && !goes_on).then(|| after_spaces(text, open + digits + mark.len_utf8() + dots))
}

fn after_spaces(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_typed_before_items() {
        let cases = [
            ("1.无故拖延。", Some("1.")),
            ("2、无故拖延。", Some("2、")),
            ("3．无故拖延。", Some("3．")),
            ("1..政务公开。", Some("1..")),
            ("12) 无故拖延。", Some("12) ")),
            ("（3）无故拖延。", Some("（3）")),
            ("(三) 无故拖延。", Some("(三) ")),
            ("④无故拖延。", Some("④")),
            ("五、无故拖延。", Some("五、")),
            ("3个工作日内办结。", None),
            ("1.5倍以上罚款。", None),
            ("一、二级风险点。", None),
            ("110、119报警。", None),
            ("一次性告知。", None),
            ("（附件）", None),
            ("2024.执行", None),
            ("", None),
        ];
        for (text, number) in cases {
            assert_eq!(typed_number(text).map(|length| &text[..length]), number, "{text}");
        }
    }

    #[test]
    fn right_phrases_are_no_doubled_words() {
        let found = |text: &str| {
            let mut report = Report::default();
            doubled_words(&Text::new(text.to_owned(), Default::default()), &mut report);
            report.diagnostics.len()
        };
        for right in ["一个一个核对", "二〇二〇年", "层层审批", "研究研究", "为了了解情况", "以及及时", "逐条逐条核对"]
        {
            assert_eq!(found(right), 0, "{right}");
        }
        assert_eq!(found("长治高新区财政财政管理运营部"), 1);
        assert_eq!(found("追究责任追究责任"), 1);
    }
}
