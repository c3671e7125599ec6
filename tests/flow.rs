//! Arrows of the flow as the scene tells them: which boxes they join, and that they cross no more often than they must.

#[path = "support/drawn.rs"]
#[allow(dead_code)]
mod drawn;
#[allow(dead_code)]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use drawn::{drawn, flow, way};
use riskchart::font::FontBook;
use riskchart::geom::Point;
use riskchart::scene::{Arrow, ArrowKind, Item, Page, Scene};

/// The places where lines of the flow cross.
fn crossings(page: &Page) -> usize {
    let arrows = flow(page);
    let pairs = arrows.iter().enumerate().flat_map(|(at, a)| arrows[..at].iter().map(move |b| (a, b)));
    let places: BTreeSet<_> = pairs.flat_map(|(a, b)| a.crossings(b)).map(|at| (at.x, at.y)).collect();
    places.len()
}

/// A chart of stages 甲, 乙, 丙… on one line, each leading to the next and to those that `more` tells.
fn chart(stages: usize, more: &[(usize, usize)]) -> String {
    let name = |at: usize| ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"][at].to_owned() + "环节";
    let mut chart = "职权 = \"备案\"\n".to_owned();
    for at in 0..stages {
        let to = more.iter().filter(|(from, _)| *from == at).map(|&(_, to)| format!("{{ 到 = \"{}\" }}", name(to)));
        let next = (at + 1 < stages).then(|| format!("\"{}\"", name(at + 1)));
        let list = next.into_iter().chain(to).collect::<Vec<_>>().join(", ");
        let _ = write!(chart, "[[环节]]\n名称 = \"{}\"\n下一步 = [{list}]\n", name(at));
    }
    chart
}

/// A line along the side of the flow: a target, and what leads to it from one direction.
struct Line {
    to: usize,
    from: Vec<usize>,
}

/// The fewest crossings of arrows along one side, whatever the order of their tracks and of their places at each box:
/// all are tried. `None` where there are too many to try.
fn least(stages: usize, more: &[(usize, usize)]) -> Option<usize> {
    let mut lines: Vec<Line> = Vec::new();
    for &(from, to) in more {
        match lines.iter_mut().find(|line| line.to == to && (line.from[0] < to) == (from < to)) {
            Some(line) => line.from.push(from),
            None => lines.push(Line { to, from: vec![from] }),
        }
    }
    // What meets each box: a line's end there.
    let meet = |at: usize| -> Vec<usize> {
        (0..lines.len()).filter(|&line| lines[line].to == at || lines[line].from.contains(&at)).collect()
    };
    let boxes: Vec<Vec<Vec<usize>>> = (0..stages).map(|at| permutations(&meet(at))).collect();
    let tracks = permutations(&(0..lines.len()).collect::<Vec<_>>());
    let count: usize = boxes.iter().map(Vec::len).product::<usize>() * tracks.len();
    if count > 60_000 {
        return None;
    }
    let mut fewest = usize::MAX;
    for track in &tracks {
        for mut choice in 0..count / tracks.len() {
            let orders: Vec<&Vec<usize>> = boxes
                .iter()
                .map(|orders| {
                    let order = &orders[choice % orders.len()];
                    choice /= orders.len();
                    order
                })
                .collect();
            fewest = fewest.min(count_of(&lines, track, &orders));
        }
    }
    Some(fewest)
}

fn count_of(lines: &[Line], tracks: &[usize], orders: &[&Vec<usize>]) -> usize {
    let x = |line: usize| tracks.iter().position(|&other| other == line).expect("a track");
    let y = |line: usize, at: usize| at * 100 + orders[at].iter().position(|&other| other == line).expect("a place");
    let ends = |line: usize| -> Vec<usize> {
        let Line { to, from } = &lines[line];
        std::iter::once(*to).chain(from.iter().copied()).map(|at| y(line, at)).collect()
    };
    let mut count = 0;
    for level in 0..lines.len() {
        for upright in (0..lines.len()).filter(|&other| other != level && x(other) < x(level)) {
            let heights = ends(upright);
            let (low, high) = (heights.iter().min().expect("ends"), heights.iter().max().expect("ends"));
            count += ends(level).iter().filter(|y| low < y && y < &high).count();
        }
    }
    count
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let with = |at: usize| {
        let mut rest = of.to_vec();
        let first = rest.remove(at);
        permutations(&rest).into_iter().map(move |tail| [vec![first], tail].concat())
    };
    (0..of.len()).flat_map(with).collect()
}

