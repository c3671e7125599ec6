//! The flow in words: where the arrows lead that don't just go on to the stage read next.
//!
//! A branch's words are read with their target, `齐全：到受理`; an arrow without words is a figure that says where it leads,
//! `退回：到提出申请`. A stage that no arrow leaves ends the flow; where another is read after it, that is told too. All stand
//! in the cell of the stage, whatever pages an arrow's line runs over.

use super::owners::{Owner, Reading};
use super::tags::Tag;
use crate::geom::Rect;
use crate::scene::{Arrow, ArrowKind};
use crate::source::Span;

/// What is heard where the flow ends.
const END: &str = "到此结束";

/// A stage where it is read.
pub(super) struct Stage {
    pub(super) span: Option<Span>,
    /// The element of its cell.
    pub(super) element: usize,
    pub(super) page: usize,
    /// The outline of its box: its place among the owners of that page's items, and how far it reaches.
    pub(super) outline: Option<(usize, Rect)>,
}

/// An arrow where it is drawn.
pub(super) struct Drawn<'a> {
    pub(super) arrow: &'a Arrow,
    pub(super) page: usize,
    /// Its place among the owners of that page's items.
    pub(super) owner: usize,
}

/// The stages, arrows and branches' words of a chart, in reading order.
#[derive(Default)]
pub(super) struct Flow<'a> {
    pub(super) stages: Vec<Stage>,
    pub(super) arrows: Vec<Drawn<'a>>,
    /// The element of each branch's words, and these without spaces.
    pub(super) labels: Vec<(usize, String)>,
}

impl Flow<'_> {
    /// Gives the elements of branches' words, and figures made for arrows without, what they say to those who hear them.
    pub(super) fn tell(mut self, reading: &mut Reading) {
        let mut told: Vec<&Arrow> = Vec::new();
        for drawn in &self.arrows {
            let arrow = drawn.arrow;
            let same = |other: &&Arrow| {
                (other.from.span, other.to.span, &other.label) == (arrow.from.span, arrow.to.span, &arrow.label)
            };
            // The part of a line on another page says nothing new.
            if arrow.kind != ArrowKind::Flow || told.iter().any(same) {
                continue;
            }
            told.push(arrow);
            let Some(words) = self.words(arrow) else { continue };
            let Some(element) = self.stage(arrow.from.span).map(|stage| stage.element) else { continue };
            let label = arrow.label.as_deref().map(squeezed);
            let beside = |(_, text): &(usize, String)| Some(text) == label.as_ref();
            if let Some(at) = self.labels.iter().position(beside) {
                let (label, _) = self.labels.remove(at);
                reading.tree.elements[label].alt = words;
            } else if let Some(bounds) = drawn.arrow.reach() {
                let figure = reading.tree.child(element, Tag::Figure);
                reading.tree.elements[figure].alt = words;
                reading.tree.reach(figure, drawn.page, bounds);
                reading.owners[drawn.page][drawn.owner] = Owner::Element(figure);
            }
        }
        self.tell_ends(reading);
    }

    /// Has the boxes at which the flow ends say so, but for the last.
    fn tell_ends(&self, reading: &mut Reading) {
        let flow = || self.arrows.iter().filter(|drawn| drawn.arrow.kind == ArrowKind::Flow);
        let Some((_, others)) = self.stages.split_last().filter(|_| flow().next().is_some()) else { return };
        for stage in others.iter().filter(|stage| stage.span.is_some()) {
            let Some((owner, bounds)) = stage.outline else { continue };
            if flow().any(|drawn| drawn.arrow.from.span == stage.span) {
                continue;
            }
            let figure = reading.tree.child(stage.element, Tag::Figure);
            reading.tree.elements[figure].alt = END.to_owned();
            reading.tree.reach(figure, stage.page, bounds);
            reading.owners[stage.page][owner] = Owner::Element(figure);
        }
    }

    fn stage(&self, span: Option<Span>) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.span.is_some() && stage.span == span)
    }

    /// What an arrow says; `None` where it leads on to the stage that is read next, and nowhere else do arrows lead from
    /// there.
    fn words(&self, arrow: &Arrow) -> Option<String> {
        let at = |span: Option<Span>| self.stages.iter().position(|stage| stage.span.is_some() && stage.span == span);
        let (from, to) = (at(arrow.from.span)?, at(arrow.to.span));
        let goes = |other: &&Drawn<'_>| other.arrow.kind == ArrowKind::Flow && other.arrow.from.span == arrow.from.span;
        let alone = self.arrows.iter().filter(goes).all(|other| other.arrow.to.span == arrow.to.span);
        if arrow.label.is_none() && alone && to == Some(from + 1) {
            return None;
        }
        let lead = match (&arrow.label, arrow.returns) {
            (Some(label), false) => format!("{label}：到"),
            (Some(label), true) => format!("{label}：退回到"),
            (None, true) => "退回：到".to_owned(),
            (None, false) => "到".to_owned(),
        };
        let elsewhere = to.map(|to| self.stages[to].page).filter(|page| *page != self.stages[from].page);
        let page = elsewhere.map_or_else(String::new, |page| format!("（第{}页）", page + 1));
        Some(format!("{lead}{}{page}", arrow.to.name))
    }
}

/// Words without their spaces: a line's end may have taken some.
pub(super) fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
