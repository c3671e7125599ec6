//! Placed boxes to scene items.

pub(super) mod arrow;
pub(super) mod boxes;
pub(super) mod frame;
pub(super) mod labels;
pub(super) mod page;
pub(super) mod phases;
pub(super) mod rows;
pub(super) mod text;
pub(super) mod watermark;
