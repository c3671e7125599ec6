//! The body of a document, set out on its pages.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::anchor::{Setting, place, place_vml};
use super::styles::Styles;
use super::table;
use super::text::{Fields, Piece, add, mark_deleted, pieces, story};
use super::vml::{Vml, forms, shapes};
use crate::office::drawing::{self, Drawn, EMU, Space, Texts};
use crate::office::read::{Para, joined};
use crate::office::sketch::{Page, Rect, Shape, TextLine};
use crate::office::xml::{Ns, attr, child, children, is, number, on, val};

/// Pages of one document.
const MAX_PAGES: usize = 2000;

/// A page's size and margins in pt, and the header and footer that it names.
#[derive(Clone, Debug)]
struct Section {
    page: Rect,
    margin: Rect,
    margins: Vec<String>,
    /// Whether it begins on a new page.
    breaks: bool,
}

/// Sets the body out.
pub(super) struct Flow<'s, 'a, 'i> {
    body: Node<'a, 'i>,
    styles: &'s Styles,
    forms: BTreeMap<String, String>,
    sections: Vec<Section>,
    section: usize,
    pages: Vec<Page>,
    y: f64,
    fields: Fields,
    joins: bool,
    /// The frame that the last paragraph stood in: its attributes.
    framed: Option<String>,
}

