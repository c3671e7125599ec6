//! `riskchart diff`: what changed between two states of charts, in words, and which posters to print again.

mod compare;
mod render;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use riskchart::Host as _;
use riskchart::diag::{Report, Words};
use riskchart::input::{self, Table};

use self::compare::Change;
use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::arguments::settings;
use crate::cli::disk::walk::{self, Chart, Found};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_path;
use crate::cli::work::manifest::{self, Manifest};
use crate::cli::work::{guard, poster_name};

const OLD: Opt = Opt::word(
    "old",
    Position::Needed,
    Takes::Path(Words { zh: "旧的", en: "OLD" }),
    Words {
        zh: "原来的文件夹、图，或 build --manifest 写的清单",
        en: "the earlier folder, chart or manifest of build",
    },
);
const NEW: Opt = Opt::word(
    "new",
    Position::Needed,
    Takes::Path(Words { zh: "新的", en: "NEW" }),
    Words { zh: "现在的文件夹、图或清单", en: "the present folder, chart or manifest" },
);
const FORMAT: Opt = Opt::word(
    "format",
    Position::Named(Some('f')),
    Takes::Value(Words { zh: "样式", en: "STYLE" }),
    Words { zh: "text（省略时）、md、json、html", en: "text (if left out), md, json or html" },
)
.of(formats);

fn formats() -> Vec<&'static str> {
    Style::ALL.iter().map(|(name, _)| *name).collect()
}

/// How differences are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Style {
    #[default]
    Text,
    Markdown,
    Json,
    Html,
}

impl Style {
    /// By the names they are asked for by.
    const ALL: [(&'static str, Self); 4] =
        [("text", Self::Text), ("md", Self::Markdown), ("json", Self::Json), ("html", Self::Html)];
}

pub(crate) const COMMAND: Command = Command {
    name: "diff",
    about: Words {
        zh: "说出两批图之间改了什么，哪些海报要重印", en: "tell what changed between two states of charts"
    },
    more: Words {
        zh: "没有不同，退出状态是 0；有不同是 1；读不了是 2。\n\
             例：riskchart diff 去年的图 charts/\n    riskchart diff 旧.json 新.json --format json",
        en: "Exit status 0: nothing changed, 1: something did, 2: something can't be read.\n\
             Example: riskchart diff old/ charts/",
    },
    options: &[&[&OLD, &NEW, &FORMAT]],
    run,
};

/// A chart in both states.
struct Pair {
    /// The name of its poster.
    name: String,
    /// Its 职权, where it can be read.
    power: Option<String>,
    kind: Kind,
    changes: Vec<Change>,
}

/// What became of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Added,
    Removed,
    Changed,
    /// Its text changed and what it says did not.
    Silent,
    /// Its sources changed, as a manifest has it.
    Files,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed | Self::Files => "changed",
            Self::Silent => "rewritten",
        }
    }

    /// Whether its poster is to be printed again.
    fn is_printed(self) -> bool {
        matches!(self, Self::Added | Self::Changed | Self::Files)
    }
}

/// One state of the charts.
enum Side {
    Charts(Found),
    Manifest(Manifest),
}

impl Side {
    fn read(path: &Path) -> anyhow::Result<Self> {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return Manifest::read(path).map(Self::Manifest);
        }
        let mut found = walk::find(&[path.to_owned()])?;
        match found.faults.pop() {
            Some(fault) => Err(fault),
            None => Ok(Self::Charts(found)),
        }
    }
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let (console, style) =
        (invocation.console, settings::chosen(invocation, &FORMAT, &Style::ALL)?.unwrap_or_default());
    let side = |option: &Opt| {
        let path = invocation.path(option).unwrap_or(Path::new(""));
        Side::read(path)
    };
    let (pairs, faults) = match (side(&OLD)?, side(&NEW)?) {
        (Side::Charts(old), Side::Charts(new)) => of_charts(&old, &new),
        (Side::Manifest(old), Side::Manifest(new)) => (of_manifests(&old, &new), Vec::new()),
        _ => {
            return Err(message!(
                "清单只能和清单比，图只能和图比" | "a manifest compares with a manifest, charts with charts"
            )
            .fault());
        }
    };
    let text = match style {
        Style::Text => render::text(&pairs, console.lang),
        Style::Markdown => render::markdown(&pairs, console.lang),
        Style::Json => render::json(&pairs, console.lang)?,
        Style::Html => render::html(&pairs, console.lang),
    };
    console.write(Stream::Out, text)?;
    console.faults(&faults);
    Ok(if !faults.is_empty() {
        Status::Fault
    } else if pairs.is_empty() {
        Status::Done
    } else {
        Status::Problems
    })
}

