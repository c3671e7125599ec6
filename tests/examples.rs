//! The examples in the table of problems: each bad one has the problem, each good one doesn't.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

#[path = "support/print.rs"]
mod print;
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use print::OURS;
use riskchart::diag::{CODES, Code, CodeRow, Lang, Report};
use riskchart::font::FontBook;
use riskchart::{Entry, Options, compile};

/// An example as a whole chart: with a power and a stage where it has none.
fn whole(example: &str) -> String {
    let mut chart = String::new();
    if !["职权 =", "职权:", "power ="].iter().any(|key| example.contains(key)) {
        chart.push_str("职权 = \"行政许可\"\n");
    }
    chart.push_str(example);
    if !example.contains("环节") && !example.contains("stage") {
        chart.push_str("\n[[环节]]\n名称 = \"受理\"\n");
    }
    chart
}

fn found(report: &Report) -> Vec<(&'static str, String)> {
    report.diagnostics.iter().map(|d| (d.code.row().slug, d.message(Lang::Zh))).collect()
}

/// What is told of an example: as it is read, and drawn where its problem is one of drawing.
fn problem(row: &CodeRow, example: &str) -> Report {
    let chart = whole(example);
    if row.code < Code::MissingGlyph {
        return support::check(chart.as_bytes()).1;
    }
    let mut files = drawn_with();
    files.insert("图.toml".to_owned(), chart.into_bytes());
    let entry = Entry { chart: "图.toml".to_owned(), project: None };
    let fonts = FONTS.get_or_init(|| Arc::new(FontBook::embedded()));
    let options = Options { fonts: Arc::clone(fonts), paper: None, orientation: None, theme: None, stamp: false };
    match compile(&support::Memory(files), &entry, &options) {
        Ok((_, report)) | Err(report) => report,
    }
}

static FONTS: OnceLock<Arc<FontBook>> = OnceLock::new();

/// The files that examples name.
fn drawn_with() -> BTreeMap<String, Vec<u8>> {
    let svg =
        |inner: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inner}</svg>").into_bytes();
    let files = [
        ("徽标.svg", svg("<path d='M0 0h9v9z'/>")),
        ("五千万像素的照片.png", vec![b' '; (1 << 20) + 1]),
        ("徽标.jpg", b"\xff\xd8\xff\xee\0\x0eAdobe".to_vec()),
        ("含脚本的徽标.svg", svg("<script/>")),
        ("未转曲的徽标.svg", svg("<text>章</text>")),
        ("印刷机.icc", include_bytes!("../src/export/pdf/press/coated.icc").to_vec()),
        ("屏幕.icc", b"no profile of a press".to_vec()),
    ];
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// Rows with examples.
fn rows() -> impl Iterator<Item = &'static CodeRow> {
    CODES.iter().filter(|row| !row.bad.is_empty())
}

