//! The table of CONTRIBUTING that says where a change goes: what it names is there, what stands in a row of a list is in
//! every list that users see, and no third place has to know of it.

use std::path::Path;

use riskchart::diag::CODES;
use riskchart::export::{FORMATS, PdfStandard};
use riskchart::input::keys::{Kind, TableId};
use riskchart::paper::PAPERS;

use super::Folder;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the table: what changes, and the paths named for it.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let table = text.lines().skip_while(|line| !line.starts_with("| what |")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| {
        let (what, place) = line.trim_matches('|').split_once('|').expect("two cells");
        let named = place.split('`').skip(1).step_by(2).filter(|name| name.contains('/'));
        (what.trim().to_owned(), named.map(str::to_owned).collect())
    });
    rows.collect()
}

/// The source files whose code, tests apart, holds a text.
fn files_with(text: &str) -> Vec<String> {
    fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("src"), &mut files);
    let mut found: Vec<String> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| {
            let own = std::fs::read_to_string(path).expect("a source");
            let code = own.split("\n#[cfg(test)]\n").next().unwrap_or_default();
            code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(text))
        })
        .map(|path| path.strip_prefix(root()).expect("below").to_string_lossy().replace('\\', "/"))
        .collect();
    found.sort();
    found
}

fn said(arguments: &[&str]) -> String {
    let ran = Folder::new().run(arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
    ran.out
}

#[test]
fn the_table_names_what_is_there_and_few_files_each() {
    let rows = rows();
    for (what, paths) in &rows {
        assert!(!paths.is_empty(), "{what}: no path");
        paths.iter().for_each(|path| assert!(root().join(path).exists(), "{what}: there is no {path}"));
    }
    for kind in ["a paper", "a level's mark", "a key of a stage", "a problem to tell, a lint", "a format", "a command"]
    {
        let row = rows.iter().find(|(what, _)| what.starts_with(kind)).unwrap_or_else(|| panic!("no row for {kind}"));
        let files = row.1.iter().filter(|path| path.starts_with("src/")).count();
        assert!((1..=2).contains(&files), "{kind}: {files} places");
    }
}

#[test]
fn a_paper_and_a_problem_stand_in_one_place() {
    let listed = said(&["list", "papers"]);
    for paper in PAPERS {
        assert!(listed.contains(paper.name), "{}", paper.name);
    }
    // A3 and its like are examples in helps too.
    for paper in PAPERS.iter().filter(|paper| !paper.name.is_ascii()) {
        assert_eq!(files_with(&format!("row(\"{}\"", paper.name)), ["src/paper.rs"], "{}", paper.name);
    }
    let listed = said(&["list", "codes"]);
    for row in CODES {
        assert!(listed.contains(row.slug), "{}", row.slug);
        let files = files_with(&format!("\"{}\"", row.slug));
        assert!(files.len() == 1 && files[0].starts_with("src/diag/codes/"), "{}: {files:?}", row.slug);
    }
}

#[test]
fn a_mark_stands_in_one_place_and_is_dealt() {
    let text = std::fs::read_to_string(root().join("src/theme/mark.rs")).expect("a source");
    let (_, variants) = text.split_once("pub enum Mark {").expect("the marks");
    let variants = variants.split('}').next().unwrap_or_default().lines().map(|line| line.trim().trim_end_matches(','));
    let variants: Vec<&str> = variants.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    let (_, dealt) = text.split_once("const DEALT").expect("what is dealt");
    let dealt = dealt.split("\n];").next().unwrap_or_default();
    assert!(variants.len() >= 8, "{variants:?}");
    for mark in variants {
        let name = format!("Mark::{mark}");
        assert!(dealt.contains(&name), "{mark} is never dealt");
        assert_eq!(files_with(&name), ["src/theme/mark.rs"], "{mark}");
    }
}

#[test]
fn a_key_of_a_stage_is_in_every_list_of_keys() {
    let (listed, schema) = (said(&["list", "keys"]), said(&["schema"]));
    let keys: Vec<_> = TableId::Stage.keys().collect();
    assert!(keys.len() > 10);
    for row in keys {
        assert!(listed.contains(row.zh) && listed.contains(row.name), "{}", row.name);
        assert!(schema.contains(&format!("\"{}\"", row.zh)), "{}", row.name);
        assert!(said(&["explain", row.zh]).contains(row.name), "{}", row.name);
    }
}

/// The words that a key of the project file takes.
fn words(key: &str) -> Vec<&'static str> {
    let row = TableId::Output.key(key).expect(key);
    let (Kind::Choice(choices) | Kind::Choices(choices)) = row.kind else { panic!("{key} is free") };
    choices.iter().map(|choice| choice.name).collect()
}

#[test]
fn a_format_is_a_word_of_the_key_table_too() {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(words("formats"), names);
    assert_eq!(words("pdf_standard"), PdfStandard::ALL.map(|(name, _)| name));
    let listed = said(&["list", "formats"]);
    names.iter().for_each(|name| assert!(listed.contains(name), "{name}"));
}

#[test]
fn a_command_is_in_help_manual_and_completions() {
    let entries = std::fs::read_dir(root().join("src/cli/commands")).expect("the commands");
    let commands = entries.filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let is_module = path.extension().is_some_and(|extension| extension == "rs") || path.join("mod.rs").exists();
        if !is_module {
            return None;
        }
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (stem != "mod").then_some(stem)
    });
    let commands: std::collections::BTreeSet<String> = commands.collect();
    assert!(commands.len() > 15, "{commands:?}");
    let lists = [said(&["--help"]), said(&["man"]), said(&["completions", "bash"])];
    for command in &commands {
        lists.iter().for_each(|list| assert!(list.contains(command.as_str()), "{command}"));
    }
}
