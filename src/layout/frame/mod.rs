//! What stands around the grid, stacked once: measuring reads the heights off it, painting the places.
//!
//! | file | holds |
//! |---|---|
//! | [`title`] | the title block: agency, title, subtitle, fields, the logo beside them |
//! | [`foot`] | notes, legend, phones, QR code, page number |
//! | [`legend`] | the levels' badges with their names |
//! | [`deal`] | fields dealt to lines |

pub(crate) mod deal;
pub(crate) mod foot;
pub(crate) mod legend;
pub(crate) mod title;

use crate::layout::metrics::Sheet;
use crate::layout::words::block::Block;
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::Length;
use foot::Foot;
use title::TitleBlock;

/// Title block and foot of a page at a body size, in places on that page.
#[derive(Clone, Debug)]
pub(crate) struct FramePlan {
    /// What stands above the column heads.
    pub(crate) title: TitleBlock,
    /// What stands below the grid.
    pub(crate) foot: Foot,
}

impl FramePlan {
    /// Stacks a frame and the notes on a sheet.
    pub(crate) fn new(frame: &Frame<'_>, notes: &Block, sheet: &Sheet, body: Length, pages: Pages) -> Self {
        Self { title: TitleBlock::new(frame, sheet, body, pages), foot: Foot::new(frame, notes, sheet, body, pages) }
    }

    /// The height between title block and foot.
    pub(crate) fn room(&self) -> Length {
        self.foot.top - self.title.bottom
    }
}
