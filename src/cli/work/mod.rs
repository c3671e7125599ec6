//! Charts compiled, several at a time, each on its own: one that fails, or makes the program fail, stops no other.
//!
//! | file | holds |
//! |---|---|
//! | [`wanted`] | what a command wants to be written |
//! | [`rules`] | what holds for the charts of each project file |
//! | [`folder`] | charts of a folder compared |
//! | [`posters`] | pictures painted, cut, written and bound |
//! | [`sources`] | what posters are made of, attached to them |
//! | [`site`] | what stands beside web pages, and the index of all |
//! | [`memory`] | posters of earlier runs that still hold |
//! | [`manifest`] | what a run made, for programs |
//! | [`summary`] | what a run says at its end |

pub(crate) mod folder;
pub(crate) mod manifest;
pub(crate) mod memory;
pub(crate) mod posters;
pub(crate) mod rules;
pub(crate) mod site;
mod sources;
pub(crate) mod summary;
pub(crate) mod wanted;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use riskchart::diag::{Code, Diagnostic, Report, Severity};
use riskchart::scene::Scene;
use riskchart::{Host, model};

use crate::cli::arguments::settings::Settings;
use crate::cli::disk::inputs::Recorder;
use crate::cli::disk::names;
use crate::cli::disk::walk::{Chart, Found, Shard};
use crate::cli::terminal::message::message;
use crate::cli::terminal::progress::Progress;
use crate::cli::terminal::status::Status;

use folder::Said;
use rules::{RuleBook, Rules};

/// What became of one chart.
#[derive(Debug)]
pub(crate) struct Outcome<T> {
    /// Its problems.
    pub(crate) report: Report,
    /// What was made of it; `None` where it has an error.
    pub(crate) product: Option<T>,
    /// What the disk refused.
    pub(crate) fault: Option<anyhow::Error>,
}

/// Why a picture could not be finished.
pub(crate) enum Trouble {
    /// The disk refused.
    Fault(anyhow::Error),
    /// A problem of the chart, or of the program.
    Problem(Diagnostic),
}

impl From<anyhow::Error> for Trouble {
    fn from(fault: anyhow::Error) -> Self {
        Self::Fault(fault)
    }
}

impl<T> Outcome<T> {
    /// What was made, with nothing to tell of it.
    pub(crate) fn silent(product: T) -> Self {
        Self { report: Report::default(), product: Some(product), fault: None }
    }

    /// What was made, where there is nothing to tell of it.
    pub(crate) fn product_alone(&self) -> Option<&T> {
        let silent = self.report.diagnostics.is_empty() && self.fault.is_none();
        self.product.as_ref().filter(|_| silent)
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.report.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// How a run with this outcome ends.
    pub(crate) fn status(&self) -> Status {
        let broken = self.report.diagnostics.iter().any(|problem| problem.code == Code::InternalFault);
        if broken || self.fault.is_some() {
            Status::Fault
        } else if self.report.has_errors() {
            Status::Problems
        } else {
            Status::Done
        }
    }
}

/// A picture that was drawn.
pub(crate) struct Drawn<'a> {
    /// The picture.
    pub(crate) scene: &'a Scene,
    /// Whether drawing it found nothing to tell.
    pub(crate) is_clean: bool,
    /// Through which everything that it is made of was read.
    pub(crate) host: &'a Recorder<'a>,
}

/// A chart as it was read.
pub(crate) struct Reading {
    /// What it says; `None` where it can't be understood.
    pub(crate) chart: Option<model::Chart>,
    /// What is wrong with that.
    pub(crate) report: Report,
}

impl Reading {
    /// What the chart says, where it can be understood.
    pub(crate) fn said(&self) -> Option<Said<'_>> {
        self.chart.as_ref().map(|chart| Said { chart, sources: &self.report.sources })
    }
}

/// A chart that is being made.
pub(crate) struct Job<'a> {
    /// Its index among the charts found.
    pub(crate) at: usize,
    pub(crate) host: Recorder<'a>,
    pub(crate) reading: Reading,
}

/// Reads the charts of these indexes.
pub(crate) fn read_all(found: &Found, charts: Vec<usize>) -> Vec<Job<'_>> {
    let read = |at: usize| {
        let host = Recorder::new(&found.host);
        let reading = read(&host, &found.charts[at]);
        Job { at, host, reading }
    };
    charts.into_par_iter().map(read).collect()
}

