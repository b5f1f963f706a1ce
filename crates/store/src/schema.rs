//! The tables as diesel sees them. Columns and order as in the migrations `0001_foundation` and `0003_worker`.

diesel::table! {
    directory_state (id) { id -> Integer, version -> BigInt, }
}
diesel::table! {
    instance (key) { key -> Text, value -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    departments (id) {
        id -> UuidSql,
        name -> Text,
        head_id -> Nullable<UuidSql>,
        deputy_head_id -> Nullable<UuidSql>,
        active -> Bool,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    users (id) {
        id -> UuidSql,
        login -> Text,
        name -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        department_id -> Nullable<UuidSql>,
        position -> Nullable<Text>,
        language -> Text,
        active -> Bool,
        session_version -> BigInt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    user_roles (user_id, role) { user_id -> UuidSql, role -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    user_credentials (user_id) {
        user_id -> UuidSql,
        password_hash -> Text,
        must_change -> Bool,
        expires_at -> Nullable<UtcSql>,
        failed_attempts -> Integer,
        locked_until -> Nullable<UtcSql>,
        changed_at -> UtcSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    customers (id) {
        id -> UuidSql,
        name -> Text,
        contract -> Nullable<Text>,
        active -> Bool,
        version -> BigInt,
        business_days -> Nullable<Text>,
        opens -> Nullable<Integer>,
        closes -> Nullable<Integer>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    customer_representatives (customer_id, position) {
        customer_id -> UuidSql,
        position -> Integer,
        user_id -> UuidSql,
        from_day -> Date,
        until_day -> Nullable<Date>,
        internal_reason -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    service_objects (id) {
        id -> UuidSql,
        code -> Text,
        name -> Text,
        customer_id -> UuidSql,
        active -> Bool,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    service_object_departments (service_object_id, position) {
        service_object_id -> UuidSql,
        position -> Integer,
        department_id -> UuidSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    deputies (id) {
        id -> UuidSql,
        principal_id -> UuidSql,
        deputy_id -> UuidSql,
        from_day -> Date,
        until_day -> Date,
        absent -> Bool,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UtcSql, UuidSql};
    changes (id) {
        id -> UuidSql,
        number -> Text,
        title -> Text,
        description -> Nullable<Text>,
        kind -> Text,
        requested_by -> Text,
        requested_at -> UtcSql,
        state -> Text,
        approval -> Nullable<JsonSql>,
        release_id -> Nullable<UuidSql>,
        registered_by -> UuidSql,
        registered_at -> UtcSql,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    folded_names (kind, subject_id) { kind -> Text, subject_id -> UuidSql, unique_key -> Nullable<Text>, words -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    change_service_objects (change_id, position) {
        change_id -> UuidSql,
        position -> Integer,
        service_object_id -> UuidSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    sessions (id) {
        id -> UuidSql,
        user_id -> UuidSql,
        family -> UuidSql,
        token_hash -> Binary,
        session_version -> BigInt,
        authenticated_at -> UtcSql,
        issued_at -> UtcSql,
        expires_at -> UtcSql,
        ends_at -> UtcSql,
        rotated_at -> Nullable<UtcSql>,
        successor -> Nullable<UuidSql>,
        revoked_at -> Nullable<UtcSql>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    media_files (id) {
        id -> UuidSql,
        media_item_id -> UuidSql,
        file_name -> Text,
        format -> Text,
        format_version -> Text,
        components -> BigInt,
        described_sha256 -> Nullable<Text>,
        size -> BigInt,
        sha256 -> Text,
        storage_key -> Text,
        uploaded_by -> UuidSql,
        uploaded_at -> UtcSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    attachments (id) {
        id -> UuidSql,
        release_id -> UuidSql,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        storage_key -> Text,
        uploaded_by -> UuidSql,
        uploaded_at -> UtcSql,
        addendum_reason -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UtcSql, UuidSql};
    jobs (id) {
        id -> UuidSql,
        kind -> Text,
        payload -> JsonSql,
        status -> Text,
        attempts -> Integer,
        max_attempts -> Integer,
        run_at -> UtcSql,
        lease_until -> Nullable<UtcSql>,
        unique_key -> Nullable<Text>,
        last_error -> Nullable<Text>,
        created_at -> UtcSql,
        finished_at -> Nullable<UtcSql>,
        queue -> Text,
        claims -> BigInt,
        losses -> Integer,
        losses_alone -> Integer,
        alone -> Bool,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UtcSql;
    schedules (name) { name -> Text, through -> UtcSql, slot -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UtcSql;
    ways (name) { name -> Text, opened_at -> UtcSql, }
}
diesel::table! {
    attempt_limits (key) { key -> Text, until_ms -> BigInt, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UtcSql, UuidSql};
    deliveries (id) {
        id -> UuidSql,
        dedupe_key -> Text,
        channel -> Text,
        recipient_id -> Nullable<UuidSql>,
        address -> Text,
        kind -> Text,
        release_id -> Nullable<UuidSql>,
        event_id -> Nullable<UuidSql>,
        language -> Text,
        notice -> JsonSql,
        state -> Text,
        attempts -> Integer,
        next_at -> Nullable<UtcSql>,
        sent_at -> Nullable<UtcSql>,
        last_error -> Nullable<Text>,
        created_at -> UtcSql,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    delivery_attempts (delivery_id, number) {
        delivery_id -> UuidSql,
        number -> Integer,
        at -> UtcSql,
        outcome -> Text,
        detail -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UuidSql};
    notification_settings (user_id) { user_id -> UuidSql, choices -> JsonSql, version -> BigInt, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UtcSql};
    idempotency_keys (principal, key) {
        principal -> Text,
        key -> Text,
        route -> Text,
        body_sha256 -> Binary,
        status -> Nullable<Integer>,
        headers -> Nullable<JsonSql>,
        body -> Nullable<Binary>,
        created_at -> UtcSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{JsonSql, UtcSql, UuidSql};
    events (id) {
        id -> UuidSql,
        kind -> Text,
        version -> Integer,
        subject -> Text,
        release_id -> Nullable<UuidSql>,
        release_version -> Nullable<BigInt>,
        actor -> Nullable<UuidSql>,
        on_behalf_of -> Nullable<UuidSql>,
        request_id -> Text,
        occurred_at -> UtcSql,
        recorded_at -> UtcSql,
        payload -> JsonSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    unsealed_events (position) { position -> BigInt, event_id -> UuidSql, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    seals (seq) { seq -> BigInt, event_id -> UuidSql, prev_hash -> Binary, hash -> Binary, }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UtcSql;
    calendar_years (year) { year -> Integer, source -> Text, updated_at -> UtcSql, version -> BigInt, }
}
diesel::table! {
    calendar_days (year, day) { year -> Integer, day -> Date, name -> Text, kind -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    register_records (id) {
        id -> UuidSql,
        register -> Text,
        position -> Text,
        active -> Bool,
        version -> BigInt,
        body -> Text,
        sealed -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    register_facets (register, name, value, record_id) {
        register -> Text,
        name -> Text,
        value -> Text,
        record_id -> UuidSql,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    register_words (register, word, record_id) { register -> Text, word -> Text, record_id -> UuidSql, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    report_sendings (schedule_id, slot) { schedule_id -> UuidSql, slot -> Text, sent_at -> UtcSql, body -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    procedure_versions (id) { id -> UuidSql, label -> Text, version -> BigInt, body -> Text, }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{UtcSql, UuidSql};
    reports (id) {
        id -> UuidSql,
        kind -> Text,
        period -> Text,
        revision -> Integer,
        number -> Text,
        state -> Text,
        created_at -> UtcSql,
        sha256 -> Nullable<Text>,
        version -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::UuidSql;
    event_records (event_id) { event_id -> UuidSql, position -> BigInt, records -> Text, sha256 -> Text, }
}

diesel::allow_tables_to_appear_in_same_query!(events, event_records, seals, unsealed_events);
diesel::allow_tables_to_appear_in_same_query!(jobs, schedules);
diesel::allow_tables_to_appear_in_same_query!(register_records, register_facets, register_words, folded_names);
diesel::allow_tables_to_appear_in_same_query!(deliveries, delivery_attempts);
diesel::allow_tables_to_appear_in_same_query!(users, user_roles);
