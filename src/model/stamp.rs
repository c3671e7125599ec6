//! 核对码: a short stamp of what a chart says, by which a poster on the wall is told from one that is out of date.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{Chart, Column, Columns, Level, LevelIx, Link, Measure, Person, Phone, Qr, Risk, Shape, Stage, StageIx};
use crate::source::{Spanned, Text};

/// The stamp: forty bits of a hash over all that is printed of a chart as words, and over which box leads where. Comments,
/// the order and language of keys, paper, colours and pictures are no part of it; what the project file lends is.
///
/// Forty bits tell the charts of a county apart. They are no proof against somebody who wants two charts to look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp([u8; 5]);

/// Digits of Crockford's base 32: without I, L, O and U, which are taken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many digits a stamp has.
const COUNT: usize = 8;

impl Stamp {
    /// The stamp of a chart.
    pub fn of(chart: &Chart) -> Self {
        let mut words = Words(Sha256::new());
        words.chart(chart);
        let whole = words.0.finalize();
        let mut stamp = [0; 5];
        stamp.iter_mut().zip(whole.iter()).for_each(|(own, byte)| *own = *byte);
        Self(stamp)
    }

    /// Reads a stamp as people type it: with or without the dash, in any case and width of letters, or within what a phone
    /// reads from the chart's code, at its end.
    pub fn parse(written: &str) -> Option<Self> {
        let last = written.trim().rsplit(['#', '：', ':', '\n']).next().unwrap_or_default();
        let kept = last.chars().filter(|c| !c.is_whitespace() && !"-－—–".contains(*c));
        let digits: Vec<u64> = kept.map(digit).collect::<Option<_>>()?;
        if digits.len() != COUNT {
            return None;
        }
        let bits = digits.iter().fold(0_u64, |bits, digit| bits << 5 | digit);
        let [.., a, b, c, d, e] = bits.to_be_bytes();
        Some(Self([a, b, c, d, e]))
    }

    /// What the chart's QR code says where the stamp is printed: a web address with the stamp behind `#`, which no server
    /// sees; a text with a line below it. Addresses that have such an end already, and those of other kinds (a telephone,
    /// a mail, a card), stay as they are: what opens them would take the stamp for a part of them.
    pub fn within(self, text: &str) -> String {
        let is_web = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_address = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        match (is_web, is_address) {
            (true, _) if !text.contains('#') => format!("{text}#{self}"),
            (false, false) => format!("{text}\n核对码：{self}"),
            _ => text.to_owned(),
        }
    }
}

/// The value of a digit; capital or small, of either width, and the letters that are read for it.
fn digit(c: char) -> Option<u64> {
    let narrow = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0)?,
        c => c,
    };
    let c = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    DIGITS.iter().position(|digit| char::from(*digit) == c).map(|at| at as u64)
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e] = self.0;
        let bits = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        let digit = |at: usize| char::from(DIGITS[(bits >> (5 * (COUNT - 1 - at)) & 31) as usize]);
        let (first, last): (String, String) =
            ((0..COUNT / 2).map(digit).collect(), (COUNT / 2..COUNT).map(digit).collect());
        write!(f, "{first}-{last}")
    }
}

/// What is hashed. Every text stands behind its length and every list behind its count, so that no two charts make one
/// row of bytes. Each part is taken apart by all of its fields: a new one is a decision here.
struct Words(Sha256);

