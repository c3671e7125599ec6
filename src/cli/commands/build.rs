//! `riskchart build`: charts to posters.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use riskchart::diag::{Lang, Words};
use riskchart::export::{Artifact, FORMATS};

use crate::cli::arguments::options::{
    Command, DRY_RUN, FILES, FRESH, Invocation, LOOKS, MANIFEST, OUT, PATHS, PRUNE, SHARD, TELLING, UP_TO_DATE,
};
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::disk::inputs::Recorder;
use crate::cli::disk::walk::{self, Chart, Found, STDIN, Shard};
use crate::cli::disk::write::{Output, Written};
use crate::cli::report::Counts;
use crate::cli::terminal::console::{Console, SHOWN, Stream};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_folder;
use crate::cli::work::manifest::Manifest;
use crate::cli::work::memory::Memory;
use crate::cli::work::posters::{Bound, Poster, Press, paint};
use crate::cli::work::rules::RuleBook;
use crate::cli::work::site::{Gathered, publish};
use crate::cli::work::wanted::Wanted;
use crate::cli::work::{Outcome, compile_all, poster_name, summary};

pub(crate) const COMMAND: Command = Command {
    name: "build",
    about: Words { zh: "生成海报", en: "make posters" },
    more: Words {
        zh: "例：riskchart build charts/ -o out/\n    riskchart build 行政检查.toml --paper A4 --format pdf -o 打印",
        en: "Example: riskchart build charts/ -o out/",
    },
    options: &[&[&PATHS, &OUT], FILES, LOOKS, &[&FRESH, &UP_TO_DATE, &DRY_RUN, &PRUNE, &SHARD, &MANIFEST], TELLING],
    run,
};

/// The format of standard output where none is named.
const STDOUT_FORMAT: &str = "svg";

/// What a run leaves on the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Posters.
    Write,
    /// Nothing; it says what it would write.
    DryRun,
    /// Nothing; what it would write is stale.
    Check,
}

/// One run to a folder.
struct Run<'a> {
    console: &'a Console,
    settings: &'a Settings,
    rules: &'a RuleBook,
    out: &'a Path,
    mode: Mode,
    shard: Option<Shard>,
    manifest: Option<&'a Path>,
    prune: bool,
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let settings = settings::read(invocation)?;
    let wanted = Wanted::read(invocation)?;
    let shard = settings::shard(invocation)?;
    let found = walk::find(&invocation.paths(&PATHS))?;
    let rules = RuleBook::new(&found, &settings, &wanted)?;
    let asked = invocation.path(&OUT);
    if found.stdin {
        if invocation.is_typed(&OUT) {
            return Err(message!(
                "标准输入的图写到标准输出，不要给 -o" | "standard input goes to standard output; leave -o out"
            )
            .fault());
        }
        return to_stdout(invocation.console, (&settings, &rules), &wanted, found);
    }
    if asked == Some(Path::new(STDIN)) {
        return match found.charts.len() {
            1 => to_stdout(invocation.console, (&settings, &rules), &wanted, found),
            count => Err(message!(
                "-o - 写到标准输出，只能给一张图，这里有 {count} 张"
                    | "-o - writes to standard output, which takes one chart; here are {count}"
            )
            .fault()),
        };
    }
    let run = Run {
        console: invocation.console,
        settings: &settings,
        rules: &rules,
        out: &rules.folder(asked),
        mode: match (invocation.flag(&UP_TO_DATE), invocation.flag(&DRY_RUN)) {
            (true, _) => Mode::Check,
            (false, true) => Mode::DryRun,
            (false, false) => Mode::Write,
        },
        shard,
        manifest: invocation.path(&MANIFEST),
        prune: invocation.flag(&PRUNE),
    };
    run.refuse_contradictions()?;
    let memory = if invocation.flag(&FRESH) { Memory::blank(run.out) } else { Memory::of(run.out) };
    run.build(found, memory)
}

