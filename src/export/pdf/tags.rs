//! The structure tree: what the marks on a page mean, for screen readers and reflow (ISO 32000-1 § 14.7, ISO 14289-1).
//!
//! A page is a section; the title is its first-level heading. The grid is a table: the heads are column headers, each
//! row's stage is a row header that holds a second-level heading, risks and measures are cells with their lists; where
//! there are stages alone, they are cells.
//! Lines, arrows, fills and page numbers are artifacts and not in the tree. Where a sheet shows a part of the grid, its rows
//! are divisions: a table without its heads would be none.

use crate::geom::Rect;
use crate::scene::Role;

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
            Self::Figure => "Figure",
            Self::Link => "Link",
        }
    }

    /// Whether text stands in it directly, with no element between.
    fn holds_text(self) -> bool {
        use Tag::{ColumnHeader, Heading1, Heading2, Label, ListBody, Paragraph};
        matches!(self, Heading1 | Heading2 | Paragraph | Label | ListBody | ColumnHeader)
    }
}

/// The element that a group of a role becomes; `None` where its content belongs to what is around it.
///
/// The roles of rows, heads and artifacts are not asked for: the painter sees to them.
pub(super) fn tag(role: Role) -> Option<Tag> {
    match role {
        Role::Title => Some(Tag::Heading1),
        Role::List => Some(Tag::List),
        Role::ListItem => Some(Tag::ListItem),
        Role::Label => Some(Tag::Label),
        Role::ListBody => Some(Tag::ListBody),
        Role::Legend | Role::Footer => Some(Tag::Division),
        Role::Unit
        | Role::Subtitle
        | Role::HeaderField
        | Role::StageDetail
        | Role::RiskHeading
        | Role::Level
        | Role::MeasureHeading
        | Role::Responsible
        | Role::Basis
        | Role::BranchLabel
        | Role::Note
        | Role::Phone => Some(Tag::Paragraph),
        Role::ColumnHead | Role::Row | Role::Stage | Role::Risk | Role::Measure => None,
        Role::Qr | Role::Logo | Role::Folio | Role::Decoration => None,
    }
}

