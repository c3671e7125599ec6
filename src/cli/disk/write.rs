//! Posters to the disk: whole or not at all.
//!
//! A poster is written under a temporary name in its own folder and renamed over the old one, so that no reader and no
//! crash ever meets half a file, and a failure leaves the old poster as it was.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;

use crate::cli::disk::host::canonical;
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::visible::{visible, visible_path};

/// How temporary names begin: hidden, and nobody else's.
const PREFIX: &str = ".riskchart-";
/// How temporary names end.
const SUFFIX: &str = ".tmp";
/// A temporary file lives for milliseconds; one this old was left behind.
const STALE: Duration = Duration::from_secs(60);

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// There was none of its name.
    New,
    /// It held other bytes.
    Changed,
    /// It held these bytes already and was not touched.
    Same,
}

/// A file as it was left on the disk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    /// What became of it.
    pub(crate) written: Written,
    /// When it got its bytes, asked of the very file that was written or compared: another program may have put one of
    /// its own under the name since. `None` where it was not written or nothing tells.
    pub(crate) modified: Option<SystemTime>,
}

/// A folder that posters are written below.
#[derive(Debug)]
pub(crate) struct Output {
    root: PathBuf,
    /// Whether files are compared alone.
    dry: bool,
    /// Folders known to exist and to lie below the root.
    ready: Mutex<BTreeSet<PathBuf>>,
}

impl Output {
    /// A folder to write below; it is made when the first poster is written.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), dry: false, ready: Mutex::default() }
    }

    /// A folder to compare with what would be written.
    pub(crate) fn dry(root: &Path) -> Self {
        Self { dry: true, ..Self::new(root) }
    }

    /// Writes a file of this name into a folder below the root, unless it is there with these bytes.
    ///
    /// # Errors
    /// The disk refuses; the file is then as it was.
    pub(crate) fn write(&self, folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<Left> {
        // Joining nothing would add a slash.
        let folder = if folder == Path::new("") { self.root.clone() } else { self.root.join(folder) };
        let path = folder.join(name);
        if self.dry {
            return Ok(compared(&path, bytes));
        }
        self.make_ready(&folder)?;
        replace(&path, bytes).map_err(|error| {
            let shown = shown(&path);
            let message = message!("不能写入 {shown}" | "can't write {shown}").hint_if(held_open(&path, &error));
            anyhow::Error::new(error).context(message)
        })
    }

    fn make_ready(&self, folder: &Path) -> anyhow::Result<()> {
        // A panic elsewhere leaves the set whole: it only ever grows by whole entries.
        let mut ready = self.ready.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if ready.contains(folder) {
            return Ok(());
        }
        let shown = shown(folder);
        fs::create_dir_all(folder)
            .with_context(|| message!("不能建立文件夹 {shown}" | "can't make the folder {shown}"))?;
        let inside = canonical(folder)?.starts_with(canonical(&self.root)?);
        if !inside {
            return Err(message!(
                "{shown} 是通向输出文件夹以外的链接，没有写入"
                    | "{shown} is a link that leads out of the output folder; nothing was written there"
            )
            .fault());
        }
        sweep(folder);
        ready.insert(folder.to_owned());
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    visible_path(path)
}

/// What would become of a file that is to hold these bytes.
fn compared(path: &Path, bytes: &[u8]) -> Left {
    if let Some(modified) = holds(path, bytes) {
        return Left { written: Written::Same, modified };
    }
    let written = if path.symlink_metadata().is_ok() { Written::Changed } else { Written::New };
    Left { written, modified: None }
}

/// Puts these bytes under this name.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<Left> {
    let left = compared(path, bytes);
    if left.written == Written::Same {
        return Ok(left);
    }
    // Renaming would replace it all the same; who marked it so meant it to stay.
    if is_read_only(path) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    // Another run may sweep the temporary file away between writing and renaming; then it is written again.
    let mut tries = 3;
    loop {
        tries -= 1;
        let (temporary, modified) = Temporary::write(path, bytes, false)?;
        match temporary.rename(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && tries > 0 => {}
            renamed => return renamed.map(|()| Left { modified, ..left }),
        }
    }
}

/// Puts these bytes in the place of a file of the user's own, which keeps its permissions. They are on the disk before the
/// old ones go: a power cut loses neither.
///
/// # Errors
/// The disk refuses; the file is then as it was.
pub(crate) fn rewrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let (temporary, _) = Temporary::write(path, bytes, true)?;
    fs::set_permissions(&temporary.path, permissions)?;
    temporary.rename(path)
}

/// What to do where a viewer or an editor holds the file open, or somebody made it read-only.
pub(crate) fn held_open(path: &Path, error: &io::Error) -> Option<Message> {
    let name = visible(&path.file_name().unwrap_or_default().to_string_lossy());
    match error.kind() {
        ErrorKind::ResourceBusy => Some(message!(
            "请先关闭正在打开的 {name}；原来的文件没有动"
                | "please close {name}, which is open elsewhere; the old file is untouched"
        )),
        ErrorKind::PermissionDenied if is_read_only(path) => Some(message!(
            "{name} 是只读的；要换新的，请先去掉它的只读"
                | "{name} is read-only; to have it replaced, make it writable"
        )),
        _ => None,
    }
}

