//! Reading a chart from memory, for tests.

use std::collections::BTreeMap;

use riskchart::diag::Report;
use riskchart::model::Chart;
use riskchart::{Entry, Host, ReadFault, input, model};

/// Files in memory.
#[derive(Debug)]
pub(crate) struct Memory(pub(crate) BTreeMap<String, Vec<u8>>);

impl Host for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        self.0.get(path).cloned().ok_or_else(|| ReadFault::new("没有这个文件", "no such file"))
    }
}

/// Reads and checks one chart of these bytes.
pub(crate) fn check(bytes: &[u8]) -> (Option<Chart>, Report) {
    check_with(bytes, None)
}

/// Reads and checks one chart with its project file.
pub(crate) fn check_with(bytes: &[u8], project: Option<&str>) -> (Option<Chart>, Report) {
    let mut files = BTreeMap::from([("图.toml".to_owned(), bytes.to_vec())]);
    if let Some(project) = project {
        files.insert("riskchart.toml".to_owned(), project.as_bytes().to_vec());
    }
    let entry = Entry { chart: "图.toml".to_owned(), project: project.map(|_| "riskchart.toml".to_owned()) };
    let mut report = Report::default();
    let tree = input::read(&Memory(files), &entry, &mut report);
    let chart = tree.and_then(|tree| model::check(tree, &mut report));
    report.excuse();
    report.sort();
    (chart, report)
}