impl Run<'_> {
    /// # Errors
    /// Options that can't hold together.
    fn refuse_contradictions(&self) -> anyhow::Result<()> {
        if self.shard.is_some() && self.rules.book.is_some() {
            return Err(message!(
                "合订本要有全部的图，不能和 --shard 一起" | "a book takes all charts and can't be bound of a shard"
            )
            .hint(message!("合订本另做一次" | "bind the book in a run of its own"))
            .fault());
        }
        let extension = self.manifest.and_then(|path| path.extension()).unwrap_or_default().to_string_lossy();
        if FORMATS.iter().any(|format| extension.eq_ignore_ascii_case(format.name)) {
            return Err(message!(
                "清单是 JSON，不能叫作 .{extension}" | "the manifest is JSON and can't be called .{extension}"
            )
            .fault());
        }
        Ok(())
    }

    fn build(&self, mut found: Found, mut memory: Memory) -> anyhow::Result<Status> {
        let output = if self.mode == Mode::Write { Output::new(self.out) } else { Output::dry(self.out) };
        let press = Press::new(&found, self.rules, &output)?;
        let (bound, gathers) = (press.book(), press.gathers());
        // Books and indexes are made of pictures.
        let before = |chart: &Chart, host: &Recorder<'_>| {
            let how = self.rules.of(chart).how;
            let poster = if gathers { None } else { memory.poster(chart, how, host) };
            poster.filter(|poster| !press.has_namesake(chart, poster)).map(|poster| (poster, None))
        };
        // What charts say of each other takes them all.
        let whole = !gathers && self.shard.is_none();
        let silent = if whole { memory.silent(&found, self.rules) } else { None };
        let known = silent.is_some();
        let outcomes = match silent {
            Some(posters) => posters.into_iter().map(|poster| Outcome::silent((poster, None))).collect(),
            None => compile_all(&found, (self.settings, self.rules, self.shard), before, |chart, drawn| {
                let poster = press.make(chart, drawn.scene, drawn.host.inputs_so_far())?;
                memory.note(chart, self.rules.of(chart).how, drawn.is_clean, &poster);
                Ok((poster, gathers.then(|| press.gathered(chart, drawn.scene, drawn.host.inputs_so_far()))))
            })?,
        };
        let (mut outcomes, gathered) = part(outcomes);
        publish(&output, &gathered, self.rules.site.as_deref())?;
        let book = match (&bound, self.rules.first()) {
            (Some(name), Some(rules)) => press.bind(gathered, name, rules)?,
            _ => None,
        };
        let faults = std::mem::take(&mut found.faults);
        let charts = found.part(self.shard);
        if whole && !known {
            let posters: Option<Vec<&Poster>> = outcomes.iter().map(Outcome::product_alone).collect();
            memory.note_run(&found, self.rules, posters.as_deref());
        }
        let manifest = self.manifest.map(|_| Manifest::new(self.out, &found, (&charts, &outcomes), book.as_ref()));
        let told = (charts.as_slice(), faults);
        let (status, counts) =
            summary::conclude(self.console, self.settings, self.settings.style.stream(), told, &mut outcomes)?;
        let failed: Vec<String> = failed(&charts, &outcomes);
        let posters: Vec<&Poster> = outcomes.iter().filter_map(|outcome| outcome.product.as_ref()).collect();
        let orphans = self.orphans(&found, &memory, &posters);
        let lines = self.lines(&posters, book.as_ref(), &orphans);
        let (pruned, status) = self.close(memory, &orphans, manifest.as_ref(), status)?;
        let text = match self.mode {
            Mode::Write => pruned + &told_of(self.console, &posters, book.as_ref(), &failed, counts, self.out),
            Mode::DryRun | Mode::Check => lines,
        };
        summary::say(self.console, self.settings, &text)?;
        let stale = posters.iter().any(|poster| poster.is_changed())
            || book.is_some_and(|book| book.file.left.written != Written::Same)
            || !orphans.is_empty();
        Ok(if self.mode == Mode::Check && stale { status.max(Status::Problems) } else { status })
    }

    /// Posters of charts that are gone.
    fn orphans(&self, found: &Found, memory: &Memory, posters: &[&Poster]) -> Vec<String> {
        let names: BTreeSet<String> =
            found.charts.iter().map(|chart| poster_name(&chart.folder, &chart.stem)).collect();
        let files: BTreeSet<String> = posters
            .iter()
            .flat_map(|poster| poster.files.iter().map(|file| format!("{}{}", poster.name, file.ending)))
            .collect();
        memory.orphans(&found.folders, &names).into_iter().filter(|file| !files.contains(file)).collect()
    }

    /// Leaves on the disk what is to be left beside the posters; gives the lines of what was removed.
    fn close(
        &self,
        memory: Memory,
        orphans: &[String],
        manifest: Option<&Manifest>,
        status: Status,
    ) -> anyhow::Result<(String, Status)> {
        if let (Some(manifest), Some(path)) = (manifest, self.manifest) {
            manifest.write(path)?;
        }
        if self.mode != Mode::Write {
            return Ok((String::new(), status));
        }
        memory.keep();
        let (mut text, mut faults) = (String::new(), Vec::new());
        if !self.prune {
            return Ok((left_over(orphans, self.console.lang), status));
        }
        for orphan in orphans {
            match fs::remove_file(self.out.join(orphan)) {
                Ok(()) => text += message!("删去了 {orphan}\n" | "removed {orphan}\n").get(self.console.lang),
                Err(error) => {
                    faults.push(
                        anyhow::Error::new(error).context(message!("不能删去 {orphan}" | "can't remove {orphan}")),
                    );
                }
            }
        }
        self.console.faults(&faults);
        Ok((text, if faults.is_empty() { status } else { Status::Fault }))
    }

    /// What a run that writes nothing says: each file that would be written, and how many there are.
    fn lines(&self, posters: &[&Poster], book: Option<&Bound>, orphans: &[String]) -> String {
        let lang = self.console.lang;
        let of_posters = posters.iter().flat_map(|poster| poster.files.iter().map(|file| (poster.name.as_str(), file)));
        let all = of_posters.map(|(name, file)| (format!("{name}{}", file.ending), file.left.written));
        let all = all.chain(book.map(|book| (book.name.clone(), book.file.left.written)));
        let (mut text, mut counts) = (String::new(), [0usize; 3]);
        for (name, written) in all {
            let line = match written {
                Written::Same => continue,
                Written::New if self.mode == Mode::Check => message!("缺少 {name}" | "missing {name}"),
                Written::New => message!("会写 {name}" | "would write {name}"),
                Written::Changed if self.mode == Mode::Check => message!("过期 {name}" | "stale {name}"),
                Written::Changed => message!("会改写 {name}" | "would change {name}"),
            };
            counts[usize::from(written == Written::New)] += 1;
            text += &format!("{}\n", line.get(lang));
        }
        for orphan in orphans {
            counts[2] += 1;
            text += message!("多余 {orphan}：图不在了\n" | "of no chart {orphan}\n").get(lang);
        }
        let [stale, missing, orphans] = counts;
        let (charts, out) = (posters.len(), visible_folder(self.out));
        // Where there is no chart, or none can be drawn, that is told.
        if posters.is_empty() && text.is_empty() {
            return text;
        }
        let plural = if charts == 1 { "" } else { "s" };
        let last = match (self.mode, stale + missing + orphans) {
            (_, 0) => message!(
                "{charts} 张图的海报都是新的 → {out}/"
                    | "the posters of {charts} chart{plural} are up to date → {out}/"
            ),
            (Mode::Check, _) => message!(
                "过期 {stale} 个，缺少 {missing} 个，多余 {orphans} 个 → {out}/"
                    | "{stale} stale, {missing} missing, {orphans} of no chart → {out}/"
            ),
            (..) => message!(
                "会写 {missing} 个，会改写 {stale} 个；什么都没有写"
                    | "would write {missing} and change {stale}; nothing was written"
            ),
        };
        text + last.get(lang) + "\n"
    }
}

