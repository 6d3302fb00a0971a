//! Bytes of the pack and of saved state: little-endian varints, length-prefixed text.
//! One reader and one writer for everything binary; what the bytes mean is each caller's matter.
//! Every read is bounded and typed: hostile bytes give [`WireError`], never a panic.

use core::fmt;

/// Why bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// The bytes end before the value does.
    Truncated,
    /// A number is longer than its type allows.
    Overlong,
    /// Text is not UTF-8.
    NotUtf8,
    /// A count or a tag that this version does not know.
    Unknown(u32),
}

impl WireError {
    /// What [`Display`](fmt::Display) writes, without the code that can format anything.
    pub fn words(&self) -> String {
        let (words, tag) = match self {
            WireError::Truncated => ("the bytes end in the middle of a value", None),
            WireError::Overlong => ("a number is longer than its type allows", None),
            WireError::NotUtf8 => ("text is not UTF-8", None),
            WireError::Unknown(tag) => ("a tag that this version does not know: ", Some(tag)),
        };
        [words, &tag.map_or_else(String::new, u32::to_string)].concat()
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl core::error::Error for WireError {}

/// Reads values from a slice, front to back.
///
/// ```
/// use unstuck_core::wire::{Reader, Writer};
/// let mut writer = Writer::new();
/// writer.varint(300);
/// writer.text("now");
/// let bytes = writer.into_bytes();
/// let mut reader = Reader::new(&bytes);
/// assert_eq!(reader.varint(), Ok(300));
/// assert_eq!(reader.text(), Ok("now"));
/// assert!(reader.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the front of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, WireError> {
        let (&first, rest) = self.rest.split_first().ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(first)
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], WireError> {
        let (head, rest) = self.rest.split_at_checked(count).ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    /// Four bytes, little-endian.
    pub fn fixed32(&mut self) -> Result<u32, WireError> {
        let head = self.take(4)?;
        head.try_into().map(u32::from_le_bytes).map_err(|_| WireError::Truncated)
    }

    /// Eight bytes, little-endian, such as a time in milliseconds.
    pub fn fixed64(&mut self) -> Result<u64, WireError> {
        let low = u64::from(self.fixed32()?);
        Ok(low | u64::from(self.fixed32()?) << 32)
    }

    /// A number of one to five bytes, seven bits a byte, lowest first (LEB128).
    pub fn varint(&mut self) -> Result<u32, WireError> {
        let mut value = 0u32;
        for shift in [0u32, 7, 14, 21, 28] {
            let byte = self.byte()?;
            if shift == 28 && byte > 0x0f {
                return Err(WireError::Overlong);
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(WireError::Overlong)
    }

    /// A count of values that take at least one byte each, so never more than bytes are left.
    /// Callers may reserve that much.
    pub fn count(&mut self) -> Result<usize, WireError> {
        let count = self.varint()? as usize;
        if count > self.rest.len() { Err(WireError::Truncated) } else { Ok(count) }
    }

    /// Text with its length in front.
    pub fn text(&mut self) -> Result<&'a str, WireError> {
        let len = self.varint()? as usize;
        core::str::from_utf8(self.take(len)?).map_err(|_| WireError::NotUtf8)
    }
}

/// Collects values into bytes that [`Reader`] reads back.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Writer::default()
    }

    /// Bytes written so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// One byte.
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Four bytes, little-endian.
    pub fn fixed32(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    /// Eight bytes, little-endian.
    pub fn fixed64(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    /// A number, as [`Reader::varint`] reads it.
    pub fn varint(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Text with its length in front. Text over 4 GiB cannot occur: nothing reads that much.
    pub fn text(&mut self, text: &str) {
        self.varint(text.len() as u32);
        self.raw(text.as_bytes());
    }

    /// Everything written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for value in [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX - 1, u32::MAX] {
            let mut writer = Writer::new();
            writer.varint(value);
            let bytes = writer.into_bytes();
            assert_eq!(Reader::new(&bytes).varint(), Ok(value));
        }
    }

    #[test]
    fn a_number_of_six_bytes_is_refused() {
        assert_eq!(Reader::new(&[0xff; 6]).varint(), Err(WireError::Overlong));
        assert_eq!(Reader::new(&[0x80, 0x80, 0x80, 0x80, 0x10]).varint(), Err(WireError::Overlong));
    }

    #[test]
    fn a_count_never_exceeds_what_is_left() {
        assert_eq!(Reader::new(&[200, 1, 0]).count(), Err(WireError::Truncated));
    }

    #[test]
    fn text_cut_short_is_refused() {
        let mut writer = Writer::new();
        writer.text("hello");
        let bytes = writer.into_bytes();
        for end in 0..bytes.len() {
            assert_eq!(Reader::new(&bytes[..end]).text(), Err(WireError::Truncated));
        }
    }
}
