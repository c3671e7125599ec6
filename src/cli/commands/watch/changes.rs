//! When to look: after events of the file system, after the clock where there are none, at once when the user ends it.
//!
//! An event only wakes; what has changed is found by looking (see [`crate::cli::disk::inputs`]). So an event too many
//! costs a few reads, and one that was lost is made up for by the clock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::cli::disk::walk::is_hidden;
use crate::cli::terminal::message::message;

/// How long nothing must happen before the program looks: editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// How long it waits for quiet at most.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often the clock wakes it where there are no events.
const POLLING: Duration = Duration::from_millis(400);
/// How often the clock wakes it where there are: for what the system doesn't report, such as a folder made anew.
const HEARTBEAT: Duration = Duration::from_secs(3);

/// The exit status of a program that the user has broken off: 128 and the number of the signal, as shells have it.
const INTERRUPTED: i32 = 130;

/// One handle watches a whole tree on these systems, and a watched folder inside would keep its parent from being renamed
/// on Windows; elsewhere each folder has a watch of its own, so that only those that hold charts need one.
const WHOLE_TREES: bool = cfg!(any(windows, target_os = "macos"));

/// What woke the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// Something has happened in the folders.
    Changed,
    /// Some time has passed.
    Tick,
    /// The user has ended it.
    Stopped,
}

/// Whether the user has ended the program, for those who work meanwhile.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether the user has ended the program.
    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Ends the program; whether that was asked for before.
    fn ask(&self) -> bool {
        self.0.swap(true, Ordering::Relaxed)
    }
}

enum Signal {
    /// Something has happened; the paths are no longer what they were.
    Happened(Vec<PathBuf>),
    Stop,
}

/// What wakes the program.
pub(super) struct Changes {
    signals: Receiver<Signal>,
    /// `None` where only the clock wakes it.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    /// For who else has something to signal; the channel never closes.
    sender: Sender<Signal>,
    stop: Stop,
}

impl Changes {
    /// Begins to listen for the user's end and, unless `polling`, to the file system.
    ///
    /// # Errors
    /// The system refuses to tell of Ctrl-C.
    pub(super) fn new(polling: bool) -> anyhow::Result<Self> {
        let changes = Self::listening(polling);
        let (sender, stop) = (changes.sender.clone(), changes.stop.clone());
        let end = move || {
            if stop.ask() {
                // Asked twice, it waits for no chart in hand: posters are whole or not there at any time.
                std::process::exit(INTERRUPTED);
            }
            // The program ends with the receiver; then nobody is left to be told.
            let _ = sender.send(Signal::Stop);
        };
        ctrlc::set_handler(end).with_context(|| message!("不能接收 Ctrl-C" | "can't listen for Ctrl-C"))?;
        Ok(changes)
    }

    fn listening(polling: bool) -> Self {
        let (sender, signals) = mpsc::channel();
        let events = sender.clone();
        let tell = move |event: notify::Result<notify::Event>| {
            if let Some(lost) = happened(event) {
                let _ = events.send(Signal::Happened(lost));
            }
        };
        let watcher = (!polling).then(|| notify::recommended_watcher(tell).ok()).flatten();
        Self { signals, watcher, watched: BTreeSet::new(), sender, stop: Stop::default() }
    }

    /// What says that the user has ended the program, even while it works.
    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Whether the clock alone wakes the program.
    pub(super) fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches these canonical folders and no others; whether some are new. `trees` are folders with all below them.
    ///
    /// Where the system refuses to watch one, the clock does instead of it.
    pub(super) fn follow(&mut self, trees: &[PathBuf], folders: &BTreeSet<PathBuf>) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        let in_tree =
            |folder: &Path| WHOLE_TREES && trees.iter().any(|tree| folder.starts_with(tree) && folder != tree);
        let wanted: BTreeSet<PathBuf> = folders.iter().filter(|folder| !in_tree(folder)).cloned().collect();
        for old in self.watched.difference(&wanted) {
            // One that is gone has lost its watch already.
            let _ = watcher.unwatch(old);
        }
        let new: Vec<PathBuf> = wanted.difference(&self.watched).cloned().collect();
        let deep = |folder: &PathBuf| WHOLE_TREES && trees.contains(folder);
        let mode = |folder| if deep(folder) { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let all_watched = new.iter().all(|folder| watcher.watch(folder, mode(folder)).is_ok() || !folder.exists());
        self.watched = wanted;
        if !all_watched {
            self.watcher = None;
        }
        !new.is_empty()
    }

