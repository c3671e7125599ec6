//! From a fit to a scene: its pages, their bookmarks, what the document tells of itself.

use std::sync::Arc;

use crate::layout::fit::{Fit, sheet};
use crate::layout::grid::Grid;
use crate::layout::options::Options;
use crate::layout::paint::arrow::ArrowPainter;
use crate::layout::paint::boxes::BoxPainter;
use crate::layout::paint::frame::FramePainter;
use crate::layout::paint::labels::LabelPainter;
use crate::layout::paint::page;
use crate::layout::paint::phases::PhasePainter;
use crate::layout::paint::rows::{GRID, RowPainter};
use crate::layout::paint::text::{MarkShape, group, part_of};
use crate::layout::place::{Panel, Placed, Placer, StagePlace};
use crate::layout::route::flow::FlowRouter;
use crate::layout::route::links::LinkRouter;
use crate::layout::route::references::References;
use crate::layout::summary;
use crate::layout::words::content::percent;
use crate::layout::words::frame::Frame;
use crate::layout::words::style::{self, Styles};
use crate::model::Chart;
use crate::scene::{Bookmark, Item, Meta, Page, Role, Scene};
use crate::theme::LevelLook;
use crate::unit::{Em, Length};

/// All that a scene is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) chart: &'a Chart,
    pub(super) styles: &'a Styles<'a>,
    pub(super) frame: &'a Frame<'a>,
    pub(super) grid: &'a Grid<'a>,
    /// How each level is painted, worst first, with the user's own marks.
    pub(super) looks: &'a [(LevelLook, Option<MarkShape>)],
}

