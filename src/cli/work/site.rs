//! A website of charts: what stands beside each page, and the index of all.

use std::path::Path;

use riskchart::export::Format;
use riskchart::export::html::Beside;
use riskchart::export::html::index::{self, Entry};
use riskchart::scene::Scene;

use super::poster_name;
use crate::cli::disk::inputs::Inputs;
use crate::cli::disk::walk::Chart;
use crate::cli::disk::write::Output;

/// The format whose pages have an index.
const SITE: &str = "html";

/// A picture that is kept for the book and the index.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    pub(crate) scene: Scene,
    /// What it was made of.
    pub(crate) inputs: Inputs,
    /// Where its page is; `None` where it has none.
    page: Option<Page>,
}

/// A chart's page, as the index leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    /// Its path below the output folder, without extension.
    path: String,
    /// Names of the chart's other files.
    files: Vec<String>,
}

impl Gathered {
    /// The picture of a chart that is written in these formats.
    pub(crate) fn new(chart: &Chart, formats: &[&Format], scene: Scene, inputs: Inputs) -> Self {
        let page = Page { path: poster_name(&chart.folder, &chart.stem), files: files(chart, formats) };
        Self { scene, inputs, page: has_page(formats).then_some(page) }
    }

    fn entry(&self) -> Option<Entry<'_>> {
        let page = self.page.as_ref()?;
        Some(Entry { path: &page.path, scene: &self.scene, files: &page.files })
    }
}

/// Writes the index of all pages.
///
/// # Errors
/// The disk refuses.
pub(crate) fn publish(output: &Output, gathered: &[Gathered], site: Option<&str>) -> anyhow::Result<()> {
    let entries: Vec<Entry<'_>> = gathered.iter().filter_map(Gathered::entry).collect();
    let Some(first) = entries.first() else { return Ok(()) };
    let title = format!("{}廉政风险防控图", first.scene.meta.author);
    for file in index::index(&entries, &title, site) {
        output.write(Path::new(""), file.name, &file.bytes)?;
    }
    Ok(())
}

/// Whether a chart that is written in these formats has a page.
pub(crate) fn has_page(formats: &[&Format]) -> bool {
    formats.iter().any(|format| format.name == SITE)
}

/// What stands beside the page of a chart that is written in these formats.
pub(crate) fn beside(chart: &Chart, formats: &[&Format]) -> Beside {
    let up = "../".repeat(chart.folder.components().count());
    Beside { index: Some(format!("{up}{}", index::NAME)), files: files(chart, formats) }
}

/// Files to take home: those that hold all pages of a chart.
fn files(chart: &Chart, formats: &[&Format]) -> Vec<String> {
    formats.iter().filter(|format| format.binds).map(|format| format!("{}.{}", chart.stem, format.name)).collect()
}

/// Whether the page of a chart that is written in these formats would have the name of the index.
pub(crate) fn is_named_as_index(chart: &Chart, formats: &[&Format]) -> bool {
    let stem = index::NAME.split('.').next().unwrap_or_default();
    has_page(formats) && chart.folder.as_os_str().is_empty() && chart.stem.eq_ignore_ascii_case(stem)
}
