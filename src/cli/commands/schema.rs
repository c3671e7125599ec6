//! `riskchart schema`: the chart format as a JSON Schema, for editors that complete and check TOML by one.
//!
//! Draft 07, which the language servers for TOML read. Everything stands where it is used, without references, and
//! comes from the table of keys; a value that may be a table or a list is one schema with both sets of words, so that
//! an editor can say which part is wrong rather than that no alternative fits.

use std::path::Path;

use anyhow::Context as _;
use riskchart::diag::Words;
use riskchart::input::keys::{Choice, KeyRow, Kind, TableId};
use riskchart::input::{MAX_ITEMS, MAX_STAGES, MAX_TEXT};
use riskchart::model::STANDARD_LEVELS;
use riskchart::paper::PAPERS;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::disk::write::Output;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_path;

/// What the schema of charts is called in a folder; the first line of a template names it.
pub(crate) const SCHEMA_FILE: &str = "riskchart.schema.json";

/// A text with something in it.
const NOT_BLANK: &str = "\\S";
/// Spaces that don't count.
const SPACE: &str = "[ \\t\u{3000}]*";
/// A date with a time, or a time alone: TOML has them, charts don't.
const TIME: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:|^[0-9]{2}:[0-9]{2}(:|$)";

const FILE: Opt = Opt::word(
    "out",
    Position::Named(Some('o')),
    Takes::Path(Words { zh: "文件", en: "FILE" }),
    Words {
        zh: "写到这个文件，省略时写到标准输出", en: "the file to write, standard output if left out"
    },
);
const PROJECT: Opt = Opt::word(
    "project",
    Position::Named(None),
    Takes::Nothing,
    Words {
        zh: "要项目文件 riskchart.toml 的，不要图的",
        en: "that of the project file riskchart.toml, not of charts",
    },
);

