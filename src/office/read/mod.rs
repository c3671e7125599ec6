//! What the texts of a document mean: numbers, lists, labelled lines, levels, names, titles, heads, what stands around a chart.

pub(super) mod fields;
pub(super) mod front;
pub(super) mod heads;
pub(super) mod items;
pub(super) mod level;
pub(super) mod people;
pub(super) mod stage;
pub(super) mod title;

/// A paragraph of a box or a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Para {
    /// Its text; line breaks within it are `\n`.
    pub(super) text: String,
    /// Whether the document numbers it.
    pub(super) numbered: bool,
}

impl Para {
    /// A paragraph without a number of the document's.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), numbered: false }
    }
}

/// The paragraphs of a cell of a sheet: a line end there is the clerk's own.
pub(super) fn lines(text: &str) -> Vec<Para> {
    text.split('\n').map(Para::plain).collect()
}

/// The text of paragraphs, one a line, blank ones left out.
pub(super) fn joined(paras: &[Para]) -> String {
    let lines = paras.iter().map(|para| para.text.trim()).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn is_wide(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace()
}

/// A text on one line: line ends and runs of blanks become one blank, which goes where either neighbour is Chinese: 受　　理
/// is a name spread over its box.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            blank = !out.is_empty();
            continue;
        }
        if blank && !is_wide(c) && !out.chars().next_back().is_some_and(is_wide) {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    out
}

/// Characters that no reader sees: Word and web pages leave them between others.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\0'..='\x08' | '\x0e'..='\x1f')
}

/// What clerks write where there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = squeezed(text);
    text.is_empty()
        || matches!(
            text.as_str(),
            "/" | "／"
                | "\\"
                | "—"
                | "——"
                | "-"
                | "--"
                | "－"
                | "无"
                | "无。"
                | "（无）"
                | "暂无"
                | "无风险"
                | "无风险点"
                | "×"
                | "∕"
        )
}

/// Signs that are drawn between stages with the keyboard.
pub(super) const ARROWS: &[char] =
    &['↓', '→', '↑', '←', '⇩', '⇨', '▼', '▶', '▽', '|', '│', ' ', '\u{3000}', '\t', '\n'];

/// Whether a text is nothing but arrows and blanks.
pub(super) fn is_arrows(text: &str) -> bool {
    text.chars().all(|c| ARROWS.contains(&c))
}

/// A text without what ends it.
pub(super) fn without_end(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', ';', '.', '，', ',', '、', '：', ':']).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_names_are_drawn_together() {
        assert_eq!(squeezed(" 受　　理  "), "受理");
        assert_eq!(squeezed("接到\n线索"), "接到线索");
        assert_eq!(squeezed("3 D  打印 A"), "3 D打印A");
    }
}
