//! What stays together: numbers with their counters, short titles, document numbers, labels and names.

use super::Matter;
use super::cell::Cell;
use super::class::Class;
use super::lexicon::{self, Join};
use super::pairs::{Break, break_between};

/// Rule 22: words that follow a number and stay with it.
const COUNTERS: &str =
    "年月日时分秒天周元角万亿千百条款项号个名位人次件份册页章节级类种岁届期批倍成度米吨亩户家所岗卷宗起例";
/// Terms that are counted with 个 and stay with it: 5个工作日.
const TERMS: [&str; 4] = ["工作日", "自然日", "小时", "月"];
/// A number and what belongs to it stays together up to so many characters: 2024年12月31日, 1,234,567.89元.
const LONGEST_NUMBER: usize = 14;
/// A year in brackets.
const LONGEST_YEAR: usize = 8;
/// What an agency calls its documents before the year, 国办发, has up to so many characters.
const LONGEST_AGENCY: usize = 6;
/// A quote is kept whole up to so many characters.
const LONGEST_QUOTE: usize = 6;
/// A code before a blank and its number: GB/T 15834-2011.
const LONGEST_CODE: usize = 8;
/// Western text of so many characters with marks inside is an address and may break after them.
const SHORTEST_ADDRESS: usize = 16;
/// Signs that belong to the figure after them.
const SIGNS: &str = "≥≤≧≦＞＜±≈×÷＋";
/// Marks that lists of clerks begin with.
const BULLETS: &str = "●○■□☆★◆◇▲△√✓☑☐×※";
/// A title in 《》 is kept whole up to so many characters (rule 23).
const LONGEST_TITLE: usize = 8;
/// A name in a list of people is kept whole up to so many characters (rule 29).
const LONGEST_NAME: usize = 6;
/// A label before ： has up to so many characters.
const LONGEST_LABEL: usize = 6;
/// The same before people, whose ranks are longer.
const LONGEST_RANK: usize = 12;
/// A paragraph that begins with one of these words and ： lists people.
const LISTS_OF_PEOPLE: [&str; 6] = ["责任人", "责任", "负责人", "监督人", "承办人", "办理人"];

/// How willingly a line breaks before each cell; the first entry is of no use.
pub(super) fn levels(cells: &[Cell], joins: &[Join], matter: Matter) -> Vec<Break> {
    let mut levels: Vec<Break> = (0..cells.len()).map(|i| single(cells, i)).collect();
    bullets(cells, &mut levels);
    addresses(cells, &mut levels);
    codes(cells, &mut levels);
    numbers(cells, &mut levels);
    titles(cells, joins, &mut levels);
    labels_and_names(cells, matter, &mut levels);
    levels
}

/// What of a Chinese word runs over the place before each cell.
pub(super) fn joined(cells: &[Cell]) -> Vec<Join> {
    let mut joined = Vec::with_capacity(cells.len());
    for run in cells.chunk_by(|l, r| l.class == Class::Han && r.class == Class::Han) {
        let characters: Vec<char> = run.iter().map(|cell| cell.c).collect();
        joined.extend(lexicon::joins(&characters));
    }
    inserted(cells, &mut joined);
    joined
}

/// A word with another way to read it in brackets, 村（居）委会, is one word.
fn inserted(cells: &[Cell], joined: &mut [Join]) {
    let han = |i: usize| cells.get(i).is_some_and(|cell| cell.class == Class::Han);
    for (open, _) in cells.iter().enumerate().skip(1).filter(|(_, cell)| cell.c == '（') {
        let inside = cells[open + 1..].iter().take(3).take_while(|cell| cell.class == Class::Han && !is_numeral(cell));
        let close = open + 1 + inside.count();
        let short = (open + 2..open + 4).contains(&close) && cells.get(close).is_some_and(|cell| cell.c == '）');
        if short && han(open - 1) && han(close + 1) {
            joined[open] = Join::Word;
            joined[close + 1] = Join::Word;
        }
    }
}

/// The break before cell `i`, by its neighbours; over a blank it is the cell before the blank that counts.
fn single(cells: &[Cell], i: usize) -> Break {
    let Some(l) = i.checked_sub(1).map(|before| &cells[before]) else { return Break::Never };
    let level = break_between(l.class, cells[i].class);
    if l.class == Class::Space && level == Break::Free {
        let ends_badly = i.checked_sub(2).is_some_and(|k| cells[k].class.never_ends());
        return if ends_badly { Break::Never } else { Break::Free };
    }
    level
}

/// A bullet before a text, where it begins or goes on below a newline, is not left alone on its line.
fn bullets(cells: &[Cell], levels: &mut [Break]) {
    let first = |i: usize| i == 0 || cells[i].newline;
    for i in (0..cells.len().saturating_sub(1)).filter(|&i| first(i) && BULLETS.contains(cells[i].c)) {
        keep(levels, Break::Kept, i + 1, i + 2);
    }
}

/// Rule 35: an address may break after the marks that join its words, and after its last /.
fn addresses(cells: &[Cell], levels: &mut [Break]) {
    let mut from = 0;
    for run in cells.chunk_by(|l, r| l.c.is_ascii_graphic() == r.c.is_ascii_graphic()) {
        let to = from + run.len();
        if run[0].c.is_ascii_graphic() && run.len() >= SHORTEST_ADDRESS {
            for place in from + 1..to {
                let (l, r) = (cells[place - 1].c, cells[place].c);
                if "/?&=.-_@".contains(l) && r.is_ascii_alphanumeric() {
                    levels[place] = Break::Address;
                }
            }
            let goes_on = cells.get(to).is_some_and(|cell| cell.class == Class::Han);
            if goes_on && run.last().is_some_and(|cell| cell.c == '/') {
                levels[to] = Break::Free;
            }
        }
        from = to;
    }
}

