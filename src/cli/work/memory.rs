//! Posters of earlier runs that still hold, so that a chart which would come out the same is not drawn again.
//!
//! A poster still holds where
//! - this very program made it, with the same options and fonts;
//! - every file that was read for it holds what it held then: content counts, never time;
//! - its own files lie on the disk as they were written, in size and time, which were asked of the very files written: two
//!   runs that write other bytes under one name at once can't be taken for each other;
//! - drawing it found nothing to tell. What reading finds is found anew in every run, so nothing goes untold.
//!
//! Where not even reading found anything to tell, of no chart, and every file still holds what it held, the charts are
//! not read again either.
//!
//! Posters that would not hold are remembered too: of a chart that is gone, `--prune` removes what this program wrote.
//!
//! This is remembered in the user's cache folder, a file for each output folder, and not beside the posters: an output
//! folder holds posters alone, the same bytes after every run. Where nothing can be remembered, all charts are drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::posters::{Poster, PosterFile};
use super::rules::RuleBook;
use super::summary::Facts;
use crate::cli::disk::host::canonical;
use crate::cli::disk::inputs::{ContentHash, Glance, Inputs, Recorder, content_hash};
use crate::cli::disk::walk::{Chart, Found};
use crate::cli::disk::write::{Left, Output, Written};
use crate::cli::work;

/// The program's folder among the caches.
const FOLDER: &str = "riskchart";
/// What is remembered of an output folder that nothing was built into for so long is dropped.
const FORGOTTEN: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// A poster as it was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    /// The program, its options and fonts.
    how: ContentHash,
    /// The file of its chart, wherever the program runs.
    chart: PathBuf,
    /// What was read for it.
    of: Inputs,
    facts: Facts,
    /// Whether drawing it found nothing to tell.
    is_clean: bool,
    files: Vec<File>,
}

impl Made {
    /// The poster as it lies there.
    fn poster(&self, name: String) -> Poster {
        let files = self.files.iter().map(File::same).collect();
        Poster { name, facts: self.facts.clone(), files, inputs: self.of.clone() }
    }
}

/// A file as it was left on the disk.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct File {
    /// What follows the poster's name: suffix and extension.
    ending: String,
    size: u64,
    modified: SystemTime,
    sha256: String,
}

impl File {
    fn new(file: &PosterFile) -> Option<Self> {
        let (ending, sha256) = (file.ending.clone(), file.sha256.clone());
        Some(Self { ending, size: file.size, modified: file.left.modified?, sha256 })
    }

    /// Whether it lies at this place as it was left.
    fn lies_at(&self, path: &Path) -> bool {
        let file = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
        file.is_some_and(|file| file.len() == self.size && file.modified().is_ok_and(|time| time == self.modified))
    }

    fn same(&self) -> PosterFile {
        let left = Left { written: Written::Same, modified: Some(self.modified) };
        PosterFile { ending: self.ending.clone(), left, size: self.size, sha256: self.sha256.clone() }
    }
}

/// What is remembered of an output folder, as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// By the posters' names.
    posters: BTreeMap<String, Made>,
    /// The last run that had nothing to tell of its charts: what it was asked for, and what it read.
    silent: Option<ContentHash>,
}

/// What is remembered of the posters below one output folder.
pub(crate) struct Memory {
    out: PathBuf,
    program: ContentHash,
    /// What earlier runs made.
    before: Kept,
    /// What this run makes.
    now: Mutex<BTreeMap<String, Made>>,
    /// Whether something else is to be kept.
    changed: bool,
}

impl Memory {
    /// What is remembered of an output folder.
    pub(crate) fn of(out: &Path) -> Self {
        let text = place(out).and_then(|(folder, name)| fs::read(folder.join(name)).ok());
        let before = text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { before, ..Self::blank(out) }
    }

    /// A memory that recalls nothing, but notes what this run makes.
    pub(crate) fn blank(out: &Path) -> Self {
        Self { out: out.to_owned(), program: program(), before: Kept::default(), now: Mutex::default(), changed: false }
    }

    fn made_by(&self, how: ContentHash) -> ContentHash {
        content_hash(&(self.program, how))
    }

    /// The poster of a chart that was read through `host`, where it still holds; `how` is the hash of all that decides what
    /// it looks like but for the files that are read for it.
    pub(crate) fn poster(&self, chart: &Chart, how: ContentHash, host: &Recorder<'_>) -> Option<Poster> {
        let how = self.made_by(how);
        let name = work::poster_name(&chart.folder, &chart.stem);
        let made = self.before.posters.get(&name)?;
        (made.is_clean && made.how == how && host.finds(&made.of) && self.lies(&name, made)).then(|| made.poster(name))
    }

    /// The posters of all charts, where an earlier run of the same kind made them of the same files and had nothing to tell:
    /// nobody has to read them then.
    pub(crate) fn silent(&self, found: &Found, rules: &RuleBook) -> Option<Vec<Poster>> {
        let before = self.before.silent?;
        let posters = found.charts.iter().map(|chart| {
            let name = work::poster_name(&chart.folder, &chart.stem);
            let made = self.before.posters.get(&name)?;
            (made.how == self.made_by(rules.of(chart).how) && self.lies(&name, made)).then_some((name, made))
        });
        let posters: Vec<_> = posters.collect::<Option<_>>()?;
        let mut glance = Glance::new(&found.host);
        let same = posters.iter().all(|(_, made)| glance.finds(&made.of))
            && self.run(found, rules, posters.iter().map(|(_, made)| &made.of)) == before;
        same.then(|| posters.into_iter().map(|(name, made)| made.poster(name)).collect())
    }

