//! What a picture was made of: the files that were read for it, and what they held.
//!
//! A chart is due when one of them holds something else. So it doesn't matter what woke the program, how often, or what
//! an editor does to a file on its way: bytes alone count.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::{Mutex, PoisonError};

use riskchart::{Host, ReadFault};
use serde::{Deserialize, Serialize};

use super::host::DiskHost;

/// What something held, e.g. the bytes of a file or why it could not be read, as a number. It is the same in every run of
/// one program, not of another.
pub(crate) type ContentHash = u64;

/// A host that notes what is read through it.
pub(crate) struct Recorder<'a> {
    host: &'a DiskHost,
    reads: Mutex<BTreeMap<String, ContentHash>>,
}

impl<'a> Recorder<'a> {
    /// A host that has noted nothing yet.
    pub(crate) fn new(host: &'a DiskHost) -> Self {
        Self { host, reads: Mutex::default() }
    }

    /// What was read.
    pub(crate) fn seen(self) -> Inputs {
        Inputs(self.reads.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// What was read so far.
    pub(crate) fn inputs_so_far(&self) -> Inputs {
        Inputs(self.reads.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Whether another reading that came across these files came across the same: all that was read through here is
    /// among them, and they hold what they held.
    pub(crate) fn finds(&self, seen: &Inputs) -> bool {
        let here = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        here.keys().all(|name| seen.0.contains_key(name))
            && seen.0.iter().all(|(name, old)| match here.get(name) {
                Some(new) => new == old,
                None => content_hash(&self.host.read(name)) == *old,
            })
    }
}

impl Host for Recorder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        let read = self.host.read(path);
        // The first reading counts: what comes later may be newer than what the picture began with.
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        reads.entry(path.to_owned()).or_insert_with(|| content_hash(&read));
        read
    }
}

/// Files by the names they are read under, each with what it held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Inputs(BTreeMap<String, ContentHash>);

impl Inputs {
    /// Whether a file held, when it was read, what a reading has now found.
    pub(crate) fn hold(&self, name: &str, read: &Result<Vec<u8>, ReadFault>) -> bool {
        self.0.get(name) == Some(&content_hash(read))
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// One look at the disk, which reads each file once however many charts are made of it.
pub(crate) struct Glance<'a> {
    host: &'a DiskHost,
    hashes: BTreeMap<String, ContentHash>,
}

impl<'a> Glance<'a> {
    /// A look through this host.
    pub(crate) fn new(host: &'a DiskHost) -> Self {
        Self { host, hashes: BTreeMap::new() }
    }

    /// Whether all files still hold what was seen.
    pub(crate) fn finds(&mut self, seen: &Inputs) -> bool {
        seen.0.iter().all(|(name, old)| match self.hashes.get(name) {
            Some(new) => new == old,
            None => {
                let new = content_hash(&self.host.read(name));
                self.hashes.insert(name.clone(), new);
                new == *old
            }
        })
    }
}

/// The hash of something.
pub(crate) fn content_hash(of: &impl Hash) -> ContentHash {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::disk::write::tests::Folder;

    #[test]
    fn bytes_alone_count() {
        let folder = Folder::new("seen");
        let (file, missing) = (folder.join("a.toml"), folder.join("logo.svg"));
        fs::write(&file, "one").expect("written");
        let mut host = DiskHost::default();
        host.add_root(&fs::canonicalize(&*folder).expect("a folder"));
        let recorder = Recorder::new(&host);
        for path in [&file, &missing] {
            let _ = recorder.read(&path.to_string_lossy());
        }
        let seen = recorder.seen();
        let same = || Glance::new(&host).finds(&seen);
        assert_eq!(seen.names().count(), 2);
        assert!(same());
        fs::write(&file, "one").expect("written");
        assert!(same(), "written again with the same bytes");
        fs::write(&file, "two").expect("written");
        assert!(!same());
        fs::write(&file, "one").expect("written");
        fs::write(&missing, "<svg/>").expect("written");
        assert!(!same(), "a logo that was missing is there");
    }
}
