//! What the probes of the browser conclude from what they fetched: pure judgements, tested natively.
//! Fetching, timers and words are the widget's matter; names and parameters are checked by the
//! compiler, which holds their list.

use super::Outcome;
use crate::model::{Days, Probe, Span, Weekday};

/// The value of a probe's parameter; empty when it is not given.
pub fn param<'p>(probe: &'p Probe, name: &str) -> &'p str {
    probe.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `=`: the same number, or the same words in any case.
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// A condition on one value of the host's context, such as `pending>0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition<'t> {
    /// Key of the context.
    pub key: &'t str,
    /// How it compares.
    pub compare: Compare,
    /// What it is compared with.
    pub with: &'t str,
}

impl<'t> Condition<'t> {
    /// Reads `key`, one of `= != < <= > >=`, and a value. `None` when a part is missing, or when
    /// an order is asked for and the value is no number.
    ///
    /// ```
    /// use unstuck_core::guide::probe::Condition;
    /// let condition = Condition::read("widget_count<=6").unwrap();
    /// assert_eq!(condition.holds("12"), Some(false));
    /// assert_eq!(condition.holds("many"), None);
    /// assert!(Condition::read("pending").is_none());
    /// ```
    pub fn read(text: &'t str) -> Option<Condition<'t>> {
        let at = text.find(['=', '!', '<', '>'])?;
        let (key, rest) = text.split_at(at);
        let signs = [
            ("!=", Compare::Unequal),
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("=", Compare::Equal),
            ("<", Compare::Less),
            (">", Compare::More),
        ];
        let (with, compare) = signs
            .into_iter()
            .find_map(|(sign, compare)| Some((rest.strip_prefix(sign)?, compare)))?;
        let ordered = !matches!(compare, Compare::Equal | Compare::Unequal);
        let bad = key.is_empty() || with.is_empty() || ordered && number(with).is_none();
        (!bad).then_some(Condition { key, compare, with })
    }

    /// Whether it holds for `actual`; `None` when that is no number and a number is needed.
    pub fn holds(&self, actual: &str) -> Option<bool> {
        let actual = actual.trim();
        let (left, right) = (number(actual), number(self.with));
        if let Compare::Equal | Compare::Unequal = self.compare {
            let same = match (left, right) {
                (Some(left), Some(right)) => left == right,
                _ => actual.eq_ignore_ascii_case(self.with),
            };
            return Some(same == (self.compare == Compare::Equal));
        }
        let (left, right) = (left?, right?);
        Some(match self.compare {
            Compare::Less => left < right,
            Compare::AtMost => left <= right,
            Compare::More => left > right,
            _ => left >= right,
        })
    }
}

/// A decimal number in thousandths; further places are cut off. `None` for anything else, and
/// beyond 12 digits. No floating point: reading one costs kilobytes of wasm.
fn number(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 12 || !all_digits(whole) || !all_digits(places) {
        return None;
    }
    let mut value: i64 = 0;
    for byte in whole.bytes().chain(places.bytes().chain([b'0'; 3]).take(3)) {
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(sign * value)
}

/// `host-context`: the values of `keys` (separated by commas), and whether every condition of `is`
/// holds. Passed: all of `keys` are there and not empty, and every condition holds. Failed: one is
/// empty, `0` aside, or a condition does not hold. Could not run: the host gave none of it, or a
/// value cannot be compared. The text names keys and values (`role: agent, plan: basic`), those at
/// fault alone when it failed, and the missing keys when it could not run.
pub fn context<'v>(probe: &Probe, value: &dyn Fn(&str) -> Option<&'v str>) -> (Outcome, String) {
    let listed = |name| param(probe, name).split(',').filter(|part| !part.is_empty());
    let (mut good, mut bad, mut unknown) = (String::new(), String::new(), String::new());
    for key in listed("keys") {
        match value(key) {
            Some(text) if text.trim().is_empty() || text == "false" || text == "null" => {
                push_fact(&mut bad, key, "—");
            }
            Some(text) => push_fact(&mut good, key, text),
            None => push_fact(&mut unknown, key, ""),
        }
    }
    for text in listed("is") {
        let Some(condition) = Condition::read(text) else {
            push_fact(&mut unknown, text, "");
            continue;
        };
        let found = value(condition.key).and_then(|text| Some((text, condition.holds(text)?)));
        match found {
            Some((text, true)) => push_fact(&mut good, condition.key, text),
            Some((text, false)) => push_fact(&mut bad, condition.key, text),
            None => push_fact(&mut unknown, condition.key, ""),
        }
    }
    if !bad.is_empty() {
        (Outcome::Failed, bad)
    } else if !unknown.is_empty() {
        (Outcome::CouldNotRun, unknown)
    } else if good.is_empty() {
        (Outcome::CouldNotRun, good)
    } else {
        (Outcome::Passed, good)
    }
}

fn push_fact(out: &mut String, key: &str, value: &str) {
    if !out.is_empty() {
        out.push_str(", ");
    }
    out.push_str(key);
    if !value.is_empty() {
        out.push_str(": ");
        out.push_str(value);
    }
}

/// What is wrong with the shape of a pasted key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyShape {
    /// Nothing.
    Fine,
    /// Nothing was pasted.
    Empty,
    /// Blanks, quotes or a line break inside or around it.
    Blanks,
    /// `Bearer` or a name in front of it.
    Label,
    /// It does not begin as keys do.
    Prefix,
    /// Shorter than any key.
    Short,
    /// A character that no key holds, such as `…` or `*`: it was cut or masked.
    Masked,
}

