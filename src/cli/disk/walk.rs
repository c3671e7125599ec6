//! Paths to charts: files and folders as typed become a list of charts in a fixed order.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use riskchart::Entry;

use super::host::{DiskHost, canonical, read_stdin};
use super::names::{clashes, clean};
use super::near;
use super::project::{PROJECT_FILE, Projects};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible_path;

/// The path that means standard input.
pub(crate) const STDIN: &str = "-";
/// How the chart of standard input is called.
pub(crate) const STDIN_SHOWN: &str = "<stdin>";
/// How deep folders may lie in each other.
const DEEPEST: usize = 64;

/// A chart to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    /// Its file and project file, as shown.
    pub(crate) entry: Entry,
    /// The folder of its poster, below the output folder; every part is a clean name.
    pub(crate) folder: PathBuf,
    /// The name of its poster, without extension.
    pub(crate) stem: String,
    /// The number of the path typed that it was found at.
    given: usize,
}

/// A part of the charts, for several machines that build a folder together: those of every `of`-th, from `number`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    pub(crate) number: usize,
    pub(crate) of: usize,
}

impl Shard {
    /// Whether the chart of this index is one of the part.
    pub(crate) fn has(self, index: usize) -> bool {
        index % self.of == self.number - 1
    }
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The charts: paths in the order typed, folders sorted by name.
    pub(crate) charts: Vec<Chart>,
    /// Through which they can be read.
    pub(crate) host: DiskHost,
    /// Canonical folders that were looked through with all that lies below them.
    pub(crate) folders: Vec<PathBuf>,
    /// Canonical folders whose files were listed, or hold a file that was named.
    pub(crate) listed: BTreeSet<PathBuf>,
    /// What could not be looked into.
    pub(crate) faults: Vec<anyhow::Error>,
    /// Whether the one chart comes from standard input.
    pub(crate) stdin: bool,
}

impl Found {
    /// The charts, or those of a shard.
    pub(crate) fn part(&self, shard: Option<Shard>) -> Vec<&Chart> {
        let charts = self.charts.iter().enumerate();
        charts.filter(|(at, _)| shard.is_none_or(|shard| shard.has(*at))).map(|(_, chart)| chart).collect()
    }

    /// Whether a file lies in a folder that was looked through.
    pub(crate) fn is_in_folder(&self, shown: &str) -> bool {
        let folder = self.host.path(shown).and_then(|path| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            canonical(parent.unwrap_or(Path::new("."))).ok()
        });
        folder.is_some_and(|folder| self.folders.iter().any(|root| folder.starts_with(root)))
    }
}

/// Finds the charts of these paths.
///
/// # Errors
/// Standard input is asked for together with something else, or can't be read.
pub(crate) fn find(paths: &[PathBuf]) -> anyhow::Result<Found> {
    let mut walk = Walk {
        found: Found {
            charts: Vec::new(),
            host: DiskHost::default(),
            folders: Vec::new(),
            listed: BTreeSet::new(),
            faults: Vec::new(),
            stdin: false,
        },
        projects: Projects::default(),
        seen: BTreeSet::new(),
        roots: Vec::new(),
        met: 0,
    };
    let standard = [PathBuf::from(if Path::new("charts").is_dir() { "charts" } else { "." })];
    let paths = if paths.is_empty() { &standard } else { paths };
    if paths.iter().any(|path| path == Path::new(STDIN)) {
        if paths.len() > 1 {
            let message = message!("“-”（标准输入）不能和别的路径一起给" | "`-` (standard input) stands alone");
            return Err(message.fault());
        }
        walk.stdin()?;
    } else {
        paths.iter().for_each(|path| walk.path(path));
    }
    walk.tell_folders_apart();
    Ok(walk.found)
}

struct Walk {
    found: Found,
    projects: Projects,
    /// Files that were found already, by canonical folder and name.
    seen: BTreeSet<PathBuf>,
    /// For each path typed, the folder that it is, or that its file stands in.
    roots: Vec<PathBuf>,
    /// How many charts were met, those seen before included.
    met: usize,
}

impl Walk {
    fn stdin(&mut self) -> anyhow::Result<()> {
        let bytes = read_stdin().with_context(|| message!("不能读取标准输入" | "can't read standard input"))?;
        let here = canonical(Path::new("."))
            .with_context(|| message!("不能读取当前文件夹" | "can't read the current folder"))?;
        self.found.host.add_bytes(STDIN_SHOWN, bytes);
        self.found.host.add_root(&here);
        self.found.stdin = true;
        self.add(STDIN_SHOWN.to_owned(), "stdin", &here, Path::new(""));
        Ok(())
    }

