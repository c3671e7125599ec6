//! Title block, column heads, notes and footer, painted where the plan says.

use super::boxes::BoxPainter;
use super::text::{BlockPainter, MarkShape, aligned, group, para, runs, stroked};
use super::watermark;
use crate::geom::{Path, Point, Rect, Size};
use crate::layout::frame::deal::FieldPlace;
use crate::layout::frame::foot::{Code, Foot, Footer};
use crate::layout::frame::legend::Legend;
use crate::layout::frame::title::{Display, TitleBlock};
use crate::layout::grid::rank;
use crate::layout::metrics::{BLANK_DROP, RULE_LINE, STAGE_LINE, Sheet, TITLE_RISE, line};
use crate::layout::place::HeadPlace;
use crate::layout::words::block::{Align, BadgePlace, Para, Piece};
use crate::layout::words::content::{Content, percent};
use crate::layout::words::frame::{Field, Frame};
use crate::layout::words::style::EM_TOP;
use crate::scene::{Item, Link, Role, Target};
use crate::source::Span;
use crate::text::Setting;
use crate::theme::LevelLook;
use crate::unit::{Em, Length};

/// Paints what stands around the grid on one page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FramePainter<'a> {
    pub(crate) boxes: BoxPainter<'a>,
    pub(crate) frame: &'a Frame<'a>,
    pub(crate) content: &'a Content,
    pub(crate) sheet: &'a Sheet,
    /// How each level is painted, worst first, with the user's own marks.
    pub(crate) looks: &'a [(LevelLook, Option<MarkShape>)],
}