/// Charts by the names of their posters; a chart given by itself is compared with one given by itself, whatever they are
/// called.
fn of_charts(old: &Found, new: &Found) -> (Vec<Pair>, Vec<anyhow::Error>) {
    let both_alone = old.folders.is_empty() && new.folders.is_empty() && old.charts.len() == 1 && new.charts.len() == 1;
    let name = |chart: &Chart| {
        if both_alone { String::new() } else { poster_name(&chart.folder, &chart.stem) }
    };
    let by_name = |found: &'_ Found| -> BTreeMap<String, usize> {
        found.charts.iter().enumerate().map(|(at, chart)| (name(chart), at)).collect()
    };
    let (olds, news) = (by_name(old), by_name(new));
    let mut names: Vec<&String> = olds.keys().chain(news.keys()).collect();
    names.sort();
    names.dedup();
    let compared = names.into_par_iter().filter_map(|name| {
        let old = olds.get(name).map(|at| (old, &old.charts[*at]));
        let new = news.get(name).map(|at| (new, &new.charts[*at]));
        pair(old, new).transpose()
    });
    let (mut pairs, mut faults) = (Vec::new(), Vec::new());
    for result in compared.collect::<Vec<_>>() {
        match result {
            Ok(pair) => pairs.push(pair),
            Err(fault) => faults.push(fault),
        }
    }
    (pairs, faults)
}

/// A chart in both states; `None` where every byte that it is made of is the same.
fn pair(old: Option<(&Found, &Chart)>, new: Option<(&Found, &Chart)>) -> anyhow::Result<Option<Pair>> {
    if let (Some(old), Some(new)) = (old, new)
        && bytes(old) == bytes(new)
    {
        return Ok(None);
    }
    let (before, after) = (old.map(tree).transpose()?, new.map(tree).transpose()?);
    let changes = match (&before, &after) {
        (Some(before), Some(after)) => compare::charts(before, after),
        _ => Vec::new(),
    };
    let kind = match (&before, &after) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ if changes.is_empty() => Kind::Silent,
        _ => Kind::Changed,
    };
    let name = new.or(old).map(|(_, chart)| poster_name(&chart.folder, &chart.stem)).unwrap_or_default();
    let power = after.as_ref().or(before.as_ref()).and_then(|tree| compare::text(tree, "power"));
    Ok(Some(Pair { name, power, kind, changes }))
}

/// All bytes that a chart is read from.
fn bytes((found, chart): (&Found, &Chart)) -> Vec<Option<Vec<u8>>> {
    let files = [Some(&chart.entry.chart), chart.entry.project.as_ref()];
    files.into_iter().map(|file| found.host.read(file?).ok()).collect()
}

fn tree((found, chart): (&Found, &Chart)) -> anyhow::Result<Table> {
    let shown = &chart.entry.chart;
    let mut report = Report::default();
    let read = guard(|| input::read(&found.host, &chart.entry, &mut report)).ok().flatten();
    read.filter(|_| !report.has_errors()).ok_or_else(|| {
        message!("{shown} 有错，比不了" | "{shown} has errors and can't be compared")
            .hint(message!("用 riskchart check 查看" | "look with riskchart check"))
            .fault()
    })
}

fn of_manifests(old: &Manifest, new: &Manifest) -> Vec<Pair> {
    let by_chart = |manifest: &'_ Manifest| -> BTreeMap<String, (Vec<String>, Vec<String>)> {
        let hashes = |files: &[manifest::File]| files.iter().map(|file| file.sha256.clone()).collect();
        manifest
            .charts
            .iter()
            .map(|entry| (entry.chart.clone(), (hashes(&entry.sources), hashes(&entry.outputs))))
            .collect()
    };
    let (olds, news) = (by_chart(old), by_chart(new));
    let mut names: Vec<&String> = olds.keys().chain(news.keys()).collect();
    names.sort();
    names.dedup();
    let pair = |name: &String| {
        let kind = match (olds.get(name), news.get(name)) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            (Some((_, old)), Some((_, new))) if old != new => Kind::Files,
            (Some((old, _)), Some((new, _))) if old != new => Kind::Silent,
            _ => return None,
        };
        Some(Pair { name: visible_path(Path::new(name)), power: None, kind, changes: Vec::new() })
    };
    names.into_iter().filter_map(pair).collect()
}
