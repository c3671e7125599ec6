//! The JSON Schema against the charts of the project and against mistakes.
//!
//! Validated by a small validator of the keywords that the schema has; a keyword it does not know fails the test.

#![allow(clippy::disallowed_methods, reason = "tests run the program and read files of the project")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use riskchart::diag::{Report, Severity};
use riskchart::input::keys::{KEYS, Kind, TableId};
use riskchart::input::{self, Table, Value as Written};
use riskchart::paper::{PAPERS, Paper};
use riskchart::{Entry, Host, ReadFault, color::Rgb};
use serde_json::{Map, Value, json};

fn schema(more: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riskchart"));
    let output = command.arg("schema").args(more).env_clear().output().expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What is wrong with a value, as paths with the keyword that refuses them; members of `anyOf` count as one.
fn faults(schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let words = schema.as_object().expect("a schema");
    words.iter().flat_map(|(word, rule)| refused(words, word, rule, value, path)).collect()
}

fn refused(words: &Map<String, Value>, word: &str, rule: &Value, value: &Value, path: &str) -> Vec<String> {
    let number = || rule.as_f64().expect("a number");
    let list = || rule.as_array().expect("a list").iter();
    let length = |value: &Value| value.as_str().map(|text| text.chars().count() as f64);
    let count = |value: &Value| value.as_array().map(|items| items.len() as f64);
    let holds = match word {
        "$schema" | "title" | "description" | "default" | "x-taplo" => true,
        "type" => {
            let types = rule.as_array().map_or_else(|| vec![rule.clone()], Clone::clone);
            types.iter().any(|one| is_of(value, one.as_str().expect("a type")))
        }
        "enum" => list().any(|one| one == value),
        "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().expect("a pattern"), text)),
        "maxLength" => length(value).is_none_or(|length| length <= number()),
        "minimum" => value.as_f64().is_none_or(|value| value >= number()),
        "maximum" => value.as_f64().is_none_or(|value| value <= number()),
        "minItems" => count(value).is_none_or(|count| count >= number()),
        "maxItems" => count(value).is_none_or(|count| count <= number()),
        "maxProperties" => value.as_object().is_none_or(|members| members.len() as f64 <= number()),
        "uniqueItems" => {
            value.as_array().is_none_or(|items| items.iter().enumerate().all(|(at, item)| !items[..at].contains(item)))
        }
        "required" => value.as_object().is_none_or(|members| list().all(|key| members.contains_key(text(key)))),
        "anyOf" => list().any(|one| faults(one, value, path).is_empty()),
        "not" => !faults(rule, value, path).is_empty(),
        "allOf" => return list().flat_map(|one| faults(one, value, path)).collect(),
        _ => return within(words, word, rule, value, path),
    };
    if holds { Vec::new() } else { vec![format!("{path} {word}")] }
}

/// The keywords that look into tables and lists.
fn within(words: &Map<String, Value>, word: &str, rule: &Value, value: &Value, path: &str) -> Vec<String> {
    let members = || value.as_object().into_iter().flatten();
    match word {
        "items" => {
            let items = value.as_array().into_iter().flatten().enumerate();
            items.flat_map(|(at, item)| faults(rule, item, &format!("{path}/{at}"))).collect()
        }
        "properties" => {
            let known = members().filter_map(|(key, value)| rule.get(key).map(|rule| (key, rule, value)));
            known.flat_map(|(key, rule, value)| faults(rule, value, &format!("{path}/{key}"))).collect()
        }
        "additionalProperties" => {
            let known = |key: &str| words.get("properties").is_some_and(|known| known.get(key).is_some());
            let others = members().filter(|(key, _)| !known(key));
            let told = others.flat_map(|(key, value)| match rule {
                Value::Bool(allowed) if *allowed => Vec::new(),
                Value::Bool(_) => vec![format!("{path}/{key} additionalProperties")],
                rule => faults(rule, value, &format!("{path}/{key}")),
            });
            told.collect()
        }
        "dependencies" => {
            let rules = rule.as_object().expect("a table").iter();
            let met = rules.filter(|(key, _)| value.get(key).is_some());
            met.filter(|(_, rule)| !faults(rule, value, path).is_empty())
                .map(|(key, _)| format!("{path}/{key} dependencies"))
                .collect()
        }
        _ => panic!("the validator doesn't know `{word}`"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        _ => panic!("the validator doesn't know the type `{name}`"),
    }
}

/// Whether a text has a pattern of the schema, which all are of the part that JavaScript and Rust share.
fn matches(pattern: &str, text: &str) -> bool {
    let pattern = if pattern == "\\S" { "[^\\s\u{3000}]" } else { pattern };
    regex_lite::Regex::new(pattern).expect("a pattern").is_match(text)
}

struct Disk;

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(std::fs::read(path)?)
    }
}

