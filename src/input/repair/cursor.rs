//! A place in a text that can't lie within a character.

use std::ops::{Bound, RangeBounds};

use crate::source::floor;

/// A text and how far it is read. Bytes asked for within a character are those from its beginning.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte to read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a byte, or to the end of a shorter text.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = floor(self.text, at);
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// These bytes; empty where the end comes before the beginning.
    pub(super) fn part(&self, range: impl RangeBounds<usize>) -> &'t str {
        let start = match range.start_bound() {
            Bound::Included(&at) | Bound::Excluded(&at) => floor(self.text, at),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&at) | Bound::Excluded(&at) => floor(self.text, at),
            Bound::Unbounded => self.text.len(),
        };
        &self.text[start..end.max(start)]
    }

    /// Bytes in the whole text.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_lies_within_a_character() {
        let mut cursor = Cursor::new("a职b");
        for (at, rest) in [(0, "a职b"), (1, "职b"), (2, "职b"), (3, "职b"), (4, "b"), (9, "")] {
            cursor.go_to(at);
            assert_eq!((cursor.rest(), cursor.part(at..)), (rest, rest), "{at}");
        }
        assert_eq!((cursor.part(0..3), cursor.part(4..5), cursor.part(..=0)), ("a", "b", ""));
    }
}
