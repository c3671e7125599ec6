//! `riskchart extract`: the source that a poster carries.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use riskchart::diag::Words;
use riskchart::export::source::{NoSource, attached};

use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::disk::names;
use crate::cli::disk::write::write_new;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_path;
use crate::cli::work::guard;

const POSTER: Opt = Opt::word(
    "poster",
    Position::Needed,
    Takes::Path(Words { zh: "海报", en: "POSTER" }),
    Words {
        zh: "用 build --attach-source 生成的 PDF 或 OFD",
        en: "a PDF or OFD that was made with build --attach-source",
    },
);
const FOLDER: Opt = Opt::word(
    "out",
    Position::Named(Some('o')),
    Takes::Path(Words { zh: "文件夹", en: "FOLDER" }),
    Words { zh: "写到哪里，省略时是当前文件夹", en: "where to write; the current folder if left out" },
);

pub(crate) const COMMAND: Command = Command {
    name: "extract",
    about: Words { zh: "取出海报里带着的图文件", en: "give back the chart files that a poster carries" },
    more: Words {
        zh: "已有的文件不会盖掉。\n例：riskchart extract 行政检查.pdf -o 取出",
        en: "No file that exists is written over.\nExample: riskchart extract chart.pdf -o source",
    },
    options: &[&[&POSTER, &FOLDER]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let poster = invocation.path(&POSTER).unwrap_or(Path::new(""));
    let shown = visible_path(poster);
    let bytes = fs::read(poster).with_context(|| message!("不能读取 {shown}" | "can't read {shown}"))?;
    // Readers of PDF that meet what no writer writes may fail in their own way.
    let files = guard(|| attached(&bytes)).unwrap_or_else(|fault| Err(NoSource::Damaged(fault)));
    let files = files.map_err(|why| refusal(&shown, &why))?;
    let out = invocation.path(&FOLDER).unwrap_or(Path::new("."));
    let places: Vec<PathBuf> = files.iter().map(|file| out.join(place(&file.name))).collect();
    // Nothing is written where anything would be written over.
    let mut seen = BTreeSet::new();
    if let Some(taken) = places.iter().find(|place| place.symlink_metadata().is_ok() || !seen.insert(*place)) {
        let taken = visible_path(taken);
        return Err(message!("{taken} 已经存在，什么都没有写" | "{taken} exists, nothing was written")
            .hint(message!("请用 -o 另选一个文件夹" | "choose another folder with -o"))
            .fault());
    }
    for (file, place) in files.iter().zip(&places) {
        let shown = visible_path(place);
        let written = || message!("不能写入 {shown}" | "can't write {shown}");
        fs::create_dir_all(place.parent().unwrap_or(out)).with_context(written)?;
        write_new(place, &file.bytes).with_context(written)?;
    }
    if !invocation.console.quiet {
        let told: String = places.iter().map(|place| format!("{}\n", visible_path(place))).collect();
        invocation.console.page(Stream::Out, &told)?;
    }
    Ok(Status::Done)
}

/// Where an attached file goes below the folder: its own folders and name, made fit for every system and leading nowhere
/// else.
fn place(name: &str) -> PathBuf {
    name.split(['/', '\\']).map(names::clean).collect()
}

fn refusal(poster: &str, why: &NoSource) -> anyhow::Error {
    let told = match why {
        NoSource::NoPoster => message!("{poster} 不是 PDF，也不是 OFD" | "{poster} is neither PDF nor OFD"),
        NoSource::Damaged(why) => message!("{poster} 已损坏：{why}" | "{poster} is damaged: {why}"),
        NoSource::Nothing => message!("{poster} 里没有带图文件" | "{poster} carries no chart file")
            .hint(message!("生成时要加上 --attach-source" | "it has to be built with --attach-source")),
    };
    told.fault()
}