/// Whether a file is there and marked so that nobody changes it.
fn is_read_only(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|kind| kind.is_file() && kind.permissions().readonly())
}

/// Whether another program holds a file open, where the system refuses to put a new one in its place though the folder
/// took that one: Windows says 5, access denied, or 32, sharing violation, and 5 of files that are read-only too.
fn is_held(target: &Path, error: &io::Error) -> bool {
    let is_ours = || fs::metadata(target).is_ok_and(|kind| kind.is_file() && !kind.permissions().readonly());
    matches!(error.raw_os_error(), Some(5 | 32)) && is_ours()
}

/// Whether the file holds these bytes already: since when, where that is known.
fn holds(path: &Path, bytes: &[u8]) -> Option<Option<SystemTime>> {
    fs::symlink_metadata(path).ok().filter(|kind| kind.is_file() && kind.len() == bytes.len() as u64)?;
    let mut file = File::open(path).ok()?;
    let modified = file.metadata().and_then(|kind| kind.modified()).ok();
    let mut old = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut old).ok().filter(|_| old == bytes)?;
    Some(modified)
}

/// A file under a temporary name; removed unless it is renamed.
struct Temporary {
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    /// Writes the bytes, down to the disk itself where that is asked for; and when they were written.
    fn write(target: &Path, bytes: &[u8], to_disk: bool) -> io::Result<(Self, Option<SystemTime>)> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}-{number}{SUFFIX}", std::process::id());
        let temporary = Self { path: target.with_file_name(name), renamed: false };
        let mut file = create(&temporary.path)?;
        file.write_all(bytes)?;
        file.flush()?;
        if to_disk {
            file.sync_all()?;
        }
        let modified = file.metadata().and_then(|kind| kind.modified()).ok();
        Ok((temporary, modified))
    }

    fn rename(mut self, target: &Path) -> io::Result<()> {
        // A virus scanner or preview holds files open for moments; a viewer holds them for good.
        let attempts = if cfg!(windows) { 10 } else { 1 };
        let renamed = retry(attempts, Duration::from_millis(100), || fs::rename(&self.path, target));
        self.renamed = renamed.is_ok();
        match renamed {
            Err(error) if cfg!(windows) && is_held(target, &error) => Err(ErrorKind::ResourceBusy.into()),
            renamed => renamed,
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            // What can't be removed now is swept by the next run.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes a file that everybody may read, as far as the umask lets them.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    options.open(path)
}

/// Writes a new file of the user's own, down to the disk itself and never over an old one.
///
/// # Errors
/// It exists, or the disk refuses.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.sync_all()
}

/// A text with the line ends that editors of the system know: Notepad before Windows 10 of 2018 shows a text without CR
/// as one line.
pub(crate) fn with_line_ends(text: &str, windows: bool) -> String {
    if windows { text.replace('\n', "\r\n") } else { text.to_owned() }
}

fn retry(attempts: u32, pause: Duration, mut action: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for _ in 1..attempts {
        match action() {
            Err(error) if error.kind() == ErrorKind::PermissionDenied || error.raw_os_error() == Some(32) => {
                std::thread::sleep(pause);
            }
            done => return done,
        }
    }
    action()
}

/// Removes temporary files that a killed run left in a folder.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().and_then(process_of).is_some_and(|process| is_left_behind(&entry, process)) {
            // One that can't be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process that a temporary name belongs to.
fn process_of(name: &str) -> Option<u32> {
    let (process, _) = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    process.parse().ok()
}

