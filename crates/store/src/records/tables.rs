//! Every table, and what proves its rows. A table that is not in this list fails a test.

/// What proves the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The log holds the digest of every row.
    Covered,
    /// The hash chain of the log.
    Chain,
    /// No rule, figure or record reads it.
    None,
}

/// A table and its proof.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) proof: Proof,
    /// What people call a row: `{column}`, and `{body.title}` for a member of a JSON object. An id in it is shown as what the
    /// row with that id is called.
    pub(crate) called: &'static str,
    /// Columns that are left out of the digest: no rule, figure or record reads them.
    pub(crate) apart: &'static [&'static str],
    /// Why it has this proof; why columns are left out.
    pub(crate) why: &'static str,
}

const fn covered(name: &'static str, called: &'static str, why: &'static str) -> Table {
    Table { name, proof: Proof::Covered, called, apart: &[], why }
}

const fn covered_without(name: &'static str, called: &'static str, apart: &'static [&'static str], why: &'static str) -> Table {
    Table { name, proof: Proof::Covered, called, apart, why }
}

const fn chain(name: &'static str, why: &'static str) -> Table {
    Table { name, proof: Proof::Chain, called: "", apart: &[], why }
}

const fn none(name: &'static str, why: &'static str) -> Table {
    Table { name, proof: Proof::None, called: "", apart: &[], why }
}

/// The list. The order is the order of the check.
pub(crate) const TABLES: &[Table] = &[
    covered("instance", "instance setting {key}", "says whose instance this is, and whether its data are an example"),
    covered("departments", "department {name}", "their heads sit on panels"),
    covered("users", "person {login}", "who exists, under which name"),
    covered("user_roles", "person {user_id}, role {role}", "what a person may do"),
    covered_without(
        "user_credentials",
        "person {user_id}, password",
        &["failed_attempts", "locked_until"],
        "who can sign in as whom; counted attempts decide nothing about a record and would each need an entry",
    ),
    covered("customers", "customer {name}", "whose services are released"),
    covered(
        "customer_representatives",
        "customer {customer_id}, representative {user_id}",
        "who may accept for a customer, and when",
    ),
    covered("service_objects", "service object {code}", "what is released"),
    covered(
        "service_object_departments",
        "service object {service_object_id}, department {department_id}",
        "which departments review",
    ),
    covered("deputies", "deputy {deputy_id} of {principal_id}", "who may act for whom"),
    covered("calendar_years", "working calendar {year}", "working time, from which due times follow"),
    covered("calendar_days", "working calendar {year}, day {day}", "working time, from which due times follow"),
    covered("changes", "change {number}", "approved changes, the origin of a release"),
    covered("change_service_objects", "change {change_id}, service object {service_object_id}", "what a change touches"),
    covered_without("releases", "release {number}", &["touched"], "the release; `touched` only serves the lock and the cache"),
    covered(
        "release_service_objects",
        "release {release_id}, service object {service_object_id}",
        "what a release changes, and the figures by system",
    ),
    covered("release_changes", "release {release_id}, change {change_id}", "which changes a release carries out"),
    covered("release_roles", "release {release_id}, role {role} of {user_id}", "the team of a release"),
    covered("documents", "{subject_id}, document {number} ({kind})", "numbers and drafts of documents"),
    covered("document_revisions", "{subject_id}, document {kind}, revision {revision}", "what was submitted and approved"),
    covered("approvals", "{subject_id}, approval {kind}", "panels, votes and their outcome"),
    covered("approval_members", "{approval_id}, member {user_id}", "who is still asked"),
    covered("tasks", "{subject_id}, task \"{body.title}\"", "obligations and their evidence"),
    covered("release_units", "release {release_id}, release unit {name} {version}", "what is deployed, with its hash"),
    covered("test_cases", "release {release_id}, test case \"{body.title}\"", "what is tested"),
    covered("test_runs", "release {release_id}, test run {body.n}", "results of tests"),
    covered("run_sheet_entries", "release {release_id}, run sheet entry {body.n} ({step})", "what was done at the deployment"),
    covered("configuration_changes", "release {release_id}, configuration item {item}", "updates of configuration items"),
    covered("attachments", "release {release_id}, file {file_name}", "files; their bytes are hashed and compared with the row"),
    covered(
        "media_files",
        "media item {media_item_id}, file {file_name}",
        "what media are made of; the bytes are hashed and compared with the row",
    ),
    covered("release_flags", "release {release_id}, flag {kind}", "late releases"),
    covered(
        "release_conflicts",
        "release {release_id}, conflict {key}",
        "what stood against a window, and since when it was known",
    ),
    covered("reminders", "reminder {key} to {user_id}", "who was reminded of what"),
    covered("reports", "quarterly report {number}, revision {revision}", "quarterly reports and their figures"),
    covered("procedure_versions", "procedure version {label}", "the procedure in force and those before it"),
    covered("subjects", "what {address} is", "what approvals and tasks are about"),
    covered("report_sendings", "{schedule_id}, sending {slot}", "who was sent a report"),
    covered("notification_settings", "person {user_id}, notification settings", "how a person wants to be notified"),
    covered(
        "register_records",
        "{register} {body.name}",
        "the registers without a table of their own: who is sent a report, where messages to groups go",
    ),
    covered("counters", "running number {name} of {year}", "running numbers of documents and releases"),
    chain("events", "the log: each entry is part of the chain"),
    chain("event_records", "the digests: their hash is part of the seal of their entry"),
    chain("seals", "the chain itself"),
    chain("unsealed_events", "entries that are not part of the chain yet; they must not be older than the rest of the log"),
    none("directory_state", "a version number that serves the cache"),
    none("sessions", "who is signed in at the moment; a sign-in is an entry of the log"),
    none("attempt_limits", "wrong passwords counted for a while; what they lead to is an entry of the log"),
    none("folded_names", "spellings of names for the search, made anew from the records"),
    none("release_bookings", "when the plans of releases need whom, made anew from the plans"),
    none("release_items", "which items releases change, made anew from their lists"),
    none("register_facets", "what lists of registers are filtered by, made anew from the records"),
    none("register_words", "words by which records of registers are found, made anew from the records"),
    none("jobs", "work that waits; what it brings about is an entry of the log"),
    none("schedules", "which periodic job was put in last; what it brings about is an entry of the log"),
    none("ways", "which channels were found closed"),
    none("deliveries", "messages on their way; the step that a message tells of is an entry of the log"),
    none("delivery_attempts", "tries to send a message"),
    none("idempotency_keys", "answers kept for a day for requests that are repeated"),
];

