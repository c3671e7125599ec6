//! Levels that stand beside the text of a risk without a label: （高）不予受理。, 一级风险：不予受理。

use crate::office::read::items::{ends, mark};
use crate::office::read::{Para, level, squeezed};

/// Letters of the longest level.
const LONGEST: usize = 8;
/// Signs that are levels where several stand beside each other, and else bullets.
const STARS: [char; 2] = ['★', '☆'];

/// The paragraphs of a box with such levels on lines of their own, labelled as elsewhere; as they are where it isn't plain
/// which entries a level stands for.
pub(super) fn labelled(paras: &[Para]) -> Vec<Para> {
    let lines = || paras.iter().flat_map(|para| para.text.split('\n')).filter(|line| !line.trim().is_empty());
    let trails = lines().filter(|line| trailing(line).is_some()).count();
    let counted = lines().filter(|line| mark(line).is_some()).count();
    let each = trails == if counted > 0 { counted } else { lines().count() };
    let last = trails == 1 && lines().next_back().is_some_and(|line| trailing(line).is_some());
    if lines().next().is_some_and(|line| leading(line).is_some()) {
        rewritten(paras, |line| leading(line).map(|(level, rest)| format!("风险等级：{level}\n{rest}")))
    } else if trails > 0 && (each || last) {
        rewritten(paras, |line| trailing(line).map(|(level, rest)| format!("{rest}\n风险等级：{level}")))
    } else {
        paras.to_vec()
    }
}

fn rewritten(paras: &[Para], line: impl Fn(&str) -> Option<String>) -> Vec<Para> {
    let of = |text: &str| line(text).unwrap_or_else(|| text.to_owned());
    let para =
        |para: &Para| Para { text: para.text.split('\n').map(of).collect::<Vec<_>>().join("\n"), ..para.clone() };
    paras.iter().map(para).collect()
}

/// A level at the beginning of a line: in brackets, before a colon, as stars.
fn leading(line: &str) -> Option<(String, String)> {
    let body = match mark(line) {
        Some((_, rest)) if !line.trim_start().starts_with(STARS) => rest,
        _ => line.trim_start(),
    };
    let (words, rest) = if let Some(inner) = body.strip_prefix(['（', '(', '【', '[']) {
        inner.split_once(['）', ')', '】', ']'])?
    } else if body.starts_with(STARS) {
        let rest = body.trim_start_matches(STARS);
        let stars = &body[..body.len() - rest.len()];
        (stars.chars().nth(1).is_some() && !rest.trim().is_empty()).then_some((stars, rest))?
    } else {
        body.split_once(['：', ':'])?
    };
    Some((said(words)?, rest.trim_start_matches(['：', ':']).trim_start().to_owned()))
}

/// A level in brackets at the end of a line: 不按时办结。（高风险）
fn trailing(line: &str) -> Option<(String, String)> {
    let body = line.trim_end().trim_end_matches(['。', '；', ';']);
    let inner = body.strip_suffix(['）', ')', '】', ']'])?;
    let open = inner.rfind(['（', '(', '【', '['])?;
    let words = inner[open..].trim_start_matches(['（', '(', '【', '[']);
    let rest = line[..open].trim_end();
    (!rest.is_empty()).then_some((said(words)?, rest.to_owned()))
}

/// The level that words are, where they say that they are one: a letter counts as often.
fn said(words: &str) -> Option<String> {
    let is_plain = ["高", "中", "低"].contains(&words.trim());
    let is_told = words.contains(['级', '★', '☆']) || words.contains("风险");
    let fits = words.chars().count() <= LONGEST;
    level::word(words).filter(|_| fits && (is_plain || is_told))
}

/// Takes a line that is a level and nothing else, 高风险 or （中）, or 风险等级 高 without a colon, where it is the first
/// or the last.
pub(super) fn bare(entries: &mut Vec<Para>) -> String {
    let is_level = |para: &Para| {
        let text = squeezed(&para.text);
        let bare = text.strip_prefix("风险等级").or_else(|| text.strip_prefix("等级")).unwrap_or(&text);
        (bare.chars().count() <= LONGEST && !ends(bare)).then(|| level::word(bare)).flatten()
    };
    let found = [0, entries.len().saturating_sub(1)].into_iter().find_map(|at| Some((at, is_level(entries.get(at)?)?)));
    found.map_or_else(String::new, |(at, level)| {
        entries.remove(at);
        level
    })
}
