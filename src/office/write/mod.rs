//! Charts → documents: a register (一览表) as xlsx, csv or Markdown, charts as a document of Word.

mod docx;
mod lost;
mod rows;
mod text;
mod xlsx;

pub use lost::{Lost, lost};

use std::fmt::Display;

use super::draft::Draft;
use crate::diag::Filling;
use crate::model::Chart;

/// Writes charts as a document.
type Writer = fn(&[Draft]) -> Result<Vec<u8>, WriteFault>;

/// The formats that charts can be written in, by the extensions of their files.
const FORMATS: [(&str, Writer); 4] = [
    ("xlsx", xlsx::xlsx),
    ("csv", text::csv),
    ("md", |charts| Ok(text::markdown(charts).into_bytes())),
    ("docx", docx::docx),
];

/// Why a document can't be made: a fault of the program. In English, for its developers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteFault(String);

impl WriteFault {
    fn new(why: impl Display) -> Self {
        Self(why.to_string())
    }

    /// The fault in words.
    pub fn in_words(&self) -> Filling {
        Filling::Both { zh: format!("程序内部出错（{}）", self.0), en: format!("internal fault ({})", self.0) }
    }
}

/// The names of the formats that charts can be written in, which are the extensions of their files.
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

/// The document of some charts; `None` where the format is not known.
pub fn document(charts: &[Chart], format: &str) -> Option<Result<Vec<u8>, WriteFault>> {
    let (_, write) = FORMATS.iter().find(|(name, _)| *name == format)?;
    let drafts: Vec<Draft> = charts.iter().map(|chart| Draft::of(chart).in_words()).collect();
    Some(write(&drafts))
}
