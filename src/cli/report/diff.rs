//! Two states of a text compared, as a unified diff.

use crate::cli::terminal::visible::visible;

/// Lines around a change.
const AROUND: usize = 3;

/// The lines in which two texts differ, in the unified format; empty where they don't. Of texts with as many lines each
/// line is compared with its fellow; else all from the first difference to the last is one change.
pub(crate) fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let name = visible(name);
    let hunks: String = grouped(&changes(&a, &b)).iter().map(|group| hunk(&a, &b, group)).collect();
    format!("--- {name}\n+++ {name}\n{hunks}")
}

/// How many lines differ.
pub(crate) fn lines_changed(old: &str, new: &str) -> usize {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    changes(&a, &b).iter().map(|change| change.length.0.max(change.length.1)).sum()
}

/// A line changed.
pub(crate) struct LineChange {
    /// Its number in the old text.
    pub(crate) line: usize,
    /// What is changed, with a little around it.
    pub(crate) old: String,
    /// What it is changed to.
    pub(crate) new: String,
    /// Whether nothing but quotes came or became others.
    pub(crate) is_quoting: bool,
}

/// Each change of a line.
pub(crate) fn line_changes(old: &str, new: &str) -> Vec<LineChange> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let mut told = Vec::new();
    for change in changes(&a, &b) {
        let (from, to) = (&a[change.start.0..][..change.length.0], &b[change.start.1..][..change.length.1]);
        if from.len() == to.len() {
            let pairs = from.iter().zip(to).enumerate();
            told.extend(pairs.map(|(at, (old, new))| {
                let is_quoting = without_quotes(old) == without_quotes(new);
                let (old, new) = differing(old, new);
                LineChange { line: change.start.0 + at + 1, old, new, is_quoting }
            }));
        } else {
            let joined = |lines: &[&str]| cut(&lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "));
            told.push(LineChange { line: change.start.0 + 1, old: joined(from), new: joined(to), is_quoting: false });
        }
    }
    told
}

fn without_quotes(line: &str) -> String {
    line.chars().filter(|c| !"\"'“”‘’＂「」『』`".contains(*c)).collect()
}

/// Characters of a changed line that are shown.
const SHOWN: usize = 40;

fn cut(text: &str) -> String {
    let shown: String = text.chars().take(SHOWN).collect();
    visible(&if shown.len() < text.len() { shown + "…" } else { shown })
}

/// The parts in which two lines differ, with the characters next to them.
fn differing(old: &str, new: &str) -> (String, String) {
    const NEXT: usize = 3;
    let (a, b): (Vec<char>, Vec<char>) = (old.trim_end().chars().collect(), new.trim_end().chars().collect());
    let before = a.iter().zip(&b).take_while(|(one, other)| one == other).count();
    let most = a.len().min(b.len()) - before;
    let after = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let part = |line: &[char]| {
        let (from, to) = (before.saturating_sub(NEXT), (line.len() - after + NEXT).min(line.len()));
        cut(line[from..to].iter().collect::<String>().trim())
    };
    (part(&a), part(&b))
}

/// Lines that differ: where they begin in both texts, and how many they are.
struct Change {
    start: (usize, usize),
    length: (usize, usize),
}

fn changes(a: &[&str], b: &[&str]) -> Vec<Change> {
    if a.len() == b.len() {
        let differing = (0..a.len()).filter(|&at| a[at] != b[at]);
        return differing.fold(Vec::new(), |mut changes: Vec<Change>, at| {
            match changes.last_mut().filter(|last| last.start.0 + last.length.0 == at) {
                Some(last) => last.length = (last.length.0 + 1, last.length.1 + 1),
                None => changes.push(Change { start: (at, at), length: (1, 1) }),
            }
            changes
        });
    }
    let before = a.iter().zip(b).take_while(|(one, other)| one == other).count();
    let most = a.len().min(b.len()) - before;
    let after = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    vec![Change { start: (before, before), length: (a.len() - before - after, b.len() - before - after) }]
}

/// Changes so near to each other that the lines around them meet.
fn grouped(changes: &[Change]) -> Vec<&[Change]> {
    let near = |one: &Change, other: &Change| other.start.0 - (one.start.0 + one.length.0) <= 2 * AROUND;
    changes.chunk_by(near).collect()
}

fn hunk(a: &[&str], b: &[&str], changes: &[Change]) -> String {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return String::new() };
    let before = first.start.0.min(AROUND);
    let (start_a, start_b) = (first.start.0 - before, first.start.1 - before);
    let end_a = (last.start.0 + last.length.0 + AROUND).min(a.len());
    let end_b = last.start.1 + last.length.1 + (end_a - last.start.0 - last.length.0);
    let mut text = format!("@@ -{} +{} @@\n", range(start_a, end_a), range(start_b, end_b));
    let mut done = start_a;
    for change in changes {
        let (in_a, in_b) = (change.start.0 + change.length.0, change.start.1 + change.length.1);
        a[done..change.start.0].iter().for_each(|line| push(&mut text, ' ', line));
        a[change.start.0..in_a].iter().for_each(|line| push(&mut text, '-', line));
        b[change.start.1..in_b].iter().for_each(|line| push(&mut text, '+', line));
        done = in_a;
    }
    a[done..end_a].iter().for_each(|line| push(&mut text, ' ', line));
    text
}

/// Lines as hunks name them: the first, from 1, and how many; of none, the line before.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        length => format!("{},{length}", start + 1),
    }
}

fn push(text: &mut String, sign: char, line: &str) {
    text.push(sign);
    let parts: Vec<String> = line.trim_end_matches('\n').split('\t').map(visible).collect();
    text.push_str(&parts.join("\t"));
    text.push('\n');
    if !line.ends_with('\n') {
        text.push_str("\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_between_the_lines_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13";
        let new = old.replace("5\n", "five\n").replace("13", "13\u{1b}[m");
        let expected = "\
--- a.toml\n+++ a.toml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,4 +10,4 @@\n 10\n 11\n 12\n\
-13\n\\ No newline at end of file\n+13␛[m\n\\ No newline at end of file\n";
        assert_eq!(unified("a.toml", old, &new), expected);
        assert_eq!(lines_changed(old, &new), 2);
        assert_eq!(unified("a.toml", old, old), "");
    }

    #[test]
    fn near_changes_are_one_hunk_and_lines_may_come_and_go() {
        let diff = |old: &str, new: &str| unified("a", old, new).lines().skip(2).collect::<Vec<_>>().join("|");
        assert_eq!(diff("1\n2\n3\n4\n", "x\n2\n3\ny\n"), "@@ -1,4 +1,4 @@|-1|+x| 2| 3|-4|+y");
        assert_eq!(diff("1\n2\n", "1\nnew\n2\n"), "@@ -1,2 +1,3 @@| 1|+new| 2");
        assert_eq!(diff("", "1\n"), "@@ -0,0 +1 @@|+1");
        assert_eq!(diff("1\n1\n", "1\n"), "@@ -1,2 +1 @@| 1|-1");
    }
}
