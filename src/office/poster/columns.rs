//! Which column each box stands in: by the heads where there are any, else by what the boxes say.

use std::collections::BTreeMap;

use super::Part;
use crate::model::STANDARD_HEADS;
use crate::office::read::fields::{Field, holds, risks};
use crate::office::read::heads::{Column, column};
use crate::office::read::{is_arrows, joined, level, squeezed};
use crate::office::sketch::{Connector, Look, Rect, Shape, length};

/// Boxes by column, as indices of the part's shapes.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) flow: Vec<usize>,
    pub(super) risk: Vec<usize>,
    pub(super) measure: Vec<usize>,
    /// Words beside lines.
    pub(super) labels: Vec<usize>,
    /// The columns from left to right; empty where they are not known.
    pub(super) order: Vec<Column>,
    /// 表头, where they are not the usual ones.
    pub(super) heads: Vec<String>,
    /// Whether a head speaks of levels.
    pub(super) levels: bool,
}

/// How far a label may be from its line, in pt.
pub(super) const LABEL_REACH: f64 = 40.0;

/// Sorts the boxes; `None` where nothing tells that they make a chart.
pub(super) fn sort(part: &Part, used: &[usize]) -> Option<Sorted> {
    let shapes = &part.shapes;
    let free: Vec<usize> = (0..shapes.len()).filter(|at| !used.contains(at) && is_content(&shapes[*at])).collect();
    let mut heads: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    for at in &free {
        if let Some(found) = column(&shapes[*at].text()).filter(|_| shapes[*at].look == Look::Step) {
            heads.entry(found).or_default().push(*at);
        }
    }
    drop_stages(&mut heads, shapes);
    let boxes: Vec<usize> =
        free.iter().copied().filter(|at| !heads.values().flatten().any(|head| head == at)).collect();
    let mut sorted = Sorted::default();
    let ranges = ranges(shapes, &boxes, &heads);
    if ranges.len() < 2 {
        return None;
    }
    for at in boxes {
        let own = &shapes[at];
        let best = ranges.iter().max_by(|a, b| nearness(&own.rect, a.1).total_cmp(&nearness(&own.rect, b.1)));
        match best.map(|(column, _)| *column) {
            Some(Column::Risk) => sorted.risk.push(at),
            Some(Column::Measure) => sorted.measure.push(at),
            _ => sorted.flow.push(at),
        }
    }
    let bordered = sorted.flow.iter().filter(|at| shapes[**at].bordered).count();
    let (labels, flow) =
        sorted.flow.iter().partition(|at| is_label(&shapes[**at], &part.connectors, bordered * 2 >= sorted.flow.len()));
    (sorted.labels, sorted.flow) = (labels, flow);
    let mut order: Vec<(Column, f64)> = ranges.iter().map(|(column, rect)| (*column, rect.center().0)).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    if order.len() == 3 {
        sorted.order = order.into_iter().map(|(column, _)| column).collect();
    }
    (sorted.heads, sorted.levels) = head_words(shapes, &heads);
    let any = !sorted.flow.is_empty() && (!sorted.risk.is_empty() || !sorted.measure.is_empty());
    any.then_some(sorted)
}

/// A stage may be called 办理流程 as a head is: heads stand on the top of their page, in one row.
fn drop_stages(heads: &mut BTreeMap<Column, Vec<usize>>, shapes: &[Shape]) {
    let mut rows: BTreeMap<usize, f64> = BTreeMap::new();
    for at in heads.values().flatten() {
        let top = rows.entry(shapes[*at].page).or_insert(f64::INFINITY);
        *top = top.min(shapes[*at].rect.y0);
    }
    for found in heads.values_mut() {
        found.retain(|at| rows.get(&shapes[*at].page).is_some_and(|top| shapes[*at].rect.y0 <= top + 40.0));
    }
    heads.retain(|_, found| !found.is_empty());
}

fn is_content(shape: &Shape) -> bool {
    let text = shape.text();
    !is_arrows(&text) && !is_legend(&text) && shape.look != Look::Arrow && !is_going_on(&text)
}

/// Whether a text explains the levels: 图例：…, or ■高 ■中 ■低, none of which is ticked.
fn is_legend(text: &str) -> bool {
    let all = ["高风险", "中风险", "低风险"].iter().all(|level| text.contains(level));
    let signs: Vec<char> = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
    let is_even = signs.windows(2).all(|pair| pair[0] == pair[1]) && !text.contains(['√', '✓', '✔', '☑']);
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let any = words.clone().count() > 1 && !signs.is_empty();
    text.starts_with("图例") || all || (any && is_even && words.all(|word| level::word(word).is_some()))
}

fn is_going_on(text: &str) -> bool {
    matches!(
        text,
        "续" | "（续）" | "(续)" | "续表" | "（续表）" | "转下页" | "（转下页）" | "接上页" | "（接上页）" | "续下页"
    )
}

