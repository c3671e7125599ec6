//! Every key of the chart format and the project file: one row each in [`KEYS`].
//!
//! The names in both languages, what may be written, what is assumed where nothing is, and the words that describe
//! it are drawn from here wherever they are needed: reading, messages, completion in editors, documents.

mod rows;

pub use rows::KEYS;
pub(crate) use rows::{COLUMNS, SHAPES};
use rows::{MEANT, SAME};

use super::nearest;
use super::width::fold;
use crate::diag::Words;
use crate::source::{is_han, simplified};

/// A table of the format: the set of keys that may stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableId {
    /// The chart file itself.
    Chart,
    /// `[[stage]]`, 环节.
    Stage,
    /// `[[stage.risk]]`, 风险.
    Risk,
    /// `[[stage.measure]]`, 措施.
    Measure,
    /// An entry of `next`, 下一步, written as a table.
    Link,
    /// `[[level]]`, 等级定义.
    Level,
    /// `[page]`, 版面.
    Page,
    /// `page.font`, 字体.
    Font,
    /// `[columns]`, 栏目.
    Columns,
    /// `[qr]`, 二维码.
    Qr,
    /// `[labels]`, 用语.
    Labels,
    /// The project file `riskchart.toml` itself.
    Project,
    /// `[output]` of the project file, 输出.
    Output,
    /// `[check]` of the project file, 检查.
    Check,
    /// `[fonts]` of the project file, 字体.
    Fonts,
}

impl TableId {
    /// Every table.
    pub const ALL: [Self; 15] = [
        Self::Chart,
        Self::Stage,
        Self::Risk,
        Self::Measure,
        Self::Link,
        Self::Level,
        Self::Page,
        Self::Font,
        Self::Columns,
        Self::Qr,
        Self::Labels,
        Self::Project,
        Self::Output,
        Self::Check,
        Self::Fonts,
    ];

    /// Whether the table stands in project files alone.
    pub fn is_of_projects(self) -> bool {
        matches!(self, Self::Project | Self::Output | Self::Check | Self::Fonts)
    }

    /// How the table is headed in a file, in English and Chinese keys; `None` for a file itself and for entries of
    /// lists.
    pub fn header(self) -> Option<Words> {
        let (en, zh) = match self {
            Self::Stage => ("[[stage]]", "[[环节]]"),
            Self::Risk => ("[[stage.risk]]", "[[环节.风险]]"),
            Self::Measure => ("[[stage.measure]]", "[[环节.措施]]"),
            Self::Level => ("[[level]]", "[[等级定义]]"),
            Self::Page => ("[page]", "[版面]"),
            Self::Font => ("[page.font]", "[版面.字体]"),
            Self::Columns => ("[columns]", "[栏目]"),
            Self::Qr => ("[qr]", "[二维码]"),
            Self::Labels => ("[labels]", "[用语]"),
            Self::Output => ("[output]", "[输出]"),
            Self::Check => ("[check]", "[检查]"),
            Self::Fonts => ("[fonts]", "[字体]"),
            Self::Chart | Self::Link | Self::Project => return None,
        };
        Some(Words { zh, en })
    }