    fn path(&mut self, path: &Path) {
        if let Err(fault) = self.try_path(path) {
            self.found.faults.push(fault);
        }
    }

    fn try_path(&mut self, path: &Path) -> anyhow::Result<()> {
        let shown = shown(path);
        let unreadable = || message!("不能读取 {shown}" | "can't read {shown}");
        let kind = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let told = message!("没有这个文件或文件夹：{shown}" | "no such file or folder: {shown}");
                return Err(told.hint_if(near::meant(path)).fault());
            }
            kind => kind.with_context(unreadable)?,
        };
        if kind.is_dir() {
            let root = canonical(path).with_context(unreadable)?;
            self.found.host.add_root(&root);
            self.found.folders.push(root.clone());
            self.roots.push(root.clone());
            let before = (self.met, self.found.faults.len());
            self.folder(path, &root, &root, Path::new(""), 0);
            if before == (self.met, self.found.faults.len()) {
                return Err(no_charts(path, &shown));
            }
            return Ok(());
        }
        if !kind.is_file() {
            return Err(message!("{shown} 不是普通文件" | "{shown} is not a plain file").fault());
        }
        if is_project(path.file_name().unwrap_or_default()) {
            return Err(message!("{shown} 是项目文件，不是图" | "{shown} is a project file, not a chart")
                .hint(message!("请给出它所在的文件夹" | "give the folder it stands in"))
                .fault());
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = canonical(parent).with_context(unreadable)?;
        self.found.host.add_root(&folder);
        self.found.listed.insert(folder.clone());
        self.roots.push(folder.clone());
        self.file(path, &folder, Path::new(""));
        Ok(())
    }

    /// Walks a folder: its files by name, then its folders by name.
    fn folder(&mut self, path: &Path, canonical: &Path, root: &Path, out: &Path, depth: usize) {
        let shown = shown(path);
        if depth > DEEPEST {
            let message = message!("文件夹套得太深：{shown}" | "folders lie too deep in each other: {shown}");
            return self.found.faults.push(message.fault());
        }
        self.found.listed.insert(canonical.to_owned());
        let read = fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut entries = match read {
            Ok(entries) => entries,
            Err(error) => {
                let message = message!("不能读取文件夹 {shown}" | "can't read the folder {shown}");
                return self.found.faults.push(anyhow::Error::new(error).context(message));
            }
        };
        entries.retain(|entry| !is_hidden(&entry.file_name()));
        entries.sort_by_key(fs::DirEntry::file_name);
        let (folders, files): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.path().is_dir());
        for entry in files {
            if is_chart(&entry.file_name()) && self.is_below(entry, root) {
                self.file(&path.join(entry.file_name()), canonical, out);
            }
        }
        for entry in folders {
            // What a link to a folder inside the root leads to is met on its own way.
            let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if self.is_below(entry, root) && !linked {
                let name = entry.file_name();
                let out = out.join(clean(&name.to_string_lossy()));
                self.folder(&path.join(&name), &canonical.join(&name), root, &out, depth + 1);
            }
        }
    }

    /// Whether an entry, links resolved, lies below the root; a fault is noted where it does not.
    fn is_below(&mut self, entry: &fs::DirEntry, root: &Path) -> bool {
        if entry.file_type().is_ok_and(|kind| !kind.is_symlink()) {
            return true;
        }
        let shown = shown(&entry.path());
        let message = match canonical(&entry.path()) {
            Ok(target) if target.starts_with(root) => return true,
            Ok(_) => message!(
                "{shown} 是通向文件夹以外的链接，没有读取"
                    | "{shown} is a link that leads out of the folder; it was not read"
            ),
            Err(_) => message!("{shown} 是断了的链接" | "{shown} is a broken link"),
        };
        self.found.faults.push(message.fault());
        false
    }

    fn file(&mut self, path: &Path, folder: &Path, out: &Path) {
        self.met += 1;
        let name = path.file_name().unwrap_or_default();
        if self.seen.insert(folder.join(name)) {
            let shown = shown(path);
            self.found.host.add_file(&shown, path);
            let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            self.add(shown, &stem, folder, out);
        }
    }

    fn add(&mut self, shown: String, stem: &str, folder: &Path, out: &Path) {
        let project = self.projects.of(folder);
        if let Some(project) = &project {
            self.found.host.add_file(&project.shown, &project.path);
            self.found.host.add_root(&project.folder);
        }
        self.found.charts.push(Chart {
            entry: Entry { chart: shown, project: project.map(|project| project.shown) },
            folder: out.to_owned(),
            stem: clean(stem),
            given: self.roots.len(),
        });
    }

    /// Where charts of several paths would have posters of one name, the posters of each path go to a folder of its name:
    /// as much of it as tells the paths apart.
    fn tell_folders_apart(&mut self) {
        let charts = &mut self.found.charts;
        let names: Vec<_> = charts.iter().map(|chart| (chart.folder.as_path(), chart.stem.as_str())).collect();
        let clashing = clashes(&names).into_iter().enumerate().filter_map(|(at, other)| Some((at, other?)));
        if clashing.into_iter().all(|(at, other)| charts[at].given == charts[other].given) {
            return;
        }
        let roots: BTreeSet<&PathBuf> = self.roots.iter().collect();
        let deepest = roots.iter().map(|root| root.components().count()).max().unwrap_or_default();
        let enough = (1..=deepest).find(|parts| {
            let ends: BTreeSet<PathBuf> = roots.iter().map(|root| end(root, *parts)).collect();
            ends.len() == roots.len()
        });
        for chart in charts.iter_mut() {
            // Paths are numbered from 1, by how many there were when the chart was found.
            let root = chart.given.checked_sub(1).and_then(|at| self.roots.get(at));
            if let (Some(root), Some(parts)) = (root, enough) {
                let below = end(root, parts);
                chart.folder = if chart.folder == Path::new("") { below } else { below.join(&chart.folder) };
            }
        }
    }
}