impl FramePainter<'_> {
    fn body(&self) -> Length {
        self.boxes.body
    }

    fn at(&self, em: Em) -> Length {
        em.at(self.body())
    }

    fn edges(&self) -> (Length, Length) {
        (self.sheet.inner.left, self.sheet.inner.right)
    }

    /// The title block.
    pub(crate) fn header(&self, plan: &TitleBlock, continued: bool) -> Vec<Item> {
        let title = if continued { &self.frame.title_continued } else { &self.frame.title };
        let lines = [
            (Role::Unit, self.frame.unit.as_ref(), plan.unit),
            (Role::Title, Some(title), Some(plan.title)),
            (Role::Subtitle, self.frame.subtitle.as_ref(), plan.subtitle),
        ];
        let shown = lines.into_iter().filter_map(|(role, text, place)| Some((role, text?, place?)));
        let mut items: Vec<Item> =
            shown.map(|(role, text, place)| group(role, text.pieces[0].span, self.display(text, place))).collect();
        items.extend(self.logo(plan));
        let fields = self.frame.fields.iter().zip(&plan.fields);
        items.extend(fields.map(|(field, place)| self.field(field, place, field.para.pieces[1].span)));
        items.extend(self.double_rule(plan.rule));
        items
    }

    /// Centred lines of a display size, each in the middle of its leading.
    fn display(&self, text: &Para, place: Display) -> Vec<Item> {
        let size = place.size;
        let mut items = Vec::new();
        let mut baseline = place.top + Em::milli(EM_TOP + TITLE_RISE).at(size);
        for set in text.lines(place.measure) {
            let (left, right) = self.edges();
            let x = aligned(set.width.at(size), left, right, Align::Centre);
            items.extend(runs(&set, &text.pieces, size, Point::new(x, baseline), |_| (Length::ZERO, Length::ZERO)));
            baseline += place.leading();
        }
        items
    }

    fn logo(&self, plan: &TitleBlock) -> Option<Item> {
        let ((logo, span), place) = (self.frame.pictures.logo.as_ref()?, plan.logo?);
        Some(group(Role::Logo, Some(*span), vec![logo.place(place, &self.frame.logo_words)]))
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

    /// The words behind the grid, between its edges.
    pub(crate) fn watermark(&self, (top, bottom): (Length, Length)) -> Vec<Item> {
        let (left, right) = self.edges();
        let words = self.frame.watermark.as_ref();
        let paint = |words| watermark::paint(words, self.boxes.styles.fonts, Rect::new(left, top, right, bottom));
        words.map(paint).unwrap_or_default()
    }

    /// The column heads, each in its place.
    pub(crate) fn heads(&self, heads: &[Para; 3], places: &[HeadPlace]) -> Vec<Item> {
        let head = |head: &HeadPlace| self.boxes.head(&heads[rank(head.column)], head.measure, head.rect);
        places.iter().map(head).collect()
    }

    /// Notes and footer.
    pub(crate) fn foot(&self, plan: &Foot, folio: (usize, usize)) -> Vec<Item> {
        let mut items = Vec::new();
        if let Some((top, measure)) = plan.notes {
            let painter = BlockPainter { styles: self.boxes.styles, body: self.body(), look: None, mark: None };
            let notes = painter.block(&self.content.notes, self.sheet.inner.left, measure, top);
            items.push(group(Role::Notes, None, notes));
        }
        items.extend(plan.footer.as_ref().map(|footer| self.footer(footer, folio)));
        items
    }

    fn footer(&self, plan: &Footer, folio: (usize, usize)) -> Item {
        let mut items = vec![self.rule(plan.rule, line(STAGE_LINE, self.body()))];
        items.extend(plan.legend.as_ref().map(|legend| group(Role::Legend, None, self.legend(legend))));
        let fields = self.frame.footer.iter().zip(&plan.fields);
        let span = |field: &Field| field.para.pieces.iter().find_map(|piece| piece.span);
        items.extend(fields.map(|(field, place)| self.field(field, place, span(field))));
        items.extend(plan.code.and_then(|code| self.code(code)));
        items.extend(plan.folio.map(|top| self.folio(folio, top)));
        group(Role::Footer, None, items)
    }

    /// The QR code with its label.
    fn code(&self, Code { corner, side, edges: (left, right) }: Code) -> Option<Item> {
        let (code, text) = self.frame.pictures.code.as_ref()?;
        let mut items = code.place(corner, side);
        if ["http://", "https://"].iter().any(|scheme| text.value.starts_with(scheme)) {
            let rect = Rect::at(corner.x, corner.y, Size::new(side, side));
            items = vec![Item::Link(Link { rect, target: Target::Uri(text.value.clone()), items })];
        }
        if let Some(label) = &self.frame.code_label {
            let measure = Em::from_length(right - left, self.body());
            items.extend(para(label, measure, self.body(), (left, right), corner.y + side, Align::Centre));
        }
        Some(group(Role::Qr, Some(text.span), items))
    }

    fn folio(&self, (page, pages): (usize, usize), top: Length) -> Item {
        let styles = self.boxes.styles;
        let piece = Piece::words(format!("第{page}页，共{pages}页"), styles.body, styles.theme.ink);
        let folio = Para::new(styles, vec![piece], percent::FIELD, Setting::Body, &mut Vec::new());
        group(Role::Folio, None, para(&folio, Em::MAX, self.body(), self.edges(), top, Align::Centre))
    }

    /// Words from a corner on, composed to a width.
    fn words(&self, text: &Para, (corner, measure): (Point, Em)) -> Vec<Item> {
        para(text, measure, self.body(), (corner.x, corner.x), corner.y, Align::Left)
    }

    /// A label and its value or ruled blank.
    fn field(&self, field: &Field, &FieldPlace { corner, set }: &FieldPlace, span: Option<Span>) -> Item {
        let on_badge = field.badge.and_then(|rank| self.looks.get(rank)).filter(|_| set.measure == Em::MAX);
        let mut items = match (on_badge, &field.hanging, set.indent) {
            (Some((look, mark)), ..) => {
                self.levels(*look, mark).level(&field.para, BadgePlace::Beside, *look, corner.x, corner.y)
            }
            (None, Some(hanging), Some(indent)) => {
                let mut items = self.words(&hanging.lead, (corner, Em::MAX));
                let beside = corner.shifted(self.at(indent), Length::ZERO);
                items.extend(self.words(&hanging.text, (beside, set.measure)));
                items
            }
            _ => self.words(&field.para, (corner, set.measure)),
        };
        if let Some((at, length)) = set.blank {
            let from = corner.shifted(at.x, at.y + self.at(field.para.baseline()) + self.at(BLANK_DROP));
            let rule = Path::polyline(&[from, from.shifted(length, Length::ZERO)]);
            items.push(stroked(rule, self.boxes.styles.theme.rule, line(RULE_LINE, self.body())));
        }
        group(field.role, span, items)
    }

    /// What paints a level.
    fn levels<'m>(&'m self, look: LevelLook, mark: &'m Option<MarkShape>) -> BlockPainter<'m> {
        BlockPainter { styles: self.boxes.styles, body: self.body(), look: Some(look), mark: mark.as_ref() }
    }

    /// Every level's badge, worst first.
    fn legend(&self, plan: &Legend) -> Vec<Item> {
        let Some((lead, names)) = self.frame.legend.split_first() else { return Vec::new() };
        let mut items = self.words(lead, plan.lead);
        for ((name, badge), (look, mark)) in names.iter().zip(&plan.badges).zip(self.looks) {
            let painter = self.levels(*look, mark);
            items.push(painter.badge(badge.rect, *look));
            items.push(painter.mark_in(badge.rect, *look));
            items.extend(self.words(name, badge.name));
        }
        items
    }
}
