//! Characters by what they are typed for.

/// Spaces that TOML doesn't take for spaces.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Characters without width that copying brings along: joiners, soft hyphens, stray byte order marks.
pub(in crate::input) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}')
}

pub(super) fn is_open_bracket(c: char) -> bool {
    matches!(c, '[' | '［' | '【' | '〔' | '〖')
}

pub(super) fn opens_bracket(c: char) -> bool {
    is_open_bracket(c) || matches!(c, '{' | '｛')
}

pub(super) fn is_close_bracket(c: char) -> bool {
    matches!(c, ']' | '］' | '】' | '〕' | '〗')
}

pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '；' | ';')
}

pub(super) fn is_equals(c: char) -> bool {
    matches!(c, '=' | '＝' | '：' | ':')
}

pub(super) fn is_equals_sign(c: char) -> bool {
    matches!(c, '=' | '＝')
}

pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '．' | '。' | '｡')
}

/// What ends a key written without quotes.
pub(super) fn ends_key(c: char) -> bool {
    is_blank(c)
        || is_equals(c)
        || is_dot(c)
        || is_comma(c)
        || is_open_bracket(c)
        || is_close_bracket(c)
        || is_quote(c)
        || matches!(c, '\n' | '#' | '＃' | '{' | '}' | '｛' | '｝')
}

/// Whether a character is a quotation mark of any kind, straight ones included.
pub(super) fn is_quote(c: char) -> bool {
    c == '"' || c == '\'' || closers(c).is_some()
}

/// The marks that may close what this one opens. An input method turns “ and ” out in alternation, and one slip leaves
/// them the wrong way round.
pub(super) fn closers(open: char) -> Option<&'static [char]> {
    match open {
        '“' | '”' | '＂' | '〝' | '〞' | '„' => Some(&['”', '“', '＂', '"', '〞', '〝']),
        '‘' | '’' | '＇' => Some(&['’', '‘', '＇', '\'']),
        '`' | '´' => Some(&['`', '´', '’']),
        '「' | '」' => Some(&['」', '「']),
        '『' | '』' => Some(&['』', '『']),
        _ => None,
    }
}

/// Marks typed for an equals sign that say no more than it does: 职权 —— "许可".
pub(in crate::input) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '─' | '－' | '→')
}
