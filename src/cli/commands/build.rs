//! `riskchart build`: charts to posters.

use std::path::{Path, PathBuf};

use riskchart::diag::{Lang, Words};
use riskchart::export::Artifact;
use riskchart::scene::Scene;

use crate::cli::arguments::options::{
    ALLOW, BOOK, Command, DPI, FONT_DIR, FORMAT, FRESH, Invocation, JOBS, MESSAGE_FORMAT, ORIENTATION, OUT, PAPER,
    PATHS, PDF_STANDARD, ICC, STRICT, THEME, TILE, WIDTH,
};
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::disk::seen::{Recorder, mark};
use crate::cli::disk::walk::{self, Chart, Found};
use crate::cli::disk::write::{Output, Written};
use crate::cli::report::Counts;
use crate::cli::terminal::console::{Console, Stream};
use crate::cli::terminal::said::{Said, said};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_folder;
use crate::cli::work::memory::Memory;
use crate::cli::work::posters::{Poster, Press, Wanted, bind, paint};
use crate::cli::work::summary;
use crate::cli::work::{Outcome, compile_all};

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
        &ICC,
        &TILE,
        &BOOK,
        &JOBS,
        &FRESH,
        &MESSAGE_FORMAT,
        &STRICT,
        &ALLOW,
    ],
    run,
};

/// The format of standard output where none is named.
const STDOUT_FORMAT: &str = "svg";

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let settings = settings::read(invocation)?;
    let wanted = Wanted::read(invocation)?;
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
    let how = mark(&(settings.how, wanted.how()));
    let memory = if invocation.flag(&FRESH) { Memory::blank(out, how) } else { Memory::of(out, how) };
    to_folder(invocation.console, &settings, &wanted, found, memory)
}

fn to_folder(
    console: &Console,
    settings: &Settings,
    wanted: &Wanted<'_>,
    found: Found,
    memory: Memory<'_>,
) -> anyhow::Result<Status> {
    let out = memory.out();
    let output = Output::new(out);
    let press = Press::new(&found, wanted, &output)?;
    let bound = press.book();
    // A book is bound of pictures.
    let before = |chart: &Chart, host: &Recorder<'_>| {
        let poster = if bound.is_none() { memory.poster(chart, host) } else { None };
        poster.filter(|poster| !press.has_namesake(chart, poster)).map(|poster| (poster, None))
    };
    let mut outcomes = compile_all(&found, settings, before, |chart, drawn| {
        let poster = press.make(chart, drawn.scene)?;
        memory.note(chart, drawn, &poster);
        Ok((poster, bound.is_some().then(|| drawn.scene.clone())))
    })?;
    memory.keep();
    let failed: Vec<String> = failed(&found, &outcomes);
    let (status, counts) = summary::conclude(console, settings, settings.style.stream(), found, &mut outcomes)?;
    let products = outcomes.into_iter().filter_map(|outcome| outcome.product);
    let (posters, scenes): (Vec<Poster>, Vec<Option<Scene>>) = products.unzip();
    if let Some(name) = &bound {
        let scenes: Vec<Scene> = scenes.into_iter().flatten().collect();
        bind(&output, &scenes, name, &wanted.export)?;
    }
    let posters: Vec<&Poster> = posters.iter().collect();
    summary::say(console, settings, &told(console, &posters, &failed, counts, out))?;
    Ok(status)
}

fn to_stdout(console: &Console, settings: &Settings, wanted: &Wanted<'_>, found: Found) -> anyhow::Result<Status> {
    let format = match wanted.formats.as_slice() {
        [] => settings::format(STDOUT_FORMAT)?,
        [format] => format,
        _ => return Err(said!("标准输出只能写一种格式" | "standard output takes one format").fault()),
    };
    if format.name != STDOUT_FORMAT && Console::is_terminal(Stream::Out) {
        let name = format.name;
        return Err(said!("{name} 不是文字，不能显示在终端里" | "{name} is no text, a terminal can't show it")
            .hint(said!("在命令后面加上 > 图.{name}" | "add > chart.{name} to the command"))
            .fault());
    }
    let mut outcomes = compile_all(
        &found,
        settings,
        |_, _| None,
        |chart, drawn| {
            let artifacts = paint(chart, drawn.scene, &[format], &wanted.export)?;
            let [artifact] = <[Artifact; 1]>::try_from(artifacts).map_err(|artifacts| {
                let (name, count) = (format.name, artifacts.len());
                said!(
                    "这张图有 {count} 个 {name} 文件，标准输出只能写一个"
                        | "the chart makes {count} {name} files, standard output takes one"
                )
                .fault()
            })?;
            Ok(artifact.bytes)
        },
    )?;
    let bytes: Vec<u8> = outcomes.iter_mut().filter_map(|outcome| outcome.product.take()).flatten().collect();
    // Standard output is the poster's.
    let (status, _) = summary::conclude(console, settings, Stream::Err, found, &mut outcomes)?;
    console.write(Stream::Out, bytes)?;
    Ok(status)
}

fn failed<T>(found: &Found, outcomes: &[Outcome<T>]) -> Vec<String> {
    let without = |(_, outcome): &(&Chart, &Outcome<T>)| outcome.product.is_none();
    found.charts.iter().zip(outcomes).filter(without).map(|(chart, _)| chart.entry.chart.clone()).collect()
}

/// The summary: a line a poster, and what there is in all.
pub(crate) fn told(console: &Console, posters: &[&Poster], failed: &[String], counts: Counts, out: &Path) -> String {
    let lang = console.lang;
    let names = posters.iter().map(|poster| (poster.shown(), &poster.facts));
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

fn done(posters: &[&Poster], out: &Path) -> Said {
    let charts = posters.len();
    let files: usize = posters.iter().map(|poster| poster.files.len()).sum();
    let same = posters.iter().flat_map(|poster| &poster.files).filter(|(_, written)| *written == Written::Same).count();
    let out = visible_folder(out);
    match same {
        0 => said!("完成：{charts} 张图，{files} 个文件 → {out}/" | "done: {charts} charts, {files} files → {out}/"),
        _ => said!(
            "完成：{charts} 张图，{files} 个文件（{same} 个没有变化）→ {out}/"
                | "done: {charts} charts, {files} files ({same} unchanged) → {out}/"
        ),
    }
}
