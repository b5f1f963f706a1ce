//! What the text of a source file may contain.

use super::files::File;

/// Longest source file, in lines.
const LONGEST: usize = 400;

/// Endings of files that people read as code.
const CODE: &[&str] = &[".rs", ".ts", ".tsx", ".css", ".sh", ".py"];

/// Words that belong in one place only.
struct Place {
    words: &'static [&'static str],
    /// Beginnings of the paths where the words may stand.
    allowed: &'static [&'static str],
    reason: &'static str,
}

const PLACES: &[Place] = &[
    Place {
        words: &["Utc::now", "Local::now", "SystemTime::now"],
        allowed: &["crates/domain/src/time/clock.rs"],
        reason: "time is a parameter: take it from fabu_domain::time::clock::Clock",
    },
    Place {
        words: &["Uuid::new_v4", "Uuid::now_v7"],
        allowed: &["crates/domain/src/ids.rs"],
        reason: "ids are made in one place: fabu_domain::ids",
    },
    Place {
        words: &["rand::", "OsRng", "getrandom"],
        allowed: &["crates/app/src/secrets.rs"],
        reason: "secrets are drawn in one place: crates/app/src/secrets.rs",
    },
    Place {
        words: &["diesel::", "diesel_migrations::"],
        allowed: &["crates/store/"],
        reason: "only the store speaks to the database",
    },
    Place {
        words: &["env::var"],
        allowed: &[
            "api/build.rs",
            "crates/cli/",
            "crates/store/src/testing.rs",
            "crates/store/tests/",
            "crates/domain/tests/",
            "crates/testkit/",
            "crates/xtask/",
            "tests/",
        ],
        reason: "settings are parameters: only the commands read the environment",
    },
    Place {
        words: &["#[ignore", "#![allow(", "#[allow("],
        allowed: &[],
        reason: "nothing is skipped or silenced: use #[expect(…, reason = …)]",
    },
];

/// This crate's own lists of words are no use of them.
const OURSELVES: &str = "crates/xtask/src/tidy/";

/// Every file that is too long and every line with a word out of its place. Comments are free to name things.
pub fn problems(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| CODE.iter().any(|ending| file.path.ends_with(ending))) {
        let length = file.text.lines().count();
        if length > LONGEST {
            problems.push(format!("{}: {length} lines; split a file over {LONGEST} lines", file.path));
        }
        if !file.path.ends_with(".rs") || file.path.starts_with(OURSELVES) {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for place in PLACES.iter().filter(|place| !place.allowed.iter().any(|start| file.path.starts_with(start))) {
                if let Some(word) = place.words.iter().find(|word| names(code, word)) {
                    problems.push(format!("{}:{}: `{word}` here: {}", file.path, number + 1, place.reason));
                }
            }
        }
    }
    problems
}

/// Whether `word` stands in `code` and is not the end of a longer name.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        problems(&[File { path: path.to_owned(), text: text.to_owned() }]).len()
    }

    #[test]
    fn refuses_a_file_over_the_limit() {
        assert_eq!(found("crates/app/src/long.rs", &"\n".repeat(LONGEST)), 0);
        assert_eq!(found("crates/app/src/long.rs", &"\n".repeat(LONGEST + 1)), 1);
        assert_eq!(found("docs/long.md", &"\n".repeat(LONGEST + 1)), 0);
    }

    #[test]
    fn refuses_the_clock_ids_and_chance_outside_their_places() {
        for line in ["let now = chrono::Utc::now();", "Uuid::now_v7()", "use rand::Rng;", "std::env::var(\"X\")"] {
            assert_eq!(found("crates/app/src/releases/close.rs", line), 1, "{line}");
        }
        assert_eq!(found("crates/domain/src/time/clock.rs", "Utc::now()"), 0);
        assert_eq!(found("crates/app/src/secrets.rs", "rand::rng()"), 0);
    }

    #[test]
    fn refuses_queries_outside_the_store_and_silenced_lints() {
        assert_eq!(found("api/src/routes/x.rs", "use diesel::prelude::*;"), 1);
        assert_eq!(found("crates/store/src/lib.rs", "use diesel::prelude::*;"), 0);
        assert_eq!(found("crates/store/src/lib.rs", "#[allow(dead_code)]"), 1);
        assert_eq!(found("tests/tests/x.rs", "#[ignore]"), 1);
    }

    #[test]
    fn comments_and_longer_names_are_no_use() {
        assert_eq!(found("crates/app/src/x.rs", "/// Instead of `Utc::now` take the clock."), 0);
        assert_eq!(found("crates/app/src/x.rs", "let x = operand::value();"), 0);
    }
}
