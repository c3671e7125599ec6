//! The sheet: paper, orientation, margins, bleed and the room for crop marks; and the choice of orientation by type size.

use super::{AIRY, Fit, Rival, Trial};
use crate::diag::{Code, Diagnostic, Report};
use crate::geom::{Rect, Size};
use crate::layout::grid::Grid;
use crate::layout::grid::widths::{Alternative, FlowText};
use crate::layout::metrics::{Sheet, default_margin};
use crate::layout::options::Options;
use crate::layout::words::air::Air;
use crate::layout::words::content::Content;
use crate::layout::words::frame::Frame;
use crate::model::{Chart, ColorSpace};
use crate::paper::{Orientation, Paper};
use crate::scene::ColorMode;
use crate::unit::Length;

/// A sheet with what the press needs around the trimmed page. Places are from the media's corner.
#[derive(Clone, Debug)]
pub(crate) struct PageSheet {
    /// The page to fill.
    pub(crate) sheet: Sheet,
    /// The paper's name and orientation.
    pub(crate) paper: String,
    /// The colours of press files.
    pub(crate) color: ColorMode,
    /// All that is printed: the trimmed page, its bleed and its crop marks.
    pub(crate) media: Size,
    /// The trimmed page.
    pub(crate) trim: Rect,
    /// How far colour reaches beyond it.
    pub(crate) bleed: Length,
    /// Whether crop marks stand around it.
    pub(crate) marks: bool,
}

/// Length of a crop mark, and its distance from the bleed.
pub(crate) const MARK_LENGTH: Length = Length::mm(5);
const MARK_SPACE: Length = Length::mm(1);
/// A crop mark stands at least so far from the trim.
const MARK_OFFSET: Length = Length::mm(3);

/// The sheet that a chart is set on, and how.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'a, 'c> {
    pub(crate) sheet: PageSheet,
    pub(crate) grid: &'a Grid<'c>,
    pub(crate) fit: Fit,
}

/// How many lines of the flow cross in a chart that is set like this.
pub(crate) type Crossed<'a> = dyn Fn(&Choice<'_, '_>) -> usize + 'a;

/// The sheet, the grid and the fit of a chart: the orientation asked for, or the one that gives the larger type; where both
/// give the same, the one that is filled better. Of several grids a later one, with fewer lanes, is taken where it is worth
/// while: its type is larger, or fewer lines cross.
pub(crate) fn choose<'a, 'c>(
    chart: &Chart,
    options: &Options,
    grids: &'a [Grid<'c>],
    (frame, crossed): (&Frame<'_>, &Crossed<'_>),
    report: &mut Report,
) -> Option<Choice<'a, 'c>> {
    let paper = paper_of(chart, options);
    let written = chart.page.orientation.as_ref().map(|o| o.value);
    let wanted = options.orientation.unwrap_or(written);
    let tried = match wanted {
        Some(orientation) => vec![orientation],
        None => vec![Orientation::Portrait, Orientation::Landscape],
    };
    let least = least_size(chart, &paper);
    let sheets: Vec<PageSheet> =
        tried.into_iter().filter_map(|orientation| PageSheet::new(chart, &paper, orientation)).collect();
    let mut sizes = std::iter::once(least).chain(smaller(least));
    let found = sizes.find_map(|size| best_of_grids(&sheets, grids, (frame, crossed), size));
    let place = chart.page.paper.as_ref().map(|paper| paper.span).or(Some(chart.power.span));
    let points = |size: Length| format!("{:.1}", size.to_pt());
    let Some(Choice { sheet, grid, fit }) = found else {
        let problem = Diagnostic::new(Code::DoesNotFit, place).with("paper", &paper.name);
        report.push(problem.with("size", points(LEAST_PRINTED.min(least))));
        return None;
    };
    if fit.body < least {
        let place = chart.page.min_size.as_ref().map(|size| size.span).or(place);
        let problem = Diagnostic::new(Code::SmallType, place).with("paper", &paper.name);
        report.push(problem.with("size", points(fit.body)).with("least", points(least)));
    }
    check_distance(chart, &fit, report);
    let fit = Trial { grid, frame, sheet: sheet.sheet, abreast: fit.abreast, texts: &[] }.settled(fit);
    Some(Choice { sheet, grid, fit })
}

