//! One test for every rule of composition, named after it.

mod sense;

use super::*;
use crate::font::FontBook;
use std::sync::OnceLock;

fn fonts() -> &'static FontBook {
    static BOOK: OnceLock<FontBook> = OnceLock::new();
    BOOK.get_or_init(FontBook::embedded)
}

fn face(name: &str) -> FaceId {
    fonts().find(name, false).expect("embedded")
}

fn paragraph_in(name: &str, parts: &[&str]) -> Paragraph {
    let fragments: Vec<_> = parts.iter().map(|text| Fragment { text, face: face(name), span: None }).collect();
    Paragraph::prepare(fonts(), &fragments).expect("every character has a face")
}

fn paragraph(text: &str) -> Paragraph {
    paragraph_in("hei", &[text])
}

fn ems(em: f64) -> Em {
    Em::milli((em * 1000.0).round() as i32)
}

/// The text of a line, each cluster once.
fn text_of(line: &Line, parts: &[&str]) -> String {
    let mut shown: Vec<(u16, Range<u32>)> = line.glyphs.iter().map(|g| (g.fragment, g.source.clone())).collect();
    shown.dedup();
    shown.iter().map(|(n, range)| &parts[usize::from(*n)][range.start as usize..range.end as usize]).collect()
}

fn broken_in(name: &str, text: &str, measure: f64, setting: Setting) -> Vec<String> {
    let lines = paragraph_in(name, &[text]).lines(ems(measure), setting);
    lines.iter().map(|line| text_of(line, &[text])).collect()
}

fn broken(text: &str, measure: f64) -> Vec<String> {
    broken_in("hei", text, measure, Setting::Body)
}

fn balanced(text: &str, measure: f64) -> Vec<String> {
    broken_in("hei", text, measure, Setting::Balanced)
}

fn width(text: &str) -> f64 {
    paragraph(text).natural_width().to_f64()
}

/// Every line at every measure from 3 em in quarters.
fn all_lines(text: &str) -> Vec<String> {
    (12..80).flat_map(|quarters| broken(text, f64::from(quarters) / 4.0)).collect()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.001, "{found} is not {expected}");
}

fn never_start(text: &str, marks: &str) {
    for line in all_lines(text) {
        assert!(!line.starts_with(|c| marks.contains(c)), "{line}");
    }
}

fn never_end(text: &str, marks: &str) {
    for line in all_lines(text) {
        assert!(!line.ends_with(|c| marks.contains(c)), "{line}");
    }
}

#[test]
fn rule_01_points_do_not_start_a_line_gb_5_1_1() {
    never_start("检查，人员、不负；责任：致使。检查有重大，疏漏，泄密，违反。", "。，、；：");
}

#[test]
fn rule_02_question_and_exclamation_do_not_start_a_line_gb_5_1_2() {
    never_start("是否齐全？是否完整！是否及时？！是否准确？", "？！");
}

#[test]
fn rule_03_brackets_stay_with_what_they_enclose_gb_5_1_3() {
    let text = "建立“首问负责”制（试行）《办法》及〔实施〕【细则】『条款』「说明」制度和〈意见〉。";
    never_start(text, "”’）》〉】〕」』");
    never_end(text, "“‘（《〈【〔「『");
}

#[test]
fn rule_04_a_dash_is_one_stroke_of_two_ems_gb_5_1_4() {
    for name in ["hei", "song", "kai"] {
        let p = paragraph_in(name, &["监督——检查"]);
        near(p.natural_width().to_f64(), 6.0);
        let line = &p.lines(ems(9.0), Setting::Body)[0];
        let dash: Vec<_> = line.glyphs.iter().filter(|g| g.source == (6..12)).collect();
        let ink = fonts().face(face(name)).ink(dash[0].id).expect("ink");
        assert_eq!(dash.len(), 1, "{name}");
        assert!(ink.right - ink.left > Em::milli(1500), "{name}: one unbroken stroke");
        near((dash[0].y + (ink.top + ink.bottom) / 2).to_f64(), -0.38);
        near((dash[0].x + (ink.left + ink.right) / 2).to_f64(), 3.0);
    }
    assert!(all_lines("加强监督——全过程监督——重点监督").iter().all(|line| line.matches('—').count() % 2 == 0));
}

#[test]
fn rule_05_an_ellipsis_takes_two_ems_and_is_never_split_gb_5_1_5() {
    near(width("等等……事项"), 6.0);
    assert!(all_lines("宴请、礼品、礼金……等违纪……行为").iter().all(|line| line.matches('…').count() % 2 == 0));
}

