//! The HTTP API seen from outside: one module per resource.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

mod approvals;
mod attachments;
mod auth;
mod auth_limits;
mod bodies;
mod calendar;
mod changes;
mod configuration;
mod coverage;
mod customers;
mod deliveries;
mod departments;
mod deputies;
mod digests;
mod documents;
mod events;
mod failure_reviews;
mod headers;
mod idempotency;
mod jobs;
mod kpi;
mod limits;
mod live;
mod mail_faults;
mod me;
mod odd_values;
mod openapi;
mod outcome_unknown;
mod overdue;
mod quarterly_reports;
mod readiness;
mod reasons;
mod records;
mod release_lists;
mod releases;
mod report_schedules;
mod robots;
mod run_sheet;
mod sending;
mod service_objects;
mod tasks;
mod tokens;
mod users;
