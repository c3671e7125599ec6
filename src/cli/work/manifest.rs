//! What a run made, as JSON for programs: each chart's sources, posters, pages and body size, and whether it changed.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use riskchart::Host as _;
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::posters::{Bound, Poster, PosterFile, sha256};
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::disk::write::{Output, Written};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible_path;

/// The whole list. Names are from the folder the program ran in, those of posters from the output folder; both with slashes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the program.
    pub(crate) riskchart: String,
    /// The output folder.
    pub(crate) out: String,
    /// The charts in the order in which they were found.
    pub(crate) charts: Vec<Entry>,
    /// The book, where one was bound.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) book: Option<File>,
}

/// A chart.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its file.
    pub(crate) chart: String,
    /// All files that it was made of, its own and the project's included.
    pub(crate) sources: Vec<File>,
    /// Its posters; none where it has an error.
    pub(crate) outputs: Vec<File>,
    /// How many pages it has.
    pub(crate) pages: usize,
    /// The size of its body text in points.
    pub(crate) body_pt: f64,
    /// Whether this run changed a poster of it, or would have.
    pub(crate) changed: bool,
    /// How many errors it has.
    pub(crate) errors: usize,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Manifest {
    /// The list of what was made below `out`.
    pub(crate) fn new(
        out: &Path,
        found: &Found,
        (charts, outcomes): (&[&Chart], &[Outcome<Poster>]),
        book: Option<&Bound>,
    ) -> Self {
        let entries = charts.iter().zip(outcomes).map(|(chart, outcome)| entry(found, chart, outcome));
        Self {
            riskchart: env!("CARGO_PKG_VERSION").to_owned(),
            out: visible_path(out),
            charts: entries.collect(),
            book: book.map(|book| file(String::new(), &PosterFile { ending: book.name.clone(), ..book.file.clone() })),
        }
    }

    /// Writes the list.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = if folder == Path::new("") { Path::new(".") } else { folder };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Output::new(folder).write(Path::new(""), &name, text.as_bytes())?;
        Ok(())
    }

    /// Reads a list that an earlier run wrote.
    ///
    /// # Errors
    /// It can't be read, or is none.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = visible_path(path);
        let bytes = fs::read(path).with_context(|| message!("不能读取 {shown}" | "can't read {shown}"))?;
        serde_json::from_slice(&bytes).map_err(|_| {
            message!("{shown} 不是 build --manifest 写的清单" | "{shown} is no list written by build --manifest")
                .fault()
        })
    }
}

fn entry(found: &Found, chart: &Chart, outcome: &Outcome<Poster>) -> Entry {
    let poster = outcome.product.as_ref();
    let names: Vec<&str> = match poster {
        Some(poster) => poster.inputs.names().collect(),
        None => [Some(chart.entry.chart.as_str()), chart.entry.project.as_deref()].into_iter().flatten().collect(),
    };
    let source = |name: &str| {
        let bytes = found.host.read(name).ok()?;
        Some(File { path: name.to_owned(), bytes: bytes.len() as u64, sha256: sha256(&bytes) })
    };
    Entry {
        chart: chart.entry.chart.clone(),
        sources: names.into_iter().filter_map(source).collect(),
        outputs: poster
            .map_or_else(Vec::new, |poster| poster.files.iter().map(|one| file(poster.name.clone(), one)).collect()),
        pages: poster.map_or(0, |poster| poster.facts.pages()),
        body_pt: poster.map_or(0.0, |poster| poster.facts.body_pt()),
        changed: poster.is_some_and(|poster| poster.files.iter().any(|file| file.left.written != Written::Same)),
        errors: outcome.errors(),
    }
}

fn file(name: String, file: &PosterFile) -> File {
    File { path: name + &file.ending, bytes: file.size, sha256: file.sha256.clone() }
}