/// Where each column is: below its head, or where the boxes are that say what they are.
fn ranges(shapes: &[Shape], boxes: &[usize], heads: &BTreeMap<Column, Vec<usize>>) -> BTreeMap<Column, Rect> {
    let mut ranges = BTreeMap::new();
    for (column, found) in heads {
        ranges.insert(*column, union(found.iter().map(|at| shapes[*at].rect)));
    }
    if ranges.len() == 3 {
        return ranges;
    }
    let said = |at: &&usize, field| holds(&joined(&shapes[**at].paras), field);
    let missing = |ranges: &BTreeMap<Column, Rect>, column| !ranges.contains_key(&column);
    if missing(&ranges, Column::Measure) {
        let found = boxes.iter().filter(|at| said(at, Field::Responsible)).map(|at| shapes[*at].rect);
        insert(&mut ranges, Column::Measure, found);
    }
    if missing(&ranges, Column::Risk) {
        let any_level = |shape: &Shape| risks(&shape.paras).iter().any(|(risk, _)| !risk.level.is_empty());
        let levelled = |at: &&usize| said(at, Field::Level) || any_level(&shapes[**at]);
        let found = boxes.iter().filter(levelled).map(|at| shapes[*at].rect);
        insert(&mut ranges, Column::Risk, found);
    }
    if missing(&ranges, Column::Flow) && ranges.len() == 2 {
        let apart = |rect: &Rect| ranges.values().all(|range| range.above(rect) < rect.width() / 2.0);
        let found: Vec<Rect> = boxes.iter().map(|at| shapes[*at].rect).filter(apart).collect();
        insert(&mut ranges, Column::Flow, found.into_iter());
    }
    ranges
}

fn insert(ranges: &mut BTreeMap<Column, Rect>, column: Column, rects: impl Iterator<Item = Rect>) {
    let rects: Vec<Rect> = rects.collect();
    if !rects.is_empty() {
        ranges.insert(column, union(rects.into_iter()));
    }
}

fn union(rects: impl Iterator<Item = Rect>) -> Rect {
    let start = Rect { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };
    rects.fold(start, |all, rect| Rect {
        x0: all.x0.min(rect.x0),
        y0: all.y0.min(rect.y0),
        x1: all.x1.max(rect.x1),
        y1: all.y1.max(rect.y1),
    })
}

/// How near a box is to a column: the share of its width that the column holds, less how far it is away.
fn nearness(own: &Rect, range: &Rect) -> f64 {
    let share = own.above(range) / own.width().min(range.width()).max(1.0);
    let away = (range.x0 - own.x1).max(own.x0 - range.x1).max(0.0);
    share - away / 1000.0 - (own.center().0 - range.center().0).abs() / 10_000.0
}

/// Whether a box is words beside a line: small, without a border, near a line.
fn is_label(shape: &Shape, lines: &[Connector], others_bordered: bool) -> bool {
    const ANSWERS: &[&str] = &[
        "是",
        "否",
        "通过",
        "不通过",
        "合格",
        "不合格",
        "同意",
        "不同意",
        "符合",
        "不符合",
        "齐全",
        "不齐全",
        "Y",
        "N",
    ];
    let text = shape.text();
    let near = lines
        .iter()
        .any(|line| distance(shape.rect.center(), line.from, line.to) < LABEL_REACH + shape.rect.width() / 2.0);
    let is_small = text.chars().count() <= 14 && shape.look == Look::Step;
    let plain = !shape.bordered && others_bordered;
    near && is_small && (plain || ANSWERS.contains(&text.as_str()))
}

/// How far a point is from a line between two points.
pub(super) fn distance((x, y): (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { (((x - from.0) * dx + (y - from.1) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    length(x - from.0 - along * dx, y - from.1 - along * dy)
}

/// The heads where they are not the usual ones, and whether one speaks of levels.
fn head_words(shapes: &[Shape], heads: &BTreeMap<Column, Vec<usize>>) -> (Vec<String>, bool) {
    let words = |column| {
        let first = heads.get(&column)?.first()?;
        Some(joined(&shapes[*first].paras).split('\n').map(squeezed).collect::<Vec<_>>().join("\n"))
    };
    let found = [words(Column::Flow), words(Column::Risk), words(Column::Measure)];
    let levels = found[1].as_ref().is_some_and(|head| head.contains('级'));
    let [Some(flow), Some(risk), Some(measure)] = found else { return (Vec::new(), levels) };
    let heads = vec![flow, risk, measure];
    let usual = heads.iter().zip(STANDARD_HEADS).all(|(own, usual)| squeezed(own) == squeezed(usual));
    (if usual { Vec::new() } else { heads }, levels)
}
