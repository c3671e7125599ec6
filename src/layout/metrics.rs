//! The numbers of the look: distances inside the grid and around it, in ems of the body size; sizes that go with the page,
//! in parts of its short side.

use crate::geom::{Rect, Size};
use crate::unit::{Em, Length};

/// A page to fill: its trimmed size and the area within its margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The trimmed page.
    pub(super) size: Size,
    /// What is within the margins, from the corner of what is printed.
    pub(super) inner: Rect,
}

impl Sheet {
    /// The page's short side, by which everything is sized that goes with the page.
    pub(super) fn short_side(&self) -> Length {
        self.size.width.min(self.size.height)
    }

    /// Left and right edge of one of the panels that stand side by side.
    pub(super) fn panel(&self, number: usize, abreast: usize, body: Length) -> (Length, Length) {
        let gap = PANEL_GAP.at(body);
        let width = (self.inner.width() - gap * (abreast as i64 - 1)) / abreast as i64;
        let left = self.inner.left + (width + gap) * number as i64;
        (left, if number + 1 == abreast { self.inner.right } else { left + width })
    }
}

/// Space between a box's outline and its text, left and right.
pub(super) const PAD_X: Em = Em::milli(360);
/// Space between a box's outline and its text, above and below.
pub(super) const PAD_Y: Em = Em::milli(200);
/// The coloured edge of a risk box.
pub(super) const EDGE: Em = Em::milli(260);
/// Space between a flow box's outline and its text, left and right.
pub(super) const STAGE_PAD_X: Em = Em::milli(390);
/// Space between a flow box's outline and its text, above and below.
pub(super) const STAGE_PAD_Y: Em = Em::milli(260);
/// Width between two columns, which the arrows cross.
pub(super) const GUTTER: Em = Em::milli(1100);
/// Width between two panels side by side.
pub(super) const PANEL_GAP: Em = Em::milli(2400);
/// Least space between two boxes of one column.
pub(super) const BOX_GAP: Em = Em::milli(430);
/// Least space between boxes of one cell.
pub(super) const STACK_GAP: Em = Em::milli(420);
/// Least length of an arrow between two boxes of the flow.
pub(super) const FLOW_GAP: Em = Em::milli(900);
/// What each further line of arrows adds to the space between two rows of the flow.
pub(super) const TRACK: Em = Em::milli(700);
/// Space between a branch's label and its line.
pub(super) const LABEL_SPACE: Em = Em::milli(260);
/// Width kept free in an empty cell that an arrow crosses.
pub(super) const CROSSING: Em = Em::milli(900);
/// How near to its end a box's side may be met by an arrow.
pub(super) const ARROW_INSET: Em = Em::milli(700);
/// From the boxes to the first arrow that passes below them, and from one such arrow to the next.
pub(super) const FIRST_PASS: Em = Em::milli(380);
pub(super) const NEXT_PASS: Em = Em::milli(340);
/// From the top of the space for labels to the labels.
pub(super) const ABOVE_LABEL: Em = Em::milli(120);
/// The height of the words at a page's edge that tell where an arrow goes on.
pub(super) const REFERENCE: Em = Em::milli(1300);
/// The width of such words, with the number of a page of two digits.
pub(super) const REFERENCE_WIDTH: Em = Em::milli(3800);
/// Between a label and the line below or above it.
pub(super) const NEAR: Em = Em::milli(130);
/// From the lowest level to the boxes below: an arrow's head and a piece of its line.
pub(super) const TAIL: Em = Em::milli(230);
/// How far from its lane's middle a box is entered that another line leaves there.
pub(super) const ASIDE: Em = Em::milli(900);
/// From one exit at a box's bottom to the next.
pub(super) const EXIT: Em = Em::milli(700);
/// From the main line's boxes to an arrow that runs between it and the lanes beside it, and from there to those.
pub(super) const INNER_TRACK: Em = Em::milli(800);
pub(super) const BESIDE_INNER: Em = Em::milli(450);
/// How far below a row's line such an arrow comes to its target, and from there to the box's end at least.
pub(super) const INNER_ENTRY: Em = Em::milli(720);
pub(super) const INNER_END: Em = Em::milli(330);
/// Between the outermost box and the first track along the outer side; a line stands at two thirds of its track.
pub(super) const BEFORE_TRACKS: Em = Em::milli(250);
/// The least space between two lanes, with an arrow from one to the other and without.
pub(super) const LEAST_GAP: Em = Em::milli(1300);
pub(super) const BARE_GAP: Em = Em::milli(900);
/// How far two arrows that run both ways between neighbours stand apart.
pub(super) const ABREAST: Em = Em::milli(560);
/// From the box that a comb comes from down to where its line parts from the box's.
pub(super) const FORK: Em = Em::milli(400);
/// From the boxes of a row to the first below them, and from one such box to the next, where they hang under each other.
pub(super) const HANG_GAP: Em = Em::milli(600);
/// From the lowest such box to the row below.
pub(super) const HANG_UNDER: Em = FLOW_GAP;
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
pub(super) const HEAD_PAD_Y: Em = Em::milli(150);
/// Space between column heads and grid, grid and notes, notes and footer.
pub(super) const HEAD_GAP: Em = Em::milli(440);
pub(super) const FOOT_GAP: Em = Em::milli(380);

