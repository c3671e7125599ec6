//! A decision's text in its diamond: as a column of text, or line by line along the outline.

use super::block::{Band, Block, Part};
use crate::unit::Em;

/// How the text of a flow box is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextShape {
    /// As a column of this width.
    Column(Em),
    /// Each line as wide as the diamond is where it stands.
    Along(Outline),
}

/// A diamond around a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Diamond {
    /// How its text is set.
    pub(crate) text: TextShape,
    /// Its height.
    pub(crate) height: Em,
    /// How far the middle of its text stands above its own.
    pub(crate) raised: Em,
}

/// The outline of a diamond that lines of text are as wide as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outline {
    width: Em,
    height: Em,
    /// Where the text begins, below the upper corner.
    top: Em,
}

impl Outline {
    /// How wide the lines of a paragraph may be that begins so far below the text's top.
    pub(crate) fn measures(self, paragraph: Em, leading: Em) -> impl Fn(usize) -> Em {
        move |line| {
            let upper = paragraph + leading * i32::try_from(line).unwrap_or(i32::MAX / 4);
            self.width_at(upper).min(self.width_at(upper + leading))
        }
    }

    /// How wide it is so far below the text's top.
    fn width_at(self, below: Em) -> Em {
        let middle = self.height / 2 - self.top;
        let off = (middle - below).max(below - middle) + PAD / 2;
        let outside = i64::from(self.width.raw()) * 2 * i64::from(off.raw()) / i64::from(self.height.raw().max(1));
        self.width - AIR - Em::from_raw(i32::try_from(outside).unwrap_or(i32::MAX / 4))
    }
}

impl Block {
    /// The height of its text in a shape.
    pub(crate) fn height_in(&self, shape: TextShape) -> Em {
        match shape {
            TextShape::Column(width) => self.height(width),
            TextShape::Along(outline) => self.height_along(outline).unwrap_or_default(),
        }
    }

    /// The height of a part that begins so far below the text's top.
    pub(crate) fn part_height_in(&self, part: &Part, from: Em, shape: TextShape) -> Em {
        match shape {
            TextShape::Column(width) => self.part_height(part, width),
            TextShape::Along(outline) => part_along(part, from, outline).unwrap_or_default(),
        }
    }

    /// The height of its text along an outline; `None` where that does not hold it.
    fn height_along(&self, outline: Outline) -> Option<Em> {
        self.parts.iter().enumerate().try_fold(Em::ZERO, |bottom, (index, part)| {
            let top = bottom + self.space_before(index);
            Some(top + part_along(part, top, outline)?)
        })
    }

    /// The least width of a decision's text as a column: names may break in it between words, deadlines do not.
    fn least_column(&self) -> Em {
        self.least_width().max(self.whole_width().min(WHOLE_NAME))
    }
}

fn part_along(part: &Part, from: Em, outline: Outline) -> Option<Em> {
    let leading = part.para.leading();
    let lines = part.para.count_lines_within(outline.measures(from, leading))?;
    Some(leading * lines as i32)
}

/// Outlines that hold a text line by line, from the narrowest to the widest, each no higher than the one before; none for
/// a text of which a column fills a diamond as well.
#[derive(Clone, Debug, Default)]
pub(crate) struct Diamonds(Vec<Outline>);

impl Diamonds {
    /// Those around a decision's text with another leading.
    pub(super) fn anew(&self, block: &Block) -> Self {
        if self.0.is_empty() { Self::default() } else { Self::around(block) }
    }

    /// Those around a decision's text.
    pub(super) fn around(block: &Block) -> Self {
        let length: Em = block.parts.iter().map(Part::line_width).sum();
        if length < LONG || block.parts.iter().any(|part| part.label.is_some()) {
            return Self::default();
        }
        let mut outlines: Vec<Outline> = Vec::new();
        for width in (0..WIDTHS).map(|n| NARROWEST + WIDTH_STEP * n) {
            let from = outlines.last().map_or(width * 100 / BLUNT, |outline| outline.height);
            let lower = (0..).map(|n| from - HEIGHT_STEP * n).take_while(|&height| height > Em::ZERO);
            outlines.extend(lower.map_while(|height| holding(block, width, height)).last());
        }
        Self(outlines)
    }

    /// The lowest diamond of a lane's width around the text that is no sliver.
    pub(crate) fn lowest(&self, block: &Block, lane: Em) -> Diamond {
        let lowest = self.tightest(block, lane);
        Diamond { height: lowest.height.max(lane * 100 / FLATTEST), ..lowest }
    }

    fn tightest(&self, block: &Block, lane: Em) -> Diamond {
        let column = lowest_around_column(block, lane);
        let fitting = self.0.partition_point(|outline| outline.width <= lane);
        let along = fitting.checked_sub(1).map(|last| self.0[last]);
        let Some(outline) = along.filter(|outline| is_worth_it(outline.height, column.height)) else {
            return column;
        };
        let text = TextShape::Along(outline);
        let raised = outline.height / 2 - outline.top - block.height_in(text) / 2;
        Diamond { text, height: outline.height, raised }
    }

    /// The least width of a diamond that is so wide at least, in hundredths of its height.
    pub(crate) fn least_width(&self, block: &Block, ratio: i32) -> Em {
        let column = least_around_column(block, ratio);
        let along = self.0.iter().find(|outline| outline.width * 100 >= outline.height * ratio);
        along.map(|outline| outline.width).filter(|&width| is_worth_it(width, column)).unwrap_or(column)
    }
}

