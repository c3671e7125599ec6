//! Charts of one folder beside each other: copies, gaps in a series, units named differently.

use std::collections::BTreeMap;

use super::{BLANK, Chart, ChartText, LevelIx, Shape, Stage, StageIx, TextField, TextOwner};
use crate::diag::{Code, Diagnostic};
use crate::input::nearest;
use crate::source::{Spanned, Text, is_han};

/// Compares the charts of one folder, given with the names of their files. `whole` says that these are all there are:
/// only then can one be missing.
///
/// Each problem comes with the number of the chart it belongs to; its places are those of that chart's own files.
pub fn compare(charts: &[(&str, &Chart)], whole: bool) -> Vec<(usize, Diagnostic)> {
    let mut problems = copies(charts);
    problems.extend(units(charts));
    if whole {
        problems.extend(gaps(charts));
    }
    problems
}

/// Charts that say what one before them says.
fn copies(charts: &[(&str, &Chart)]) -> Vec<(usize, Diagnostic)> {
    let mut first: BTreeMap<Content<'_>, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for (at, (_, chart)) in charts.iter().enumerate() {
        // A flow without a word on risks says too little to be a copy.
        let Some(content) = content(chart) else { continue };
        match first.get(&content) {
            Some(other) => {
                let problem = Diagnostic::new(Code::SameContent, chart.power.span);
                problems.push((at, problem.with("other", charts[*other].0)));
            }
            None => _ = first.insert(content, at),
        }
    }
    problems
}

/// What a chart says and how its boxes hang together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Content<'c> {
    words: Vec<(TextOwner, TextField, &'c str)>,
    stages: Vec<Relations<'c>>,
}

/// What is said of a stage other than in its own words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Relations<'c> {
    shape: Shape,
    beside: Option<StageIx>,
    next: Vec<StageIx>,
    /// The last stage that each risk spans to, and its level.
    risks: Vec<(Option<StageIx>, Option<&'c str>)>,
    measures: Vec<Option<StageIx>>,
}

/// What a chart says, and of which unit; what it is called is left out. `None` where it has no items.
fn content(chart: &Chart) -> Option<Content<'_>> {
    let words: Vec<_> = chart.texts().filter(counts).collect();
    let says = |said: &ChartText<'_>| said.field == TextField::Items && said.text.value != BLANK;
    words.iter().any(says).then(|| Content {
        words: words.iter().map(|said| (said.owner, said.field, said.text.value.as_str())).collect(),
        stages: chart.stages.iter().map(|stage| relations(chart, stage)).collect(),
    })
}

/// Whether a text tells one chart from another: not names and numbers of the power, nor how the poster looks.
fn counts(said: &ChartText<'_>) -> bool {
    match said.owner {
        TextOwner::Chart => matches!(said.field, TextField::Unit | TextField::Notes),
        TextOwner::Phone(_) | TextOwner::Level(_) => false,
        TextOwner::Stage(_) => said.field != TextField::Id,
        TextOwner::Risk(..) => said.field != TextField::Code,
        TextOwner::Link(..) | TextOwner::Measure(..) => true,
    }
}

fn relations<'c>(chart: &'c Chart, stage: &Stage) -> Relations<'c> {
    let stage_of = |place: &Option<Spanned<StageIx>>| place.as_ref().map(|stage| stage.value);
    let level = |level: &Spanned<LevelIx>| chart.levels[level.value.0].name.value.as_str();
    let risks = stage.risks.iter().map(|risk| (stage_of(&risk.through), risk.level.as_ref().map(level)));
    Relations {
        shape: stage.shape,
        beside: stage_of(&stage.beside),
        next: stage.next.iter().map(|link| link.to).collect(),
        risks: risks.collect(),
        measures: stage.measures.iter().map(|measure| stage_of(&measure.through)).collect(),
    }
}

/// Units that differ from the folder's usual one, or are much like another.
fn units(charts: &[(&str, &Chart)]) -> Vec<(usize, Diagnostic)> {
    let units: Vec<(usize, &Text)> =
        charts.iter().enumerate().filter_map(|(at, (_, chart))| Some((at, chart.unit.as_ref()?))).collect();
    let count = |name: &str| units.iter().filter(|(_, unit)| unit.value == name).count();
    let usual = units.iter().find(|(_, unit)| count(&unit.value) * 2 > units.len());
    let mut problems = Vec::new();
    for (index, (at, unit)) in units.iter().enumerate() {
        // Without a usual name it is told of the later of two that are much alike.
        let alike = || {
            let name = nearest(&unit.value, units[..index].iter().map(|(_, other)| other.value.as_str()))?;
            let differ = strsim::damerau_levenshtein(&unit.value, name);
            let other = units.iter().find(|(_, other)| other.value == name);
            other.filter(|_| (1..=2).contains(&differ))
        };
        let Some((other, name)) = usual.or_else(alike).filter(|(_, name)| name.value != unit.value) else { continue };
        let problem = Diagnostic::new(Code::UnitDiffers, unit.span).with("unit", &unit.value);
        problems.push((*at, problem.with("other", charts[*other].0).with("usual", &name.value)));
    }
    problems
}

