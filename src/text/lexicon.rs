//! Words (词): which neighbouring Han characters belong together.
//!
//! Chinese is written without blanks between words, and a line may end after any character; one that ends between words
//! reads better. The characters are cut into words of a list with frequencies, so that the whole is as likely as can be
//! (a unigram model). The list is text, `lexicon/words.txt`, searched in place; its README says where it comes
//! from.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

/// One line per first character: the character, a small letter for its cost in bits, and a group for each second character
/// in ascending order. A group is the second character, the cost of the two as a word or `-` where they are none, and the
/// rest of each longer word, ascending, with a capital letter for its cost.
static WORDS: &str = include_str!("lexicon/words.txt");
/// What a character costs that the list lacks, in bits.
const UNKNOWN: u32 = 24;
/// How many bytes a character of the list takes.
const BYTES: usize = 3;

/// What runs over a place between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// Nothing: one word ends and the next begins.
    #[default]
    Apart,
    /// A long word that is made of the two it meets here, 工作 and 人员; or what rather is a word that the list lacks.
    Seam,
    /// A word.
    Word,
}

/// Small words: they make no word with a character beside them.
const SMALL_WORDS: &str = "的了着过和与及或并而且但若如则因由于以从自向对为给让使被把将在到至按据依见经比是有不未没无非已应须可能要会再又也\
                           都还仍尚曾更最较很太仅只即就才均各每某本该此其这那之所等后前中内外上下时者个第";
/// What makes a longer word of the one before it: 复核书, 意见箱, 国土资源部.
const SUFFIXES: &str = "书函单册簿表栏箱屏卡证图件款金费税价率额量值法员人组科室站厅局处部院库区县市期点物性";

/// What runs over the place before each character. Nothing does over the first.
pub(super) fn joins(text: &[char]) -> Vec<Join> {
    let words = words(text);
    let mut joins = vec![Join::Apart; text.len()];
    for word in &words {
        joins[word.start + 1..word.end].fill(Join::Word);
        if let Some(seam) = seam(&text[word.clone()]) {
            joins[word.start + seam] = Join::Seam;
        }
    }
    let mut suffixed = false;
    for pair in words.windows(2) {
        let (l, r) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let left_over = !suffixed && is_left_over(l) && is_left_over(r);
        suffixed = l.len() > 1 && matches!(r, [c] if SUFFIXES.contains(*c));
        if suffixed || left_over {
            joins[pair[1].start] = Join::Seam;
        }
    }
    joins
}

/// Whether a word is a character that rather makes one with another that is left over beside it: 环评.
fn is_left_over(word: &[char]) -> bool {
    matches!(word, [c] if !SMALL_WORDS.contains(*c))
}

/// The likeliest words of a text. Of as likely ones the fewest, characters that are left over counting twice: 验收 and 单位
/// rather than 验收单 and 位; and of those the ones that are long at the end: 未 and 及时 rather than 未及 and 时.
fn words(text: &[char]) -> Vec<Range<usize>> {
    // The cheapest way to each place: its cost, its words, and the length of the last.
    let mut ways = vec![(u32::MAX, 0, Reverse(1)); text.len() + 1];
    ways[0].0 = 0;
    for at in 0..text.len() {
        let (cost, words, _) = ways[at];
        let mut offer = |length: usize, bits: u32| {
            let way = &mut ways[at + length];
            *way = (*way).min((cost + bits, words + 1 + usize::from(length == 1), Reverse(length)));
        };
        offer(1, UNKNOWN);
        words_at(&text[at..], &mut offer);
    }
    let mut words = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let start = end - ways[end].2.0;
        words.push(start..end);
        end = start;
    }
    words.reverse();
    words
}

/// Where a word of four characters and more falls into two words of two and more.
fn seam(word: &[char]) -> Option<usize> {
    (2..word.len().saturating_sub(1)).find(|&at| is_word(&word[..at]) && is_word(&word[at..]))
}

fn is_word(text: &[char]) -> bool {
    let mut found = false;
    words_at(text, &mut |length, _| found |= length == text.len());
    found
}

/// Offers the words that a text begins with: their lengths in characters and their costs.
fn words_at(text: &[char], offer: &mut impl FnMut(usize, u32)) {
    let Some(&first) = text.first() else { return };
    let mut line = line_of(first);
    if let Some(&cost) = line.as_bytes().first().filter(|byte| byte.is_ascii_lowercase()) {
        offer(1, bits(cost));
        line = &line[1..];
    }
    let Some((cost, mut longer)) = text.get(1).and_then(|&next| group(line, next)) else { return };
    if cost != b'-' {
        offer(2, bits(cost));
    }
    let after = &text[2..];
    while let Some(end) = longer.bytes().position(|byte| byte.is_ascii_uppercase()) {
        let (rest, cost) = (&longer[..end], longer.as_bytes()[end]);
        if rest.chars().next() > after.first().copied() {
            return;
        }
        if rest.chars().eq(after.iter().copied().take(end / BYTES)) {
            offer(2 + end / BYTES, bits(cost));
        }
        longer = &longer[end + 1..];
    }
}

fn bits(cost: u8) -> u32 {
    u32::from(cost.to_ascii_lowercase() - b'a')
}