#[test]
fn rule_06_connectors_do_not_start_a_line_gb_5_1_6() {
    never_start("北京—上海、甲–乙、三～五人、京-沪线路的监督检查", "-–—～");
}

#[test]
fn rule_07_the_dot_does_not_start_a_line_gb_5_1_7() {
    never_start("阿凡提·买买提·艾力负责监督检查工作", "·");
    near(paragraph_in("kai", &["甲·乙"]).natural_width().to_f64(), 2.5);
}

#[test]
fn rule_08_a_slash_neither_starts_nor_ends_a_line_gb_5_1_9() {
    let text = "受理/审查/决定/送达/归档等环节的岗位";
    never_start(text, "/");
    never_end(text, "/");
}

#[test]
fn rule_09_units_stay_with_their_numbers() {
    let text = "达到50%以上，约20℃时，￥500以内，№3号，第§5条，面积120㎡左右，误差3‰以下";
    for line in all_lines(text) {
        assert!(!line.starts_with(['%', '℃', '㎡', '‰']) && !line.ends_with(['￥', '№', '§']), "{line}");
    }
}

#[test]
fn rule_10_a_mark_at_line_end_takes_half_an_em_gb_5_1_10() {
    for mark in ["，", "。", "、", "；", "：", "？", "！", "）", "》", "”"] {
        near(width(&format!("检查{mark}")), 2.5);
        near(paragraph_in("song", &[&format!("检查{mark}")]).natural_width().to_f64(), 2.5);
    }
}

#[test]
fn rule_11_a_bracket_at_line_start_loses_its_left_half() {
    let p = paragraph("《办法》");
    near(p.natural_width().to_f64(), 3.0);
    let line = &p.lines(ems(4.0), Setting::Body)[0];
    near(line.glyphs[0].x.to_f64(), -0.5);
    near(line.glyphs[1].x.to_f64(), 0.5);
}

#[test]
fn rule_12_adjacent_marks_take_an_em_and_a_half_at_most_clreq() {
    for pair in ["》《", "，“", "。”", "”“", "》、", "：“", "））", "（《", "）。"] {
        let inside = width(&format!("国{pair}国")) - 2.0;
        assert!(inside <= 1.501, "{pair} {inside}");
    }
    near(width("国，国"), 3.0);
}

#[test]
fn rule_13_no_ink_is_trimmed() {
    for name in ["hei", "song", "kai"] {
        for c in "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』".chars() {
            let text = format!("{c}{c}");
            let line = paragraph_in(name, &[&text]).spread(Em::ZERO);
            let of = fonts().face(line.glyphs[0].face);
            let ink = |g: &SetGlyph| of.ink(g.id).expect("ink");
            let (first, second) = (&line.glyphs[0], &line.glyphs[1]);
            assert!(first.x + ink(first).left >= Em::ZERO, "{name} {c}");
            assert!(second.x + ink(second).right <= line.width, "{name} {c}");
            assert!(first.x + ink(first).right <= second.x + ink(second).left, "{name} {c}{c} touch");
        }
    }
}

#[test]
fn rule_14_two_exclamations_take_one_em() {
    for pair in ["？？", "！！", "？！"] {
        near(width(&format!("国{pair}国")), 3.0);
    }
}

#[test]
fn rule_15_squeeze_comes_before_the_breaks_are_judged() {
    // Unsqueezed this takes 8 em; the pair 》《 and the two ends make it 6.5.
    assert_eq!(broken("《甲乙》《丙丁》", 6.5), ["《甲乙》《丙丁》"]);
}

#[test]
fn rule_16_a_mark_is_first_squeezed_in_then_carried_with_its_character() {
    let text = "检查、审查、决定，办理结案登记";
    let p = paragraph(text);
    let lines = p.lines(ems(8.0), Setting::Body);
    assert_eq!(text_of(&lines[0], &[text]), "检查、审查、决定，");
    assert_eq!(lines[0].width, ems(8.0), "8.5 em squeezed into 8");
    // Nothing to squeeze: the character comes down with its mark.
    assert_eq!(broken("一二三四五六，七八九十", 6.0)[0], "一二三四五");
}

#[test]
fn rule_17_commas_are_squeezed_before_stops() {
    let text = "一，二。三四，五六七八";
    let p = paragraph(text);
    let lines = p.lines(ems(6.25), Setting::Body);
    assert_eq!(text_of(&lines[0], &[text]), "一，二。三四，");
    let x: Vec<f64> = lines[0].glyphs.iter().map(|g| g.x.to_f64()).collect();
    near(x[2] - x[1], 0.75);
    near(x[4] - x[3], 1.0);
}

