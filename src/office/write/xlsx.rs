//! A register as a workbook: merged cells, a frozen head, filters, print titles, the colours of levels, and a sheet of
//! counts.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::rows::{HEADS, LEVEL, Row, rows};
use crate::model::STANDARD_LEVELS;
use crate::office::draft::Draft;

/// Widths of the columns in characters.
const WIDTHS: [f64; 11] = [16.0, 18.0, 12.0, 14.0, 40.0, 9.0, 44.0, 16.0, 14.0, 12.0, 24.0];
/// Fills of levels by their rank, light enough for black text.
const FILLS: [u32; 5] = [0x00f4_b6b0, 0x00fb_d9a5, 0x00fd_f0b0, 0x00d8_ebc4, 0x00cf_e2f3];

/// Writes the register.
///
/// # Errors
/// A text is longer than a cell of Excel holds.
pub fn xlsx(charts: &[Draft]) -> Result<Vec<u8>, String> {
    write(charts).map_err(|error| error.to_string())
}

fn write(charts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same charts give the same bytes.
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    register(book.add_worksheet(), charts)?;
    counts(book.add_worksheet(), charts)?;
    book.save_to_buffer()
}

fn cell() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_font_name("宋体")
        .set_font_size(10)
}

fn head() -> Format {
    cell().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00e7_e6e6))
}

/// The fill of a level, by its rank in its chart's scale.
fn filled(format: Format, chart: &Draft, level: &str) -> Format {
    let own = chart.levels.iter().position(|name| name == level);
    let rank =
        own.or_else(|| STANDARD_LEVELS.iter().position(|name| *name == level).filter(|_| chart.levels.is_empty()));
    // A scale of three goes from red to yellow.
    match rank.and_then(|rank| FILLS.get(rank)) {
        Some(fill) => format.set_background_color(Color::RGB(*fill)),
        None => format,
    }
}

fn register(sheet: &mut Worksheet, charts: &[Draft]) -> Result<(), XlsxError> {
    sheet.set_name("一览表")?;
    for (column, (head_text, width)) in (0u16..).zip(HEADS.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_with_format(0, column, *head_text, &head())?;
    }
    let rows = rows(charts);
    for column in 0..HEADS.len() {
        let mut from = 0;
        while from < rows.len() {
            let to = (from + 1..rows.len()).take_while(|row| rows[*row].merged[column]).last().unwrap_or(from);
            put(sheet, (from, to), column, &rows, charts)?;
            from = to + 1;
        }
    }
    sheet.set_freeze_panes(1, 3)?;
    if !rows.is_empty() {
        sheet.autofilter(0, 0, rows.len() as u32, HEADS.len() as u16 - 1)?;
    }
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (from, to): (usize, usize),
    column: usize,
    rows: &[Row],
    charts: &[Draft],
) -> Result<(), XlsxError> {
    let row = &rows[from];
    let text = &row.cells[column];
    let mut format = cell();
    if column == LEVEL {
        format = filled(format.set_align(FormatAlign::Center), &charts[row.chart], text);
    }
    let (first, last, at) = (from as u32 + 1, to as u32 + 1, column as u16);
    if to > from {
        sheet.merge_range(first, at, last, at, text, &format)?;
    } else {
        sheet.write_with_format(first, at, text.as_str(), &format)?;
    }
    Ok(())
}

/// How many risks of each level each department has.
fn counts(sheet: &mut Worksheet, charts: &[Draft]) -> Result<(), XlsxError> {
    sheet.set_name("统计")?;
    let mut levels: Vec<&str> = Vec::new();
    let mut counted: BTreeMap<(&str, &str), BTreeMap<&str, u32>> = BTreeMap::new();
    for chart in charts {
        let own: Vec<&str> = if chart.levels.is_empty() {
            STANDARD_LEVELS.to_vec()
        } else {
            chart.levels.iter().map(String::as_str).collect()
        };
        own.iter()
            .filter(|level| !levels.contains(level))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|level| levels.push(level));
        let of = counted.entry((&chart.unit, &chart.department)).or_default();
        for risk in chart.stages.iter().flat_map(|stage| &stage.risks) {
            *of.entry(&risk.level).or_default() += 1;
        }
    }
    // Risks without a level are counted too, last.
    levels.push("");
    let heads = ["单位", "责任科室"]
        .into_iter()
        .chain(levels.iter().map(|level| if level.is_empty() { "未定级" } else { level }))
        .chain(["合计"]);
    for (column, text) in (0u16..).zip(heads) {
        sheet.set_column_width(column, if column < 2 { 24.0 } else { 9.0 })?;
        sheet.write_with_format(0, column, text, &head())?;
    }
    for (row, ((unit, department), of)) in (1u32..).zip(&counted) {
        sheet.write_with_format(row, 0, *unit, &cell())?;
        sheet.write_with_format(row, 1, *department, &cell())?;
        for (column, level) in (2u16..).zip(&levels) {
            sheet.write_with_format(row, column, of.get(level).copied().unwrap_or(0), &cell())?;
        }
        sheet.write_with_format(row, levels.len() as u16 + 2, of.values().sum::<u32>(), &cell())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
