//! The measures of a row of a register, with their people, in one column or several.

use super::rows::{Cell, Reader, is_said_nothing};
use super::value;
use crate::office::draft::Measure;
use crate::office::read::heads::Role;
use crate::office::read::items::items;
use crate::office::read::people::names;
use crate::office::read::{fields, squeezed};

impl Reader<'_> {
    /// Takes the measures of a row.
    pub(super) fn measures(&mut self, row: usize, chart: usize, at: usize) {
        let columns: Vec<usize> = self.header.columns(Role::Measures).collect();
        let many = columns.len() > 1;
        let people: Vec<usize> = self.header.columns(Role::Responsible).collect();
        for (index, column) in columns.iter().enumerate() {
            let cell = self.at(row, *column);
            let mut measure = fields::measure(&cell.paras);
            if many && !cell.text.trim().is_empty() {
                measure.name = squeezed(&self.grid.text(self.header.bottom, *column));
            }
            let named = value(&self.cell(row, Role::MeasureName).text);
            if !many && !cell.goes_on && !named.is_empty() {
                measure.name = named;
            }
            // Each column of measures may have its own of people; one for all is told once.
            let own: Vec<usize> = match (many, people.len() == columns.len()) {
                (true, true) => vec![people[index]],
                _ => people.clone(),
            };
            self.measure(row, (chart, at), (cell, measure), &own);
        }
    }

    fn measure(
        &mut self,
        row: usize,
        (chart, at): (usize, usize),
        (cell, mut measure): (Cell, Measure),
        people: &[usize],
    ) {
        let responsible: Vec<Cell> = people.iter().map(|column| self.at(row, *column)).collect();
        let goes_on = !responsible.is_empty() && responsible.iter().all(|cell| cell.goes_on);
        if cell.goes_on {
            // What the merged cell says was read with its first row.
            measure = Measure { name: measure.name, ..Measure::default() };
        }
        for (index, found) in responsible.iter().enumerate().filter(|(_, found)| !found.goes_on) {
            let head = squeezed(&self.grid.text(self.header.bottom, people[index]));
            let found = names(&found.text);
            match people.len() {
                0 | 1 => measure.responsible.extend(found),
                _ if found.is_empty() => {}
                _ => measure.responsible.push(format!("{head}：{}", found.join("、"))),
            }
        }
        let supervisor = self.cell(row, Role::Supervisor);
        if !supervisor.goes_on {
            measure.supervisor.extend(names(&supervisor.text));
        }
        let deadline = value(&self.cell(row, Role::Deadline).text);
        if !deadline.is_empty() {
            measure.deadline = deadline;
        }
        let basis = self.cell(row, Role::Basis);
        if !basis.goes_on {
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
            self.spans.push((chart, at, index, true, cell.last));
        }
    }
}