    /// The table whose header a line was meant to be, whatever marks were typed with its words: `（（环节））`,
    /// `[环节、风险`, `环节：`.
    pub(crate) fn headed(line: &str) -> Option<Self> {
        // 1.[[环节]]: numbered like a paragraph.
        let numbered =
            line.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十.．、（()） ".contains(c));
        let line = if numbered.starts_with(['[', '［', '【']) { numbered } else { line };
        let words =
            |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric() && *c != '的').collect() };
        let typed = words(line);
        Self::ALL.into_iter().find(|id| {
            let own = matches!(id, Self::Risk | Self::Measure);
            let names = id.header().into_iter().flat_map(|header| [header.zh, header.en]);
            names.into_iter().any(|name| {
                let last = name.rsplit_once('.').filter(|_| own).map(|(_, last)| words(last));
                words(name) == typed || last.is_some_and(|last| last == typed)
            })
        })
    }

    /// The name typed into a stage's header, `[[环节：受理]]`.
    pub(crate) fn name_in_header(line: &str) -> Option<&str> {
        let inner = line
            .trim()
            .strip_prefix(['[', '［', '【'])?
            .trim_matches(['[', ']', '［', '］', '【', '】', ' ', '\u{3000}']);
        let (header, name) = inner.split_once([':', '：', ' ', '\u{3000}', '=', '＝', '-', '、'])?;
        let name = name.trim_matches(['"', '“', '”', ' ', '\u{3000}']);
        let plain = !name.is_empty() && !name.contains(['"', '\\', '.']);
        (plain && Self::headed(header) == Some(Self::Stage)).then_some(name)
    }

    /// The keys of the table, in the order of [`KEYS`].
    pub fn keys(self) -> impl Iterator<Item = &'static KeyRow> {
        KEYS.iter().filter(move |row| row.table == self)
    }

    /// The row of the key that a word not known here was most likely meant to be.
    pub(crate) fn meant(self, written: &str) -> Option<&'static KeyRow> {
        if self.key(written).is_some() {
            return None;
        }
        self.other_word(written).or_else(|| self.nearest_key(written, |_| true))
    }

    /// The row of the key that offices call by this word too.
    pub(crate) fn other_word(self, written: &str) -> Option<&'static KeyRow> {
        let folded = fold(written);
        let row = MEANT.iter().find(|(id, _, words)| *id == self && words.contains(&folded.as_str()));
        row.and_then(|(_, name, _)| self.key(name))
    }

    /// The row of those `wanted` whose name is most like a word.
    pub(crate) fn nearest_key(self, written: &str, wanted: impl Fn(&KeyRow) -> bool) -> Option<&'static KeyRow> {
        let names = self.keys().filter(|row| wanted(row)).flat_map(|row| [row.name, row.zh]);
        nearest(written, names).and_then(|name| self.key(name))
    }

    /// The row of a key that is not called so here, where no other can be meant: by the name that it has in other
    /// tables, or by its name in traditional characters.
    pub(crate) fn key_by_another_name(self, written: &str) -> Option<&'static KeyRow> {
        if let Some((_, name, _)) = SAME.iter().find(|(id, _, word)| *id == self && *word == written) {
            return self.key(name);
        }
        let simple: String = written.chars().map(|c| simplified(c).unwrap_or(c)).collect();
        if simple == written { None } else { self.key(&simple) }
    }

    /// The row of a key by its English or Chinese name; spaces inside a Chinese name don't count.
    pub fn key(self, written: &str) -> Option<&'static KeyRow> {
        let folded;
        let name = if written.contains(char::is_whitespace) {
            folded = written.split_whitespace().collect::<String>();
            folded.as_str()
        } else {
            written
        };
        self.keys().find(|row| row.name == name || row.zh == name)
    }
}

