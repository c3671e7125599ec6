//! The known word nearest to one that is not known.

use super::width::fold;

/// Of `known`, the word most like `written`; `None` where none is near enough to be meant.
///
/// Words of two or three Han characters differ by one character where Latin ones differ by two letters, so nearness is
/// measured as a share of the longer word's length.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let key = fold(written);
    if key.is_empty() {
        return None;
    }
    // Of words equally near, that with more of the same characters: 风险级别 is 风险等级, not 风险点. Of these, one as
    // long: 风险登记 is 风险等级 too.
    let shared = |word: &str| key.chars().filter(|&c| word.contains(c)).count();
    let as_long = |word: &str| word.chars().count() == key.chars().count();
    let scored = known.into_iter().map(|word| {
        let folded = fold(word);
        ((likeness(&key, &folded), shared(&folded), as_long(&folded)), word)
    });
    // The first of equals wins: tables list the commoner words first.
    let best = scored
        .fold(((0, 0, false), None), |best, (score, word)| if score > best.0 { (score, Some(word)) } else { best });
    best.1.filter(|_| best.0.0 >= 50)
}

/// How like two words are, from 0 to 100.
fn likeness(a: &str, b: &str) -> usize {
    if a == b {
        return 100;
    }
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    if short == 0 {
        return 0;
    }
    let edits = strsim::damerau_levenshtein(a, b);
    let by_edits = 100 - (edits * 100 / long).min(100);
    // 较高 holds 高, 环节名称 holds 名称.
    let held = (a.contains(b) || b.contains(a)) && (!a.is_ascii() || short > 2);
    if held { by_edits.max(55 + short * 40 / long) } else { by_edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_meant() {
        let keys = ["id", "name", "note", "next", "risk"];
        assert_eq!(nearest("nmae", keys), Some("name"));
        assert_eq!(nearest("Name", keys), Some("name"));
        assert_eq!(nearest("nextt", keys), Some("next"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("审茶", ["受理", "审查"]), Some("审查"));
        assert_eq!(nearest("较高", ["高", "中", "低"]), Some("高"));
        assert_eq!(nearest("环节名称", ["标识", "名称"]), Some("名称"));
        assert_eq!(nearest("风险级别", ["风险点", "风险等级"]), Some("风险等级"));
        assert_eq!(nearest("风险登记", ["风险点", "风险等级"]), Some("风险等级"));
        assert_eq!(nearest("办结", ["受理", "审查"]), None);
        assert_eq!(nearest("", ["受理"]), None);
    }
}
