//! The rules of the house that the compiler doesn't know. Each failure names its rule.
//!
//! One crate can't keep its modules from using each other, so the edges between rooms are read from the sources.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the library, in order: a room uses rooms of the lines above its own, and those of its own line.
const ROOMS: &[&[&str]] = &[
    &["host", "source"],
    &["diag"],
    &["unit", "geom", "color"],
    &["paper", "theme"],
    &["input"],
    &["model"],
    &["mend"],
    &["office"],
    &["font"],
    &["text"],
    &["scene"],
    &["picture"],
    &["layout"],
    &["export"],
];

/// Edges that the order would allow and the design does not: (room, what it must not know, why).
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("export", "model", "exporters know no chart"),
    ("export", "input", "exporters know no chart"),
    ("export", "layout", "exporters move no point"),
    ("export", "text", "exporters measure no text"),
    ("scene", "model", "a scene has nothing left to decide"),
    ("scene", "input", "a scene has nothing left to decide"),
    ("text", "model", "text knows no model"),
    ("text", "input", "text knows no model"),
    ("font", "model", "fonts know no chart"),
    ("font", "input", "fonts know no chart"),
];

/// The rooms of the program, `src/cli`, in order: a room uses rooms above its own.
const CLI_ROOMS: &[&str] = &["terminal", "report", "disk", "arguments", "work", "commands"];

/// The rooms of `src/layout`, in order: a room uses rooms of the lines above its own.
const LAYOUT_ROOMS: &[&[&str]] = &[
    &["options", "metrics"],
    &["words"],
    &["stack", "frame", "topology", "missing"],
    &["grid"],
    &["fit"],
    &["place"],
    &["route"],
    &["paint"],
    &["summary", "lettering"],
    &["drawing"],
    &["tile", "book"],
];

/// Rooms that read or write Chinese as their work: the program's own words, keys, what clerks write, names of things.
const SPEAKING: &[&str] = &["cli", "diag", "input", "model", "office", "text", "theme", "paper", "source"];

/// Files of the other rooms that hold Chinese, and what it is. Whatever else has something to say says it by a code, or by
/// a fault that is worded in one place.
const PRINTED: &[(&str, &str)] = &[
    ("color/press.rs", "faults of profiles"),
    ("export/fault.rs", "faults of the room"),
    ("export/html/index.rs", "words of web pages"),
    ("export/html/page.rs", "words of web pages"),
    ("export/html/shell.rs", "words of web pages"),
    ("export/mod.rs", "what formats are for"),
    ("export/ofd/document.rs", "a name in a document's own data"),
    ("export/ofd/tags.rs", "names of tags"),
    ("export/pdf/attach.rs", "what an attached file is, for readers of PDF"),
    ("export/pdf/flow.rs", "what arrows say to who can't see them"),
    ("export/pdf/reading.rs", "what pictures say to who can't see them"),
    ("font/embedded.rs", "names of faces"),
    ("font/face.rs", "letters that a face is tried with"),
    ("font/fault.rs", "faults of the room"),
    ("layout/book.rs", "words of contents"),
    ("layout/drawing.rs", "the document's own description"),
    ("layout/paint/frame.rs", "numbers of pages"),
    ("layout/route/references.rs", "words of page references"),
    ("layout/tile/mod.rs", "words on sheets"),
    ("layout/tile/plan.rs", "words of the plan of sheets"),
    ("layout/words/content.rs", "words before texts"),
    ("layout/words/frame.rs", "words of title block and footer"),
    ("layout/words/numbering.rs", "numbers"),
    ("layout/words/people.rs", "words before names"),
    ("layout/words/portion.rs", "what a part is marked with"),
    ("layout/words/stage.rs", "words before texts"),
    ("picture/read.rs", "faults of logos, by their codes"),
    ("scene/dump.rs", "a word of dumps"),
];

/// The parts of `src/input`, in order: a part uses parts of the lines above its own.
const INPUT_ROOMS: &[&[&str]] = &[
    &["merge", "paragraph", "width"],
    &["measures", "nearest"],
    &["keys"],
    &["foreign", "project", "repair", "write"],
    &["lines", "phones", "strings"],
    &["syntax", "tree", "unknown"],
    &["fix", "shape"],
    &["format"],
];