impl Words {
    fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_be_bytes());
    }

    fn word(&mut self, word: &str) {
        self.number(word.len());
        self.0.update(word);
    }

    fn text(&mut self, text: &Text) {
        self.word(&text.value);
    }

    fn list<'t, T: 't>(&mut self, items: impl IntoIterator<Item = &'t T>, mut each: impl FnMut(&mut Self, &T)) {
        let items: Vec<&T> = items.into_iter().collect();
        self.number(items.len());
        items.into_iter().for_each(|item| each(self, item));
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        self.list(texts, Self::text);
    }

    fn stage_of(&mut self, stage: &Option<Spanned<StageIx>>) {
        self.list(stage, |words, stage| words.number(stage.value.0));
    }

    fn level_of(&mut self, level: &Option<Spanned<LevelIx>>) {
        self.list(level, |words, level| words.number(level.value.0));
    }

    fn chart(&mut self, chart: &Chart) {
        let Chart {
            unit,
            title,
            power,
            subtitle,
            code,
            category,
            department,
            version,
            date,
            phones,
            notes,
            qr,
            rating,
            watermark,
            arrows,
            labels,
            columns,
            levels,
            stages,
            logo: _,
            page: _,
        } = chart;
        self.text(title);
        self.text(power);
        for text in [unit, subtitle, code, category, department, version, date, watermark] {
            self.texts(text);
        }
        self.list(phones, |words, Phone { label, number }| words.texts([label, number]));
        self.texts(notes);
        self.list(qr, |words, Qr { text, label }| {
            words.text(text);
            words.texts(label);
        });
        self.level_of(rating);
        self.number(usize::from(*arrows));
        labels.all().into_iter().for_each(|label| self.texts(label));
        let Columns { order, heads } = columns;
        for column in order {
            self.number(match column {
                Column::Flow => 0,
                Column::Risk => 1,
                Column::Measure => 2,
            });
        }
        self.texts(heads);
        self.list(levels, |words, Level { name, mark, color: _ }| {
            words.text(name);
            words.texts(mark);
        });
        self.list(stages, Self::stage);
    }

    fn stage(&mut self, stage: &Stage) {
        let Stage {
            name,
            note,
            deadline,
            department,
            materials,
            steps,
            phase,
            shape,
            next,
            beside,
            risks,
            measures,
            span: _,
            id: _,
        } = stage;
        self.text(name);
        [note, deadline, department, phase].into_iter().for_each(|text| self.texts(text));
        [materials, steps].into_iter().for_each(|list| self.texts(list));
        self.number(match shape {
            Shape::Step => 0,
            Shape::Decision => 1,
            Shape::Start => 2,
            Shape::End => 3,
        });
        self.list(next, |words, Link { to, label, span: _ }| {
            words.number(to.0);
            words.texts(label);
        });
        self.stage_of(beside);
        self.list(risks, Self::risk);
        self.list(measures, Self::measure);
    }

    fn risk(&mut self, risk: &Risk) {
        let Risk { id, name, category, level, level_blank, items, through, span: _ } = risk;
        [id, name, category].into_iter().for_each(|text| self.texts(text));
        self.level_of(level);
        self.number(usize::from(*level_blank));
        self.texts(items);
        self.stage_of(through);
    }

    fn measure(&mut self, measure: &Measure) {
        let Measure { name, items, responsible, supervisor, deadline, basis, through, span: _ } = measure;
        [name, deadline].into_iter().for_each(|text| self.texts(text));
        [items, basis].into_iter().for_each(|list| self.texts(list));
        for people in [responsible, supervisor] {
            self.list(people, |words, Person { rank, name }| {
                words.texts(rank);
                words.text(name);
            });
        }
        self.stage_of(through);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_read_back_as_people_type_them() {
        let stamp = Stamp([0x12, 0x34, 0xab, 0xcd, 0xef]);
        let written = stamp.to_string();
        assert_eq!(written.len(), 9);
        let wide: String = written.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("wide")).collect();
        for typed in [
            written.to_lowercase(),
            written.replace('-', ""),
            format!(" {written} "),
            format!("https://a.gov.cn/x#{written}"),
            format!("举报请扫码\n核对码：{written}"),
            wide,
            written.clone(),
        ] {
            assert_eq!(Stamp::parse(&typed), Some(stamp), "{typed}");
        }
        assert_eq!(Stamp::parse("OIL0-OOOO"), Stamp::parse("0110-0000"));
        for bad in ["", "K7Q2", "K7Q2-M9XDA", "K7Q2-M9X!", "核对码"] {
            assert_eq!(Stamp::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn codes_that_open_something_stay_what_they_are() {
        let stamp = Stamp([0; 5]);
        for (text, within) in [
            ("https://a.gov.cn/x", "https://a.gov.cn/x#0000-0000"),
            ("https://a.gov.cn/#/x", "https://a.gov.cn/#/x"),
            ("tel:12388", "tel:12388"),
            ("WIFI:S:a;;", "WIFI:S:a;;"),
            ("举报电话：12388", "举报电话：12388\n核对码：0000-0000"),
        ] {
            assert_eq!(stamp.within(text), within);
        }
    }
}