/// The line that names posters of charts that are gone.
fn left_over(orphans: &[String], lang: Lang) -> String {
    let Some(first) = orphans.first() else { return String::new() };
    let count = orphans.len();
    let line = match count {
        1 => message!(
            "{first} 的图不在了，用 --prune 可以删去\n" | "the chart of {first} is gone; --prune removes the poster\n"
        ),
        _ => message!(
            "{first} 等 {count} 个海报的图不在了，用 --prune 可以删去\n"
                | "the charts of {count} posters such as {first} are gone; --prune removes them\n"
        ),
    };
    line.get(lang).to_owned()
}

/// Posters and pictures apart.
fn part(outcomes: Vec<Outcome<(Poster, Option<Gathered>)>>) -> (Vec<Outcome<Poster>>, Vec<Gathered>) {
    let mut pictures = Vec::new();
    let posters = outcomes.into_iter().map(|outcome| {
        let product = outcome.product.map(|(poster, picture)| {
            pictures.extend(picture);
            poster
        });
        Outcome { report: outcome.report, product, fault: outcome.fault }
    });
    (posters.collect(), pictures)
}

fn to_stdout(
    console: &Console,
    (settings, rules): (&Settings, &RuleBook),
    wanted: &Wanted<'_>,
    found: Found,
) -> anyhow::Result<Status> {
    let format = match wanted.formats.as_slice() {
        [] => settings::format(STDOUT_FORMAT)?,
        [format] => format,
        _ => return Err(message!("标准输出只能写一种格式" | "standard output takes one format").fault()),
    };
    if format.name != STDOUT_FORMAT && Console::is_terminal(Stream::Out) {
        let name = format.name;
        return Err(message!("{name} 不是文字，不能显示在终端里" | "{name} is no text, a terminal can't show it")
            .hint(message!("在命令后面加上 > 图.{name}" | "add > chart.{name} to the command"))
            .fault());
    }
    let mut outcomes = compile_all(
        &found,
        (settings, rules, None),
        |_, _| None,
        |chart, drawn| {
            let artifacts = paint(chart, drawn.scene, &[format], &rules.of(chart).export)?;
            let [artifact] = <[Artifact; 1]>::try_from(artifacts).map_err(|artifacts| {
                let (name, count) = (format.name, artifacts.len());
                message!(
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
    let charts = found.part(None);
    let (status, _) = summary::conclude(console, settings, Stream::Err, (&charts, Vec::new()), &mut outcomes)?;
    console.write(Stream::Out, bytes)?;
    Ok(status)
}

fn failed<T>(charts: &[&Chart], outcomes: &[Outcome<T>]) -> Vec<String> {
    let without = |(_, outcome): &(&&Chart, &Outcome<T>)| outcome.product.is_none();
    charts.iter().zip(outcomes).filter(without).map(|(chart, _)| chart.entry.chart.clone()).collect()
}

/// The summary: a line for each poster that changed, as many as fit a screen, the book, and what there is in all.
pub(crate) fn told_of(
    console: &Console,
    posters: &[&Poster],
    book: Option<&Bound>,
    failed: &[String],
    counts: Counts,
    out: &Path,
) -> String {
    let lang = console.lang;
    let changed: Vec<_> = posters.iter().filter(|poster| poster.is_changed()).collect();
    let names = changed.iter().take(SHOWN).map(|poster| (poster.shown(), &poster.facts));
    let mut text = summary::posters(names, lang);
    let more = changed.len().saturating_sub(SHOWN);
    if more > 0 {
        text += message!("另有 {more} 张\n" | "and {more} more\n").get(lang);
    }
    if let Some(Bound { name, pages, file }) = book {
        let same = if file.left.written == Written::Same {
            message!("（没有变化）" | " (unchanged)")
        } else {
            message!("" | "")
        };
        let same = same.get(lang);
        text += message!("{name}  合订本，{pages} 页{same}\n" | "{name}  the book, {pages} pages{same}\n").get(lang);
    }
    let mut lines = vec![];
    if !posters.is_empty() {
        lines.push(format!("{text}{}", done(posters, book, out).get(lang)));
    }
    if !failed.is_empty() {
        let (not, list) = (failed.len(), failed.iter().take(SHOWN).map(String::as_str));
        let list = list.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " });
        let more = if not > SHOWN { "…" } else { "" };
        lines.push(message!("没有生成 {not} 张：{list}{more}" | "not built, {not}: {list}{more}").get(lang).to_owned());
    }
    let counted = summary::counted(counts);
    lines.iter().enumerate().fold(String::new(), |text, (at, line)| {
        let counted = if at == 0 { counted.get(lang) } else { "" };
        text + line + counted + "\n"
    })
}

fn done(posters: &[&Poster], book: Option<&Bound>, out: &Path) -> Message {
    let charts = posters.len();
    let files = || posters.iter().flat_map(|poster| &poster.files).chain(book.map(|book| &book.file));
    let (all, same) = (files().count(), files().filter(|file| file.left.written == Written::Same).count());
    let out = visible_folder(out);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (c, f) = (plural(charts), plural(all));
    match same {
        0 => message!("完成：{charts} 张图，{all} 个文件 → {out}/" | "done: {charts} chart{c}, {all} file{f} → {out}/"),
        _ => message!(
            "完成：{charts} 张图，{all} 个文件（{same} 个没有变化）→ {out}/"
                | "done: {charts} chart{c}, {all} file{f} ({same} unchanged) → {out}/"
        ),
    }
}
