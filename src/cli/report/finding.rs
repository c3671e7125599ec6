//! Problems with their places and words looked up, ready for any style.

use std::collections::{BTreeMap, BTreeSet};

use riskchart::diag::{Diagnostic, Lang, Report, Severity};
use riskchart::source::{LineColumn, Sources};

use crate::cli::terminal::console::SHOWN;
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible;

/// A problem with its place and words.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'a> {
    /// The problem.
    pub(crate) problem: &'a Diagnostic,
    /// The files that its spans lie in.
    pub(crate) sources: &'a Sources,
    /// The file it is in; the chart's where it has no place.
    pub(crate) file: &'a str,
    /// Its first character; the beginning of the file where it has no place.
    pub(crate) start: LineColumn,
    /// The character after its last.
    pub(crate) end: LineColumn,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hints: Vec<String>,
}

impl Finding<'_> {
    /// The name of its kind.
    pub(crate) fn slug(&self) -> &'static str {
        self.problem.code.row().slug
    }
}

/// The problems of charts, in order, each once.
pub(crate) fn gather<'a>(reports: &[(&'a str, &'a Report)], lang: Lang) -> Vec<Finding<'a>> {
    let mut known = BTreeSet::new();
    let all = reports
        .iter()
        .flat_map(|(chart, report)| report.diagnostics.iter().map(move |problem| (chart, report, problem)));
    let findings = all.map(|(chart, report, problem)| look_up(chart, &report.sources, problem, lang));
    findings
        .filter(|finding| {
            let place = finding.problem.span.map(|span| (span.start, span.end));
            known.insert((finding.file, place, finding.slug(), finding.message.clone()))
        })
        .collect()
}

fn look_up<'a>(chart: &'a str, sources: &'a Sources, problem: &'a Diagnostic, lang: Lang) -> Finding<'a> {
    const TOP: LineColumn = LineColumn { line: 1, column: 1 };
    let place = problem.span.and_then(|span| Some((span, sources.files().get(usize::from(span.file.0))?)));
    let (file, start, end) = match place {
        None => (chart, TOP, TOP),
        Some((span, file)) => {
            let start = file.line_column(span.start as usize);
            (file.name.as_str(), start, file.line_column(span.end as usize).max(start))
        }
    };
    let hints = problem.hints(lang).iter().map(|hint| visible(hint)).collect();
    Finding { problem, sources, file, start, end, message: visible(&problem.message(lang)), hints }
}

/// What people are shown: of each file the first [`SHOWN`] problems, errors before others, and how many more there are.
pub(crate) struct Shown<'a, 'f> {
    /// The file.
    pub(crate) file: &'f str,
    /// Its problems that are shown, in the order of their places.
    pub(crate) findings: Vec<&'f Finding<'a>>,
    /// How many are not.
    pub(crate) more: usize,
}

/// The problems by file, in the order in which the files come up.
pub(crate) fn by_file<'a, 'f>(findings: &'f [Finding<'a>]) -> Vec<Shown<'a, 'f>> {
    let mut order: Vec<&str> = Vec::new();
    let mut files: BTreeMap<&str, Vec<&'f Finding<'a>>> = BTreeMap::new();
    for finding in findings {
        files.entry(finding.file).or_insert_with(|| {
            order.push(finding.file);
            Vec::new()
        });
        files.entry(finding.file).or_default().push(finding);
    }
    let shown = |file| {
        let all = files.remove(file).unwrap_or_default();
        let more = all.len().saturating_sub(SHOWN);
        Shown { file, findings: most_important(all), more }
    };
    order.into_iter().map(shown).collect()
}

fn most_important<'a, 'f>(findings: Vec<&'f Finding<'a>>) -> Vec<&'f Finding<'a>> {
    let mut ranked: Vec<_> = findings.iter().enumerate().map(|(at, finding)| (finding.problem.severity, at)).collect();
    ranked.sort_unstable();
    let kept: BTreeSet<usize> = ranked.into_iter().take(SHOWN).map(|(_, at)| at).collect();
    findings.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, finding)| finding).collect()
}

/// The line that tells of the problems that are not shown; empty where there are none.
pub(crate) fn more_line(file: &str, more: usize, lang: Lang) -> String {
    if more == 0 {
        return String::new();
    }
    let file = visible(file);
    format!("{}\n", message!("{file}：另有 {more} 处" | "{file}: {more} more").get(lang))
}

/// A severity as programs call it.
pub(crate) fn machine_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use riskchart::diag::Code;
    use riskchart::source::{SourceFile, Span};

    use super::*;

    /// A report on one file with a problem at each of these spans.
    pub(crate) fn report(name: &str, text: &str, spans: &[(usize, usize)]) -> Report {
        let mut report = Report::default();
        let file = report.sources.add(SourceFile::new(name, text));
        for (start, end) in spans {
            let span = Span::new(file, *start, *end);
            report.push(
                Diagnostic::new(Code::MissingGlyph, span)
                    .with("char", "\u{1b}[31m")
                    .with("codepoint", "U+001B")
                    .with("option", "--font-dir"),
            );
        }
        report
    }

    #[test]
    fn what_two_charts_share_is_told_once() {
        let (one, other) =
            (report("riskchart.toml", "职权", &[(0, 3)]), report("riskchart.toml", "职权", &[(0, 3), (3, 6)]));
        let findings = gather(&[("a.toml", &one), ("b.toml", &other)], Lang::Zh);
        let places: Vec<_> =
            findings.iter().map(|finding| (finding.file, finding.start.column, finding.end.column)).collect();
        assert_eq!(places, [("riskchart.toml", 1, 2), ("riskchart.toml", 2, 3)]);
    }

    #[test]
    fn twenty_of_a_file_are_shown_and_errors_first() {
        let mut many = report("a.toml", &"x".repeat(30), &(0..25).map(|at| (at, at + 1)).collect::<Vec<_>>());
        for problem in &mut many.diagnostics[..10] {
            problem.severity = Severity::Note;
        }
        let findings = gather(&[("a.toml", &many)], Lang::Zh);
        let shown = by_file(&findings);
        assert_eq!((shown.len(), shown[0].findings.len(), shown[0].more), (1, 20, 5));
        let errors = shown[0].findings.iter().filter(|finding| finding.problem.severity == Severity::Error).count();
        assert_eq!(errors, 15);
        assert!(shown[0].findings.is_sorted_by_key(|finding| finding.start));
        assert_eq!(more_line("a.toml", 5, Lang::Zh), "a.toml：另有 5 处\n");
    }
}
