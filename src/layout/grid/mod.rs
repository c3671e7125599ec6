//! The grid at one body size: column widths, box heights, what stands on what.
//!
//! | file | holds |
//! |---|---|
//! | [`shape`] | how large boxes of the flow are |
//! | [`below`], [`comb`] | where boxes stand below a row's line, and combs |
//! | [`lane`], [`lanes`] | what lanes need; the room that arrows between two rows and their labels need |
//! | [`labels`] | how wide labels are set, and on which side of their line |
//! | [`widths`] | how wide lanes and their boxes are |
//! | [`portion`] | what stands on a page: rows, and parts of boxes that go on over its ends |
//! | [`column_links`] | arrows across a column to boxes of the one behind it |

pub(crate) mod below;
pub(crate) mod column_links;
pub(crate) mod comb;
pub(crate) mod labels;
mod lane;
pub(crate) mod lanes;
pub(crate) mod portion;
pub(crate) mod shape;
pub(crate) mod widths;

use crate::layout::metrics::{ARROW_INSET, BOX_GAP, EDGE, FLOW_GAP, GUTTER, HEAD_PAD_Y, PAD_X, STACK_GAP};
use crate::layout::stack::{BESIDE, Cell, Meets, Stack};
use crate::layout::topology::Topology;
use crate::layout::topology::kinds::RowKind;
use crate::layout::words::block::{Block, Para};
use crate::layout::words::content::{CellBox, Content};
use crate::model::{Chart, Column, StageIx};
use crate::unit::{Em, Length};
use column_links::BAND;
use comb::{APART, Beside};
use lanes::Lanes;
use portion::PanelRows;
use shape::{broken_names, name_widths};
use widths::{Alternative, FlowText};

/// A chart's content with its topology: all that the search for the body size looks at.
#[derive(Debug)]
pub(crate) struct Grid<'a> {
    pub(crate) content: &'a Content,
    pub(crate) topology: &'a Topology,
    /// The columns, left to right; one that no stage has a box for is left out.
    pub(crate) order: Vec<Column>,
    /// Boxes by column and row, in the order they stand.
    pub(crate) slots: Vec<Slot>,
    /// The slot of each row in flow, risk and measure order.
    by_row: Vec<[Option<usize>; 3]>,
    /// The least widths of the columns, in flow, risk and measure order.
    least_widths: [Em; 3],
    /// What the flow's arrows and their labels need.
    pub(crate) lanes: Lanes,
    /// The widths that the flow's text is tried at.
    pub(crate) flow_texts: Vec<FlowText>,
    /// What is tried besides, each where it is worth while.
    pub(crate) alternatives: Vec<Alternative>,
}

/// The boxes of one column that belong to one row, or a box that spans rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) column: Column,
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Indices into [`Content::cells`]; empty where only an arrow crosses the column.
    pub(crate) boxes: Vec<usize>,
    /// How many arrows cross the column above its boxes, and how many below them.
    pub(crate) crossed: (usize, usize),
}

/// Widths in ems of the body: of the flow's text, and of the three columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    /// Width of the text in flow boxes.
    pub(crate) text: FlowText,
    /// Width of the flow column.
    pub(crate) flow: Em,
    /// Width of the risk column.
    pub(crate) risk: Em,
    /// Width of the measure column.
    pub(crate) measure: Em,
}

impl Widths {
    /// The width of a column.
    pub(crate) fn of(&self, column: Column) -> Em {
        match column {
            Column::Flow => self.flow,
            Column::Risk => self.risk,
            Column::Measure => self.measure,
        }
    }
}

