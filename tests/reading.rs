//! Reading whatever bytes come: encodings, limits, damage, project files.

#![allow(clippy::disallowed_methods, reason = "tests measure time")]

mod support;

use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use riskchart::diag::{Code, Lang, Report, Severity};
use riskchart::input::keys::{KEYS, KeyRow, Kind, TableId};
use riskchart::{Entry, input};

const CHART: &str = "职权 = \"行政许可\"\n[[环节]]\n名称 = \"受理\"\n";

fn codes(report: &Report) -> Vec<Code> {
    report.diagnostics.iter().map(|told| told.code).collect()
}

fn power(bytes: &[u8]) -> (Option<String>, Vec<Code>) {
    let (chart, report) = support::check(bytes);
    (chart.map(|chart| chart.power.value), codes(&report))
}

#[test]
fn encodings_are_recognised_and_told() {
    let good = Some("行政许可".to_owned());
    let le: Vec<u8> = CHART.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = CHART.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(power(CHART.as_bytes()), (good.clone(), vec![]));
    assert_eq!(power(&[b"\xef\xbb\xbf", CHART.as_bytes()].concat()), (good.clone(), vec![]));
    assert_eq!(power(&GB18030.encode(CHART).0), (good.clone(), vec![Code::OtherEncoding]));
    assert_eq!(power(&[b"\xff\xfe".to_vec(), le.clone()].concat()), (good.clone(), vec![Code::OtherEncoding]));
    assert_eq!(power(&[b"\xfe\xff".to_vec(), be].concat()), (good.clone(), vec![Code::OtherEncoding]));
    assert_eq!(power(&le), (good, vec![Code::OtherEncoding]));
    // All Han characters here have GBK bytes that are UTF-8 too.
    let disguised = GB18030.encode("职权 = \"实施\"\n[[stage]]\nname = \"实施\"\n").0.into_owned();
    assert!(std::str::from_utf8(&disguised).is_ok());
    assert_eq!(power(&disguised), (Some("实施".to_owned()), vec![Code::OtherEncoding]));
    assert_eq!(power(b"\x89PNG\r\n\x1a\n\xff\xff"), (None, vec![Code::Undecodable]));
}

#[test]
fn line_ends_of_all_systems() {
    for ends in ["\r\n", "\r", "\n", "\u{2028}"] {
        let text = "职权 = \"行政许可\"\n备注 = [\"\"\"\n第一行\n第二行\"\"\"]\n[[环节]]\n名称 = \"受理\"\n"
            .replace('\n', ends);
        let (chart, report) = support::check(text.as_bytes());
        assert_eq!(codes(&report), vec![Code::LinesJoined], "{ends:?}");
        assert_eq!(chart.expect("a chart").notes[0].value, "第一行第二行");
    }
}

