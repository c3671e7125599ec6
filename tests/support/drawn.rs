//! Charts as they are drawn: flow boxes and the ways of arrows, for tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use riskchart::font::FontBook;
use riskchart::geom::{Point, Rect};
use riskchart::scene::{Arrow, ArrowKind, Group, Item, Page, Role, Scene};
use riskchart::unit::Length;
use riskchart::{Entry, Options, compile};

use crate::support::Memory;

/// A chart as it is drawn with nothing asked for.
pub(crate) fn drawn(chart: &str, fonts: &Arc<FontBook>) -> Scene {
    let files = BTreeMap::from([("图.toml".to_owned(), chart.as_bytes().to_vec())]);
    let entry = Entry { chart: "图.toml".to_owned(), project: None };
    let options = Options { fonts: fonts.clone(), paper: None, orientation: None, theme: None, stamp: false };
    compile(&Memory(files), &entry, &options).unwrap_or_else(|report| panic!("{report:?}\n{chart}")).0
}

/// The arrows of the flow.
pub(crate) fn flow(page: &Page) -> Vec<&Arrow> {
    page.arrows().into_iter().filter(|arrow| arrow.kind == ArrowKind::Flow).collect()
}

/// The way of the arrow between two stages.
pub(crate) fn way<'a>(page: &'a Page, from: &str, to: &str) -> &'a [Point] {
    let arrow = flow(page).into_iter().find(|arrow| arrow.from.name == from && arrow.to.name == to);
    &arrow.expect("an arrow").route
}

/// A flow box.
pub(crate) struct StageDrawn {
    /// Its outline's bounds.
    pub(crate) outline: Rect,
    /// Its lines of text, top to bottom.
    pub(crate) lines: Vec<LineDrawn>,
}

/// A line of text.
pub(crate) struct LineDrawn {
    /// Its words.
    pub(crate) words: String,
    /// What its characters' squares cover, from the first to the last.
    pub(crate) square: Rect,
}

/// The flow box that has such words on one of its lines.
pub(crate) fn stage(page: &Page, words: &str) -> StageDrawn {
    let (mut outline, mut lines) = (None, BTreeMap::<Length, LineDrawn>::new());
    page.walk(|item, groups| {
        let named = |item: &Item| matches!(item, Item::Text(run) if run.text.contains(words));
        let within = |group: &&Group| group.role == Role::Stage && group.items.iter().any(named);
        match item {
            Item::Path(shape) if groups.iter().any(within) => outline = outline.or(shape.path.bounds()),
            Item::Text(run) if groups.iter().any(within) => {
                let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                let (top, bottom) = (run.origin.y - run.size * 22 / 25, run.origin.y + run.size * 3 / 25);
                let square = Rect::new(run.origin.x, top, run.origin.x + width, bottom);
                let line = lines.entry(run.origin.y).or_insert(LineDrawn { words: String::new(), square });
                line.words.push_str(&run.text);
                line.square.right = line.square.right.max(square.right);
            }
            _ => {}
        }
    });
    StageDrawn { outline: outline.expect("a stage"), lines: lines.into_values().collect() }
}
