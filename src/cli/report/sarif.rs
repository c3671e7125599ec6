//! For code scanning: SARIF 2.1.0 (OASIS standard, 27 March 2020), valid without a problem too.

use riskchart::diag::{CODES, Lang, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use super::finding::{Finding, machine_name};

#[derive(Serialize)]
struct Region {
    #[serde(rename = "startLine")]
    start_line: usize,
    #[serde(rename = "startColumn")]
    start_column: usize,
    #[serde(rename = "endLine")]
    end_line: usize,
    #[serde(rename = "endColumn")]
    end_column: usize,
}

/// The problems as a log of one run.
pub(crate) fn render(findings: &[Finding<'_>], lang: Lang) -> anyhow::Result<String> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "riskchart",
                "version": env!("CARGO_PKG_VERSION"),
                "language": if lang == Lang::Zh { "zh-CN" } else { "en-US" },
                "rules": rules(lang),
            }},
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rules(lang: Lang) -> Vec<Value> {
    let rule = |row: &riskchart::diag::CodeRow| {
        json!({
            "id": row.slug,
            "shortDescription": { "text": super::blanks(row.message.get(lang)) },
            "fullDescription": { "text": row.why.get(lang) },
            "defaultConfiguration": { "level": level(row.severity) },
        })
    };
    CODES.iter().map(rule).collect()
}

fn result(finding: &Finding<'_>) -> Value {
    let region = Region {
        start_line: finding.start.line,
        start_column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
    };
    let words: Vec<&str> =
        [finding.message.as_str()].into_iter().chain(finding.hints.iter().map(String::as_str)).collect();
    json!({
        "ruleId": finding.slug(),
        "ruleIndex": finding.problem.code as usize,
        "level": level(finding.problem.severity),
        "message": { "text": words.join("\n") },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(finding.file) },
            "region": region,
        }}],
    })
}

/// SARIF's levels are named as ours are (3.27.10).
fn level(severity: Severity) -> &'static str {
    machine_name(severity)
}

/// A file name as a URI reference (RFC 3986): what is not unreserved or a slash is percent-encoded.
fn uri(path: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::{gather, tests::report};
    use super::*;

    #[test]
    fn a_log_is_whole_with_and_without_problems() {
        let empty: Value = serde_json::from_str(&render(&[], Lang::Zh).expect("rendered")).expect("JSON");
        assert_eq!(empty["runs"][0]["results"], json!([]));
        assert_eq!(empty["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(CODES.len()));
        let report = report("图/a b.toml", "职权", &[(3, 6)]);
        let text = render(&gather(&[("x", &report)], Lang::Zh), Lang::Zh).expect("rendered");
        let log: Value = serde_json::from_str(&text).expect("JSON");
        let result = &log["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "%E5%9B%BE/a%20b.toml");
        assert_eq!(place["region"], json!({"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 3}));
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}
