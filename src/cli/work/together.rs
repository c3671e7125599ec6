//! What is made of all pictures together: the book, and the index of a website.

use std::borrow::Cow;
use std::path::Path;

use riskchart::diag::Report;
use riskchart::export::html::Beside;
use riskchart::export::html::index::{self, Entry};
use riskchart::export::{ExportOptions, Format, export};
use riskchart::layout::book;
use riskchart::scene::Scene;

use super::poster_name;
use crate::cli::arguments::settings;
use crate::cli::disk::names;
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::disk::write::Output;
use crate::cli::terminal::message::message;

/// The format whose pages have an index.
const SITE: &str = "html";
/// The format that a book is always bound in.
const BOOK: &str = "pdf";

/// What is wanted of all pictures together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Together {
    /// The name of the book, and the formats it is bound in.
    book: Option<(String, Vec<&'static Format>)>,
    /// Whether there are pages that an index leads to.
    has_pages: bool,
    /// The address at which the output folder will be found.
    site: Option<String>,
    options: ExportOptions,
}

/// A picture that is kept for that.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    pub(crate) scene: Scene,
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
    pub(crate) fn new(chart: &Chart, formats: &[&Format], scene: Scene) -> Self {
        let has_page = formats.iter().any(|format| format.name == SITE);
        let page = Page { path: poster_name(&chart.folder, &chart.stem), files: files(chart, formats) };
        Self { scene, page: has_page.then_some(page) }
    }

    fn entry(&self) -> Option<Entry<'_>> {
        let page = self.page.as_ref()?;
        Some(Entry { path: &page.path, scene: &self.scene, files: &page.files })
    }
}

impl Together {
    /// What is wanted of charts of which the first is written in `first` formats, and some in `any`.
    ///
    /// # Errors
    /// A fault of the program: the format of books is not in the table.
    pub(crate) fn new<'f>(
        found: &Found,
        book: Option<&str>,
        site: Option<&str>,
        (first, any): (&[&'static Format], impl Iterator<Item = &'f &'static Format>),
        options: &ExportOptions,
    ) -> anyhow::Result<Self> {
        let name = book.map(str::to_owned).or_else(|| book_of_project(found));
        let mut formats = vec![settings::format(BOOK)?];
        formats.extend(first.iter().filter(|format| format.binds && format.name != BOOK));
        let has_pages = any.into_iter().any(|format| format.name == SITE);
        let site = site.map(str::to_owned);
        Ok(Self { book: name.map(|name| (name, formats)), has_pages, site, options: options.clone() })
    }

    /// Whether pictures have to be kept.
    pub(crate) fn is_wanted(&self) -> bool {
        self.book.is_some() || self.has_pages
    }

    /// Makes it of the pictures, below the output folder.
    ///
    /// # Errors
    /// The disk refuses, or the program fails.
    pub(crate) fn make(&self, output: &Output, gathered: &[Gathered]) -> anyhow::Result<()> {
        if let Some((name, formats)) = &self.book {
            let scenes: Vec<Scene> = gathered.iter().map(|picture| picture.scene.clone()).collect();
            bind(output, &scenes, name, formats, &self.options)?;
        }
        if self.has_pages { publish(output, gathered, self.site.as_deref()) } else { Ok(()) }
    }
}

/// The book that the project file of the first chart names.
fn book_of_project(found: &Found) -> Option<String> {
    let project = found.charts.first()?.entry.project.as_deref()?;
    riskchart::input::project(&found.host, project, &mut Report::default())?.book.map(|book| book.value)
}

/// Whose charts they are, and that they are charts.
fn title<'s>(mut scenes: impl Iterator<Item = &'s Scene>) -> String {
    let author = scenes.next().map_or("", |scene| scene.meta.author.as_str());
    format!("{author}廉政风险防控图")
}

/// Binds all pictures into one file a format.
fn bind(
    output: &Output,
    scenes: &[Scene],
    name: &str,
    formats: &[&'static Format],
    options: &ExportOptions,
) -> anyhow::Result<()> {
    let Some(bound) = book::book(scenes, &title(scenes.iter())) else { return Ok(()) };
    let stem = Path::new(name).file_stem().map_or(Cow::Borrowed(name), |stem| stem.to_string_lossy());
    let stem = names::clean(&stem);
    for format in formats {
        let artifacts = export(&bound, format, options)
            .map_err(|why| message!("合订本写不成：{why}" | "the book can't be written: {why}").fault())?;
        for artifact in artifacts {
            output.write(Path::new(""), &format!("{stem}.{}", artifact.extension), &artifact.bytes)?;
        }
    }
    Ok(())
}

/// Writes the index of all pages.
fn publish(output: &Output, gathered: &[Gathered], site: Option<&str>) -> anyhow::Result<()> {
    let entries: Vec<Entry<'_>> = gathered.iter().filter_map(Gathered::entry).collect();
    let title = title(entries.iter().map(|entry| entry.scene));
    for file in index::index(&entries, &title, site) {
        output.write(Path::new(""), file.name, &file.bytes)?;
    }
    Ok(())
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
    let has_page = formats.iter().any(|format| format.name == SITE);
    has_page && chart.folder.as_os_str().is_empty() && chart.stem.eq_ignore_ascii_case(stem)
}
