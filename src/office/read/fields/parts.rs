//! A box taken apart at its labels, and its parts by the risk or measure that they belong to.

use super::labels::{Field, Label, label};
use crate::office::read::Para;
use crate::office::read::items::mark;

/// A part of a box: its label, `None` for what stands before the first one or goes on behind one, and its paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) label: Option<Label>,
    pub(super) paras: Vec<Para>,
    /// Whether its line begins with a label, so that it goes on with no entry.
    led: bool,
}

impl Part {
    fn field(&self) -> Option<Field> {
        self.label.as_ref().map(|label| label.field)
    }

    /// Whether it says what is done or what may happen.
    fn is_entries(&self) -> bool {
        matches!(self.field(), None | Some(Field::RiskItems | Field::Measures | Field::MeasureName))
    }

    /// Whether it says who does something and until when.
    fn is_people(&self) -> bool {
        matches!(self.field(), Some(Field::Responsible | Field::Supervisor | Field::Deadline))
    }
}

/// A line that is being taken apart.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    para: &'t Para,
    /// Whether it begins with a label.
    led: bool,
}

/// Takes a box apart at its labels. A labelled value goes on to the end of its paragraph; the next paragraph belongs to
/// it too where the label's own line was empty, or where it is a list.
pub(super) fn parts(paras: &[Para], fields: &[Field]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for para in paras {
        for (at, text) in para.text.split('\n').enumerate() {
            let body = mark(text).map_or(text, |(_, rest)| rest);
            // A label may be numbered itself: 一、风险表现：
            let rest = if label(body, fields).is_some_and(|found| found.start == 0) { body } else { text };
            let led = label(rest, fields).is_some_and(|found| rest[..found.start].chars().all(is_open));
            take(&mut parts, rest, fields, (Line { text, para, led }, at == 0 && para.numbered));
        }
    }
    parts.retain(|part| part.label.is_some() || !part.paras.is_empty());
    parts
}

/// Takes a text apart. A label in brackets, （责任人：甲）, has its value in them, and the text goes on behind.
fn take(parts: &mut Vec<Part>, text: &str, fields: &[Field], (line, mut numbered): (Line<'_>, bool)) {
    let mut rest = text;
    while let Some(found) = label(rest, fields) {
        let before = rest[..found.start].trim_end();
        let outside = before.strip_suffix(['（', '(', '【', '[']);
        push(parts, outside.unwrap_or(before).trim_end_matches(['，', ',', '、']), numbered, line);
        numbered = false;
        let value = &rest[found.value..];
        let closed = closing(value).filter(|_| outside.is_some() && closing(&rest[found.start..found.value]).is_none());
        match closed {
            Some(end) => {
                parts.push(Part { label: Some(found), paras: Vec::new(), led: line.led });
                take(parts, &value[..end], fields, (line, false));
                parts.push(Part::default());
                rest = value[end..].trim_start_matches(is_close);
            }
            None => {
                parts.push(Part { label: Some(found), paras: Vec::new(), led: line.led });
                rest = value;
            }
        }
    }
    push(parts, rest, numbered, line);
}

fn is_open(c: char) -> bool {
    c.is_whitespace() || matches!(c, '（' | '(' | '【' | '[')
}

fn is_close(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | ']')
}

/// Where the bracket closes that a text stands in.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            _ if is_close(c) && depth == 0 => return Some(at),
            _ if is_close(c) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Adds a line to the part it belongs to; lines of one paragraph stay together.
