//! Words that stand in for others: support English that people use for one another, and the
//! synonyms of `kb.toml`. Used when an index is built; the pack carries the outcome.

use std::collections::BTreeMap;

use super::analysis::{self, Language};
use super::dict::Value;
use super::related::Set;
use super::words::{self, Class};
use crate::model::KnowledgeBase;

/// Adds stand-in words to `words`; returns the sets of groups that stand in for one another.
pub(crate) fn relate(
    language: Language,
    kb: &KnowledgeBase,
    numbers: &BTreeMap<&str, u32>,
    words: &mut BTreeMap<String, Value>,
) -> Vec<Set> {
    let mut sets = Vec::new();
    let mut links: BTreeMap<String, BTreeMap<u32, u8>> = BTreeMap::new();
    let own = kb
        .product
        .synonyms
        .iter()
        .map(|set| (14_u8, set.iter().map(String::as_str).collect::<Vec<&str>>()));
    let shared = (language == Language::English).then(english_sets).into_iter().flatten();
    for (weight, set) in own.chain(shared) {
        // A stand-in of several words cannot be found by one of them alone.
        let group = |word: &str| {
            let mut stems = stems(language, word);
            let stem = stems.next()?;
            if stems.next().is_some() { None } else { numbers.get(stem.as_str()).copied() }
        };
        let mut groups: Vec<u32> = set.iter().filter_map(|word| group(word)).collect();
        groups.sort_unstable();
        groups.dedup();
        for &from in set.iter().filter(|from| group(from).is_none()) {
            for &to in &groups {
                let slot = links.entry(key(from)).or_default().entry(to).or_default();
                *slot = weight.max(*slot);
            }
        }
        if groups.len() > 1 {
            sets.push((weight, groups));
        }
    }
    for (word, targets) in links {
        let targets = targets.into_iter().collect();
        words.entry(word).or_insert(Value::Alias(Class::Topic as u8, targets));
    }
    for &(class, list) in words::lists(language) {
        for word in list.split_ascii_whitespace() {
            words.entry(word.to_owned()).or_insert(Value::Alias(class as u8, Vec::new()));
        }
    }
    sets
}

/// A word or phrase as the dictionary holds it: folded words, one blank between.
fn key(text: &str) -> String {
    let mut out = String::new();
    analysis::words(text, |word, _| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    });
    out
}

fn stems(language: Language, text: &str) -> impl Iterator<Item = String> {
    let mut out = Vec::new();
    analysis::words(text, |word, _| out.push(language.stem(word)));
    out.into_iter()
}

fn english_sets<'t>() -> impl Iterator<Item = (u8, Vec<&'t str>)> {
    ENGLISH.iter().flat_map(|&(weight, lines)| {
        lines.lines().map(move |line| (weight, line.split(',').map(str::trim).collect()))
    })
}

/// Sets of words that people use for one another, with the weight of the stand-in in sixteenths.
const ENGLISH: &[(u8, &str)] = &[
    // Two spellings, or two forms that the stemmer keeps apart.
    (
        15,
        "\
login, signin, logon
logout, signout, log off
email, mail, e-mail
setup, set up
customise, customize
cancelled, canceled, cancellation
colour, color
send, sent
pay, paid, payment
lose, lost
buy, bought, purchase
choose, chose, chosen
write, wrote, written
hear, heard
speak, spoke, spoken, speech
begin, began, start
freeze, froze, frozen
delete, deletion
dialler, dialer
licence, license
organisation, organization, org
2fa, mfa, two-factor, two factor, second step, otp, authenticator
app, application
info, information
admin, administrator
config, configuration, configure
auth, authentication, authenticate
doc, docs, document, documentation
repo, repository
phone, telephone
num, number, numbers
msg, message
pic, picture, photo, image
img, image
db, database
acct, account
sub, subscription
notif, notification
perms, permission
csv, spreadsheet, excel, xls, xlsx",
    ),
    // Words that mean the same in a support case.
    (
        11,
        "\
login, log in, sign in, sign on, get in, access
login, sign
bill, invoice, billing
invoice, receipt
money back, refund, reimburse
refund, reimbursement
charge, debit, billed
price, cost, fee, pricing
card, visa, mastercard
bot, robot, assistant, chatbot, ai
recording, audio
play, playback, listen, replay
call, ring, rang, rung, phone
dial, ring, rang, rung, phone, call
caller, rang
hang up, hung up
contact, lead, person, people
rep, agent, staff
agent, operator
colleague, teammate, coworker, member
user, member
boss, manager, admin
invite, invitation
signup, register, sign up, registration
password, passcode, pwd
forgot, forgotten, reset
locked, blocked, lock
disabled, deactivated, inactive, switched off, turned off
enable, activate, switch on, turn on
disable, deactivate, switch off, turn off
delete, remove, erase
add, create, new
edit, change, modify, update
broken, failing, fail, error
fail, error, failed
down, outage, unavailable
crash, freeze, hang
stuck, hang, frozen, pending
slow, lag, laggy, sluggish, ages, forever
fast, quick, speed
empty, blank, nothing
missing, gone, lost, disappeared, vanished
disappear, vanish, missing
duplicate, double, twice
charged twice, double charge
show, display, appear, visible
appear, turn up, come through
wrong, incorrect, bad
refused, rejected, denied, declined
reject, refuse, decline
permission, right, access, role
forbidden, access denied, not allowed
code, otp
key, token
sync, synchronise, synchronize, update
crm, salesforce
page, screen
homepage, home, start page, dashboard
home screen, dashboard
chart, graph, widget
report, download
export, download
download, file
upload, import
import, csv
spam, junk
alert, notification, warning
notification, reminder
bell, notification
prediction, forecast, predict
spike, peak, surge
limit, quota, cap
rate limit, too many requests, too fast
wait, delay, waiting
retry, redial, try again, again
attempt, try, tries
settings, preferences, options
setting, preference, option
plan, tier, subscription
upgrade, downgrade
cancel, unsubscribe, quit, terminate
close, cancel
support, help, helpdesk
contact, reach
talk, speak, chat
human, person, support
emergency, urgent
ticket, case, request
browser, chrome, firefox, safari
website, site, page
snippet, script, tracker
session, visit, recording
visitor, customer
customer, client
hide, mask, masking
webhook, callback
endpoint, url, address
ip, address, addresses
allowlist, whitelist, let through
firewall, allowlist
storage, space, disk
sandbox, test
backup, backups
country, region, location
server, host, data
train, learn, teach
private, privacy, confidential
gdpr, privacy
automation, workflow, rule
trigger, fire, start
placeholder, curly bracket, variable, bracket
variable, field
header, column
voice, sound, speech, audio
silent, quiet, hears nothing, no sound, mute
greyed out, disabled, grayed out
button, link
yellow, amber
number, line
noon, midday, lunch
schedule, timetable
callback, call back
outcome, disposition, result
tag, disposition, label
company, brand, organisation
script, playbook
old, outdated, stale
version, history
filter, date range
date, month, day, period
speed, performance
supported, compatible
begin, first
internet, network, connection, online, offline
connect, hook up, link, integrate, integration
connected, hooked up
understand, meaning",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_holds_two_words_or_more() {
        for (weight, set) in english_sets() {
            assert!((1..=16).contains(&weight));
            assert!(set.len() > 1 && set.iter().all(|word| !key(word).is_empty()), "{set:?}");
        }
    }
}
