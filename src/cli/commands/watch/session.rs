//! The charts that are watched: what became of each, and which are due.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use riskchart::diag::{Diagnostic, Lang, Report};
use riskchart::export::{ExportOptions, SvgText};
use riskchart::model;

use super::changes::Stop;
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::disk::host::canonical;
use crate::cli::disk::inputs::{Glance, Inputs};
use crate::cli::disk::walk::{self, Chart, Found};
use crate::cli::disk::write::Output;
use crate::cli::terminal::message::tell;
use crate::cli::terminal::progress::Progress;
use crate::cli::work::folder::Said;
use crate::cli::work::posters::{Poster, Press, paint};
use crate::cli::work::rules::{RuleBook, Rules, Shelf};
use crate::cli::work::site::{Gathered, publish};
use crate::cli::work::summary::Facts;
use crate::cli::work::wanted::Wanted;
use crate::cli::work::{self, Drawn, Job, Outcome, Trouble, beside_others, finish_one, read_all, threads};

/// What the page shows pictures as.
const PICTURE: &str = "svg";

/// How often after a change sizes and times are not relied on: some disks keep times to two seconds, and a second save may
/// leave the size as it is.
const RESTLESS: u32 = 6;

/// A fault in words, and what to do.
pub(super) type Told = (String, Option<String>);

/// What is watched and how it is built.
pub(super) struct Session<'a> {
    paths: Vec<PathBuf>,
    pub(super) lang: Lang,
    settings: &'a Settings,
    wanted: &'a Wanted<'a>,
    /// The output folder that the command line names.
    asked: Option<&'a Path>,
    /// The one of the last look.
    pub(super) out: PathBuf,
    stop: Stop,
    shelf: Shelf,
    threads: rayon::ThreadPool,
    /// The charts by their files, as shown.
    kept: BTreeMap<String, Kept>,
    /// The files of the charts, in the order of `build`.
    order: Vec<String>,
    /// What was found the last time, for the next to compare.
    fingerprint: Fingerprint,
    /// Canonical folders: those looked through with all below them, and all that hold something that counts.
    pub(super) trees: Vec<PathBuf>,
    pub(super) folders: BTreeSet<PathBuf>,
    /// What could not be looked into.
    pub(super) faults: Vec<Told>,
    /// How often to look whatever sizes and times say.
    restless: u32,
    /// How many looks there were.
    looks: u64,
}

/// One chart.
pub(super) struct Kept {
    chart: Chart,
    /// What it says.
    model: Option<model::Chart>,
    /// What is wrong with it beside the others.
    others: Vec<Diagnostic>,
    seen: Inputs,
    /// Its problems.
    pub(super) report: Report,
    /// Its last good picture.
    pub(super) picture: Option<Picture>,
    /// Whether that is the picture of its present text.
    pub(super) is_current: bool,
    /// What the disk refused.
    pub(super) fault: Option<Told>,
    /// Whether its file was missing at the last look.
    is_missing: bool,
    /// The look at which it was last made.
    pub(super) made: u64,
}

/// A picture and the posters it was written as.
pub(super) struct Picture {
    /// Its pages as SVG.
    pub(super) pages: Vec<Arc<[u8]>>,
    pub(super) facts: Facts,
    poster: Option<Poster>,
    /// For the book, where there is one.
    gathered: Option<Gathered>,
}

/// What a look has found.
#[derive(Default)]
pub(super) struct Look {
    /// The charts that were made or failed, by their files.
    pub(super) made: Vec<String>,
    /// Files of charts that are gone, each with the names of its posters.
    pub(super) gone: Vec<(String, Option<String>)>,
    /// What is newly refused.
    pub(super) faults: Vec<anyhow::Error>,
    /// Whether a file is missing that an editor may be about to write.
    pub(super) is_unsure: bool,
}

impl Look {
    /// Whether there is anything to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.gone.is_empty() && self.faults.is_empty()
    }
}

/// Files with their sizes and times.
type Fingerprint = Vec<(PathBuf, Option<(u64, SystemTime)>)>;

/// A chart that was made.
struct Fresh {
    at: usize,
    model: Option<model::Chart>,
    seen: Inputs,
    outcome: Outcome<Made>,
}

struct Made {
    picture: Picture,
    fault: Option<anyhow::Error>,
}

