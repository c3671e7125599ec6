//! Posters of earlier runs that still hold, so that a chart which would come out the same is not drawn again.
//!
//! A poster still holds where
//! - this very program made it, with the same options and fonts;
//! - every file that was read for it holds what it held then: content counts, never time;
//! - its own files lie on the disk as they were written, in size and time;
//! - drawing it found nothing to tell. What reading finds is found anew in every run, so nothing goes untold.
//!
//! This is remembered in the user's cache folder, a file for each output folder, and not beside the posters: an output
//! folder holds posters alone, the same bytes after every run. Where nothing can be remembered, all charts are drawn.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::posters::Poster;
use super::summary::Facts;
use crate::cli::disk::host::canonical;
use crate::cli::disk::inputs::{ContentHash, Recorder, Seen, content_hash};
use crate::cli::disk::walk::Chart;
use crate::cli::disk::write::{Output, Written};
use crate::cli::work::{self, Drawn};

/// The program's folder among the caches.
const FOLDER: &str = "riskchart";
/// What is remembered of an output folder that nothing was built into for so long is dropped.
const FORGOTTEN: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// A poster as it was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    /// The program, its options and fonts.
    how: ContentHash,
    /// What was read for it.
    of: Seen,
    facts: Facts,
    files: Vec<Left>,
}

/// A file as it was left on the disk.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    /// What follows the poster's name: suffix and extension.
    ending: String,
    size: u64,
    modified: SystemTime,
}

impl Left {
    fn of(folder: &Path, stem: &str, ending: &str) -> Option<Self> {
        let file = fs::symlink_metadata(folder.join(format!("{stem}{ending}"))).ok().filter(fs::Metadata::is_file)?;
        Some(Self { ending: ending.to_owned(), size: file.len(), modified: file.modified().ok()? })
    }
}

/// What is remembered of the posters below one output folder.
pub(crate) struct Memory<'a> {
    out: &'a Path,
    how: ContentHash,
    /// What earlier runs made, by the posters' names.
    before: BTreeMap<String, Made>,
    /// What this run makes.
    now: Mutex<BTreeMap<String, Made>>,
}

impl<'a> Memory<'a> {
    /// What is remembered of `out`; `how` is the content hash of all that decides what posters look like but for the files that
    /// are read for each.
    pub(crate) fn of(out: &'a Path, how: ContentHash) -> Self {
        let text = place(out).and_then(|(folder, name)| fs::read(folder.join(name)).ok());
        let before = text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { before, ..Self::blank(out, how) }
    }

    /// A memory that recalls nothing, but notes what this run makes.
    pub(crate) fn blank(out: &'a Path, how: ContentHash) -> Self {
        Self { out, how: content_hash(&(program(), how)), before: BTreeMap::new(), now: Mutex::default() }
    }

    /// The output folder.
    pub(crate) fn out(&self) -> &'a Path {
        self.out
    }

    /// The poster of a chart that was read through `host`, where it still holds.
    pub(crate) fn poster(&self, chart: &Chart, host: &Recorder<'_>) -> Option<Poster> {
        let name = work::poster_name(&chart.folder, &chart.stem);
        let made = self.before.get(&name).filter(|made| made.how == self.how && host.finds(&made.of))?;
        let folder = self.out.join(&chart.folder);
        let as_left = |left: &Left| Left::of(&folder, &chart.stem, &left.ending).as_ref() == Some(left);
        made.files.iter().all(as_left).then(|| {
            let files = made.files.iter().map(|left| (left.ending.clone(), Written::Same)).collect();
            Poster { name, facts: made.facts.clone(), files }
        })
    }

    /// Notes a poster that was written.
    pub(crate) fn note(&self, chart: &Chart, drawn: &Drawn<'_>, poster: &Poster) {
        let folder = self.out.join(&chart.folder);
        let left = poster.files.iter().map(|(ending, _)| Left::of(&folder, &chart.stem, ending));
        let Some(files) = left.collect::<Option<Vec<_>>>().filter(|_| drawn.is_clean) else { return };
        let made = Made { how: self.how, of: drawn.host.seen_so_far(), facts: poster.facts.clone(), files };
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(poster.name.clone(), made);
    }

    /// Keeps what was noted for the next run. What can't be kept is drawn again then.
    pub(crate) fn keep(self) {
        let now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if now.is_empty() {
            return;
        }
        let mut all = self.before;
        all.extend(now);
        if let (Some((folder, name)), Ok(text)) = (place(self.out), serde_json::to_vec(&all)) {
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
