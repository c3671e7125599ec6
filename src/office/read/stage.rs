//! The box or cell of a stage: its name, and labelled lines below it.

use super::items::{Mark, items, mark, number_of};
use super::{ARROWS, Para, is_arrows, joined, lines, squeezed};
use crate::office::draft::Stage;
use crate::office::lines::OF_STAGE;

/// Entries from which on a numbered list below a name is one of steps.
const LEAST_STEPS: u32 = 2;

/// Reads a stage. `stripped` says that numbers before the names count the stages.
pub(crate) fn read(paras: &[Para], stripped: bool) -> Stage {
    let mut stage = Stage::default();
    let mut name: Vec<String> = Vec::new();
    // The line that is being read, and its text; a list goes on with numbered lines.
    let mut open: Option<(usize, String)> = None;
    for line in joined(paras).split('\n').filter(|line| !is_arrows(line)) {
        let found = OF_STAGE.iter().enumerate().find_map(|(at, own)| Some((at, own.value(line)?.trim().to_owned())));
        match (found, &mut open) {
            (Some(found), _) => {
                close(&mut stage, open.take());
                open = Some(found);
            }
            (None, Some((_, text))) if mark(line).is_some() => {
                text.push('\n');
                text.push_str(line);
            }
            _ => {
                close(&mut stage, open.take());
                name.push(line.to_owned());
            }
        }
    }
    close(&mut stage, open);
    steps(&mut stage, &mut name);
    let name = squeezed(name.join("\n").trim_matches(ARROWS));
    stage.name = match counted(&name) {
        Some((_, rest)) if stripped && !rest.is_empty() => rest.to_owned(),
        _ => name,
    };
    stage
}

/// The number that counts a stage and its name: 3.决定, 第三步：决定, 环节三：决定.
pub(crate) fn counted(name: &str) -> Option<(u32, &str)> {
    if let Some((mark, rest)) = mark(name) {
        return Some((mark.value?, rest));
    }
    let (words, rest) = name.split_once(['：', ':', '、'])?;
    let nth = |words: &str| ["步", "环节", "阶段"].iter().find_map(|kind| words.strip_suffix(kind)).and_then(number_of);
    let own = || ["步骤", "环节", "流程", "阶段"].iter().find_map(|kind| words.strip_prefix(kind)).and_then(number_of);
    let value = words.strip_prefix('第').and_then(nth).or_else(own)?;
    Some((value, rest.trim_start()))
}

fn close(stage: &mut Stage, open: Option<(usize, String)>) {
    if let Some((at, text)) = open.filter(|(_, text)| !text.trim().is_empty()) {
        (OF_STAGE[at].set)(stage, text.trim());
    }
}

/// Lines below the name that count up from one are steps.
fn steps(stage: &mut Stage, name: &mut Vec<String>) {
    let value = |line: &String| mark(line).and_then(|(Mark { value, .. }, _)| value);
    let Some(first) = name.iter().skip(1).position(|line| value(line) == Some(1)).map(|at| at + 1) else { return };
    let counts = (1u32..).zip(&name[first..]).all(|(count, line)| value(line) == Some(count));
    if counts && (name.len() - first) as u32 >= LEAST_STEPS && stage.steps.is_empty() {
        let list = name.split_off(first).join("\n");
        stage.steps = items(&lines(&list));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_s_lines_are_told_apart() {
        let text = "审　查\n办理时限：2个工作日\n材料：1.申请表\n2.身份证\n下一步：通过→决定；不通过→退回\n形状：判断";
        let stage = read(&lines(text), false);
        assert_eq!((stage.name.as_str(), stage.deadline.as_str(), stage.shape), ("审查", "2个工作日", "decision"));
        assert_eq!(stage.materials, ["申请表", "身份证"]);
        let next = stage.next.unwrap_or_default();
        assert_eq!((next[1].label.as_str(), next[1].to.as_str()), ("不通过", "退回"));
    }

    #[test]
    fn arrows_to_the_next_stage_are_no_part_of_a_name() {
        for text in ["受理\n↓", "受理↓", "↓\n受理", "受　理 →"] {
            assert_eq!(read(&lines(text), false).name, "受理", "{text}");
        }
        assert_eq!(read(&lines("受理→审查"), false).name, "受理→审查");
    }

    #[test]
    fn stages_are_counted_in_many_words() {
        for text in ["3.决定", "（三）决定", "第三步：决定", "环节三：决定", "步骤3、决定"] {
            assert_eq!(counted(text), Some((3, "决定")), "{text}");
        }
        assert_eq!(counted("环节管理：决定"), None);
    }

    #[test]
    fn a_numbered_list_below_a_name_is_its_steps() {
        let stage = read(&lines("受理\n1.收件\n2.登记"), false);
        assert_eq!((stage.name.as_str(), stage.steps), ("受理", vec!["收件".to_owned(), "登记".to_owned()]));
        assert_eq!(read(&lines("受理\n1.收件"), false).name, "受理1.收件");
    }
}
