//! What a scene means as a structure tree: which element each item belongs to, told before anything is painted.
//!
//! A section a chart, with the title as its first-level heading. The grid is a table, one through all pages: the heads are
//! column headers, each row's stage is a row header that holds a second-level heading, risks and measures are cells with
//! their lists; where there are stages alone, they are cells. Contents are a TOC, notes a list. Arrows that go on to the
//! stage read next are artifacts, all others are told in words (`flow`). Lines, fills, page numbers and what a page
//! repeats are artifacts and not in the tree.

use std::collections::BTreeMap;

use super::flow::{Drawn, Flow, Stage, squeezed};
use super::owners::{Area, Owner, Reading};
use super::tags::{Tag, Tree};
use crate::export::uri;
use crate::geom::Rect;
use crate::scene::{Group, Image, Item, Link, Part, Role, Scene, Target};

impl Reading {
    /// Reads a scene.
    pub(super) fn of(scene: &Scene) -> Self {
        let count = scene.pages.len();
        let mut reader = Reader {
            scene,
            done: Self { tree: Tree::new(count), owners: Vec::with_capacity(count), links: Vec::with_capacity(count) },
            parts: BTreeMap::new(),
            titled: false,
            flow: Flow::default(),
        };
        let mut section = 0;
        for page in &scene.pages {
            if !page.continued || section == 0 {
                reader.tell_flow();
                section = reader.done.tree.child(0, Tag::Section);
                reader.titled = false;
            }
            reader.done.owners.push(Vec::with_capacity(page.items.len() * 8));
            reader.done.links.push(Vec::new());
            reader.items(&page.items, Parent::within(section));
        }
        reader.tell_flow();
        reader.done
    }
}

/// Where in the tree items go.
#[derive(Clone, Copy)]
struct Parent {
    element: usize,
    /// What text becomes where the element doesn't hold it.
    leaf: Tag,
    /// The figure that paths are part of.
    figure: Option<usize>,
    /// What all items are, where they belong to no element.
    artifact: Option<Owner>,
    /// Whether the next cell heads its row.
    heads: bool,
}

impl Parent {
    fn within(element: usize) -> Self {
        Self { element, leaf: Tag::Paragraph, figure: None, artifact: None, heads: false }
    }
}

struct Reader<'a> {
    scene: &'a Scene,
    done: Reading,
    /// The elements of what goes on in several groups.
    parts: BTreeMap<Part, usize>,
    /// Whether a first-level heading came: one of the second level may follow.
    titled: bool,
    /// The flow of the section under way.
    flow: Flow<'a>,
}

impl<'a> Reader<'a> {
    fn own(&mut self, owner: Owner) {
        if let Some(page) = self.done.owners.last_mut() {
            page.push(owner);
        }
    }

    fn page(&self) -> usize {
        self.done.owners.len() - 1
    }

    fn items(&mut self, items: &'a [Item], mut place: Parent) {
        // Texts right after each other are one paragraph.
        let mut paragraph = None;
        for item in items {
            match item {
                Item::Group(group) => {
                    if !is_artifact(group.role) {
                        paragraph = None;
                    }
                    self.group(group, &mut place);
                }
                Item::Text(_) => {
                    let owner = place.artifact.unwrap_or_else(|| Owner::Element(self.leaf(&place, &mut paragraph)));
                    self.own(owner);
                }
                Item::Path(shape) => {
                    let owner = place.artifact.unwrap_or_else(|| self.figure_part(place.figure, shape.path.bounds()));
                    self.own(owner);
                }
                Item::Arrow(arrow) => {
                    if place.artifact.is_none() {
                        let (page, owner) = (self.page(), self.done.owners.last().map_or(0, Vec::len));
                        self.flow.arrows.push(Drawn { arrow, page, owner });
                    }
                    self.own(place.artifact.unwrap_or(Owner::Artifact));
                }
                Item::Image(image) => self.image(image, place),
                Item::Link(link) => self.link(link, place, &mut paragraph),
                Item::Clip(clip) => self.items(&clip.items, place),
            }
        }
    }

