//! One file of `tests/cases/` is one thing that clerks type, with what they are told in comments at its end:
//!
//! ```text
//! #~ 3:5 unknown-key 是否指 name（名称）？
//! ```
//!
//! Line and column, the problem's name, and words that its message or one of its hints has: Chinese ones, and English
//! ones after a bar where the case holds them. A case without such comments has no problems. Names say what was typed.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

mod support;

use std::path::Path;

use riskchart::diag::{Lang, Report, Severity};
use riskchart::source::decode;

/// The text of a case, in whatever encoding; that of a case that is no text, as far as it is one.
fn text(bytes: &[u8]) -> String {
    decode(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), |(text, _)| text)
}

/// What a case says it gives: place and name, and words.
fn expected(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let mut parts = line.strip_prefix("#~ ")?.splitn(3, ' ');
        let (place, slug) = (parts.next()?, parts.next()?);
        Some((format!("{place} {slug}"), parts.next().unwrap_or_default().to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// What a report gives: place and name, and all words in a language.
fn given(report: &Report, lang: Lang) -> Vec<(String, String)> {
    let line = |problem: &riskchart::diag::Diagnostic| {
        let place = problem.span.map(|span| report.sources.file(span.file).line_column(span.start as usize));
        let place = place.map_or("-".to_owned(), |place| format!("{}:{}", place.line, place.column));
        let words: Vec<_> = std::iter::once(problem.message(lang)).chain(problem.hints(lang)).collect();
        (format!("{place} {}", problem.code.row().slug), words.join(" / "))
    };
    report.diagnostics.iter().map(line).collect()
}

#[test]
fn every_case_is_told_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<_> =
        std::fs::read_dir(&folder).expect("tests/cases").map(|f| f.expect("a file").path()).collect();
    names.sort();
    let mut wrong = String::new();
    for path in &names {
        let bytes = std::fs::read(path).expect("readable");
        let (chart, report) = support::check(&bytes);
        let (expected, given, english) = (expected(&text(&bytes)), given(&report, Lang::Zh), given(&report, Lang::En));
        let places = |list: &[(String, String)]| list.iter().map(|(place, _)| place.clone()).collect::<Vec<_>>();
        let said = expected.iter().zip(given.iter().zip(&english)).all(|((_, words), ((_, zh), (_, en)))| {
            let (chinese, latin) = words.split_once(" | ").unwrap_or((words, ""));
            zh.contains(chinese) && en.contains(latin)
        });
        let made = chart.is_some() != report.diagnostics.iter().any(|d| d.severity == Severity::Error);
        if places(&expected) != places(&given) || !said || !made {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            wrong.push_str(&format!("\n{name}: expected {expected:#?}\ngot\n"));
            given.iter().for_each(|(place, words)| wrong.push_str(&format!("#~ {place} {words}\n")));
        }
    }
    assert!(names.len() > 40, "the cases are gone");
    assert!(wrong.is_empty(), "{wrong}");
}
