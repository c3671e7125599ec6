//! Lines to glyphs: trimmed at both ends, squeezed to take in a mark, stretched to the measure.

use super::cell::{self, EM, GAP};
use super::class::Class;
use super::{Line, Paragraph, SetGlyph};
use crate::unit::Em;

/// A length of the reckoning as an [`Em`].
pub(super) fn em(length: i64) -> Em {
    Em::from_raw(i32::try_from(length).unwrap_or(i32::MAX))
}

/// A blank of a line whose width may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// Before the cell.
    Before(usize),
    /// The blank at the cell's left.
    Left(usize),
    /// The blank at its right, or the word space that it is.
    Right(usize),
}

/// What every cell of a line gains, or loses where negative, at its sides.
#[derive(Clone, Copy, Debug, Default)]
struct Change {
    before: i64,
    left: i64,
    right: i64,
}

/// The line between two places, squeezed to `measure` where it is wider, stretched to it if `stretched` and as far as it
/// goes that far.
pub(super) fn line(p: &Paragraph, from: usize, to: usize, measure: i64, stretched: bool, emergency: bool) -> Line {
    let end = to;
    let (from, to) = without_blanks(p, from, to);
    let mut changes = vec![Change::default(); to - from];
    let spare = measure - p.width(from, to);
    if spare < 0 {
        hand_out(-spare, &shrinking(p, from, to), |slot, amount| change(&mut changes, from, slot, -amount));
    } else if stretched {
        // Rule 37: stretched as far as may be and short all the same, a line would be neither full nor natural.
        let slots = stretching(p, from, to);
        if slots.iter().flatten().map(|&(_, most)| most).sum::<i64>() >= spare {
            hand_out(spare, &slots, |slot, amount| change(&mut changes, from, slot, amount));
        }
    }
    let line = placed(p, from, to, &changes);
    let space = broken_space(p, to, end, line.width);
    Line { emergency: emergency || i64::from(line.width.raw()) > measure, space, ..line }
}

/// The first of the blanks taken off a line's end, where the text goes on behind them.
fn broken_space(p: &Paragraph, to: usize, end: usize, at: Em) -> Option<SetGlyph> {
    let cell = p.cells.get(to).filter(|_| to < end && end < p.cells.len())?;
    let glyph = p.glyphs.get(cell.glyphs.start as usize)?;
    let (fragment, source) = (cell.fragment, cell.source.clone());
    Some(SetGlyph { face: glyph.face, id: glyph.id, x: at, y: glyph.y, advance: Em::ZERO, fragment, source })
}

/// All the text on one line, spread over `width`.
pub(super) fn spread(p: &Paragraph, width: Em) -> Line {
    let (from, to) = without_blanks(p, 0, p.cells.len());
    let mut changes = vec![Change::default(); to - from];
    let spare = i64::from(width.raw()) - p.width(from, to);
    let between = (from + 1..to).filter(|&i| !is_inside_word(p, i));
    let slots: Vec<(Slot, i64)> = between.map(|i| (Slot::Before(i), spare.max(0))).collect();
    hand_out(spare, &[slots], |slot, amount| change(&mut changes, from, slot, amount));
    placed(p, from, to, &changes)
}

fn without_blanks(p: &Paragraph, mut from: usize, mut to: usize) -> (usize, usize) {
    while to > from && p.cells[to - 1].class == Class::Space {
        to -= 1;
    }
    while from < to && p.cells[from].class == Class::Space {
        from += 1;
    }
    (from, to)
}

fn change(changes: &mut [Change], from: usize, slot: Slot, amount: i64) {
    match slot {
        Slot::Before(i) => changes[i - from].before += amount,
        Slot::Left(i) => changes[i - from].left += amount,
        Slot::Right(i) => changes[i - from].right += amount,
    }
}

