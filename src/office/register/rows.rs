//! The rows of a register, gathered to charts.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use super::value;
use crate::diag::{Code, Diagnostic};
use crate::office::draft::{Draft, Stage};
use crate::office::grid::{Grid, letters};
use crate::office::lines::OF_STAGE;
use crate::office::read::front::Front;
use crate::office::read::heads::Role;
use crate::office::read::items::mark;
use crate::office::read::{Para, is_nothing, joined, squeezed, stage};

/// What was written in a cell, and whether it is its own or goes on from the row above.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) paras: Vec<Para>,
    /// Whether the cell is merged with that of the row above.
    pub(super) goes_on: bool,
    /// The last row of its merge.
    pub(super) last: usize,
    column: usize,
}

/// Whether a cell of its own says that there is nothing: a stroke, where an empty one goes on with the row above.
pub(super) fn is_said_nothing(cell: &Cell) -> bool {
    !cell.goes_on && !cell.text.trim().is_empty() && is_nothing(&cell.text)
}

/// A name as names are compared: 许可(取水) is 许可（取水）.
fn folded(name: &str) -> String {
    name.replace('(', "（").replace(')', "）")
}

/// Of each cell below the header that says 同上, the row that it speaks of: found once from top to bottom, as there may be
/// thousands below each other.
fn dittos(grid: &Grid, bottom: usize) -> BTreeMap<(usize, usize), usize> {
    let mut dittos = BTreeMap::new();
    let columns: BTreeSet<usize> =
        grid.cells.iter().filter(|(_, paras)| is_ditto(&joined(paras))).map(|((_, column), _)| *column).collect();
    for column in columns {
        // The row that speaks for those below it; none while nothing but 同上 stood there.
        let mut said = None;
        for row in bottom + 1..grid.height {
            match (is_ditto(&grid.text(row, column)), said) {
                (false, _) => said = Some(row),
                (true, Some(above)) => drop(dittos.insert((row, column), above)),
                (true, None) => {}
            }
        }
    }
    dittos
}

/// Whether a cell says that it holds what the one above it does.
fn is_ditto(text: &str) -> bool {
    matches!(squeezed(text).as_str(), "同上" | "同前" | "〃" | "″" | "\"" | "”" | "''" | "＂")
}

/// A box that is merged over several rows.
pub(super) struct Span {
    pub(super) chart: usize,
    pub(super) stage: usize,
    /// Its place among the risks or measures of its stage.
    pub(super) index: usize,
    pub(super) is_measure: bool,
    /// The last row that it stands in.
    pub(super) last: usize,
}

/// Gathers rows.
pub(super) struct Reader<'g> {
    pub(super) grid: &'g Grid,
    pub(super) header: &'g Header,
    /// What stands around the table, and holds for all its charts.
    pub(super) front: Front,
    /// Of each cell that says 同上, the row that it speaks of.
    dittos: BTreeMap<(usize, usize), usize>,
    /// What stands around the charts of the rows since the table named a power in a row of its own, or had labels in one.
    pub(super) block: Front,
    /// What labels between the rows above said, which holds until they say something else.
    pub(super) carried: Front,
    /// The charts of these rows.
    of_block: BTreeSet<usize>,
    pub(super) charts: Vec<Draft>,
    /// Of each chart, its unit and power as they are compared, and the cell that named the power first.
    keys: Vec<(String, String, (usize, usize))>,
    /// The chart that the row before belongs to.
    pub(super) current: Option<usize>,
    /// The unit that was named last, in a cell or a title.
    pub(super) unit: String,
    /// The power that was named last in its column.
    power: String,
    /// The power that a row of its own named last.
    pub(super) section: String,
    /// The kind of powers that a row of its own named last.
    pub(super) category: String,
    /// Of each chart, the row that each of its stages begins in.
    pub(super) rows: Vec<Vec<usize>>,
    /// The rows that were read as stages, risks and measures.
    data: Vec<usize>,
    pub(super) spans: Vec<Span>,
    /// Charts and columns of telephones that say another in each row.
    differing: BTreeSet<(usize, usize)>,
    /// Whether the row before stood below the table.
    pub(super) ended: bool,
}

impl<'g> Reader<'g> {
    pub(super) fn new(grid: &'g Grid, header: &'g Header, front: Front) -> Self {
        let (unit, power) = (front.unit.clone(), front.power.clone());
        Self {
            grid,
            header,
            front,
            dittos: dittos(grid, header.bottom),
            block: Front::default(),
            carried: Front::default(),
            of_block: BTreeSet::new(),
            charts: Vec::new(),
            keys: Vec::new(),
            current: None,
            unit,
            power,
            section: String::new(),
            category: String::new(),
            rows: Vec::new(),
            data: Vec::new(),
            spans: Vec::new(),
            differing: BTreeSet::new(),
            ended: false,
        }
    }

