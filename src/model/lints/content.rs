//! What a chart leaves out: measures, somebody responsible, levels, arrows, telephone numbers.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Chart, LevelIx, Measure, Risk, Shape, Stage, StageIx};
use crate::source::Spanned;

pub(super) fn check(chart: &Chart, report: &mut Report) {
    for at in 0..chart.stages.len() {
        pairing(chart, at, report);
        grading(chart, at, report);
        if chart.arrows {
            arrows(chart, at, report);
        }
    }
    for phone in chart.phones.iter().filter(|phone| phone.number.value.is_empty()) {
        report.push(Diagnostic::new(Code::EmptyPhone, phone.number.span).with("label", &phone.label.value));
    }
}

/// The row of a stage: that of its host where it stands beside one.
fn row(chart: &Chart, at: usize) -> usize {
    chart.stages[at].beside.as_ref().map_or(at, |host| host.value.0)
}

/// Whether boxes of two stages share a row, given the last row each spans to.
fn share_row(chart: &Chart, a: (usize, Option<&Spanned<StageIx>>), b: (usize, Option<&Spanned<StageIx>>)) -> bool {
    let rows = |(at, through): (usize, Option<&Spanned<StageIx>>)| {
        let first = row(chart, at);
        (first, through.map_or(first, |last| last.value.0.max(first)))
    };
    let (a, b) = (rows(a), rows(b));
    a.0 <= b.1 && b.0 <= a.1
}

fn measures_of<'c>(chart: &'c Chart, at: usize, risk: &Risk) -> Vec<&'c Measure> {
    let of_stage = |(from, stage): (usize, &'c Stage)| {
        let measures = stage.measures.iter();
        measures
            .filter(|measure| share_row(chart, (at, risk.through.as_ref()), (from, measure.through.as_ref())))
            .collect::<Vec<_>>()
    };
    chart.stages.iter().enumerate().flat_map(of_stage).collect()
}

/// Risks and measures answer each other.
fn pairing(chart: &Chart, at: usize, report: &mut Report) {
    let stage = &chart.stages[at];
    let name = &stage.name.value;
    if let Some(risk) = stage.risks.iter().find(|risk| measures_of(chart, at, risk).is_empty()) {
        report.push(Diagnostic::new(Code::RiskWithoutMeasure, risk.span).with("stage", name));
    }
    let answered = |measure: &&Measure| {
        chart.stages.iter().enumerate().any(|(from, other)| {
            let mut risks = other.risks.iter();
            risks.any(|risk| share_row(chart, (at, measure.through.as_ref()), (from, risk.through.as_ref())))
        })
    };
    if let Some(measure) = stage.measures.iter().find(|measure| !answered(measure)) {
        report.push(Diagnostic::new(Code::MeasureWithoutRisk, measure.span).with("stage", name));
    }
}

/// Levels: somebody answers for the worst; none is forgotten.
fn grading(chart: &Chart, at: usize, report: &mut Report) {
    let stage = &chart.stages[at];
    let graded = || chart.stages.iter().flat_map(|stage| &stage.risks).any(|risk| risk.level.is_some());
    for risk in &stage.risks {
        match &risk.level {
            Some(level) if level.value == LevelIx(0) && chart.levels.len() > 1 => {
                let measures = measures_of(chart, at, risk);
                if !measures.is_empty() && measures.iter().all(|measure| measure.responsible.is_empty()) {
                    let problem = Diagnostic::new(Code::WorstWithoutResponsible, measures[0].span);
                    let problem = problem.with("stage", &stage.name.value);
                    report.push(problem.with("level", &chart.levels[0].name.value));
                }
            }
            None if graded() && !risk.level_blank => {
                let known: Vec<_> = chart.levels.iter().map(|level| level.name.value.as_str()).collect();
                let problem = Diagnostic::new(Code::UngradedRisk, risk.span).with("stage", &stage.name.value);
                report.push(problem.with("known", known.join(" ")));
            }
            _ => {}
        }
    }
}

/// A stage that nothing leads to, unless the flow begins there.
fn arrows(chart: &Chart, at: usize, report: &mut Report) {
    let stage = &chart.stages[at];
    let first = chart.stages.iter().position(|stage| stage.beside.is_none());
    // A side box that leads somewhere itself is a second way in, such as a report from the public.
    let way_in = stage.shape == Shape::Start || (stage.beside.is_some() && !stage.next.is_empty());
    let others = chart.stages.iter().enumerate().filter(|(other, _)| *other != at);
    let led_to = others.flat_map(|(_, other)| &other.next).any(|link| link.to.0 == at);
    if first != Some(at) && !way_in && !led_to {
        let problem = Diagnostic::new(Code::UnreachableStage, stage.name.span).with("stage", &stage.name.value);
        // Most stages lead nowhere: most likely a ledger.
        let ends = chart.stages.iter().filter(|stage| stage.next.is_empty()).count();
        let ledger = ends * 2 >= chart.stages.len() && chart.stages.len() > 1;
        report.push(if ledger { problem.with("no", "false") } else { problem });
    }
}
