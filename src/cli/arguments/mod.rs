//! What the user asks for: options, their parser and help, and their values as types.

pub(crate) mod dragged;
pub(crate) mod help;
pub(crate) mod options;
pub(crate) mod parser;
pub(crate) mod settings;
pub(crate) mod slips;
pub(crate) mod usage;
mod words;
