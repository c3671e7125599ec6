//! `riskchart build`: charts to posters.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riskchart::diag::{Lang, Words};
use riskchart::export::{Artifact, ExportOptions, Format, export};
use riskchart::scene::Scene;

use super::console::{Console, Stream};
use super::names::key;
use super::options::{
    ALLOW, Command, DPI, FONT_DIR, FORMAT, Invocation, JOBS, MESSAGE_FORMAT, ORIENTATION, OUT, PAPER, PATHS, STRICT,
    THEME, WIDTH,
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
        &JOBS,
        &MESSAGE_FORMAT,
        &STRICT,
        &ALLOW,
    ],
    run,
};

/// Formats where neither the command line nor the project file names any.
const STANDARD_FORMATS: [&str; 2] = ["svg", "pdf"];
/// The format of standard output where none is named.
const STDOUT_FORMAT: &str = "svg";

/// What was written of a chart.
struct Poster {
    /// Its name below the output folder, without extension.
    name: String,
    facts: Facts,
    /// What follows the name of each file, e.g. `.svg`.
    files: Vec<(String, Written)>,
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let settings = settings::read(invocation)?;
    let export_options = settings::export_options(invocation)?;
    let formats = settings::formats(invocation)?;
    let found = walk::find(&invocation.paths(&PATHS), invocation.console.lang)?;
    let out = invocation.matches.get_one::<PathBuf>(OUT.name);
    if found.stdin {
        if out.is_some() {
            return Err(said!(
                "标准输入的图写到标准输出，不要给 -o" | "standard input goes to standard output; leave -o out"
            )
            .fault());
        }
        return to_stdout(invocation.console, &settings, &export_options, &formats, found);
    }
    let out = out.map_or(Path::new("out"), PathBuf::as_path);
    to_folder(invocation.console, &settings, &export_options, &formats, found, out)
}

fn to_folder(
    console: &Console,
    settings: &Settings,
    export_options: &ExportOptions,
    formats: &[&'static Format],
    found: Found,
    out: &Path,
) -> anyhow::Result<Status> {
    let formats = formats_of_projects(&found, formats)?;
    let names: BTreeMap<_, _> =
        found.charts.iter().enumerate().map(|(index, chart)| (key(&chart.folder, &chart.stem), index)).collect();
    let output = Output::new(out);
    let mut outcomes = compile_all(&found, settings, |chart, scene| {
        let artifacts = paint(chart, scene, &formats[&chart.entry.project], export_options)?;
        for artifact in &artifacts {
            // The second page of `a` is `a-2`, which may be a chart of its own.
            let taken = names.get(&key(&chart.folder, &format!("{}{}", chart.stem, artifact.suffix)));
            if let Some(other) = taken.filter(|_| !artifact.suffix.is_empty()) {
                return Err(Trouble::Problem(clash_of(chart, &found.charts[*other])));
            }
        }
        write(&output, chart, scene, &artifacts)
    })?;
    let failed: Vec<String> = failed(&found, &outcomes);
    let (status, counts) = summary::conclude(console, settings, settings.style.stream(), found, &mut outcomes)?;
    let posters: Vec<Poster> = outcomes.into_iter().filter_map(|outcome| outcome.product).collect();
    summary::say(console, settings, &told(console, &posters, &failed, counts, out))?;
    Ok(status)
}

fn to_stdout(
    console: &Console,
    settings: &Settings,
    export_options: &ExportOptions,
    formats: &[&'static Format],
    found: Found,
) -> anyhow::Result<Status> {
    let format = match formats {
        [] => settings::format(STDOUT_FORMAT)?,
        [format] => format,
        _ => return Err(said!("标准输出只能写一种格式" | "standard output takes one format").fault()),
    };
    let mut outcomes = compile_all(&found, settings, |chart, scene| {
        let artifacts = paint(chart, scene, &[format], export_options)?;
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

fn write(output: &Output, chart: &Chart, scene: &Scene, artifacts: &[Artifact]) -> Result<Poster, Trouble> {
    let mut files = Vec::new();
    for artifact in artifacts {
        let ending = format!("{}.{}", artifact.suffix, artifact.extension);
        let written = output.write(&chart.folder, &format!("{}{ending}", chart.stem), &artifact.bytes)?;
        files.push((ending, written));
    }
    Ok(Poster { name: poster(&chart.folder, &chart.stem), facts: Facts::of(scene), files })
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
