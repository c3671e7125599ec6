//! TOML to a tree with spans: encodings and repairs, keys in English, project defaults merged in.

use crate::diag::Report;
use crate::source::{Span, Spanned};
use crate::{Entry, Host};

/// A value as written. Keys are in English wherever the chart format knows them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// true or false.
    Boolean(bool),
    /// A date or time, as written.
    Datetime(String),
    /// A list.
    Array(Vec<Spanned<Value>>),
    /// A table.
    Table(Table),
}

/// A table in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Keys and values.
    pub entries: Vec<(Spanned<String>, Spanned<Value>)>,
    /// The whole table; its header where it has one.
    pub span: Span,
}

/// Reads the chart file and its project file and merges the project's defaults into the chart.
///
/// Problems go to `report`; `None` where there is nothing to go on with.
pub fn read(_host: &dyn Host, _entry: &Entry, _report: &mut Report) -> Option<Table> {
    todo!()
}
