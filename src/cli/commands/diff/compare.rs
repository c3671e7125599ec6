//! Two charts compared, key by key, by the table of keys: what is new in the format is compared as soon as it has a row.

use riskchart::diag::{Lang, Words};
use riskchart::input::keys::{Choice, KeyRow, Kind, TableId};
use riskchart::input::{Table, Value};

use crate::cli::terminal::message::{Message, message};

/// One difference.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The boxes it lies in, outermost first: 环节“立案”, 第 1 个风险.
    pub(super) place: Vec<Message>,
    /// The key, or the box itself where it came or went.
    pub(super) what: Message,
    pub(super) how: How,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It was not there before.
    Added { new: Message },
    /// It is no longer there.
    Removed { old: Message },
    /// It says something else.
    Changed { old: Message, new: Message },
    /// It stands elsewhere in its list.
    Moved,
}

/// The differences of two charts.
pub(super) fn charts(old: &Table, new: &Table) -> Vec<Change> {
    let mut changes = Changes(Vec::new());
    changes.tables(TableId::Chart, (old, new), &[]);
    changes.0
}

/// The text of a chart's key, where there is one.
pub(super) fn text(table: &Table, key: &str) -> Option<String> {
    table.get(key).map(|value| plain(&value.value)).filter(|text| !text.is_empty())
}

struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, place: &[Message], what: Message, how: How) {
        self.0.push(Change { place: place.to_vec(), what, how });
    }

    fn tables(&mut self, id: TableId, (old, new): (&Table, &Table), place: &[Message]) {
        for row in id.keys() {
            let (old, new) = (old.get(row.name).map(|old| &old.value), new.get(row.name).map(|new| &new.value));
            self.key(row, (old, new), place);
        }
    }

    fn key(&mut self, row: &KeyRow, (old, new): (Option<&Value>, Option<&Value>), place: &[Message]) {
        let said = |value: Option<&Value>| value.map(|value| said(value, row.kind));
        if said(old) == said(new) {
            return;
        }
        match row.kind {
            Kind::Tables(id) | Kind::TableOrTables(id) => self.boxes(row, id, (boxes(old), boxes(new)), place),
            Kind::Texts | Kind::TextOrTexts | Kind::TextsOrTables(_) | Kind::Labelled => {
                self.entries(row, (entries(old, row.kind), entries(new, row.kind)), place);
            }
            Kind::Table(id) => match (old, new) {
                (Some(Value::Table(old)), Some(Value::Table(new))) => {
                    let place: Vec<_> = place.iter().cloned().chain([label(row)]).collect();
                    self.tables(id, (old, new), &place);
                }
                _ => self.field(row, (old, new), place),
            },
            _ => self.field(row, (old, new), place),
        }
    }

    fn field(&mut self, row: &KeyRow, sides: (Option<&Value>, Option<&Value>), place: &[Message]) {
        let how = match sides {
            (None, Some(new)) => How::Added { new: said(new, row.kind) },
            (Some(old), None) => How::Removed { old: said(old, row.kind) },
            (Some(old), Some(new)) => How::Changed { old: said(old, row.kind), new: said(new, row.kind) },
            (None, None) => return,
        };
        self.push(place, label(row), how);
    }

    /// Entries of a list: those that went and those that came, in pairs as far as they go.
    fn entries(&mut self, row: &KeyRow, (old, new): (Vec<Message>, Vec<Message>), place: &[Message]) {
        let gone: Vec<&Message> = missing(&old, &new);
        let come: Vec<&Message> = missing(&new, &old);
        if gone.is_empty() && come.is_empty() {
            return self.push(place, label(row), How::Moved);
        }
        for at in 0..gone.len().max(come.len()) {
            let how = match (gone.get(at), come.get(at)) {
                (Some(old), Some(new)) => How::Changed { old: (*old).clone(), new: (*new).clone() },
                (Some(old), None) => How::Removed { old: (*old).clone() },
                (None, Some(new)) => How::Added { new: (*new).clone() },
                (None, None) => continue,
            };
            self.push(place, label(row), how);
        }
    }

    /// Boxes of a list: those of one name are one, and of the others those in one place.
    fn boxes(&mut self, row: &KeyRow, id: TableId, (old, new): (Vec<&Table>, Vec<&Table>), place: &[Message]) {
        let pairs = paired(&old, &new);
        let mut before = None;
        for (at, (was, table)) in new.iter().zip(&pairs).map(|(table, was)| (*was, *table)).enumerate() {
            let here: Vec<_> = place.iter().cloned().chain([titled(row, table, at)]).collect();
            match was.and_then(|was| Some((was, *old.get(was)?))) {
                None => self.push(place, titled(row, table, at), How::Added { new: summary(table) }),
                Some((was, old)) => {
                    if before.is_some_and(|before| before > was) {
                        self.push(place, titled(row, table, at), How::Moved);
                    }
                    before = before.max(Some(was));
                    self.tables(id, (old, table), &here);
                }
            }
        }
        for (at, table) in old.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at))) {
            self.push(place, titled(row, table, at), How::Removed { old: summary(table) });
        }
    }
}

