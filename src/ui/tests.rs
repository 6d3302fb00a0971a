//! The interface without a browser: actions in, state and drawn HTML out.

use std::rc::Rc;
use std::sync::OnceLock;

use unstuck_core::guide::Outcome;
use unstuck_core::handover::{Attachment, Environment, Format, Kept, Queue, Zones};
use unstuck_core::model::{
    Article, Block, Check, Choice, Ending, Escalation, Inline, Kind, KnowledgeBase, Link, Person,
    Product, Recipient, Target, Topic, Wait,
};
use unstuck_core::pack::{Pack, encode};
use yew::prelude::*;

use super::state::{
    Action, Env, Focus, Later, Outbox, Screen, Sending, Settings, State, apply, restore,
    restore_pictures, save, save_pictures,
};
use super::texts::ordered;
use super::view::{Heard, panel};

/// A world in which it is always the same moment.
pub(super) struct Still;

impl Zones for Still {
    fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
        None
    }
}

impl Env for Still {
    fn now(&self) -> u64 {
        1_795_132_800_000
    }
    fn time_of_day(&self, at: u64, _: &str) -> String {
        let minutes = at / 60_000 % 1_440;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
    fn uuid(&self) -> String {
        "5f2c1c52-0000-4000-8000-000000000001".to_owned()
    }
    fn environment(&self) -> Environment {
        Environment { browser: "Chrome 120".to_owned(), ..Environment::default() }
    }
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn check(id: &str, label: &str) -> Check {
    Check { id: id.to_owned(), label: text(label), ..Check::default() }
}

/// A guide with a link, a wait and a choice; an answer; a guide that ends as expected.
fn knowledge_base() -> KnowledgeBase {
    let guide = Article {
        id: "demo/calls/silent".to_owned(),
        topic: "calls".to_owned(),
        title: "A recording won't play".to_owned(),
        cause: text("The file is still being moved."),
        phrasings: vec!["no sound".to_owned(), "cannot listen to a call".to_owned()],
        checks: vec![
            Check { links: vec!["calls".to_owned()], ..check("look", "Look again.") },
            Check { wait: Some(Wait::Minutes(15)), ..check("wait", "Wait 15 minutes.") },
            Check {
                choices: vec![
                    Choice { label: text("It plays now"), target: Target::Fixed },
                    Choice { label: text("Still silent"), target: Target::GetHelp },
                ],
                ..check("hear", "Play it again.")
            },
        ],
        ending: Ending::Escalate(Escalation {
            who: vec!["admin".to_owned()],
            ..Escalation::default()
        }),
        see: vec!["demo/calls/anonymous".to_owned()],
        ..Article::default()
    };
    let expected = Article {
        id: "demo/calls/anonymous".to_owned(),
        topic: "calls".to_owned(),
        title: "The caller's number reads anonymous".to_owned(),
        checks: vec![check("see", "See whether the caller withheld it.")],
        ending: Ending::Expected(vec![Block::Paragraph(text("The caller withheld the number."))]),
        ..Article::default()
    };
    let answer = Article {
        id: "demo/help/hours".to_owned(),
        topic: "help".to_owned(),
        kind: Kind::Faq,
        title: "When is support open?".to_owned(),
        body: vec![Block::Paragraph(vec![
            Inline::Text("<b>Round</b> the clock, see ".to_owned()),
            Inline::Link(
                unstuck_core::model::Href::Url("javascript:alert(1)".to_owned()),
                text("here"),
            ),
        ])],
        ..Article::default()
    };
    let topic = |id: &str, title: &str| Topic {
        id: id.to_owned(),
        title: title.to_owned(),
        ..Topic::default()
    };
    let product = Product {
        id: "demo".to_owned(),
        name: "Demo".to_owned(),
        locale: "en".to_owned(),
        topics: vec![topic("calls", "Calls"), topic("help", "Help")],
        home: vec!["demo/help/hours".to_owned()],
        people: vec![Person {
            id: "admin".to_owned(),
            name: "your admin".to_owned(),
            to: Recipient::Admin,
            instead: None,
        }],
        links: vec![Link {
            name: "calls".to_owned(),
            label: "Calls".to_owned(),
            href: Some("/calls".to_owned()),
            ..Link::default()
        }],
        ..Product::default()
    };
    KnowledgeBase { product, articles: vec![guide, expected, answer] }
}

/// The pack is built once: building an index takes a while without optimisation.
#[allow(clippy::unwrap_used, reason = "a helper of tests")]
fn pack() -> Rc<Pack> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| encode(&knowledge_base()));
    Rc::new(Pack::open(bytes.clone()).unwrap())
}

