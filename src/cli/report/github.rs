//! For GitHub Actions: workflow commands, which show each problem beside its line.

use riskchart::diag::Severity;

use super::finding::Finding;

/// The problems as workflow commands ("Workflow commands for GitHub Actions", setting an error message).
pub(crate) fn render(findings: &[Finding<'_>]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding<'_>) -> String {
    let level = match finding.problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let words: Vec<&str> =
        [finding.message.as_str()].into_iter().chain(finding.hints.iter().map(String::as_str)).collect();
    let (start, end) = (finding.start, finding.end);
    // Columns are left out over several lines: GitHub takes them on one line alone, the last one included.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column.saturating_sub(1).max(start.column)),
        false => String::new(),
    };
    format!(
        "::{level} file={},line={},endLine={}{columns},title={}::{}\n",
        property(finding.file),
        start.line,
        end.line,
        finding.slug(),
        data(&words.join("\n")),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::super::finding::{gather, tests::report};
    use super::*;

    #[test]
    fn a_problem_is_one_line_whatever_its_file_is_called() {
        let report = report("a,b:100%\n::error.toml", "职权", &[(0, 6)]);
        let text = render(&gather(&[("a", &report)], Lang::Zh));
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            text.starts_with(
                "::error file=a%2Cb%3A100%25%0A%3A%3Aerror.toml,line=1,endLine=1,col=1,endColumn=2,title="
            )
        );
    }
}
