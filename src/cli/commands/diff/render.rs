//! Differences in words: plain text for terminals, Markdown, JSON, and a page of HTML.

use riskchart::diag::Lang;
use serde_json::{Value, json};

use super::compare::{Change, How};
use super::{Kind, Pair};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::visible::visible;

/// The differences as they are read in a terminal.
pub(super) fn text(pairs: &[Pair], lang: Lang) -> String {
    let mut text = String::new();
    for pair in pairs {
        text += &format!("{}\n", title(pair, lang));
        for line in lines(pair, lang) {
            text += &format!("  - {line}\n");
        }
        text.push('\n');
    }
    text + &format!("{}\n", conclusion(pairs, lang))
}

/// The differences as Markdown.
pub(super) fn markdown(pairs: &[Pair], lang: Lang) -> String {
    let mut text = String::new();
    for pair in pairs {
        text += &format!("## {}\n\n", escaped_markdown(&title(pair, lang)));
        for line in lines(pair, lang) {
            text += &format!("- {}\n", escaped_markdown(&line));
        }
        text.push('\n');
    }
    text + &format!("{}\n", escaped_markdown(&conclusion(pairs, lang)))
}

/// The differences as one object.
pub(super) fn json(pairs: &[Pair], lang: Lang) -> anyhow::Result<String> {
    let change = |change: &Change| {
        let place: Vec<&str> = change.place.iter().map(|part| part.get(lang)).collect();
        let (how, old, new) = match &change.how {
            How::Added { new } => ("added", None, Some(new)),
            How::Removed { old } => ("removed", Some(old), None),
            How::Changed { old, new } => ("changed", Some(old), Some(new)),
            How::Moved => ("moved", None, None),
        };
        let mut object =
            json!({ "place": place, "what": change.what.get(lang), "how": how, "words": line(change, lang) });
        for (key, side) in [("old", old), ("new", new)] {
            if let Some(side) = side {
                object[key] = json!(side.get(lang));
            }
        }
        object
    };
    let charts: Vec<Value> = pairs
        .iter()
        .map(|pair| {
            json!({
                "chart": pair.name,
                "power": pair.power,
                "status": pair.kind.name(),
                "print": pair.kind.is_printed(),
                "changes": pair.changes.iter().map(change).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&json!({ "charts": charts }))? + "\n")
}

/// The differences as a page.
pub(super) fn html(pairs: &[Pair], lang: Lang) -> String {
    let name = message!("廉政风险防控图的改动" | "Changes of the charts");
    let (name, tag) = (name.get(lang), if lang == Lang::Zh { "zh-CN" } else { "en" });
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n<title>{name}</title>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <style>body {{ font: 16px/1.7 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em }}</style>\n<h1>{name}</h1>\n"
    );
    for pair in pairs {
        text += &format!("<h2>{}</h2>\n<ul>\n", escaped_html(&title(pair, lang)));
        for line in lines(pair, lang) {
            text += &format!("<li>{}</li>\n", escaped_html(&line));
        }
        text += "</ul>\n";
    }
    text + &format!("<p>{}</p>\n</html>\n", escaped_html(&conclusion(pairs, lang)))
}

fn title(pair: &Pair, lang: Lang) -> String {
    match &pair.power {
        Some(power) if lang == Lang::Zh => format!("{}（{power}）", pair.name),
        Some(power) => format!("{} ({power})", pair.name),
        None => pair.name.clone(),
    }
}

fn lines(pair: &Pair, lang: Lang) -> Vec<String> {
    let whole = match pair.kind {
        Kind::Added => Some(message!("新加的图" | "a new chart")),
        Kind::Removed => Some(message!("图删去了，海报请撤下" | "the chart is gone; take its poster down")),
        Kind::Silent => {
            Some(message!("内容没有变，只改了写法，不用重印" | "the same content written otherwise; no need to print"))
        }
        Kind::Files => {
            Some(message!("来源变了（清单里看不出改了什么）" | "its sources changed; a manifest does not say how"))
        }
        Kind::Changed => None,
    };
    let whole = whole.map(|said: Message| said.get(lang).to_owned());
    whole.into_iter().chain(pair.changes.iter().map(|change| line(change, lang))).collect()
}

fn line(change: &Change, lang: Lang) -> String {
    let what = change.what.get(lang);
    let said = match &change.how {
        How::Added { new } => match new.get(lang) {
            "" => message!("增加了{what}" | "added {what}"),
            new => message!("{what}增加“{new}”" | "{what}: added “{new}”"),
        },
        How::Removed { old } => match old.get(lang) {
            "" => message!("去掉了{what}" | "removed {what}"),
            old => message!("{what}去掉“{old}”" | "{what}: removed “{old}”"),
        },
        How::Changed { old, new } => {
            let (old, new) = (old.get(lang), new.get(lang));
            message!("{what}由“{old}”改为“{new}”" | "{what}: “{old}” became “{new}”")
        }
        How::Moved => message!("{what}换了次序" | "{what}: moved"),
    };
    let place: Vec<&str> = change.place.iter().map(|part| part.get(lang)).collect();
    let (mark, colon) = if lang == Lang::Zh { ("，", "：") } else { (", ", ": ") };
    let place = if place.is_empty() { String::new() } else { place.join(mark) + colon };
    visible(&format!("{place}{}", said.get(lang)).replace('\n', " "))
}

fn conclusion(pairs: &[Pair], lang: Lang) -> String {
    let printed: Vec<&str> =
        pairs.iter().filter(|pair| pair.kind.is_printed()).map(|pair| pair.name.as_str()).collect();
    let (count, names) = (printed.len(), printed.join(if lang == Lang::Zh { "、" } else { ", " }));
    let said = match count {
        0 => message!("没有要重印的海报。" | "No poster needs to be printed again."),
        _ => message!("要重印的海报 {count} 张：{names}" | "Posters to print again, {count}: {names}"),
    };
    said.get(lang).to_owned()
}

fn escaped_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn escaped_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
