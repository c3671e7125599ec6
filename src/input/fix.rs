//! Mending the text of a file: repairs and edits written into it, with everything else left as it stands.
//!
//! Whatever is written is read again before it is handed out: a text that TOML would refuse, or that says anything
//! else than before but for the texts edited, is not.

use std::ops::Range;

use toml::de::DeTable;

use super::keys::TableId;
use super::repair::{self, Change, Rewritten};
use super::{Table, Value, tree};
use crate::diag::Report;
use crate::source::{SourceFile, Span, Spanned};

/// Bytes of a text and what to put in their place.
pub type Edit = (Range<usize>, String);

/// The text of a file, whose own keys are those of `root`, as every TOML tool reads it: what the reader puts right is
/// written out, and keys that aren't ASCII stand in quotes. It says what `text` says to this reader.
///
/// `None` where it can't be read even with the repairs.
pub fn with_repairs(text: &str, root: TableId) -> Option<String> {
    let before = said(text, root)?;
    let changes = repair::scan(text, root).ok()?;
    let edits: Vec<Edit> = changes.iter().filter_map(|change| Some((change.at(), change.in_file(text)?))).collect();
    // Where one table is called by its Chinese name here and by its English one there, English names alone make one of
    // it for other tools.
    let candidates = [replaced(text, &edits), Rewritten::new(text, &changes).text];
    let sound = |new: &String| {
        // Without this reader the keys may be others, but hold the same tables and lists.
        parsed(new, &[]).is_some_and(|plain| same_table(&before, &plain, &|_, _| true))
            && said(new, root).is_some_and(|new| same_table(&before, &new, &|_, _| false))
    };
    candidates.into_iter().find(sound)
}

/// The text with these groups of edits made, each group whole or not at all: one that lies over a group before it is
/// left for another time, and so is one that would change more than the texts it stands in.
pub fn with_edits(text: &str, root: TableId, groups: &[Vec<Edit>]) -> String {
    let picked = pick(groups);
    if let Some(new) = checked(text, root, &picked) {
        return new;
    }
    // One of them spoils the others: the first that doesn't is made, the rest have to be found anew.
    groups.iter().find_map(|group| checked(text, root, &pick(std::slice::from_ref(group)))).unwrap_or(text.to_owned())
}

/// The edits of as many groups as go together, in the order of their places.
fn pick(groups: &[Vec<Edit>]) -> Vec<Edit> {
    let mut picked: Vec<Edit> = Vec::new();
    for group in groups {
        let fits = |(at, new): &Edit| picked.iter().all(|(other, text)| (at, new) == (other, text) || apart(at, other));
        if group.iter().all(fits) {
            let fresh: Vec<_> = group.iter().filter(|edit| !picked.contains(edit)).cloned().collect();
            picked.extend(fresh);
        }
    }
    picked.sort_by_key(|(at, _)| (at.start, at.end));
    picked.dedup();
    picked
}

/// Whether two places neither share a byte nor, where one is empty, touch.
fn apart(a: &Range<usize>, b: &Range<usize>) -> bool {
    let touching = a.is_empty() || b.is_empty();
    if touching { a.end < b.start || b.end < a.start } else { a.end <= b.start || b.end <= a.start }
}

fn checked(text: &str, root: TableId, edits: &[Edit]) -> Option<String> {
    // Two edits of one group may lie over each other as well.
    let sound = edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start)
        && edits.iter().all(|(at, _)| at.start <= at.end && text.get(at.clone()).is_some());
    if !sound {
        return None;
    }
    let before = said(text, root)?;
    let new = replaced(text, edits);
    let edited = |span: Span, inside: usize| {
        let span = span.start as usize + inside..(span.end as usize).saturating_sub(inside);
        edits.iter().any(|(at, _)| span.start <= at.start && at.end <= span.end)
    };
    // What an edit spoils is not to be read as a slip of the writer's.
    let slips = |text: &str| repair::scan(text, root).map_or(0, |found| found.iter().filter(|c| c.is_repair()).count());
    (slips(&new) <= slips(text) && same_table(&before, &said(&new, root)?, &edited)).then_some(new)
}

/// What a text says; `None` where it can't be read.
pub(super) fn said(text: &str, root: TableId) -> Option<Table> {
    let changes = repair::scan(text, root).ok()?;
    if changes.iter().any(|change| change.mistake().is_some()) {
        return None;
    }
    parsed(text, &changes)
}

/// What TOML's parser finds in a text with these changes.
fn parsed(text: &str, changes: &[Change]) -> Option<Table> {
    let read = Rewritten::new(text, changes);
    let (found, errors) = DeTable::parse_recoverable(&read.text);
    let mut report = Report::default();
    let file = report.sources.add(SourceFile::new("", text));
    errors.is_empty().then(|| tree::convert(found.get_ref(), &read, file, &mut report))
}

