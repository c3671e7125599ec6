//! The structure tree: kinds of elements, how they nest, and what they hold.

use crate::geom::Rect;

/// A kind of structure element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Document,
    Section,
    Division,
    Heading1,
    Heading2,
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableRow,
    ColumnHeader,
    RowHeader,
    Cell,
    Contents,
    ContentsItem,
    Reference,
    Figure,
    Link,
}

impl Tag {
    /// The standard structure type (ISO 32000-1 § 14.8.4).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Division => "Div",
            Self::Heading1 => "H1",
            Self::Heading2 => "H2",
            Self::Paragraph => "P",
            Self::List => "L",
            Self::ListItem => "LI",
            Self::Label => "Lbl",
            Self::ListBody => "LBody",
            Self::Table => "Table",
            Self::TableRow => "TR",
            Self::ColumnHeader | Self::RowHeader => "TH",
            Self::Cell => "TD",
            Self::Contents => "TOC",
            Self::ContentsItem => "TOCI",
            Self::Reference => "Reference",
            Self::Figure => "Figure",
            Self::Link => "Link",
        }
    }

    /// Whether text stands in it directly, with no element between.
    fn holds_text(self) -> bool {
        use Tag::{ColumnHeader, Heading1, Heading2, Label, Link, ListBody, Paragraph};
        matches!(self, Heading1 | Heading2 | Paragraph | Label | ListBody | ColumnHeader | Link)
    }
}

/// A part of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    /// Another element, by its number.
    Element(usize),
    /// Marked content: the page, and its number on that page.
    Content { page: usize, id: usize },
    /// A link's annotation, by its number in the document.
    Link(usize),
}

/// An element of the tree.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    pub(super) parent: usize,
    pub(super) kids: Vec<Kid>,
    /// How many rows a cell takes.
    pub(super) rows: usize,
    /// A figure's or link's words.
    pub(super) alt: String,
    /// A figure's page and place.
    pub(super) bounds: Option<(usize, Rect)>,
}

impl Element {
    fn new(tag: Tag, parent: usize) -> Self {
        Self { tag, parent, kids: Vec::new(), rows: 1, alt: String::new(), bounds: None }
    }
}

/// The tree. Element 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// The element of each marked content, page by page.
    pub(super) contents: Vec<Vec<usize>>,
    /// The element of each link.
    pub(super) links: Vec<usize>,
}

impl Tree {
    /// A document of so many pages, with nothing in it.
    pub(super) fn new(pages: usize) -> Self {
        let document = Element::new(Tag::Document, 0);
        Self { elements: vec![document], contents: vec![Vec::new(); pages], links: Vec::new() }
    }

    pub(super) fn tag(&self, element: usize) -> Tag {
        self.elements[element].tag
    }

    /// A new element within `parent`, with what the rules of nesting want between (ISO 32000-1 tables 336 and 337); where
    /// the parent holds text itself, the parent.
    pub(super) fn child(&mut self, parent: usize, tag: Tag) -> usize {
        let inline = matches!(tag, Tag::Link | Tag::Figure);
        match (self.tag(parent), tag) {
            (Tag::List, Tag::ListItem) | (Tag::ListItem, Tag::Label | Tag::ListBody) => self.add(parent, tag),
            (Tag::List, _) => {
                let item = self.add(parent, Tag::ListItem);
                self.child(item, tag)
            }
            (Tag::ListItem, Tag::Paragraph) => self.add(parent, Tag::ListBody),
            (Tag::ListItem, _) => {
                let body = self.add(parent, Tag::ListBody);
                self.child(body, tag)
            }
            (Tag::ContentsItem, Tag::Link) => {
                let reference = self.add(parent, Tag::Reference);
                self.add(reference, tag)
            }
            (Tag::ListBody, Tag::List) => self.add(parent, tag),
            (holder, _) if holder.holds_text() && !inline => parent,
            (_, Tag::ListItem) => {
                let list = self.add(parent, Tag::List);
                self.add(list, tag)
            }
            (_, Tag::Label | Tag::ListBody) => self.add(parent, Tag::Paragraph),
            _ => self.add(parent, tag),
        }
    }

    /// Whether text stands in the element directly.
    pub(super) fn holds_text(&self, element: usize) -> bool {
        self.tag(element).holds_text()
    }

    /// Numbers a stretch of a page's marked content.
    pub(super) fn content(&mut self, element: usize, page: usize) -> usize {
        let id = self.contents[page].len();
        self.contents[page].push(element);
        self.elements[element].kids.push(Kid::Content { page, id });
        id
    }

    /// Notes the place of a part of a figure.
    pub(super) fn reach(&mut self, figure: usize, page: usize, part: Rect) {
        let bounds = &mut self.elements[figure].bounds;
        *bounds = Some((page, bounds.map_or(part, |(_, whole)| whole.union(&part))));
    }

    /// Adds a link's annotation, the next of the document, and the words for it.
    pub(super) fn link(&mut self, parent: usize, words: String) -> usize {
        let element = self.child(parent, Tag::Link);
        self.elements[element].alt = words;
        self.elements[element].kids.push(Kid::Link(self.links.len()));
        self.links.push(element);
        element
    }

    /// Removes elements of no content, and makes cells of row headers that head nothing.
    pub(super) fn finish(&mut self) {
        // Kids come after their parents, so from the end each element's kids are settled before it.
        for element in (0..self.elements.len()).rev() {
            let mut kids = std::mem::take(&mut self.elements[element].kids);
            kids.retain(|kid| !matches!(kid, Kid::Element(kid) if self.is_empty(*kid)));
            self.elements[element].kids = kids;
        }
        for element in 0..self.elements.len() {
            match self.tag(element) {
                Tag::RowHeader if self.elements[element].kids.is_empty() => self.elements[element].tag = Tag::Cell,
                Tag::Table => self.head_no_rows(element),
                Tag::ListItem => self.give_body(element),
                _ => {}
            }
        }
    }

    fn is_empty(&self, element: usize) -> bool {
        let element = &self.elements[element];
        element.kids.is_empty() && !matches!(element.tag, Tag::Cell | Tag::RowHeader)
    }

    /// Where stages alone are what the table tells, there is nothing beside them to be the header of.
    fn head_no_rows(&mut self, table: usize) {
        let rows: Vec<Vec<usize>> = self.kids(table).map(|row| self.kids(row).collect()).collect();
        if rows.iter().all(|row| row.len() < 2) {
            for cell in rows.into_iter().flatten().filter(|&cell| self.tag(cell) == Tag::RowHeader).collect::<Vec<_>>()
            {
                self.elements[cell].tag = Tag::Cell;
            }
        }
    }

    /// An item whose words stand elsewhere has its number for a body.
    fn give_body(&mut self, item: usize) {
        let parts: Vec<usize> = self.kids(item).collect();
        if let [number] = parts[..] {
            self.elements[number].tag = Tag::ListBody;
        }
    }

    fn kids(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        self.elements[element].kids.iter().filter_map(|kid| if let Kid::Element(kid) = kid { Some(*kid) } else { None })
    }

    fn add(&mut self, parent: usize, tag: Tag) -> usize {
        let number = self.elements.len();
        self.elements.push(Element::new(tag, parent));
        self.elements[parent].kids.push(Kid::Element(number));
        number
    }
}
