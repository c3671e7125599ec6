//! What may not be found in print, whatever a chart says.

use riskchart::diag::Code;

/// Faults that a chart's author can't do anything about: where one shows, the arrangement was wrong.
pub(crate) const OURS: [Code; 9] = [
    Code::TextOffPage,
    Code::TextOverlap,
    Code::TextOutOfBox,
    Code::BoxOverlap,
    Code::LineThroughText,
    Code::LineThroughBox,
    Code::LineOnLine,
    Code::StrayLabel,
    Code::Hairline,
];
