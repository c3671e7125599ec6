//! Doubtful content of one chart: what can be printed and is probably not meant.
//!
//! A check that cries wolf is soon not read, so each one keeps to cases with hardly another explanation.

mod comments;
mod content;
mod endings;
mod personal;
mod wording;

use std::ops::Range;

use super::{Chart, Numbering};
use crate::diag::{Diagnostic, Report};
use crate::source::{Span, Text};

/// Looks through a valid chart.
pub(super) fn check(chart: &Chart, report: &mut Report) {
    let before = report.diagnostics.len();
    comments::check(report);
    content::check(chart, report);
    endings::check(chart, report);
    for text in prose(chart) {
        wording::check(text, report);
    }
    // Without the program's numbers those typed are no second ones.
    if chart.page.numbering != Numbering::None {
        numbered(chart).for_each(|text| wording::check_number(text, report));
    }
    let phones = chart.phones.iter().map(|phone| &phone.number);
    for text in prose(chart).chain(phones).chain(&chart.code) {
        personal::check(text, report);
    }
    let mut told = report.diagnostics.split_off(before);
    told.iter_mut().for_each(|told| rename(told, chart, report));
    report.diagnostics.extend(told);
}

/// Adds to an edit of a stage's name the same edit wherever the stage is called by that name.
fn rename(told: &mut Diagnostic, chart: &Chart, report: &Report) {
    let inside =
        |outer: Span, inner: Span| outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end;
    for (at, new) in told.edits.clone() {
        let Some(stage) = chart.stages.iter().find(|stage| inside(stage.name.span, at)) else { continue };
        let name = &stage.name;
        let Some(start) = locate(name, 0..name.value.len(), report).map(|whole| whole.start) else { continue };
        let (Some(from), Some(to)) = (at.start.checked_sub(start), at.end.checked_sub(start)) else { continue };
        let part = from as usize..to as usize;
        let calls = calls(chart).filter(|span| *span != name.span);
        for span in calls.filter(|span| written(*span, report) == Some(name.value.as_str())) {
            let call = Text::new(name.value.clone(), span);
            if let Some(place) = locate(&call, part.clone(), report) {
                told.edits.push((place, new.clone()));
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

/// What the program numbers: steps, and the items of all risks and measures.
fn numbered(chart: &Chart) -> impl Iterator<Item = &Text> {
    chart.stages.iter().flat_map(|stage| &stage.steps).chain(items(chart))
}

/// The items of all risks and measures.
fn items(chart: &Chart) -> impl Iterator<Item = &Text> {
    chart.stages.iter().flat_map(|stage| {
        let risks = stage.risks.iter().flat_map(|risk| &risk.items);
        risks.chain(stage.measures.iter().flat_map(|measure| &measure.items))
    })
}

/// All texts written for people to read: not codes, numbers, paths.
fn prose(chart: &Chart) -> impl Iterator<Item = &Text> {
    let head = [Some(&chart.title), Some(&chart.power), chart.unit.as_ref(), chart.subtitle.as_ref()];
    let fields = [chart.category.as_ref(), chart.department.as_ref(), chart.watermark.as_ref()];
    let stages = chart.stages.iter().flat_map(|stage| {
        let own = [Some(&stage.name), stage.note.as_ref(), stage.deadline.as_ref(), stage.department.as_ref()];
        let lists = stage.materials.iter().chain(&stage.steps).chain(&stage.phase);
        let labels = stage.next.iter().filter_map(|link| link.label.as_ref());
        let risks = stage.risks.iter().flat_map(|risk| risk.name.iter().chain(&risk.category));
        let measures = stage.measures.iter().flat_map(|measure| {
            let people = measure.responsible.iter().chain(&measure.supervisor);
            let people = people.flat_map(|person| person.rank.iter().chain([&person.name]));
            measure.name.iter().chain(people).chain(&measure.deadline).chain(&measure.basis)
        });
        own.into_iter().flatten().chain(lists).chain(labels).chain(risks).chain(measures)
    });
    head.into_iter().chain(fields).flatten().chain(&chart.notes).chain(stages).chain(items(chart))
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