#[test]
fn step_by_step_back_crosses_nothing() {
    let fonts = Arc::new(FontBook::embedded());
    let more: Vec<(usize, usize)> = (1..6).map(|at| (at, at - 1)).collect();
    assert_eq!(crossings(&drawn(&chart(6, &more), &fonts).pages[0]), 0);
}

#[test]
fn lines_at_the_side_cross_as_seldom_as_can_be() {
    let fonts = Arc::new(FontBook::embedded());
    let mut dice = 88_172_645_463_325_252_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    let (mut tried, mut crossed) = (0, 0);
    while tried < 60 {
        let stages = 4 + roll(3);
        let links: BTreeSet<(usize, usize)> = (0..2 + roll(4)).map(|_| (roll(stages), roll(stages))).collect();
        let more: Vec<_> = links.into_iter().filter(|(from, to)| from != to && from + 1 != *to).collect();
        let Some(least) = least(stages, &more) else { continue };
        let scene = drawn(&chart(stages, &more), &fonts);
        let found = crossings(&scene.pages[0]);
        assert!(found <= least, "{more:?}: {found} crossings, {least} would do");
        (tried, crossed) = (tried + 1, crossed + usize::from(least > 0));
    }
    assert!(crossed > 5, "some can't but cross");
}

#[test]
fn an_arrow_tells_what_it_leads_from_and_to() {
    let fonts = Arc::new(FontBook::embedded());
    let text = "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n下一步 = [\"补正\", \"办结\"]\n\
        [环节.风险]\n编号 = \"A1\"\n表现形式 = [\"不按规定受理。\"]\n[[环节]]\n名称 = \"补正\"\n旁支 = \"受理\"\n\
        下一步 = [{ 到 = \"受理\", 说明 = \"补齐\" }]\n[[环节]]\n名称 = \"办结\"\n";
    let scene = drawn(text, &fonts);
    let words: Vec<(String, bool)> =
        scene.pages[0].arrows().iter().map(|arrow| (arrow.words(), arrow.returns)).collect();
    let expected =
        [("受理 → 补正", false), ("受理 → 办结", false), ("补正 → 受理（补齐）", true), ("受理 → A1", false)];
    assert_eq!(words, expected.map(|(words, back)| (words.to_owned(), back)));
    assert!(scene.pages[0].arrows().iter().all(|arrow| arrow.span.is_some()));
}

#[test]
fn several_measures_answer_several_risks_together_unless_numbers_tell_otherwise() {
    let fonts = Arc::new(FontBook::embedded());
    let text = |id: &str| {
        let risk =
            |at: usize| format!("[[环节.风险]]\n{}表现形式 = [\"问题{at}。\"]\n", id.replace('#', &at.to_string()));
        let measure = |at: usize| format!("[[环节.措施]]\n防控措施 = [\"办法{at}。\"]\n责任人 = \"科长\"\n");
        let boxes: String = (1..=2).map(|at| risk(at) + &measure(at)).collect();
        format!("职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n{boxes}[[环节]]\n名称 = \"办结\"\n")
    };
    let between = |scene: &Scene| {
        let arrows = scene.pages[0].arrows();
        arrows.iter().filter(|arrow| arrow.kind == ArrowKind::Belonging && arrow.to.name.starts_with("办法")).count()
    };
    assert_eq!(between(&drawn(&text(""), &fonts)), 4, "each to each");
    assert_eq!(between(&drawn(&text("编号 = \"A#\"\n"), &fonts)), 2, "one to one");
}

/// A chart whose second stage leads to three ends of the flow besides the third, with so much to say that type is small.
fn three_ends(words: usize) -> String {
    let said = |at: usize| match words {
        0 => String::new(),
        _ => format!("[[环节.风险]]\n表现形式 = [\"第{at}步{}\"]\n", "不按规定的程序和时限办理，".repeat(words)),
    };
    let ends = ["退回", "移送", "终止"].map(|end| format!("[[环节]]\n名称 = \"{end}\"\n旁支 = \"审核\"\n")).concat();
    format!(
        "职权 = \"备案\"\n[[环节]]\n名称 = \"受理\"\n{}[[环节]]\n名称 = \"审核\"\n下一步 = [\"办结\", \
         {{ 到 = \"退回\", 说明 = \"不合格\" }}, {{ 到 = \"移送\", 说明 = \"不属本机关\" }}, \"终止\"]\n{}{ends}\
         [[环节]]\n名称 = \"办结\"\n{}",
        said(1),
        said(2),
        said(3)
    )
}