/// `key-format`: the shape of a pasted key. `min` is the least length with the prefix, 0 for any.
/// The key itself is neither kept nor returned.
///
/// ```
/// use unstuck_core::guide::probe::{KeyShape, key_shape};
/// assert_eq!(key_shape("sk_live_4f9a", "sk_", 0), KeyShape::Fine);
/// assert_eq!(key_shape("pk_live_4f9a", "sk_", 0), KeyShape::Prefix);
/// assert_eq!(key_shape("Bearer sk_live_4f9a", "sk_", 0), KeyShape::Label);
/// assert_eq!(key_shape("sk_live…9a", "sk_", 0), KeyShape::Masked);
/// ```
pub fn key_shape(key: &str, prefix: &str, min: usize) -> KeyShape {
    let core = key.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
    if core.is_empty() {
        return KeyShape::Empty;
    }
    let label = core.rsplit([' ', ':', '=']).next().unwrap_or(core);
    if label.len() < core.len() && label.starts_with(prefix) && !core.starts_with(prefix) {
        return KeyShape::Label;
    }
    if core.len() < key.len() || core.contains(|c: char| c.is_whitespace()) {
        return KeyShape::Blanks;
    }
    if core.contains(|c: char| !c.is_ascii_graphic() || c == '*') || core.contains("...") {
        return KeyShape::Masked;
    }
    if !core.starts_with(prefix) {
        return KeyShape::Prefix;
    }
    // A prefix alone is no key.
    if core.len() < min.max(prefix.len() + 1) {
        return KeyShape::Short;
    }
    KeyShape::Fine
}

/// Milliseconds by which the device's clock is ahead of the server's (behind: negative). `server`
/// is the answer's `Date` header, whole seconds, in milliseconds; `sent` and `received` are the
/// device's times of asking and of the answer. Half the round trip is taken off, and half of the
/// second that the header leaves open. `None` when the clock was moved in between.
///
/// ```
/// use unstuck_core::guide::probe::clock_skew;
/// assert_eq!(clock_skew(1_000_000, 1_600_400, 1_600_600), Some(600_000));
/// assert_eq!(clock_skew(1_000_000, 1_000_600, 1_000_400), None);
/// ```
pub fn clock_skew(server: u64, sent: u64, received: u64) -> Option<i64> {
    let trip = received.checked_sub(sent)?;
    let at = i64::try_from(sent + trip / 2).ok()?;
    at.checked_sub(i64::try_from(server).ok()?)?.checked_sub(500)
}

