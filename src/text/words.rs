//! What stays together: numbers with their counters, short titles, document numbers, labels and names.

use super::cell::Cell;
use super::class::Class;
use super::lexicon;
use super::pairs::{Break, break_between};

/// Rule 22: words that follow a number and stay with it.
const COUNTERS: &str =
    "年月日时分秒天周元角万亿千百条款项号个名位人次件份册页章节级类种岁届期批倍成度米吨亩户家所岗卷宗起例";
/// Terms that are counted with 个 and stay with it: 5个工作日.
const TERMS: [&str; 4] = ["工作日", "自然日", "小时", "月"];
/// A number and what belongs to it stays together up to so many characters.
const LONGEST_NUMBER: usize = 8;
/// A title in 《》 is kept whole up to so many characters (rule 23).
const LONGEST_TITLE: usize = 8;
/// A name in a list of people is kept whole up to so many characters (rule 29).
const LONGEST_NAME: usize = 6;
/// A label before ： has up to so many characters.
const LONGEST_LABEL: usize = 6;
/// A paragraph that begins with one of these words and ： lists people.
const LISTS_OF_PEOPLE: [&str; 6] = ["责任人", "责任", "负责人", "监督人", "承办人", "办理人"];

/// How willingly a line breaks before each cell; the first entry is of no use.
pub(super) fn levels(cells: &[Cell]) -> Vec<Break> {
    let mut levels: Vec<Break> = (0..cells.len()).map(|i| single(cells, i)).collect();
    numbers(cells, &mut levels);
    titles(cells, &mut levels);
    labels_and_names(cells, &mut levels);
    levels
}

/// Whether a Chinese word runs on over the place before each cell.
pub(super) fn joined(cells: &[Cell]) -> Vec<bool> {
    let mut joined = Vec::with_capacity(cells.len());
    for run in cells.chunk_by(|l, r| l.class == Class::Han && r.class == Class::Han) {
        let characters: Vec<char> = run.iter().map(|cell| cell.c).collect();
        joined.extend(lexicon::joins(&characters));
    }
    joined
}

/// The break before cell `i`, by its neighbours; over a blank it is the cell before the blank that counts.
fn single(cells: &[Cell], i: usize) -> Break {
    let Some(l) = i.checked_sub(1).map(|before| &cells[before]) else { return Break::Never };
    let r = &cells[i];
    let level = break_between(l.class, r.class);
    if l.class == Class::Space && level == Break::Free {
        let ends_badly = i.checked_sub(2).is_some_and(|k| cells[k].class.never_ends());
        return if ends_badly { Break::Never } else { Break::Free };
    }
    let joins = matches!(l.c, '/' | '.' | '-' | '@' | '_' | '&');
    if level == Break::Word && joins && l.class != Class::Space { Break::Address } else { level }
}

/// Makes breaks before the cells `from` to `to` no better than `least`.
fn keep(levels: &mut [Break], least: Break, from: usize, to: usize) {
    for level in &mut levels[from..to] {
        *level = (*level).max(least);
    }
}

fn is_numeral(cell: &Cell) -> bool {
    let han = |c| {
        matches!(
            c,
            '〇' | '零'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '万'
                | '亿'
                | '两'
        )
    };
    cell.class == Class::Digit || han(cell.c)
}

/// Rule 22: a number and its counters, 第 and its number.
fn numbers(cells: &[Cell], levels: &mut [Break]) {
    let mut i = 0;
    while i < cells.len() {
        let ordinal = cells[i].c == '第';
        let begins = is_numeral(&cells[i]) || (ordinal && cells.get(i + 1).is_some_and(is_numeral));
        if !begins {
            i += 1;
            continue;
        }
        i = number(cells, levels, i);
    }
}

