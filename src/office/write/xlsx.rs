//! A register as a workbook: merged cells, a frozen head, filters, print titles, the colours of levels, and a sheet of
//! counts.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::WriteFault;
use super::rows::{Column, LEVEL, Row, Table, level_fill, table};
use crate::model::STANDARD_LEVELS;
use crate::office::draft::Draft;
use crate::office::lines::{SHEET, SHEET_HEADS, without_column};

/// From this width on a column holds lists and sentences, which begin at its left.
const LONG: f64 = 18.5;
/// The most width of a column in which nothing stands yet.
const EMPTY: f64 = 10.0;
/// The height of a line, what a row has above and below, and the highest that Excel allows, in pt.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
const HIGHEST: f64 = 409.0;

/// Writes the register.
///
/// # Errors
/// A text is longer than a cell of Excel holds.
pub(super) fn xlsx(charts: &[Draft]) -> Result<Vec<u8>, WriteFault> {
    write(charts).map_err(WriteFault::new)
}

fn write(charts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same charts give the same bytes.
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    register(book.add_worksheet(), charts)?;
    counts(book.add_worksheet(), charts)?;
    about(&mut book, charts)?;
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

fn filled(format: Format, chart: &Draft, level: &str) -> Format {
    match level_fill(chart, level) {
        Some(fill) => format.set_background_color(Color::RGB(fill)),
        None => format,
    }
}

fn register(sheet: &mut Worksheet, charts: &[Draft]) -> Result<(), XlsxError> {
    sheet.set_name("一览表")?;
    let Table { columns, rows } = table(charts);
    sheet.set_row_height(0, 24)?;
    for (at, column) in (0u16..).zip(&columns) {
        let is_empty = rows.iter().all(|row| row.cells[usize::from(at)].is_empty());
        sheet.set_column_width(at, if is_empty { column.width.min(EMPTY) } else { column.width })?;
        sheet.write_with_format(0, at, column.head, &head())?;
    }
    for (at, column) in columns.iter().enumerate() {
        let mut from = 0;
        while from < rows.len() {
            let to = (from + 1..rows.len()).take_while(|row| rows[*row].merged[at]).last().unwrap_or(from);
            put(sheet, (from, to), (at, column), &rows, charts)?;
            from = to + 1;
        }
    }
    // A row with a cell merged over rows does not get the height of its text by itself.
    for (at, height) in (1u32..).zip(heights(&columns, &rows)) {
        sheet.set_row_height(at, height)?;
    }
    let stage = columns.iter().position(|column| column.head == "环节").unwrap_or_default();
    sheet.set_freeze_panes(1, stage as u16 + 1)?;
    if !rows.is_empty() {
        sheet.autofilter(0, 0, rows.len() as u32, columns.len() as u16 - 1)?;
    }
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (from, to): (usize, usize),
    (column, of): (usize, &Column),
    rows: &[Row],
    charts: &[Draft],
) -> Result<(), XlsxError> {
    let row = &rows[from];
    let text = &row.cells[column];
    let mut format = cell();
    if of.width < LONG {
        format = format.set_align(FormatAlign::Center);
    }
    if of.head == LEVEL {
        format = filled(format, &charts[row.chart], text);
    }
    let (first, last, at) = (from as u32 + 1, to as u32 + 1, column as u16);
    if to > from {
        sheet.merge_range(first, at, last, at, text, &format)?;
    } else {
        sheet.write_string_with_format(first, at, text, &format)?;
    }
    Ok(())
}

/// The heights of rows in pt: those of their texts, where a merged cell needs more in all shared by its rows.
fn heights(columns: &[Column], rows: &[Row]) -> Vec<f64> {
    let mut heights = vec![LINE + PADDING; rows.len()];
    for (at, column) in columns.iter().enumerate() {
        let mut from = 0;
        while from < rows.len() {
            let to = (from + 1..rows.len()).take_while(|row| rows[*row].merged[at]).last().unwrap_or(from);
            let needed = lines(&rows[from].cells[at], column.width) as f64 * LINE + PADDING;
            let share = (needed - heights[from..=to].iter().sum::<f64>()) / (to - from + 1) as f64;
            if share > 0.0 {
                heights[from..=to].iter_mut().for_each(|height| *height += share);
            }
            from = to + 1;
        }
    }
    heights.into_iter().map(|height| height.min(HIGHEST)).collect()
}

/// How many lines a text takes in a column; a Chinese character is two wide.
fn lines(text: &str, width: f64) -> usize {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    let room = (width - 1.5).max(2.0);
    text.split('\n').map(|line| (wide(line) / room).ceil().max(1.0) as usize).sum()
}

/// What the register has no column for: 标题, 电话, 备注 and the like of each chart, as labels and texts.
fn about(book: &mut Workbook, charts: &[Draft]) -> Result<(), XlsxError> {
    let said = charts.iter().flat_map(|chart| without_column(chart).into_iter().map(move |said| (chart, said)));
    let said: Vec<_> = said.collect();
    if said.is_empty() {
        return Ok(());
    }
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    for ((at, text), width) in (0u16..).zip(SHEET_HEADS).zip([24.0, 30.0, 12.0, 70.0]) {
        sheet.set_column_width(at, width)?;
        sheet.write_with_format(0, at, text, &head())?;
    }
    for (row, (chart, (label, text))) in (1u32..).zip(said) {
        sheet.set_row_height(row, (lines(&text, 70.0) as f64 * LINE + PADDING).min(HIGHEST))?;
        for (at, text) in (0u16..).zip([&chart.unit, &chart.power, label, &text]) {
            sheet.write_string_with_format(row, at, text, &cell())?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
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
    let last = counted.len() as u32 + 1;
    sheet.merge_range(last, 0, last, 1, "合计", &head())?;
    for (column, level) in (2u16..).zip(&levels) {
        let sum: u32 = counted.values().filter_map(|of| of.get(level)).sum();
        sheet.write_with_format(last, column, sum, &head())?;
    }
    let all: u32 = counted.values().flat_map(BTreeMap::values).sum();
    sheet.write_with_format(last, levels.len() as u16 + 2, all, &head())?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
