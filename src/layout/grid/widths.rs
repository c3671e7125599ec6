//! How wide the flow is: its lanes with their boxes and text, the space between them, the bands of phases.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::Grid;
use super::lane::Lane;
use super::shape::{Outlined, SIDE_NAME, outlined};
use crate::layout::metrics::{
    BEFORE_TRACKS, BESIDE_INNER, INNER_TRACK, LABEL_SPACE, LEAST_GAP, REFERENCE_WIDTH, STAGE_PAD_X, TRACK,
};
use crate::layout::topology::FlowLink;
use crate::layout::topology::kinds::{KINDS, RowKind};
use crate::layout::words::content::PhaseNames;
use crate::model::StageIx;
use crate::unit::Em;

/// What the band of a phase is wider than the lines of its name, and its distance from the flow.
const PHASE_PAD: Em = Em::milli(700);
const PHASE_GAP: Em = Em::milli(500);

/// How the labels above arrows to neighbours and to boxes that hang are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AcrossLabels {
    /// In two lines or three where they are longer than three characters, so that the lanes stand near to each other.
    Folded,
    /// On one line where they are short, so that rows are low.
    Whole,
}

/// Both.
pub(super) const ACROSS_LABELS: [AcrossLabels; 2] = [AcrossLabels::Folded, AcrossLabels::Whole];

/// How the flow's text is set: how wide in its boxes at most, and above its arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowText {
    /// On the main line, and elsewhere at most so wide where boxes hold more than names.
    pub(crate) main: Em,
    /// Beside the main line and in crowded rows, at most so wide where boxes hold names alone.
    pub(crate) names: Em,
    /// Above arrows to neighbours and to boxes that hang.
    pub(crate) labels: AcrossLabels,
}

/// Other ways to set the flow's text than with names on one line and labels folded.
#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    /// Which are tried.
    pub(crate) texts: Vec<FlowText>,
    /// How large the type has to be by it to be worth while, in hundredths of what it is without.
    pub(crate) worth: i64,
}

impl FlowText {
    /// Names alone stand on one line where they are short, or where the main line's text has that width.
    pub(crate) fn whole(main: Em) -> Self {
        Self { main, names: main.max(SIDE_NAME), labels: AcrossLabels::Folded }
    }
}

/// How far the flow reaches, from its inner edge.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    text: FlowText,
    /// To the outermost box, or the label beside it, in rows of each kind.
    pub(super) reaches: [Em; 2],
    /// To each line along the outer side: no farther out than the rows that it runs past ask for.
    lines: Vec<Em>,
    /// To the end of all that is the flow's, but the bands of phases.
    pub(super) breadth: Em,
}

/// A lane of rows of a kind; 0 is the main line.
pub(crate) type KindLane = (RowKind, usize);

