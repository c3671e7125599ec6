//! `riskchart build`: charts to posters.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riskchart::diag::{Lang, Report, Words};
use riskchart::export::{Artifact, ExportOptions, Format, export};
use riskchart::layout::{book, tile, tile::Tiling};
use riskchart::paper::Paper;
use riskchart::scene::Scene;

use super::console::{Console, Stream};
use super::names::{self, key};
use super::options::{
    ALLOW, BOOK, Command, DPI, FONT_DIR, FORMAT, Invocation, JOBS, MESSAGE_FORMAT, ORIENTATION, OUT, PAPER, PATHS,
    PDF_STANDARD, STRICT, THEME, TILE, WIDTH,
};
use super::project;
use super::report::Counts;
use super::said::{Said, said};
use super::settings::{self, Settings};
use super::status::Status;
use super::summary::{self, Facts};
use super::visible::visible;
use super::walk::{self, Chart, Found};
use super::work::{self, Outcome, Trouble, clash_of, compile_all, poster};
use super::write::{Output, Written};

pub(crate) const COMMAND: Command = Command {
    name: "build",
    about: Words { zh: "生成海报", en: "make posters" },
    more: Words {
        zh: "例：riskchart build charts/ -o out/\n    riskchart build 行政检查.toml --paper A4 --format pdf -o 打印",
        en: "Example: riskchart build charts/ -o out/",
    },
    options: &[
        &PATHS,
        &OUT,
        &FORMAT,
        &PAPER,
        &ORIENTATION,
        &THEME,
        &FONT_DIR,
        &DPI,
        &WIDTH,
        &PDF_STANDARD,
        &TILE,
        &BOOK,
        &JOBS,
        &MESSAGE_FORMAT,
        &STRICT,
        &ALLOW,
    ],
    run,
};

/// Formats where neither the command line nor the project file names any.
const STANDARD_FORMATS: [&str; 2] = ["svg", "pdf"];
/// What the name of a poster cut to sheets ends in.
const TILED: &str = "-拼接";
/// The format of standard output where none is named.
const STDOUT_FORMAT: &str = "svg";

/// What was written of a chart.
struct Poster {
    /// Its name below the output folder, without extension.
    name: String,
    facts: Facts,
    /// What follows the name of each file, e.g. `.svg`.
    files: Vec<(String, Written)>,
    /// Its picture, where all are to be bound.
    scene: Option<Scene>,
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let settings = settings::read(invocation)?;
    let export_options = settings::export_options(invocation)?;
    let formats = settings::formats(invocation)?;
    let wanted =
        Wanted { export: export_options, formats, tile: settings::tile(invocation)?, book: invocation.value(&BOOK) };
    let found = walk::find(&invocation.paths(&PATHS), invocation.console.lang)?;
    let out = invocation.matches.get_one::<PathBuf>(OUT.name);
    if found.stdin {
        if out.is_some() {
            return Err(said!(
                "标准输入的图写到标准输出，不要给 -o" | "standard input goes to standard output; leave -o out"
            )
            .fault());
        }
        return to_stdout(invocation.console, &settings, &wanted, found);
    }
    let out = out.map_or(Path::new("out"), PathBuf::as_path);
    to_folder(invocation.console, &settings, &wanted, found, out)
}

/// What is to be written.
struct Wanted<'a> {
    export: ExportOptions,
    /// The formats named on the command line; empty where none is.
    formats: Vec<&'static Format>,
    /// The sheets that posters are also cut to.
    tile: Option<Paper>,
    /// The file that all charts are also bound into.
    book: Option<&'a str>,
}

