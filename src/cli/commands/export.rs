//! `riskchart export`: charts as a register or as a document of Word.

use std::path::{Path, PathBuf};

use riskchart::diag::{Lang, Report, Words};
use riskchart::office::Draft;
use riskchart::office::write;

use crate::cli::arguments::options::{Command, Invocation, Opt, PATHS, Place, Takes};
use crate::cli::disk::walk;
use crate::cli::disk::write::Output;
use crate::cli::report::{self, Style};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{visible, visible_path};
use crate::cli::work;

const FILE: Opt = Opt {
    name: "out",
    place: Place::Named(Some('o')),
    takes: Takes::Path(Words { zh: "文件", en: "FILE" }),
    help: Words {
        zh: "写到哪个文件：.xlsx、.csv、.md 是一览表，.docx 是可以改的 Word 表；省略时是 一览表.xlsx",
        en: "the file to write: a register as .xlsx, .csv or .md, charts to edit as .docx; 一览表.xlsx if left out",
    },
    words: Vec::new,
    has_variable: false,
};
const FORMAT: Opt = Opt {
    name: "format",
    place: Place::Named(Some('f')),
    takes: Takes::Value(Words { zh: "格式", en: "FORMAT" }),
    help: Words {
        zh: "xlsx、csv、md 或 docx，省略时照文件的后缀名",
        en: "xlsx, csv, md or docx; by the file's extension if left out",
    },
    words: || vec!["xlsx", "csv", "md", "docx"],
    has_variable: false,
};

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
    options: &[&[&PATHS, &FILE, &FORMAT]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let path =
        invocation.matches.get_one::<PathBuf>(FILE.name).cloned().unwrap_or_else(|| PathBuf::from("一览表.xlsx"));
    let format = match invocation.value(&FORMAT) {
        Some(format) => format.to_lowercase(),
        None => path.extension().unwrap_or_default().to_string_lossy().to_lowercase(),
    };
    if !matches!(format.as_str(), "xlsx" | "csv" | "md" | "docx") {
        let format = visible(&format);
        return Err(message!("不能写成“{format}”这种格式" | "`{format}` is no format that can be written")
            .hint(message!("用 -o 写 .xlsx、.csv、.md 或 .docx" | "write .xlsx, .csv, .md or .docx with -o"))
            .fault());
    }
    let found = walk::find(&invocation.paths(&PATHS), console.lang)?;
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
    let charts: Vec<Draft> = readings.iter().filter_map(|reading| reading.chart.as_ref()).map(Draft::of).collect();
    if charts.is_empty() {
        return Err(message!("没有图可以写" | "there is no chart to write").fault());
    }
    save(&charts, &format, &path)?;
    if !console.quiet {
        let (count, shown) = (charts.len(), visible_path(&path));
        console.line(&message!("写好了 {shown}：{count} 张图" | "wrote {shown}: {count} charts"))?;
        lost(invocation, &charts, &format)?;
    }
    Ok(Status::Done)
}

fn save(charts: &[Draft], format: &str, path: &Path) -> anyhow::Result<()> {
    let bytes = match format {
        "xlsx" => write::xlsx(charts),
        "csv" => write::csv(charts),
        "docx" => write::docx(charts),
        _ => Ok(write::markdown(charts).into_bytes()),
    };
    let bytes = bytes.map_err(|why| message!("写不成这种文件：{why}" | "the file can't be made: {why}").fault())?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Output::new(folder).write(Path::new(""), &name, &bytes)?;
    Ok(())
}

/// Names what the file doesn't hold.
fn lost(invocation: &Invocation<'_>, charts: &[Draft], format: &str) -> anyhow::Result<()> {
    let mut lost: Vec<Words> = Vec::new();
    for words in charts.iter().flat_map(write::left_out) {
        // A document of Word holds telephones, notes and what stands in the boxes.
        let held =
            format == "docx" && matches!(words.en, "phones" | "notes" | "names of measures" | "deadlines of stages");
        if !held && !lost.contains(&words) {
            lost.push(words);
        }
    }
    if lost.is_empty() {
        return Ok(());
    }
    let list = |lang: Lang, between| lost.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(between);
    let (zh, en) = (list(Lang::Zh, "、"), list(Lang::En, ", "));
    invocation.console.line(&message!("没有写进去的：{zh}" | "left out: {en}"))
}