/// Rule 33: a code and its number with a blank typed between them.
fn codes(cells: &[Cell], levels: &mut [Break]) {
    for (blank, _) in cells.iter().enumerate().filter(|(_, cell)| cell.class == Class::Space) {
        let of_code = |cell: &&Cell| cell.c.is_ascii_uppercase() || cell.c.is_ascii_digit() || cell.c == '/';
        let before = cells[..blank].iter().rev().take_while(of_code).count();
        let is_code = (1..=LONGEST_CODE).contains(&before) && cells[blank - before].c.is_ascii_uppercase();
        if is_code && cells.get(blank + 1).is_some_and(|cell| cell.class == Class::Digit) {
            keep(levels, Break::Kept, blank + 1, blank + 2);
        }
    }
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

/// Rules 22 and 33: a number with its signs and counters, 第 and its number, dates.
fn numbers(cells: &[Cell], levels: &mut [Break]) {
    let mut i = 0;
    while i < cells.len() {
        i = if begins_number(cells, i) { number(cells, levels, i) } else { i + 1 };
    }
}

/// Whether a figure begins here, or 第 or a sign before one.
fn begins_number(cells: &[Cell], i: usize) -> bool {
    let lead = |cell: &Cell| cell.c == '第' || SIGNS.contains(cell.c);
    let numeral = |i: usize| cells.get(i).is_some_and(is_numeral);
    numeral(i) || (cells.get(i).is_some_and(lead) && numeral(i + 1))
}

/// Keeps together the number that begins at `from`; gives where it ends.
///
/// What runs on as numbers do, dates and 第十二条第二款, is one where it is short enough and else breaks between its parts.
fn number(cells: &[Cell], levels: &mut [Break], from: usize) -> usize {
    let mut parts = Vec::new();
    let mut i = from;
    while begins_number(cells, i) {
        let begin = i;
        i += 1;
        while figure_goes_on(cells, i) {
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
        if whole && part.start > from {
            keep(levels, Break::Kept, part.start, part.start + 1);
        }
        keep(levels, Break::Number, part.start + 1, part.end);
    }
    i.max(from + 1)
}

/// Whether cell `i` goes on the figure before it: 2,350.75, 50kg, 3～5, 20±0.5.
fn figure_goes_on(cells: &[Cell], i: usize) -> bool {
    let Some(cell) = cells.get(i) else { return false };
    let joins = cell.class == Class::Connector || SIGNS.contains(cell.c);
    is_numeral(cell) || cell.class == Class::Letter || (joins && cells.get(i + 1).is_some_and(is_numeral))
}

/// How many characters of a term follow the 个 that a text begins with.
fn term(cells: &[Cell]) -> usize {
    let follows = |term: &&&str| cells[1..].iter().map(|cell| cell.c).take(term.chars().count()).eq(term.chars());
    let term = TERMS.iter().filter(|_| cells[0].c == '个').find(follows);
    term.map_or(0, |term| term.chars().count())
}

/// Rules 23 and 33: a short 《title》, a short “quote”, and a document number like 国发〔2018〕15号.
fn titles(cells: &[Cell], joins: &[Join], levels: &mut [Break]) {
    for (open, cell) in cells.iter().enumerate() {
        let (close, longest) = match cell.c {
            '《' => ('》', LONGEST_TITLE),
            '〈' => ('〉', LONGEST_TITLE),
            '“' => ('”', LONGEST_QUOTE),
            '〔' | '［' | '[' => (matching(cell.c), LONGEST_YEAR),
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
            keep(levels, Break::Kept, agency(cells, joins, open) + 1, end + number + counter);
        }
    }
}

/// Where the agency's sign before a document number begins: the last word before it, and single characters before that.
fn agency(cells: &[Cell], joins: &[Join], open: usize) -> usize {
    let mut from = open;
    while let Some(last) = from.checked_sub(1).filter(|&last| cells[last].class == Class::Han) {
        let start = (0..=last).rev().find(|&i| joins[i] == Join::Apart).unwrap_or(last);
        let begun = open - from;
        if open - start > LONGEST_AGENCY || (begun >= 2 && from - start > 1) {
            break;
        }
        from = start;
    }
    from
}

fn matching(open: char) -> char {
    match open {
        '〔' => '〕',
        '［' => '］',
        _ => ']',
    }
}

/// Rule 29: a label (风险等级：) never ends a line and is not cut; in a list of people every name is kept.
fn labels_and_names(cells: &[Cell], matter: Matter, levels: &mut [Break]) {
    let longest = if matter == Matter::People { LONGEST_RANK } else { LONGEST_LABEL };
    let head = cells.iter().take(longest + 1).position(|cell| matches!(cell.c, '：' | ':'));
    let of_label =
        |cell: &Cell| matches!(cell.class, Class::Han) || (matter == Matter::People && cell.class.is_western());
    let colon = head.filter(|&n| n > 0 && cells[..n].iter().all(of_label));
    if let Some(colon) = colon {
        keep(levels, Break::Kept, 1, colon);
        if let Some(after) = levels.get_mut(colon + 1) {
            *after = Break::Never;
        }
    }
    let label: String = cells[..colon.unwrap_or(0)].iter().map(|cell| cell.c).collect();
    if matter == Matter::People || LISTS_OF_PEOPLE.iter().any(|word| label.starts_with(word)) {
        names(cells, colon.map_or(0, |colon| colon + 1), levels);
    }
}

/// Keeps each name of a list that begins at `from`.
fn names(cells: &[Cell], mut from: usize, levels: &mut [Break]) {
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
