//! Charts drawn on sheets: text boxes and arrows over the cells, as a page of boxes.

use roxmltree::Node;

use crate::diag::Diagnostic;
use crate::office::drawing::{self, Drawn, EMU, Space, Texts};
use crate::office::grid::Grid;
use crate::office::package::Package;
use crate::office::read::Para;
use crate::office::sketch::{Page, Rect, TextLine};
use crate::office::word::{Relations, join, relations};
use crate::office::xml::{Ns, attr, child, children, is, number, parse, path};

/// The width of a column and the height of a row that say none, in pt.
const COLUMN: f64 = 54.0;
const ROW: f64 = 14.4;
/// The width of a character in columns' own measure, and what a column has beside its text, in pt.
const CHARACTER: f64 = 5.25;
const BESIDE: f64 = 3.75;
/// Rows and columns whose sizes are kept one by one.
const MOST: usize = 20_000;

/// The sheets of a workbook on which something is drawn, each as a page, with the words of its cells as lines.
///
/// # Errors
/// A part is damaged or beyond limits.
pub(in crate::office) fn pages(package: &mut Package<'_>, main: &str, grids: &[Grid]) -> Result<Vec<Page>, Diagnostic> {
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
    let parts = relations(package, &format!("{folder}/_rels/{name}.rels"))?;
    let Some(text) = package.text(main)? else { return Ok(Vec::new()) };
    let workbook = parse(&text, main)?;
    let sheets = path(workbook.root_element(), Ns::S, &["sheets"]).map(children).unwrap_or_default();
    let mut pages = Vec::new();
    for sheet in sheets {
        // Hidden sheets are not among the grids.
        let Some(grid) = grids.iter().find(|grid| attr(sheet, "name") == Some(&grid.name)) else { continue };
        let Some((target, _)) = attr(sheet, "id").and_then(|id| parts.get(id)) else { continue };
        let part = join(folder, target);
        if let Some(drawn) = drawn(package, &part)? {
            pages.push(page(drawn, grid));
        }
    }
    Ok(pages)
}

/// What is drawn on a sheet, and how wide and high its columns and rows are; `None` where nothing is.
fn drawn(package: &mut Package<'_>, part: &str) -> Result<Option<(Drawn, Sizes)>, Diagnostic> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let own: Relations = relations(package, &format!("{folder}/_rels/{name}.rels"))?;
    let Some((target, _)) = own.values().find(|(_, kind)| kind == "drawing") else { return Ok(None) };
    let drawing = join(folder, target);
    let (Some(sheet), Some(text)) = (package.text(part)?, package.text(&drawing)?) else { return Ok(None) };
    let sizes = Sizes::read(parse(&sheet, part)?.root_element());
    let document = parse(&text, &drawing)?;
    let mut drawn = Drawn::default();
    for anchor in children(document.root_element()) {
        let place = sizes.place(anchor);
        for shape in children(anchor) {
            let space = Space { scale: (1.0 / EMU, 1.0 / EMU), shift: (0.0, 0.0) };
            let own =
                place.map(|place| Rect::new(place.x0 * EMU, place.y0 * EMU, place.width() * EMU, place.height() * EMU));
            drawing::read(shape, space, own, &mut Stories, &mut drawn);
        }
    }
    Ok((!drawn.shapes.is_empty()).then_some((drawn, sizes)))
}

fn page((drawn, sizes): (Drawn, Sizes), grid: &Grid) -> Page {
    let row = |row: usize| grid.row(row).into_iter().map(|(_, text)| text.replace('\n', " ")).collect::<Vec<_>>();
    let lines = (0..grid.height).map(|at| TextLine { y: sizes.top(at), text: row(at).join("　") });
    let bottom = drawn.shapes.iter().map(|shape| shape.rect.y1).fold(sizes.top(grid.height), f64::max);
    Page {
        lines: lines.filter(|line| !line.text.is_empty()).collect(),
        shapes: drawn.shapes,
        connectors: drawn.connectors,
        pictures: drawn.pictures,
        height: bottom,
        ..Page::default()
    }
}

/// The texts of shapes: `a:p` with `a:r`.
struct Stories;

