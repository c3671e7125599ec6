//! The flow: which boxes are stages, their order, what stands beside the main line, where the arrows lead.

use super::columns::{LABEL_REACH, Sorted, distance};
use super::{Part, doubt};
use crate::diag::{Code, Words};
use crate::office::draft::{Draft, Link};
use crate::office::read::stage;
use crate::office::sketch::{Connector, Look, Rect, Shape, length};

/// How far the end of a line may be from its box, in pt.
const REACH: f64 = 18.0;
/// How far ends of lines that belong together may be apart, in pt.
const JOINT: f64 = 6.0;

/// The stages of a chart with their boxes.
#[derive(Debug, Default)]
pub(super) struct Stages {
    /// Of each stage of the draft, its box.
    pub(super) rects: Vec<Rect>,
    /// Of each stage, the index of its shape.
    pub(super) shapes: Vec<usize>,
    /// Whether the stage stands beside another.
    pub(super) aside: Vec<bool>,
}

/// An arrow between two boxes.
#[derive(Debug)]
struct Edge {
    from: usize,
    to: usize,
    path: Vec<(f64, f64)>,
    label: String,
}

/// Makes the stages of a draft.
pub(super) fn stages(sorted: &Sorted, part: &Part, draft: &mut Draft) -> Stages {
    let placed = placed(sorted, part);
    let stripped = strips(&placed, part);
    let mut stages = Stages::default();
    for (shape, _) in &placed {
        draft.stages.push(stage::read(&part.shapes[*shape].paras, stripped));
        stages.rects.push(part.shapes[*shape].rect);
        stages.shapes.push(*shape);
    }
    draft.name_stages();
    for (at, (_, host)) in placed.iter().enumerate() {
        stages.aside.push(host.is_some());
        if let Some(host) = host.and_then(|host| placed.iter().position(|(shape, _)| *shape == host)) {
            draft.stages[at].beside = draft.stages[host].key().to_owned();
        }
    }
    let mut edges = edges(&stages.shapes, part, draft);
    label(&mut edges, sorted, part, draft);
    links(&edges, &stages, draft);
    looks(&stages, part, draft, &edges);
    stages
}

/// The boxes of the flow in their order, each with the box beside which it stands.
fn placed(sorted: &Sorted, part: &Part) -> Vec<(usize, Option<usize>)> {
    let rect = |at: usize| &part.shapes[at].rect;
    // The main line is where most boxes stand above each other.
    let above = |x: f64| sorted.flow.iter().filter(|at| (rect(**at).x0..=rect(**at).x1).contains(&x)).count();
    let axis = sorted.flow.iter().map(|at| rect(*at).center().0).max_by_key(|x| above(*x)).unwrap_or(0.0);
    let on_axis = |at: &usize| (rect(*at).x0..=rect(*at).x1).contains(&axis);
    let mut by_height = sorted.flow.clone();
    by_height
        .sort_by(|a, b| rect(*a).center().1.total_cmp(&rect(*b).center().1).then(rect(*a).x0.total_cmp(&rect(*b).x0)));
    let mut main: Vec<usize> = Vec::new();
    let mut aside: Vec<(usize, usize)> = Vec::new();
    for at in by_height.iter().copied().filter(on_axis) {
        main.push(at);
    }
    for at in by_height.iter().copied().filter(|at| !on_axis(at)) {
        let overlap =
            |host: &usize| rect(*host).beside(rect(at)) / rect(*host).height().min(rect(at).height()).max(1.0);
        match main.iter().copied().max_by(|a, b| overlap(a).total_cmp(&overlap(b))).filter(|host| overlap(host) > 0.3) {
            Some(host) => aside.push((at, host)),
            None => {
                let after =
                    main.iter().position(|other| rect(*other).center().1 > rect(at).center().1).unwrap_or(main.len());
                main.insert(after, at);
            }
        }
    }
    let mut placed = Vec::new();
    for host in main {
        placed.push((host, None));
        placed.extend(aside.iter().filter(|(_, own)| *own == host).map(|(at, _)| (*at, Some(host))));
    }
    placed
}