/// A chart as riskchart reads it, with English keys.
fn read(path: &Path) -> Value {
    let entry = Entry { chart: path.to_string_lossy().into_owned(), project: None };
    let table = input::read(&Disk, &entry, &mut Report::default());
    as_json(&Written::Table(table.unwrap_or_else(|| panic!("{}", path.display()))))
}

fn as_json(value: &Written) -> Value {
    match value {
        Written::String(text) | Written::Datetime(text) => json!(text),
        Written::Integer(number) => json!(number),
        Written::Float(number) => json!(number),
        Written::Boolean(flag) => json!(flag),
        Written::Array(items) => items.iter().map(|item| as_json(&item.value)).collect(),
        Written::Table(Table { entries, .. }) => {
            Value::Object(entries.iter().map(|(key, value)| (key.value.clone(), as_json(&value.value))).collect())
        }
    }
}

/// The same with Chinese keys and Chinese words.
fn in_chinese(value: &Value, id: TableId) -> Value {
    let named = |(key, value): (&String, &Value)| {
        let row = id.key(key).unwrap_or_else(|| panic!("{id:?} has no key {key}"));
        let word = |value: &Value| match (row.kind, value) {
            (Kind::Choice(choices) | Kind::Choices(choices), Value::String(text)) => {
                json!(choices.iter().find(|choice| choice.name == text).map_or(text.as_str(), |choice| choice.zh))
            }
            (kind, Value::Object(_)) => kind.table().map_or_else(|| value.clone(), |id| in_chinese(value, id)),
            _ => value.clone(),
        };
        let value = match value {
            Value::Array(items) => items.iter().map(word).collect(),
            other => word(other),
        };
        (row.zh.to_owned(), value)
    };
    Value::Object(value.as_object().expect("a table").iter().map(named).collect())
}

fn charts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = ["charts", "examples"].into_iter().flat_map(|folder| {
        std::fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path())
    });
    let mut charts: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|name| name == "toml") && !path.ends_with("riskchart.toml"))
        .collect();
    charts.sort();
    charts
}

#[test]
fn every_chart_of_the_project_is_accepted_under_either_names() {
    let schema = schema(&[]);
    let charts = charts();
    assert!(charts.len() > 10, "{charts:?}");
    for path in charts {
        let chart = read(&path);
        assert_eq!(faults(&schema, &chart, ""), Vec::<String>::new(), "{}", path.display());
        let chinese = in_chinese(&chart, TableId::Chart);
        assert!(chinese.get("职权").is_some() && chinese.get("power").is_none());
        assert_eq!(faults(&schema, &chinese, ""), Vec::<String>::new(), "{}", path.display());
    }
}

/// A chart that has nothing wrong, with some of its keys replaced; null takes a key out.
fn with(changes: Value) -> Value {
    let mut chart = json!({
        "power": "行政检查",
        "date": "2025-03-01",
        "phones": { "监督电话": "", "服务电话": 12345678 },
        "stage": [
            {
                "name": "立案",
                "shape": "判断",
                "next": ["检查", { "to": "检查", "label": "发现新线索" }],
                "risk": { "level": "中", "items": ["无检查方案。"] },
                "measure": [{ "items": ["执行回避制度。"], "responsible": ["甲", "乙"] }],
            },
            { "名称": "检查", "措施": { "责任人": "甲" } },
        ],
        "page": { "paper": "大度4开", "margin": [10, 12.5, 10, 10], "marks": "否", "font": { "title": "宋体" } },
        "columns": { "order": ["risk", "流程", "measure"], "heads": ["甲", "乙", "丙"] },
        "等级定义": [{ "name": "高", "color": "#c00000" }],
    });
    for (key, value) in changes.as_object().expect("changes") {
        let members = chart.as_object_mut().expect("a chart");
        if value.is_null() {
            members.remove(key)
        } else {
            members.insert(key.clone(), value.clone())
        };
    }
    chart
}

/// What no schema can know: what texts say of each other, and characters.
const BEYOND_A_SCHEMA: &[&str] = &[
    "backward-span",
    "bad-order",
    "beside-beside",
    "beside-itself",
    "bidi-control",
    "control-character",
    "duplicate-level",
    "duplicate-next",
    "duplicate-stage",
    "identity-number",
    "margin-too-large",
    "next-itself",
    "unknown-level",
    "unknown-rating",
    "unknown-stage",
];

