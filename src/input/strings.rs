//! Characters that have no business in a text of a chart.

use super::paragraph::LINE_END;
use super::repair::is_invisible;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Span;

/// Looks through a text read from `span` for characters that can't be printed or deceive the reader.
pub(super) fn check(text: &str, span: Span, report: &mut Report) {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return;
    }
    let mut seen = Vec::new();
    for c in text.chars() {
        let Some(code) = fault(c) else { continue };
        // One of a kind in a text is enough to find them all.
        if seen.contains(&c) {
            continue;
        }
        seen.push(c);
        let problem = match place(c, span, report) {
            Some(at) => Diagnostic::new(code, at).edit(at, ""),
            None => Diagnostic::new(code, span),
        };
        report.push(problem.with("codepoint", format!("U+{:04X}", u32::from(c))));
    }
}

fn fault(c: char) -> Option<Code> {
    match c {
        // Line breaks and tabs are settled when the text is.
        '\n' | '\t' | LINE_END => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Code::BidiControl),
        _ if c.is_control() || is_noncharacter(c) => Some(Code::ControlCharacter),
        _ if is_invisible(c) => Some(Code::InvisibleInText),
        _ => None,
    }
}

/// U+FFFE, U+FFFF and their like in every plane, and U+FDD0–FDEF: Unicode 16, chapter 23.7. XML allows the first two
/// nowhere.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Where the character itself stands, unless it was written as an escape.
fn place(c: char, span: Span, report: &Report) -> Option<Span> {
    let text = &report.sources.file(span.file).text;
    let written = text.get(span.start as usize..span.end as usize)?;
    let start = span.start as usize + written.find(c)?;
    Some(Span::new(span.file, start, start + c.len_utf8()))
}