    /// The element that text at this place belongs to.
    fn leaf(&mut self, place: &Parent, paragraph: &mut Option<usize>) -> usize {
        if self.done.tree.holds_text(place.element) {
            return place.element;
        }
        *paragraph.get_or_insert_with(|| self.done.tree.child(place.element, place.leaf))
    }

    fn group(&mut self, group: &'a Group, place: &mut Parent) {
        let artifact = match group.role {
            Role::Decoration => Some(Owner::Artifact),
            Role::Folio | Role::Repeated => Some(Owner::Pagination),
            _ => None,
        };
        if let Some(artifact) = place.artifact.or(artifact) {
            return self.items(&group.items, Parent { artifact: Some(artifact), ..*place });
        }
        let element = self.element(group, place);
        let mut inner = Parent::within(element);
        match group.role {
            Role::Row => inner.heads = true,
            Role::Title => self.titled = true,
            Role::Stage => {
                let page = self.page();
                let owner = self.done.owners.last().map_or(0, Vec::len);
                let outline = group
                    .items
                    .first()
                    .and_then(Item::reach)
                    .filter(|_| matches!(group.items.first(), Some(Item::Path(_))));
                let outline = outline.map(|bounds| (owner, bounds));
                self.flow.stages.push(Stage { span: group.span, element: place.element, page, outline });
                if self.titled {
                    inner.leaf = Tag::Heading2;
                }
            }
            Role::Legend => self.done.tree.elements[element].alt = legend_in_words(group),
            Role::BranchLabel => self.flow.labels.push((element, squeezed(&words_of(group)))),
            Role::Qr | Role::Logo => {
                let figure = self.done.tree.child(element, Tag::Figure);
                self.done.tree.elements[figure].alt = self.words_for(group);
                inner.figure = Some(figure);
            }
            _ => {}
        }
        self.items(&group.items, inner);
    }

    /// The element that a group's items go into: a new one, that of the parts before it, or the one around it.
    fn element(&mut self, group: &Group, place: &mut Parent) -> usize {
        if let Some(&known) = group.part.as_ref().and_then(|part| self.parts.get(part)) {
            return known;
        }
        let Some(tag) = tag(group.role, self.done.tree.tag(place.element), place.heads) else { return place.element };
        let element = self.done.tree.child(place.element, tag);
        if let Role::Cell { rows } = group.role {
            self.done.tree.elements[element].rows = rows;
            place.heads = false;
        }
        if let Some(part) = group.part {
            self.parts.insert(part, element);
        }
        element
    }

    /// Has the arrows of the section that ends told in words.
    fn tell_flow(&mut self) {
        std::mem::take(&mut self.flow).tell(&mut self.done);
    }

    fn figure_part(&mut self, figure: Option<usize>, bounds: Option<Rect>) -> Owner {
        let Some(figure) = figure else { return Owner::Artifact };
        let page = self.page();
        if let Some(part) = bounds {
            self.done.tree.reach(figure, page, part);
        }
        Owner::Element(figure)
    }

    fn image(&mut self, image: &Image, place: Parent) {
        let figure = match place.figure {
            _ if place.artifact.is_some() => None,
            None if image.alt.is_empty() => None,
            None => Some(self.done.tree.child(place.element, Tag::Figure)),
            figure => figure,
        };
        if let Some(figure) = figure.filter(|_| !image.alt.is_empty()) {
            self.done.tree.elements[figure].alt.clone_from(&image.alt);
        }
        let owner = place.artifact.unwrap_or_else(|| self.figure_part(figure, Some(image.rect)));
        self.own(owner);
    }

