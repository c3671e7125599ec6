//! Text of files and file names made safe to show.

use std::path::Path;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The text with every character replaced that a terminal would obey: controls become their pictures (ESC is ␛), C1
/// controls, marks that turn the direction of text (UAX #9) and those of annotations become U+FFFD.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{fff9}'..='\u{fffb}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A path as it is shown: with forward slashes on every system, as charts and commands of every system may write it.
pub(crate) fn visible_path(path: &Path) -> String {
    slashed(&visible(&path.to_string_lossy()), cfg!(windows))
}

/// A folder as it is shown, without a slash at its end.
pub(crate) fn visible_folder(path: &Path) -> String {
    visible_path(path).trim_end_matches('/').to_owned()
}

/// Canonical paths of Windows carry the prefix of verbatim ones, `\\?\` and for shares `\\?\UNC\`.
fn slashed(path: &str, windows: bool) -> String {
    match path.strip_prefix(r"\\?\") {
        _ if !windows => path.to_owned(),
        None => path.replace('\\', "/"),
        Some(verbatim) => match verbatim.strip_prefix(r"UNC\") {
            Some(share) => format!("//{}", share.replace('\\', "/")),
            None => verbatim.replace('\\', "/"),
        },
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

/// The text with lines of at most so many columns. What is broken off stands below where its column of a table begins,
/// which two blanks set off from the one before.
pub(crate) fn fold(text: &str, width: usize) -> String {
    text.lines().map(|line| fold_line(line, width) + "\n").collect()
}

fn fold_line(line: &str, width: usize) -> String {
    let indent = line.len() - line.trim_start().len();
    let column = line.rfind("  ").map_or(0, |at| columns(&line[..at + 2]));
    // A column that begins too far to the right leaves no room: then the line's own indentation holds.
    let hang = if column + LEAST <= width { column.max(indent) } else { indent };
    let (mut folded, mut used, mut rest) = (String::new(), 0, line);
    while used + columns(rest) > width {
        let Some(end) = break_before(rest, width.saturating_sub(used)).filter(|end| *end > indent || used > 0) else {
            break;
        };
        folded += &format!("{}\n{:hang$}", rest[..end].trim_end(), "");
        (used, rest) = (hang, rest[end..].trim_start());
    }
    folded + rest
}

/// The last place within so many columns where a line may break: behind a blank, or beside a Han character where neither
/// side's mark minds.
fn break_before(text: &str, room: usize) -> Option<usize> {
    let (mut used, mut before, mut found) = (0, ' ', None);
    for (at, c) in text.char_indices() {
        let wide = |c: char| c.width() == Some(2);
        let beside_han = (wide(before) || wide(c)) && !OPENING.contains(before) && !CLOSING.contains(c);
        if at > 0 && c != ' ' && (before == ' ' || beside_han) {
            found = Some(at);
        }
        used += c.width().unwrap_or_default();
        if used > room {
            return found;
        }
        before = c;
    }
    None
}

/// The narrowest column that text is folded in.
const LEAST: usize = 20;
/// Marks that no line ends with, and that none begins with.
const OPENING: &str = "（“《【[(";
const CLOSING: &str = "，。、；：！？）”》】…,.;:!?)]";

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
    fn long_lines_are_folded_below_their_column() {
        let row = "  -o <文件夹>  海报写到哪里，省略时是 riskchart.toml 说的";
        let below = " ".repeat(15);
        assert_eq!(fold(row, 38), format!("  -o <文件夹>  海报写到哪里，省略时是\n{below}riskchart.toml 说的\n"));
        assert_eq!(fold(row, 80), format!("{row}\n"));
        assert_eq!(fold("    甲乙丙（丁）", 11), "    甲乙丙\n    （丁）\n");
        assert_eq!(fold("a-word-that-is-too-long", 10), "a-word-that-is-too-long\n", "no place to break");
        for width in 36..100 {
            let lines = fold(row, width);
            assert!(lines.lines().all(|line| columns(line) <= width), "{width} {lines}");
        }
    }

    #[test]
    fn paths_of_windows_are_shown_with_forward_slashes() {
        assert_eq!(slashed(r"C:\图\out", true), "C:/图/out");
        assert_eq!(slashed(r"\\?\C:\图", true), "C:/图");
        assert_eq!(slashed(r"\\?\UNC\机关\图", true), "//机关/图");
        assert_eq!(slashed(r"\\机关\图", true), "//机关/图");
        assert_eq!(slashed(r"图\a", false), r"图\a", "elsewhere a backslash is a letter of the name");
        assert_eq!(visible_folder(Path::new("图/out//")), "图/out");
    }

    #[test]
    fn han_takes_two_columns() {
        assert_eq!(pad("职权", 6), "职权  ");
        assert_eq!(pad("职权", 2), "职权");
    }
}
