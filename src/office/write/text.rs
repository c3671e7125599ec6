//! A register as csv, which Excel opens, and as Markdown.

use super::rows::{HEADS, rows};
use crate::office::draft::Draft;

/// The register as csv: UTF-8 with the mark by which Excel knows it, rows ending in CR LF (RFC 4180).
///
/// # Errors
/// None: a text takes what is written.
pub fn csv(charts: &[Draft]) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(HEADS).map_err(|error| error.to_string())?;
    for row in rows(charts) {
        writer.write_record(&row.cells).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// The register as a table of Markdown (GFM, “Tables”).
pub fn markdown(charts: &[Draft]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&HEADS.map(str::to_owned));
    text += &line(&HEADS.map(|_| "---".to_owned()));
    for row in rows(charts) {
        text += &line(&row.cells.map(|cell| cell.replace('|', "\\|").replace('\n', "<br>")));
    }
    text
}
