//! Doubtful content of one chart: what can be printed and is probably not meant.
//!
//! A check that cries wolf is soon not read, so each one keeps to cases with hardly another explanation.

mod comments;
mod content;
mod endings;
mod personal;
mod wording;

use std::ops::Range;

use super::{Chart, ChartText, Numbering, TextField, TextOwner};
use crate::diag::{Diagnostic, Report};
use crate::source::{Span, Text};

/// Looks through a valid chart.
pub(super) fn check(chart: &Chart, report: &mut Report) {
    let before = report.diagnostics.len();
    comments::check(report);
    content::check(chart, report);
    endings::check(chart, report);
    // Without the program's numbers those typed are no second ones.
    let numbers = chart.page.numbering != Numbering::None;
    for said in chart.texts() {
        endings::check_name(chart, &said, report);
        if is_prose(&said) {
            wording::check(said.text, report);
        }
        if numbers && is_numbered(&said) {
            wording::check_number(said.text, report);
        }
        if may_be_personal(&said) {
            personal::check(said.text, report);
        }
    }
    let mut problems = report.diagnostics.split_off(before);
    problems.iter_mut().for_each(|problem| rename(problem, chart, report));
    report.diagnostics.extend(problems);
}

/// Adds to an edit of a stage's name the same edit wherever the stage is called by that name.
fn rename(problem: &mut Diagnostic, chart: &Chart, report: &Report) {
    let inside =
        |outer: Span, inner: Span| outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end;
    for (at, new) in problem.edits.clone() {
        let Some(stage) = chart.stages.iter().find(|stage| inside(stage.name.span, at)) else { continue };
        let name = &stage.name;
        let Some(start) = locate(name, 0..name.value.len(), report).map(|whole| whole.start) else { continue };
        let (Some(from), Some(to)) = (at.start.checked_sub(start), at.end.checked_sub(start)) else { continue };
        let part = from as usize..to as usize;
        let calls = calls(chart).filter(|span| *span != name.span);
        for span in calls.filter(|span| written(*span, report) == Some(name.value.as_str())) {
            let call = Text::new(name.value.clone(), span);
            if let Some(place) = locate(&call, part.clone(), report) {
                problem.edits.push((place, new.clone()));
            }
        }
    }
}

/// Where stages are called by their names.
fn calls(chart: &Chart) -> impl Iterator<Item = Span> {
    chart.stages.iter().flat_map(|stage| {
        let next = stage.next.iter().map(|link| link.span).filter(|span| *span != stage.name.span);
        let risks = stage.risks.iter().filter_map(|risk| risk.through.as_ref());
        let measures = stage.measures.iter().filter_map(|measure| measure.through.as_ref());
        let places = stage.beside.iter().chain(risks).chain(measures);
        next.chain(places.map(|place| place.span))
    })
}

/// The text between the quotes at a place.
fn written(span: Span, report: &Report) -> Option<&str> {
    let file = report.sources.files().get(usize::from(span.file.0))?;
    let quoted = file.text.get(span.start as usize..span.end as usize)?;
    Some(quoted.trim_matches(quoted.chars().next()?).trim())
}

/// Whether a text is written for people to read as a sentence or a name: not codes, numbers, paths, words of the frame.
fn is_prose(said: &ChartText<'_>) -> bool {
    match said.field {
        TextField::Unit | TextField::Title | TextField::Power | TextField::Subtitle | TextField::Category => true,
        TextField::Department | TextField::Notes | TextField::Watermark | TextField::Note | TextField::Deadline => true,
        TextField::Materials | TextField::Steps | TextField::Phase | TextField::Items | TextField::Basis => true,
        TextField::Rank | TextField::Responsible | TextField::Supervisor => true,
        TextField::Name => !matches!(said.owner, TextOwner::Level(_)),
        TextField::Label => matches!(said.owner, TextOwner::Link(..)),
        TextField::Code | TextField::Version | TextField::Date | TextField::PhoneNumber | TextField::Logo => false,
        TextField::QrText | TextField::Word | TextField::Head | TextField::Mark | TextField::Id => false,
    }
}

/// Whether the program numbers it.
fn is_numbered(said: &ChartText<'_>) -> bool {
    matches!(said.field, TextField::Steps | TextField::Items)
}

/// Whether it may hold personal data: prose, numbers to call, the code of the power.
fn may_be_personal(said: &ChartText<'_>) -> bool {
    let number = said.field == TextField::PhoneNumber;
    is_prose(said) || number || (said.field == TextField::Code && said.owner == TextOwner::Chart)
}

/// Where a part of a text stands in its file; `None` where the text was written with escapes, or the part is over lines.
fn locate(text: &Text, part: Range<usize>, report: &Report) -> Option<Span> {
    let file = report.sources.files().get(usize::from(text.span.file.0))?;
    let written = file.text.get(text.span.start as usize..text.span.end as usize)?;
    // The lines of a text stand one after the other, however they are parted.
    let (mut from, mut before) = (0, 0);
    for line in text.value.split('\n') {
        let at = from + written.get(from..)?.find(line)?;
        if part.start >= before && part.end <= before + line.len() {
            let start = text.span.start as usize + at - before;
            // An escape within would shift the places after it.
            let escaped = written[at..at + line.len()].contains('\\');
            return (!escaped).then(|| Span::new(text.span.file, start + part.start, start + part.end));
        }
        (from, before) = (at + line.len(), before + line.len() + 1);
    }
    None
}
