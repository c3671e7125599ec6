//! The grid at one body size: column widths, box heights, what stands on what.

use super::block::Block;
use super::content::{CellBox, Content, StageBox};
use super::metrics::{
    ARROW_INSET, BOX_GAP, CROSSING, EDGE, FLOW_GAP, GUTTER, HEAD_PAD_Y, LABEL_SPACE, PAD_X, PAD_Y, STACK_GAP,
    STAGE_PAD_X, STAGE_PAD_Y, TRACK,
};
use super::rows::{Cell, Stack};
use super::topology::{Course, Topology};
use crate::model::{Chart, Column, Shape, StageIx};
use crate::unit::{Em, Length};

/// A chart's content with its topology: all that the search for the body size looks at.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) content: &'a Content,
    pub(super) topology: &'a Topology,
    /// The columns, left to right.
    pub(super) order: [Column; 3],
    /// Boxes by column and row, in the order they stand.
    pub(super) slots: Vec<Slot>,
}

/// The boxes of one column that belong to one row, or a box that spans rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) column: Column,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Indices into [`Content::cells`]; empty where only an arrow crosses the column.
    pub(super) boxes: Vec<usize>,
}

/// Widths in ems of the body: of the flow's text, and of the three columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Widths {
    /// Width of the text in a flow box.
    pub(super) name: Em,
    /// Width of the flow column.
    pub(super) flow: Em,
    /// Width of the risk column.
    pub(super) risk: Em,
    /// Width of the measure column.
    pub(super) measure: Em,
}

impl Widths {
    /// The width of a column.
    pub(super) fn of(&self, column: Column) -> Em {
        match column {
            Column::Flow => self.flow,
            Column::Risk => self.risk,
            Column::Measure => self.measure,
        }
    }
}

/// The column's place in flow, risk, measure order.
pub(super) fn rank(column: Column) -> usize {
    match column {
        Column::Flow => 0,
        Column::Risk => 1,
        Column::Measure => 2,
    }
}

/// Two boxes of a column that claim one row: the second one, and the first.
pub(super) type Claim = (usize, usize);

impl<'a> Grid<'a> {
    /// Lays boxes in their slots.
    ///
    /// # Errors
    /// Every box that claims a row of its column that another box spans.
    pub(super) fn new(chart: &Chart, content: &'a Content, topology: &'a Topology) -> Result<Self, Vec<Claim>> {
        let mut slots = Vec::new();
        let mut claims = Vec::new();
        let order = chart.columns.order;
        for column in [Column::Risk, Column::Measure] {
            slots.extend(column_slots(column, content, topology, &mut claims));
        }
        if !claims.is_empty() {
            return Err(claims);
        }
        let mut grid = Self { content, topology, order, slots };
        grid.add_crossings();
        grid.slots.sort_by_key(|slot| (slot.first, rank(slot.column)));
        Ok(grid)
    }

