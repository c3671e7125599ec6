//! What stages say of each other: where the flow goes on, what stands beside what, which rows a box spans.

use super::{Link, Shape, Stage, StageIx};
use crate::diag::{Code, Diagnostic, Report, Words, related};
use crate::input::keys::TableId;
use crate::input::{nearest, one_line};
use crate::source::{Spanned, Text};

/// The names of other stages that one stage holds, as written.
pub(super) struct Links {
    /// `None` where left out.
    pub(super) next: Option<Vec<(Text, Option<Text>)>>,
    pub(super) beside: Option<Text>,
    /// For each risk.
    pub(super) risks: Vec<Option<Text>>,
    /// For each measure.
    pub(super) measures: Vec<Option<Text>>,
}

/// Finds the stages named and fills in where each stage leads.
///
/// Stages of a ledger, without `arrows`, lead nowhere; what is written of it all the same is told.
pub(super) fn resolve(stages: &mut [Stage], links: &[Links], arrows: bool, report: &mut Report) {
    unique_ids(stages, report);
    for (at, link) in links.iter().enumerate() {
        stages[at].beside = link.beside.as_ref().and_then(|written| beside(stages, links, at, written, report));
    }
    for (at, link) in links.iter().enumerate() {
        let risks: Vec<_> = link.risks.iter().map(|written| through(stages, at, written.as_ref(), report)).collect();
        let measures: Vec<_> =
            link.measures.iter().map(|written| through(stages, at, written.as_ref(), report)).collect();
        stages[at].risks.iter_mut().zip(risks).for_each(|(risk, through)| risk.through = through);
        stages[at].measures.iter_mut().zip(measures).for_each(|(measure, through)| measure.through = through);
        if let Some(written) = &link.next {
            stages[at].next = next(stages, at, written, report);
        }
    }
    if !arrows {
        forgo_arrows(stages, report);
        return;
    }
    for (at, link) in links.iter().enumerate() {
        if link.next.is_none() {
            stages[at].next = default_next(stages, links, at);
        }
    }
}

/// Empties what the stages of a ledger lead to.
fn forgo_arrows(stages: &mut [Stage], report: &mut Report) {
    for stage in stages {
        if let Some(first) = stage.next.first() {
            let problem = Diagnostic::new(Code::NextWithoutArrows, first.span);
            report.push(problem.with("stage", &stage.name.value));
        }
        stage.next.clear();
    }
}

fn unique_ids(stages: &[Stage], report: &mut Report) {
    // Of two charts in one file, that is told.
    let other_chart = report.misread.another;
    for (at, stage) in stages.iter().enumerate() {
        if other_chart.is_some_and(|other| other < stage.span) {
            return;
        }
        let twin = stages[..at].iter().find(|other| other.id.value == stage.id.value && !stage.id.value.is_empty());
        if let Some(twin) = twin {
            let problem = Diagnostic::new(Code::DuplicateStage, stage.id.span).with("id", &stage.id.value);
            report.push(problem.related(twin.id.span, related::FIRST_USED));
        }
    }
}

/// Whether a name, which may be broken over lines, is the word written.
fn is_called(name: &str, written: &str) -> bool {
    name == written || (name.contains('\n') && one_line(name) == one_line(written))
}

/// Where a stage is named.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In a list, each with what leads there.
    Next,
    /// By itself, 旁支 or 至.
    Alone,
    /// Behind 到, beside its label.
    To,
}

/// The stage of this id, or else the only one of this name.
fn find(stages: &[Stage], written: &Text, place: Place, report: &mut Report) -> Option<StageIx> {
    let by_id = stages.iter().position(|stage| is_called(&stage.id.value, &written.value));
    let by_name = || {
        let mut named = (0..stages.len()).filter(|&at| is_called(&stages[at].name.value, &written.value));
        named.next().filter(|_| named.next().is_none())
    };
    let found = by_id.or_else(by_name).or_else(|| {
        let closed = super::fields::unspread(&written.value)?;
        stages.iter().position(|stage| stage.id.value == closed)
    });
    if found.is_none() {
        unknown(stages, written, place, report);
    }
    found.map(StageIx)
}

/// Words for no stage at all.
const NONE: &[&str] = &["无", "没有", "结束", "完", "完成", "终止", "-", "—", "/"];

/// Stages listed in a message where none is near the one written.
const LISTED: usize = 20;

