//! Posters made: which formats there are to be, painted, cut to sheets, written.

use std::collections::BTreeMap;

use riskchart::export::{Artifact, ExportOptions, Format, export};
use riskchart::layout::{tile, tile::Tiling};
use riskchart::paper::Paper;
use riskchart::scene::Scene;

use super::summary::Facts;
use super::together::{Together, beside, is_named_as_index};
use super::{Trouble, clash_of, poster_name};
use crate::cli::arguments::options::{BOOK, Invocation};
use crate::cli::arguments::settings;
use crate::cli::disk::inputs::{ContentHash, content_hash};
use crate::cli::disk::names::key;
use crate::cli::disk::project;
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::disk::write::{Output, Written};
use crate::cli::terminal::message::message;

/// Formats where neither the command line nor the project file names any.
const STANDARD_FORMATS: [&str; 2] = ["svg", "pdf"];
/// What the name of a poster cut to sheets ends in.
const TILED: &str = "-拼接";

/// What is to be written.
pub(crate) struct Wanted<'a> {
    pub(crate) export: ExportOptions,
    /// The formats named on the command line; empty where none is.
    pub(crate) formats: Vec<&'static Format>,
    /// The sheets that posters are also cut to.
    pub(crate) tile: Option<Paper>,
    /// The file that all charts are also bound into.
    pub(crate) book: Option<&'a str>,
    /// The address at which the output folder will be found.
    pub(crate) site: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Reads the options that say what is to be written.
    ///
    /// # Errors
    /// The first that can't be understood.
    pub(crate) fn read(invocation: &'a Invocation<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            export: settings::export_options(invocation)?,
            formats: settings::formats(invocation)?,
            tile: settings::tile(invocation)?,
            book: invocation.value(&BOOK),
            site: settings::site(invocation)?,
        })
    }

    /// The content hash of what decides how posters are written.
    pub(crate) fn how(&self) -> ContentHash {
        let formats: Vec<&str> = self.formats.iter().map(|format| format.name).collect();
        content_hash(&format!("{:?} {formats:?} {:?}", self.export, self.tile))
    }
}

/// What was written of a chart.
pub(crate) struct Poster {
    /// Its name below the output folder, without extension.
    pub(crate) name: String,
    pub(crate) facts: Facts,
    /// What follows the name of each file: its suffix and extension, e.g. `-2.svg`.
    pub(crate) files: Vec<(String, Written)>,
}

impl Poster {
    /// The names of its files, as shown: `a.svg .pdf`.
    pub(crate) fn shown(&self) -> String {
        let endings: Vec<&str> = self.files.iter().map(|(ending, _)| ending.as_str()).collect();
        format!("{}{}", self.name, endings.join(" "))
    }
}

/// Makes the posters of the charts that were found.
pub(crate) struct Press<'a> {
    found: &'a Found,
    wanted: &'a Wanted<'a>,
    output: &'a Output,
    /// The formats, by project file.
    formats: BTreeMap<Option<String>, Vec<&'static Format>>,
    /// The numbers of the charts, by the names of their posters.
    names: BTreeMap<std::path::PathBuf, usize>,
}

impl<'a> Press<'a> {
    /// A press for these charts.
    ///
    /// # Errors
    /// A fault of the program: a standard format is not in the table.
    pub(crate) fn new(found: &'a Found, wanted: &'a Wanted<'a>, output: &'a Output) -> anyhow::Result<Self> {
        let formats = formats_of_projects(found, &wanted.formats)?;
        let named = |(index, chart): (usize, &Chart)| (key(&chart.folder, &chart.stem), index);
        let names = found.charts.iter().enumerate().map(named).collect();
        Ok(Self { found, wanted, output, formats, names })
    }

    /// Writes the posters of a chart.
    ///
    /// # Errors
    /// The disk refuses, or the name of a page is that of another chart.
    pub(crate) fn make(&self, chart: &Chart, scene: &Scene) -> Result<Poster, Trouble> {
        let formats = self.formats_of(chart);
        if is_named_as_index(chart, formats) {
            return Err(Trouble::Fault(index_taken(chart)));
        }
        let options = ExportOptions { beside: beside(chart, formats), ..self.wanted.export.clone() };
        let mut artifacts = paint(chart, scene, formats, &options)?;
        if let Some(paper) = &self.wanted.tile {
            artifacts.extend(tiles(chart, scene, paper, &self.wanted.export)?);
        }
        if let Some(other) = artifacts.iter().find_map(|artifact| self.namesake(chart, &artifact.suffix)) {
            return Err(Trouble::Problem(clash_of(chart, other)));
        }
        write(self.output, chart, scene, &artifacts)
    }

