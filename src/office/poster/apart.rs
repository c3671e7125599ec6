//! What is drawn apart from the box that it belongs to: a level in a small box of its own, names below their measure or
//! in a fourth column.

use super::Part;
use crate::diag::Code;
use crate::office::draft::{Draft, Measure, Risk, Stage};
use crate::office::read::fields::{Field, holds};
use crate::office::read::heads::{Role, column, role};
use crate::office::read::joined;
use crate::office::sketch::Shape;

/// How far heads of one row may be apart in height, in pt.
const ROW: f64 = 40.0;

/// The part with its further columns said in their boxes: below a head 责任人 a box of names begins with 责任人：.
pub(super) fn labelled(part: &Part) -> Part {
    let mut part = part.clone();
    let heads = part.shapes.iter().filter(|shape| column(&shape.text()).is_some());
    let top = heads.map(|shape| shape.rect.y0).fold(f64::INFINITY, f64::min);
    let field = |shape: &Shape| {
        let known = match role(&shape.text()).filter(|_| column(&shape.text()).is_none())? {
            Role::Responsible => (Field::Responsible, "责任人"),
            Role::Supervisor => (Field::Supervisor, "监督人"),
            Role::Level => (Field::Level, "风险等级"),
            _ => return None,
        };
        ((shape.rect.y0 - top).abs() < ROW).then_some(known)
    };
    let extra: Vec<_> = part.shapes.iter().filter_map(|shape| Some((field(shape)?, shape.rect))).collect();
    if extra.is_empty() {
        return part;
    }
    part.shapes.retain(|shape| field(shape).is_none());
    for shape in &mut part.shapes {
        let below = |rect: &crate::office::sketch::Rect| {
            (rect.x0..=rect.x1).contains(&shape.rect.center().0) && shape.rect.y0 >= rect.y1 - 1.0
        };
        let own = extra.iter().find(|(_, rect)| below(rect)).map(|(field, _)| *field);
        let Some((field, label)) = own.filter(|(field, _)| !holds(&joined(&shape.paras), *field)) else { continue };
        let first = shape.paras.iter_mut().find(|para| !para.text.trim().is_empty());
        if let Some(para) = first.filter(|_| field != Field::Level || shape.look == crate::office::sketch::Look::Step) {
            para.text = format!("{label}：{}", para.text);
        }
    }
    part
}

/// Gives levels and names that stand in boxes of their own to the boxes of their stage that lack them.
pub(super) fn join(draft: &mut Draft) {
    for stage in &mut draft.stages {
        levels(stage);
        people(stage);
    }
}

fn levels(stage: &mut Stage) {
    let is_bare = |risk: &Risk| !risk.level.is_empty() && risk.items.is_empty() && risk.name.is_empty();
    let lacks = |risk: &Risk| risk.level.is_empty();
    hand_over(&mut stage.risks, is_bare, lacks, |risk, bare| {
        risk.level = bare.level;
        risk.doubts.retain(|doubt| doubt.code != Code::ImportLevel);
    });
}

fn people(stage: &mut Stage) {
    let is_bare = |own: &Measure| own.items.is_empty() && own.name.is_empty() && own.basis.is_empty();
    let lacks = |own: &Measure| !is_bare(own) && own.responsible.is_empty() && own.supervisor.is_empty();
    hand_over(&mut stage.measures, is_bare, lacks, |own, bare| {
        own.responsible = bare.responsible;
        own.supervisor = bare.supervisor;
        if own.deadline.is_empty() {
            own.deadline = bare.deadline;
        }
    });
}

/// Gives what bare boxes hold to those that lack it, in their order, where there are as many of either.
fn hand_over<T: Clone>(
    boxes: &mut Vec<T>,
    is_bare: impl Fn(&T) -> bool,
    lacks: impl Fn(&T) -> bool,
    give: impl Fn(&mut T, T),
) {
    let bare: Vec<T> = boxes.iter().filter(|one| is_bare(one)).cloned().collect();
    if bare.is_empty() || boxes.iter().filter(|one| lacks(one)).count() != bare.len() {
        return;
    }
    boxes.retain(|one| !is_bare(one));
    for (one, bare) in boxes.iter_mut().filter(|one| lacks(one)).zip(bare) {
        give(one, bare);
    }
}