/// A name that ends in a number, brackets after it apart: 其他权力三[公告].
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbered<'t> {
    series: &'t str,
    number: usize,
    /// Whether the number is written in 一二三.
    han: bool,
}

/// Names that make a series.
const SERIES: usize = 3;

/// Powers whose number doesn't follow that of the one before.
fn gaps(charts: &[(&str, &Chart)]) -> Vec<(usize, Diagnostic)> {
    let mut series: BTreeMap<(&str, bool), BTreeMap<usize, usize>> = BTreeMap::new();
    for (at, (_, chart)) in charts.iter().enumerate() {
        if let Some(Numbered { series: name, number, han }) = numbered(&chart.power.value) {
            series.entry((name, han)).or_default().insert(number, at);
        }
    }
    let mut problems = Vec::new();
    for ((name, han), numbers) in series {
        let present: Vec<(usize, usize)> = numbers.into_iter().collect();
        let Some(((first, _), (last, _))) = present.first().zip(present.last()) else { continue };
        // With much missing, the numbers are no series.
        let missing = last - first + 1 - present.len();
        if present.len() < SERIES || missing * 2 > present.len() {
            continue;
        }
        for pair in present.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1) {
            let ((before, _), (number, at)) = (pair[0], pair[1]);
            let absent: Vec<_> = (before + 1..number).map(|n| format!("“{}”", written(name, n, han))).collect();
            let problem = Diagnostic::new(Code::SeriesGap, charts[at].1.power.span);
            let problem = problem.with("before", written(name, before, han)).with("power", written(name, number, han));
            problems.push((at, problem.with("missing", absent.join("、"))));
        }
    }
    problems.sort_by_key(|(at, _)| *at);
    problems
}

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn written(series: &str, number: usize, han: bool) -> String {
    let (tens, ones) = (number / 10, number % 10);
    match (han, tens) {
        (false, _) => format!("{series}{number}"),
        (true, 0) => format!("{series}{}", DIGITS[ones]),
        (true, 1) => format!("{series}十{}", DIGITS[ones]),
        (true, _) => format!("{series}{}十{}", DIGITS[tens % 10], DIGITS[ones]),
    }
}

fn numbered(name: &str) -> Option<Numbered<'_>> {
    let name = name.split(['[', '(', '（', '〔', '［', '【', '：', ':', ' ', '—']).next()?;
    let han = |c: char| c == '十' || DIGITS[1..].iter().any(|digit| digit.starts_with(c));
    let by_han = name.trim_end_matches(han);
    let by_digit = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let (series, han) = if by_han.len() < name.len() { (by_han, true) } else { (by_digit, false) };
    let number = &name[series.len()..];
    let number = if han { han_number(number)? } else { number.parse().ok().filter(|number| *number < 1000)? };
    let enough = series.chars().filter(|&c| is_han(c)).count() >= 2;
    (enough && number > 0).then_some(Numbered { series, number, han })
}

