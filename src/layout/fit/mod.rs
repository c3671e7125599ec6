//! The search for the largest body size, and for the columns' widths at that size.
//!
//! At a body size every text is measured in ems, so trying a size is trying a width. The line counts never fall as the
//! size grows, so the size is found by bisection; at each size the split of the width that gives the least height is
//! looked for from coarse to fine.
//!
//! | file | holds |
//! |---|---|
//! | [`pages`] | where pages end, and boxes that go on over their ends |
//! | [`sheet`] | paper, margins, and the choice of orientation |

mod pages;
pub(crate) mod sheet;

use crate::layout::frame::FramePlan;
use crate::layout::grid::portion::PanelRows;
use crate::layout::grid::widths::FlowText;
use crate::layout::grid::{Grid, Widths};
use crate::layout::metrics::{HEAD_GAP, Sheet, largest_body};
use crate::layout::stack::LOOSE;
use crate::layout::words::frame::{Frame, Pages};
use crate::unit::{Em, Length};
use pages::Breaker;

/// The body size that was found, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// The body size.
    pub(crate) body: Length,
    /// The columns' widths.
    pub(crate) widths: Widths,
    /// The part of the width beside the flow, in 256ths, that the risk column has.
    pub(crate) part: i32,
    /// What stands in each panel, as they are read.
    pub(crate) panels: Vec<PanelRows>,
    /// How many panels stand side by side on a page.
    pub(crate) abreast: usize,
    /// How much of the height that the fullest panel has for its rows they take at least, in thousandths.
    pub(crate) filled: i64,
}

impl Fit {
    /// How many pages the chart takes.
    pub(crate) fn pages(&self) -> usize {
        self.panels.len().div_ceil(self.abreast)
    }

    /// Whether the chart takes one page or several.
    pub(crate) fn extent(&self) -> Pages {
        if self.pages() > 1 { Pages::Several } else { Pages::One }
    }

    /// The panels of a page.
    pub(crate) fn on_page(&self, page: usize) -> impl Iterator<Item = &PanelRows> {
        self.panels.iter().skip(page * self.abreast).take(self.abreast)
    }
}

/// What another fit has reached: the pages that it takes, and the body size that one better than it has at least on as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rival {
    pub(super) pages: usize,
    pub(super) body: Length,
}

impl Rival {
    /// To be worth while, another has to be `percent` of this one's size.
    fn of(fit: &Fit, percent: i64) -> Self {
        Self { pages: fit.pages(), body: fit.body.scale(percent, 100) }
    }

    /// Whether a fit takes fewer pages, or as many with type as large.
    fn is_met_by(self, fit: &Fit) -> bool {
        (fit.pages(), -fit.body) <= (self.pages, -self.body)
    }
}

/// Sizes are tried in steps of a tenth of a point.
const STEP_PT: f64 = 0.1;
/// Up to this much of a page's height, in thousandths, its boxes get more air.
pub(super) const AIRY: i64 = 880;
/// The smallest size that is tried, in steps: 2 pt.
const LEAST_TRIED: i64 = 20;

/// Everything a trial looks at.
#[derive(Debug)]
pub(super) struct Trial<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) frame: &'a Frame<'a>,
    pub(crate) sheet: Sheet,
    /// How many panels stand side by side.
    pub(crate) abreast: usize,
    /// The widths that the flow's text is tried at.
    pub(crate) texts: &'a [FlowText],
}