/// Runs on a small stack and says how long it took.
fn on_small_stack(bytes: Vec<u8>) -> (Vec<Code>, Duration) {
    let run = move || {
        let start = Instant::now();
        let (chart, report) = support::check(&bytes);
        assert!(chart.is_none());
        (codes(&report), start.elapsed())
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(run).expect("a thread");
    thread.join().expect("no overflow")
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = 100_000;
    let shapes = [
        format!("备注 = {}", "[".repeat(deep)),
        format!("备注 = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("备注 = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]\n", "a.".repeat(deep)),
        format!("[[{}a]]\n", "环节.".repeat(deep)),
        "[".repeat(deep),
        "【".repeat(deep),
    ];
    for shape in shapes {
        let (codes, took) = on_small_stack(shape.clone().into_bytes());
        let head: String = shape.chars().take(12).collect();
        assert!(
            codes.iter().any(|code| matches!(code, Code::TooDeep | Code::BadHeader | Code::Syntax)),
            "{head}: {codes:?}"
        );
        assert!(took < Duration::from_secs(10), "{head} took {took:?}");
    }
}

#[test]
fn limits_are_named_before_the_work_is_done() {
    let many = |n: usize, part: &str| part.repeat(n);
    let cases = [
        (vec![b'#'; (4 << 20) + 1], Code::FileTooLarge),
        (many(100_000, "[[环节]]\n名称 = \"受理\"\n").into_bytes(), Code::TooManyParts),
        (format!("stage = [{}]", many(100_000, "{},")).into_bytes(), Code::TooManyParts),
        (many(200_000, "＝＝“\n").into_bytes(), Code::TooManyParts),
        (many(49_000, "受理 受理 “受理\n").into_bytes(), Code::OtherFormat),
        (many(49_000, "[环节]\n").into_bytes(), Code::SingleBrackets),
        (format!("备注 = [\"{}\"]", many(600_000, "”，")).into_bytes(), Code::TextTooLong),
        (format!("备注 = [“{}", many(600_000, "”，")).into_bytes(), Code::TooManyParts),
        (format!("备注 = {{{}", many(400_000, "\"甲\" ")).into_bytes(), Code::BadKey),
        (format!("备注 = [\"{}", many(400_000, "”，甲")).into_bytes(), Code::UnclosedString),
        (many(1_000_000, "a　").into_bytes(), Code::MissingEquals),
        (many(500_000, "a = \"\" ").into_bytes(), Code::ExtraText),
        (format!("备注 = [{}", many(1_000_000, "\"\"a")).into_bytes(), Code::BadNumber),
        (format!("版面 = {{ 纸张 = \"{}\"甲 }}", many(1_000_000, "，")).into_bytes(), Code::UnclosedString),
        (format!("职权 = \"a\"\n{}", many(201, "[[环节]]\n名称 = \"受理\"\n")).into_bytes(), Code::TooMany),
        (format!("{CHART}材料 = [{}]", many(51, "\"甲\",")).into_bytes(), Code::TooMany),
        (format!("{CHART}说明 = \"{}\"", many(2001, "甲")).into_bytes(), Code::TextTooLong),
        (
            format!("{CHART}{}", many(150, &format!("[[环节]]\n名称 = \"{}\"\n", many(400, "甲")))).into_bytes(),
            Code::TooManyParts,
        ),
    ];
    for (at, (bytes, code)) in cases.into_iter().enumerate() {
        let (codes, took) = on_small_stack(bytes);
        let few: Vec<_> = codes.iter().take(4).collect();
        assert!(codes.contains(&code), "case {at}: {few:?}");
        assert!(codes.len() < 1000, "case {at}: {} problems", codes.len());
        assert!(took < Duration::from_secs(30), "case {at} took {took:?}");
    }
}

#[test]
fn at_the_limits_charts_are_read() {
    let stages: String = (0..200).map(|n| format!("[[环节]]\n名称 = \"环节{n}\"\n")).collect();
    let (chart, report) = support::check(format!("职权 = \"a\"\n{stages}").as_bytes());
    assert_eq!(codes(&report), vec![]);
    assert_eq!(chart.expect("a chart").stages.len(), 200);
    let (chart, _) = support::check(format!("{CHART}说明 = \"{}\"", "甲".repeat(2000)).as_bytes());
    assert!(chart.is_some());
}

/// A small generator of numbers (Knuth's MMIX constants): the same damage on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

#[test]
fn damaged_charts_are_told_within_their_text() {
    const MARKS: &[&str] = &[
        "“", "”", "\"", "'", "＝", "=", "[", "]", "【", "】", "{", "}", "，", ",", "\n", "　", "\u{200b}", "\\", "#",
        "：", ":", "。", "\u{feff}", "\"\"\"", "环节", "1.", "\u{202e}", "\0",
    ];
    let seed = format!(
        "{CHART}下一步 = [{{ 到 = \"办结\", 说明 = \"材料齐全\" }}]\n[[环节.风险]]\n风险等级 = \"高\"\n表现形式 = [\n  \"无故拖延。\",\n  \"刁难。\",\n]\n\
         [环节.措施]\n防控措施 = [\"限时办结。\"]\n责任人 = \"甲\"\n[[环节]]\n名称 = \"办结\"\n[版面]\n页边距 = [1, 2, 3, 4]\n"
    );
    let mut dice = Dice(20_250_301);
    for _ in 0..4000 {
        let mut chars: Vec<String> = seed.chars().map(String::from).collect();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(chars.len());
            match dice.roll(3) {
                0 => chars[at].clear(),
                1 => chars[at] = MARKS[dice.roll(MARKS.len())].to_owned(),
                _ => chars.insert(at, MARKS[dice.roll(MARKS.len())].to_owned()),
            }
        }
        let text = chars.concat();
        let (chart, report) = support::check(text.as_bytes());
        let failed = report.diagnostics.iter().any(|told| told.severity == Severity::Error);
        assert_eq!(chart.is_none(), failed, "{text}");
        for told in &report.diagnostics {
            let file = report.sources.files().first().expect("the chart");
            let spans = told
                .span
                .into_iter()
                .chain(told.edits.iter().map(|edit| edit.0))
                .chain(told.related.iter().map(|r| r.0));
            for span in spans {
                let range = span.start as usize..span.end as usize;
                assert!(file.text.get(range.clone()).is_some(), "{range:?} of {text:?}: {}", told.message(Lang::En));
            }
        }
    }
}

