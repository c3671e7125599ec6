//! Bytes to text: clerks' editors save in UTF-8, UTF-16 or GB18030 and say so only by a mark at the beginning.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a file's bytes were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first: the “Unicode” of Windows' Notepad.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030 with its parts GBK and GB 2312: the “ANSI” of a Chinese Windows.
    Gb18030,
}

impl Encoding {
    /// The name as users know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Gb18030 => "GB18030 (GBK)",
        }
    }
}

/// Bytes that are no text in any one encoding known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// The line, from 1, of the first byte that is not UTF-8.
    pub line: usize,
    /// Whether lines of UTF-8 and lines of GBK stand in the file.
    pub mixed: bool,
    /// Whether UTF-8 ends in the middle of a character: the file was not copied whole.
    pub cut: bool,
    /// What the file is, where its first bytes say so.
    pub kind: Option<FileKind>,
}

/// Files that are no text, and end up among charts by their name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A zip, which .docx, .xlsx and WPS files are.
    Zip,
    /// The older .doc, .xls, .wps, .et.
    Compound,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
}

/// The first bytes of files that are no text.
const MAGIC: &[(&[u8], FileKind)] = &[
    (b"PK\x03\x04", FileKind::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Compound),
    (b"%PDF-", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xff\xd8\xff", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
];

/// How lines end in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// LF.
    #[default]
    Lf,
    /// CR LF, as Windows' editors write.
    CrLf,
}

impl LineEnd {
    /// A text whose lines end in LF with these line ends instead.
    pub fn write(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

/// How a file is saved, beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// Its encoding.
    pub encoding: Encoding,
    /// Whether a byte order mark stands at its beginning.
    pub mark: bool,
    /// How its first line ends.
    pub line_end: LineEnd,
    /// Whether lines end in CR alone, U+2028 or U+2029, which TOML doesn't take for line ends.
    pub odd_line_ends: bool,
}

impl Form {
    /// Whether every TOML tool reads bytes saved so: UTF-8 without a mark, line ends of TOML.
    pub fn is_plain(self) -> bool {
        self.encoding == Encoding::Utf8 && !self.mark && !self.odd_line_ends
    }
}

/// Finds how bytes that [`decode`] reads are saved.
///
/// # Errors
/// As [`decode`].
pub fn form(bytes: &[u8]) -> Result<Form, Undecodable> {
    let (text, encoding) = decode_raw(bytes).ok_or_else(|| undecodable(bytes))?;
    let mark = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| bytes.starts_with(mark));
    let first = text.find(['\r', '\n']).map_or("", |at| &text[at..]);
    let line_end = if first.starts_with("\r\n") { LineEnd::CrLf } else { LineEnd::Lf };
    let lone_cr = text.matches('\r').count() > text.matches("\r\n").count();
    let odd_line_ends = lone_cr || text.contains(SEPARATORS);
    Ok(Form { encoding, mark, line_end, odd_line_ends })
}

/// Reads bytes as text, line ends as LF and without the byte order mark.
///
/// In this order: byte order mark, NUL bytes (UTF-16 without a mark), strict UTF-8, GB18030. Of GB 2312's characters
/// 930, 职 权 越 实 施 among them, have GBK bytes that are valid UTF-8 too, so text that holds letters of U+0080–07FF
/// and no Han character is read as GB18030 where that gives Han.
///
/// # Errors
/// Where the bytes are none of these.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), Undecodable> {
    let (text, encoding) = decode_raw(bytes).ok_or_else(|| undecodable(bytes))?;
    Ok((unify_line_ends(text), encoding))
}

fn decode_raw(bytes: &[u8]) -> Option<(String, Encoding)> {
    let utf16 = |bytes: &[u8], encoding: Encoding| {
        let decoder = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
        let text = decoder.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some((text.into_owned(), encoding))
    };
    if kind(bytes).is_some() {
        return None;
    }
    match bytes {
        // UTF-32, which no editor of a clerk writes.
        [0xff, 0xfe, 0, 0, ..] => return None,
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8(rest.to_vec()).ok().map(|t| (t, Encoding::Utf8)),
        [0xff, 0xfe, rest @ ..] => return utf16(rest, Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, Encoding::Utf16Be),
        _ => {}
    }
    if let Some(found) = nul_pattern(bytes).and_then(|encoding| utf16(bytes, encoding)) {
        return Some(found);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => match gb18030_in_disguise(text) {
            Some(gb) => Some((gb, Encoding::Gb18030)),
            None => Some((text.to_owned(), Encoding::Utf8)),
        },
        Err(_) if is_cut(bytes) || first_gbk_line(bytes).is_some() => None,
        Err(_) => gb18030(bytes).map(|text| (text, Encoding::Gb18030)),
    }
}

