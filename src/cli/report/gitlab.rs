//! For GitLab: a code-quality report ("Code Quality report format"), shown beside the lines of a merge request.

use riskchart::diag::Severity;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::finding::Finding;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The problems as an array, `[]` where there is none.
pub(crate) fn render(findings: &[Finding<'_>]) -> anyhow::Result<String> {
    let issues: Vec<Issue<'_>> =
        findings.iter().enumerate().map(|(at, finding)| issue(finding, &findings[..at])).collect();
    Ok(serde_json::to_string_pretty(&issues)? + "\n")
}

fn issue<'a>(finding: &'a Finding<'_>, before: &[Finding<'_>]) -> Issue<'a> {
    let is_alike = |other: &&Finding<'_>| {
        other.file == finding.file && other.slug() == finding.slug() && other.message == finding.message
    };
    let nth = before.iter().filter(is_alike).count();
    let words: Vec<&str> =
        [finding.message.as_str()].into_iter().chain(finding.hints.iter().map(String::as_str)).collect();
    Issue {
        description: words.join("\n"),
        check_name: finding.slug(),
        // Lines come and go above a problem; what and the how-manieth it is in its file stays.
        fingerprint: hash(&format!("{}\n{}\n{}\n{nth}", finding.file, finding.slug(), finding.message)),
        severity: match finding.problem.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path: finding.file, lines: Lines { begin: finding.start.line, end: finding.end.line } },
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::super::finding::{gather, tests::report};
    use super::*;

    #[test]
    fn every_problem_has_a_fingerprint_of_its_own_that_lines_do_not_move() {
        assert_eq!(render(&[]).expect("rendered"), "[]\n");
        let prints = |text: &str, spans: &[(usize, usize)]| -> Vec<String> {
            let report = report("图/a.toml", text, spans);
            let text = render(&gather(&[("图/a.toml", &report)], Lang::Zh)).expect("rendered");
            let issues: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let issues = issues.as_array().expect("an array");
            issues.iter().map(|issue| issue["fingerprint"].as_str().expect("a text").to_owned()).collect()
        };
        let (one, moved) = (prints("职权", &[(0, 3), (3, 6)]), prints("\n\n职权", &[(2, 5), (5, 8)]));
        assert_eq!(one, moved);
        assert_ne!(one[0], one[1]);
    }
}
