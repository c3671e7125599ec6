//! Compiling the charts of this project from disk, for tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use riskchart::diag::{Lang, Report};
use riskchart::font::FontBook;
use riskchart::paper::{Orientation, Paper};
use riskchart::scene::Scene;
use riskchart::{Entry, Host, Options, ReadFault, compile};

/// Reads files as they are.
#[derive(Debug)]
pub(crate) struct Disk;

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(std::fs::read(path)?)
    }
}

/// The charts of a folder of this project, in the order of their names.
pub(crate) fn charts(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let is_chart = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "toml")
            && path.file_name().is_some_and(|name| name != "riskchart.toml")
    };
    let mut charts: Vec<_> = entries.filter(is_chart).collect();
    charts.sort();
    charts
}

/// The name of a chart's file without its extension.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

fn fonts() -> Arc<FontBook> {
    static FONTS: OnceLock<Arc<FontBook>> = OnceLock::new();
    FONTS.get_or_init(|| Arc::new(FontBook::embedded())).clone()
}

/// How a chart is compiled: paper, orientation and theme over its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) paper: Option<&'static str>,
    pub(crate) orientation: Option<Orientation>,
    pub(crate) theme: Option<&'static str>,
}

/// Compiles a chart with the project file beside it.
pub(crate) fn compiled(path: &Path, asked: &Asked) -> Result<(Scene, Report), Report> {
    let project = path.with_file_name("riskchart.toml");
    let entry = Entry {
        chart: path.to_string_lossy().into_owned(),
        project: project.exists().then(|| project.to_string_lossy().into_owned()),
    };
    let options = Options {
        fonts: fonts(),
        paper: asked.paper.map(|name| Paper::parse(name).expect("a paper")),
        orientation: asked.orientation.map(Some),
        theme: asked.theme.map(str::to_owned),
        stamp: false,
    };
    compile(&Disk, &entry, &options)
}

/// A report's problems in Chinese, one a line.
pub(crate) fn told(report: &Report) -> String {
    let lines = report.diagnostics.iter().map(|problem| {
        let place = problem.span.map(|span| {
            let file = report.sources.file(span.file);
            let at = file.line_column(span.start as usize);
            format!("{}:{}:{}", file.name, at.line, at.column)
        });
        format!("{} {}", place.unwrap_or_default(), problem.message(Lang::Zh))
    });
    lines.collect::<Vec<_>>().join("\n")
}
