//! Posters made: painted, cut to sheets, written, bound.

use std::collections::BTreeMap;
use std::path::Path;

use riskchart::color::press::PressProfile;
use riskchart::diag::Lang;
use riskchart::export::{Artifact, ExportOptions, Format, export};
use riskchart::layout::{book, tile, tile::Tiling};
use riskchart::paper::Paper;
use riskchart::scene::{ColorMode, Scene};
use sha2::{Digest as _, Sha256};

use super::rules::{RuleBook, Rules};
use super::site::{Gathered, beside, has_page, is_named_as_index};
use super::sources::sources;
use super::summary::Facts;
use super::{Trouble, clash_of, poster_name};
use crate::cli::arguments::settings;
use crate::cli::disk::inputs::Inputs;
use crate::cli::disk::names::{self, key};
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::disk::write::{Left, Output, Written};
use crate::cli::terminal::message::message;

/// The format of books.
const BOUND: &str = "pdf";
/// What the name of a poster cut to sheets ends in.
const TILED: &str = "-拼接";

/// What was written of a chart.
pub(crate) struct Poster {
    /// Its name below the output folder, without extension.
    pub(crate) name: String,
    pub(crate) facts: Facts,
    pub(crate) files: Vec<PosterFile>,
    /// The files that it was made of.
    pub(crate) inputs: Inputs,
}

/// One file of a poster.
#[derive(Clone, Debug)]
pub(crate) struct PosterFile {
    /// What follows the poster's name: suffix and extension, e.g. `-2.svg`.
    pub(crate) ending: String,
    /// What became of it.
    pub(crate) left: Left,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// The SHA-256 of its bytes.
    pub(crate) sha256: String,
}

impl PosterFile {
    /// The file of these bytes, as it was left.
    pub(crate) fn new(ending: String, bytes: &[u8], left: Left) -> Self {
        Self { ending, left, size: bytes.len() as u64, sha256: sha256(bytes) }
    }
}

impl Poster {
    /// Whether a file of it is not what it was.
    pub(crate) fn is_changed(&self) -> bool {
        self.files.iter().any(|file| file.left.written != Written::Same)
    }

    /// The names of its files, as shown: `a.svg .pdf`.
    pub(crate) fn shown(&self) -> String {
        let endings: Vec<&str> = self.files.iter().map(|file| file.ending.as_str()).collect();
        format!("{}{}", self.name, endings.join(" "))
    }
}

/// Makes the posters of the charts that were found.
pub(crate) struct Press<'a> {
    found: &'a Found,
    rules: &'a RuleBook,
    output: &'a Output,
    /// The numbers of the charts, by the names of their posters.
    names: BTreeMap<std::path::PathBuf, usize>,
}

impl<'a> Press<'a> {
    /// A press for these charts.
    ///
    /// # Errors
    /// The book would have the name of a chart's poster.
    pub(crate) fn new(found: &'a Found, rules: &'a RuleBook, output: &'a Output) -> anyhow::Result<Self> {
        let named = |(index, chart): (usize, &Chart)| (key(&chart.folder, &chart.stem), index);
        let names = found.charts.iter().enumerate().map(named).collect();
        let press = Self { found, rules, output, names };
        match press.book().and_then(|book| Some((press.holder_of(&book)?, book))) {
            None => Ok(press),
            Some((chart, book)) => {
                let chart = &chart.entry.chart;
                Err(message!(
                    "合订本“{book}.pdf”会盖掉 {chart} 的海报，什么都没有写"
                        | "the book `{book}.pdf` would replace the poster of {chart}; nothing was written"
                )
                .hint(message!("请给合订本换一个名字" | "give the book another name"))
                .fault())
            }
        }
    }

    /// The chart that has a poster of the book's name.
    fn holder_of(&self, book: &str) -> Option<&Chart> {
        let top = Path::new("");
        let holder = |stem: &str| self.names.get(&key(top, stem)).map(|at| &self.found.charts[*at]);
        let tiled = |chart: &&Chart| self.rules.of(chart).tile.is_some();
        let printed = |chart: &&Chart| self.rules.of(chart).formats.iter().any(|format| format.binds);
        let cut = book.strip_suffix(TILED).and_then(holder).filter(tiled);
        holder(book).filter(printed).or(cut)
    }

