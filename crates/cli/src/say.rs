//! What a command tells people, in the language of their terminal.

use fabu_app::{AppError, Failure, Fault};
use fabu_domain::language::Language;

/// The language that the environment asks for: Chinese when it begins with `zh`, otherwise English.
pub fn language() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    match set.into_iter().find(|value| !value.is_empty()) {
        Some(value) if value.starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

/// A failure as an error for `main` to print: every reason, none of the program's insides.
pub fn failed(failure: &Failure) -> anyhow::Error {
    anyhow::anyhow!(describe(&failure.error, language()))
}

fn describe(error: &AppError, language: Language) -> String {
    let (fault, params) = error.row();
    let text = fault.text(language, &params);
    match error {
        AppError::Refused(refusal) => lines(&text, refusal.unmet().iter().map(|unmet| unmet.text(language))),
        AppError::Invalid(errors) => {
            let line = |field: &fabu_app::FieldError| {
                format!("--{}: {}", field.pointer.trim_start_matches('/'), field.fault.text(language, &field.params))
            };
            lines(&text, errors.iter().map(line))
        }
        // At the terminal the operator reads what otherwise only the log says.
        AppError::Store(error) => format!("{text}: {error}"),
        AppError::Internal(why) => format!("{text}: {why}"),
        _ if fault == Fault::NotFound => error.to_string(),
        _ => text,
    }
}

fn lines(head: &str, parts: impl Iterator<Item = String>) -> String {
    parts.fold(head.to_owned(), |text, part| format!("{text}\n  {part}"))
}

/// The name of a command's run in the log.
pub fn request_id(command: &str) -> String {
    use fabu_domain::ids::{IdSource, TimeOrderedIds};
    format!("fabu-{command}-{}", TimeOrderedIds.next())
}