fn undecodable(bytes: &[u8]) -> Undecodable {
    let cut = is_cut(bytes);
    let mixed = first_gbk_line(bytes).filter(|_| !cut);
    Undecodable {
        cut,
        line: mixed.unwrap_or_else(|| line_of_first_fault(bytes)),
        mixed: mixed.is_some(),
        kind: kind(bytes),
    }
}

fn kind(bytes: &[u8]) -> Option<FileKind> {
    MAGIC.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// Whether the bytes are UTF-8 with Han characters, but for an end within a character.
fn is_cut(bytes: &[u8]) -> bool {
    let fault = std::str::from_utf8(bytes).err().filter(|fault| fault.error_len().is_none());
    let whole = fault.and_then(|fault| std::str::from_utf8(&bytes[..fault.valid_up_to()]).ok());
    whole.is_some_and(|text| text.chars().filter(|&c| is_han(c)).count() > 1)
}

/// The first line, from 1, that is GBK in a file with lines of UTF-8. Three bytes of a Han character in UTF-8 hardly
/// come about in GBK, so a line of them is what it seems.
fn first_gbk_line(bytes: &[u8]) -> Option<usize> {
    let mut utf8 = false;
    let mut gbk = None;
    for (at, line) in bytes.split(|&b| b == b'\n').enumerate().filter(|(_, line)| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(text) => utf8 |= text.chars().filter(|&c| is_han(c)).count() > 1,
            Err(_) if gbk.is_none() && gb18030(line).is_some_and(|read| read.chars().any(is_han)) => gbk = Some(at + 1),
            Err(_) => {}
        }
    }
    gbk.filter(|_| utf8)
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// UTF-16 without a mark: the high byte of every ASCII character is NUL, and a chart has far more of these than of
/// characters whose low byte is, such as 一 (U+4E00) and the ideographic space (U+3000).
fn nul_pattern(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let nuls = |side: usize| head.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    // A lone NUL in UTF-8 is a stray control character: read as UTF-16 such a text has no sign of TOML.
    let plausible = |decoder: &'static encoding_rs::Encoding| {
        let text = decoder.decode_without_bom_handling_and_without_replacement(bytes);
        bytes.len().is_multiple_of(2) && text.is_some_and(|text| text.contains(['=', '[', '\n', '\r']))
    };
    // A run of NULs, which a copy that failed leaves, has as many on either side.
    if odd > 2 * even && plausible(UTF_16LE) {
        Some(Encoding::Utf16Le)
    } else if even > 2 * odd && plausible(UTF_16BE) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn gb18030_in_disguise(text: &str) -> Option<String> {
    let suspicious = text.chars().any(|c| ('\u{80}'..='\u{7ff}').contains(&c) && c.is_alphabetic());
    if !suspicious || text.chars().any(is_han) {
        return None;
    }
    gb18030(text.as_bytes()).filter(|read| read.chars().any(is_han))
}

/// Whether a character is a Han ideograph: the CJK unified blocks and their extensions.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || c == '〇'
}

fn line_of_first_fault(bytes: &[u8]) -> usize {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    1 + bytes[..valid].iter().filter(|&&b| b == b'\n').count()
}

/// Line and paragraph separator, which word processors copy for line ends.
const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

