//! Characters that no face has, told so that a clerk can mend them.

use crate::diag::{Code, Diagnostic, Report};
use crate::layout::words::block::Missing;
use crate::source::{Span, is_emoji, simplified};

/// Characters that no face has: those of a text in traditional characters and all emoji as one problem, others each at
/// its own place in the source.
pub(super) fn report(missing: &[Missing], report: &mut Report) {
    let (emoji, others): (Vec<&Missing>, Vec<&Missing>) = missing.iter().partition(|fault| is_emoji(fault.character));
    report_emoji(&emoji, report);
    let is_traditional = |fault: &&Missing| simplified(fault.character).is_some();
    let traditional: Vec<_> =
        others.iter().filter(|fault| is_traditional(fault)).filter_map(|fault| fault.span).collect();
    report_traditional(&traditional, report);
    let kept = others
        .into_iter()
        .filter(|fault| !is_traditional(fault) && fault.span.is_none_or(|span| !traditional.contains(&span)));
    for fault in kept {
        let span = fault.span.map(|span| {
            let text = &report.sources.file(span.file).text;
            let written = &text[span.start as usize..span.end as usize];
            match written.find(fault.character) {
                Some(at) => {
                    let start = span.start as usize + at;
                    Span::new(span.file, start, start + fault.character.len_utf8())
                }
                None => span,
            }
        });
        let codepoint = format!("U+{:04X}", u32::from(fault.character));
        let problem =
            Diagnostic::new(Code::MissingGlyph, span).with("char", fault.character).with("codepoint", &codepoint);
        let problem = match is_private(fault.character) {
            true => problem.with("symbol", codepoint),
            false => problem.with("option", "--font-dir"),
        };
        if !report.diagnostics.contains(&problem) {
            report.push(problem);
        }
    }
}

/// Characters that mean what one font says: bullets and ticks of word processors (Unicode 16, chapter 23.5).
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Characters and lines named in one problem.
const TEXTS_SHOWN: usize = 8;

fn report_emoji(emoji: &[&Missing], report: &mut Report) {
    let Some(first) = emoji.iter().find_map(|fault| fault.span) else { return };
    let mut distinct: Vec<char> =
        emoji.iter().map(|fault| fault.character).filter(|c| !matches!(c, '\u{fe0f}' | '\u{200d}')).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut lines: Vec<_> = emoji
        .iter()
        .filter_map(|fault| fault.span)
        .map(|span| report.sources.file(span.file).line(span.start as usize))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let named: Vec<_> = lines.iter().take(TEXTS_SHOWN).map(usize::to_string).collect();
    let shown: String = distinct.iter().take(TEXTS_SHOWN).collect();
    report.push(Diagnostic::new(Code::Emoji, first).with("chars", shown).with("lines", named.join("、")));
}

/// One problem for each file, with the simplified forms of its texts.
fn report_traditional(spans: &[Span], report: &mut Report) {
    let mut spans = spans.to_vec();
    spans.sort();
    spans.dedup();
    for texts in spans.chunk_by(|one, next| one.file == next.file) {
        let source = report.sources.file(texts[0].file);
        let written = |span: &Span| &source.text[span.start as usize..span.end as usize];
        let simple = |text: &str| text.chars().map(|c| simplified(c).unwrap_or(c)).collect::<String>();
        let mut strange: Vec<char> = Vec::new();
        for c in texts.iter().flat_map(|span| written(span).chars()) {
            if simplified(c).is_some() && !strange.contains(&c) {
                strange.push(c);
            }
        }
        let mut lines: Vec<_> = texts.iter().map(|span| source.line(span.start as usize)).collect();
        lines.dedup();
        let more = |count: usize| if count > TEXTS_SHOWN { "…" } else { "" };
        let (chars, named): (String, Vec<_>) = (
            strange.iter().take(TEXTS_SHOWN).collect(),
            lines.iter().take(TEXTS_SHOWN).map(usize::to_string).collect(),
        );
        let problem = Diagnostic::new(Code::Traditional, texts[0])
            .with("chars", chars + more(strange.len()))
            .with("lines", named.join("、") + more(lines.len()))
            .with("simplified", simple(written(&texts[0])));
        let edits: Vec<_> = texts.iter().map(|span| (*span, simple(written(span)))).collect();
        report.push(edits.into_iter().fold(problem, |problem, (span, new)| problem.edit(span, new)));
    }
}
