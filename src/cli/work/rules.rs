//! What holds for the charts of each project file: the command line, else a variable of the environment, else the project
//! file, else what is built in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use riskchart::Options;
use riskchart::diag::{Code, Report};
use riskchart::export::{ExportOptions, Format, PdfStandard, Resolution};
use riskchart::font::FontBook;
use riskchart::input::{self, Project};
use riskchart::layout::tile::Tiling;
use riskchart::paper::Paper;

use super::guard;
use super::wanted::Wanted;
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::disk::fonts;
use crate::cli::disk::host::canonical;
use crate::cli::disk::inputs::{ContentHash, content_hash};
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::terminal::message::message;

/// Formats where none are named.
const STANDARD_FORMATS: [&str; 2] = ["svg", "pdf"];
/// The output folder where none is named.
const STANDARD_FOLDER: &str = "out";

/// What holds for the charts of one project file.
pub(crate) struct Rules {
    pub(crate) options: Options,
    pub(crate) formats: Vec<&'static Format>,
    pub(crate) export: ExportOptions,
    /// Whether posters carry what they are made of.
    pub(crate) attaches: bool,
    /// The sheets that posters are also cut to, and how.
    pub(crate) tile: Option<(Paper, Tiling)>,
    /// Whether warnings count as errors.
    pub(crate) strict: bool,
    /// Warnings and notes that are not told.
    pub(crate) allowed: Vec<Code>,
    /// The hash of all that decides what posters look like but for the files that are read for each.
    pub(crate) how: ContentHash,
}

/// The rules of all charts that were found.
pub(crate) struct RuleBook {
    rules: BTreeMap<Option<String>, Rules>,
    /// The output folder that the project file of the first chart names.
    folder: Option<PathBuf>,
    /// The file that all charts are also bound into, which the first chart's project file may name.
    pub(crate) book: Option<String>,
    /// The address at which the output folder will be found.
    pub(crate) site: Option<String>,
}

impl RuleBook {
    /// The rules for these charts.
    ///
    /// # Errors
    /// A project file names a paper that there is not, or a font that can't be used.
    pub(crate) fn new(found: &Found, settings: &Settings, wanted: &Wanted<'_>) -> anyhow::Result<Self> {
        Self::with(&mut Shelf::default(), found, settings, wanted)
    }

    /// The rules for these charts, with fonts from a shelf that others take from too: a book is bound of scenes that share
    /// theirs.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(crate) fn with(
        shelf: &mut Shelf,
        found: &Found,
        settings: &Settings,
        wanted: &Wanted<'_>,
    ) -> anyhow::Result<Self> {
        let mut book = Self {
            rules: BTreeMap::new(),
            folder: None,
            book: wanted.book.map(str::to_owned),
            site: wanted.site.map(str::to_owned),
        };
        for (at, chart) in found.charts.iter().enumerate() {
            let shown = &chart.entry.project;
            if at > 0 && book.rules.contains_key(shown) {
                continue;
            }
            let project = shown.as_deref().map(|shown| read(found, shown)).unwrap_or_default();
            let beside = shown.as_deref().map(|shown| folder_of(found, shown));
            if at == 0 {
                let named = |folder: &Path| project.folder.as_ref().map(|named| tidy(&folder.join(&named.value)));
                book.folder = beside.as_deref().and_then(named);
                book.book = book.book.or_else(|| project.book.as_ref().map(|name| name.value.clone()));
            }
            let fonts = shelf.of(settings, &project, beside.as_deref())?;
            book.rules.insert(shown.clone(), rules(&project, settings, wanted, fonts)?);
        }
        Ok(book)
    }

    /// The rules of a chart.
    ///
    /// # Panics
    /// It is none of those that were found.
    pub(crate) fn of(&self, chart: &Chart) -> &Rules {
        &self.rules[&chart.entry.project]
    }

    /// What any of the project files says is not to be told.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = Code> {
        self.rules.values().flat_map(|rules| rules.allowed.iter().copied())
    }

    /// What the book is written with: the rules of the first project file.
    pub(crate) fn first(&self) -> Option<&Rules> {
        self.rules.values().next()
    }

    /// Where the posters go; `asked` is the folder that the command line names.
    pub(crate) fn folder(&self, asked: Option<&Path>) -> PathBuf {
        asked.map(Path::to_owned).or_else(|| self.folder.clone()).unwrap_or_else(|| STANDARD_FOLDER.into())
    }
}

/// What is wrong with the file itself is told with every chart that it holds for.
fn read(found: &Found, shown: &str) -> Project {
    guard(|| input::project(&found.host, shown, &mut Report::default())).ok().flatten().unwrap_or_default()
}

/// The folder of a project file, from the current one where it lies below that.
fn folder_of(found: &Found, shown: &str) -> PathBuf {
    let folder = found.host.place(shown).parent().map(Path::to_owned).unwrap_or_default();
    let here = canonical(Path::new(".")).ok();
    here.and_then(|here| folder.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or(folder)
}

/// A path without the steps down and up again that joining made: `charts/../out` is `out`.
fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            (part, _) => parts.push(part),
        }
    }
    let path: PathBuf = parts.iter().collect();
    if path.as_os_str().is_empty() { ".".into() } else { path }
}

