//! The rows of a register, gathered to charts.

use super::header::Header;
use super::{is_arrows, is_foot, is_list, value};
use crate::diag::{Code, Diagnostic};
use crate::office::draft::{Draft, Risk, Stage};
use crate::office::grid::Grid;
use crate::office::lines::OF_STAGE;
use crate::office::read::front::Front;
use crate::office::read::heads::Role;
use crate::office::read::items::mark;
use crate::office::read::level::{self, Said};
use crate::office::read::{Para, fields, is_nothing, squeezed, stage, title};

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

/// Gathers rows.
pub(super) struct Reader<'g> {
    pub(super) grid: &'g Grid,
    pub(super) header: &'g Header,
    front: Front,
    pub(super) charts: Vec<Draft>,
    /// Where the power of each chart was named first: its key and its cell.
    keys: Vec<(String, String, (usize, usize))>,
    /// The chart, unit and power of the row before.
    current: Option<usize>,
    unit: String,
    power: String,
    section: String,
    /// The row that the current stage began in, and of each stage of the current chart the row.
    rows: Vec<Vec<usize>>,
    /// Boxes that go over several rows: chart, stage, index, whether it is a measure, last row.
    pub(super) spans: Vec<(usize, usize, usize, bool, usize)>,
    ended: bool,
}

impl<'g> Reader<'g> {
    pub(super) fn new(grid: &'g Grid, header: &'g Header, front: Front) -> Self {
        let (unit, power) = (front.unit.clone(), front.power.clone());
        Self {
            grid,
            header,
            front,
            charts: Vec::new(),
            keys: Vec::new(),
            current: None,
            unit,
            power,
            section: String::new(),
            rows: Vec::new(),
            spans: Vec::new(),
            ended: false,
        }
    }

    /// Whether each cell is a box of a chart.
    fn is_chart(&self) -> bool {
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
        let paras = if own { self.grid.get(row, column).to_vec() } else { Vec::new() };
        let text = crate::office::read::joined(&paras);
        Cell { text, paras, goes_on: origin.0 < row, last: merge.map_or(row, |merge| merge.bottom), column }
    }

    /// Takes a row.
    pub(super) fn row(&mut self, row: usize) {
        let texts = self.grid.row(row);
        let Some((_, first)) = texts.first() else { return };
        if is_foot(first) || (self.ended && texts.len() <= 2) {
            self.foot(&texts);
            return;
        }
        let is_own = |column: usize| self.grid.origin(row, column).0 == row;
        if self.is_header_again(row) || is_arrows(texts.iter().filter(|(column, _)| is_own(*column))) {
            return;
        }
        if let [(column, text)] = texts.as_slice()
            && self.is_section(row, *column)
        {
            self.section_row(text);
            return;
        }
        self.ended = false;
        self.data(row);
    }

    /// A line below the table.
    fn foot(&mut self, texts: &[(usize, String)]) {
        self.ended = true;
        for (_, text) in texts {
            self.front.line(text, true);
        }
    }

    /// Whether the header is printed once more, as on each page.
    fn is_header_again(&self, row: usize) -> bool {
        let same = |(column, _): &&(usize, Role)| {
            let text = squeezed(&self.grid.text(row, *column));
            !text.is_empty() && text == squeezed(&self.grid.text(self.header.bottom, *column))
        };
        self.header.roles.iter().filter(same).count() * 2 > self.header.roles.len()
    }

    /// Whether a row with one text only is a heading between the rows: it goes over most of the table, or stands alone
    /// where neither a stage nor a list does.
    fn is_section(&self, row: usize, column: usize) -> bool {
        let span = self
            .grid
            .merge_of(row, column)
            .map_or(1, |merge| if merge.top == row { merge.right - merge.left + 1 } else { 1 });
        let stage = self.header.column(Role::Stage);
        let is_content = self.header.roles.iter().any(|(own, role)| {
            *own == column
                && matches!(
                    role,
                    Role::Stage
                        | Role::RiskItems
                        | Role::RiskName
                        | Role::Measures
                        | Role::Responsible
                        | Role::Level
                        | Role::Power
                )
        });
        span * 2 > self.grid.width.max(2)
            || (!is_content
                && stage != Some(column)
                && self.grid.merge_of(row, column).is_none_or(|merge| merge.top >= row))
    }

