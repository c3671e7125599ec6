//! Chart to scene: columns, rows, boxes, flow lines, the largest type that fits.
//!
//! | step | module |
//! |---|---|
//! | words to measured blocks, in ems of the body size | `words` |
//! | where rows and boxes stand so that no two meet | `stack` |
//! | characters that no face has, told | `missing` |
//! | which row and lane every flow box stands in, which way its arrows run | `topology` |
//! | which box stands in which slot, how large boxes and lanes are | `grid` |
//! | title block, notes and footer, stacked | `frame` |
//! | the sheet, its panels, the largest body size, the columns' widths, the heights of rows and boxes | `fit` |
//! | the plan of a page: everything in its place | `place` |
//! | the ways of arrows, the places of their labels | `route` |
//! | boxes, arrows, title, footer as items | `paint` |
//! | pages put together to a scene | `drawing` |
//! | scenes to other scenes: sheets of a small printer, all charts in one | [`tile`], [`book`] |

pub mod book;
mod drawing;
mod fit;
mod frame;
mod grid;
mod lettering;
mod metrics;
mod missing;
mod options;
mod paint;
mod place;
mod route;
mod stack;
mod summary;
pub mod tile;
mod topology;
mod words;

pub use options::Options;

use drawing::Drawing;
use fit::{Fit, sheet};
use grid::Grid;
use paint::text::MarkShape;
use topology::Topology;
use words::content::Writer;
use words::diamond::TextShape;
use words::style::Styles;

use crate::diag::{Code, Diagnostic, Report, related};
use crate::geom::Point;
use crate::model::{Chart, StageIx, Stamp};
use crate::picture::Pictures;
use crate::scene::Scene;
use crate::theme::Theme;
use crate::unit::Length;

/// Arranges a chart on its paper.
///
/// Problems go to `report`; `None` where nothing can be drawn.
pub fn arrange(chart: &Chart, pictures: &Pictures, options: &Options, report: &mut Report) -> Option<Scene> {
    let named = options.theme.as_deref().or(chart.page.theme.as_ref().map(|text| text.value.as_str()));
    let theme = named.and_then(Theme::find).unwrap_or(Theme::standard());
    let styles = match Styles::resolve(theme, &options.fonts, &chart.page.fonts) {
        Ok(styles) => styles,
        Err(family) => {
            report.push(Diagnostic::new(Code::UnknownFont, family.span).with("family", &family.value));
            return None;
        }
    };
    report_stand_ins(chart, options, report);
    let mut writer = Writer::new(styles, chart);
    let stamp = options.stamp.then(|| Stamp::of(chart));
    let (content, frame) = (writer.content(), writer.frame(pictures, stamp));
    let looks: Vec<_> =
        (0..chart.levels.len()).map(|rank| (writer.look(rank), own_mark(chart, rank, &styles))).collect();
    if !writer.missing.is_empty() {
        missing::report(&writer.missing, report);
        return None;
    }
    let topologies = Topology::all(chart);
    let grids: Result<Vec<Grid>, _> = topologies.iter().map(|topology| Grid::new(chart, &content, topology)).collect();
    let grids = match grids {
        Ok(grids) => grids,
        Err(claims) => {
            for (second, first) in claims {
                let place = content.cells[second].span;
                report.push(
                    Diagnostic::new(Code::CellClaimed, place).related(content.cells[first].span, related::CELL_TAKEN),
                );
            }
            return None;
        }
    };
    let crossed = |choice: &sheet::Choice<'_, '_>| Drawing::crossings(&frame, choice);
    let choice = sheet::choose(chart, options, &grids, (&frame, &crossed), report)?;
    report_broken_words(choice.grid, &choice.fit, report);
    let sheet::Choice { sheet, grid, fit } = &choice;
    let drawing = Drawing { chart, styles: &styles, frame: &frame, grid, looks: &looks };
    if let Some((content, fit)) = sheet::aired(chart, &frame, &choice) {
        let grid = Grid::new(chart, &content, grid.topology).ok()?;
        return Some(Drawing { grid: &grid, ..drawing }.scene(sheet, &fit, options));
    }
    Some(drawing.scene(sheet, fit, options))
}

/// Addresses and strings of letters that are longer than a line, each on the line it was written on.
fn report_broken_words(grid: &Grid<'_>, fit: &Fit, report: &mut Report) {
    let (content, text) = (grid.content, fit.widths.text);
    let cells = content.cells.iter().flat_map(|cell| cell.block.broken_words(grid::text_width(cell, &fit.widths)));
    let stages = content.stages.iter().enumerate().flat_map(|(at, stage)| {
        let at = StageIx(at);
        let name = match grid.outlined(at, text).text {
            TextShape::Column(width) => Some(stage.block.broken_words(width)),
            TextShape::Along(_) => None,
        };
        name.into_iter().flatten().chain(stage.materials.broken_words(grid.lane_text(grid.lane_of(at), text)))
    });
    report.diagnostics.extend(cells.chain(stages).map(|span| Diagnostic::new(Code::AddressBroken, span)));
}

/// Families of the chart that others stand in for, each once.
fn report_stand_ins(chart: &Chart, options: &Options, report: &mut Report) {
    let names = &chart.page.fonts;
    let mut told = Vec::new();
    for name in [&names.title, &names.head, &names.body].into_iter().flatten() {
        if let Some(used) = options.fonts.stand_in(&name.value).filter(|_| !told.contains(&name.span)) {
            told.push(name.span);
            let problem = Diagnostic::new(Code::FontStandsIn, name.span).with("family", &name.value);
            report.push(problem.with("used", used));
        }
    }
}

/// The user's own mark for a level, as an outline about the origin; `None` where the theme's is used.
fn own_mark(chart: &Chart, rank: usize, styles: &Styles<'_>) -> Option<MarkShape> {
    let mark = chart.levels[rank].mark.as_ref()?;
    let character = mark.value.chars().find(|c| !c.is_whitespace())?;
    let face = styles.fonts.face(styles.fonts.face_for(styles.body, character)?);
    let outline = face.outline(face.glyph(character)?, Length::mm(1));
    let bounds = outline.bounds()?;
    let (x, y) = (bounds.mid_x(), bounds.mid_y());
    let side = bounds.width().max(bounds.height()).max(Length::um(1));
    let scaled = |v: Length| v.scale(Length::mm(1).to_um(), side.to_um());
    Some(MarkShape::Outline(outline.map(|p| Point::new(scaled(p.x - x), scaled(p.y - y)))))
}
