//! How values become bytes: numbers in one stream, text in another, names in a table.
//! Which values there are is `records`' matter, where the streams lie is `mod`'s.
//!
//! Text of one kind lies together and ends with a zero byte instead of bearing its length: general
//! compression over the wire does best with that.

use crate::wire::{Reader, WireError, Writer};
use core::ops::Range;
use std::collections::BTreeMap;

/// Deeper nesting is refused: reading recurses, and no author writes so deep.
const MAX_DEPTH: u8 = 64;

/// Ends a text.
pub(super) const END: char = '\0';
/// Stands before a control character that is part of the text, moved up by 64.
const ESCAPE: char = '\u{1b}';

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
}

impl<'n> Put<'n> {
    pub(super) fn new(names: &'n mut NameTable) -> Self {
        Put { names: Some(names), ..Put::default() }
    }

    /// Text without its end, control characters escaped.
    pub(super) fn chars(&mut self, text: &str) {
        for c in text.chars() {
            if c < ' ' && c != '\n' && c != '\t' {
                self.text.push(ESCAPE);
                self.text.push(char::from(c as u8 + 64));
            } else {
                self.text.push(c);
            }
        }
    }

    /// Text and its end, as it is, so that it can be read where it lies; NUL is dropped.
    pub(super) fn plain(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| *c != END));
        self.mark(END);
    }

    /// One control character that stands for itself.
    pub(super) fn mark(&mut self, mark: char) {
        self.text.push(mark);
    }

    /// The number of a name.
    pub(super) fn name(&mut self, name: &str) {
        let number = self.names.as_mut().map_or(0, |names| names.number(name));
        self.numbers.varint(number);
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
#[derive(Clone)]
pub(super) struct Get<'a> {
    pub(super) numbers: Reader<'a>,
    pub(super) text: &'a str,
    names: Names<'a>,
    depth: u8,
}

impl<'a> Get<'a> {
    /// The streams of a block that [`Put::into_block`] made.
    pub(super) fn new(block: &'a [u8], names: Names<'a>) -> Result<Self, WireError> {
        let mut reader = Reader::new(block);
        let len = reader.varint()? as usize;
        let numbers = Reader::new(reader.take(len)?);
        let text = core::str::from_utf8(reader.rest()).map_err(|_| WireError::NotUtf8)?;
        Ok(Get { numbers, text, names, depth: 0 })
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

    /// Everything up to the next end, still escaped.
    pub(super) fn raw_text(&mut self) -> Result<&'a str, WireError> {
        let (text, rest) = self.text.split_once(END).ok_or(WireError::Truncated)?;
        self.text = rest;
        Ok(text)
    }

    /// The next character.
    pub(super) fn char(&mut self) -> Result<char, WireError> {
        let mut chars = self.text.chars();
        let c = chars.next().ok_or(WireError::Truncated)?;
        self.text = chars.as_str();
        Ok(c)
    }

    /// A character of a text, given the one that was read: resolves an escape.
    pub(super) fn unescape(&mut self, c: char) -> Result<char, WireError> {
        if c != ESCAPE {
            return Ok(c);
        }
        let c = self.char()? as u32;
        match c.checked_sub(64).and_then(char::from_u32) {
            Some(c) if c < ' ' => Ok(c),
            _ => Err(WireError::Unknown(c)),
        }
    }

    /// The next name.
    pub(super) fn name(&mut self) -> Result<&'a str, WireError> {
        let number = self.numbers.varint()?;
        self.names.get(number).ok_or(WireError::Unknown(number))
    }

    /// Reads a value one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        if self.depth >= MAX_DEPTH {
            return Err(WireError::Unknown(u32::from(self.depth)));
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// Fails unless everything was read.
    pub(super) fn end(&self) -> Result<(), WireError> {
        if self.numbers.is_empty() && self.text.is_empty() {
            Ok(())
        } else {
            Err(WireError::Overlong)
        }
    }
}

