//! The tables of the release aggregate as diesel sees them. Columns and order as in `migrations/*/0002_releases/up.sql`.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    releases (id) {
        id -> UuidSql,
        number -> Text,
        title -> Text,
        kind -> Text,
        customer_id -> Nullable<UuidSql>,
        owner_id -> Nullable<UuidSql>,
        stage -> Text,
        suspended -> Bool,
        verdict -> Nullable<Text>,
        verdict_at -> Nullable<UtcSql>,
        verdict_quarter -> Nullable<Text>,
        window_start -> Nullable<UtcSql>,
        window_end -> Nullable<UtcSql>,
        imported_number -> Nullable<Text>,
        system -> Text,
        created_at -> UtcSql,
        version -> BigInt,
        touched -> BigInt,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    release_service_objects (release_id, position) { release_id -> UuidSql, position -> Integer, service_object_id -> UuidSql, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    release_changes (release_id, change_id) { release_id -> UuidSql, change_id -> UuidSql, position -> Integer, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    release_roles (release_id, position) {
        release_id -> UuidSql,
        position -> Integer,
        role -> Text,
        user_id -> UuidSql,
        since -> UtcSql,
        until -> Nullable<UtcSql>,
        assigned_by -> UuidSql,
        reason -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    documents (subject_id, kind) {
        subject_id -> UuidSql,
        kind -> Text,
        number -> Text,
        saves -> BigInt,
        draft -> Nullable<Text>,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    document_revisions (subject_id, kind, revision) {
        subject_id -> UuidSql,
        kind -> Text,
        revision -> Integer,
        sha256 -> Text,
        submitted_by -> UuidSql,
        submitted_at -> UtcSql,
        content -> Text,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    approvals (id) {
        id -> UuidSql,
        subject_id -> UuidSql,
        position -> Integer,
        kind -> Text,
        state -> Text,
        due_at -> UtcSql,
        opened_at -> UtcSql,
        body -> Text,
        opened_by -> Nullable<UuidSql>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    approval_members (approval_id, user_id) { approval_id -> UuidSql, user_id -> UuidSql, awaited -> Bool, due_at -> UtcSql, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    tasks (id) {
        id -> UuidSql,
        subject_id -> UuidSql,
        position -> Integer,
        kind -> Text,
        state -> Text,
        is_open -> Bool,
        assignee_id -> UuidSql,
        verifier_id -> Nullable<UuidSql>,
        blocks -> Text,
        due_at -> UtcSql,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    release_units (id) {
        id -> UuidSql,
        release_id -> UuidSql,
        position -> Integer,
        name -> Text,
        version -> Text,
        sha256 -> Text,
        withdrawn -> Bool,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    test_cases (id) { id -> UuidSql, release_id -> UuidSql, position -> Integer, category -> Text, body -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    test_runs (release_id, position) {
        release_id -> UuidSql,
        position -> Integer,
        case_id -> UuidSql,
        unit_id -> UuidSql,
        unit_sha256 -> Text,
        result -> Text,
        run_at -> UtcSql,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    run_sheet_entries (release_id, position) {
        release_id -> UuidSql,
        position -> Integer,
        kind -> Text,
        step -> Text,
        recorded_at -> UtcSql,
        body -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    configuration_changes (id) {
        id -> UuidSql,
        release_id -> UuidSql,
        position -> Integer,
        item -> Text,
        state -> Text,
        due_at -> Nullable<UtcSql>,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    release_bookings (release_id, position) {
        release_id -> UuidSql,
        position -> Integer,
        user_id -> UuidSql,
        starts_at -> UtcSql,
        ends_at -> UtcSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    release_items (release_id, item_key) { release_id -> UuidSql, item_key -> Text, item -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    release_conflicts (release_id, key) {
        release_id -> UuidSql,
        key -> Text,
        severity -> Text,
        known_since -> UtcSql,
        gone_at -> Nullable<UtcSql>,
        other -> Nullable<Text>,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    release_flags (release_id, kind) { release_id -> UuidSql, kind -> Text, due_at -> UtcSql, flagged_at -> UtcSql, }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    reminders (key, user_id) {
        key -> Text,
        user_id -> UuidSql,
        release_id -> Nullable<UuidSql>,
        raised_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    subjects (subject_id) { subject_id -> UuidSql, kind -> Text, address -> Text, }
}

use crate::schema::{change_service_objects, changes, events, folded_names, service_objects};
diesel::allow_tables_to_appear_in_same_query!(
    releases,
    subjects,
    release_service_objects,
    release_changes,
    release_roles,
    release_flags,
    release_units,
    approvals,
    approval_members,
    tasks,
    configuration_changes,
    release_bookings,
    release_conflicts,
    release_items,
    changes,
    change_service_objects,
    service_objects,
    events,
    folded_names,
);
