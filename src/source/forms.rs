//! Characters that look like Han ones and are others: Kangxi radicals, radicals of the supplement and compatibility
//! ideographs, which copying from PDFs brings along.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// Radicals of the supplement (U+2E80–2EF3), which Unicode doesn't decompose, and the ideographs that they are forms of
/// (EquivalentUnifiedIdeograph.txt, those that stand for a character written alone).
const RADICALS: &str = "⺁厂⺂乙⺃乚⺅亻⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺎尢⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵\
                        ⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺳罓⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀\
                        ⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣\
                        ⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";

/// The character that one of these is a form of, as many bytes long; `None` for any other.
fn meant(c: char) -> Option<char> {
    let meant = match c {
        '\u{2e80}'..='\u{2ef3}' => {
            let mut pairs = RADICALS.chars();
            std::iter::from_fn(|| Some((pairs.next()?, pairs.next()?))).find(|(form, _)| *form == c)?.1
        }
        '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' => std::iter::once(c).nfkc().next()?,
        _ => return None,
    };
    (meant != c && meant.len_utf8() == c.len_utf8()).then_some(meant)
}

/// The text with every such character written as what it is a form of; where each stood, in bytes, which are the same in
/// both texts.
pub(crate) fn unified(text: &str) -> (String, Vec<(usize, char)>) {
    let mut found = Vec::new();
    let unify = |(at, c): (usize, char)| match meant(c) {
        Some(new) => {
            found.push((at, c));
            new
        }
        None => c,
    };
    let new = text.char_indices().map(unify).collect();
    (new, found)
}

/// Traditional characters and their simplified forms: those that such charts may hold and the embedded faces lack.
const TRADITIONAL: &str = include_str!("traditional.txt");

/// The simplified form of a traditional character; `None` where it has none, or is one that is used as it stands.
pub(crate) fn simplified(c: char) -> Option<char> {
    static FORMS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
        let pairs: Vec<char> = TRADITIONAL.chars().filter(|c| !c.is_whitespace()).collect();
        pairs.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    FORMS.get(&c).copied()
}

/// Emoji, the parts that they are put together of included: Unicode's blocks of pictographs, joiners, variation selectors.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}'
        | '\u{20e3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_what_they_look_like() {
        let (new, found) = unified("⾏政⾼⼈⽴⽅⺠⻓\u{f90a}\u{f914}①㎡Ａ");
        assert_eq!(new, "行政高人立方民长金樂①㎡Ａ");
        assert_eq!(found.len(), 9);
        assert_eq!(found[1], (6, '⾼'));
        for radical in '\u{2f00}'..='\u{2fd5}' {
            assert!(meant(radical).is_some(), "{radical}");
        }
        assert_eq!(RADICALS.chars().count() % 2, 0);
        assert!(RADICALS.chars().step_by(2).all(|c| ('\u{2e80}'..='\u{2ef3}').contains(&c)));
    }
}
