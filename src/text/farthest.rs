//! The farthest breaks: the fewest lines that fit.
//!
//! Taking the farthest free break that fits gives the fewest lines, because a line that leaves out its first or its last
//! cell always fits as well (`cell::places` sees to the last, where squeezing could upset it). For the same reason the
//! number never rises with the measure, and the last line can always be lengthened, to avoid a lone character, without
//! one line more. Where no free break fits, the next worse kind is taken at its farthest; that line is then fixed.

use super::Paragraph;
use super::class::Class;
use super::lexicon::Join;
use crate::unit::Em;

/// The end of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// The place where it breaks.
    pub(super) place: usize,
    /// The break is neither free nor forced, so the line can't be set in another way.
    pub(super) fixed: bool,
    /// A word is broken here, or the line is wider than the measure.
    pub(super) emergency: bool,
}

impl Cut {
    /// At a free or forced break.
    pub(super) fn free(place: usize) -> Self {
        Self { place, fixed: false, emergency: false }
    }
}

/// The measure in the integers of places; [`Em::MAX`] holds everything.
pub(super) fn measure(measure: Em) -> i64 {
    if measure == Em::MAX { i64::MAX / 4 } else { i64::from(measure.raw()) }
}

/// The number of lines.
pub(super) fn count(p: &Paragraph, measure: i64) -> usize {
    let mut walk = Walk::new(p, measure);
    let mut lines = 0;
    while walk.next_cut().is_some() {
        lines += 1;
    }
    lines
}

/// The farthest breaks, line by line.
struct Walk<'a> {
    p: &'a Paragraph,
    measure: i64,
    /// Whether a line may break inside a word.
    inside_words: bool,
    from: usize,
    /// How many free and forced places lie at `from` or before.
    free: usize,
    forced: usize,
}

impl<'a> Walk<'a> {
    fn new(p: &'a Paragraph, measure: i64) -> Self {
        Self { p, measure, inside_words: true, from: 0, free: 0, forced: 0 }
    }

    fn fits(&self, to: usize) -> bool {
        self.p.least_width(self.from, to) <= self.measure
    }

    /// The next newline, or the end.
    fn limit(&mut self) -> usize {
        let forced = &self.p.forced;
        self.forced += forced[self.forced..].iter().take_while(|&&place| place as usize <= self.from).count();
        forced.get(self.forced).map_or(self.p.cells.len(), |&place| place as usize)
    }

    fn is_done(&self) -> bool {
        self.from >= self.p.cells.len()
    }

    fn next_cut(&mut self) -> Option<Cut> {
        if self.is_done() {
            return None;
        }
        let limit = self.limit();
        let cut = self.farthest_good(limit).unwrap_or_else(|| self.farthest_other(limit));
        self.go_to(cut);
        Some(cut)
    }

    /// The next one where no line may break but at a free or forced break.
    fn next_good(&mut self) -> Option<Cut> {
        let limit = self.limit();
        let cut = self.farthest_good(limit)?;
        self.go_to(cut);
        Some(cut)
    }

    fn go_to(&mut self, cut: Cut) {
        self.from = cut.place;
        self.free += self.p.free[self.free..].iter().take_while(|&&place| place as usize <= self.from).count();
    }

    /// The newline or the end where they fit, or the farthest free break.
    fn farthest_good(&mut self, limit: usize) -> Option<Cut> {
        if self.fits(limit) { Some(Cut::free(limit)) } else { self.farthest_free(limit) }
    }

    /// Which ends are near enough by [`Paragraph::reached`] is found by halving; what squeezing the line's start forgoes
    /// may ask for one before the last of them.
    fn farthest_free(&mut self, limit: usize) -> Option<Cut> {
        let reach = self.measure + self.p.places[self.from].start;
        let ahead = &self.p.reached[self.free..];
        let reached = self.free + ahead.partition_point(|&least| least <= reach);
        let fitting = |&place: &u32| {
            let place = place as usize;
            place < limit && (self.inside_words || !parts_word(self.p, place)) && self.fits(place)
        };
        let n = self.p.free[self.free..reached].iter().rposition(fitting)?;
        self.free += n;
        Some(Cut::free(self.p.free[self.free] as usize))
    }

    /// The least bad break that fits; where not even one cell fits, the one after it. A blank stays with what it ends.
    fn farthest_other(&self, limit: usize) -> Cut {
        let blank = |to: usize| self.p.cells.get(to).is_some_and(|cell| cell.class == Class::Space);
        let fitting = (self.from + 1..limit).take_while(|&to| self.fits(to)).filter(|&to| !blank(to));
        let best = fitting.map(|to| (std::cmp::Reverse(self.p.places[to].level), to)).max();
        if let Some((level, place)) = best {
            return Cut { place, fixed: true, emergency: level.0.is_emergency() };
        }
        let after = self.from + 1;
        Cut { place: (after + usize::from(blank(after))).min(limit), fixed: true, emergency: true }
    }
}

/// The farthest breaks.
pub(super) fn farthest(p: &Paragraph, measure: i64) -> Vec<Cut> {
    let mut walk = Walk::new(p, measure);
    std::iter::from_fn(|| walk.next_cut()).collect()
}

/// The farthest breaks where each line has a measure of its own, by its number counted from 0, and breaks freely, between
/// words; they end with `None` where the text does not fit in this way.
pub(super) fn farthest_within(p: &Paragraph, measure: &dyn Fn(usize) -> i64) -> impl Iterator<Item = Option<Cut>> {
    let mut walk = Walk { inside_words: false, ..Walk::new(p, 0) };
    (0..).map_while(move |line| {
        walk.measure = measure(line);
        (!walk.is_done()).then(|| walk.next_good())
    })
}

/// Whether a word would be broken at a place.
pub(super) fn parts_word(p: &Paragraph, place: usize) -> bool {
    p.places.get(place).is_some_and(|place| place.join == Join::Word)
}