    /// Whether each cell is a box of a chart.
    pub(super) fn is_chart(&self) -> bool {
        self.header.is_chart() || self.header.is_three()
    }

    pub(super) fn cell(&self, row: usize, role: Role) -> Cell {
        self.header.column(role).map_or_else(Cell::default, |column| self.at(row, column))
    }

    pub(super) fn at(&self, row: usize, column: usize) -> Cell {
        let origin = self.grid.origin(row, column);
        let merge = self.grid.merge_of(row, column);
        // A cell merged to the right with another column's is that one's.
        let own = origin.1 == column || !self.header.roles.iter().any(|(other, _)| *other == origin.1);
        let paras = if own { self.grid.get(self.said(row, column), column).to_vec() } else { Vec::new() };
        let text = joined(&paras);
        Cell { text, paras, goes_on: origin.0 < row, last: merge.map_or(row, |merge| merge.bottom), column }
    }

    /// The row that says what a cell holds: 同上 is what stands above.
    fn said(&self, row: usize, column: usize) -> usize {
        self.dittos.get(&(row, column)).copied().unwrap_or(row)
    }

    /// Takes a row.
    pub(super) fn row(&mut self, row: usize) {
        if !self.is_between(row) {
            self.ended = false;
            self.data(row);
        }
    }

    fn data(&mut self, row: usize) {
        let stage = self.cell(row, Role::Stage);
        if !self.choose(row) {
            return;
        }
        self.data.push(row);
        let Some(chart) = self.current else { return };
        self.of_block.insert(chart);
        self.telephones(row, chart);
        self.stage(row, chart, &stage);
        let Some(at) = self.charts[chart].stages.len().checked_sub(1) else { return };
        self.risks(row, chart, at);
        self.measures(row, chart, at);
    }

    /// Finds the chart of a row.
    fn choose(&mut self, row: usize) -> bool {
        let unit = self.cell(row, Role::Unit);
        let power = self.cell(row, Role::Power);
        let has_power = self.header.column(Role::Power).is_some();
        let text = value(&unit.text);
        if !text.is_empty() {
            self.unit = text;
        }
        let named = value(&power.text);
        let named = mark(&named)
            .filter(|(mark, rest)| mark.value.is_some() && !rest.is_empty())
            .map_or(named.clone(), |(_, rest)| rest.to_owned());
        let any = [Role::Stage, Role::RiskItems, Role::RiskName, Role::Measures]
            .iter()
            .any(|role| !value(&self.cell(row, *role).text).is_empty());
        if !any {
            return false;
        }
        if !named.is_empty() {
            self.power = named;
        } else if has_power && self.power.is_empty() {
            self.power.clone_from(&self.section);
        } else if !has_power {
            self.power = if self.section.is_empty() { self.front.power.clone() } else { self.section.clone() };
        }
        let key = (folded(&self.unit), folded(&self.power));
        let same = self
            .current
            .filter(|at| (self.keys[*at].0.as_str(), self.keys[*at].1.as_str()) == (key.0.as_str(), key.1.as_str()));
        if same.is_some() {
            return true;
        }
        let place = self.grid.origin(row, self.header.column(Role::Power).unwrap_or(0));
        let known = self.keys.iter().position(|(unit, power, _)| *unit == key.0 && *power == key.1);
        let at = known.unwrap_or_else(|| self.begin(row));
        if known.is_some() {
            let (zh, en) = self.grid.place(place.0, place.1);
            let (other, other_en) = self.grid.place(self.keys[at].2.0, self.keys[at].2.1);
            let twice = Diagnostic::new(Code::ImportTwice, None).with_both("place", zh, en);
            self.charts[at].doubts.push(twice.with("text", &self.power).with_both("other", other, other_en));
        } else {
            self.keys.push((key.0, key.1, place));
        }
        self.current = Some(at);
        true
    }

    fn begin(&mut self, row: usize) -> usize {
        let text = |role| value(&self.cell(row, role).text);
        let category = text(Role::PowerCategory);
        let draft = Draft {
            unit: self.unit.clone(),
            title: self.front.title.clone(),
            power: self.power.clone(),
            code: text(Role::Code),
            category: if category.is_empty() { self.category.clone() } else { category },
            department: text(Role::Department),
            date: self.front.date.clone(),
            ..Draft::default()
        };
        self.charts.push(draft);
        self.rows.push(Vec::new());
        self.charts.len() - 1
    }