/// 一 to 九十九.
fn han_number(text: &str) -> Option<usize> {
    let digit = |text: &str| DIGITS.iter().position(|digit| *digit == text);
    match text.split_once('十') {
        None => digit(text),
        Some(("", ones)) => Some(10 + digit(ones)?),
        Some((tens, ones)) => Some(digit(tens)? * 10 + digit(ones)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Lang, Report};
    use crate::host::{Entry, Host, ReadFault};
    use crate::{input, model};

    struct One<'t>(&'t str);

    impl Host for One<'_> {
        fn read(&self, _: &str) -> Result<Vec<u8>, ReadFault> {
            Ok(self.0.as_bytes().to_vec())
        }
    }

    fn chart(power: &str, more: &str) -> Chart {
        let text = format!("power = \"{power}\"\n{more}\n");
        let mut report = Report::default();
        let entry = Entry { chart: "x.toml".to_owned(), project: None };
        let tree = input::read(&One(&text), &entry, &mut report).expect("a tree");
        model::check(tree, &mut report).expect("a chart")
    }

    fn problem(charts: &[(&str, Chart)], whole: bool) -> Vec<String> {
        let charts: Vec<_> = charts.iter().map(|(name, chart)| (*name, chart)).collect();
        compare(&charts, whole).iter().map(|(at, problem)| format!("{at} {}", problem.message(Lang::Zh))).collect()
    }

    fn powers(names: &[&str]) -> Vec<String> {
        let stage = "[[stage]]\nname = \"受理\"";
        let charts: Vec<_> = names.iter().map(|name| ("x", chart(name, stage))).collect();
        problem(&charts, true)
    }

    #[test]
    fn copies_are_found_whatever_they_are_called() {
        let content =
            "[[stage]]\nname = \"受理\"\n[stage.risk]\nitems = [\"拖延。\"]\n[stage.measure]\nitems = [\"限时。\"]";
        let other = content.replace("拖延", "刁难");
        let moved = content.replace(
            "[\"拖延。\"]\n[stage.measure]\nitems = [\"限时。\"]",
            "[\"拖延。\", \"限时。\"]\n[stage.measure]\nitems = []",
        );
        let unit = format!("unit = \"二局\"\n{content}");
        let charts = [
            ("a", chart("甲", content)),
            ("b", chart("乙", &other)),
            ("c", chart("丙", &format!("date = \"2025年\"\n{content}"))),
            ("d", chart("丁", &moved)),
            ("e", chart("戊", &unit)),
            ("f", chart("己", "[[stage]]\nname = \"受理\"")),
            ("g", chart("庚", "[[stage]]\nname = \"受理\"")),
        ];
        assert_eq!(problem(&charts, true), ["2 环节、风险和措施与 a 逐字相同"]);
    }

    #[test]
    fn a_number_left_out_is_missed() {
        let series = ["其他权力一[受理]", "其他权力二", "其他权力三（公告）", "其他权力五", "其他权力六", "行政检查"];
        assert_eq!(powers(&series), ["3 编号不连续：“其他权力三”之后是“其他权力五”，没有“其他权力四”"]);
        let long = ["许可事项8", "许可事项11", "许可事项7", "许可事项6"];
        assert_eq!(powers(&long), ["1 编号不连续：“许可事项8”之后是“许可事项11”，没有“许可事项9”、“许可事项10”"]);
        let tens = ["其他权力十九", "其他权力二十一", "其他权力二十二"];
        assert_eq!(powers(&tens), ["1 编号不连续：“其他权力十九”之后是“其他权力二十一”，没有“其他权力二十”"]);
    }

    #[test]
    fn what_is_no_series_has_no_gap() {
        let none: [&[&str]; 6] = [
            &["其他权力一", "其他权力二", "其他权力三"],
            &["其他权力二", "其他权力三", "其他权力四"],
            &["其他权力一", "其他权力三"],
            &["检查一", "检查五", "检查九"],
            &["其他权力一", "其他权力二", "其他权力3", "其他权力五级"],
            &["统一", "专一", "第三方检查", "12345"],
        ];
        for names in none {
            assert!(powers(names).is_empty(), "{names:?}");
        }
        let stage = "[[stage]]\nname = \"受理\"";
        let some = ["权力一", "权力二", "权力四"].map(|name| ("x", chart(name, stage)));
        assert!(problem(&some, false).is_empty(), "the others may be there and not asked for");
    }

    #[test]
    fn a_unit_that_differs_is_told_where_a_slip_is_likely() {
        let units = |names: &[&str]| {
            let more = |name: &&str| match *name {
                "" => "[[stage]]\nname = \"受理\"".to_owned(),
                name => format!("unit = \"{name}\"\n[[stage]]\nname = \"受理\""),
            };
            let charts: Vec<_> = names.iter().map(|name| ("x", chart("检查", &more(name)))).collect();
            problem(&charts, true)
        };
        let expected = "1 单位写作“市财政管理部”，同一文件夹的 x 写作“市财政局”";
        assert_eq!(units(&["市财政局", "市财政管理部", "市财政局", ""]), [expected]);
        assert_eq!(units(&["市财正局", "市财政局"]), ["1 单位写作“市财政局”，同一文件夹的 x 写作“市财正局”"]);
        for alike in
            [&["市财政局", "市民政管理局", "水利和湖泊局"][..], &["市财政局", "市财政局"], &["", "市财政局"], &[]]
        {
            assert!(units(alike).is_empty(), "{alike:?}");
        }
    }
}