fn is_left_behind(entry: &fs::DirEntry, process: u32) -> bool {
    if process == std::process::id() {
        return false;
    }
    let processes = Path::new("/proc");
    let gone = processes.join("self").exists() && !processes.join(process.to_string()).exists();
    let age = entry.metadata().and_then(|kind| kind.modified()).ok().and_then(|time| time.elapsed().ok());
    gone || age.is_some_and(|age| age > STALE)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A folder of its own for a test, removed afterwards.
    pub(crate) struct Folder(PathBuf);

    impl Folder {
        pub(crate) fn new(name: &str) -> Self {
            static COUNTER: AtomicU64 = AtomicU64::new(0);
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("riskchart-test-{}-{name}-{number}", std::process::id()));
            fs::create_dir_all(&path).expect("a temporary folder");
            Self(path)
        }
    }

    impl std::ops::Deref for Folder {
        type Target = Path;
        fn deref(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("readable").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_replaced_and_equal_ones_left_alone() {
        let folder = Folder::new("write");
        let output = Output::new(&folder.join("out"));
        let write = |bytes: &[u8]| output.write(Path::new("sub"), "图.svg", bytes).expect("written").written;
        assert_eq!(write(b"one"), Written::New);
        let path = folder.join("out/sub/图.svg");
        let first = fs::metadata(&path).and_then(|kind| kind.modified()).expect("metadata");
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!(write(b"one"), Written::Same);
        assert_eq!(fs::metadata(&path).and_then(|kind| kind.modified()).expect("metadata"), first);
        assert_eq!(write(b"two"), Written::Changed);
        assert_eq!(fs::read(&path).expect("readable"), b"two");
        assert_eq!(names(&folder.join("out/sub")), ["图.svg"], "no temporary file is left");
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = Folder::new("failure");
        fs::create_dir_all(folder.join("out/图.svg/full")).expect("a folder in the way");
        let fault = Output::new(&folder.join("out")).write(Path::new(""), "图.svg", b"x").expect_err("in the way");
        assert!(crate::cli::terminal::message::tell(&fault, riskchart::diag::Lang::Zh).0.contains("图.svg"));
        assert_eq!(names(&folder.join("out")), ["图.svg"]);
        assert!(folder.join("out/图.svg/full").is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn posters_are_for_everybody_and_links_lead_nowhere() {
        use std::os::unix::fs::{MetadataExt as _, symlink};
        let folder = Folder::new("unix");
        fs::create_dir_all(folder.join("out")).expect("made");
        fs::create_dir_all(folder.join("elsewhere")).expect("made");
        fs::write(folder.join("elsewhere/target"), "old").expect("written");
        symlink("../elsewhere", folder.join("out/sub")).expect("linked");
        symlink("../elsewhere/target", folder.join("out/图.svg")).expect("linked");
        let output = Output::new(&folder.join("out"));
        assert!(output.write(Path::new("sub"), "a.svg", b"x").is_err());
        assert_eq!(output.write(Path::new(""), "图.svg", b"x").expect("written").written, Written::Changed);
        assert_eq!(fs::read(folder.join("elsewhere/target")).expect("readable"), b"old");
        // The umask of whoever runs the tests may take away more, never less.
        let mode = fs::metadata(folder.join("out/图.svg")).expect("there").mode() & 0o777;
        assert_eq!(mode & !0o644, 0);
        assert_eq!(mode & 0o600, 0o600);
    }

    #[test]
    fn leftovers_of_dead_runs_are_swept_and_nothing_else() {
        let folder = Folder::new("sweep");
        let own = format!("{PREFIX}{}-999{SUFFIX}", std::process::id());
        let dead = format!("{PREFIX}4294967295-0{SUFFIX}");
        for name in [own.as_str(), dead.as_str(), "poster.tmp", ".riskchart-x.tmp"] {
            fs::write(folder.join(name), "half").expect("written");
        }
        let old = SystemTime::now() - STALE * 2;
        File::options().write(true).open(folder.join(&dead)).and_then(|file| file.set_modified(old)).expect("aged");
        sweep(&folder);
        assert_eq!(names(&folder), [own.as_str(), ".riskchart-x.tmp", "poster.tmp"]);
    }

    #[test]
    fn what_is_held_open_is_told_from_what_is_read_only() {
        let folder = Folder::new("held");
        let file = folder.join("许可.pdf");
        fs::write(&file, "old").expect("written");
        let (denied, shared, full) = [5, 32, 28].map(io::Error::from_raw_os_error).into();
        assert!(is_held(&file, &denied) && is_held(&file, &shared) && !is_held(&file, &full));
        assert!(!is_held(&folder.join("none.pdf"), &denied) && !is_held(&folder, &denied));
        let mut read_only = fs::metadata(&file).expect("there").permissions();
        read_only.set_readonly(true);
        fs::set_permissions(&file, read_only).expect("set");
        assert!(!is_held(&file, &denied));
        let hint = held_open(&file, &ErrorKind::ResourceBusy.into()).expect("a hint");
        assert_eq!(hint.get(riskchart::diag::Lang::Zh), "请先关闭正在打开的 许可.pdf；原来的文件没有动");
        let hint = held_open(&file, &ErrorKind::PermissionDenied.into()).expect("a hint");
        assert!(hint.get(riskchart::diag::Lang::Zh).starts_with("许可.pdf 是只读的"));
        assert_eq!(held_open(&folder.join("none.pdf"), &ErrorKind::PermissionDenied.into()), None);
        assert!(replace(&file, b"new").is_err(), "a read-only poster is not replaced");
        assert_eq!(fs::read(&file).expect("there"), b"old");
        assert!(replace(&file, b"old").is_ok(), "nothing is to be done");
    }

    #[test]
    fn lines_end_as_the_system_has_it() {
        assert_eq!(with_line_ends("a\nb\n", true), "a\r\nb\r\n");
        assert_eq!(with_line_ends("a\nb\n", false), "a\nb\n");
    }

    #[test]
    fn what_is_held_for_a_moment_is_tried_again() {
        let mut left = 3;
        let held = || {
            left -= 1;
            if left == 0 { Ok(()) } else { Err(ErrorKind::PermissionDenied.into()) }
        };
        assert!(retry(5, Duration::ZERO, held).is_ok());
        assert!(retry(2, Duration::ZERO, || Err(ErrorKind::PermissionDenied.into())).is_err());
        let mut tries = 0;
        let full = || {
            tries += 1;
            Err(ErrorKind::StorageFull.into())
        };
        assert!(retry(5, Duration::ZERO, full).is_err());
        assert_eq!(tries, 1, "a full disk is not waited for");
    }
}
