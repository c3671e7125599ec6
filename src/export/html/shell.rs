//! What every page has around it: the head with its content policy, the style, the end.

use base64::Engine;
use sha2::{Digest as _, Sha256};

use super::markup::Markup;
use crate::scene::Meta;

const STYLE: &str = include_str!("style.css");

/// What stands in a page's head.
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) author: &'a str,
    pub(super) keywords: &'a [String],
    /// The script, where the page has one.
    pub(super) script: Option<&'static str>,
}

impl<'a> Head<'a> {
    /// The head of a document's page.
    pub(super) fn of(meta: &'a Meta) -> Self {
        Self {
            title: &meta.title,
            description: &meta.description,
            author: &meta.author,
            keywords: &meta.keywords,
            script: None,
        }
    }

    /// Begins a page; what follows goes into its body, and ending all elements ends it.
    pub(super) fn begin(&self) -> Markup {
        let mut page = Markup::default();
        page.raw("<!doctype html>\n");
        page.open("html", &[("lang", "zh-CN")]);
        page.line();
        page.open("head", &[]);
        page.void("meta", &[("charset", "utf-8")]);
        page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &self.policy())]);
        page.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        page.line();
        page.element("title", &[], self.title);
        let keywords = self.keywords.join(",");
        for (name, content) in [("description", self.description), ("author", self.author), ("keywords", &keywords)] {
            if !content.is_empty() {
                page.void("meta", &[("name", name), ("content", content)]);
            }
        }
        page.void("meta", &[("name", "generator"), ("content", "riskchart")]);
        page.line();
        page.open("style", &[]);
        page.raw(STYLE);
        page.close();
        page.close();
        page.line();
        page.open("body", &[]);
        page.element("a", &[("class", "skip"), ("href", "#content")], "跳到正文");
        page.line();
        page
    }

    /// Ends a page.
    pub(super) fn end(&self, mut page: Markup) -> String {
        if let Some(script) = self.script {
            page.open("script", &[]);
            page.raw(script);
            page.close();
        }
        let mut page = page.finish();
        page.push('\n');
        page
    }

    /// Nothing but the page's own style and script, by their hashes (CSP 3 § 2.3.1), and pictures in the page itself.
    fn policy(&self) -> String {
        let script = self.script.map(|script| format!("; script-src '{}'", hash(script))).unwrap_or_default();
        format!(
            "default-src 'none'; style-src '{}'{script}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(STYLE)
        )
    }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}
