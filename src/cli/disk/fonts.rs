//! Fonts of the user's own, from folders.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use riskchart::diag::Words;
use riskchart::font::FontBook;

use super::inputs::{ContentHash, content_hash};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible_path;

/// The folder beside a project file whose fonts are used without being named.
pub(crate) const FOLDER: &str = "fonts";

/// The embedded faces and those of these folders, in the order of their names; with the content hash of the latter.
///
/// # Errors
/// A folder or a file can't be read, or a file is no font.
pub(crate) fn read(folders: &[PathBuf]) -> anyhow::Result<(FontBook, ContentHash)> {
    let mut book = FontBook::embedded();
    let mut hashes = Vec::new();
    for folder in folders {
        let shown = visible_path(folder);
        let unreadable = || message!("不能读取字体文件夹 {shown}" | "can't read the font folder {shown}");
        let mut files = std::fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
            .with_context(unreadable)?;
        files.retain(|file| is_font(file));
        files.sort();
        for file in files {
            let shown = visible_path(&file);
            let bytes = std::fs::read(&file)
                .with_context(|| message!("不能读取字体 {shown}" | "can't read the font {shown}"))?;
            hashes.push(content_hash(&bytes));
            book.add(bytes).map_err(|why| {
                let Words { zh, en } = why.in_words();
                message!("不能用字体 {shown}：{zh}" | "can't use the font {shown}: {en}").fault()
            })?;
        }
    }
    Ok((book, content_hash(&hashes)))
}

fn is_font(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    file.is_file() && matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc"))
}
