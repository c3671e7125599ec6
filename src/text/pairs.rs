//! What two neighbouring characters do to each other: may a line break between them, do their blanks overlap, does a
//! gap part them.

use super::class::Class;
use super::class::Class::{
    Closing, Connector, Dash, Digit, Dot, Ellipsis, Exclaim, Han, LatinClose, LatinOpen, Letter, Opening, Pause,
    Prefix, Slash, Space, Stop, Unit,
};

/// How willingly a line breaks at a place. A worse break is used only where no better one lets the text fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Freely.
    Free,
    /// Inside what stays whole where the box allows: short titles, names, document numbers.
    Kept,
    /// Between a number and its counter.
    Number,
    /// Inside an address, after / ? & = . - _ @ (an emergency).
    Address,
    /// Inside a word or number (an emergency).
    Word,
    /// Against the rules: only in a box narrower than a character and its mark (an emergency).
    Never,
}

impl Break {
    /// Whether a break here is an emergency.
    pub(super) fn is_emergency(self) -> bool {
        self >= Self::Address
    }
}

/// Which halves of two adjacent marks are blank and overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Squeeze {
    /// None.
    Nothing,
    /// The blank at the right of the first goes.
    First,
    /// The blank at the left of the second goes.
    Second,
}

/// Whether a line may break between `l` and `r`, by their classes alone.
pub(super) fn break_between(l: Class, r: Class) -> Break {
    match (l, r) {
        // A line takes the blank along; the text goes on after it.
        (_, Space) => Break::Never,
        (Space, _) if r.never_starts() => Break::Never,
        (Space, _) => Break::Free,
        // Rules 1–3 and 6–9: what begins and ends no line.
        _ if r.never_starts() || l.never_ends() => break_inside_code(l, r),
        (Digit, Unit) => Break::Never,
        // Rule 21: words and numbers. A word is cut between letters, not before or after its own marks.
        (Letter | Digit, Letter | Digit) => Break::Word,
        (Letter | Digit, LatinOpen) | (LatinClose, Letter | Digit) | (Connector, Digit) => Break::Word,
        (Prefix, Digit) => Break::Never,
        _ => Break::Free,
    }
}

/// Codes such as GB/T are words; where an address breaks is told by its characters.
fn break_inside_code(l: Class, r: Class) -> Break {
    if l == Slash && r.is_western() { Break::Word } else { Break::Never }
}

/// Rule 12: of two adjacent marks at least one of which is a bracket or quote, the blanks overlap (CLREQ 3.1.6.2
/// 标点符号的宽度调整); so they do between two points, as in ？！ and 。”.
pub(super) fn squeeze(l: Class, r: Class) -> Squeeze {
    match (l, r) {
        (Closing | Pause | Stop | Exclaim, Opening | Closing | Pause | Stop | Exclaim) => Squeeze::First,
        (Opening, Opening) => Squeeze::Second,
        (Closing, Dash | Ellipsis | Dot) => Squeeze::First,
        (Dash | Ellipsis | Dot, Opening) => Squeeze::Second,
        _ => Squeeze::Nothing,
    }
}

/// Rule 19: Han characters stand a little apart from Western letters and numbers (CLREQ 3.2.2), marks do not.
pub(super) fn parted(l: Class, r: Class) -> bool {
    let western = |class: Class| matches!(class, Letter | Digit);
    match (l, r) {
        (Han, Prefix) | (Unit, Han) => true,
        (Han, r) => western(r),
        (l, Han) => western(l),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_by_class() {
        for (l, r, expected) in [
            (Han, Han, Break::Free),
            (Han, Pause, Break::Never),
            (Opening, Han, Break::Never),
            (Closing, Opening, Break::Free),
            (Letter, Digit, Break::Word),
            (Digit, Unit, Break::Never),
            (Han, Unit, Break::Free),
            (Digit, Han, Break::Free),
            (Slash, Letter, Break::Word),
            (Slash, Han, Break::Never),
            (Han, Slash, Break::Never),
            (Space, Letter, Break::Free),
            (Letter, Space, Break::Never),
            (Dash, Han, Break::Free),
            (Han, Dash, Break::Never),
            (Han, Connector, Break::Never),
            (Han, Dot, Break::Never),
        ] {
            assert_eq!(break_between(l, r), expected, "{l:?} {r:?}");
        }
    }

    #[test]
    fn worse_breaks_are_ranked_worse() {
        assert!(
            Break::Free < Break::Kept
                && Break::Kept < Break::Number
                && Break::Number < Break::Address
                && Break::Address < Break::Word
        );
        assert!(!Break::Number.is_emergency() && Break::Address.is_emergency());
    }

    #[test]
    fn only_han_and_western_are_parted() {
        assert!(parted(Han, Digit) && parted(Letter, Han));
        for (l, r) in [(Pause, Letter), (Digit, Closing), (Opening, Letter), (Han, Han), (Digit, Unit), (Slash, Han)] {
            assert!(!parted(l, r), "{l:?} {r:?}");
        }
    }
}