/// A value that both directions know.
pub(super) trait Wire: Sized {
    fn put(&self, put: &mut Put<'_>);
    fn get(get: &mut Get<'_>) -> Result<Self, WireError>;
}

/// The same for texts that are names, stored once for the whole pack.
pub(super) trait Named: Sized {
    fn put_name(&self, put: &mut Put<'_>);
    fn get_name(get: &mut Get<'_>) -> Result<Self, WireError>;
}

impl Wire for String {
    fn put(&self, put: &mut Put<'_>) {
        put.chars(self);
        put.mark(END);
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        let raw = get.raw_text()?;
        if !raw.contains(ESCAPE) {
            return Ok(raw.into());
        }
        let mut inner = Get { text: raw, ..get.clone() };
        let mut out = String::new();
        while !inner.text.is_empty() {
            let c = inner.char()?;
            out.push(inner.unescape(c)?);
        }
        Ok(out)
    }
}

impl Named for String {
    fn put_name(&self, put: &mut Put<'_>) {
        put.name(self);
    }

    fn get_name(get: &mut Get<'_>) -> Result<Self, WireError> {
        get.name().map(Into::into)
    }
}

impl Wire for u32 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.varint(*self);
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        get.numbers.varint()
    }
}

impl Wire for u16 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.varint(u32::from(*self));
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        u16::try_from(get.numbers.varint()?).map_err(|_| WireError::Overlong)
    }
}

impl Wire for u8 {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.byte(*self);
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        get.numbers.byte()
    }
}

impl Wire for bool {
    fn put(&self, put: &mut Put<'_>) {
        put.numbers.byte(u8::from(*self));
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        match get.numbers.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(WireError::Unknown(u32::from(other))),
        }
    }
}

/// Lists and options of both sorts of values.
macro_rules! containers {
    ($trait:ident, $put:ident, $get:ident) => {
        impl<T: $trait> $trait for Option<T> {
            fn $put(&self, put: &mut Put<'_>) {
                self.is_some().put(put);
                if let Some(value) = self {
                    value.$put(put);
                }
            }

            fn $get(get: &mut Get<'_>) -> Result<Self, WireError> {
                if bool::get(get)? { T::$get(get).map(Some) } else { Ok(None) }
            }
        }

        impl<T: $trait> $trait for Vec<T> {
            fn $put(&self, put: &mut Put<'_>) {
                put.numbers.varint(self.len() as u32);
                for value in self {
                    value.$put(put);
                }
            }

            fn $get(get: &mut Get<'_>) -> Result<Self, WireError> {
                let count = get.numbers.varint()?;
                let mut values = Vec::new();
                // Nothing is reserved ahead: a hostile count ends with the bytes.
                for _ in 0..count {
                    values.push(T::$get(get)?);
                }
                Ok(values)
            }
        }

        impl<A: $trait, B: $trait> $trait for (A, B) {
            fn $put(&self, put: &mut Put<'_>) {
                self.0.$put(put);
                self.1.$put(put);
            }

            fn $get(get: &mut Get<'_>) -> Result<Self, WireError> {
                Ok((A::$get(get)?, B::$get(get)?))
            }
        }
    };
}

containers!(Wire, put, get);
containers!(Named, put_name, get_name);

/// Both directions of a struct, field by field: `wire` for values, `name` for names.
macro_rules! record {
    ($type:ident { $($mode:ident $field:ident),* $(,)? }) => {
        impl Wire for $type {
            fn put(&self, put: &mut Put<'_>) {
                $(record!(@put $mode, self.$field, put);)*
            }

            fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
                Ok($type { $($field: record!(@get $mode, get)),* })
            }
        }
    };
    (@put wire, $value:expr, $put:ident) => { Wire::put(&$value, $put) };
    (@put name, $value:expr, $put:ident) => { Named::put_name(&$value, $put) };
    (@get wire, $get:ident) => { Wire::get($get)? };
    (@get name, $get:ident) => { Named::get_name($get)? };
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

            fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
                let place = get.numbers.byte()?;
                $all.get(usize::from(place)).copied().ok_or(WireError::Unknown(u32::from(place)))
            }
        }
    };
}
pub(super) use choice;
