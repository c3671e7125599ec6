//! What a scene says, without places: the groups of all pages as one text, a table and a flow.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::Markup;
use crate::scene::{ArrowKind, Group, Item, Part, Role, Scene};
use crate::source::Span;

/// What a chart says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The agency.
    pub(super) unit: String,
    /// The title line.
    pub(super) title: String,
    /// The line under the title.
    pub(super) subtitle: String,
    /// Code, category, department.
    pub(super) fields: Vec<String>,
    /// The columns' heads.
    pub(super) heads: Vec<String>,
    /// The stages.
    pub(super) rows: Vec<Row>,
    /// Notes under the grid.
    pub(super) notes: Vec<String>,
    /// Phones and what else the footer says.
    pub(super) footer: Vec<String>,
    /// All of it, for searching.
    pub(super) all: String,
}

/// A stage and what stands in its row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Where it was written, by which arrows know it.
    span: Option<Span>,
    /// The stage's name, as an anchor: no two of a page are alike.
    pub(super) anchor: String,
    /// The stage's name.
    pub(super) name: String,
    /// The columns; one that a cell above goes through has none.
    pub(super) cells: Vec<Cell>,
    /// Where the flow goes from here.
    pub(super) next: Vec<Next>,
}

/// A cell of the table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// How many rows it takes.
    pub(super) rows: usize,
    /// What it says, as markup.
    pub(super) content: String,
}

/// An arrow to another stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Next {
    /// The words at it; empty where there are none.
    pub(super) label: String,
    /// Which row it leads to.
    pub(super) row: usize,
    /// Whether the flow goes back by it.
    pub(super) returns: bool,
}

impl Reading {
    /// Reads a scene.
    pub(super) fn of(scene: &Scene) -> Self {
        let mut reading = Self::default();
        let mut cells = BTreeMap::new();
        for page in &scene.pages {
            for item in &page.items {
                reading.item(item, &mut cells);
            }
            reading.all.push_str(&words(&page.items));
        }
        reading.give_anchors();
        reading.follow_arrows(scene);
        reading
    }

    fn item(&mut self, item: &Item, cells: &mut BTreeMap<Part, (usize, usize)>) {
        let within = match item {
            Item::Group(group) => match group.role {
                Role::Unit => return push(&mut self.unit, group),
                Role::Title => return push(&mut self.title, group),
                Role::Subtitle => return push(&mut self.subtitle, group),
                Role::HeaderField => return self.fields.push(words(&group.items)),
                Role::ColumnHead => return self.heads.push(words(&group.items)),
                Role::Note => return self.notes.push(words(&group.items)),
                Role::Phone => return self.footer.push(words(&group.items)),
                Role::Row => return self.row(group, cells),
                // The legend explains colours, which the page has none of: it says each level in words.
                Role::Repeated | Role::Decoration | Role::Folio | Role::Logo | Role::Qr | Role::Legend => return,
                _ => &group.items,
            },
            Item::Clip(clip) => &clip.items,
            Item::Link(link) => &link.items,
            Item::Text(_) | Item::Path(_) | Item::Image(_) | Item::Arrow(_) => return,
        };
        for item in within {
            self.item(item, cells);
        }
    }

    /// Adds a row. A cell that is a part of one above adds what it says there.
    fn row(&mut self, group: &Group, cells: &mut BTreeMap<Part, (usize, usize)>) {
        let at = self.rows.len();
        let mut row = Row::default();
        for item in &group.items {
            let Item::Group(cell) = item else { continue };
            let Role::Cell { rows } = cell.role else { continue };
            if row.cells.is_empty() && row.name.is_empty() {
                (row.name, row.span) = stage(&cell.items);
            }
            let content = content(&cell.items);
            let above = cell.part.and_then(|part| cells.get(&part).copied());
            match above.and_then(|(row, cell)| self.rows.get_mut(row)?.cells.get_mut(cell).map(|cell| (row, cell))) {
                Some((first, above)) => {
                    above.content.push_str(&content);
                    above.rows = above.rows.max(at - first + rows);
                }
                None => {
                    cells.extend(cell.part.map(|part| (part, (at, row.cells.len()))));
                    row.cells.push(Cell { rows, content });
                }
            }
        }
        self.rows.push(row);
    }

