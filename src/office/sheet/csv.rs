//! Comma-separated values: of any encoding, with commas, tabs or semicolons.

use csv::ReaderBuilder;

use crate::diag::{Code, Diagnostic, Words};
use crate::office::grid::Grid;
use crate::office::package::damaged;
use crate::office::read::lines as lines_of;
use crate::office::refuse;
use crate::source::decode;

/// Rows and columns that are read.
const MAX_ROWS: usize = 200_000;
const MAX_COLUMNS: usize = 400;

/// Reads a text as a table.
///
/// # Errors
/// It is no text.
pub(in crate::office) fn read(bytes: &[u8], name: &str) -> Result<Grid, Diagnostic> {
    let other =
        || refuse(Code::DocumentKind).with_words("kind", Words { zh: "读不出文字的数据", en: "data that is no text" });
    let (text, _) = decode(bytes).map_err(|_| other())?;
    let controls = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')).count();
    if controls * 50 > text.len() {
        return Err(other());
    }
    // Excel's own line: sep=;
    let (said, text) = match text.split_once('\n') {
        Some((first, rest)) if first.trim().trim_matches('"').starts_with("sep=") => {
            (first.trim().trim_matches('"').as_bytes().get(4).copied(), rest)
        }
        _ => (None, text.as_str()),
    };
    let mut grid = Grid { name: name.to_owned(), ..Grid::default() };
    if markdown(text, &mut grid) {
        return Ok(grid);
    }
    let separator = said.unwrap_or_else(|| separator(text));
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    for (row, record) in reader.records().take(MAX_ROWS).enumerate() {
        let record = record.map_err(damaged)?;
        for (column, field) in record.iter().take(MAX_COLUMNS).enumerate() {
            if !field.trim().is_empty() {
                grid.put(row, column, lines_of(&field.replace("\r\n", "\n").replace('\r', "\n")));
            }
        }
        grid.height = row + 1;
    }
    Ok(grid)
}

/// Reads a table of Markdown (GFM, “Tables”), as `export` writes it; `false` where the text holds none.
fn markdown(text: &str, grid: &mut Grid) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with('|')).take(MAX_ROWS).collect();
    let is_rule = |line: &&str| line.contains("--") && line.chars().all(|c| "|-: ".contains(c));
    if !lines.get(1).is_some_and(is_rule) {
        return false;
    }
    for (row, line) in lines.iter().filter(|line| !is_rule(line)).enumerate() {
        let line = line.replace("\\|", "\u{1}");
        let inner = line.trim_start_matches('|').strip_suffix('|').unwrap_or(line.trim_start_matches('|'));
        for (column, cell) in inner.split('|').take(MAX_COLUMNS).enumerate() {
            let text = cell.trim().replace("<br>", "\n").replace('\u{1}', "|");
            if !text.is_empty() {
                grid.put(row, column, lines_of(&text));
            }
        }
        grid.height = row + 1;
    }
    true
}

/// The separator that makes the most columns in most rows.
fn separator(text: &str) -> u8 {
    let columns = |separator: u8| {
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
        reader.records().take(30).flatten().map(|record| record.len() - 1).sum::<usize>()
    };
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|separator| columns(*separator)).unwrap_or(b',')
}