fn to_folder(
    console: &Console,
    settings: &Settings,
    wanted: &Wanted<'_>,
    found: Found,
    out: &Path,
) -> anyhow::Result<Status> {
    let formats = formats_of_projects(&found, &wanted.formats)?;
    let bound = wanted.book.map(str::to_owned).or_else(|| book_of_project(&found));
    let names: BTreeMap<_, _> =
        found.charts.iter().enumerate().map(|(index, chart)| (key(&chart.folder, &chart.stem), index)).collect();
    let output = Output::new(out);
    let mut outcomes = compile_all(&found, settings, |chart, scene| {
        let mut artifacts = paint(chart, scene, &formats[&chart.entry.project], &wanted.export)?;
        if let Some(paper) = &wanted.tile {
            artifacts.extend(tiles(chart, scene, paper, &wanted.export)?);
        }
        for artifact in &artifacts {
            // The second page of `a` is `a-2`, which may be a chart of its own.
            let taken = names.get(&key(&chart.folder, &format!("{}{}", chart.stem, artifact.suffix)));
            if let Some(other) = taken.filter(|_| !artifact.suffix.is_empty()) {
                return Err(Trouble::Problem(clash_of(chart, &found.charts[*other])));
            }
        }
        let poster = write(&output, chart, scene, &artifacts)?;
        Ok(Poster { scene: bound.is_some().then(|| scene.clone()), ..poster })
    })?;
    let failed: Vec<String> = failed(&found, &outcomes);
    let (status, counts) = summary::conclude(console, settings, settings.style.stream(), found, &mut outcomes)?;
    let mut posters: Vec<Poster> = outcomes.into_iter().filter_map(|outcome| outcome.product).collect();
    if let Some(name) = &bound {
        bind(&output, &mut posters, name, &wanted.export)?;
    }
    summary::say(console, settings, &told(console, &posters, &failed, counts, out))?;
    Ok(status)
}

