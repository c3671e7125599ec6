//! Charts of one folder compared.

use std::collections::BTreeMap;

use rayon::prelude::*;
use riskchart::diag::{Diagnostic, Report};
use riskchart::{input, model};

use super::walk::{Chart, Found};
use super::work::guard;

/// For each chart, what is odd about it beside the others of its folder. Places are in its own files, in the order in
/// which they are read.
pub(crate) fn problems(found: &Found) -> Vec<Vec<Diagnostic>> {
    let charts: Vec<_> = found.charts.par_iter().map(|chart| read(found, chart)).collect();
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, chart) in found.charts.iter().enumerate() {
        let folder = chart.entry.chart.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(at);
    }
    let mut problems = vec![Vec::new(); charts.len()];
    for members in folders.values() {
        let readable = members.iter().filter_map(|&at| Some((at, charts[at].as_ref()?)));
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

/// The chart of a file; what is wrong with it is told where it is compiled.
fn read(found: &Found, chart: &Chart) -> Option<model::Chart> {
    let mut report = Report::default();
    let read = || input::read(&found.host, &chart.entry, &mut report).and_then(|tree| model::check(tree, &mut report));
    guard(read).ok().flatten()
}
