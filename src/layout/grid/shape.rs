//! How large boxes of the flow are: diamonds and round ends around their text, tall enough for the arrows at their sides.

use super::Grid;
use super::widths::{Alternative, FlowText};
use crate::layout::metrics::{INNER_END, INNER_ENTRY, NEAR, STAGE_PAD_Y};
use crate::layout::topology::sides::Port;
use crate::layout::words::content::{Content, StageBox};
use crate::layout::words::diamond::{BLUNT, TextShape, WHOLE_NAME};
use crate::model::{Shape, StageIx};
use crate::unit::Em;

/// How a flow box is drawn in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outlined {
    /// How its text is set.
    pub(crate) text: TextShape,
    /// Its height without the compartment for documents.
    pub(crate) height: Em,
    /// How far the middle of its text stands above the middle of that height.
    pub(crate) raised: Em,
}

/// The ports at a flow box's outer side with the height that each needs, top to bottom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ports {
    /// The heights.
    pub(crate) heights: Vec<Em>,
    /// How many of them stand above the row's line where an arrow of the row leaves in the middle.
    pub(crate) above: usize,
}

/// The least height of a port.
pub(crate) const PORT: Em = Em::milli(560);

/// A flow box in a lane of a width; the text of others than decisions is as wide as `name`.
pub(super) fn outlined(stage: &StageBox, name: Em, lane: Em) -> Outlined {
    match stage.shape {
        Shape::Decision => {
            let diamond = stage.diamonds.lowest(&stage.block, lane);
            Outlined { text: diamond.text, height: diamond.height, raised: diamond.raised }
        }
        _ => {
            let height = stage.block.height(name) + STAGE_PAD_Y * 2;
            Outlined { text: TextShape::Column(name), height, raised: Em::ZERO }
        }
    }
}

/// The height of the compartment for documents.
pub(crate) fn materials_height(stage: &StageBox, name: Em) -> Em {
    if stage.materials.is_empty() { Em::ZERO } else { stage.materials.height(name) + STAGE_PAD_Y * 2 }
}

/// What boxes of a lane need beyond the width of its text: the round ends of terminals, the points of decisions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ShapeRoom {
    /// What round ends add to the width of the text.
    round: Em,
    /// The width at which no decision is steep.
    flat: Em,
    /// The width at which none is a spike.
    blunt: Em,
    /// What the points of decisions add to the width of the text at most.
    points: Em,
}

impl ShapeRoom {
    /// What some boxes need.
    pub(super) fn of<'a>(stages: impl Iterator<Item = &'a StageBox> + Clone) -> Self {
        let any = |shape: Shape| stages.clone().any(|stage| stage.shape == shape);
        let decisions = stages.clone().filter(|stage| stage.shape == Shape::Decision);
        let width = |ratio: i32| decisions.clone().map(|stage| stage.diamonds.least_width(&stage.block, ratio)).max();
        let flat = width(FLAT);
        Self {
            round: if any(Shape::Start) || any(Shape::End) { Em::milli(300) } else { Em::ZERO },
            flat: flat.unwrap_or_default(),
            blunt: width(BLUNT).unwrap_or_default(),
            points: if flat.is_some() { Em::milli(1300) } else { Em::ZERO },
        }
    }

    /// What all boxes of two lanes need.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            round: self.round.max(other.round),
            flat: self.flat.max(other.flat),
            blunt: self.blunt.max(other.blunt),
            points: self.points.max(other.points),
        }
    }

    /// The width of boxes around a text of such a width with its padding.
    pub(super) fn around(self, padded: Em) -> Em {
        (padded + self.round).max(self.flat.min(padded + self.points)).max(self.blunt)
    }
}

/// Diamonds are so wide, in hundredths of their height, where that takes little more width than their text.
const FLAT: i32 = 160;

/// The width of the text of boxes beside the main line, and of main boxes of crowded rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SideText {
    /// The width that the boxes want: on one line names of up to four characters, longer ones on several; where they hold
    /// more than names, what the longest line needs.
    wanted: Em,
    /// The least width.
    least: Em,
    /// Whether the boxes hold names alone.
    names: bool,
}

impl SideText {
    /// What some boxes need, on the main line or beside it.
    pub(super) fn of<'a>(mut stages: impl Iterator<Item = &'a StageBox> + Clone, on_main: bool) -> Self {
        let natural = |s: &StageBox| s.block.natural_width().max(s.materials.natural_width());
        let least = |s: &StageBox| s.least_width();
        let whole = |s: &StageBox| least(s).max(s.block.whole_width().max(s.materials.whole_width()).min(WHOLE_NAME));
        let most = |width: &dyn Fn(&StageBox) -> Em| stages.clone().map(width).max().unwrap_or_default();
        let (natural, least, whole) = (most(&natural), most(&least), most(&whole));
        let names = stages.all(|stage| stage.block.parts.len() == 1 && stage.materials.is_empty());
        match names && !on_main {
            true => Self { wanted: whole.max(natural.min(SIDE_NAME)).max(SHORTEST), least, names },
            false => Self { wanted: natural.max(SHORTEST), least: if names { least } else { whole }, names },
        }
    }

    /// The width that all boxes of two lanes want.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            wanted: self.wanted.max(other.wanted),
            least: self.least.max(other.least),
            names: self.names && other.names,
        }
    }

    /// The width where the flow's text has such widths.
    pub(super) fn at(self, text: FlowText) -> Em {
        self.wanted.min(if self.names { text.names } else { text.main }).max(self.least)
    }
}

