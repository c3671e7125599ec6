//! Which stage each risk and each measure belongs to: by lines, by common heights, by nearness, in this order.

use std::collections::BTreeSet;

use super::columns::Sorted;
use super::flow::Stages;
use super::{Part, doubt};
use crate::diag::Code;
use crate::office::draft::Draft;
use crate::office::read::fields;
use crate::office::sketch::Shape;

/// How far the end of a line may be from its box, in pt.
const REACH: f64 = 18.0;
/// The share of a box's height beside which another must stand to be its row's.
const SHARE: f64 = 0.6;

/// Which stages a box belongs to.
#[derive(Clone, Copy, Debug)]
struct StageRange {
    first: usize,
    last: usize,
    /// What is doubtful.
    doubt: Option<Code>,
}

/// Puts risks and measures to their stages.
pub(super) fn pair(sorted: &Sorted, part: &Part, stages: &mut Stages, draft: &mut Draft) {
    if draft.stages.is_empty() {
        return;
    }
    let links = links(sorted, part);
    let by_height = |boxes: &[usize]| {
        let mut boxes = boxes.to_vec();
        boxes.sort_by(|a, b| part.shapes[*a].rect.y0.total_cmp(&part.shapes[*b].rect.y0));
        boxes
    };
    let mut risks: Vec<(usize, StageRange)> = Vec::new();
    for at in by_height(&sorted.risk) {
        let linked = linked(&links, at, &stages.shapes);
        let place = place(&part.shapes[at], &linked, stages);
        risks.push((at, place));
        put_risk(&part.shapes[at], place, sorted.levels, draft);
    }
    for at in by_height(&sorted.measure) {
        let place = measure_place(at, part, &links, &risks, stages);
        put_measure(&part.shapes[at], place, draft);
    }
    ask_levels(&risks, part, draft);
}

/// Pairs of boxes that a line joins.
fn links(sorted: &Sorted, part: &Part) -> BTreeSet<(usize, usize)> {
    let boxes: Vec<usize> = sorted.flow.iter().chain(&sorted.risk).chain(&sorted.measure).copied().collect();
    let at = |point: (f64, f64), glued: Option<&String>| {
        let by_id = glued.and_then(|id| boxes.iter().copied().find(|at| &part.shapes[*at].id == id));
        let near =
            boxes.iter().map(|at| (*at, part.shapes[*at].rect.distance(point))).filter(|(_, away)| *away <= REACH);
        by_id.or(near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at))
    };
    let mut links = BTreeSet::new();
    for line in &part.connectors {
        let ends = (at(line.from, line.glued.0.as_ref()), at(line.to, line.glued.1.as_ref()));
        if let (Some(from), Some(to)) = ends {
            links.extend([(from, to), (to, from)]);
        }
    }
    links
}

/// The stages that lines join a box to.
fn linked(links: &BTreeSet<(usize, usize)>, at: usize, shapes: &[usize]) -> Vec<usize> {
    (0..shapes.len()).filter(|stage| links.contains(&(shapes[*stage], at))).collect()
}

fn place(shape: &Shape, linked: &[usize], stages: &Stages) -> StageRange {
    if let (Some(first), Some(last)) = (linked.first(), linked.last()) {
        return StageRange { first: *first, last: *last, doubt: None };
    }
    let main = (0..stages.rects.len()).filter(|at| !stages.aside[*at]);
    let spans: Vec<(usize, f64, f64)> = main.map(|at| (at, stages.rects[at].y0, stages.rects[at].y1)).collect();
    by_height(shape, &spans)
}

/// The place of a box among rows, each with its top and bottom.
fn by_height(shape: &Shape, rows: &[(usize, f64, f64)]) -> StageRange {
    let middle = shape.rect.center().1;
    let common = |(_, top, bottom): &(usize, f64, f64)| (shape.rect.y1.min(*bottom) - shape.rect.y0.max(*top)).max(0.0);
    let share = |row: &(usize, f64, f64)| common(row) / (row.2 - row.1).max(1.0);
    let covered: Vec<&(usize, f64, f64)> = rows.iter().filter(|row| share(row) >= SHARE).collect();
    // A box that is full of text is higher than its stage, and its middle is beside it.
    let centred = rows.iter().find(|row| (row.1..=row.2).contains(&middle));
    match (centred, &covered[..]) {
        (Some(row), [_] | []) => StageRange { first: row.0, last: row.0, doubt: None },
        (Some(row), [first, .., last]) => {
            // Beside the middle one of several it is that one's, unless it reaches evenly from the first to the last.
            let even = ((shape.rect.y0 - first.1) - (last.2 - shape.rect.y1)).abs() < 4.0
                && covered.len() == 3
                && shape.rect.y0 >= first.1 - 4.0;
            if even {
                StageRange { first: first.0, last: last.0, doubt: Some(Code::ImportSpan) }
            } else {
                StageRange { first: row.0, last: row.0, doubt: None }
            }
        }
        (None, [first, .., last]) if first.0 != last.0 => {
            StageRange { first: first.0, last: last.0, doubt: Some(Code::ImportSpan) }
        }
        (None, [row, ..]) => StageRange { first: row.0, last: row.0, doubt: None },
        (None, []) => nearest(middle, rows),
    }
}