fn rules(
    project: &Project,
    settings: &Settings,
    wanted: &Wanted<'_>,
    (fonts, font_hash): (Arc<FontBook>, ContentHash),
) -> anyhow::Result<Rules> {
    let options = Options {
        fonts,
        paper: settings.paper.clone(),
        orientation: settings.orientation,
        theme: settings.theme.clone(),
        stamp: settings.stamp || project.stamp,
    };
    let attaches = wanted.attach_source || project.attach_source;
    let tile = match (&wanted.tile, &project.tile) {
        (None, Some(named)) => Some(settings::paper(&named.value)?),
        (asked, _) => asked.clone(),
    };
    if tile.is_none() && wanted.tiling.is_some() {
        return Err(message!(
            "--tile-margin 和 --tile-overlap 说的是怎么拆成小纸，要和 --tile 一起写"
                | "--tile-margin and --tile-overlap say how posters are cut to sheets: give --tile too"
        )
        .fault());
    }
    let tile = tile.map(|paper| (paper, wanted.tiling.unwrap_or_default()));
    let (formats, export) = (formats(project, wanted)?, export(project, wanted));
    if attaches && export.pdf_standard == PdfStandard::A1b {
        return Err(message!(
            "存档标准 a-1b 不许附带文件，不能和 --attach-source 一起"
                | "the archive standard a-1b allows no attached files and can't go with --attach-source"
        )
        .hint(message!(
            "去掉其中一个；a-2a 附上图文件就是 PDF/A-3a" | "leave one out; a-2a with the source is PDF/A-3a"
        ))
        .fault());
    }
    let mut allowed = settings.allowed.clone();
    allowed.extend(project.allow.iter().filter_map(|code| Code::from_slug(&code.value)));
    let names: Vec<&str> = formats.iter().map(|format| format.name).collect();
    // Taken apart, so that no option that comes later is forgotten here.
    let Options { fonts: _, paper, orientation, theme, stamp } = &options;
    let looks = (paper, *orientation, theme, *stamp, attaches);
    let how = content_hash(&format!("{font_hash} {looks:?} {export:?} {names:?} {tile:?}"));
    Ok(Rules { options, formats, export, attaches, tile, strict: settings.strict || project.strict, allowed, how })
}

fn formats(project: &Project, wanted: &Wanted<'_>) -> anyhow::Result<Vec<&'static Format>> {
    if !wanted.formats.is_empty() {
        return Ok(wanted.formats.clone());
    }
    // An unknown format is a problem of the project file and told as one.
    let known: Vec<_> = project.formats.iter().filter_map(|name| settings::format(&name.value).ok()).collect();
    if known.is_empty() { STANDARD_FORMATS.into_iter().map(settings::format).collect() } else { Ok(known) }
}

fn export(project: &Project, wanted: &Wanted<'_>) -> ExportOptions {
    let mut export = ExportOptions::default();
    if let Some(resolution) = wanted.resolution.or(project.dpi.map(Resolution::Dpi)) {
        export.resolution = resolution;
    }
    let named = project.pdf_standard.as_ref().and_then(|name| PdfStandard::parse(&name.value));
    if let Some(standard) = wanted.pdf_standard.or(named) {
        export.pdf_standard = standard;
    }
    export.svg_text = wanted.svg_text;
    export.ofd_archive = wanted.ofd_archive;
    export.press.clone_from(&wanted.press);
    export
}

/// Font books by the folders whose fonts are in them: most project files share one. Each folder is read once.
#[derive(Default)]
pub(crate) struct Shelf(BTreeMap<Vec<PathBuf>, (Arc<FontBook>, ContentHash)>);

impl Shelf {
    fn of(
        &mut self,
        settings: &Settings,
        project: &Project,
        beside: Option<&Path>,
    ) -> anyhow::Result<(Arc<FontBook>, ContentHash)> {
        let named = |folder: &Path| project.font_folders.iter().map(|named| folder.join(&named.value)).collect();
        let named: Vec<PathBuf> = beside.map(named).unwrap_or_default();
        let own = beside.map(|folder| folder.join(fonts::FOLDER)).filter(|folder| folder.is_dir());
        let folders: Vec<PathBuf> = own.into_iter().chain(named).chain(settings.font_folders.iter().cloned()).collect();
        if let Some(known) = self.0.get(&folders) {
            return Ok(known.clone());
        }
        let (book, hash) = fonts::read(&folders)?;
        let made = (Arc::new(book), hash);
        self.0.insert(folders, made.clone());
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied() {
        for (long, short) in
            [("charts/../out", "out"), ("charts/..", "."), ("/a/b/../../../c", "/../c"), ("../x/./y", "../x/y")]
        {
            assert_eq!(tidy(Path::new(long)), Path::new(short), "{long}");
        }
    }
}
