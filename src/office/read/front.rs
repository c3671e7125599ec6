//! What stands around a chart: unit, title, power, telephones, date, notes.

use super::squeezed;
use super::title::{self, bracketed, is_title, is_unit};
use crate::diag::Diagnostic;
use crate::office::draft::Draft;
use crate::office::lines::{self, OF_CHART};

/// What stands around a chart.
#[derive(Debug, Default)]
pub(in crate::office) struct Front {
    pub(in crate::office) unit: String,
    pub(in crate::office) title: String,
    pub(in crate::office) power: String,
    pub(in crate::office) date: String,
    pub(in crate::office) phones: Vec<(String, String)>,
    pub(in crate::office) notes: Vec<String>,
    pub(in crate::office) doubts: Vec<Diagnostic>,
    /// Labelled lines, each with its place in [`OF_CHART`].
    pub(in crate::office) lines: Vec<(usize, String)>,
}

impl Front {
    /// Takes what a line says.
    pub(in crate::office) fn line(&mut self, line: &str, boxed: bool) {
        let text = squeezed(line);
        let labelled = |labels: &[&str]| {
            labels.iter().find_map(|label| {
                text.strip_prefix(label)?.strip_prefix(['：', ':']).map(|value| value.trim().to_owned())
            })
        };
        let found = phones(line);
        if !found.is_empty() {
            for (label, number) in found {
                if !self.phones.iter().any(|(known, _)| *known == label) {
                    self.phones.push((label, number));
                }
            }
        } else if !lines::of_chart(line).is_empty() {
            self.lines.extend(lines::of_chart(line));
        } else if is_title(&text) {
            let read = title::read(&text);
            let fill = |into: &mut String, value: String| {
                if into.is_empty() {
                    *into = value;
                }
            };
            fill(&mut self.unit, read.unit);
            fill(&mut self.title, read.title);
            fill(&mut self.power, read.power);
        } else if let Some(power) =
            labelled(&["职权名称", "职权", "权力名称", "权力事项", "事项名称", "行政职权", "业务名称"])
        {
            self.power = power;
        } else if let Some(unit) = labelled(&[
            "填报单位（盖章）",
            "填报单位(盖章)",
            "填报单位",
            "单位名称",
            "单位（盖章）",
            "单位",
            "编制单位",
            "制表单位",
        ]) {
            self.unit = unit;
        } else if let Some(note) = labelled(&["备注", "注", "说明"]) {
            self.notes.push(note);
        } else if is_bracketed(&text) && self.power.is_empty() && text.chars().count() <= 60 {
            self.power = bracketed(&text).1;
        } else if is_date(&text) {
            self.date = text;
        } else if self.unit.is_empty() && is_unit(&text) && (boxed || !text.contains("风险")) {
            self.unit = text;
        }
    }

    /// Gives a chart what it doesn't say itself.
    pub(in crate::office) fn fill(&self, chart: &mut Draft) {
        let fill = |into: &mut String, value: &str| {
            if into.is_empty() {
                value.clone_into(into);
            }
        };
        fill(&mut chart.unit, &self.unit);
        fill(&mut chart.title, &self.title);
        fill(&mut chart.date, &self.date);
        for (at, text) in &self.lines {
            if (OF_CHART[*at].get)(chart).is_empty() {
                (OF_CHART[*at].set)(chart, text);
            }
        }
        if chart.phones.is_empty() {
            chart.phones.clone_from(&self.phones);
        }
        if chart.notes.is_empty() {
            chart.notes.clone_from(&self.notes);
        }
    }
}

/// Whether a line is in brackets as a whole.
pub(in crate::office) fn is_bracketed(line: &str) -> bool {
    let line = squeezed(line);
    line.starts_with(['（', '(']) && bracketed(&line).0.is_empty()
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
    use super::phones;

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
