//! `riskchart init`: a folder to begin with.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use riskchart::diag::Words;

use super::schema::SCHEMA_FILE;
use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::disk::project::PROJECT_FILE;
use crate::cli::disk::write::{with_line_ends, write_new};
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_folder;

const FOLDER: Opt = Opt::word(
    "folder",
    Position::Needed,
    Takes::Path(Words { zh: "文件夹", en: "FOLDER" }),
    Words { zh: "建在哪里；已有的文件不会改动", en: "where to make it; files that exist are left alone" },
);

pub(crate) const COMMAND: Command = Command {
    name: "init",
    about: Words { zh: "建立一个带示例的文件夹", en: "make a folder with an example" },
    more: Words { zh: "例：riskchart init 我的图", en: "Example: riskchart init my-charts" },
    options: &[&[&FOLDER]],
    run,
};

/// The files of a new folder.
const FILES: [(&str, &str); 2] = [
    (PROJECT_FILE, include_str!("templates/riskchart.toml")),
    ("01-行政许可（示例）.toml", include_str!("templates/chart.toml")),
];

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let folder = invocation.path(&FOLDER).unwrap_or(Path::new("."));
    let shown = visible_folder(folder);
    for (name, _) in FILES {
        if folder.join(name).symlink_metadata().is_ok() {
            return Err(message!(
                "{shown}/{name} 已经存在，什么都没有写" | "{shown}/{name} exists, nothing was written"
            )
            .hint(message!("请另选一个文件夹" | "choose another folder"))
            .fault());
        }
    }
    fs::create_dir_all(folder).with_context(|| message!("不能建立文件夹 {shown}" | "can't make the folder {shown}"))?;
    for (name, text) in FILES {
        write_new(&folder.join(name), with_line_ends(text, cfg!(windows)).as_bytes())
            .with_context(|| message!("不能写入 {shown}/{name}" | "can't write {shown}/{name}"))?;
    }
    if !invocation.console.quiet {
        for (name, _) in FILES {
            invocation.console.line(&message!("写好了 {shown}/{name}" | "wrote {shown}/{name}"))?;
        }
        let next = message!(
            "用记事本改好示例，再运行：riskchart build {shown} -o {shown}/out"
                | "change the example, then run: riskchart build {shown} -o {shown}/out"
        );
        invocation.console.line(&next)?;
        let schema = message!(
            "编辑器里要提示键名：riskchart schema -o {shown}/{SCHEMA_FILE}"
                | "for completion in an editor: riskchart schema -o {shown}/{SCHEMA_FILE}"
        );
        invocation.console.line(&schema)?;
    }
    Ok(Status::Done)
}
