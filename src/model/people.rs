//! 责任人 and 监督人: names, some with a rank before a colon.

use super::Person;
use super::fields::Fields;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Text;

/// The most characters of a rank; what is longer before a colon is no rank.
const LONGEST_RANK: usize = 12;

/// The people that a key names.
pub(super) fn people(fields: &Fields<'_>, key: &str, report: &mut Report) -> Vec<Person> {
    let people: Vec<_> = fields.texts_or_blank(key).into_iter().map(person).collect();
    for person in people.iter().filter(|person| person.name.value.is_empty()) {
        let rank = person.rank.as_ref().map_or("", |rank| rank.value.as_str());
        report.push(Diagnostic::new(Code::RankWithoutName, person.name.span).with("rank", rank));
    }
    people
}

fn person(written: Text) -> Person {
    let parts = written.value.split_once(['：', ':']);
    let is_rank = |rank: &str| {
        (1..=LONGEST_RANK).contains(&rank.chars().count()) && !rank.ends_with(|c: char| c.is_ascii_digit())
    };
    match parts.map(|(rank, name)| (rank.trim(), name.trim())).filter(|(rank, _)| is_rank(rank)) {
        Some((rank, name)) => {
            let part = |text: &str| Text::new(text.to_owned(), written.span);
            Person { rank: Some(part(rank)), name: part(name) }
        }
        None => Person { rank: None, name: written },
    }
}
