//! From a fit to the plan of a page: the frame, the columns' edges, the rows' lines, every box's rectangle. Painters take
//! all places from it.

use std::ops::Range;

use crate::geom::Rect;
use crate::layout::fit::Fit;
use crate::layout::frame::FramePlan;
use crate::layout::grid::portion::PanelRows;
use crate::layout::grid::shape::{Outlined, materials_height};
use crate::layout::grid::{Grid, Slot, rank};
use crate::layout::metrics::{BOX_GAP, GUTTER, HEAD_GAP, PAD_X, Sheet};
use crate::layout::stack::Stack;
use crate::layout::topology::kinds::{KINDS, RowKind};
use crate::layout::words::diamond::TextShape;
use crate::layout::words::frame::Frame;
use crate::model::{Column, Shape, StageIx};
use crate::unit::{Em, Length};

/// Spare height of a row from which a page is sparse.
const SPARSE: Em = Em::milli(1600);

/// A page with everything in its place.
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    /// What stands around the grid.
    pub(super) frame: FramePlan,
    /// The grid; parts of it where they stand side by side.
    pub(super) panels: Vec<Panel<'a>>,
    /// Where arrows to and from other pages end: the middle of the space above the grid, and the grid's lower end.
    pub(super) edges: (Length, Length),
}

/// What stands in one panel of a page.
#[derive(Clone, Debug)]
pub(super) struct Panel<'a> {
    /// What of the chart it is.
    pub(super) rows: &'a PanelRows,
    /// The column heads, in flow, risk, measure order.
    pub(super) heads: Vec<HeadPlace>,
    /// The rows.
    pub(super) grid: Placed,
}

/// A column head's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadPlace {
    pub(super) column: Column,
    pub(super) rect: Rect,
    /// The width its text is set to.
    pub(super) measure: Em,
}

/// A flow box's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StagePlace {
    pub(super) stage: StageIx,
    /// The box itself.
    pub(super) shape: Rect,
    /// The box with the compartment for documents.
    pub(super) whole: Rect,
    /// How far the points of a decision's outline reach inwards at its sides: half its width; zero for other boxes.
    pub(super) depth: Length,
    /// How its text is set.
    pub(super) text: TextShape,
    /// How far the middle of its text stands above the middle of the box.
    pub(super) raised: Em,
    /// The width of its documents' text.
    pub(super) materials: Em,
}

impl StagePlace {
    /// The outline's edge at a height, on the right (+1) or the left (−1).
    pub(super) fn side_at(&self, y: Length, facing: i64) -> Length {
        let edge = if facing > 0 { self.whole.right } else { self.whole.left };
        // The compartment for documents begins behind the middle of the box.
        if self.whole.bottom > self.shape.bottom && y > self.shape.mid_y() {
            return edge;
        }
        let off = (y - self.shape.mid_y()).abs();
        edge - self.depth.scale(off.to_um(), (self.shape.height() / 2).to_um().max(1)) * facing
    }

    /// How far below its topmost point the outline is met at `x`.
    fn slope_at(&self, x: Length) -> Length {
        let from_side = (x - self.shape.left).min(self.shape.right - x).max(Length::ZERO);
        let short = (self.depth - from_side).max(Length::ZERO);
        (self.shape.height() / 2).scale(short.to_um(), self.depth.to_um().max(1))
    }

    /// The outline's top at `x`.
    pub(super) fn top_at(&self, x: Length) -> Length {
        self.shape.top + self.slope_at(x)
    }

    /// The outline's bottom at `x`, that of the compartment for documents where there is one.
    pub(super) fn bottom_at(&self, x: Length) -> Length {
        if self.whole.bottom > self.shape.bottom { self.whole.bottom } else { self.shape.bottom - self.slope_at(x) }
    }
}

/// A risk or measure box's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BoxPlace {
    /// An index into `Content::cells`.
    pub(super) index: usize,
    pub(super) rect: Rect,
}

