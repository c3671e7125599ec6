//! What the words stand for that the key table lets be chosen among.

use super::{ColorSpace, Column, Numbering, Shape};
use crate::input::keys::TableId;
use crate::paper::Orientation;

/// A value that is chosen by a word of a key's row.
pub(super) trait Chosen: Copy + 'static {
    /// The key's table and English name.
    const KEY: (TableId, &'static str);
    /// Every word of the row, by its English name, with what it stands for.
    const WORDS: &'static [(&'static str, Self)];

    /// What a word of the row stands for.
    fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }
}

impl Chosen for Shape {
    const KEY: (TableId, &'static str) = (TableId::Stage, "shape");
    const WORDS: &'static [(&'static str, Self)] =
        &[("step", Self::Step), ("decision", Self::Decision), ("start", Self::Start), ("end", Self::End)];
}

impl Chosen for Column {
    const KEY: (TableId, &'static str) = (TableId::Columns, "order");
    const WORDS: &'static [(&'static str, Self)] =
        &[("flow", Self::Flow), ("risk", Self::Risk), ("measure", Self::Measure)];
}

impl Chosen for Numbering {
    const KEY: (TableId, &'static str) = (TableId::Page, "numbering");
    const WORDS: &'static [(&'static str, Self)] = &[
        ("1.", Self::Dot),
        ("1、", Self::Comma),
        ("（1）", Self::Parenthesised),
        ("①", Self::Circled),
        ("一、", Self::Han),
        ("none", Self::None),
    ];
}

impl Chosen for ColorSpace {
    const KEY: (TableId, &'static str) = (TableId::Page, "color");
    const WORDS: &'static [(&'static str, Self)] = &[("rgb", Self::Rgb), ("cmyk", Self::Cmyk), ("gray", Self::Gray)];
}

/// `None` is either: whichever gives the larger type.
impl Chosen for Option<Orientation> {
    const KEY: (TableId, &'static str) = (TableId::Page, "orientation");
    const WORDS: &'static [(&'static str, Self)] =
        &[("auto", None), ("portrait", Some(Orientation::Portrait)), ("landscape", Some(Orientation::Landscape))];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::keys::Kind;

    fn words_of_the_row<T: Chosen>() {
        let (table, key) = T::KEY;
        let row = table.key(key).expect("a row");
        let (Kind::Choice(choices) | Kind::Choices(choices)) = row.kind else { panic!("{key} is not chosen") };
        let named: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
        assert_eq!(T::WORDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), named, "{key}");
    }

    #[test]
    fn every_word_of_a_row_stands_for_something() {
        words_of_the_row::<Shape>();
        words_of_the_row::<Column>();
        words_of_the_row::<Numbering>();
        words_of_the_row::<ColorSpace>();
        words_of_the_row::<Option<Orientation>>();
    }
}
