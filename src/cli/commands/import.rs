//! `riskchart import`: charts from documents of Word and Excel.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use riskchart::diag::{Code, Diagnostic, Report, Severity, Words};
use riskchart::input::Keys;
use riskchart::office::text::{Shared, toml};
use riskchart::office::{self, Draft, Imported};

use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::arguments::settings;
use crate::cli::disk::convert;
use crate::cli::disk::names::clean;
use crate::cli::disk::project::PROJECT_FILE;
use crate::cli::disk::write::{Output, with_line_ends};
use crate::cli::report::{self, Style};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{visible_folder, visible_path};
use crate::cli::work::guard;

const FILES: Opt = Opt::word(
    "files",
    Position::Rest,
    Takes::Paths(Words { zh: "文档", en: "DOCUMENTS" }),
    Words {
        zh: "Word 图（docx）或台账（xlsx、xls、csv、网页格式的 xls）；装有 LibreOffice 时 doc、wps、et、odt、ods 也行",
        en: "charts of Word (docx) or registers (xlsx, xls, csv, xls that is HTML); with LibreOffice doc, wps, et, odt, ods too",
    },
);
const FOLDER: Opt = Opt::word(
    "out",
    Position::Named(Some('o')),
    Takes::Path(Words { zh: "文件夹", en: "FOLDER" }),
    Words {
        zh: "图写到哪个文件夹，省略时是 charts", en: "the folder to write charts to, `charts` if left out"
    },
);
const KEYS: Opt = Opt::word(
    "keys",
    Position::Named(None),
    Takes::Value(Words { zh: "语言", en: "LANGUAGE" }),
    Words { zh: "键名用 zh 中文（省略时）还是 en 英文", en: "keys in zh (Chinese, if left out) or en" },
)
.of(|| KEY_NAMES.iter().map(|(name, _)| *name).collect());
/// The languages of keys, by the names they are asked for by.
const KEY_NAMES: [(&str, Keys); 2] = [("zh", Keys::Zh), ("en", Keys::En)];
const FORCE: Opt = Opt::word(
    "force",
    Position::Named(None),
    Takes::Nothing,
    Words { zh: "已有的文件也重写", en: "write over files that exist" },
);