#[test]
fn bad_examples_have_the_one_problem() {
    let mut wrong = Vec::new();
    for row in rows() {
        let report = problem(row, row.bad);
        if report.diagnostics.is_empty() || report.diagnostics.iter().any(|d| d.code != row.code) {
            wrong.push((row.slug, found(&report)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn good_examples_have_no_problem() {
    let mut wrong = Vec::new();
    for row in rows() {
        let report = problem(row, row.good);
        if !report.diagnostics.is_empty() {
            wrong.push((row.slug, found(&report)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_bullet_of_a_word_processor_is_told_as_one() {
    let row = Code::MissingGlyph.row();
    let hints: Vec<_> = problem(row, row.bad).diagnostics.iter().flat_map(|told| told.hints(Lang::Zh)).collect();
    assert_eq!(hints, ["U+E000 多半是从 Word 复制来的项目符号，请删去"]);
}

#[test]
fn every_blank_is_filled() {
    for row in rows() {
        for problem in &problem(row, row.bad).diagnostics {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!problem.message(lang).contains(['{', '}']), "{}", problem.message(lang));
                for name in
                    problem.code.row().message.get(lang).split('{').skip(1).filter_map(|part| part.split('}').next())
                {
                    assert!(
                        problem.values.iter().any(|(key, _)| *key == name),
                        "{}: {name} is not filled",
                        problem.code.row().slug
                    );
                }
            }
        }
    }
}

/// Where problems are tried that no chart of a few lines has: those of bytes, sizes, several files, documents, and of
/// pictures that the program would have to draw wrongly. The test of each names its code.
const TRIED_ELSEWHERE: &[(&str, &str, &[Code])] = &[
    ("tests/reading.rs", "the_project_file_says_what_is_written", &[Code::Unreadable]),
    ("tests/reading.rs", "encodings_are_recognised_and_told", &[Code::Undecodable, Code::OtherEncoding]),
    ("tests/reading.rs", "a_text_cut_within_a_character_is_no_mix_of_encodings", &[Code::CutShort]),
    (
        "tests/reading.rs",
        "limits_are_named_before_the_work_is_done",
        &[Code::FileTooLarge, Code::TooManyParts, Code::TextTooLong],
    ),
    ("tests/cases/encodings-mixed.toml", "", &[Code::MixedEncodings]),
    ("tests/cases/empty-file.toml", "", &[Code::EmptyFile]),
    ("tests/sheets.rs", "logos_and_codes_that_cannot_be_drawn_are_told_on_their_line", &[Code::QrTooLong]),
    ("src/scene/verify.rs", "every_fault_is_told", &OURS),
    ("tests/cli/beside.rs", "a_copy_is_told_in_its_folder_alone", &[Code::SameContent]),
    ("tests/cli/beside.rs", "a_gap_is_told_where_the_whole_folder_is_seen", &[Code::SeriesGap]),
    ("tests/cli/beside.rs", "a_unit_of_another_name_is_told", &[Code::UnitDiffers]),
    ("tests/cli/press.rs", "a_profile_that_nothing_uses_is_noted", &[Code::ProfileUnused]),
    ("tests/cli/main.rs", "charts_of_one_name_are_told_and_not_written", &[Code::NameClash]),
    ("src/cli/work/mod.rs", "a_panic_while_finishing_is_a_fault_of_one_chart", &[Code::InternalFault]),
    (
        "tests/office/questions.rs",
        "documents_that_cannot_be_read_say_why",
        &[
            Code::DocumentDamaged,
            Code::DocumentEncrypted,
            Code::DocumentOld,
            Code::DocumentKind,
            Code::DocumentUnsafe,
            Code::DocumentTooLarge,
            Code::DocumentPictures,
            Code::DocumentNoChart,
        ],
    ),
    (
        "tests/office/questions.rs",
        "cells_that_leave_something_open_are_asked_about",
        &[
            Code::ImportLevel,
            Code::ImportLevelUnclear,
            Code::ImportScale,
            Code::ImportTwice,
            Code::ImportNoPower,
            Code::ImportColumn,
            Code::ImportTruncated,
        ],
    ),
    (
        "tests/office/questions.rs",
        "what_workbooks_hide_or_leave_empty_is_asked_about",
        &[Code::ImportEmptyCell, Code::ImportHidden, Code::ImportFormula],
    ),
    (
        "tests/office/questions.rs",
        "boxes_that_stand_nowhere_in_particular_are_asked_about",
        &[Code::ImportUnplaced, Code::ImportSpan],
    ),
    (
        "tests/office/questions.rs",
        "lines_and_words_that_lead_nowhere_are_asked_about",
        &[Code::ImportArrow, Code::ImportLeftover],
    ),
];

/// What a test does.
fn body<'t>(text: &'t str, test: &str) -> Option<&'t str> {
    let (_, body) = text.split_once(&format!("fn {test}() {{"))?;
    let end = body.find("#[test]").unwrap_or(body.len());
    Some(&body[..end])
}

#[test]
fn every_code_is_tried_here_or_in_a_test_that_names_it() {
    let here = rows().map(|row| row.code);
    let elsewhere = TRIED_ELSEWHERE.iter().flat_map(|(.., codes)| codes.iter().copied());
    let mut tried: Vec<Code> = here.chain(elsewhere).collect();
    tried.sort_unstable();
    assert_eq!(tried, CODES.iter().map(|row| row.code).collect::<Vec<_>>(), "each once");
    for (file, test, codes) in TRIED_ELSEWHERE {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file);
        // A case of mixed encodings is in none.
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let body = if test.is_empty() { text.as_str() } else { body(&text, test).expect(test) };
        for code in *codes {
            let named = body.contains(&format!("Code::{code:?}")) || body.contains(code.row().slug);
            assert!(named, "{file}: {test} does not name {code:?}");
        }
    }
}