fn state() -> State {
    State::new(pack(), Settings { heading_level: 2, ..Settings::default() })
}

/// Applies some actions; gives what the last one asked of the browser.
fn run(state: &mut State, actions: &[Action]) -> Outbox {
    actions.iter().map(|action| apply(state, action.clone(), &Still)).last().unwrap_or_default()
}

fn show(id: &str) -> Action {
    Action::Show(id.to_owned())
}

fn still_stuck(check: &str) -> Action {
    Action::Answer(check.to_owned(), Outcome::StillStuck)
}

#[derive(Properties, PartialEq)]
struct ShotProps {
    actions: Vec<Action>,
    /// The interface's texts in another language.
    texts: &'static str,
}

#[component]
fn Shot(props: &ShotProps) -> Html {
    let mut state = state();
    if !props.texts.is_empty() {
        state.strings.speak(&ordered(include_str!("../../locales/en.txt"), props.texts));
    }
    run(&mut state, &props.actions);
    panel(&state, &Still, &Heard::default())
}

/// The HTML of the panel after some actions.
async fn shot(actions: Vec<Action>) -> String {
    shot_in("", actions).await
}

/// The same in another language.
async fn shot_in(texts: &'static str, actions: Vec<Action>) -> String {
    yew::ServerRenderer::<Shot>::with_props(move || ShotProps { actions, texts })
        .hydratable(false)
        .render()
        .await
}

#[test]
fn escape_closes_the_list_then_clears_the_text_then_closes_the_panel() {
    let mut state = state();
    run(&mut state, &[Action::Open, Action::Type("recording".to_owned())]);
    assert!(state.search.open);
    run(&mut state, &[Action::Escape]);
    assert!(!state.search.open && state.search.text == "recording" && state.open);
    run(&mut state, &[Action::Escape]);
    assert!(state.search.text.is_empty() && state.open);
    let out = run(&mut state, &[Action::Escape]);
    assert!(!state.open && out.close);
}

#[test]
fn back_in_a_guide_opens_the_check_before_and_then_leaves_the_article() {
    let mut state = state();
    run(&mut state, &[Action::Open, show("demo/calls/silent"), still_stuck("look")]);
    run(&mut state, &[Action::Back]);
    let (_, _, walk) = state.walk().unwrap();
    assert!(walk.steps.is_empty() && matches!(state.screen, Screen::Article(_)));
    run(&mut state, &[Action::Back]);
    assert_eq!(state.screen, Screen::Home);
}

#[test]
fn back_from_an_article_returns_to_the_search_with_its_text() {
    let mut state = state();
    run(&mut state, &[Action::Open, Action::Type("recording".to_owned()), Action::Pick(None)]);
    assert!(matches!(state.screen, Screen::Article(_)));
    let out = run(&mut state, &[Action::Back]);
    assert_eq!(state.search.text, "recording");
    assert!(out.focus == Some(Focus::Search));
}

#[test]
fn a_wait_that_is_over_asks_its_answers_by_itself() {
    let mut state = state();
    run(
        &mut state,
        &[show("demo/calls/silent"), still_stuck("look"), Action::Wait("wait".to_owned(), 15)],
    );
    assert_eq!(state.checked_now, None);
    state.sessions[0].waits[0].1 = Still.now();
    run(&mut state, &[Action::Later(Later::Tick)]);
    assert_eq!(state.checked_now.as_deref(), Some("wait"));
}

