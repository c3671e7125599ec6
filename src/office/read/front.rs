//! What stands around a chart: unit, title, power, telephones, date, notes.

mod label;

use super::items::{items, mark};
use super::title::{self, bracketed, is_title, is_unit, names_power};
use super::{Para, squeezed};
use crate::office::draft::Draft;
use crate::office::lines::OF_CHART;

pub(in crate::office) use label::is_form;
use label::{Label, is_pair, labelled, parts};

/// What stands around a chart.
#[derive(Clone, Debug, Default)]
pub(in crate::office) struct Front {
    pub(in crate::office) unit: String,
    pub(in crate::office) title: String,
    pub(in crate::office) power: String,
    pub(in crate::office) date: String,
    /// Telephones, and other ways to reach the agency: label and number.
    pub(in crate::office) phones: Vec<(String, String)>,
    pub(in crate::office) notes: Vec<String>,
    /// Labelled lines, each with its place in [`OF_CHART`].
    pub(in crate::office) lines: Vec<(usize, String)>,
    /// Whether the line before was a note: numbered ones go on with it.
    pub(in crate::office) noting: bool,
}

impl Front {
    /// Takes what a line says, which may be several things beside each other.
    pub(in crate::office) fn line(&mut self, line: &str, boxed: bool) {
        let line = without_page(line);
        // Telephones know themselves where one ends.
        let whole = if phones(&line).is_empty() { parts(&line) } else { vec![line.as_str()] };
        whole.into_iter().for_each(|part| self.part(part, boxed));
    }

    /// Whether a line says by itself what it is: by a label, as a date, as the unit that issued the document.
    pub(in crate::office) fn knows(line: &str) -> bool {
        let text = squeezed(line);
        let names =
            || date(&text).is_some() || issuer(&text).is_some() || text.strip_suffix("监制").is_some_and(is_unit);
        !phones(line).is_empty() || labelled(&text).is_some() || names() || without_page(line).trim().is_empty()
    }

    /// Takes a row of cells: lines, or labels with their values in the cells behind them.
    pub(in crate::office) fn row(&mut self, cells: &[&str]) {
        let mut rest = cells;
        while let Some((cell, behind)) = rest.split_first() {
            rest = behind;
            match behind.split_first().filter(|(value, _)| is_pair(cell, value)) {
                Some((value, further)) => {
                    self.line(&format!("{}：{}", cell.trim_end_matches(['：', ':']), value.replace('\n', " ")), true);
                    rest = further;
                }
                None => cell.split('\n').for_each(|line| self.line(line, true)),
            }
        }
    }

    fn phone(&mut self, label: String, number: String) {
        if !self.phones.iter().any(|(known, _)| *known == label) {
            self.phones.push((label, number));
        }
    }

    fn part(&mut self, part: &str, boxed: bool) {
        let text = squeezed(part);
        let noting = std::mem::take(&mut self.noting) && mark(&text).is_some_and(|(mark, _)| mark.value.is_some());
        let found = phones(part);
        if !found.is_empty() {
            found.into_iter().for_each(|(label, number)| self.phone(label, number));
        } else if let Some((label, value)) = labelled(&text) {
            self.labelled(label, value);
        } else if noting {
            self.note(&text);
        } else if is_title(&text) {
            let read = title::read(&text);
            fill(&mut self.unit, &read.unit);
            fill(&mut self.title, &read.title);
            fill(&mut self.power, &read.power);
        } else if is_bracketed(&text) && self.power.is_empty() && text.chars().count() <= 60 {
            self.power = Some(bracketed(&text).1).filter(|power| names_power(power)).unwrap_or_default();
        } else if let Some(date) = date(&text) {
            if !is_blank(date) {
                date.clone_into(&mut self.date);
            }
        } else if let Some(unit) = issuer(&text) {
            fill(&mut self.unit, unit);
        } else if self.unit.is_empty() && is_unit(&text) && (boxed || !text.contains("风险")) {
            self.unit = text;
        }
    }

    /// Takes a labelled line; one without a value is a blank to fill in.
    fn labelled(&mut self, label: Label, value: &str) {
        match label {
            Label::Note => self.note(value),
            _ if is_blank(value) => {}
            Label::Power => value.clone_into(&mut self.power),
            Label::Unit => value.clone_into(&mut self.unit),
            Label::Line(at) => self.lines.push((at, value.to_owned())),
            Label::Contact(words) => self.phone(words, value.to_owned()),
            Label::Signature => {}
        }
    }

    /// Takes a note, or several that are numbered.
    fn note(&mut self, text: &str) {
        self.notes.extend(items(&[Para::plain(text)]));
        self.noting = true;
    }

