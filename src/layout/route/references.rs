//! Where arrows that go on to another page lead: 转第2页 below the end of one, 接第1页 above its beginning there; of two
//! panels side by side, 转右栏 and 接左栏.
//!
//! The words stand between the arrow and the grid's edge: centred on the line of an arrow in a lane; from the line inwards
//! at the outer side, where tracks are nearer to each other than such words are long, so that each has a line of its own.

use std::collections::BTreeSet;
use std::ops::Range;

use super::flow::{FlowRoute, FlowRouter};
use crate::geom::Point;
use crate::layout::grid::Grid;
use crate::layout::grid::portion::PanelRows;
use crate::layout::metrics::{NEAR, REFERENCE};
use crate::layout::topology::Course;
use crate::layout::words::block::Align;
use crate::model::StageIx;
use crate::unit::{Em, Length};

/// How far beyond its line words begin that don't stand about it: those of the outermost arrow at the grid's edge.
const OUTWARDS: Em = Em::milli(230);
/// Lines nearer to each other than this run in one lane.
const ONE_LANE: Em = Em::milli(3000);

/// Words at the grid's edge of one panel, in their place.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) words: String,
    /// At the panel's end; else at its beginning.
    pub(crate) below: bool,
    /// Where the words begin, end or have their middle.
    pub(crate) x: Length,
    pub(crate) top: Length,
    pub(crate) align: Align,
}

/// Finds where arrows go on to other panels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct References<'a> {
    pub(crate) flow: FlowRouter<'a>,
    /// What stands in each panel.
    pub(crate) panels: &'a [PanelRows],
    /// How many panels a page has side by side.
    pub(crate) abreast: usize,
}

/// An arrow's line that is cut at an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cut {
    at: Point,
    /// At the panel's end; else at its beginning.
    below: bool,
    /// On the outer side.
    outer: bool,
    /// 转 where the arrow goes out of the panel, 接 where it comes in.
    verb: &'static str,
    /// The panels at its other ends.
    panels: BTreeSet<usize>,
}

impl Cut {
    fn says_as(&self, other: &Self) -> bool {
        (self.verb, self.outer, &self.panels) == (other.verb, other.outer, &other.panels)
    }
}

impl Grid<'_> {
    /// Where arrows end that go on to another page: within the grid's edges, and within the words that stand there.
    pub(crate) fn between_edges(
        &self,
        (top, bottom): (Length, Length),
        rows: &Range<usize>,
        body: Length,
    ) -> (Length, Length) {
        let words = |space: usize| self.reference_height(space).at(body);
        (top + words(rows.start), bottom - words(rows.end))
    }
}

impl References<'_> {
    /// The words at the edges of a panel that arrows run over.
    pub(crate) fn of(&self, routes: &[FlowRoute]) -> Vec<Reference> {
        let (below, above): (Vec<_>, Vec<_>) = self.cuts(routes).into_iter().partition(|cut| cut.below);
        let words = |cuts: Vec<Cut>| {
            let cuts = self.together(cuts);
            cuts.iter().map(|cut| self.reference(cut, self.side(cut, &cuts))).collect::<Vec<_>>()
        };
        words(above).into_iter().chain(words(below)).collect()
    }

    /// Where lines are cut: one entry a line, however many arrows share it.
    fn cuts(&self, routes: &[FlowRoute]) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = Vec::new();
        for FlowRoute { link, route } in routes {
            let ends = [(route.points.first(), link.from, "接"), (route.points.last(), link.to, "转")];
            for (point, stage, verb) in ends {
                let Some(&at) = point.filter(|_| self.flow.placed.stage(stage).is_none()) else { continue };
                match cuts.iter_mut().find(|cut| cut.at == at) {
                    Some(cut) if cut.verb == verb => {
                        cut.panels.insert(self.panel_of(self.row(stage)));
                    }
                    Some(_) => {}
                    None => {
                        let (below, outer) = (!self.flow.is_before(stage), link.course == Course::Outer);
                        let panels = BTreeSet::from([self.panel_of(self.row(stage))]);
                        cuts.push(Cut { at, below, outer, verb, panels });
                    }
                }
            }
        }
        cuts
    }

    /// Lines of one lane that the same words belong to have them once, about their middle.
    fn together(&self, mut cuts: Vec<Cut>) -> Vec<Cut> {
        let near = ONE_LANE.at(self.flow.body);
        cuts.sort_by_key(|cut| cut.at.x);
        cuts.dedup_by(|right, left| {
            let same = left.says_as(right) && !left.outer && right.at.x - left.at.x < near;
            if same {
                left.at.x = (left.at.x + right.at.x) / 2;
            }
            same
        });
        cuts
    }

    fn row(&self, stage: StageIx) -> usize {
        self.flow.grid.topology.place(stage).row
    }

    /// The panel that a row stands in.
    fn panel_of(&self, row: usize) -> usize {
        self.panels.partition_point(|panel| panel.rows.end <= row)
    }

    /// Where the words of a cut begin or end, and how they are set about that place. Those of two lines of one lane turn
    /// away from each other.
    fn side(&self, cut: &Cut, cuts: &[Cut]) -> (Length, Align) {
        let (x, off) = (cut.at.x, OUTWARDS.at(self.flow.body));
        let beside = |other: &&Cut| {
            let apart = (other.at.x - x).abs();
            !other.outer && Length::ZERO < apart && apart < ONE_LANE.at(self.flow.body)
        };
        let rightwards = match cuts.iter().find(beside) {
            _ if cut.outer => self.flow.placed.outward < 0,
            Some(other) => other.at.x < x,
            None => return (x, Align::Centre),
        };
        if rightwards { (x - off, Align::Left) } else { (x + off, Align::Right) }
    }

    fn reference(&self, cut: &Cut, (x, align): (Length, Align)) -> Reference {
        let top = cut.at.y + if cut.below { NEAR } else { NEAR - REFERENCE }.at(self.flow.body);
        Reference { words: format!("{}{}", cut.verb, self.names(&cut.panels)), below: cut.below, x, top, align }
    }

    /// Where panels are, as seen from this one.
    fn names(&self, panels: &BTreeSet<usize>) -> String {
        if self.abreast == 1 {
            let numbers: Vec<String> = panels.iter().map(|panel| (panel + 1).to_string()).collect();
            return format!("第{}页", numbers.join("、"));
        }
        let page = self.panel_of(self.flow.placed.rows.start) / self.abreast;
        let name = |&panel: &usize| {
            let side = if panel % self.abreast == 0 { "左栏" } else { "右栏" };
            match panel / self.abreast {
                same if same == page => side.to_owned(),
                other => format!("第{}页{side}", other + 1),
            }
        };
        panels.iter().map(name).collect::<Vec<_>>().join("、")
    }
}