#[test]
fn the_transcript_holds_every_answer_in_its_order() {
    let mut state = state();
    let skip = Action::Answer("wait".to_owned(), Outcome::Skipped);
    let choose = [Action::Mark("#get-help".to_owned()), Action::Choose("hear".to_owned())];
    run(&mut state, &[show("demo/calls/silent"), still_stuck("look"), skip]);
    run(&mut state, &choose);
    let tried: Vec<_> =
        state.tried().into_iter().map(|tried| (tried.check, tried.outcome, tried.choice)).collect();
    let row = |check: &str, outcome, choice: &str| (check.to_owned(), outcome, choice.to_owned());
    assert_eq!(
        tried,
        [
            row("look", Outcome::StillStuck, ""),
            row("wait", Outcome::Skipped, ""),
            row("hear", Outcome::Chose, "Still silent"),
        ]
    );
    assert_eq!(state.recipient(), Recipient::Admin);
}

#[test]
fn everything_survives_a_reload() {
    let mut before = state();
    run(
        &mut before,
        &[
            Action::Open,
            Action::Type("recording".to_owned()),
            Action::Pick(None),
            still_stuck("look"),
        ],
    );
    run(
        &mut before,
        &[Action::Note("it is silent".to_owned()), Action::Wait("wait".to_owned(), 15)],
    );
    let record = save(&before, Still.now());
    let mut after = state();
    assert!(restore(&mut after, &record, Still.now()));
    assert_eq!(after.sessions, before.sessions);
    assert_eq!(after.draft, before.draft);
    assert_eq!(after.screen, before.screen);
    assert_eq!(after.search.text, "recording");
    assert_eq!(after.unfinished().map(|(_, n, total)| (n, total)), Some((2, 3)));
}

#[test]
fn a_record_older_than_seven_days_or_cut_short_changes_nothing() {
    let mut before = state();
    run(&mut before, &[show("demo/calls/silent"), still_stuck("look")]);
    let record = save(&before, Still.now());
    let week = 7 * 24 * 3_600_000;
    assert!(!restore(&mut state(), &record, Still.now() + week + 1));
    let chars: Vec<char> = record.chars().collect();
    for end in 0..chars.len() {
        let cut: String = chars[..end].iter().collect();
        let mut fresh = state();
        assert!(!restore(&mut fresh, &cut, Still.now()), "{end}");
        assert!(fresh.sessions.is_empty());
    }
    assert!(!restore(&mut state(), "\u{1}日本", Still.now()));
}

#[test]
fn a_report_that_cannot_be_sent_is_queued_and_goes_out_later() {
    let mut state = state();
    let out = run(&mut state, &[Action::Contact, Action::Note("help".to_owned()), Action::Send]);
    let Some((json, item)) = &out.escalate else {
        panic!("nothing was sent: {out:?}");
    };
    assert!(json.contains("\"note\":\"help\"") && item.body == *json);
    let stands = |kept| Action::Stands(item.id.clone(), kept);
    run(&mut state, &[stands(Some(Kept::Waiting))]);
    assert_eq!(state.sending, Sending::Queued);
    let mut queue = Queue::default();
    queue.push(item.clone());
    let out = run(&mut state, &[Action::Queue(queue, Some(Still.now() + 90_000))]);
    assert_eq!(out.later, [(60_000, Later::Retry)]);
    assert_eq!(run(&mut state, &[Action::Later(Later::Retry)]).transmit, Some(false));
    run(&mut state, &[stands(None)]);
    assert_eq!(state.sending, Sending::Sent(item.id.clone()));
}