/// Hands `amount` out to groups of slots, each group up to its capacity before the next, evenly within a group.
fn hand_out(amount: i64, groups: &[Vec<(Slot, i64)>], mut give: impl FnMut(Slot, i64)) {
    let mut left = amount.max(0);
    for group in groups {
        let capacity: i64 = group.iter().map(|&(_, most)| most).sum();
        if capacity == 0 {
            continue;
        }
        let part = left.min(capacity);
        let (mut given, mut passed) = (0, 0);
        for &(slot, most) in group {
            passed += most;
            // 128 bits, because both factors grow with the length of the line.
            let due = (i128::from(part) * i128::from(passed) / i128::from(capacity)) as i64;
            give(slot, due - given);
            given = due;
        }
        left -= part;
    }
}

/// Rule 17, CLREQ 3.2.3 (压缩): word spaces, ·, brackets, ，、；：, gaps, 。？！, in this order.
fn shrinking(p: &Paragraph, from: usize, to: usize) -> [Vec<(Slot, i64)>; 6] {
    let mut groups: [Vec<(Slot, i64)>; 6] = Default::default();
    for i in from..to {
        let (left, right) = cell::shrink_of(&p.cells[i], p.taken[i]);
        let group = match p.cells[i].class {
            Class::Space => 0,
            Class::Dot => 1,
            Class::Opening | Class::Closing => 2,
            Class::Pause => 3,
            _ => 5,
        };
        if i > from {
            groups[4].push((Slot::Before(i), cell::gap_shrink(p.places[i].gap)));
            groups[group].push((Slot::Left(i), left));
        }
        if i + 1 < to {
            groups[group].push((Slot::Right(i), right));
        }
    }
    groups
}

/// Rule 18, CLREQ 3.2.4 (拉伸): word spaces to half an em, gaps to a third, then everything a little.
fn stretching(p: &Paragraph, from: usize, to: usize) -> [Vec<(Slot, i64)>; 3] {
    let mut groups: [Vec<(Slot, i64)>; 3] = Default::default();
    for i in from + 1..to {
        if p.cells[i].class == Class::Space {
            groups[0].push((Slot::Right(i), (EM / 2 - p.cells[i].advance).max(0)));
        }
        if p.places[i].gap > 0 {
            groups[1].push((Slot::Before(i), EM / 3 - GAP));
        }
        let beside_blank = p.cells[i].class == Class::Space || p.cells[i - 1].class == Class::Space;
        if !is_inside_word(p, i) && !beside_blank {
            groups[2].push((Slot::Before(i), EM / 20));
        }
    }
    groups
}

/// Whether the place is inside a Western word or a number with its signs.
fn is_inside_word(p: &Paragraph, place: usize) -> bool {
    let part = |class: Class| {
        class.is_western() || matches!(class, Class::Unit | Class::Prefix | Class::LatinOpen | Class::LatinClose)
    };
    part(p.cells[place - 1].class) && part(p.cells[place].class)
}

fn placed(p: &Paragraph, from: usize, to: usize, changes: &[Change]) -> Line {
    let mut glyphs = Vec::with_capacity(to - from);
    let mut at = 0;
    for i in from..to {
        let (cell, taken, change) = (&p.cells[i], p.taken[i], changes[i - from]);
        let cut_left = if i == from { cell.left } else { taken.left - change.left };
        let cut_right = if i + 1 == to { cell.right } else { taken.right - change.right };
        if i > from {
            at += p.places[i].gap + change.before;
        }
        let origin = em(at - cut_left);
        let shown = &p.glyphs[cell.glyphs.start as usize..cell.glyphs.end as usize];
        glyphs.extend(shown.iter().map(|glyph| SetGlyph {
            face: glyph.face,
            id: glyph.id,
            x: origin + glyph.x,
            y: glyph.y,
            advance: glyph.advance,
            fragment: cell.fragment,
            source: cell.source.clone(),
        }));
        at += cell.advance - cut_left - cut_right;
    }
    Line { width: em(at), glyphs, space: None, emergency: false }
}