fn to_stdout(console: &Console, settings: &Settings, wanted: &Wanted<'_>, found: Found) -> anyhow::Result<Status> {
    let format = match wanted.formats.as_slice() {
        [] => settings::format(STDOUT_FORMAT)?,
        [format] => format,
        _ => return Err(said!("标准输出只能写一种格式" | "standard output takes one format").fault()),
    };
    let mut outcomes = compile_all(&found, settings, |chart, scene| {
        let artifacts = paint(chart, scene, &[format], &wanted.export)?;
        let [artifact] = <[Artifact; 1]>::try_from(artifacts).map_err(|artifacts| {
            let (name, count) = (format.name, artifacts.len());
            said!(
                "这张图有 {count} 个 {name} 文件，标准输出只能写一个"
                    | "the chart makes {count} {name} files, standard output takes one"
            )
            .fault()
        })?;
        Ok(artifact.bytes)
    })?;
    let bytes: Vec<u8> = outcomes.iter_mut().filter_map(|outcome| outcome.product.take()).flatten().collect();
    // Standard output is the poster's.
    let (status, _) = summary::conclude(console, settings, Stream::Err, found, &mut outcomes)?;
    console.write(Stream::Out, bytes)?;
    Ok(status)
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
fn paint(
    chart: &Chart,
    scene: &Scene,
    formats: &[&'static Format],
    options: &ExportOptions,
) -> Result<Vec<Artifact>, Trouble> {
    let mut artifacts = Vec::new();
    for format in formats {
        let painted = export(scene, format, options).map_err(|why| {
            let (chart, name) = (&chart.entry.chart, format.name);
            said!("{chart} 不能写成 {name}：{why}" | "{chart} can't be written as {name}: {why}").fault()
        });
        artifacts.extend(painted?);
    }
    Ok(artifacts)
}

/// The poster cut to sheets, as a PDF beside it.
fn tiles(chart: &Chart, scene: &Scene, paper: &Paper, options: &ExportOptions) -> Result<Vec<Artifact>, Trouble> {
    let cut = tile::tile(scene, paper, &Tiling::default()).ok_or_else(|| {
        let (chart, paper) = (&chart.entry.chart, &paper.name);
        said!("{chart} 的海报拆不成 {paper}：纸太小" | "{chart} can't be cut to {paper}: the sheets are too small")
            .fault()
    })?;
    let artifacts = paint(chart, &cut, &[settings::format("pdf")?], options)?;
    Ok(artifacts.into_iter().map(|artifact| Artifact { suffix: TILED.to_owned(), ..artifact }).collect())
}

/// The book that the project file of the first chart names.
fn book_of_project(found: &Found) -> Option<String> {
    let project = found.charts.first()?.entry.project.as_deref()?;
    riskchart::input::project(&found.host, project, &mut Report::default())?.book.map(|book| book.value)
}

/// All posters in one PDF below the output folder.
fn bind(output: &Output, posters: &mut [Poster], name: &str, options: &ExportOptions) -> anyhow::Result<()> {
    let scenes: Vec<Scene> = posters.iter_mut().filter_map(|poster| poster.scene.take()).collect();
    let title = scenes.first().map_or_else(String::new, |scene| scene.meta.author.clone());
    let Some(bound) = book::book(&scenes, &format!("{title}廉政风险防控图")) else { return Ok(()) };
    let stem = names::clean(Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy()).as_ref());
    for artifact in export(&bound, settings::format("pdf")?, options)
        .map_err(|why| said!("合订本写不成：{why}" | "the book can't be written: {why}").fault())?
    {
        output.write(Path::new(""), &format!("{stem}.pdf"), &artifact.bytes)?;
    }
    Ok(())
}

fn write(output: &Output, chart: &Chart, scene: &Scene, artifacts: &[Artifact]) -> Result<Poster, Trouble> {
    let mut files = Vec::new();
    for artifact in artifacts {
        let ending = format!("{}.{}", artifact.suffix, artifact.extension);
        let written = output.write(&chart.folder, &format!("{}{ending}", chart.stem), &artifact.bytes)?;
        files.push((ending, written));
    }
    Ok(Poster { name: poster(&chart.folder, &chart.stem), facts: Facts::of(scene), files, scene: None })
}

fn failed(found: &Found, outcomes: &[work::Outcome<Poster>]) -> Vec<String> {
    let without = |(_, outcome): &(&Chart, &Outcome<Poster>)| outcome.product.is_none();
    found.charts.iter().zip(outcomes).filter(without).map(|(chart, _)| chart.entry.chart.clone()).collect()
}

/// The summary: a line a poster, and what there is in all.
fn told(console: &Console, posters: &[Poster], failed: &[String], counts: Counts, out: &Path) -> String {
    let lang = console.lang;
    let names = posters.iter().map(|poster| {
        let endings: Vec<&str> = poster.files.iter().map(|(ending, _)| ending.as_str()).collect();
        (format!("{}{}", poster.name, endings.join(" ")), &poster.facts)
    });
    let mut lines = vec![];
    if !posters.is_empty() {
        lines.push(format!("{}{}", summary::posters(names, lang), done(posters, out).get(lang)));
    }
    if !failed.is_empty() {
        let (not, list) = (failed.len(), failed.join(if lang == Lang::Zh { "、" } else { ", " }));
        lines.push(said!("没有生成 {not} 张：{list}" | "not built, {not}: {list}").get(lang).to_owned());
    }
    let counted = summary::counted(counts);
    lines.iter().enumerate().fold(String::new(), |text, (at, line)| {
        let counted = if at == 0 { counted.get(lang) } else { "" };
        text + line + counted + "\n"
    })
}

fn done(posters: &[Poster], out: &Path) -> Said {
    let charts = posters.len();
    let files: usize = posters.iter().map(|poster| poster.files.len()).sum();
    let same = posters.iter().flat_map(|poster| &poster.files).filter(|(_, written)| *written == Written::Same).count();
    let out = visible(out.to_string_lossy().trim_end_matches(['/', '\\']));
    match same {
        0 => said!("完成：{charts} 张图，{files} 个文件 → {out}/" | "done: {charts} charts, {files} files → {out}/"),
        _ => said!(
            "完成：{charts} 张图，{files} 个文件（{same} 个没有变化）→ {out}/"
                | "done: {charts} charts, {files} files ({same} unchanged) → {out}/"
        ),
    }
}