/// The column of the grid that a group of a row belongs to; `None` for one that goes with the group before it.
pub(super) fn column(role: Role) -> Option<usize> {
    match role {
        Role::Stage | Role::StageDetail | Role::BranchLabel => Some(0),
        Role::Risk => Some(1),
        Role::Measure => Some(2),
        _ => None,
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

/// The tree under way. Element 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// The element of each marked content, page by page.
    pub(super) contents: Vec<Vec<usize>>,
    /// The element of each link.
    pub(super) links: Vec<usize>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let document = Element::new(Tag::Document, 0);
        Self { elements: vec![document], contents: Vec::new(), links: Vec::new() }
    }

    /// Begins a page and its section.
    pub(super) fn page(&mut self) -> usize {
        self.contents.push(Vec::new());
        self.add(0, Tag::Section)
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

    /// Numbers a stretch of marked content of the page under way.
    pub(super) fn content(&mut self, element: usize) -> usize {
        let page = self.contents.len() - 1;
        let id = self.contents[page].len();
        self.contents[page].push(element);
        self.elements[element].kids.push(Kid::Content { page, id });
        id
    }

    /// Adds a link's annotation, the next of the document, and the words for it.
    pub(super) fn link(&mut self, parent: usize, words: &str) {
        let element = self.add(parent, Tag::Link);
        words.clone_into(&mut self.elements[element].alt);
        self.elements[element].kids.push(Kid::Link(self.links.len()));
        self.links.push(element);
    }

    /// Removes elements of no content and makes tables regular (ISO 14289-1 § 7.5): every row as wide as the widest, no
    /// header without words.
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
                Tag::Table => self.regularise(element),
                Tag::ListItem => self.give_body(element),
                _ => {}
            }
        }
    }

    /// An item whose words stand on another sheet has its number for a body.
    fn give_body(&mut self, item: usize) {
        let parts: Vec<usize> = self.kids(item).collect();
        if let [number] = parts[..] {
            self.elements[number].tag = Tag::ListBody;
        }
    }

    fn is_empty(&self, element: usize) -> bool {
        let element = &self.elements[element];
        element.kids.is_empty() && !matches!(element.tag, Tag::Cell | Tag::RowHeader)
    }

    fn regularise(&mut self, table: usize) {
        let rows: Vec<usize> = self.kids(table).collect();
        self.leave_out_columns(&rows);
        let grid = self.grid(&rows);
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        if width < 2 {
            self.head_no_rows(&rows);
        }
        for (&row, cells) in rows.iter().zip(&grid) {
            for _ in cells.len()..width {
                self.add(row, Tag::Cell);
            }
        }
    }

    /// Stages alone are what the table tells: there is nothing beside them to be the header of.
    fn head_no_rows(&mut self, rows: &[usize]) {
        for cell in rows.iter().flat_map(|&row| self.kids(row)).collect::<Vec<_>>() {
            if self.tag(cell) == Tag::RowHeader {
                self.elements[cell].tag = Tag::Cell;
            }
        }
    }

    /// Takes out empty columns while there are more columns than heads: the chart leaves those out.
    fn leave_out_columns(&mut self, rows: &[usize]) {
        let grid = self.grid(rows);
        let Some((heads, body)) = grid.split_first() else { return };
        let width = body.iter().map(Vec::len).max().unwrap_or(0);
        let mut spare = width.saturating_sub(heads.len());
        for column in (0..width).rev() {
            let cells: Vec<usize> = body.iter().filter_map(|row| *row.get(column)?).collect();
            if spare > 0 && cells.iter().all(|&cell| self.elements[cell].kids.is_empty()) {
                spare -= 1;
                for &row in rows {
                    self.elements[row].kids.retain(|kid| !matches!(kid, Kid::Element(kid) if cells.contains(kid)));
                }
            }
        }
    }

    /// The cell at each place of a table, row by row; a cell of several rows, cut at the last, is at several places.
    fn grid(&mut self, rows: &[usize]) -> Vec<Vec<Option<usize>>> {
        let mut grid: Vec<Vec<Option<usize>>> = vec![Vec::new(); rows.len()];
        for (at, &row) in rows.iter().enumerate() {
            for cell in self.kids(row).collect::<Vec<_>>() {
                let column = grid[at].iter().position(Option::is_none).unwrap_or(grid[at].len());
                let taken = self.elements[cell].rows.min(rows.len() - at);
                self.elements[cell].rows = taken;
                for places in grid.iter_mut().skip(at).take(taken) {
                    places.resize(places.len().max(column + 1), None);
                    places[column] = Some(cell);
                }
            }
        }
        grid
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_mended() {
        let mut tree = Tree::new();
        let page = tree.page();
        let list = tree.child(page, Tag::List);
        let body = tree.child(list, Tag::Paragraph);
        assert_eq!(tree.tag(body), Tag::ListBody);
        assert_eq!(tree.tag(tree.elements[body].parent), Tag::ListItem);
        let item = tree.child(page, Tag::ListItem);
        assert_eq!(tree.tag(tree.elements[item].parent), Tag::List);
        let heading = tree.child(page, Tag::Heading1);
        assert_eq!(tree.child(heading, Tag::Paragraph), heading);
    }

    /// A table of rows of these cells; those of the second list hold words.
    fn table(rows: &[&[Tag]], words: &[(usize, usize)]) -> (Tree, Vec<Vec<usize>>) {
        let mut tree = Tree::new();
        let page = tree.page();
        let table = tree.child(page, Tag::Table);
        let mut cells = Vec::new();
        for tags in rows {
            let row = tree.child(table, Tag::TableRow);
            cells.push(tags.iter().map(|&tag| tree.child(row, tag)).collect::<Vec<_>>());
        }
        for &(row, column) in words {
            tree.content(cells[row][column]);
        }
        (tree, cells)
    }

    fn row_of(tree: &Tree, cell: usize) -> Vec<usize> {
        tree.kids(tree.elements[cell].parent).collect()
    }

    const HEADS: &[Tag] = &[Tag::ColumnHeader, Tag::ColumnHeader, Tag::ColumnHeader];
    const ROW: &[Tag] = &[Tag::RowHeader, Tag::Cell, Tag::Cell];

    #[test]
    fn tables_are_made_regular() {
        let (mut tree, cells) = table(&[&HEADS[..1], ROW], &[(0, 0), (1, 1), (1, 2)]);
        let empty = tree.child(1, Tag::Division);
        tree.finish();
        assert_eq!(tree.tag(cells[1][0]), Tag::Cell, "a header without words is none");
        assert_eq!(row_of(&tree, cells[0][0]).len(), 2, "as wide as the widest, the empty column left out");
        assert_eq!(row_of(&tree, cells[1][0]), cells[1][1..]);
        assert!(!tree.kids(1).any(|kid| kid == empty));
    }

    #[test]
    fn stages_alone_are_no_headers() {
        let (mut tree, cells) = table(&[&HEADS[..1], ROW, ROW], &[(0, 0), (1, 0), (2, 0)]);
        tree.finish();
        assert_eq!(tree.tag(cells[0][0]), Tag::ColumnHeader);
        assert_eq!([tree.tag(cells[1][0]), tree.tag(cells[2][0])], [Tag::Cell, Tag::Cell]);
    }

    #[test]
    fn columns_stand_under_their_heads() {
        let words = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0)];
        let (mut tree, cells) = table(&[&HEADS[..2], ROW, ROW], &words);
        tree.finish();
        assert_eq!(row_of(&tree, cells[1][0]), [cells[1][0], cells[1][2]]);
        assert_eq!(row_of(&tree, cells[2][0]), [cells[2][0], cells[2][2]]);
    }

    #[test]
    fn cells_go_through_rows_and_end_with_the_table() {
        let words = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1)];
        let (mut tree, cells) = table(&[HEADS, ROW, &ROW[..2]], &words);
        tree.elements[cells[1][1]].rows = 9;
        tree.finish();
        assert_eq!(tree.elements[cells[1][1]].rows, 2);
        assert_eq!(row_of(&tree, cells[2][0]), cells[2], "the place in the middle is taken from above");
    }

    #[test]
    fn an_item_without_words_has_its_number_for_a_body() {
        let mut tree = Tree::new();
        let page = tree.page();
        let list = tree.child(page, Tag::List);
        let item = tree.child(list, Tag::ListItem);
        let number = tree.child(item, Tag::Label);
        tree.content(number);
        tree.finish();
        assert_eq!(tree.tag(number), Tag::ListBody);
    }
}