#[test]
fn rule_18_wide_lines_are_stretched_gaps_first_and_never_numbers() {
    let text = "按照2016年印发的文件要求落实各项防控措施并且定期向分管领导汇报工作进展情况和存在的问题及建议。";
    let p = paragraph(text);
    let full = |measure: f64| p.lines(ems(measure), Setting::Body)[0].width == ems(measure);
    let measure = (82..120).map(|quarters| f64::from(quarters) / 4.0).find(|&measure| full(measure - 0.05));
    let measure = measure.expect("a width that the line nearly fills") - 0.05;
    let lines = p.lines(ems(measure), Setting::Body);
    let digits: Vec<_> = lines[0].glyphs.iter().filter(|g| (6..10).contains(&g.source.start)).collect();
    for pair in digits.windows(2) {
        assert_eq!(pair[1].x - pair[0].x, pair[0].advance);
    }
    let gap = digits[0].x - (lines[0].glyphs[1].x + Em::ONE);
    assert!(gap > Em::milli(166) && gap <= Em::milli(334), "{gap:?}");
    assert!(lines.last().expect("last").width < ems(measure), "the last line is natural");
}

#[test]
fn rule_19_han_and_numbers_stand_a_little_apart() {
    let line = &paragraph("共15人A类，B").lines(ems(20.0), Setting::Body)[0];
    let gap = |i: usize| (line.glyphs[i + 1].x - line.glyphs[i].x - line.glyphs[i].advance).to_f64();
    for i in [0, 2, 3, 4] {
        assert!(gap(i) > 0.0 && gap(i) <= 0.25, "{i}: {}", gap(i));
    }
    near(gap(1), 0.0);
    near(gap(6), 0.0);
    near(line.glyphs[0].x.to_f64(), 0.0);
    near(width("15"), paragraph("1").natural_width().to_f64() + paragraph("5").natural_width().to_f64());
}

#[test]
fn rule_20_no_character_is_added_and_every_one_is_shown_once() {
    let text = "依据A1-1条 第 3款，Office　2016\n办理 of fice";
    for measure in [3.0, 5.5, 9.0, 40.0] {
        let shown: String = broken(text, measure).concat();
        let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown), bare(text), "{measure}");
    }
}

#[test]
fn rule_21_words_and_numbers_do_not_break() {
    let text = "编号A1-1的2016年第1.1款占100%并用PowerPoint演示";
    for quarters in 24..80 {
        let lines = broken(text, f64::from(quarters) / 4.0).join("|");
        for word in ["A1-1", "2016", "1.1", "100%", "PowerPoint"] {
            assert!(lines.contains(word), "{lines}");
        }
    }
}

#[test]
fn rule_22_a_number_stays_with_its_counter() {
    let text = "应当在5个工作日内由3名人员于2016年6月前报第15号文件规定的第三条执行，约50万元";
    for quarters in 24..80 {
        let lines = broken(text, f64::from(quarters) / 4.0).join("|");
        for whole in ["5个工作日", "3名", "2016年6月", "第15号", "第三条", "50万元"] {
            assert!(lines.contains(whole), "{whole} {lines}");
        }
    }
}

#[test]
fn rule_23_short_titles_and_document_numbers_stay_whole() {
    let text = "严格执行《行政许可法》和国发〔2018〕15号文件以及《政府信息公开条例》等规定办理";
    for quarters in 40..80 {
        let lines = broken(text, f64::from(quarters) / 4.0);
        for whole in ["《行政许可法》", "〔2018〕15号", "《政府信息公开条例》"] {
            assert!(lines.iter().any(|line| line.contains(whole)), "{whole} {lines:?}");
        }
    }
}

#[test]
fn rule_24_narrow_boxes_are_ragged_wide_ones_justified() {
    let text =
        "检查人员不负责任或接受他人委托收受当事人财物等致使检查有重大疏漏2016年以来各级部门高度重视并且严格执行。";
    let p = paragraph(text);
    let ragged = p.lines(ems(19.9), Setting::Body);
    assert!(ragged[..ragged.len() - 1].iter().all(|line| line.width <= ems(19.9)));
    assert!(ragged.iter().any(|line| line.width < ems(19.5)));
    let full = |measure: f64| p.lines(ems(measure), Setting::Body)[0].width == ems(measure);
    assert!((82..120).any(|quarters| full(f64::from(quarters) / 4.0)), "a line that is nearly full is stretched");
}

