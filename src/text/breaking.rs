//! Where lines break: of all ways to the fewest lines the best.

use std::ops::Range;

use super::cell::EM;
use super::class::Class;
use super::farthest::{Cut, farthest, farthest_within, parts_word};
use super::lexicon::Join;
use super::{Paragraph, RAGGED_UP_TO, Setting};

/// How wide lines may be, in the integers of places.
#[derive(Clone, Copy)]
enum Measures<'a> {
    /// All alike.
    Same(i64),
    /// Each by its number, counted from 0.
    Each(&'a dyn Fn(usize) -> i64),
}

impl Measures<'_> {
    fn of(self, line: usize) -> i64 {
        match self {
            Self::Same(measure) => measure,
            Self::Each(measure) => measure(line),
        }
    }

    /// Whether a line may break inside a word.
    fn may_part_words(self) -> bool {
        matches!(self, Self::Same(_))
    }
}

/// The lines' ends.
pub(super) fn cuts(p: &Paragraph, measure: i64, setting: Setting) -> Vec<Cut> {
    let mut far = farthest(p, measure);
    spare_words(p, measure, &mut far);
    spare_last(p, measure, setting, &mut far);
    best(p, Measures::Same(measure), setting, &far)
}

/// The lines' ends where each line has a measure of its own and breaks at free breaks between words alone; `None` where
/// the text does not fit in this way.
pub(super) fn cuts_within(p: &Paragraph, measure: &dyn Fn(usize) -> i64, setting: Setting) -> Option<Vec<Cut>> {
    let far: Vec<_> = farthest_within(p, measure).collect::<Option<_>>()?;
    Some(best(p, Measures::Each(measure), setting, &far))
}

/// Of all ways to as many lines as the farthest breaks give the best.
fn best(p: &Paragraph, measures: Measures<'_>, setting: Setting, far: &[Cut]) -> Vec<Cut> {
    let mut cuts = Vec::with_capacity(far.len());
    let (mut from, mut line) = (0, 0);
    for (n, cut) in far.iter().enumerate() {
        let before = if n == 0 { 0 } else { far[n - 1].place };
        let ends = cut.place == p.cells.len() || p.places[cut.place].newline;
        if cut.fixed {
            if before > from {
                Best { p, measures, setting, from, to: before, lines: line..n, ends: false }.cuts(&mut cuts);
            }
            cuts.push(*cut);
        } else if ends {
            Best { p, measures, setting, from, to: cut.place, lines: line..n + 1, ends: true }.cuts(&mut cuts);
        } else {
            continue;
        }
        (from, line) = (cut.place, n + 1);
    }
    cuts
}

/// Moves a fixed break that parts a word (词) to as good a place before that word, where the next line still fits.
fn spare_words(p: &Paragraph, measure: i64, far: &mut [Cut]) {
    for n in 0..far.len().saturating_sub(1) {
        let (cut, next) = (far[n], far[n + 1].place);
        if !cut.fixed || p.places[cut.place].join == Join::Apart {
            continue;
        }
        let from = n.checked_sub(1).map_or(0, |before| far[before].place);
        let level = p.places[cut.place].level;
        let earlier = (from + 1..cut.place).rev().take_while(|&place| p.least_width(place, next) <= measure);
        let as_good = earlier.filter(|&place| p.places[place].level <= level && characters(p, from, place) >= FEW);
        // Between two words, or else where a long one falls into two; of either the farthest.
        let better = as_good.filter(|&place| p.places[place].join < p.places[cut.place].join);
        if let Some(place) = better.min_by_key(|&place| (p.places[place].join, std::cmp::Reverse(place))) {
            far[n].place = place;
        }
    }
}

