//! Where a poster is cut along one of its sides.

use crate::unit::Length;

/// What a tile shows along one side: from where to where on the poster.
pub(super) type Window = (Length, Length);

/// A line of text: from where to where it reaches along the side, and how bad it is to cut it. Large type shows a seam more.
pub(super) type TextLine = (Window, u32);

/// Cuts are looked for in steps of a quarter of a millimetre: finer than the gap between two lines of small type.
const STEP: i64 = 250;
/// A cut keeps so far from a line of text.
const CLEARANCE: Length = Length::um(150);

/// The windows along a side `length` long, each at most `window` and `overlap` over the next. The edges that stay on
/// top, where a tile begins, are put where they run through the fewest lines of text, large ones counting more; one tile
/// more is taken where that clears every edge of text and fewer tiles can't.
///
/// `None` where the windows are no larger than twice the overlap: tiles would be all overlap.
pub(super) fn windows(length: Length, window: Length, overlap: Length, lines: &[TextLine]) -> Option<Vec<Window>> {
    let step = window - overlap;
    if step <= overlap {
        return None;
    }
    if length <= window {
        return Some(vec![(Length::ZERO, length)]);
    }
    let side = Side { length, window, overlap, cut: cut_lines(length, lines) };
    let least = 1 + ((length - window).to_um() + step.to_um() - 1).div_euclid(step.to_um());
    let fewest = side.best(least);
    let more = || side.best(least + 1).filter(|(cut, _)| *cut == 0);
    let (_, starts) = match fewest {
        Some((cut, starts)) if cut > 0 => more().unwrap_or((cut, starts)),
        Some(best) => best,
        None => side.best(least + 1)?,
    };
    let ends = starts.iter().skip(1).map(|&start| start + overlap).chain([length]);
    Some(starts.iter().copied().zip(ends).collect())
}

/// How bad a cut at each step is by the lines of text that it runs through.
fn cut_lines(length: Length, lines: &[TextLine]) -> Vec<u32> {
    let count = length.to_um() / STEP + 1;
    let mut change = vec![0_i64; count as usize + 1];
    for &((from, to), weight) in lines {
        let first = ((from - CLEARANCE).to_um().div_euclid(STEP) + 1).clamp(0, count);
        let last = (to + CLEARANCE - Length::um(1)).to_um().div_euclid(STEP).clamp(-1, count - 1);
        if first <= last {
            change[first as usize] += i64::from(weight);
            change[last as usize + 1] -= i64::from(weight);
        }
    }
    let running = change.iter().scan(0, |sum, change| {
        *sum += change;
        Some(*sum as u32)
    });
    running.take(count as usize).collect()
}

struct Side {
    length: Length,
    window: Length,
    overlap: Length,
    /// How bad a cut at each step is.
    cut: Vec<u32>,
}

/// A place in steps, how bad the cuts so far are, the distance from even shares so far, and the place before it.
#[derive(Clone, Copy)]
struct Reached {
    at: i64,
    cost: (u32, i64),
    before: usize,
}

impl Side {
    /// Where each of `count` tiles begins, and how bad the cuts there are.
    fn best(&self, count: i64) -> Option<(u32, Vec<Length>)> {
        let steps = |length: Length| length.to_um() / STEP;
        let (longest, least) = (steps(self.window - self.overlap), steps(self.overlap) + 1);
        let end = self.length.to_um();
        let mut stages = vec![vec![Reached { at: 0, cost: (0, 0), before: 0 }]];
        for tile in 1..count {
            // What is left has to fit the tiles that follow.
            let rest = end - self.window.to_um() - (count - 1 - tile) * longest * STEP;
            let low = (rest.max(0) + STEP - 1) / STEP;
            let high = (tile * longest).min((end - self.overlap.to_um()) / STEP);
            let even = end * tile / count / STEP;
            let before = stages.last()?;
            let reached = (low..=high).filter_map(|at| {
                let from = before.iter().enumerate().filter(|(_, b)| (least..=longest).contains(&(at - b.at)));
                let (index, best) = from.min_by_key(|(_, b)| b.cost)?;
                let cost = (best.cost.0 + self.cut[at as usize], best.cost.1 + (at - even).abs());
                Some(Reached { at, cost, before: index })
            });
            let reached: Vec<Reached> = reached.collect();
            stages.push(reached);
        }
        let (mut index, last) = stages.last()?.iter().enumerate().min_by_key(|(_, reached)| reached.cost)?;
        let cost = last.cost.0;
        let mut starts = Vec::with_capacity(stages.len());
        for stage in stages.iter().rev() {
            starts.push(Length::um(stage[index].at * STEP));
            index = stage[index].before;
        }
        starts.reverse();
        Some((cost, starts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(from: i64, to: i64) -> Window {
        (Length::mm(from), Length::mm(to))
    }

    fn cut(length: i64, lines: &[Window]) -> Vec<Window> {
        let lines: Vec<TextLine> = lines.iter().map(|&window| (window, 1)).collect();
        windows(Length::mm(length), Length::mm(100), Length::mm(10), &lines).expect("room")
    }

    fn is_sound(length: i64, windows: &[Window]) {
        assert_eq!((windows[0].0, windows[windows.len() - 1].1), mm(0, length));
        assert!(windows.iter().all(|(from, to)| *to - *from <= Length::mm(100)), "{windows:?}");
        for pair in windows.windows(2) {
            assert_eq!(pair[0].1 - pair[1].0, Length::mm(10), "{windows:?}");
        }
    }

    #[test]
    fn a_short_side_is_not_cut() {
        assert_eq!(cut(100, &[mm(10, 90)]), [mm(0, 100)]);
        assert_eq!(windows(Length::mm(100), Length::mm(20), Length::mm(10), &[]), None);
    }

    #[test]
    fn windows_cover_the_side_and_overlap() {
        for length in [101, 190, 191, 280, 500, 1189, 2400] {
            let windows = cut(length, &[]);
            is_sound(length, &windows);
            assert_eq!(windows.len() as i64, 1 + (length - 100 + 89) / 90, "{length}");
        }
    }

    #[test]
    fn an_edge_runs_through_small_type_before_a_title() {
        // Every place is in a line of text; from 82 to 98 mm in a title.
        let lines = [(mm(0, 190), 1), (mm(82, 98), 4)];
        let windows = windows(Length::mm(185), Length::mm(110), Length::mm(10), &lines).expect("room");
        assert!(!(Length::mm(82)..Length::mm(98)).contains(&windows[1].0), "{windows:?}");
    }

    #[test]
    fn edges_keep_clear_of_text_where_they_can() {
        // Lines of 4 mm every 5 mm from 1 mm on: gaps of a millimetre at 5, 10, 15…
        let lines: Vec<Window> = (0..60).map(|i| mm(5 * i + 1, 5 * i + 5)).collect();
        let windows = cut(300, &lines);
        is_sound(300, &windows);
        for (start, _) in &windows[1..] {
            assert!(lines.iter().all(|(from, to)| start <= from || to <= start), "{start:?}");
        }
        // At 190 mm two tiles leave no choice but 90 mm: a third is taken for the text's sake…
        assert_eq!(cut(190, &[mm(80, 95)]).len(), 3);
        // …but not where it doesn't help.
        assert_eq!(cut(190, &[mm(0, 190)]).len(), 2);
    }
}
