//! Addresses of links, safe to write into any format.

/// Schemes that open a page, a mail or a call, and run nothing.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// The address with everything but the characters of RFC 3986 § 2 percent-encoded as UTF-8; `None` where its scheme is
/// not one of http, https, mailto and tel.
pub(super) fn safe(uri: &str) -> Option<String> {
    let (scheme, _) = uri.split_once(':')?;
    if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let mut out = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

/// Whether a [`safe`] address is fetched from the network when followed.
pub(super) fn leads_to_page(uri: &str) -> bool {
    uri.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_pass() {
        assert_eq!(safe("https://例.cn/a b").as_deref(), Some("https://%E4%BE%8B.cn/a%20b"));
        assert_eq!(safe("tel:12388").as_deref(), Some("tel:12388"));
        for bad in ["javascript:alert(1)", " javascript:x", "data:text/html,x", "file:///etc/passwd", "www.x.cn", ""] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}