#[test]
fn ends_of_the_flow_hang_below_each_other() {
    let fonts = Arc::new(FontBook::embedded());
    let tips = |words: usize| {
        let scene = drawn(&three_ends(words), &fonts);
        assert_eq!(crossings(&scene.pages[0]), 0);
        let arrows = flow(&scene.pages[0]);
        let ends = arrows.iter().filter(|arrow| ["退回", "移送", "终止"].contains(&arrow.to.name.as_str()));
        ends.map(|arrow| *arrow.route.last().expect("a tip")).collect::<Vec<_>>()
    };
    for hung in [tips(24), tips(0)] {
        assert!(hung.windows(2).all(|pair| pair[0].x == pair[1].x && pair[0].y < pair[1].y), "{hung:?}");
    }
}

#[test]
fn six_boxes_side_by_side_stand_in_two_ranks_where_that_makes_type_larger() {
    let fonts = Arc::new(FontBook::embedded());
    let names = ["询问调查", "勘验检查", "抽样取证", "登记保存", "查封扣押", "委托鉴定"];
    // How many of those beside the main line stand at each height.
    let ranks = |words: usize| -> Vec<usize> {
        let said = format!("[[环节.风险]]\n表现形式 = [\"{}\"]\n", "不按规定的程序和时限办理，".repeat(words));
        let beside = |at: usize| if at == 0 { said.clone() } else { format!("旁支 = \"{}\"\n", names[0]) };
        let boxes = |(at, name): (usize, &&str)| {
            format!("[[环节]]\n名称 = \"{name}\"\n下一步 = [\"处理意见\"]\n{}", beside(at))
        };
        let shared = names.iter().enumerate().map(boxes).collect::<String>();
        let next = names.map(|name| format!("\"{name}\"")).join(", ");
        let text = format!(
            "职权 = \"备案\"\n[[环节]]\n名称 = \"立案\"\n下一步 = [{next}]\n{said}{shared}[[环节]]\n名称 = \"处理意见\"\n{said}"
        );
        let scene = drawn(&text, &fonts);
        assert_eq!(crossings(&scene.pages[0]), 0);
        let mut ranks: BTreeMap<_, usize> = BTreeMap::new();
        let beside = |arrow: &&&Arrow| arrow.from.name == "立案" && arrow.to.name != names[0];
        for arrow in flow(&scene.pages[0]).iter().filter(beside) {
            *ranks.entry(arrow.route.last().expect("a tip").y).or_default() += 1;
        }
        ranks.into_values().collect()
    };
    assert_eq!(ranks(24), [2, 3]);
    assert_eq!(ranks(1), [5]);
}

/// A chart whose second stage shares its work out to the third and to four boxes beside that, by arrows with words; some of
/// them lead on to the fourth. `more` are further lines of the third stage.
fn shared_out(words: usize, more: &str) -> String {
    let said = format!("[[环节.风险]]\n表现形式 = [\"{}\"]\n", "不按规定的程序和时限办理，".repeat(words));
    let beside = [("限期整改", true), ("停产停业", true), ("移送司法", false), ("信用惩戒", false)];
    let next = beside.map(|(name, _)| format!(", {{ 到 = \"{name}\", 说明 = \"{}\" }}", &name[..6])).concat();
    let boxes = beside.map(|(name, leads_on)| {
        let on = if leads_on { "下一步 = [\"制作文书\"]\n" } else { "" };
        format!("[[环节]]\n名称 = \"{name}\"\n旁支 = \"集体审议\"\n{on}")
    });
    format!(
        "职权 = \"许可\"\n[[环节]]\n名称 = \"受理\"\n{said}[[环节]]\n名称 = \"核查\"\n下一步 = [\"集体审议\"{next}]\n{said}\
         [[环节]]\n名称 = \"集体审议\"\n{more}{said}{}[[环节]]\n名称 = \"制作文书\"\n{said}[[环节]]\n名称 = \"送达\"\n{said}",
        boxes.concat()
    )
}