pub(crate) const COMMAND: Command = Command {
    name: "schema",
    about: Words { zh: "写出给编辑器用的 JSON Schema", en: "write the JSON Schema for editors" },
    more: Words {
        zh: "例：riskchart schema -o riskchart.schema.json\n\
             图的第一行写上 #:schema ./riskchart.schema.json，懂 TOML 的编辑器就会提示键名、指出错处。",
        en: "Example: riskchart schema -o riskchart.schema.json\n\
             With #:schema ./riskchart.schema.json as its first line, a chart is completed and checked by editors that know TOML.",
    },
    options: &[&[&FILE, &PROJECT]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let text = if invocation.flag(&PROJECT) { project()? } else { chart()? };
    let Some(path) = invocation.path(&FILE) else {
        invocation.console.write(Stream::Out, text)?;
        return Ok(Status::Done);
    };
    let Some(name) = path.file_name() else {
        return Err(message!("--out 要一个文件名" | "--out needs the name of a file").fault());
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Output::new(folder).write(Path::new(""), &name.to_string_lossy(), text.as_bytes())?;
    if !invocation.console.quiet {
        let shown = visible_path(path);
        invocation.console.line(&message!("写好了 {shown}" | "wrote {shown}"))?;
    }
    Ok(Status::Done)
}

/// The schema of charts.
///
/// # Errors
/// None that a user could cause.
pub(crate) fn chart() -> anyhow::Result<String> {
    document("廉政风险防控图 · riskchart", TableId::Chart)
}

fn project() -> anyhow::Result<String> {
    document("riskchart.toml · riskchart", TableId::Project)
}

fn document(title: &str, root: TableId) -> anyhow::Result<String> {
    let mut members =
        vec![word("$schema", "http://json-schema.org/draft-07/schema#"), word("title", title), word("type", "object")];
    members.extend(keys(root, root == TableId::Chart));
    let text = serde_json::to_string_pretty(&Node::Object(members));
    Ok(text.with_context(|| message!("不能写出 JSON Schema" | "can't write the JSON Schema"))? + "\n")
}

/// JSON whose members keep the order they are given in: that of the table of keys.
enum Node {
    Json(Value),
    List(Vec<Node>),
    Object(Members),
}

type Members = Vec<(String, Node)>;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json(value) => value.serialize(serializer),
            Self::List(nodes) => nodes.serialize(serializer),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

fn word(name: &str, value: impl Into<Value>) -> (String, Node) {
    (name.to_owned(), Node::Json(value.into()))
}

fn member(name: &str, value: Members) -> (String, Node) {
    (name.to_owned(), Node::Object(value))
}

/// What a schema says of a table's keys, each under both names. In the project's defaults, which a chart completes, a
/// table needs not be `whole`.
fn keys(id: TableId, whole: bool) -> Members {
    let rows = || id.keys();
    let named = |row: &'static KeyRow| [row.name, row.zh].map(|name| member(name, value(row, whole)));
    // A key stands there once, under either name.
    let both = |row: &KeyRow| word(row.zh, json!({ "not": { "required": [row.name] } }));
    let mut members = vec![member("properties", rows().flat_map(named).collect()), word("additionalProperties", false)];
    let required: Vec<&KeyRow> = rows().filter(|row| whole && row.required).collect();
    if !required.is_empty() {
        members.push(word("anyOf", needed(&required)));
    }
    members.push(member("dependencies", rows().map(both).collect()));
    members
}

/// The ways to write all of these keys, each under one of its names. They are told by `anyOf` alone: editors of the Taplo
/// family complete nothing in a table whose schema has an `allOf`.
fn needed(rows: &[&KeyRow]) -> Vec<Value> {
    let ways = rows.iter().fold(vec![Vec::new()], |ways: Vec<Vec<&str>>, row| {
        let with = |way: Vec<&'static str>| [row.name, row.zh].map(|name| [way.as_slice(), &[name]].concat());
        ways.into_iter().flat_map(with).collect()
    });
    ways.into_iter().map(|way| json!({ "required": way })).collect()
}

/// The schema of a key's value.
fn value(row: &'static KeyRow, whole: bool) -> Members {
    let mut members = vec![word("description", description(row))];
    members.extend(kind(row, whole));
    if let Some(default) = default(row) {
        members.push(word("default", default));
    }
    members
}

/// The key by its other name and what it means, in both languages.
fn description(row: &KeyRow) -> String {
    let KeyRow { name, zh, about, .. } = row;
    let (said_zh, said_en) = match row.default {
        written if written.is_empty() || default(row).is_some() => (String::new(), String::new()),
        written => (format!("；不写时：{written}"), format!("; if left out: {written}")),
    };
    format!("{zh}（{name}）：{}{said_zh}\n\n{}{said_en}", about.zh, about.en)
}

/// The default as JSON, where it is a value and not a sentence: what TOML and JSON write alike.
fn default(row: &KeyRow) -> Option<Value> {
    serde_json::from_str(row.default).ok()
}

fn kind(row: &'static KeyRow, whole: bool) -> Members {
    let length = || vec![word("maxLength", MAX_TEXT)];
    // A field that is there to be filled in may be empty.
    let item = || if row.is_to_be_filled() { typed(&["string"], [length()]) } else { item() };
    let filled = || if row.is_to_be_filled() { length() } else { filled() };
    match row.kind {
        Kind::Text => typed(&["string"], [text(row)]),
        Kind::Texts if row.count > 0 => typed(&["array"], [list(row, item())]),
        // One text is read as a list of one.
        Kind::Texts => typed(&["string", "array"], [filled(), list(row, item())]),
        Kind::TextOrTexts => typed(&["string", "array"], [length(), list(row, item())]),
        Kind::Date => typed(&["string"], [length(), vec![word("not", json!({ "type": "string", "pattern": TIME }))]]),
        Kind::Number(min, max, _) => typed(&["number"], [range(min, max)]),
        Kind::Margin(min, max) => {
            let sides = member("items", typed(&["number"], [range(min, max)]));
            let four = vec![sides, word("minItems", 4), word("maxItems", 4)];
            typed(&["number", "array"], [range(min, max), four])
        }
        Kind::Flag => {
            let words: Vec<_> = ["是", "否", "true", "false"].map(in_any_form).to_vec();
            any_of(vec![word("enum", json!([true, false, "是", "否"]))], &words.join("|"), None)
        }
        Kind::Choice(choices) => one_of(choices, None),
        Kind::Choices(choices) => {
            let words = typed(&["array"], [list(row, one_of(choices, None))]);
            if row.count > 0 { words } else { one_of(choices, Some(words)) }
        }
        Kind::Table(id) => typed(&["object"], [keys(id, whole)]),
        Kind::Tables(id) => typed(&["array"], [list(row, typed(&["object"], [keys(id, true)]))]),
        Kind::TableOrTables(id) => {
            let tables = list(row, typed(&["object"], [keys(id, true)]));
            typed(&["object", "array"], [keys(id, true), tables])
        }
        Kind::TextOrTable(id) => typed(&["string", "object"], [length(), keys(id, true)]),
        Kind::TextsOrTables(id) => {
            let mut entry = item();
            entry[0] = word("type", json!(["string", "object"]));
            entry.extend(keys(id, true));
            typed(&["string", "array"], [filled(), list(row, entry)])
        }
        Kind::Labelled => {
            let entry = json!({ "type": ["string", "integer"], "maxLength": MAX_TEXT });
            typed(&["object"], [vec![word("additionalProperties", entry), word("maxProperties", MAX_ITEMS)]])
        }
    }
}

/// A schema of these types; of the words that follow, each type heeds its own.
fn typed<const N: usize>(types: &[&str], words: [Members; N]) -> Members {
    let types = if let [one] = types { json!(one) } else { json!(types) };
    [word("type", types)].into_iter().chain(words.into_iter().flatten()).collect()
}

/// What a text must be beyond being one.
fn text(row: &KeyRow) -> Members {
    let mut members = vec![word("maxLength", MAX_TEXT)];
    // A blank text counts as left out.
    let or_blank = |pattern: &str| if row.required { pattern.to_owned() } else { format!("{pattern}|^{SPACE}$") };
    let pattern = match (row.table, row.name) {
        (TableId::Page, "paper") => or_blank(&paper()),
        _ if !row.pattern.is_empty() => or_blank(row.pattern),
        _ if row.required => NOT_BLANK.to_owned(),
        _ => String::new(),
    };
    match suggestions(row) {
        // The words that an editor offers, and whatever else the program reads.
        words if !words.is_empty() => {
            // Each way says what the key means: an editor shows the one it takes its word from.
            let mut ways = [json!({ "enum": words }), json!({})];
            if !pattern.is_empty() {
                ways[1]["pattern"] = json!(pattern);
            }
            for way in &mut ways {
                way["type"] = json!("string");
                way["description"] = json!(description(row));
            }
            members.push(word("anyOf", json!(ways)));
        }
        _ if !pattern.is_empty() => members.push(word("pattern", pattern)),
        _ => {}
    }
    members
}

/// Words of other tables that a text usually is one of.
fn suggestions(row: &KeyRow) -> Vec<&'static str> {
    match (row.table, row.name) {
        (TableId::Page, "paper") => PAPERS.iter().map(|paper| paper.name).collect(),
        (TableId::Risk, "level") => STANDARD_LEVELS.to_vec(),
        _ => Vec::new(),
    }
}

/// An entry of a list of texts.
fn item() -> Members {
    typed(&["string"], [filled()])
}

/// A text that isn't blank.
fn filled() -> Members {
    vec![word("maxLength", MAX_TEXT), word("pattern", NOT_BLANK)]
}

/// A word as a pattern, in any case and width and however spread, as the reader takes it.
fn in_any_form(written: &str) -> String {
    let forms = |c: char| {
        let mut forms = vec![c];
        forms.extend(c.to_lowercase().chain(c.to_uppercase()));
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0) } else { None };
        forms.extend(forms.clone().into_iter().filter_map(wide));
        // （1） and (1) are one.
        let narrow = |c: char| matches!(c, '\u{ff01}'..='\u{ff5e}').then(|| char::from_u32(u32::from(c) - 0xfee0));
        forms.extend(forms.clone().into_iter().filter_map(|c| narrow(c).flatten()));
        forms.sort_unstable();
        forms.dedup();
        let class: String = forms.into_iter().collect();
        format!("[{class}]{SPACE}")
    };
    format!("^{SPACE}{}$", written.chars().filter(|c| !c.is_whitespace()).map(forms).collect::<String>())
}

