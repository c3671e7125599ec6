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
