//! The layout of a file: spaces, blank lines, lists. Words, comments and their order stay as they are.
//!
//! A key and its value are parted by ` = `. A list has a line for each entry, with a comma after the last, unless there
//! is but one or all are short words: 责任人 = ["甲", "乙"]. One blank line stands before each `[[stage]]`, or before the
//! comment that heads it; elsewhere blank lines are at most single. No line ends in blanks. Comments behind something
//! keep the distance typed.

use unicode_width::UnicodeWidthStr as _;

use super::fix::{said, same_table};
use super::keys::{Kind, TableId};
use super::repair;

/// Columns that a list of short words may take on one line.
const SHORT: usize = 60;
/// What a list's entries are indented by.
const INDENT: &str = "    ";

/// The text of a file, whose own keys are those of `root`, in the one layout. It says the same, and laid out again it
/// is the same.
///
/// `None` where it can't be read, or only with repairs, which have to be written first.
pub fn laid_out(text: &str, root: TableId) -> Option<String> {
    let changes = repair::scan(text, root).ok()?;
    if changes.iter().any(repair::Change::is_repair) {
        return None;
    }
    let before = said(text, root)?;
    let new = arranged(Reader { text, at: 0 }.lines());
    same_table(&before, &said(&new, root)?, &|_, _| false).then_some(new)
}

/// A line of a file, or a key and value over several.
enum FileLine {
    Blank,
    Comment(String),
    /// `[[stage]]`.
    Stage(String),
    Other(String),
}

/// The lines with the blank ones that belong among them.
fn arranged(lines: Vec<FileLine>) -> String {
    let mut kept: Vec<FileLine> = Vec::new();
    for line in lines {
        match line {
            FileLine::Blank if matches!(kept.last(), None | Some(FileLine::Blank)) => {}
            FileLine::Stage(_) => {
                let comments = kept.iter().rev().take_while(|line| matches!(line, FileLine::Comment(_))).count();
                let at = kept.len() - comments;
                if at > 0 && !matches!(kept[at - 1], FileLine::Blank) {
                    kept.insert(at, FileLine::Blank);
                }
                kept.push(line);
            }
            line => kept.push(line),
        }
    }
    if matches!(kept.last(), Some(FileLine::Blank)) {
        kept.pop();
    }
    let text = |line: &FileLine| match line {
        FileLine::Blank => "\n".to_owned(),
        FileLine::Comment(text) | FileLine::Stage(text) | FileLine::Other(text) => format!("{text}\n"),
    };
    kept.iter().map(text).collect()
}

/// A value laid out.
struct Laid {
    text: String,
    /// Whether it is a word, a number, a date: no sentence, no list, no table.
    is_word: bool,
}

/// An entry of a list with its comments.
struct Entry {
    above: Vec<String>,
    value: Laid,
    behind: Option<String>,
}

/// A list as it was read.
#[derive(Default)]
struct List {
    /// What stands behind the opening bracket.
    behind: Option<String>,
    entries: Vec<Entry>,
    /// Comments below the last entry.
    below: Vec<String>,
}

impl List {
    fn written(self, indent: usize) -> String {
        let has_comments = self.behind.is_some()
            || !self.below.is_empty()
            || self.entries.iter().any(|entry| entry.behind.is_some() || !entry.above.is_empty());
        let values: Vec<&str> = self.entries.iter().map(|entry| entry.value.text.as_str()).collect();
        let line = format!("[{}]", values.join(", "));
        let words = self.entries.iter().all(|entry| entry.value.is_word) && line.width() <= SHORT;
        if (values.len() <= 1 || words) && !line.contains('\n') && !has_comments {
            return line;
        }
        let (outer, inner) = (INDENT.repeat(indent), INDENT.repeat(indent + 1));
        let mut text = format!("[{}\n", self.behind.unwrap_or_default());
        for entry in self.entries {
            entry.above.iter().for_each(|comment| text += &format!("{inner}{comment}\n"));
            text += &format!("{inner}{},{}\n", entry.value.text, entry.behind.unwrap_or_default());
        }
        self.below.iter().for_each(|comment| text += &format!("{inner}{comment}\n"));
        text + &outer + "]"
    }
}

