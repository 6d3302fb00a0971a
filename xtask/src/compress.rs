//! The compressed twins of a file, as a server would hand them out: brotli 11 and gzip 9.
//! Which files get them is for `dist` to say.

use std::io::Write;

use anyhow::Result;

/// `bytes` in brotli, quality 11, window 22 bits: the figures of all byte budgets.
///
/// # Errors
/// None in practice: the encoder writes into memory.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

/// `bytes` in gzip, level 9, without a time in it, so that equal input gives equal output.
///
/// # Errors
/// None in practice: the encoder writes into memory.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_come_back_as_they_went_in() {
        let text = "a help widget that gets people unstuck ".repeat(50).into_bytes();
        let mut plain = Vec::new();
        brotli::Decompressor::new(&brotli(&text).unwrap()[..], 4096)
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&text).unwrap()[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn equal_input_gives_equal_output() {
        assert_eq!(gzip(b"same").unwrap(), gzip(b"same").unwrap());
    }
}
