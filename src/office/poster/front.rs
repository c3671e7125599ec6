//! What stands around the boxes of a chart.

use super::Part;
use crate::diag::{Code, Diagnostic};
use crate::office::read::front::{Front, is_bracketed, phones};
use crate::office::read::heads::column;
use crate::office::read::joined;
use crate::office::read::title::{is_title, is_unit};

/// Reads what stands around the boxes of a chart, and which boxes say it.
pub(super) fn read(part: &Part) -> (Front, Vec<usize>) {
    let mut front = Front {
        title: part.title.title.clone(),
        power: part.title.power.clone(),
        unit: part.title.unit.clone(),
        ..Front::default()
    };
    let (mut left, mut used) = (Vec::new(), Vec::new());
    for (_, text) in &part.lines {
        left.extend(text.split('\n').map(str::to_owned));
    }
    for (_, table) in part.tables.iter().filter(|(_, table)| is_small(table)) {
        for row in 0..table.height {
            left.push(table.row(row).iter().map(|(_, text)| text.replace('\n', " ")).collect::<Vec<_>>().join("　"));
        }
    }
    for line in &left {
        front.line(line, false);
    }
    // Boxes at the top or bottom that hold a title, a unit or telephones.
    let heads: Vec<f64> =
        part.shapes.iter().filter(|shape| column(&shape.text()).is_some()).map(|shape| shape.rect.y0).collect();
    let top = heads.iter().copied().fold(f64::INFINITY, f64::min);
    for (at, shape) in part.shapes.iter().enumerate() {
        let text = joined(&shape.paras);
        let above = shape.rect.y1 <= top + 1.0;
        let is_front = is_title(&shape.text()) && column(&shape.text()).is_none() && shape.paras.len() <= 4;
        let phones = text.split('\n').all(|line| !phones(line).is_empty()) && !text.is_empty();
        let unit = above
            && top.is_finite()
            && text.split('\n').all(|line| is_unit(line) || is_title(line) || is_bracketed(line));
        if is_front || phones || unit {
            used.push(at);
            let whole = if is_title(&shape.text()) && !text.split('\n').any(is_title) { shape.text() } else { text };
            whole.split('\n').for_each(|line| front.line(line, true));
        }
    }
    if front.power.is_empty() {
        stand_in(&mut front, part);
    }
    (front, used)
}

/// A table of a few cells beside a chart: telephones and the like.
fn is_small(table: &crate::office::grid::Grid) -> bool {
    table.cells.len() <= 16 && table.height <= 4
}

/// Names the power after the title, and asks.
fn stand_in(front: &mut Front, part: &Part) {
    let text = if front.title.is_empty() { "职权名称".to_owned() } else { front.title.clone() };
    let (zh, en) = (format!("第{}页", part.page), format!("page {}", part.page));
    front.doubts.push(Diagnostic::new(Code::ImportNoPower, None).with_both("place", zh, en).with("text", &text));
    front.power = text;
}
