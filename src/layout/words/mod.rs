//! A chart's words to measured blocks, in ems of the body size.
//!
//! | file | holds |
//! |---|---|
//! | [`style`] | which face, how large beside the body, in which colour |
//! | [`block`] | the text of one box, measured for any width |
//! | [`content`], [`stage`], [`people`], [`numbering`] | what stands in each box of the grid |
//! | [`diamond`] | a decision's text in its diamond |
//! | [`air`] | what a page with height to spare adds inside boxes |
//! | [`portion`] | boxes that go on over a page's end |
//! | [`frame`] | what stands around the grid: title block, footer, notes |

pub(crate) mod air;
pub(crate) mod block;
pub(crate) mod content;
pub(crate) mod diamond;
pub(crate) mod frame;
pub(crate) mod numbering;
mod people;
pub(crate) mod portion;
mod stage;
pub(crate) mod style;
