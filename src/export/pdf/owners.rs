//! A scene as it is read: the structure tree, and which element of it each item belongs to.

use super::tags::Tree;
use crate::geom::Rect;
use crate::scene::Target;

/// What an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nothing: an artifact.
    Artifact,
    /// Nothing, but it tells where in the document one is: page numbers, repeated heads.
    Pagination,
    /// An element of the tree.
    Element(usize),
}

/// A link's place and what it leads to; addresses are safe.
pub(super) struct Area {
    pub(super) rect: Rect,
    pub(super) target: Target,
}

/// A scene as it is read.
pub(super) struct Reading {
    pub(super) tree: Tree,
    /// The owners of each page's texts, paths, arrows and images, in the order of [`Page::walk`](crate::scene::Page::walk).
    pub(super) owners: Vec<Vec<Owner>>,
    /// The links of each page; through the pages they count as in [`Tree::links`].
    pub(super) links: Vec<Vec<Area>>,
}