    /// A run as a number: its charts, what holds for them and what they were made of.
    fn run<'i>(&self, found: &Found, rules: &RuleBook, inputs: impl Iterator<Item = &'i Inputs>) -> ContentHash {
        let charts = found.charts.iter().zip(inputs).map(|(chart, inputs)| {
            let (entry, rules) = (&chart.entry, rules.of(chart));
            let place = (&entry.chart, &entry.project, &chart.folder, &chart.stem);
            (place, rules.how, rules.strict, &rules.allowed, inputs)
        });
        content_hash(&(self.program, &found.folders, charts.collect::<Vec<_>>()))
    }

    /// Whether the files of a poster lie as they were left.
    fn lies(&self, name: &str, made: &Made) -> bool {
        made.files.iter().all(|file| file.lies_at(&self.out.join(format!("{name}{}", file.ending))))
    }

    /// Notes that a run over all charts that were found had nothing to tell, or that it had, where `posters` is `None`.
    pub(crate) fn note_run(&mut self, found: &Found, rules: &RuleBook, posters: Option<&[&Poster]>) {
        let silent = posters.map(|posters| self.run(found, rules, posters.iter().map(|poster| &poster.inputs)));
        self.changed |= silent != self.before.silent;
        self.before.silent = silent;
    }

    /// Notes a poster that was written for a chart.
    pub(crate) fn note(&self, chart: &Chart, how: ContentHash, is_clean: bool, poster: &Poster) {
        let Ok(chart) = canonical(Path::new(&chart.entry.chart)) else { return };
        let Some(files) = poster.files.iter().map(File::new).collect::<Option<Vec<_>>>() else { return };
        let made = Made {
            how: self.made_by(how),
            chart,
            of: poster.inputs.clone(),
            facts: poster.facts.clone(),
            is_clean,
            files,
        };
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(poster.name.clone(), made);
    }

    /// The files of posters that earlier runs wrote and that still lie as they were left, of charts that stood in one of
    /// these folders and are gone, but for the posters of these names: below the output folder, with slashes.
    pub(crate) fn orphans(&self, folders: &[PathBuf], posters: &BTreeSet<String>) -> Vec<String> {
        // A chart that was not asked for this time is not gone.
        let is_gone = |chart: &Path| folders.iter().any(|folder| chart.starts_with(folder)) && !chart.exists();
        let gone = self.before.posters.iter().filter(|(name, made)| !posters.contains(*name) && is_gone(&made.chart));
        let files =
            gone.flat_map(|(name, made)| made.files.iter().map(move |file| (format!("{name}{}", file.ending), file)));
        files.filter(|(name, file)| file.lies_at(&self.out.join(name))).map(|(name, _)| name).collect()
    }

    /// Keeps what was noted for the next run, and of earlier runs what still lies there. What can't be kept is drawn again
    /// then.
    pub(crate) fn keep(self) {
        let now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if now.is_empty() && !self.changed {
            return;
        }
        let mut all = self.before;
        all.posters.extend(now);
        if let (Some((folder, name)), Ok(text)) = (place(&self.out), serde_json::to_vec(&all)) {
            let _ = Output::new(&folder).write(Path::new(""), &name, &text);
            forget(&folder);
        }
    }
}

/// Where the memory of an output folder is: the folder, and the name of the file.
fn place(out: &Path) -> Option<(PathBuf, String)> {
    let out = canonical(out).ok()?;
    let caches = caches(std::env::consts::OS, |name| std::env::var_os(name))?;
    Some((caches.join(FOLDER), format!("{:016x}.json", content_hash(&out))))
}

/// The folder in which programs of this user may keep what they could make again.
fn caches(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name| variable(name).map(PathBuf::from).filter(|path: &PathBuf| path.is_absolute());
    match system {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => folder("HOME").map(|home| home.join("Library/Caches")),
        _ => folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache"))),
    }
}

/// The content hash of this program: its version does not tell two builds of one version apart.
fn program() -> ContentHash {
    let file = std::env::current_exe().and_then(fs::metadata);
    content_hash(&(env!("CARGO_PKG_VERSION"), file.ok().map(|file| (file.len(), file.modified().ok()))))
}

/// Drops what nobody has come back to.
fn forget(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > FORGOTTEN) {
            // What can't be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caches_are_where_the_system_keeps_them() {
        let found = |system: &str, set: &[(&str, &str)]| {
            let set: BTreeMap<_, _> = set.iter().copied().collect();
            caches(system, |name| set.get(name).map(OsString::from))
        };
        assert_eq!(found("linux", &[("HOME", "/home/li")]), Some("/home/li/.cache".into()));
        assert_eq!(found("linux", &[("HOME", "/home/li"), ("XDG_CACHE_HOME", "/c")]), Some("/c".into()));
        assert_eq!(found("linux", &[("HOME", "/home/li"), ("XDG_CACHE_HOME", "c")]), Some("/home/li/.cache".into()));
        assert_eq!(found("macos", &[("HOME", "/Users/li")]), Some("/Users/li/Library/Caches".into()));
        assert_eq!(found("windows", &[("HOME", "/x")]), None);
        assert_eq!(found("linux", &[]), None, "an empty environment");
    }
}
