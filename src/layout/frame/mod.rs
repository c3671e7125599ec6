//! What stands around the grid, stacked once: measuring reads the heights off it, painting the places.
//!
//! | file | holds |
//! |---|---|
//! | [`title`] | the title block: agency, title, subtitle, fields, the logo beside them |
//! | [`foot`] | notes, legend, phones, QR code, page number |
//! | [`legend`] | the levels' badges with their names |
//! | [`deal`] | fields dealt to lines |

pub(in crate::layout) mod deal;
pub(in crate::layout) mod foot;
pub(in crate::layout) mod legend;
pub(in crate::layout) mod title;

use crate::layout::metrics::Sheet;
use crate::layout::words::block::Block;
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::Length;
use foot::Foot;
use title::TitleBlock;

/// Title block and foot of a page at a body size, in places on that page.
#[derive(Clone, Debug)]
pub(in crate::layout) struct FramePlan {
    /// What stands above the column heads.
    pub(in crate::layout) title: TitleBlock,
    /// What stands below the grid.
    pub(in crate::layout) foot: Foot,
}

impl FramePlan {
    /// Stacks a frame and the notes on a sheet.
    pub(in crate::layout) fn new(frame: &Frame<'_>, notes: &Block, sheet: &Sheet, body: Length, pages: Pages) -> Self {
        Self { title: TitleBlock::new(frame, sheet, body, pages), foot: Foot::new(frame, notes, sheet, body, pages) }
    }

    /// The height between title block and foot.
    pub(in crate::layout) fn room(&self) -> Length {
        self.foot.top - self.title.bottom
    }
}
