//! 阶段: which rows stand in one band.

use super::{Chart, Stage, StageIx};
use crate::diag::{Code, Diagnostic, Report, related};
use crate::source::Text;

impl Chart {
    /// The phase of the row that a stage stands in: its own, or that of its host where it stands beside one.
    pub fn phase(&self, stage: StageIx) -> Option<&Text> {
        of_row(&self.stages, stage.0)
    }
}

fn host(stages: &[Stage], at: usize) -> usize {
    stages[at].beside.as_ref().map_or(at, |host| host.value.0)
}

/// The phase of a row: what its stage of the main line says, or else the first beside it that says something.
fn of_row(stages: &[Stage], at: usize) -> Option<&Text> {
    let row = host(stages, at);
    let beside = || (0..stages.len()).filter(|&other| other != row && host(stages, other) == row);
    stages[row].phase.as_ref().or_else(|| beside().find_map(|other| stages[other].phase.as_ref()))
}

/// Tells of a phase that comes twice apart, and of two in one row.
pub(super) fn check(stages: &[Stage], report: &mut Report) {
    for (at, stage) in stages.iter().enumerate() {
        let (Some(own), Some(of_row)) = (&stage.phase, of_row(stages, at)) else { continue };
        if own.value != of_row.value {
            let problem =
                Diagnostic::new(Code::PhaseBeside, own.span).with("phase", &own.value).with("row", &of_row.value);
            report.push(problem.with("host", &stages[host(stages, at)].name.value));
        }
    }
    // The bands, one for each run of rows with one phase.
    let mut bands: Vec<&Text> = Vec::new();
    let mut before: Option<&Text> = None;
    for at in (0..stages.len()).filter(|&at| stages[at].beside.is_none()) {
        let phase = of_row(stages, at);
        if let Some(phase) = phase.filter(|phase| before.is_none_or(|before| before.value != phase.value)) {
            if let Some(first) = bands.iter().find(|band| band.value == phase.value) {
                let problem = Diagnostic::new(Code::PhaseApart, phase.span).with("phase", &phase.value);
                report.push(problem.related(first.span, related::FIRST_WRITTEN));
            } else {
                bands.push(phase);
            }
        }
        before = phase;
    }
}