/// Compiles every chart, or those of a shard, and finishes each picture with `finish`, unless `before` knows what an
/// earlier run made of the files that were read; the outcomes are in the order of the charts. All are read: what charts of
/// one folder say of each other is the same in every shard.
///
/// # Errors
/// The threads can't be started.
pub(crate) fn compile_all<T: Send>(
    found: &Found,
    (settings, rules, shard): (&Settings, &RuleBook, Option<Shard>),
    before: impl Fn(&Chart, &Recorder<'_>) -> Option<T> + Sync,
    finish: impl Fn(&Chart, &Drawn<'_>) -> Result<T, Trouble> + Sync,
) -> anyhow::Result<Vec<Outcome<T>>> {
    let is_wanted = |at: &usize| shard.is_none_or(|shard| shard.has(*at));
    let progress = Progress::start((0..found.charts.len()).filter(is_wanted).count(), settings.watched);
    let one = |(job, others): (Job<'_>, Vec<Diagnostic>)| {
        let chart = &found.charts[job.at];
        let rules = rules.of(chart);
        let sound = job.reading.report.diagnostics.iter().chain(&others).all(|problem| !stops(problem, rules));
        let made = if sound { before(chart, &job.host) } else { None };
        let outcome = match made {
            Some(product) => {
                Outcome { report: told(job.reading.report, others, rules), product: Some(product), fault: None }
            }
            None => finish_one(&job.host, rules, (job.reading, others), |drawn| finish(chart, drawn)),
        };
        progress.step();
        outcome
    };
    Ok(threads(settings)?.install(|| {
        let jobs = read_all(found, (0..found.charts.len()).collect());
        let charts: Vec<_> = jobs.iter().map(|job| job.reading.said()).collect();
        let others = beside_others(found, rules, &charts);
        let wanted: Vec<_> = jobs.into_iter().zip(others).filter(|(job, _)| is_wanted(&job.at)).collect();
        // One chart a task: charts differ in size, and a few large ones must not wait for each other.
        wanted.into_par_iter().with_max_len(1).map(one).collect()
    }))
}

/// The threads that charts are compiled in.
///
/// # Errors
/// They can't be started.
pub(crate) fn threads(settings: &Settings) -> anyhow::Result<rayon::ThreadPool> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build();
    threads.with_context(|| message!("不能启动线程" | "can't start threads"))
}

/// Reads a chart.
pub(crate) fn read(host: &dyn Host, chart: &Chart) -> Reading {
    let read = guard(|| riskchart::read(host, &chart.entry));
    let (chart, report) = read.unwrap_or_else(|fault| (None, broken(fault)));
    Reading { chart, report }
}

/// For each chart, what is wrong with it beside the others: what reads oddly, a name that is taken, a profile that none of
/// them uses.
pub(crate) fn beside_others(found: &Found, rules: &RuleBook, charts: &[Option<Said<'_>>]) -> Vec<Vec<Diagnostic>> {
    // Where comparing fails, nothing is said of what stands beside each other.
    let mut problems = guard(|| folder::problems(found, charts)).unwrap_or_else(|_| vec![Vec::new(); charts.len()]);
    let posters: Vec<_> = found.charts.iter().map(|chart| (chart.folder.as_path(), chart.stem.as_str())).collect();
    for (at, clash) in names::clashes(&posters).into_iter().enumerate() {
        problems[at].extend(clash.map(|other| clash_of(&found.charts[at], &found.charts[other])));
    }
    if let Some((at, note)) = folder::unused_profile(found, rules, charts) {
        problems[at].push(note);
    }
    problems
}

/// Draws a chart that was read, and finishes its picture where nothing is wrong with it, beside the others neither.
pub(crate) fn finish_one<T>(
    host: &Recorder<'_>,
    rules: &Rules,
    (reading, others): (Reading, Vec<Diagnostic>),
    finish: impl FnOnce(&Drawn<'_>) -> Result<T, Trouble>,
) -> Outcome<T> {
    let read = reading.report.diagnostics.len();
    let (report, scene) = draw(host, rules, reading);
    let is_clean = report.diagnostics.len() == read;
    complete(told(report, others, rules), scene, |scene| finish(&Drawn { scene, is_clean, host }))
}

fn draw(host: &dyn Host, rules: &Rules, reading: Reading) -> (Report, Option<Scene>) {
    let Reading { chart: Some(chart), report } = reading else { return (reading.report, None) };
    match guard(|| riskchart::draw(host, &chart, &rules.options, report)) {
        Ok(Ok((scene, report))) => (report, Some(scene)),
        Ok(Err(report)) => (report, None),
        Err(fault) => (broken(fault), None),
    }
}

fn complete<T>(
    mut report: Report,
    scene: Option<Scene>,
    finish: impl FnOnce(&Scene) -> Result<T, Trouble>,
) -> Outcome<T> {
    let Some(scene) = scene.filter(|_| !report.has_errors()) else {
        return Outcome { report, product: None, fault: None };
    };
    let finished = guard(|| finish(&scene));
    let trouble = match finished {
        Ok(Ok(product)) => return Outcome { report, product: Some(product), fault: None },
        Ok(Err(trouble)) => trouble,
        Err(fault) => Trouble::Problem(internal(fault)),
    };
    match trouble {
        Trouble::Fault(fault) => Outcome { report, product: None, fault: Some(fault) },
        Trouble::Problem(problem) => {
            report.push(problem);
            Outcome { report, product: None, fault: None }
        }
    }
}

/// Whether a chart with this problem is not written: it is an error, or a warning where the user is strict.
fn stops(problem: &Diagnostic, rules: &Rules) -> bool {
    let counts = problem.severity == Severity::Error || (rules.strict && problem.severity == Severity::Warning);
    counts && !rules.allowed.contains(&problem.code)
}

/// All that is told of a chart: without what the user allows, and with errors for warnings where the user is strict.
fn told(mut report: Report, others: Vec<Diagnostic>, rules: &Rules) -> Report {
    report.diagnostics.extend(others);
    report.sort();
    report.diagnostics.retain(|problem| !rules.allowed.contains(&problem.code));
    for problem in report.diagnostics.iter_mut().filter(|problem| stops(problem, rules)) {
        problem.severity = Severity::Error;
    }
    report
}

/// The problem of two charts under one name.
pub(crate) fn clash_of(chart: &Chart, other: &Chart) -> Diagnostic {
    Diagnostic::new(Code::NameClash, None)
        .with("first", &chart.entry.chart)
        .with("second", &other.entry.chart)
        .with("name", poster_name(&chart.folder, &chart.stem))
}

/// The name of a poster below the output folder, without extension, as shown.
pub(crate) fn poster_name(folder: &Path, stem: &str) -> String {
    let parts = folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.chain([stem.to_owned()]).collect::<Vec<_>>().join("/")
}

/// The problem of a program that failed.
pub(crate) fn internal(fault: String) -> Diagnostic {
    Diagnostic::new(Code::InternalFault, None).with("fault", fault)
}

fn broken(fault: String) -> Report {
    Report { diagnostics: vec![internal(fault)], ..Report::default() }
}

thread_local! {
    /// What the last panic of this thread said.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps what panics say for [`guard`] instead of printing it.
pub(crate) fn silence_panics() {
    panic::set_hook(Box::new(|panic| {
        let said = panic.payload_as_str().unwrap_or("panic");
        let place = panic.location().map(|place| format!(" ({}:{})", source_name(place.file()), place.line()));
        PANIC.set(Some(format!("{said}{}", place.unwrap_or_default())));
    }));
}

/// Runs an action; a panic in it is its error.
pub(crate) fn guard<T>(action: impl FnOnce() -> T) -> Result<T, String> {
    // The action's state is dropped with it or, like the host, never changed.
    panic::catch_unwind(AssertUnwindSafe(action)).map_err(|payload| {
        let said = payload.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned());
        PANIC.take().or(said).unwrap_or_else(|| "panic".to_owned())
    })
}

/// A source file's path from its crate on, without the folders of the machine that the program was built on.
fn source_name(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let from = parts.iter().rposition(|part| *part == "src").map_or(0, |at| at.saturating_sub(1));
    parts[from..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        assert_eq!(guard(|| 1), Ok(1));
        let number = 7;
        let said = guard(|| assert_eq!(number, 8, "the number")).unwrap_err();
        assert!(said.contains("the number"), "{said}");
    }

    #[test]
    fn a_panic_while_finishing_is_a_fault_of_one_chart() {
        let scene = Scene {
            meta: riskchart::scene::Meta::default(),
            pages: Vec::new(),
            outline: Vec::new(),
            fonts: std::sync::Arc::new(riskchart::font::FontBook::embedded()),
        };
        let outcome: Outcome<()> = complete(Report::default(), Some(scene), |_| panic!("out of paper"));
        assert_eq!(outcome.status(), Status::Fault);
        assert_eq!(outcome.report.diagnostics[0].code, Code::InternalFault);
        assert!(outcome.report.diagnostics[0].message(riskchart::diag::Lang::Zh).contains("out of paper"));
    }

    #[test]
    fn places_in_sources_name_no_folder_of_the_building_machine() {
        assert_eq!(
            source_name("/home/x/.cargo/registry/src/i-1/harfrust-0.15.0/src/hb/a.rs"),
            "harfrust-0.15.0/src/hb/a.rs"
        );
        assert_eq!(source_name("src/layout/mod.rs"), "src/layout/mod.rs");
    }
}