/// Tables that earlier versions of the schema had and whose rows the log proved; a migration moves them elsewhere.
pub(crate) const FORMER: &[Table] = &[covered("robots", "", ""), covered("report_schedules", "", "")];

/// The tables whose rows the log proves.
pub(crate) fn covered_tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.proof == Proof::Covered)
}

/// The list as a page: which table is proven by what, and why.
#[must_use]
pub fn proof_page() -> String {
    let mut page = String::from(
        "<!-- Made by `cargo xtask tables`; do not edit. -->\n\n# 记录的证明 Proof of the records\n\n\
         `fabu verify` finds a change made outside the program in every row of every table but the last kind.\n\n\
         Digests and seals carry no secret. Who may write to the database and knows the format can change a record and add an \
         entry with its digest that looks like the program's own; the server seals it, and the check finds nothing. What \
         protects is who may write to the database, and the head of the chain kept outside: what was sealed until then cannot be \
         changed unseen.\n\n\
         | table | proof | left out | why |\n|---|---|---|---|\n",
    );
    for table in TABLES {
        let proof = match table.proof {
            Proof::Covered => "digest of each row in the log",
            Proof::Chain => "hash chain",
            Proof::None => "none",
        };
        let apart: Vec<String> = table.apart.iter().map(|column| format!("`{column}`")).collect();
        page.push_str(&format!("| `{}` | {proof} | {} | {} |\n", table.name, apart.join(", "), table.why));
    }
    page
}
