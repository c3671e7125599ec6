//! Decisions: diamonds that hold their words and are neither spikes nor larger than they must be.

#[path = "support/drawn.rs"]
#[allow(dead_code)]
mod drawn;
#[allow(dead_code)]
mod support;

use std::sync::Arc;

use drawn::{LineDrawn, StageDrawn, drawn, stage, way};
use riskchart::font::FontBook;
use riskchart::geom::Rect;
use riskchart::scene::Scene;
use riskchart::unit::Length;

fn scene(chart: &str) -> Scene {
    drawn(chart, &Arc::new(FontBook::embedded()))
}

/// A chart of three stages, of which the second is a decision with such keys.
fn decided(keys: &str) -> String {
    let decision = format!("[[环节]]\n形状 = \"判断\"\n{keys}\n");
    format!("职权 = \"举报\"\n[[环节]]\n名称 = \"受理\"\n{decision}[[环节]]\n名称 = \"办结\"\n")
}

/// Whether a diamond holds all four corners of a line's squares.
fn holds(diamond: Rect, line: &LineDrawn) -> bool {
    let (width, height) = (diamond.width().to_um(), diamond.height().to_um());
    let inside = |x: Length, y: Length| {
        let (dx, dy) = ((x - diamond.mid_x()).abs().to_um(), (y - diamond.mid_y()).abs().to_um());
        dx * height + dy * width <= width * height / 2
    };
    let Rect { left, top, right, bottom } = line.square;
    [(left, top), (right, top), (left, bottom), (right, bottom)].into_iter().all(|(x, y)| inside(x, y))
}

fn words(stage: &StageDrawn) -> Vec<&str> {
    stage.lines.iter().map(|line| line.words.as_str()).collect()
}

#[test]
fn a_decision_holds_its_name_and_its_deadline_on_a_line_each() {
    let keys = "名称 = \"核查\"\n时限 = \"15个工作日\"\n下一步 = [{ 到 = \"办结\", 说明 = \"属实\" }]";
    let decision = stage(&scene(&decided(keys)).pages[0], "核查");
    assert_eq!(words(&decision), ["核查", "时限：15个工作日"]);
    assert!(decision.outline.width() > decision.outline.height(), "a spike: {:?}", decision.outline);
    assert!(decision.lines.iter().all(|line| holds(decision.outline, line)), "in {:?}", decision.outline);
}

#[test]
fn a_decision_is_no_spike_where_width_is_scarce() {
    let said = "[[环节.风险]]\n表现形式 = [\"不按规定的程序和时限办理，为不符合条件的对象办理手续\"]\n".repeat(8);
    let keys = "名称 = \"金额是否超限额\"\n下一步 = [{ 到 = \"办结\", 说明 = \"否\" }]";
    let chart = decided(keys).replace("[[环节]]\n形状", &format!("{said}[[环节]]\n形状")) + &said;
    let StageDrawn { outline, lines } = stage(&scene(&chart).pages[0], "限额");
    assert!(outline.width() * 6 >= outline.height() * 5 && lines.len() <= 2, "{outline:?}, {} lines", lines.len());
}

#[test]
fn a_long_decision_stands_along_its_outline() {
    let name = "申请人通过线上政务服务平台或者线下综合服务窗口提交全部申请材料并对真实性作出书面承诺";
    let keys = format!("名称 = \"{name}\"\n说明 = \"货物、服务、工程各按限额标准分别判断，紧急采购另行规定\"");
    for page in ["", "[版面]\n方向 = \"纵向\"\n", "[版面]\n纸张 = \"A0\"\n"] {
        let chart = decided(&keys).replacen("[[环节]]", &format!("{page}[[环节]]"), 1);
        let decision = stage(&scene(&chart).pages[0], "线下");
        let said = words(&decision).concat();
        assert!(said.starts_with(name) && said.ends_with("另行规定"), "{said}");
        for line in &decision.lines {
            assert!(holds(decision.outline, line), "{} in {:?}", line.words, decision.outline);
        }
        // A column fills half of a diamond at best, and its characters' squares four fifths of that.
        let squares: i64 =
            decision.lines.iter().map(|line| line.square.width().to_um() * line.square.height().to_um()).sum();
        let area = decision.outline.width().to_um() * decision.outline.height().to_um() / 2;
        assert!(squares * 100 > area * 42, "{} hundredths filled", squares * 100 / area);
        let single = decision.lines.iter().find(|line| line.words.chars().count() < 2);
        assert!(single.is_none(), "{:?}", words(&decision));
    }
}

#[test]
fn a_single_exit_to_the_side_leaves_a_decision_at_its_tip() {
    let keys = "名称 = \"核查\"\n下一步 = [\"办结\", { 到 = \"受理\", 说明 = \"不属实\" }]";
    let scene = scene(&decided(keys));
    let outline = stage(&scene.pages[0], "核查").outline;
    let exit = way(&scene.pages[0], "核查", "受理")[0];
    assert!((exit.y - outline.mid_y()).abs() < Length::mm(1), "{exit:?} of {outline:?}");
}

#[test]
fn words_at_the_arrow_beside_a_decision_keep_figures_with_their_signs() {
    let keys = "名称 = \"确定采购方式\"\n下一步 = [\"办结\", { 到 = \"询价\", 说明 = \"金额＜50万元\" }]";
    let chart = decided(keys) + "[[环节]]\n名称 = \"询价\"\n旁支 = \"确定采购方式\"\n";
    let mut lines = Vec::new();
    scene(&chart).pages[0].walk(|item, _| match item {
        riskchart::scene::Item::Text(run) if run.text.contains(['额', '＜', '5']) => lines.push(run.text.clone()),
        _ => {}
    });
    assert!(lines.iter().any(|line| line.contains("＜50万元")), "{lines:?}");
}
