//! What stands around the boxes of a chart.

use super::Part;
use crate::office::read::fields::{Field, holds};
use crate::office::read::front::{Front, is_bracketed, phones};
use crate::office::read::heads::column;
use crate::office::read::joined;
use crate::office::read::title::{is_title, is_unit};
use crate::office::register;
use crate::office::sketch::Shape;

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
    for line in &left {
        front.line(line, false);
    }
    for (_, table) in part.tables.iter().filter(|(_, table)| is_small(table)) {
        for row in 0..table.height {
            let cells = table.row(row);
            front.row(&cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
        }
    }
    // Boxes at the top or bottom that hold a title, a unit or telephones.
    let heads: Vec<f64> =
        part.shapes.iter().filter(|shape| column(&shape.text()).is_some()).map(|shape| shape.rect.y0).collect();
    let top = heads.iter().copied().fold(f64::INFINITY, f64::min);
    let bottom = part.shapes.iter().filter(|shape| is_box(shape)).map(|shape| shape.rect.y1).fold(0.0, f64::max);
    for (at, shape) in part.shapes.iter().enumerate() {
        let text = joined(&shape.paras);
        let above = shape.rect.y1 <= top + 1.0;
        let is_front = is_title(&shape.text()) && column(&shape.text()).is_none() && shape.paras.len() <= 4;
        let phones = text.split('\n').all(|line| !phones(line).is_empty()) && !text.is_empty();
        let unit = above
            && top.is_finite()
            && text.split('\n').all(|line| is_unit(line) || is_title(line) || is_bracketed(line));
        let around = (above || shape.rect.y0 >= bottom) && says_around(shape);
        if is_front || phones || unit || around {
            used.push(at);
            let whole = if is_title(&shape.text()) && !text.split('\n').any(is_title) { shape.text() } else { text };
            whole.split('\n').for_each(|line| front.line(line, true));
        }
    }
    (front, used)
}

/// Whether a box is one of risks or measures without doubt.
fn is_box(shape: &Shape) -> bool {
    let text = joined(&shape.paras);
    [Field::Level, Field::Responsible].into_iter().any(|field| holds(&text, field))
}

/// Whether all lines of a box are ones that stand around a chart: a note, a date, an address.
fn says_around(shape: &Shape) -> bool {
    let text = joined(&shape.paras);
    !text.is_empty() && text.split('\n').all(Front::knows)
}

/// A table of a few cells beside a chart: telephones and the like.
fn is_small(table: &crate::office::grid::Grid) -> bool {
    table.cells.len() <= 16 && table.height <= 4 && !register::is_register(table)
}
