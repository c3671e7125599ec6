//! The list of what stands in the program under licences of others, which `riskchart licenses` prints: made from Cargo's
//! own files with nothing but Rust. `RISKCHART_BLESS=1 cargo test --test licenses` writes it anew, out of the sources that
//! `cargo fetch` has brought.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = "src/cli/commands/licenses.txt";
/// Licences whose texts stand beside the list: crates under one of these are named with their copyright lines alone.
const KNOWN: [&str; 2] = ["MIT", "Apache-2.0"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between the quotes of `key = "…"`, as Cargo writes it.
fn quoted<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

/// The names of the crates that the manifest asks for, for whatever system.
fn asked_for() -> BTreeSet<String> {
    let manifest = read(&root().join("Cargo.toml"));
    let mut within = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            within = line == "[dependencies]" || (line.starts_with("[target.") && line.ends_with(".dependencies]"));
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| within) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// Every crate, with its version, that is in the program or helps to build it on some system: those asked for, and what
/// they ask for in turn.
fn crates() -> BTreeSet<(String, String)> {
    // A crate is named with its version where there are several.
    let mut known: BTreeMap<String, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for package in read(&root().join("Cargo.lock")).split("[[package]]\n").skip(1) {
        // The project's own crates are told with the fonts that they are.
        if !package.contains("\nsource = ") && !package.starts_with("name = \"riskchart\"\n") {
            continue;
        }
        let value = |key| package.lines().find_map(|line| quoted(line, key)).expect("named").to_owned();
        let needs = package.lines().filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","));
        let needs = needs.map(str::to_owned).collect();
        known.entry(value("name")).or_default().push((value("version"), needs));
    }
    let asked = asked_for();
    let own = known["riskchart"][0].1.iter();
    let mut todo: Vec<String> =
        own.filter(|need| asked.contains(need.split(' ').next().unwrap_or_default())).cloned().collect();
    let mut found = BTreeSet::new();
    while let Some(need) = todo.pop() {
        let mut words = need.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next());
        for (own, needs) in
            known.get(name).into_iter().flatten().filter(|(own, _)| version.is_none_or(|version| version == own))
        {
            if found.insert((name.to_owned(), own.clone())) {
                todo.extend(needs.iter().cloned());
            }
        }
    }
    found
}

/// The folder of a crate's source, as Cargo keeps it.
fn source(name: &str, version: &str) -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || {
            PathBuf::from(std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).expect("a home"))
                .join(".cargo")
        },
        PathBuf::from,
    );
    let registries = fs::read_dir(home.join("registry/src")).expect("cargo fetch brings the sources");
    let mut folders = registries.map(|registry| registry.expect("a folder").path().join(format!("{name}-{version}")));
    folders.find(|folder| folder.is_dir()).unwrap_or_else(|| panic!("{name} {version} is not here: run cargo fetch"))
}

/// The texts of the licence files of a crate, in the order of their names, and of the library in C that it brings.
fn texts(folder: &Path) -> Vec<String> {
    let library = folder.join("c_src");
    let folders = fs::read_dir(&library).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let nested = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).expect("a folder"));
    let nested = nested.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let mut folders: Vec<PathBuf> = nested.collect();
    folders.sort();
    let nested: Vec<String> = folders.iter().flat_map(|folder| texts(folder)).collect();
    let is_licence = |name: &str| {
        let name = name.to_lowercase();
        ["license", "licence", "copying", "copyright", "notice", "unlicense"].iter().any(|word| name.starts_with(word))
    };
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries
        .filter(|path| path.is_file() && path.file_name().and_then(|name| name.to_str()).is_some_and(is_licence))
        .collect();
    files.sort();
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).chain(nested).collect()
}

/// The lines that say whose a crate is.
fn copyright(texts: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()).map(str::trim) {
        let begins =
            line.starts_with("Copyright") && line.contains(|c: char| c.is_ascii_digit() || c == '©' || c == '(');
        let blank =
            ["[yyyy]", "{yyyy}", "copyright license", "notice", "Free Software"].iter().any(|part| line.contains(part));
        if begins && !blank && !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn written() -> String {
    let mut text = String::new();
    let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version) in crates() {
        let folder = source(&name, &version);
        let manifest = read(&folder.join("Cargo.toml"));
        let licence = manifest.lines().find_map(|line| quoted(line, "license")).unwrap_or("see its text").to_owned();
        let texts = texts(&folder);
        writeln!(text, "{name} {version}: {licence}").expect("written");
        for line in copyright(&texts) {
            writeln!(text, "    {line}").expect("written");
        }
        // One of the licences offered is enough; of those that all hold, every one.
        let offered = |part: &str| {
            part.split(" OR ")
                .flat_map(|one| one.split('/'))
                .any(|one| KNOWN.contains(&one.trim().trim_matches(['(', ')'])))
        };
        if !licence.split(" AND ").all(offered) {
            let whole = texts.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n");
            others.entry(whole).or_default().push(format!("{name} {version}"));
        }
    }
    for (whole, names) in others {
        write!(text, "\n---- {}\n\n{whole}\n", names.join(", ")).expect("written");
    }
    text
}

#[test]
fn the_list_names_every_crate_of_the_program() {
    let path = root().join(LIST);
    if std::env::var_os("RISKCHART_BLESS").is_some() {
        fs::write(&path, written()).expect("written");
    }
    let list = read(&path);
    let named: BTreeSet<(String, String)> = list
        .lines()
        .take_while(|line| !line.starts_with("----"))
        .filter(|line| !line.starts_with(' ') && !line.is_empty())
        .filter_map(|line| line.split_once(": ")?.0.split_once(' '))
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .collect();
    let there = crates();
    let (gone, new): (Vec<_>, Vec<_>) = (named.difference(&there).collect(), there.difference(&named).collect());
    assert!(gone.is_empty() && new.is_empty(), "RISKCHART_BLESS=1 cargo test --test licenses: {gone:?} {new:?}");
    assert!(there.len() > 100, "{}", there.len());
}
