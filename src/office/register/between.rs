//! Rows of a register that hold no stage, risk or measure: headings, rows of forms, the header once more, feet.

use super::rows::Reader;
use super::{is_foot, is_list};
use crate::office::read::front::{Front, is_form, phones};
use crate::office::read::heads::Role;
use crate::office::read::items::mark;
use crate::office::read::{is_arrows, squeezed, title};

impl Reader<'_> {
    /// Takes a row that holds no stage, risk or measure: a heading, a row of a form, the header once more, a foot.
    /// Whether it was one.
    pub(super) fn is_between(&mut self, row: usize) -> bool {
        let texts = self.grid.row(row);
        let cells: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        let Some(first) = cells.first() else { return true };
        let mut own = texts.iter().filter(|(column, _)| self.grid.origin(row, *column).0 == row).peekable();
        if is_form(&cells) {
            self.form(&cells);
        } else if is_foot(first)
            || self.is_around(&texts)
            || (self.ended && texts.len() <= 2 && !self.is_data(row, &texts))
        {
            self.foot(&cells);
        } else if self.is_header_again(row) || (own.peek().is_some() && own.all(|(_, text)| is_arrows(text))) {
            self.ended = false;
        } else if let [(column, text)] = texts.as_slice()
            && self.is_section(row, *column)
        {
            self.section_row(text);
        } else {
            return false;
        }
        true
    }

    /// Whether a short row behind labels or a foot is one of the table all the same: something stands in the column of
    /// stages, risks or measures that is no label, date, number of a page or note.
    fn is_data(&self, row: usize, texts: &[(usize, String)]) -> bool {
        let role = |column: usize| self.header.roles.iter().find(|(own, _)| *own == column).map(|(_, role)| *role);
        let is_wide = |column| self.grid.merge_of(row, column).is_some_and(|merge| merge.right > merge.left);
        let is_note = |text: &str| self.block.noting && mark(text).is_some_and(|(mark, _)| mark.value.is_some());
        texts.iter().any(|(column, text)| {
            let fits = match role(*column) {
                Some(Role::Stage) => texts.len() > 1 || is_stage(text),
                role => matches!(role, Some(Role::RiskItems | Role::RiskName | Role::Measures)),
            };
            fits && !is_wide(*column) && !is_foot(text) && !is_note(text) && !text.split('\n').all(Front::knows)
        })
    }

    /// Whether nothing stands in a row but a date, the number of a page or who made the document, where rows begin.
    fn is_around(&self, texts: &[(usize, String)]) -> bool {
        let [(column, text)] = texts else { return false };
        (*column == 0 || self.header.column(Role::Stage) == Some(*column)) && Front::knows(text)
    }

    /// A row below the table.
    fn foot(&mut self, cells: &[&str]) {
        self.ended = true;
        self.block.row(cells);
    }

    /// A row of labels and values: one that names a power begins its block, any other is of the one that it stands in. Where
    /// powers have a column, it is of the rows below it.
    fn form(&mut self, cells: &[&str]) {
        let mut said = Front::default();
        said.row(cells);
        if self.header.column(Role::Power).is_some() {
            self.ended = self.current.is_some();
            self.next_block();
        } else if said.power.is_empty() {
            self.ended = self.current.is_some();
        } else {
            self.begin_block(said.power);
        }
        self.block.row(cells);
        if !said.unit.is_empty() {
            self.name_unit(said.unit);
        }
    }

    fn begin_block(&mut self, power: String) {
        self.end_block();
        self.carried = Front::default();
        self.section = power;
        self.current = None;
        self.ended = false;
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
                self.begin_block(read.power);
            }
            return;
        }
        const LONGEST: usize = 60;
        let name = squeezed(text);
        let name = mark(&name).map_or(name.as_str(), |(_, rest)| rest).to_owned();
        let is_name = phones(text).is_empty() && name.chars().count() <= LONGEST && !name.contains('：');
        match self.header.column(Role::Power) {
            None if is_name => self.begin_block(name),
            Some(_) if is_name && name.ends_with('类') => self.category = name.trim_end_matches('类').to_owned(),
            _ => self.block.line(text, true),
        }
    }
}

/// Whether a text that stands alone in the column of stages is one: a name, and no sentence or agency.
fn is_stage(text: &str) -> bool {
    const AGENCIES: [&str; 5] = ["局", "政府", "委员会", "公司", "中心"];
    let name = squeezed(text);
    let is_agency = title::is_unit(&name) && AGENCIES.iter().any(|end| name.ends_with(end));
    let name = mark(&name).map_or(name.as_str(), |(_, rest)| rest);
    !is_list(name) && !name.contains(['，', '；', '：']) && !is_agency
}
