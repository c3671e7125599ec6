//! The grid at one body size: column widths, box heights, what stands on what.

use super::block::{Block, Para};
use super::content::{CellBox, Content};
use super::metrics::{
    ARROW_INSET, BOX_GAP, CROSSING, EDGE, FLOW_GAP, GUTTER, HEAD_PAD_Y, LABEL_SPACE, PAD_X, PAD_Y, STACK_GAP,
    STAGE_PAD_X, TRACK,
};
use super::rows::{Cell, Stack};
use super::shape::{materials_height, name_widths, shape_room, stage_box_height};
use super::topology::{Course, FlowLink, Topology};
use crate::model::{Chart, Column, StageIx};
use crate::unit::{Em, Length};

/// A chart's content with its topology: all that the search for the body size looks at.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) content: &'a Content,
    pub(super) topology: &'a Topology,
    /// The columns, left to right; one that no stage has a box for is left out.
    pub(super) order: Vec<Column>,
    /// Boxes by column and row, in the order they stand.
    pub(super) slots: Vec<Slot>,
    /// The slot of each row in flow, risk and measure order.
    by_row: Vec<[Option<usize>; 3]>,
    /// The least widths of the columns, in flow, risk and measure order.
    least_widths: [Em; 3],
    /// What the shapes of flow boxes add to the width of their text.
    shape_room: Em,
    /// The widths that the flow's text is tried at.
    pub(super) name_widths: Vec<Em>,
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
        let used = |column| column == Column::Flow || content.cells.iter().any(|cell| cell.column == column);
        let order: Vec<Column> = chart.columns.order.into_iter().filter(|&column| used(column)).collect();
        for column in [Column::Risk, Column::Measure] {
            slots.extend(column_slots(column, content, topology, &mut claims));
        }
        if !claims.is_empty() {
            return Err(claims);
        }
        let least_widths = [Column::Flow, Column::Risk, Column::Measure].map(|column| least_width(content, column));
        let (shape_room, name_widths) = (shape_room(content), name_widths(&content.stages));
        let mut grid =
            Self { content, topology, order, slots, by_row: Vec::new(), least_widths, shape_room, name_widths };
        grid.index();
        grid.add_crossings();
        grid.slots.sort_by_key(|slot| (slot.first, rank(slot.column)));
        grid.index();
        Ok(grid)
    }

    /// Notes which slot each row of each column lies in.
    fn index(&mut self) {
        self.by_row = vec![[None; 3]; self.topology.rows.len()];
        for (index, slot) in self.slots.iter().enumerate() {
            self.by_row[slot.first..=slot.last].iter_mut().for_each(|row| row[rank(slot.column)] = Some(index));
        }
    }

    /// The slots that begin in some rows, by row.
    pub(super) fn slots_of(&self, rows: &std::ops::Range<usize>) -> impl Iterator<Item = &Slot> {
        let begin = self.slots.partition_point(|slot| slot.first < rows.start);
        let end = self.slots.partition_point(|slot| slot.first < rows.end);
        self.slots[begin..end].iter()
    }

    /// The slot of a column that a row lies in.
    pub(super) fn slot(&self, column: Column, row: usize) -> Option<&Slot> {
        self.by_row[row][rank(column)].map(|index| &self.slots[index])
    }

    /// Keeps a band free where an arrow from the flow crosses an empty cell to a box behind it.
    fn add_crossings(&mut self) {
        let [left, middle, right] = self.order[..] else { return };
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

    /// Whether a page may end before the row `row`: no box spans it.
    pub(super) fn breakable(&self, row: usize) -> bool {
        let above = |index: &Option<usize>| index.is_some_and(|index| self.slots[index].first < row);
        self.by_row.get(row).is_none_or(|slots| !slots.iter().any(above))
    }

    /// The width of a flow box whose text has `name`.
    pub(super) fn lane_width(&self, name: Em) -> Em {
        name + STAGE_PAD_X * 2 + self.shape_room
    }

    /// The space between two lanes: an arrow, and its label above it.
    pub(super) fn lane_gap(&self) -> Em {
        let labels = self.labels(|course| course == Course::Across);
        Em::milli(1500).max(labels.map_or(Em::ZERO, |width| width + Em::milli(700)))
    }

    /// The space on the outer side: its arrows, and their labels.
    pub(super) fn outer_width(&self) -> Em {
        match self.topology.outer_tracks {
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
        let rest = total - flow - GUTTER * (self.order.len() as i32 - 1);
        let risk = match (self.shows(Column::Risk), self.shows(Column::Measure)) {
            (true, true) => Em::from_raw((i64::from(rest.raw()) * i64::from(part) / 256) as i32),
            (true, false) => rest,
            (false, _) => Em::ZERO,
        };
        let measure = if self.shows(Column::Measure) { rest - risk } else { Em::ZERO };
        let widths = Widths { name, flow: flow + rest - risk - measure, risk, measure };
        let fits = |&column: &Column| widths.of(column) >= self.least_width(column).max(self.head_width(column));
        (rest >= Em::ZERO && self.order.iter().all(fits)).then_some(widths)
    }

    /// Whether a column is drawn.
    fn shows(&self, column: Column) -> bool {
        self.order.contains(&column)
    }

    /// Whether the flow has a column at both of its sides.
    pub(super) fn flow_between(&self) -> bool {
        self.order.len() == 3 && self.order[1] == Column::Flow
    }

    fn head_width(&self, column: Column) -> Em {
        let head = &self.content.heads[rank(column)];
        head.natural_width().min(SHORT_HEAD).max(head.least_width()) + PAD_X
    }

    /// The least width of the risk or measure column: no word is broken, and sentences get a measure they can be read in.
    fn least_width(&self, column: Column) -> Em {
        self.least_widths[rank(column)]
    }

    /// The height of the column heads.
    pub(super) fn heads_height(&self, widths: &Widths) -> Em {
        let heads = self.order.iter().map(|&column| {
            let width = widths.of(column) - PAD_X;
            self.content.heads[rank(column)].height(width)
        });
        heads.max().unwrap_or_default() + HEAD_PAD_Y * 2
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
        let mut slots = self.slots_of(&rows).peekable();
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

    /// Whether an arrow from a box of this row to its risk or measure box has to pass below another box of the row.
    pub(super) fn passes_below(&self, row: usize) -> bool {
        let lanes = &self.topology.rows[row];
        let owners = |slot: &Slot| {
            slot.boxes.iter().any(|&index| {
                let stage = self.content.cells[index].stage;
                lanes.iter().position(|&own| own == stage).is_some_and(|lane| lane > 0)
            })
        };
        let between = self.flow_between();
        let slots = [Column::Risk, Column::Measure].into_iter().filter_map(|column| self.slot(column, row));
        lanes.len() > 1 && slots.into_iter().any(|slot| between || owners(slot))
    }

    /// The arrows that meet a box's outer side, top to bottom: those that come in, then those that go out, each with the
    /// height it needs there.
    pub(super) fn ports(&self, stage: StageIx) -> Vec<(Port, Em)> {
        if !self.topology.outermost(stage) {
            return Vec::new();
        }
        let mut ports = Vec::new();
        for leaving in [false, true] {
            for link in &self.topology.outer {
                if (if leaving { link.from } else { link.to }) == stage {
                    let label = self.content.branch_labels[link.from.0][link.index].as_ref().filter(|_| leaving);
                    let height = label.map_or(Em::ZERO, |label| label_height(label) + Em::milli(260));
                    ports.push((Port { leaving, link: *link }, height.max(PORT)));
                }
            }
        }
        ports
    }

    /// Whether the row's own arrow leaves on the outer side too: it takes the middle, between the ports that come in and
    /// those that go out.
    pub(super) fn row_arrow_between_ports(&self) -> bool {
        self.flow_between()
    }

    /// What arrows that change lanes, and labels, need below a row of the flow besides the least gap.
    fn flow_room_below(&self, row: usize, name: Em) -> Em {
        let steps = self.topology.steps_below(row) as i32;
        let tracks = if steps == 0 { Em::ZERO } else { Em::milli(500) + TRACK * (steps - 1).min(3) };
        let passing = if self.passes_below(row) { PASSING } else { Em::ZERO };
        tracks + passing + (self.label_room(row, name) - Em::milli(250)).max(Em::ZERO)
    }

    /// The height of the labels below a row: those beside vertical lines stand on top of each other, those of arrows that
    /// fan out stand over their tracks.
    pub(super) fn label_room(&self, row: usize, name: Em) -> Em {
        let of_stage = |&stage: &StageIx| {
            let beside: Em = self.labels_beside(stage).iter().map(|&(_, label)| self.height_beside(label, name)).sum();
            let links = self.topology.from(stage).iter().filter(|link| self.topology.fans_out(link));
            let over = links.filter_map(|link| self.branch_label(link)).map(label_height).max();
            beside.max(over.unwrap_or_default())
        };
        self.topology.rows[row].iter().map(of_stage).max().unwrap_or_default()
    }

    /// The labels that stand beside the line below a flow box, top to bottom.
    pub(super) fn labels_beside(&self, stage: StageIx) -> Vec<(FlowLink, &Para)> {
        let leaves = |link: &&FlowLink| match link.course {
            Course::Down => true,
            Course::Step => !self.topology.fans_out(link),
            Course::Outer => !self.topology.outermost(stage),
            Course::Across => false,
        };
        let links = self.topology.from(stage).iter().filter(leaves);
        links.filter_map(|link| Some((*link, self.branch_label(link)?))).collect()
    }

    /// The height of a label beside a vertical line.
    pub(super) fn height_beside(&self, label: &Para, name: Em) -> Em {
        let measure = self.lane_width(name) / 2 + GUTTER - LABEL_SPACE * 2;
        label.height(measure.max(label.least_width()).min(LABEL_MEASURE.max(label.least_width())))
    }

    fn branch_label(&self, link: &FlowLink) -> Option<&Para> {
        self.content.branch_labels[link.from.0][link.index].as_ref()
    }

    /// The height of a row's tallest flow box.
    fn flow_row_height(&self, row: usize, widths: &Widths) -> Em {
        let stages = self.topology.rows[row].iter();
        stages.map(|stage| self.stage_height(*stage, widths.name)).max().unwrap_or_default()
    }

    /// The height of a flow box with its materials.
    pub(super) fn stage_height(&self, stage: StageIx, name: Em) -> Em {
        self.shape_height(stage, name) + materials_height(&self.content.stages[stage.0], name)
    }

    /// The height of a flow box without its materials: its text's, or what the arrows at its side need.
    pub(super) fn shape_height(&self, stage: StageIx, name: Em) -> Em {
        let ports = self.ports(stage);
        let height = |leaving: bool| -> Em {
            ports.iter().filter(|(port, _)| port.leaving == leaving).map(|&(_, height)| height).sum()
        };
        let ports = match self.row_arrow_between_ports() {
            true if !ports.is_empty() => height(false).max(height(true)) * 2 + PORT,
            _ => height(false) + height(true),
        };
        stage_box_height(&self.content.stages[stage.0], name, self.lane_width(name)).max(ports)
    }
}

/// Heads of up to five characters stay on one line.
const SHORT_HEAD: Em = Em::milli(5600);
/// The narrowest measure that longer sentences are set in: below it a line holds but two or three words.
const READABLE_MEASURE: Em = Em::milli(9000);
/// Up to this measure a column is as wide as names and short titles need to stay whole.
const WHOLE_MEASURE: Em = Em::milli(11_500);
/// The width at which other labels are broken.
pub(super) const LABEL_MEASURE: Em = Em::milli(4100);

/// A place where an outer arrow meets a flow box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Port {
    /// Whether the arrow goes out.
    pub(super) leaving: bool,
    /// The arrow.
    pub(super) link: FlowLink,
}

/// The least height of a port.
pub(super) const PORT: Em = Em::milli(560);
/// What an arrow that passes below a row's boxes adds to the space below them.
pub(super) const PASSING: Em = Em::milli(520);

/// The height of a label that stands at an arrow's outer part.
fn label_height(label: &Para) -> Em {
    label.height(label.natural_width().min(LABEL_MEASURE).max(label.least_width()))
}

/// The width of the text in a risk or measure box.
pub(super) fn text_width(cell: &CellBox, widths: &Widths) -> Em {
    let edge = if cell.look.is_some_and(|look| !look.plain) { EDGE } else { Em::ZERO };
    widths.of(cell.column) - PAD_X * 2 - edge
}

fn least_width(content: &Content, column: Column) -> Em {
    let boxes = content.cells.iter().filter(|cell| cell.column == column);
    let readable =
        |block: &Block| block.natural_width().min(READABLE_MEASURE).max(block.whole_width().min(WHOLE_MEASURE));
    let text = boxes.map(|cell| cell.block.least_width().max(readable(&cell.block))).max();
    text.map_or(Em::ONE * 2, |width| width + PAD_X * 2 + EDGE)
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