#[test]
fn rule_25_the_last_line_is_no_lone_character() {
    for measure in 4..16 {
        let lines = broken("不能一次告知所需材料且不按规定程序受理。", f64::from(measure));
        let last = lines.last().expect("lines").trim_end_matches('。').chars().count();
        assert!(lines.len() == 1 || last >= 3, "{measure}: {lines:?}");
    }
    assert_eq!(broken("无检查方案。", 5.0), ["无", "检查方案。"]);
}

/// Whether lines broken freely could end with a longer last line than `least` characters.
fn could_spare(p: &Paragraph, measure: i64, least: usize) -> bool {
    let end = p.cells.len();
    let mut reached = vec![0];
    for &to in &p.free {
        if reached.iter().any(|&from| p.least_width(from, to as usize) <= measure) {
            reached.push(to as usize);
        }
    }
    let count = |from: usize| p.cells[from..].iter().filter(|cell| cell.class.is_character()).count();
    let ends = |&from: &usize| from > 0 && from < end && p.least_width(from, end) <= measure && count(from) >= least;
    reached.iter().any(ends)
}

#[test]
fn rule_25_no_other_way_of_breaking_spares_the_last_line() {
    let items = include_str!("../../tests/data/items.txt").lines();
    let hard = include_str!("../../tests/data/hard.txt").lines();
    let odd = [
        "《甲》（乙）丙。",
        "A1、B2、甲",
        "国PowerPoint国",
        "检查——甲",
        "甲：乙：丙：丁",
        "￥50000，甲",
        "立案/审查/甲，乙",
    ];
    for text in items.chain(hard).chain(odd) {
        let p = paragraph(text);
        for quarters in 8..160 {
            let measure = ems(f64::from(quarters) / 4.0);
            let cuts = breaking::cuts(&p, farthest::measure(measure), Setting::Body);
            let [.., cut, _] = cuts.as_slice() else { continue };
            let last = p.cells[cut.place..].iter().filter(|cell| cell.class.is_character()).count();
            if last < 3 && cuts.iter().all(|cut| p.places[cut.place].level == pairs::Break::Free) {
                assert!(!could_spare(&p, farthest::measure(measure), last + 1), "{text} {measure:?}");
            }
        }
    }
}

#[test]
fn rule_26_labels_are_paragraphs_of_their_own_with_natural_widths() {
    let narrow = paragraph_in("song", &["1."]).natural_width();
    let wide = paragraph_in("song", &["10."]).natural_width();
    assert!(narrow < wide && wide < ems(1.6));
}

#[test]
fn rule_27_short_names_are_spread_to_one_width() {
    let two = paragraph("立案").spread(ems(3.0));
    assert_eq!(two.width, ems(3.0));
    assert_eq!(two.glyphs[1].x, ems(2.0));
    let three = paragraph("执行人").spread(ems(4.0));
    assert_eq!([three.glyphs[1].x, three.glyphs[2].x], [ems(1.5), ems(3.0)]);
    assert_eq!(paragraph("事后监管").spread(ems(3.0)).width, ems(4.0), "wider than the width: natural");
}

#[test]
fn rule_28_titles_break_at_words_and_brackets() {
    assert_eq!(balanced("风险点等级\n及表现形式", 20.0), ["风险点等级", "及表现形式"]);
    assert_eq!(balanced("行政职权廉政风险防控图（行政检查）", 13.0), ["行政职权廉政风险防控图", "（行政检查）"]);
    assert_eq!(balanced("风险点等级及表现形式", 6.0), ["风险点等级", "及表现形式"]);
    for (first, last) in [("一次性", "告知"), ("满意度", "回访"), ("试用期", "管理")] {
        assert_eq!(balanced(&format!("{first}{last}"), 4.0), [first, last], "no word is cut for a longer last line");
    }
    assert_eq!(broken("责任人：政务服务中心", 7.0), ["责任人：政务", "服务中心"], "nor where a name is too long");
    for measure in 5..16 {
        for line in balanced("长治高新区财政管理运营部的廉政风险防控图（其他权力）", f64::from(measure))
        {
            assert!(!line.starts_with('的'), "{line}");
        }
    }
}

#[test]
fn rule_28_titles_take_the_fewest_lines_and_even_ones() {
    let lines = balanced("接到线索立案审查决定办结", 7.0);
    assert_eq!(lines.iter().map(|line| line.chars().count()).collect::<Vec<_>>(), [6, 6]);
}

