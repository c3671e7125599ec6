//! Fields dealt to lines: phones, numbers, dates.

use std::ops::Range;

use crate::unit::Length;

/// Deals fields to as few lines of `width` as they need, with `gap` between them, the lines as even as can be: none is
/// left alone on the last one.
pub(super) fn deal(widths: &[Length], width: Length, gap: Length) -> Vec<Range<usize>> {
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
pub(super) fn line_width(widths: &[Length], gap: Length) -> Length {
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