/// For each new box, the old one that it was.
fn paired(old: &[&Table], new: &[&Table]) -> Vec<Option<usize>> {
    let (old_names, new_names): (Vec<_>, Vec<_>) =
        (old.iter().map(|table| name(table)).collect(), new.iter().map(|table| name(table)).collect());
    let mut taken = vec![false; old.len()];
    let mut pairs = vec![None; new.len()];
    for (at, name) in new_names.iter().enumerate().filter(|(_, name)| name.is_some()) {
        pairs[at] = (0..old.len()).find(|was| !taken[*was] && old_names[*was] == *name);
        if let Some(was) = pairs[at] {
            taken[was] = true;
        }
    }
    for at in 0..new.len().min(old.len()) {
        // A stage at its old place under a new name was renamed; one of a name that is known elsewhere is another.
        if pairs[at].is_none() && !taken[at] {
            pairs[at] = Some(at);
            taken[at] = true;
        }
    }
    pairs
}

/// What tells a box from the others of its list.
fn name(table: &Table) -> Option<String> {
    ["id", "name"].iter().find_map(|key| text(table, key))
}

fn summary(table: &Table) -> Message {
    as_written(&["name", "items", "to"].iter().find_map(|key| text(table, key)).unwrap_or_default())
}

fn titled(row: &KeyRow, table: &Table, at: usize) -> Message {
    let (Words { zh, en }, number) = (words(row), at + 1);
    match name(table) {
        Some(name) => message!("{zh}“{name}”" | "{en} “{name}”"),
        None => message!("第 {number} 个{zh}" | "{en} {number}"),
    }
}

fn label(row: &KeyRow) -> Message {
    let Words { zh, en } = words(row);
    message!("{zh}" | "{en}")
}

fn words(row: &KeyRow) -> Words {
    Words { zh: row.zh, en: row.name }
}

/// The boxes of a key that takes one or a list.
fn boxes(value: Option<&Value>) -> Vec<&Table> {
    match value {
        Some(Value::Table(table)) => vec![table],
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|item| if let Value::Table(table) = &item.value { Some(table) } else { None })
            .collect(),
        _ => Vec::new(),
    }
}

fn entries(value: Option<&Value>, kind: Kind) -> Vec<Message> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(|item| said(&item.value, kind)).collect(),
        Some(Value::Table(table)) => table
            .entries
            .iter()
            .map(|(key, value)| as_written(&format!("{}：{}", key.value, plain(&value.value))))
            .collect(),
        Some(value) => vec![said(value, kind)],
    }
}

/// The entries of a list that another lacks, each as often as it lacks it.
fn missing<'a>(list: &'a [Message], other: &[Message]) -> Vec<&'a Message> {
    let mut left: Vec<&Message> = other.iter().collect();
    let lacks = |entry: &&Message| match left.iter().position(|known| known == entry) {
        Some(at) => {
            left.remove(at);
            false
        }
        None => true,
    };
    list.iter().filter(lacks).collect()
}

/// A value in both languages: words of the format by both their names, whichever was written, texts as they are.
fn said(value: &Value, kind: Kind) -> Message {
    let id = kind.table();
    match (value, kind) {
        (Value::Boolean(true), _) => message!("是" | "true"),
        (Value::Boolean(false), _) => message!("否" | "false"),
        (Value::String(text), Kind::Flag) if matches!(text.trim(), "是" | "否") => {
            said(&Value::Boolean(text.trim() == "是"), kind)
        }
        (Value::String(text), Kind::Choice(choices) | Kind::Choices(choices)) => {
            let choice = Choice::find(choices, text);
            choice.map_or_else(|| as_written(text.trim()), |choice| Message::new(choice.zh, choice.name))
        }
        (Value::Array(items), _) => joined(items.iter().map(|item| said(&item.value, kind)), ["；", "; "]),
        (Value::Table(table), _) => joined(
            table.entries.iter().map(|(key, value)| {
                let row = id.and_then(|id| id.key(&key.value));
                let value = row.map_or_else(|| as_written(&plain(&value.value)), |row| said(&value.value, row.kind));
                joined([row.map_or_else(|| as_written(&key.value), label), value].into_iter(), [" = ", " = "])
            }),
            ["，", ", "],
        ),
        _ => as_written(&plain(value)),
    }
}

/// The same in both languages.
fn as_written(text: &str) -> Message {
    Message::new(text, text)
}

fn joined(parts: impl Iterator<Item = Message>, [zh, en]: [&str; 2]) -> Message {
    let parts: Vec<Message> = parts.collect();
    let all = |lang| parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>();
    Message::new(all(Lang::Zh).join(zh), all(Lang::En).join(en))
}

/// A value as plain text, spans apart.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(date) => date.clone(),
        Value::Array(items) => items.iter().map(|item| plain(&item.value)).collect::<Vec<_>>().join("；"),
        Value::Table(table) => {
            let entries = table.entries.iter().map(|(key, value)| format!("{} = {}", key.value, plain(&value.value)));
            entries.collect::<Vec<_>>().join("，")
        }
    }
}