/// Whether numbers typed before the names count the stages: they are dropped then.
fn strips(placed: &[(usize, Option<usize>)], part: &Part) -> bool {
    let counted = placed.iter().filter(|(at, _)| stage::counted(&part.shapes[*at].text()).is_some());
    counted.count() * 2 > placed.len()
}

/// The arrows between boxes of the flow. A line may be drawn in several pieces, and may end on another line.
fn edges(shapes: &[usize], part: &Part, draft: &mut Draft) -> Vec<Edge> {
    let lines: Vec<&Connector> = part.connectors.iter().collect();
    let others: Vec<&Shape> =
        (0..part.shapes.len()).filter(|at| !shapes.contains(at)).map(|at| &part.shapes[at]).collect();
    let at_box = |point: (f64, f64), glued: Option<&String>| {
        let by_id = glued.and_then(|id| shapes.iter().position(|at| &part.shapes[*at].id == id));
        let near = shapes.iter().enumerate().map(|(at, shape)| (at, part.shapes[*shape].rect.distance(point)));
        let near = near.filter(|(_, away)| *away <= REACH).min_by(|a, b| a.1.total_cmp(&b.1));
        by_id.or(near.map(|(at, _)| at))
    };
    let elsewhere =
        |point: (f64, f64)| others.iter().any(|shape| shape.bordered && shape.rect.distance(point) <= REACH);
    let mut edges: Vec<Edge> = Vec::new();
    let mut loose = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let ends = (at_box(line.from, line.glued.0.as_ref()), at_box(line.to, line.glued.1.as_ref()));
        match ends {
            (Some(from), Some(to)) if from != to => {
                edges.push(directed(from, to, vec![line.from, line.to], line.arrows))
            }
            (Some(_), Some(_)) => {}
            _ if elsewhere(line.from) || elsewhere(line.to) => {}
            ends => loose.push((index, ends)),
        }
    }
    let mut spent = vec![false; lines.len()];
    for start in 0..loose.len() {
        let (index, ends) = loose[start];
        let Some(own) = ends.0.or(ends.1).filter(|_| !spent[index]) else { continue };
        spent[index] = true;
        let begins = ends.0.is_some();
        let mut path =
            if begins { vec![lines[index].from, lines[index].to] } else { vec![lines[index].to, lines[index].from] };
        let mut arrows = if begins { lines[index].arrows } else { (lines[index].arrows.1, lines[index].arrows.0) };
        let mut end = None;
        while end.is_none() {
            let tip = path[path.len() - 1];
            let near = |point: (f64, f64)| length(point.0 - tip.0, point.1 - tip.1) <= JOINT;
            let next =
                loose.iter().find(|(other, _)| !spent[*other] && (near(lines[*other].from) || near(lines[*other].to)));
            let Some((other, ends)) = next else { break };
            spent[*other] = true;
            let forward = near(lines[*other].from);
            path.push(if forward { lines[*other].to } else { lines[*other].from });
            arrows.1 = if forward { lines[*other].arrows.1 } else { lines[*other].arrows.0 };
            end = if forward { ends.1 } else { ends.0 };
        }
        let tip = path[path.len() - 1];
        // A line that ends on another arrow goes where that one goes.
        let joined = edges
            .iter()
            .find(|edge| edge.path.windows(2).any(|piece| distance(tip, piece[0], piece[1]) <= JOINT))
            .map(|edge| edge.to);
        match end.or(joined).filter(|end| *end != own) {
            Some(end) => edges.push(directed(own, end, path, arrows)),
            None => {
                let which = Words { zh: "从这里通向哪里", en: "where it leads from here" };
                draft.stages[own]
                    .doubts
                    .push(doubt(Code::ImportArrow, &part.shapes[shapes[own]]).with_words("which", which));
            }
        }
    }
    edges
}

