//! What lists of charts are made from.

use crate::model::{Chart, TextField};
use crate::scene::Summary;

/// The figures and names of a chart.
pub(super) fn summary(chart: &Chart) -> Summary {
    let ranks: Vec<usize> = (chart.stages.iter().flat_map(|stage| &stage.risks))
        .filter_map(|risk| risk.level.as_ref().map(|level| level.value.0))
        .collect();
    let count = |rank: usize| ranks.iter().filter(|other| **other == rank).count();
    let mut people: Vec<String> = Vec::new();
    for said in chart.texts().filter(|said| said.field == TextField::Responsible) {
        if !people.contains(&said.text.value) {
            people.push(said.text.value.clone());
        }
    }
    let levels = chart.levels.iter().enumerate().map(|(rank, level)| (level.name.value.clone(), count(rank)));
    Summary {
        power: chart.power.value.clone(),
        department: chart.department.as_ref().map_or_else(String::new, |department| department.value.clone()),
        stages: chart.stages.len(),
        levels: levels.collect(),
        people,
    }
}
