//! Text that is safe to send. The registers refuse control characters at the edge; history taken over from elsewhere may
//! still hold some, and one of them in a name must not stop a message.

use fabu_domain::text::is_invisible;

/// One line: line breaks and other controls become spaces, hidden characters vanish. Of several spaces one is kept: in a
/// subject, all of them would be lost between two words that need encoding.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c == ' ' || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Several lines, each as [`line`]; empty ones at the end are left out.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.replace("\r\n", "\n").split(['\n', '\r']).map(line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// At most `length` characters of a line; what is left out shows as an ellipsis.
#[must_use]
pub fn cut(text: &str, length: usize) -> String {
    let text = line(text);
    if text.chars().count() <= length {
        return text;
    }
    text.chars().take(length.saturating_sub(1)).chain(['…']).collect()
}

/// A name that a file may have on every system: what separates folders or has a meaning in a header becomes `_`.
#[must_use]
pub fn file_name(name: &str) -> String {
    line(name).chars().map(|c| if "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect()
}

/// A path below the pages, without the slash at its start: every character that could end it is escaped.
#[must_use]
pub fn path(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in path.trim_start_matches('/').bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b'=' | b'&' | b'#' | b'%' | b':' | b',' | b'+' => {
                out.push(char::from(byte))
            }
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(line("王芳\r\nBcc: all@example.cn"), "王芳 Bcc: all@example.cn");
        assert_eq!(line("\u{0}a\u{7f}\u{85}b\t"), "a b");
        assert_eq!(line("\u{202E}gpj.exe\u{200B}"), "gpj.exe");
    }

    #[test]
    fn lines_keep_their_breaks_and_nothing_else() {
        assert_eq!(lines("一\r\n二\r三\n\n"), ["一", "二", "三"]);
        assert_eq!(lines(""), [""; 0]);
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("核心系统补丁", 4), "核心系…");
        assert_eq!(cut("核心系统", 4), "核心系统");
    }

    #[test]
    fn the_name_of_a_file_is_no_path_and_no_code() {
        assert_eq!(file_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(file_name("=?utf-8?B?PGI+?="), "=_utf-8_B_PGI+_=");
    }

    #[test]
    fn a_path_cannot_leave_its_attribute_or_its_host() {
        assert_eq!(path("/releases/REL-2026-0031?tab=plan#a"), "releases/REL-2026-0031?tab=plan#a");
        assert_eq!(path("//evil.cn/x"), "evil.cn/x");
        assert_eq!(path("/a\"><script>\r\n"), "a%22%3E%3Cscript%3E%0D%0A");
    }
}
