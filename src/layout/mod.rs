//! Chart to scene: columns, rows, boxes, flow lines, the largest type that fits.

use crate::diag::Report;
use crate::model::Chart;
use crate::scene::Scene;
use crate::{Host, Options};

/// Arranges a chart on its paper.
pub fn arrange(_host: &dyn Host, _chart: &Chart, _options: &Options, _report: &mut Report) -> Option<Scene> {
    todo!()
}