/// The best sheet and grid: see [`best_of`].
fn best_of_grids<'a, 'c>(
    sheets: &[PageSheet],
    grids: &'a [Grid<'c>],
    (frame, crossed): (&Frame<'_>, &Crossed<'_>),
    least: Length,
) -> Option<Choice<'a, 'c>> {
    let mut best: Option<Choice<'a, 'c>> = None;
    // Of a chart with one grid no crossings are counted.
    let mut held: Option<usize> = None;
    for grid in grids {
        // Ends that hang are nearer to where they come from; boxes side by side are better read on one line.
        let worth = if grid.topology.parts_siblings() { WORTH_PARTING } else { 100 };
        let crossings = best.as_ref().map_or(0, |best| *held.get_or_insert_with(|| crossed(best)));
        let rival = best.as_ref().map(|held| Rival::of(&held.fit, worth + worth_of_crossings(0, crossings)));
        let Some((sheet, fit)) = best_of(sheets, grid, frame, least, rival) else { continue };
        let found = Choice { sheet: sheet.clone(), grid, fit };
        let Some(of) = &best else {
            best = Some(found);
            continue;
        };
        let more = crossed(&found);
        let rival = Rival::of(&of.fit, worth + worth_of_crossings(more, crossings));
        if rival.is_met_by(&found.fit) {
            (best, held) = (Some(found), Some(more));
        }
    }
    let best = best?;
    Some(in_panels(sheets, &best, frame, least).unwrap_or(best))
}

/// By how much of the type, in hundredths, one setting has to be better than another where so many lines cross in either; it
/// may be worse where that is less than zero. In a tangle a few crossings more or less are not worth smaller type.
fn worth_of_crossings(own: usize, other: usize) -> i64 {
    (own as i64 - other as i64).clamp(-2, 2) * 2
}

/// The same grid in two panels side by side, where that takes fewer pages or is worth while: many short stages leave much of
/// a page's width blank.
fn in_panels<'a, 'c>(
    sheets: &[PageSheet],
    held: &Choice<'a, 'c>,
    frame: &Frame<'_>,
    least: Length,
) -> Option<Choice<'a, 'c>> {
    let (grid, rival) = (held.grid, Rival::of(&held.fit, WORTH_PANELS));
    let (sheet, fit) = best_sheet(sheets, grid, frame, 2, least, Some(rival))?;
    let worth = fit.panels.len() > 1 && rival.is_met_by(&fit);
    worth.then(|| Choice { sheet: sheet.clone(), grid, fit })
}

/// Panels stand side by side where the type of the whole chart gains by it at least so much, in hundredths.
const WORTH_PANELS: i64 = 108;

/// Boxes that one leads to stand otherwise than side by side where the type of the whole chart gains by it at least so much,
/// in hundredths.
const WORTH_PARTING: i64 = 101;

/// The best sheet for names on one line and labels folded: see [`best_sheet`]; or for one of the alternatives, where that is
/// worth while.
fn best_of<'a>(
    sheets: &'a [PageSheet],
    grid: &Grid<'_>,
    frame: &Frame<'_>,
    least: Length,
    rival: Option<Rival>,
) -> Option<(&'a PageSheet, Fit)> {
    let mut best = best_sheet(sheets, grid, frame, 1, least, rival);
    let main = best.as_ref().map(|(_, fit)| fit.widths.text.main);
    for Alternative { texts, worth } in &grid.alternatives {
        let held_size = best.as_ref().map(|(_, fit)| fit.body.scale(*worth, 100));
        let floor = held_size.unwrap_or(least).max(rival.map_or(least, |rival| rival.body));
        let one_page = Rival { pages: 1, body: floor };
        let near = |text: &&FlowText| text.main == text.names || main.is_none_or(|main| text.main == main);
        let texts: Vec<FlowText> = texts.iter().filter(near).copied().collect();
        let broken = sheets.iter().filter_map(|sheet| {
            let trial = Trial { grid, frame, sheet: sheet.sheet, abreast: 1, texts: &texts };
            Some((sheet, trial.best(least, Some(one_page)).filter(|fit| fit.body >= floor)?))
        });
        best = broken.min_by_key(|(_, fit)| rank(fit)).or(best);
    }
    best
}

/// The sheet on which the chart in so many panels abreast takes the fewest pages, then has the largest type, then is filled
/// best, with no type under `least`; `None` where a row is too tall for a page of each, or nothing as good as the rival is
/// found.
fn best_sheet<'a>(
    sheets: &'a [PageSheet],
    grid: &Grid<'_>,
    frame: &Frame<'_>,
    abreast: usize,
    least: Length,
    rival: Option<Rival>,
) -> Option<(&'a PageSheet, Fit)> {
    let mut best: Option<(&PageSheet, Fit)> = None;
    for sheet in sheets {
        let rival = best.as_ref().map(|(_, fit)| Rival::of(fit, 100)).or(rival);
        let trial = Trial { grid, frame, sheet: sheet.sheet, abreast, texts: &grid.flow_texts };
        let Some(fit) = trial.best(least, rival) else { continue };
        if best.as_ref().is_none_or(|(_, held)| rank(held) > rank(&fit)) {
            best = Some((sheet, fit));
        }
    }
    best
}

