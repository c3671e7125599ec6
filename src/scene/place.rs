//! Where items lie, and the same items elsewhere: what is asked for when a finished picture is put on other sheets.

use super::{Clip, GlyphRun, Group, Image, Item, Link, Shape};
use crate::geom::{Point, Rect};
use crate::unit::Length;

impl GlyphRun {
    /// The room of its em boxes: 0.88 above the baseline, 0.12 below, from its first pen to its last.
    pub fn em_box(&self) -> Rect {
        let width = self.glyphs.iter().map(|glyph| glyph.advance).sum();
        let top = self.origin.y - self.size.percent(88);
        Rect::new(self.origin.x, top, self.origin.x + width, top + self.size)
    }
}

impl Shape {
    /// A rectangle around what it draws. Mitred corners reach four line widths at the most: both formats cut them there.
    pub(super) fn reach(&self) -> Option<Rect> {
        let around = self.stroke.map_or(Length::ZERO, |stroke| stroke.width * 2);
        self.path.bounds().map(|bounds| bounds.inset(-around))
    }
}

impl Item {
    /// A rectangle around everything the item draws or covers, rather too large than too small; `None` where it draws
    /// nothing.
    pub fn reach(&self) -> Option<Rect> {
        match self {
            Self::Group(group) => group.items.iter().filter_map(Self::reach).reduce(|a, b| a.union(&b)),
            // No glyph leaves its em box by more than an em.
            Self::Text(run) => Some(run.em_box().inset(-run.size)),
            Self::Path(shape) => shape.reach(),
            Self::Arrow(arrow) => arrow.reach(),
            Self::Image(image) => Some(image.rect),
            Self::Link(link) => link.items.iter().filter_map(Self::reach).chain([link.rect]).reduce(|a, b| a.union(&b)),
            Self::Clip(clip) => {
                let inner = clip.items.iter().filter_map(Self::reach).reduce(|a, b| a.union(&b))?;
                inner.intersection(&clip.rect)
            }
        }
    }

    /// The part of the item that reaches into `area`, moved by `dx`, `dy`: groups and clips lose what lies outside, the
    /// rest stays whole. `None` where nothing is left.
    pub fn part(&self, area: &Rect, dx: Length, dy: Length) -> Option<Self> {
        let parts = |items: &[Self]| -> Vec<Self> { items.iter().filter_map(|item| item.part(area, dx, dy)).collect() };
        let moved = |rect: &Rect| rect.shifted(dx, dy);
        match self {
            Self::Group(group) => {
                let items = parts(&group.items);
                (!items.is_empty()).then_some(Self::Group(Group { items, ..*group }))
            }
            Self::Clip(clip) => {
                let items = if clip.rect.overlaps(area) { parts(&clip.items) } else { Vec::new() };
                (!items.is_empty()).then_some(Self::Clip(Clip { rect: moved(&clip.rect), items }))
            }
            Self::Link(link) => {
                let rect = link.rect.intersection(area)?;
                Some(Self::Link(Link { rect: moved(&rect), target: link.target.clone(), items: parts(&link.items) }))
            }
            _ if !self.reach()?.inset(-Length::um(1)).overlaps(area) => None,
            Self::Text(run) => Some(Self::Text(GlyphRun { origin: run.origin.shifted(dx, dy), ..run.clone() })),
            Self::Path(shape) => {
                let path = shape.path.map(|p: Point| p.shifted(dx, dy));
                Some(Self::Path(Shape { path, ..*shape }))
            }
            Self::Arrow(arrow) => Some(Self::Arrow(Box::new(arrow.shifted(dx, dy)))),
            Self::Image(image) => Some(Self::Image(Image { rect: moved(&image.rect), ..image.clone() })),
        }
    }
}