/// The parts of `src/export`, in order.
const EXPORT_ROOMS: &[&[&str]] =
    &[&["fault", "fnv", "source", "uri", "woff", "xml"], &["cut", "pixels"], &["pdf", "svg"], &["html", "ofd", "png"]];

/// Files of one folder that use each other in circles; no others may.
const CIRCLES: &[(&str, &[&str])] = &[
    ("input/repair", &["lexer", "recover", "values"]),
    ("layout/grid", &["below", "comb", "labels", "lane", "lanes", "shape", "widths"]),
    // A table's cell holds text, in which tables stand.
    ("office/word", &["table", "text"]),
];

/// The most lines of a source file.
const LONGEST: usize = 500;

struct Source {
    /// The path from `src/` on, with slashes.
    path: String,
    text: String,
    /// The code that is built without `cfg(test)`, comments and strings blanked.
    code: String,
}

impl Source {
    /// The first folder or file name: the room, or `lib`, `main`, `cli`.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// How many modules deep below its room the file is; its room's root is 0.
    fn depth(&self) -> usize {
        let parts: Vec<&str> = self.path.split('/').collect();
        if parts.last() == Some(&"mod.rs") { parts.len() - 2 } else { parts.len() - 1 }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |file: &PathBuf| {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).expect("readable");
        let code = if path.ends_with("tests.rs") { String::new() } else { code(&text) };
        Source { path, text, code }
    };
    files.iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The text up to its test module, with comments and string literals blanked.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let text = text.split("\n#[cfg(test)]\npub(crate) mod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| {
        let mut code = String::new();
        let mut characters = line.chars().peekable();
        let mut quoted = false;
        while let Some(c) = characters.next() {
            match c {
                '\\' if quoted => {
                    characters.next();
                }
                // A quote as a character literal, '"', opens nothing.
                '"' if !quoted && code.ends_with('\'') && characters.peek() == Some(&'\'') => {}
                '"' => quoted = !quoted,
                '/' if !quoted && characters.peek() == Some(&'/') => break,
                _ if quoted => {}
                _ => code.push(c),
            }
        }
        code + "\n"
    });
    lines.collect()
}

/// What is named right after each `crate::` in a file's code, groups opened: `crate::{Host, scene::Scene}` names both.
fn names_after_crate(code: &str) -> Vec<String> {
    names_after("crate::", code)
}

fn names_after(path: &str, code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(path) {
        let standing_alone = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let after = &code[at + path.len()..];
        match after.strip_prefix('{') {
            _ if !standing_alone => {}
            None => names.push(identifier(after)),
            Some(group) => names.extend(top_level(group)),
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first identifier of each part of a group, up to its closing brace.
fn top_level(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(identifier(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|line| line.contains(&room))
}

/// What is wrong with a room's naming of something in the crate's root.
fn wrong_edge(room: &str, named: &str) -> Option<String> {
    if let Some((.., why)) = FORBIDDEN.iter().find(|(from, to, _)| *from == room && *to == named) {
        return Some(format!("`{room}` must not use `{named}`: {why}"));
    }
    match (rank(room), rank(named)) {
        (Some(own), Some(other)) if other > own => {
            Some(format!("`{room}` must not use `{named}`, which stands below it in the order of rooms"))
        }
        (Some(_), None) if named != room => Some(format!("`{room}` names `crate::{named}`, which is no room")),
        _ => None,
    }
}

fn hold(rule: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "\nrule: {rule}\n  {}\n", faults.join("\n  "));
}

#[test]
fn rooms_use_only_rooms_above_them() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| rank(source.room()).is_some()) {
        for named in names_after_crate(&source.code) {
            faults.extend(wrong_edge(source.room(), &named).map(|fault| format!("{}: {fault}", source.path)));
        }
        let climbing = "super::".repeat(source.depth() + 1);
        if source.code.contains(&climbing) {
            faults.push(format!("{}: `{climbing}` leaves the room; write `crate::`", source.path));
        }
    }
    hold("a room uses only rooms above it (src/lib.rs), named by `crate::`", faults);
}

#[test]
fn the_library_knows_nothing_of_the_program() {
    let faults = sources().into_iter().filter(|source| !matches!(source.room(), "cli" | "main"));
    let faults = faults.filter(|source| source.code.contains("cli::") || source.code.contains("mod cli"));
    hold("the library never names `cli`", faults.map(|source| source.path).collect());
}

#[test]
fn the_program_uses_the_library_from_outside() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.room() == "cli") {
        let named = names_after_crate(&source.code).into_iter().filter(|named| named != "cli");
        faults.extend(named.map(|named| format!("{}: `crate::{named}`", source.path)));
    }
    hold("the program names the library as `riskchart::`", faults);
}

