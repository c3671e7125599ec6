//! Texts as they were read, and places in them.
//!
//! A [`Span`] is a range of bytes of one [`SourceFile`]; every element of a chart keeps the span it came from, so a
//! fault found on paper can name the clerk's line.

mod decode;
mod forms;

pub(crate) use decode::is_han;
pub use decode::{Encoding, FileKind, Form, LineEnd, Undecodable, decode, form};
pub(crate) use forms::{is_emoji, simplified, unified};

use std::sync::Arc;

/// Which file of a [`Sources`] a span lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// A range of bytes in one file's text. The end is not part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Files are limited to 4 MiB before they get here.
        Self { file, start: start as u32, end: end as u32 }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A string of the chart with its place.
pub type Text = Spanned<String>;

/// A place as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// One input file: its name as shown to the user, its text with LF line ends, and where the lines start.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user would write it.
    pub name: String,
    /// The text, decoded, line ends normalised to LF.
    pub text: Arc<str>,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The line and column of a byte offset; an offset past the end is the end, one inside a character its beginning.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.floor(offset);
        let line = self.line(offset);
        let start = self.line_starts[line - 1];
        LineColumn { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The line, from 1, of a byte offset; cheaper than [`line_column`](Self::line_column) in very long lines.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }

    /// The nearest beginning of a character at or before `offset`.
    pub fn floor(&self, offset: usize) -> usize {
        floor(&self.text, offset)
    }
}

/// The nearest beginning of a character of `text` at or before `offset`, or its end.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The files of one compilation, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId((self.files.len() - 1) as u16)
    }

    /// The file of this id. Ids come from [`add`](Self::add) alone.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// All files, in the order of their ids.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a.toml", "职权 = 1\n环节");
        assert_eq!(file.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(file.line_column(4), LineColumn { line: 1, column: 2 }, "inside a character");
        assert_eq!(file.line_column(10), LineColumn { line: 1, column: 7 }, "at the line end");
        assert_eq!(file.line_column(14), LineColumn { line: 2, column: 2 });
        assert_eq!(file.line_column(999), LineColumn { line: 2, column: 3 });
    }
}
