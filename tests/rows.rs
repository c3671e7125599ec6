//! Rows that are hard to draw: too tall for a page, without a risk beside one that has some, torn apart by a page's end.

#[path = "support/page.rs"]
mod page;
#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use page::words_at_arrows;
use riskchart::diag::{Code, Report, Severity};
use riskchart::font::FontBook;
use riskchart::geom::Path;
use riskchart::scene::{Group, Item, Page, Role, Scene};
use riskchart::unit::Length;
use riskchart::{Entry, Options, compile};
use support::Memory;

fn built(chart: &str) -> Result<(Scene, Report), Report> {
    let files = BTreeMap::from([("图.toml".to_owned(), chart.as_bytes().to_vec())]);
    let entry = Entry { chart: "图.toml".to_owned(), project: None };
    let options =
        Options { fonts: Arc::new(FontBook::embedded()), paper: None, orientation: None, theme: None, stamp: false };
    compile(&Memory(files), &entry, &options)
}

fn has(report: &Report, code: Code) -> bool {
    report.diagnostics.iter().any(|problem| problem.code == code)
}

/// A stage whose measures are `count` items of some 200 characters, and a page's settings.
fn long_row(page: &str, count: usize) -> String {
    let item = "\"对申请人提交的全部材料逐项核对原件并当场登记，不符合规定的一次性书面告知需要补正的全部内容。\
        对申请人提交的全部材料逐项核对原件并当场登记，不符合规定的一次性书面告知需要补正的全部内容。\
        对申请人提交的全部材料逐项核对原件并当场登记，不符合规定的一次性书面告知需要补正的全部内容。\
        对申请人提交的全部材料逐项核对原件并当场登记，不符合规定的一次性书面告知需要补正的全部内容。\"";
    let items = vec![item; count].join(", ");
    format!(
        "职权 = \"备案\"\n[版面]\n{page}\n[[环节]]\n名称 = \"受理\"\n[环节.风险]\n风险等级 = \"高\"\n表现形式 = [\"不按规定受理。\"]\n\
         [环节.措施]\n防控措施 = [{items}]\n责任人 = [\"窗口人员\"]\n[[环节]]\n名称 = \"决定\""
    )
}

#[test]
fn a_row_too_tall_for_a_page_goes_on_over_its_end() {
    let pages = [
        ("纸张 = \"A4\"\n方向 = \"横向\"", 25, 7.5),
        ("纸张 = \"A3\"\n最小字号 = 20", 25, 20.0),
        ("纸张 = \"A5\"", 40, 7.5),
    ];
    for (page, items, least) in pages {
        let (scene, report) = built(&long_row(page, items)).expect("drawn");
        assert!(!has(&report, Code::SmallType), "{page}");
        assert!(scene.meta.body_size.to_pt() >= least - 0.05, "{page}: {:?}", scene.meta.body_size);
        assert!(scene.pages.len() > 1, "{page}");
        let told: usize = scene.pages.iter().map(items_of).sum();
        assert_eq!(told, items + 1, "{page}: every item once");
    }
    let (scene, _) = built(&long_row("纸张 = \"A4\"", 5)).expect("drawn");
    assert_eq!(scene.pages.len(), 1);
}

/// How many items begin on a page.
fn items_of(page: &Page) -> usize {
    let mut labels = 0;
    page.walk(|item, _| labels += usize::from(matches!(item, Item::Group(group) if group.role == Role::Label)));
    labels
}

#[test]
fn a_measure_is_led_to_or_says_whose_it_is() {
    let risk = "[环节.风险]\n风险等级 = \"中\"\n表现形式 = [\"走过场。\"]\n";
    let measure = "[环节.措施]\n防控措施 = [\"双人办理。\"]\n责任人 = [\"经办人\"]\n";
    for (main, beside) in [("", risk), (risk, "")] {
        let chart = format!(
            "职权 = \"备案\"\n[[环节]]\n名称 = \"审查\"\n{main}{measure}[[环节]]\n名称 = \"勘验\"\n旁支 = \"审查\"\n{beside}{measure}"
        );
        let (scene, report) = built(&chart).expect("drawn");
        assert!(report.diagnostics.iter().all(|problem| problem.severity == Severity::Note), "{report:?}");
        let page = &scene.pages[0];
        let led: Vec<_> = page.arrows().iter().map(|arrow| arrow.to.span).collect();
        let mut measures = 0;
        page.walk(|item, _| {
            let Item::Group(group) = item else { return };
            if group.role == Role::Measure {
                measures += 1;
                let whose = words_in(group).starts_with("勘验");
                assert!(whose != led.contains(&group.span), "{chart}");
            }
        });
        assert_eq!(measures, 2);
    }
}

/// All words of a group.
fn words_in(group: &Group) -> String {
    let mut words = String::new();
    for item in &group.items {
        item.walk(&mut Vec::new(), &mut |item, _| {
            if let Item::Text(run) = item {
                words += &run.text;
            }
        });
    }
    words
}

#[test]
fn an_arrow_back_to_another_page_says_which() {
    let mut chart = "职权 = \"备案\"\n[版面]\n纸张 = \"105x148mm\"\n方向 = \"纵向\"\n".to_owned();
    for (at, name) in ["申请", "受理", "审查", "审核", "决定", "送达", "归档", "公示"].iter().enumerate()
    {
        let back = if at == 7 { "下一步 = [\"申请\"]\n" } else { "" };
        let items = ["\"对申请人提交的材料不按规定逐项核对原件，也不当场登记。\""; 12].join(", ");
        let _ = write!(chart, "[[环节]]\n名称 = \"{name}\"\n{back}[环节.风险]\n表现形式 = [{items}]\n");
    }
    let (scene, _) = built(&chart).expect("drawn");
    let last = scene.pages.len();
    assert!(last > 2, "{last} pages");
    for (at, page) in scene.pages.iter().enumerate() {
        let words = words_at_arrows(page);
        assert_eq!(words.contains(&"转第1页".to_owned()), at > 0, "page {}: {words:?}", at + 1);
        assert_eq!(words.contains(&format!("接第{last}页")), at + 1 < last, "page {}: {words:?}", at + 1);
    }
}