/// The words that an editor offers, the other forms in which they are read, and what else may stand there.
fn any_of(words: Members, pattern: &str, more: Option<Members>) -> Members {
    let others = vec![word("type", "string"), word("pattern", pattern)];
    let all = [words, others].into_iter().chain(more).map(Node::Object).collect();
    vec![("anyOf".to_owned(), Node::List(all))]
}

/// What `Paper::parse` reads: a name of the table, or two sides from 50 to 5000 mm.
fn paper() -> String {
    let names = PAPERS.iter().map(|row| {
        let sixteen = format!("[1１]{SPACE}[6６]{SPACE}");
        let in_han = format!("({sixteen}|十{SPACE}六{SPACE})");
        let name = in_any_form(row.name).replace("[4４]", "[4４四]").replace("[8８]", "[8８八]");
        name.replace(&sixteen, &in_han)
    });
    let digit = |from: char, to: char| {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
        format!("[{from}-{to}{}-{}]{SPACE}", wide(from), wide(to))
    };
    let (any, zero, dot) = (digit('0', '9'), digit('0', '0'), format!("[.．]{SPACE}"));
    let whole = format!("{}{any}|{}{any}{any}|{}{any}{any}{any}", digit('5', '9'), digit('1', '9'), digit('1', '4'));
    let most = format!("{}{zero}{zero}{zero}({dot}({zero})*)?", digit('5', '5'));
    let side = format!("(({whole})({dot}({any})*)?|{most})");
    let unit = format!("([mMｍＭ]{SPACE}[mMｍＭ]{SPACE}|毫{SPACE}米{SPACE})?");
    let size = format!("^{SPACE}{side}[xXｘＸ×*＊✕]{SPACE}{side}{unit}$");
    names.chain([size]).collect::<Vec<_>>().join("|")
}

