//! Tables of Word as grids.

use roxmltree::Node;

use super::styles::Styles;
use super::text::{is_deleted_row, story};
use crate::office::grid::{Grid, Merge};
use crate::office::read::Para;
use crate::office::xml::{Ns, attr, child, children, is, number, path, val};

/// A cell as it stands in its row.
pub(super) struct Cell<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    pub(super) column: usize,
    pub(super) span: usize,
    merge: Option<bool>,
}

/// The rows of a table, content controls and revisions looked through.
pub(super) fn rows<'a, 'i>(table: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    within(table, "tr").into_iter().filter(|row| !is_deleted_row(*row)).collect()
}

fn within<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in children(node) {
        match child.tag_name().name() {
            own if own == name && is(child, Ns::W, name) => found.push(child),
            "sdt" | "sdtContent" | "ins" | "customXml" | "moveTo" => found.extend(within(child, name)),
            _ => {}
        }
    }
    found
}

/// The cells of a row with their columns.
pub(super) fn cells<'a, 'i>(row: Node<'a, 'i>) -> Vec<Cell<'a, 'i>> {
    let count = |props: Option<Node<'_, '_>>, name| {
        let value = props.and_then(|props| child(props, Ns::W, name)).and_then(|node| number(node, "val"));
        value.map_or(0, |value| value.clamp(0.0, 1000.0) as usize)
    };
    let mut column = count(child(row, Ns::W, "trPr"), "gridBefore");
    let mut cells = Vec::new();
    for node in within(row, "tc") {
        let props = child(node, Ns::W, "tcPr");
        let span = count(props, "gridSpan").max(1);
        // A vMerge without a value goes on with the cell above (ISO 29500-1, 17.4.84).
        let merge =
            props.and_then(|props| child(props, Ns::W, "vMerge")).map(|merge| attr(merge, "val") == Some("restart"));
        cells.push(Cell { node, column, span, merge });
        column += span;
    }
    cells
}

/// The cells of a table that only frames other tables: there are at most two of them.
pub(super) fn layout<'a, 'i>(table: Node<'a, 'i>) -> Option<Vec<Node<'a, 'i>>> {
    const MOST: usize = 2;
    let cells: Vec<Node<'_, '_>> = rows(table).into_iter().flat_map(cells).map(|cell| cell.node).collect();
    let frames = cells.iter().any(|cell| !within(*cell, "tbl").is_empty());
    (frames && cells.len() <= MOST).then_some(cells)
}

/// The left edges of the columns from the table's own, in pt, and the right edge of the last.
pub(super) fn edges(table: Node<'_, '_>) -> Vec<f64> {
    let columns = path(table, Ns::W, &["tblGrid"]).map(children).unwrap_or_default();
    let mut at = 0.0;
    let mut edges = vec![at];
    for column in columns.into_iter().filter(|column| is(*column, Ns::W, "gridCol")) {
        at += number(column, "w").unwrap_or(0.0) / 20.0;
        edges.push(at);
    }
    edges
}

/// The height that a row says it has, in pt.
pub(super) fn height(row: Node<'_, '_>) -> f64 {
    let height = child(row, Ns::W, "trPr").and_then(|props| child(props, Ns::W, "trHeight"));
    height.and_then(|height| number(height, "val")).unwrap_or(0.0) / 20.0
}

/// A table that is laid out as a grid of texts.
pub(super) fn grid(table: Node<'_, '_>, styles: &Styles, page: usize) -> Grid {
    let mut grid = Grid { knows_merges: true, page, ..Grid::default() };
    // Of each column, the row where the cell that is being merged downwards began, and its span.
    let mut open: Vec<Option<(usize, usize)>> = Vec::new();
    let mut merges: Vec<Merge> = Vec::new();
    for (at, row) in rows(table).into_iter().enumerate() {
        for cell in cells(row) {
            let right = cell.column + cell.span - 1;
            open.resize(open.len().max(right + 1), None);
            let above = open[cell.column].filter(|_| cell.merge == Some(false));
            if let Some((top, span)) = above {
                let known = merges.iter_mut().find(|merge| (merge.top, merge.left) == (top, cell.column));
                match known {
                    Some(merge) => merge.bottom = at,
                    None => merges.push(Merge { top, left: cell.column, bottom: at, right: cell.column + span - 1 }),
                }
                grid.height = grid.height.max(at + 1);
                continue;
            }
            if cell.span > 1 {
                merges.push(Merge { top: at, left: cell.column, bottom: at, right });
            }
            open[cell.column] = Some((at, cell.span)).filter(|_| cell.merge == Some(true));
            grid.put(at, cell.column, paras(cell.node, styles));
            grid.width = grid.width.max(right + 1);
        }
    }
    merges.into_iter().for_each(|merge| grid.merge(merge));
    grid
}

fn paras(cell: Node<'_, '_>, styles: &Styles) -> Vec<Para> {
    let (mut paras, drawings) = story(cell, styles);
    // Arrows between rows are drawn as often as typed; boxes that are drawn into a cell are read with it.
    for drawing in drawings {
        let boxes = drawing.descendants().filter(|node| node.tag_name().name() == "txbxContent");
        let chosen = boxes.filter(|node| !node.ancestors().any(|parent| parent.tag_name().name() == "Fallback"));
        paras.extend(chosen.flat_map(|node| story(node, styles).0));
    }
    paras
}

/// The table's own indent from the left margin in pt, and whether it floats.
pub(super) fn indent(table: Node<'_, '_>) -> f64 {
    let props = child(table, Ns::W, "tblPr");
    let indent = props.and_then(|props| child(props, Ns::W, "tblInd")).and_then(|indent| number(indent, "w"));
    let centred = props.and_then(|props| val(props, "jc")) == Some("center");
    if centred { 0.0 } else { indent.unwrap_or(0.0) / 20.0 }
}