impl Trial<'_> {
    /// The largest body size at which the chart fits one page; from `least` down, as many pages as are needed at `least` and
    /// the largest size at which that many are enough. `None` where a single row is too tall for a page at `least`, or
    /// nothing as good as the rival is found.
    pub(crate) fn best(&self, least: Length, rival: Option<Rival>) -> Option<Fit> {
        let top = steps(largest_body(self.sheet.short_side())).max(steps(least) + 1);
        if let Some(Rival { pages, body }) = rival
            && self.fit(size(steps(body).min(top)), pages).is_none()
            && (pages == 1 || self.pages_needed(least)? >= pages)
        {
            // Neither are as many pages enough at the rival's size nor fewer at the least.
            return None;
        }
        if let Some(one) = bisect(LEAST_TRIED.max(steps(least)), top, |step| self.fit(size(step), 1)) {
            return Some(self.balanced(self.enlarged(one, top)));
        }
        let pages = self.pages_needed(least)?;
        bisect(steps(least), top, |step| self.fit(size(step), pages)).map(|fit| self.balanced(fit))
    }

    /// The chart in the largest size that a split near the one found allows: heights jump from split to split by whole
    /// lines, so the search from coarse to fine can miss one.
    fn enlarged(&self, mut fit: Fit, top: i64) -> Fit {
        for step in steps(fit.body) + 1..=top {
            let page = self.page(size(step), 1);
            let at = |away: i32| self.try_split(&page, fit.widths.text, fit.part + away);
            let nearest_first = std::iter::once(0).chain((1..=NEAR).flat_map(|away| [away, -away]));
            let Some((_, larger)) = nearest_first.filter_map(at).find(|(_, fit)| fit.pages() == 1) else { break };
            fit = larger;
        }
        fit
    }

    /// The chart in the same size, in the split in which the boxes of its rows are least tall, and of several the most even
    /// one: where the flow decides how high rows are, width that one column has to spare is worth more in the other. Heads
    /// take no line more for it.
    pub(crate) fn settled(&self, fit: Fit) -> Fit {
        if fit.panels.len() > 1 {
            return fit;
        }
        let page = self.page(fit.body, 1);
        let splits = PARTS.step_by(SETTLING_STEP).filter_map(|part| self.try_split(&page, fit.widths.text, part));
        let heads = self.grid.heads_height(&fit.widths);
        let as_good = |other: &Fit| other.panels.len() == 1 && self.grid.heads_height(&other.widths) <= heads;
        let others: Vec<Fit> = splits.map(|(_, other)| other).filter(as_good).collect();
        let tall = |other: &Fit| (self.grid.tallness(&other.widths), (other.part - EVEN).abs());
        others.into_iter().chain([fit.clone()]).min_by_key(tall).unwrap_or(fit)
    }

    /// The same number of panels, their rows dealt so that the fullest is as empty as can be: none is left with a single row
    /// at its top.
    fn balanced(&self, fit: Fit) -> Fit {
        if fit.panels.len() == 1 || fit.panels.iter().any(|panel| !panel.portions.is_empty()) {
            return fit;
        }
        let count = self.grid.topology.rows.len();
        let breaker = self.breaker(&fit.widths, fit.body, self.room(&fit));
        // held[panels][end]: the least height of the tallest of so many panels that hold the rows before `end`, and where
        // the last of them begins.
        let mut held: Vec<Vec<Option<(Length, usize)>>> = vec![vec![None; count + 1]; fit.panels.len() + 1];
        held[0][0] = Some((Length::ZERO, 0));
        let stack = self.grid.stack(&fit.widths, fit.body, &PanelRows::whole(0..count));
        for begin in (0..count).filter(|&begin| self.grid.breakable(begin)) {
            for (end, height) in breaker.ends(&stack, 0, begin) {
                for panels in 0..fit.panels.len() {
                    let Some((tallest, _)) = held[panels][begin] else { continue };
                    let candidate = (tallest.max(height), begin);
                    let best = &mut held[panels + 1][end];
                    if best.is_none_or(|best| candidate < best) {
                        *best = Some(candidate);
                    }
                }
            }
        }
        let mut panels = Vec::with_capacity(fit.panels.len());
        let mut end = count;
        for number in (1..=fit.panels.len()).rev() {
            let Some((_, begin)) = held[number][end] else { return fit };
            panels.push(PanelRows::whole(begin..end));
            end = begin;
        }
        panels.reverse();
        Fit { panels, ..fit }
    }

    /// A fit again, where boxes are taller than when it was found; `None` where they would fill the page.
    pub(crate) fn again(&self, fit: &Fit) -> Option<Fit> {
        let (_, again) = self.try_split(&self.page(fit.body, 1), fit.widths.text, fit.part)?;
        (again.panels.len() == 1 && again.filled <= AIRY).then_some(again)
    }

    /// What breaks the chart into panels of such a height. Boxes don't go on from one panel to that beside it.
    fn breaker<'b>(&'b self, widths: &'b Widths, body: Length, room: Length) -> Breaker<'b> {
        Breaker { grid: self.grid, widths, body, room, splits: self.abreast == 1 }
    }

    /// The height between column heads and footer, where the grid stands.
    fn room(&self, fit: &Fit) -> Length {
        self.grid_height(fit.body, fit.extent()) - self.grid.heads_height(&fit.widths).at(fit.body)
    }

    /// How many pages the chart takes at a size.
    fn pages_needed(&self, body: Length) -> Option<usize> {
        self.fit(body, usize::MAX).map(|fit| fit.pages())
    }

    /// The best widths at a body size with which the chart fits `pages` pages.
    pub(crate) fn fit(&self, body: Length, pages: usize) -> Option<Fit> {
        let page = self.page(body, pages);
        let mut best: Option<(Score, Fit)> = None;
        for &text in self.texts {
            search_split(&mut |part| {
                let (score, fit) = self.try_split(&page, text, part)?;
                if best.as_ref().is_none_or(|(held, _)| score < *held) {
                    best = Some((score, fit));
                }
                Some(score)
            });
        }
        best.map(|(_, fit)| fit).filter(|fit| fit.pages() <= pages)
    }

    /// A page at a body size, where `pages` are asked for: what every split has in common.
    fn page(&self, body: Length, pages: usize) -> TriedPage {
        let height = self.grid_height(body, if pages > 1 { Pages::Several } else { Pages::One });
        let (left, right) = self.sheet.panel(0, self.abreast, body);
        let total = Em::from_length(right - left, body);
        TriedPage { body, pages, total, height }
    }

    /// The height between title block and foot that grid and column heads have.
    fn grid_height(&self, body: Length, pages: Pages) -> Length {
        let plan = FramePlan::new(self.frame, &self.grid.content.notes, &self.sheet, body, pages);
        plan.room() - HEAD_GAP.at(body)
    }

    /// The chart on a page with `part`/256 of the width beside the flow for the risk column.
    fn try_split(&self, page: &TriedPage, text: FlowText, part: i32) -> Option<(Score, Fit)> {
        let body = page.body;
        let widths = self.grid.widths(page.total, text, part)?;
        let room = page.height - self.grid.heads_height(&widths).at(body);
        let (panels, height) = self.break_panels(&widths, body, room, page.pages)?;
        let score = Score { panels: panels.len(), height, lopsided: (part - EVEN).abs() };
        let filled = height.to_um() * 1000 / room.to_um().max(1);
        Some((score, Fit { body, widths, part, panels, abreast: self.abreast, filled }))
    }

    /// What stands in each panel, and the height of the tallest; `None` where something is too tall for a panel, or boxes
    /// would go on from one to that beside it. Where one is asked for and is not enough, the rows below its end are one
    /// more: how far they are from fitting is what guides the search.
    fn break_panels(
        &self,
        widths: &Widths,
        body: Length,
        room: Length,
        pages: usize,
    ) -> Option<(Vec<PanelRows>, Length)> {
        let count = self.grid.topology.rows.len();
        let all = PanelRows::whole(0..count);
        let whole = self.grid.stack(widths, body, &all).page().height(LOOSE);
        if whole <= room {
            return Some((vec![all], whole));
        }
        if pages == 1 && self.abreast == 1 {
            return Some((vec![all, PanelRows::whole(count..count)], whole));
        }
        self.breaker(widths, body, room).panels()
    }
}