    /// Writes the posters of a chart.
    ///
    /// # Errors
    /// The disk refuses, or the name of a page is that of another chart.
    pub(crate) fn make(&self, chart: &Chart, scene: &Scene, inputs: Inputs) -> Result<Poster, Trouble> {
        let rules = self.rules.of(chart);
        if is_named_as_index(chart, &rules.formats) {
            return Err(Trouble::Fault(index_taken(chart)));
        }
        let beside = beside(chart, &rules.formats);
        let options = ExportOptions { beside, ..with_sources(rules, self.found, [&inputs])? };
        let mut artifacts = paint(chart, scene, &rules.formats, &options)?;
        if let Some((paper, tiling)) = &rules.tile {
            artifacts.extend(tiles(chart, scene, (paper, tiling), &options)?);
        }
        if let Some(other) = artifacts.iter().find_map(|artifact| self.namesake(chart, &artifact.suffix)) {
            return Err(Trouble::Problem(clash_of(chart, other)));
        }
        write(self.output, chart, (scene, inputs), &artifacts)
    }

    /// The chart whose poster would have the name of this one's page: the second page of `a` is `a-2`, which may be a
    /// chart of its own.
    pub(crate) fn namesake(&self, chart: &Chart, suffix: &str) -> Option<&Chart> {
        let taken = self.names.get(&key(&chart.folder, &format!("{}{suffix}", chart.stem)));
        taken.filter(|_| !suffix.is_empty()).map(|other| &self.found.charts[*other])
    }

    /// Whether a page of a poster has the name of another chart's.
    pub(crate) fn has_namesake(&self, chart: &Chart, poster: &Poster) -> bool {
        let suffixes = poster.files.iter().filter_map(|file| file.ending.rsplit_once('.'));
        suffixes.into_iter().any(|(suffix, _)| self.namesake(chart, suffix).is_some())
    }

    /// Whether pictures have to be kept: for the book, or the index of pages.
    pub(crate) fn gathers(&self) -> bool {
        self.book().is_some() || self.found.charts.iter().any(|chart| has_page(&self.rules.of(chart).formats))
    }

    /// The picture of a chart, to be kept.
    pub(crate) fn gathered(&self, chart: &Chart, scene: &Scene, inputs: Inputs) -> Gathered {
        Gathered::new(chart, &self.rules.of(chart).formats, scene.clone(), inputs)
    }

    /// Binds all pictures into one PDF below the output folder, and into a file of each of the formats asked for that holds
    /// many pages; gives the PDF, `None` where there is no picture.
    ///
    /// # Errors
    /// The disk refuses, or the program fails.
    pub(crate) fn bind(&self, gathered: Vec<Gathered>, stem: &str, rules: &Rules) -> anyhow::Result<Option<Bound>> {
        let output = self.output;
        let options = with_sources(rules, self.found, gathered.iter().map(|picture| &picture.inputs))?;
        let scenes: Vec<Scene> = gathered.into_iter().map(|picture| picture.scene).collect();
        if options.press.is_none() && presses(&scenes) > 1 {
            return Err(of_several_presses());
        }
        let title = scenes.first().map_or_else(String::new, |scene| scene.meta.author.clone());
        let Some(bound) = book::book(&scenes, &format!("{title}廉政风险防控图")) else {
            return if scenes.is_empty() { Ok(None) } else { Err(of_several_fonts()) };
        };
        let written = |format| {
            export(&bound, format, &options).map_err(|why| {
                let why = why.in_words();
                let (zh, en) = (why.get(Lang::Zh), why.get(Lang::En));
                message!("合订本写不成：{zh}" | "the book can't be written: {en}").fault()
            })
        };
        for format in rules.formats.iter().filter(|format| format.binds && format.name != BOUND) {
            for artifact in written(format)? {
                output.write(Path::new(""), &format!("{stem}.{}", artifact.extension), &artifact.bytes)?;
            }
        }
        let artifacts = written(settings::format(BOUND)?)?;
        let Some(artifact) = artifacts.first() else { return Ok(None) };
        let name = format!("{stem}.{BOUND}");
        let left = output.write(Path::new(""), &name, &artifact.bytes)?;
        let file = PosterFile::new(format!(".{BOUND}"), &artifact.bytes, left);
        Ok(Some(Bound { name, pages: bound.pages.len(), file }))
    }

