//! Any bytes as the file of meaning of one small pack, searched with when it fits. Twice: as they
//! are, and with the checksums put right, so that the decoder behind them is reached, too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck_core::pack::{Pack, reseal};
use unstuck_core::search::{Options, Scratch, search};

thread_local! {
    /// `seeds/meaning` was built with it. A pack keeps what it has read, so threads cannot share it.
    static PACK: Pack =
        Pack::open(include_bytes!("../seeds/meaning.kb").to_vec()).expect("the pack is whole");
}

fuzz_target!(|data: &[u8]| {
    read(data);
    let mut sealed = data.to_vec();
    if reseal(&mut sealed).is_ok() {
        read(&sealed);
    }
});

fn read(bytes: &[u8]) {
    PACK.with(|pack| {
        let Ok(meaning) = pack.meaning(bytes) else { return };
        let index = pack.index().expect("the pack has an index").with(&meaning);
        search(&index, "kettle boiling gadget xqzt", &Options::default(), &mut Scratch::default());
    });
}
