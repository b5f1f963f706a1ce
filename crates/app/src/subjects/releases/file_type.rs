//! What an uploaded file is: found in its content, and allowed when its name says the same.
//!
//! Office documents are archives: what they are stands inside, in their list of content types (OOXML) or in the entry `mimetype`
//! (OpenDocument), wherever the program that wrote them put it. Text is what can be read as text, whatever it begins with. Every file
//! is handed out as an attachment that no browser opens, so text may hold markup.

use crate::{AppError, Fault, FieldError};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use fabu_domain::text::Line;
use std::{
    io::{Cursor, Read},
    path::Path,
};
use zip::ZipArchive;

/// A type that may be attached.
struct Kind {
    media_type: &'static str,
    endings: &'static [&'static str],
    zh: &'static str,
    en: &'static str,
}

macro_rules! kinds {
    ($($name:ident $media_type:literal [$($ending:literal),+] $zh:literal $en:literal;)+) => {
        $(static $name: Kind = Kind { media_type: $media_type, endings: &[$($ending),+], zh: $zh, en: $en };)+
        /// Every type that may be attached, text excepted.
        static ALLOWED: &[&Kind] = &[$(&$name),+];
    };
}

kinds! {
    PDF "application/pdf" ["pdf"] "PDF 文档" "a PDF document";
    PNG "image/png" ["png"] "PNG 图片" "a PNG picture";
    JPEG "image/jpeg" ["jpg", "jpeg"] "JPEG 图片" "a JPEG picture";
    DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx"] "Word 文档" "a Word document";
    XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx"] "Excel 工作簿" "an Excel workbook";
    PPTX "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx"] "PowerPoint 演示文稿" "a PowerPoint presentation";
    ODT "application/vnd.oasis.opendocument.text" ["odt"] "ODF 文本文档" "an OpenDocument text";
    ODS "application/vnd.oasis.opendocument.spreadsheet" ["ods"] "ODF 电子表格" "an OpenDocument spreadsheet";
    ODP "application/vnd.oasis.opendocument.presentation" ["odp"] "ODF 演示文稿" "an OpenDocument presentation";
    ZIP "application/zip" ["zip"] "ZIP 压缩包" "a ZIP archive";
    GZIP "application/gzip" ["gz", "tgz"] "gzip 压缩包" "a gzip archive";
}

/// Endings of text.
const TEXT: &[&str] = &[
    "txt",
    "log",
    "csv",
    "md",
    "json",
    "sql",
    "xml",
    "yaml",
    "yml",
    "conf",
    "config",
    "ini",
    "properties",
    "toml",
    "diff",
    "patch",
];
/// The main part of an Office document, in its list of content types.
static MAIN_PARTS: [(&str, &Kind); 3] = [
    ("wordprocessingml.document.main+xml", &DOCX),
    ("spreadsheetml.sheet.main+xml", &XLSX),
    ("presentationml.presentation.main+xml", &PPTX),
];
/// Beginnings of documents of other programs that are written in letters.
const LETTERED: [(&[u8], &str, &str); 4] = [
    (b"%PDF-", "PDF 文档", "a PDF document"),
    (b"%!PS", "PostScript 文档", "a PostScript document"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"MZ", "Windows 程序", "a Windows program"),
];
/// The most bytes of a part of an archive that is looked into.
const MOST: u64 = 1024 * 1024;

/// What was found in the bytes.
enum Found {
    Allowed(&'static Kind),
    Other { zh: String, en: String },
}

/// The media type, when the content and the ending of the name agree on one that is allowed.
///
/// # Errors
/// 422 `file.type_refused`: says what was found, what the name says, and what to do.
pub(super) fn media_type(file_name: &Line, bytes: &[u8]) -> Result<&'static str, AppError> {
    let name = Path::new(file_name.as_str());
    let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if TEXT.contains(&ending.as_str()) {
        return text(bytes).map_err(|found| refused(&ending, &found));
    }
    match found(bytes) {
        Found::Allowed(kind) if kind.endings.contains(&ending.as_str()) => Ok(kind.media_type),
        // Every Office document is an archive as well.
        Found::Allowed(kind) if ending == "zip" && kind.is_archive() => Ok(ZIP.media_type),
        found => Err(refused(&ending, &found)),
    }
}

impl Kind {
    fn is_archive(&self) -> bool {
        ![PDF.media_type, PNG.media_type, JPEG.media_type, GZIP.media_type].contains(&self.media_type)
    }
}

/// The media type of a text with its encoding, or what it is instead.
fn text(bytes: &[u8]) -> Result<&'static str, Found> {
    if let Some((_, zh, en)) = LETTERED.iter().find(|(beginning, _, _)| bytes.starts_with(beginning) && !is_sentence(bytes)) {
        return Err(Found::Other { zh: (*zh).to_owned(), en: (*en).to_owned() });
    }
    encoding_of(bytes).ok_or_else(|| match found(bytes) {
        Found::Other { .. } if infer::get(bytes).is_none() => Found::Other {
            zh: "既不是 UTF-8、UTF-16 也不是 GB18030 文本".to_owned(),
            en: "neither UTF-8, UTF-16 nor GB18030 text".to_owned(),
        },
        found => found,
    })
}

