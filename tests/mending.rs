//! Mending and layout, over everything that is typed in this project's cases, examples and charts.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use riskchart::diag::{Code, Diagnostic, Report, Severity};
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
        // A text over several lines, and a list typed as one text, are written anew.
        let rewritten = |told: &&Diagnostic| matches!(told.code, Code::TextOverLines | Code::ListInOneText);
        let lines = (text.lines().count(), typed.lines().count());
        let moved = read.1.diagnostics.iter().any(|told| rewritten(&told));
        assert!(lines.0 == lines.1 || moved, "{name}: no line comes or goes");
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

/// What a chart says, without what fixes may touch: marks, blanks, numbers before items.
fn says(bytes: &[u8]) -> Option<Vec<String>> {
    let chart = support::check(bytes).0?;
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let mut said = vec![words(&chart.power.value), words(&chart.title.value)];
    for stage in &chart.stages {
        said.push(words(&stage.name.value));
        let items = stage.risks.iter().flat_map(|risk| &risk.items);
        said.extend(
            items.chain(stage.measures.iter().flat_map(|measure| &measure.items)).map(|item| words(&item.value)),
        );
    }
    Some(
        said.into_iter()
            .map(|text| text.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c)).to_owned())
            .collect(),
    )
}

#[test]
fn no_fix_changes_what_a_chart_says() {
    let safe = |bytes: &[u8]| {
        let memory = Memory(BTreeMap::from([("图.toml".to_owned(), bytes.to_vec())]));
        let mut mender = Mender::new(&memory, riskchart::mend::for_judgement());
        mender.mend(&Entry { chart: "图.toml".to_owned(), project: None }, false);
        mender.text("图.toml").map(str::to_owned)
    };
    let files = typed();
    let mut compared = 0;
    let mut seed = 7_u32;
    let mut dice = |sides: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % sides.max(1)
    };
    for round in 0..files.len() * 8 {
        let (name, bytes) = &files[round % files.len()];
        let mut text = decode(bytes).map_or_else(|_| String::new(), |(text, _)| text);
        // The first round is of the files as they are.
        if round >= files.len() {
            let marks = ["\"", "“", "，", "\n", "①", "1.", "□", " ", "#", "]", "\u{2f08}"];
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = places.get(dice(places.len())).copied().unwrap_or_default();
            text.insert_str(at, marks[dice(marks.len())]);
        }
        let (Some(before), Some(new)) = (says(text.as_bytes()), safe(text.as_bytes())) else { continue };
        assert_eq!(says(new.as_bytes()), Some(before), "{name}, round {round}:\n{text}\n{new}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
}