impl<'s, 'a, 'i> Flow<'s, 'a, 'i> {
    pub(super) fn new(body: Node<'a, 'i>, styles: &'s Styles, margins: &BTreeMap<String, Vec<String>>) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for node in body.descendants().filter(|node| is(*node, Ns::W, "sectPr")) {
            let own = section(node, margins);
            // What a section doesn't say of its header is as in the one before.
            let inherited = sections.last().map(|last| last.margins.clone()).filter(|_| own.margins.is_empty());
            sections.push(Section { margins: inherited.unwrap_or(own.margins), ..own });
        }
        if sections.is_empty() {
            sections.push(Section { page: A4, margin: A4_MARGIN, margins: Vec::new(), breaks: true });
        }
        let forms = forms(body);
        let mut flow = Self {
            body,
            styles,
            forms,
            sections,
            section: 0,
            pages: Vec::new(),
            y: 0.0,
            fields: Fields::default(),
            joins: false,
            framed: None,
        };
        flow.new_page();
        flow
    }

    /// The pages.
    pub(super) fn read(mut self) -> Vec<Page> {
        let body = self.body;
        self.blocks(body);
        self.pages
    }

    fn new_page(&mut self) {
        if self.pages.len() >= MAX_PAGES {
            return;
        }
        let section = &self.sections[self.section.min(self.sections.len() - 1)];
        self.y = section.margin.y0;
        self.pages.push(Page { margins: section.margins.clone(), height: section.page.height(), ..Page::default() });
    }

    fn page(&mut self) -> &mut Page {
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn setting(&self) -> Setting {
        let section = &self.sections[self.section.min(self.sections.len() - 1)];
        Setting { page: section.page, margin: section.margin, column: section.margin, top: self.y }
    }

    fn blocks(&mut self, parent: Node<'a, 'i>) {
        for node in children(parent) {
            match node.tag_name().name() {
                "p" if is(node, Ns::W, "p") => self.paragraph(node),
                "tbl" if is(node, Ns::W, "tbl") => self.table(node),
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" => self.blocks(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'a, 'i>) {
        let props = child(node, Ns::W, "pPr");
        if props.is_some_and(|props| on(props, "pageBreakBefore")) && !self.is_fresh() {
            self.new_page();
        }
        if let Some(frame) =
            props.and_then(|props| child(props, Ns::W, "framePr")).filter(|frame| attr(*frame, "dropCap").is_none())
        {
            self.frame(node, frame);
        } else {
            self.framed = None;
            self.running(node, props);
        }
        if props.is_some_and(|props| child(props, Ns::W, "sectPr").is_some()) {
            self.section += 1;
            if self.sections.get(self.section).is_some_and(|section| section.breaks) {
                self.new_page();
            }
        }
    }

    /// Whether nothing stands on the page yet.
    fn is_fresh(&self) -> bool {
        self.pages.last().is_some_and(|page| {
            page.lines.is_empty() && page.shapes.is_empty() && page.tables.is_empty() && page.connectors.is_empty()
        })
    }

    fn running(&mut self, node: Node<'a, 'i>, props: Option<Node<'a, 'i>>) {
        let before =
            props.and_then(|props| child(props, Ns::W, "spacing")).and_then(|spacing| number(spacing, "before"));
        self.y += before.unwrap_or(0.0) / 20.0;
        let mut text = String::new();
        let mut taken = 0.0f64;
        for piece in pieces(node, self.styles, &mut self.fields.clone()) {
            match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Drawing(drawing) => {
                    let setting = self.setting();
                    taken = taken.max(self.draw(drawing, &setting));
                }
                Piece::PageBreak => {
                    self.line(std::mem::take(&mut text));
                    self.new_page();
                }
            }
        }
        // Fields go over paragraphs: their state goes on though the pieces were read from a copy.
        pieces(node, self.styles, &mut self.fields);
        let height = height_of(node, props, self.styles, (&text, self.setting().column.width())).max(taken);
        self.line(text);
        self.joins = mark_deleted(node);
        let after = props.and_then(|props| child(props, Ns::W, "spacing")).and_then(|spacing| number(spacing, "after"));
        self.y += height + after.unwrap_or(0.0) / 20.0;
    }

    fn line(&mut self, text: String) {
        let (y, joins) = (self.y, self.joins);
        match self.page().lines.last_mut().filter(|_| joins) {
            Some(last) => last.text.push_str(&text),
            None if !text.trim().is_empty() => self.page().lines.push(TextLine { y, text }),
            None => {}
        }
    }

    /// A paragraph in a frame is a box; those that follow in the same frame are in the same box.
    fn frame(&mut self, node: Node<'a, 'i>, frame: Node<'a, 'i>) {
        let said: String =
            frame.attributes().map(|attribute| format!("{}={};", attribute.name(), attribute.value())).collect();
        let mut text = String::new();
        for piece in pieces(node, self.styles, &mut self.fields) {
            if let Piece::Text(piece) = piece {
                text.push_str(&piece);
            }
        }
        let para = Para { text, numbered: self.styles.numbers(node) };
        let joins = std::mem::replace(&mut self.joins, mark_deleted(node));
        let size = self.styles.size;
        if self.framed.as_ref() == Some(&said)
            && let Some(last) = self.page().shapes.last_mut()
        {
            let lines = (para.text.chars().count() as f64 * size / last.rect.width().max(1.0)).ceil().max(1.0);
            last.rect.y1 += lines * size * 1.4;
            add(&mut last.paras, para, joins);
            return;
        }
        self.framed = Some(said);
        let setting = self.setting();
        let rect = framed(frame, &setting, (&para.text, self.styles.size_of(node)));
        let bordered = child(node, Ns::W, "pPr").is_some_and(|props| child(props, Ns::W, "pBdr").is_some());
        let page = self.pages.len();
        self.page().shapes.push(Shape { rect, paras: vec![para], bordered, page, ..Shape::default() });
    }

    /// Draws what a run holds; the height that it takes in its line.
    fn draw(&mut self, drawing: Node<'a, 'i>, setting: &Setting) -> f64 {
        let mut drawn = Drawn::default();
        let mut texts = Boxes { styles: self.styles };
        let mut taken = 0.0f64;
        for node in children(drawing) {
            if matches!(node.tag_name().name(), "anchor" | "inline") {
                let own = place(node, setting);
                let is_inline = node.tag_name().name() == "inline";
                taken = taken.max(if is_inline { own.height() } else { 0.0 });
                let space = Space { scale: (1.0 / EMU, 1.0 / EMU), shift: (0.0, 0.0) };
                let own = Rect { x0: own.x0 * EMU, y0: own.y0 * EMU, x1: own.x1 * EMU, y1: own.y1 * EMU };
                children(node)
                    .into_iter()
                    .for_each(|child| drawing::read(child, space, Some(own), &mut texts, &mut drawn));
            }
        }
        let vml = Vml { forms: &self.forms };
        for node in shapes(drawing) {
            let (own, is_inline) = place_vml(node, setting);
            taken = taken.max(if is_inline { own.height() } else { 0.0 });
            let space = Space { scale: (1.0, 1.0), shift: (0.0, 0.0) };
            // A line counts from the paragraph, or from its place where it has one.
            vml.read(node, space, Some(own), &mut texts, &mut drawn);
        }
        let number = self.pages.len();
        let page = self.page();
        page.shapes.extend(drawn.shapes.into_iter().map(|shape| Shape { page: number, ..shape }));
        page.connectors.extend(drawn.connectors.into_iter().map(|mut line| {
            line.page = number;
            line
        }));
        page.pictures += drawn.pictures;
        taken
    }

    fn table(&mut self, node: Node<'a, 'i>) {
        let draws = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "txbxContent");
        if node.descendants().any(|node| draws(&node)) {
            self.laid(node);
            return;
        }
        if let Some(cells) = table::layout(node) {
            cells.into_iter().for_each(|cell| self.blocks(cell));
            return;
        }
        let number = self.pages.len();
        let grid = table::grid(node, self.styles, number);
        let edges = table::edges(node);
        let width = edges.last().copied().unwrap_or(0.0);
        let y = self.y;
        for row in table::rows(node) {
            let heights = table::cells(row).into_iter().map(|cell| self.cell_height(&cell, &edges, width));
            self.y += heights.fold(table::height(row), f64::max);
        }
        // A table that floats takes no room in the text.
        if child(node, Ns::W, "tblPr").is_some_and(|props| child(props, Ns::W, "tblpPr").is_some()) {
            self.y = y;
        }
        self.page().tables.push((y, grid));
    }

    fn cell_height(&self, cell: &table::Cell<'_, '_>, edges: &[f64], table: f64) -> f64 {
        let edge = |column: usize| edges.get(column).copied().unwrap_or(table);
        let width = (edge(cell.column + cell.span) - edge(cell.column) - 10.8).max(20.0);
        let paragraphs = children(cell.node).into_iter().filter(|node| is(*node, Ns::W, "p"));
        paragraphs
            .map(|node| {
                let text: String =
                    node.descendants().filter(|node| is(*node, Ns::W, "t")).filter_map(|node| node.text()).collect();
                height_of(node, child(node, Ns::W, "pPr"), self.styles, (&text, width))
            })
            .sum()
    }

    /// A table that boxes are drawn into: its cells are places, and its own texts boxes.
    fn laid(&mut self, node: Node<'a, 'i>) {
        let edges = table::edges(node);
        let width = edges.last().copied().unwrap_or(0.0);
        let left = self.setting().column.x0 + table::indent(node);
        let edge = |column: usize| left + edges.get(column).copied().unwrap_or(width);
        for row in table::rows(node) {
            let top = self.y;
            let mut bottom = top + table::height(row);
            for cell in table::cells(row) {
                let column = Rect {
                    x0: edge(cell.column) + 5.4,
                    x1: edge(cell.column + cell.span) - 5.4,
                    ..self.setting().column
                };
                self.y = top;
                let mut text = Vec::new();
                for paragraph in cell.node.children().filter(|node| is(*node, Ns::W, "p")) {
                    let mut words = String::new();
                    let mut taken = 0.0f64;
                    for piece in pieces(paragraph, self.styles, &mut self.fields) {
                        match piece {
                            Piece::Text(piece) => words.push_str(&piece),
                            Piece::Drawing(drawing) => {
                                let setting = Setting { column, ..self.setting() };
                                taken = taken.max(self.draw(drawing, &setting));
                            }
                            Piece::PageBreak => {}
                        }
                    }
                    self.y +=
                        height_of(paragraph, child(paragraph, Ns::W, "pPr"), self.styles, (&words, column.width()))
                            .max(taken);
                    text.push(Para { text: words, numbered: self.styles.numbers(paragraph) });
                }
                bottom = bottom.max(self.y);
                if !joined(&text).is_empty() {
                    let page = self.pages.len();
                    let rect = Rect { y0: top, y1: self.y.max(top + table::height(row)), ..column };
                    self.page().shapes.push(Shape { rect, paras: text, bordered: true, page, ..Shape::default() });
                }
            }
            self.y = bottom;
        }
    }
}

