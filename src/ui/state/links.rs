//! Names and addresses of the host product: deep links with their blanks, services, topics, times.

use super::State;
use crate::ui::strings::Key;
use crate::ui::view::{encode, safe};

impl State {
    /// The address of a deep link: the host's own, else the knowledge base's below the host's
    /// base. `None` when nobody gave one, a blank is not filled, or its scheme is not followed.
    pub fn href(&self, name: &str) -> Option<String> {
        let own = self.settings.links.iter().find(|(other, _)| other == name);
        let href = match own {
            Some((_, href)) => self.fill(href, true)?,
            None => {
                let href = self.fill(self.product().link(name)?.href.as_deref()?, true)?;
                if href.starts_with('/') {
                    [self.settings.link_base.trim_end_matches('/'), &href].concat()
                } else {
                    href
                }
            }
        };
        safe(&href).map(str::to_owned)
    }

    /// The address of a picture: relative ones lie in the product's folder beside the pack.
    pub fn picture(&self, src: &str) -> Option<String> {
        let src = safe(src)?;
        if src.starts_with('/') || src.contains(':') {
            return Some(src.to_owned());
        }
        let folder = self.settings.pack_url.rfind('/').map_or(0, |at| at + 1);
        let folder = self.settings.pack_url.get(..folder).unwrap_or("");
        let folder = folder.replace("{locale}", &self.product().locale);
        Some([folder.as_str(), &self.product().id, "/", src].concat())
    }

    /// The address of the file of meaning that lies beside the pack. Only English has word vectors.
    pub fn meaning_url(&self) -> Option<String> {
        let locale = &self.pack.front().locale;
        let path = self.settings.pack_url.replace("{locale}", locale);
        let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
        let stem = path.strip_suffix(".kb").filter(|_| locale.starts_with("en"))?;
        Some([stem, ".more", rest].concat())
    }

    /// A label with its blanks filled as far as the context goes.
    pub fn fill_blanks(&self, label: &str) -> String {
        self.fill(label, false).unwrap_or_else(|| label.to_owned())
    }

    /// Fills `[Workflow Name]` from the context's `workflow_name` or `Workflow Name`; `None` when
    /// one cannot be filled.
    fn fill(&self, template: &str, encoded: bool) -> Option<String> {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('[') {
            let (blank, after) = after.split_once(']')?;
            let key = blank.to_lowercase().replace(' ', "_");
            let value = self.context(&key).or_else(|| self.context(blank))?;
            out.push_str(before);
            if encoded {
                out.push_str(&encode(value));
            } else {
                out.push_str(value);
            }
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    /// Name on screen of a service.
    pub fn service_name<'s>(&'s self, id: &'s str) -> &'s str {
        let services = &self.product().services;
        services.iter().find(|service| service.id == id).map_or(id, |service| &service.name)
    }

    /// Numbers of the articles of a topic.
    pub fn topic_articles(&self, topic: usize) -> Vec<usize> {
        let of =
            |number: &usize| self.pack.head(*number).is_some_and(|head| head.topic == Some(topic));
        (0..self.pack.len()).filter(of).collect()
    }

    /// How many articles each topic holds.
    pub fn topic_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.pack.front().topics.len()];
        for number in 0..self.pack.len() {
            if let Some(count) = self.pack.head(number).and_then(|head| counts.get_mut(head.topic?))
            {
                *count += 1;
            }
        }
        counts
    }

    /// A span of time in words: whole days and hours where it comes out even.
    pub fn duration(&self, minutes: u32) -> String {
        let (n, one, many) = match minutes {
            m if m >= 2_880 && m.is_multiple_of(1_440) => (m / 1_440, Key::DAY, Key::DAYS),
            m if m >= 60 && m.is_multiple_of(60) => (m / 60, Key::HOUR, Key::HOURS),
            m => (m, Key::MINUTE, Key::MINUTES),
        };
        match n {
            1 => self.strings.get(one).to_owned(),
            n => self.strings.count(many, n as usize),
        }
    }
}
