//! What `kb.toml` says of a product: links, services, people, channels, priorities, maintenance.
//! Only the shape; which channel is open now is `handover`'s matter, when a span begins `schedule`'s.

/// The product of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// First part of every article id.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// Locale of the texts, BCP 47.
    pub locale: String,
    /// Topics in their order.
    pub topics: Vec<Topic>,
    /// Ids of articles to suggest when nothing else is.
    pub home: Vec<String>,
    /// Id of the article where a guide without an escalation of its own ends.
    pub last_resort: Option<String>,
    /// Words that mean the same to the people who search here.
    pub synonyms: Vec<Vec<String>>,
    /// Deep links.
    pub links: Vec<Link>,
    /// Services.
    pub services: Vec<Service>,
    /// People whom checks and escalations name.
    pub people: Vec<Person>,
    /// Ways to reach support.
    pub channels: Vec<Channel>,
    /// Priorities, the most urgent first.
    pub priorities: Vec<Priority>,
    /// What a report must hold.
    pub include: Vec<Include>,
    /// Planned windows.
    pub maintenance: Vec<Maintenance>,
    /// Suggestions by the page's address.
    pub suggestions: Vec<Suggestion>,
    /// Parameters of probes that every use shares.
    pub probes: Vec<ProbeDefault>,
}

impl Product {
    /// The deep link of that name.
    pub fn link(&self, name: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.name == name)
    }

    /// The person of that id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The topic of that id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }
}

/// A topic: the articles of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Second part of the ids of its articles.
    pub id: String,
    /// Name on screen.
    pub title: String,
    /// One sentence on what it holds; may be empty.
    pub description: String,
}

/// A named deep link of the host product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Name used in articles and in `configure({links})`.
    pub name: String,
    /// Words, such as "Settings → Billing". May hold blanks: `[Workflow Name]`.
    pub label: String,
    /// Address or template; without one the link shows as words.
    pub href: Option<String>,
    /// Id of the element to highlight on arrival.
    pub anchor: Option<String>,
    /// Conditions on the host's context, as in `host-context`'s `is`: once they hold, what the link
    /// is for is done, and its check is ticked. Empty for none.
    pub expect: String,
    /// The source implies the path but does not spell it out.
    pub assumed: bool,
}

/// A service whose state matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Id used in articles and feeds.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// Its name or id in the status feed, where that is another one.
    pub feed: Option<String>,
}

/// To whom a report goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recipient {
    /// The product's support.
    #[default]
    Support,
    /// The customer's own administrator.
    Admin,
    /// The product's engineering.
    Engineering,
    /// The customer's named CIC contact.
    CicContact,
    /// The customer's platform owner.
    PlatformOwner,
    /// The product's own staff with back-office tools.
    Staff,
}

impl Recipient {
    /// All recipients, in the order of their encoding.
    pub const ALL: [Recipient; 6] = [
        Recipient::Support,
        Recipient::Admin,
        Recipient::Engineering,
        Recipient::CicContact,
        Recipient::PlatformOwner,
        Recipient::Staff,
    ];

    /// The name used in files and in the report.
    pub fn name(self) -> &'static str {
        match self {
            Recipient::Support => "support",
            Recipient::Admin => "admin",
            Recipient::Engineering => "engineering",
            Recipient::CicContact => "cic-contact",
            Recipient::PlatformOwner => "platform-owner",
            Recipient::Staff => "staff",
        }
    }

    /// The recipient of that name.
    pub fn from_name(name: &str) -> Option<Recipient> {
        Recipient::ALL.into_iter().find(|recipient| recipient.name() == name)
    }
}

/// Someone whom a check or an escalation names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Id used in articles.
    pub id: String,
    /// Name on screen, such as "your Scopien admin".
    pub name: String,
    /// Where a report for this person goes.
    pub to: Recipient,
    /// Id of the person to name when the reader is this person.
    pub instead: Option<String>,
}

/// How a channel is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChannelKind {
    /// An e-mail address.
    #[default]
    Email,
    /// A chat behind a link.
    Chat,
    /// A telephone number.
    Phone,
    /// A page.
    Link,
    /// A team that the host product reaches by its own means.
    Team,
}