impl<'a, 'i> Texts<'a, 'i> for Stories {
    fn read(&mut self, shape: Node<'a, 'i>, _: &mut Drawn) -> Vec<Para> {
        let body = children(shape).into_iter().find(|child| child.tag_name().name() == "txBody");
        let paras = body.map(children).unwrap_or_default();
        paras.into_iter().filter(|para| is(*para, Ns::A, "p")).map(para).collect()
    }
}

fn para(node: Node<'_, '_>) -> Para {
    let mut text = String::new();
    for run in children(node) {
        match run.tag_name().name() {
            "br" => text.push('\n'),
            "r" | "fld" => text.push_str(child(run, Ns::A, "t").and_then(|text| text.text()).unwrap_or_default()),
            _ => {}
        }
    }
    let props = child(node, Ns::A, "pPr");
    let numbered = props
        .is_some_and(|props| child(props, Ns::A, "buAutoNum").is_some() || child(props, Ns::A, "buChar").is_some());
    Para { text, numbered }
}

/// Where columns and rows begin, in pt.
struct Sizes {
    columns: Vec<f64>,
    rows: Vec<f64>,
    usual: (f64, f64),
}

impl Sizes {
    fn read(sheet: Node<'_, '_>) -> Self {
        let usual = child(sheet, Ns::S, "sheetFormatPr");
        let usual_of = |name| usual.and_then(|format| number(format, name));
        let width = |characters: f64| characters * CHARACTER + BESIDE;
        let usual = (usual_of("defaultColWidth").map_or(COLUMN, width), usual_of("defaultRowHeight").unwrap_or(ROW));
        let mut columns = Vec::new();
        for node in path(sheet, Ns::S, &["cols"]).map(children).unwrap_or_default() {
            let (Some(first), Some(last), Some(size)) =
                (number(node, "min"), number(node, "max"), number(node, "width"))
            else {
                continue;
            };
            let size = if attr(node, "hidden") == Some("1") { 0.0 } else { width(size) };
            set(&mut columns, (first as usize, last as usize), size, usual.0);
        }
        let mut rows = Vec::new();
        for node in path(sheet, Ns::S, &["sheetData"]).map(children).unwrap_or_default() {
            let (Some(at), Some(size)) = (number(node, "r"), number(node, "ht")) else { continue };
            let size = if attr(node, "hidden") == Some("1") { 0.0 } else { size };
            set(&mut rows, (at as usize, at as usize), size, usual.1);
        }
        Self { columns, rows, usual }
    }

    fn top(&self, row: usize) -> f64 {
        begin(&self.rows, row, self.usual.1)
    }

    /// Where an anchor stands, by the cells it names; `None` where the shape's own place has to serve.
    fn place(&self, anchor: Node<'_, '_>) -> Option<Rect> {
        let corner = |name| {
            let node = child(anchor, Ns::Xdr, name)?;
            let value = |name| child(node, Ns::Xdr, name)?.text()?.trim().parse::<f64>().ok();
            let (column, row) = (value("col")?.clamp(0.0, 1e6) as usize, value("row")?.clamp(0.0, 1e7) as usize);
            let (right, down) = (value("colOff").unwrap_or(0.0) / EMU, value("rowOff").unwrap_or(0.0) / EMU);
            Some((begin(&self.columns, column, self.usual.0) + right, self.top(row) + down))
        };
        let size = child(anchor, Ns::Xdr, "ext").and_then(|ext| Some((number(ext, "cx")?, number(ext, "cy")?)));
        let from = corner("from").or_else(|| {
            let node = child(anchor, Ns::Xdr, "pos")?;
            Some((number(node, "x")? / EMU, number(node, "y")? / EMU))
        })?;
        let to = corner("to").or_else(|| size.map(|(width, height)| (from.0 + width / EMU, from.1 + height / EMU)))?;
        Some(Rect { x0: from.0, y0: from.1, x1: to.0.max(from.0), y1: to.1.max(from.1) })
    }
}

/// Sets the sizes of some columns or rows, counted from 1.
fn set(sizes: &mut Vec<f64>, (first, last): (usize, usize), size: f64, usual: f64) {
    let last = last.min(MOST);
    if first >= 1 && first <= last {
        sizes.resize(sizes.len().max(last), usual);
        sizes[first - 1..last].fill(size);
    }
}

fn begin(sizes: &[f64], at: usize, usual: f64) -> f64 {
    sizes.iter().take(at).sum::<f64>() + at.saturating_sub(sizes.len()) as f64 * usual
}
