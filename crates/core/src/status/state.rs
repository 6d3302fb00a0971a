//! The scales that every feed is read into: how well a service works, how far an incident is.
//! Here live the words of all feeds; their shapes are `read`'s matter.

/// How well a service works. The order is the order of severity; `Unknown` stands outside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// No word about it, or a word that nobody knows. Never taken for "works".
    #[default]
    Unknown,
    /// Works.
    Operational,
    /// Planned work is going on.
    Maintenance,
    /// Slow or unreliable.
    Degraded,
    /// Partly down.
    PartialOutage,
    /// Down.
    MajorOutage,
}

impl State {
    /// The state that a feed's word means, whichever feed it comes from. Case, blanks, `_` and `-`
    /// do not count.
    ///
    /// ```
    /// use unstuck_core::status::State;
    /// assert_eq!(State::from_word("Degraded_Performance"), State::Degraded);
    /// assert_eq!(State::from_word("fine, honestly"), State::Unknown);
    /// ```
    pub fn from_word(word: &str) -> State {
        let word = squeeze(word);
        let exact = match word.as_str() {
            "operational" | "ok" | "up" | "healthy" | "green" | "success" | "none" => {
                State::Operational
            }
            "maintenance" | "undermaintenance" | "notice" | "info" => State::Maintenance,
            "degraded"
            | "degradedperformance"
            | "slow"
            | "warn"
            | "yellow"
            | "minor"
            | "minoroutage"
            | "disrupted"
            | "hasissues"
            | "incident" => State::Degraded,
            // As the word of a page, "error" and "downtime" say that something is down.
            "partial" | "partialoutage" | "major" | "error" | "downtime" => State::PartialOutage,
            "down" | "outage" | "majoroutage" | "fulloutage" | "red" | "critical" => {
                State::MajorOutage
            }
            _ => State::Unknown,
        };
        if exact != State::Unknown {
            return exact;
        }
        // Instatus says how many components it means: ALL, SOME or ONE.
        let (rest, all) = match word.strip_prefix("all") {
            Some(rest) => (rest, true),
            None => match word.strip_prefix("some").or_else(|| word.strip_prefix("one")) {
                Some(rest) => (rest, false),
                None => return State::Unknown,
            },
        };
        match rest {
            "undermaintenance" => State::Maintenance,
            "degradedperformance" | "minoroutage" => State::Degraded,
            "majoroutage" if all => State::MajorOutage,
            "majoroutage" | "partialoutage" => State::PartialOutage,
            _ => State::Unknown,
        }
    }

    /// The name used in events and in the report.
    pub fn name(self) -> &'static str {
        match self {
            State::Unknown => "unknown",
            State::Operational => "operational",
            State::Maintenance => "maintenance",
            State::Degraded => "degraded",
            State::PartialOutage => "partial_outage",
            State::MajorOutage => "major_outage",
        }
    }

    /// Whether people are stuck because of it.
    pub fn is_trouble(self) -> bool {
        self.severity() > State::Operational.severity()
    }

    /// The worse of two. A known state is worse than an unknown one only when it is trouble, so
    /// that nothing unknown is ever said to work.
    pub fn worse(self, other: State) -> State {
        match (self, other) {
            (State::Unknown, known) | (known, State::Unknown) if !known.is_trouble() => {
                State::Unknown
            }
            (a, b) if a.severity() >= b.severity() => a,
            (_, b) => b,
        }
    }

    /// Its place in the order of severity, from 1; 0 for `Unknown`, which has none.
    pub fn severity(self) -> u8 {
        match self {
            State::Unknown => 0,
            State::Operational => 1,
            State::Maintenance => 2,
            State::Degraded => 3,
            State::PartialOutage => 4,
            State::MajorOutage => 5,
        }
    }
}

/// A word without what does not count when words are compared.
pub(super) fn squeeze(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect()
}

/// How far an incident or planned work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The feed does not say, or says it in a word that nobody knows. Counts as open.
    #[default]
    Unknown,
    /// The cause is looked for.
    Investigating,
    /// The cause is known.
    Identified,
    /// Mended, and watched.
    Monitoring,
    /// Over.
    Resolved,
    /// Planned work that has not begun.
    Scheduled,
    /// Planned work that goes on.
    InProgress,
    /// Planned work that is done and is looked over.
    Verifying,
    /// Planned work that is over.
    Completed,
}

impl Phase {
    /// The phase that a feed's word means; case, blanks, `_` and `-` do not count.
    pub fn from_word(word: &str) -> Phase {
        match squeeze(word).as_str() {
            "investigating" => Phase::Investigating,
            "identified" => Phase::Identified,
            "monitoring" => Phase::Monitoring,
            "resolved" | "postmortem" => Phase::Resolved,
            "scheduled" | "notstartedyet" => Phase::Scheduled,
            "inprogress" => Phase::InProgress,
            "verifying" => Phase::Verifying,
            "completed" => Phase::Completed,
            _ => Phase::Unknown,
        }
    }

    /// Whether it is over.
    pub fn is_over(self) -> bool {
        matches!(self, Phase::Resolved | Phase::Completed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, State};

    #[test]
    fn nothing_unknown_is_said_to_work() {
        assert_eq!(State::Unknown.worse(State::Operational), State::Unknown);
        assert_eq!(State::Unknown.worse(State::Degraded), State::Degraded);
        assert_eq!(State::MajorOutage.worse(State::Maintenance), State::MajorOutage);
    }

    #[test]
    fn every_word_of_the_table_is_known() {
        for (state, words) in [
            (State::Operational, "operational none UP OPERATIONAL up ok success healthy green"),
            (
                State::Maintenance,
                "under_maintenance maintenance UNDERMAINTENANCE ALLUNDERMAINTENANCE \
                 ONEUNDERMAINTENANCE notice info",
            ),
            (
                State::Degraded,
                "degraded_performance minor SOMEDEGRADEDPERFORMANCE ALLMINOROUTAGE MINOROUTAGE \
                 HASISSUES degraded disrupted incident slow warn yellow",
            ),
            (
                State::PartialOutage,
                "partial_outage major PARTIALOUTAGE ALLPARTIALOUTAGE SOMEMAJOROUTAGE \
                 ONEMAJOROUTAGE downtime error partial",
            ),
            (
                State::MajorOutage,
                "major_outage full_outage critical ALLMAJOROUTAGE MAJOROUTAGE down outage red",
            ),
            (State::Unknown, "unknown empty not_monitored null all some alloperational operationa"),
        ] {
            for word in words.split_whitespace() {
                assert_eq!(State::from_word(word), state, "{word}");
            }
        }
        assert_eq!(State::from_word(""), State::Unknown);
        assert_eq!(Phase::from_word("NOTSTARTEDYET"), Phase::Scheduled);
        assert_eq!(Phase::from_word("postmortem"), Phase::Resolved);
        assert_eq!(Phase::from_word("fixed?"), Phase::Unknown);
    }
}