impl ChannelKind {
    /// All kinds, in the order of their encoding.
    pub const ALL: [ChannelKind; 5] = [
        ChannelKind::Email,
        ChannelKind::Chat,
        ChannelKind::Phone,
        ChannelKind::Link,
        ChannelKind::Team,
    ];

    /// The name used in `kb.toml`.
    pub fn name(self) -> &'static str {
        match self {
            ChannelKind::Email => "email",
            ChannelKind::Chat => "chat",
            ChannelKind::Phone => "phone",
            ChannelKind::Link => "link",
            ChannelKind::Team => "team",
        }
    }
}

/// A way to reach support.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Id used in the report.
    pub id: String,
    /// How it is used.
    pub kind: ChannelKind,
    /// Name on screen.
    pub name: String,
    /// E-mail address, number, URL or `link:NAME`; `None` where the host supplies it.
    pub address: Option<String>,
    /// Plans that have it; empty for every plan.
    pub plans: Vec<String>,
    /// Usual time to an answer, in minutes.
    pub response_minutes: Option<u32>,
    /// The response time in words, as the product states it.
    pub response: String,
    /// When it is open.
    pub hours: Hours,
    /// Whom it reaches; empty for support.
    pub to: Vec<Recipient>,
    /// Ids of priorities it is for; empty for every one.
    pub priorities: Vec<String>,
    /// Ids of topics it is for; empty for every one.
    pub topics: Vec<String>,
    /// One line on when to use it.
    pub why: String,
    /// A further remark.
    pub note: String,
}

/// When a channel is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    /// The product does not say.
    #[default]
    NotStated,
    /// Round the clock.
    Always,
    /// At these spans.
    Spans(Vec<Span>),
}

/// A span of local time on certain days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The days on which it begins.
    pub days: Days,
    /// Minutes after midnight at which it begins.
    pub from: u16,
    /// Minutes after midnight at which it ends, up to 1440; not after `from` for one that ends on
    /// the next day.
    pub to: u16,
    /// A fixed offset such as `-05:00`, or an IANA name.
    pub zone: String,
}

/// Days that come back, or single ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Every week from the first day to the last, inclusive; the last may lie before the first
    /// (over the weekend). From Monday to Sunday is every day.
    Weekly(Weekday, Weekday),
    /// One weekday of each month.
    Monthly(Week, Weekday),
    /// Single dates, as days counted from 1 January 1970.
    Dates(Vec<u32>),
}

impl Default for Days {
    /// Every day.
    fn default() -> Self {
        Days::Weekly(Weekday::Monday, Weekday::Sunday)
    }
}

/// How urgent a report is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priority {
    /// Id used in the report.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// The impact in the person's words.
    pub question: String,
    /// Time to an answer, in minutes.
    pub response_minutes: u32,
    /// Examples.
    pub examples: Vec<String>,
}

/// Something a report must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Key in the report's `details`.
    pub id: String,
    /// Question on screen.
    pub label: String,
    /// Where to find it; may be empty.
    pub hint: String,
    /// Key of the host's context that fills it.
    pub context: Option<String>,
    /// Takes several lines.
    pub multiline: bool,
    /// The product cannot act without it.
    pub required: bool,
    /// Ids of topics it is for; empty for every one.
    pub topics: Vec<String>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// Monday, day 0.
    #[default]
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday, day 6.
    Sunday,
}

impl Weekday {
    /// All days, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The English name in lower case, as in `kb.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }
}

/// Which week of the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Week {
    /// The first such day of the month.
    #[default]
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last, be it the fourth or the fifth.
    Last,
}

impl Week {
    /// All of them, in the order of their encoding.
    pub const ALL: [Week; 5] = [Week::First, Week::Second, Week::Third, Week::Fourth, Week::Last];
}

/// Planned work that comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintenance {
    /// Name on screen.
    pub title: String,
    /// When it takes place.
    pub span: Span,
    /// Days ahead on which it is announced.
    pub notice_days: u16,
    /// Ids of the services it touches.
    pub services: Vec<String>,
    /// What it does to the person.
    pub effects: String,
}

/// Articles suggested on pages whose address matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Path pattern; `*` stands for any run of characters.
    pub pattern: String,
    /// Ids of articles, the best first.
    pub articles: Vec<String>,
}

/// Parameters of a probe that every use shares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProbeDefault {
    /// Name of the probe.
    pub name: String,
    /// Its parameters.
    pub params: Vec<(String, String)>,
}