/// Where the last line is too short after a fixed break, breaks there earlier, at as good a place.
fn spare_last(p: &Paragraph, measure: i64, setting: Setting, far: &mut [Cut]) {
    let from = far.len().checked_sub(3).map_or(0, |before| far[before].place);
    let [.., cut, last] = far else { return };
    let (end, now) = (last.place, characters(p, cut.place, last.place));
    if !cut.fixed || now >= FEW {
        return;
    }
    let level = p.places[cut.place].level;
    let earlier = (from + 1..cut.place).rev().filter(|&place| p.places[place].level <= level);
    let fitting = earlier.take_while(|&place| p.least_width(place, end) <= measure);
    let longer = fitting.map(|place| (characters(p, place, end).min(FEW), place)).filter(|&(n, _)| n > now);
    // In a name a line of two characters is better than a word cut for a third; one character is worse everywhere.
    let (whole, cut_words): (Vec<_>, Vec<_>) = longer.partition(|&(_, place)| p.places[place].join < Join::Word);
    let best =
        whole.into_iter().max().or_else(|| cut_words.into_iter().filter(|_| now < 2 || setting == Setting::Body).max());
    if let Some((_, place)) = best {
        cut.place = place;
    }
}

/// How many characters, marks and blanks aside, stand between two places.
fn characters(p: &Paragraph, from: usize, to: usize) -> usize {
    p.cells[from..to].iter().filter(|cell| cell.class.is_character()).count()
}

/// A last line of fewer characters is avoided (rule 25).
const FEW: usize = 3;

/// What a line that ends inside a word costs; everything else is weighed against it.
const WORD: i64 = 4_000;
/// Where a long word falls into two.
const SEAM: i64 = 3_000;
/// A line that ends between two words, not after a mark.
const BETWEEN_WORDS: i64 = 400;
/// A line that ends after a closing bracket or quote, a dash, an ellipsis.
const AFTER_BRACKET: i64 = 50;
/// A line that ends before an opening bracket.
const BEFORE_BRACKET: i64 = 150;
/// A line that begins with a small word that belongs to what stands before, or ends with one that needs what comes.
const SMALL_WORD: i64 = 150;
/// A dash or ellipsis at a line's start.
const STROKE_FIRST: i64 = 500;
/// A squeezed line: taken where it saves a line or a split word, not for a better break (rule 38).
const SQUEEZED: i64 = 1_000;
/// A line of which nothing is filled, by the square of the part that isn't: narrow, where it shows, and wide.
const EMPTY_NARROW: i64 = 1_800;
const EMPTY_WIDE: i64 = 700;
/// A line of a title that is twice as long as the even one, or nothing.
const UNEVEN: i64 = 2_000;
/// A last line of one character.
const ORPHAN: i64 = 100_000_000;
/// A last line of fewer than three.
const SHORT_LAST: i64 = 400_000;
/// The same in a name or title, whose lines are short anyway: better than a word cut in two.
const SHORT_LAST_OF_NAME: i64 = 400;
/// A last line of three.
const SCANT_LAST: i64 = 300;
/// A title broken before 的, or inside brackets.
const TITLE_BAD: i64 = 10_000;
/// A title broken inside a word (rule 28).
const TITLE_WORD: i64 = 4_000;
/// A title broken between two words.
const TITLE_SPACE: i64 = 600;
/// A title broken at a small word, on the right side of it.
const TITLE_JOINT: i64 = 20;

/// The best way to a known number of lines between two places.
struct Best<'a> {
    p: &'a Paragraph,
    measures: Measures<'a>,
    setting: Setting,
    from: usize,
    to: usize,
    /// The lines, counted from the paragraph's first.
    lines: Range<usize>,
    /// The last line ends the paragraph, or stands before a newline.
    ends: bool,
}

/// The best way to a place.
#[derive(Clone, Copy)]
struct Way {
    lines: usize,
    badness: i64,
    before: usize,
}

