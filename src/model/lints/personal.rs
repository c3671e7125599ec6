//! Personal data that must not hang on a wall.

use std::ops::Range;

use super::locate;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Text;

pub(super) fn check(text: &Text, report: &mut Report) {
    for run in number_runs(&text.value) {
        let digits: String = text.value[run.clone()].chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let code = if is_identity_number(&digits) {
            Code::IdentityNumber
        } else if is_mobile_number(&digits) {
            Code::MobileNumber
        } else {
            continue;
        };
        let span = locate(text, run, report).unwrap_or(text.span);
        let problem = Diagnostic::new(code, span);
        report.push(if code == Code::MobileNumber { problem.with("number", digits) } else { problem });
    }
}

/// Runs of digits with single spaces or hyphens between them; the last may be X.
fn number_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            // Digits inside a Latin word or a code are no number of a person.
            at += if bytes[at].is_ascii_alphabetic() {
                bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
            } else {
                1
            };
            continue;
        }
        let start = at;
        while digit(at) || (matches!(bytes.get(at), Some(b' ' | b'-')) && digit(at + 1)) {
            at += 1;
        }
        if matches!(bytes.get(at), Some(b'X' | b'x')) {
            at += 1;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            runs.push(start..at);
        }
    }
    runs
}

/// Eleven digits that begin with 13 to 19, the mobile numbers of the mainland.
fn is_mobile_number(digits: &str) -> bool {
    digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// GB 11643: six digits of the place, eight of the birthday, three of order, and a check character (ISO 7064, mod
/// 11-2).
fn is_identity_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |range: Range<usize>| bytes[range].iter().fold(0_u32, |sum, b| sum * 10 + u32::from(b - b'0'));
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    if !(1900..2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize] == bytes[17].to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_by_their_check_character() {
        assert!(is_identity_number("11010519491231002X"));
        assert!(!is_identity_number("110105194912310021"), "wrong check character");
        assert!(!is_identity_number("11010519491331002X"), "no such month");
        assert!(!is_identity_number("1101051949123100"));
    }

    #[test]
    fn numbers_of_persons_among_others() {
        let found = |text: &str| {
            let digits = |run: Range<usize>| text[run].replace([' ', '-'], "");
            number_runs(text).into_iter().map(digits).filter(|run| is_mobile_number(run)).count()
        };
        assert_eq!(found("手机13800138000、138-0013-8000，138 0013 8000"), 3);
        assert_eq!(found("编码 A13800138000，1380013800011，0355-2123456，12388，晋财〔2024〕13号"), 0);
    }
}
