//! The measures of a row of a register, with their people, in one column or several.

use super::rows::{Cell, Reader, Span, is_said_nothing};
use super::value;
use crate::office::draft::Measure;
use crate::office::read::fields;
use crate::office::read::heads::Role;
use crate::office::read::items::items;
use crate::office::read::people::names;

impl Reader<'_> {
    /// Takes the measures of a row.
    pub(super) fn measures(&mut self, row: usize, chart: usize, at: usize) {
        let columns: Vec<usize> = self.header.columns(Role::Measures).collect();
        let many = columns.len() > 1;
        let people: Vec<usize> = self.header.columns(Role::Responsible).collect();
        for (index, column) in columns.iter().enumerate() {
            let cell = self.at(row, *column);
            // Each column of measures may have its own of people; one for all is told once.
            let own: Vec<usize> = match (many, people.len() == columns.len()) {
                (true, true) => vec![people[index]],
                _ => people.clone(),
            };
            let named = value(&self.cell(row, Role::MeasureName).text);
            for mut measure in fields::measures(&cell.paras) {
                if many && !cell.text.trim().is_empty() {
                    measure.name = self.head(*column);
                } else if !many && !cell.goes_on && !named.is_empty() {
                    measure.name.clone_from(&named);
                }
                self.measure(row, (chart, at), (&cell, measure), &own);
            }
        }
    }

    fn measure(
        &mut self,
        row: usize,
        (chart, at): (usize, usize),
        (cell, mut measure): (&Cell, Measure),
        people: &[usize],
    ) {
        let responsible: Vec<Cell> = people.iter().map(|column| self.at(row, *column)).collect();
        let goes_on = !responsible.is_empty() && responsible.iter().all(|cell| cell.goes_on);
        // A cell merged over several stages holds for each of them: with the first measure of a stage it is said again.
        let is_first = self.rows[chart].last() == Some(&row) && !cell.goes_on && !measure.items.is_empty();
        if cell.goes_on {
            // What the merged cell says was read with its first row.
            measure = Measure { name: measure.name, ..Measure::default() };
        }
        let holds = |found: &Cell| !found.goes_on || is_first;
        for (index, found) in responsible.iter().enumerate().filter(|(_, found)| holds(found)) {
            let head = self.head(people[index]);
            let found = names(&found.text);
            match people.len() {
                0 | 1 => measure.responsible.extend(found),
                _ if found.is_empty() => {}
                _ => measure.responsible.push(format!("{head}：{}", found.join("、"))),
            }
        }
        let supervisor = self.cell(row, Role::Supervisor);
        if holds(&supervisor) {
            measure.supervisor.extend(names(&supervisor.text));
        }
        let deadline = value(&self.cell(row, Role::Deadline).text);
        if !deadline.is_empty() {
            measure.deadline = deadline;
        }
        let basis = self.cell(row, Role::Basis);
        if holds(&basis) {
            measure.basis.extend(items(&basis.paras));
        }
        let stage = &mut self.charts[chart].stages[at];
        let is_more = goes_on
            || (!responsible.iter().any(is_said_nothing)
                && measure.responsible.is_empty()
                && measure.supervisor.is_empty()
                && !stage.measures.is_empty()
                && !responsible.is_empty());
        if cell.goes_on && measure.responsible.is_empty() {
            return;
        }
        if is_more && let Some(last) = stage.measures.last_mut().filter(|last| last.name == measure.name) {
            last.items.extend(measure.items);
            last.basis.extend(measure.basis);
            return;
        }
        if measure.is_empty() {
            return;
        }
        stage.measures.push(measure);
        let index = stage.measures.len() - 1;
        if cell.last > row {
            self.spans.push(Span { chart, stage: at, index, is_measure: true, last: cell.last });
        }
    }
}
