//! Sheets as grids.

mod csv;
mod html;
mod number;
mod shapes;
mod workbook;

pub(super) use csv::read as csv;
pub(super) use html::read as html;
pub(super) use shapes::pages;
pub(super) use workbook::{xls, xlsx};