fn replaced(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (at, replacement) in edits {
        new.push_str(&text[done..at.start]);
        new.push_str(replacement);
        done = at.end;
    }
    new + &text[done..]
}

/// Whether two tables hold the same, but for the keys and texts that were `edited`: at a place in the first table, so
/// many bytes inside its ends. A key may change between its quotes alone.
pub(super) fn same_table(a: &Table, b: &Table, edited: &dyn Fn(Span, usize) -> bool) -> bool {
    let entries = a.entries.iter().zip(&b.entries);
    a.entries.len() == b.entries.len()
        && entries.into_iter().all(|((key, value), (other_key, other))| {
            (key.value == other_key.value || edited(key.span, 1)) && same(value, other, edited)
        })
}

fn same(a: &Spanned<Value>, b: &Spanned<Value>, edited: &dyn Fn(Span, usize) -> bool) -> bool {
    match (&a.value, &b.value) {
        (Value::String(one), Value::String(other)) => one == other || edited(a.span, 0),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other, edited))
        }
        (Value::Table(one), Value::Table(other)) => same_table(one, other, edited),
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> Option<String> {
        with_repairs(text, TableId::Chart)
    }

    #[test]
    fn repairs_are_written_and_nothing_else_moves() {
        let typed = "\
# 说明：“＝”不动　\n职    权　＝ “行政检查”  # 注\n电话：｛监督 电话 = 12388，“服务电话” = ''｝\n\n［［环节。风险］］  \n\
             风\u{200b}险点 = \"甲“乙”　\"，\n表现形式 = [一、\n  \"二”,\t# 尾\n]\n";
        let clean = "\
# 说明：“＝”不动　\n\"职权\" = \"行政检查\"  # 注\n\"电话\"={\"监督 电话\" = 12388,\"服务电话\" = ''}\n\n[[\"环节\".\"风险\"]]  \n\
             \"风险点\" = \"甲“乙”　\"\n\"表现形式\" = [\"一\",\n  \"二\",\t# 尾\n]\n";
        let new = repaired(typed).expect("readable");
        assert_eq!(new, clean);
        assert_eq!(repaired(&new).as_deref(), Some(clean), "a second time changes nothing");
        assert!(DeTable::parse(&new).is_ok());
    }

    #[test]
    fn what_is_right_or_broken_stays() {
        let right = "power = \"行政检查\"\n'单位' = \"局\"\n[[\"环节\"]]\nname = \"受理\" # ，\n";
        assert_eq!(repaired(right).as_deref(), Some(right));
        let mixed = "[[stage.风险]]\n[[环节.measure]]\n";
        assert_eq!(
            repaired(&format!("[[环节]]\n{mixed}")).as_deref(),
            Some("[[stage]]\n[[stage.risk]]\n[[stage.measure]]\n")
        );
        for broken in ["职权 ＝ “检查”\n单位 = \"局\n", "备注 = [\"甲\"\n单位 = \"局\"\n", "单位 = \"他说\"好\"了\"\n"]
        {
            assert_eq!(repaired(broken), None, "{broken}");
        }
    }

    #[test]
    fn edits_go_in_by_groups() {
        let text = "power = \"甲乙丙丁\"\n";
        let at = |part: &str| {
            let start = text.find(part).expect("there");
            start..start + part.len()
        };
        let edit = |part: &str, new: &str| vec![(at(part), new.to_owned())];
        let made = |groups: &[Vec<Edit>]| with_edits(text, TableId::Chart, groups);
        assert_eq!(made(&[edit("丁", "4"), edit("甲", "1"), edit("甲", "1")]), "power = \"1乙丙4\"\n");
        assert_eq!(made(&[edit("甲乙", "1"), edit("乙丙", "2"), edit("丁", "")]), "power = \"1丙\"\n");
        let pair = [edit("甲", "“"), edit("丁", "”")].concat();
        assert_eq!(made(&[edit("丁", "4"), pair]), "power = \"甲乙丙4\"\n", "half a group is none");
    }

    #[test]
    fn edits_change_the_texts_they_stand_in_alone() {
        let text = "power = \"甲乙\"\nunit = \"局\"\n";
        let at = |part: &str| {
            let start = text.find(part).expect("there");
            start..start + part.len()
        };
        let spoiling = [
            vec![(at("乙"), "\"".to_owned())],
            vec![(at("unit"), "code".to_owned())],
            vec![(at("乙"), "\"\ncode = \"1".to_owned())],
            vec![(at("乙\"\nunit = \"局"), "x".to_owned())],
            vec![(9..10, String::new())],
            vec![(5..999, String::new())],
        ];
        for group in spoiling {
            assert_eq!(with_edits(text, TableId::Chart, std::slice::from_ref(&group)), text, "{group:?}");
            let with_good = with_edits(text, TableId::Chart, &[group, vec![(at("局"), "所".to_owned())]]);
            assert_eq!(with_good, text.replace('局', "所"), "a good one goes in all the same");
        }
    }
}