impl Drawing<'_> {
    /// The scene: a page for each of the fit's.
    pub(super) fn scene(&self, sheet: &sheet::PageSheet, fit: &Fit, options: &Options) -> Scene {
        let mut bookmarks = Vec::new();
        let pages = (0..fit.pages()).map(|page| self.page(sheet, fit, page, &mut bookmarks)).collect();
        let title = self.full_title();
        let outline = vec![Bookmark { title: title.clone(), page: 0, y: Length::ZERO, children: bookmarks }];
        Scene { meta: self.meta(title, sheet, fit), pages, outline, fonts: Arc::clone(&options.fonts) }
    }

    /// In how many places lines of the flow cross in a chart that is set like this.
    pub(super) fn crossings(frame: &Frame<'_>, choice: &sheet::Choice<'_, '_>) -> usize {
        let sheet::Choice { sheet, grid, fit } = choice;
        let placer = Placer { grid, frame, fit, sheet: &sheet.sheet };
        let on_page = |page: usize| {
            let plan = placer.plan(page);
            let crossings = |panel: &Panel<'_>| router(grid, fit, &panel.grid, plan.edges).crossings();
            plan.panels.iter().map(crossings).sum::<usize>()
        };
        (0..fit.pages()).map(on_page).sum()
    }

    fn full_title(&self) -> String {
        format!("{}（{}）", self.chart.title.value, self.chart.power.value)
    }

    /// What is printed behind the grid, for those who don't see it.
    fn watermark_words(&self) -> String {
        self.chart.watermark.as_ref().map_or_else(String::new, |words| format!("水印：{}。", words.value))
    }

    fn meta(&self, title: String, sheet: &sheet::PageSheet, fit: &Fit) -> Meta {
        let unit = self.chart.unit.as_ref().map_or_else(String::new, |unit| unit.value.clone());
        let of = if unit.is_empty() { String::new() } else { format!("{unit}的") };
        let stages = self.chart.stages.len();
        let risks: usize = self.chart.stages.iter().map(|stage| stage.risks.len()).sum();
        let identifier = self.chart.code.as_ref().map_or_else(String::new, |code| code.value.clone());
        Meta {
            description: format!(
                "{of}{title}：{stages}个环节，{risks}处风险点及其防控措施。{}",
                self.watermark_words()
            ),
            title,
            author: unit,
            keywords: vec!["廉政风险防控".to_owned(), self.chart.power.value.clone()],
            identifier,
            summary: summary::summary(self.chart),
            date: self.chart.date.as_ref().map_or_else(String::new, |date| date.value.clone()),
            color: sheet.color,
            press: self.frame.pictures.press.clone(),
            body_size: fit.body,
            paper: sheet.paper.clone(),
        }
    }

    fn page(&self, sheet: &sheet::PageSheet, fit: &Fit, page: usize, bookmarks: &mut Vec<Bookmark>) -> Page {
        let (widths, spread) = (&fit.widths, self.spread_width(fit));
        let clear = self.frame.watermark.is_some();
        let boxes = BoxPainter { styles: self.styles, body: fit.body, widths, clear, spread };
        let placer = Placer { grid: self.grid, frame: self.frame, fit, sheet: &sheet.sheet };
        let plan = placer.plan(page);
        let frame = FramePainter {
            boxes,
            frame: self.frame,
            content: self.grid.content,
            sheet: &sheet.sheet,
            looks: self.looks,
        };
        let watermark = frame.watermark(plan.edges);
        let header = frame.header(&plan.frame.title, page > 0);
        let foot = frame.foot(&plan.frame.foot, (page + 1, fit.pages()));
        let again = |again: bool, items: Vec<Item>| match again {
            true => vec![group(Role::Repeated, None, items)],
            false => items,
        };
        let mut table = Vec::new();
        for (number, panel) in plan.panels.iter().enumerate() {
            let heads = frame.heads(self.grid.heads(&fit.widths), &panel.heads);
            table.extend(again(page + number > 0, vec![group(Role::HeadRow, None, heads)]));
            table.extend(self.panel(fit, boxes, panel, plan.edges));
            let rows = panel.rows;
            let begun = |place: &&StagePlace| rows.began_before(self.grid.topology.place(place.stage).row);
            let stages = panel.grid.stages.iter().filter(|place| !begun(place));
            bookmarks.extend(stages.map(|place| self.bookmark(place, page)));
        }
        let table = part_of(GRID, Role::Table, table);
        let (header, foot) = (again(page > 0, header), again(page > 0, foot));
        let items = watermark.into_iter().chain(header).chain([table]).chain(foot).collect();
        Page { continued: page > 0, ..page::page(sheet, items) }
    }

    /// The arrows and rows of a panel, between the grid's upper and lower edge.
    fn panel(&self, fit: &Fit, boxes: BoxPainter<'_>, panel: &Panel<'_>, edges: (Length, Length)) -> Vec<Item> {
        let placed = &panel.grid;
        let (grid, body, theme) = (self.grid, fit.body, self.styles.theme);
        let flow = router(grid, fit, placed, edges);
        let flow_routes = flow.routes();
        let references = References { flow, panels: &fit.panels, abreast: fit.abreast }.of(&flow_routes);
        let links = LinkRouter { grid, placed, body }.routes();
        let routes: Vec<_> = flow_routes.into_iter().map(|flow| flow.route).chain(links).collect();
        let mut items = ArrowPainter { theme, body }.paint(&routes);
        let words = LabelPainter { styles: self.styles, body };
        let labels = flow.labels().iter().map(|label| (label.from, words.label(label))).collect();
        let edge = |below: bool| references.iter().filter(move |reference| reference.below == below);
        let mut above: Vec<Item> = edge(false).map(|reference| words.reference(reference)).collect();
        let below = edge(true).map(|reference| words.reference(reference)).collect();
        above.extend(PhasePainter { grid, placed, body, theme }.paint());
        items.extend(RowPainter::new(grid, self.looks, boxes, panel).rows(labels, above, below));
        items
    }

    fn bookmark(&self, place: &StagePlace, page: usize) -> Bookmark {
        let title = self.chart.stages[place.stage.0].name.value.clone();
        Bookmark { title, page, y: place.shape.top, children: Vec::new() }
    }

    /// Short names are spread over the width of the longest name, but over three characters at least and four at most.
    fn spread_width(&self, fit: &Fit) -> Em {
        let names = self.grid.content.stages.iter().filter_map(|stage| stage.block.parts.first());
        let longest = names.map(|part| part.para.text.natural_width()).max().unwrap_or_default();
        let room = style::TypeSize(percent::NAME).measure(self.grid.least_text(fit.widths.text));
        longest.clamp(Em::ONE * 3, Em::ONE * 4).min(room)
    }
}

/// What finds the ways of the flow's arrows over a panel, between the grid's upper and lower edge.
fn router<'a>(grid: &'a Grid<'a>, fit: &Fit, placed: &'a Placed, edges: (Length, Length)) -> FlowRouter<'a> {
    let extent = grid.between_edges(edges, &placed.rows, fit.body);
    FlowRouter { grid, placed, body: fit.body, text: fit.widths.text, extent }
}
