//! Charts of one folder compared.

use std::collections::BTreeMap;

use riskchart::diag::Diagnostic;
use riskchart::model;

use crate::cli::disk::walk::Found;

/// For each chart, what is odd about it beside the others of its folder. Places are in its own files, in the order in
/// which they are read. `charts` are what the charts found say, `None` where one can't be understood.
pub(crate) fn problems(found: &Found, charts: &[Option<&model::Chart>]) -> Vec<Vec<Diagnostic>> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, chart) in found.charts.iter().enumerate() {
        let folder = chart.entry.chart.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(at);
    }
    let mut problems = vec![Vec::new(); charts.len()];
    for members in folders.values() {
        let readable = members.iter().filter_map(|&at| Some((at, charts[at]?)));
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