fn unknown(stages: &[Stage], written: &Text, place: Place, report: &mut Report) {
    let ids = || stages.iter().map(|stage| stage.id.value.as_str()).filter(|id| !id.is_empty());
    let mut problem = Diagnostic::new(Code::UnknownStage, written.span).with("value", &written.value);
    if NONE.contains(&written.value.as_str()) {
        report.push(problem.with("none", "[]"));
        return;
    }
    if let Some(told) = taken_apart(stages, written, place, problem.clone()) {
        report.push(told);
        return;
    }
    let near = nearest(&written.value, ids());
    // Its own header or name is what can't be read.
    if near.is_none()
        && (super::fields::missed(TableId::Chart, "stage", report)
            || super::fields::missed(TableId::Stage, "name", report))
    {
        return;
    }
    match near {
        Some(near) => problem = problem.with("nearest", near).edit(written.span, format!("\"{near}\"")),
        None => problem = problem.with("known", ids().take(LISTED).collect::<Vec<_>>().join(" ")),
    }
    report.push(problem);
}

/// What a text says that names stages and something else: several of them, one after the other, or what leads to one.
fn taken_apart(stages: &[Stage], written: &Text, place: Place, problem: Diagnostic) -> Option<Diagnostic> {
    let text = written.value.as_str();
    let quoted = |names: &[&str]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    if let Some(names) = chain(stages, text) {
        let [first, rest @ ..] = &names[..] else { return None };
        let problem = problem.with("first", first).with("then", quoted(&rest[..1]));
        return Some(problem.edit(written.span, quoted(&[first])));
    }
    if let Some(names) = several(stages, text) {
        return Some(match place {
            Place::Next => problem.with("several", quoted(&names)).edit(written.span, quoted(&names)),
            Place::Alone | Place::To => problem.with("alone", names.join("、")),
        });
    }
    let (to, label) = labelled(stages, text)?;
    Some(match place {
        Place::Next => {
            let link = format!("{{ 到 = \"{to}\", 说明 = \"{label}\" }}");
            problem.with("labelled", &link).edit(written.span, link)
        }
        Place::Alone | Place::To => problem.with("nearest", &to).edit(written.span, format!("\"{to}\"")),
    })
}

/// Whether a word is the name of a stage.
fn is_stage(stages: &[Stage], word: &str) -> bool {
    stages.iter().any(|stage| stage.id.value == word)
}

/// What may stand before the name of the stage that is led to.
const WAYS: &[&str] =
    &["", "退回至", "退回到", "退回", "返回到", "返回", "转入", "转到", "转", "进入", "回到", "到", "至"];

/// 材料齐全：审查, 不合格→退回受理, 审查（材料齐全）: the name of a stage, and what leads there.
fn labelled(stages: &[Stage], written: &str) -> Option<(String, String)> {
    let stage = |part: &str| {
        let part = part.trim();
        let mut names = WAYS.iter().filter_map(|way| part.strip_prefix(way)).map(str::trim);
        names.find(|name| is_stage(stages, name)).map(str::to_owned)
    };
    let behind = |text: &str| {
        let (to, label) = text.strip_suffix(['）', ')'])?.split_once(['（', '('])?;
        is_stage(stages, to.trim()).then(|| (to.trim().to_owned(), label.trim().to_owned()))
    };
    let mark = |c: char| matches!(c, '：' | ':' | '→' | '>' | '-' | '—' | '－' | '，' | ',');
    let (to, label) = behind(written).or_else(|| {
        let (label, to) = written.rsplit_once(mark)?;
        Some((stage(to)?, label.trim_end_matches(|c| mark(c) || c == ' ').trim().to_owned()))
    })?;
    (!label.is_empty() && !written.contains(['"', '\\'])).then_some((to, label))
}

/// 审查→决定: stages one after the other.
fn chain<'w>(stages: &[Stage], written: &'w str) -> Option<Vec<&'w str>> {
    let parts = written.split(['→', '>', '—', '－', '-']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<_> = parts.collect();
    (parts.len() > 1 && parts.iter().all(|part| is_stage(stages, part))).then_some(parts)
}