    /// Gives a chart what it doesn't say itself.
    pub(in crate::office) fn fill(&self, chart: &mut Draft) {
        fill(&mut chart.unit, &self.unit);
        fill(&mut chart.title, &self.title);
        fill(&mut chart.date, &self.date);
        for (at, text) in &self.lines {
            if (OF_CHART[*at].get)(chart).is_empty() {
                (OF_CHART[*at].set)(chart, text);
            }
        }
        for (label, number) in &self.phones {
            if !chart.phones.iter().any(|(known, _)| known == label) {
                chart.phones.push((label.clone(), number.clone()));
            }
        }
        if chart.notes.is_empty() {
            chart.notes.clone_from(&self.notes);
        }
    }
}

fn fill(into: &mut String, value: &str) {
    if into.is_empty() {
        value.clone_into(into);
    }
}

/// Whether a value is a blank to be filled in by hand: nothing, strokes, a date without its digits.
fn is_blank(value: &str) -> bool {
    let is_form = value.chars().all(|c| c.is_ascii_digit() || "年月日_＿-—./".contains(c));
    let has_digits = value.contains(|c: char| c.is_ascii_digit());
    is_form && (!has_digits || value.contains("年月") || value.contains("月日"))
}

/// The unit of a line that says who made the document: 县水利局制. Who has it made, 监制, is another.
fn issuer(text: &str) -> Option<&str> {
    let unit = ["编制", "印制", "制"].iter().find_map(|end| text.strip_suffix(end))?;
    is_unit(unit).then_some(unit)
}

/// Whether a line is in brackets as a whole, or stands behind a dash: （取水许可）, ——取水许可.
pub(in crate::office) fn is_bracketed(line: &str) -> bool {
    let line = squeezed(line);
    line.starts_with(['（', '(', '—', '－']) && bracketed(&line).0.is_empty()
}

/// A line without the number of its page, which stands in footers: 第1页, 共3页, — 1 —.
fn without_page(line: &str) -> String {
    const DASHES: [char; 4] = ['—', '－', '–', '-'];
    let bare = squeezed(line);
    let inner = bare.trim_matches(|c: char| DASHES.contains(&c) || c.is_whitespace());
    let is_number = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit());
    if is_number && bare.starts_with(DASHES) && bare.ends_with(DASHES) {
        return String::new();
    }
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['第', '共']) {
        let (before, from) = rest.split_at(at);
        let sign = from.chars().next().map_or(0, char::len_utf8);
        let number = from[sign..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let counts = from[sign..from.len() - number.len()].contains(|c: char| c.is_ascii_digit());
        let after = number.strip_prefix('页').filter(|_| counts);
        kept.push_str(if after.is_some() { before } else { &rest[..at + sign] });
        rest = after.unwrap_or(&from[sign..]);
    }
    kept + rest
}

/// The date that a line is, or that it says the document is printed at: 2024年5月印.
fn date(text: &str) -> Option<&str> {
    let text = ["印", "印发", "印制", "制", "发布"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    is_date(text).then_some(text)
}

fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = |c: char| c.is_ascii_digit() || "年月日-./〇○二三四五六七八九十一零".contains(c);
    text.chars().all(rest)
        && ((digits >= 5 && text.contains(['年', '-', '.', '/'])) || (text.ends_with('日') && text.contains('年')))
}

/// Telephones of a line: labels that end in 电话 or 热线 and the numbers behind them, which may be blanks to fill in.
pub(in crate::office) fn phones(line: &str) -> Vec<(String, String)> {
    let line: String = line.chars().filter(|c| !matches!(c, '_' | '＿')).collect();
    let mut phones: Vec<(String, String)> = Vec::new();
    let mut rest = line.as_str();
    while let Some((at, end)) =
        ["电话", "热线", "手机", "传真"].iter().filter_map(|end| rest.find(end).map(|at| (at, at + end.len()))).min()
    {
        let before = &rest[..at];
        let start = before
            .rfind(|c: char| !is_han(c) || matches!(c, '：' | '、'))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let spread = before[..start].trim_end().is_empty();
        let label = squeezed(if spread { &rest[..end] } else { &rest[start..end] });
        let after =
            rest[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '（' | '）'));
        let stop = after
            .find(|c: char| !(c.is_ascii_digit() || "-－—()（）+、,，/ \u{3000}转".contains(c)))
            .unwrap_or(after.len());
        let number = after[..stop].trim_matches(|c: char| c.is_whitespace() || "、,，/（()".contains(c));
        let named = label.chars().count() <= 10
            && (rest[end..].trim_start().starts_with(['：', ':'])
                || !number.is_empty()
                || after.is_empty()
                || rest[end..].starts_with([' ', '\u{3000}', '\t']));
        let is_words = !number.is_empty() && number.chars().filter(char::is_ascii_digit).count() < 3;
        if !named || is_words {
            return Vec::new();
        }
        phones.push((label, squeezed(number)));
        rest = &after[stop..];
    }
    // A sentence that names a hot line is no line of telephones.
    let tail = rest.trim_matches(|c: char| c.is_whitespace() || "；;。,，".contains(c));
    if tail.chars().count() > 2 { Vec::new() } else { phones }
}