/// Whether a browser such as "Chrome 120" is at least the version that `minimum` gives for it
/// (`chrome:114,firefox:125`). `None` for a browser that `minimum` does not name.
///
/// ```
/// use unstuck_core::guide::probe::browser_at_least;
/// assert_eq!(browser_at_least("Chrome 120", "chrome:114,firefox:125"), Some(true));
/// assert_eq!(browser_at_least("Firefox 102", "chrome:114,firefox:125"), Some(false));
/// assert_eq!(browser_at_least("Opera 99", "chrome:114"), None);
/// ```
pub fn browser_at_least(browser: &str, minimum: &str) -> Option<bool> {
    let (name, version) = browser.rsplit_once(' ')?;
    let version: u32 = version.split('.').next()?.parse().ok()?;
    let least = minimum.split(',').find_map(|part| {
        let (of, least) = part.split_once(':')?;
        of.eq_ignore_ascii_case(name).then_some(least)
    })?;
    Some(version >= least.parse().ok()?)
}

/// `calling-window`: the host's schedule as spans for [`schedule::next`](crate::schedule::next).
/// `days` are English names or spans of them (`mon-fri,sun`), empty for every day; `from` and `to`
/// are `HH:MM`, a window over midnight belongs to the day on which it opens; `zone` is an offset
/// or an IANA name. `None` when a part cannot be read.
///
/// ```
/// use unstuck_core::guide::probe::calling_spans;
/// assert_eq!(calling_spans("mon-fri,sun", "09:00", "17:30", "+01:00").map(|s| s.len()), Some(2));
/// assert_eq!(calling_spans("someday", "09:00", "17:30", "UTC"), None);
/// assert_eq!(calling_spans("", "9 o'clock", "17:30", "UTC"), None);
/// ```
pub fn calling_spans(days: &str, from: &str, to: &str, zone: &str) -> Option<Vec<Span>> {
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    if from == 1_440 || zone.is_empty() {
        return None;
    }
    let days = if days.trim().is_empty() { "mon-sun" } else { days };
    let span = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let days = Days::Weekly(day(first)?, day(last)?);
        Some(Span { days, from, to, zone: zone.to_owned() })
    };
    days.split(',').map(span).collect()
}

fn time_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let part = |text: &str, most: u16| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|&value: &u16| digits && value <= most)
    };
    Some(part(hours, 24)? * 60 + part(minutes, 59)?).filter(|&minutes| minutes <= 1_440)
}

/// The day that a name begins, by three letters or more.
fn day(name: &str) -> Option<Weekday> {
    let name = name.trim().to_ascii_lowercase();
    Weekday::ALL.into_iter().find(|day| name.len() >= 3 && day.name().starts_with(name.as_str()))
}

