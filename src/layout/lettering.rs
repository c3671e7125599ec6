//! Words on pages that belong to no chart: contents, assembly plans, labels of tiles.

use crate::color::Rgb;
use crate::font::{FaceId, FontBook};
use crate::geom::Point;
use crate::layout::paint::text::{aligned, runs};
use crate::layout::words::block::{Align, Piece};
use crate::layout::words::style::EM_TOP;
use crate::scene::Item;
use crate::text::{Fragment, Paragraph, Setting};
use crate::unit::{Em, Length};

/// One size of one face, in black.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering<'a> {
    fonts: &'a FontBook,
    face: FaceId,
    pub(super) size: Length,
}

/// A text in it.
#[derive(Clone, Debug)]
pub(super) struct Lettered {
    pieces: [Piece; 1],
    paragraph: Paragraph,
    size: Length,
}

impl<'a> Lettering<'a> {
    pub(super) fn new(fonts: &'a FontBook, family: &str, bold: bool, size: Length) -> Self {
        Self { fonts, face: fonts.find(family, bold).unwrap_or(FaceId(0)), size }
    }

    /// A text, less the characters that no face has.
    pub(super) fn words(&self, text: &str) -> Lettered {
        let prepare = |text: &str| Paragraph::prepare(self.fonts, &[Fragment { text, face: self.face, span: None }]);
        let (text, paragraph) = match prepare(text) {
            Ok(paragraph) => (text.to_owned(), paragraph),
            Err(missing) => {
                let known: String = text.chars().filter(|&c| missing.iter().all(|m| m.character != c)).collect();
                let paragraph = prepare(&known).unwrap_or_default();
                (known, paragraph)
            }
        };
        Lettered { pieces: [Piece::words(text, self.face, Rgb::BLACK)], paragraph, size: self.size }
    }
}

impl Lettered {
    /// The width on one line.
    pub(super) fn width(&self) -> Length {
        self.paragraph.natural_width().at(self.size)
    }

    /// The lines between two edges, the first one's em box from `top` down, `leading` percent of the size apart; and
    /// where the next would begin.
    pub(super) fn lines(
        &self,
        (left, right): (Length, Length),
        align: Align,
        top: Length,
        leading: i64,
    ) -> (Vec<Item>, Length) {
        let mut items = Vec::new();
        let mut y = top;
        let setting = if align == Align::Centre { Setting::Balanced } else { Setting::Body };
        for line in self.paragraph.lines(Em::from_length(right - left, self.size), setting) {
            let x = aligned(line.width.at(self.size), left, right, align);
            let origin = Point::new(x, y + Em::milli(EM_TOP).at(self.size));
            items.extend(runs(&line, &self.pieces, self.size, origin, |_| (Length::ZERO, Length::ZERO)));
            y += self.size.percent(leading);
        }
        (items, y)
    }

    /// The text on one line, its em box from `top` down.
    pub(super) fn line(&self, edges: (Length, Length), align: Align, top: Length) -> Vec<Item> {
        let Some(line) = self.paragraph.lines(Em::MAX, Setting::Body).into_iter().next() else { return Vec::new() };
        let x = aligned(line.width.at(self.size), edges.0, edges.1, align);
        runs(&line, &self.pieces, self.size, Point::new(x, top + Em::milli(EM_TOP).at(self.size)), |_| {
            (Length::ZERO, Length::ZERO)
        })
    }

    /// The right end of the last of the lines between two edges, set from the left.
    pub(super) fn last_end(&self, (left, right): (Length, Length)) -> Length {
        let lines = self.paragraph.lines(Em::from_length(right - left, self.size), Setting::Body);
        left + lines.last().map_or(Length::ZERO, |line| line.width.at(self.size))
    }
}