#[test]
fn rule_29_labels_hold_their_first_name_and_lists_break_after_the_comma() {
    let parts = ["责任人：", "部门负责人、审查人、分管领导"];
    let p = paragraph_in("hei", &parts);
    for quarters in 44..80 {
        let lines = p.lines(ems(f64::from(quarters) / 4.0), Setting::Body);
        let lines: Vec<String> = lines.iter().map(|line| text_of(line, &parts)).collect();
        assert!(lines[0].starts_with("责任人：部门负责人"), "{lines:?}");
        assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with('、')), "{lines:?}");
    }
    for line in all_lines("风险等级：高") {
        assert!(!line.ends_with('：'), "{line}");
    }
}

#[test]
fn a_newline_forces_a_break() {
    assert_eq!(broken("检查\n人员", 9.0), ["检查", "人员"]);
    assert_eq!(broken("检查，\n  人员。", 9.0), ["检查，", "人员。"]);
    near(width("检查\n人员表"), 3.0);
}

#[test]
fn rule_31_missing_characters_are_all_reported() {
    let fragments = [
        Fragment { text: "检\u{E000}查", face: face("song"), span: None },
        Fragment { text: "\u{E001}", face: face("song"), span: None },
    ];
    let missing = Paragraph::prepare(fonts(), &fragments).expect_err("private characters");
    let found: Vec<_> = missing.iter().map(|m| (m.character, m.fragment, m.offset)).collect();
    assert_eq!(found, [('\u{E000}', 0, 3), ('\u{E001}', 1, 0)]);
}

#[test]
fn clusters_stay_together_and_nothing_is_normalised() {
    let text = "\u{FEFF}𬭳葛\u{E0100}e\u{301}\u{200B}中\u{7}国";
    let line = &paragraph(text).lines(ems(20.0), Setting::Body)[0];
    assert_eq!(text_of(line, &[text]), text);
    assert!(line.glyphs.iter().all(|g| g.id != 0));
    let clusters: std::collections::BTreeSet<u32> = line.glyphs.iter().map(|g| g.source.start).collect();
    assert_eq!(clusters.len(), 5);
}

#[test]
fn fragments_meet_as_if_they_were_one() {
    for text in ["检查》，《办法》、执行", "共15人，A类", "甲——乙", "12月31日", "国。”“国"]
    {
        let whole = paragraph(text);
        for (at, _) in text.char_indices().skip(1) {
            let (head, tail) = text.split_at(at);
            if (head.ends_with('—') && tail.starts_with('—')) || tail.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let parts = paragraph_in("hei", &[head, tail]);
            assert_eq!(parts.natural_width(), whole.natural_width(), "{head}|{tail}");
            for quarters in 8..40 {
                let measure = ems(f64::from(quarters) / 4.0);
                let lines =
                    |p: &Paragraph| p.lines(measure, Setting::Body).iter().map(|l| l.glyphs.len()).collect::<Vec<_>>();
                assert_eq!(lines(&parts), lines(&whole), "{head}|{tail} {measure:?}");
            }
        }
    }
}

#[test]
fn least_measure_is_the_narrowest_without_an_emergency() {
    for text in ["检查人员不负责任。", "编号A1-1、《办法》", "用PowerPoint演示，共100%。", "责任人：部门负责人、审查人"]
    {
        let p = paragraph(text);
        let least = p.least_measure();
        assert!(p.lines(least, Setting::Body).iter().all(|line| !line.emergency), "{text}");
        let less = Em::from_raw(least.raw() - 1);
        assert!(p.lines(less, Setting::Body).iter().any(|line| line.emergency), "{text}");
    }
}

#[test]
fn an_empty_paragraph_has_no_lines() {
    for text in ["", "  \n ", "\u{3000}"] {
        let p = paragraph(text);
        assert_eq!(p.count_lines(ems(9.0)), 0);
        assert!(p.lines(ems(9.0), Setting::Body).is_empty());
        assert_eq!(p.natural_width(), Em::ZERO);
        assert!(p.spread(ems(4.0)).glyphs.is_empty());
    }
}

#[test]
fn letters_without_end_narrow_no_other_text() {
    for text in ["a".repeat(400), "0".repeat(400), "。".repeat(400)] {
        let p = paragraph(&text);
        assert!(p.least_measure() <= ems(20.0), "{text}");
        let lines = p.lines(ems(22.0), Setting::Body);
        assert!(lines.len() > 4 && lines.iter().all(|line| line.width <= ems(22.0)), "{} lines", lines.len());
    }
}
