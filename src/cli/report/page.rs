//! For the page of `watch`: each problem with the line it is about, cut where the mark begins and ends.

use serde::Serialize;

use super::finding::{Finding, by_file, machine_name};
use crate::cli::terminal::console::severity_name;
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible;
use riskchart::diag::Lang;

/// How many characters of a line are shown before and after the mark.
const AROUND: usize = 60;

/// One problem.
#[derive(Debug, Serialize)]
pub(crate) struct Card {
    severity: &'static str,
    /// The severity in words.
    title: String,
    code: &'static str,
    message: String,
    /// The line, and the file where it isn't the chart's; empty where it is no line of the chart's.
    place: String,
    line: Option<MarkedLine>,
    hints: Vec<String>,
}

/// A line of a file around a mark.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct MarkedLine {
    before: String,
    marked: String,
    after: String,
}

/// The problems that people are shown, and the words for those that they are not.
pub(super) fn render(findings: &[Finding<'_>], chart: &str, lang: Lang) -> (Vec<Card>, Vec<String>) {
    let (mut cards, mut more) = (Vec::new(), Vec::new());
    for shown in by_file(findings) {
        cards.extend(shown.findings.iter().map(|finding| card(finding, chart, lang)));
        if shown.more > 0 {
            let (file, count) = (visible(shown.file), shown.more);
            more.push(message!("{file}：另有 {count} 处" | "{file}: {count} more").get(lang).to_owned());
        }
    }
    (cards, more)
}

fn card(finding: &Finding<'_>, chart: &str, lang: Lang) -> Card {
    let (file, line) = (visible(finding.file), line(finding));
    let number = finding.start.line;
    let at = line.as_ref().map(|_| message!("第 {number} 行" | "line {number}"));
    let own = finding.file == chart;
    let place = match (at, own) {
        (Some(at), true) => at.get(lang).to_owned(),
        (Some(at), false) => format!("{file} {}", at.get(lang)),
        (None, true) => String::new(),
        (None, false) => file,
    };
    Card {
        severity: machine_name(finding.problem.severity),
        title: severity_name(finding.problem.severity).get(lang).to_owned(),
        code: finding.slug(),
        message: finding.message.clone(),
        place,
        line,
        hints: finding.hints.clone(),
    }
}

/// The first line of a problem's place; `None` where it has none.
fn line(finding: &Finding<'_>) -> Option<MarkedLine> {
    let span = finding.problem.span?;
    let file = finding.sources.files().get(usize::from(span.file.0))?;
    let text: Vec<char> = file.text.lines().nth(finding.start.line - 1).unwrap_or_default().chars().collect();
    let start = (finding.start.column - 1).min(text.len());
    let end = if finding.end.line == finding.start.line { finding.end.column - 1 } else { text.len() };
    let end = end.clamp(start, text.len());
    let part = |part: &[char]| visible(&part.iter().collect::<String>());
    let (before, marked, after) = (&text[..start], &text[start..end], &text[end..]);
    let cut = |part: &[char], most: usize| part.len() > most;
    Some(MarkedLine {
        before: if cut(before, AROUND) { format!("…{}", part(&before[start - AROUND..])) } else { part(before) },
        marked: if cut(marked, 2 * AROUND) { format!("{}…", part(&marked[..2 * AROUND])) } else { part(marked) },
        after: if cut(after, AROUND) { format!("{}…", part(&after[..AROUND])) } else { part(after) },
    })
}

#[cfg(test)]
mod tests {
    use super::super::finding::{gather, tests::report};
    use super::*;

    fn lines(text: &str, spans: &[(usize, usize)]) -> Vec<MarkedLine> {
        let report = report("a.toml", text, spans);
        render(&gather(&[("a.toml", &report)], Lang::Zh), "a.toml", Lang::Zh)
            .0
            .into_iter()
            .filter_map(|card| card.line)
            .collect()
    }

    #[test]
    fn places_name_the_files_that_are_not_the_chart_s_own() {
        let report = report("riskchart.toml", "x\ny", &[(2, 3)]);
        let place = |chart: &str| render(&gather(&[(chart, &report)], Lang::Zh), chart, Lang::Zh).0.remove(0).place;
        assert_eq!(place("riskchart.toml"), "第 2 行");
        assert_eq!(place("a.toml"), "riskchart.toml 第 2 行");
    }

    #[test]
    fn the_mark_is_cut_out_of_its_line() {
        let parts = |before: &str, marked: &str, after: &str| MarkedLine {
            before: before.to_owned(),
            marked: marked.to_owned(),
            after: after.to_owned(),
        };
        assert_eq!(lines("x = 1\n职权 = 2\n", &[(6, 12)]), [parts("", "职权", " = 2")]);
        assert_eq!(lines("职权\n环节\n", &[(3, 10)]), [parts("职", "权", "")], "the first line of several");
        assert_eq!(lines("", &[(0, 0)]), [parts("", "", "")]);
        let long = lines(&"职".repeat(300), &[(300, 303)]);
        assert_eq!((long[0].before.chars().count(), long[0].marked.as_str()), (AROUND + 1, "职"));
        assert!(long[0].before.starts_with('…') && long[0].after.ends_with('…'));
        assert!(!lines("a\u{202e}\u{1b}b", &[(0, 1)])[0].after.contains(['\u{202e}', '\u{1b}']));
    }
}
