//! Charts → documents: a register (一览表) as xlsx, csv or Markdown, charts as a document of Word.

mod docx;
mod rows;
mod text;
mod xlsx;

pub use docx::docx;
pub use rows::left_out;
pub use text::{csv, markdown};
pub use xlsx::xlsx;
