//! Tables in HTML, which many systems export under the name xls.
//!
//! Such HTML is written by programs and seldom well formed: tags are looked through one after another, as browsers do.

use crate::diag::{Code, Diagnostic};
use crate::office::grid::{Grid, Merge};
use crate::office::read::lines;
use crate::office::refuse;

/// Cells that are read.
const MAX_CELLS: usize = 500_000;

/// Reads the tables of a page.
///
/// # Errors
/// It is no text.
pub(in crate::office) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Diagnostic> {
    let (text, _) = crate::source::decode(bytes).map_err(|_| crate::office::package::damaged("HTML"))?;
    let mut reader = Reader::default();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at]);
        let tag = &rest[at..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = close(tag) else { break };
        let skipped = reader.tag(&tag[1..end]);
        rest = &tag[end + 1..];
        if let Some(name) = skipped {
            rest = find_end(rest, name);
        }
        if reader.count > MAX_CELLS {
            return Err(crate::office::package::too_large("HTML", MAX_CELLS));
        }
    }
    reader.finish();
    if reader.grids.is_empty() { Err(refuse(Code::DocumentNoChart)) } else { Ok(reader.grids) }
}

/// Where a tag ends, quoted values looked over.
fn close(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// What follows the end tag of an element whose content is no text.
fn find_end<'t>(text: &'t str, name: &str) -> &'t str {
    let lower = text.to_ascii_lowercase();
    lower.find(&format!("</{name}")).map_or("", |at| &text[at..])
}

#[derive(Default)]
struct Reader {
    grids: Vec<Grid>,
    /// Tables that are open: within one, further ones are cells' content.
    depth: usize,
    row: usize,
    column: usize,
    in_row: bool,
    cell: Option<(usize, usize, String)>,
    /// Cells that reach down from rows above.
    taken: std::collections::BTreeSet<(usize, usize)>,
    count: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if let Some((_, _, held)) = &mut self.cell {
            let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let spaced = text.starts_with(char::is_whitespace) && !held.is_empty() && !held.ends_with('\n');
            if spaced && !one.is_empty() {
                held.push(' ');
            }
            held.push_str(&entities(&one));
        }
    }

    /// Takes a tag; the name of an element whose content is to be skipped.
    fn tag(&mut self, tag: &str) -> Option<&'static str> {
        let end = tag.find(|c: char| c.is_whitespace() || c == '/').filter(|at| *at > 0).unwrap_or(tag.len());
        let name =
            if let Some(name) = tag.strip_prefix('/') { format!("/{}", name.trim()) } else { tag[..end].to_owned() };
        match name.to_ascii_lowercase().as_str() {
            "script" => return Some("script"),
            "style" => return Some("style"),
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.grids.push(Grid {
                        name: format!("表{}", self.grids.len() + 1),
                        knows_merges: true,
                        ..Grid::default()
                    });
                    (self.row, self.column) = (0, 0);
                    self.taken.clear();
                }
            }
            "/table" => {
                self.finish_row();
                self.depth = self.depth.saturating_sub(1);
            }
            "tr" if self.depth == 1 => {
                self.finish_row();
                self.in_row = true;
            }
            "/tr" if self.depth == 1 => self.finish_row(),
            "td" | "th" if self.depth == 1 => {
                self.finish_cell();
                self.in_row = true;
                self.cell = Some((attribute(tag, "rowspan"), attribute(tag, "colspan"), String::new()));
            }
            "/td" | "/th" if self.depth == 1 => self.finish_cell(),
            "br" | "br/" | "/p" | "/div" | "/li" => {
                if let Some((_, _, text)) = &mut self.cell {
                    text.push('\n');
                }
            }
            _ => {}
        }
        None
    }

    fn finish_cell(&mut self) {
        let Some((rows, columns, text)) = self.cell.take() else { return };
        let Some(grid) = self.grids.last_mut() else { return };
        while self.taken.contains(&(self.row, self.column)) {
            self.column += 1;
        }
        self.count += rows * columns;
        for row in self.row..self.row + rows {
            for column in self.column..self.column + columns {
                self.taken.insert((row, column));
            }
        }
        grid.put(self.row, self.column, lines(text.trim()));
        grid.width = grid.width.max(self.column + columns);
        if rows * columns > 1 {
            grid.merge(Merge {
                top: self.row,
                left: self.column,
                bottom: self.row + rows - 1,
                right: self.column + columns - 1,
            });
        }
        self.column += columns;
    }

    fn finish_row(&mut self) {
        self.finish_cell();
        if self.in_row && self.depth <= 1 {
            self.row += 1;
            self.column = 0;
            self.in_row = false;
        }
    }

    fn finish(&mut self) {
        self.finish_row();
        self.grids.retain(|grid| !grid.cells.is_empty());
    }
}

/// A count of rows or columns.
fn attribute(tag: &str, name: &str) -> usize {
    let lower = tag.to_ascii_lowercase();
    let value = lower.find(name).map(|at| &lower[at + name.len()..]);
    let value = value.map(|value| value.trim_start_matches([' ', '=', '"', '\'']));
    let digits: String = value.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1).clamp(1, 2000)
}

/// Character references that exports use.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find(';').filter(|end| *end <= 10);
        let found = end.and_then(|end| reference(&tail[1..end]));
        match (found, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &tail[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &tail[1..];
            }
        }
    }
    out + rest
}

fn reference(name: &str) -> Option<char> {
    match name {
        "nbsp" | "ensp" | "emsp" => Some(' '),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" | "ldquo" | "rdquo" => Some(match name {
            "ldquo" => '“',
            "rdquo" => '”',
            _ => '"',
        }),
        "apos" => Some('\''),
        "middot" => Some('·'),
        "hellip" => Some('…'),
        "mdash" => Some('—'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')
        }
    }
}
