//! What the page shows, handed from the session to the server: a description of all charts, and their pictures.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::session::{Kept, Session, Told};
use crate::cli::report::{Card, cards};
use crate::cli::terminal::visible::visible;

/// The board: written by the session, read by every connection.
pub(super) struct Board {
    shown: Mutex<Shown>,
    changed: Condvar,
}

struct Shown {
    /// Counts what was put up, from 1.
    revision: u64,
    /// The description, as JSON.
    text: Arc<str>,
    /// The pictures by their paths. No request reaches a disk.
    pictures: BTreeMap<String, Arc<[u8]>>,
    /// Whether the program ends.
    is_over: bool,
}

/// What a reader of the board is told.
pub(super) enum News {
    /// A newer description, with its number.
    Text(u64, Arc<str>),
    /// Nothing new within the time.
    Nothing,
    /// The program ends.
    Over,
}

#[derive(Serialize)]
struct Description<'a> {
    charts: Vec<ChartShown<'a>>,
    faults: Vec<String>,
}

#[derive(Serialize)]
struct ChartShown<'a> {
    /// Its file, by which the page knows it again.
    file: &'a str,
    name: String,
    /// Paper, pages, type size.
    facts: String,
    /// Paths of the pages of its last good picture.
    pages: Vec<String>,
    /// Whether that is the picture of its present text.
    current: bool,
    /// When it was last made: a number that grows.
    made: u64,
    problems: Vec<Card>,
    more: Vec<String>,
    fault: Option<String>,
}

impl Board {
    /// An empty board.
    pub(super) fn new() -> Self {
        let shown = Shown { revision: 0, text: Arc::from("null"), pictures: BTreeMap::new(), is_over: false };
        Self { shown: Mutex::new(shown), changed: Condvar::new() }
    }

    /// Puts up what the session has, where that is something new.
    ///
    /// # Errors
    /// A fault of the program.
    pub(super) fn put_up(&self, session: &Session<'_>) -> anyhow::Result<()> {
        let mut pictures = BTreeMap::new();
        let charts = session.charts().map(|(file, kept)| describe(session, file, kept, &mut pictures)).collect();
        let faults = session.faults.iter().map(in_one).collect();
        let text = serde_json::to_string(&Description { charts, faults })?;
        let mut shown = self.lock();
        if *shown.text == *text {
            return Ok(());
        }
        shown.pictures = pictures;
        shown.text = text.into();
        shown.revision += 1;
        drop(shown);
        self.changed.notify_all();
        Ok(())
    }

    /// Tells every reader that the program ends.
    pub(super) fn close(&self) {
        self.lock().is_over = true;
        self.changed.notify_all();
    }

    /// Waits for something newer than `known`.
    pub(super) fn wait(&self, known: u64, time: Duration) -> News {
        let old = |shown: &mut Shown| shown.revision == known && !shown.is_over;
        let waited = self.changed.wait_timeout_while(self.lock(), time, old);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if shown.is_over {
            News::Over
        } else if shown.revision != known {
            News::Text(shown.revision, Arc::clone(&shown.text))
        } else {
            News::Nothing
        }
    }

    /// The picture of a path.
    pub(super) fn picture(&self, path: &str) -> Option<Arc<[u8]>> {
        self.lock().pictures.get(path).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        // Whole values are put in the place of whole values: a panic elsewhere leaves nothing half done.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn describe<'a>(
    session: &Session<'_>,
    file: &'a str,
    kept: &Kept,
    pictures: &mut BTreeMap<String, Arc<[u8]>>,
) -> ChartShown<'a> {
    let (problems, more) = cards(file, &kept.report, session.lang);
    let pages = kept.picture.iter().flat_map(|picture| &picture.pages).map(|page| {
        let path = path_of(page);
        pictures.insert(path.clone(), Arc::clone(page));
        path
    });
    let facts = kept.picture.as_ref().map(|picture| picture.facts.message().get(session.lang).to_owned());
    ChartShown {
        file,
        name: visible(&kept.name()),
        pages: pages.collect(),
        facts: facts.unwrap_or_default(),
        current: kept.is_current,
        made: kept.made,
        problems,
        more,
        fault: kept.fault.as_ref().map(in_one),
    }
}

/// The path of a picture: named by its content, so that what a browser has kept under it is never out of date.
fn path_of(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("/picture/{:016x}.svg", hasher.finish())
}

fn in_one((line, hint): &Told) -> String {
    hint.as_ref().map_or_else(|| line.clone(), |hint| format!("{line}（{hint}）"))
}