    fn section_row(&mut self, text: &str) {
        if title::is_title(text) {
            // The title of the next chart of the sheet.
            let read = title::read(text);
            if !read.unit.is_empty() {
                self.unit = read.unit;
            }
            if !read.power.is_empty() {
                self.section = read.power;
                self.current = None;
            }
            return;
        }
        let before = self.front.phones.len();
        self.front.line(text, true);
        let taken = self.front.phones.len() > before;
        let text = squeezed(text);
        let text = mark(&text).map_or(text.as_str(), |(_, rest)| rest).to_owned();
        if !taken && self.header.column(Role::Power).is_none() && text.chars().count() <= 60 && !text.contains('：') {
            self.section = text;
            self.current = None;
        }
    }

    fn data(&mut self, row: usize) {
        let stage = self.cell(row, Role::Stage);
        if !self.choose(row) {
            return;
        }
        let Some(chart) = self.current else { return };
        self.stage(row, chart, &stage);
        let Some(at) = self.charts[chart].stages.len().checked_sub(1) else { return };
        self.risk(row, chart, at);
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
        let key = (self.unit.clone(), self.power.clone());
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
            self.charts[at].doubts.push(twice.with("text", &key.1).with_both("other", other, other_en));
        } else {
            self.keys.push((key.0, key.1, place));
        }
        self.current = Some(at);
        true
    }

    fn begin(&mut self, row: usize) -> usize {
        let text = |role| value(&self.cell(row, role).text);
        let draft = Draft {
            unit: self.unit.clone(),
            title: self.front.title.clone(),
            power: self.power.clone(),
            code: text(Role::Code),
            category: text(Role::PowerCategory),
            department: text(Role::Department),
            date: self.front.date.clone(),
            ..Draft::default()
        };
        self.charts.push(draft);
        self.rows.push(Vec::new());
        self.charts.len() - 1
    }

    /// The stage of a row: its own, or the one above where the cell is merged, empty, or says the same again.
    fn stage(&mut self, row: usize, chart: usize, cell: &Cell) {
        let mut read = stage::read(&cell.paras, false);
        let name = self.without_count(&value(&read.name), chart);
        let last = self.charts[chart].stages.last().map(|stage| stage.name.clone());
        let first = last.is_none();
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
        let name = if name.is_empty() { self.stand_in(row, first) } else { name };
        for (column, role) in &self.header.roles {
            let Role::OfStage(key) = role else { continue };
            let text = self.at(row, *column).text;
            if let Some(line) = OF_STAGE.iter().find(|line| line.key == *key && !is_nothing(&text)) {
                (line.set)(&mut read, &text);
            }
        }
        self.charts[chart].stages.push(Stage { name, ..read });
        self.rows[chart].push(row);
    }

    /// Where there is no column of stages, a risk's name serves.
    fn stand_in(&self, row: usize, _first: bool) -> String {
        let name = value(&self.cell(row, Role::RiskName).text);
        if name.is_empty() { self.power.clone() } else { name }
    }

    fn without_count(&self, name: &str, chart: usize) -> String {
        let next = self.charts[chart].stages.len() as u32 + 1;
        match mark(name) {
            Some((mark, rest))
                if !rest.is_empty() && mark.value.is_some_and(|value| value == next || value + 1 == next) =>
            {
                rest.to_owned()
            }
            _ => name.to_owned(),
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

    fn risk(&mut self, row: usize, chart: usize, at: usize) {
        let (name, entries, level) =
            (self.cell(row, Role::RiskName), self.cell(row, Role::RiskItems), self.cell(row, Role::Level));
        let has_items = self.header.column(Role::RiskItems).is_some();
        let has_name = self.header.column(Role::RiskName).is_some();
        // A column of risks without one of their forms holds the forms.
        let (name, entries) =
            if has_name && !has_items && is_list(&name.text) { (Cell::default(), name) } else { (name, entries) };
        let (mut read, unclear) = fields::risk(&entries.paras);
        if entries.goes_on {
            read.items.clear();
        }
        let own_name = if name.goes_on { String::new() } else { value(&name.text) };
        let own_name = mark(&own_name)
            .filter(|(mark, rest)| mark.value.is_some() && !rest.is_empty())
            .map_or(own_name.clone(), |(_, rest)| rest.to_owned());
        let id = value(&self.cell(row, Role::RiskId).text);
        let ticked = self.ticked(row);
        let (said, said_unclear) = match ticked.unwrap_or_else(|| level::read(&level.text)) {
            Said::One(level) => (level, None),
            Said::Unclear(text) => (String::new(), Some(text)),
            Said::Nothing => (String::new(), None),
        };
        let own_level = if level.goes_on { String::new() } else { said.clone() };
        let is_new = !own_name.is_empty()
            || !own_level.is_empty()
            || (!name.goes_on && !level.goes_on && !entries.goes_on && !id.is_empty())
            || (!entries.goes_on && (self.is_chart() && !is_nothing(&entries.text)))
            || (is_said_nothing(&level) && !is_nothing(&entries.text));
        let (stage_goes_on, is_boxes) = (self.cell(row, Role::Stage).goes_on, self.is_chart());
        let stage = &mut self.charts[chart].stages[at];
        let merged = [&name, &level].into_iter().any(|cell| cell.goes_on) || (!is_new && !stage.risks.is_empty());
        // Where the stage is merged over its rows, a risk of several rows would be so too.
        let is_apart = stage_goes_on || is_boxes;
        if (merged
            || stage.risks.last().is_some_and(|last| {
                !is_apart && !own_name.is_empty() && last.name == own_name && last.level == said && last.id == id
            }))
            && let Some(last) = stage.risks.last_mut()
        {
            let fresh = read.items.into_iter().filter(|item| !last.items.contains(item)).collect::<Vec<_>>();
            last.items.extend(fresh);
            return;
        }
        if !read.name.is_empty() && own_name.is_empty() {
            // The box named itself.
        } else {
            read.name = own_name;
        }
        if !said.is_empty() {
            read.level = said;
        }
        if !id.is_empty() {
            read.id = id;
        }
        let category = value(&self.cell(row, Role::RiskCategory).text);
        if !category.is_empty() {
            read.category = category;
        }
        if entries.goes_on || (read.is_empty() && unclear.is_none() && said_unclear.is_none()) {
            return;
        }
        self.doubt_level(row, &mut read, (&level, said_unclear.or(unclear)));
        let last = entries.last;
        let stage = &mut self.charts[chart].stages[at];
        stage.risks.push(read);
        let index = stage.risks.len() - 1;
        if last > row {
            self.spans.push((chart, at, index, false, last));
        }
    }

    /// The level whose column is ticked, where levels have columns of their own.
    fn ticked(&self, row: usize) -> Option<Said> {
        let mut columns = self.header.columns(Role::Ticked).peekable();
        columns.peek()?;
        let is_ticked = |column: &usize| !is_nothing(&self.at(row, *column).text);
        let levels: Vec<String> =
            columns.filter(is_ticked).map(|column| squeezed(&self.grid.text(self.header.bottom, column))).collect();
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

    /// The charts, with what stands around them.
    pub(super) fn charts(mut self, stem: &str) -> Vec<Draft> {
        for chart in &mut self.charts {
            chart.name_stages();
            self.front.fill(chart);
        }
        for (chart, at, index, is_measure, last) in std::mem::take(&mut self.spans) {
            let through = self.rows[chart].iter().rposition(|row| *row <= last).filter(|stage| *stage > at);
            let Some(through) = through else { continue };
            let key = self.charts[chart].stages[through].key().to_owned();
            let stage = &mut self.charts[chart].stages[at];
            if is_measure {
                stage.measures[index].through = key;
            } else {
                stage.risks[index].through = key;
            }
        }
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
        for row in &self.grid.formulas {
            let (zh, en) = self.grid.place(row.0, row.1);
            let asked = Diagnostic::new(Code::ImportFormula, None).with_both("place", zh, en);
            if let Some(chart) = self.charts.first_mut() {
                chart.doubts.push(asked);
            }
        }
        self.charts
    }
}