/// What splits of the width at one body size have in common.
struct TriedPage {
    body: Length,
    /// How many pages are asked for.
    pages: usize,
    /// The width of a panel, in ems of the body.
    total: Em,
    /// The height between title block and footer, column heads included.
    height: Length,
}

/// What makes one split better than another: fewer panels, less height, nearer to even.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    panels: usize,
    height: Length,
    lopsided: i32,
}

/// How far from the split found, in 256ths, others are tried at larger sizes.
const NEAR: i32 = 60;

/// The part of the width, in 256ths, that the risk column gets where nothing speaks for another.
const EVEN: i32 = 136;

/// The parts of the width, in 256ths, that are tried, and the steps at a size that was found.
const PARTS: std::ops::RangeInclusive<i32> = 64..=200;
const SETTLING_STEP: usize = 4;

/// Tries splits from coarse to fine around the best.
fn search_split(consider: &mut impl FnMut(i32) -> Option<Score>) {
    let mut best: Option<(Score, i32)> = None;
    let mut tried = Vec::with_capacity(24);
    let mut attempt = |part: i32, best: &mut Option<(Score, i32)>| {
        if tried.contains(&part) {
            return;
        }
        tried.push(part);
        if let Some(score) = consider(part)
            && best.is_none_or(|(held, _)| score < held)
        {
            *best = Some((score, part));
        }
    };
    for part in PARTS.step_by(17) {
        attempt(part, &mut best);
    }
    for step in [8, 4, 2] {
        let Some((_, centre)) = best else { return };
        for part in [centre - step, centre + step] {
            attempt(part, &mut best);
        }
    }
}

fn size(step: i64) -> Length {
    Length::from_pt(step as f64 * STEP_PT)
}

fn steps(size: Length) -> i64 {
    (size.to_pt() / STEP_PT + 0.001).floor() as i64
}

/// The last of `low..=high` for which `fits` gives something, where it gives nothing from some step on.
fn bisect(low: i64, high: i64, fits: impl Fn(i64) -> Option<Fit>) -> Option<Fit> {
    let (mut low, mut high) = (low, high);
    let mut best = fits(low)?;
    while low < high {
        let middle = (low + high + 1) / 2;
        match fits(middle) {
            Some(fit) => {
                best = fit;
                low = middle;
            }
            None => high = middle - 1,
        }
    }
    Some(best)
}
