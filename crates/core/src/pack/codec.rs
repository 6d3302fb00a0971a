//! How values become bytes: numbers in one stream, text in another, names in a table.
//! Which values there are is `records`' matter, where the streams lie is `mod`'s.
//!
//! Text of one kind lies together and ends with a zero byte instead of bearing its length: general
//! compression over the wire does best with that.

use crate::wire::{Reader, Writer};
use core::ops::Range;
use std::collections::BTreeMap;

/// Deeper nesting is refused: reading recurses, and no author writes so deep.
const MAX_DEPTH: u8 = 64;

/// Ends a text.
pub(super) const END: u8 = 0;
/// Stands before a control character that is part of the text, moved up by 64.
pub(super) const ESCAPE: u8 = 0x1b;

/// Names that many values share, by number. The first ones are the ids of the articles.
#[derive(Debug, Default)]
pub(super) struct NameTable {
    pub(super) names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl NameTable {
    /// Adds a name at the next place, even if it is there already.
    pub(super) fn push(&mut self, name: &str) {
        self.numbers.entry(name.into()).or_insert(self.names.len() as u32);
        self.names.push(name.into());
    }

    fn number(&mut self, name: &str) -> u32 {
        if !self.numbers.contains_key(name) {
            self.push(name);
        }
        self.numbers.get(name).copied().unwrap_or_default()
    }
}

/// Where values are written.
#[derive(Debug, Default)]
pub(super) struct Put<'n> {
    pub(super) numbers: Writer,
    pub(super) text: String,
    names: Option<&'n mut NameTable>,
    /// Whether texts are names now.
    named: bool,
}

impl<'n> Put<'n> {
    pub(super) fn new(names: &'n mut NameTable) -> Self {
        Put { names: Some(names), ..Put::default() }
    }

    /// Text without its end, control characters escaped.
    pub(super) fn chars(&mut self, text: &str) {
        for c in text.chars() {
            if c < ' ' && c != '\n' && c != '\t' {
                self.text.push(char::from(ESCAPE));
                self.text.push(char::from(c as u8 + 64));
            } else {
                self.text.push(c);
            }
        }
    }

    /// Text and its end, as it is, so that it can be read where it lies; NUL is dropped.
    pub(super) fn plain(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| *c != char::from(END)));
        self.mark(END);
    }

    /// One control character that stands for itself.
    pub(super) fn mark(&mut self, mark: u8) {
        self.text.push(char::from(mark));
    }

    /// A value whose texts are names.
    pub(super) fn names(&mut self, value: &impl Wire) {
        self.named = true;
        value.put(self);
        self.named = false;
    }

    /// Both streams as one block: the length of the numbers, the numbers, the text.
    pub(super) fn into_block(self) -> Vec<u8> {
        let numbers = self.numbers.into_bytes();
        let mut block = Writer::new();
        block.varint(numbers.len() as u32);
        block.raw(&numbers);
        block.raw(self.text.as_bytes());
        block.into_bytes()
    }
}

/// The names of a pack, read where they lie.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    /// The pack.
    pub(super) bytes: &'a [u8],
    /// Where each name lies.
    pub(super) ranges: &'a [Range<usize>],
}

impl<'a> Names<'a> {
    /// The name of that number.
    pub(super) fn get(&self, number: u32) -> Option<&'a str> {
        let range = self.ranges.get(number as usize)?;
        core::str::from_utf8(self.bytes.get(range.clone())?).ok()
    }
}

/// Where values are read.
///
/// What cannot be read becomes an empty value and is remembered until [`Get::end`]: a way out at
/// every field would cost the widget kilobytes of code that drops half-read values.
pub(super) struct Get<'a> {
    pub(super) numbers: Reader<'a>,
    pub(super) text: &'a str,
    names: Names<'a>,
    /// Whether texts are names now.
    named: bool,
    depth: u8,
    failed: bool,
}

impl<'a> Get<'a> {
    /// The streams of a block that [`Put::into_block`] made.
    pub(super) fn new(block: &'a [u8], names: Names<'a>) -> Self {
        let mut numbers = Reader::new(block);
        let len = numbers.varint().unwrap_or(u32::MAX) as usize;
        let text = numbers.rest().get(len..).and_then(|text| core::str::from_utf8(text).ok());
        let numbers = Reader::new(numbers.take(len).unwrap_or_default());
        let failed = text.is_none();
        Get { numbers, text: text.unwrap_or_default(), names, named: false, depth: 0, failed }
    }

    /// Bytes left of the numbers and of the text.
    pub(super) fn left(&self) -> (usize, usize) {
        (self.numbers.rest().len(), self.text.len())
    }

    /// Goes on where that much was left.
    pub(super) fn skip_to(&mut self, numbers: usize, text: usize) -> Option<()> {
        let (numbers_now, text_now) = self.left();
        self.numbers.take(numbers_now.checked_sub(numbers)?).ok()?;
        self.text = self.text.get(text_now.checked_sub(text)?..)?;
        Some(())
    }

    /// Remembers that something could not be read.
    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    /// Whether something could not be read.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// Fails unless all was well and everything was read.
    pub(super) fn end(&self) -> Option<()> {
        (!self.failed && self.numbers.is_empty() && self.text.is_empty()).then_some(())
    }

