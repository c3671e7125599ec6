//! Telephones: what a number looks like, texts that hold a label and a number, keys of the chart among the labels.

use super::Value;
use super::keys::{KeyRow, Kind, TableId};
use super::width::fold;

/// Telephones written as texts, 监督电话：12388, as the table that they were to be; `None` where one has no label.
pub(super) fn labelled(texts: &[&str]) -> Option<String> {
    let entry = |text: &&str| {
        let (label, number) = text.split_once(['：', ':'])?;
        let (label, number) = (label.trim(), number.trim());
        let is_plain = |part: &str| !part.is_empty() && !part.contains(['"', '\\', '\n']);
        (is_plain(label) && is_plain(number)).then(|| format!("\"{label}\" = \"{number}\""))
    };
    let entries: Option<Vec<String>> = texts.iter().map(entry).collect();
    entries.filter(|entries| !entries.is_empty()).map(|entries| format!("{{ {} }}", entries.join(", ")))
}

/// Whether a key that its table doesn't know is a telephone's label, by its words or by the number behind it.
pub(super) fn is_one(label: &str, value: &Value) -> bool {
    let named = || TableId::Chart.nearest_key(label, |row| row.kind == Kind::Labelled).is_some();
    match value {
        Value::String(text) => is_number(text) || is_address(text) || named(),
        Value::Integer(_) => named(),
        _ => false,
    }
}

/// The key that stands among telephones although it is none's label: one of the chart itself, or the name of a stage,
/// where nothing behind it could be dialled. An empty text is a number to be written in by hand.
pub(super) fn strayed(label: &str, value: &Value) -> Option<&'static KeyRow> {
    let own = TableId::Chart.key(label).filter(|row| row.kind != Kind::Labelled);
    let row = own.or_else(|| TableId::Stage.key(label).filter(|row| row.required))?;
    let dialled = match value {
        Value::String(text) => text.is_empty() || is_address(text) || holds_number(text),
        Value::Integer(_) => true,
        _ => false,
    };
    // What is a number itself is none to be dialled, but with a code before it.
    let numeral = matches!(row.name, "code" | "version" | "date");
    let plain = |value: &Value| !matches!(value, Value::String(text) if text.is_empty() || has_area_code(text));
    (!dialled || (numeral && plain(value))).then_some(row)
}

/// Whether a number to be dialled stands in a text, beside words or alone: 办公室 0355-2123456, 12345 热线.
fn holds_number(text: &str) -> bool {
    fold(text).split(|c: char| !c.is_ascii_digit() && !"-—–()+".contains(c)).any(is_number)
}

/// Whether a number begins with the code of its area: 0355-2123456.
fn has_area_code(text: &str) -> bool {
    let half = fold(text);
    let code = half.trim_start_matches('(').split(['-', ')']).next().filter(|code| code.len() < half.len());
    code.is_some_and(|code| code.starts_with('0') && (3..=4).contains(&code.len())) && holds_number(text)
}

/// Whether a text is a number to be dialled, with what goes with it: 0355-2123456转801.
fn is_number(text: &str) -> bool {
    const SHORTEST: usize = 5;
    let half = fold(text);
    let digits = half.bytes().filter(u8::is_ascii_digit).count();
    let parts: Vec<usize> = half.split('-').map(str::len).collect();
    let date = matches!(parts[..], [4, 1..=2, 1..=2]);
    digits >= SHORTEST && !date && half.chars().all(|c| c.is_ascii_digit() || "-—–()+转、,/;；".contains(c))
}

/// Whether a text is an address for electronic mail.
fn is_address(text: &str) -> bool {
    text.is_ascii() && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_be_dialled() {
        for number in ["12388", "0355-6218800", "（0355）2123456转801", "0355-2123456、2123457", "１２３４５"]
        {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "3", "1.0", "2025年", "2025-03-01", "市财政局", "2个工作日"] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn keys_among_the_labels() {
        let strayed = |label: &str, text: &str| strayed(label, &Value::String(text.to_owned())).map(|row| row.name);
        assert_eq!(strayed("单位", "市财政局"), Some("unit"));
        assert_eq!(strayed("名称", "受理"), Some("name"));
        assert_eq!(strayed("日期", "20250301"), Some("date"));
        assert_eq!(strayed("职权编码", "0400123"), Some("code"));
        let numbers = [("单位", "0355-2123456"), ("单位", "0355-2123456（办公室）"), ("责任科室", "")];
        let numbers = numbers.into_iter().chain([
            ("单位", "办公室 0839-7202114"),
            ("单位", "7202112 张主任"),
            ("职权类别", "12345 热线"),
            ("日期", "0839-7202112"),
        ]);
        let labels = [("监督电话", "见公告栏"), ("电话", "内线 801"), ("说明", "工作日")];
        for (label, text) in numbers.chain(labels) {
            assert_eq!(strayed(label, text), None, "{label}");
        }
    }
}
