//! Boxes of the three columns.

use super::text::{BlockPainter, MarkShape, aligned, filled, flush, group, outlined, para, runs, set_lines};
use crate::geom::{Path, Point, Rect};
use crate::layout::grid::{Widths, text_width};
use crate::layout::metrics::{BOX_LINE, EDGE, PAD_X, PAD_Y, STAGE_LINE, STAGE_PAD_Y, line};
use crate::layout::place::StagePlace;
use crate::layout::words::block::{Align, Block, Para, Part};
use crate::layout::words::content::{CellBox, StageBox};
use crate::layout::words::diamond::TextShape;
use crate::layout::words::style::Styles;
use crate::model::{Column, Shape};
use crate::scene::{Item, Role};
use crate::unit::{Em, Length};

/// Paints boxes at one body size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoxPainter<'a> {
    pub(crate) styles: &'a Styles<'a>,
    pub(crate) body: Length,
    pub(crate) widths: &'a Widths,
    /// Whether words behind the grid show through the boxes beside the flow.
    pub(crate) clear: bool,
    /// The width that short names are spread over, in ems of their own size.
    pub(crate) spread: Em,
}

impl BoxPainter<'_> {
    fn radius(&self) -> Length {
        self.body.percent(self.styles.theme.radius)
    }

    /// A risk or measure box with what stands of it on the page.
    pub(crate) fn cell(&self, cell: &CellBox, block: &Block, rect: Rect, mark: Option<&MarkShape>) -> Item {
        let theme = self.styles.theme;
        let width = line(BOX_LINE, self.body);
        let outline = Path::rounded(rect.inset(width / 2), self.radius());
        let ground = (!self.clear).then_some(crate::color::Rgb::WHITE);
        let mut items = vec![outlined(outline, ground, theme.box_line, width)];
        let mut left = rect.left + PAD_X.at(self.body);
        if let Some(look) = cell.look.filter(|look| !look.plain) {
            items.push(filled(self.edge(rect), look.edge));
            left += EDGE.at(self.body);
        }
        let measure = text_width(cell, self.widths);
        let text_height = block.height(measure).at(self.body);
        // A box that spans rows is taller than its text, which then stands in its middle.
        let top = rect.top + (PAD_Y.at(self.body)).max((rect.height() - text_height) / 2);
        let painter = BlockPainter { styles: self.styles, body: self.body, look: cell.look, mark };
        items.extend(painter.block(block, left, measure, top));
        let role = if cell.column == Column::Risk { Role::Risk } else { Role::Measure };
        group(role, Some(cell.span), items)
    }

    /// The coloured edge at a box's left, rounded like the box.
    fn edge(&self, rect: Rect) -> Path {
        let radius = self.radius();
        let right = rect.left + EDGE.at(self.body);
        let whole = Path::rounded(Rect::new(rect.left, rect.top, right + radius * 2, rect.bottom), radius);
        whole.map(|p| Point::new(p.x.min(right), p.y))
    }

    /// A box of the flow with the compartment for documents.
    pub(crate) fn stage(&self, stage: &StageBox, place: &StagePlace) -> Item {
        let theme = self.styles.theme;
        let fill = match stage.shape {
            Shape::Step => theme.stage,
            Shape::Decision => theme.decision,
            Shape::Start | Shape::End => theme.terminal,
        };
        let mut items = Vec::new();
        if !stage.materials.is_empty() {
            items.push(self.compartment(place));
        }
        let width = line(STAGE_LINE, self.body);
        let outline = outline(stage, place.shape.inset(width / 2), self.radius(), self.body);
        items.push(outlined(outline, fill.area, fill.line, width));
        let text_height = stage.block.height_in(place.text).at(self.body);
        let top = place.shape.mid_y() - text_height / 2 - place.raised.at(self.body);
        items.extend(self.stage_text(stage, place, top));
        if !stage.materials.is_empty() {
            items.extend(self.materials(stage, place));
        }
        group(Role::Stage, Some(stage.span), items)
    }

    fn compartment(&self, place: &StagePlace) -> Item {
        let theme = self.styles.theme;
        let width = line(BOX_LINE, self.body);
        let rect =
            Rect::new(place.whole.left, place.shape.mid_y(), place.whole.right, place.whole.bottom).inset(width / 2);
        outlined(Path::rounded(rect, self.radius()), crate::color::Rgb::WHITE, theme.box_line, width)
    }

    fn materials(&self, stage: &StageBox, place: &StagePlace) -> Vec<Item> {
        let left = place.whole.mid_x() - place.materials.at(self.body) / 2;
        let top = place.shape.bottom + STAGE_PAD_Y.at(self.body);
        let painter = BlockPainter { styles: self.styles, body: self.body, look: None, mark: None };
        painter.block(&stage.materials, left, place.materials, top)
    }

    fn stage_text(&self, stage: &StageBox, place: &StagePlace, top: Length) -> Vec<Item> {
        let mut items = Vec::new();
        let rect = place.shape;
        let steps = BlockPainter { styles: self.styles, body: self.body, look: None, mark: None };
        let mut list = Vec::new();
        let mut y = Em::ZERO;
        for (index, part) in stage.block.parts.iter().enumerate() {
            y += stage.block.space_before(index);
            let (from, at) = (y, top + y.at(self.body));
            y += stage.block.part_height_in(part, from, place.text);
            if let (Role::ListItem, TextShape::Column(width)) = (part.role, place.text) {
                let left = self.column(rect, width).0 + list_indent(&stage.block, width).at(self.body);
                list.push(steps.item(&stage.block, part, left, width, at));
                continue;
            }
            flush(&mut list, &mut items);
            let lines = match place.text {
                TextShape::Column(_) if index == 0 && stage.spread => self.spread_name(part, rect, at),
                TextShape::Column(width) => {
                    para(&part.para, width, self.body, self.column(rect, width), at, Align::Centre)
                }
                TextShape::Along(outline) => {
                    let lines = part.para.lines_within(outline.measures(from, part.para.leading()));
                    let edges = (rect.left, rect.right);
                    set_lines(
                        &part.para,
                        &lines.unwrap_or_else(|| part.para.lines(Em::MAX)),
                        self.body,
                        edges,
                        at,
                        Align::Centre,
                    )
                }
            };
            match index {
                // The name's lines belong to the stage itself.
                0 => items.extend(lines),
                _ => items.push(group(part.role, part.para.pieces.iter().find_map(|piece| piece.span), lines)),
            }
        }
        flush(&mut list, &mut items);
        items
    }

    /// The edges of a column of text in the middle of a box.
    fn column(&self, rect: Rect, width: Em) -> (Length, Length) {
        let left = rect.mid_x() - width.at(self.body) / 2;
        (left, left + width.at(self.body))
    }

    /// A short name, spread so that all short names of the column are equally wide.
    fn spread_name(&self, part: &Part, rect: Rect, top: Length) -> Vec<Item> {
        let size = self.body.percent(i64::from(part.para.percent));
        let set = part.para.text.spread(self.spread);
        let x = aligned(set.width.at(size), rect.left, rect.right, Align::Centre);
        let baseline = top + part.para.baseline().at(self.body);
        runs(&set, &part.para.pieces, size, Point::new(x, baseline), |_| (Length::ZERO, Length::ZERO))
    }

    /// A column's head, composed at `measure`.
    pub(crate) fn head(&self, head: &Para, measure: Em, rect: Rect) -> Item {
        let fill = self.styles.theme.head;
        let width = line(BOX_LINE, self.body);
        let bar = outlined(Path::rounded(rect.inset(width / 2), self.radius() / 2), fill.area, fill.line, width);
        let top = rect.mid_y() - head.height(measure).at(self.body) / 2;
        let edges = (rect.left, rect.right);
        let mut items = vec![bar];
        items.extend(para(head, measure, self.body, edges, top, Align::Centre));
        group(Role::ColumnHead, head.pieces[0].span, items)
    }
}

/// How far a list of steps stands in from the text's left edge: as a whole it is centred like the name.
fn list_indent(block: &Block, measure: Em) -> Em {
    ((measure - block.list_width(measure)) / 2).max(Em::ZERO)
}

/// The outline of a flow box.
fn outline(stage: &StageBox, rect: Rect, radius: Length, body: Length) -> Path {
    match stage.shape {
        Shape::Step => Path::rounded(rect, radius),
        Shape::Start | Shape::End => Path::rounded(rect, rect.height().min(body * 2) / 2),
        Shape::Decision => {
            let (x, y) = (rect.mid_x(), rect.mid_y());
            let corners = [(rect.left, y), (x, rect.top), (rect.right, y), (x, rect.bottom)];
            Path::polygon(&corners.map(|(x, y)| Point::new(x, y)))
        }
    }
}
