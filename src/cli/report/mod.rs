//! Problems told: for people, for editors, for programs, for code forges, for the page of `watch`.

pub(crate) mod diff;
mod finding;
mod github;
mod gitlab;
mod human;
mod json;
mod page;
mod sarif;
mod short;

use riskchart::diag::{Diagnostic, Lang, Report, Severity};

use self::finding::Finding;
pub(crate) use self::page::Card;
use crate::cli::terminal::console::{Console, Stream};

/// How problems are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// With the lines of the file.
    #[default]
    Human,
    /// One line each, `file:line:column: …`.
    Short,
    /// One array of objects.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A code-quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

impl Style {
    /// Every style by its name.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("sarif", Self::Sarif),
    ];

    /// Where problems go: to people beside the results, to programs as the result.
    pub(crate) fn stream(self) -> Stream {
        match self {
            Self::Human | Self::Short => Stream::Err,
            Self::Json | Self::Github | Self::Gitlab | Self::Sarif => Stream::Out,
        }
    }

    /// Whether the problems are a document, which no other line may interrupt.
    pub(crate) fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Gitlab | Self::Sarif)
    }
}

/// How many problems there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// How many of the warnings `riskchart fix` puts right.
    pub(crate) curable: usize,
    /// How many it puts right with `--unsafe`.
    pub(crate) judged: usize,
}

/// Tells the problems of charts, in their order, each once: what is wrong with a project file is found anew with every
/// chart it holds for.
///
/// # Errors
/// The stream can't be written.
pub(crate) fn tell(
    console: &Console,
    style: Style,
    stream: Stream,
    reports: &[(&str, &Report)],
) -> anyhow::Result<Counts> {
    let findings = finding::gather(reports, console.lang);
    let text = match style {
        Style::Human => human::render(&findings, console, stream),
        Style::Short => short::render(&findings, console),
        Style::Json => json::render(&findings)?,
        Style::Github => github::render(&findings),
        Style::Gitlab => gitlab::render(&findings)?,
        Style::Sarif => sarif::render(&findings, console.lang)?,
    };
    console.write(stream, text)?;
    Ok(count(&findings))
}

/// The problems of one chart for a page, and the words for those that are too many to show.
pub(crate) fn cards(chart: &str, report: &Report, lang: Lang) -> (Vec<Card>, Vec<String>) {
    page::render(&finding::gather(&[(chart, report)], lang), chart, lang)
}

fn count(findings: &[Finding<'_>]) -> Counts {
    let of = |severity| findings.iter().filter(|finding| finding.problem.severity == severity).count();
    let curable = |judged: bool| {
        let warned = |problem: &Diagnostic| problem.severity == Severity::Warning && !problem.edits.is_empty();
        let all = findings.iter().map(|finding| finding.problem);
        all.filter(|problem| warned(problem) && problem.code.is_for_judgement() == judged).count()
    };
    Counts {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        curable: curable(false),
        judged: curable(true),
    }
}

/// The words of a kind of problem with its blanks left open: “没有 … 这个键”.
pub(crate) fn blanks(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push('…');
        rest = after.split_once('}').map_or("", |(_, tail)| tail);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_left_open() {
        assert_eq!(blanks("没有“{char}”（{codepoint}）"), "没有“…”（…）");
        assert_eq!(blanks("没有"), "没有");
    }
}