/// The text with every edit of its report made, each once.
fn mended(text: &str) -> String {
    let (_, report) = support::check(text.as_bytes());
    let mut edits: Vec<_> = report.diagnostics.into_iter().flat_map(|told| told.edits).collect();
    edits.sort();
    edits.dedup();
    let mut text = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, &new);
    }
    text
}

#[test]
fn edits_mend_what_they_are_offered_for() {
    let chart = |rest: &str| format!("职权 = \"行政许可\"\n{rest}");
    let cases = [
        (
            "[环节]\n名称 = \"受理\"\n[环节]\n名称 = \"审查\"\n",
            "[[环节]]\n名称 = \"受理\"\n[[环节]]\n名称 = \"审查\"\n",
        ),
        (
            "[[环节]]\n名称 = \"受理\"\n[[风险]]\n表现形式 = \"拖延。\"\n",
            "[[环节]]\n名称 = \"受理\"\n[[环节.风险]]\n表现形式 = \"拖延。\"\n",
        ),
        (
            "备注 = [\"带有倾向性,办理人情案(试行)。。\"]\n[[环节]]\n名称 = \"受　　理\"\n",
            "备注 = [\"带有倾向性，办理人情案（试行）。\"]\n[[环节]]\n名称 = \"受理\"\n",
        ),
        (
            "备注 = \"甲\"\n版本 = 1.0\n[[环节]]\nnmae = \"受理\"\n",
            "备注 = [\"甲\"]\n版本 = \"1.0\"\n[[环节]]\nname = \"受理\"\n",
        ),
        (
            "电话 = [\"监督电话：0355-2123456\", \"服务: 12388\"]\n[[环节]]\n名称 = \"受理\"\n",
            "电话 = { \"监督电话\" = \"0355-2123456\", \"服务\" = \"12388\" }\n[[环节]]\n名称 = \"受理\"\n",
        ),
    ];
    for (typed, expected) in cases {
        assert_eq!(mended(&chart(typed)), chart(expected), "{typed}");
    }
}

#[test]
fn both_places_of_a_double_are_told() {
    let text = "单位 = \"甲\"\n职权 = \"乙\"\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\nunit = 1\n[[环节]]\n名称 = \"受理\"\n名称 = \"办结\"\n";
    let places = |text: &str| {
        let (_, report) = support::check(text.as_bytes());
        let line = |span: riskchart::source::Span| report.sources.file(span.file).line(span.start as usize);
        let related = report.diagnostics.iter().filter(|told| !told.related.is_empty());
        related.map(|told| (told.span.map(line), line(told.related[0].0))).collect::<Vec<_>>()
    };
    assert_eq!(places(text), [(Some(9), 8)], "the second name of the second stage");
    assert_eq!(places(&format!("unit = \"丙\"\n{text}"))[0], (Some(2), 1));
}

#[test]
fn repairs_written_to_the_file_leave_nothing_to_repair() {
    let text = "职权＝“行政许可”，\n单位：市财政局\n【【环节】】\n名称　= \"受理”\n材料 = [申请表，“身份证”]\n";
    let (first, report) = support::check(text.as_bytes());
    assert!(!report.has_errors());
    let fixed = mended(text);
    assert_eq!(
        fixed,
        "职权=\"行政许可\"\n单位=\"市财政局\"\n[[环节]]\n名称 = \"受理\"\n材料 = [\"申请表\",\"身份证\"]\n"
    );
    let (second, report) = support::check(fixed.as_bytes());
    assert_eq!(codes(&report), vec![]);
    let names = |chart: Option<riskchart::model::Chart>| chart.map(|chart| (chart.power.value, chart.stages.len()));
    assert_eq!(names(first), names(second));
}

#[test]
fn project_defaults_hold_where_a_chart_says_nothing() {
    let project = "[默认]\n单位 = \"市财政局\"\n标题 = \"防控图\"\n[默认.电话]\n监督电话 = \"12388\"\n服务电话 = \"12345\"\n\
                   [默认.版面]\n纸张 = \"A2\"\n[版面]\n纸张 = \"A1\"\n出血 = 3\n[[等级定义]]\n名称 = \"一级\"\n";
    let text = format!("标题 = \"本图\"\n电话 = {{ 服务电话 = \"\" }}\n{CHART}");
    let (chart, report) = support::check_with(text.as_bytes(), Some(project));
    assert_eq!(codes(&report), vec![Code::EmptyPhone]);
    let chart = chart.expect("a chart");
    assert_eq!((chart.unit.expect("a unit").value, chart.title.value), ("市财政局".to_owned(), "本图".to_owned()));
    let phones: Vec<_> = chart.phones.iter().map(|p| (p.label.value.as_str(), p.number.value.as_str())).collect();
    assert_eq!(phones, [("监督电话", "12388"), ("服务电话", "")]);
    assert_eq!(chart.page.paper.expect("a paper").value.name, "A2");
    assert_eq!(chart.page.bleed.expect("a bleed").value, 3.0);
    assert_eq!(chart.levels[0].name.value, "一级");
}

