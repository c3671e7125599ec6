//! Where arrows that go on to another page lead: 转第2页 below the end of one, 接第1页 above its beginning there.
//!
//! The words stand between the arrow and the grid's edge, centred on the arrow's line. Arrows on the outer side have none:
//! their tracks are nearer to each other than such words are long.

use std::ops::Range;

use super::flow::FlowPainter;
use super::text::{Align, group, para};
use crate::layout::block::{Para, Piece};
use crate::layout::content::percent;
use crate::layout::grid::Grid;
use crate::layout::lanes::{GOING_ON, NEAR};
use crate::layout::style::Styles;
use crate::layout::topology::Course;
use crate::model::StageIx;
use crate::scene::{Item, Role};
use crate::text::Setting;
use crate::unit::{Em, Length};

/// Draws the words at the grid's edges of one page.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct GoingOn<'a> {
    pub(in crate::layout) flow: FlowPainter<'a>,
    pub(in crate::layout) styles: &'a Styles<'a>,
    /// The rows of each page.
    pub(in crate::layout) pages: &'a [Range<usize>],
    /// Top and bottom of the grid.
    pub(in crate::layout) edges: (Length, Length),
}

/// An arrow's line that is cut at an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cut {
    x: Length,
    /// At the page's end; else at its beginning.
    below: bool,
    /// 转 where the arrow goes out of the page, 接 where it comes in.
    verb: &'static str,
    /// The pages at its other ends, from 1.
    pages: Vec<usize>,
}

impl Grid<'_> {
    /// Where arrows end that go on to another page: within the grid's edges, and within the words that stand there.
    pub(in crate::layout) fn between_edges(
        &self,
        (top, bottom): (Length, Length),
        rows: &Range<usize>,
        body: Length,
    ) -> (Length, Length) {
        let words = |space: usize| if self.topology.passes_break(space) { GOING_ON.at(body) } else { Length::ZERO };
        (top + words(rows.start), bottom - words(rows.end))
    }
}

impl GoingOn<'_> {
    /// The words at the top of the page, and those at its bottom.
    pub(in crate::layout) fn paint(&self) -> (Vec<Item>, Vec<Item>) {
        let (below, above): (Vec<_>, Vec<_>) = self.cuts().into_iter().partition(|cut| cut.below);
        let words = |cuts: &[Cut]| cuts.iter().map(|cut| self.words(cut)).collect();
        (words(&above), words(&below))
    }

    /// Where lines are cut: one entry a line, however many arrows share it.
    fn cuts(&self) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = Vec::new();
        for link in self.flow.grid.topology.links.iter().filter(|link| link.course != Course::Outer) {
            let points = self.flow.route(link);
            let ends = [(points.first(), link.from, "接"), (points.last(), link.to, "转")];
            for (point, stage, verb) in ends {
                let Some(point) = point.filter(|_| self.flow.placed.stage(stage).is_none()) else { continue };
                let (below, page) = (point.y == self.flow.extent.1, self.page_of(stage));
                match cuts.iter_mut().find(|cut| cut.x == point.x && cut.below == below) {
                    Some(cut) if cut.verb == verb => cut.pages.push(page),
                    Some(_) => {}
                    None => cuts.push(Cut { x: point.x, below, verb, pages: vec![page] }),
                }
            }
        }
        cuts
    }

    /// The number of the page that a stage stands on.
    fn page_of(&self, stage: StageIx) -> usize {
        let row = self.flow.grid.topology.place(stage).row;
        self.pages.partition_point(|rows| rows.end <= row) + 1
    }

    fn words(&self, cut: &Cut) -> Item {
        let mut pages = cut.pages.clone();
        pages.sort_unstable();
        pages.dedup();
        let numbers: Vec<String> = pages.iter().map(usize::to_string).collect();
        let text = format!("{}第{}页", cut.verb, numbers.join("、"));
        let styles = self.styles;
        let piece = Piece::words(text, styles.body, styles.theme.ink);
        let words = Para::new(styles, vec![piece], percent::SMALL, Setting::Body, &mut Vec::new());
        let body = self.flow.body;
        let top = if cut.below { self.edges.1 - (GOING_ON - NEAR).at(body) } else { self.edges.0 + NEAR.at(body) };
        group(Role::BranchLabel, None, para(&words, Em::MAX, body, (cut.x, cut.x), top, Align::Centre))
    }
}
