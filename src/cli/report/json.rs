//! For programs: one array of objects, `[]` where there is no problem.

use riskchart::source::Span;
use serde::Serialize;

use super::finding::{Finding, machine_name};

/// One problem. Lines and columns count from 1, columns in characters; the end is the character after the last.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    hint: Option<String>,
    /// Replacements of the texts at these places that together mend it; they don't overlap.
    edits: Vec<Edit<'a>>,
}

/// A replacement.
#[derive(Serialize)]
struct Edit<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// The problems as an array, one object a line.
pub(crate) fn render(findings: &[Finding<'_>]) -> anyhow::Result<String> {
    let rows = findings.iter().map(row).map(|row| serde_json::to_string(&row)).collect::<Result<Vec<_>, _>>()?;
    Ok(match rows.as_slice() {
        [] => "[]\n".to_owned(),
        rows => format!("[\n{}\n]\n", rows.join(",\n")),
    })
}

fn row<'a>(finding: &'a Finding<'_>) -> Row<'a> {
    Row {
        file: finding.file,
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
        severity: machine_name(finding.problem.severity),
        code: finding.slug(),
        message: &finding.message,
        hint: (!finding.hints.is_empty()).then(|| finding.hints.join("\n")),
        edits: finding.problem.edits.iter().filter_map(|(span, text)| edit(finding, *span, text)).collect(),
    }
}

fn edit<'a>(finding: &'a Finding<'_>, span: Span, text: &'a str) -> Option<Edit<'a>> {
    let file = finding.sources.files().get(usize::from(span.file.0))?;
    let (start, end) = (file.line_column(span.start as usize), file.line_column(span.end as usize));
    Some(Edit {
        file: &file.name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text,
    })
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;
    use riskchart::source::FileId;

    use super::super::finding::{gather, tests::report};
    use super::*;

    #[test]
    fn every_problem_is_an_object_and_none_is_an_empty_array() {
        assert_eq!(render(&[]).expect("rendered"), "[]\n");
        let mut report = report("图/a.toml", "职权\n\"x\"", &[(3, 8), (0, 3)]);
        report.diagnostics[0].edits.push((Span::new(FileId(0), 7, 10), "'x'".to_owned()));
        let text = render(&gather(&[("图/a.toml", &report)], Lang::Zh)).expect("rendered");
        let rows: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let first = &rows[0];
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
        assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(1), Some(2)));
        assert_eq!((first["end_line"].as_u64(), first["end_column"].as_u64()), (Some(2), Some(2)));
        assert_eq!((first["severity"].as_str(), first["code"].as_str()), (Some("error"), Some("missing-glyph")));
        let edit = serde_json::json!(
            [{"file": "图/a.toml", "line": 2, "column": 1, "end_line": 2, "end_column": 4, "text": "'x'"}]
        );
        assert_eq!((&first["edits"], &rows[1]["edits"]), (&edit, &serde_json::json!([])));
        assert!(first["hint"].as_str().is_some_and(|hint| hint.contains("--font-dir")));
    }
}