/// Keeps together the number that begins at `from`; gives where it ends.
///
/// Written dates run on: 2018年12月31日 is longer than eight characters and breaks between its parts.
fn number(cells: &[Cell], levels: &mut [Break], from: usize) -> usize {
    let mut parts = Vec::new();
    let mut i = from;
    while i < cells.len() && (is_numeral(&cells[i]) || (i == from && cells[i].c == '第')) {
        let begin = i;
        i += usize::from(cells[i].c == '第');
        while i < cells.len() && (is_numeral(&cells[i]) || cells[i].class == Class::Letter) {
            i += 1;
        }
        let counter =
            |i: usize| cells.get(i).is_some_and(|cell| COUNTERS.contains(cell.c) || cell.class == Class::Unit);
        while counter(i) && i - begin < LONGEST_NUMBER {
            i += 1;
        }
        i += term(&cells[i - 1..]);
        parts.push(begin..i);
    }
    let whole = i - from <= LONGEST_NUMBER;
    for part in parts.into_iter().filter(|part| part.len() <= LONGEST_NUMBER) {
        keep(levels, Break::Number, if whole { from + 1 } else { part.start + 1 }, part.end);
    }
    i.max(from + 1)
}

/// How many characters of a term follow the 个 that a text begins with.
fn term(cells: &[Cell]) -> usize {
    let follows = |term: &&&str| cells[1..].iter().map(|cell| cell.c).take(term.chars().count()).eq(term.chars());
    let term = TERMS.iter().filter(|_| cells[0].c == '个').find(follows);
    term.map_or(0, |term| term.chars().count())
}

/// Rule 23: a short 《title》 and a document number like 〔2018〕15号.
fn titles(cells: &[Cell], levels: &mut [Break]) {
    for (open, cell) in cells.iter().enumerate() {
        let (close, longest) = match cell.c {
            '《' => ('》', LONGEST_TITLE),
            '〈' => ('〉', LONGEST_TITLE),
            '〔' | '［' | '[' => (matching(cell.c), LONGEST_NUMBER),
            _ => continue,
        };
        let inside = cells[open + 1..].iter().take(longest + 1).position(|cell| cell.c == close);
        let Some(length) = inside else { continue };
        let end = open + length + 2;
        keep(levels, Break::Kept, open + 1, end);
        let year = length > 0 && cells[open + 1..open + 1 + length].iter().all(|cell| cell.class == Class::Digit);
        if year && cells.get(end).is_some_and(|cell| cell.class == Class::Digit || cell.c == '第') {
            let number = cells[end..].iter().take_while(|cell| is_numeral(cell) || cell.c == '第').count();
            let counter = usize::from(cells.get(end + number).is_some_and(|cell| cell.c == '号'));
            keep(levels, Break::Kept, end, end + number + counter);
        }
    }
}

fn matching(open: char) -> char {
    match open {
        '〔' => '〕',
        '［' => '］',
        _ => ']',
    }
}

/// Rule 29: a label (风险等级：) never ends a line and is not cut; in a list of people every name is kept.
fn labels_and_names(cells: &[Cell], levels: &mut [Break]) {
    let head = cells.iter().take(LONGEST_LABEL + 1).position(|cell| matches!(cell.c, '：' | ':'));
    let Some(colon) = head.filter(|&n| n > 0 && cells[..n].iter().all(|cell| cell.class == Class::Han)) else { return };
    keep(levels, Break::Kept, 1, colon);
    if let Some(after) = levels.get_mut(colon + 1) {
        *after = Break::Never;
    }
    let label: String = cells[..colon].iter().map(|cell| cell.c).collect();
    if !LISTS_OF_PEOPLE.iter().any(|word| label.starts_with(word)) {
        return;
    }
    let mut from = colon + 1;
    while from < cells.len() {
        let rest = &cells[from..];
        let name =
            rest.iter().take_while(|cell| !matches!(cell.class, Class::Pause | Class::Stop | Class::Space)).count();
        if name <= LONGEST_NAME && name > 1 {
            keep(levels, Break::Kept, from + 1, from + name);
        }
        from += name + 1;
    }
}
