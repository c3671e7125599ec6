//! Arrows between the columns: stage → risk → measure.
//!
//! Neighbouring columns are joined, in the order stage → risk → measure. An arrow runs on its row's line; where a stage
//! has several boxes, or boxes that don't meet at one height, it takes a right-angled step in the middle of the gutter.

use super::arrow::ArrowStyle;
use crate::geom::{Point, Rect};
use crate::layout::grid::{Grid, Slot, rank};
use crate::layout::metrics::{ARROW_INSET, LINK_LINE};
use crate::layout::place::Placed;
use crate::layout::shape::point_depth;
use crate::model::{Column, Shape, StageIx};
use crate::scene::Item;
use crate::theme::Theme;
use crate::unit::{Em, Length};

/// Draws the arrows of one page.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct LinkPainter<'a> {
    pub(in crate::layout) grid: &'a Grid<'a>,
    pub(in crate::layout) placed: &'a Placed,
    pub(in crate::layout) body: Length,
    pub(in crate::layout) theme: &'a Theme,
    /// The width of the text in flow boxes.
    pub(in crate::layout) name: Em,
}

impl LinkPainter<'_> {
    fn style(&self) -> ArrowStyle {
        ArrowStyle { color: self.theme.link_line, width: LINK_LINE, body: self.body }
    }

    /// All arrows between the columns.
    pub(in crate::layout) fn paint(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for pair in self.grid.order.windows(2) {
            let (a, b) = if rank(pair[0]) < rank(pair[1]) { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            match a {
                Column::Flow => items.extend(self.stage_arrows(b)),
                _ => items.extend(self.between(a, b)),
            }
        }
        items
    }

    /// Arrows from the flow to the column beside it, or across its empty cells to the one behind.
    fn stage_arrows(&self, column: Column) -> Vec<Item> {
        let mut items = Vec::new();
        for row in self.placed.rows.clone() {
            let Some(slot) = self.grid.slot(column, row) else { continue };
            if slot.boxes.is_empty() {
                let behind = if column == Column::Risk { Column::Measure } else { Column::Risk };
                if let Some(slot) = self.grid.slot(behind, row) {
                    items.extend(self.fan_out(row, slot));
                }
            } else {
                items.extend(self.fan_out(row, slot));
            }
        }
        items
    }

    /// Arrows from the stages of a row to the boxes of a slot.
    fn fan_out(&self, row: usize, slot: &Slot) -> Vec<Item> {
        let mut items = Vec::new();
        for &stage in &self.grid.topology.rows[row] {
            let main = self.grid.topology.places[stage.0].lane == 0;
            let owned = |&index: &usize| {
                let owner = self.grid.content.cells[index].stage;
                owner == stage || (main && self.grid.topology.places[owner.0].row != row)
            };
            let targets: Vec<Rect> =
                slot.boxes.iter().copied().filter(owned).filter_map(|i| self.placed.boxed(i)).collect();
            for target in &targets {
                items.extend(if self.open_towards(stage, target) {
                    self.straight(stage, row, target)
                } else {
                    self.below(stage, row, target)
                });
            }
        }
        items
    }

    /// Whether no other box of the row stands between a flow box and a target.
    fn open_towards(&self, stage: StageIx, target: &Rect) -> bool {
        let place = self.grid.topology.places[stage.0];
        if self.facing(target) == self.placed.outward { self.grid.topology.outermost(stage) } else { place.lane == 0 }
    }

    /// Which way the boxes lie, and the edges of the flow column and of a box that face each other.
    fn facing(&self, target: &Rect) -> i64 {
        if target.left >= self.placed.columns[0].1 { 1 } else { -1 }
    }

    fn near_edge(&self, target: &Rect) -> Length {
        if self.facing(target) > 0 { target.left } else { target.right }
    }

    /// The middle of the gutter before a box.
    fn trunk(&self, target: &Rect) -> Length {
        let near = self.near_edge(target);
        near - Em::milli(780).at(self.body) * self.facing(target)
    }

    /// On the row's line, with a step in the gutter where the target lies beside it.
    fn straight(&self, stage: StageIx, row: usize, target: &Rect) -> Vec<Item> {
        let Some(place) = self.placed.stage(stage) else { return Vec::new() };
        let y = self.placed.line(row);
        let start = Point::new(self.side_of(stage, place.shape, place.whole, y, self.facing(target)), y);
        let inset = ARROW_INSET.at(self.body).min(target.height() / 2) / 2;
        let end = if (target.top + inset..=target.bottom - inset).contains(&y) { y } else { target.mid_y() };
        let x = self.trunk(target);
        let points = [start, Point::new(x, y), Point::new(x, end), Point::new(self.near_edge(target), end)];
        self.style().arrow(&points)
    }

    /// The edge of a flow box at a height: a decision's sides slope.
    fn side_of(&self, stage: StageIx, shape: Rect, whole: Rect, y: Length, facing: i64) -> Length {
        let edge = if facing > 0 { whole.right } else { whole.left };
        if self.grid.content.stages[stage.0].shape != Shape::Decision || y > shape.bottom {
            return edge;
        }
        let content = &self.grid.content.stages[stage.0];
        let lane = Em::from_length(shape.width(), self.body);
        let depth = point_depth(content, self.name, lane).at(self.body).min(shape.width() / 2);
        let off = (y - shape.mid_y()).abs();
        edge - depth.scale(off.to_um(), (shape.height() / 2).to_um().max(1)) * facing
    }

    /// Below the boxes of its row that stand in the way, then up or down the gutter.
    fn below(&self, stage: StageIx, row: usize, target: &Rect) -> Vec<Item> {
        let Some(place) = self.placed.stage(stage) else { return Vec::new() };
        let bottoms = self.grid.topology.rows[row].iter().filter_map(|&s| self.placed.stage(s)).map(|p| p.whole.bottom);
        let y = bottoms.max().unwrap_or(place.whole.bottom) + Em::milli(380).at(self.body);
        let x = place.whole.mid_x() + Em::milli(700).at(self.body) * self.facing(target);
        let trunk = self.trunk(target);
        self.style().arrow(&[
            Point::new(x, place.whole.bottom),
            Point::new(x, y),
            Point::new(trunk, y),
            Point::new(trunk, target.mid_y()),
            Point::new(self.near_edge(target), target.mid_y()),
        ])
    }

    /// Arrows from risk to measure boxes.
    fn between(&self, a: Column, b: Column) -> Vec<Item> {
        let mut joined: Vec<(usize, usize)> = Vec::new();
        let mut items = Vec::new();
        for row in self.placed.rows.clone() {
            let (Some(from), Some(to)) = (self.grid.slot(a, row), self.grid.slot(b, row)) else { continue };
            for pair in pairs(&from.boxes, &to.boxes) {
                if joined.contains(&pair) {
                    continue;
                }
                joined.push(pair);
                if let (Some(from), Some(to)) = (self.placed.boxed(pair.0), self.placed.boxed(pair.1)) {
                    items.extend(self.join(from, to, self.placed.line(row)));
                }
            }
        }
        items
    }

    /// One arrow between two boxes of neighbouring columns, on the row's line where that crosses both.
    fn join(&self, from: Rect, to: Rect, line: Length) -> Vec<Item> {
        let rightward = from.left < to.left;
        let (start, end) = if rightward { (from.right, to.left) } else { (from.left, to.right) };
        let inset = ARROW_INSET.at(self.body).min(from.height() / 2).min(to.height() / 2) / 2;
        let (top, bottom) = (from.top.max(to.top) + inset, from.bottom.min(to.bottom) - inset);
        if top <= bottom {
            let y = if (top..=bottom).contains(&line) { line } else { (top + bottom) / 2 };
            return self.style().arrow(&[Point::new(start, y), Point::new(end, y)]);
        }
        let (y0, y1) = (from.mid_y(), to.mid_y());
        let middle = (start + end) / 2;
        let points = [Point::new(start, y0), Point::new(middle, y0), Point::new(middle, y1), Point::new(end, y1)];
        self.style().arrow(&points)
    }
}

/// Which risks lead to which measures: each to its own where there are as many, else the last takes what is left over.
fn pairs(from: &[usize], to: &[usize]) -> Vec<(usize, usize)> {
    let count = if from.is_empty() || to.is_empty() { 0 } else { from.len().max(to.len()) };
    (0..count).map(|i| (from[i.min(from.len() - 1)], to[i.min(to.len() - 1)])).collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn every_box_is_joined() {
        assert_eq!(pairs(&[1, 2], &[8, 9]), [(1, 8), (2, 9)]);
        assert_eq!(pairs(&[1], &[8, 9]), [(1, 8), (1, 9)]);
        assert_eq!(pairs(&[1, 2, 3], &[8]), [(1, 8), (2, 8), (3, 8)]);
        assert_eq!(pairs(&[], &[8]), []);
    }
}
