//! Words (词): which neighbouring Han characters belong together.
//!
//! Chinese is written without blanks between words, and a line may end after any character; one that ends between words
//! reads better. The characters are cut into words of a list with frequencies, so that the whole is as likely as can be
//! (a unigram model). The list is text, `lexicon/words.txt`; its README says where it comes from.

use std::sync::OnceLock;

/// One line per first character: the character, then the rest of each word, in ascending order, and a letter for its cost
/// in bits.
static WORDS: &str = include_str!("lexicon/words.txt");
/// What a character costs that the list lacks, in bits.
const UNKNOWN: u32 = 24;

/// Whether a word runs over the place before each character. The first entry is false.
pub(super) fn joins(text: &[char]) -> Vec<bool> {
    // The cheapest way to each place: its cost, and the length of its last word.
    let mut ways: Vec<(u32, usize)> = vec![(u32::MAX, 1); text.len() + 1];
    ways[0].0 = 0;
    for at in 0..text.len() {
        let cost = ways[at].0;
        let mut offer = |length: usize, bits: u32| {
            let way = &mut ways[at + length];
            *way = (*way).min((cost + bits, length));
        };
        offer(1, UNKNOWN);
        for (length, bits) in words_at(&text[at..]) {
            offer(length, bits);
        }
    }
    let mut joins = vec![false; text.len()];
    let mut end = text.len();
    while end > 0 {
        let length = ways[end].1;
        joins[end - length + 1..end].fill(true);
        end -= length;
    }
    joins
}

/// The words that a text begins with: their lengths in characters and their costs.
fn words_at(text: &[char]) -> impl Iterator<Item = (usize, u32)> {
    let line = text.first().map_or("", |&first| line_of(first));
    let alone = line.bytes().next().filter(u8::is_ascii_lowercase).map(|cost| (1, bits(cost)));
    let mut words = text.get(1).map_or("", |&next| from_character(line, next));
    let longer = std::iter::from_fn(move || {
        while let Some(end) = words.bytes().position(|byte| byte.is_ascii_lowercase()) {
            let (rest, cost) = (&words[..end], words.as_bytes()[end]);
            words = &words[end + 1..];
            let mut after = text.iter().skip(1);
            if rest.chars().next() > text.get(1).copied() {
                return None;
            }
            if rest.chars().all(|c| after.next() == Some(&c)) {
                return Some((text.len() - after.len(), bits(cost)));
            }
        }
        None
    });
    alone.into_iter().chain(longer)
}

fn bits(cost: u8) -> u32 {
    u32::from(cost - b'a')
}

/// The words of a line from the first on whose second character is `next` or one after it, found by halving: the words
/// of common characters are hundreds.
fn from_character(line: &str, next: char) -> &str {
    let bytes = line.as_bytes();
    let (mut from, mut to) = (0, line.len());
    while from < to {
        let middle = from.midpoint(to);
        let before = bytes[from..middle].iter().rposition(u8::is_ascii_lowercase);
        let begin = before.map_or(from, |at| from + at + 1);
        let end = bytes[middle..to].iter().position(u8::is_ascii_lowercase).map_or(to, |at| middle + at + 1);
        if line[begin..].chars().next() < Some(next) {
            from = end;
        } else {
            to = begin;
        }
    }
    &line[from..]
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
            if i > 0 && !joined[i] {
                out.push('|');
            }
            out.push(c);
        }
        out
    }

    #[test]
    fn words_ascend() {
        for line in WORDS.lines() {
            let mut rest = line.char_indices();
            let (_, first) = rest.next().expect("a character");
            let words: Vec<&str> = rest.as_str().split(|c: char| c.is_ascii_lowercase()).collect();
            let (end, words) = words.split_last().expect("a word");
            assert!(end.is_empty() && words.is_sorted(), "{first}");
        }
    }

    #[test]
    fn sentences_of_the_field_are_cut_into_words() {
        for words in [
            "严格|执行|责任|追究|制度",
            "执行|信息|公开|审签|制度",
            "不|按|规定|组织|调查",
            "窗口|工作人员|对|申请|材料|进行|形式|审查",
            "将|办理|结果|在|门户|网站|公开",
            "滥用|自由裁量权",
            "试用期|满|考核",
            "违反|程序|越权|审批",
            "不能|一次告知|所需|材料",
            "报送|审批|材料",
            "全年|审核|情况",
        ] {
            assert_eq!(cut(&words.replace('|', "")), words);
        }
    }

    #[test]
    fn every_line_of_the_list_is_well_formed_and_found() {
        for line in WORDS.lines() {
            let head = line.chars().next().expect("no line is empty");
            assert_eq!(&line[head.len_utf8()..], line_of(head), "{line}");
            assert!(line.ends_with(|c: char| c.is_ascii_lowercase()), "{line}");
            assert!(line.chars().all(|c| slot(c).is_some() || c.is_ascii_lowercase()), "{line}");
        }
    }

    #[test]
    fn characters_that_the_list_lacks_stand_alone() {
        assert_eq!(cut("𬍛㐀鿯"), "𬍛|㐀|鿯");
        assert!(joins(&[]).is_empty());
    }
}
