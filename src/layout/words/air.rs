//! Air: on a page with height to spare, lines stand further apart and text further from the outlines of its box.

use super::block::{Block, Para};
use super::content::Content;
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

impl Content {
    /// The same with more air in its boxes.
    pub(crate) fn aired(&self, air: Air) -> Self {
        let mut content = self.clone();
        content.air = air;
        let stages = content.stages.iter_mut().flat_map(|stage| [&mut stage.block, &mut stage.materials]);
        let cells = content.cells.iter_mut().map(|cell| &mut cell.block);
        stages.chain(cells).flat_map(paragraphs).for_each(|para| para.extra_leading = air.leading);
        for stage in &mut content.stages {
            stage.diamonds = stage.diamonds.anew(&stage.block);
        }
        content
    }
}

/// All paragraphs of a block.
fn paragraphs(block: &mut Block) -> impl Iterator<Item = &mut Para> {
    block.parts.iter_mut().flat_map(|part| {
        let hanging = part.hanging.iter_mut().flat_map(|hanging| [&mut hanging.lead, &mut hanging.text]);
        std::iter::once(&mut part.para).chain(&mut part.label).chain(hanging)
    })
}
