//! The risks of a row of a register.

use super::rows::{Cell, Reader, Span, is_said_nothing};
use super::{is_list, value};
use crate::diag::{Code, Diagnostic};
use crate::office::draft::Risk;
use crate::office::read::heads::Role;
use crate::office::read::items::mark;
use crate::office::read::level::{self, Said};
use crate::office::read::{fields, is_nothing};

/// What a row says of its risk, by columns.
struct Cells {
    name: Cell,
    entries: Cell,
    level: Cell,
    id: String,
    category: String,
}

impl Reader<'_> {
    /// Takes the risks of a row: one, or several where its cell tells them apart.
    pub(super) fn risks(&mut self, row: usize, chart: usize, at: usize) {
        let cells = self.risk_cells(row);
        let mut found = fields::risks(&cells.entries.paras);
        if found.len() > 1 && !cells.entries.goes_on {
            let (said, _) = self.level(row, &cells.level);
            for (mut risk, unclear) in found {
                cells.fill(&mut risk);
                if risk.level.is_empty() && unclear.is_none() {
                    risk.level.clone_from(&said);
                }
                self.put_risk(row, (chart, at), &cells, (risk, unclear));
            }
        } else if let Some(read) = found.pop() {
            self.risk(row, (chart, at), &cells, read);
        }
    }

    fn risk_cells(&self, row: usize) -> Cells {
        let (name, entries) = (self.cell(row, Role::RiskName), self.cell(row, Role::RiskItems));
        let has_items = self.header.column(Role::RiskItems).is_some();
        let has_name = self.header.column(Role::RiskName).is_some();
        // A column of risks without one of their forms holds the forms.
        let (name, entries) =
            if has_name && !has_items && is_list(&name.text) { (Cell::default(), name) } else { (name, entries) };
        Cells {
            name,
            entries,
            level: self.cell(row, Role::Level),
            id: value(&self.cell(row, Role::RiskId).text),
            category: value(&self.cell(row, Role::RiskCategory).text),
        }
    }

    /// The level of a row, or what its cell says instead.
    fn level(&self, row: usize, cell: &Cell) -> (String, Option<String>) {
        match self.ticked(row).unwrap_or_else(|| level::read(&cell.text)) {
            Said::One(level) => (level, None),
            Said::Unclear(text) => (String::new(), Some(text)),
            Said::Nothing => (String::new(), None),
        }
    }

    fn risk(
        &mut self,
        row: usize,
        (chart, at): (usize, usize),
        cells: &Cells,
        (mut read, unclear): (Risk, Option<String>),
    ) {
        let Cells { name, entries, level, id, .. } = cells;
        if entries.goes_on {
            read.items.clear();
        }
        let own_name = cells.own_name();
        let (said, said_unclear) = self.level(row, level);
        let own_level = if level.goes_on { String::new() } else { said.clone() };
        let is_new = !own_name.is_empty()
            || !own_level.is_empty()
            || (!name.goes_on && !level.goes_on && !entries.goes_on && !id.is_empty())
            || (!entries.goes_on && (self.is_chart() && !is_nothing(&entries.text)))
            || (is_said_nothing(level) && !is_nothing(&entries.text));
        let (stage_goes_on, is_boxes) = (self.cell(row, Role::Stage).goes_on, self.is_chart());
        let stage = &mut self.charts[chart].stages[at];
        let merged = [name, level].into_iter().any(|cell| cell.goes_on) || (!is_new && !stage.risks.is_empty());
        // Where the stage is merged over its rows, a risk of several rows would be so too.
        let is_apart = stage_goes_on || is_boxes;
        if (merged
            || stage.risks.last().is_some_and(|last| {
                !is_apart && !own_name.is_empty() && last.name == own_name && last.level == said && last.id == *id
            }))
            && let Some(last) = stage.risks.last_mut()
        {
            let fresh = read.items.into_iter().filter(|item| !last.items.contains(item)).collect::<Vec<_>>();
            last.items.extend(fresh);
            return;
        }
        cells.fill(&mut read);
        if !said.is_empty() {
            read.level = said;
        }
        self.put_risk(row, (chart, at), cells, (read, said_unclear.or(unclear)));
    }

    /// Puts a risk to its stage, with what has to be asked of its level.
    fn put_risk(
        &mut self,
        row: usize,
        (chart, at): (usize, usize),
        cells: &Cells,
        (mut risk, unclear): (Risk, Option<String>),
    ) {
        if cells.entries.goes_on || (risk.is_empty() && unclear.is_none()) {
            return;
        }
        self.doubt_level(row, &mut risk, (&cells.level, unclear));
        let risks = &mut self.charts[chart].stages[at].risks;
        risks.push(risk);
        let (index, last) = (risks.len() - 1, cells.entries.last);
        if last > row {
            self.spans.push(Span { chart, stage: at, index, is_measure: false, last });
        }
    }

    /// The level whose column is ticked, where levels have columns of their own.
    fn ticked(&self, row: usize) -> Option<Said> {
        let mut columns = self.header.columns(Role::Ticked).peekable();
        columns.peek()?;
        let is_ticked = |column: &usize| !is_nothing(&self.at(row, *column).text);
        let levels: Vec<String> = columns.filter(is_ticked).map(|column| self.head(column)).collect();
        Some(match &levels[..] {
            [] => Said::Nothing,
            [level] => level::read(level),
            levels => Said::Unclear(levels.join("、")),
        })
    }

    /// A level that is missing or unclear is asked, by its cell.
    fn doubt_level(&self, row: usize, risk: &mut Risk, (level, unclear): (&Cell, Option<String>)) {
        let column = self.header.column(Role::Level);
        let column = column.or_else(|| self.header.column(Role::Ticked));
        let column = column.or_else(|| self.header.column(Role::RiskItems));
        let Some(column) = column else { return };
        let (zh, en) = self.grid.place(row, column);
        if let Some(text) = unclear {
            risk.doubts
                .push(Diagnostic::new(Code::ImportLevelUnclear, None).with_both("place", zh, en).with("text", text));
        } else if risk.level.is_empty()
            && (self.header.column(Role::Level).or(self.header.column(Role::Ticked)).is_some()
                || self.header.is_chart())
            && level.text.trim().is_empty()
        {
            risk.doubts.push(Diagnostic::new(Code::ImportLevel, None).with_both("place", zh, en));
        }
    }
}

impl Cells {
    /// The name that the row itself says, without the number that counts it.
    fn own_name(&self) -> String {
        let name = if self.name.goes_on { String::new() } else { value(&self.name.text) };
        match mark(&name) {
            Some((mark, rest)) if mark.value.is_some() && !rest.is_empty() => rest.to_owned(),
            _ => name,
        }
    }

    /// Gives a risk what columns of their own say of it; a box may name itself.
    fn fill(&self, risk: &mut Risk) {
        let name = self.own_name();
        for (into, said) in [(&mut risk.name, &name), (&mut risk.id, &self.id), (&mut risk.category, &self.category)] {
            if !said.is_empty() {
                into.clone_from(said);
            }
        }
    }
}
