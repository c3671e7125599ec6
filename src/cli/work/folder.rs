//! Charts beside each other: those of one folder compared, and what is said of all.

use std::collections::BTreeMap;

use riskchart::diag::{Code, Diagnostic};
use riskchart::model;
use riskchart::source::{Sources, Span};

use super::rules::RuleBook;
use crate::cli::disk::walk::Found;

/// What a chart says, and the files that say it.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) chart: &'a model::Chart,
    pub(crate) sources: &'a Sources,
}

/// For each chart, what is odd about it beside the others of its folder. Places are in its own files, in the order in
/// which they are read. `charts` are what the charts found say, `None` where one can't be understood.
pub(super) fn problems(found: &Found, charts: &[Option<Said<'_>>]) -> Vec<Vec<Diagnostic>> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, chart) in found.charts.iter().enumerate() {
        let folder = chart.entry.chart.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(at);
    }
    let mut problems = vec![Vec::new(); charts.len()];
    for members in folders.values() {
        let readable = members.iter().filter_map(|&at| Some((at, charts[at]?.chart)));
        let (numbers, named): (Vec<_>, Vec<_>) =
            readable.map(|(at, chart)| (at, (found.charts[at].entry.chart.as_str(), chart))).unzip();
        // What is missing may be a chart that can't be read.
        let whole =
            named.len() == members.len() && members.iter().all(|&at| found.is_in_folder(&found.charts[at].entry.chart));
        for (at, problem) in model::compare(&named, whole) {
            problems[numbers[at]].push(problem);
        }
    }
    problems
}

/// The note that a profile of a press was given, by an option or in a file, and no chart is for one: of the first chart that
/// it holds for. What the project file says is told of where its whole folder is.
pub(super) fn unused_profile(
    found: &Found,
    rules: &RuleBook,
    charts: &[Option<Said<'_>>],
) -> Option<(usize, Diagnostic)> {
    let charts: Vec<Said<'_>> = charts.iter().copied().collect::<Option<_>>()?;
    if charts.iter().any(|said| said.chart.page.is_for_press()) {
        return None;
    }
    charts.into_iter().enumerate().find_map(|(at, Said { chart, sources })| {
        let own = &found.charts[at];
        let file = |span: Span| sources.file(span.file).name == own.entry.chart;
        let written = chart.page.profile.as_ref().map(|profile| profile.span);
        let told = written.filter(|span| file(*span) || !found.folders.is_empty());
        let given = rules.of(own).export.press.is_some();
        (given || told.is_some()).then(|| (at, Diagnostic::new(Code::ProfileUnused, told.filter(|_| !given))))
    })
}
