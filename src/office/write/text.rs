//! A register as csv, which Excel opens, and as Markdown.

use super::WriteFault;
use super::rows::table;
use crate::office::draft::Draft;

/// The register as csv: UTF-8 with the mark by which Excel knows it, rows ending in CR LF (RFC 4180).
///
/// # Errors
/// None: a text takes what is written.
pub(super) fn csv(charts: &[Draft]) -> Result<Vec<u8>, WriteFault> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let table = table(charts);
    writer.write_record(table.columns.iter().map(|column| column.head)).map_err(WriteFault::new)?;
    for row in table.rows {
        writer.write_record(&row.cells).map_err(WriteFault::new)?;
    }
    writer.into_inner().map_err(WriteFault::new)
}

/// The register as a table of Markdown (GFM, “Tables”).
pub(super) fn markdown(charts: &[Draft]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let table = table(charts);
    let mut text = line(table.columns.iter().map(|column| column.head.to_owned()).collect());
    text += &line(table.columns.iter().map(|_| "---".to_owned()).collect());
    for row in table.rows {
        text += &line(row.cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', "<br>")).collect());
    }
    text
}