/// A chart of so many short stages; where the last leads back to the first, it says so.
fn short_stages(count: usize, back: bool) -> String {
    let mut chart = "职权 = \"项目管理\"\n[版面]\n纸张 = \"A3\"\n".to_owned();
    for at in 1..=count {
        let next = if back && at == count { "下一步 = [\"第1步\"]\n" } else { "" };
        let _ = write!(
            chart,
            "[[环节]]\n名称 = \"第{at}步\"\n{next}[环节.风险]\n风险等级 = \"高\"\n表现形式 = [\"压缩论证时间，先定后论。\"]\n\
             [环节.措施]\n防控措施 = [\"委托第三方评估。\"]\n责任人 = [\"分管领导\"]\n"
        );
    }
    chart
}

/// Left and right edge of a box.
fn outline(group: &Group) -> (Length, Length) {
    let path = group.items.iter().find_map(|item| if let Item::Path(shape) = item { Some(&shape.path) } else { None });
    let bounds = path.and_then(Path::bounds).expect("a box");
    (bounds.left, bounds.right)
}

#[test]
fn many_short_stages_stand_in_two_panels() {
    let (scene, _) = built(&short_stages(40, true)).expect("drawn");
    let page = &scene.pages[0];
    assert_eq!(scene.pages.len(), 1);
    assert!(scene.meta.body_size.to_pt() > 11.0, "9 pt in one panel: {:?}", scene.meta.body_size);
    let (mut stages, mut heads) = (Vec::new(), 0);
    page.walk(|item, _| {
        let Item::Group(group) = item else { return };
        match group.role {
            Role::Stage => stages.push((words_in(group), outline(group))),
            Role::HeadRow => heads += 1,
            _ => {}
        }
    });
    assert_eq!(heads, 2, "each panel has its heads");
    let names: Vec<_> = stages.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, (1..=40).map(|at| format!("第{at}步")).collect::<Vec<_>>(), "as they are read");
    let in_left = stages.iter().take_while(|(_, (_, right))| *right < page.trim.mid_x()).count();
    assert!((18..=22).contains(&in_left), "{in_left} in the left panel");
    assert!(stages[in_left..].iter().all(|(_, (left, _))| *left > page.trim.mid_x()));
    let mut words = words_at_arrows(page);
    words.sort();
    assert_eq!(words, ["接右栏", "接左栏", "转右栏", "转左栏"], "on, and from the last stage back");
}

#[test]
fn panels_of_other_pages_are_named_with_their_page() {
    let (scene, _) = built(&short_stages(100, false)).expect("drawn");
    let words: Vec<_> = scene.pages.iter().map(words_at_arrows).collect();
    assert_eq!(words, [["转右栏", "接左栏", "转第2页左栏"], ["接第1页右栏", "转右栏", "接左栏"]]);
}

#[test]
fn a_few_stages_keep_the_width_of_the_page() {
    let (scene, _) = built(&short_stages(14, false)).expect("drawn");
    assert_eq!(words_at_arrows(&scene.pages[0]), [""; 0]);
}

#[test]
fn a_row_with_many_boxes_narrows_its_own_boxes_alone() {
    let said = format!("[[环节.风险]]\n表现形式 = [\"{}\"]\n", "不按规定的程序和时限办理，".repeat(16));
    let names = ["日常抽查", "专项检查", "举报核查", "交叉检查", "回头检查", "联合检查", "信用核查"];
    let boxes = names.map(|name| {
        let beside = if name == names[0] { said.clone() } else { format!("旁支 = \"{}\"\n", names[0]) };
        format!("[[环节]]\n名称 = \"{name}\"\n下一步 = [\"情况汇总\"]\n{beside}")
    });
    let next = names.map(|name| format!("\"{name}\"")).join(", ");
    let chart = format!(
        "职权 = \"检查\"\n[[环节]]\n名称 = \"制定计划\"\n下一步 = [{next}]\n{said}{}\
         [[环节]]\n名称 = \"情况汇总\"\n{said}[[环节]]\n名称 = \"立卷归档\"\n{said}",
        boxes.concat()
    );
    let (scene, _) = built(&chart).expect("drawn");
    let mut widths: BTreeMap<String, (Length, Length)> = BTreeMap::new();
    scene.pages[0].walk(|item, _| {
        if let Item::Group(group) = item
            && group.role == Role::Stage
        {
            let (left, right) = outline(group);
            widths.insert(words_in(group), (right - left, (left + right) / 2));
        }
    });
    let (wide, narrow) = (widths["制定计划"], widths["日常抽查"]);
    assert!(narrow.0 < wide.0, "{widths:?}");
    assert!(names.iter().all(|name| widths[*name].0 == narrow.0), "alike in the row: {widths:?}");
    assert!(["情况汇总", "立卷归档"].iter().all(|name| widths[*name].0 == wide.0), "and outside it: {widths:?}");
    assert!((narrow.1 - wide.1).abs() <= Length::um(2), "one main line: {widths:?}");
}