/// The tips of a stage's arrows that go to boxes beside the main line.
fn tips(page: &Page, from: &str, main: &str) -> Vec<Point> {
    let arrows = flow(page).into_iter().filter(|arrow| arrow.from.name == from && arrow.to.name != main);
    arrows.map(|arrow| *arrow.route.last().expect("a tip")).collect()
}

#[test]
fn branches_stand_as_a_comb_where_that_makes_type_larger() {
    let fonts = Arc::new(FontBook::embedded());
    let scene = drawn(&shared_out(4, ""), &fonts);
    let page = &scene.pages[0];
    assert_eq!(crossings(page), 0);
    let teeth = tips(page, "核查", "集体审议");
    assert_eq!(teeth.len(), 4);
    assert!(teeth.windows(2).all(|pair| pair[0].x == pair[1].x && pair[0].y < pair[1].y), "as told: {teeth:?}");
    // Not under the main box's line but about it, so that the rows, which are high enough, stand evenly.
    let main = |to: &str| {
        let arrow = flow(page).into_iter().find(|arrow| arrow.to.name == to && arrow.label.is_none());
        arrow.expect("the main line").route.last().expect("a tip").y
    };
    assert!(teeth[0].y < main("集体审议") && main("集体审议") < teeth[3].y, "{teeth:?}");
    assert!(main("制作文书") - main("集体审议") < teeth[3].y - teeth[0].y, "{teeth:?}");
    // Each arrow's words stand at its own arm, after all share one line.
    let labels: Vec<_> = page.arrows().iter().filter_map(|arrow| arrow.label.clone()).collect();
    assert_eq!(labels, ["限期", "停产", "移送", "信用"]);
    // An arrow that comes back to the main box runs between it and the comb.
    let back = "下一步 = [\"制作文书\", { 到 = \"受理\", 说明 = \"退回\" }]\n";
    let into = shared_out(4, "").replace(
        "名称 = \"制作文书\"\n",
        "名称 = \"制作文书\"\n下一步 = [\"送达\", { 到 = \"集体审议\", 说明 = \"重审\" }]\n",
    );
    assert_eq!(crossings(&drawn(&into, &fonts).pages[0]), 0);
    for (chart, in_comb) in [(shared_out(4, back), true), (into, true), (shared_out(0, ""), false)] {
        let scene = drawn(&chart, &fonts);
        let teeth = tips(&scene.pages[0], "核查", "集体审议");
        let below = teeth.windows(2).all(|pair| pair[0].x == pair[1].x);
        assert_eq!(below, in_comb, "{} {teeth:?}", scene.meta.body_size.to_pt());
    }
}

#[test]
fn ends_stand_beside_the_rows_below_where_these_leave_them_the_room() {
    let fonts = Arc::new(FontBook::embedded());
    let chart = shared_out(4, "").replace("旁支 = \"集体审议\"", "旁支 = \"核查\"");
    let scene = drawn(&chart, &fonts);
    let page = &scene.pages[0];
    assert_eq!(crossings(page), 0);
    let teeth = tips(page, "核查", "集体审议");
    assert!(teeth.len() == 4 && teeth.windows(2).all(|pair| pair[0].x == pair[1].x), "{teeth:?}");
    let on = flow(page).into_iter().find(|arrow| arrow.to.name == "集体审议").expect("the main line").route.clone();
    assert!(teeth[0].y < on[0].y, "the first beside the box that leads to them");
    assert!(on[1].y < teeth[3].y, "the last beside the next");
    // Below one that leads back, the others stand so too.
    let returns = chart.replace("名称 = \"信用惩戒\"\n", "名称 = \"信用惩戒\"\n下一步 = [\"核查\"]\n");
    let scene = drawn(&returns, &fonts);
    assert_eq!(crossings(&scene.pages[0]), 0);
    let arrows = flow(&scene.pages[0]);
    let to = |name: &str| arrows.iter().find(|arrow| arrow.to.name == name).expect("an arrow");
    let tip = |name: &str| to(name).route.last().expect("a tip").y;
    assert!(tip("信用惩戒") < tip("限期整改") && tip("集体审议") < tip("移送司法"), "beside the next");
    // What comes to the next main box from elsewhere would run through them: they end above it.
    let back =
        chart.replace("名称 = \"送达\"\n", "名称 = \"送达\"\n下一步 = [{ 到 = \"集体审议\", 说明 = \"重审\" }]\n");
    let scene = drawn(&back, &fonts);
    let page = &scene.pages[0];
    let lowest = tips(page, "核查", "集体审议").into_iter().map(|tip| tip.y).max().expect("a tip");
    let on = flow(page).into_iter().find(|arrow| arrow.to.name == "集体审议").expect("the main line").route.clone();
    assert!(lowest < on[1].y);
}