fn is_han(c: char) -> bool {
    crate::source::is_han(c)
}

#[cfg(test)]
mod tests {
    use super::{Front, phones, without_page};

    /// What lines say together.
    fn of(lines: &[&str]) -> Front {
        let mut front = Front::default();
        lines.iter().for_each(|line| front.line(line, false));
        front
    }

    #[test]
    fn several_labels_on_a_line_are_told_apart() {
        for blanks in ["　　", "\t\t", "     ", " "] {
            let front = of(&[&format!("填报单位（盖章）：某某县水利局{blanks}填报日期：2024年5月20日")]);
            assert_eq!((front.unit.as_str(), front.lines.len()), ("某某县水利局", 1), "{blanks:?}");
            assert_eq!(front.lines[0].1, "2024年5月20日");
        }
        let front = of(&["职权名称：取水许可；责任科室：水政股", "填报单位：某某县水利局　　经办：张三"]);
        assert_eq!((front.power.as_str(), front.unit.as_str()), ("取水许可", "某某县水利局"));
        assert_eq!(of(&["职权1：取水许可"]).power, "取水许可");
        assert_eq!(of(&["——取水许可"]).power, "取水许可");
        assert_eq!(of(&["某某县水利局制"]).unit, "某某县水利局");
        assert_eq!(of(&["中共某某县纪委监制", "某某县水利局编制"]).unit, "某某县水利局");
        for blank in ["填报日期：    年  月  日", "日期：20  年  月  日", "填报单位：______", "年　月　日"]
        {
            let front = of(&[blank]);
            assert!(front.lines.is_empty() && front.unit.is_empty() && front.date.is_empty(), "{blank}");
        }
        assert_eq!(of(&["注：本表一式两份，责任科室：法规股。"]).notes, ["本表一式两份，责任科室：法规股。"]);
    }

    #[test]
    fn notes_go_on_with_their_numbers() {
        let front = of(&["注：1.本表由法规股解释。", "2.自发布之日起施行。", "监督电话：12388　第1页", "3.别的。"]);
        assert_eq!(front.notes, ["本表由法规股解释。", "自发布之日起施行。"]);
        assert_eq!(front.phones.len(), 1);
        assert_eq!(of(&["注：", "1.一式两份。"]).notes, ["一式两份。"]);
        assert!(of(&["备注："]).notes.is_empty());
        assert_eq!(without_page("共建小区 第 2 页 共3页"), "共建小区  ");
        for no_power in ["— 1 —", "—1—", "- 12 -", "——2024年度", "——以取水许可为例", "（2024年版）", "——2024年"]
        {
            assert_eq!(of(&[no_power]).power, "", "{no_power}");
        }
    }

    #[test]
    fn ways_to_reach_the_agency_are_told_with_its_telephones() {
        let front = of(&["监督电话:12388 地址：某某县建设路1号", "举报邮箱：jb@x.gov.cn"]);
        let labels: Vec<&str> = front.phones.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels, ["监督电话", "地址", "举报邮箱"]);
    }

    #[test]
    fn rows_of_forms_are_labels_and_values() {
        let mut front = Front::default();
        front.row(&["职权名称", "取水许可", "责任科室：", "水政股"]);
        front.row(&["监管电话", "服务电话"]);
        assert_eq!((front.power.as_str(), front.lines[0].1.as_str()), ("取水许可", "水政股"));
        assert_eq!(front.phones.len(), 2);
    }

    #[test]
    fn telephones_and_their_blanks() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            phones("监督电话：0355-6215512　　服务电话：0355-6215500"),
            [pair("监督电话", "0355-6215512"), pair("服务电话", "0355-6215500")]
        );
        assert_eq!(phones("监管电话　服务电话"), [pair("监管电话", ""), pair("服务电话", "")]);
        assert_eq!(phones("监督电话：______ 服务电话：____"), [pair("监督电话", ""), pair("服务电话", "")]);
        assert_eq!(phones("监督电话12315"), [pair("监督电话", "12315")]);
        assert!(phones("设立举报电话、举报箱和信访受理。").is_empty());
        assert!(phones("12345热线转办件不登记。").is_empty());
    }
}
