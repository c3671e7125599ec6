//! `riskchart export`: charts as a register or as a document of Word.

use std::path::{Path, PathBuf};

use riskchart::diag::{Lang, Report, Words};
use riskchart::model::Chart;
use riskchart::office::write::{self, Lost};

use crate::cli::arguments::options::{Command, Invocation, Opt, PATHS, Position, Takes};
use crate::cli::disk::walk;
use crate::cli::disk::write::Output;
use crate::cli::report::{self, Style};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{visible, visible_path};
use crate::cli::work;

/// What the file is called where no name is given.
const REGISTER: &str = "一览表";

const FILE: Opt = Opt::word(
    "out",
    Position::Named(Some('o')),
    Takes::Path(Words { zh: "文件", en: "FILE" }),
    Words {
        zh: "写到哪个文件：.xlsx、.csv、.md 是一览表，.docx 是可以改的 Word 表；省略时是 一览表.xlsx",
        en: "the file to write: a register as .xlsx, .csv or .md, charts to edit as .docx; 一览表.xlsx if left out",
    },
);
const FORMAT: Opt = Opt::word(
    "format",
    Position::Named(Some('f')),
    Takes::Value(Words { zh: "格式", en: "FORMAT" }),
    Words {
        zh: "xlsx、csv、md 或 docx，省略时照文件的后缀名",
        en: "xlsx, csv, md or docx; by the file's extension if left out",
    },
)
.of(|| write::formats().collect());

const FORCE: Opt = Opt::word(
    "force",
    Position::Named(None),
    Takes::Nothing,
    Words { zh: "已有的文件也重写", en: "write over files that exist" },
);

pub(crate) const COMMAND: Command = Command {
    name: "export",
    about: Words {
        zh: "把图写成一览表（Excel）或 Word 表",
        en: "write charts as a register (Excel) or tables of Word",
    },
    more: Words {
        zh: "改好的文件可以用 riskchart import 读回来。放不进去的内容会列出来。\n\
             例：riskchart export -o 一览表.xlsx charts/\n例：riskchart export -o 征求意见.docx charts/",
        en: "`riskchart import` reads the file back. What it can't hold is named.\nExample: riskchart export -o register.xlsx charts/",
    },
    options: &[&[&PATHS, &FILE, &FORMAT, &FORCE]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let (path, format) = target(invocation)?;
    if path.symlink_metadata().is_ok() && !invocation.flag(&FORCE) {
        // A register that was exported may hold corrections by now.
        let shown = visible_path(&path);
        return Err(message!("{shown} 已经存在，没有写" | "{shown} exists, nothing was written")
            .hint(message!(
                "请用 -o 另取一个名字，或加 --force 重写"
                    | "choose another name with -o, or write over it with --force"
            ))
            .fault());
    }
    let found = walk::find(&invocation.paths(&PATHS))?;
    let readings: Vec<_> = found.charts.iter().map(|chart| work::read(&found.host, chart)).collect();
    let broken: Vec<(&str, &Report)> = found
        .charts
        .iter()
        .zip(&readings)
        .filter(|(_, reading)| reading.report.has_errors())
        .map(|(chart, reading)| (chart.entry.chart.as_str(), &reading.report))
        .collect();
    console.faults(&found.faults);
    if !broken.is_empty() || !found.faults.is_empty() {
        report::tell(console, Style::Human, Stream::Err, &broken)?;
        return Ok(if found.faults.is_empty() { Status::Problems } else { Status::Fault });
    }
    let charts: Vec<Chart> = readings.into_iter().filter_map(|reading| reading.chart).collect();
    if charts.is_empty() {
        return Err(message!("没有图可以写" | "there is no chart to write").fault());
    }
    let bytes = write::document(&charts, &format).ok_or_else(|| unknown(&format))?;
    let bytes = bytes.map_err(|why| {
        let why = why.in_words();
        let (zh, en) = (why.get(Lang::Zh), why.get(Lang::En));
        message!("写不成这种文件：{zh}" | "the file can't be made: {en}").fault()
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Output::new(folder).write(Path::new(""), &name, &bytes)?;
    if !console.quiet {
        let (count, shown) = (charts.len(), visible_path(&path));
        console.line(&message!("写好了 {shown}：{count} 张图" | "wrote {shown}: {count} charts"))?;
        lost(invocation, &write::lost(&charts, &bytes))?;
    }
    Ok(Status::Done)
}

/// The file to write and its format, of which either tells the other.
fn target(invocation: &Invocation<'_>) -> anyhow::Result<(PathBuf, String)> {
    let mut path = invocation.path(&FILE).map(Path::to_path_buf).unwrap_or_default();
    if path.as_os_str().is_empty() || path.is_dir() {
        path.push(REGISTER);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let asked = invocation.value(&FORMAT).map(str::to_lowercase);
    let format = asked.clone().or_else(|| ending.clone()).unwrap_or_else(|| "xlsx".to_owned());
    if !write::formats().any(|known| known == format) {
        return Err(unknown(&format));
    }
    match ending {
        Some(ending) if ending == format => {}
        Some(ending) if write::formats().any(|known| known == ending) => {
            path.set_extension(&format);
        }
        _ => path.as_mut_os_string().push(format!(".{format}")),
    }
    Ok((path, format))
}

fn unknown(format: &str) -> anyhow::Error {
    let format = visible(format);
    message!("不能写成“{format}”这种格式" | "`{format}` is no format that can be written")
        .hint(message!("用 -o 写 .xlsx、.csv、.md 或 .docx" | "write .xlsx, .csv, .md or .docx with -o"))
        .fault()
}

/// Names what the file doesn't hold, for each chart; charts of which the same is left out share a line.
fn lost(invocation: &Invocation<'_>, lost: &[Lost]) -> anyhow::Result<()> {
    let mut groups: Vec<(&[Words], Vec<String>)> = Vec::new();
    for of in lost {
        let power = visible(&of.power).to_string();
        match groups.iter_mut().find(|(keys, _)| *keys == of.keys) {
            Some((_, powers)) => powers.push(power),
            None => groups.push((&of.keys, vec![power])),
        }
    }
    if groups.is_empty() {
        return Ok(());
    }
    let console = invocation.console;
    console.line(&message!("没有写进去、读不回来的：" | "left out, and not there when it is read back:"))?;
    for (keys, powers) in groups {
        let list = |lang: Lang, between| keys.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(between);
        let (zh, en) = (list(Lang::Zh, "、"), list(Lang::En, ", "));
        let (of_zh, of_en) = (powers.join("、"), powers.join(", "));
        console.line(&message!("  {of_zh}：{zh}" | "  {of_en}: {en}"))?;
    }
    Ok(())
}
