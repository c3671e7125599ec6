//! The disk, as the library may read it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf, Prefix};

use riskchart::color::press::LARGEST;
use riskchart::{Host, ReadFault};

use crate::cli::terminal::message::{cause, message};

/// The most that is read of any file: a byte above the largest that the library takes, a press's profile, so that it sees
/// the excess.
const MOST: u64 = LARGEST as u64 + 1;

/// Files of a disk: the charts and project files that were found, and whatever stands below their folders.
#[derive(Debug, Default)]
pub(crate) struct DiskHost {
    /// Charts and project files by the names that are shown.
    files: BTreeMap<String, Source>,
    /// Canonical folders; what a chart names, e.g. a logo, must lie below one of them, links resolved.
    roots: Vec<PathBuf>,
}

#[derive(Debug)]
enum Source {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl DiskHost {
    /// Makes a file known under the name that is shown.
    pub(crate) fn add_file(&mut self, shown: &str, path: &Path) {
        self.files.insert(shown.to_owned(), Source::File(path.to_owned()));
    }

    /// Makes bytes known under a name, e.g. those of standard input.
    pub(crate) fn add_bytes(&mut self, shown: &str, bytes: Vec<u8>) {
        self.files.insert(shown.to_owned(), Source::Bytes(bytes));
    }

    /// Allows what lies below a canonical folder.
    pub(crate) fn add_root(&mut self, folder: &Path) {
        if !self.roots.iter().any(|root| root == folder) {
            self.roots.push(folder.to_owned());
        }
    }

    /// Where a chart or project file is; `None` for what isn't one, or comes from standard input.
    pub(crate) fn path(&self, shown: &str) -> Option<&Path> {
        match self.files.get(shown) {
            Some(Source::File(path)) => Some(path),
            _ => None,
        }
    }

    /// Where the file of a name is, or would be: a chart, a project file, or what a chart names.
    pub(crate) fn place(&self, shown: &str) -> PathBuf {
        self.path(shown).map_or_else(|| PathBuf::from(shown), Path::to_owned)
    }

    fn below_a_root(&self, path: &str) -> Result<PathBuf, ReadFault> {
        let found = canonical(Path::new(path)).map_err(|error| cause(&error))?;
        if self.roots.iter().any(|root| found.starts_with(root)) {
            return Ok(found);
        }
        let outside =
            message!("文件在图的文件夹以外，不能读取" | "the file lies outside the charts' folder and is not read");
        Err(outside.into())
    }
}

impl Host for DiskHost {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        let found = match self.files.get(path) {
            Some(Source::Bytes(bytes)) => return Ok(bytes.clone()),
            Some(Source::File(file)) => file.clone(),
            None => self.below_a_root(path)?,
        };
        read_limited(&found)
    }
}

/// The bytes of a plain file, not more than [`MOST`]. Devices and pipes, which may never end, are not opened.
fn read_limited(path: &Path) -> Result<Vec<u8>, ReadFault> {
    let kind = fs::metadata(path).map_err(|error| cause(&error))?;
    if kind.is_dir() {
        return Err(cause(&io::ErrorKind::IsADirectory.into()).into());
    }
    if !kind.is_file() {
        return Err(message!("不是普通文件" | "it is no plain file").into());
    }
    let mut bytes = Vec::with_capacity(kind.len().min(MOST) as usize);
    let read = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    read.map_err(|error| cause(&error))?;
    Ok(bytes)
}

/// The canonical path of what is there. Drives that some programs make for Windows, in memory or encrypted, can't tell it:
/// there, where no link leads anywhere, the absolute path does, spelt as canonical ones are.
///
/// # Errors
/// There is nothing of that name.
pub(crate) fn canonical(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if cfg!(windows) && path.exists() => std::path::absolute(path).map(verbatim).map_err(|_| error),
        found => found,
    }
}

/// An absolute path of a drive with the prefix of verbatim paths.
fn verbatim(path: PathBuf) -> PathBuf {
    let on_drive =
        matches!(path.components().next(), Some(Component::Prefix(first)) if matches!(first.kind(), Prefix::Disk(_)));
    let mut verbatim = OsString::from(if on_drive { r"\\?\" } else { "" });
    verbatim.push(path);
    verbatim.into()
}

/// Standard input, not more than [`MOST`].
///
/// # Errors
/// It can't be read.
pub(crate) fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::disk::write::tests::Folder;

    #[test]
    fn what_charts_name_is_read_below_their_folder_alone() {
        let folder = Folder::new("host");
        fs::create_dir_all(folder.join("charts/sub")).unwrap();
        fs::write(folder.join("charts/sub/logo.svg"), "inside").unwrap();
        fs::write(folder.join("secret"), "outside").unwrap();
        let mut host = DiskHost::default();
        host.add_root(&fs::canonicalize(folder.join("charts")).unwrap());
        let read = |name: &str| host.read(folder.join(name).to_str().unwrap());
        assert_eq!(read("charts/sub/logo.svg").unwrap(), b"inside");
        assert_eq!(read("charts/sub/../sub/logo.svg").unwrap(), b"inside");
        assert!(read("charts/../secret").unwrap_err().zh.contains("以外"));
        assert!(read("charts/none").unwrap_err().zh.contains("没有"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret", folder.join("charts/link")).unwrap();
            assert!(read("charts/link").unwrap_err().zh.contains("以外"));
        }
    }

    #[test]
    fn no_more_is_read_than_the_library_takes() {
        let folder = Folder::new("large");
        fs::write(folder.join("large.toml"), vec![b'#'; 17 << 20]).unwrap();
        let mut host = DiskHost::default();
        host.add_file("large.toml", &folder.join("large.toml"));
        assert_eq!(host.read("large.toml").unwrap().len() as u64, MOST);
        host.add_file("folder", &folder.join("."));
        assert!(host.read("folder").is_err());
        #[cfg(unix)]
        {
            host.add_file("device", Path::new("/dev/zero"));
            assert!(host.read("device").unwrap_err().zh.contains("普通文件"));
        }
    }
}