    /// The slot of a column that a row lies in.
    pub(super) fn slot(&self, column: Column, row: usize) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.column == column && (slot.first..=slot.last).contains(&row))
    }

    /// Keeps a band free where an arrow from the flow crosses an empty cell to a box behind it.
    fn add_crossings(&mut self) {
        let [left, middle, right] = self.order;
        if middle == Column::Flow {
            return;
        }
        let outer = if left == Column::Flow { right } else { left };
        for row in 0..self.topology.rows.len() {
            if self.slot(outer, row).is_some() && self.slot(middle, row).is_none() {
                self.slots.push(Slot { column: middle, first: row, last: row, boxes: Vec::new() });
            }
        }
    }

    /// The widths that the flow's text is tried at, in ems of the body.
    pub(super) fn name_widths(&self) -> Vec<Em> {
        let stages = &self.content.stages;
        let least =
            stages.iter().map(|s| s.block.least_width().max(s.materials.least_width())).max().unwrap_or_default();
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

    /// The width of a flow box whose text has `name`.
    pub(super) fn lane_width(&self, name: Em) -> Em {
        let any = |shape: Shape| self.content.stages.iter().any(|stage| stage.shape == shape);
        let pointed = if any(Shape::Decision) { Em::milli(1300) } else { Em::ZERO };
        let round = if any(Shape::Start) || any(Shape::End) { Em::milli(300) } else { Em::ZERO };
        name + STAGE_PAD_X * 2 + pointed.max(round)
    }

    /// The space between two lanes: an arrow, and its label above it.
    pub(super) fn lane_gap(&self) -> Em {
        let labels = self.labels(|course| course == Course::Across);
        Em::milli(1500).max(labels.map_or(Em::ZERO, |width| width + Em::milli(700)))
    }

    /// The space on the outer side: its arrows, and their labels.
    pub(super) fn outer_width(&self) -> Em {
        match self.topology.outer_tracks() {
            0 => Em::ZERO,
            tracks => {
                let labels = self.labels(|course| course == Course::Outer);
                TRACK * tracks as i32 + Em::milli(250) + labels.map_or(Em::ZERO, |width| width + Em::milli(300))
            }
        }
    }

    /// The widest label of the arrows of a course, broken where it is long.
    fn labels(&self, of: impl Fn(Course) -> bool) -> Option<Em> {
        let links = self.topology.links.iter().filter(|link| of(link.course));
        let labels = links.filter_map(|link| self.content.branch_labels[link.from.0][link.index].as_ref());
        labels.map(|label| label.natural_width().min(LABEL_MEASURE).max(label.least_width())).max()
    }

    /// The flow column's width where its text has `name`.
    pub(super) fn flow_width(&self, name: Em) -> Em {
        let lanes = self.topology.side_lanes() as i32;
        self.outer_width() + self.lane_width(name) * (lanes + 1) + self.lane_gap() * lanes
    }

    /// The widths where the flow's text has `name` and `part`/256 of the rest goes to the risk column; `None` where a word
    /// would not fit.
    pub(super) fn widths(&self, total: Em, name: Em, part: i32) -> Option<Widths> {
        let flow = self.flow_width(name).max(self.head_width(Column::Flow));
        let rest = total - flow - GUTTER * 2;
        let risk = match self.empty_columns() {
            (true, _) => self.head_width(Column::Risk).max(Em::ONE * 4),
            (_, true) => rest - self.head_width(Column::Measure).max(Em::ONE * 4),
            _ => Em::from_raw((i64::from(rest.raw()) * i64::from(part) / 256) as i32),
        };
        let widths = Widths { name, flow, risk, measure: rest - risk };
        let fits = |column| widths.of(column) >= self.least_width(column).max(self.head_width(column));
        (fits(Column::Risk) && fits(Column::Measure)).then_some(widths)
    }

    /// Whether the risk and the measure column have no box at all: such a column is as narrow as its head.
    fn empty_columns(&self) -> (bool, bool) {
        let empty = |column| !self.content.cells.iter().any(|cell| cell.column == column);
        (empty(Column::Risk), empty(Column::Measure))
    }

    fn head_width(&self, column: Column) -> Em {
        self.content.heads[rank(column)].least_width() + PAD_X
    }

    /// The least width of the risk or measure column: no word is broken, and sentences get a measure they can be read in.
    fn least_width(&self, column: Column) -> Em {
        let boxes = self.content.cells.iter().filter(|cell| cell.column == column);
        let text =
            boxes.map(|cell| cell.block.least_width().max(cell.block.natural_width().min(READABLE_MEASURE))).max();
        text.map_or(Em::ONE * 2, |width| width + PAD_X * 2 + EDGE)
    }

    /// The height of the column heads.
    pub(super) fn heads_height(&self, widths: &Widths) -> Em {
        let heads = [Column::Flow, Column::Risk, Column::Measure].map(|column| {
            let width = widths.of(column) - PAD_X;
            self.content.heads[rank(column)].height(width)
        });
        heads.into_iter().max().unwrap_or_default() + HEAD_PAD_Y * 2
    }

    /// The height of a risk or measure box.
    pub(super) fn cell_height(&self, cell: &CellBox, widths: &Widths) -> Em {
        cell.block.height(text_width(cell, widths)) + PAD_Y * 2
    }

    /// The boxes of a slot with their tops within it, and its height.
    pub(super) fn stacked(&self, slot: &Slot, widths: &Widths) -> (Vec<(usize, Em, Em)>, Em) {
        let bands = self.bands(slot, widths);
        let mut top = Em::ZERO;
        let mut boxes = Vec::with_capacity(slot.boxes.len());
        for (&index, &band) in slot.boxes.iter().zip(&bands) {
            let height = self.cell_height(&self.content.cells[index], widths);
            boxes.push((index, top + (band - height) / 2, height));
            top += band + STACK_GAP;
        }
        (boxes, if slot.boxes.is_empty() { CROSSING } else { top - STACK_GAP })
    }

    /// The height of the band that each box of a slot stands in: where a row has as many risks as measures, each risk
    /// stands beside its own measure.
    fn bands(&self, slot: &Slot, widths: &Widths) -> Vec<Em> {
        let heights = |slot: &Slot| -> Vec<Em> {
            slot.boxes.iter().map(|&i| self.cell_height(&self.content.cells[i], widths)).collect()
        };
        let own = heights(slot);
        let other = match slot.column {
            Column::Risk => Column::Measure,
            _ => Column::Risk,
        };
        let partner = if own.len() > 1 { self.slot(other, slot.first) } else { None };
        match partner {
            Some(partner) if partner.boxes.len() == own.len() => {
                own.iter().zip(heights(partner)).map(|(&a, b)| a.max(b)).collect()
            }
            _ => own,
        }
    }

    /// The rows and cells to put on top of each other, at a body size.
    pub(super) fn stack(&self, widths: &Widths, body: Length, rows: std::ops::Range<usize>) -> Stack {
        let at = |em: Em| em.at(body);
        let flow: Vec<Length> = rows.clone().map(|row| at(self.flow_row_height(row, widths))).collect();
        let mut cells = Vec::with_capacity(rows.len() * 3);
        let mut slots = self.slots.iter().filter(|slot| rows.contains(&slot.first)).peekable();
        for row in rows.clone() {
            let height = flow[row - rows.start];
            let local = row - rows.start;
            cells.push(Cell { column: 0, first: local, last: local, height, reach: Length::ZERO });
            while let Some(slot) = slots.next_if(|slot| slot.first == row) {
                let height = at(self.stacked(slot, widths).1);
                let last = slot.last - rows.start;
                let inset = at(ARROW_INSET).min(height / 2);
                let reach = match slot.boxes.len() {
                    _ if last > local => (flow[local].max(flow[last.min(flow.len() - 1)]) / 2).max(inset),
                    1 => height / 2 - inset,
                    _ => Length::ZERO,
                };
                cells.push(Cell { column: rank(slot.column), first: local, last, height, reach });
            }
        }
        let below = rows.clone().map(|row| at(self.flow_room_below(row, widths.name))).collect();
        let none = vec![Length::ZERO; rows.len()];
        let gap = vec![at(FLOW_GAP), at(BOX_GAP), at(BOX_GAP)];
        Stack { rows: rows.len(), columns: 3, cells, gap, below: vec![below, none.clone(), none] }
    }

    /// What arrows that change lanes, and labels, need below a row of the flow besides the least gap.
    fn flow_room_below(&self, row: usize, name: Em) -> Em {
        let steps = self.topology.steps_below(row) as i32;
        let leaving = self.topology.links.iter().filter(|link| {
            let place = self.topology.places[link.from.0];
            place.row == row && matches!(link.course, Course::Down | Course::Step)
        });
        let labels = leaving.filter_map(|link| self.content.branch_labels[link.from.0][link.index].as_ref());
        let measure = self.lane_width(name) / 2 + GUTTER - LABEL_SPACE * 2;
        let label = labels.map(|label| label.height(measure.max(label.least_width())) - Em::milli(250)).max();
        let tracks = if steps == 0 { Em::ZERO } else { Em::milli(500) + TRACK * (steps - 1).min(3) };
        tracks + label.unwrap_or_default().max(Em::ZERO)
    }

    /// The height of a row's tallest flow box.
    fn flow_row_height(&self, row: usize, widths: &Widths) -> Em {
        let stages = self.topology.rows[row].iter();
        stages.map(|stage| self.stage_height(*stage, widths.name)).max().unwrap_or_default()
    }

    /// The height of a flow box with its materials.
    pub(super) fn stage_height(&self, stage: StageIx, name: Em) -> Em {
        let stage = &self.content.stages[stage.0];
        stage_box_height(stage, name, self.lane_width(name)) + materials_height(stage, name)
    }
}