/// What may be written for a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A text or a list of texts.
    TextOrTexts,
    /// A TOML local date, or a text.
    Date,
    /// A number from the first to the second, in the unit named.
    Number(f64, f64, &'static str),
    /// One number for all four sides or a list of four, in mm.
    Margin(f64, f64),
    /// true or false; 是 or 否 in quotes.
    Flag,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A list of words of a few.
    Choices(&'static [Choice]),
    /// A table.
    Table(TableId),
    /// A list of tables, each under its own `[[…]]`.
    Tables(TableId),
    /// One table or a list of them.
    TableOrTables(TableId),
    /// A text or a table.
    TextOrTable(TableId),
    /// A list of texts and tables.
    TextsOrTables(TableId),
    /// A table whose keys are the user's own labels, each with a text.
    Labelled,
}

impl Kind {
    /// The table that a value of this kind may hold.
    pub fn table(self) -> Option<TableId> {
        match self {
            Self::Table(id)
            | Self::Tables(id)
            | Self::TableOrTables(id)
            | Self::TextOrTable(id)
            | Self::TextsOrTables(id) => Some(id),
            _ => None,
        }
    }

    /// Whether several values may stand in a list.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Texts | Self::TextOrTexts | Self::Choices(_) | Self::TextsOrTables(_) | Self::Margin(..))
    }

    /// Whether a list has to stand there, even of one text.
    pub(crate) fn is_list_alone(self) -> bool {
        matches!(self, Self::Texts | Self::Choices(_) | Self::TextsOrTables(_))
    }

    /// What may be written, in a clerk's words.
    pub fn expected(self) -> Words {
        let (zh, en) = match self {
            Self::Text => ("一段加引号的文字", "a text in quotes"),
            Self::Texts => ("方括号里的若干段文字，例如 [\"甲\", \"乙\"]", "a list of texts, such as [\"甲\", \"乙\"]"),
            Self::TextOrTexts => (
                "一段加引号的文字，或方括号里的若干段，例如 [\"甲\", \"乙\"]",
                "a text in quotes, or a list such as [\"甲\", \"乙\"]",
            ),
            Self::Date => ("日期，例如 2025-03-01 或 \"2025年3月\"", "a date, such as 2025-03-01 or \"2025年3月\""),
            Self::Number(_, _, "mm") => ("一个数，单位毫米，不加引号", "a number in mm, without quotes"),
            Self::Number(_, _, "pt") => ("一个数，单位磅，不加引号", "a number in points, without quotes"),
            Self::Number(_, _, "m") => ("一个数，单位米，不加引号", "a number in metres, without quotes"),
            Self::Number(..) => ("一个数，不加引号", "a number, without quotes"),
            Self::Margin(..) => (
                "一个数，或 [上, 右, 下, 左] 四个数，单位毫米",
                "a number, or four as [top, right, bottom, left], in mm",
            ),
            Self::Flag => ("true（是）或 false（否），不加引号", "true or false, without quotes"),
            Self::Choice(_) => ("一个加引号的词", "a word in quotes"),
            Self::Choices(_) => ("方括号里的若干个词", "a list of words"),
            Self::Table(TableId::Qr) => (
                "一张表，例如 { 内容 = \"https://…\", 说明 = \"扫码举报\" }",
                "a table, such as { text = \"https://…\", label = \"扫码举报\" }",
            ),
            Self::Table(TableId::Columns) => (
                "一张表，例如 { 表头 = [\"工作流程\", \"风险点\", \"防控措施\"] }",
                "a table, such as { heads = [\"工作流程\", \"风险点\", \"防控措施\"] }",
            ),
            Self::Table(_) => ("一张表，写在 [ ] 标题下面或 { } 里", "a table, under a [header] or in { }"),
            Self::Tables(TableId::Stage) => (
                "若干环节：每个另起一行写 [[环节]]，下一行写 名称 = \"受理\"",
                "stages: a line [[stage]] for each, with name = \"受理\" on the next",
            ),
            Self::TableOrTables(TableId::Risk) => (
                "风险框：另起一行写 [[环节.风险]]，下一行写 表现形式 = [\"甲\", \"乙\"]",
                "risk boxes: a line [[stage.risk]] for each, with items = [\"甲\", \"乙\"] on the next",
            ),
            Self::TableOrTables(TableId::Measure) => (
                "措施框：另起一行写 [[环节.措施]]，下一行写 防控措施 = [\"甲\", \"乙\"]",
                "measure boxes: a line [[stage.measure]] for each, with items = [\"甲\", \"乙\"] on the next",
            ),
            Self::Tables(TableId::Level) => (
                "从最高到最低的一列：[{ 名称 = \"高\" }, { 名称 = \"低\" }]",
                "a list from the worst down: [{ name = \"高\" }, { name = \"低\" }]",
            ),
            Self::Tables(_) => ("每一个单独写在 [[ ]] 标题下面", "a [[header]] for each"),
            Self::TableOrTables(_) => ("一张表，或每一个单独写在 [[ ]] 标题下面", "a table, or a [[header]] for each"),
            Self::TextOrTable(_) => ("一段加引号的文字，或一张表", "a text in quotes, or a table"),
            Self::TextsOrTables(_) => (
                "方括号里的若干个环节名，例如 [\"审查\"]，或 [{ 到 = \"审查\", 说明 = \"材料齐全\" }]",
                "a list of stages, such as [\"审查\"] or [{ to = \"审查\", label = \"材料齐全\" }]",
            ),
            Self::Labelled => (
                "一张表，写明是什么电话，例如 { \"监督电话\" = \"12388\" }，或在 [电话] 下面每行一个",
                "a table with a label for each number, such as { \"监督电话\" = \"12388\" }, or a line for each under [phones]",
            ),
        };
        Words { zh, en }
    }
}

