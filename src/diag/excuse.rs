//! Lines whose comment says that they are meant as they stand.

use super::{Code, Diagnostic, Severity};
use crate::source::Sources;

/// Whether a warning or note is of a line that says it is meant: `# 原文如此`, or `# allow: CODE` of this kind.
pub(super) fn is_excused(problem: &Diagnostic, sources: &Sources) -> bool {
    let (Some(span), false) = (problem.span, problem.severity == Severity::Error) else { return false };
    let Some(file) = sources.files().get(usize::from(span.file.0)) else { return false };
    let line = file.line(span.start as usize);
    let text = file.text.lines().nth(line - 1).unwrap_or_default();
    let comment = comment(text);
    let as_is = problem.severity == Severity::Warning && comment.contains("原文如此");
    as_is || allowed(comment).any(|slug| slug == problem.code.row().slug)
}

/// What stands after the number sign that begins a comment: one with all quotes before it closed.
fn comment(line: &str) -> &str {
    let begins = |at: &usize| line[..*at].matches('"').count().is_multiple_of(2);
    let at = line.match_indices(['#', '＃']).map(|(at, _)| at).find(begins);
    at.map_or("", |at| &line[at..])
}

fn allowed(comment: &str) -> impl Iterator<Item = &str> {
    let codes = comment.split_once("allow").map_or("", |(_, codes)| codes);
    codes.split(|c: char| !c.is_ascii_lowercase() && c != '-').filter(|slug| !slug.is_empty())
}

impl Code {
    /// Whether taking its edits needs somebody who knows what is meant: they change words, not marks.
    pub fn is_for_judgement(self) -> bool {
        matches!(self, Self::KnownSlip | Self::DoubledWord | Self::Markup | Self::ItemEnding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_what_they_allow() {
        assert_eq!(comment("a = \"#c00000\" # 原文如此"), "# 原文如此");
        assert_eq!(comment("a = \"1"), "");
        assert_eq!(allowed("# allow: known-slip, doubled-word").collect::<Vec<_>>(), ["known-slip", "doubled-word"]);
        assert_eq!(allowed("# 原文如此").count(), 0);
    }
}