/// The column's place in flow, risk, measure order.
pub(crate) fn rank(column: Column) -> usize {
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
    pub(crate) fn new(chart: &Chart, content: &'a Content, topology: &'a Topology) -> Result<Self, Vec<Claim>> {
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
        let main_box = |row: usize| &content.stages[topology.rows[row][0].0];
        let flow_texts: Vec<_> = name_widths(&(0..topology.rows.len()).map(main_box).collect::<Vec<_>>())
            .into_iter()
            .map(FlowText::whole)
            .collect();
        let roomy = if topology.kinds.differ() {
            topology.rows_of_kind(RowKind::Roomy).map(main_box).collect()
        } else {
            Vec::new()
        };
        let narrow = topology.side_lanes() < 2 && !topology.is_compact();
        let broken = if narrow { Vec::new() } else { broken_names(content, &flow_texts, &roomy) };
        let (by_row, lanes, alternatives) = (Vec::new(), Lanes::default(), Vec::new());
        let mut grid = Self { content, topology, order, slots, by_row, least_widths, lanes, flow_texts, alternatives };
        grid.index();
        grid.add_crossings();
        grid.slots.sort_by_key(|slot| (slot.first, rank(slot.column)));
        grid.index();
        grid.note_crossings();
        grid.lanes = Lanes::of(&grid);
        grid.alternatives = grid.whole_labels().into_iter().chain(broken).collect();
        grid.take_measures();
        Ok(grid)
    }

    /// Notes which slot each row of each column lies in.
    fn index(&mut self) {
        self.by_row = vec![[None; 3]; self.topology.rows.len()];
        for (index, slot) in self.slots.iter().enumerate() {
            self.by_row[slot.first..=slot.last].iter_mut().for_each(|row| row[rank(slot.column)] = Some(index));
        }
    }

    /// The slot of a column that a row lies in.
    pub(crate) fn slot(&self, column: Column, row: usize) -> Option<&Slot> {
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
                self.slots.push(Slot { column: middle, first: row, last: row, boxes: Vec::new(), crossed: (0, 0) });
            }
        }
    }

    /// Whether a page may end before the row `row`: no box spans it.
    pub(crate) fn breakable(&self, row: usize) -> bool {
        let above = |index: &Option<usize>| index.is_some_and(|index| self.slots[index].first < row);
        self.by_row.get(row).is_none_or(|slots| !slots.iter().any(above))
    }

    /// The widths where `part`/256 of what the flow leaves goes to the risk column; `None` where a word would not fit.
    pub(crate) fn widths(&self, total: Em, text: FlowText, part: i32) -> Option<Widths> {
        let flow = self.flow_width(text).max(self.head_width(Column::Flow));
        let rest = total - flow - GUTTER * (self.order.len() as i32 - 1);
        let risk = match (self.shows(Column::Risk), self.shows(Column::Measure)) {
            (true, true) => Em::from_raw((i64::from(rest.raw()) * i64::from(part) / 256) as i32),
            (true, false) => rest,
            (false, _) => Em::ZERO,
        };
        let measure = if self.shows(Column::Measure) { rest - risk } else { Em::ZERO };
        let widths = Widths { text, flow: flow + rest - risk - measure, risk, measure };
        let fits = |&column: &Column| widths.of(column) >= self.least_width(column).max(self.head_width(column));
        (rest >= Em::ZERO && self.order.iter().all(fits)).then_some(widths)
    }

    /// Whether a column is drawn.
    fn shows(&self, column: Column) -> bool {
        self.order.contains(&column)
    }

    /// Whether the flow has a column at both of its sides. Then a row's own arrow leaves on the outer side too: it takes the
    /// middle, between the arrows that come in and those that go out.
    pub(crate) fn flow_between(&self) -> bool {
        self.order.len() == 3 && self.order[1] == Column::Flow
    }

    fn head_width(&self, column: Column) -> Em {
        let head = &self.content.heads[0][rank(column)];
        head.natural_width().min(SHORT_HEAD).max(head.least_width()) + PAD_X
    }

    /// The least width of the risk or measure column: no word is broken, and sentences get a measure they can be read in.
    fn least_width(&self, column: Column) -> Em {
        self.least_widths[rank(column)]
    }

    /// The column heads, in flow, risk, measure order: in the largest size in which none takes more lines than it has to.
    pub(crate) fn heads(&self, widths: &Widths) -> &'a [Para; 3] {
        let lines = |heads: &[Para; 3]| -> usize {
            self.order.iter().map(|&column| heads[rank(column)].count_lines(widths.of(column) - PAD_X)).sum()
        };
        let sizes = &self.content.heads;
        let on_one_line = sizes.iter().find(|heads| lines(heads) <= self.order.len());
        on_one_line.or_else(|| sizes.iter().min_by_key(|heads| lines(heads))).unwrap_or(&sizes[0])
    }

    /// The height of the column heads.
    pub(crate) fn heads_height(&self, widths: &Widths) -> Em {
        let heads = self.heads(widths);
        let heights = self.order.iter().map(|&column| heads[rank(column)].height(widths.of(column) - PAD_X));
        heights.max().unwrap_or_default() + HEAD_PAD_Y * 2
    }

    /// The boxes of a slot on a page with their tops within it, and its height; `None` where no box of it is there.
    pub(crate) fn stacked(&self, slot: &Slot, widths: &Widths, page: &PanelRows) -> Option<Stacked> {
        let own = self.heights_on(slot, widths, page);
        if own.is_empty() && !slot.boxes.is_empty() {
            return None;
        }
        let bands = self.bands(slot, &own, widths, page);
        let (above, below) = slot.crossed;
        let mut top = BAND * above as i32;
        let mut boxes = Vec::with_capacity(own.len());
        for (&(index, height), &band) in own.iter().zip(&bands) {
            boxes.push((index, top + (band - height) / 2, height));
            top += band + STACK_GAP;
        }
        let height = match slot.boxes.is_empty() {
            true => self.crossing_height(slot.first, slot.column),
            false => top - STACK_GAP + BAND * below as i32,
        };
        Some((boxes, height))
    }

    /// The boxes of a slot on a page, and their heights.
    fn heights_on(&self, slot: &Slot, widths: &Widths, page: &PanelRows) -> Vec<(usize, Em)> {
        slot.boxes.iter().filter_map(|&cell| Some((cell, self.height_on(page, cell, widths)?))).collect()
    }

    /// Whether each of a stage's measures answers a risk of its own: there is but one of either, or as many measures as
    /// risks, and the risks' ids tell that they are numbered alike. Else all of them answer all.
    pub(crate) fn answers(&self, risks: &[usize], measures: &[usize]) -> bool {
        let numbered = |boxes: &[usize]| boxes.iter().all(|&index| self.content.cells[index].numbered);
        let alike = risks.len() == measures.len() && (numbered(risks) || numbered(measures));
        risks.len() < 2 || measures.len() < 2 || alike
    }

    /// The boxes of a slot that belong to a stage.
    pub(crate) fn boxes_of(&self, slot: &Slot, stage: StageIx) -> Vec<usize> {
        slot.boxes.iter().copied().filter(|&index| self.content.cells[index].stage == stage).collect()
    }

    /// Whether the boxes of two slots of a row stand beside each other, each with its own.
    fn stand_alike(&self, slot: &Slot, other: &Slot) -> bool {
        slot.boxes.len() == other.boxes.len()
            && self.topology.boxes(slot.first).all(|stage| {
                let (own, beside) = (self.boxes_of(slot, stage), self.boxes_of(other, stage));
                own.len() == beside.len() && self.answers(&own, &beside)
            })
    }

    /// The height of the band that each box of a slot stands in: where a row has as many risks as measures, each risk
    /// stands beside its own measure.
    fn bands(&self, slot: &Slot, own: &[(usize, Em)], widths: &Widths, page: &PanelRows) -> Vec<Em> {
        let other = match slot.column {
            Column::Risk => Column::Measure,
            _ => Column::Risk,
        };
        let partner = if own.len() > 1 { self.slot(other, slot.first) } else { None };
        let beside = partner.filter(|partner| self.stand_alike(slot, partner));
        let beside = beside.map(|partner| self.heights_on(partner, widths, page)).unwrap_or_default();
        let facing = |at: usize| if beside.len() == own.len() { beside[at].1 } else { Em::ZERO };
        own.iter().enumerate().map(|(at, &(_, height))| height.max(facing(at))).collect()
    }

    /// The rows and cells of a page to put on top of each other, at a body size.
    pub(crate) fn stack(&self, widths: &Widths, body: Length, page: &PanelRows) -> Stack {
        let rows = &page.rows;
        let at = |em: Em| em.at(body);
        let flow: Vec<Length> = rows.clone().map(|row| at(self.flow_row_height(row, widths.text))).collect();
        let mut cells = Vec::with_capacity(rows.len() * 3);
        let mut slots = self.slots_on(page).peekable();
        for row in rows.clone() {
            let height = flow[row - rows.start];
            let local = row - rows.start;
            let meets = Meets::Crossed { centre: height / 2, off: Length::ZERO };
            cells.push(Cell { column: 0, first: local, last: local, height, meets });
            if let Some(Beside { height, line: (low, high) }) = self.beside_row(row, widths.text) {
                let meets = Meets::Crossed { centre: at(low + high) / 2, off: at(high - low) / 2 };
                cells.push(Cell { column: BESIDE, first: local, last: local, height: at(height), meets });
            }
            let boxes_of_row = cells.len();
            while let Some(slot) = slots.next_if(|slot| page.extent(slot).0 == row) {
                let Some((boxes, height)) = self.stacked(slot, widths, page) else { continue };
                let (height, last) = (at(height), page.extent(slot).1 - rows.start);
                let inset = at(ARROW_INSET).min(height / 2);
                let meets = match boxes.len() {
                    _ if last > local => Meets::Spanning((flow[local].max(flow[last]) / 2).max(inset)),
                    1 if slot.crossed == (0, 0) => Meets::Crossed { centre: height / 2, off: height / 2 - inset },
                    _ => Meets::Crossed { centre: height / 2, off: Length::ZERO },
                };
                cells.push(Cell { column: rank(slot.column), first: local, last, height, meets });
            }
            make_alike(&mut cells[boxes_of_row..]);
        }
        let below = rows.clone().map(|row| at(self.room_below(row, widths.text))).collect();
        let none = vec![Length::ZERO; rows.len()];
        let gap = vec![at(FLOW_GAP), at(BOX_GAP), at(BOX_GAP), at(APART)];
        let spaces = rows.start..=rows.end;
        let begins = spaces.clone().map(|space| at(self.room_at_begin(space, widths.text))).collect();
        let ends = spaces.map(|space| at(self.room_at_end(space, widths.text))).collect();
        Stack { rows: rows.len(), cells, gap, below: vec![below, none.clone(), none.clone(), none], begins, ends }
    }
}

