//! The power and the title, which are printed together: 标题（职权）.

use crate::diag::{Code, Diagnostic, Report};
use crate::source::Text;

/// The text between the brackets that it begins and ends with, where they are one pair.
fn inner(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let mut depth = 0_i32;
    let closes_early = inner.chars().any(|c| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth < 0
    });
    (!closes_early && !inner.trim().is_empty()).then(|| inner.trim())
}

/// The power without brackets of its own, which the program prints.
pub(super) fn unbracketed(power: Text, report: &mut Report) -> Text {
    let Some(words) = inner(&power.value) else { return power };
    let note = Diagnostic::new(Code::DoubledBrackets, power.span).with("typed", &power.value).with("read", words);
    report.push(note.edit(power.span, format!("\"{words}\"")));
    Text::new(words.to_owned(), power.span)
}

/// The title without the power at its end, which is printed there; `None` where nothing else is left of it.
pub(super) fn without_power(title: Option<Text>, power: &Text, report: &mut Report) -> Option<Text> {
    let title = title?;
    let at = title.value.rfind(['（', '(']);
    let Some(at) = at.filter(|&at| inner(&title.value[at..]) == Some(power.value.as_str())) else { return Some(title) };
    let words = title.value[..at].trim_end();
    let note = Diagnostic::new(Code::DoubledBrackets, title.span).with("typed", &title.value).with("read", words);
    report.push(note.edit(title.span, format!("\"{words}\"")));
    (!words.is_empty()).then(|| Text::new(words.to_owned(), title.span))
}
