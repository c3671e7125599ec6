//! Numbers as clerks write them: with a unit, or as the name of a size of type.

use super::width::fold;

/// For each unit of the format, those that may be written and how many of it they are.
const UNITS: &[(&str, &[(&str, f64)])] = &[
    ("mm", &[("mm", 1.0), ("毫米", 1.0), ("cm", 10.0), ("厘米", 10.0), ("公分", 10.0)]),
    ("pt", &[("pt", 1.0), ("磅", 1.0)]),
    ("m", &[("cm", 0.01), ("厘米", 0.01), ("m", 1.0), ("米", 1.0)]),
];

/// 字号: the sizes of type by their names, in points (GB/T 148 names none; these are those of office programs).
#[rustfmt::skip]
const SIZES: &[(&str, &str)] = &[
    ("初号", "42"), ("小初", "36"), ("一号", "26"), ("小一", "24"), ("二号", "22"), ("小二", "18"), ("三号", "16"),
    ("小三", "15"), ("四号", "14"), ("小四", "12"), ("五号", "10.5"), ("小五", "9"), ("六号", "7.5"), ("小六", "6.5"),
];

/// The number, in `unit`, that a text such as 15, 1.5cm, 2米 or 小五 says.
pub(crate) fn number_in(text: &str, unit: &str) -> Option<String> {
    let half = fold(text);
    let size = |name: &str| half == name || half.strip_suffix('号') == Some(name);
    if let Some((_, points)) = SIZES.iter().find(|(name, _)| unit == "pt" && size(name)) {
        return Some((*points).to_owned());
    }
    let names = UNITS.iter().find(|(name, _)| *name == unit)?.1;
    let stripped = names.iter().find_map(|(name, factor)| Some((half.strip_suffix(name)?, *factor)));
    let (number, factor) = stripped.unwrap_or((&half, 1.0));
    let digits = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let number = number.parse::<f64>().ok().filter(|number| digits && number.is_finite())?;
    // To a thousandth: 1.1cm is 11 mm.
    Some(((number * factor * 1000.0).round() / 1000.0).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units() {
        let cases = [
            ("15", "mm", Some("15")),
            ("１５ ＭＭ", "mm", Some("15")),
            ("1.1厘米", "mm", Some("11")),
            ("200cm", "m", Some("2")),
            ("2米", "m", Some("2")),
            ("2米", "mm", None),
            ("小五", "pt", Some("9")),
            ("小四号", "pt", Some("12")),
            ("五号", "mm", None),
            ("12号", "pt", None),
            ("十五", "mm", None),
            ("inf", "mm", None),
        ];
        for (text, unit, number) in cases {
            assert_eq!(number_in(text, unit).as_deref(), number, "{text} in {unit}");
        }
    }
}