/// One of the words a key may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word in English, or the one form it has.
    pub name: &'static str,
    /// 中文; the same as `name` where it has but one form.
    pub zh: &'static str,
    /// What it means.
    pub about: Words,
}

impl Choice {
    /// The choice of this name among `choices`, whatever its case, width or surrounding space.
    pub fn find(choices: &'static [Self], written: &str) -> Option<&'static Self> {
        let key = fold(written);
        choices.iter().find(|choice| fold(choice.name) == key || fold(choice.zh) == key)
    }
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    /// The table it stands in.
    pub table: TableId,
    /// Its English name, a TOML bare key.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// What may be written.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What is assumed where it is left out, as it would be written; empty where nothing is.
    pub default: &'static str,
    /// What it means.
    pub about: Words,
    /// How its text is formed, as a regular expression; empty where any text will do.
    pub pattern: &'static str,
    /// How many entries its list has; 0 where that is open.
    pub count: usize,
}

impl KeyRow {
    /// Whether an empty text is a field to be filled in, and no mistake.
    pub fn is_to_be_filled(&self) -> bool {
        matches!(
            (self.table, self.name),
            (TableId::Risk, "level" | "items") | (TableId::Measure, "items" | "responsible")
        )
    }

    /// The name as messages show it: `name（名称）`.
    pub fn label(&self) -> String {
        format!("{}（{}）", self.name, self.zh)
    }

    /// The name as messages show it to somebody who typed `typed`: the Chinese one first, `名称（name）`, to Chinese.
    pub(crate) fn label_for(&self, typed: &str) -> String {
        if typed.is_empty() || typed.contains(is_han) {
            format!("{}（{}）", self.zh, self.name)
        } else {
            self.label()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_within_a_table() {
        for table in TableId::ALL {
            let names: Vec<_> = table.keys().flat_map(|row| [row.name, row.zh]).collect();
            for (at, name) in names.iter().enumerate() {
                assert!(!names[..at].contains(name), "{table:?} has two keys {name}");
            }
            assert!(!names.is_empty(), "{table:?} has no keys");
        }
    }

    #[test]
    fn english_names_are_bare_keys() {
        for row in KEYS {
            assert!(row.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", row.name);
            assert!(row.zh.chars().all(|c| !c.is_ascii()), "{}", row.zh);
        }
    }

    #[test]
    fn a_key_is_found_by_either_name() {
        let by = |name| TableId::Stage.key(name).map(|row| row.name);
        assert_eq!(by("责任科室"), Some("department"));
        assert_eq!(by("department"), Some("department"));
        assert_eq!(by("责 任　科室"), Some("department"));
        assert_eq!(by("等级定义"), None);
    }

    #[test]
    fn choices_are_found_in_any_width_and_case() {
        let Kind::Choice(shapes) = TableId::Stage.key("shape").expect("shape").kind else { panic!("not a choice") };
        assert_eq!(Choice::find(shapes, " Ｄecision").map(|c| c.name), Some("decision"));
        assert_eq!(Choice::find(shapes, "判断").map(|c| c.name), Some("decision"));
        assert_eq!(Choice::find(shapes, "菱形"), None);
    }
}