fn unify_line_ends(text: String) -> String {
    let text = if text.contains(SEPARATORS) { text.replace(SEPARATORS, "\n") } else { text };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "职权 = \"行政检查\"\n[[环节]]\n名称 = \"受理\"\n";
        let read = |bytes: &[u8]| decode(bytes).expect("readable");
        assert_eq!(read(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
        assert_eq!(read(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), (text.to_owned(), Encoding::Utf8));
        assert_eq!(read(&utf16le(text)), (text.to_owned(), Encoding::Utf16Le), "no mark");
        assert_eq!(read(&[b"\xff\xfe".to_vec(), utf16le(text)].concat()), (text.to_owned(), Encoding::Utf16Le));
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&big), (text.to_owned(), Encoding::Utf16Be), "no mark");
        assert_eq!(read(&[b"\xfe\xff".to_vec(), big].concat()), (text.to_owned(), Encoding::Utf16Be));
        assert_eq!(read(&gbk(text)), (text.to_owned(), Encoding::Gb18030));
    }

    #[test]
    fn gbk_that_is_valid_utf8_is_gbk() {
        let bytes = gbk("职权 = \"实施\"");
        assert!(std::str::from_utf8(&bytes).is_ok(), "the trap this test is about");
        assert_eq!(decode(&bytes), Ok(("职权 = \"实施\"".to_owned(), Encoding::Gb18030)));
    }

    #[test]
    fn utf8_with_a_few_latin_letters_stays_utf8() {
        for text in ["power = \"行政检查 é\"", "power = \"a · b × 3°\"", ""] {
            assert_eq!(decode(text.as_bytes()), Ok((text.to_owned(), Encoding::Utf8)));
        }
    }

    #[test]
    fn characters_beyond_gbk() {
        assert_eq!(decode(&gbk("名 = \"㙍\u{20000}\"")).map(|d| d.0), Ok("名 = \"㙍\u{20000}\"".to_owned()));
    }

    #[test]
    fn line_ends_become_lf() {
        assert_eq!(decode(b"a\r\nb\rc\n\r").map(|d| d.0), Ok("a\nb\nc\n\n".to_owned()));
        assert_eq!(decode("a\u{2028}b\u{2029}".as_bytes()).map(|d| d.0), Ok("a\nb\n".to_owned()));
    }

    #[test]
    fn how_a_file_is_saved() {
        let plain = Form { encoding: Encoding::Utf8, mark: false, line_end: LineEnd::Lf, odd_line_ends: false };
        assert_eq!(form(b"a\nb\r\n"), Ok(plain));
        assert_eq!(form(b"\xef\xbb\xbfa\r\nb"), Ok(Form { mark: true, line_end: LineEnd::CrLf, ..plain }));
        assert_eq!(form(b"a\rb\r\n"), Ok(Form { odd_line_ends: true, ..plain }));
        let saved = form(&gbk("职权 = \"实施\"\r\n")).expect("readable");
        assert_eq!((saved.encoding, saved.line_end, saved.is_plain()), (Encoding::Gb18030, LineEnd::CrLf, false));
        assert_eq!(LineEnd::CrLf.write("a\nb\n"), "a\r\nb\r\n");
    }

    #[test]
    fn stray_nuls_are_not_utf16() {
        for text in ["power = \"a\0b\"12", "power = \"a\"\n\0\0\0\0\0"] {
            assert_eq!(decode(text.as_bytes()), Ok((text.to_owned(), Encoding::Utf8)));
        }
    }

    #[test]
    fn pictures_are_no_text() {
        let fault = |line, kind| Err(Undecodable { line, cut: false, mixed: false, kind });
        assert_eq!(decode(b"ok\nok\n\x89PNG\xff\xff\x0d\x0a"), fault(3, None));
        assert_eq!(decode(b"\xff\xfe\x00\xd8\x41"), fault(1, None), "half a surrogate pair");
        assert_eq!(decode(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), fault(2, Some(FileKind::Pdf)), "GBK would read it");
        assert_eq!(decode(b"PK\x03\x04\x14\x00"), fault(1, Some(FileKind::Zip)));
    }

    #[test]
    fn utf16_without_a_mark_though_most_of_it_is_han() {
        let text = "职权=\"行政许可行政检查行政处罚\"\n";
        assert_eq!(decode(&utf16le(text)), Ok((text.to_owned(), Encoding::Utf16Le)));
    }

    #[test]
    fn utf16_without_a_mark_though_some_low_bytes_are_nul() {
        let text = "职权 = \"一般检查\"\n　[[环节]]\n　名称 = \"第一次一次性告知\"\n";
        assert_eq!(decode(&utf16le(text)), Ok((text.to_owned(), Encoding::Utf16Le)));
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big), Ok((text.to_owned(), Encoding::Utf16Be)));
    }

    #[test]
    fn two_encodings_in_one_file_are_no_text() {
        let both = ["职权 = \"行政检查\"\n".as_bytes(), &gbk("[[环节]]\n名称 = \"受理\"\n")].concat();
        assert_eq!(decode(&both), Err(Undecodable { line: 2, cut: false, mixed: true, kind: None }));
        let damaged = ["职权 = \"行政检查\"\n".as_bytes(), b"unit = \"\xff\xff\"\n"].concat();
        assert_eq!(decode(&damaged), Err(Undecodable { line: 2, cut: false, mixed: false, kind: None }));
    }
}