    /// The chart whose poster would have the name of this one's page: the second page of `a` is `a-2`, which may be a
    /// chart of its own.
    pub(crate) fn namesake(&self, chart: &Chart, suffix: &str) -> Option<&Chart> {
        let taken = self.names.get(&key(&chart.folder, &format!("{}{suffix}", chart.stem)));
        taken.filter(|_| !suffix.is_empty()).map(|other| &self.found.charts[*other])
    }

    /// Whether a page of a poster has the name of another chart's.
    pub(crate) fn has_namesake(&self, chart: &Chart, poster: &Poster) -> bool {
        let suffixes = poster.files.iter().filter_map(|(ending, _)| ending.rsplit_once('.'));
        suffixes.into_iter().any(|(suffix, _)| self.namesake(chart, suffix).is_some())
    }

    /// The formats that a chart is written in.
    pub(crate) fn formats_of(&self, chart: &Chart) -> &[&'static Format] {
        self.formats.get(&chart.entry.project).map_or(&[], Vec::as_slice)
    }

    /// What is wanted of all pictures together.
    ///
    /// # Errors
    /// A fault of the program: a standard format is not in the table.
    pub(crate) fn together(&self) -> anyhow::Result<Together> {
        let first = self.found.charts.first().map_or(&[][..], |chart| self.formats_of(chart));
        let any = self.formats.values().flatten();
        Together::new(self.found, self.wanted.book, self.wanted.site, (first, any), &self.wanted.export)
    }
}

/// The formats for the charts of each project file.
fn formats_of_projects(
    found: &Found,
    asked: &[&'static Format],
) -> anyhow::Result<BTreeMap<Option<String>, Vec<&'static Format>>> {
    let mut formats = BTreeMap::new();
    for chart in &found.charts {
        if !formats.contains_key(&chart.entry.project) {
            let chosen =
                if asked.is_empty() { formats_of(found, chart.entry.project.as_deref())? } else { asked.to_vec() };
            formats.insert(chart.entry.project.clone(), chosen);
        }
    }
    Ok(formats)
}

fn formats_of(found: &Found, project: Option<&str>) -> anyhow::Result<Vec<&'static Format>> {
    let named = project.map(|project| project::formats(&found.host, project)).unwrap_or_default();
    // An unknown format is a problem of the project file and told as one.
    let known: Vec<_> = named.iter().filter_map(|name| settings::format(name).ok()).collect();
    if known.is_empty() { STANDARD_FORMATS.into_iter().map(settings::format).collect() } else { Ok(known) }
}

/// The picture in every format; nothing is written before all are made.
///
/// # Errors
/// A bitmap too large to be made, or a fault of the program.
pub(crate) fn paint(
    chart: &Chart,
    scene: &Scene,
    formats: &[&'static Format],
    options: &ExportOptions,
) -> Result<Vec<Artifact>, Trouble> {
    let mut artifacts = Vec::new();
    for format in formats {
        let painted = export(scene, format, options).map_err(|why| {
            let (chart, name) = (&chart.entry.chart, format.name);
            message!("{chart} 不能写成 {name}：{why}" | "{chart} can't be written as {name}: {why}").fault()
        });
        artifacts.extend(painted?);
    }
    Ok(artifacts)
}

/// The poster cut to sheets, as a PDF beside it.
fn tiles(chart: &Chart, scene: &Scene, paper: &Paper, options: &ExportOptions) -> Result<Vec<Artifact>, Trouble> {
    let cut = tile::tile(scene, paper, &Tiling::default()).ok_or_else(|| {
        let (chart, paper) = (&chart.entry.chart, &paper.name);
        message!("{chart} 的海报拆不成 {paper}：纸太小" | "{chart} can't be cut to {paper}: the sheets are too small")
            .fault()
    })?;
    let artifacts = paint(chart, &cut, &[settings::format("pdf")?], options)?;
    Ok(artifacts.into_iter().map(|artifact| Artifact { suffix: TILED.to_owned(), ..artifact }).collect())
}

/// The fault of a chart whose page would have the name of the index.
fn index_taken(chart: &Chart) -> anyhow::Error {
    let chart = &chart.entry.chart;
    message!("{chart} 的网页和全部图的索引同名" | "the page of {chart} has the name of the index of all charts")
        .hint(message!("请把图的文件改个名字" | "give the chart's file another name"))
        .fault()
}

fn write(output: &Output, chart: &Chart, scene: &Scene, artifacts: &[Artifact]) -> Result<Poster, Trouble> {
    let mut files = Vec::new();
    for artifact in artifacts {
        let ending = format!("{}.{}", artifact.suffix, artifact.extension);
        let written = output.write(&chart.folder, &format!("{}{ending}", chart.stem), &artifact.bytes)?;
        files.push((ending, written));
    }
    Ok(Poster { name: poster_name(&chart.folder, &chart.stem), facts: Facts::of(scene), files })
}