/// The stories of boxes.
struct Boxes<'s> {
    styles: &'s Styles,
}

impl<'a, 'i> Texts<'a, 'i> for Boxes<'_> {
    fn read(&mut self, shape: Node<'a, 'i>, drawn: &mut Drawn) -> Vec<Para> {
        // A linked box shows what its first box holds and has no text of its own.
        let held = children(shape).into_iter().filter(|node| matches!(node.tag_name().name(), "txbx" | "textbox"));
        let mut paras = Vec::new();
        for content in held.flat_map(children).filter(|node| is(*node, Ns::W, "txbxContent")) {
            let (read, drawings) = story(content, self.styles);
            paras.extend(read);
            drawn.pictures +=
                drawings.iter().filter(|node| node.descendants().any(|node| node.tag_name().name() == "blip")).count();
        }
        paras
    }
}

const A4: Rect = Rect { x0: 0.0, y0: 0.0, x1: 595.3, y1: 841.9 };
const A4_MARGIN: Rect = Rect { x0: 90.0, y0: 72.0, x1: 505.3, y1: 769.9 };

fn section(node: Node<'_, '_>, margins: &BTreeMap<String, Vec<String>>) -> Section {
    let twips = |parent: Option<Node<'_, '_>>, name, default: f64| {
        parent.and_then(|node| number(node, name)).map_or(default, |value| value / 20.0)
    };
    let (size, margin) = (child(node, Ns::W, "pgSz"), child(node, Ns::W, "pgMar"));
    let page = Rect::new(0.0, 0.0, twips(size, "w", A4.x1), twips(size, "h", A4.y1));
    let inner = Rect {
        x0: twips(margin, "left", 90.0),
        y0: twips(margin, "top", 72.0).abs(),
        x1: page.x1 - twips(margin, "right", 90.0),
        y1: page.y1 - twips(margin, "bottom", 72.0).abs(),
    };
    let named = node.children().filter(|node| matches!(node.tag_name().name(), "headerReference" | "footerReference"));
    let lines = named.filter_map(|reference| margins.get(attr(reference, "id")?)).flatten().cloned().collect();
    let breaks = !matches!(val(node, "type"), Some("continuous" | "nextColumn"));
    Section { page, margin: inner, margins: lines, breaks }
}

