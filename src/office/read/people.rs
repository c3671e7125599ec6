//! Names of people and posts in one line.

use super::{squeezed, without_end};

/// The names of a line: separated by 、 and the like, which within brackets belong to a name. Names with a rank before a
/// colon, 直接责任人：甲、乙, are one entry.
pub(crate) fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in split(text, &['\n', '；', ';']) {
        let part = squeezed(without_end(&part));
        if part.contains(['：', ':']) {
            names.push(part.replacen(':', "：", 1));
        } else {
            names.extend(split(&part, &['、', '，', ',', '/', '／']));
        }
    }
    let names = names.into_iter().map(|name| squeezed(without_end(&name)));
    names.filter(|name| !super::is_nothing(name)).collect()
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
    }
}
