//! Tables: cells with places, merged ones known as such.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Para, joined};

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The sheet's name; empty for tables of Word.
    pub(super) name: String,
    /// Cells that hold something.
    pub(super) cells: BTreeMap<(usize, usize), Vec<Para>>,
    /// Merged cells: first and last row and column.
    pub(super) merges: Vec<Merge>,
    /// Where of each cell of a merge the first one is.
    pub(super) origins: BTreeMap<(usize, usize), usize>,
    /// Rows, numbers of columns.
    pub(super) height: usize,
    pub(super) width: usize,
    /// Whether merges are known: in csv an empty cell says nothing.
    pub(super) knows_merges: bool,
    /// The page of a table of Word.
    pub(super) page: usize,
    /// Cells whose formula has no value, or an error: #REF!.
    pub(super) formulas: BTreeSet<(usize, usize)>,
}

/// Cells merged into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

/// Cells of one merge that are remembered one by one; larger merges are decoration.
const MAX_MERGED: usize = 1 << 16;

impl Grid {
    /// Adds a cell.
    pub(super) fn put(&mut self, row: usize, column: usize, paras: Vec<Para>) {
        self.height = self.height.max(row + 1);
        self.width = self.width.max(column + 1);
        if paras.iter().any(|para| !para.text.trim().is_empty()) {
            self.cells.insert((row, column), paras);
        }
    }

    /// Adds a merge.
    pub(super) fn merge(&mut self, merge: Merge) {
        let at = self.merges.len();
        let size = (merge.bottom - merge.top + 1).saturating_mul(merge.right - merge.left + 1);
        if !(2..=MAX_MERGED).contains(&size) || self.origins.len() > 16 * MAX_MERGED {
            return;
        }
        self.merges.push(merge);
        for row in merge.top..=merge.bottom {
            for column in merge.left..=merge.right {
                self.origins.insert((row, column), at);
            }
        }
    }

    /// Adds the rows of a table below its own.
    pub(super) fn append(&mut self, below: &Self) {
        let top = self.height;
        for ((row, column), paras) in &below.cells {
            self.put(row + top, *column, paras.clone());
        }
        for merge in &below.merges {
            self.merge(Merge { top: merge.top + top, bottom: merge.bottom + top, ..*merge });
        }
        self.height = self.height.max(top + below.height);
    }

    /// The merge that a cell is in.
    pub(super) fn merge_of(&self, row: usize, column: usize) -> Option<Merge> {
        self.origins.get(&(row, column)).map(|at| self.merges[*at])
    }

    /// Where the value of a cell stands.
    pub(super) fn origin(&self, row: usize, column: usize) -> (usize, usize) {
        self.merge_of(row, column).map_or((row, column), |merge| (merge.top, merge.left))
    }

    /// The value of a cell; of a merged one, the value of the first.
    pub(super) fn get(&self, row: usize, column: usize) -> &[Para] {
        self.cells.get(&self.origin(row, column)).map_or(&[], Vec::as_slice)
    }

    /// The text of a cell.
    pub(super) fn text(&self, row: usize, column: usize) -> String {
        joined(self.get(row, column))
    }

    /// The texts of a row, each merged cell once.
    pub(super) fn row(&self, row: usize) -> Vec<(usize, String)> {
        let own = |column: &usize| self.origin(row, *column).1 == *column;
        let texts = (0..self.width).filter(own).map(|column| (column, self.text(row, column)));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// A cell's place as Excel shows it, B2; with the sheet's name before it.
    pub(super) fn place(&self, row: usize, column: usize) -> (String, String) {
        let cell = format!("{}{}", letters(column), row + 1);
        if self.name.is_empty() {
            (format!("第{}页表格{cell}", self.page), format!("page {}, table, {cell}", self.page))
        } else {
            (format!("{}!{cell}", self.name), format!("{}!{cell}", self.name))
        }
    }
}

/// A column as Excel names it.
pub(super) fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_excel_s_names() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