#[test]
fn rooms_of_the_program_use_only_rooms_above_them() {
    let mut faults = Vec::new();
    for source in sources() {
        let parts: Vec<&str> = source.path.split('/').collect();
        let ["cli", room, _, ..] = parts[..] else { continue };
        let Some(own) = CLI_ROOMS.iter().position(|name| *name == room) else {
            faults.push(format!("{}: `{room}` has no place in the order of rooms of tests/tidy.rs", source.path));
            continue;
        };
        let below = |named: &String| CLI_ROOMS.iter().position(|name| name == named).is_none_or(|other| other > own);
        let wrong = names_after("crate::cli::", &source.code).into_iter().filter(below);
        faults.extend(wrong.map(|named| format!("{}: `{room}` must not use `{named}`", source.path)));
        if source.code.contains(&"super::".repeat(source.depth())) {
            faults.push(format!("{}: `super::` leaves the room; write `crate::cli::`", source.path));
        }
    }
    hold("a room of the program uses only rooms above it (src/cli/mod.rs), named by `crate::cli::`", faults);
}

/// What is wrong with a part of a room naming another; a name that is none, such as that of a type, is the room's own.
fn wrong_inner_edge(order: &[&[&str]], part: &str, named: &str) -> Option<String> {
    let rank = |part: &str| order.iter().position(|line| line.contains(&part));
    match (rank(part), rank(named)) {
        _ if part == named => None,
        (None, _) => Some(format!("`{part}` has no place in the order of tests/tidy.rs")),
        (Some(own), Some(other)) if other >= own => Some(format!("`{part}` must not use `{named}`")),
        _ => None,
    }
}

/// The edges within a room that its order doesn't allow.
fn wrong_inner_edges(room: &str, order: &[&[&str]]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources().into_iter().filter(|source| source.room() == room && !source.code.is_empty()) {
        let parts: Vec<&str> = source.path.split('/').collect();
        let part = parts[1].trim_end_matches(".rs");
        if part == "mod" {
            continue;
        }
        let mut named = names_after(&format!("crate::{room}::"), &source.code);
        named.extend(names_after(&"super::".repeat(source.depth()), &source.code));
        let wrong = named.iter().filter_map(|named| wrong_inner_edge(order, part, named));
        faults.extend(wrong.map(|fault| format!("{}: {fault}", source.path)));
    }
    faults
}

#[test]
fn rooms_of_layout_use_only_rooms_above_them() {
    let mut faults = wrong_inner_edges("layout", LAYOUT_ROOMS);
    for source in sources().iter().filter(|source| source.room() == "layout" && source.depth() > 0) {
        if source.code.contains(&"super::".repeat(source.depth())) {
            faults.push(format!("{}: `super::` leaves the room; write `crate::layout::`", source.path));
        }
        let known = |named: &String| LAYOUT_ROOMS.iter().any(|line| line.contains(&named.as_str()));
        let strange = names_after("crate::layout::", &source.code).into_iter().filter(|named| !known(named));
        faults.extend(strange.map(|named| format!("{}: `{named}` is no room of layout", source.path)));
    }
    hold("a room of layout uses only rooms above it (src/layout/mod.rs), named by `crate::layout::`", faults);
}

