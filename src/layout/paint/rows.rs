//! The grid's rows as they are read: a cell for each column, the boxes in them.

use std::borrow::Cow;

use super::boxes::BoxPainter;
use super::text::MarkShape;
use super::text::{group, part_of};
use crate::layout::grid::portion::PanelRows;
use crate::layout::grid::{Grid, rank};
use crate::layout::place::{Panel, Placed, StagePlace};
use crate::layout::words::content::{CellBox, StageBox};
use crate::layout::words::diamond::TextShape;
use crate::model::{Column, Shape, StageIx};
use crate::scene::{Item, Part, Role};
use crate::theme::LevelLook;

/// The number of the grid, which goes on over the chart's pages.
pub(crate) const GRID: Part = Part(0);

/// Puts the rows of one panel together.
pub(crate) struct RowPainter<'a> {
    grid: &'a Grid<'a>,
    looks: &'a [(LevelLook, Option<MarkShape>)],
    boxes: BoxPainter<'a>,
    placed: &'a Placed,
    page: &'a PanelRows,
    /// Cells that go on through the rows to come, and how many rows that is, by column.
    through: [Option<(Part, usize)>; 3],
}

impl<'a> RowPainter<'a> {
    /// Nothing is painted yet.
    pub(crate) fn new(
        grid: &'a Grid<'a>,
        looks: &'a [(LevelLook, Option<MarkShape>)],
        boxes: BoxPainter<'a>,
        panel: &'a Panel<'a>,
    ) -> Self {
        Self { grid, looks, boxes, placed: &panel.grid, page: panel.rows, through: [None; 3] }
    }

    /// Whether a stage's row began on the page before.
    fn began_before(&self, stage: StageIx) -> bool {
        self.page.began_before(self.grid.topology.place(stage).row)
    }

    /// A flow box on this page: its name says so where its row began on the page before, if that takes no line more. A
    /// diamond has no room beside its words.
    fn stage_on(&self, place: &StagePlace) -> Cow<'a, StageBox> {
        let stage = place.stage;
        let content = &self.grid.content.stages[stage.0];
        let (name, continued) = (content.block.parts.first(), self.grid.content.continued.stages.get(stage.0));
        let (Some(name), Some(continued)) = (name, continued) else { return Cow::Borrowed(content) };
        let TextShape::Column(width) = place.text else { return Cow::Borrowed(content) };
        let has_room = content.shape != Shape::Decision;
        if !has_room || !self.began_before(stage) || continued.para.count_lines(width) > name.para.count_lines(width) {
            return Cow::Borrowed(content);
        }
        let mut going_on = content.clone();
        going_on.block.parts[0] = continued.clone();
        going_on.spread = false;
        Cow::Owned(going_on)
    }

    /// Every stage with the words at the arrows that leave it and the boxes that belong to it, in reading order. Words at
    /// the ends of arrows from and to other pages are read with the first and the last stage, those at arrows that
    /// come from other pages with the first.
    pub(crate) fn rows(
        mut self,
        labels: Vec<(StageIx, Item)>,
        mut above: Vec<Item>,
        mut below: Vec<Item>,
    ) -> Vec<Item> {
        let placed = self.placed;
        let here = |(from, _): &(StageIx, Item)| placed.stage(*from).is_some();
        let (mut labels, from_elsewhere): (Vec<_>, Vec<_>) = labels.into_iter().partition(here);
        above.extend(from_elsewhere.into_iter().map(|(_, label)| label));
        let mut rows = Vec::with_capacity(placed.stages.len());
        for (index, place) in placed.stages.iter().enumerate() {
            let mut flow = std::mem::take(&mut above);
            flow.push(self.boxes.stage(&self.stage_on(place), place));
            flow.extend(labels.extract_if(.., |(from, _)| *from == place.stage).map(|(_, label)| label));
            if index + 1 == placed.stages.len() {
                flow.append(&mut below);
            }
            rows.push(self.row(index, place, flow));
        }
        rows
    }

    fn row(&mut self, index: usize, place: &StagePlace, flow: Vec<Item>) -> Item {
        let mut cells = vec![group(Role::Cell { rows: 1 }, None, flow)];
        for column in [Column::Risk, Column::Measure] {
            if self.grid.order.contains(&column) {
                cells.extend(self.cell(index, place.stage, column));
            }
        }
        group(Role::Row, Some(self.grid.content.stages[place.stage.0].span), cells)
    }

    /// A stage's boxes in a column; `None` where a cell above goes through the row and there are no more boxes.
    fn cell(&mut self, index: usize, stage: StageIx, column: Column) -> Option<Item> {
        let contents = self.grid.content.cells.iter().enumerate();
        // Boxes that began above rows of the page before are read with the first row of this one.
        let begun = |cell: &CellBox| index == 0 && self.placed.stage(cell.stage).is_none();
        let own = |cell: &CellBox| cell.column == column && (cell.stage == stage || begun(cell));
        let mut rows = 1;
        let mut items = Vec::new();
        for (cell, content) in contents.filter(|(_, cell)| own(cell)) {
            let (Some(rect), Some(block)) = (self.placed.boxed(cell), self.grid.block_on(self.page, cell)) else {
                continue;
            };
            let mark = content.level.and_then(|rank| self.looks[rank].1.as_ref());
            items.push(self.boxes.cell(content, &block, rect, mark));
            rows = rows.max(self.rows_through(content, index));
        }
        let through = &mut self.through[rank(column)];
        if let Some((part, left)) = through.as_mut().filter(|(_, left)| *left > 0) {
            *left -= 1;
            return (!items.is_empty()).then(|| part_of(*part, Role::Cell { rows: 1 }, items));
        }
        if rows == 1 {
            return Some(group(Role::Cell { rows }, None, items));
        }
        let part = Part(GRID.0 + 1 + (stage.0 * 3 + rank(column)) as u32);
        *through = Some((part, rows - 1));
        Some(part_of(part, Role::Cell { rows }, items))
    }

    /// How many stages' rows a box takes, from that of the page's stage `index` on.
    fn rows_through(&self, content: &CellBox, index: usize) -> usize {
        let grid = self.grid;
        let row = |stage: StageIx| grid.topology.place(stage).row;
        let Some(slot) = grid.slot(content.column, row(content.stage)) else { return 1 };
        if slot.first == slot.last {
            return 1;
        }
        let stages = self.placed.stages.iter().skip(index);
        stages.take_while(|place| row(place.stage) <= slot.last).count().max(1)
    }
}