impl Best<'_> {
    fn cuts(&self, cuts: &mut Vec<Cut>) {
        if self.lines.len() == 1 {
            cuts.push(Cut::free(self.to));
            return;
        }
        let nodes = self.nodes();
        let of_breaks = self.badness_of_breaks(&nodes);
        let mut ways = vec![Way { lines: 0, badness: 0, before: 0 }];
        for (j, &of_break) in of_breaks.iter().enumerate().skip(1) {
            let way = self.best_way(&nodes, &ways, j, of_break);
            ways.push(way);
        }
        let mut path = Vec::with_capacity(self.lines.len());
        let mut j = nodes.len() - 1;
        while j > 0 {
            path.push(Cut::free(nodes[j]));
            j = ways[j].before;
        }
        cuts.extend(path.iter().rev());
    }

    fn nodes(&self) -> Vec<usize> {
        let free = &self.p.free;
        let first = free.partition_point(|&place| place as usize <= self.from);
        let inner = free[first..].iter().map(|&place| place as usize).take_while(|&place| place < self.to);
        let inner = inner.filter(|&place| self.measures.may_part_words() || !parts_word(self.p, place));
        [self.from].into_iter().chain(inner).chain([self.to]).collect()
    }

    /// The fewest lines to node `j`, and of those the least badness. Every way to the whole in the fewest lines passes
    /// its nodes in the fewest, so the two can be weighed in this order. (Where lines have measures of their own, ways
    /// that do otherwise are left out.)
    fn best_way(&self, nodes: &[usize], ways: &[Way], j: usize, of_break: i64) -> Way {
        let mut best = Way { lines: usize::MAX, badness: i64::MAX, before: j - 1 };
        for i in (0..j).rev() {
            if ways[i].lines == usize::MAX {
                continue;
            }
            let line = self.lines.start + ways[i].lines;
            if self.p.least_width(nodes[i], nodes[j]) > self.measures.of(line) {
                match self.measures {
                    Measures::Same(_) => break,
                    Measures::Each(_) => continue,
                }
            }
            let lines = ways[i].lines + 1;
            if lines > best.lines {
                continue;
            }
            let badness = ways[i].badness.saturating_add(self.badness(line, nodes[i], nodes[j]) + of_break);
            if (lines, badness) < (best.lines, best.badness) {
                best = Way { lines, badness, before: i };
            }
        }
        best
    }

    fn badness(&self, line: usize, from: usize, to: usize) -> i64 {
        let last = to == self.to && self.ends;
        let (width, measure) = (self.p.width(from, to), self.measures.of(line));
        let mut badness = if width > measure { SQUEEZED } else { 0 };
        if self.setting == Setting::Balanced {
            let even = self.even(line).max(EM);
            badness += part_squared(UNEVEN, width - even, even);
        } else if !last {
            let empty = if measure > i64::from(RAGGED_UP_TO) * EM { EMPTY_WIDE } else { EMPTY_NARROW };
            badness += part_squared(empty, (measure - width).max(0), measure);
        }
        if last {
            badness += match characters(self.p, from, to) {
                0 | 1 => ORPHAN,
                2 if self.setting == Setting::Balanced => SHORT_LAST_OF_NAME,
                2 => SHORT_LAST,
                3 if self.setting == Setting::Body => SCANT_LAST,
                _ => 0,
            };
        }
        badness
    }

    /// How wide a line is where all are full alike.
    fn even(&self, line: usize) -> i64 {
        let whole = self.p.width(self.from, self.to);
        match self.measures {
            Measures::Same(_) => whole / self.lines.len() as i64,
            Measures::Each(measure) => whole * measure(line) / self.lines.clone().map(measure).sum::<i64>().max(1),
        }
    }

    /// What each break costs by what it parts; the last node is no choice and costs nothing.
    fn badness_of_breaks(&self, nodes: &[usize]) -> Vec<i64> {
        let joints = match self.setting {
            Setting::Balanced => badness_of_joints(self.p),
            Setting::Body => Vec::new(),
        };
        let of = |&place: &usize| {
            if place == self.to {
                return 0;
            }
            let stroke = self.p.cells.get(place).is_some_and(|r| r.class == Class::Ellipsis);
            let parted = joints.get(place).copied().unwrap_or_else(|| badness_of_parting(self.p, place));
            parted + if stroke { STROKE_FIRST } else { 0 }
        };
        nodes.iter().map(of).collect()
    }
}