#[test]
fn parts_of_input_and_export_use_only_parts_above_them() {
    let mut faults = wrong_inner_edges("input", INPUT_ROOMS);
    faults.extend(wrong_inner_edges("export", EXPORT_ROOMS));
    hold("a part of input or export uses only parts above it", faults);
}

/// The files of one folder that each use each other, by way of others too.
fn circles() -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for source in sources() {
        let Some((folder, file)) = source.path.rsplit_once('/').filter(|(_, file)| *file != "mod.rs") else { continue };
        let named = names_after("super::", &source.code);
        uses.insert((folder.to_owned(), file.trim_end_matches(".rs").to_owned()), named);
    }
    let mut circles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (folder, file) in uses.keys() {
        let used = |name: &str| uses.get(&(folder.clone(), name.to_owned())).into_iter().flatten();
        let (mut reached, mut ahead) = (BTreeSet::new(), vec![file.as_str()]);
        while let Some(name) = ahead.pop() {
            ahead.extend(used(name).map(String::as_str).filter(|next| reached.insert(*next)));
        }
        if reached.contains(file.as_str()) {
            circles.entry(folder.clone()).or_default().insert(file.clone());
        }
    }
    circles
}

#[test]
fn files_of_a_folder_use_each_other_without_circles() {
    let known = |folder: &str| CIRCLES.iter().find(|(of, _)| *of == folder).map_or(&[][..], |(_, files)| files);
    let circles = circles();
    let new = circles.iter().flat_map(|(folder, files)| files.iter().map(move |file| (folder, file)));
    let new = new.filter(|(folder, file)| !known(folder).contains(&file.as_str()));
    let mut faults: Vec<_> =
        new.map(|(folder, file)| format!("{folder}/{file}.rs uses itself by way of others")).collect();
    let ended = CIRCLES.iter().flat_map(|(folder, files)| files.iter().map(move |file| (folder, file)));
    let ended = ended.filter(|(folder, file)| circles.get(**folder).is_none_or(|files| !files.contains(**file)));
    faults.extend(ended.map(|(folder, file)| format!("{folder}/{file}.rs is in no circle any more: strike it out")));
    hold("files of a folder use each other without circles", faults);
}

#[test]
fn files_are_short() {
    let long = sources().into_iter().map(|source| (source.text.lines().count(), source.path));
    let long = long.filter(|(lines, _)| *lines >= LONGEST).map(|(lines, path)| format!("{path}: {lines} lines"));
    hold("a source file has fewer than 500 lines", long.collect());
}

#[test]
fn every_file_says_what_it_is() {
    let silent =
        sources().into_iter().filter(|source| !source.text.starts_with("//! ") && !source.path.ends_with("tests.rs"));
    hold("a source file begins with its module's documentation", silent.map(|source| source.path).collect());
}

/// The string literals of a file's code that hold Chinese, and the texts of its errors: `Err("…")` of any language.
fn spoken(text: &str) -> Vec<&str> {
    let text = text.split("\n#[cfg(test)]\n").next().unwrap_or_default();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let literals = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    literals.filter(|literal| literal.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))).collect()
}

#[test]
fn only_rooms_that_have_something_to_say_speak() {
    let mut faults = Vec::new();
    let sources = sources();
    for source in sources.iter().filter(|source| !SPEAKING.contains(&source.room()) && !source.code.is_empty()) {
        let allowed = PRINTED.iter().any(|(file, _)| *file == source.path);
        let spoken = spoken(&source.text);
        match spoken.first() {
            Some(words) if !allowed => faults.push(format!("{}: “{words}”", source.path)),
            None if allowed => {
                faults.push(format!("{}: no words, and in the list of those that have some", source.path))
            }
            _ => {}
        }
    }
    for (file, _) in PRINTED.iter().filter(|(file, _)| !sources.iter().any(|source| source.path == *file)) {
        faults.push(format!("{file} is in the list and not there"));
    }
    hold("words for people stand in `diag`, the program, the key table and the tables of printed words", faults);
}