/// Whether text along an outline makes a diamond enough lower or narrower than a column does.
fn is_worth_it(along: Em, column: Em) -> bool {
    i64::from(along.raw()) * WORTH_ALONG < i64::from(column.raw()) * 100
}

/// An outline of such a size that holds a text, which stands in the middle of where it may stand.
fn holding(block: &Block, width: Em, height: Em) -> Option<Outline> {
    let tops = (0..).map(|n| TOP_STEP * n).take_while(|&top| top < height / 2);
    let outlines = tops.map(|top| Outline { width, height, top });
    let holds = |outline: &Outline| {
        let bottom = block.height_along(*outline);
        bottom.is_some_and(|bottom| outline.width_at(Em::ZERO).min(outline.width_at(bottom)) >= LEAST_LINE)
    };
    let holding: Vec<_> = outlines.skip_while(|outline| !holds(outline)).take_while(holds).collect();
    holding.get(holding.len() / 2).copied()
}

/// The lowest diamond of a lane's width around a text as a column, the width of which decides.
fn lowest_around_column(block: &Block, lane: Em) -> Diamond {
    let (least, natural) = (block.least_column(), block.natural_width());
    let most = natural.min(lane - Em::ONE).max(least);
    let tried = column_widths(least, most).map(|text| around_column(block, text, lane));
    let lowest = tried.min_by_key(|diamond| diamond.height);
    lowest.unwrap_or_else(|| around_column(block, most, lane))
}

/// The lowest diamond of a lane's width around a column of such a width. Half as wide as the lane, it holds the corner of
/// a paragraph where width ÷ lane + twice the corner's height above or below its middle ÷ its own height = 1; of each two
/// paragraphs, the upper one's top and the lower one's bottom decide together how low it may be and where its middle then
/// is, so that it is highest where the text is widest.
fn around_column(block: &Block, text: Em, lane: Em) -> Diamond {
    let bands = block.bands(text);
    let spare = |band: &Band| i64::from((lane - band.width).raw()).max(1);
    let lowest = pairs(&bands).map(|(upper, lower)| {
        let (above, below) = (spare(upper), spare(lower));
        let high = i64::from((lower.bottom - upper.top).raw());
        let pad = i64::from(PAD.raw());
        let height = (high + pad) * 2 * i64::from(lane.raw()) / (above + below);
        (height, i64::from(upper.top.raw()) + high * above / (above + below))
    });
    let (height, middle) = lowest.max_by_key(|&(height, _)| height).unwrap_or_default();
    let em = |raw: i64| Em::from_raw(i32::try_from(raw).unwrap_or(i32::MAX / 4));
    Diamond { text: TextShape::Column(text), height: em(height), raised: em(middle) - block.height(text) / 2 }
}

/// The least width of a diamond around a column that is so wide at least, in hundredths of its height: see
/// [`around_column`].
fn least_around_column(block: &Block, ratio: i32) -> Em {
    let (least, natural) = (block.least_column(), block.natural_width());
    let width = |text: Em| {
        let bands = block.bands(text);
        let width = |(upper, lower): (&Band, &Band)| {
            (upper.width + lower.width) / 2 + (lower.bottom - upper.top + PAD) * ratio / 100
        };
        pairs(&bands).map(width).max().unwrap_or_default()
    };
    column_widths(least, natural.max(least)).map(width).min().unwrap_or_default()
}

/// Each two paragraphs, the upper one first, and each with itself.
fn pairs(bands: &[Band]) -> impl Iterator<Item = (&Band, &Band)> {
    bands.iter().enumerate().flat_map(move |(at, upper)| bands[at..].iter().map(move |lower| (upper, lower)))
}

/// The widths that a decision's text is tried at as a column, both ends included.
fn column_widths(least: Em, most: Em) -> impl Iterator<Item = Em> {
    let steps = (0..).map(move |step| least + COLUMN_STEP * step);
    steps.take_while(move |&text| text < most).chain([most])
}

/// Widths of a column are tried in such steps.
const COLUMN_STEP: Em = Em::milli(560);
/// What of its height a diamond's text may not take.
const PAD: Em = Em::milli(60);
/// Diamonds are so wide at least, in hundredths of their height: a spike is no longer read as a decision, and its name
/// stands in single words.
pub(crate) const BLUNT: i32 = 85;
/// And so wide at most: lines that come to a sliver's top run along its sides.
const FLATTEST: i32 = 400;
/// Up to this width the flow's text is as wide as a deadline needs to stay whole.
pub(crate) const WHOLE_NAME: Em = Em::milli(6800);

/// A text that is longer, all its paragraphs on one line, may stand along the outline: shorter ones take two lines, and
/// fill a diamond as well as a column.
const LONG: Em = Em::milli(11_000);
/// Where it stands along the outline, the diamond is so much larger around a column, in hundredths, at least.
const WORTH_ALONG: i64 = 103;
/// What lines along the outline leave free of its width.
const AIR: Em = Em::milli(160);
/// How wide its first and its last line may be at least.
const LEAST_LINE: Em = Em::milli(2900);
/// The widths that outlines are tried at, the steps of their height and of the place of their text.
const NARROWEST: Em = Em::milli(5000);
const WIDTH_STEP: Em = Em::milli(280);
const WIDTHS: i32 = 56;
const HEIGHT_STEP: Em = Em::milli(140);
const TOP_STEP: Em = Em::milli(200);
