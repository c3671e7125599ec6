//! Pages of boxes → charts: which boxes make one chart, what each of them is, which stage it belongs to.

mod apart;
mod columns;
mod flow;
mod front;
mod rows;

use super::draft::Draft;
use super::read::front::Front;
use super::read::heads::Column;
use super::read::{squeezed, title};
use super::sketch::{Connector, Page, Shape, TextLine};
use crate::diag::{Code, Diagnostic};

/// A chart's share of the pages. Pages are set below each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) title: title::Title,
    /// Lines of text outside of boxes, with their height on the page.
    pub(super) lines: Vec<(f64, String)>,
    pub(super) shapes: Vec<Shape>,
    pub(super) connectors: Vec<Connector>,
    pub(super) tables: Vec<(f64, super::grid::Grid)>,
    /// The page it begins on, from 1.
    pub(super) page: usize,
}

/// A place in a document of Word: the page, and the beginning of a box's text.
pub(super) fn place(page: usize, text: &str) -> (String, String) {
    const SHOWN: usize = 16;
    let text = squeezed(text);
    let cut = if text.chars().count() > SHOWN { text.chars().take(SHOWN).collect::<String>() + "…" } else { text };
    (format!("第{page}页“{cut}”"), format!("page {page}, “{cut}”"))
}

/// A doubt about a box.
pub(super) fn doubt(code: Code, shape: &Shape) -> Diagnostic {
    let (zh, en) = place(shape.page, &shape.text());
    Diagnostic::new(code, None).with_both("place", zh, en)
}

/// How far above its title the agency's line may be, in pt.
const UNIT_REACH: f64 = 60.0;

/// A title found on a page.
struct Found {
    y: f64,
    title: title::Title,
}

/// Takes the pages apart into charts: a title begins one, a page without a title goes on with the one before.
pub(super) fn parts(pages: &[Page]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut top = 0.0;
    for (at, page) in pages.iter().enumerate() {
        let found = titles(page);
        let starts: Vec<&Found> = found.iter().filter(|found| begins(found, parts.last())).collect();
        let first = parts.len();
        for found in &starts {
            parts.push(Part { title: found.title.clone(), page: at + 1, ..Part::default() });
        }
        if parts.is_empty() {
            parts.push(Part { page: at + 1, ..Part::default() });
        }
        // What stands above the first title of a page is that title's: the unit, a table of phones that floats.
        let owner = |y: f64| match starts.iter().rposition(|found| found.y <= y + 1.0) {
            Some(index) => first + index,
            None if starts.is_empty() => parts.len() - 1,
            None => first,
        };
        let owners: Vec<usize> = page.shapes.iter().map(|shape| owner(shape.rect.y0)).collect();
        let lines: Vec<usize> = page.connectors.iter().map(|line| owner(line.from.1.min(line.to.1))).collect();
        // Between two charts of one page the agency's line is that of the title below it.
        let below = |line: &TextLine| {
            let near = |found: &&Found| found.y > line.y && found.y < line.y + UNIT_REACH;
            title::is_unit(&line.text).then(|| starts.iter().position(near)).flatten()
        };
        let of_line = |line: &TextLine| below(line).map_or_else(|| owner(line.y), |index| first + index);
        let texts: Vec<usize> = page.lines.iter().map(of_line).collect();
        let tables: Vec<usize> = page.tables.iter().map(|(y, _)| owner(*y)).collect();
        let last = parts.len() - 1;
        for (shape, owner) in page.shapes.iter().zip(owners) {
            parts[owner].shapes.push(Shape { rect: shape.rect.down(top), page: at + 1, ..shape.clone() });
        }
        for (line, owner) in page.connectors.iter().zip(lines) {
            let down = |(x, y): (f64, f64)| (x, y + top);
            let moved = Connector { from: down(line.from), to: down(line.to), page: at + 1, ..line.clone() };
            parts[owner].connectors.push(moved);
        }
        for (line, owner) in page.lines.iter().zip(texts) {
            parts[owner].lines.push((line.y + top, line.text.clone()));
        }
        for ((y, table), owner) in page.tables.iter().zip(tables) {
            parts[owner].tables.push((y + top, table.clone()));
        }
        let margins = page.margins.iter().map(|text| (top, text.clone()));
        let of_page = if starts.is_empty() { last..last + 1 } else { first..last + 1 };
        for part in &mut parts[of_page] {
            part.lines.extend(margins.clone());
        }
        top += page.height.max(1.0) + 1000.0;
    }
    parts
}

/// Whether a title begins a chart: not one that says it goes on, nor the same again on the next page.
fn begins(found: &Found, last: Option<&Part>) -> bool {
    let same = last.is_some_and(|last| !found.title.power.is_empty() && last.title.power == found.title.power);
    !same && (!found.title.goes_on || last.is_none())
}

/// The titles of a page from top to bottom, in running text, boxes or tables.
fn titles(page: &Page) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |y: f64, text: &str| {
        for line in text.split('\n').filter(|line| title::is_title(line)) {
            found.push(Found { y, title: title::read(line) });
        }
    };
    page.lines.iter().for_each(|line| add(line.y, &line.text));
    for shape in &page.shapes {
        let head = super::read::heads::column(&shape.text());
        if head.is_none() && shape.paras.len() <= 4 {
            let whole = shape.text();
            if title::is_title(&whole) {
                add(shape.rect.y0, &whole)
            } else {
                add(shape.rect.y0, &super::read::joined(&shape.paras))
            }
        }
    }
    for (y, table) in &page.tables {
        for row in 0..table.height.min(4) {
            let cells = table.row(row);
            if let [(_, text)] = cells.as_slice() {
                add(*y, text);
            }
        }
    }
    found.sort_by(|a, b| a.y.total_cmp(&b.y));
    // Two lines of one title, 县民政局 / 廉政风险防控图, are one.
    found.dedup_by(|next, first| {
        (next.y - first.y).abs() < 60.0
            && (next.title.power.is_empty() || first.title.power.is_empty() || next.title.power == first.title.power)
            && {
                if first.title.power.is_empty() {
                    first.title.power.clone_from(&next.title.power);
                }
                true
            }
    });
    found
}

