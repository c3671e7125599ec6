//! Project files: which one holds for a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::disk::host::canonical;
use crate::cli::terminal::visible::visible_path;

/// The name of a project file.
pub(crate) const PROJECT_FILE: &str = "riskchart.toml";

/// A project file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Project {
    /// Its name as shown.
    pub(crate) shown: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its folder, canonical.
    pub(crate) folder: PathBuf,
}

/// Finds the project files of folders, each folder once.
#[derive(Debug, Default)]
pub(crate) struct Projects {
    known: BTreeMap<PathBuf, Option<Project>>,
}

impl Projects {
    /// The project file of a canonical folder: its own, or that of the nearest folder above.
    pub(crate) fn of(&mut self, folder: &Path) -> Option<Project> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let path = folder.join(PROJECT_FILE);
        let found = if path.is_file() {
            Some(Project { shown: shown(&path), path, folder: folder.to_owned() })
        } else {
            folder.parent().and_then(|parent| self.of(parent))
        };
        self.known.insert(folder.to_owned(), found.clone());
        found
    }
}

/// A canonical path as the user would write it: from the current folder where it lies below it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| canonical(&here)).ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    visible_path(below.as_deref().unwrap_or(path))
}
