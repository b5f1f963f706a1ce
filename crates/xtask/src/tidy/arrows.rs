//! Which crate may depend on which.

use serde_json::Value;

/// `(crate, what it may depend on)`. The arrows point from the shells to the pure core and never back.
const ARROWS: &[(&str, &[&str])] = &[
    ("fabu-domain", &[]),
    ("fabu-store", &["fabu-domain"]),
    ("fabu-documents", &["fabu-domain"]),
    ("fabu-outbound", &["fabu-domain"]),
    ("fabu-scenario", &["fabu-domain"]),
    ("fabu-app", &["fabu-store", "fabu-domain"]),
    ("fabu-api", &["fabu-app", "fabu-documents", "fabu-outbound", "fabu-domain"]),
    ("fabu-worker", &["fabu-app", "fabu-outbound", "fabu-documents", "fabu-domain"]),
    ("fabu-cli", &["fabu-api", "fabu-worker", "fabu-app", "fabu-documents", "fabu-scenario", "fabu-domain"]),
    ("fabu-testkit", &["fabu-api", "fabu-worker", "fabu-app", "fabu-store", "fabu-scenario", "fabu-domain"]),
    ("fabu-tests", &["fabu-testkit", "fabu-scenario", "fabu-app", "fabu-domain"]),
    ("fabu-xtask", &["fabu-scenario", "fabu-domain"]),
];

/// What a test of any crate, but not its code, may use besides.
const FOR_TESTS: [&str; 3] = ["fabu-testkit", "fabu-scenario", "fabu-documents"];

/// Crates that speak to a database, and the one crate of ours that may name them.
const DATABASE: (&[&str], &str) = (
    &[
        "diesel",
        "diesel_migrations",
        "r2d2",
        "libsqlite3-sys",
        "pq-sys",
        "openssl-sys",
        "rusqlite",
        "sqlx",
        "tokio-postgres",
        "postgres",
    ],
    "fabu-store",
);

/// The pure crate, and everything it may use from outside: nothing that reads files, sockets or clocks.
const PURE: (&str, &[&str]) = (
    "fabu-domain",
    &[
        "chrono",
        "chrono-tz",
        "hex",
        "rrule",
        "serde",
        "serde_json",
        "sha2",
        "thiserror",
        "unicode-normalization",
        "utoipa",
        "uuid",
    ],
);

/// Every dependency that breaks a rule, from the answer of `cargo metadata --no-deps`.
pub fn problems(metadata: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = text(package, "name");
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("{name}: say in crates/xtask/src/tidy/arrows.rs what this crate may depend on"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = text(dependency, "name");
            let in_tests = dependency["kind"] == "dev";
            let ours = target.starts_with("fabu-");
            // A crate may name itself in its tests, to switch a feature on.
            let for_tests = in_tests && (FOR_TESTS.contains(&target) || target == name);
            if ours && !allowed.contains(&target) && !for_tests {
                problems.push(format!("{name} must not depend on {target}: allowed are {allowed:?}"));
            }
            if DATABASE.0.contains(&target) && name != DATABASE.1 {
                problems.push(format!("{name} must not depend on {target}: only {} speaks to the database", DATABASE.1));
            }
            if name == PURE.0 && !ours && !in_tests && !PURE.1.contains(&target) {
                problems.push(format!("{name} must not depend on {target}: it is pure; allowed are {:?}", PURE.1));
            }
        }
    }
    problems
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(name: &str, dependency: &str, kind: Option<&str>) -> usize {
        problems(&json!({"packages": [{"name": name, "dependencies": [{"name": dependency, "kind": kind}]}]})).len()
    }

    #[test]
    fn refuses_an_arrow_that_points_back() {
        assert_eq!(found("fabu-store", "fabu-app", None), 1);
        assert_eq!(found("fabu-domain", "fabu-store", Some("dev")), 1);
        assert_eq!(found("fabu-app", "fabu-store", None), 0);
    }

    #[test]
    fn refuses_the_database_outside_the_store_even_in_tests() {
        assert_eq!(found("fabu-api", "diesel", None), 1);
        assert_eq!(found("fabu-testkit", "diesel", Some("dev")), 1);
        assert_eq!(found("fabu-store", "diesel", None), 0);
    }

    #[test]
    fn refuses_input_and_output_in_the_domain() {
        assert_eq!(found("fabu-domain", "tokio", None), 1);
        assert_eq!(found("fabu-domain", "serde", None), 0);
        assert_eq!(found("fabu-domain", "proptest", Some("dev")), 0);
    }

    #[test]
    fn test_support_is_for_tests_only() {
        assert_eq!(found("fabu-api", "fabu-testkit", Some("dev")), 0);
        assert_eq!(found("fabu-api", "fabu-testkit", None), 1);
        assert_eq!(found("fabu-store", "fabu-scenario", Some("dev")), 0);
        assert_eq!(found("fabu-store", "fabu-scenario", None), 1);
        assert_eq!(found("fabu-store", "fabu-store", Some("dev")), 0);
    }

    #[test]
    fn refuses_a_crate_without_a_row() {
        assert_eq!(found("fabu-surprise", "serde", None), 1);
    }
}