/// The media type of what can be read as text.
fn encoding_of(bytes: &[u8]) -> Option<&'static str> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let candidates = marked.map_or_else(|| vec![UTF_8, GB18030], |encoding| vec![encoding]);
    let encoding = candidates.into_iter().find(|encoding| {
        let (text, wrong) = encoding.decode_with_bom_removal(bytes);
        // A file that is no text nearly always holds controls; in UTF-8 all but NUL are let pass, as in logs of terminals.
        let strange = |c: char| c == '\0' || (*encoding != UTF_8 && c.is_control() && !"\n\r\t\u{c}\u{8}\u{1b}".contains(c));
        !wrong && !text.chars().any(strange)
    })?;
    Some(match encoding {
        encoding if encoding == GB18030 => "text/plain; charset=gb18030",
        encoding if encoding == UTF_16LE || encoding == UTF_16BE => "text/plain; charset=utf-16",
        _ => "text/plain; charset=utf-8",
    })
}

/// True where the two letters of a Windows program only begin a text.
fn is_sentence(bytes: &[u8]) -> bool {
    bytes.starts_with(b"MZ") && !bytes.contains(&0)
}

/// What the bytes are, whatever the name says.
fn found(bytes: &[u8]) -> Found {
    if bytes.starts_with(b"PK") {
        return archive(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let zh = "旧版 Office 文档（.doc、.xls、.ppt）或加密的 Office 文档";
        let en = "a document of an old Office (.doc, .xls, .ppt), or one with a password";
        return Found::Other { zh: zh.to_owned(), en: en.to_owned() };
    }
    let Some(guess) = infer::get(bytes) else {
        return match encoding_of(bytes) {
            Some(_) => Found::Other { zh: "纯文本".to_owned(), en: "plain text".to_owned() },
            None => Found::Other { zh: "无法识别的内容".to_owned(), en: "content of no known type".to_owned() },
        };
    };
    match ALLOWED.iter().find(|kind| kind.media_type == guess.mime_type()) {
        Some(kind) => Found::Allowed(kind),
        None => Found::Other { zh: guess.mime_type().to_owned(), en: guess.mime_type().to_owned() },
    }
}

/// What an archive is by what it holds.
fn archive(bytes: &[u8]) -> Found {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Found::Other { zh: "损坏的压缩包".to_owned(), en: "a damaged archive".to_owned() };
    };
    let mut part = |name: &str| {
        let mut text = String::new();
        let read = archive.by_name(name).ok()?.take(MOST).read_to_string(&mut text);
        read.is_ok().then_some(text)
    };
    if let Some(types) = part("[Content_Types].xml") {
        let main = MAIN_PARTS.iter().find(|(main, _)| types.contains(main));
        let macros = || types.to_ascii_lowercase().contains("macroenabled.main+xml");
        return match main {
            Some((_, kind)) => Found::Allowed(kind),
            None if macros() => {
                Found::Other { zh: "带宏的 Office 文档".to_owned(), en: "an Office document with macros".to_owned() }
            }
            None => Found::Allowed(&ZIP),
        };
    }
    let mimetype = part("mimetype").unwrap_or_default();
    let document = [&ODT, &ODS, &ODP].into_iter().find(|kind| kind.media_type == mimetype.trim());
    Found::Allowed(document.unwrap_or(&ZIP))
}