    /// Takes telephones that stand in columns of their own: a chart's are those that its rows agree on.
    fn telephones(&mut self, row: usize, chart: usize) {
        let header = self.header;
        for column in header.columns(Role::Phone) {
            let (head, number) = (self.head(column), value(&self.at(row, column).text));
            if number.is_empty() || self.differing.contains(&(chart, column)) {
                continue;
            }
            let phones = &mut self.charts[chart].phones;
            match phones.iter().position(|(label, _)| *label == head) {
                None => phones.push((head, number)),
                Some(at) if phones[at].1 != number => {
                    phones.remove(at);
                    self.differing.insert((chart, column));
                }
                Some(_) => {}
            }
        }
    }

    /// Takes the unit that a row of its own names; of charts above it too where none was named before.
    pub(super) fn name_unit(&mut self, unit: String) {
        if self.unit.is_empty() {
            for (chart, key) in self.charts.iter_mut().zip(&mut self.keys).filter(|(chart, _)| chart.unit.is_empty()) {
                chart.unit.clone_from(&unit);
                key.0 = folded(&unit);
            }
        }
        self.unit = unit;
    }

    /// The head of a column.
    pub(super) fn head(&self, column: usize) -> String {
        squeezed(&self.grid.text(self.header.bottom, column))
    }

    /// The stage of a row: its own, or the one above where the cell is merged, empty, or says the same again.
    fn stage(&mut self, row: usize, chart: usize, cell: &Cell) {
        let mut read = stage::read(&cell.paras, false);
        let name = self.without_count(&value(&read.name), chart);
        let last = self.charts[chart].stages.last().map(|stage| stage.name.clone());
        let goes_on = match &last {
            None => false,
            Some(last) => cell.goes_on || name.is_empty() || *last == name,
        };
        if goes_on {
            let asked =
                name.is_empty() && !cell.goes_on && self.grid.knows_merges && self.header.column(Role::Stage).is_some();
            if asked && !self.is_continuation(row) {
                let (zh, en) = self.grid.place(row, cell.column);
                let asked = Diagnostic::new(Code::ImportEmptyCell, None).with_both("place", zh, en).with_both(
                    "head",
                    "环节",
                    "the stage",
                );
                let asked = asked.with("text", last.unwrap_or_default());
                if let Some(stage) = self.charts[chart].stages.last_mut() {
                    stage.doubts.push(asked);
                }
            }
            return;
        }
        let name = if name.is_empty() { self.stand_in(row) } else { name };
        for (column, role) in &self.header.roles {
            let Role::OfStage(key) = role else { continue };
            let text = self.at(row, *column).text;
            let text = if *key == "phase" { self.phase(&text, chart) } else { text };
            if let Some(line) = OF_STAGE.iter().find(|line| line.key == *key && !is_nothing(&text)) {
                (line.set)(&mut read, &text);
            }
        }
        self.charts[chart].stages.push(Stage { name, ..read });
        self.rows[chart].push(row);
    }

    /// Where there is no column of stages, a risk's name serves.
    fn stand_in(&self, row: usize) -> String {
        let name = value(&self.cell(row, Role::RiskName).text);
        if name.is_empty() { self.power.clone() } else { name }
    }

    fn without_count(&self, name: &str, chart: usize) -> String {
        let next = self.charts[chart].stages.len() as u32 + 1;
        match stage::counted(name) {
            Some((value, rest)) if !rest.is_empty() && (value == next || value + 1 == next) => rest.to_owned(),
            _ => name.to_owned(),
        }
    }

    /// A phase without the number that counts it.
    fn phase(&self, text: &str, chart: usize) -> String {
        let text = squeezed(text);
        let phases = self.charts[chart].stages.iter().map(|stage| stage.phase.as_str());
        let mut known: Vec<&str> = phases.filter(|phase| !phase.is_empty()).collect();
        known.dedup();
        match stage::counted(&text).map(|(value, rest)| (value as usize, rest)) {
            Some((value, rest)) if value == known.len() + 1 || value == known.len() && known.last() == Some(&rest) => {
                rest.to_owned()
            }
            _ => text,
        }
    }

    /// Whether a row only goes on with lists of the row above: every cell but lists is empty or merged.
    fn is_continuation(&self, row: usize) -> bool {
        let lists = [Role::RiskItems, Role::Measures, Role::Basis, Role::Number, Role::Other];
        self.header.roles.iter().filter(|(_, role)| !lists.contains(role)).all(|(column, _)| {
            let cell = self.at(row, *column);
            cell.goes_on || value(&cell.text).is_empty()
        })
    }

    /// Ends a block: what stands around it is told of its charts and of no others.
    pub(super) fn end_block(&mut self) {
        for at in std::mem::take(&mut self.of_block) {
            self.block.fill(&mut self.charts[at]);
            self.carried.fill(&mut self.charts[at]);
        }
        self.block = Front::default();
    }

