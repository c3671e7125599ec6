//! The words that options may take, for completion and for messages: from the tables that know them.

use riskchart::diag::{CODES, Severity};
use riskchart::export::{FORMATS, PdfStandard, SvgText};
use riskchart::model;
use riskchart::paper::PAPERS;
use riskchart::theme::THEMES;

use crate::cli::report::Style;
use crate::cli::terminal::console::Color;
use crate::cli::terminal::locale::LANGUAGES;

pub(super) fn formats() -> Vec<&'static str> {
    FORMATS.iter().map(|row| row.name).collect()
}

pub(super) fn papers() -> Vec<&'static str> {
    PAPERS.iter().map(|row| row.name).collect()
}

pub(super) fn orientations() -> Vec<&'static str> {
    model::orientations().iter().map(|choice| choice.name).collect()
}

pub(super) fn themes() -> Vec<&'static str> {
    THEMES.iter().map(|row| row.name).collect()
}

pub(super) fn standards() -> Vec<&'static str> {
    PdfStandard::ALL.iter().map(|(name, _)| *name).collect()
}

pub(super) fn svg_texts() -> Vec<&'static str> {
    SvgText::ALL.iter().map(|(name, _)| *name).collect()
}

pub(super) fn styles() -> Vec<&'static str> {
    Style::ALL.iter().map(|(name, _)| *name).collect()
}

/// Codes of what is no error.
pub(super) fn allowable() -> Vec<&'static str> {
    CODES.iter().filter(|row| row.severity != Severity::Error).map(|row| row.slug).collect()
}

pub(super) fn languages() -> Vec<&'static str> {
    LANGUAGES.iter().map(|(name, _)| *name).collect()
}

pub(super) fn colors() -> Vec<&'static str> {
    Color::ALL.iter().map(|(name, _)| *name).collect()
}