    /// The name of the file that all charts are also bound into, without extension.
    pub(crate) fn book(&self) -> Option<String> {
        self.rules.book.as_deref().map(book_name)
    }
}

/// How posters of these files are written: with the files attached, where that is asked for.
fn with_sources<'i>(
    rules: &Rules,
    found: &Found,
    made_of: impl IntoIterator<Item = &'i Inputs>,
) -> anyhow::Result<ExportOptions> {
    let sources = if rules.attaches { sources(found, made_of)? } else { Vec::new() };
    Ok(ExportOptions { sources, ..rules.export.clone() })
}

/// The name of a book as it is written, without extension; folders are left out.
fn book_name(written: &str) -> String {
    let name = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.len().checked_sub(4).filter(|at| name.is_char_boundary(*at)).map(|at| name.split_at(at));
    let stem = stem.filter(|(_, end)| end.eq_ignore_ascii_case(".pdf")).map_or(name, |(stem, _)| stem);
    names::clean(stem)
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
            let (chart, name, why) = (&chart.entry.chart, format.name, why.in_words());
            let (zh, en) = (why.get(Lang::Zh), why.get(Lang::En));
            message!("{chart} 不能写成 {name}：{zh}" | "{chart} can't be written as {name}: {en}").fault()
        });
        artifacts.extend(painted?);
    }
    Ok(artifacts)
}

/// The poster cut to sheets, as a PDF beside it.
fn tiles(
    chart: &Chart,
    scene: &Scene,
    (paper, tiling): (&Paper, &Tiling),
    options: &ExportOptions,
) -> Result<Vec<Artifact>, Trouble> {
    let cut = tile::tile(scene, paper, tiling).ok_or_else(|| {
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

/// A book that was bound.
pub(crate) struct Bound {
    /// Its file below the output folder.
    pub(crate) name: String,
    pub(crate) pages: usize,
    pub(crate) file: PosterFile,
}

fn of_several_fonts() -> anyhow::Error {
    message!(
        "合订本没有写：各张图的 riskchart.toml 用的字体不同"
            | "the book was not written: the charts' project files use different fonts"
    )
    .hint(message!(
        "把字体都写在上级文件夹的 riskchart.toml 里" | "name the fonts in one riskchart.toml above them all"
    ))
    .fault()
}

/// How many presses' profiles charts name, each once.
fn presses(scenes: &[Scene]) -> usize {
    let for_press = scenes.iter().filter(|scene| scene.meta.color == ColorMode::Cmyk);
    let mut named: Vec<&PressProfile> = Vec::new();
    for press in for_press.filter_map(|scene| scene.meta.press.as_ref()) {
        if !named.contains(&press) {
            named.push(press);
        }
    }
    named.len()
}

/// One file tells of one press.
fn of_several_presses() -> anyhow::Error {
    message!(
        "合订本没有写：各张图的色彩特性文件不同，一个 PDF 只能说一台印刷机"
            | "the book was not written: the charts name different colour profiles, and one PDF tells of one press"
    )
    .hint(message!(
        "请用 --icc 给出合订本的那一个，或在各张图里写同一个"
            | "give that of the book with --icc, or name the same in all charts"
    ))
    .fault()
}

fn write(
    output: &Output,
    chart: &Chart,
    (scene, inputs): (&Scene, Inputs),
    artifacts: &[Artifact],
) -> Result<Poster, Trouble> {
    let mut files = Vec::new();
    for artifact in artifacts {
        let ending = format!("{}.{}", artifact.suffix, artifact.extension);
        let left = output.write(&chart.folder, &format!("{}{ending}", chart.stem), &artifact.bytes)?;
        files.push(PosterFile::new(ending, &artifact.bytes, left));
    }
    Ok(Poster { name: poster_name(&chart.folder, &chart.stem), facts: Facts::of(scene), files, inputs })
}

/// The SHA-256 of these bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_are_named_by_their_last_part() {
        for (written, name) in
            [("全部.pdf", "全部"), ("全部", "全部"), ("x/y.PDF", "y"), ("1.0版", "1.0版"), ("..", "_")]
        {
            assert_eq!(book_name(written), name);
        }
    }
}
