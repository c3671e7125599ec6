//! How large boxes of the flow are: diamonds and round ends around their text.

use crate::layout::metrics::STAGE_PAD_Y;
use crate::layout::words::block::Block;
use crate::layout::words::content::{Content, StageBox};
use crate::model::Shape;
use crate::unit::Em;

/// The height of a flow box without its materials.
pub(super) fn stage_box_height(stage: &StageBox, name: Em, lane: Em) -> Em {
    let text = stage.block.height(name);
    match stage.shape {
        Shape::Decision => diamond_height(&stage.block, name, lane).unwrap_or(text + Em::milli(900)),
        _ => text + STAGE_PAD_Y * 2,
    }
}

/// The height of the compartment for documents.
pub(in crate::layout) fn materials_height(stage: &StageBox, name: Em) -> Em {
    if stage.materials.is_empty() { Em::ZERO } else { stage.materials.height(name) + STAGE_PAD_Y * 2 }
}

/// The height of the diamond of a lane's width around a block: width ÷ lane + height ÷ diamond = 1. `None` where the
/// diamond would be so tall that a hexagon reads better.
fn diamond_height(block: &Block, name: Em, lane: Em) -> Option<Em> {
    let text = block.height(name);
    let width = block.parts.iter().map(|part| part.para.natural_width().min(name)).max().unwrap_or_default();
    let spare = i64::from((lane - width).raw());
    if spare <= 0 || block.parts.len() > 1 {
        return None;
    }
    let height = i64::from(text.raw()) * i64::from(lane.raw()) / spare;
    let height = Em::from_raw(i32::try_from(height).ok()?);
    (height <= Em::milli(5200)).then_some(height)
}

/// How far the points of a decision's outline reach inwards at its sides: half its width in a diamond.
pub(in crate::layout) fn point_depth(stage: &StageBox, name: Em, lane: Em) -> Em {
    if diamond_height(&stage.block, name, lane).is_some() { lane / 2 } else { Em::milli(650) }
}

/// The points of decisions and the round ends of terminals take room beside the text.
pub(super) fn shape_room(content: &Content) -> Em {
    let any = |shape: Shape| content.stages.iter().any(|stage| stage.shape == shape);
    match () {
        () if any(Shape::Decision) => Em::milli(1300),
        () if any(Shape::Start) || any(Shape::End) => Em::milli(300),
        () => Em::ZERO,
    }
}

/// Up to this width the flow's text is as wide as a deadline needs to stay whole.
const WHOLE_NAME: Em = Em::milli(6800);

/// A narrower width for the flow's text, at which names take two lines where they could stand on one: for three boxes and
/// more side by side. `None` where no name is long enough.
pub(in crate::layout) fn broken_names(stages: &[StageBox], lanes: usize) -> Option<Em> {
    let least = stages.iter().map(|s| s.block.least_width().max(s.materials.least_width())).max()?;
    let longest = stages.iter().filter_map(|s| s.block.parts.first()).map(|part| part.para.natural_width()).max()?;
    let width = least.max(longest / 2 + Em::milli(60)).max(Em::milli(2300));
    (lanes > 1 && name_widths(stages).first().is_some_and(|&whole| width < whole)).then_some(width)
}

/// The widths that the flow's text is tried at, in ems of the body.
pub(in crate::layout) fn name_widths(stages: &[StageBox]) -> Vec<Em> {
    let least = |s: &StageBox| {
        let whole = s.block.whole_width().max(s.materials.whole_width()).min(WHOLE_NAME);
        s.block.least_width().max(s.materials.least_width()).max(whole)
    };
    let least = stages.iter().map(least).max().unwrap_or_default();
    let names = stages.iter().filter_map(|s| s.block.parts.first()).map(|part| part.para.natural_width());
    let longest = names.max().unwrap_or_default();
    let detailed = stages.iter().any(|s| s.block.parts.len() > 1 || !s.materials.is_empty());
    let floor = Em::milli(if detailed { 5200 } else { 3400 }).max(least);
    if longest <= Em::milli(4600) && !detailed {
        return vec![longest.max(floor)];
    }
    let tried = [4600, 5700, 6800, 8000, 10_000, 12_000, 14_000].map(Em::milli);
    let natural = stages.iter().map(|s| s.block.natural_width().max(s.materials.natural_width())).max();
    let most = natural.unwrap_or_default().max(floor);
    let mut widths: Vec<_> = tried.into_iter().map(|w| w.max(floor).min(most)).collect();
    widths.dedup();
    widths
}