/// What makes one fit better than another, the better one less.
fn rank(fit: &Fit) -> (usize, Length, i64) {
    (fit.pages(), -fit.body, -fit.filled)
}

/// A chart's content with more air in its boxes, and the fit again, where its single page has height to spare.
pub(crate) fn aired(
    chart: &Chart,
    frame: &Frame<'_>,
    Choice { sheet, grid, fit }: &Choice<'_, '_>,
) -> Option<(Content, Fit)> {
    if fit.panels.len() > 1 || fit.filled > AIRY {
        return None;
    }
    Air::amounts().find_map(|air| {
        let content = grid.content.aired(air);
        let grid = Grid::new(chart, &content, grid.topology).ok()?;
        let fit = Trial { grid: &grid, frame, sheet: sheet.sheet, abreast: 1, texts: &[] }.again(fit)?;
        Some((content, fit))
    })
}

/// 八号, the smallest type that is printed: 5 pt. A chart with a row too tall for a page at the size asked for gets smaller
/// type down to this one.
const LEAST_PRINTED: Length = Length::um(1764);

/// The sizes under `least`, half a point apart.
fn smaller(least: Length) -> impl Iterator<Item = Length> {
    let step = Length::from_pt(0.5);
    std::iter::successors(Some(least - step), move |&size| Some(size - step)).take_while(|&size| size >= LEAST_PRINTED)
}

fn paper_of(chart: &Chart, options: &Options) -> Paper {
    let written = || chart.page.paper.as_ref().map(|paper| paper.value.clone());
    options.paper.clone().or_else(written).unwrap_or_else(Paper::standard)
}

/// Below this the chart goes on to another page: 9 pt on A3 and larger, 7.5 pt below.
fn least_size(chart: &Chart, paper: &Paper) -> Length {
    let large = paper.size.width.min(paper.size.height) >= Length::mm(285);
    let standard = if large { 9.0 } else { 7.5 };
    Length::from_pt(chart.page.min_size.as_ref().map_or(standard, |size| size.value))
}

/// A glyph is read from 250 times its height; at 500 times nobody reads it.
fn check_distance(chart: &Chart, fit: &Fit, report: &mut Report) {
    let Some(distance) = &chart.page.distance else { return };
    let metres = fit.body.to_mm() * 250.0 / 1000.0;
    let code = if metres * 2.0 < distance.value {
        Code::UnreadableAtDistance
    } else if metres < distance.value {
        Code::SmallForDistance
    } else {
        return;
    };
    // Cut to tenths, as the summary of a build has them.
    let reach = (metres * 10.0).floor() / 10.0;
    let problem = Diagnostic::new(code, distance.span)
        .with("distance", distance.value)
        .with("size", format!("{:.1}", fit.body.to_pt()))
        .with("reach", format!("{reach:.1}"))
        .with("needed", format!("{:.1}", Length::from_mm(distance.value * 4.0).to_pt()));
    report.push(problem);
}

impl PageSheet {
    /// The sheet of a paper; `None` where its margins leave no room.
    fn new(chart: &Chart, paper: &Paper, orientation: Orientation) -> Option<Self> {
        let size = paper.turned(orientation);
        let page = &chart.page;
        let bleed = page.bleed.as_ref().map_or(Length::ZERO, |bleed| Length::from_mm(bleed.value));
        let marks = page.marks.as_ref().is_some_and(|marks| marks.value);
        let around = if marks { bleed.max(MARK_OFFSET) + MARK_SPACE + MARK_LENGTH } else { bleed };
        let trim = Rect::at(around, around, size);
        let default = default_margin(size.width.min(size.height)).to_mm();
        let [top, right, bottom, left] = page
            .margin
            .as_ref()
            .map_or([default.max(8.0), default, default, default], |margin| margin.value)
            .map(Length::from_mm);
        let inner = Rect::new(trim.left + left, trim.top + top, trim.right - right, trim.bottom - bottom);
        if inner.width() < Length::mm(20) || inner.height() < Length::mm(20) {
            return None;
        }
        let color = match page.color.as_ref().map(|color| color.value).unwrap_or_default() {
            ColorSpace::Rgb => ColorMode::Rgb,
            ColorSpace::Cmyk => ColorMode::Cmyk,
            ColorSpace::Gray => ColorMode::Gray,
        };
        Some(Self {
            sheet: Sheet { size, inner },
            paper: paper.name.clone(),
            color,
            media: Size::new(size.width + around * 2, size.height + around * 2),
            trim,
            bleed,
            marks,
        })
    }
}
