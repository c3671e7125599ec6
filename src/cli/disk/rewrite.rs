//! Chart and project files of the user's own, read to be written anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use riskchart::Host as _;
use riskchart::input::keys::TableId;

use super::walk::Found;
use super::write::{held_open, rewrite, write_new};
use crate::cli::disk::host::canonical;
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::{visible, visible_path};

/// The most copies of one file that are kept beside it.
const MOST_COPIES: usize = 999;

/// A file that may be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Own<'f> {
    /// Its name as shown.
    pub(crate) shown: &'f str,
    /// The table that the file itself is.
    pub(crate) root: TableId,
}

/// The files that were asked for: the charts, and the project files that lie in the folders asked for. One above them
/// holds for other charts too and is left alone.
pub(crate) fn own(found: &Found) -> Vec<Own<'_>> {
    let charts = found.charts.iter().map(|chart| Own { shown: &chart.entry.chart, root: TableId::Chart });
    let mut seen = BTreeSet::new();
    let projects = found.charts.iter().filter_map(|chart| chart.entry.project.as_deref());
    let projects = projects.filter(|shown| found.is_in_folder(shown) && seen.insert(*shown));
    charts.chain(projects.map(|shown| Own { shown, root: TableId::Project })).collect()
}

/// Writes a file anew, unless it has changed since it was read as `old`. Where `keep` says so, the old bytes are kept
/// beside it; gives the name of that copy.
///
/// # Errors
/// The file has changed, or the disk refuses; it is then as it was, without a copy.
pub(crate) fn write(found: &Found, shown: &str, old: &[u8], new: &[u8], keep: bool) -> anyhow::Result<Option<String>> {
    if found.host.read(shown).is_ok_and(|bytes| bytes != old) {
        return Err(message!(
            "{shown} 刚刚被别的程序改过，没有写" | "{shown} was just changed by another program; it was not written"
        )
        .hint(message!("请再运行一次" | "run the command again"))
        .fault());
    }
    let unwritten = || message!("不能写入 {shown}，文件没有动" | "can't write {shown}, it is untouched");
    // Where a link leads to the file, the file is written, not the link; but only below the folders that were given.
    let named = found.host.path(shown).unwrap_or(Path::new(shown));
    let path = canonical(named).with_context(unwritten)?;
    let is_given = |folder: &PathBuf| path.starts_with(folder);
    if !found.folders.iter().chain(&found.listed).any(is_given) {
        let target = visible_path(&path);
        return Err(message!(
            "{shown} 是通向文件夹以外的链接（{target}），没有动"
                | "{shown} is a link that leads out of the folder ({target}); it was left alone"
        )
        .hint(message!("要改那个文件，请直接给出它" | "to change that file, name it itself"))
        .fault());
    }
    let copy = if keep { Some(copy(&path, shown, old)?) } else { None };
    if let Err(error) = rewrite(&path, new) {
        if let Some(copy) = &copy {
            // One that can't be removed does no harm.
            let _ = fs::remove_file(copy);
        }
        let message = unwritten().hint_if(held_open(&path, &error));
        return Err(anyhow::Error::new(error).context(message));
    }
    Ok(copy.map(|copy| visible(&copy.file_name().unwrap_or_default().to_string_lossy())))
}

/// Keeps these bytes beside a file, as `x.toml.bak`; where that exists, `x.toml.2.bak` and so on: no copy is ever
/// written over.
fn copy(path: &Path, shown: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let uncopied = || message!("不能给 {shown} 留底，文件没有动" | "can't keep a copy of {shown}, it is untouched");
    let name = path.file_name().unwrap_or_default();
    for number in 1..=MOST_COPIES {
        let mut copy = name.to_owned();
        copy.push(if number == 1 { ".bak".to_owned() } else { format!(".{number}.bak") });
        let copy = path.with_file_name(copy);
        match write_new(&copy, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(anyhow::Error::new(error).context(uncopied())),
            Ok(()) => {
                let permissions = fs::metadata(path).map(|file| file.permissions());
                permissions.and_then(|same| fs::set_permissions(&copy, same)).with_context(uncopied)?;
                return Ok(copy);
            }
        }
    }
    let message =
        message!("{shown} 的旧文件（.bak）已有 {MOST_COPIES} 个" | "{shown} has {MOST_COPIES} old copies (.bak)");
    Err(message.hint(message!("请删去一些" | "delete some")).fault())
}
