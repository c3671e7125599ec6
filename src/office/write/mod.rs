//! Charts → documents: a register (一览表) as xlsx, csv or Markdown, charts as a document of Word.

mod docx;
mod lost;
mod rows;
mod text;
mod xlsx;

pub use lost::{Lost, lost};

use super::draft::Draft;
use crate::model::Chart;

/// The formats that charts can be written in, by the extensions of their files.
pub const FORMATS: [&str; 4] = ["xlsx", "csv", "md", "docx"];

/// The document of some charts; `None` where the format is not known.
pub fn document(charts: &[Chart], format: &str) -> Option<Result<Vec<u8>, String>> {
    let drafts: Vec<Draft> = charts.iter().map(|chart| Draft::of(chart).in_words()).collect();
    Some(match format {
        "xlsx" => xlsx::xlsx(&drafts),
        "csv" => text::csv(&drafts),
        "md" => Ok(text::markdown(&drafts).into_bytes()),
        "docx" => docx::docx(&drafts),
        _ => return None,
    })
}
