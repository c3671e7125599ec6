//! `riskchart check`: everything that `build` does but writing.

use riskchart::diag::Words;

use crate::cli::arguments::options::{Command, Invocation, LOOKS, PATHS, TELLING};
use crate::cli::arguments::settings;
use crate::cli::disk::walk;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::work::compile_all;
use crate::cli::work::rules::RuleBook;
use crate::cli::work::summary;
use crate::cli::work::wanted::Wanted;

pub(crate) const COMMAND: Command = Command {
    name: "check",
    about: Words { zh: "只检查，不写文件", en: "look for problems, write nothing" },
    more: Words { zh: "例：riskchart check charts/ --strict", en: "Example: riskchart check charts/ --strict" },
    options: &[&[&PATHS], LOOKS, TELLING],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let settings = settings::read(invocation)?;
    let mut found = walk::find(&invocation.paths(&PATHS))?;
    let charts = found.charts.len();
    let rules = RuleBook::new(&found, &settings, &Wanted::default())?;
    let mut outcomes = compile_all(&found, (&settings, &rules, None), |_, _| None, |_, _| Ok(()))?;
    let faults = std::mem::take(&mut found.faults);
    let told = (found.part(None), faults);
    let (status, counts) =
        summary::conclude(console, &settings, settings.style.stream(), (&told.0, told.1), &mut outcomes)?;
    let good = outcomes.iter().filter(|outcome| outcome.product.is_some()).count();
    if charts == 0 {
        return Ok(status);
    }
    let counted = summary::counted(counts);
    let (zh, en) = (counted.get(riskchart::diag::Lang::Zh), counted.get(riskchart::diag::Lang::En));
    let plural = if charts == 1 { "" } else { "s" };
    let line = message!(
        "检查了 {charts} 张图，{good} 张可以生成{zh}" | "checked {charts} chart{plural}, {good} can be built{en}"
    );
    summary::say(console, &settings, &format!("{}\n", line.get(console.lang)))?;
    Ok(status)
}
