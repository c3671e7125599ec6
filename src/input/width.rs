//! Words whatever their width, case and spaces: what an input method or a clerk typed for the same word.

/// Half width, lower case, without spaces.
pub(crate) fn fold(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace()).map(half_width).flat_map(char::to_lowercase).collect()
}

/// The ASCII character of a full-width one (U+FF01–FF5E); any other character as it is.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
