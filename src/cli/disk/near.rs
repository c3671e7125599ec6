//! What a path that leads nowhere was most likely meant to be.

use std::fs;
use std::path::Path;

use riskchart::input::nearest;

use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::visible::visible;

/// Names in a folder that are compared.
const COMPARED: usize = 2000;

/// What to type in place of a path that is not there; `None` where nothing like it is.
pub(crate) fn meant(path: &Path) -> Option<Message> {
    let written = path.to_str()?;
    let parts: Vec<&str> = written.split(['，', '、', ',', '；', ';']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && Path::new(part).exists()) {
        let apart = visible(&parts.join(" "));
        return Some(message!("几个文件之间用空格隔开：{apart}" | "put blanks between files: {apart}"));
    }
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.filter_map(Result::ok).take(COMPARED);
    let all: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    // Names that begin with a dot are a program's.
    let shown: Vec<&str> = all.iter().map(String::as_str).filter(|name| !name.starts_with('.')).collect();
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let chart = shown.iter().copied().filter(|known| known.ends_with(".toml")).find(|known| stem(known) == stem(name));
    let near = chart.or_else(|| nearest(name, shown.iter().copied()))?;
    let near = visible(&folder.map_or_else(|| near.to_owned(), |folder| folder.join(near).display().to_string()));
    Some(message!("是否指 {near}？" | "did you mean {near}?"))
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::*;
    use crate::cli::disk::write::tests::Folder;

    #[test]
    fn a_path_that_is_not_there_is_likened_to_those_that_are() {
        let folder = Folder::new("near");
        for name in ["取水许可.toml", "行政处罚.toml", ".riskchart"] {
            fs::write(folder.join(name), "").expect("written");
        }
        let hint = |name: &str| meant(&folder.join(name)).map(|hint| hint.get(Lang::Zh).to_owned());
        let named = |name: &str| Some(format!("是否指 {}？", folder.join(name).display()));
        assert_eq!(hint("取水许可"), named("取水许可.toml"));
        assert_eq!(hint("取水许可.txt"), named("取水许可.toml"));
        assert_eq!(hint("行政处分.toml"), named("行政处罚.toml"));
        assert_eq!(hint("海报"), None);
        let (one, other) = (folder.join("取水许可.toml"), folder.join("行政处罚.toml"));
        let both = format!("{}、{}", one.display(), other.display());
        let apart = format!("几个文件之间用空格隔开：{} {}", one.display(), other.display());
        assert_eq!(meant(Path::new(&both)).map(|hint| hint.get(Lang::Zh).to_owned()), Some(apart));
    }
}