#[test]
fn faults_of_the_project_file_point_into_it() {
    let (chart, report) = support::check_with(CHART.as_bytes(), Some("单位 = \"市财政局\"\n[默认]\n职全 = \"a\"\n"));
    assert!(chart.is_none());
    let places: Vec<_> = report
        .diagnostics
        .iter()
        .map(|told| {
            let span = told.span.expect("a place");
            let file = report.sources.file(span.file);
            (file.name.as_str(), file.line_column(span.start as usize).line, told.hints(Lang::Zh).concat())
        })
        .collect();
    let expected = [
        ("riskchart.toml", 1, "单位（unit）应写在 [默认] 下面".to_owned()),
        ("riskchart.toml", 3, "是否指 职权（power）？".to_owned()),
    ];
    assert_eq!(places, expected);
}

#[test]
fn a_chart_by_the_project_file_s_name_is_told_as_one() {
    let (_, report) = support::check_with(CHART.as_bytes(), Some(CHART));
    let hints: Vec<_> = report.diagnostics.iter().flat_map(|told| told.hints(Lang::Zh)).collect();
    let own = "如果这个文件是一张图，请另取文件名，例如 取水许可.toml：riskchart.toml 里只写各图共用的内容";
    assert_eq!(hints, ["职权（power）、环节（stage）应写在 [默认] 下面", own]);
    let (_, report) = support::check_with(CHART.as_bytes(), Some("标题 = \"防控图\"\n"));
    assert_eq!(report.diagnostics[0].hints(Lang::Zh), ["标题（title）应写在 [默认] 下面"]);
}

#[test]
fn the_project_file_says_what_is_written() {
    let files = support::Memory(
        [("riskchart.toml".to_owned(), "[输出]\n格式 = [\"PDF\", \"png\"]\n合订本 = \"全部\"\n".into())].into(),
    );
    let mut report = Report::default();
    let project = input::project(&files, "riskchart.toml", &mut report).expect("a project");
    let formats: Vec<_> = project.formats.iter().map(|format| format.value.as_str()).collect();
    assert_eq!((formats, project.book.map(|book| book.value)), (vec!["pdf", "png"], Some("全部".to_owned())));
    let entry = Entry { chart: "没有.toml".to_owned(), project: None };
    assert!(input::read(&files, &entry, &mut report).is_none());
    assert_eq!(codes(&report), vec![Code::Unreadable]);
}

/// A value that may be written for a key.
fn sample(row: &KeyRow) -> String {
    let words = |choices: &[input::keys::Choice]| {
        choices.iter().map(|choice| format!("\"{}\"", choice.name)).collect::<Vec<_>>().join(", ")
    };
    let table = |id| match id {
        TableId::Chart => "{ unit = \"甲\" }",
        TableId::Stage => "{ name = \"受理\" }",
        TableId::Level => "{ name = \"高\" }",
        TableId::Page => "{ margin = 15 }",
        TableId::Columns => "{ heads = [\"甲\", \"乙\", \"丙\"] }",
        TableId::Qr => "{ text = \"甲\" }",
        TableId::Labels => "{ level = \"甲\" }",
        TableId::Output => "{ book = \"甲\" }",
        TableId::Check => "{ strict = true }",
        TableId::Fonts => "{ folders = [\"甲\"] }",
        _ => "{ items = [\"甲。\"] }",
    };
    match (row.kind, row.name) {
        (_, "color") if row.table == TableId::Level => "\"#c00000\"".to_owned(),
        (_, "paper" | "tile") => "\"A4\"".to_owned(),
        (_, "allow") => "[\"item-ending\"]".to_owned(),
        (_, "rating") => "\"中\"".to_owned(),
        (_, "level") if row.table == TableId::Risk => "\"中\"".to_owned(),
        (_, "through" | "beside" | "to") => "\"办结\"".to_owned(),
        (Kind::Text | Kind::TextOrTable(_), _) => "\"实施甲\"".to_owned(),
        (Kind::Texts | Kind::TextOrTexts, _) => "[\"甲。\", \"乙。\", \"丙。\"]".to_owned(),
        (Kind::Date, _) => "2025-03-01".to_owned(),
        (Kind::Number(_, most, _), _) => most.to_string(),
        (Kind::Margin(..), _) => "[1, 2, 3, 4]".to_owned(),
        (Kind::Flag, _) => "true".to_owned(),
        (Kind::Choice(choices), _) => words(&choices[choices.len() - 1..]),
        (Kind::Choices(choices), _) => format!("[{}]", words(choices)),
        (Kind::TextsOrTables(_), _) => "[\"办结\"]".to_owned(),
        (Kind::Labelled, _) => "{ \"监督电话\" = \"12388\" }".to_owned(),
        (Kind::Table(id), _) => table(id).to_owned(),
        (Kind::Tables(id) | Kind::TableOrTables(id), _) => format!("[{}]", table(id)),
    }
}

