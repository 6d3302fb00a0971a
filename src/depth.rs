//! What the first open does without: articles, guides, the handover and all that they ask of the
//! browser. It is one program with the rest, but in the shipped build the functions named here, and
//! whatever only they need, lie in a second wasm file that is fetched once the panel is open.
//! How the file is cut off is the build's matter (`xtask`), when it is fetched the loader's.

use core::sync::atomic::{AtomicBool, Ordering};

use unstuck_core::search::Marker;
use yew::Context;

use crate::element::depth as element;
use crate::element::{App, Call};
use crate::ui::state::{self, Action, Env, Outbox, Row, State};
use crate::ui::view::{self, Build};

/// Whether the second file is there. Builds that are not cut have everything from the start.
static HERE: AtomicBool = AtomicBool::new(cfg!(not(unstuck_split)));

/// Whether the functions of this module may be called.
pub fn here() -> bool {
    HERE.load(Ordering::Relaxed)
}

/// The second file arrived.
pub fn arrived() {
    HERE.store(true, Ordering::Relaxed);
}

/// Makes a function the border of the second file: the name that the cutter looks for is imported
/// here and exported there. Everything passes by reference, so that both sides agree on it.
macro_rules! border {
    ($($(#[$doc:meta])* $id:literal fn $name:ident($($arg:ident: $type:ty),*) = $inner:path;)*) => {$(
        $(#[$doc])*
        pub fn $name($($arg: $type),*) {
            #[cfg(unstuck_split)]
            #[allow(unsafe_code, improper_ctypes, improper_ctypes_definitions)]
            {
                #[link(wasm_import_module = "depth")]
                unsafe extern "C" {
                    #[link_name = concat!("__wasm_split_00depth00_import_", $id)]
                    safe fn outer($($arg: $type),*);
                }
                #[unsafe(export_name = concat!("__wasm_split_00depth00_export_", $id))]
                extern "C" fn inner($($arg: $type),*) {
                    $inner($($arg),*);
                }
                outer($($arg),*)
            }
            #[cfg(not(unstuck_split))]
            $inner($($arg),*)
        }
    )*};
}

border! {
    /// Applies an action for which [`crate::ui::state::needs_depth`] is true.
    "00000000000000000000000000000001"
    fn act(state: &mut State, action: &mut Option<Action>, env: &&dyn Env, out: &mut Outbox)
        = state::act_deep;

    /// The browser as the state's environment.
    "00000000000000000000000000000002"
    fn world(slot: &mut Option<&'static dyn Env>) = element::world;

    /// Puts back what was kept.
    "00000000000000000000000000000003"
    fn restore(app: &mut App, record: &&str) = element::restore;

    /// Gives a row its line of text.
    "00000000000000000000000000000004"
    fn line(state: &State, marker: &Marker, row: &mut Row) = state::line;

    /// A screen other than home and a topic.
    "00000000000000000000000000000005"
    fn screen(b: &mut Build<'_>) = view::deep_screen;

    /// Outline of an icon that no first screen shows.
    "0000000000000000000000000000000a"
    fn icon(name: &&str, path: &mut Option<&'static str>) = view::deep_icon;

    /// The bar that a sheet is folded to.
    "0000000000000000000000000000000b"
    fn bar(b: &mut Build<'_>) = view::bar;

    /// How sending goes, in words.
    "00000000000000000000000000000009"
    fn sending(b: &mut Build<'_>) = view::sending;

    /// What stands on home once there is something to tell: services, an unfinished guide.
    "00000000000000000000000000000006"
    fn news(b: &mut Build<'_>) = view::news;

    /// Carries out what the browser is asked for beyond the first open.
    "00000000000000000000000000000007"
    fn carry_out(app: &mut App, ctx: &Context<App>, out: &mut Outbox) = element::carry_out;

    /// An attribute of the element that the first open does without.
    "0000000000000000000000000000000f"
    fn attribute(app: &mut App, attribute: &(String, Option<String>)) = element::attribute;

    /// A method of the element that is about articles, the handover or the services.
    "00000000000000000000000000000008"
    fn call(app: &mut App, ctx: &Context<App>, call: &Call) = element::call;
}