    fn link(&mut self, link: &'a Link, place: Parent, paragraph: &mut Option<usize>) {
        let target = match &link.target {
            Target::Uri(uri) => uri::safe(uri).map(Target::Uri),
            Target::Page { page, .. } => self.scene.pages.get(*page).map(|_| link.target.clone()),
        };
        let Some(target) = target.filter(|_| place.artifact.is_none()) else {
            return self.items(&link.items, place);
        };
        let around = match self.done.tree.tag(place.element) {
            Tag::ContentsItem => place.element,
            _ => self.leaf(&place, paragraph),
        };
        let element = self.done.tree.link(around);
        if !says_something(&link.items) {
            self.done.tree.elements[element].alt = target_in_words(&target);
        }
        if let Some(page) = self.done.links.last_mut() {
            page.push(Area { rect: link.rect, target });
        }
        // A picture that leads somewhere is read where it does.
        let figure = place.figure.map(|around| {
            let figure = self.done.tree.child(element, Tag::Figure);
            self.done.tree.elements[figure].alt = self.done.tree.elements[around].alt.clone();
            figure
        });
        self.items(&link.items, Parent { element, figure, ..place });
    }

    /// The words for a picture drawn in lines.
    fn words_for(&self, group: &Group) -> String {
        let texts = words_of(group);
        let (kind, about) = match group.role {
            Role::Qr => ("二维码", texts.as_str()),
            _ => ("徽标", self.scene.meta.author.as_str()),
        };
        if about.is_empty() { kind.to_owned() } else { format!("{kind}：{about}") }
    }
}

/// Whether there are words among some items: who hears them needs no others.
fn says_something(items: &[Item]) -> bool {
    let mut says = false;
    for item in items {
        item.walk(&mut Vec::new(), &mut |item, _| says |= matches!(item, Item::Text(_)));
    }
    says
}

/// The words in a group, as drawn.
fn words_of(group: &Group) -> String {
    let mut texts = String::new();
    for item in &group.items {
        item.walk(&mut Vec::new(), &mut |item, _| {
            if let Item::Text(run) = item {
                texts.push_str(&run.text);
            }
        });
    }
    texts
}

/// The legend in words: without them the levels' names are heard as one.
fn legend_in_words(group: &Group) -> String {
    let words = |item: &Item| if let Item::Text(run) = item { Some(run.text.clone()) } else { None };
    let words: Vec<String> = group.items.iter().filter_map(words).collect();
    match words.split_first() {
        Some((lead, names)) => format!("{lead}，从最高的到最低的：{}", names.join("、")),
        None => String::new(),
    }
}

/// What a link leads to, for those who hear it.
pub(super) fn target_in_words(target: &Target) -> String {
    match target {
        Target::Uri(uri) => uri.clone(),
        Target::Page { page, .. } => format!("第{}页", page + 1),
    }
}

fn is_artifact(role: Role) -> bool {
    matches!(role, Role::Decoration | Role::Folio | Role::Repeated)
}

/// The element that a group of a role becomes within one of tag `around`, in a row at its head or behind it; `None` where
/// its content belongs to what is around it.
fn tag(role: Role, around: Tag, heads: bool) -> Option<Tag> {
    Some(match role {
        Role::Title => Tag::Heading1,
        Role::Table => Tag::Table,
        Role::HeadRow | Role::Row => Tag::TableRow,
        Role::ColumnHead => Tag::ColumnHeader,
        Role::Cell { .. } if heads => Tag::RowHeader,
        Role::Cell { .. } => Tag::Cell,
        Role::Contents => Tag::Contents,
        Role::ContentsEntry => Tag::ContentsItem,
        Role::List | Role::Notes => Tag::List,
        Role::ListItem => Tag::ListItem,
        Role::Note if around == Tag::List => Tag::ListItem,
        Role::Label => Tag::Label,
        Role::ListBody => Tag::ListBody,
        Role::Footer => Tag::Division,
        Role::Unit
        | Role::Subtitle
        | Role::HeaderField
        | Role::StageDetail
        | Role::Phase
        | Role::RiskHeading
        | Role::Level
        | Role::MeasureHeading
        | Role::Responsible
        | Role::Basis
        | Role::BranchLabel
        | Role::Legend
        | Role::Note
        | Role::Phone => Tag::Paragraph,
        Role::Stage | Role::Risk | Role::Measure | Role::Qr | Role::Logo => return None,
        Role::Folio | Role::Repeated | Role::Decoration => return None,
    })
}