pub(crate) const COMMAND: Command = Command {
    name: "import",
    about: Words {
        zh: "把 Word 图和 Excel 台账变成图文件", en: "make charts from documents of Word and Excel"
    },
    more: Words {
        zh: "每张图写成一个 .toml，共用的内容写进 riskchart.toml。拿不准的地方列出来，并在图里写成“# 请核对：…”。\n\
             例：riskchart import 旧图.docx 台账.xlsx -o 图",
        en: "Each chart becomes a .toml, what they share a riskchart.toml. What is not sure is listed, and stands in the charts as\n\
             a comment `# 请核对：…`.\nExample: riskchart import old.docx register.xlsx -o charts",
    },
    options: &[&[&FILES, &FOLDER, &KEYS, &FORCE]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let keys = settings::chosen(invocation, &KEYS, &KEY_NAMES)?.unwrap_or(Keys::Zh);
    let files = invocation.paths(&FILES);
    if files.is_empty() {
        return Err(message!("没有给出要导入的文档" | "no document to import is given")
            .hint(message!("例：riskchart import 旧图.docx -o 图" | "e.g. riskchart import old.docx -o charts"))
            .fault());
    }
    let folder = invocation.path(&FOLDER).unwrap_or(Path::new("charts"));
    let read: Vec<(String, Result<Imported, Diagnostic>)> =
        files.iter().map(|file| read(file)).collect::<anyhow::Result<_>>()?;
    let mut reports = Vec::new();
    let mut charts: Vec<Draft> = Vec::new();
    for (shown, read) in read {
        let mut report = Report::default();
        match read {
            Ok(imported) => {
                report.diagnostics.extend(imported.notices);
                report.diagnostics.extend(imported.charts.iter().flat_map(Draft::all_doubts).cloned());
                charts.extend(imported.charts);
            }
            Err(refused) => report.push(refused),
        }
        reports.push((shown, report));
    }
    write(&charts, folder, keys, invocation.flag(&FORCE))?;
    let shown: Vec<(&str, &Report)> = reports.iter().map(|(shown, report)| (shown.as_str(), report)).collect();
    report::tell(invocation.console, Style::Human, Stream::Err, &shown)?;
    if !invocation.console.quiet && !charts.is_empty() {
        invocation.console.line(&summary(&charts, folder))?;
    }
    let refused = reports.iter().any(|(_, report)| report.has_errors());
    Ok(if refused { Status::Problems } else { Status::Done })
}

/// Reads a document. A fault of the disk stops the run; what is wrong with the document is its own.
fn read(file: &Path) -> anyhow::Result<(String, Result<Imported, Diagnostic>)> {
    let shown = visible_path(file);
    let fault = || message!("不能读取 {shown}" | "can't read {shown}");
    let size = fs::metadata(file).with_context(fault)?.len();
    if size > office::MAX_DOCUMENT as u64 {
        let limit = office::MAX_DOCUMENT >> 20;
        return Err(
            message!("{shown} 超过 {limit} MB，没有读" | "{shown} is larger than {limit} MB and was not read").fault()
        );
    }
    let bytes = fs::read(file).with_context(fault)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let import = |bytes: &[u8]| {
        guard(|| office::import(bytes, &stem)).unwrap_or_else(|fault| Err(crate::cli::work::internal(fault)))
    };
    let read = match import(&bytes) {
        Err(refused) if matches!(refused.code, Code::DocumentOld | Code::DocumentKind) => {
            convert::converted(file, &bytes, office::MAX_DOCUMENT as u64).map_or(Err(refused), |bytes| import(&bytes))
        }
        read => read,
    };
    Ok((shown, read))
}

/// Writes the charts, all or none: no name is taken twice, and no file that exists is touched unless that was asked for.
fn write(charts: &[Draft], folder: &Path, keys: Keys, force: bool) -> anyhow::Result<()> {
    if charts.is_empty() {
        return Ok(());
    }
    let all: Vec<&Draft> = charts.iter().collect();
    let project = folder.join(PROJECT_FILE);
    let has_project = project.symlink_metadata().is_ok() && !force;
    let shared = if charts.len() > 1 && !has_project { Shared::of(&all) } else { Shared::default() };
    let mut files: Vec<(String, String)> = Vec::new();
    let digits = charts.len().to_string().len().max(2);
    for (at, chart) in charts.iter().enumerate() {
        let number = if charts.len() > 1 { format!("{:0digits$}-", at + 1) } else { String::new() };
        files.push((clean(&format!("{number}{}", chart.power)) + ".toml", toml(chart, keys, &shared)));
    }
    if !shared.is_empty() {
        files.push((PROJECT_FILE.to_owned(), shared.toml(keys)));
    }
    let taken = files.iter().find(|(name, _)| folder.join(name).symlink_metadata().is_ok());
    if let Some((name, _)) = taken.filter(|_| !force) {
        let folder = visible_folder(folder);
        return Err(message!("{folder}/{name} 已经存在，什么都没有写" | "{folder}/{name} exists, nothing was written")
            .hint(message!(
                "请用 -o 另选一个文件夹，或加 --force 重写"
                    | "choose another folder with -o, or write over it with --force"
            ))
            .fault());
    }
    let output = Output::new(folder);
    for (name, text) in &files {
        output.write(Path::new(""), name, with_line_ends(text, cfg!(windows)).as_bytes())?;
    }
    Ok(())
}

fn summary(charts: &[Draft], folder: &Path) -> Message {
    let stages: usize = charts.iter().map(|chart| chart.stages.len()).sum();
    let risks: usize = charts.iter().flat_map(|chart| &chart.stages).map(|stage| stage.risks.len()).sum();
    let doubts = charts.iter().flat_map(Draft::all_doubts).filter(|doubt| doubt.severity != Severity::Note).count();
    let (count, folder) = (charts.len(), visible_folder(folder));
    message!(
        "{count} 张图，{stages} 个环节，{risks} 个风险，{doubts} 处请核对。写在 {folder}"
            | "{count} charts, {stages} stages, {risks} risks, {doubts} to check. Written to {folder}"
    )
}
