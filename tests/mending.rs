//! Mending and layout, over everything that is typed in this project's cases, examples and charts.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use riskchart::diag::{Code, Report, Severity};
use riskchart::input::keys::TableId;
use riskchart::input::laid_out;
use riskchart::mend::Mender;
use riskchart::source::decode;
use riskchart::{Entry, Host as _};
use support::Memory;

/// Every chart file of these folders, by its name.
fn typed() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/cases", "examples", "charts"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.file_name().is_some_and(|name| name != "riskchart.toml") {
                files.push((path.display().to_string(), std::fs::read(&path).expect("readable")));
            }
        }
    }
    assert!(files.len() > 70, "the files are gone");
    files
}

fn mended(bytes: &[u8]) -> (Option<String>, Report) {
    let memory = Memory(BTreeMap::from([("图.toml".to_owned(), bytes.to_vec())]));
    let mut mender = Mender::new(&memory, Vec::new());
    let left = mender.mend(&Entry { chart: "图.toml".to_owned(), project: None }, false);
    assert_eq!(memory.read("图.toml").as_deref(), Ok(bytes), "the host's files are not touched");
    (mender.text("图.toml").map(str::to_owned), left)
}

/// From each number sign on that begins a comment, as far as a test can see.
fn comments(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).collect()
}

#[test]
fn what_is_mended_is_toml_and_mended_for_good() {
    let mut count = 0;
    for (name, bytes) in typed() {
        let (text, left) = mended(&bytes);
        let read = support::check(&bytes);
        let Some(text) = text else {
            assert!(read.1.has_errors(), "{name}: a chart without errors can be mended");
            continue;
        };
        count += 1;
        assert!(toml::de::DeTable::parse(&text).is_ok(), "{name} is TOML as it stands:\n{text}");
        let (again, _) = mended(text.as_bytes());
        assert_eq!(again.as_deref(), Some(text.as_str()), "{name}");
        let (typed, _) = decode(&bytes).expect("text");
        // Those after other marks become comments too.
        let kept: Vec<_> = comments(&text).into_iter().filter(|line| typed.contains(line)).collect();
        assert_eq!(kept, comments(&typed), "{name}");
        assert_eq!(text.lines().count(), typed.lines().count(), "{name}: no line comes or goes");
        // Errors are neither made nor mended; what has a remedy and is no error is gone.
        let errors = |report: &Report| report.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        assert_eq!(errors(&left), errors(&read.1), "{name}");
        let curable = left.diagnostics.iter().find(|d| d.severity != Severity::Error && !d.edits.is_empty());
        assert!(curable.is_none(), "{name}: {curable:?}");
        assert!(
            left.diagnostics.iter().all(|d| d.code != Code::FullWidthMark && d.code != Code::UnquotedValue),
            "{name}"
        );
    }
    assert!(count > 50, "{count}");
}

#[test]
fn what_is_laid_out_keeps_its_words_and_stays() {
    let mut count = 0;
    for (name, bytes) in typed() {
        let (Some(text), _) = mended(&bytes) else { continue };
        let laid = laid_out(&text, TableId::Chart).unwrap_or_else(|| panic!("{name} is not laid out:\n{text}"));
        assert_eq!(laid_out(&laid, TableId::Chart).as_deref(), Some(laid.as_str()), "{name}");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect::<String>();
        assert_eq!(letters(&laid), letters(&text), "{name}");
        assert!(laid.lines().all(|line| line == line.trim_end()), "{name}");
        count += 1;
    }
    assert!(count > 50, "{count}");
}
