//! How items end: all alike in a chart, or “；” up to the last of a box and “。” there.

use super::locate;
use crate::diag::{Code, Diagnostic, Report, Words};
use crate::model::{BLANK, Chart, ChartText, StageIx, TextField, TextOwner};
use crate::source::{Text, is_emoji};

/// How an item ends.
#[derive(Clone, Copy, PartialEq)]
enum Ending {
    /// 。 or another mark that ends a sentence.
    Stop,
    /// No mark.
    Bare,
    /// A mark that something should follow.
    Open(char),
}

impl Ending {
    fn of(text: &str) -> Self {
        // An emoji is told as one; the mark before it ends the item.
        let text = text.trim_end_matches(is_emoji);
        let core = text.trim_end_matches(['”', '’', '）', '》', '」', ')', '"']);
        let last = core.chars().next_back();
        match last {
            Some('。' | '！' | '？' | '…') => Self::Stop,
            Some(c @ ('，' | '、' | '；' | '：' | ',' | ';' | '.')) if core.len() == text.len() => Self::Open(c),
            _ => Self::Bare,
        }
    }

    fn words(self) -> Words {
        match self {
            Self::Stop => Words { zh: "有句号", en: "a full stop" },
            Self::Bare => Words { zh: "没有标点", en: "no mark" },
            Self::Open('；' | ';') => Words { zh: "是分号", en: "a semicolon" },
            Self::Open('，' | ',' | '、') => Words { zh: "是逗号", en: "a comma" },
            Self::Open(_) => Words { zh: "是别的标点", en: "another mark" },
        }
    }
}

/// Of all items, how many in a hundred have to end alike for that to be the chart's way.
const USUAL_PERCENT: usize = 60;

pub(super) fn check(chart: &Chart, report: &mut Report) {
    let items: Vec<_> = chart.texts().filter(|said| said.field == TextField::Items).collect();
    let boxes = items.chunk_by(|a, b| a.owner == b.owner).filter(|items| !is_enumeration(items));
    let items: Vec<&Text> = boxes.flatten().map(|said| said.text).filter(|item| item.value != BLANK).collect();
    let Some(usual) = usual(&items) else { return };
    for item in items {
        let ending = Ending::of(&item.value);
        // A half-width mark at the end is told as such.
        if ending != usual && !matches!(ending, Ending::Open(',' | ';' | '.')) {
            report.push(problem(item, ending, usual, report));
        }
    }
}

/// The mark that a name or title ends in, where it should have none. A stage may be called by a whole sentence.
pub(super) fn check_name(chart: &Chart, said: &ChartText<'_>, report: &mut Report) {
    let value = &said.text.value;
    let stop = match said.field {
        TextField::Unit | TextField::Title | TextField::Power | TextField::Subtitle | TextField::Category => true,
        TextField::Department | TextField::Phase | TextField::Responsible | TextField::Supervisor => true,
        TextField::Name | TextField::Deadline => false,
        _ => return,
    };
    let Some(mark) = value.chars().next_back().filter(|c| "，、；：".contains(*c) || (stop && *c == '。')) else {
        return;
    };
    // 审核以下内容： leads to what stands below it in the box.
    let leads = |stage: StageIx| {
        let stage = &chart.stages[stage.0];
        stage.note.is_some() || !stage.steps.is_empty() || !stage.materials.is_empty()
    };
    if mark == '：' && matches!(said.owner, TextOwner::Stage(stage) if leads(stage)) {
        return;
    }
    let part = value.len() - mark.len_utf8()..value.len();
    let problem = match locate(said.text, part, report) {
        Some(span) => Diagnostic::new(Code::TrailingMark, span).edit(span, ""),
        None => Diagnostic::new(Code::TrailingMark, said.text.span),
    };
    report.push(problem.with("text", value).with("typed", mark));
}

/// 甲；乙；丙。
fn is_enumeration(items: &[ChartText<'_>]) -> bool {
    let Some((last, rest)) = items.split_last() else { return false };
    let semicolon = |item: &ChartText<'_>| matches!(Ending::of(&item.text.value), Ending::Open('；'));
    !rest.is_empty() && rest.iter().all(semicolon) && Ending::of(&last.text.value) == Ending::Stop
}

fn usual(items: &[&Text]) -> Option<Ending> {
    let count = |ending| items.iter().filter(|item| Ending::of(&item.value) == ending).count();
    [Ending::Stop, Ending::Bare].into_iter().find(|&ending| count(ending) * 100 >= items.len() * USUAL_PERCENT)
}

fn problem(item: &Text, ending: Ending, usual: Ending, report: &Report) -> Diagnostic {
    let length = item.value.len();
    let problem = Diagnostic::new(Code::ItemEnding, item.span);
    let problem = problem.with_words("end", ending.words()).with_words("usual", usual.words());
    let (part, new) = match (ending, usual) {
        (Ending::Open(c), Ending::Stop) => (length - c.len_utf8()..length, "。"),
        (Ending::Open(c), _) => (length - c.len_utf8()..length, ""),
        (Ending::Bare, _) => (length..length, "。"),
        (Ending::Stop, _) if item.value.ends_with('。') => (length - '。'.len_utf8()..length, ""),
        (Ending::Stop, _) => return problem,
    };
    match locate(item, part, report) {
        Some(span) => problem.edit(span, new),
        None => problem,
    }
}
