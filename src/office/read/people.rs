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

/// Surnames that names of people begin with, those of two letters first. The commonest only, and without those that begin
/// words of offices, 任务, 管理, 安全, 党委, 纪检, 全体, 成员, 文书: a post that is taken apart is two people that aren't there.
const SURNAMES: &[&str] =
    &["欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯"];
const LETTERS: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔\
                       钟谭陆汪范金石廖贾韦付白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤";
/// How posts and offices end.
const OFFICES: &str = "科股室局处组队委站所厅办部岗";

/// Whether a word looks like the name of a person.
fn is_person(word: &str) -> bool {
    let count = word.chars().count();
    let compound = SURNAMES.iter().any(|surname| word.starts_with(surname));
    let begins = compound || word.starts_with(|c| LETTERS.contains(c));
    let fits = (2..=3).contains(&count) || (compound && count == 4);
    fits && begins && word.chars().all(crate::source::is_han) && !word.ends_with(|c| OFFICES.contains(c))
}

/// Names of people with blanks between them, 张三 李四; those of two letters may be spread, 张　三. Other words with blanks
/// are one name: 审批股 股长.
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
    let all_spread = words.len() > 2 && words.iter().all(|word| word.len() == 1);
    if names.len() > 1 && !all_spread && names.iter().all(|name| is_person(name)) {
        names
    } else {
        vec![text.to_owned()]
    }
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
        assert_eq!(names("欧阳锋 李 四 王五"), ["欧阳锋", "李四", "王五"]);
        let posts =
            ["审批股 股长", "窗口 工作人员", "分管 领导", "县纪委 监委", "局党组 全体 成员", "法规股 王五 赵六"];
        for one in posts.iter().chain(&["窗 口 人 员", "张　三", "A 岗", "江河 科长", "局 长"]) {
            assert_eq!(names(one).len(), 1, "{one}");
        }
    }
}