/// How high a paragraph is set: the text and the width it has.
fn height_of(node: Node<'_, '_>, props: Option<Node<'_, '_>>, styles: &Styles, (text, width): (&str, f64)) -> f64 {
    let size = styles.size_of(node);
    let advance = |line: &str| line.chars().map(|c| if c.is_ascii() { size / 2.0 } else { size }).sum::<f64>();
    let lines: f64 = text.split('\n').map(|line| (advance(line) / width.max(size)).ceil().max(1.0)).sum();
    let spacing = props.and_then(|props| child(props, Ns::W, "spacing"));
    let line = spacing.and_then(|spacing| number(spacing, "line"));
    let pitch = match (spacing.and_then(|spacing| attr(spacing, "lineRule")), line) {
        (Some("exact"), Some(line)) => line / 20.0,
        (Some("atLeast"), Some(line)) => (line / 20.0).max(size * 1.3),
        (_, Some(line)) => size * 1.3 * line / 240.0,
        _ => size * 1.3,
    };
    lines * pitch
}

fn framed(frame: Node<'_, '_>, setting: &Setting, (text, size): (&str, f64)) -> Rect {
    let get = |name| number(frame, name).map(|value| value / 20.0);
    let base = |name: &str, page: f64, margin: f64, text: f64| match attr(frame, name) {
        Some("page") => page,
        Some("margin") => margin,
        _ => text,
    };
    let x = base("hAnchor", setting.page.x0, setting.margin.x0, setting.column.x0) + get("x").unwrap_or(0.0);
    let y = base("vAnchor", setting.page.y0, setting.margin.y0, setting.top) + get("y").unwrap_or(0.0);
    let width = get("w").unwrap_or(text.chars().count() as f64 * size + 8.0);
    let lines = (text.chars().count() as f64 * size / width.max(1.0)).ceil().max(1.0);
    let height = get("h").unwrap_or(lines * size * 1.4);
    Rect::new(x, y, width, height)
}