#[test]
fn what_the_reader_accepts_is_accepted_and_nothing_else() {
    let schema = schema(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut accepted, mut refused) = (0, 0);
    for path in std::fs::read_dir(folder).expect("tests/cases").map(|entry| entry.expect("an entry").path()) {
        let bytes = std::fs::read(&path).expect("readable");
        let Ok((text, _)) = riskchart::source::decode(&bytes) else { continue };
        // What isn't TOML is no matter of a schema; what is put right is written out first.
        let Some(text) = input::with_repairs(&text, TableId::Chart) else { continue };
        let Ok(table) = toml::de::DeTable::parse(&text) else { continue };
        let (_, report) = support::check(text.as_bytes());
        let errors = report.diagnostics.iter().filter(|told| told.severity == Severity::Error);
        let errors: Vec<_> =
            errors.map(|told| told.code.row().slug).filter(|slug| !BEYOND_A_SCHEMA.contains(slug)).collect();
        let found = faults(&schema, &plain(&toml::de::DeValue::Table(table.into_inner())), "");
        assert_eq!(found.is_empty(), errors.is_empty(), "{}: {found:?}, but {errors:?}", path.display());
        if errors.is_empty() { accepted += 1 } else { refused += 1 }
    }
    assert!(accepted > 30 && refused > 10, "{accepted} accepted, {refused} refused");
}

#[test]
fn words_are_accepted_in_every_form_that_is_read() {
    let schema = schema(&[]);
    let page = |key: &str, value: Value| faults(&schema, &with(json!({ "page": { key: value } })), "");
    for paper in [
        "Ａ３",
        "６００x９００mm",
        "600 × 900 毫米",
        "大度 四开",
        "正度十六开",
        "a4",
        "",
        "  ",
        "49x100",
        "5001x60",
        "5000x50",
        "5000.5x60",
        "50.5*60",
        "A6",
        "x",
        "600x",
        "600x900cm",
    ] {
        let read = paper.trim().is_empty() || Paper::parse(paper).is_some();
        assert_eq!(page("paper", json!(paper)).is_empty(), read, "{paper}");
    }
    for row in PAPERS {
        assert!(page("paper", json!(row.name)).is_empty(), "{}", row.name);
    }
    for flag in ["True", "ＴＲＵＥ", " 是", "FALSE", "否"] {
        assert!(page("marks", json!(flag)).is_empty(), "{flag}");
    }
    for (key, word) in [("color", "CMYK"), ("color", "四 色"), ("numbering", "(1)"), ("orientation", "Ｌandscape")] {
        assert!(page(key, json!(word)).is_empty(), "{word}");
    }
    assert!(!page("color", json!("cmy")).is_empty() && !page("marks", json!("y")).is_empty());
    let date = |date: &str| faults(&schema, &with(json!({ "date": date })), "");
    assert!(date("2025-03-01").is_empty() && date("2025年3月").is_empty() && date("").is_empty());
    for time in ["2025-03-01T08:00:00", "2025-03-01 08:00:00", "08:00:00"] {
        assert_eq!(date(time), ["/date not"], "{time}");
    }
    for color in ["#c00", "#C00000", " #c00000 ", "", "c00000", "#c0000", "红"] {
        let read = color.is_empty() || Rgb::parse(color).is_some();
        let level = with(json!({ "等级定义": [{ "name": "高", "color": color }] }));
        assert_eq!(faults(&schema, &level, "").is_empty(), read, "{color}");
    }
}

#[test]
fn mistakes_are_refused_where_they_are() {
    let schema = schema(&[]);
    let check = |changes: Value, expected: &[&str]| {
        assert_eq!(faults(&schema, &with(changes.clone()), ""), expected, "{changes}");
    };
    let stage = |key: &str, value: Value| json!({ "stage": [{ "name": "立案", key: value }] });
    let page = |key: &str, value: Value| json!({ "page": { key: value } });
    check(json!({}), &[]);
    check(json!({ "power": null, "职权": "行政检查" }), &[]);
    check(page("paper", json!("600x900mm")), &[]);
    check(page("paper", json!("a3")), &[]);
    check(page("font", json!("宋体")), &[]);
    check(stage("next", json!([])), &[]);

    check(json!({ "power": null }), &[" anyOf"]);
    check(json!({ "power": "　" }), &["/power pattern"]);
    check(json!({ "职权": "行政检查" }), &["/职权 dependencies"]);
    check(json!({ "power": 1 }), &["/power type"]);
    check(json!({ "stage": null }), &[" anyOf"]);
    check(json!({ "stage": [] }), &["/stage minItems"]);
    check(json!({ "stage": { "name": "立案" } }), &["/stage type"]);
    check(json!({ "stage": [{}] }), &["/stage/0 anyOf"]);
    check(json!({ "nmae": "x" }), &["/nmae additionalProperties"]);
    check(json!({ "date": 2025 }), &["/date type"]);
    check(json!({ "phones": { "监督电话": true } }), &["/phones/监督电话 type"]);
    check(json!({ "notes": "一条" }), &[]);
    check(json!({ "notes": "" }), &["/notes pattern"]);
    check(json!({ "notes": 1 }), &["/notes type"]);
    check(json!({ "qr": { "label": "监督" } }), &["/qr anyOf"]);
    check(stage("nmae", json!("x")), &["/stage/0/nmae additionalProperties"]);
    check(stage("shape", json!("菱形")), &["/stage/0/shape anyOf"]);
    check(stage("next", json!("检查")), &[]);
    check(stage("next", json!(true)), &["/stage/0/next type"]);
    check(stage("next", json!([{ "label": "是" }])), &["/stage/0/next/0 anyOf"]);
    check(stage("materials", json!([""])), &["/stage/0/materials/0 pattern"]);
    check(stage("风险", json!([{ "itmes": [] }])), &["/stage/0/风险/0/itmes additionalProperties"]);
    check(stage("measure", json!({ "responsible": 3 })), &["/stage/0/measure/responsible type"]);
    check(stage("note", json!("长".repeat(2001))), &["/stage/0/note maxLength"]);
    check(page("paper", json!("报纸")), &["/page/paper anyOf"]);
    check(page("margin", json!([1, 2, 3])), &["/page/margin minItems"]);
    check(page("bleed", json!(50)), &["/page/bleed maximum"]);
    check(page("min_size", json!("9")), &["/page/min_size type"]);
    check(page("marks", json!("有")), &["/page/marks anyOf"]);
    check(json!({ "columns": { "order": ["risk", "risk", "flow"] } }), &["/columns/order uniqueItems"]);
    check(json!({ "columns": { "heads": ["甲", "乙"] } }), &["/columns/heads minItems"]);
    check(json!({ "等级定义": [{ "name": "高", "color": "红" }] }), &["/等级定义/0/color pattern"]);
}