/// Zoom of a page in percent, from the outer and the inner width of its window in pixels. `None`
/// where a width is not known. Side panels of the browser count as zoom: tell it as "about".
pub fn zoom_percent(outer: u32, inner: u32) -> Option<u32> {
    (outer > 0 && inner > 0).then(|| (outer * 100 + inner / 2) / inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Next, Zones, next};

    fn host(key: &str) -> Option<&'static str> {
        let pairs = [("role", "Agent"), ("plan", ""), ("pending", "0"), ("widgets", "12")];
        pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    fn found(params: &[(&str, &str)]) -> (Outcome, String) {
        let params = params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        context(&Probe { name: "host-context".to_owned(), params }, &host)
    }

    #[test]
    fn what_the_host_hands_over_is_judged_by_presence_and_by_comparison() {
        let row = |outcome, text: &str| (outcome, text.to_owned());
        assert_eq!(found(&[("keys", "role")]), row(Outcome::Passed, "role: Agent"));
        assert_eq!(found(&[("keys", "role,plan")]), row(Outcome::Failed, "plan: —"));
        assert_eq!(found(&[("keys", "role,org")]), row(Outcome::CouldNotRun, "org"));
        assert_eq!(found(&[("is", "widgets<=6")]), row(Outcome::Failed, "widgets: 12"));
        assert_eq!(found(&[("is", "pending=0,role=agent")]).0, Outcome::Passed);
        assert_eq!(found(&[("is", "pending=0,retries=0")]), row(Outcome::CouldNotRun, "retries"));
        assert_eq!(found(&[("is", "role>1")]).0, Outcome::CouldNotRun);
        assert_eq!(found(&[]).0, Outcome::CouldNotRun);
    }

    #[test]
    fn numbers_compare_by_value_and_words_by_letters() {
        let holds =
            |condition: &str, actual: &str| Condition::read(condition).unwrap().holds(actual);
        assert_eq!(holds("n=10", "10.0"), Some(true));
        assert_eq!(holds("n>9", "10"), Some(true));
        assert_eq!(holds("n<-1.5", "-1.501"), Some(true));
        assert_eq!(holds("n!=a", "A"), Some(false));
        assert_eq!(holds("n>=1", "1e3"), None);
        assert_eq!(holds("n>=1", "9999999999999"), None);
        for bad in ["", "n", "=1", "n>", "n>x", "n!1", "n<>1"] {
            assert_eq!(Condition::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_pasted_key_is_judged_by_its_shape() {
        for (key, shape) in [
            ("", KeyShape::Empty),
            (" \n", KeyShape::Empty),
            ("sk_", KeyShape::Short),
            ("sk_1", KeyShape::Fine),
            ("sk_1 ", KeyShape::Blanks),
            ("\"sk_1\"", KeyShape::Blanks),
            ("sk_1\n2", KeyShape::Blanks),
            ("apikey=sk_1", KeyShape::Label),
            ("sk_12...89", KeyShape::Masked),
            ("sk_1\u{200b}2", KeyShape::Masked),
            ("SK_1", KeyShape::Prefix),
        ] {
            assert_eq!(key_shape(key, "sk_", 0), shape, "{key:?}");
        }
        assert_eq!(key_shape("sk_12345", "sk_", 20), KeyShape::Short);
    }

    struct NoZones;
    impl Zones for NoZones {
        fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
            None
        }
    }

    #[test]
    fn the_hosts_schedule_is_open_when_its_clock_and_weekday_say_so() {
        // Friday, 2 January 1970.
        let at = |hour: u64| (24 + hour) * 3_600_000;
        let open = |days, from, to, zone, hour| {
            let spans = calling_spans(days, from, to, zone).unwrap();
            match next(&spans, at(hour), &NoZones) {
                Next::Window(window) => Some(window.contains(at(hour))),
                Next::Never => Some(false),
                Next::Unknown => None,
            }
        };
        assert_eq!(open("mon-fri", "09:00", "17:30", "UTC", 10), Some(true));
        assert_eq!(open("mon-fri", "09:00", "17:30", "+09:00", 10), Some(false));
        assert_eq!(open("friday", "22:00", "06:00", "UTC", 29), Some(true));
        assert_eq!(open("fri", "22:00", "06:00", "UTC", 5), Some(false));
        assert_eq!(open("sat-mon", "00:00", "24:00", "UTC", 23), Some(false));
        assert_eq!(open("sat-mon", "00:00", "24:00", "UTC", 71), Some(true));
        assert_eq!(open("", "9:00", "10:00", "Mars/Base", 9), None);
        assert_eq!(calling_spans("", "9:00", "25:00", "UTC"), None);
        assert_eq!(calling_spans("mon-", "9:00", "10:00", "UTC"), None);
    }
}
