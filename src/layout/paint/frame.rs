//! Title block, column heads, notes and footer.

use super::boxes::BoxPainter;
use super::text::{Align, BlockPainter, MarkShape, filled, group, para, stroked};
use crate::geom::{Path, Point, Rect};
use crate::layout::fit::{Fit, Sheet};
use crate::layout::grid::{Grid, rank};
use crate::layout::metrics::{FOOT_GAP, HEAD_GAP, PAD_X, RULE_LINE, STAGE_LINE, line};
use crate::layout::words::block::{BADGE_PAD, MARK_GAP, MARK_SIDE};
use crate::layout::words::content::Content;
use crate::layout::words::frame::{FIELD_GAP, FIELD_LINE, FooterField, Frame, TITLE_RULE, legend_entry_width};
use crate::model::Column;
use crate::scene::{Item, Role};
use crate::theme::LevelLook;
use crate::unit::{Em, Length};

/// Paints what stands around the grid on one page.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct FramePainter<'a> {
    pub(in crate::layout) boxes: BoxPainter<'a>,
    pub(in crate::layout) frame: &'a Frame,
    pub(in crate::layout) content: &'a Content,
    pub(in crate::layout) sheet: &'a Sheet,
    pub(in crate::layout) fit: &'a Fit,
    /// How each level is painted, worst first, with the user's own marks.
    pub(in crate::layout) looks: &'a [(LevelLook, Option<MarkShape>)],
}

