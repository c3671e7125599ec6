//! What stands behind a number sign and was meant to be printed: fields of a template filled in, and still remarks.

use crate::diag::{Code, Diagnostic, Report};
use crate::input::keys::TableId;
use crate::source::{FileId, Span};

/// Lines that are named; the rest are counted.
const NAMED: usize = 12;

/// One note for the chart's own file, the first that was read.
pub(super) fn check(report: &mut Report) {
    let Some(file) = report.sources.files().first() else { return };
    let mut at = 0;
    let mut found = Vec::new();
    for (number, line) in file.text.split_inclusive('\n').enumerate() {
        if is_filled(line) {
            let start = at + line.len() - line.trim_start().len();
            found.push((number + 1, Span::new(FileId(0), start, at + line.trim_end().len())));
        }
        at += line.len();
    }
    let Some((_, first)) = found.first().copied() else { return };
    let lines: Vec<_> = found.iter().take(NAMED).map(|(number, _)| number.to_string()).collect();
    let rest = if found.len() > NAMED { "…" } else { "" };
    report.push(Diagnostic::new(Code::BehindNumberSign, first).with("lines", lines.join("、") + rest));
}

/// `# "责任人" = "张三"`: a key of the format with a text in quotes, and nothing else.
fn is_filled(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix('#') else { return false };
    let Some((key, value)) = inner.split_once('=') else { return false };
    let key = key.trim().trim_matches('"');
    let known = TableId::ALL.iter().any(|table| table.key(key).is_some());
    let value = value.trim();
    let filled = value.len() > 2 && value.starts_with('"') && value[1..].contains('"') && !value.starts_with("\"\"");
    known && filled && !key.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_remarks() {
        for (line, filled) in [
            ("# \"责任人\" = \"张三\"", true),
            ("#责任人 = \"张三\" # 注", true),
            ("# \"责任人\" = \"\"", false),
            ("# 责任人写 \"张三\"", false),
            ("# 甲 = \"乙\"", false),
            ("\"责任人\" = \"张三\"", false),
        ] {
            assert_eq!(is_filled(line), filled, "{line}");
        }
    }
}
