//! Names of people and posts in one line.

use super::items::{items, mark};
use super::{lines, squeezed, without_end};

/// The names of a line: separated by 、 and the like, which within brackets belong to a name. Names with a rank before a
/// colon, 直接责任人：甲、乙, are one entry. A list may be numbered.
pub(crate) fn names(text: &str) -> Vec<String> {
    let is_list = mark(text).is_some_and(|(mark, _)| mark.value.is_some());
    let lines = if is_list { items(&lines(text)).join("\n") } else { text.to_owned() };
    let mut names = Vec::new();
    for part in split(&lines, &['\n', '；', ';']) {
        let line = squeezed(without_end(&part));
        if line.contains(['：', ':']) {
            names.push(line.replacen(':', "：", 1));
        } else {
            names.extend(split(&part, &['、', '，', ',', '/', '／']).iter().flat_map(|part| spaced(part)));
        }
    }
    let names = names.into_iter().map(|name| squeezed(without_end(&name)));
    names.filter(|name| !super::is_nothing(name)).collect()
}

/// Names of people with blanks between them, 张三 李四; those of two letters may be spread, 张　三. Other words with blanks
/// are one name.
fn spaced(text: &str) -> Vec<String> {
    let words: Vec<Vec<char>> = text.split_whitespace().map(|word| word.chars().collect()).collect();
    let mut names: Vec<String> = Vec::new();
    let mut rest = words.as_slice();
    while let Some((word, further)) = rest.split_first() {
        let (name, left) = match (&word[..], further) {
            ([first], [second, left @ ..]) if second.len() == 1 => (vec![*first, second[0]], left),
            _ => (word.clone(), further),
        };
        names.push(name.into_iter().collect());
        rest = left;
    }
    let is_name = |name: &String| (2..=4).contains(&name.chars().count()) && name.chars().all(crate::source::is_han);
    let all_spread = words.len() > 2 && words.iter().all(|word| word.len() == 1);
    if names.len() > 1 && !all_spread && names.iter().all(is_name) { names } else { vec![text.to_owned()] }
}

fn split(text: &str, signs: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '（' | '(' | '《' | '“' | '〔' | '[' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(last) if !(depth == 0 && signs.contains(&c)) => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(names("核查组长、纪检监察员。"), ["核查组长", "纪检监察员"]);
        assert_eq!(names("窗口人员（A、B岗）；财务股"), ["窗口人员（A、B岗）", "财务股"]);
        assert_eq!(names("直接责任人：甲、乙；领导责任人:丙"), ["直接责任人：甲、乙", "领导责任人：丙"]);
        assert_eq!(names("无"), [""; 0]);
        assert_eq!(names("1.窗口\n2.股长"), ["窗口", "股长"]);
        assert_eq!(names("①窗口②股长"), ["窗口", "股长"]);
        assert_eq!(names("张三 李四"), ["张三", "李四"]);
        assert_eq!(names("张　三　李四光"), ["张三", "李四光"]);
        for one in ["窗 口 人 员", "张　三", "A 岗"] {
            assert_eq!(names(one).len(), 1, "{one}");
        }
    }
}
