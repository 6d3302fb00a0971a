//! Any bytes as a pack: opened, every article read, one search. Twice: as they are, and with the
//! checksums put right, so that the decoder behind them is reached, too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck_core::pack::{Pack, reseal};
use unstuck_core::search::{Options, Scratch, search};

fuzz_target!(|data: &[u8]| {
    read(data.to_vec());
    let mut sealed = data.to_vec();
    if reseal(&mut sealed).is_ok() {
        read(sealed);
    }
});

fn read(bytes: Vec<u8>) {
    let Ok(pack) = Pack::open(bytes) else { return };
    for n in 0..pack.len().min(1000) {
        let head = pack.head(n).expect("an open pack has every head");
        pack.find(head.id).expect("an article is found by its id");
        // An error is fine, a panic is not.
        let _ = pack.article(n);
    }
    if let Ok(index) = pack.index() {
        let mut scratch = Scratch::default();
        search(&index, "pasword refused SYNC_001 http 5", &Options::default(), &mut scratch);
    }
}