/// The last parts of a path, as clean names.
fn end(path: &Path, parts: usize) -> PathBuf {
    let names: Vec<String> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| clean(&part.as_os_str().to_string_lossy()))
        .collect();
    names[names.len().saturating_sub(parts)..].iter().collect()
}

fn no_charts(path: &Path, shown: &str) -> anyhow::Error {
    let message = match shown {
        "." => message!("当前文件夹里没有图（.toml 文件）" | "there are no charts (.toml files) in the current folder"),
        _ => message!(
            "文件夹 {shown} 里没有图（.toml 文件）" | "there are no charts (.toml files) in the folder {shown}"
        ),
    };
    if let Some(name) = text_file(path) {
        let stem = name.trim_end_matches(".txt").trim_end_matches(".toml").to_owned();
        return message
            .hint(message!(
                "那里有 {name}：请改名为 {stem}.toml（先让系统显示文件扩展名；记事本另存时，“保存类型”选“所有文件”）"
                    | "there is {name}: rename it {stem}.toml (let the system show extensions first; in Notepad, save as type `All files`)"
            ))
            .fault();
    }
    message
        .hint(message!(
            "riskchart init <文件夹> 建立一个带示例的文件夹" | "riskchart init <FOLDER> makes a folder with an example"
        ))
        .fault()
}

/// The first file of a folder that was most likely meant to be a chart and is a .txt by its name.
fn text_file(folder: &Path) -> Option<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_by_key(|name| (!name.to_lowercase().contains(".toml"), name.clone()));
    names.into_iter().find(|name| name.to_lowercase().ends_with(".txt") && !is_hidden(OsStr::new(name)))
}

/// A path as the user would write it, with forward slashes and no `./` before it.
fn shown(path: &Path) -> String {
    let text = visible_path(path);
    let text = text.strip_prefix("./").filter(|rest| !rest.is_empty()).unwrap_or(&text);
    text.to_owned()
}

/// Hidden files and those that editors keep beside the one that is open: `.x`, Emacs `.#x` and `#x#`, Office `~$x`.
pub(crate) fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(['.', '#']) || name.starts_with("~$")
}

/// Whether a file of a folder is a chart; `x.toml~`, `x.toml.swp` and `x.toml.bak` end otherwise.
fn is_chart(name: &OsStr) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    extension.eq_ignore_ascii_case("toml") && !is_project(name)
}