/// An arrow in its direction; a line without heads leads down, or to the right.
fn directed(from: usize, to: usize, path: Vec<(f64, f64)>, arrows: (bool, bool)) -> Edge {
    let (first, last) = (path[0], path[path.len() - 1]);
    let upwards = last.1 < first.1 - 1.0 || ((last.1 - first.1).abs() <= 1.0 && last.0 < first.0);
    let backwards = match arrows {
        (true, false) => true,
        (false, true) => false,
        _ => upwards,
    };
    let label = String::new();
    if backwards {
        let path = path.into_iter().rev().collect();
        return Edge { from: to, to: from, path, label };
    }
    Edge { from, to, path, label }
}

/// Puts words beside lines to the nearest line.
fn label(edges: &mut [Edge], sorted: &Sorted, part: &Part, draft: &mut Draft) {
    for at in &sorted.labels {
        let shape = &part.shapes[*at];
        // From the corners, sides and middle of the words: lines that slant pass their own frames at a distance.
        let (xs, ys) = (
            [shape.rect.x0, shape.rect.center().0, shape.rect.x1],
            [shape.rect.y0, shape.rect.center().1, shape.rect.y1],
        );
        let away = |edge: &Edge| {
            let points = xs.iter().flat_map(|x| ys.iter().map(|y| (*x, *y)));
            let from = |point| edge.path.windows(2).map(move |piece| distance(point, piece[0], piece[1]));
            let nearest = points.flat_map(from).fold(f64::INFINITY, f64::min);
            let middle = from(shape.rect.center()).fold(f64::INFINITY, f64::min);
            nearest + middle / 1000.0
        };
        let nearest =
            edges.iter().enumerate().filter(|(_, edge)| edge.label.is_empty()).map(|(index, edge)| (index, away(edge)));
        match nearest.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, away)| *away < LABEL_REACH) {
            Some((index, _)) => edges[index].label = shape.text(),
            None => draft.doubts.push(doubt(Code::ImportLeftover, shape).with("text", shape.text())),
        }
    }
}

/// Writes `next` where the arrows say more than the order does.
fn links(edges: &[Edge], stages: &Stages, draft: &mut Draft) {
    let keys: Vec<String> = draft.stages.iter().map(|stage| stage.key().to_owned()).collect();
    let count = draft.stages.len();
    let following = |at: usize| (at + 1..count).find(|next| !stages.aside[*next]);
    for at in 0..count {
        let own: Vec<&Edge> = edges.iter().filter(|edge| edge.from == at).collect();
        let mut next: Vec<Link> = Vec::new();
        for edge in &own {
            let link = Link { to: keys[edge.to].clone(), label: edge.label.clone() };
            if !next.iter().any(|known| known.to == link.to) {
                next.push(link);
            }
        }
        // The main line comes first, then what stands beside it.
        next.sort_by_key(|link| {
            keys.iter().position(|key| *key == link.to).is_some_and(|to| stages.aside[to] || to < at)
        });
        let hosts = (at + 1 < count) && stages.aside[at + 1] && !stages.aside[at];
        let usual = match following(at).filter(|_| !stages.aside[at]) {
            Some(to) => matches!(&next[..], [link] if link.to == keys[to] && link.label.is_empty()),
            None => next.is_empty(),
        };
        let unread = own.is_empty() && !(hosts && edges.iter().any(|edge| edge.to == at + 1));
        if !unread && (!usual || hosts) && !next.is_empty() {
            draft.stages[at].next = Some(next);
        }
    }
}

/// 形状: diamonds are decisions; round ends are the beginning, or an end where nothing goes on.
fn looks(stages: &Stages, part: &Part, draft: &mut Draft, edges: &[Edge]) {
    let look = |at: usize| part.shapes[stages.shapes[at]].look;
    let all_round = (0..stages.shapes.len()).all(|at| look(at) == Look::Terminal);
    let last = (0..stages.shapes.len()).rev().find(|at| !stages.aside[*at]);
    for at in 0..stages.shapes.len() {
        let ends = Some(at) == last || (stages.aside[at] && !edges.iter().any(|edge| edge.from == at));
        draft.stages[at].shape = match look(at) {
            Look::Decision => "decision",
            Look::Terminal if all_round => "",
            Look::Terminal if at == 0 => "start",
            Look::Terminal if ends => "end",
            _ => "",
        };
    }
}
