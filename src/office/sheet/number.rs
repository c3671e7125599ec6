//! Numbers as Excel shows them, as far as registers hold any: dates, whole numbers, numbers with words around them.

use calamine::ExcelDateTime;

/// A number in its format: `0"个工作日"` shows 2 as 2个工作日.
pub(super) fn shown(value: f64, format: &str) -> String {
    let plain = plain(value);
    let first = format.split(';').next().unwrap_or_default();
    let (mut before, mut after) = (String::new(), String::new());
    let mut seen = false;
    let mut percent = false;
    let mut chars = first.chars();
    while let Some(c) = chars.next() {
        let into = if seen { &mut after } else { &mut before };
        match c {
            '"' => into.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' => into.extend(chars.next()),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                chars.by_ref().take_while(|c| *c != ']').for_each(drop);
            }
            '0' | '#' | '?' | '.' | ',' => seen = true,
            '%' => percent = true,
            c if !c.is_ascii() => into.push(c),
            _ => {}
        }
    }
    if percent {
        return format!("{}%", self::plain(value * 100.0));
    }
    if seen { format!("{before}{plain}{after}") } else { plain }
}

fn plain(value: f64) -> String {
    let rounded = (value * 1e10).round() / 1e10;
    format!("{rounded}")
}

/// A date as Chinese documents write it.
pub(super) fn date(value: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = value.to_ymd_hms_milli();
    if value.is_duration() || value.as_f64() < 1.0 {
        return format!("{hour}:{minute:02}");
    }
    format!("{year}年{month}月{day}日")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_their_format() {
        let cases = [
            (2.0, "0\"个工作日\"", "2个工作日"),
            (3.0, "General", "3"),
            (0.35, "0.0%", "35%"),
            (1.5, "第0.0条", "第1.5条"),
            (7.0, "0_);(0)", "7"),
        ];
        for (value, format, expected) in cases {
            assert_eq!(shown(value, format), expected, "{format}");
        }
    }
}
