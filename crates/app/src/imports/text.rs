//! The bytes of a ledger file as text.

use super::LedgerError;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use std::{borrow::Cow, io::Read};

/// The most bytes of an unpacked ledger.
const MOST: u64 = 256 * 1024 * 1024;

/// The text, and the name of its encoding: by its mark (BOM), else UTF-8, else GB18030. Packed files (gzip) are unpacked.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), LedgerError> {
    let bytes = unpack(bytes)?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(LedgerError::Spreadsheet);
    }
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).filter(|e| [UTF_8, UTF_16LE, UTF_16BE].contains(e));
    let candidates = marked.map_or_else(|| vec![UTF_8, GB18030], |encoding| vec![encoding]);
    for encoding in candidates {
        let (text, wrong) = encoding.decode_with_bom_removal(&bytes);
        if !wrong && !text.contains('\0') {
            return Ok((text.into_owned(), encoding.name()));
        }
    }
    Err(LedgerError::NoText)
}

fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, LedgerError> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(MOST + 1).read_to_end(&mut unpacked);
    read.map_err(|error| LedgerError::Packed(error.to_string()))?;
    if unpacked.len() as u64 > MOST {
        return Err(LedgerError::TooLarge { most: MOST });
    }
    Ok(Cow::Owned(unpacked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const TEXT: &str = "编号,标题\n1,核心系统补丁\n";

    #[test]
    fn reads_utf_8_with_and_without_mark_gb18030_and_gzip() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&gb).unwrap();
        let packed = packer.finish().unwrap();
        let marked = ["\u{feff}", TEXT].concat();
        for (bytes, name) in
            [(TEXT.as_bytes(), "UTF-8"), (marked.as_bytes(), "UTF-8"), (gb.as_ref(), "gb18030"), (packed.as_slice(), "gb18030")]
        {
            assert_eq!(decode(bytes).unwrap(), (TEXT.to_owned(), name));
        }
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).unwrap(), (TEXT.to_owned(), "UTF-16LE"));
    }

    #[test]
    fn refuses_spreadsheets_broken_archives_and_bytes_that_are_no_text() {
        assert!(matches!(decode(b"PK\x03\x04rest"), Err(LedgerError::Spreadsheet)));
        assert!(matches!(decode(&[0x1F, 0x8B, 8, 0, 1]), Err(LedgerError::Packed(_))));
        assert!(matches!(decode(&[0xFF, 0x00, 0x81, 0xFF]), Err(LedgerError::NoText)));
    }
}
