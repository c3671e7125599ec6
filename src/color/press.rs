//! The print shop's colour profile: what its press and paper make of four inks.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::diag::Words;

/// An ICC profile of a press (ISO 15076-1): an output profile of CMYK.
#[derive(Clone, PartialEq, Eq)]
pub struct PressProfile {
    name: String,
    bytes: Arc<[u8]>,
    /// A hash of the bytes.
    hash: u64,
}

/// Its name and the hash: a profile has megabytes.
impl fmt::Debug for PressProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PressProfile").field(&self.name).field(&self.hash).finish()
    }
}

/// Why a file is no profile of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    /// It is no ICC profile, or a damaged one.
    NotAProfile,
    /// It is of another version than 2 or 4, which archives don't take (ISO 19005-2 § 6.2.4.2).
    Version,
    /// It tells colours of something else than four inks, e.g. of a screen.
    NotCmyk,
    /// It is of a scanner, a screen or a link of two devices: not of class `prtr`, or without a way to and from colours.
    NotOutput,
}

impl ProfileFault {
    /// What is wrong, to be said of the file.
    pub fn in_words(self) -> Words {
        let (zh, en) = match self {
            Self::NotAProfile => ("不是色彩特性文件（ICC），或者已损坏", "is no ICC profile, or a damaged one"),
            Self::Version => ("不是第 2 或第 4 版的色彩特性文件", "is of another version than 2 or 4"),
            Self::NotCmyk => ("说的不是四色油墨，是别的颜色", "tells colours of something else than four inks"),
            Self::NotOutput => ("不是印刷机的，是扫描仪或者屏幕的", "is not of a press but of a scanner or screen"),
        };
        Words { zh, en }
    }
}

/// The most bytes of a profile: those of shops have up to four million.
pub const LARGEST: usize = 16 << 20;

impl PressProfile {
    /// Reads a profile.
    ///
    /// # Errors
    /// It is none that a press file can embed.
    pub fn read(bytes: Vec<u8>) -> Result<Self, ProfileFault> {
        let tags = tags(&bytes).ok_or(ProfileFault::NotAProfile)?;
        if !matches!(bytes.get(8), Some(2 | 4)) {
            return Err(ProfileFault::Version);
        }
        if bytes.get(16..20) != Some(b"CMYK") {
            return Err(ProfileFault::NotCmyk);
        }
        let has = |wanted: &[u8; 4]| tags.iter().any(|(tag, _)| tag == wanted);
        if bytes.get(12..16) != Some(b"prtr") || !has(b"A2B0") || !has(b"B2A0") {
            return Err(ProfileFault::NotOutput);
        }
        let name = tags.iter().find(|(tag, _)| tag == b"desc").and_then(|(_, text)| described(text));
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Custom".to_owned());
        let mut hash = DefaultHasher::new();
        bytes.hash(&mut hash);
        Ok(Self { name, bytes: bytes.into(), hash: hash.finish() })
    }

    /// What it calls itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

/// A tag's signature and data.
type Tag<'a> = ([u8; 4], &'a [u8]);

/// Every tag; `None` where the file is no whole profile.
fn tags(bytes: &[u8]) -> Option<Vec<Tag<'_>>> {
    if bytes.len() > LARGEST || number(bytes, 0)? != bytes.len() || bytes.get(36..40)? != b"acsp" {
        return None;
    }
    let count = number(bytes, 128)?.min(bytes.len() / 12);
    let tag = |at: usize| {
        let entry = 132 + 12 * at;
        let (from, length) = (number(bytes, entry + 4)?, number(bytes, entry + 8)?);
        Some((bytes.get(entry..entry + 4)?.try_into().ok()?, bytes.get(from..from.checked_add(length)?)?))
    };
    (0..count).map(tag).collect()
}

/// The text of a description: ASCII in version 2, the first of several languages in version 4.
fn described(tag: &[u8]) -> Option<String> {
    let printable = |text: String| text.chars().filter(|c| !c.is_control()).collect::<String>();
    match tag.get(..4)? {
        b"desc" => {
            let text = tag.get(12..12usize.checked_add(number(tag, 8)?)?)?;
            Some(printable(text.iter().map(|&byte| char::from(byte & 0x7f)).collect()))
        }
        b"mluc" => {
            let (length, from) = (number(tag, 20)?, number(tag, 24)?);
            let text = tag.get(from..from.checked_add(length)?)?;
            let units = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Some(printable(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of these parts.
    fn profile(class: &[u8; 4], space: &[u8; 4], version: u8, tags: &[&[u8; 4]]) -> Vec<u8> {
        let mut bytes = vec![0; 132 + 12 * tags.len()];
        bytes[8] = version;
        bytes[12..16].copy_from_slice(class);
        bytes[16..20].copy_from_slice(space);
        bytes[36..40].copy_from_slice(b"acsp");
        bytes[128..132].copy_from_slice(&(tags.len() as u32).to_be_bytes());
        for (entry, tag) in bytes[132..].chunks_exact_mut(12).zip(tags) {
            entry[..4].copy_from_slice(*tag);
        }
        let size = (bytes.len() as u32).to_be_bytes();
        bytes[..4].copy_from_slice(&size);
        bytes
    }

    #[test]
    fn what_is_no_press_is_refused() {
        let tables: &[&[u8; 4]] = &[b"A2B0", b"B2A0"];
        let read = |class, space, version, tags| PressProfile::read(profile(class, space, version, tags));
        assert_eq!(read(b"prtr", b"CMYK", 2, tables).expect("a press").name(), "Custom");
        assert_eq!(read(b"mntr", b"RGB ", 2, tables), Err(ProfileFault::NotCmyk));
        assert_eq!(read(b"scnr", b"CMYK", 4, tables), Err(ProfileFault::NotOutput));
        assert_eq!(read(b"prtr", b"CMYK", 4, &[b"A2B0"]), Err(ProfileFault::NotOutput));
        assert_eq!(read(b"prtr", b"CMYK", 5, tables), Err(ProfileFault::Version));
        let mut cut = profile(b"prtr", b"CMYK", 2, tables);
        cut.pop();
        for bad in [cut, Vec::new(), b"%PDF-1.7".to_vec(), vec![0xff; 200]] {
            assert_eq!(PressProfile::read(bad), Err(ProfileFault::NotAProfile));
        }
    }
}
