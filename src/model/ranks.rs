//! The levels that risks name, found in the chart's scale.

use super::fields::{Fields, missed};
use super::{Level, LevelIx};
use crate::diag::{Code, Diagnostic, Report, Words, related};
use crate::input::keys::TableId;
use crate::input::{Value, fold, nearest};
use crate::source::{Spanned, Text};

/// The scale, and the words of risks that are none of it.
pub(super) struct Ranks<'l> {
    levels: &'l [Level],
    /// Whether the chart or its project defines the scale.
    own: bool,
    /// Whether the scale written can't be read.
    unread: bool,
    /// Words that the scale lacks, in the order of the file.
    strange: Vec<Text>,
    /// How often each level was named.
    used: Vec<bool>,
}

/// Words of scales that offices use, the worse the earlier: an order to offer, nothing that a chart is read by.
const USUAL: &[&str] = &[
    "特别重大",
    "特大",
    "极高",
    "重大",
    "红",
    "★★★★★",
    "★★★★",
    "★★★",
    "一级",
    "Ⅰ级",
    "Ⅰ",
    "I",
    "A",
    "高",
    "较大",
    "较高",
    "橙",
    "★★",
    "二级",
    "Ⅱ级",
    "Ⅱ",
    "II",
    "B",
    "中",
    "一般",
    "黄",
    "★",
    "三级",
    "Ⅲ级",
    "Ⅲ",
    "III",
    "C",
    "低",
    "较低",
    "蓝",
    "轻微",
    "四级",
    "Ⅳ级",
    "Ⅳ",
    "IV",
    "D",
];

/// Words for no level at all, or for that of the risk before.
const NONE: &[&str] = &["无", "没有", "空", "暂无", "-", "—", "——", "/", "同上", "同前", "〃"];

impl<'l> Ranks<'l> {
    pub(super) fn new(levels: &'l [Level], chart: &Fields<'_>) -> Self {
        let written = chart.table.get("level");
        let own = written.is_some();
        let unread = written.is_some_and(|written| match &written.value {
            Value::Array(items) => items.iter().any(|item| !matches!(item.value, Value::Table(_))),
            value => !matches!(value, Value::Table(_)),
        });
        Self { levels, own, unread, strange: Vec::new(), used: vec![false; levels.len()] }
    }

