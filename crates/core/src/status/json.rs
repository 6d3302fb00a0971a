//! JSON read where it lies: checked once from end to end, then walked without a tree.
//! Forgives what generators of feeds get wrong (see [`Json::parse`]); what the values mean is
//! `read`'s matter, writing JSON is the handover's.

/// Deeper nesting is refused: checking recurses, and no feed goes beyond ten.
const MAX_DEPTH: u8 = 40;

/// A value of a text that was checked. Copies are cheap; each look-up walks over the value again,
/// so keep what is asked for twice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a> {
    text: &'a str,
    loose: bool,
}

impl<'a> Json<'a> {
    /// What is not there.
    pub(super) const NULL: Json<'static> = Json { text: "null", loose: false };

    /// The value of a whole text, or `None` when it is no JSON from end to end. A byte-order mark,
    /// control characters in strings and a comma before a closing bracket are let through. So are
    /// quotes within a string without a backslash, where what follows shows that the string goes
    /// on (cState's templates write such text).
    pub(super) fn parse(text: &'a str) -> Option<Json<'a>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii();
        [false, true].into_iter().map(|loose| Json { text, loose }).find(|json| {
            let mut scan = json.scan();
            scan.value(MAX_DEPTH, Within::Root).is_some() && scan.at == text.len()
        })
    }

    fn scan(self) -> Scan<'a> {
        Scan { text: self.text, at: 0, loose: self.loose }
    }

    /// The first character: `{`, `[`, `"`, or that of a number, `true`, `false`, `null`.
    fn first(self) -> u8 {
        self.text.bytes().next().unwrap_or(b'n')
    }

    /// Whether it is `null` or not there.
    pub(super) fn is_null(self) -> bool {
        self.first() == b'n'
    }

    /// Whether it is an object.
    pub(super) fn is_map(self) -> bool {
        self.first() == b'{'
    }

    /// Whether it is an array.
    pub(super) fn is_list(self) -> bool {
        self.first() == b'['
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        self.text == "true"
    }

    /// The member of that name, the last one if there are several; [`Json::NULL`] without.
    pub(super) fn get(self, key: &str) -> Json<'a> {
        let found = self.entries().filter(|(name, _)| *name == key).last();
        found.map_or(Json::NULL, |(_, value)| value)
    }

    /// The values of an array, or of an object (some copies of schemas have one for the other).
    pub(super) fn items(self) -> impl Iterator<Item = Json<'a>> {
        self.entries().map(|(_, value)| value)
    }

    /// The members of an object with their names as written; the values of an array with empty
    /// names; nothing for other values.
    pub(super) fn entries(self) -> Entries<'a> {
        let mut scan = self.scan();
        let map = self.is_map();
        scan.at = if map || self.is_list() { 1 } else { self.text.len() };
        Entries { scan, map }
    }

    /// The text of a string, decoded; `None` for other values.
    pub(super) fn string(self) -> Option<String> {
        let inner = self.text.strip_prefix('"')?.strip_suffix('"')?;
        Some(decode(inner))
    }

    /// The text of a string, or a number as written: ids are either.
    pub(super) fn id(self) -> Option<String> {
        match self.first() {
            b'-' | b'0'..=b'9' => Some(self.text.to_owned()),
            _ => self.string(),
        }
    }
}

/// Walks over the members of an object or the values of an array.
pub(super) struct Entries<'a> {
    scan: Scan<'a>,
    map: bool,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, text) = self.scan.entry(self.map, MAX_DEPTH)??;
        Some((key, Json { text, loose: self.scan.loose }))
    }
}

/// Where a string stands: what may follow tells whether a quote ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Root,
    Key,
    Map,
    List,
}

/// A key without its quotes and a value, as they stand in the text.
type Raw<'a> = (&'a str, &'a str);

struct Scan<'a> {
    text: &'a str,
    at: usize,
    loose: bool,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.blanks();
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn since(&self, start: usize) -> Option<&'a str> {
        self.text.get(start..self.at)
    }

    fn value(&mut self, depth: u8, within: Within) -> Option<()> {
        self.blanks();
        match self.peek() {
            b'"' => self.string(within),
            open @ (b'{' | b'[') => {
                let depth = depth.checked_sub(1)?;
                self.at += 1;
                while self.entry(open == b'{', depth)?.is_some() {}
                Some(())
            }
            _ => {
                let start = self.at;
                while matches!(self.peek(), b'-' | b'+' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
                {
                    self.at += 1;
                }
                let word = self.since(start)?;
                let number = word.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
                (number || matches!(word, "true" | "false" | "null")).then_some(())
            }
        }
    }

    /// The next entry and the comma behind it; `Some(None)` where the bracket closes.
    fn entry(&mut self, map: bool, depth: u8) -> Option<Option<Raw<'a>>> {
        if self.eat(if map { b'}' } else { b']' }) {
            return Some(None);
        }
        let mut key = "";
        if map {
            let start = self.at + 1;
            (self.peek() == b'"').then_some(())?;
            self.string(Within::Key)?;
            key = self.text.get(start..self.at - 1)?;
            self.eat(b':').then_some(())?;
        }
        self.blanks();
        let start = self.at;
        self.value(depth, if map { Within::Map } else { Within::List })?;
        let value = self.since(start)?;
        if !self.eat(b',') {
            (self.peek() == if map { b'}' } else { b']' }).then_some(())?;
        }
        Some(Some((key, value)))
    }

    /// From the quote that opens to behind the one that closes.
    fn string(&mut self, within: Within) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    if !self.loose || self.closed(within) {
                        return Some(());
                    }
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
            if self.at >= self.text.len() {
                return None;
            }
        }
    }

    /// Whether what follows a quote can follow a whole string there. Looks at no more than the
    /// next few marks and one key.
    fn closed(&self, within: Within) -> bool {
        let mut ahead = Scan { text: self.text, at: self.at, loose: false };
        ahead.blanks();
        let next = ahead.peek();
        ahead.at += 1;
        ahead.blanks();
        match (within, next) {
            (Within::Key, _) => next == b':',
            (_, b',') if within == Within::Map => {
                ahead.peek() == b'}' || {
                    // The next key: short, on one line, and followed by a colon.
                    let rest = self.text.as_bytes().get(ahead.at + 1..).unwrap_or_default();
                    let end = rest.iter().take(80).position(|byte| matches!(byte, b'"' | b'\n'));
                    ahead.at += 2 + end.unwrap_or(80);
                    rest.get(end.unwrap_or(80)) == Some(&b'"') && ahead.eat(b':')
                }
            }
            (_, b',') => matches!(ahead.peek(), b'"' | b'{' | b'[' | b']'),
            (Within::Map, b'}') | (Within::List, b']') => {
                matches!(ahead.peek(), b',' | b'}' | b']' | 0)
            }
            _ => next == 0,
        }
    }
}