impl Grid<'_> {
    /// The lane that a box stands in, or before which it stands.
    pub(crate) fn lane_of(&self, stage: StageIx) -> KindLane {
        let place = self.topology.place(stage);
        (self.topology.kinds.of_row(place.row), place.lane)
    }

    /// A lane, or the last one before it.
    fn lane(&self, (kind, lane): KindLane) -> Option<&Lane> {
        let lanes = &self.lanes.of_kind(kind).lanes;
        lanes.get(lane).or(lanes.last())
    }

    /// The width of the text of a lane's boxes.
    pub(crate) fn lane_text(&self, lane: KindLane, text: FlowText) -> Em {
        self.lane(lane).and_then(|lane| lane.text).map_or(text.main, |side| side.at(text))
    }

    /// The least width of the text of any lane's boxes.
    pub(crate) fn least_text(&self, text: FlowText) -> Em {
        let lanes = |kind: RowKind| (0..self.lanes.of_kind(kind).lanes.len()).map(move |lane| (kind, lane));
        KINDS.into_iter().flat_map(lanes).map(|lane| self.lane_text(lane, text)).min().unwrap_or(text.main)
    }

    /// The width of a lane's boxes; beyond the last lane, that of the last one's.
    pub(crate) fn lane_width(&self, lane: KindLane, text: FlowText) -> Em {
        let padded = self.lane_text(lane, text) + STAGE_PAD_X * 2;
        self.lane(lane).map_or(padded, |lane| lane.shape.around(padded).max(lane.least))
    }

    /// How a flow box is drawn.
    pub(crate) fn outlined(&self, stage: StageIx, text: FlowText) -> Outlined {
        let lane = self.lane_of(stage);
        let tight = outlined(&self.content.stages[stage.0], self.lane_text(lane, text), self.lane_width(lane, text));
        Outlined { height: tight.height + self.content.air.padding * 2, ..tight }
    }

    /// The flow column's width.
    pub(crate) fn flow_width(&self, text: FlowText) -> Em {
        self.phase_width() + self.extent(text).breadth
    }

    /// How far the flow reaches at a width of its text.
    pub(super) fn extent(&self, text: FlowText) -> Cow<'_, Extent> {
        let held = self.lanes.extents.iter().find(|extent| extent.text == text);
        held.map_or_else(|| Cow::Owned(self.reckoned_extent(text)), Cow::Borrowed)
    }

    pub(super) fn reckoned_extent(&self, text: FlowText) -> Extent {
        let reaches = KINDS.map(|kind| self.reckoned_reach(kind, text));
        let mut lines: Vec<Em> = Vec::new();
        for line in &self.topology.sides.lines {
            let clear = line.rows.clone().map(|row| self.row_reach(row, text)).max();
            let clear = clear.unwrap_or_default() + BEFORE_TRACKS + TRACK - TRACK / 3;
            // Where a page ends, the words at a line beside the main one may reach as far as the widest row does.
            let inside = self.topology.runs_inside(*line.rows.start() + 1..=*line.rows.end());
            let (track, widest) = (self.inner_track(text), reaches[0].max(reaches[1]));
            let beside = (track + REFERENCE_WIDTH).min(widest).max(track + TRACK);
            let clear = if inside { clear.max(beside) } else { clear };
            let outside = line.nearer.iter().map(|&nearer| lines[nearer] + TRACK);
            lines.push(outside.chain([clear]).max().unwrap_or_default());
        }
        let tracks = lines.iter().map(|&line| line + TRACK / 3);
        let breadth = reaches.into_iter().chain(tracks).max().unwrap_or_default();
        Extent { text, reaches, lines, breadth }
    }

    /// From the flow's inner edge to an arrow that runs along its outer side.
    pub(crate) fn side_line(&self, link: &FlowLink, text: FlowText) -> Em {
        self.topology.outer_line(link).map_or(Em::ZERO, |line| self.extent(text).lines[line])
    }

    /// From the flow's inner edge to the outer edge of the outermost box in rows of a kind, or of the label beside it; zero
    /// where there are no such rows.
    fn reckoned_reach(&self, kind: RowKind, text: FlowText) -> Em {
        self.reach_of_lanes(kind, usize::MAX, self.topology.overhangs(kind), text)
    }

    /// From the flow's inner edge to the outer edge of the outermost box in a row, of the label beside it, or of the words at
    /// the end of a line that passes in a lane, where a page ends.
    fn row_reach(&self, row: usize, text: FlowText) -> Em {
        let (topology, kind) = (self.topology, self.topology.kinds.of_row(row));
        let taken = topology.lanes_taken(row);
        let boxes = self.reach_of_lanes(kind, taken, taken > topology.lanes(row), text);
        let words = REFERENCE_WIDTH / 2 - BEFORE_TRACKS;
        let passed = topology.lane_passed(row).map_or(Em::ZERO, |lane| self.axis((kind, lane), text) + words);
        boxes.max(passed)
    }

    /// From the flow's inner edge to the outer edge of the first so many lanes of rows of a kind, with a second rank beyond
    /// them or without.
    fn reach_of_lanes(&self, kind: RowKind, count: usize, overhangs: bool, text: FlowText) -> Em {
        let lanes = &self.lanes.of_kind(kind).lanes;
        let reach = |(at, lane): (usize, &Lane)| {
            // A second rank reaches half of what lies from one lane to the next beyond the outermost one.
            let over = if at + 1 == lanes.len() && overhangs { self.step((kind, at), text) / 2 } else { Em::ZERO };
            self.axis((kind, at), text) + self.lane_width((kind, at), text) / 2 + lane.beside.max(over)
        };
        lanes.iter().take(count).enumerate().map(reach).max().unwrap_or_default()
    }

    /// How far from the flow's inner edge the nearest line along the outer side runs past the space below a row.
    pub(super) fn line_past(&self, row: usize, text: FlowText) -> Option<Em> {
        let past = |rows: &RangeInclusive<usize>| rows.contains(&row) && rows.contains(&(row + 1));
        let extent = self.extent(text);
        let lines = self.topology.sides.lines.iter().zip(&extent.lines);
        lines.filter(|(line, _)| past(&line.rows)).map(|(_, &at)| at).min()
    }

    /// From the flow's inner edge to the middle of a lane.
    pub(crate) fn axis(&self, (kind, lane): KindLane, text: FlowText) -> Em {
        (0..lane).map(|before| self.step((kind, before), text)).fold(self.main_axis(text), |axis, step| axis + step)
    }

    /// From the flow's inner edge to the middle of the main line.
    pub(super) fn main_axis(&self, text: FlowText) -> Em {
        let main = |kind: RowKind| !self.lanes.of_kind(kind).lanes.is_empty();
        KINDS
            .into_iter()
            .filter(|&kind| main(kind))
            .map(|kind| self.lane_width((kind, 0), text) / 2)
            .max()
            .unwrap_or_default()
    }

    /// From the flow's inner edge to the arrows between the main line and the lanes beside it.
    pub(crate) fn inner_track(&self, text: FlowText) -> Em {
        self.main_axis(text) * 2 + INNER_TRACK
    }

    /// From the middle of a lane to that of the next one outwards.
    pub(super) fn step(&self, (kind, lane): KindLane, text: FlowText) -> Em {
        let half = |lane: KindLane| self.lane_width(lane, text) / 2;
        let own = |kind: RowKind| half((kind, lane)) + self.least_gap((kind, lane), text) + half((kind, lane + 1));
        if !self.topology.kinds.aligned {
            return own(kind);
        }
        let other = kind.other();
        let lanes = |kind: RowKind| self.lanes.of_kind(kind).lanes.len();
        match (lanes(kind) > lane + 1, lanes(other) > lane + 1) {
            (true, true) => own(kind).max(own(other)),
            // Lines of the next lane pass the last one of the other kind.
            (true, false) if lanes(other) == lane + 1 => {
                own(kind).max(half((other, lane)) + LEAST_GAP + half((kind, lane + 1)))
            }
            (false, true) => self.step((other, lane), text),
            _ => own(kind),
        }
    }

    /// What a lane and the next one outwards need between them; beyond the last lane, the least between any two.
    fn least_gap(&self, (kind, lane): KindLane, text: FlowText) -> Em {
        let lanes = self.lanes.of_kind(kind);
        let least = lanes.gaps.get(lane).map_or(LEAST_GAP, |gap| gap[text.labels as usize]);
        if lane > 0 {
            return least;
        }
        let track = self.main_axis(text) - self.lane_width((kind, 0), text) / 2 + INNER_TRACK;
        let beyond = lanes.beyond[text.labels as usize]
            .map(|words| track + LABEL_SPACE + words.max(BESIDE_INNER) + BESIDE_INNER);
        let least = if lanes.entered { least.max(track + BESIDE_INNER) } else { least };
        least.max(beyond.unwrap_or_default()).max(self.hung_gap(kind, text))
    }

    /// The space between a lane and the next one outwards.
    pub(crate) fn gap(&self, (kind, lane): KindLane, text: FlowText) -> Em {
        let halves = (self.lane_width((kind, lane), text) + self.lane_width((kind, lane + 1), text)) / 2;
        self.step((kind, lane), text) - halves
    }

    /// The width of the bands of phases.
    pub(crate) fn phase_band(&self) -> Em {
        let name = match self.content.phase_names {
            PhaseNames::Down => Em::ONE,
            PhaseNames::OnLines(width) => width,
        };
        name + PHASE_PAD
    }

    /// What the bands of phases take of the flow column's width.
    pub(crate) fn phase_width(&self) -> Em {
        if self.content.phases.is_empty() { Em::ZERO } else { self.phase_band() + PHASE_GAP }
    }
}