/// A panel of the grid, every box in its place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The rows in this panel.
    pub(super) rows: Range<usize>,
    /// Left and right edge of the flow, risk and measure columns.
    pub(super) columns: [(Length, Length); 3],
    /// The height of each row's line.
    pub(super) lines: Vec<Length>,
    /// Top and bottom of each row of the flow: of its boxes, and of the labels between them.
    flow: Vec<(Length, Length)>,
    /// Flow boxes, by row, main line first.
    pub(super) stages: Vec<StagePlace>,
    /// Risk and measure boxes.
    pub(super) boxes: Vec<BoxPlace>,
    /// Where the lanes of each row of the chart are: how far their middles are from the flow's inner edge, and the width of
    /// their boxes.
    lanes: Vec<Vec<(Length, Length)>>,
    /// +1 where the outer side of the flow is on the right, −1 where it is on the left.
    pub(super) outward: i64,
}

impl Placed {
    /// The height of a row's line.
    pub(super) fn line(&self, row: usize) -> Length {
        self.lines[row - self.rows.start]
    }

    /// Top and bottom of a row of the flow: of its boxes, and of the labels between them.
    pub(super) fn flow_extent(&self, row: usize) -> (Length, Length) {
        self.flow[row - self.rows.start]
    }

    /// Left and right edge of a lane of the flow in a row of the chart; 0 is the main line.
    fn lane_edges(&self, row: usize, lane: usize) -> (Length, Length) {
        let (axis, width) = self.lanes[row][lane];
        let (near, far) = (self.outwards(axis - width / 2), self.outwards(axis - width / 2 + width));
        (near.min(far), near.max(far))
    }

    /// So far from the flow's inner edge.
    pub(super) fn outwards(&self, distance: Length) -> Length {
        let (left, right) = self.columns[0];
        if self.outward > 0 { left + distance } else { right - distance }
    }

    /// The middle of a lane, or of the space between two, in halves of lanes, in a row of the chart.
    pub(super) fn middle(&self, row: usize, half_lane: usize) -> Length {
        if half_lane.is_multiple_of(2) {
            return self.outwards(self.lanes[row][half_lane / 2].0);
        }
        let (left, right) = self.lane_edges(row, half_lane / 2);
        let (beyond_left, beyond_right) = self.lane_edges(row, half_lane / 2 + 1);
        if self.outward > 0 { (right + beyond_left) / 2 } else { (beyond_right + left) / 2 }
    }

    /// Where a stage stands; `None` where it is in another panel.
    pub(super) fn stage(&self, stage: StageIx) -> Option<&StagePlace> {
        self.stages.iter().find(|place| place.stage == stage)
    }

    /// Where a risk or measure box stands.
    pub(super) fn boxed(&self, index: usize) -> Option<Rect> {
        self.boxes.iter().find(|place| place.index == index).map(|place| place.rect)
    }
}

/// Puts the rows of a chart in their places on a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placer<'a> {
    pub(super) grid: &'a Grid<'a>,
    pub(super) frame: &'a Frame<'a>,
    pub(super) fit: &'a Fit,
    pub(super) sheet: &'a Sheet,
}

