//! Any bytes as what the widget keeps on the device: a guide session, the queue of reports. What
//! reads is written and read back the same. And any text through the removal of secrets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck_core::guide::{read_session, write_session};
use unstuck_core::handover::{read_queue, redact, write_queue};
use unstuck_core::wire::{Reader, Writer};

fuzz_target!(|data: &[u8]| {
    if let Ok(session) = read_session(&mut Reader::new(data)) {
        let mut out = Writer::new();
        write_session(&session, &mut out);
        assert_eq!(read_session(&mut Reader::new(&out.into_bytes())), Ok(session));
    }
    if let Ok(mut queue) = read_queue(&mut Reader::new(data)) {
        let mut out = Writer::new();
        write_queue(&queue, &mut out);
        assert_eq!(read_queue(&mut Reader::new(&out.into_bytes())).as_ref(), Ok(&queue));
        // A clock that says anything at all.
        let now = data.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes) >> 8);
        let _ = queue.due(now);
        queue.hurry(now);
        if let Some(item) = queue.claim(now, "tab") {
            queue.settle(&item.id, "tab", now, 503, Some(now.saturating_add(1)));
        }
    }
    let clean = redact(&String::from_utf8_lossy(data));
    redact(&clean);
});