fn push(parts: &mut Vec<Part>, text: &str, numbered: bool, line: Line<'_>) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '【' | '['));
    if text.chars().all(|c| "。；;，,、（(）)】]".contains(c)) {
        return;
    }
    if parts.last().is_some_and(|part| is_over(part, numbered || mark(text).is_some())) {
        parts.push(Part::default());
    }
    let goes_on = !line.para.text.starts_with(line.text);
    let Some(part) = parts.last_mut() else { return };
    match part.paras.last_mut().filter(|_| goes_on && !numbered) {
        Some(last) => {
            last.text.push('\n');
            last.text.push_str(text);
        }
        None => part.paras.push(Para { text: text.to_owned(), numbered }),
    }
}

/// Whether a part has what it can have, so that a further line, `counted` or not, is none of it: after 风险等级：高 the
/// entries go on, after 责任人：甲 those that are counted.
fn is_over(part: &Part, counted: bool) -> bool {
    let Some(first) = part.paras.first() else { return false };
    match part.field() {
        Some(
            Field::Level | Field::RiskName | Field::Category | Field::RiskId | Field::Deadline | Field::MeasureName,
        ) => true,
        Some(Field::Responsible | Field::Supervisor) => counted && !first.numbered && mark(&first.text).is_none(),
        _ => false,
    }
}

/// The parts of a risk box by their risks. Where levels or names stand in it more than once, each begins a risk, or ends
/// one where the box begins with entries and ends with a level.
pub(super) fn by_risk(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let count = |field| parts.iter().filter(|part| part.field() == Some(field)).count();
    let first = parts.first().and_then(Part::field).filter(|field| *field != Field::RiskItems && count(*field) > 1);
    let Some(sign) = first.or_else(|| [Field::Level, Field::RiskName].into_iter().find(|field| count(*field) > 1))
    else {
        return vec![parts];
    };
    let ends = sign == Field::Level
        && parts.first().is_some_and(Part::is_entries)
        && parts.last().is_some_and(|part| part.field() == Some(Field::Level));
    grouped(parts, |group, next| {
        let has_sign = group.iter().any(|part| part.field() == Some(sign));
        has_sign && (ends || next.field() == Some(sign))
    })
}

/// The parts of a measure box by their measures: entries after names begin one where the names had entries, and names of
/// a kind that the entries have already. A deadline alone begins none; several are one for each.
pub(super) fn by_measure(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let is_deadline = |part: &Part| part.field() == Some(Field::Deadline);
    let many = parts.iter().filter(|part| is_deadline(part)).count() > 1;
    let binds = |part: &Part| part.is_people() && (many || !is_deadline(part));
    let mut groups = grouped(parts, |group, next| {
        let has = |field: Option<Field>| group.iter().any(|part| part.field() == field);
        let any_entries = group.iter().any(Part::is_entries);
        let kinds = group.iter().rev().find(|part| part.is_entries() || binds(part));
        let after_entries = kinds.is_some_and(Part::is_entries);
        match next.field() {
            Some(Field::MeasureName) if has(Some(Field::MeasureName)) => true,
            _ if next.is_entries() => any_entries && kinds.is_some() && !after_entries,
            field => binds(next) && after_entries && has(field),
        }
    });
    spread(&mut groups);
    groups
}

/// People on lines of their own at the end of a box hold for every measure that says none of their kind, unless it has
/// lines of its own for people too.
fn spread(groups: &mut [Vec<Part>]) {
    let Some((last, others)) = groups.split_last_mut() else { return };
    let is_own = |part: &&Part| part.led && part.is_people();
    let from = last.len() - last.iter().rev().take_while(is_own).count();
    for group in others.iter_mut().filter(|group| !group.iter().any(|part| is_own(&part))) {
        let lacks = |part: &&Part| !group.iter().any(|own| own.field() == part.field());
        let more: Vec<Part> = last[from..].iter().filter(lacks).cloned().collect();
        group.extend(more);
    }
}

/// Parts in groups: `begins` says whether a part begins one behind those of the group before.
fn grouped(parts: Vec<Part>, begins: impl Fn(&[Part], &Part) -> bool) -> Vec<Vec<Part>> {
    let mut groups: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match groups.last_mut().filter(|group| !begins(group, &part)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    if groups.is_empty() { vec![Vec::new()] } else { groups }
}