#[test]
fn who_fills_in_what_nobody_sees_is_asked_once_more_and_loses_nothing() {
    let mut state = state();
    let trap = Action::Trap("https://buy.example".to_owned());
    let out =
        run(&mut state, &[Action::Contact, Action::Note("help".to_owned()), trap, Action::Send]);
    assert!(out.escalate.is_none());
    assert!(matches!(&state.sending, Sending::Refused(reason) if reason.contains("browser")));
    assert_eq!(state.draft.note, "help");
    assert!(run(&mut state, &[Action::Send]).escalate.is_some(), "the second press sends");
}

#[test]
fn what_i_write_while_a_report_is_under_way_is_another_report() {
    let mut state = state();
    run(&mut state, &[Action::Contact, Action::Note("help".to_owned())]);
    state.draft.id = "first".to_owned();
    run(&mut state, &[Action::Send, Action::Note("help, and one thing more".to_owned())]);
    assert_eq!(state.sending, Sending::Idle);
    assert_ne!(state.draft.id, "first");
    // The first one arrives, by the queue or by the host; the words stay.
    run(&mut state, &[Action::Stands("first".to_owned(), None), Action::Taken(true)]);
    assert_eq!(state.sending, Sending::Idle);
    assert_eq!(state.draft.note, "help, and one thing more");
}

#[test]
fn what_has_arrived_is_never_shown_as_queued_again() {
    let mut state = state();
    run(&mut state, &[Action::Contact, Action::Note("help".to_owned()), Action::Send]);
    let id = state.draft.id.clone();
    run(&mut state, &[Action::Stands(id.clone(), None)]);
    run(&mut state, &[Action::Stands(id.clone(), Some(Kept::Sending))]);
    assert_eq!(state.sending, Sending::Sent(id));
}

#[test]
fn a_refused_report_says_why_and_keeps_the_words() {
    let mut state = state();
    run(&mut state, &[Action::Contact, Action::Note("help".to_owned()), Action::Send]);
    let id = state.draft.id.clone();
    run(&mut state, &[Action::Stands(id, Some(Kept::Refused(400)))]);
    assert!(matches!(&state.sending, Sending::Refused(reason) if reason.contains("400")));
    assert_eq!(state.draft.note, "help");
}

#[test]
fn zendesk_gets_its_own_body_and_needs_an_address() {
    let mut state = state();
    state.settings.format = Format::Zendesk;
    run(&mut state, &[Action::Contact, Action::Note("help".to_owned()), Action::Send]);
    assert!(matches!(&state.sending, Sending::Refused(reason) if reason.contains("e-mail")));
    let out = run(&mut state, &[Action::Email("a@b.example".to_owned()), Action::Send]);
    let (_, item) = out.escalate.unwrap();
    assert!(item.body.starts_with("{\"request\":"), "{}", item.body);
    assert_eq!(item.format, Format::Zendesk);
    run(&mut state, &[Action::Stands(item.id.clone(), Some(Kept::MayHaveArrived))]);
    assert_eq!(state.sending, Sending::MayHaveArrived(item.id.clone()));
    assert_eq!(run(&mut state, &[Action::Again(item.id.clone())]).again, Some(item.id));
}

#[test]
fn erasing_forgets_answers_searches_and_drafts() {
    let mut state = state();
    run(
        &mut state,
        &[show("demo/calls/silent"), still_stuck("look"), Action::Note("x".to_owned())],
    );
    let out = run(&mut state, &[Action::Erase]);
    assert!(state.sessions.is_empty() && state.draft.note.is_empty());
    assert!(out.erase);
}

#[test]
fn the_help_button_is_hidden_and_shown_again_and_erasing_shows_it_too() {
    let mut state = state();
    assert_eq!(run(&mut state, &[Action::Kept, Action::Away(true)]).away, Some(true));
    assert!(state.away && !state.said.is_empty());
    assert_eq!(run(&mut state, &[Action::Away(false)]).away, Some(false));
    assert!(!state.away && state.said.is_empty());
    assert_eq!(run(&mut state, &[Action::Away(true), Action::Erase]).away, Some(false));
    assert!(!state.away);
}