    /// Waits for something to happen and for quiet after it.
    pub(super) fn wait(&mut self) -> Woken {
        let pace = if self.is_polling() { POLLING } else { HEARTBEAT };
        match self.receive(pace) {
            Woken::Changed => self.settle(),
            other => other,
        }
    }

    /// Waits until nothing has happened for a while.
    fn settle(&mut self) -> Woken {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.receive(QUIET) {
                Woken::Changed => {}
                Woken::Tick => break,
                Woken::Stopped => return Woken::Stopped,
            }
        }
        Woken::Changed
    }

    /// Waits so long, whatever happens; whether the user has ended the program.
    pub(super) fn pause(&mut self, time: Duration) -> bool {
        let begun = Instant::now();
        while let Some(left) = time.checked_sub(begun.elapsed()) {
            if self.receive(left) == Woken::Stopped {
                return true;
            }
        }
        false
    }

    fn receive(&mut self, time: Duration) -> Woken {
        match self.signals.recv_timeout(time) {
            Ok(Signal::Happened(lost)) => {
                // A folder made again under its old name needs a new watch.
                self.watched.retain(|folder| !lost.contains(folder));
                Woken::Changed
            }
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => Woken::Stopped,
            Err(RecvTimeoutError::Timeout) => Woken::Tick,
        }
    }
}

/// What an event says: `None` where nothing that matters has happened, else the paths that are no longer there.
fn happened(event: notify::Result<notify::Event>) -> Option<Vec<PathBuf>> {
    // Where events were lost, anything may have happened.
    let Ok(event) = event else { return Some(Vec::new()) };
    let hidden = |path: &PathBuf| path.file_name().is_some_and(is_hidden);
    match event.kind {
        // The program's own reading opens files.
        EventKind::Access(_) => None,
        _ if !event.paths.is_empty() && event.paths.iter().all(hidden) => None,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(event.paths),
        _ => Some(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::disk::write::tests::Folder;

    const LONG: Duration = Duration::from_secs(30);

    fn following(folder: &Path) -> Changes {
        let mut changes = Changes::listening(false);
        let folder = fs::canonicalize(folder).expect("a folder");
        assert!(changes.follow(std::slice::from_ref(&folder), &BTreeSet::from([folder.clone()])));
        assert!(!changes.is_polling(), "this system tells of changes");
        changes
    }

    #[test]
    fn a_save_wakes_once_however_it_is_made() {
        let folder = Folder::new("changes");
        fs::write(folder.join("a.toml"), "old").expect("written");
        let mut changes = following(&folder);
        type Save = (&'static str, fn(&Path));
        let saves: [Save; 4] = [
            ("in place", |folder| fs::write(folder.join("a.toml"), "new").expect("written")),
            ("by rename", |folder| {
                fs::write(folder.join("a.toml.tmp"), "newer").expect("written");
                fs::rename(folder.join("a.toml.tmp"), folder.join("a.toml")).expect("renamed");
            }),
            ("a folder", |folder| fs::create_dir(folder.join("子")).expect("made")),
            ("removed", |folder| fs::remove_file(folder.join("a.toml")).expect("removed")),
        ];
        for (how, save) in saves {
            save(&folder);
            assert_eq!(changes.receive(LONG), Woken::Changed, "{how}");
            assert_eq!(changes.settle(), Woken::Changed, "{how}");
            assert_eq!(changes.receive(QUIET), Woken::Tick, "{how}: nothing is left over");
        }
    }

    #[test]
    fn what_editors_keep_beside_a_file_and_reading_wake_nobody() {
        let folder = Folder::new("hidden");
        fs::write(folder.join("a.toml"), "old").expect("written");
        let mut changes = following(&folder);
        for name in [".a.toml.swp", "~$a.toml", ".#a.toml", "#a.toml#"] {
            fs::write(folder.join(name), "half").expect("written");
        }
        fs::read(folder.join("a.toml")).expect("read");
        assert_eq!(changes.receive(Duration::from_millis(200)), Woken::Tick);
    }
}
