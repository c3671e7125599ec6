//! What the words stand for that the key table lets be chosen among.

use super::{ColorSpace, Column, Numbering, Shape};
use crate::input::keys::{Choice, Kind, TableId};
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

/// The words that 方向 may be, and what one of them stands for, for whoever asks for it elsewhere than in a chart.
pub fn orientations() -> &'static [Choice] {
    words::<Option<Orientation>>()
}

/// What a word for 方向 stands for, in either language; `None` where it is none, `Some(None)` for 自动.
pub fn orientation(written: &str) -> Option<Option<Orientation>> {
    Choice::find(orientations(), written).and_then(|choice| Chosen::of(choice.name))
}

/// The words of a value's row.
fn words<T: Chosen>() -> &'static [Choice] {
    let (table, key) = T::KEY;
    match table.key(key).map(|row| row.kind) {
        Some(Kind::Choice(choices) | Kind::Choices(choices)) => choices,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of_the_row<T: Chosen>() {
        let named: Vec<&str> = words::<T>().iter().map(|choice| choice.name).collect();
        assert_eq!(T::WORDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), named, "{:?}", T::KEY);
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