#[tokio::test]
async fn who_is_in_its_way_may_hide_the_help_button_where_that_can_be_kept() {
    let html = shot(vec![Action::Open, Action::Kept]).await;
    assert!(html.contains("Hide the Help button for a day"), "{html}");
    let html = shot(vec![Action::Open, Action::Kept, Action::Away(true)]).await;
    assert!(html.contains("stays away") && html.contains("Show the Help button again"), "{html}");
    assert!(!html.contains("Nothing is kept"), "{html}");
    let html = shot(vec![Action::Open, Action::Kept, Action::Denied]).await;
    assert!(!html.contains("Help button"), "{html}");
}

#[test]
fn erasing_behind_a_closed_panel_leaves_home_and_no_word() {
    let mut state = state();
    run(&mut state, &[Action::Open, show("demo/calls/silent"), still_stuck("look"), Action::Close]);
    run(&mut state, &[Action::Erase, Action::Open]);
    assert_eq!((&state.screen, state.said.as_str()), (&Screen::Home, ""));
    run(&mut state, &[Action::Erase]);
    assert_eq!(state.screen, Screen::Kept);
    assert!(!state.said.is_empty());
}

#[test]
fn a_query_of_any_length_is_taken() {
    let mut state = state();
    run(&mut state, &[Action::Open, Action::Type("ü".repeat(10_000))]);
    assert!(state.search.text.len() <= 2_002);
}

#[tokio::test]
async fn home_has_a_named_search_field_and_topics() {
    let html = shot(vec![Action::Open]).await;
    assert!(html.contains("role=\"combobox\"") && html.contains("aria-label=\"Search help\""));
    assert!(html.contains("Topics") && html.contains("Calls"));
    assert!(html.contains("Contact support"));
}

#[tokio::test]
async fn a_result_names_its_title_first_and_its_kind_last() {
    let html = shot(vec![Action::Open, Action::Type("recording".to_owned())]).await;
    let option = html.split("role=\"option\"").nth(1).unwrap();
    assert!(
        option.find("won't play").or(option.find("won&#x27;t play")).unwrap()
            < option.find("Guide").unwrap()
    );
}

#[tokio::test]
async fn nothing_found_is_said_plainly() {
    let html = shot(vec![Action::Open, Action::Type("zzgrk qqfx".to_owned())]).await;
    assert!(html.contains("No good match"));
}

#[tokio::test]
async fn only_the_current_check_holds_answers() {
    let html = shot(vec![Action::Open, show("demo/calls/silent"), still_stuck("look")]).await;
    assert!(html.contains("Check 2 of 3"));
    assert_eq!(html.matches("role=\"group\"").count(), 1);
    assert!(html.contains("Start the wait") && !html.contains("That fixed it"));
}

#[tokio::test]
async fn a_started_wait_tells_the_time_of_day() {
    let start = Action::Wait("wait".to_owned(), 15);
    let html =
        shot(vec![Action::Open, show("demo/calls/silent"), still_stuck("look"), start]).await;
    assert!(html.contains("Ready at 00:15") && html.contains("Check now"));
}

#[tokio::test]
async fn expected_behaviour_ends_without_offering_a_ticket_first() {
    let html = shot(vec![Action::Open, show("demo/calls/anonymous"), still_stuck("see")]).await;
    assert!(html.contains("This is expected") && html.contains("withheld the number"));
    assert!(!html.contains("What happened") && !html.contains("That fixed it"));
}

#[tokio::test]
async fn text_of_a_pack_never_becomes_markup_and_its_scripts_never_links() {
    let html = shot(vec![Action::Open, show("demo/help/hours")]).await;
    assert!(html.contains("&lt;b&gt;Round"));
    assert!(!html.contains("javascript:"));
}