/// What a list must be beyond being one.
fn list(row: &KeyRow, entry: Members) -> Members {
    let most = if row.kind == Kind::Tables(TableId::Stage) { MAX_STAGES } else { MAX_ITEMS };
    let (least, most) = if row.count > 0 { (row.count, row.count) } else { (usize::from(row.required), most) };
    let mut members = vec![member("items", entry), word("maxItems", most)];
    if least > 0 {
        members.push(word("minItems", least));
    }
    if row.count > 0 && matches!(row.kind, Kind::Choices(_)) {
        members.push(word("uniqueItems", true));
    }
    members
}

fn range(min: f64, max: f64) -> Members {
    vec![word("minimum", min), word("maximum", max)]
}

/// A few words in both languages, with what they mean where editors of the Taplo family look for it.
fn one_of(choices: &[Choice], more: Option<Members>) -> Members {
    let forms =
        |choice: &Choice| if choice.name == choice.zh { vec![choice.name] } else { vec![choice.name, choice.zh] };
    let words = choices.iter().flat_map(|choice| {
        let about = format!("{}\n\n{}", choice.about.zh, choice.about.en);
        forms(choice).into_iter().map(move |word| (word, about.clone()))
    });
    let (words, abouts): (Vec<_>, Vec<_>) = words.unzip();
    let pattern = words.iter().map(|word| in_any_form(word)).collect::<Vec<_>>().join("|");
    let offered = vec![word("enum", words), word("x-taplo", json!({ "docs": { "enumValues": abouts } }))];
    any_of(offered, &pattern, more)
}