/// Makes two boxes of a row that stand about its line as high as the higher one where they miss each other by little, so
/// that their outlines stand on one line.
fn make_alike(cells: &mut [Cell]) {
    let [a, b] = cells else { return };
    let (Meets::Crossed { off: of_a, .. }, Meets::Crossed { off: of_b, .. }) = (a.meets, b.meets) else { return };
    let alone = of_a > Length::ZERO && of_b > Length::ZERO;
    if alone && (a.height - b.height).abs() < ALIKE {
        let height = a.height.max(b.height);
        for (cell, off) in [(a, of_a), (b, of_b)] {
            cell.meets = Meets::Crossed { centre: height / 2, off: off + (height - cell.height) / 2 };
            cell.height = height;
        }
    }
}

/// Boxes side by side that differ in height by less than this look as if they missed each other.
const ALIKE: Length = Length::mm(2);

/// The boxes of a slot with their tops within it and their heights, and the height of the whole.
pub(crate) type Stacked = (Vec<(usize, Em, Em)>, Em);

/// Heads of up to five characters stay on one line.
const SHORT_HEAD: Em = Em::milli(5600);
/// The narrowest measure that longer sentences are set in: below it a line holds but two or three words.
const READABLE_MEASURE: Em = Em::milli(9000);
/// Up to this measure a column is as wide as names and short titles need to stay whole.
const WHOLE_MEASURE: Em = Em::milli(11_500);
/// The width of the text in a risk or measure box.
pub(crate) fn text_width(cell: &CellBox, widths: &Widths) -> Em {
    let edge = if cell.look.is_some_and(|look| !look.plain) { EDGE } else { Em::ZERO };
    widths.of(cell.column) - PAD_X * 2 - edge
}

impl Grid<'_> {
    /// How tall the boxes are that belong to each stage, in the column where they are taller, the sum of all stages; then
    /// the heights of all boxes.
    pub(crate) fn tallness(&self, widths: &Widths) -> (Em, Em) {
        let mut heights = vec![[Em::ZERO; 3]; self.content.stages.len()];
        for cell in &self.content.cells {
            heights[cell.stage.0][rank(cell.column)] += cell.block.height(text_width(cell, widths));
        }
        let tallest = heights.iter().filter_map(|columns| columns.iter().max().copied()).sum();
        (tallest, heights.into_iter().flatten().sum())
    }
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
            _ => slots.push(Slot { column, first, last, boxes: vec![index], crossed: (0, 0) }),
        }
    }
    slots
}