#[tokio::test]
async fn the_end_of_a_guide_is_the_handover_with_what_was_tried() {
    let skip = |check: &str| Action::Answer(check.to_owned(), Outcome::Skipped);
    let html = shot(vec![
        Action::Open,
        show("demo/calls/silent"),
        still_stuck("look"),
        skip("wait"),
        skip("hear"),
    ])
    .await;
    for part in [
        "Contact support",
        "What happened",
        "Your e-mail",
        "What we will send",
        "Look again. — Still stuck",
        "Send to support",
        "Copy report",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

/// A picture of so many bytes.
fn picture(name: &str, bytes: usize) -> Attachment {
    Attachment {
        name: name.to_owned(),
        mime: "image/png".to_owned(),
        data: "A".repeat(bytes / 3 * 4),
    }
}

#[tokio::test]
async fn an_attached_picture_is_listed_among_what_is_sent_and_can_be_taken_out() {
    let actions = vec![Action::Open, Action::Contact, Action::Picture(picture("login.png", 300))];
    let html = shot(actions).await;
    assert!(html.contains("Picture: login.png"), "{html}");
    assert!(html.contains("Remove Picture: login.png"), "{html}");
    let mut state = state();
    run(&mut state, &[Action::Contact, Action::Picture(picture("login.png", 300))]);
    assert!(state.report(&Still, "").json().contains("\"name\":\"login.png\""));
    let out = run(&mut state, &[Action::RemovePicture(0)]);
    assert!(state.draft.pictures.is_empty() && out.pictures);
}

#[test]
fn pictures_beyond_two_megabytes_in_all_are_refused_in_words() {
    let mut state = state();
    let large = |name| Action::Picture(picture(name, 1_200_000));
    run(&mut state, &[Action::Contact, large("one.png"), large("two.png")]);
    assert_eq!(state.draft.pictures.len(), 1);
    assert!(state.picture_fault.as_deref().is_some_and(|words| words.contains("two.png")));
}

#[test]
fn pictures_survive_a_reload_and_go_once_the_report_is_sent() {
    let mut before = state();
    run(&mut before, &[Action::Contact, Action::Picture(picture("login.png", 300))]);
    let mut after = state();
    restore_pictures(&mut after, &save_pictures(&before));
    assert_eq!(after.draft.pictures, before.draft.pictures);
    restore_pictures(&mut after, "nonsense");
    assert!(after.draft.pictures.is_empty());
    run(&mut before, &[Action::Send]);
    let id = before.draft.id.clone();
    let out = run(&mut before, &[Action::Stands(id, None)]);
    assert!(before.draft.pictures.is_empty() && out.pictures);
}

#[tokio::test]
async fn in_german_every_word_of_the_interface_is_german() {
    let german = include_str!("../../locales/de.txt");
    let html = shot_in(german, vec![Action::Open]).await;
    for part in ["lang=\"de\"", "dir=\"ltr\"", "aria-label=\"Hilfe durchsuchen\"", "Themen"] {
        assert!(html.contains(part), "{part}");
    }
    let html = shot_in(german, vec![Action::Open, show("demo/calls/silent")]).await;
    for part in ["Schritt 1 von 3", "Hat geholfen", "Hilft nicht", "Überspringen"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Still stuck") && !html.contains("Contact support"));
}

#[tokio::test]
async fn arabic_runs_from_right_to_left_and_an_english_article_keeps_its_own_direction() {
    let arabic = include_str!("../../locales/ar.txt");
    let html = shot_in(arabic, vec![Action::Open, show("demo/calls/silent")]).await;
    assert!(html.contains("lang=\"ar\" dir=\"rtl\""), "{html}");
    let title = html.split("A recording won").next().unwrap();
    let heading = title.rsplit('<').next().unwrap();
    assert!(heading.contains("lang=\"en\"") && heading.contains("dir=\"auto\""), "{heading}");
    assert!(html.contains("ما زالت المشكلة قائمة"));
    assert!(html.contains("لم تُترجم هذه المقالة بعد"), "the whole pack is English");
}
