//! Sets of groups that stand in for one another, as the thesaurus and `kb.toml` say.
//! Here are the bytes of the sets and looking a group up; which words make a set is `thesaurus`'s
//! matter.

use crate::wire::{Reader, Writer};

/// A set while it is written: weight of a stand-in in sixteenths (1 to 16), and the groups.
pub(crate) type Set = (u8, Vec<u32>);

/// A view over the sets that [`write`] wrote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Related<'a>(pub(crate) &'a [u8]);

impl Related<'_> {
    /// Calls `each` with every group that stands in for `group`, and its weight, 0 to 1.
    ///
    /// Costs a walk over all sets: a few hundred numbers. Ends early where bytes make no sense.
    pub(crate) fn of(&self, group: u32, mut each: impl FnMut(u32, f32)) {
        let mut reader = Reader::new(self.0);
        while let Ok(head) = reader.varint() {
            let weight = ((head & 15) + 1) as f32 / 16.0;
            let mut again = reader.clone();
            if members(&mut reader, head >> 4, |member| member == group) {
                members(&mut again, head >> 4, |member| {
                    if member != group {
                        each(member, weight);
                    }
                    false
                });
            }
        }
    }
}

/// Reads a set to its end; whether `is` was true of any of its groups.
fn members(reader: &mut Reader<'_>, count: u32, mut is: impl FnMut(u32) -> bool) -> bool {
    let mut member = 0u32;
    let mut any = false;
    for _ in 0..count {
        let Ok(gap) = reader.varint() else { break };
        member = member.saturating_add(gap);
        any |= is(member);
    }
    any
}

/// The bytes of sets; the groups of each are sorted, none twice.
pub(crate) fn write(sets: &[Set]) -> Vec<u8> {
    let mut out = Writer::new();
    for (weight, groups) in sets {
        out.varint((groups.len() as u32) << 4 | u32::from(weight.clamp(&1, &16) - 1));
        let mut before = 0;
        for &group in groups {
            out.varint(group - before);
            before = group;
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8], group: u32) -> Vec<(u32, f32)> {
        let mut out = Vec::new();
        Related(bytes).of(group, |other, weight| out.push((other, weight)));
        out
    }

    #[test]
    fn every_member_of_a_set_stands_in_for_the_others_and_for_nothing_else() {
        let bytes = write(&[(16, vec![0, 7, 900]), (4, vec![7, 8])]);
        assert_eq!(of(&bytes, 0), [(7, 1.0), (900, 1.0)]);
        assert_eq!(of(&bytes, 7), [(0, 1.0), (900, 1.0), (8, 0.25)]);
        assert_eq!(of(&bytes, 8), [(7, 0.25)]);
        assert_eq!(of(&bytes, 9), []);
        assert_eq!(of(&[], 0), []);
    }

    #[test]
    fn sets_cut_or_turned_anywhere_are_read_in_part() {
        let bytes = write(&[(16, vec![0, 7, 900]), (4, vec![7, 8])]);
        for end in 0..bytes.len() {
            assert!(of(&bytes[..end], 7).len() <= 3);
            let mut turned = bytes.clone();
            turned[end] ^= 0xff;
            of(&turned, 7);
        }
    }
}
