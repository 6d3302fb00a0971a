//! Which ways to support this customer has now, the best first.
//! When a span of hours is open is `schedule`'s matter, drawing the rows the widget's.

use crate::model::{Channel, Hours, Product, Recipient};
use crate::schedule::{Next, Window, Zones, next};

/// Whether a channel answers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Round the clock.
    Always,
    /// Open now.
    Now,
    /// Closed now.
    Closed,
    /// Hours are not stated, or their zone is not known.
    Unknown,
}

/// A channel and what it means for this customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'p> {
    /// The channel.
    pub channel: &'p Channel,
    /// The customer's plan has it. Where the plan is not known, channels for some plans only
    /// count as not had, and the row says what they need.
    pub had: bool,
    /// Whether it answers now.
    pub open: Open,
    /// The hours that are open now or open next, as instants, to be told in the person's own zone.
    /// `None` round the clock, and where hours are not stated or not known.
    pub hours: Option<Window>,
}

/// What the offers depend on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Need<'n> {
    /// To whom the report goes.
    pub to: Recipient,
    /// The customer's plan, if known. Compared without regard to case.
    pub plan: Option<&'n str>,
    /// Topic of the article at hand, if any.
    pub topic: Option<&'n str>,
    /// Chosen priority, if any.
    pub priority: Option<&'n str>,
    /// Now, in milliseconds since 1970.
    pub now: u64,
}

/// The channels that reach the recipient, the best first: had before not had, made for this
/// topic before general ones, made for this priority, open before closed, quicker before slower,
/// then the author's order. When no channel serves the recipient, those of support are given.
pub fn offers<'p>(product: &'p Product, need: Need<'_>, zones: &dyn Zones) -> Vec<Offer<'p>> {
    let serving = |to: Recipient| {
        product.channels.iter().filter(move |channel| {
            channel.to.contains(&to) || (channel.to.is_empty() && to == Recipient::Support)
        })
    };
    let mut channels: Vec<&Channel> = serving(need.to).collect();
    if channels.is_empty() {
        channels = serving(Recipient::Support).collect();
    }
    if channels.is_empty() {
        channels = product.channels.iter().collect();
    }
    let fits = |list: &[String], value: Option<&str>| {
        list.is_empty() || value.is_some_and(|value| list.iter().any(|item| item == value))
    };
    let mut found: Vec<(u32, Offer<'p>)> = channels
        .into_iter()
        .filter(|channel| fits(&channel.topics, need.topic))
        .filter(|channel| need.priority.is_none() || fits(&channel.priorities, need.priority))
        .map(|channel| {
            let had = channel.plans.is_empty()
                || need.plan.is_some_and(|plan| {
                    channel.plans.iter().any(|name| name.eq_ignore_ascii_case(plan))
                });
            let (open, hours) = open_now(&channel.hours, need.now, zones);
            let rank = u32::from(!had) << 30
                | u32::from(channel.topics.is_empty()) << 29
                | u32::from(channel.priorities.is_empty()) << 28
                | u32::from(open == Open::Closed) << 27
                | channel.response_minutes.unwrap_or(0xff_ffff).min(0xff_ffff);
            (rank, Offer { channel, had, open, hours })
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, offer)| offer).collect()
}

fn open_now(hours: &Hours, now: u64, zones: &dyn Zones) -> (Open, Option<Window>) {
    match hours {
        Hours::NotStated => (Open::Unknown, None),
        Hours::Always => (Open::Always, None),
        Hours::Spans(spans) => match next(spans, now, zones) {
            Next::Window(window) if window.contains(now) => (Open::Now, Some(window)),
            Next::Window(window) => (Open::Closed, Some(window)),
            Next::Never => (Open::Closed, None),
            Next::Unknown => (Open::Unknown, None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Days, Span, Weekday};

    struct NoZones;
    impl Zones for NoZones {
        fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
            None
        }
    }

    fn channel(id: &str) -> Channel {
        Channel { id: id.into(), name: id.into(), ..Channel::default() }
    }

    fn ids(product: &Product, need: Need<'_>) -> Vec<String> {
        offers(product, need, &NoZones).iter().map(|offer| offer.channel.id.clone()).collect()
    }

    #[test]
    fn a_channel_the_plan_lacks_comes_last_and_says_so() {
        let phone = Channel { plans: vec!["enterprise".into()], ..channel("phone") };
        let product = Product { channels: vec![phone, channel("email")], ..Product::default() };
        assert_eq!(ids(&product, Need::default()), ["email", "phone"]);
        let need = Need { plan: Some("Enterprise"), ..Need::default() };
        assert_eq!(ids(&product, need), ["phone", "email"]);
        assert!(offers(&product, need, &NoZones).iter().all(|offer| offer.had));
    }

    #[test]
    fn the_channel_made_for_the_topic_comes_first() {
        let billing = Channel { topics: vec!["account".into()], ..channel("billing") };
        let product = Product { channels: vec![channel("general"), billing], ..Product::default() };
        let need = Need { topic: Some("account"), ..Need::default() };
        assert_eq!(ids(&product, need), ["billing", "general"]);
        assert_eq!(ids(&product, Need::default()), ["general"]);
    }

    #[test]
    fn a_team_gets_its_own_channel_and_support_steps_in_where_there_is_none() {
        let team = Channel { to: vec![Recipient::Engineering], ..channel("team") };
        let product = Product { channels: vec![channel("email"), team], ..Product::default() };
        let to = |to| Need { to, ..Need::default() };
        assert_eq!(ids(&product, to(Recipient::Engineering)), ["team"]);
        assert_eq!(ids(&product, to(Recipient::Admin)), ["email"]);
    }

    #[test]
    fn office_hours_follow_their_zone() {
        let span = Span {
            days: Days::Weekly(Weekday::Monday, Weekday::Friday),
            from: 540,
            to: 1_020,
            zone: "-05:00".into(),
        };
        let hours = Hours::Spans(vec![span]);
        // Friday 20 November 2026, 13:59 and 14:00 UTC are 08:59 and 09:00 at UTC-5.
        let at = |minutes: u64| (1_795_132_800 + minutes * 60) * 1_000;
        assert_eq!(open_now(&hours, at(13 * 60 + 59), &NoZones).0, Open::Closed);
        assert_eq!(open_now(&hours, at(14 * 60), &NoZones).0, Open::Now);
        assert_eq!(open_now(&hours, at(38 * 60), &NoZones).0, Open::Closed);
    }
}