/// Sees the three boxes beside a chart's second stage under each other, and nothing that crosses.
fn hang(chart: &str) {
    let scene = drawn(chart, &Arc::new(FontBook::embedded()));
    let page = &scene.pages[0];
    let hung = tips(page, "审核", "办结");
    assert!(hung.len() == 3 && hung.windows(2).all(|pair| pair[0].x == pair[1].x), "{hung:?}");
    assert_eq!(crossings(page), 0);
}

#[test]
fn boxes_that_hang_may_lead_on() {
    let chart = three_ends(12).replace("名称 = \"移送\"\n", "名称 = \"移送\"\n下一步 = [\"办结\"]\n");
    hang(&chart.replace("名称 = \"退回\"\n", "名称 = \"退回\"\n下一步 = [\"办结\"]\n"));
}

#[test]
fn boxes_that_hang_may_lead_back_to_where_they_hang() {
    let chart = three_ends(12).replace("名称 = \"移送\"\n", "名称 = \"移送\"\n下一步 = [\"审核\"]\n");
    let again = "名称 = \"终止\"\n下一步 = [{ 到 = \"审核\", 说明 = \"重新申请\" }]\n";
    hang(&chart.replace("名称 = \"终止\"\n", again));
}

/// Whether a way is one line straight down.
fn is_plumb(way: &[Point]) -> bool {
    way.len() == 2 && way[0].x == way[1].x && way[0].y < way[1].y
}

/// [`three_ends`] where each end leads to the next, and the second stage to the first alone.
fn one_after_another(words: usize) -> String {
    let chart = three_ends(words).replace(", { 到 = \"移送\", 说明 = \"不属本机关\" }, \"终止\"", "");
    let on = "名称 = \"退回\"\n下一步 = [{ 到 = \"移送\", 说明 = \"逾期不改\" }]\n";
    let chart = chart.replace("名称 = \"退回\"\n", on);
    chart.replace("名称 = \"移送\"\n", "名称 = \"移送\"\n下一步 = [\"终止\"]\n")
}

#[test]
fn what_follows_a_box_beside_the_main_line_stands_under_it() {
    let scene = drawn(&one_after_another(12), &Arc::new(FontBook::embedded()));
    let page = &scene.pages[0];
    for (from, to) in [("退回", "移送"), ("移送", "终止")] {
        assert!(is_plumb(way(page, from, to)), "{from} → {to}: {:?}", way(page, from, to));
    }
    assert_eq!(crossings(page), 0);
}

#[test]
fn a_box_that_two_above_it_lead_to_hangs_too() {
    let from_both = three_ends(12).replace("名称 = \"移送\"\n", "名称 = \"移送\"\n下一步 = [\"终止\"]\n");
    hang(&from_both);
    let scene = drawn(&from_both, &Arc::new(FontBook::embedded()));
    assert!(is_plumb(way(&scene.pages[0], "移送", "终止")));
}

#[test]
fn a_box_that_another_row_leads_to_hangs_too() {
    let early = "名称 = \"受理\"\n下一步 = [\"审核\", { 到 = \"移送\", 说明 = \"案情重大\" }]\n";
    let chart = three_ends(12).replace("名称 = \"受理\"\n", early);
    hang(&chart);
    let scene = drawn(&chart, &Arc::new(FontBook::embedded()));
    let (far, host) = (way(&scene.pages[0], "受理", "移送"), way(&scene.pages[0], "审核", "移送"));
    let (far, host) = (far.last().expect("a tip"), host.last().expect("a tip"));
    assert!(far.x < host.x, "at the outer side, not where what the main box sends comes in: {far:?}, {host:?}");
}

#[test]
fn what_leads_on_from_the_lowest_box_leaves_its_bottom() {
    let chart = one_after_another(12).replace("名称 = \"终止\"\n", "名称 = \"终止\"\n下一步 = [\"办结\"]\n");
    let scene = drawn(&chart, &Arc::new(FontBook::embedded()));
    let on = way(&scene.pages[0], "终止", "办结");
    assert!(on[0].x == on[1].x && on.windows(2).all(|pair| pair[0].y <= pair[1].y), "{on:?}");
}

