//! Fields dealt to lines: phones, numbers, dates; one that is wider than a line stands on lines of its own.

use std::ops::Range;

use crate::geom::Point;
use crate::layout::metrics::FIELD_LINE;
use crate::layout::words::frame::Field;
use crate::unit::{Em, Length};

/// A field as it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SetField {
    /// The width that its words are composed to; no limit where they stand on one line.
    pub(crate) measure: Em,
    /// How far its value stands in where it hangs beside the label; its measure is less by so much.
    pub(crate) indent: Option<Em>,
    /// The width that it takes, a ruled blank included: the whole line's where it takes several.
    width: Length,
    /// The height of its lines.
    height: Length,
    /// The ruled blank: how far from the field's corner its line begins, and its length.
    pub(crate) blank: Option<(Point, Length)>,
}

/// A field in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldPlace {
    /// Its left upper corner.
    pub(crate) corner: Point,
    /// How it is set.
    pub(crate) set: SetField,
}

impl SetField {
    /// A field on lines of a width, its ruled blank, where it has one, of the length `blank`.
    pub(super) fn new(field: &Field, blank: Em, width: Length, body: Length) -> Self {
        let (natural, blank) = (field.width(Em::ZERO), field.blank.then_some(blank));
        let whole = (natural + blank.unwrap_or(Em::ZERO)).at(body);
        if whole <= width {
            let blank = blank.map(|blank| (Point::new(natural.at(body), Length::ZERO), blank.at(body)));
            return Self { measure: Em::MAX, indent: None, width: whole, height: FIELD_LINE.at(body), blank };
        }
        let all = Em::from_length(width, body).max(Em::ONE);
        let hanging = field.hanging.as_ref().filter(|hanging| hanging.indent() * HANGING_PARTS <= all);
        let (text, indent) = hanging.map_or((&field.para, None), |hanging| (&hanging.text, Some(hanging.indent())));
        let measure = all - indent.unwrap_or(Em::ZERO);
        let lines = text.lines(measure);
        let end = lines.last().map_or(Length::ZERO, |line| line.width.at(body.percent(i64::from(text.percent))));
        let mut below = lines.len().saturating_sub(1);
        let leading = text.leading().at(body);
        let blank = blank.map(|blank| {
            let blank = blank.at(body).min(width);
            let beside = end + blank <= width;
            below += usize::from(!beside);
            (Point::new(if beside { end } else { Length::ZERO }, leading * below as i64), blank)
        });
        Self { measure, indent, width, height: FIELD_LINE.at(body) + leading * below as i64, blank }
    }
}

/// A value hangs beside its label where that takes no more than one of so many parts of the line.
const HANGING_PARTS: i32 = 3;

/// Puts fields in their places, line below line from `top` down, with `gap` between those of one; a line's left end follows
/// from its width. Gives where the lines end, too.
pub(super) fn place(
    fields: &[SetField],
    width: Length,
    gap: Length,
    top: Length,
    left: impl Fn(Length) -> Length,
) -> (Vec<FieldPlace>, Length) {
    let widths: Vec<_> = fields.iter().map(|field| field.width).collect();
    let mut places = Vec::with_capacity(fields.len());
    let mut y = top;
    for line in deal(&widths, width, gap) {
        let mut x = left(line_width(&widths[line.clone()], gap));
        for &set in &fields[line.clone()] {
            places.push(FieldPlace { corner: Point::new(x, y), set });
            x += set.width + gap;
        }
        y += fields[line].iter().map(|field| field.height).max().unwrap_or_default();
    }
    (places, y)
}

/// Deals fields to as few lines of `width` as they need, with `gap` between them, the lines as even as can be: none is
/// left alone on the last one.
fn deal(widths: &[Length], width: Length, gap: Length) -> Vec<Range<usize>> {
    let mut lines = fill(widths, width, gap);
    let used = |line: &Range<usize>| line_width(&widths[line.clone()], gap);
    while let Some(widest) = lines.iter().map(used).max() {
        let narrower = fill(widths, widest - Length::um(1), gap);
        if narrower.len() > lines.len() || narrower == lines {
            break;
        }
        lines = narrower;
    }
    lines
}

/// The width of fields on one line.
fn line_width(widths: &[Length], gap: Length) -> Length {
    widths.iter().copied().sum::<Length>() + gap * (widths.len() as i64 - 1)
}

/// Deals fields to lines, each as full as it gets.
fn fill(widths: &[Length], width: Length, gap: Length) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = Length::ZERO;
    for (index, &field) in widths.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if used + gap + field <= width => {
                line.end = index + 1;
                used += gap + field;
            }
            _ => {
                lines.push(index..index + 1);
                used = field;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_dealt_to_even_lines() {
        let dealt = |widths: &[i64], width: i64| {
            let widths: Vec<_> = widths.iter().copied().map(Length::mm).collect();
            deal(&widths, Length::mm(width), Length::mm(2)).into_iter().map(|line| line.len()).collect::<Vec<_>>()
        };
        assert_eq!(dealt(&[20, 20, 20, 20, 20], 90), [3, 2], "not four and a lonely one");
        assert_eq!(dealt(&[20, 20], 42), [2]);
        assert_eq!(dealt(&[50, 10, 20], 40), [1, 2], "one is wider than the line");
        assert_eq!(dealt(&[], 40), [0; 0]);
    }
}
