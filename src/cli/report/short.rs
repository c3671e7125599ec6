//! For editors: one line a problem, `file:line:column: severity[code]: message`.

use super::finding::{Finding, by_file, more_line};
use crate::cli::terminal::console::{Console, severity_name};
use crate::cli::terminal::visible::visible;

/// The problems, one a line.
pub(crate) fn render(findings: &[Finding<'_>], console: &Console) -> String {
    let mut text = String::new();
    for shown in by_file(findings) {
        for finding in &shown.findings {
            let (line, column) = (finding.start.line, finding.start.column);
            let severity = severity_name(finding.problem.severity);
            let (file, severity) = (visible(finding.file), severity.get(console.lang));
            text += &format!("{file}:{line}:{column}: {severity}[{}]: {}\n", finding.slug(), finding.message);
        }
        text += &more_line(shown.file, shown.more, console.lang);
    }
    text
}
