//! Text of files and file names made safe to show.

use unicode_width::UnicodeWidthStr as _;

/// The text with every character replaced that a terminal would obey: controls become their pictures (ESC is ␛), C1
/// controls and marks that turn the direction of text (UAX #9) become U+FFFD.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// The text without C1 controls, every byte in its place: for listings, whose spans must stay true. The renderer of
/// listings takes care of the other controls.
pub(crate) fn same_length(text: &str) -> String {
    // U+0080–009F and U+00B7 both take two bytes.
    text.chars().map(|c| if matches!(c, '\u{80}'..='\u{9f}') { '·' } else { c }).collect()
}

/// How many columns of a terminal the text takes; Han characters take two.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The text followed by blanks up to so many columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_obeys_is_left() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}\n\u{202e}职"), "a␛[31m\u{fffd}␊\u{fffd}职");
        let listing = "职\u{9b}31m";
        assert_eq!(same_length(listing).len(), listing.len());
        assert!(!same_length(listing).contains('\u{9b}'));
    }

    #[test]
    fn han_takes_two_columns() {
        assert_eq!(pad("职权", 6), "职权  ");
        assert_eq!(pad("职权", 2), "职权");
    }
}