fn refused(ending: &str, found: &Found) -> AppError {
    let (zh, en) = match found {
        Found::Allowed(kind) => (kind.zh, kind.en),
        Found::Other { zh, en } => (zh.as_str(), en.as_str()),
    };
    let known = ALLOWED.iter().flat_map(|kind| kind.endings).chain(TEXT).any(|known| *known == ending);
    let all: Vec<&str> = ALLOWED.iter().flat_map(|kind| kind.endings).chain(TEXT).copied().collect();
    let advice = match found {
        Found::Allowed(kind) => (
            format!("请检查是否选错文件，或将扩展名改为 .{}", kind.endings[0]),
            format!("check that it is the right file, or name it .{}", kind.endings[0]),
        ),
        Found::Other { .. } => (format!("可接受的类型：{}", all.join("、")), format!("accepted are {}", all.join(", "))),
    };
    let said = match (ending, known) {
        ("", _) => ("文件名没有扩展名".to_owned(), "the name has no ending".to_owned()),
        (ending, true) => (format!("文件名以 .{ending} 结尾"), format!("the name ends in .{ending}")),
        (ending, false) => (format!("不接受 .{ending} 文件"), format!("files ending in .{ending} are not accepted")),
    };
    let zh = format!("{}，内容是{zh}：{}", said.0, advice.0);
    let en = format!("{}, the content is {en}: {}", said.1, advice.1);
    FieldError::new("/file", Fault::FileTypeRefused).because(zh, en).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fabu_domain::{language::Language, text::Line};
    use std::io::Write;
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    /// An archive of these entries, the first one stored as it is, the others packed.
    fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (n, (name, content)) in entries.iter().enumerate() {
            let method = if n == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A list of content types as Office, LibreOffice and python-docx write it.
    fn types(main: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/main.xml\" ContentType=\"application/{main}\"/></Types>"
        )
    }

    fn judge(name: &str, bytes: &[u8]) -> Result<&'static str, String> {
        media_type(&Line::parse(name).unwrap(), bytes).map_err(|error| match error {
            AppError::Invalid(errors) => errors[0].fault.text(Language::English, &errors[0].params),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn office_documents_are_known_by_what_they_hold_in_whatever_order() {
        let word = types("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
        // LibreOffice begins with the relations, python-docx with the list, and neither with the folder `word`.
        let libre = packed(&[
            ("_rels/.rels", "<x/>"),
            ("docProps/app.xml", "<x/>"),
            ("word/document.xml", "<x/>"),
            ("[Content_Types].xml", &word),
        ]);
        let python = packed(&[
            ("[Content_Types].xml", &word),
            ("_rels/.rels", "<x/>"),
            ("docProps/core.xml", "<x/>"),
            ("word/document.xml", "<x/>"),
        ]);
        for bytes in [&libre, &python] {
            assert_eq!(judge("方案.docx", bytes), Ok(DOCX.media_type));
            assert_eq!(judge("all.zip", bytes), Ok(ZIP.media_type));
            assert!(judge("方案.xlsx", bytes).unwrap_err().contains("the content is a Word document"));
        }
        let sheet = types("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        assert_eq!(judge("a.XLSX", &packed(&[("[Content_Types].xml", &sheet)])), Ok(XLSX.media_type));
        let odt = packed(&[("mimetype", ODT.media_type), ("content.xml", "<x/>")]);
        assert_eq!(judge("a.odt", &odt), Ok(ODT.media_type));
        let macros = types("vnd.ms-word.document.macroEnabled.main+xml");
        assert!(judge("a.docx", &packed(&[("[Content_Types].xml", &macros)])).unwrap_err().contains("with macros"));
        assert_eq!(judge("a.zip", &packed(&[("a.txt", "a")])), Ok(ZIP.media_type));
        assert!(judge("a.docx", b"PK\x03\x04broken").unwrap_err().contains("a damaged archive"));
        assert!(judge("a.docx", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).unwrap_err().contains("with a password"));
    }

    #[test]
    fn text_is_known_by_its_ending_whatever_it_begins_with() {
        for (name, text) in [
            ("config.xml", "<?xml version=\"1.0\"?><a/>"),
            ("app.config", "<?xml version=\"1.0\" encoding=\"utf-8\"?><configuration/>"),
            ("README.md", "<!-- toc -->\n# 说明\n"),
            ("a.csv", "BM,名称\n"),
            ("a.txt", "MZ 系统\n"),
            ("run.log", "\u{1b}[32mok\u{1b}[0m\n"),
        ] {
            assert_eq!(judge(name, text.as_bytes()), Ok("text/plain; charset=utf-8"), "{name}");
        }
        let (gb, _, _) = GB18030.encode("编号,标题\n1,核心系统补丁\n");
        let wide: Vec<u8> = "\u{feff}编号\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for ending in ["sql", "log", "csv", "txt"] {
            assert_eq!(judge(&format!("a.{ending}"), &gb), Ok("text/plain; charset=gb18030"));
            assert_eq!(judge(&format!("a.{ending}"), &wide), Ok("text/plain; charset=utf-16"));
        }
    }

    #[test]
    fn a_refusal_says_what_was_found_what_was_said_and_what_to_do() {
        let pdf = b"%PDF-1.7\n";
        assert_eq!(
            judge("a.png", pdf).unwrap_err(),
            "the name ends in .png, the content is a PDF document: check that it is the right file, or name it .pdf"
        );
        assert!(
            judge("a.txt", pdf)
                .unwrap_err()
                .starts_with("the name ends in .txt, the content is a PDF document: accepted are pdf")
        );
        assert!(judge("a.exe", b"MZ\x90\0").unwrap_err().starts_with("files ending in .exe are not accepted"));
        assert!(judge("report", pdf).unwrap_err().starts_with("the name has no ending, the content is a PDF document"));
        assert!(judge("a.pdf", b"just text").unwrap_err().contains("the content is plain text"));
        assert!(judge("a.txt", &[0xFF, 0x00, 0x81]).unwrap_err().contains("neither UTF-8, UTF-16 nor GB18030 text"));
    }
}
