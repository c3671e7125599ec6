//! Composition held against the rules over real texts, at every width, in every Chinese face.
//!
//! The checks here are written from GB/T 15834-2011 and the rules' words, not from the composer's own tables.

use riskchart::font::{FaceId, FontBook};
use riskchart::text::{Fragment, Line, Paragraph, Setting};
use riskchart::unit::Em;

const ITEMS: &str = include_str!("data/items.txt");
const HARD: &str = include_str!("data/hard.txt");

const NO_START: &str = "。，、；：？！”’）》〉】〕」』-–—～·/%‰℃°㎡㎏";
const NO_END: &str = "“‘（《〈【〔「『￥№§/";

struct Case<'a> {
    text: &'a str,
    face: &'static str,
    paragraph: Paragraph,
}

fn cases<'a>(texts: &'a str, faces: &[&'static str]) -> Vec<Case<'a>> {
    let book = FontBook::embedded();
    let mut cases = Vec::new();
    for &face in faces {
        let id: FaceId = book.find(face, false).expect("embedded");
        for text in texts.lines() {
            let fragment = Fragment { text, face: id, span: None };
            cases.push(Case { text, face, paragraph: Paragraph::prepare(&book, &[fragment]).expect(text) });
        }
    }
    cases
}

/// 6 to 40 em in quarters.
fn measures() -> impl Iterator<Item = Em> {
    (24..=160).map(|quarters| Em::milli(quarters * 250))
}

fn text_of<'a>(line: &Line, text: &'a str) -> &'a str {
    let (first, last) = (&line.glyphs[0], &line.glyphs[line.glyphs.len() - 1]);
    &text[first.source.start as usize..last.source.end as usize]
}

fn characters(line: &str) -> usize {
    line.chars().filter(|&c| !NO_START.contains(c) && !NO_END.contains(c) && c != '…').count()
}

/// What is wrong with these lines, by the rules; nothing if all is well.
fn faults(lines: &[&str]) -> Option<&'static str> {
    for pair in lines.windows(2) {
        let (end, start) = (pair[0].chars().next_back()?, pair[1].chars().next()?);
        let dashes = pair[1].starts_with("——");
        if NO_START.contains(start) && !dashes {
            return Some("a line begins with what may not begin one");
        }
        if NO_END.contains(end) {
            return Some("a line ends with what may not end one");
        }
        if (end == '—' && start == '—') || (end == '…' && start == '…') {
            return Some("a dash or ellipsis is split");
        }
        let adjacent = pair[0].as_bytes().as_ptr_range().end == pair[1].as_ptr();
        if adjacent && end.is_ascii_alphanumeric() && start.is_ascii_alphanumeric() {
            return Some("a word or number is split");
        }
        if end.is_ascii_digit() && "年月日元万条号个名".contains(start) {
            return Some("a number is parted from its counter");
        }
        if pair[0].ends_with("责任人：") {
            return Some("a label ends a line");
        }
    }
    (lines.len() > 1 && characters(lines[lines.len() - 1]) < 2).then_some("the last line is a lone character")
}

#[test]
fn no_item_of_the_seven_charts_breaks_a_rule_at_any_width() {
    let mut last_of_two = 0;
    for case in cases(ITEMS, &["hei", "song", "kai"]) {
        for measure in measures() {
            let lines = case.paragraph.lines(measure, Setting::Body);
            let shown: Vec<&str> = lines.iter().map(|line| text_of(line, case.text)).collect();
            assert_eq!(faults(&shown), None, "{} {measure:?} {shown:?}", case.face);
            assert!(lines.iter().all(|line| line.width <= measure && !line.emergency), "{shown:?}");
            assert_eq!(shown.concat(), case.text);
            last_of_two += usize::from(shown.len() > 1 && characters(shown[shown.len() - 1]) < 3);
        }
    }
    assert_eq!(last_of_two, 0, "last lines of two characters");
}

#[test]
fn hard_texts_break_no_rule_where_no_address_must_be_cut() {
    for case in cases(HARD, &["hei", "song", "kai"]) {
        for measure in measures() {
            let lines = case.paragraph.lines(measure, Setting::Body);
            if lines.iter().any(|line| line.emergency) {
                continue;
            }
            let shown: Vec<&str> = lines.iter().map(|line| text_of(line, case.text)).collect();
            assert_eq!(faults(&shown), None, "{} {measure:?} {shown:?}", case.face);
            assert!(lines.iter().all(|line| line.width <= measure));
        }
    }
}

