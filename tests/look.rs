//! What a reader sees at once: levels by colour and mark, the title above all else, names of phases, words behind the grid.

#[path = "support/drawn.rs"]
#[allow(dead_code)]
mod drawn;
#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use drawn::{drawn, stage};
use riskchart::color::Rgb;
use riskchart::font::FontBook;
use riskchart::scene::{Group, Item, Page, Role, Scene, Shape};
use riskchart::unit::Length;

fn scene(chart: &str) -> Scene {
    drawn(chart, &Arc::new(FontBook::embedded()))
}

/// A chart of three stages, each with a risk of a level and a measure.
fn graded(head: &str, levels: [&str; 3]) -> String {
    let stage = |(name, level): (&str, &str)| {
        format!(
            "[[环节]]\n名称 = \"{name}\"\n[[环节.风险]]\n风险等级 = \"{level}\"\n表现形式 = [\"审查把关不严。\", \"超时办理。\"]\n\
             [[环节.措施]]\n防控措施 = [\"限时办结。\"]\n责任人 = \"经办人\"\n"
        )
    };
    let stages: String = ["受理", "审查", "决定"].into_iter().zip(levels).map(stage).collect();
    format!("单位 = \"某某局\"\n职权 = \"备案\"\n{head}\n{stages}")
}

/// The groups of a role with all that is in them.
fn groups(page: &Page, role: Role) -> Vec<Group> {
    let mut found = Vec::new();
    page.walk(|item, _| match item {
        Item::Group(group) if group.role == role => found.push(group.clone()),
        _ => {}
    });
    found
}

/// The shapes that lie in a group itself, not in groups within it.
fn shapes(group: &Group) -> Vec<&Shape> {
    let mut shapes = Vec::new();
    for item in &group.items {
        if let Item::Path(shape) = item {
            shapes.push(shape);
        }
    }
    shapes
}

/// The sizes of all text of a role.
fn sizes(page: &Page, role: Role) -> Vec<Length> {
    let mut sizes = Vec::new();
    page.walk(|item, groups| match item {
        Item::Text(run) if groups.iter().any(|group| group.role == role) => sizes.push(run.size),
        _ => {}
    });
    sizes
}

#[test]
fn every_level_has_its_badge_however_long_its_name() {
    let level = |name: &str, color: &str| format!("[[等级定义]]\n名称 = \"{name}\"\n颜色 = \"{color}\"\n");
    let names = ["特别重大廉政风险", "橙色（较大）", "一般风险"];
    let scale: String =
        names.into_iter().zip(["#c00000", "#ff9900", "#ffff00"]).map(|(name, color)| level(name, color)).collect();
    for page in ["", "[版面]\n方向 = \"纵向\"\n", "[版面]\n方向 = \"横向\"\n"] {
        let scene = scene(&graded(&format!("{page}{scale}"), names));
        let levels = groups(&scene.pages[0], Role::Level);
        assert_eq!(levels.len(), 3);
        for level in levels {
            let fills: Vec<_> = shapes(&level).iter().filter_map(|shape| shape.fill).collect();
            assert_eq!(fills.len(), 2, "badge and mark");
        }
    }
}

#[test]
fn light_levels_are_told_from_each_other_at_the_edge() {
    let level = |(name, color): (&str, &str)| format!("[[等级定义]]\n名称 = \"{name}\"\n颜色 = \"{color}\"\n");
    let scale: String = [("红", "#ff0000"), ("橙", "#ffa500"), ("黄", "#ffff00")].map(level).concat();
    let scene = scene(&graded(&scale, ["红", "橙", "黄"]));
    let edges = groups(&scene.pages[0], Role::Risk).iter().map(|risk| shapes(risk)[1].fill).collect::<Vec<_>>();
    let [Some(red), Some(orange), Some(yellow)] = edges[..] else { panic!("{edges:?}") };
    assert_eq!(red, Rgb::hex(0xff_00_00), "dark enough as it is");
    assert!(orange.0 > orange.1 && orange.1 > orange.2, "no black: {orange:?}");
    assert!(yellow.0 == yellow.1 && yellow.1 > 100 && yellow.2 == 0, "{yellow:?}");
}

#[test]
fn a_long_title_is_larger_than_what_stands_around_it() {
    let power =
        "国有土地上房屋征收与补偿（含被征收人选择货币补偿或者房屋产权调换、停产停业损失补偿、搬迁与临时安置补助）";
    let chart = graded("副标题 = \"依据条例编制\"", ["高", "中", "低"])
        .replace("职权 = \"备案\"", &format!("职权 = \"{power}\""));
    for page in ["[版面]\n方向 = \"纵向\"\n", "[版面]\n方向 = \"横向\"\n", "[版面]\n纸张 = \"A5\"\n"] {
        let scene = scene(&chart.replacen("[[环节]]", &format!("{page}[[环节]]"), 1));
        let largest = |role: Role| sizes(&scene.pages[0], role).into_iter().max().expect("text");
        let title = largest(Role::Title);
        assert!(title > largest(Role::Unit) && title > largest(Role::Subtitle), "{title:?}");
        assert!(title > scene.meta.body_size, "{title:?}");
    }
}

