//! Content lines of RFC 5545: unfolded, with name, parameters and value, each with its line in the file.
//!
//! The parsers that were considered give no line numbers, and a person who mends a file needs them.

/// One property: `DTSTART;TZID=Asia/Shanghai:20261001T000000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// The name, in capitals.
    pub(super) name: String,
    /// Names in capitals and values without quotes.
    parameters: Vec<(String, &'a str)>,
    /// The value as written, without outer white space.
    pub(super) value: &'a str,
}

impl Property<'_> {
    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// True for this name and value, without regard to case.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.eq_ignore_ascii_case(value)
    }
}

/// The lines with their numbers, continued ones put together.
pub(super) fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (n, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest.trim_end_matches('\r')),
            _ => lines.push((n + 1, line.trim_end_matches('\r').to_owned())),
        }
    }
    lines
}

/// The property of a line; none when it has no value.
pub(super) fn property(line: usize, text: &str) -> Option<Property<'_>> {
    let colon = unquoted(text, ':')?;
    let (mut head, value) = (&text[..colon], text[colon + 1..].trim());
    let mut parts = Vec::new();
    while let Some(at) = unquoted(head, ';') {
        parts.push(&head[..at]);
        head = &head[at + 1..];
    }
    parts.push(head);
    let (name, rest) = parts.split_first()?;
    let parameters = rest.iter().filter_map(|part| part.split_once('='));
    let parameters = parameters.map(|(name, value)| (name.trim().to_ascii_uppercase(), value.trim_matches('"'))).collect();
    Some(Property { line, name: name.trim().to_ascii_uppercase(), parameters, value })
}

/// Where a sign stands outside quotes.
fn unquoted(text: &str, sign: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == sign && !quoted).then_some(at)
    })
}

/// A text value without its escapes; a line break becomes a space.
pub(super) fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next().map(|c| if matches!(c, 'n' | 'N') { ' ' } else { c })),
            c => out.push(c),
        }
    }
    out
}
