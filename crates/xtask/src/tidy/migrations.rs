//! Migrations come in pairs: the same folders for both databases, each with the way up and the way down.

use super::files::File;
use std::collections::BTreeSet;

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// Every migration that lacks its twin or one of its two files.
pub fn problems(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut names = BTreeSet::new();
    for path in &paths {
        if let Some(rest) = path.strip_prefix("migrations/") {
            match rest.split('/').collect::<Vec<_>>()[..] {
                [database, name, "up.sql" | "down.sql"] if DATABASES.contains(&database) => {
                    names.insert(name);
                }
                _ => problems.push(format!("{path}: only migrations/{{sqlite,postgres}}/NAME/{{up,down}}.sql belong here")),
            }
        }
    }
    for name in names {
        for database in DATABASES {
            for file in ["up.sql", "down.sql"] {
                let path = format!("migrations/{database}/{name}/{file}");
                if !paths.contains(path.as_str()) {
                    problems.push(format!("{path} is missing: migrations come in pairs with equal names, up and down"));
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        let files: Vec<File> = paths.iter().map(|path| File { path: (*path).to_owned(), text: String::new() }).collect();
        problems(&files)
    }

    #[test]
    fn accepts_pairs() {
        let paths = ["sqlite/1/up.sql", "sqlite/1/down.sql", "postgres/1/up.sql", "postgres/1/down.sql"];
        assert_eq!(found(&paths.map(|path| format!("migrations/{path}")).each_ref().map(String::as_str)), Vec::<String>::new());
    }

    #[test]
    fn refuses_a_migration_for_one_database_only() {
        let problems = found(&["migrations/sqlite/1/up.sql", "migrations/sqlite/1/down.sql"]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with("migrations/postgres/1/up.sql is missing"), "{problems:?}");
    }

    #[test]
    fn refuses_a_migration_without_a_way_back() {
        let problems = found(&["migrations/sqlite/1/up.sql", "migrations/postgres/1/up.sql", "migrations/postgres/1/down.sql"]);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("migrations/sqlite/1/down.sql is missing"), "{problems:?}");
    }

    #[test]
    fn refuses_stray_files() {
        assert_eq!(found(&["migrations/notes.txt"]).len(), 1);
    }
}