#[test]
fn labels_stand_on_one_line_where_that_makes_type_larger() {
    let fonts = Arc::new(FontBook::embedded());
    let chart = |words: usize| {
        let side = |at: usize| format!("[[环节]]\n名称 = \"退{at}\"\n旁支 = \"核{at}\"\n");
        let stage = |at: usize| {
            let on = format!("下一步 = [\"核{}\", {{ 到 = \"退{at}\", 说明 = \"超过限额\" }}]\n", at + 1);
            let said = "不按规定的程序和时限办理，".repeat(words);
            format!("[[环节]]\n名称 = \"核{at}\"\n{on}[[环节.风险]]\n表现形式 = [\"{said}\"]\n{}", side(at))
        };
        let stages: String = (0..6).map(stage).collect();
        let orientation = if words > 1 { "纵向" } else { "横向" };
        format!("职权 = \"备案\"\n[版面]\n方向 = \"{orientation}\"\n{stages}[[环节]]\n名称 = \"核6\"\n")
    };
    let labels = |words: usize| {
        let (scene, mut labels) = (drawn(&chart(words), &fonts), BTreeSet::new());
        scene.pages[0].walk(|item, _| match item {
            Item::Text(run) if "超过限额".contains(&run.text) => drop(labels.insert(run.text.clone())),
            _ => {}
        });
        labels.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(labels(1), ["超过限额"], "the flow's height decides");
    assert_eq!(labels(12), ["超过", "限额"], "the texts decide");
}

#[test]
fn what_comes_back_to_one_box_comes_on_one_line() {
    let fonts = Arc::new(FontBook::embedded());
    let back = |name: &str| {
        format!("[[环节]]\n名称 = \"{name}\"\n下一步 = [\"办结\", {{ 到 = \"审核\", 说明 = \"退回\" }}]\n")
    };
    let chart =
        three_ends(2).replace("[[环节]]\n名称 = \"办结\"\n", &format!("{}[[环节]]\n名称 = \"办结\"\n", back("复核")));
    let chart = chart.replace("下一步 = [\"办结\", { 到 = \"退回\"", "下一步 = [\"复核\", { 到 = \"退回\"");
    let chart = chart.replace("名称 = \"办结\"\n", "名称 = \"办结\"\n下一步 = [{ 到 = \"审核\", 说明 = \"发回\" }]\n");
    let scene = drawn(&chart, &fonts);
    let arrows = flow(&scene.pages[0]);
    let ends = arrows.iter().filter(|arrow| arrow.to.name == "审核" && arrow.from.name != "受理");
    let ends: Vec<_> = ends.map(|arrow| arrow.route[arrow.route.len() - 3..].to_vec()).collect();
    assert!(ends.len() == 2 && ends[0][1..] == ends[1][1..], "{ends:?}");
}

/// A chart whose third stage decides whether what is missing has to be handed in; the fifth leads back to it, and the last to
/// the second.
fn back_to_a_decision(more: &str) -> String {
    format!(
        "职权 = \"许可\"\n[[环节]]\n名称 = \"申请\"\n[[环节]]\n名称 = \"接件\"\n\
         [[环节]]\n名称 = \"齐全吗\"\n形状 = \"判断\"\n下一步 = [{{ 到 = \"受理\", 说明 = \"齐全\" }}, {{ 到 = \"补正\", 说明 = \"不齐全\" }}]\n\
         [[环节]]\n名称 = \"补正\"\n旁支 = \"齐全吗\"\n下一步 = [\"接件\"]\n[[环节]]\n名称 = \"受理\"\n{more}\
         [[环节]]\n名称 = \"审核\"\n下一步 = [\"送达\", {{ 到 = \"齐全吗\", 说明 = \"需补充\" }}]\n[[环节]]\n名称 = \"送达\"\n"
    )
}

#[test]
fn an_arrow_back_runs_beside_the_main_line_where_nothing_crosses_it_there() {
    let fonts = Arc::new(FontBook::embedded());
    let back = |more: &str| {
        let scene = drawn(&back_to_a_decision(more), &fonts);
        let page = &scene.pages[0];
        // From the decision to the box beside it, and the line that comes back to it.
        (crossings(page), way(page, "齐全吗", "补正").to_vec(), way(page, "审核", "齐全吗").to_vec())
    };
    let (crossed, across, route) = back("");
    assert_eq!(crossed, 0);
    let (from, to) = (across[0], across[across.len() - 1]);
    let (line, tip) = (route[1].x, route[route.len() - 1]);
    assert!(to.x < line && line < from.x, "between both: {route:?}");
    assert!(tip.y > from.y, "below the arrow to the neighbour");
    // An arrow that leaves the main line there would cross it: along the outer side, as ever.
    let (_, across, route) = back("下一步 = [\"审核\", { 到 = \"申请\", 说明 = \"退回\" }]\n");
    assert!(route.iter().any(|point| point.x < across[across.len() - 1].x), "{route:?}");
}

#[test]
fn an_arrow_back_takes_the_side_on_which_it_crosses_less() {
    let fonts = Arc::new(FontBook::embedded());
    let beside = ["限期整改", "停产停业", "移送司法"];
    let next = beside.map(|name| format!(", {{ 到 = \"{name}\", 说明 = \"{}\" }}", &name[..6])).concat();
    let boxes =
        beside.map(|name| format!("[[环节]]\n名称 = \"{name}\"\n旁支 = \"审议\"\n下一步 = [\"文书\"]\n")).concat();
    let chart = format!(
        "职权 = \"检查\"\n[[环节]]\n名称 = \"核查\"\n下一步 = [\"审议\"{next}]\n[[环节]]\n名称 = \"审议\"\n{boxes}\
         [[环节]]\n名称 = \"文书\"\n下一步 = [\"送达\", {{ 到 = \"审议\", 说明 = \"退回\" }}]\n[[环节]]\n名称 = \"送达\"\n"
    );
    let scene = drawn(&chart, &fonts);
    // Along the outer side it would cross the lines to all three; between the main line and their comb it crosses none.
    assert_eq!(crossings(&scene.pages[0]), 0);
}

#[test]
fn an_arrow_past_boxes_runs_beside_the_main_line_where_it_crosses_less() {
    let fonts = Arc::new(FontBook::embedded());
    let chart = "职权 = \"抽检\"\n[[环节]]\n名称 = \"检验\"\n下一步 = [{ 到 = \"公示\", 说明 = \"合格\" }, \
                 { 到 = \"核查\", 说明 = \"不合格\" }]\n[[环节]]\n名称 = \"核查\"\n旁支 = \"检验\"\n\
                 下一步 = [{ 到 = \"立案\", 说明 = \"违法\" }, { 到 = \"提示\", 说明 = \"轻微\" }]\n[[环节]]\n名称 = \"提示\"\n\
                 旁支 = \"检验\"\n下一步 = [\"公示\"]\n[[环节]]\n名称 = \"立案\"\n[[环节]]\n名称 = \"公示\"\n[[环节]]\n名称 = \"归档\"\n";
    let scene = drawn(chart, &fonts);
    let page = &scene.pages[0];
    // The line that comes back to the main line before the box that is gone past; to the outer side it would cross two.
    assert_eq!(crossings(page), 1);
    let along = |from: &str, to: &str| way(page, from, to).iter().map(|point| point.x).min().expect("a point");
    assert!(along("检验", "公示") > along("核查", "立案"), "between the boxes");
}

#[test]
fn an_arrow_back_from_a_box_that_another_stands_beside_runs_between_both() {
    let fonts = Arc::new(FontBook::embedded());
    let chart = "职权 = \"处罚\"\n[[环节]]\n名称 = \"取证\"\n[[环节]]\n名称 = \"意见\"\n[[环节]]\n名称 = \"告知\"\n\
                 下一步 = [{ 到 = \"决定\", 说明 = \"无异议\" }, { 到 = \"听证\", 说明 = \"要求听证\" }, \
                 { 到 = \"意见\", 说明 = \"申辩成立\" }]\n[[环节]]\n名称 = \"听证\"\n旁支 = \"告知\"\n下一步 = [\"决定\"]\n\
                 [[环节]]\n名称 = \"决定\"\n";
    let scene = drawn(chart, &fonts);
    let page = &scene.pages[0];
    // Under the box beside it, to the outer side, it would cross that one's line.
    assert_eq!(crossings(page), 0);
    let (back, across) = (way(page, "告知", "意见"), way(page, "告知", "听证"));
    let tip = across.last().expect("a tip");
    assert!(back.iter().all(|point| point.x > tip.x && point.y < tip.y), "{back:?}");
}
