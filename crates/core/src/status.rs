//! The state of services, as every feed is read into it.
//! Here live the scale and the words; the shapes of feeds come beside it, fetching is the widget's.

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
    /// The state that a feed's word means. Case, blanks, `_` and `-` do not count.
    ///
    /// ```
    /// use unstuck_core::status::State;
    /// assert_eq!(State::from_word("Degraded_Performance"), State::Degraded);
    /// assert_eq!(State::from_word("fine, honestly"), State::Unknown);
    /// ```
    pub fn from_word(word: &str) -> State {
        let word: String = word
            .chars()
            .filter(|c| !matches!(c, '_' | '-' | ' '))
            .flat_map(char::to_lowercase)
            .collect();
        match word.as_str() {
            "operational" | "ok" | "up" | "healthy" | "green" | "success" | "none" => {
                State::Operational
            }
            "maintenance" | "undermaintenance" | "notice" => State::Maintenance,
            "degraded"
            | "degradedperformance"
            | "slow"
            | "warn"
            | "yellow"
            | "minor"
            | "disrupted"
            | "incident" => State::Degraded,
            "partial" | "partialoutage" | "major" => State::PartialOutage,
            "down" | "outage" | "majoroutage" | "fulloutage" | "red" | "critical" => {
                State::MajorOutage
            }
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

    fn severity(self) -> u8 {
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

/// What a feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The worst of the page's word and of its services.
    pub state: State,
    /// Services: id or name as the feed has it, and state.
    pub services: Vec<(String, State)>,
    /// Open incidents.
    pub incidents: Vec<Incident>,
}

/// An open incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incident {
    /// Title.
    pub title: String,
    /// Ids of the services it touches.
    pub services: Vec<String>,
    /// Page that tells more; http(s) or relative.
    pub url: Option<String>,
}

impl Feed {
    /// The state of one service: its own, or `Unknown`.
    pub fn service(&self, id: &str) -> State {
        self.services
            .iter()
            .find(|(name, _)| name == id)
            .map_or(State::Unknown, |(_, state)| *state)
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn nothing_unknown_is_said_to_work() {
        assert_eq!(State::Unknown.worse(State::Operational), State::Unknown);
        assert_eq!(State::Unknown.worse(State::Degraded), State::Degraded);
        assert_eq!(State::MajorOutage.worse(State::Maintenance), State::MajorOutage);
    }
}