/// The narrowest measure that longer sentences are set in: below it a line holds but two or three words.
const READABLE_MEASURE: Em = Em::milli(9000);
/// The width at which other labels are broken.
pub(super) const LABEL_MEASURE: Em = Em::milli(4100);

/// The width of the text in a risk or measure box.
pub(super) fn text_width(cell: &CellBox, widths: &Widths) -> Em {
    let edge = if cell.look.is_some_and(|look| !look.plain) { EDGE } else { Em::ZERO };
    widths.of(cell.column) - PAD_X * 2 - edge
}

/// The height of a flow box without its materials.
pub(super) fn stage_box_height(stage: &StageBox, name: Em, lane: Em) -> Em {
    let text = stage.block.height(name);
    match stage.shape {
        Shape::Decision => diamond_height(&stage.block, name, lane).unwrap_or(text + Em::milli(900)),
        _ => text + STAGE_PAD_Y * 2,
    }
}

/// The height of the compartment for documents.
pub(super) fn materials_height(stage: &StageBox, name: Em) -> Em {
    if stage.materials.is_empty() { Em::ZERO } else { stage.materials.height(name) + STAGE_PAD_Y * 2 }
}

/// The height of the diamond of a lane's width around a block: width ÷ lane + height ÷ diamond = 1. `None` where the
/// diamond would be so tall that a hexagon reads better.
pub(super) fn diamond_height(block: &Block, name: Em, lane: Em) -> Option<Em> {
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

fn column_slots(column: Column, content: &Content, topology: &Topology, claims: &mut Vec<Claim>) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let row_of = |stage: StageIx| topology.places[stage.0].row;
    let mut boxes: Vec<usize> = (0..content.cells.len()).filter(|&i| content.cells[i].column == column).collect();
    boxes.sort_by_key(|&i| (row_of(content.cells[i].stage), i));
    for index in boxes {
        let cell = &content.cells[index];
        let (first, last) = (row_of(cell.stage), row_of(cell.through).max(row_of(cell.stage)));
        match slots.last_mut() {
            Some(slot) if slot.first == first && slot.last == first && last == first => slot.boxes.push(index),
            Some(slot) if slot.last >= first => claims.push((index, slot.boxes[0])),
            _ => slots.push(Slot { column, first, last, boxes: vec![index] }),
        }
    }
    slots
}