/// A chart, or a project file, in which a key stands by this name.
fn with_key(row: &KeyRow, name: &str) -> String {
    let line = format!("{name} = {}\n", sample(row));
    let needed = [
        (TableId::Chart, "", "power = \"许可\"\n"),
        (TableId::Stage, "[[stage]]\n", "name = \"受理\"\n"),
        (TableId::Risk, "[[stage.risk]]\n", "items = [\"甲。\"]\n"),
        (TableId::Measure, "[[stage.measure]]\n", "items = [\"甲。\"]\n"),
        (TableId::Level, "[[level]]\n", "name = \"中\"\n"),
        (TableId::Page, "[page]\n", ""),
        (TableId::Font, "[page.font]\n", ""),
        (TableId::Columns, "[columns]\n", ""),
        (TableId::Qr, "[qr]\n", "text = \"甲\"\n"),
        (TableId::Labels, "[labels]\n", ""),
        (TableId::Output, "[output]\n", ""),
        (TableId::Check, "[check]\n", ""),
        (TableId::Fonts, "[fonts]\n", ""),
    ];
    let mut text = String::new();
    for (table, header, own) in needed {
        let project = row.table.is_of_projects();
        let always = !project && (table == TableId::Chart || (table == TableId::Stage && row.name != "stage"));
        if row.table == TableId::Project && table == TableId::Chart {
            text += &line;
        } else if row.table == table {
            text += header;
            text += if own.starts_with(&format!("{} =", row.name)) { "" } else { own };
            text += &line;
        } else if always {
            text += header;
            text += own;
        }
        if table == TableId::Stage && row.table == TableId::Link {
            let to = if row.name == "to" { "" } else { "to = \"办结\", " };
            text += &format!("next = [{{ {to}{} }}]\n", line.trim_end());
        }
        let last = table == TableId::Measure && !project && row.name != "stage";
        text += if last { "[[stage]]\nname = \"办结\"\n" } else { "" };
    }
    text
}

/// All that is read of a file, but for its places; problems by their kinds.
fn all_read(row: &KeyRow, bytes: &[u8]) -> (String, Vec<Code>) {
    let without_places = |read: String| {
        let mut parts = read.split("Span {");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('}').map_or("", |(_, rest)| rest))
    };
    let mut report = Report::default();
    let read = if row.table.is_of_projects() {
        let files = support::Memory([("riskchart.toml".to_owned(), bytes.to_vec())].into());
        let project = input::project(&files, "riskchart.toml", &mut report).expect("a project");
        let text = riskchart::source::decode(bytes).expect("a text").0;
        format!("{project:?} {:?}", support::check_with(CHART.as_bytes(), Some(&text)).0.expect("a chart"))
    } else {
        let (chart, told) = support::check(bytes);
        report = told;
        format!("{:?}", chart.unwrap_or_else(|| panic!("{report:?}")))
    };
    (without_places(read), codes(&report))
}

#[test]
fn every_key_says_the_same_by_its_chinese_name() {
    for row in KEYS {
        let english = all_read(row, with_key(row, row.name).as_bytes());
        for name in [row.zh.to_owned(), format!("\"{}\"", row.zh)] {
            let text = with_key(row, &name);
            assert_eq!(all_read(row, text.as_bytes()), english, "{text}");
            let (read, mut told) = all_read(row, &GB18030.encode(&text).0);
            told.retain(|code| *code != Code::OtherEncoding);
            assert_eq!((read, told), english, "GBK: {text}");
        }
    }
}

#[test]
fn a_text_cut_within_a_character_is_no_mix_of_encodings() {
    let bytes = CHART.as_bytes();
    for length in bytes.len() - 12..bytes.len() {
        let whole = std::str::from_utf8(&bytes[..length]).is_ok();
        assert_eq!(power(&bytes[..length]).1.contains(&Code::CutShort), !whole, "{length}");
    }
}