/// The power that a line above a table names, where one stands between it and what is before: 一、食品经营许可, or
/// 职权名称：食品经营许可. The nearest counts; 实施依据：… may stand below it.
pub(super) fn heading(part: &Part, table: usize) -> Option<String> {
    let y = part.tables.get(table)?.0;
    let before = table.checked_sub(1).map_or(f64::NEG_INFINITY, |before| part.tables[before].0);
    let mut above: Vec<&(f64, String)> = part.lines.iter().filter(|(own, _)| *own > before && *own < y).collect();
    above.sort_by(|a, b| b.0.total_cmp(&a.0));
    let is_labelled = |text: &str| text.trim().is_empty() || (text.contains('：') && named(text).is_none());
    above.iter().find(|(_, text)| !is_labelled(text)).and_then(|(_, text)| named(text))
}

/// The power that a line names.
fn named(line: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let mut front = Front::default();
    front.line(line, false);
    let text = squeezed(line);
    if !front.power.is_empty() && !title::is_title(&text) {
        return Some(front.power);
    }
    let (_, rest) = super::read::items::mark(&text)?;
    let is_name = !rest.is_empty() && !title::is_title(rest) && !rest.contains(['。', '：', '；', '，']);
    (is_name && rest.chars().count() <= LONGEST).then(|| rest.to_owned())
}

/// Tables that go on with the one above them become one: those of as many columns behind which nothing but the page
/// ended, without a head of their own or with the same once more.
pub(super) fn joined_tables(part: &mut Part) {
    let mut joined: Vec<(f64, super::grid::Grid)> = Vec::new();
    for (y, table) in std::mem::take(&mut part.tables) {
        let goes_on = joined.last().is_some_and(|(before, above)| {
            let between = |line: &&(f64, String)| line.0 > *before && line.0 < y && !line.1.trim().is_empty();
            let of_text = part.lines.iter().filter(between).any(|(_, text)| !title::read(text).goes_on);
            let head = |grid: &super::grid::Grid, row| {
                grid.row(row).into_iter().map(|(_, text)| squeezed(&text)).collect::<Vec<_>>()
            };
            let same = (0..above.height.min(4)).any(|row| head(above, row) == head(&table, 0));
            let is_register = |grid| super::register::is_register(grid);
            !of_text && above.width == table.width && is_register(above) && (same || !is_register(&table))
        });
        match joined.last_mut().filter(|_| goes_on) {
            Some((_, above)) => above.append(&table),
            None => joined.push((y, table)),
        }
    }
    part.tables = joined;
}

/// What stands around a part's chart.
pub(super) fn front(part: &Part) -> Front {
    front::read(part).0
}

/// Names the power after the title, and asks.
fn stand_in(draft: &mut Draft, part: &Part) {
    let text = if draft.title.is_empty() { "职权名称".to_owned() } else { draft.title.clone() };
    let (zh, en) = (format!("第{}页", part.page), format!("page {}", part.page));
    draft.doubts.push(Diagnostic::new(Code::ImportNoPower, None).with_both("place", zh, en).with("text", &text));
    draft.power = text;
}

/// Reads the chart that a part's boxes draw; `None` where they draw none.
pub(super) fn draft(part: &Part) -> Option<Draft> {
    let part = &apart::labelled(part);
    let (front, used) = front::read(part);
    let sorted = columns::sort(part, &used)?;
    let mut draft = Draft {
        unit: front.unit,
        title: front.title,
        power: front.power,
        date: front.date,
        phones: front.phones,
        notes: front.notes,
        ..Draft::default()
    };
    if draft.power.is_empty() {
        stand_in(&mut draft, part);
    }
    if sorted.order != [Column::Flow, Column::Risk, Column::Measure] && !sorted.order.is_empty() {
        draft.order = sorted.order.iter().map(|column| column.name()).collect();
    }
    draft.heads = sorted.heads.clone();
    let mut stages = flow::stages(&sorted, part, &mut draft);
    rows::pair(&sorted, part, &mut stages, &mut draft);
    apart::join(&mut draft);
    (!draft.stages.is_empty()).then_some(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_above_a_table_is_its_power() {
        let of = |lines: &[&str]| {
            let lines = lines.iter().enumerate().map(|(at, line)| (at as f64, (*line).to_owned())).collect();
            let tables = vec![(100.0, super::super::grid::Grid::default())];
            heading(&Part { lines, tables, ..Part::default() }, 0)
        };
        assert_eq!(of(&["某局风险防控手册", "一、取水许可", "实施依据：《水法》"]).as_deref(), Some("取水许可"));
        assert_eq!(of(&["职权名称：取水许可", "责任科室：水政股"]).as_deref(), Some("取水许可"));
        assert_eq!(of(&["一、总则", "本手册按年度调整。"]), None);
        assert_eq!(of(&["取水许可廉政风险防控表", "单位：某局"]), None);
    }
}