#[test]
fn errors_are_no_strings() {
    let mut faults = Vec::new();
    for source in sources() {
        // What others say is passed on as they say it: why a file is no poster, why the program panicked.
        if ["export/source.rs", "cli/work/mod.rs"].contains(&source.path.as_str()) {
            continue;
        }
        let lines =
            source.code.lines().enumerate().filter(|(_, line)| line.contains(", String>") && line.contains("Result<"));
        faults.extend(lines.map(|(at, _)| format!("{}:{}", source.path, at + 1)));
    }
    hold("an error is a type of its room, worded in both languages in one place", faults);
}

#[test]
fn no_text_holds_two_languages() {
    let han = |part: &str| part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut faults = Vec::new();
    for source in sources() {
        for literal in spoken(&source.text) {
            let two = literal.split_once(" | ").is_some_and(|(zh, en)| han(zh) && !han(en) && en.contains(' '));
            if two {
                faults.push(format!("{}: “{literal}”", source.path));
            }
        }
    }
    hold("a text has one language; both stand beside each other in `Words` or `message!`", faults);
}

#[test]
fn nothing_is_unwrapped() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.code.lines().enumerate().filter(|(_, line)| line.contains(".unwrap()"));
        faults.extend(lines.map(|(at, _)| format!("{}:{}", source.path, at + 1)));
    }
    hold("no `unwrap()` outside tests: return an error, or say with a match what can't be", faults);
}

#[test]
fn the_map_names_every_room_and_the_rooms_exist() {
    let lib = sources().into_iter().find(|source| source.path == "lib.rs").expect("src/lib.rs");
    let map: String = lib.text.lines().take_while(|line| line.starts_with("//!")).collect();
    let public: Vec<String> = lib.code.split("pub mod ").skip(1).map(identifier).collect();
    let mut faults = Vec::new();
    for room in &public {
        if !map.contains(&format!("[`{room}`]")) {
            faults.push(format!("`{room}` is public and not in the map of src/lib.rs"));
        }
        if rank(room).is_none() {
            faults.push(format!("`{room}` has no place in the order of rooms of tests/tidy.rs"));
        }
    }
    for room in ROOMS.iter().flat_map(|line| line.iter()).filter(|room| !public.iter().any(|name| name == *room)) {
        faults.push(format!("`{room}` is in the order of rooms and not in src/lib.rs"));
    }
    hold("the map of src/lib.rs, its modules and the order of rooms agree", faults);
}

#[test]
fn the_reader_of_edges_reads_edges() {
    let text = "use crate::{Host, scene::{Scene, Item}, input};\n/// [`crate::export`]\nlet x = crate::paper::A; // crate::layout\n\
                pub(in crate::text) fn f() { g(\"crate::cli\") }\n#[cfg(test)]\nmod tests { use crate::export; }";
    assert_eq!(names_after_crate(&code(text)), ["Host", "scene", "input", "paper", "text"]);
    assert!(wrong_edge("text", "layout").is_some_and(|fault| fault.contains("below")));
    assert!(wrong_edge("export", "model").is_some_and(|fault| fault.contains("no chart")));
    assert!(wrong_edge("model", "cli").is_some());
    assert_eq!(wrong_edge("layout", "text"), None);
    assert_eq!(wrong_edge("unit", "geom"), None);
    assert!(wrong_edge("input", "Host").is_some(), "the roof is below every room");
    assert!(wrong_inner_edge(LAYOUT_ROOMS, "words", "paint").is_some());
    assert_eq!(wrong_inner_edge(LAYOUT_ROOMS, "paint", "words"), None);
    assert!(wrong_inner_edge(INPUT_ROOMS, "keys", "repair").is_some());
    assert!(wrong_inner_edge(EXPORT_ROOMS, "svg", "png").is_some());
    assert_eq!(wrong_inner_edge(EXPORT_ROOMS, "svg", "ExportFault"), None);
    assert_eq!(code("x('\"'); // y\n\"a\\\"//b\".z()"), "x(''); \n.z()\n");
}
