//! Doubtful content of one chart: what can be printed and is probably not meant.
//!
//! A check that cries wolf is soon not read, so each one keeps to cases with hardly another explanation.

mod content;
mod endings;
mod personal;
mod wording;

use std::ops::Range;

use super::Chart;
use crate::diag::Report;
use crate::source::{Span, Text};

/// Looks through a valid chart.
pub(super) fn check(chart: &Chart, report: &mut Report) {
    content::check(chart, report);
    endings::check(chart, report);
    for text in prose(chart) {
        wording::check(text, report);
    }
    for text in items(chart) {
        wording::check_number(text, report);
    }
    let phones = chart.phones.iter().map(|phone| &phone.number);
    for text in prose(chart).chain(phones).chain(&chart.code) {
        personal::check(text, report);
    }
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
    let fields = [chart.category.as_ref(), chart.department.as_ref()];
    let stages = chart.stages.iter().flat_map(|stage| {
        let own = [Some(&stage.name), stage.note.as_ref(), stage.deadline.as_ref(), stage.department.as_ref()];
        let labels = stage.next.iter().filter_map(|link| link.label.as_ref());
        let risks = stage.risks.iter().flat_map(|risk| risk.name.iter().chain(&risk.category));
        let measures = stage.measures.iter().flat_map(|measure| measure.responsible.iter().chain(&measure.basis));
        own.into_iter().flatten().chain(&stage.materials).chain(labels).chain(risks).chain(measures)
    });
    head.into_iter().chain(fields).flatten().chain(&chart.notes).chain(stages).chain(items(chart))
}

/// Where a part of a text stands in its file; `None` where the text was written with escapes or line breaks.
fn locate(text: &Text, part: Range<usize>, report: &Report) -> Option<Span> {
    let file = report.sources.files().get(usize::from(text.span.file.0))?;
    let written = file.text.get(text.span.start as usize..text.span.end as usize)?;
    if written.contains('\\') {
        return None;
    }
    let start = text.span.start as usize + written.find(&text.value)?;
    Some(Span::new(text.span.file, start + part.start, start + part.end))
}