/// A name of up to four characters beside the main line stays on one line.
pub(super) const SIDE_NAME: Em = Em::milli(4600);

/// The least width of the text of boxes beside the main line: two characters with space between them.
const SHORTEST: Em = Em::milli(3400);

/// The widths that the flow's text is tried at, in ems of the body.
pub(crate) fn name_widths(stages: &[&StageBox]) -> Vec<Em> {
    let least = |s: &&StageBox| {
        let whole = s.block.whole_width().max(s.materials.whole_width()).min(WHOLE_NAME);
        s.least_width().max(whole)
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

/// Narrower widths than `whole`, at which names stand in two lines: beside the main line and in crowded rows alone; and on
/// all of the main line too where no box of the chart holds more than its name, as a choice of its own where the names of
/// `roomy` main boxes, which have room, would be broken.
pub(crate) fn broken_names(content: &Content, whole: &[FlowText], roomy: &[&StageBox]) -> Vec<Alternative> {
    let alone = |stage: &&StageBox| stage.block.parts.len() == 1 && stage.materials.is_empty();
    let stages = &content.stages;
    let least = stages.iter().filter(alone).map(|stage| stage.least_width()).max().unwrap_or_default();
    let in_two = |width: Em| stages.iter().filter(alone).all(|stage| stage.block.parts[0].para.count_lines(width) <= 2);
    let widths = TWO_LINES.map(|width| width.max(least)).into_iter().filter(|&width| in_two(width));
    let everywhere = stages.iter().all(|stage| alone(&stage));
    let texts = widths.flat_map(|names| {
        let wider = whole.iter().filter(move |text| names < text.names).map(|text| text.main);
        wider.chain(everywhere.then_some(names)).map(move |main| FlowText { names, ..FlowText::whole(main) })
    });
    let mut texts: Vec<FlowText> = texts.filter(|text| !whole.contains(text)).collect();
    texts.sort_unstable_by_key(|text| (text.main, text.names));
    texts.dedup();
    let breaks = |width: Em| roomy.iter().any(|stage| stage.block.parts[0].para.count_lines(width) > 1);
    let (on_all, beside) = texts.into_iter().partition(|text| text.main == text.names && breaks(text.main));
    let alternatives = [beside, on_all].map(|texts| Alternative { texts, worth: WORTH_BREAKING });
    alternatives.into_iter().filter(|broken| !broken.texts.is_empty()).collect()
}

/// Names are set in two lines where the type of the whole chart gains by it at least so much, in hundredths.
const WORTH_BREAKING: i64 = 104;
/// Two and three characters of a name.
const TWO_LINES: [Em; 2] = [Em::milli(2400), Em::milli(3500)];

impl Grid<'_> {
    /// The ports at a box's outer side.
    pub(crate) fn ports(&self, stage: StageIx, text: FlowText) -> Ports {
        let side = self.topology.sides.at(stage);
        let height = |port: &Port| match port {
            Port::In(_) | Port::Back(_) => PORT,
            Port::Out(link) => match self.branch_label(&self.topology.links[*link]) {
                Some(label) => label.height(self.port_measure(label, stage, text)) + PORT / 2 + NEAR * 2,
                None => PORT,
            },
        };
        Ports { heights: side.ports.iter().map(height).collect(), above: side.above }
    }

    /// The height of a flow box with its materials.
    pub(super) fn stage_height(&self, stage: StageIx, text: FlowText) -> Em {
        let documents = self.lane_text(self.lane_of(stage), text);
        self.shape_height(stage, text) + materials_height(&self.content.stages[stage.0], documents)
    }

    /// The height of a flow box without its materials: its text's, or what the arrows at its side need.
    pub(crate) fn shape_height(&self, stage: StageIx, text: FlowText) -> Em {
        let ports = self.ports(stage, text);
        let (above, below) = (ports.height(0..ports.above), ports.height(ports.above..ports.heights.len()));
        let ports = match self.flow_between() {
            true if above + below > Em::ZERO => above.max(below) * 2 + PORT,
            _ => above + below,
        };
        let inside = self.topology.is_entered_inside(stage) || self.topology.leaves_inside(stage);
        let inside = if inside { (INNER_ENTRY + INNER_END) * 2 } else { Em::ZERO };
        self.outlined(stage, text).height.max(ports).max(inside)
    }
}

impl Ports {
    /// The height of some of them.
    pub(crate) fn height(&self, ports: std::ops::Range<usize>) -> Em {
        self.heights[ports].iter().copied().sum()
    }
}