/// 审查、退件: the names of several stages in one text.
fn several<'w>(stages: &[Stage], written: &'w str) -> Option<Vec<&'w str>> {
    const WORDS: [&str; 7] = ["或者", "以及", "和", "或", "及", "与", "并"];
    let parts = |text: &'w str| {
        text.split(['、', '，', ',', '；', ';', '/', '／', ' ']).map(str::trim).filter(|part| !part.is_empty())
    };
    // A stage may have such a word in its own name.
    let whole = |part: &'w str| match is_stage(stages, part) {
        true => vec![part],
        false => WORDS
            .iter()
            .map(|word| part.split(word).map(str::trim).collect::<Vec<_>>())
            .find(|names| names.len() > 1 && names.iter().all(|name| is_stage(stages, name)))
            .unwrap_or(vec![part]),
    };
    let names: Vec<_> = parts(written).flat_map(whole).collect();
    (names.len() > 1 && names.iter().all(|name| is_stage(stages, name))).then_some(names)
}

fn beside(
    stages: &[Stage],
    links: &[Links],
    at: usize,
    written: &Text,
    report: &mut Report,
) -> Option<Spanned<StageIx>> {
    let host = find(stages, written, Place::Alone, report)?;
    if host.0 == at {
        report.push(Diagnostic::new(Code::BesideItself, written.span));
        return None;
    }
    if let Some(other) = &links[host.0].beside {
        let problem = Diagnostic::new(Code::BesideBeside, written.span).with("stage", &stages[host.0].name.value);
        report.push(problem.related(other.span, related::BESIDE_ANOTHER));
        return None;
    }
    Some(Spanned::new(host, written.span))
}

/// The last row of a box: that of the stage named, or of the stage it stands beside.
fn through(stages: &[Stage], at: usize, written: Option<&Text>, report: &mut Report) -> Option<Spanned<StageIx>> {
    let written = written?;
    let row = |ix: StageIx| stages[ix.0].beside.as_ref().map_or(ix, |host| host.value);
    let found = find(stages, written, Place::Alone, report)?;
    let last = row(found);
    if last < row(StageIx(at)) {
        let problem = Diagnostic::new(Code::BackwardSpan, written.span).with("stage", &stages[found.0].name.value);
        report.push(problem);
        return None;
    }
    Some(Spanned::new(last, written.span))
}

fn next(stages: &[Stage], at: usize, written: &[(Text, Option<Text>)], report: &mut Report) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (name, label) in written {
        let place = if label.is_some() { Place::To } else { Place::Next };
        let Some(to) = find(stages, name, place, report) else { continue };
        if to.0 == at && label.is_none() {
            report.push(Diagnostic::new(Code::NextItself, name.span).with_words("again", AGAIN));
        } else if let Some(twin) = links.iter().find(|link| link.to == to && !are_told_apart(&link.label, label)) {
            let problem = Diagnostic::new(Code::DuplicateNext, name.span).with("stage", &stages[to.0].name.value);
            report.push(problem.related(twin.span, related::FIRST_WRITTEN));
        } else {
            links.push(Link { to, label: label.clone(), span: name.span });
        }
    }
    links
}

/// How a stage that is done again is written.
const AGAIN: Words =
    Words { zh: "{ 到 = \"…\", 说明 = \"材料不齐\" }", en: "{ to = \"…\", label = \"材料不齐\" }" };

/// Whether the words at two arrows between the same stages tell one from the other.
fn are_told_apart(one: &Option<Text>, other: &Option<Text>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.value != other.value,
        _ => false,
    }
}

/// Where a stage without `next` leads: the main line goes on to its next stage in the file, and to those boxes beside
/// the stage that no other stage names. An end and a box beside the main line lead nowhere.
fn default_next(stages: &[Stage], links: &[Links], at: usize) -> Vec<Link> {
    let stage = &stages[at];
    if stage.beside.is_some() || stage.shape == Shape::End {
        return Vec::new();
    }
    let named = |ix: usize| {
        let mut written = stages.iter().zip(links).filter(|(_, links)| links.next.is_some());
        written.any(|(from, _)| from.next.iter().any(|link| link.to.0 == ix))
    };
    let following = (at + 1..stages.len()).find(|&ix| stages[ix].beside.is_none());
    let hosted = |&ix: &usize| stages[ix].beside.as_ref().is_some_and(|host| host.value.0 == at) && !named(ix);
    let to = following.into_iter().chain((0..stages.len()).filter(hosted));
    to.map(|ix| Link { to: StageIx(ix), label: None, span: stage.name.span }).collect()
}
