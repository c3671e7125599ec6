//! Rules 33 to 38: what stays whole, addresses, breaks by sense.

use super::*;

#[test]
fn rule_33_signs_sums_dates_codes_and_quotes_stay_whole() {
    let text = "按照国办发〔2022〕15号和GB/T 15834-2011的要求，自2024年12月31日起至6月30日止，对≥50万元、共2,350.75元的支出按\
                第十二条第二款复核，误差±0.5㎡以内的“双随机”抽查按有关规定办理。";
    for quarters in 48..120 {
        let lines = broken(text, f64::from(quarters) / 4.0).join("|");
        for whole in [
            "国办发〔2022〕15号",
            "GB/T 15834-2011",
            "2024年12月31日",
            "6月30日",
            "≥50万元",
            "2,350.75元",
            "第十二条第二款",
            "±0.5㎡",
            "“双随机”",
        ] {
            assert!(lines.contains(whole), "{whole}: {lines}");
        }
    }
}

#[test]
fn rule_34_a_dash_does_not_start_a_line() {
    assert!(all_lines("加强监督——全过程监督——重点监督").iter().all(|line| !line.starts_with('—')));
}

#[test]
fn rule_35_an_address_narrows_no_text() {
    let long = "抽查结果通过http://jc.example.gov.cn:8080/report?id=20260511公布";
    assert!(paragraph(long).least_measure() < ems(6.0));
    let lines = broken(long, 9.0);
    assert!(lines.iter().all(|line| !line.starts_with(['/', '.', '?', '='])), "{lines:?}");
}

#[test]
fn rule_36_a_break_after_a_mark_is_better_than_one_between_words() {
    let text = "检查人员不负责任，或接受他人委托，致使检查有重大疏漏。";
    assert_eq!(broken(text, 22.0), ["检查人员不负责任，或接受他人委托，", "致使检查有重大疏漏。"]);
    for name in balanced("一次性书面告知补正内容", 7.0) {
        assert!(!["书", "补", "内"].iter().any(|half| name.ends_with(half)), "{name}");
    }
    let inside = balanced("专家评审（国土资源管理部门组织实施）", 8.0).join("|");
    assert!(!inside.contains("管|理") && !inside.contains("组|织") && !inside.contains("资|源"), "{inside}");
}

/// At no measure of 8 em and more, in quarters, is a word of a text broken.
fn stays_whole(word: &str, text: &str) {
    for quarters in 32..120 {
        let lines = broken(text, f64::from(quarters) / 4.0).join("|");
        assert!(lines.contains(word), "{word}: {lines}");
    }
}

#[test]
fn rule_36_words_that_no_list_holds_stay_whole() {
    stays_whole("虚高", "应急救援物资采购价格虚高，验收走过场。");
    stays_whole("卸载", "超限超载治理执法中只罚款不卸载，收取好处放行。");
    stays_whole("复产", "矿山企业复工复产验收走形式，带病放行。");
    stays_whole("漏岗", "值班人员脱岗漏岗，紧急信息迟报漏报瞒报。");
    // A word and its suffix.
    stays_whole("国土资源部", "线索由纪检监察组移送国土资源部复核。");
}

#[test]
fn rule_36_sayings_and_what_belongs_together_stay_whole() {
    stays_whole("流于形式", "发票领用审核流于形式，为虚开发票提供便利。");
    stays_whole("避重就轻", "水上交通事故调查处理避重就轻，责任认定不公。");
    stays_whole("敷衍塞责", "环保督察反馈问题整改敷衍塞责，虚报整改进度。");
    stays_whole("验收单位", "接受被验收单位的宴请、礼品。");
    stays_whole("他人", "检查人员不负责任或接受他人委托、收受当事人财物等，致使检查有重大疏漏。");
}

#[test]
fn rule_36_a_line_does_not_end_in_a_small_word_that_needs_the_next() {
    for text in ["窗口人员对所缺材料不一次性告知，对超期事项未说明理由。", "检查人员对发现的隐患不责令停业整顿。"]
    {
        for quarters in 32..100 {
            let lines = broken(text, f64::from(quarters) / 4.0);
            assert!(!lines.iter().any(|line| line.ends_with(['不', '未'])), "{lines:?}");
        }
    }
}

#[test]
fn rule_28_small_words_within_words_are_no_joints_of_titles() {
    assert_eq!(balanced("纪检监察机关参与重大项目招标监督", 9.0), ["纪检监察机关参与", "重大项目招标监督"]);
    assert_eq!(balanced("项目合并审查公开", 7.0), ["项目合并", "审查公开"]);
}

#[test]
fn rule_37_a_line_that_stretching_does_not_fill_is_natural() {
    let text = "检查人员不负责任，或接受他人委托，致使检查有重大疏漏。";
    let first = &paragraph(text).lines(ems(22.0), Setting::Body)[0];
    near(first.width.to_f64(), width("检查人员不负责任，或接受他人委托，"));
}

#[test]
fn rule_38_a_line_is_squeezed_only_where_that_saves_a_line_or_a_word() {
    assert_eq!(broken("检查、审查、决定，办理结案", 8.0)[0], "检查、审查、");
}

#[test]
fn a_no_break_space_holds_its_words() {
    assert!(
        (20..60).all(|quarters| broken("国产Office\u{A0}365软件", f64::from(quarters) / 4.0)
            .join("|")
            .contains("e\u{A0}3"))
    );
}

#[test]
fn an_address_breaks_only_where_nothing_else_fits() {
    let text = "网址http://www.changzhi.gov.cn/lianzheng/index.html查询";
    let lines = paragraph(text).lines(ems(8.0), Setting::Body);
    let shown: Vec<String> = lines.iter().map(|line| text_of(line, &[text])).collect();
    assert_eq!(shown[0], "网址");
    assert!(lines[1].emergency && shown[1].ends_with(['/', '.']), "{shown:?}");
    assert!(lines.iter().all(|line| line.width <= ems(8.0)));
    assert!(paragraph(text).lines(ems(40.0), Setting::Body).iter().all(|line| !line.emergency));
}

#[test]
fn lines_with_measures_of_their_own_hold_whole_words() {
    let text = "由窗口人员当场核对原件后录入系统同时出具收件凭证";
    let p = paragraph(text);
    let measure = |line: usize| ems([3.0, 5.0, 7.0, 5.0, 4.0][line.min(4)]);
    let lines = p.lines_within(measure, Setting::Balanced).expect("room enough");
    assert_eq!(p.count_lines_within(measure), Some(lines.len()));
    for (n, line) in lines.iter().enumerate() {
        assert!(line.width <= measure(n), "{}", text_of(line, &[text]));
    }
    let set: Vec<_> = lines.iter().map(|line| text_of(line, &[text])).collect();
    for word in ["窗口", "当场", "核对", "原件", "录入", "系统", "同时", "凭证"] {
        assert!(set.iter().any(|line| line.contains(word)), "{word} in {set:?}");
    }
    assert!(p.lines_within(|_| ems(1.0), Setting::Balanced).is_none(), "a word is wider");
}

#[test]
fn a_bullet_is_not_left_alone() {
    let set = broken_in("hei", "●《社会救助暂行办法》第九条", 11.0, Setting::Balanced);
    assert!(set.iter().all(|line| line != "●"), "{set:?}");
}