    fn names(&self) -> impl Iterator<Item = &'l str> + Clone {
        self.levels.iter().map(|level| level.name.value.as_str())
    }

    /// The level of this name. 高风险 and 高级 are 高, with a note; a word that is none is told later, with the others.
    pub(super) fn find(&mut self, written: Text, report: &mut Report) -> Option<Spanned<LevelIx>> {
        let Some(at) = self.called(&written.value) else {
            self.strange.push(written);
            return None;
        };
        self.used[at] = true;
        let name = &self.levels[at].name.value;
        if *name != written.value {
            let note = Diagnostic::new(Code::LevelByAnotherName, written.span).with("value", &written.value);
            report.push(note.with("level", name).edit(written.span, format!("\"{name}\"")));
        }
        Some(Spanned::new(LevelIx(at), written.span))
    }

    /// The level of this name, or else the only one that it can mean.
    fn called(&self, written: &str) -> Option<usize> {
        let exact = self.names().position(|name| name == written);
        exact.or_else(|| self.in_english(written)).or_else(|| {
            let core = core(written);
            let mut alike = (0..self.levels.len()).filter(|&at| core == self::core(&self.levels[at].name.value));
            alike.next().filter(|_| alike.next().is_none())
        })
    }

    /// The level whose name is most like a word. Words that have no more in common than 级 are not alike: of 一级 and
    /// 二级 neither is near 4级.
    fn near(&self, written: &str) -> Option<&'l str> {
        let own = core(written);
        nearest(written, self.names().filter(|name| core(name).chars().any(|c| own.contains(c))))
    }

    /// High, medium and low are the standard scale's.
    fn in_english(&self, written: &str) -> Option<usize> {
        let (_, name) = [("high", "高"), ("medium", "中"), ("middle", "中"), ("low", "低")]
            .into_iter()
            .find(|(word, _)| written.trim().eq_ignore_ascii_case(word))?;
        self.names().position(|level| level == name)
    }

    /// 职权等级: the level of the whole power.
    pub(super) fn rating(&self, written: Text, report: &mut Report) -> Option<Spanned<LevelIx>> {
        if let Some(at) = self.called(&written.value) {
            return Some(Spanned::new(LevelIx(at), written.span));
        }
        let near = self.near(&written.value);
        let unread = missed(TableId::Level, "name", report) || self.names().any(str::is_empty);
        if missed(TableId::Chart, "level", report) || (near.is_none() && unread) {
            return None;
        }
        let problem = Diagnostic::new(Code::UnknownRating, written.span).with("value", &written.value);
        let problem = match (self.several(&written.value), near) {
            _ if NONE.contains(&written.value.as_str()) => {
                problem.with_words("none", Words { zh: "职权等级", en: "rating" })
            }
            (Some(several), _) => problem.with("several", several),
            (None, Some(near)) => problem.with("nearest", near).edit(written.span, format!("\"{near}\"")),
            (None, None) => problem,
        };
        report.push(problem.with("known", self.names().collect::<Vec<_>>().join(" ")));
        None
    }

    /// Tells the words that the scale lacks, each once; where the chart has no scale of its own, all at once with one
    /// written out.
    pub(super) fn tell(&self, report: &mut Report) {
        // The scale itself can't be read.
        let unread = missed(TableId::Level, "name", report) || self.names().any(str::is_empty);
        if self.unread || missed(TableId::Chart, "level", report) {
            return;
        }
        let mut told: Vec<&str> = Vec::new();
        let mut undefined: Vec<&Text> = Vec::new();
        for word in &self.strange {
            let near = self.near(&word.value);
            if told.contains(&word.value.as_str()) || (near.is_none() && unread) {
                continue;
            }
            told.push(&word.value);
            if NONE.contains(&word.value.as_str()) {
                let line = Words { zh: "风险等级", en: "level" };
                report.push(self.unknown(&[word]).with_words("none", line));
                continue;
            }
            let several = self.several(&word.value);
            if several.is_none() && near.is_none() && !self.own {
                undefined.push(word);
                continue;
            }
            let mut problem = self.unknown(&[word]);
            if let Some(several) = several {
                problem = problem.with("several", several);
            } else if let Some(near) = near {
                problem = problem.with("nearest", near).edit(word.span, format!("\"{near}\""));
            }
            report.push(problem.with("known", self.names().collect::<Vec<_>>().join(" ")));
        }
        if !undefined.is_empty() {
            report.push(self.unknown(&undefined).with("scale", self.scale(&undefined)));
        }
    }

    fn unknown(&self, words: &[&Text]) -> Diagnostic {
        let values: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
        let problem = Diagnostic::new(Code::UnknownLevel, words[0].span).with("value", values.join("”“"));
        let also =
            self.strange.iter().filter(|other| other.span != words[0].span && values.contains(&other.value.as_str()));
        const SHOWN: usize = 3;
        also.take(SHOWN).fold(problem, |problem, other| problem.related(other.span, related::USED_TOO))
    }

    /// 高、中: several levels in one text.
    fn several(&self, written: &str) -> Option<String> {
        let parts: Vec<_> = written.split(['、', '，', ',', '/', '／', '和', '或', ' ']).map(str::trim).collect();
        let known = parts.len() > 1 && parts.iter().all(|part| self.names().any(|name| name == *part));
        known.then(|| parts.join("、"))
    }

    /// A scale of the words that this chart uses, to be written at the top of the file.
    fn scale(&self, strange: &[&Text]) -> String {
        let used = self.names().zip(&self.used).filter(|(_, used)| **used).map(|(name, _)| name);
        let mut words: Vec<&str> = strange.iter().map(|word| word.value.as_str()).chain(used).collect();
        words.sort_by_key(|word| USUAL.iter().position(|usual| usual == word).unwrap_or(USUAL.len()));
        let rows: Vec<_> = words.iter().map(|word| format!("{{ \"名称\" = \"{word}\" }}")).collect();
        format!("\"等级定义\" = [{}]", rows.join(", "))
    }
}

/// The ways to write the rank of a level, the first first: those of one row are one rank.
const RANKS: &[&[&str]] = &[
    &["一", "1", "ⅰ", "i"],
    &["二", "2", "ⅱ", "ii"],
    &["三", "3", "ⅲ", "iii"],
    &["四", "4", "ⅳ", "iv"],
    &["五", "5", "ⅴ", "v"],
];

/// A level's word without those that say only that it is one; Ⅱ and 2 are 二.
fn core(word: &str) -> String {
    let folded = fold(word);
    let bare = ["廉政", "风险点", "风险", "等级", "级别", "级", "度", "等"]
        .iter()
        .fold(folded.clone(), |word, part| word.replace(part, ""));
    match RANKS.iter().find(|ways| ways.contains(&bare.as_str())) {
        Some(ways) => ways[0].to_owned(),
        None if bare.is_empty() => folded,
        None => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::core;

    #[test]
    fn words_of_one_level() {
        for (level, words) in
            [("二级", &["Ⅱ级", "2级", "II", "２", "二级风险", "二"][..]), ("高", &["高风险", "高等级"])]
        {
            words.iter().for_each(|word| assert_eq!(core(word), core(level), "{word}"));
        }
        for (one, other) in [("一级", "二级"), ("Ⅰ级", "Ⅲ级"), ("A级", "B级"), ("1级", "11级"), ("级", "一级")]
        {
            assert_ne!(core(one), core(other));
        }
    }
}