/// The group of a second character, found by halving: the cost of the two and the rests of longer words.
fn group(line: &str, next: char) -> Option<(u8, &str)> {
    let bytes = line.as_bytes();
    let is_key = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'-';
    let (mut from, mut to) = (0, line.len());
    while from < to {
        let middle = from.midpoint(to);
        let begin = bytes[from..middle].iter().rposition(is_key).map_or(from, |key| from + key - BYTES);
        let rests = begin + BYTES + 1;
        let end = bytes[rests..to].iter().position(is_key).map_or(to, |key| rests + key - BYTES);
        match line[begin..].chars().next()?.cmp(&next) {
            std::cmp::Ordering::Less => from = end,
            std::cmp::Ordering::Greater => to = begin,
            std::cmp::Ordering::Equal => return Some((bytes[rests - 1], &line[rests..end])),
        }
    }
    None
}

/// The part of the list that holds the words of a first character, without that character.
fn line_of(first: char) -> &'static str {
    static LINES: OnceLock<Vec<&str>> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let mut lines = vec![""; LAST as usize - FIRST as usize + 1];
        for line in WORDS.lines() {
            let mut characters = line.chars();
            let of = characters.next().and_then(slot).and_then(|slot| lines.get_mut(slot));
            if let Some(of) = of {
                *of = characters.as_str();
            }
        }
        lines
    });
    slot(first).and_then(|slot| lines.get(slot)).copied().unwrap_or("")
}

/// The block of Han characters that the list keeps to.
const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FFF}';

fn slot(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&c).then(|| c as usize - FIRST as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let joined = joins(&chars);
        let mut out = String::new();
        for (i, &c) in chars.iter().enumerate() {
            if i > 0 && joined[i] < Join::Word {
                out.push('|');
            }
            out.push(c);
        }
        out
    }

    /// The words of a line as they stand in it, without their costs.
    fn words(line: &str) -> Vec<String> {
        let mut characters = line.chars().peekable();
        let first = characters.next().expect("a character");
        characters.next_if(char::is_ascii_lowercase);
        let (mut words, mut second, mut rest) = (Vec::new(), String::new(), String::new());
        for c in characters {
            match c {
                'a'..='z' | '-' => {
                    second = format!("{first}{rest}");
                    words.push(second.clone());
                    rest.clear();
                }
                'A'..='Z' => {
                    words.push(format!("{second}{rest}"));
                    rest.clear();
                }
                _ => rest.push(c),
            }
        }
        words
    }

    #[test]
    fn words_ascend() {
        for line in WORDS.lines() {
            assert!(words(line).is_sorted(), "{line}");
        }
    }

    #[test]
    fn every_word_is_found() {
        for line in WORDS.lines().step_by(17) {
            for word in words(line) {
                let text: Vec<char> = word.chars().collect();
                let of_two = line.contains(&format!("{}-", text[1]));
                assert!(is_word(&text) || (text.len() == 2 && of_two), "{word}");
            }
        }
    }

    #[test]
    fn long_words_of_two_may_part_at_their_seam() {
        let chars: Vec<char> = "工作人员".chars().collect();
        assert_eq!(joins(&chars), [Join::Apart, Join::Word, Join::Seam, Join::Word]);
    }

    #[test]
    fn characters_that_are_left_over_side_by_side_are_taken_for_a_word() {
        let joins = |text: &str| joins(&text.chars().collect::<Vec<_>>());
        assert_eq!(joins("惠企政策"), [Join::Apart, Join::Seam, Join::Apart, Join::Word]);
        assert_eq!(joins("复核书"), [Join::Apart, Join::Word, Join::Seam], "a suffix");
        assert_eq!(joins("国土资源部令").last(), Some(&Join::Apart), "what is a suffix is not left over");
        assert_eq!(joins("又被").last(), Some(&Join::Apart), "small words make none");
        assert_eq!(joins("经市局").get(1), Some(&Join::Apart));
    }

    #[test]
    fn sentences_of_the_field_are_cut_into_words() {
        for words in [
            "严格|执行|责任|追究|制度",
            "执行|信息|公开|审签|制度",
            "不|按规定|组织|调查",
            "窗口|工作|人员|对|申请|材料|进行|形式|审查",
            "将|办理|结果|在|门户|网站|公开",
            "滥用|自由|裁量权",
            "试用期|满|考核",
            "违反|程序|越权|审批",
            "不能|一次|告知|所需|材料",
            "报送|审批|材料",
            "全年|审核|情况",
            "接受|验收|单位|的|宴请",
            "接受|他人|委托",
            "企业|未|及时|列入",
            "调查|避重就轻",
        ] {
            assert_eq!(cut(&words.replace('|', "")), words);
        }
    }

    #[test]
    fn every_line_of_the_list_is_well_formed_and_found() {
        for line in WORDS.lines() {
            let head = line.chars().next().expect("no line is empty");
            assert_eq!(&line[head.len_utf8()..], line_of(head), "{line}");
            assert!(line.ends_with(|c: char| c.is_ascii_alphabetic()), "{line}");
            assert!(line.chars().all(|c| slot(c).is_some() || c.is_ascii_alphabetic() || c == '-'), "{line}");
        }
    }

    #[test]
    fn characters_that_the_list_lacks_stand_alone() {
        assert_eq!(cut("𬍛㐀鿯"), "𬍛|㐀|鿯");
        assert!(joins(&[]).is_empty());
    }
}
