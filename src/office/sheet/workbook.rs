//! Workbooks of Excel: xlsx and the older xls.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xls, Xlsx};

use super::number;
use crate::diag::{Code, Diagnostic};
use crate::office::grid::{Grid, Merge};
use crate::office::package::{damaged, too_large};
use crate::office::read::lines;

/// Cells of one workbook.
const MAX_CELLS: usize = 2_000_000;
/// Rows and columns that are read of a sheet.
const MAX_ROWS: u32 = 200_000;
const MAX_COLUMNS: u32 = 400;

type Sheets = (Vec<Grid>, Vec<Diagnostic>);

/// Reads the sheets of an xlsx whose parts were looked through.
///
/// # Errors
/// It is damaged or beyond limits.
pub(in crate::office) fn xlsx(bytes: &[u8]) -> Result<Sheets, Diagnostic> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Sheets::default();
    let mut count = 0;
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet || hidden(&sheet.name, sheet.visible, &mut sheets.1) {
            continue;
        }
        let mut grid = Grid { name: sheet.name.clone(), knows_merges: true, ..Grid::default() };
        cells(&mut book, &mut grid, &mut count)?;
        formulas(&mut book, &mut grid)?;
        merge(&mut grid, book.merge_cells_by_sheet_name(&sheet.name).map_err(damaged)?);
        sheets.0.push(grid);
    }
    Ok(sheets)
}

/// Notes a hidden sheet, which is not read.
fn hidden(name: &str, visible: SheetVisible, notices: &mut Vec<Diagnostic>) -> bool {
    if visible == SheetVisible::Visible {
        return false;
    }
    notices.push(Diagnostic::new(Code::ImportHidden, None).with("place", name));
    true
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, grid: &mut Grid, count: &mut usize) -> Result<(), Diagnostic> {
    let name = grid.name.clone();
    let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        *count += 1;
        if *count > MAX_CELLS {
            return Err(too_large(&name, MAX_CELLS));
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            continue;
        }
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let text = match cell.get_value() {
            DataRef::String(text) => unescape(text),
            DataRef::SharedString(text) => unescape(text),
            DataRef::Float(value) => number::shown(*value, format.map_or("General", |format| &format.format_code)),
            DataRef::Int(value) => number::shown(*value as f64, format.map_or("General", |format| &format.format_code)),
            DataRef::DateTime(value) => number::date(value),
            DataRef::DateTimeIso(text) => text.clone(),
            DataRef::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
            DataRef::Error(_) => {
                grid.formulas.insert((row as usize, column as usize));
                continue;
            }
            _ => continue,
        };
        grid.put(row as usize, column as usize, lines(&text));
    }
    Ok(())
}

/// Notes formulas of which no value is stored.
fn formulas(book: &mut Xlsx<Cursor<&[u8]>>, grid: &mut Grid) -> Result<(), Diagnostic> {
    let mut reader = book.worksheet_cells_reader(&grid.name).map_err(damaged)?;
    while let Some(cell) = reader.next_formula().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let at = (row as usize, column as usize);
        if row < MAX_ROWS && !cell.get_value().is_empty() && !grid.cells.contains_key(&at) {
            grid.formulas.insert(at);
        }
    }
    Ok(())
}

fn merge(grid: &mut Grid, merges: Vec<Dimensions>) {
    for merge in merges.into_iter().filter(|merge| merge.start.0 < MAX_ROWS && merge.start.1 < MAX_COLUMNS) {
        let end = (merge.end.0.min(MAX_ROWS), merge.end.1.min(MAX_COLUMNS));
        if end.0 >= merge.start.0 && end.1 >= merge.start.1 {
            grid.merge(Merge {
                top: merge.start.0 as usize,
                left: merge.start.1 as usize,
                bottom: end.0 as usize,
                right: end.1 as usize,
            });
        }
    }
}

/// `_x000D_` is how xlsx writes a carriage return, `_x005F_` an underscore (ISO/IEC 29500-1, 22.9.2.19).
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.extend(Some(c).filter(|c| *c != '\r'));
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads the sheets of an xls.
///
/// # Errors
/// It is damaged.
pub(in crate::office) fn xls(bytes: &[u8]) -> Result<Sheets, Diagnostic> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => crate::office::refuse(Code::DocumentEncrypted),
        error => damaged(error),
    })?;
    let mut sheets = Sheets::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet || hidden(&sheet.name, sheet.visible, &mut sheets.1) {
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(damaged)?;
        let mut grid = Grid { name: sheet.name.clone(), knows_merges: true, ..Grid::default() };
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::String(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
                Data::Float(value) => number::shown(*value, "General"),
                Data::Int(value) => value.to_string(),
                Data::DateTime(value) => number::date(value),
                Data::DateTimeIso(text) => text.clone(),
                Data::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
                Data::Error(_) => {
                    grid.formulas.insert((row + top as usize, column + left as usize));
                    continue;
                }
                _ => continue,
            };
            grid.put(row + top as usize, column + left as usize, lines(&text));
        }
        merge(&mut grid, book.merge_cells_by_sheet_name(&sheet.name).map_err(damaged)?);
        sheets.0.push(grid);
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_of_characters_are_resolved() {
        assert_eq!(unescape("甲_x000D_\n乙"), "甲\n乙");
        assert_eq!(unescape("a_x005F_x000D_b_xyz"), "a_x000D_b_xyz");
    }
}
