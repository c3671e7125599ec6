//! Doubtful content of one chart: what can be printed and is probably not meant.

use super::Chart;
use crate::diag::Report;

/// Looks through a valid chart.
pub(super) fn check(_chart: &Chart, _report: &mut Report) {}