impl FramePainter<'_> {
    fn body(&self) -> Length {
        self.fit.body
    }

    fn at(&self, em: Em) -> Length {
        em.at(self.body())
    }

    fn edges(&self) -> (Length, Length) {
        (self.sheet.inner.left, self.sheet.inner.right)
    }

    /// The title block; returns its items and its lower end.
    pub(in crate::layout) fn header(&self, continued: bool) -> (Vec<Item>, Length) {
        let (page, inner) = (self.sheet.size, self.sheet.inner);
        let room = self.frame.title_room(page, inner.width());
        let setting = self.frame.title_setting(page, room, self.fit.extent());
        let mut items = Vec::new();
        let mut y = inner.top;
        let title = if continued { &self.frame.title_continued } else { &self.frame.title };
        let lines = [
            (Role::Unit, self.frame.unit.as_ref(), Frame::unit_size(page), 0),
            (Role::Title, Some(title), setting.size, setting.lines),
            (Role::Subtitle, self.frame.subtitle.as_ref(), Frame::subtitle_size(page), 0),
        ];
        for (role, text, size, least) in lines {
            let Some(text) = text else { continue };
            let measure = match least {
                0 | 1 => Em::from_length(room, size),
                _ => Em::from_length(room.percent(92), size),
            };
            let count = text.lines(measure).len().max(least);
            items.push(group(role, text.pieces[0].span, self.display(text, measure, size, y)));
            y += Frame::title_leading(size) * count as i64;
        }
        items.extend(self.frame.logo(page, inner, y));
        items.extend(self.fields(&mut y));
        items.extend(self.double_rule(y + self.at(TITLE_RULE) / 3));
        (items, y + self.at(TITLE_RULE))
    }

    /// Centred lines of a display size, each in the middle of its leading.
    fn display(&self, text: &crate::layout::words::block::Para, measure: Em, size: Length, top: Length) -> Vec<Item> {
        let mut items = Vec::new();
        let mut baseline = top + Em::milli(crate::layout::words::style::EM_TOP + 140).at(size);
        for set in text.lines(measure) {
            let (left, right) = self.edges();
            let x = super::text::aligned(set.width.at(size), left, right, Align::Centre);
            items.extend(super::text::runs(&set, &text.pieces, size, Point::new(x, baseline), |_| Length::ZERO));
            baseline += Frame::title_leading(size);
        }
        items
    }

    fn fields(&self, y: &mut Length) -> Vec<Item> {
        let (left, right) = self.edges();
        let gap = self.at(FIELD_GAP);
        let mut items = Vec::new();
        for line in self.frame.field_lines(right - left, self.body()) {
            let fields = &self.frame.fields[line];
            let total: Length = fields.iter().map(|para| self.at(para.natural_width())).sum();
            let mut x = left + ((right - left - total - gap * (fields.len() as i64 - 1)) / 2).max(Length::ZERO);
            for field in fields {
                let width = self.at(field.natural_width());
                let edges = (x, right);
                let measure = Em::from_length(right - left, self.body()).max(field.natural_width());
                items.push(group(
                    Role::HeaderField,
                    field.pieces[1].span,
                    para(field, measure, self.body(), edges, *y, Align::Left),
                ));
                x += width + gap;
            }
            *y += self.at(FIELD_LINE);
        }
        items
    }

    fn rule(&self, y: Length, width: Length) -> Item {
        let (left, right) = self.edges();
        stroked(Path::polyline(&[Point::new(left, y), Point::new(right, y)]), self.boxes.styles.theme.flow_line, width)
    }

    /// A thick and a thin line under the title.
    fn double_rule(&self, y: Length) -> Vec<Item> {
        let thick = line(STAGE_LINE, self.body()) * 2;
        let thin = line(RULE_LINE, self.body());
        vec![self.rule(y, thick), self.rule(y + thick + thin, thin)]
    }

    /// The column heads from `top` down; returns their items and the grid's top.
    pub(in crate::layout) fn heads(&self, grid: &Grid<'_>, top: Length) -> (Vec<Item>, Length) {
        let columns = grid.column_edges(self.fit, self.sheet);
        let bottom = top + self.at(grid.heads_height(&self.fit.widths));
        let head = |&column: &Column| {
            let (left, right) = columns[rank(column)];
            let measure = self.fit.widths.of(column) - PAD_X;
            self.boxes.head(&self.content.heads[rank(column)], measure, Rect::new(left, top, right, bottom))
        };
        let mut shown = grid.order.clone();
        shown.sort_by_key(|&column| rank(column));
        (shown.iter().map(head).collect(), bottom + self.at(HEAD_GAP))
    }

    /// Notes and footer, up from the page's end; returns their items and the grid's bottom.
    pub(in crate::layout) fn foot(&self, folio: Option<(usize, usize)>) -> (Vec<Item>, Length) {
        let inner = self.sheet.inner;
        let height = self.frame.footer_height(self.sheet.size, inner.width(), self.body(), self.fit.extent());
        let top = inner.bottom - height;
        let mut items = Vec::new();
        let mut grid_bottom = top;
        if !self.content.notes.is_empty() {
            let measure = Em::from_length(inner.width(), self.body());
            grid_bottom -= self.at(self.content.notes.height(measure)) + self.at(FOOT_GAP);
            let painter = BlockPainter { styles: self.boxes.styles, body: self.body(), look: None, mark: None };
            let notes = painter.block(&self.content.notes, inner.left, measure, grid_bottom + self.at(FOOT_GAP));
            items.push(group(Role::Notes, None, notes));
        }
        if height > Length::ZERO {
            items.push(self.footer(top, folio));
        }
        (items, grid_bottom)
    }

    fn footer(&self, top: Length, folio: Option<(usize, usize)>) -> Item {
        let (left, right) = self.edges();
        let rule = top + self.at(FOOT_GAP);
        let mut items = vec![self.rule(rule, line(STAGE_LINE, self.body()))];
        let (page, body, pages) = (self.sheet.size, self.body(), self.fit.extent());
        let words = self.frame.footer_words(page, self.sheet.inner.width(), body, pages);
        // Beside a code that is taller than the lines, they stand in the middle.
        let aside = (self.frame.code_height(page, body) - words).max(Length::ZERO) / 2;
        let mut y = rule + self.at(FOOT_GAP) - self.at(Em::milli(150)) + aside;
        let code = self.frame.code(self.sheet.size, self.body(), right, rule + line(STAGE_LINE, self.body()));
        let right = right - self.frame.code_room(self.sheet.size, self.body());
        let (lines, shared) = self.frame.footer_lines(right - left, self.body());
        let blank = self.frame.blank(right - left, self.body());
        if !self.frame.legend.is_empty() {
            items.push(group(Role::Legend, None, self.legend(left, y)));
            if !shared {
                y += self.at(FIELD_LINE);
            }
        }
        for range in lines {
            let fields = &self.frame.footer[range];
            let gap = self.at(FIELD_GAP);
            let total: Length = fields.iter().map(|field| self.at(field.width(blank))).sum();
            let mut x = right - total - gap * (fields.len() as i64 - 1);
            for field in fields {
                items.push(self.footer_field(field, blank, x, y));
                x += self.at(field.width(blank)) + gap;
            }
            y += self.at(FIELD_LINE);
        }
        items.extend(code);
        if let Some((page, pages)) = folio {
            items.push(self.folio(page, pages));
        }
        group(Role::Footer, None, items)
    }

    fn folio(&self, page: usize, pages: usize) -> Item {
        let styles = self.boxes.styles;
        let text = format!("第{page}页，共{pages}页");
        let piece = crate::layout::words::block::Piece::words(text, styles.body, styles.theme.ink);
        let mut missing = Vec::new();
        let setting = crate::text::Setting::Body;
        let folio = crate::layout::words::block::Para::new(styles, vec![piece], 90, setting, &mut missing);
        let top = self.sheet.inner.bottom - self.at(FIELD_LINE);
        group(Role::Folio, None, para(&folio, Em::MAX, self.body(), self.edges(), top, Align::Centre))
    }

    fn footer_field(&self, field: &FooterField, blank: Em, x: Length, y: Length) -> Item {
        let width = self.at(field.para.natural_width());
        let mut items = para(&field.para, Em::MAX, self.body(), (x, x + width), y, Align::Left);
        if field.blank {
            let base = y + self.at(field.para.baseline()) + self.at(Em::milli(160));
            let rule = Path::polyline(&[Point::new(x + width, base), Point::new(x + width + self.at(blank), base)]);
            items.push(stroked(rule, self.boxes.styles.theme.rule, line(RULE_LINE, self.body())));
        }
        group(field.role, field.para.pieces.iter().find_map(|piece| piece.span), items)
    }

    /// Every level's badge, worst first.
    fn legend(&self, left: Length, y: Length) -> Vec<Item> {
        let lead = &self.frame.legend[0];
        let mut items = para(lead, Em::MAX, self.body(), (left, left), y, Align::Left);
        let mut x = left + self.at(lead.natural_width()) + self.at(Em::milli(500));
        let middle = y + self.at(lead.leading()) / 2;
        for (name, (look, mark)) in self.frame.legend.iter().skip(1).zip(self.looks) {
            let width = self.at(legend_entry_width(name));
            let half = self.at(Em::milli(640));
            let badge = Rect::new(x, middle - half, x + width, middle + half);
            let styles = self.boxes.styles;
            let painter = BlockPainter { styles, body: self.body(), look: Some(*look), mark: mark.as_ref() };
            items.push(painter.badge(badge, *look));
            items.push(painter.mark_in(badge, *look));
            let text = x + self.at(BADGE_PAD + MARK_SIDE + MARK_GAP);
            items.extend(para(name, Em::MAX, self.body(), (text, text), y, Align::Left));
            x += width + self.at(Em::milli(550));
        }
        items
    }
}

/// A page's white ground, so that pictures of it are not transparent.
pub(in crate::layout) fn ground(rect: Rect) -> Item {
    filled(Path::rect(rect), crate::color::Rgb::WHITE)
}
