//! The bytes of a ledger file as text.

use super::LedgerError;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use fabu_domain::text::visible;
use flate2::read::MultiGzDecoder;
use std::{borrow::Cow, io::Read};

/// The most bytes of an unpacked ledger.
const MOST: u64 = 256 * 1024 * 1024;

/// The text, and the name of its encoding: by its mark (BOM), else UTF-8, else GB18030. Packed files (gzip) are unpacked. Its only
/// line break is LF, nothing invisible is left, and characters that an earlier edition of GB18030 had to keep in the private area are
/// the standard ones.
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
            let text = visible(&text).chars().map(|c| standard(c).unwrap_or(c)).collect();
            return Ok((text, encoding.name()));
        }
    }
    Err(LedgerError::NoText)
}

/// Private characters of the editions of 2000 and 2005 and the first of the two bytes that stand for them; the second byte passes
/// over 0x7F.
const EARLIER: [(char, char, u8, u8); 7] = [
    ('\u{E78D}', '\u{E793}', 0xA6, 0xD9),
    ('\u{E794}', '\u{E795}', 0xA6, 0xEC),
    ('\u{E796}', '\u{E796}', 0xA6, 0xF3),
    ('\u{E7C7}', '\u{E7C7}', 0xA8, 0xBC),
    ('\u{E7C8}', '\u{E7C8}', 0xA8, 0xBF),
    ('\u{E7E7}', '\u{E7F3}', 0xA9, 0x89),
    ('\u{E815}', '\u{E864}', 0xFE, 0x50),
];

/// Characters beyond the basic plane, which the edition of 2005 and browsers still keep in the private area.
const BEYOND: [(char, char); 6] = [
    ('\u{E816}', '\u{20087}'),
    ('\u{E817}', '\u{20089}'),
    ('\u{E818}', '\u{200CC}'),
    ('\u{E831}', '\u{215D7}'),
    ('\u{E83B}', '\u{2298F}'),
    ('\u{E855}', '\u{241FE}'),
];

/// The standard character for one that an earlier edition kept in the private area: the two bytes that stood for it are read as the
/// edition of today reads them.
fn standard(c: char) -> Option<char> {
    if let Some((_, known)) = BEYOND.iter().find(|(private, _)| *private == c) {
        return Some(*known);
    }
    let (first, _, lead, trail) = EARLIER.into_iter().find(|(first, last, _, _)| (*first..=*last).contains(&c))?;
    let trail = u8::try_from(u32::from(trail) + u32::from(c) - u32::from(first)).ok()?;
    let trail = if lead == 0xFE && trail >= 0x7F { trail + 1 } else { trail };
    let bytes = [lead, trail];
    let (text, wrong) = GB18030.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|found| !wrong && !is_private(*found))
}

/// True for a character that has a meaning only where its font is.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
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

    #[test]
    fn characters_of_earlier_editions_are_the_standard_ones() {
        for (private, known) in
            [('\u{E81E}', '\u{9FB4}'), ('\u{E816}', '\u{20087}'), ('\u{E78D}', '\u{FE10}'), ('\u{E7C7}', '\u{1E3F}')]
        {
            assert_eq!(decode(private.to_string().as_bytes()).unwrap().0, known.to_string(), "{private:?}");
        }
        for (first, last, _, _) in EARLIER {
            assert!((first..=last).all(|c| standard(c).is_some()), "{first:?}");
        }
        assert_eq!(decode(&[0xFE, 0x59]).unwrap().0, "\u{9FB4}");
        assert_eq!(decode(&[0x82, 0x35, 0x90, 0x37]).unwrap().0, "\u{9FB4}");
        assert_eq!(decode("\u{E000}".as_bytes()).unwrap().0, "\u{E000}", "one of an office's own is left to be reported");
    }

    #[test]
    fn line_breaks_are_of_one_kind_and_nothing_invisible_is_left() {
        assert_eq!(decode("a\r\nb\rc\u{200B}d".as_bytes()).unwrap().0, "a\nb\ncd");
    }
}