/// Small words that belong to what stands before them.
const LEANING_BACK: &str = "的地得了着过等后前中内外上下时者";
/// Small words that need what comes after them.
const LEANING_ON: &str = "与和及或并对在由为将把被向从以按因不未无非每各本该超";

/// Whether the cell at `i` is one of some small words and no part of a longer one.
fn is_small(p: &Paragraph, i: usize, words: &str) -> bool {
    words.contains(p.cells[i].c) && [i, i + 1].iter().all(|&place| p.places[place].join == Join::Apart)
}

/// How badly a line of running text ends at a place (rule 36).
fn badness_of_parting(p: &Paragraph, place: usize) -> i64 {
    let Some(r) = p.cells.get(place) else { return 0 };
    let Some(last) = p.cells[..place].iter().rposition(|cell| cell.class != Class::Space) else { return 0 };
    match p.places[place].join {
        Join::Word => return WORD,
        Join::Seam => return SEAM,
        Join::Apart => {}
    }
    match p.cells[last].class {
        Class::Stop | Class::Pause | Class::Exclaim => 0,
        Class::Closing | Class::LatinClose | Class::Dash | Class::Ellipsis => AFTER_BRACKET,
        _ if matches!(r.class, Class::Opening | Class::LatinOpen) => BEFORE_BRACKET,
        _ if is_small(p, place, LEANING_BACK) || is_small(p, last, LEANING_ON) => BETWEEN_WORDS + SMALL_WORD,
        _ => BETWEEN_WORDS,
    }
}

/// Small words at which titles break.
const JOINTS: &str = "与和及或并";

/// How badly a title breaks before each cell (rule 28).
fn badness_of_joints(p: &Paragraph) -> Vec<i64> {
    let mut depth = 0usize;
    let mut badness = Vec::with_capacity(p.cells.len());
    for (i, cell) in p.cells.iter().enumerate() {
        let bad = if depth > 0 || cell.c == '的' { TITLE_BAD } else { 0 };
        badness.push(bad + if i > 0 { badness_of_joint(p, i) } else { 0 });
        match cell.class {
            Class::Opening | Class::LatinOpen => depth += 1,
            Class::Closing => depth = depth.saturating_sub(1),
            Class::LatinClose if matches!(cell.c, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    badness
}

fn badness_of_joint(p: &Paragraph, place: usize) -> i64 {
    match p.places[place].join {
        Join::Word => return TITLE_WORD,
        Join::Seam => return TITLE_WORD / 2,
        Join::Apart => {}
    }
    let (l, r) = (&p.cells[place - 1], &p.cells[place]);
    if l.class != Class::Han || r.class != Class::Han {
        0
    } else if is_small(p, place - 1, JOINTS) {
        2 * TITLE_WORD
    } else if l.c == '的' || is_small(p, place, JOINTS) {
        TITLE_JOINT
    } else {
        TITLE_SPACE
    }
}

/// `whole` by the square of `part` over `of`.
fn part_squared(whole: i64, part: i64, of: i64) -> i64 {
    let thousandths = (part.abs().min(of * 30) * 1000) / of.max(1);
    whole * thousandths * thousandths / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontBook;
    use crate::text::Fragment;

    #[test]
    fn ragged_lines_hardly_end_inside_a_word() {
        let fonts = FontBook::embedded();
        let face = fonts.find("hei", false).expect("embedded");
        let (mut ends, mut inside) = (0, 0);
        for text in include_str!("../../tests/data/items.txt").lines() {
            let p = Paragraph::prepare(&fonts, &[Fragment { text, face, span: None }]).expect("prepared");
            for ems in 10..=i64::from(RAGGED_UP_TO) {
                let cuts = cuts(&p, ems * EM, Setting::Body);
                let Some((_, inner)) = cuts.split_last() else { continue };
                ends += inner.len();
                inside += inner.iter().filter(|cut| p.places[cut.place].join == Join::Word).count();
            }
        }
        assert!(inside * 25 < ends, "{inside} of {ends} lines");
    }
}
