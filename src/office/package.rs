//! What a document is by its bytes, and the parts of a zipped one, with limits on what comes out of it.
//!
//! Declared sizes are never trusted: a part is inflated up to its limit and refused beyond it. Nothing is ever unpacked
//! to a disk, so names such as `../x` lead nowhere.

use std::cell::Cell;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::refuse;
use crate::diag::{Code, Diagnostic, Words};

/// Bytes of one part, inflated: the largest register met has 6 MB.
const MAX_PART: u64 = 32 << 20;
/// Bytes of all parts of a document that are read, inflated.
const MAX_ALL: u64 = 96 << 20;
/// Entries of an archive.
const MAX_ENTRIES: usize = 20_000;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip: docx, xlsx, or something else.
    Zip,
    /// A compound file that holds a workbook: xls.
    OldSheet,
    /// A table in HTML, as many systems export it under the name xls.
    Html,
    /// Plain text, perhaps csv.
    Text,
}

/// Finds what a document is.
///
/// # Errors
/// It is something that can't be imported.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Diagnostic> {
    const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if bytes.is_empty() {
        return Err(damaged("0 B"));
    }
    if bytes.starts_with(b"PK") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(refuse(Code::DocumentKind).with_words("kind", *kind));
    }
    // BIFF2 to BIFF5 without a container begin with a BOF record.
    if matches!(bytes, [0x09, 0 | 2 | 4 | 8, 0x04 | 0x06 | 0x08 | 0x10, 0, ..]) {
        return Err(old(Words { zh: "Excel", en: "Excel" }, ".xlsx"));
    }
    let head: String = bytes.iter().take(4096).filter(|b| **b != 0).map(|b| b.to_ascii_lowercase() as char).collect();
    let is_html = ["<html", "<table", "<!doctype html"].iter().any(|tag| head.contains(tag));
    Ok(if is_html { Kind::Html } else { Kind::Text })
}

/// Beginnings of files that are something else.
const OTHERS: &[(&[u8], Words)] = &[
    (b"{\\rtf", Words { zh: " RTF（写字板）文件", en: "RTF, of WordPad" }),
    (b"%PDF-", Words { zh: " PDF 文件", en: "a PDF" }),
    (b"\x89PNG", Words { zh: "图片", en: "a picture" }),
    (b"\xff\xd8\xff", Words { zh: "图片", en: "a picture" }),
    (b"GIF8", Words { zh: "图片", en: "a picture" }),
    (b"BM", Words { zh: "图片", en: "a picture" }),
    (b"II*\0", Words { zh: "图片", en: "a picture" }),
    (b"Rar!", Words { zh: " RAR 压缩包", en: "a RAR archive" }),
    (b"7z\xbc\xaf", Words { zh: " 7z 压缩包", en: "a 7z archive" }),
    (b"\x1f\x8b", Words { zh: " gzip 压缩包", en: "a gzip archive" }),
    (b"MZ", Words { zh: "程序", en: "a program" }),
    (b"\x7fELF", Words { zh: "程序", en: "a program" }),
];

/// What a compound file holds, by the names of its streams (MS-CFB 2.6.1: UTF-16, in directory entries of 128 bytes).
fn compound(bytes: &[u8]) -> Result<Kind, Diagnostic> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.chunks(128).any(|entry| entry.starts_with(&wide))
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        Err(refuse(Code::DocumentEncrypted))
    } else if holds("WordDocument") {
        Err(old(Words { zh: "Word（.doc）", en: "Word (.doc)" }, ".docx"))
    } else if holds("Workbook") || holds("Book") {
        Ok(Kind::OldSheet)
    } else if holds("PowerPoint Document") {
        Err(refuse(Code::DocumentKind).with_words("kind", Words { zh: "演示文稿", en: "a presentation" }))
    } else {
        Err(damaged("OLE"))
    }
}

fn old(kind: Words, format: &str) -> Diagnostic {
    refuse(Code::DocumentOld).with_words("kind", kind).with("format", format)
}

/// The document is damaged: what says so.
pub(super) fn damaged(why: impl ToString) -> Diagnostic {
    refuse(Code::DocumentDamaged).with("why", why)
}

/// A zip whose parts are read with limits.
#[derive(Debug)]
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes inflated so far.
    inflated: Cell<u64>,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// It is damaged, or has more entries than documents have.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_ENTRIES {
            return Err(too_large("zip", MAX_ENTRIES));
        }
        Ok(Self { archive, inflated: Cell::new(0) })
    }

    /// The names of all parts, in the order of the archive.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default()).collect()
    }

    /// The text of an XML part; `None` where there is none of this name. Names differ in case between writers, and some
    /// separate them by backslashes.
    ///
    /// # Errors
    /// It is damaged, too large, or holds a DOCTYPE.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let wanted = name.trim_start_matches('/');
        let same = |known: &str| known.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(wanted);
        let Some(index) = self.names().iter().position(|known| same(known)) else { return Ok(None) };
        let bytes = self.inflate(index, name)?;
        let (text, _) = crate::source::decode(&bytes).map_err(|_| damaged(name))?;
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err(refuse(Code::DocumentUnsafe).with("part", name));
        }
        Ok(Some(text))
    }

    /// Goes through all parts of XML as [`text`](Self::text) does and keeps none: before another reader takes them.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub(super) fn vet(&mut self) -> Result<(), Diagnostic> {
        let is_xml = |name: &String| {
            let name = name.to_ascii_lowercase();
            name.ends_with(".xml") || name.ends_with(".rels")
        };
        for name in self.names().into_iter().filter(is_xml) {
            self.text(&name)?;
        }
        Ok(())
    }

    fn inflate(&mut self, index: usize, name: &str) -> Result<Vec<u8>, Diagnostic> {
        let file = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
                refuse(Code::DocumentEncrypted)
            }
            error => damaged(error),
        })?;
        let mut bytes = Vec::new();
        file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(damaged)?;
        self.inflated.set(self.inflated.get() + bytes.len() as u64);
        if bytes.len() as u64 > MAX_PART {
            return Err(too_large(name, format!("{} MB", MAX_PART >> 20)));
        }
        if self.inflated.get() > MAX_ALL {
            return Err(too_large(name, format!("{} MB", MAX_ALL >> 20)));
        }
        Ok(bytes)
    }
}

/// A part is beyond a limit.
pub(super) fn too_large(part: &str, limit: impl ToString) -> Diagnostic {
    refuse(Code::DocumentTooLarge).with("part", part).with("limit", limit)
}