fn nearest(middle: f64, rows: &[(usize, f64, f64)]) -> StageRange {
    let away = |row: &(usize, f64, f64)| (f64::midpoint(row.1, row.2) - middle).abs();
    let mut sorted: Vec<&(usize, f64, f64)> = rows.iter().collect();
    sorted.sort_by(|a, b| away(a).total_cmp(&away(b)));
    let Some(best) = sorted.first() else { return StageRange { first: 0, last: 0, doubt: Some(Code::ImportUnplaced) } };
    let clear = sorted.get(1).is_none_or(|next| away(next) > away(best) * 2.0);
    StageRange { first: best.0, last: best.0, doubt: (!clear).then_some(Code::ImportUnplaced) }
}

/// A measure stands beside its risk more often than beside its stage.
fn measure_place(
    at: usize,
    part: &Part,
    links: &BTreeSet<(usize, usize)>,
    risks: &[(usize, StageRange)],
    stages: &Stages,
) -> StageRange {
    let joined: Vec<StageRange> =
        risks.iter().filter(|(risk, _)| links.contains(&(*risk, at))).map(|(_, place)| *place).collect();
    let direct = linked(links, at, &stages.shapes);
    let first = joined.iter().map(|place| place.first).chain(direct.first().copied()).min();
    let last = joined.iter().map(|place| place.last).chain(direct.last().copied()).max();
    let shape = &part.shapes[at];
    if let (Some(first), Some(last)) = (first, last) {
        return StageRange { first, last, doubt: None };
    }
    // Rows as high as all that stands in them; stages without a risk count by their own box.
    let mut rows: Vec<(usize, f64, f64)> = Vec::new();
    for stage in (0..stages.rects.len()).filter(|stage| !stages.aside[*stage]) {
        let own =
            risks.iter().filter(|(_, place)| place.first <= stage && stage <= place.last && place.first == place.last);
        let rects = own.map(|(risk, _)| part.shapes[*risk].rect);
        let row = rects.fold((stages.rects[stage].y0, stages.rects[stage].y1), |row, rect| {
            (row.0.min(rect.y0), row.1.max(rect.y1))
        });
        rows.push((stage, row.0, row.1));
    }
    by_height(shape, &rows)
}

fn through(place: StageRange, draft: &Draft) -> String {
    if place.last > place.first { draft.stages[place.last].key().to_owned() } else { String::new() }
}

fn doubts(shape: &Shape, place: StageRange, draft: &Draft) -> Vec<crate::diag::Diagnostic> {
    let named = |code: Code| doubt(code, shape).with("stage", draft.stages[place.last].key());
    place.doubt.map(named).into_iter().collect()
}

fn put_risk(shape: &Shape, place: StageRange, asked: bool, draft: &mut Draft) {
    for (mut risk, unclear) in fields::risks(&shape.paras) {
        if risk.is_empty() && unclear.is_none() {
            continue;
        }
        risk.through = through(place, draft);
        risk.doubts = doubts(shape, place, draft);
        if let Some(text) = unclear {
            risk.doubts.push(doubt(Code::ImportLevelUnclear, shape).with("text", text));
        } else if risk.level.is_empty() && asked {
            risk.doubts.push(doubt(Code::ImportLevel, shape));
        }
        draft.stages[place.first].risks.push(risk);
    }
}

fn put_measure(shape: &Shape, place: StageRange, draft: &mut Draft) {
    for mut measure in fields::measures(&shape.paras).into_iter().filter(|measure| !measure.is_empty()) {
        measure.through = through(place, draft);
        measure.doubts = doubts(shape, place, draft);
        draft.stages[place.first].measures.push(measure);
    }
}

/// Where some risks have a level, one without it is asked for.
fn ask_levels(risks: &[(usize, StageRange)], part: &Part, draft: &mut Draft) {
    let any = draft.stages.iter().flat_map(|stage| &stage.risks).any(|risk| !risk.level.is_empty());
    if !any {
        return;
    }
    for (at, place) in risks {
        let shape = &part.shapes[*at];
        let read = fields::risks(&shape.paras);
        let is_said = |items: &[String]| read.iter().any(|(risk, unclear)| risk.items == items && unclear.is_none());
        for risk in &mut draft.stages[place.first].risks {
            if risk.level.is_empty()
                && is_said(&risk.items)
                && !risk.doubts.iter().any(|doubt| doubt.code == Code::ImportLevel)
            {
                risk.doubts.push(doubt(Code::ImportLevel, shape));
            }
        }
    }
}
