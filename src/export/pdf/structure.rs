//! The structure tree as objects of the document.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::objects::{dictionary, int, name, rectangle, text};
use super::tags::{Element, Kid, Tag, Tree};
use crate::scene::Scene;

/// Adds the tree; returns its root.
pub(super) fn write(
    document: &mut Document,
    scene: &Scene,
    tree: &Tree,
    pages: &[ObjectId],
    links: &[ObjectId],
) -> ObjectId {
    let root = document.new_object_id();
    // Elements without content were taken out of the tree; their objects are never written.
    let ids: Vec<ObjectId> = tree.elements.iter().map(|_| document.new_object_id()).collect();
    let mut stack = vec![0];
    while let Some(number) = stack.pop() {
        let element = &tree.elements[number];
        let parent = if number == 0 { root } else { ids[element.parent] };
        let dict = Writer { scene, tree, pages, links, ids: &ids }.element(element, parent);
        document.set_object(ids[number], dict);
        stack.extend(element.kids.iter().filter_map(|kid| if let Kid::Element(kid) = kid { Some(*kid) } else { None }));
    }
    let (parents, next) = parent_tree(tree, &ids);
    let parents = document.add_object(dictionary([("Nums", Object::Array(parents))]));
    let dict = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Reference(ids[0])),
        ("ParentTree", Object::Reference(parents)),
        ("ParentTreeNextKey", int(next)),
    ]);
    document.set_object(root, dict);
    root
}

/// From content back to elements (ISO 32000-1 § 14.7.4.4): an array for each page, then one entry for each link.
fn parent_tree(tree: &Tree, ids: &[ObjectId]) -> (Vec<Object>, usize) {
    let reference = |element: &usize| Object::Reference(ids[*element]);
    let of_pages = tree.contents.iter().map(|elements| Object::Array(elements.iter().map(reference).collect()));
    let of_links = tree.links.iter().map(reference);
    let values: Vec<Object> = of_pages.chain(of_links).collect();
    let next = values.len();
    let numbered = values.into_iter().enumerate();
    (numbered.flat_map(|(key, value)| [int(key), value]).collect(), next)
}

struct Writer<'a> {
    scene: &'a Scene,
    tree: &'a Tree,
    pages: &'a [ObjectId],
    links: &'a [ObjectId],
    ids: &'a [ObjectId],
}

impl Writer<'_> {
    fn element(&self, element: &Element, parent: ObjectId) -> Dictionary {
        let mut dict = dictionary([("S", name(element.tag.name())), ("P", Object::Reference(parent))]);
        let page = element.kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            _ => None,
        });
        if let Some(id) = page.and_then(|page| self.pages.get(page)) {
            dict.set("Pg", Object::Reference(*id));
        }
        let mut kids: Vec<Object> = element.kids.iter().map(|kid| self.kid(*kid, page)).collect();
        match kids.len() {
            0 => {}
            1 => dict.set("K", kids.remove(0)),
            _ => dict.set("K", Object::Array(kids)),
        }
        if !element.alt.is_empty() {
            dict.set("Alt", text(&element.alt));
        }
        if let Some(attributes) = self.attributes(element) {
            dict.set("A", attributes);
        }
        dict
    }

    fn kid(&self, kid: Kid, own: Option<usize>) -> Object {
        match kid {
            Kid::Element(number) => Object::Reference(self.ids[number]),
            Kid::Content { page, id } if own == Some(page) => int(id),
            Kid::Content { page, id } => {
                let page = self.pages.get(page).copied().unwrap_or_default();
                let entries = [("Type", name("MCR")), ("Pg", Object::Reference(page)), ("MCID", int(id))];
                Object::Dictionary(dictionary(entries))
            }
            Kid::Link(link) => {
                let annotation = self.links.get(link).copied().unwrap_or_default();
                Object::Dictionary(dictionary([("Type", name("OBJR")), ("Obj", Object::Reference(annotation))]))
            }
        }
    }

    /// Attributes that the tag asks for (ISO 32000-1 § 14.8.5).
    fn attributes(&self, element: &Element) -> Option<Dictionary> {
        let header = |scope| Some(dictionary([("O", name("Table")), ("Scope", name(scope))]));
        match element.tag {
            Tag::ColumnHeader => header("Column"),
            Tag::RowHeader => header("Row"),
            Tag::Cell if element.rows > 1 => Some(dictionary([("O", name("Table")), ("RowSpan", int(element.rows))])),
            Tag::List if self.is_numbered(element) => {
                Some(dictionary([("O", name("List")), ("ListNumbering", name("Decimal"))]))
            }
            Tag::Figure => {
                let (page, rect) = element.bounds.as_ref()?;
                let height = self.scene.pages.get(*page)?.media.height;
                let entries = [("O", name("Layout")), ("Placement", name("Block")), ("BBox", rectangle(rect, height))];
                Some(dictionary(entries))
            }
            _ => None,
        }
    }

    fn is_numbered(&self, list: &Element) -> bool {
        let is = |kid: &Kid, tag: Tag| matches!(kid, Kid::Element(kid) if self.tree.tag(*kid) == tag);
        list.kids.iter().any(|item| {
            let Kid::Element(item) = item else { return false };
            self.tree.elements[*item].kids.iter().any(|part| is(part, Tag::Label))
        })
    }
}
