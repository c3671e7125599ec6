//! Words of the flow's arrows: labels beside them, references where they go on to other pages.

use super::text::{group, para};
use crate::layout::route::labels::Label;
use crate::layout::route::references::Reference;
use crate::layout::words::block::{Para, Piece};
use crate::layout::words::content::percent;
use crate::layout::words::style::Styles;
use crate::scene::{Item, Role};
use crate::text::Setting;
use crate::unit::{Em, Length};

/// Sets the words of one page's arrows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LabelPainter<'a> {
    pub(crate) styles: &'a Styles<'a>,
    pub(crate) body: Length,
}

impl LabelPainter<'_> {
    /// A label.
    pub(crate) fn label(&self, label: &Label<'_>) -> Item {
        let items = para(label.words, label.measure, self.body, label.edges, label.top, label.align);
        group(Role::BranchLabel, label.words.pieces[0].span, items)
    }

    /// The words that tell where an arrow goes on.
    pub(crate) fn reference(&self, Reference { words, x, top, align, .. }: &Reference) -> Item {
        let piece = Piece::words(words, self.styles.body, self.styles.theme.ink);
        let words = Para::new(self.styles, vec![piece], percent::SMALL, Setting::Body, &mut Vec::new());
        group(Role::BranchLabel, None, para(&words, Em::MAX, self.body, (*x, *x), *top, *align))
    }
}