/// From one line of fields in header and footer to the next.
pub(super) const FIELD_LINE: Em = Em::milli(1420);
/// Space between two fields on one line.
pub(super) const FIELD_GAP: Em = Em::milli(1600);
/// From the footer's rule to its first line less [`FOOT_GAP`]: the words stand nearer to the rule than their line does.
pub(super) const FOOT_RISE: Em = Em::milli(150);
/// The double rule under the title block and the space around it.
pub(super) const TITLE_RULE: Em = Em::milli(700);
/// A ruled blank's length, and how short it may be for legend and fields to share a line: on A3 some 3 cm, in which a
/// number is written by hand.
pub(super) const BLANK: Em = Em::milli(7000);
pub(super) const LEAST_BLANK: Em = Em::milli(4200);
/// From a field's baseline down to its ruled blank.
pub(super) const BLANK_DROP: Em = Em::milli(160);
/// Space between the legend's lead and its first badge, and between two badges.
pub(super) const LEGEND_LEAD: Em = Em::milli(500);
pub(super) const LEGEND_GAP: Em = Em::milli(550);
/// Half the height of a level's badge.
pub(super) const BADGE_HALF: Em = Em::milli(640);
/// A label under a QR code is set in lines of so many ems, or as wide as the code.
pub(super) const CODE_LABEL: Em = Em::milli(8000);

/// Type sizes in percent of the title's.
pub(super) const UNIT_PERCENT: i64 = 62;
pub(super) const SUBTITLE_PERCENT: i64 = 58;
/// And at most so many percent of the title's own size.
pub(super) const BESIDE_TITLE: i64 = 80;
/// The title block's leading, in percent of the type size, and from the top of such a line to its em box, in thousandths
/// of it.
pub(super) const TITLE_LEADING: i64 = 125;
pub(super) const TITLE_RISE: i32 = 140;
/// The title's least size in percent of the body's.
pub(super) const TITLE_OVER_BODY: i64 = 165;
/// The title may shrink to so many percent to stay on one line; where it can't, it is set in so many percent, on lines of
/// so many percent of the width.
pub(super) const TITLE_LEAST: i64 = 76;
pub(super) const TITLE_BROKEN: i64 = 86;
pub(super) const TITLE_MEASURE: i64 = 92;
/// The least of both in percent of the body's size: a title is larger than what it is the title of.
pub(super) const TITLE_LEAST_OVER_BODY: i64 = 110;
pub(super) const TITLE_BROKEN_OVER_BODY: i64 = 125;
/// The most of the width that a logo takes, in percent.
pub(super) const WIDEST_LOGO: i64 = 18;
/// Space between logo and title, in percent of the title's size.
pub(super) const LOGO_GAP: i64 = 60;
/// The side of a QR code on a page as wide as A4, without its quiet zone. It grows with the page, as the distance does from
/// which phones are held up to it.
pub(super) const CODE_SIDE: (Length, Length) = (Length::mm(18), Length::mm(210));
/// The least side of a code's module: below it, phones and rough paper fail.
pub(super) const LEAST_MODULE: Length = Length::um(500);

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

/// The title's type size: 4.1 % of the short side, and no less than this much of the body's, so that a chart in large type
/// has a larger title.
pub(super) fn title_size(short_side: Length, body: Length) -> Length {
    short_side.scale(41, 1000).max(body.percent(TITLE_OVER_BODY))
}

/// The largest body size: 3.6 % of the short side (30 pt on A3). Beyond it a sparse chart gets air instead.
pub(super) fn largest_body(short_side: Length) -> Length {
    short_side.scale(36, 1000)
}