impl<'a> Session<'a> {
    /// A session that has not looked yet.
    ///
    /// # Errors
    /// Threads can't be started.
    pub(super) fn new(
        paths: Vec<PathBuf>,
        lang: Lang,
        settings: &'a Settings,
        wanted: &'a Wanted<'a>,
        asked: Option<&'a Path>,
        stop: Stop,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            paths,
            lang,
            settings,
            wanted,
            asked,
            out: PathBuf::new(),
            stop,
            shelf: Shelf::default(),
            threads: threads(settings)?,
            kept: BTreeMap::new(),
            order: Vec::new(),
            fingerprint: Vec::new(),
            trees: Vec::new(),
            folders: BTreeSet::new(),
            faults: Vec::new(),
            restless: 0,
            looks: 0,
        })
    }

    /// The charts in order, by their files.
    pub(super) fn charts(&self) -> impl Iterator<Item = (&str, &Kept)> {
        self.order.iter().filter_map(|file| Some((file.as_str(), self.kept.get(file)?)))
    }

    /// The charts of these files, in order.
    pub(super) fn of(&self, files: &[String]) -> Vec<(&str, &Kept)> {
        self.charts().filter(|(file, _)| files.iter().any(|known| known == file)).collect()
    }

    /// Whether the sizes and times of files, or their names, differ from those of the last look, something was made just
    /// now, or a poster waits to be written. The way to find changes where no events tell of them.
    ///
    /// # Errors
    /// As [`look`](Self::look).
    pub(super) fn is_due(&mut self) -> anyhow::Result<bool> {
        let waiting = self.kept.values().any(|kept| kept.fault.is_some() || kept.is_missing);
        let restless = self.restless > 0;
        self.restless = self.restless.saturating_sub(1);
        Ok(waiting || restless || self.fingerprint_of(&walk::find(&self.paths)?) != self.fingerprint)
    }

    /// Looks at all files and makes the charts that are due; `None` where the user has ended the program meanwhile.
    ///
    /// # Errors
    /// A fault of the program.
    pub(super) fn look(&mut self) -> anyhow::Result<Option<Look>> {
        let mut found = walk::find(&self.paths)?;
        self.looks += 1;
        // Taken before anything is read: what changes meanwhile is seen by the next.
        let fingerprint = self.fingerprint_of(&found);
        let mut look = Look { faults: self.new_faults(std::mem::take(&mut found.faults)), ..Look::default() };
        self.part_with_missing(&found, &mut look);
        let rules = RuleBook::with(&mut self.shelf, &found, self.settings, self.wanted)?;
        self.out = rules.folder(self.asked);
        let (fresh, others) = self.make_due(&found, &rules)?;
        if self.stop.is_asked() {
            return Ok(None);
        }
        self.keep(&found, fresh, others, &mut look);
        self.fingerprint = fingerprint;
        if !look.made.is_empty() {
            self.restless = RESTLESS;
        }
        look.faults.extend(self.bind(&found, &rules, &look).err());
        self.note_folders(&found);
        Ok(Some(look))
    }

    /// The faults that the last look did not have.
    fn new_faults(&mut self, faults: Vec<anyhow::Error>) -> Vec<anyhow::Error> {
        let known = std::mem::take(&mut self.faults);
        self.faults = faults.iter().map(|fault| tell(fault, self.lang)).collect();
        faults.into_iter().filter(|fault| !known.contains(&tell(fault, self.lang))).collect()
    }

    /// Parts with charts whose files are gone: at the second look that misses them, for editors put a new file in the
    /// place of the old one in two steps.
    fn part_with_missing(&mut self, found: &Found, look: &mut Look) {
        let there: BTreeSet<&str> = found.charts.iter().map(|chart| chart.entry.chart.as_str()).collect();
        let mut gone = Vec::new();
        for (file, kept) in &mut self.kept {
            let missing = !there.contains(file.as_str());
            if missing && kept.is_missing {
                gone.push(file.clone());
            }
            kept.is_missing = missing;
        }
        for file in gone {
            let kept = self.kept.remove(&file);
            let poster = kept.and_then(|kept| kept.picture).and_then(|picture| picture.poster);
            look.gone.push((file, poster.map(|poster| poster.shown())));
        }
        look.is_unsure = self.kept.values().any(|kept| kept.is_missing);
    }

    /// Makes the charts of which a file holds something else than before, or whose neighbours now say something else of
    /// them; for each chart found, what they say. Once the user has ended the program, no further chart is begun.
    fn make_due(&self, found: &Found, rules: &RuleBook) -> anyhow::Result<(Vec<Fresh>, Vec<Vec<Diagnostic>>)> {
        let output = Output::new(&self.out);
        let press = Press::new(found, rules, &output)?;
        let bound = press.gathers();
        let mut jobs = self.read(found, self.due(found, bound));
        let others = {
            let mut said: Vec<_> = found.charts.iter().map(|chart| self.kept(chart)?.said()).collect();
            jobs.iter().for_each(|job| said[job.at] = job.reading.said());
            beside_others(found, rules, &said)
        };
        let concerned = |at: &usize| {
            let kept = self.kept(&found.charts[*at]);
            jobs.iter().all(|job| job.at != *at) && kept.is_none_or(|kept| kept.others != others[*at])
        };
        let concerned = (0..found.charts.len()).filter(concerned).collect();
        jobs.extend(self.read(found, concerned));
        let progress = Progress::start(jobs.len(), self.settings.watched);
        let make = |job: Job<'_>| {
            let (chart, model) = (&found.charts[job.at], job.reading.chart.clone());
            let rules = rules.of(chart);
            let read = (job.reading, others[job.at].clone());
            let outcome = finish_one(&job.host, rules, read, |drawn| self.finish(&press, (chart, rules), drawn, bound));
            progress.step();
            Fresh { at: job.at, model, seen: job.host.seen(), outcome }
        };
        let wanted = |_: &Job<'_>| !self.stop.is_asked();
        let fresh = self.threads.install(|| jobs.into_par_iter().with_max_len(1).filter(wanted).map(make).collect());
        Ok((fresh, others))
    }

    fn kept(&self, chart: &Chart) -> Option<&Kept> {
        self.kept.get(&chart.entry.chart)
    }

    fn due(&self, found: &Found, bound: bool) -> Vec<usize> {
        let mut glance = Glance::new(&found.host);
        let lacks_scene =
            |kept: &Kept| bound && kept.picture.as_ref().is_some_and(|picture| picture.gathered.is_none());
        let mut is_due = |chart: &Chart| match self.kept(chart) {
            Some(kept) if kept.fault.is_some() || lacks_scene(kept) => true,
            Some(kept) => kept.chart != *chart || !glance.finds(&kept.seen),
            None => true,
        };
        found.charts.iter().enumerate().filter(|(_, chart)| is_due(chart)).map(|(at, _)| at).collect()
    }

    fn read<'f>(&self, found: &'f Found, charts: Vec<usize>) -> Vec<Job<'f>> {
        self.threads.install(|| read_all(found, charts))
    }

    /// The picture for the page and the posters. Where the disk refuses those, the page still has the picture.
    fn finish(
        &self,
        press: &Press<'_>,
        (chart, rules): (&Chart, &Rules),
        drawn: &Drawn<'_>,
        bound: bool,
    ) -> Result<Made, Trouble> {
        let scene = drawn.scene;
        // The page lets in no font of its own.
        let options = ExportOptions { svg_text: SvgText::Outlines, ..rules.export.clone() };
        let pages = paint(chart, scene, &[settings::format(PICTURE)?], &options)?;
        let pages = pages.into_iter().map(|page| Arc::from(page.bytes)).collect();
        let (poster, fault) = match press.make(chart, scene, drawn.host.inputs_so_far()) {
            Ok(poster) => (Some(poster), None),
            Err(Trouble::Fault(fault)) => (None, Some(fault)),
            Err(problem) => return Err(problem),
        };
        let gathered = bound.then(|| press.gathered(chart, scene, drawn.host.inputs_so_far()));
        Ok(Made { picture: Picture { pages, facts: Facts::of(scene), poster, gathered }, fault })
    }

    fn keep(&mut self, found: &Found, fresh: Vec<Fresh>, mut others: Vec<Vec<Diagnostic>>, look: &mut Look) {
        for Fresh { at, model, seen, outcome } in fresh {
            let chart = &found.charts[at];
            let file = &chart.entry.chart;
            let Outcome { report, product, fault } = outcome;
            let is_current = product.is_some();
            let (picture, unwritten) = product.map_or((None, None), |made| (Some(made.picture), made.fault));
            let before = self.kept.remove(file);
            let fault = fault.or(unwritten);
            let told = fault.as_ref().map(|fault| tell(fault, self.lang));
            // What is tried again in vain is not told again.
            let in_vain = told.is_some() && before.as_ref().is_some_and(|kept| kept.fault == told);
            let made = before.as_ref().filter(|_| in_vain).map_or(self.looks, |kept| kept.made);
            if !in_vain {
                look.made.push(file.clone());
                look.faults.extend(fault);
            }
            let kept = Kept {
                chart: chart.clone(),
                model,
                others: std::mem::take(&mut others[at]),
                seen,
                report,
                picture: picture.or(before.and_then(|kept| kept.picture)),
                is_current,
                fault: told,
                is_missing: false,
                made,
            };
            self.kept.insert(file.clone(), kept);
        }
        let mut order: Vec<String> = found.charts.iter().map(|chart| chart.entry.chart.clone()).collect();
        for (at, file) in self.order.iter().enumerate().filter(|(_, file)| self.is_missing(file)) {
            order.insert(at.min(order.len()), file.clone());
        }
        self.order = order;
    }

    fn is_missing(&self, file: &str) -> bool {
        self.kept.get(file).is_some_and(|kept| kept.is_missing)
    }

    /// Makes book and index of the last good pictures of all charts anew, where one has changed.
    fn bind(&self, found: &Found, rules: &RuleBook, look: &Look) -> anyhow::Result<()> {
        let output = Output::new(&self.out);
        let press = Press::new(found, rules, &output)?;
        if !press.gathers() || look.made.is_empty() && look.gone.is_empty() {
            return Ok(());
        }
        let pictures = self.charts().filter_map(|(_, kept)| kept.picture.as_ref());
        let gathered: Vec<Gathered> = pictures.filter_map(|picture| picture.gathered.clone()).collect();
        publish(&output, &gathered, rules.site.as_deref())?;
        let is_old = |(_, kept): (&str, &Kept)| kept.picture.is_some() && !kept.is_current;
        if rules.first().is_some_and(|first| first.attaches) && self.charts().any(is_old) {
            // The book carries the files its charts are made of. Of a chart that is broken now they are gone: the book stays
            // as it is until the chart is whole again.
            return Ok(());
        }
        if let Some((name, first)) = press.book().zip(rules.first()) {
            press.bind(gathered, &name, first)?;
        }
        Ok(())
    }

    /// Notes the folders in which something may happen that counts.
    fn note_folders(&mut self, found: &Found) {
        self.trees.clone_from(&found.folders);
        self.folders.clone_from(&found.listed);
        let parents = self.files(found).into_iter().filter_map(|file| {
            let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
            canonical(parent.unwrap_or(Path::new("."))).ok()
        });
        self.folders.extend(parents.collect::<BTreeSet<_>>());
    }

    /// The files that pictures were made of or will be.
    fn files(&self, found: &Found) -> BTreeSet<PathBuf> {
        let made_of = self.kept.values().flat_map(|kept| kept.seen.names());
        let charts = found.charts.iter().flat_map(|chart| {
            [Some(&chart.entry.chart), chart.entry.project.as_ref()].into_iter().flatten().map(String::as_str)
        });
        made_of.chain(charts).map(|name| found.host.place(name)).collect()
    }

    fn fingerprint_of(&self, found: &Found) -> Fingerprint {
        let of = |file: PathBuf| {
            let kind = fs::metadata(&file).ok();
            let written = kind.and_then(|kind| Some((kind.len(), kind.modified().ok()?)));
            (file, written)
        };
        self.files(found).into_iter().map(of).collect()
    }
}

impl Kept {
    /// What the chart says, where it can be understood.
    fn said(&self) -> Option<Said<'_>> {
        self.model.as_ref().map(|chart| Said { chart, sources: &self.report.sources })
    }

    /// The poster's name below the output folder, without extension.
    pub(super) fn name(&self) -> String {
        work::poster_name(&self.chart.folder, &self.chart.stem)
    }

    /// The posters of the present text.
    pub(super) fn poster(&self) -> Option<&Poster> {
        self.picture.as_ref().filter(|_| self.is_current)?.poster.as_ref()
    }
}
