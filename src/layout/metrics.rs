//! Distances inside the grid, in ems of the body size, and of the page, in parts of its short side.

use crate::unit::{Em, Length};

/// Space between a box's outline and its text, left and right.
pub(super) const PAD_X: Em = Em::milli(400);
/// Space between a box's outline and its text, above and below.
pub(super) const PAD_Y: Em = Em::milli(240);
/// The coloured edge of a risk box.
pub(super) const EDGE: Em = Em::milli(260);
/// Space between a flow box's outline and its text, left and right.
pub(super) const STAGE_PAD_X: Em = Em::milli(390);
/// Space between a flow box's outline and its text, above and below.
pub(super) const STAGE_PAD_Y: Em = Em::milli(260);
/// Width between two columns, which the arrows cross.
pub(super) const GUTTER: Em = Em::milli(1100);
/// Least space between two boxes of one column.
pub(super) const BOX_GAP: Em = Em::milli(480);
/// Least space between boxes of one cell.
pub(super) const STACK_GAP: Em = Em::milli(420);
/// Least length of an arrow between two boxes of the flow.
pub(super) const FLOW_GAP: Em = Em::milli(950);
/// What each further line of arrows adds to the space between two rows of the flow.
pub(super) const TRACK: Em = Em::milli(700);
/// Space between a branch's label and its line.
pub(super) const LABEL_SPACE: Em = Em::milli(260);
/// Width kept free in an empty cell that an arrow crosses.
pub(super) const CROSSING: Em = Em::milli(900);
/// How near to its end a box's side may be met by an arrow.
pub(super) const ARROW_INSET: Em = Em::milli(700);
/// Length and half-width of an arrow's head.
pub(super) const HEAD_LENGTH: Em = Em::milli(480);
pub(super) const HEAD_HALF: Em = Em::milli(210);
/// Line widths.
pub(super) const BOX_LINE: Em = Em::milli(42);
pub(super) const STAGE_LINE: Em = Em::milli(75);
pub(super) const FLOW_LINE: Em = Em::milli(95);
pub(super) const LINK_LINE: Em = Em::milli(60);
pub(super) const RULE_LINE: Em = Em::milli(36);
/// Space above and below a column head's text.
pub(super) const HEAD_PAD_Y: Em = Em::milli(200);
/// Space between column heads and grid, grid and notes, notes and footer.
pub(super) const HEAD_GAP: Em = Em::milli(500);
pub(super) const FOOT_GAP: Em = Em::milli(430);

/// Lines thinner than this are lost at the press (0.25 pt).
pub(super) const HAIRLINE: Length = Length::um(89);

/// A line's width at a body size, never below a hairline.
pub(super) fn line(width: Em, body: Length) -> Length {
    width.at(body).max(HAIRLINE)
}

/// The margin a page gets by default: 3.2 % of the short side, at least 5 mm.
pub(super) fn default_margin(short_side: Length) -> Length {
    short_side.scale(32, 1000).max(Length::mm(5))
}

/// The title's type size: 4.1 % of the short side.
pub(super) fn title_size(short_side: Length) -> Length {
    short_side.scale(41, 1000)
}

/// The largest body size: 3.6 % of the short side (30 pt on A3). Beyond it a sparse chart gets air instead.
pub(super) fn largest_body(short_side: Length) -> Length {
    short_side.scale(36, 1000)
}