fn is_project(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case(PROJECT_FILE)
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::*;
    use crate::cli::disk::write::tests::Folder;
    use crate::cli::terminal::message::tell;

    fn charts(found: &Found, folder: &Path) -> Vec<String> {
        let prefix = format!("{}/", folder.display());
        let names = found.charts.iter().map(|chart| chart.entry.chart.replace(&prefix, ""));
        names.collect()
    }

    fn find_in(folder: &Path) -> Found {
        find(&[folder.to_owned()]).unwrap()
    }

    #[test]
    fn charts_are_found_in_order_and_other_files_are_not() {
        let folder = Folder::new("walk");
        fs::create_dir_all(folder.join("分局/二科")).unwrap();
        fs::create_dir_all(folder.join(".git")).unwrap();
        let files = [
            "b.toml",
            "a.toml",
            "C.TOML",
            "riskchart.toml",
            "分局/x.toml",
            "分局/二科/y.toml",
            ".git/z.toml",
            ".#a.toml",
            "~$a.toml",
            "a.toml~",
            "a.toml.bak",
            "a.toml.swp",
            "readme.md",
            "#a.toml#",
        ];
        for file in files {
            fs::write(folder.join(file), "").unwrap();
        }
        let found = find_in(&folder);
        assert_eq!(charts(&found, &folder), ["C.TOML", "a.toml", "b.toml", "分局/x.toml", "分局/二科/y.toml"]);
        assert!(found.faults.is_empty());
        assert_eq!(found.charts[4].folder, Path::new("分局/二科"));
        assert!(
            found.charts.iter().all(|chart| chart.entry.project.is_some()),
            "the folder's project file holds below"
        );
    }

    #[test]
    fn the_nearest_project_file_holds() {
        let folder = Folder::new("project");
        fs::create_dir_all(folder.join("a/b")).unwrap();
        for file in ["riskchart.toml", "a/riskchart.toml", "a/b/x.toml", "y.toml"] {
            fs::write(folder.join(file), "").unwrap();
        }
        let found = find_in(&folder);
        let projects: Vec<_> = found.charts.iter().filter_map(|chart| chart.entry.project.clone()).collect();
        assert!(
            projects[0].ends_with("/riskchart.toml") && !projects[0].ends_with("/a/riskchart.toml"),
            "{projects:?}"
        );
        assert!(projects[1].ends_with("/a/riskchart.toml"), "{projects:?}");
    }

    #[test]
    fn a_file_given_twice_is_one_chart() {
        let folder = Folder::new("twice");
        fs::write(folder.join("a.toml"), "").unwrap();
        let paths = [folder.join("a.toml"), folder.to_path_buf(), folder.to_path_buf()];
        let found = find(&paths).unwrap();
        assert_eq!(found.charts.len(), 1);
    }

    #[test]
    fn charts_of_one_name_in_two_folders_keep_their_folders() {
        let folder = Folder::new("namesakes");
        let all = ["一局/图/a.toml", "一局/图/b.toml", "二局/图/a.toml", "三局/c.toml"];
        for file in all {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), "").unwrap();
        }
        let of = |paths: &[&str]| -> Vec<String> {
            let paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
            let found = find(&paths).unwrap();
            found.charts.iter().map(|chart| chart.folder.to_string_lossy().replace('\\', "/")).collect()
        };
        assert_eq!(of(&["一局/图", "三局"]), ["", "", ""], "no name is met twice");
        assert_eq!(of(&["一局/图", "二局/图"]), ["一局/图", "一局/图", "二局/图"]);
        assert_eq!(of(&["一局/图/a.toml", "二局/图"]), ["一局/图", "二局/图"]);
    }

    #[test]
    fn shards_are_a_whole_together() {
        for of in 1..5 {
            let parts = (1..=of).map(|number| (0..9).filter(|at| Shard { number, of }.has(*at)).count());
            assert_eq!(parts.sum::<usize>(), 9);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = Folder::new("links");
        fs::create_dir_all(folder.join("charts/sub")).unwrap();
        fs::create_dir_all(folder.join("private")).unwrap();
        for file in ["charts/a.toml", "private/p.toml"] {
            fs::write(folder.join(file), "").unwrap();
        }
        symlink("../private", folder.join("charts/out")).unwrap();
        symlink("../private/p.toml", folder.join("charts/p.toml")).unwrap();
        symlink("..", folder.join("charts/sub/loop")).unwrap();
        let charts_folder = folder.join("charts");
        let found = find_in(&charts_folder);
        assert_eq!(charts(&found, &charts_folder), ["a.toml"]);
        let faults: Vec<_> = found.faults.iter().map(|fault| tell(fault, Lang::Zh).0).collect();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults.iter().all(|fault| fault.contains("以外")), "{faults:?}");
    }
}
