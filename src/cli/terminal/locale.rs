//! Which language to speak.

use std::ffi::OsString;

use riskchart::diag::Lang;

/// The language that `--lang` asks for, else `RISKCHART_LANG`, else the locale.
///
/// Looked up before the arguments are parsed, because what is wrong with them is told in it too.
pub(crate) fn language(arguments: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Lang {
    asked(arguments).or_else(|| by_name(&environment("RISKCHART_LANG")?)).unwrap_or_else(|| {
        // POSIX.1-2017, 8.2: the first of the three that is set and not empty holds.
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let locale = names.iter().find_map(|name| environment(name).filter(|value| !value.is_empty()));
        of_locale(&locale.unwrap_or_default())
    })
}

/// Every language by the name that `--lang` knows it by.
pub(crate) const LANGUAGES: [(&str, Lang); 2] = [("zh", Lang::Zh), ("en", Lang::En)];

/// A language by its name.
pub(crate) fn by_name(name: &str) -> Option<Lang> {
    let name = match name {
        "中文" => "zh",
        "英文" => "en",
        name => name,
    };
    LANGUAGES.iter().find(|(known, _)| *known == name).map(|(_, lang)| *lang)
}

fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut found = None;
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        match argument.split_once('=') {
            _ if argument == "--" => break,
            _ if argument == "--lang" => found = arguments.next().and_then(by_name).or(found),
            Some(("--lang", value)) => found = by_name(value).or(found),
            _ => {}
        }
    }
    found
}

/// Chinese unless the locale clearly names another language: `C`, `POSIX` and whatever can't be read as a language do
/// not.
fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    let named = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    if named && language != "zh" { Lang::En } else { Lang::Zh }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str], environment: &[(&str, &str)]) -> Lang {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let read = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        language(&arguments, read)
    }

    #[test]
    fn chinese_unless_another_is_named() {
        for zh in ["", "C", "POSIX", "C.UTF-8", "zh_CN.UTF-8", "zh", "zh_TW", "x", "???"] {
            assert_eq!(chosen(&[], &[("LANG", zh)]), Lang::Zh, "{zh}");
        }
        for en in ["en_US.UTF-8", "en", "de_DE@euro", "fil_PH"] {
            assert_eq!(chosen(&[], &[("LANG", en)]), Lang::En, "{en}");
        }
        assert_eq!(chosen(&[], &[]), Lang::Zh);
        assert_eq!(chosen(&[], &[("LC_ALL", "zh_CN"), ("LANG", "en_US")]), Lang::Zh);
        assert_eq!(chosen(&[], &[("LC_ALL", ""), ("LC_MESSAGES", "en_GB"), ("LANG", "zh_CN")]), Lang::En);
    }

    #[test]
    fn the_option_holds_over_the_environment() {
        let english = [("LANG", "en_US")];
        assert_eq!(chosen(&["build", "--lang", "zh"], &english), Lang::Zh);
        assert_eq!(chosen(&["--lang=zh"], &english), Lang::Zh);
        assert_eq!(chosen(&["--lang=xx"], &english), Lang::En, "an unknown one changes nothing");
        assert_eq!(chosen(&["--", "--lang=zh"], &english), Lang::En, "what follows -- is a path");
    }
}
