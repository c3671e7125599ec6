//! `riskchart fix`: repairs and lints' edits written into the user's files.

use riskchart::Host as _;
use riskchart::diag::{Lang, Report, Severity, Words};
use riskchart::mend::{self, Mender};
use riskchart::source::{Encoding, decode, form};

use crate::cli::arguments::options::{ALLOW, Command, DIFF, Invocation, Opt, PATHS, Position, Takes};
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::disk::rewrite::{self, Own};
use crate::cli::disk::walk::{self, Found};
use crate::cli::report::diff::{line_changes, lines_changed, unified};
use crate::cli::report::{self, Style};
use crate::cli::terminal::console::{Console, Stream};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible;
use crate::cli::work::rules::RuleBook;
use crate::cli::work::wanted::Wanted;
use crate::cli::work::{guard, internal};

const UNSAFE: Opt = Opt::word(
    "unsafe",
    Position::Named(None),
    Takes::Nothing,
    Words {
        zh: "连要您判断的也改：别字、重复的词、各条的结尾等",
        en: "also what needs your judgement: likely slips, doubled words, endings of items",
    },
);

pub(crate) const COMMAND: Command = Command {
    name: "fix",
    about: Words { zh: "把能自动改的改到文件里", en: "write what can be put right into the files" },
    more: Words {
        zh: "改的是 check 报告里有确定改法的：全角符号、引号、中文键加引号、写成一段的几条、自己写的序号等，不改字句，并存成 UTF-8，\n\
             换行、注释和排列不变。原文件存为同名的 .bak；已有 .bak 就存为 .2.bak、.3.bak，从不覆盖。\n\
             上级文件夹里的 riskchart.toml 和 --allow 的警告不改。\n\
             例：riskchart fix charts/ --diff\n    riskchart fix charts/",
        en: "What is put right are the findings of `check` with one sure remedy: full-width marks, quotes, keys that need\n\
             them, lists in one text, typed numbers; no words. Files become UTF-8; line ends, comments and layout stay. The old file is kept\n\
             as .bak, or .2.bak, .3.bak where that exists: no copy is written over. What --allow names and a riskchart.toml above the\n\
             folders given are left alone.\nExample: riskchart fix charts/ --diff",
    },
    options: &[&[&PATHS, &DIFF, &UNSAFE, &ALLOW]],
    run,
};

/// A file before and after.
struct Fixed<'f> {
    shown: &'f str,
    old_bytes: Vec<u8>,
    old: String,
    new: String,
    new_bytes: Vec<u8>,
    encoding: Encoding,
}

impl Fixed<'_> {
    fn is_changed(&self) -> bool {
        self.old_bytes != self.new_bytes
    }

    /// What of the file changes beside its text: nothing, or how it is saved.
    fn form(&self) -> Option<Message> {
        let name = self.encoding.name();
        if self.encoding != Encoding::Utf8 {
            return Some(message!("{name} 改存为 UTF-8" | "{name} saved as UTF-8"));
        }
        (self.old == self.new).then(|| message!("改存为通用的 UTF-8" | "saved as plain UTF-8"))
    }

    /// What is changed, in a few words.
    fn message(&self) -> Message {
        let lines = lines_changed(&self.old, &self.new);
        let plural = if lines == 1 { "" } else { "s" };
        let count = message!("{lines} 行" | "{lines} line{plural}");
        match self.form() {
            None => count,
            Some(form) if lines == 0 => form,
            Some(form) => {
                let joined = |lang, mark| format!("{}{mark}{}", count.get(lang), form.get(lang));
                Message::new(joined(Lang::Zh, "，"), joined(Lang::En, ", "))
            }
        }
    }
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let mut found = walk::find(&invocation.paths(&PATHS))?;
    let mut allowed = settings::allowed(invocation)?;
    allowed.extend(RuleBook::new(&found, &Settings::default(), &Wanted::default())?.allowed());
    if !invocation.flag(&UNSAFE) {
        allowed.extend(mend::for_judgement());
    }
    let mut mender = Mender::new(&found.host, allowed);
    let mut reports = Vec::new();
    for chart in &found.charts {
        let own = chart.entry.project.as_deref().is_some_and(|project| found.is_in_folder(project));
        let left = guard(|| mender.mend(&chart.entry, own));
        reports.push(left.unwrap_or_else(|fault| Report { diagnostics: vec![internal(fault)], ..Report::default() }));
    }
    let fixed: Vec<Fixed<'_>> =
        rewrite::own(&found).iter().filter_map(|own| guard(|| fixed(&found, own, &mender)).ok().flatten()).collect();
    let judged = for_judgement(&reports);
    let left = told(console, &found, &mut reports)?;
    let diff = invocation.flag(&DIFF);
    let (status, faults) = match (diff, found.stdin) {
        (true, _) => (show(console, &fixed)?, Vec::new()),
        (false, true) => {
            fixed.iter().try_for_each(|file| console.write(Stream::Out, &file.new_bytes))?;
            (Status::Done, Vec::new())
        }
        (false, false) => (Status::Done, write(console, &found, &fixed)?),
    };
    if !console.quiet && !found.stdin && !diff {
        let changed = fixed.iter().filter(|file| file.is_changed()).count() - faults.len();
        judged.iter().try_for_each(|line| console.line(line))?;
        // Of a folder without charts that is told.
        if (!found.charts.is_empty() && faults.is_empty()) || changed > 0 {
            console.line(&summary(changed, left))?;
        }
    }
    let broken = reports.iter().any(Report::has_errors);
    found.faults.extend(faults);
    console.faults(&found.faults);
    Ok(if !found.faults.is_empty() {
        Status::Fault
    } else if broken {
        Status::Problems
    } else {
        status
    })
}

