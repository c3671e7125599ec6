//! Documents of older and other programs, turned into those that can be read by LibreOffice where it is installed. It
//! runs with a profile and a folder of its own, so that it touches no open window and no setting of the user's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Extensions of documents that are converted, and what into.
const KINDS: &[(&str, &str)] =
    &[("doc", "docx"), ("wps", "docx"), ("odt", "docx"), ("rtf", "docx"), ("et", "xlsx"), ("ods", "xlsx")];
/// Where LibreOffice is: by its name, or where its installers put it.
const PROGRAMS: &[&str] = &[
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
];
/// How long a conversion may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked whether it has ended.
const PAUSE: Duration = Duration::from_millis(50);

/// The document in a form that can be read; `None` where its extension is no such one, LibreOffice is not there, or it
/// can't read the document either.
pub(crate) fn converted(file: &Path, bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let extension = file.extension()?.to_str()?.to_ascii_lowercase();
    let (from, to) = KINDS.iter().find(|(from, _)| *from == extension)?;
    let folder = Folder::new()?;
    // Under a name of its own: that of the document may hold anything.
    let source = folder.0.join(format!("document.{from}"));
    fs::write(&source, bytes).ok()?;
    let mut child = PROGRAMS.iter().find_map(|program| start(program, &folder.0, &source, to))?;
    if !ends_well(&mut child) {
        return None;
    }
    let made = folder.0.join("out").join(format!("document.{to}"));
    (fs::metadata(&made).ok()?.len() <= limit).then(|| fs::read(&made).ok()).flatten()
}

fn start(program: &str, folder: &Path, source: &Path, to: &str) -> Option<Child> {
    let profile = folder.join("profile").to_string_lossy().replace('\\', "/");
    let profile = format!("-env:UserInstallation=file:///{}", profile.trim_start_matches('/'));
    let mut command = Command::new(program);
    command.arg(profile).args(["--headless", "--norestore", "--convert-to", to, "--outdir"]);
    command.arg(folder.join("out")).arg(source).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
}

/// Waits for the end; a conversion that takes too long is ended.
fn ends_well(child: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(PAUSE),
            Err(_) => break,
        }
    }
    // Whether it could be ended or not, its document is not used.
    if child.kill().is_ok() {
        drop(child.wait());
    }
    false
}

/// A new folder for one conversion, removed with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Option<Self> {
        const TRIES: usize = 100;
        let base = std::env::temp_dir();
        let path = |number| base.join(format!("riskchart-{}-{number}", std::process::id()));
        (0..TRIES).map(path).find(|path| fs::create_dir(path).is_ok()).map(Self)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