    /// The next byte of the numbers.
    pub(super) fn byte(&mut self) -> u8 {
        self.numbers.byte().unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// The next number.
    pub(super) fn number(&mut self) -> u32 {
        self.numbers.varint().unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// Text up to the next control character, which stays.
    pub(super) fn run(&mut self) -> &'a str {
        let control = |byte: &u8| *byte < b' ' && *byte != b'\n' && *byte != b'\t';
        let len = self.text.bytes().position(|byte| control(&byte)).unwrap_or(self.text.len());
        self.split(len)
    }

    /// The next character, which must be ASCII.
    pub(super) fn mark(&mut self) -> u8 {
        self.split(1).bytes().next().unwrap_or_else(|| {
            self.fail();
            END
        })
    }

    /// The control character that was escaped.
    pub(super) fn escaped(&mut self) -> char {
        let c = self.mark();
        if !(64..96).contains(&c) {
            self.fail();
        }
        char::from(c.wrapping_sub(64) & 31)
    }

    /// Everything up to the next end, as it is.
    pub(super) fn plain(&mut self) -> &'a str {
        let len = self.text.bytes().position(|byte| byte == END);
        let text = self.split(len.unwrap_or(self.text.len()));
        self.mark();
        text
    }

    fn split(&mut self, len: usize) -> &'a str {
        let (head, rest) = self.text.split_at_checked(len).unwrap_or_default();
        self.text = rest;
        head
    }

    /// The next name.
    pub(super) fn name(&mut self) -> &'a str {
        let number = self.number();
        self.names.get(number).unwrap_or_else(|| {
            self.fail();
            ""
        })
    }

    /// A value whose texts are names.
    pub(super) fn names<T: Wire>(&mut self) -> T {
        self.named = true;
        let value = T::get(self);
        self.named = false;
        value
    }

    /// Goes one level deeper; false where it is too deep.
    pub(super) fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.fail();
        }
        !self.failed
    }

    /// Comes back up.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// A value that both directions know.
pub(super) trait Wire: Sized {
    fn put(&self, put: &mut Put<'_>);
    fn get(get: &mut Get<'_>) -> Self;
}

impl Wire for String {
    fn put(&self, put: &mut Put<'_>) {
        if put.named {
            let number = put.names.as_mut().map_or(0, |names| names.number(self));
            put.numbers.varint(number);
        } else {
            put.chars(self);
            put.mark(END);
        }
    }

    fn get(get: &mut Get<'_>) -> Self {
        if get.named {
            return get.name().into();
        }
        let mut out = String::from(get.run());
        while get.mark() == ESCAPE {
            out.push(get.escaped());
            out.push_str(get.run());
        }
        out
    }
}

impl Wire for u32 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.varint(*self);
    }

    fn get(get: &mut Get<'_>) -> Self {
        get.number()
    }
}

impl Wire for u16 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.varint(u32::from(*self));
    }

    fn get(get: &mut Get<'_>) -> Self {
        get.number() as u16
    }
}

impl Wire for u8 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.byte(*self);
    }

    fn get(get: &mut Get<'_>) -> Self {
        get.byte()
    }
}

impl Wire for bool {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.byte(u8::from(*self));
    }

    fn get(get: &mut Get<'_>) -> Self {
        get.byte() != 0
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, put: &mut Put<'_>) {
        self.is_some().put(put);
        if let Some(value) = self {
            value.put(put);
        }
    }

    fn get(get: &mut Get<'_>) -> Self {
        if bool::get(get) { Some(T::get(get)) } else { None }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.varint(self.len() as u32);
        for value in self {
            value.put(put);
        }
    }

    fn get(get: &mut Get<'_>) -> Self {
        let mut count = get.number();
        let mut values = Vec::new();
        // Nothing is reserved ahead: a hostile count ends with the bytes.
        while count > 0 && !get.failed() {
            values.push(T::get(get));
            count -= 1;
        }
        values
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, put: &mut Put<'_>) {
        self.0.put(put);
        self.1.put(put);
    }

    fn get(get: &mut Get<'_>) -> Self {
        (A::get(get), B::get(get))
    }
}

/// Both directions of a struct, field by field: `wire` for values, `name` for names.
macro_rules! record {
    ($type:ident { $($mode:ident $field:ident),* $(,)? }) => {
        impl Wire for $type {
            fn put(&self, put: &mut Put<'_>) {
                $(record!(@put $mode, self.$field, put);)*
            }

            // Inlined into its only caller it is larger, not smaller.
            #[inline(never)]
            fn get(get: &mut Get<'_>) -> Self {
                $type { $($field: record!(@get $mode, get)),* }
            }
        }
    };
    (@put wire, $value:expr, $put:ident) => { Wire::put(&$value, $put) };
    (@put name, $value:expr, $put:ident) => { $put.names(&$value) };
    (@get wire, $get:ident) => { Wire::get($get) };
    (@get name, $get:ident) => { $get.names() };
}
pub(super) use record;

/// Both directions of an enum without fields, by its place in a list.
macro_rules! choice {
    ($type:ident, $all:expr) => {
        impl Wire for $type {
            fn put(&self, put: &mut Put<'_>) {
                let place = $all.iter().position(|value| value == self).unwrap_or_default();
                put.numbers.byte(place as u8);
            }

            fn get(get: &mut Get<'_>) -> Self {
                let place = usize::from(get.byte());
                $all.get(place).copied().unwrap_or_else(|| {
                    get.fail();
                    Default::default()
                })
            }
        }
    };
}
pub(super) use choice;