#[test]
fn the_project_file_has_a_schema_of_its_own() {
    let schema = schema(&["--project"]);
    let project = read_project("charts/riskchart.toml");
    assert_eq!(faults(&schema, &project, ""), Vec::<String>::new());
    let template = read_project("src/cli/commands/templates/riskchart.toml");
    assert_eq!(faults(&schema, &template, ""), Vec::<String>::new());
    // What a chart must have, its project's defaults need not.
    assert_eq!(faults(&schema, &json!({ "defaults": { "qr": { "label": "监督" } } }), ""), Vec::<String>::new());
    for (wrong, fault) in [
        (json!({ "power": "行政检查" }), "/power additionalProperties"),
        (json!({ "output": { "formats": ["word"] } }), "/output/formats anyOf"),
        (json!({ "输出": { "formats": ["svg"], "格式": ["pdf"] } }), "/输出/格式 dependencies"),
        (json!({ "defaults": { "stage": [{}] } }), "/defaults/stage/0 anyOf"),
        (json!({ "level": [{ "color": "#c00000" }] }), "/level/0 anyOf"),
    ] {
        assert_eq!(faults(&schema, &wrong, ""), [fault], "{wrong}");
    }
}

/// A project file; those of this project are TOML as they stand.
fn read_project(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(path).expect("readable");
    let table = toml::de::DeTable::parse(&text).expect("TOML");
    plain(&toml::de::DeValue::Table(table.into_inner()))
}

fn plain(value: &toml::de::DeValue<'_>) -> Value {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => json!(number.as_str().parse::<i64>().expect("a number")),
        DeValue::Float(number) => json!(number.as_str().parse::<f64>().expect("a number")),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| plain(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let member = |key: &str, value: &toml::de::DeValue<'_>| (key.to_owned(), plain(value));
            Value::Object(table.iter().map(|(key, value)| member(key.get_ref(), value.get_ref())).collect())
        }
    }
}

#[test]
fn every_key_is_described_in_both_languages_without_references() {
    let (chart, project) = (schema(&[]), schema(&["--project"]));
    for text in [chart.to_string(), project.to_string()] {
        assert!(!text.contains("$ref"));
    }
    for row in KEYS {
        let text = if row.table.is_of_projects() { &project } else { &chart }.to_string();
        let about = json!(format!("：{}", row.about.zh)).to_string();
        assert!(text.contains(about.trim_matches('"')), "{} {}", row.name, row.about.zh);
        let about = json!(row.about.en).to_string();
        assert!(text.contains(about.trim_matches('"')), "{} {}", row.name, row.about.en);
    }
    let paper = &chart["properties"]["版面"]["properties"]["纸张"];
    assert_eq!(paper["default"], "A3");
    assert_eq!(paper["anyOf"][0]["enum"].as_array().map(Vec::len), Some(PAPERS.len()));
    let shape = &chart["properties"]["stage"]["items"]["properties"]["shape"];
    let words = json!(["step", "步骤", "decision", "判断", "start", "开始", "end", "结束"]);
    assert_eq!((&shape["anyOf"][0]["enum"], &shape["default"]), (&words, &json!("step")));
}