#[test]
fn the_rating_is_a_badge_with_its_mark() {
    let scene = scene(&graded("职权等级 = \"中\"", ["高", "中", "低"]));
    let rating = groups(&scene.pages[0], Role::HeaderField).into_iter().find(|field| !shapes(field).is_empty());
    assert_eq!(rating.map(|field| shapes(&field).len()), Some(2), "badge and mark");
}

#[test]
fn words_behind_the_grid_show_through_its_boxes() {
    let fills = |head: &str| {
        let scene = scene(&graded(head, ["高", "中", "低"]));
        let boxes = [Role::Risk, Role::Measure].map(|role| groups(&scene.pages[0], role)).concat();
        boxes.iter().filter(|group| shapes(group)[0].fill.is_some()).count()
    };
    assert_eq!(fills("水印 = \"征求意见稿\""), 0);
    assert_eq!(fills(""), 6);
}

#[test]
fn long_names_of_phases_take_no_height_from_the_texts() {
    let chart = |phases: [&str; 3]| {
        let mut chart = graded("", ["高", "中", "低"]);
        for (name, phase) in ["受理", "审查", "决定"].into_iter().zip(phases) {
            chart = chart.replace(&format!("名称 = \"{name}\"\n"), &format!("名称 = \"{name}\"\n阶段 = \"{phase}\"\n"));
        }
        scene(&chart)
    };
    let (long, short) =
        (chart(["项目前期策划与决策阶段", "勘察设计阶段", "竣工验收与后评价阶段"]), chart(["策划", "设计", "验收"]));
    assert!(long.meta.body_size * 100 > short.meta.body_size * 85, "{:?}", long.meta.body_size);
    let mut lines = BTreeMap::<Length, String>::new();
    long.pages[0].walk(|item, groups| match item {
        Item::Text(run) if groups.iter().any(|group| group.role == Role::Phase) => {
            lines.entry(run.origin.y).or_default().push_str(&run.text);
        }
        _ => {}
    });
    let lines: Vec<_> = lines.into_values().collect();
    assert!(lines.contains(&"验收与".to_owned()) || lines.contains(&"验收".to_owned()), "whole words: {lines:?}");
}

#[test]
fn a_name_on_two_lines_of_its_own_keeps_both() {
    let chart = graded("", ["高", "中", "低"]).replacen("责任人 = \"经办人\"", "责任人 = \"举办者\\n承诺\"", 1);
    let mut people = Vec::new();
    scene(&chart).pages[0].walk(|item, groups| match item {
        Item::Text(run) if groups.iter().any(|group| group.role == Role::Responsible) => people.push(run.text.clone()),
        _ => {}
    });
    assert!(people.contains(&"举办者".to_owned()) && people.contains(&"承诺".to_owned()), "{people:?}");
}

#[test]
fn a_label_beside_the_main_line_stands_above_what_joins_it() {
    let chart = "职权 = \"处罚\"\n[[环节]]\n名称 = \"立案\"\n[[环节]]\n名称 = \"当场处罚\"\n\
                 下一步 = [{ 到 = \"备案\", 说明 = \"当场缴纳\" }, { 到 = \"指定银行代为缴纳罚款\", 说明 = \"不当场缴纳\" }]\n\
                 [[环节]]\n名称 = \"指定银行代为缴纳罚款\"\n旁支 = \"当场处罚\"\n下一步 = [\"备案\"]\n[[环节]]\n名称 = \"备案\"\n";
    let scene = scene(chart);
    let page = &scene.pages[0];
    let joining = drawn::way(page, "指定银行代为缴纳罚款", "备案").iter().map(|point| point.y).nth(1).expect("a turn");
    let mut label = None;
    page.walk(|item, _| match item {
        Item::Text(run) if run.text == "当场缴纳" => label = Some(run.origin.y),
        _ => {}
    });
    let label = label.expect("on one line");
    assert!(label < joining, "{label:?} above {joining:?}");
    assert!(label > stage(page, "当场处罚").outline.bottom);
}

#[test]
fn the_columns_share_the_width_that_the_flow_leaves() {
    let boxed = "[[环节.风险]]\n风险等级 = \"高\"\n表现形式 = [\"审查把关不严。\", \"超时办理。\"]\n\
                 [[环节.措施]]\n防控措施 = [\"限时办结。\"]\n责任人 = \"经办人\"\n";
    let stage =
        |(at, name): (usize, &str)| format!("[[环节]]\n名称 = \"{name}\"\n{}", if at % 3 == 1 { boxed } else { "" });
    let names = ["登记", "受理", "初审", "复核", "审议", "决定", "公示", "送达", "归档"];
    let stages: String = names.into_iter().enumerate().map(stage).collect();
    let head = "职权 = \"备案\"\n版面 = { 方向 = \"横向\" }\n栏目 = { 表头 = [\"流程\", \"风险\", \"措施\"] }\n";
    let scene = scene(&format!("{head}{stages}"));
    let width = |role: Role| {
        let outline = |group: &Group| shapes(group).first().and_then(|shape| shape.path.bounds());
        groups(&scene.pages[0], role).iter().filter_map(outline).map(|bounds| bounds.width()).max().expect("boxes")
    };
    let (risk, measure) = (width(Role::Risk), width(Role::Measure));
    assert!(risk < measure * 2 && measure < risk * 2, "{risk:?} beside {measure:?}");
}