/// Reads a text that TOML's parser has accepted, Chinese keys apart.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, set: &[char]) {
        self.at = self.text.len() - self.rest().trim_start_matches(set).len();
    }

    /// Takes everything up to one of these characters.
    fn until(&mut self, set: &[char]) -> &'t str {
        let rest = self.rest();
        let taken = &rest[..rest.find(set).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn lines(mut self) -> Vec<FileLine> {
        let mut lines = Vec::new();
        while self.at < self.text.len() {
            self.skip(&[' ', '\t']);
            match self.peek() {
                None => {}
                Some('\n') => {
                    self.at += 1;
                    lines.push(FileLine::Blank);
                    continue;
                }
                Some('#') => lines.push(FileLine::Comment(self.until(&['\n']).trim_end().to_owned())),
                Some('[') => lines.push(self.header()),
                Some(_) => {
                    let pair = self.pair(0);
                    lines.push(FileLine::Other(pair + &self.behind().unwrap_or_default()));
                }
            }
            // What is left is the line's end.
            self.until(&['\n']);
            self.at = (self.at + 1).min(self.text.len());
        }
        lines
    }

    fn header(&mut self) -> FileLine {
        let open = self.rest().len() - self.rest().trim_start_matches('[').len();
        self.at += open;
        let path = self.key_path();
        self.at = (self.at + open).min(self.text.len());
        let text = format!("{}{path}{}{}", "[".repeat(open), "]".repeat(open), self.behind().unwrap_or_default());
        if open == 2 && is_stage(&path) { FileLine::Stage(text) } else { FileLine::Other(text) }
    }

    /// A key and its value.
    fn pair(&mut self, indent: usize) -> String {
        let key = self.key_path();
        self.at = (self.at + 1).min(self.text.len());
        self.skip(&[' ', '\t']);
        format!("{key} = {}", self.value(indent).text)
    }

    /// A key up to the mark that ends it, without the spaces around its parts.
    fn key_path(&mut self) -> String {
        let mut path = String::new();
        loop {
            self.skip(&[' ', '\t']);
            let part = match self.peek() {
                Some('"' | '\'') => self.string(),
                _ => self.until(&['.', '=', ']', '\n']).trim_end(),
            };
            path += part;
            self.skip(&[' ', '\t']);
            if self.peek() != Some('.') {
                return path;
            }
            self.at += 1;
            path.push('.');
        }
    }

    /// The comment behind what was read last, on the same line, with the blanks before it.
    fn behind(&mut self) -> Option<String> {
        let start = self.at;
        self.skip(&[' ', '\t']);
        let gap = &self.text[start..self.at];
        if self.peek() != Some('#') {
            return None;
        }
        let comment = self.until(&['\n']).trim_end();
        Some(format!("{}{comment}", if gap.is_empty() { " " } else { gap }))
    }

    fn value(&mut self, indent: usize) -> Laid {
        let start = self.at;
        let (text, is_word) = match self.peek() {
            Some('"' | '\'') => {
                let text = self.string();
                (text.to_owned(), !text.contains(['。', '；', '！', '？', '\n']))
            }
            Some('[') => (self.list(indent).written(indent), false),
            // Over several lines, or with comments: as it was typed.
            Some('{') => (self.inline_table().unwrap_or_else(|| self.text[start..self.at].to_owned()), false),
            _ => (self.until(&[',', ']', '}', '#', '\n']).trim_end().to_owned(), true),
        };
        Laid { text, is_word }
    }

    fn string(&mut self) -> &'t str {
        let rest = self.rest();
        let quote = if rest.starts_with('"') { '"' } else { '\'' };
        let triple = if quote == '"' { "\"\"\"" } else { "'''" };
        let is_triple = rest.starts_with(triple);
        let mut chars = rest.char_indices().skip(if is_triple { 3 } else { 1 });
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quote == '"' => _ = chars.next(),
                _ if is_triple && rest[at..].starts_with(triple) => {
                    // Up to two quotes may stand directly before the closing three.
                    let quotes = rest[at..].len() - rest[at..].trim_start_matches(quote).len();
                    end = at + quotes.min(5);
                    break;
                }
                _ if !is_triple && c == quote => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
        }
        self.at += end;
        &rest[..end]
    }

    fn list(&mut self, indent: usize) -> List {
        let mut list = List::default();
        self.at += 1;
        list.behind = self.behind();
        // Whether a comment that follows stands behind the last entry.
        let mut same_line = false;
        while let Some(c) = self.peek() {
            match c {
                '\n' => {
                    self.at += 1;
                    same_line = false;
                }
                ',' => self.at += 1,
                ' ' | '\t' | '#' => {
                    let Some(comment) = self.behind() else { continue };
                    match list.entries.last_mut().filter(|entry| same_line && entry.behind.is_none()) {
                        Some(entry) => entry.behind = Some(comment),
                        None => list.below.push(comment.trim_start().to_owned()),
                    }
                }
                ']' => {
                    self.at += 1;
                    break;
                }
                _ => {
                    let value = self.value(indent + 1);
                    list.entries.push(Entry { above: std::mem::take(&mut list.below), value, behind: None });
                    same_line = true;
                }
            }
        }
        list
    }

    /// `{ … }` on one line; `None`, and the place behind it all the same, where it isn't.
    fn inline_table(&mut self) -> Option<String> {
        let mut pairs = Vec::new();
        let mut single = true;
        self.at += 1;
        while let Some(c) = self.peek() {
            match c {
                '}' => {
                    self.at += 1;
                    break;
                }
                ' ' | '\t' | ',' => self.at += 1,
                '\n' | '#' => {
                    single = false;
                    self.until(&['\n']);
                    self.at = (self.at + 1).min(self.text.len());
                }
                _ => {
                    let (key, start) = (self.key_path(), self.at + 1);
                    self.at = start.min(self.text.len());
                    self.skip(&[' ', '\t']);
                    let value = self.flat_value();
                    single &= value.is_some();
                    pairs.push(format!("{key} = {}", value.unwrap_or_default()));
                }
            }
        }
        let text = if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) };
        single.then_some(text)
    }

    /// A value within an inline table: a list stays on its line.
    fn flat_value(&mut self) -> Option<String> {
        match self.peek() {
            Some('{') => self.inline_table(),
            Some('[') => {
                let list = self.list(0);
                let bare = |entry: &Entry| entry.above.is_empty() && entry.behind.is_none();
                let single = list.behind.is_none() && list.below.is_empty() && list.entries.iter().all(bare);
                let values: Vec<_> = list.entries.into_iter().map(|entry| entry.value.text).collect();
                (single && values.iter().all(|value| !value.contains('\n'))).then(|| format!("[{}]", values.join(", ")))
            }
            _ => Some(self.value(0).text),
        }
    }
}