/// The text between the quotes. An escape that does not exist stands for its character; half a
/// surrogate pair becomes the replacement character.
fn decode(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let Some(escape) = after.chars().next() else { return out };
        rest = after.get(escape.len_utf8()..).unwrap_or_default();
        out.push(match escape {
            'n' => '\n',
            't' => '\t',
            'r' | 'b' | 'f' => ' ',
            'u' => {
                let mut unit = hex(&mut rest);
                if (0xd800..0xdc00).contains(&unit)
                    && let Some(mut low) = rest.strip_prefix("\\u")
                {
                    let second = hex(&mut low);
                    if (0xdc00..0xe000).contains(&second) {
                        unit = 0x1_0000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
                        rest = low;
                    }
                }
                char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other,
        });
    }
    out.push_str(rest);
    out
}

/// Four hexadecimal digits; half a surrogate pair, so no character, where they are missing.
fn hex(rest: &mut &str) -> u32 {
    let Some((digits, after)) = rest.split_at_checked(4) else { return 0xdfff };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return 0xdfff;
    }
    *rest = after;
    u32::from_str_radix(digits, 16).unwrap_or(0xdfff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loose(text: &str) -> Json<'_> {
        let json = Json::parse(text).unwrap();
        assert!(json.loose, "needs no forgiving: {text}");
        json
    }

    #[test]
    fn values_are_found_where_they_lie() {
        let json =
            Json::parse(" {\"a\":[1, \"two\" , {\"b\":null}],\"c\" : true,\"c\":\"x\"}\n").unwrap();
        let items: Vec<_> = json.get("a").items().collect();
        assert_eq!(items.len(), 3);
        assert_eq!(items[0].id().as_deref(), Some("1"));
        assert_eq!(items[1].string().as_deref(), Some("two"));
        assert!(items[2].get("b").is_null() && items[2].get("z").is_null());
        assert_eq!(json.get("c").string().as_deref(), Some("x"), "the last of two counts");
    }

    #[test]
    fn escapes_are_decoded() {
        let json = Json::parse(r#""a\"b\\\/\n\u00e9\ud83d\ude00\ud83d\q""#).unwrap();
        assert_eq!(json.string().unwrap(), "a\"b\\/\né😀\u{fffd}q");
    }

    #[test]
    fn quotes_within_text_do_not_end_it() {
        let json = loose(
            r#"{"title": "The "new" login, and "more", "affected": ["API "v2"", "Web"], "x": {"y": "say "a"} then"}}"#,
        );
        assert_eq!(json.get("title").string().unwrap(), "The \"new\" login, and \"more");
        let affected: Vec<_> = json.get("affected").items().filter_map(Json::string).collect();
        assert_eq!(affected, ["API \"v2\"", "Web"]);
        assert_eq!(json.get("x").get("y").string().unwrap(), "say \"a\"} then");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "<!doctype html>",
            "{",
            "{\"a\":1",
            "[1 2]",
            "{\"a\"}",
            "{a:1}",
            "\"x",
            "\"x\\\"",
            "nul",
            "tru",
            "1 2",
            "{}{}",
            "-",
            "{\"a\":}",
            "]",
            ",",
        ] {
            assert!(Json::parse(text).is_none(), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(Json::parse(&deep).is_none());
        let closed = ["[".repeat(50), "]".repeat(50)].concat();
        assert!(Json::parse(&closed).is_none());
    }

    proptest! {
        #[test]
        fn what_a_writer_writes_is_read_back(text in any::<String>(), n in any::<u32>()) {
            let written = serde_json::json!({"k": [text, {"n": n}]}).to_string();
            let json = Json::parse(&written).unwrap();
            let items: Vec<_> = json.get("k").items().collect();
            let read = items[0].string().unwrap();
            let plain = text.replace(['\r', '\u{8}', '\u{c}'], " ");
            prop_assert_eq!(read, plain);
            prop_assert_eq!(items[1].get("n").id(), Some(n.to_string()));
            for end in (0..written.len()).filter(|end| written.is_char_boundary(*end)) {
                prop_assert!(Json::parse(&written[..end]).is_none(), "cut at {}", end);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]{}\",:\\\\ a0u\u{e9}]{0,40}") {
            if let Some(json) = Json::parse(&text) {
                walk(json);
            }
        }
    }

    fn walk(json: Json<'_>) {
        let _ = (json.string(), json.id(), json.get("a").is_null());
        json.items().for_each(walk);
    }
}
