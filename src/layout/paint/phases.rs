//! Bands at the outer edge of the flow column that hold the rows of one phase together, its name from top to bottom or, where it is long, on lines.

use super::text::{group, outlined, para};
use crate::geom::{Path, Rect};
use crate::layout::grid::Grid;
use crate::layout::metrics::{BOX_LINE, line};
use crate::layout::place::{Placed, StagePlace};
use crate::layout::words::block::Align;
use crate::layout::words::content::{PHASE_LETTER, Phase, PhaseNames};
use crate::scene::{Item, Role};
use crate::theme::Theme;
use crate::unit::{Em, Length};

/// Draws the bands of one page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PhasePainter<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) placed: &'a Placed,
    pub(crate) body: Length,
    pub(crate) theme: &'a Theme,
}

/// Space between two bands.
const BETWEEN: Em = Em::milli(300);

impl PhasePainter<'_> {
    /// The bands of the rows on the page.
    pub(crate) fn paint(&self) -> Vec<Item> {
        self.grid.content.phases.iter().filter_map(|phase| self.band(phase)).collect()
    }

    fn band(&self, phase: &Phase) -> Option<Item> {
        let rows = &self.placed.rows;
        let (first, end) = (phase.rows.start.max(rows.start), phase.rows.end.min(rows.end));
        if first >= end {
            return None;
        }
        let gap = BETWEEN.at(self.body) / 2;
        let (left, right) = self.placed.columns[0];
        let width = self.grid.phase_band().at(self.body);
        let (left, right) = if self.placed.outward > 0 { (right - width, right) } else { (left, left + width) };
        let rect = Rect::new(left, self.edge(first) + gap, right, self.edge(end) - gap);
        let (fill, edge) = (self.theme.stage, line(BOX_LINE, self.body));
        let outline = Path::rounded(rect.inset(edge / 2), self.body.percent(self.theme.radius));
        let mut items = vec![outlined(outline, fill.area, fill.line, edge)];
        let names = self.grid.content.phase_names;
        let mut top = rect.mid_y() - phase.name_height(names).at(self.body) / 2;
        match names {
            PhaseNames::Down => {
                for character in &phase.letters {
                    items.extend(para(character, Em::MAX, self.body, (left, right), top, Align::Centre));
                    top += PHASE_LETTER.at(self.body);
                }
            }
            PhaseNames::OnLines(width) => {
                items.extend(para(&phase.name, width, self.body, (left, right), top, Align::Centre));
            }
        }
        Some(group(Role::Phase, Some(phase.span), items))
    }

    /// The height between a row and the one above it, or the end of the rows on the page.
    fn edge(&self, row: usize) -> Length {
        let rows = &self.placed.rows;
        let gap = BETWEEN.at(self.body) / 2;
        let boxes = || self.placed.boxes.iter().map(|place| place.rect);
        if row == rows.start {
            let top = self.placed.flow_extent(row).0;
            return boxes().map(|rect| rect.top).fold(top, Length::min) - gap;
        }
        let line_end = self.placed.flow_extent(row - 1).1;
        let of_row = |place: &&StagePlace| self.grid.topology.place(place.stage).row + 1 == row;
        let stages = self.placed.stages.iter().filter(of_row);
        let above = stages.map(|place| place.whole.bottom).fold(line_end, Length::max);
        if row == rows.end {
            return boxes().map(|rect| rect.bottom).fold(above, Length::max) + gap;
        }
        (above + self.placed.flow_extent(row).0) / 2
    }
}