    fn give_anchors(&mut self) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for row in &mut self.rows {
            let name: String = row.name.chars().filter(|c| !c.is_whitespace()).collect();
            // The prefix keeps them apart from the ids of the page's own parts. A stage may be called as another's second
            // anchor is.
            let numbered = (2..).map(|number| format!("s-{name}-{number}"));
            let free = std::iter::once(format!("s-{name}")).chain(numbered).find(|anchor| !taken.contains(anchor));
            row.anchor = free.unwrap_or_default();
            taken.insert(row.anchor.clone());
        }
    }

    fn follow_arrows(&mut self, scene: &Scene) {
        let at = |span: Option<Span>, rows: &[Row]| rows.iter().position(|row| span.is_some() && row.span == span);
        for arrow in scene.pages.iter().flat_map(|page| page.arrows()) {
            let ends = (at(arrow.from.span, &self.rows), at(arrow.to.span, &self.rows));
            if let (ArrowKind::Flow, (Some(from), Some(to))) = (arrow.kind, ends) {
                let next = Next { label: arrow.label.clone().unwrap_or_default(), row: to, returns: arrow.returns };
                // An arrow over a page's end stands on both pages.
                if !self.rows[from].next.contains(&next) {
                    self.rows[from].next.push(next);
                }
            }
        }
    }
}

/// Adds a group's words. What stands on later pages again is not asked for.
fn push(words_so_far: &mut String, group: &Group) {
    if words_so_far.is_empty() {
        *words_so_far = words(&group.items);
    }
}

/// The words of items, lines joined.
fn words(items: &[Item]) -> String {
    let mut out = String::new();
    for item in items {
        item.walk(&mut Vec::new(), &mut |item, groups| {
            if let Item::Text(run) = item
                && groups.iter().all(|group| !is_silent(group.role))
            {
                out.push_str(&run.text);
            }
        });
    }
    out.trim().to_owned()
}

fn is_silent(role: Role) -> bool {
    // Where branches lead is told by the flow, with the name of the stage.
    matches!(role, Role::Decoration | Role::Folio | Role::Repeated | Role::BranchLabel)
}

/// The stage of a cell: the words of its box that are no details, and where it was written.
fn stage(items: &[Item]) -> (String, Option<Span>) {
    let (mut name, mut span) = (String::new(), None);
    for item in items {
        item.walk(&mut Vec::new(), &mut |item, groups| match (item, groups.last()) {
            (Item::Group(group), _) if group.role == Role::Stage => span = group.span,
            (Item::Text(run), Some(group)) if group.role == Role::Stage => name.push_str(&run.text),
            _ => {}
        });
    }
    (name.trim().to_owned(), span)
}

/// What a cell says, as markup.
fn content(items: &[Item]) -> String {
    let mut markup = Markup::default();
    blocks(items, &mut markup);
    markup.finish()
}

fn blocks(items: &[Item], out: &mut Markup) {
    for item in items {
        match item {
            Item::Group(group) if !is_silent(group.role) => block(group, out),
            Item::Clip(clip) => blocks(&clip.items, out),
            Item::Link(link) => blocks(&link.items, out),
            Item::Text(run) => out.text(&run.text),
            Item::Group(_) | Item::Path(_) | Item::Image(_) | Item::Arrow(_) => {}
        }
    }
}

fn block(group: &Group, out: &mut Markup) {
    let (element, class) = match group.role {
        // The box's own words are its name; details are paragraphs of their own.
        Role::Stage => {
            let own = |item: &&Item| !matches!(item, Item::Group(group) if matches!(group.role, Role::StageDetail | Role::Phase));
            let (name, details): (Vec<&Item>, Vec<&Item>) = group.items.iter().partition(own);
            let name: Vec<Item> = name.into_iter().cloned().collect();
            let details: Vec<Item> = details.into_iter().cloned().collect();
            out.element("p", &[("class", "name")], &words(&name));
            return blocks(&details, out);
        }
        Role::Risk => ("div", "risk"),
        Role::Measure => ("div", "measure"),
        Role::List => ("ul", "list"),
        Role::ListItem => ("li", ""),
        Role::Label => ("span", "label"),
        Role::ListBody => ("span", ""),
        Role::RiskHeading | Role::MeasureHeading => ("p", "heading"),
        Role::Level => ("p", "level"),
        Role::Responsible => ("p", "responsible"),
        _ => ("p", ""),
    };
    let attributes: &[(&str, &str)] = if class.is_empty() { &[] } else { &[("class", class)] };
    out.open(element, attributes);
    blocks(&group.items, out);
    out.close();
}