/// Whether a header's key is that of the stages.
fn is_stage(path: &str) -> bool {
    let row = TableId::Chart.key(path.trim_matches(['"', '\'']));
    row.is_some_and(|row| row.kind == Kind::Tables(TableId::Stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(typed: &str, expected: &str) {
        assert_eq!(laid_out(typed, TableId::Chart).as_deref(), Some(expected));
        assert_eq!(laid_out(expected, TableId::Chart).as_deref(), Some(expected), "laid out again");
    }

    #[test]
    fn keys_values_and_comments() {
        becomes(
            "\n\n  power=\"检查\"   # 注  \n\"单位\"   =  '局'#甲\n\n\n\n职    权编码= \"一\"\nother . x = 1 \n   # 说明\n\n\n",
            "power = \"检查\"   # 注\n\"单位\" = '局' #甲\n\n职    权编码 = \"一\"\nother.x = 1\n# 说明\n",
        );
        becomes("", "");
        becomes("power = \"a\"", "power = \"a\"\n");
        becomes("date = 2025-03-01 10:00:00\t\n", "date = 2025-03-01 10:00:00\n");
    }

    #[test]
    fn a_blank_line_before_each_stage() {
        becomes(
            "# 头\n[[环节]]\n名称=\"甲\"\n[[ 环节 . 风险 ]]  # 注\n# 环节二\n# 又\n[[环节]]\n\n\n名称=\"乙\"\n[\"a.b\".c]\n[[\"c.d\"]]\n[[\"环节\"]]\n",
            "# 头\n[[环节]]\n名称 = \"甲\"\n[[环节.风险]]  # 注\n\n# 环节二\n# 又\n[[环节]]\n\n名称 = \"乙\"\n[\"a.b\".c]\n[[\"c.d\"]]\n\n[[\"环节\"]]\n",
        );
    }

    #[test]
    fn lists_have_a_line_for_each_entry() {
        becomes("notes = [ ]\n", "notes = []\n");
        becomes("notes = [\n \"甲\" ,\n]\n", "notes = [\"甲\"]\n");
        becomes("notes=[\"甲。\",\"乙, ]\"] # 注\n", "notes = [\n    \"甲。\",\n    \"乙, ]\",\n] # 注\n");
        becomes("责任人=[\n\"经办人\",'负责人'\n]\n", "责任人 = [\"经办人\", '负责人']\n");
        let long = ["\"一二三四五六七八九十\""; 3].join(", ");
        becomes(&format!("责任人 = [{long}]\n"), &format!("责任人 = [\n    {},\n]\n", long.replace(' ', "\n    ")));
        becomes("page.margin = [ 1,2.5\n,3 ]\n", "page.margin = [1, 2.5, 3]\n");
        becomes(
            "notes = [ # 头\n# 上\n\"甲\"  # 一\n, # 二\n\n\"乙\", \"丙\"#三\n,\n  # 下\n  ]\n",
            "notes = [ # 头\n    # 上\n    \"甲\",  # 一\n    # 二\n    \"乙\",\n    \"丙\", #三\n    # 下\n]\n",
        );
        becomes("notes = [\n# 空\n]\n", "notes = [\n    # 空\n]\n");
        becomes("next = [[\"a\",\"b\"], [ 1 ]]\n", "next = [\n    [\"a\", \"b\"],\n    [1],\n]\n");
    }

    #[test]
    fn inline_tables_stay_on_their_line() {
        becomes(
            "风险={风险等级=\"高\" ,表现形式 = [ \"甲,}\" ,\"乙\" ]}\nnext = [ {to=\"甲\",label=\"乙\"} ]\nqr = { }\n",
            "风险 = { 风险等级 = \"高\", 表现形式 = [\"甲,}\", \"乙\"] }\nnext = [{ to = \"甲\", label = \"乙\" }]\nqr = {}\n",
        );
        let kept = "风险 = {表现形式=[ # 注\n  \"甲\" ]}\n";
        becomes(kept, kept);
    }

    #[test]
    fn strings_are_left_alone() {
        let kept =
            "notes = [\"\"\"\n  甲 = [1,2]  \n\\\"\"\"\"\"\"]\npower = '''\n\n\n# 无  \n''' # 注\nunit = \"a\\\"#b\"\n";
        let expected = kept.replace("notes = [", "notes = [\n    ").replace("\"\"\"\"\"\"]", "\"\"\"\"\"\",\n]");
        becomes(kept, &expected);
    }

    #[test]
    fn what_needs_repairs_or_is_no_toml_is_refused() {
        for text in
            ["power ＝ \"检查\"\n", "power = 检查\n", "power = \"检查\nx\n", "notes = [\"甲\"\n", "a = 1\na = 2\n"]
        {
            assert_eq!(laid_out(text, TableId::Chart), None, "{text}");
        }
    }
}