fn fixed<'f>(found: &Found, own: &Own<'f>, mender: &Mender<'_>) -> Option<Fixed<'f>> {
    let old_bytes = found.host.read(own.shown).ok()?;
    let (old, encoding) = decode(&old_bytes).ok()?;
    let saved = form(&old_bytes).ok()?;
    let new = mender.text(own.shown)?.to_owned();
    // Line ends alone are no reason to write a file.
    let same = new == old && saved.is_plain();
    let new_bytes = if same { old_bytes.clone() } else { saved.line_end.write(&new).into_bytes() };
    Some(Fixed { shown: own.shown, old_bytes, old, new, new_bytes, encoding })
}

/// Tells the errors that are left, and gives how many errors and warnings are.
fn told(console: &Console, found: &Found, reports: &mut [Report]) -> anyhow::Result<usize> {
    let left = reports.iter().flat_map(|report| &report.diagnostics);
    let warnings = left.filter(|told| told.severity == Severity::Warning).count();
    for report in &mut *reports {
        report.diagnostics.retain(|told| told.severity == Severity::Error);
    }
    let charts = found.charts.iter().map(|chart| chart.entry.chart.as_str());
    let named: Vec<_> = charts.zip(&*reports).collect();
    let counts = report::tell(console, Style::Human, Stream::Err, &named)?;
    Ok(counts.errors + warnings)
}

fn show(console: &Console, fixed: &[Fixed<'_>]) -> anyhow::Result<Status> {
    let mut status = Status::Done;
    for file in fixed.iter().filter(|file| file.is_changed()) {
        status = Status::Problems;
        let form = file.form().map(|form| format!("# {}: {}\n", file.shown, form.get(console.lang)));
        let text = form.unwrap_or_default() + &unified(file.shown, &file.old, &file.new);
        console.write(Stream::Out, text)?;
    }
    Ok(status)
}

/// Writes what has changed; what the disk refuses is given back.
fn write(console: &Console, found: &Found, fixed: &[Fixed<'_>]) -> anyhow::Result<Vec<anyhow::Error>> {
    let mut faults = Vec::new();
    for file in fixed.iter().filter(|file| file.is_changed()) {
        match rewrite::write(found, file.shown, &file.old_bytes, &file.new_bytes, true) {
            Ok(_) if console.quiet => {}
            Ok(copy) => {
                let copy = copy.unwrap_or_default();
                let (shown, what) = (file.shown, file.message());
                let (zh, en) = (what.get(Lang::Zh), what.get(Lang::En));
                console.line(&message!(
                    "改好了 {shown}：{zh}；原文件存为 {copy}" | "fixed {shown}: {en}; the old file is kept as {copy}"
                ))?;
                changes_of(file).iter().try_for_each(|line| console.line(line))?;
            }
            Err(fault) => faults.push(fault),
        }
    }
    Ok(faults)
}

/// What was changed, line by line.
fn changes_of(file: &Fixed<'_>) -> Vec<Message> {
    const SHOWN: usize = 20;
    let all = line_changes(&file.old, &file.new);
    // Keys in quotes are no news of each line by itself.
    let (keys, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|change| change.is_quoting);
    let mut lines: Vec<_> = all
        .iter()
        .take(SHOWN)
        .map(|change| (change.line, &change.old, &change.new))
        .map(|(line, old, new)| message!("  第 {line} 行：{old} → {new}" | "  line {line}: {old} → {new}"))
        .collect();
    if all.len() > SHOWN {
        let more = all.len() - SHOWN;
        lines.push(message!("  另有 {more} 行" | "  {more} more lines"));
    }
    if let Some(first) = keys.first() {
        let (count, line, old, new) = (keys.len(), first.line, &first.old, &first.new);
        lines.push(message!(
            "  {count} 行只改了引号，例如第 {line} 行：{old} → {new}"
                | "  {count} in their quotes alone, such as line {line}: {old} → {new}"
        ));
    }
    lines
}

/// What could be changed as well, for somebody who knows what is meant: one line each.
fn for_judgement(reports: &[Report]) -> Vec<Message> {
    let mut lines = Vec::new();
    for report in reports {
        let judged =
            report.diagnostics.iter().filter(|problem| problem.code.is_for_judgement() && !problem.edits.is_empty());
        for problem in judged {
            let Some(file) = problem.span.and_then(|span| report.sources.files().get(usize::from(span.file.0))) else {
                continue;
            };
            let (name, line) = (visible(&file.name), file.line(problem.span.map_or(0, |span| span.start as usize)));
            let (zh, en) = (visible(&problem.message(Lang::Zh)), visible(&problem.message(Lang::En)));
            lines.push(message!("  {name}:{line}：{zh}" | "  {name}:{line}: {en}"));
        }
    }
    if !lines.is_empty() {
        let title = "还可以改、要您判断的（都对就用 riskchart fix --unsafe）：";
        lines.insert(0, message!("{title}" | "For your judgement (riskchart fix --unsafe where all are right):"));
    }
    lines
}

fn summary(changed: usize, left: usize) -> Message {
    let done = match changed {
        0 => message!("没有可以自动改的" | "nothing to fix"),
        1 => message!("完成：改了 1 个文件" | "done: 1 file fixed"),
        _ => message!("完成：改了 {changed} 个文件" | "done: {changed} files fixed"),
    };
    if left == 0 {
        return done;
    }
    let (zh, en) = (done.get(Lang::Zh), done.get(Lang::En));
    message!(
        "{zh}；还有 {left} 处要自己改，用 riskchart check 查看"
            | "{en}; {left} left to mend by hand, see riskchart check"
    )
}