    /// Begins a block below the rows of the one before, whose labels go on where the new ones don't say another.
    pub(super) fn next_block(&mut self) {
        if self.of_block.is_empty() {
            return;
        }
        let Front { lines, phones, .. } = self.block.clone();
        self.end_block();
        self.carried.lines.splice(0..0, lines);
        self.carried.phones.retain(|(known, _)| !phones.iter().any(|(label, _)| label == known));
        self.carried.phones.extend(phones);
    }

    /// The charts, with what stands around them.
    pub(super) fn charts(mut self, stem: &str) -> Vec<Draft> {
        let (below, names_power) = (self.below(), self.header.column(Role::Power).is_some());
        self.end_block();
        for chart in &mut self.charts {
            chart.name_stages();
            let is_other = !names_power && !chart.phones.is_empty();
            self.front.fill(chart);
            let phones = if is_other { Vec::new() } else { below.phones.clone() };
            Front { phones, ..below.clone() }.fill(chart);
            let place = |label: &String| self.front.phones.iter().position(|(own, _)| own == label);
            chart.phones.sort_by_key(|(label, _)| place(label).unwrap_or(usize::MAX));
        }
        self.span();
        self.name_powers(stem);
        let unread = self.unread();
        let formulas = self.grid.formulas.iter().map(|(row, column)| {
            let (zh, en) = self.grid.place(*row, *column);
            Diagnostic::new(Code::ImportFormula, None).with_both("place", zh, en)
        });
        let asked: Vec<Diagnostic> = unread.into_iter().chain(formulas).collect();
        if let Some(chart) = self.charts.first_mut() {
            chart.doubts.extend(asked);
        }
        self.charts
    }

    /// What stands below the last block, which may be of all; a block's own comes first. Where powers have a column, it is
    /// what no row follows.
    fn below(&self) -> Front {
        let Front { unit, date, phones, notes, lines, .. } = self.block.clone();
        match (self.header.column(Role::Power), self.of_block.is_empty()) {
            (Some(_), true) => Front { unit, date, phones, notes, lines, ..Front::default() },
            (Some(_), false) => Front::default(),
            (None, _) => Front { phones, notes, ..Front::default() },
        }
    }

    /// Tells of boxes that are merged over the rows of several stages where they end.
    fn span(&mut self) {
        for Span { chart, stage, index, is_measure, last } in std::mem::take(&mut self.spans) {
            let through = self.rows[chart].iter().rposition(|row| *row <= last).filter(|at| *at > stage);
            let Some(through) = through else { continue };
            let key = self.charts[chart].stages[through].key().to_owned();
            let stage = &mut self.charts[chart].stages[stage];
            if is_measure {
                stage.measures[index].through = key;
            } else {
                stage.risks[index].through = key;
            }
        }
    }

    /// Names powers that the document doesn't after its sheet or itself, and asks.
    fn name_powers(&mut self, stem: &str) {
        for (at, chart) in self.charts.iter_mut().enumerate().filter(|(_, chart)| chart.power.is_empty()) {
            let text = if self.grid.name.is_empty() || self.grid.name.starts_with("Sheet") {
                stem.to_owned()
            } else {
                self.grid.name.clone()
            };
            let (zh, en) = self.grid.place(self.header.bottom, 0);
            chart
                .doubts
                .push(Diagnostic::new(Code::ImportNoPower, None).with_both("place", zh, en).with("text", &text));
            chart.power = if at == 0 { text } else { format!("{text}{}", at + 1) };
        }
    }

    /// Columns in which something stands and that were not read, each asked about once.
    fn unread(&self) -> Vec<Diagnostic> {
        let differs = |column: usize| self.differing.iter().any(|(_, own)| *own == column);
        let is_read = |column: usize| {
            self.header.roles.iter().any(|(own, role)| *own == column && *role != Role::Other) && !differs(column)
        };
        let cells = self.grid.cells.iter().filter(|((row, _), _)| self.data.binary_search(row).is_ok());
        let cells = cells.filter(|((_, column), paras)| !is_read(*column) && !is_nothing(&joined(paras)));
        let found: BTreeSet<usize> = cells.map(|((_, column), _)| *column).collect();
        let ask = |column: usize| {
            let head = self.head(column);
            let head = if head.is_empty() { letters(column) } else { head };
            let (zh, en) = self.grid.place(self.header.bottom, column);
            Diagnostic::new(Code::ImportColumn, None).with_both("place", zh, en).with("text", head)
        };
        found.into_iter().map(ask).collect()
    }
}
