//! What posters are called: names that every system accepts and none confuses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

/// The longest name in characters, before a hash is added.
const LONGEST: usize = 60;
/// The longest name in bytes: file systems allow 255 with the hash, a page number and the extension.
const LONGEST_BYTES: usize = 200;

/// Names that Windows keeps for devices, whatever their extension ("Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// The name that a poster, or a folder of posters, has for a name found on a disk: NFC, without controls, marks that turn
/// the direction of text, and what Windows allows in no name; never a device, never hidden, never too long, never empty.
pub(crate) fn clean(name: &str) -> String {
    let kept = name.chars().filter(|c| !is_invisible(*c));
    let replaced: String = kept.map(|c| if is_forbidden(c) { '_' } else { c }).nfc().collect();
    let trimmed = replaced.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let trimmed = trimmed.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let named = if is_device(trimmed) || trimmed.is_empty() { format!("_{trimmed}") } else { trimmed.to_owned() };
    shorten(&named)
}

/// The key under which two names are one on some disk: NFC, case folded.
pub(crate) fn fold(name: &str) -> String {
    name.to_uppercase().to_lowercase().nfc().collect()
}

/// The key of a poster in a folder below the output folder.
pub(crate) fn key(folder: &Path, stem: &str) -> PathBuf {
    let folder = folder.components().map(|part| fold(&part.as_os_str().to_string_lossy()));
    folder.chain([fold(stem)]).collect()
}

/// For each of these posters, the first other one that has its name.
pub(crate) fn clashes(posters: &[(&Path, &str)]) -> Vec<Option<usize>> {
    let mut holders: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (index, (folder, stem)) in posters.iter().enumerate() {
        holders.entry(key(folder, stem)).or_default().push(index);
    }
    let mut clashes = vec![None; posters.len()];
    for holders in holders.values().filter(|holders| holders.len() > 1) {
        for &index in holders {
            clashes[index] = holders.iter().copied().find(|other| *other != index);
        }
    }
    clashes
}

fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || is_noncharacter(c)
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Whether Windows would open a device under this name: what stands before the first dot counts, and ¹²³ are digits.
fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let mut characters = first.chars();
    let last = characters.next_back();
    let numbered = matches!(characters.as_str(), "COM" | "LPT") && matches!(last, Some('0'..='9' | '¹' | '²' | '³'));
    numbered || DEVICES.contains(&first.as_str())
}

/// The name, or its beginning and a hash of the whole where it is too long.
fn shorten(name: &str) -> String {
    if name.chars().count() <= LONGEST && name.len() <= LONGEST_BYTES {
        return name.to_owned();
    }
    let end = name.char_indices().nth(LONGEST).map_or(name.len(), |(at, _)| at);
    let beginning = &name[..name.floor_char_boundary(end.min(LONGEST_BYTES))];
    format!("{}-{:08x}", beginning.trim_end_matches(|c: char| c == '.' || c.is_whitespace()), hash(name))
}

/// FNV-1a, 32 bits: short, the same everywhere and in every version.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_refuses_are_changed() {
        let cases = [
            ("01-行政检查", "01-行政检查"),
            ("a:b", "a_b"),
            ("CON", "_CON"),
            ("nul.toml", "_nul.toml"),
            ("Com¹", "_Com¹"),
            ("LPT9 .x", "_LPT9 .x"),
            ("COMMON", "COMMON"),
            ("COM10", "COM10"),
            ("行政检查. .", "行政检查"),
            ("..", "_"),
            ("", "_"),
            ("../../x", "_.._x"),
            ("C:\\x", "C__x"),
            ("a\u{1b}[31m\nb", "a_[31m_b"),
            ("a\u{202e}b\u{200b}c", "abc"),
            ("e\u{301}", "é"),
        ];
        for (written, expected) in cases {
            assert_eq!(clean(written), expected, "{written:?}");
        }
    }

    #[test]
    fn long_names_keep_their_beginning_and_stay_apart() {
        let long = "行".repeat(61);
        let (one, other) = (clean(&format!("{long}甲")), clean(&format!("{long}乙")));
        assert!(one.starts_with(&"行".repeat(60)) && one.chars().count() == 69, "{one}");
        assert_ne!(one, other);
        assert_eq!(clean(&"行".repeat(60)), "行".repeat(60));
        assert!(clean(&"𠮷".repeat(60)).len() <= LONGEST_BYTES + 9, "bytes are limited too");
    }

    /// A small generator, so that the names are the same in every run.
    fn random_names(count: usize) -> impl Iterator<Item = String> {
        let alphabet: Vec<char> =
            "ab.. /\\:*?\"<>|\0\n\u{1b}CONnulCOM1¹行政é\u{301}\u{202e}\u{feff}~$\u{ffff}".chars().collect();
        let mut state = 1u32;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        (0..count).map(move |_| (0..next(9)).map(|_| alphabet[next(alphabet.len())]).collect())
    }

    #[test]
    fn no_name_leaves_the_folder_or_changes_when_cleaned_again() {
        for name in random_names(100_000) {
            let cleaned = clean(&name);
            let mut parts = Path::new(&cleaned).components();
            assert!(matches!(parts.next(), Some(std::path::Component::Normal(_))), "{name:?} -> {cleaned:?}");
            assert_eq!(parts.next(), None, "{name:?} -> {cleaned:?}");
            assert!(!cleaned.starts_with('.') && !cleaned.ends_with(['.', ' ']), "{name:?} -> {cleaned:?}");
            assert!(!is_device(&cleaned) && !cleaned.chars().any(is_forbidden), "{name:?} -> {cleaned:?}");
            assert_eq!(clean(&cleaned), cleaned, "{name:?}");
        }
    }

    #[test]
    fn one_name_in_two_spellings_clashes() {
        let top = Path::new("");
        let posters = [(top, "A"), (top, "b"), (top, "a"), (Path::new("X"), "é"), (Path::new("x"), "e\u{301}")];
        assert_eq!(clashes(&posters), [Some(2), None, Some(0), Some(4), Some(3)]);
    }
}