impl<'a> Placer<'a> {
    /// The plan of a page.
    pub(super) fn plan(&self, page: usize) -> Plan<'a> {
        let body = self.fit.body;
        let frame = FramePlan::new(self.frame, &self.grid.content.notes, self.sheet, body, self.fit.extent());
        let top = frame.title.bottom;
        let bottom = top + self.grid.heads_height(&self.fit.widths).at(body);
        let (begin, end) = (bottom + HEAD_GAP.at(body), frame.foot.top);
        let panels = self.fit.on_page(page).enumerate();
        let panels = panels.map(|(number, rows)| {
            let columns = self.column_edges(self.sheet.panel(number, self.fit.abreast, body));
            let heads = self.heads(&columns, (top, bottom));
            Panel { rows, heads, grid: self.place(columns, rows, (begin, end)) }
        });
        Plan { frame, panels: panels.collect(), edges: (begin - HEAD_GAP.at(body) / 2, end) }
    }

    fn heads(&self, columns: &[(Length, Length); 3], (top, bottom): (Length, Length)) -> Vec<HeadPlace> {
        let head = |&column: &Column| {
            let (left, right) = columns[rank(column)];
            let measure = self.fit.widths.of(column) - PAD_X;
            HeadPlace { column, rect: Rect::new(left, top, right, bottom), measure }
        };
        let mut heads: Vec<HeadPlace> = self.grid.order.iter().map(head).collect();
        heads.sort_by_key(|head| rank(head.column));
        heads
    }

    /// Left and right edges of the flow, risk and measure columns of a panel between these edges.
    fn column_edges(&self, (mut left, end): (Length, Length)) -> [(Length, Length); 3] {
        let (order, body) = (&self.grid.order, self.fit.body);
        let mut edges = [(Length::ZERO, Length::ZERO); 3];
        for (i, &column) in order.iter().enumerate() {
            let natural = left + self.fit.widths.of(column).at(body);
            let right = if i + 1 == order.len() { end } else { natural };
            edges[rank(column)] = (left, right);
            left = right + GUTTER.at(body);
        }
        edges
    }

    /// Places the rows of a panel between `top` and `bottom`.
    fn place(&self, mut columns: [(Length, Length); 3], page: &PanelRows, (top, bottom): (Length, Length)) -> Placed {
        let rows = page.rows.clone();
        let (grid, fit) = (self.grid, self.fit);
        if grid.order == [Column::Flow] {
            // A flow without risks and measures stands in the middle of the page.
            let (left, right) = columns[0];
            let spare = (right - left - grid.flow_width(fit.widths.text).at(fit.body)).max(Length::ZERO);
            columns[0] = (left + spare / 2, right - spare / 2);
        }
        let stack: Stack = grid.stack(&fit.widths, fit.body, page).page();
        let air = self.air_around(&stack, bottom - top);
        let (top, bottom) = (top + air, bottom - air);
        let placement = stack.spread(bottom - top, BOX_GAP.at(fit.body).percent(60));
        let lines: Vec<Length> = placement.lines.iter().map(|&line| top + line).collect();
        let outward = grid.outward();
        let lanes = KINDS.map(|kind| self.lanes(kind, columns[0]));
        let of_row = |row: usize| lanes[grid.topology.kinds.of_row(row) as usize].clone();
        let lanes = (0..grid.topology.rows.len()).map(of_row).collect();
        let half = |row: usize| grid.flow_row_height(row, fit.widths.text).at(fit.body) / 2;
        let flow = rows.clone().zip(&lines).map(|(row, &line)| (line - half(row), line + half(row))).collect();
        let (stages, boxes) = (Vec::new(), Vec::new());
        let mut placed = Placed { rows: rows.clone(), columns, lines, flow, stages, boxes, lanes, outward };
        let mut cells = placement.cells.iter().map(|&(a, b)| (top + a, top + b));
        let mut slots = grid.slots_on(page).peekable();
        for row in rows.clone() {
            cells.next();
            let beside = grid.beside_row(row, fit.widths.text).and_then(|_| cells.next());
            // On a page's first row, words that tell where arrows come from may stand above it.
            let words = if row == rows.start { grid.room_at_begin(row, fit.widths.text) } else { Em::ZERO };
            let comb = beside.map(|(top, _)| top + words.at(fit.body));
            self.place_stages(row, comb, &mut placed);
            while let Some(slot) = slots.next_if(|slot| page.extent(slot).0 == row) {
                let Some((boxes, _)) = grid.stacked(slot, &fit.widths, page) else { continue };
                if let Some(extent) = cells.next() {
                    self.place_slot(slot, page, &boxes, extent, &mut placed);
                }
            }
        }
        placed
    }

    /// What of a sparse page's spare height goes above the first row and below the last: half of what each row would get,
    /// beyond a distance at which rows still read as one flow.
    fn air_around(&self, stack: &Stack, room: Length) -> Length {
        let each = (room - stack.height(0)).max(Length::ZERO) / stack.rows as i64;
        (each - SPARSE.at(self.fit.body)).max(Length::ZERO) / 2
    }

    /// Where the lanes of rows of a kind are, as [`Placed::lanes`] has them: a lone lane takes the whole column; one lane more
    /// than there is, before which boxes of a second rank may stand.
    fn lanes(&self, kind: RowKind, (left, right): (Length, Length)) -> Vec<(Length, Length)> {
        let (topology, body, text) = (self.grid.topology, self.fit.body, self.fit.widths.text);
        if topology.side_lanes() == 0 && !topology.has_outer_lines() {
            let width = right - left - self.grid.phase_width().at(body);
            return vec![(width / 2, width)];
        }
        let lane = |lane: usize| {
            let lane = (kind, lane);
            (self.grid.axis(lane, text).at(body), self.grid.lane_width(lane, text).at(body))
        };
        (0..=topology.side_lanes() + 1).map(lane).collect()
    }

    /// Places the flow boxes of a row; `comb` is where its comb begins, if it need not be level with the main box.
    fn place_stages(&self, row: usize, comb: Option<Length>, placed: &mut Placed) {
        let (grid, body, flow) = (self.grid, self.fit.body, self.fit.widths.text);
        let on_line = grid.topology.rows[row].iter().map(|&stage| (stage, placed.line(row)));
        let comb = comb.filter(|_| grid.topology.floats(row));
        let below = if comb.is_some() { grid.comb(row, flow) } else { grid.below_places(row, flow) };
        let from = match comb {
            Some(_) if grid.topology.is_level_comb(row) => {
                placed.line(row) - below.first().map_or(Em::ZERO, |first| first.middle).at(body)
            }
            Some(top) if !grid.topology.has_own_comb(row) => top,
            _ => placed.flow_extent(row).1,
        };
        let below = below.into_iter().map(|place| (place.stage, from + place.middle.at(body)));
        for (stage, line) in on_line.chain(below).collect::<Vec<_>>() {
            let place = grid.topology.place(stage);
            let (lane, half_lane) = (place.lane, place.half_lane());
            let (near, far) = placed.lane_edges(row, lane);
            let aside = placed.middle(row, half_lane) - placed.middle(row, lane * 2);
            let (near, far) = (near + aside, far + aside);
            let content = &grid.content.stages[stage.0];
            let height = grid.shape_height(stage, flow).at(body);
            let Outlined { text, raised, .. } = grid.outlined(stage, flow);
            let documents = grid.lane_text(grid.lane_of(stage), flow);
            let materials = materials_height(content, documents).at(body);
            let top = line - (height + materials) / 2;
            let shape = Rect::new(near, top, far, top + height);
            let whole = Rect::new(near, top, far, top + height + materials);
            let depth = if content.shape == Shape::Decision { shape.width() / 2 } else { Length::ZERO };
            placed.stages.push(StagePlace { stage, shape, whole, depth, text, raised, materials: documents });
        }
    }

    fn place_slot(
        &self,
        slot: &Slot,
        page: &PanelRows,
        boxes: &[(usize, Em, Em)],
        (top, bottom): (Length, Length),
        placed: &mut Placed,
    ) {
        let body = self.fit.body;
        let (left, right) = placed.columns[rank(slot.column)];
        let (first, last) = page.extent(slot);
        for &(index, offset, height) in boxes {
            let alone = boxes.len() == 1 && slot.crossed == (0, 0);
            let rect = if last > first || alone {
                Rect::new(left, top, right, bottom)
            } else {
                let box_top = top + offset.at(body);
                Rect::new(left, box_top, right, box_top + height.at(body))
            };
            placed.boxes.push(BoxPlace { index, rect });
        }
    }
}
