//! Air: on a page with height to spare, lines stand further apart and text further from the outlines of its box.

use crate::unit::Em;

/// What is added to the least leading and the least space above and below the text of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Air {
    /// In thousandths of the type size.
    pub(super) leading: i32,
    /// On either side.
    pub(crate) padding: Em,
}

impl Air {
    /// How much may be added, the most first: leading up to one and a half times the type size.
    pub(crate) fn amounts() -> impl Iterator<Item = Self> {
        (1..=STEPS).rev().map(|step| Self { leading: LEADING_STEP * step, padding: PADDING_STEP * step })
    }
}

const STEPS: i32 = 5;
const LEADING_STEP: i32 = 44;
const PADDING_STEP: Em = Em::milli(90);