#[test]
fn counting_lines_gives_what_setting_them_gives_and_never_rises() {
    let texts = [ITEMS, HARD].concat();
    for case in cases(&texts, &["hei", "kai"]) {
        for setting in [Setting::Body, Setting::Balanced] {
            let mut before = usize::MAX;
            for measure in (8..=330).map(|eighths| Em::milli(eighths * 125)) {
                let count = case.paragraph.count_lines(measure);
                assert_eq!(count, case.paragraph.lines(measure, setting).len(), "{} {measure:?}", case.text);
                assert!(count <= before, "{} rises at {measure:?}", case.text);
                before = count;
            }
        }
    }
}

/// Texts of no sense, the same in every run: pieces that meet in all orders.
fn nonsense(count: usize) -> String {
    const PIECES: [&str; 44] = [
        "检",
        "查",
        "的",
        "一",
        "三",
        "第",
        "年",
        "个",
        "，",
        "。",
        "、",
        "：",
        "？",
        "！",
        "“",
        "”",
        "（",
        "）",
        "《",
        "》",
        "〔",
        "〕",
        "——",
        "…",
        "……",
        "—",
        "·",
        "/",
        "A",
        "b1",
        "2016",
        "1.1",
        "50%",
        "￥",
        " ",
        " of ",
        "(",
        ")",
        "a.b/c@d",
        "-",
        "责任人：",
        "℃",
        "与",
        "\u{3000}",
    ];
    let mut state = 2018u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    let mut text = String::new();
    for _ in 0..count {
        let length = 2 + next(26);
        (0..length).for_each(|_| text.push_str(PIECES[next(PIECES.len())]));
        text.push('\n');
    }
    text
}

#[test]
fn counting_holds_for_texts_of_no_sense() {
    for case in cases(&nonsense(400), &["hei", "kai"]) {
        for setting in [Setting::Body, Setting::Balanced] {
            let mut before = usize::MAX;
            for measure in (2..=170).map(|sixteenths| Em::milli(sixteenths * 125)) {
                let lines = case.paragraph.lines(measure, setting);
                let count = case.paragraph.count_lines(measure);
                let shown: Vec<&str> = lines.iter().map(|line| text_of(line, case.text)).collect();
                assert_eq!(count, lines.len(), "{:?} {measure:?} {setting:?} {shown:?}", case.text);
                assert!(count <= before, "{:?} rises at {measure:?}", case.text);
                let fits = |line: &Line| {
                    line.width <= measure || (line.emergency && characters(text_of(line, case.text)) <= 2)
                };
                assert!(lines.iter().all(fits), "{:?} {measure:?} {shown:?}", case.text);
                before = count;
            }
        }
    }
}

#[test]
fn every_byte_is_shown_by_one_cluster_in_order() {
    let texts = [ITEMS, HARD].concat();
    for case in cases(&texts, &["song"]) {
        for measure in measures().step_by(5) {
            let mut shown = vec![0u8; case.text.len()];
            let mut at = (0, 0);
            for line in case.paragraph.lines(measure, Setting::Body) {
                for glyph in &line.glyphs {
                    let cluster = (glyph.source.start, glyph.source.end);
                    assert!(cluster == at || cluster.0 >= at.1, "{}: clusters go back", case.text);
                    if cluster != at {
                        shown[cluster.0 as usize..cluster.1 as usize].iter_mut().for_each(|n| *n += 1);
                    }
                    at = cluster;
                }
            }
            let blank = |i: usize| case.text.as_bytes()[i] == b' ';
            assert!(shown.iter().enumerate().all(|(i, &n)| n == 1 || (n == 0 && blank(i))), "{}", case.text);
        }
    }
}

#[test]
fn glyphs_stand_left_to_right_within_the_line() {
    let book = FontBook::embedded();
    for case in cases(HARD, &["hei", "song", "kai"]) {
        for measure in measures().step_by(3) {
            for line in case.paragraph.lines(measure, Setting::Body) {
                let ink = |n: usize| {
                    let glyph = &line.glyphs[n];
                    let ink = book.face(glyph.face).ink(glyph.id)?;
                    Some((glyph.x + ink.left, glyph.x + ink.right, glyph.advance > Em::milli(900)))
                };
                let inks: Vec<_> = (0..line.glyphs.len()).filter_map(ink).collect();
                // The foot of j reaches so far out of its width in the designs themselves; letters like f and j overlap.
                let slack = |square: bool| if square { Em::ZERO } else { Em::milli(150) };
                let left = |&(l, _, square): &(Em, Em, bool)| l + slack(square) >= Em::ZERO;
                let right = |&(_, r, square): &(Em, Em, bool)| r <= line.width + slack(square);
                assert!(inks.iter().all(left) && inks.iter().all(right), "{} {}", case.face, case.text);
                let apart = |pair: &[(Em, Em, bool)]| pair[0].1 <= pair[1].0 || !(pair[0].2 || pair[1].2);
                assert!(inks.windows(2).all(apart), "{} {}", case.face, case.text);
            }
        }
    }
}
