-- What becomes late and what is reported: the working calendar, releases that are overdue, reports of quarters,
-- reminders, and who is sent which report when.
CREATE TABLE calendar_years (
    year INTEGER NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- A day may be named by the arrangements of two years (the last days of December); the later year counts.
CREATE TABLE calendar_days (
    year INTEGER NOT NULL REFERENCES calendar_years (year),
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'working')),
    PRIMARY KEY (year, day)
) STRICT, WITHOUT ROWID;

-- Releases that are overdue now; what was overdue before is in the log.
CREATE TABLE release_flags (
    release_id TEXT NOT NULL REFERENCES releases (id),
    kind TEXT NOT NULL,
    due_at TEXT NOT NULL,
    flagged_at TEXT NOT NULL,
    PRIMARY KEY (release_id, kind)
) STRICT, WITHOUT ROWID;

-- `period` is a quarter such as 2026Q4. A first report exists once; what changes an approved one is the next revision.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    sha256 TEXT,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT reports_period UNIQUE (kind, period, revision)
) STRICT;

-- Each step of each reminder once; `digest_day` is the day on which the person was told of it in a digest.
CREATE TABLE reminders (
    key TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    release_id TEXT REFERENCES releases (id),
    raised_at TEXT NOT NULL,
    digest_day TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (key, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminders_by_user ON reminders (user_id, digest_day, raised_at);

CREATE TABLE report_schedules (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What was sent by which schedule for which slot, once.
CREATE TABLE report_sendings (
    schedule_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (schedule_id, slot)
) STRICT, WITHOUT ROWID;

-- Sent unless somebody arranges it otherwise: the digest at 08:40 on working days, the report on the fifth one.
INSERT INTO report_schedules (id, kind, active, version, body) VALUES
    ('06060000-0000-7000-8000-000000000001', 'daily_digest', 1, 1, '{"id": "06060000-0000-7000-8000-000000000001", "name": "每日摘要", "report": "daily_digest", "roles": ["release_owner", "release_administrator", "release_tester", "implementer", "configuration_administrator", "change_manager", "department_head", "support_staff", "improvement_manager", "operations", "general_manager", "process_owner", "auditor", "system_administrator"], "users": [], "minute": 520, "working_day": 1, "active": true, "version": 1}'),
    ('06060000-0000-7000-8000-000000000002', 'quarterly_report', 1, 1, '{"id": "06060000-0000-7000-8000-000000000002", "name": "季度报告", "report": "quarterly_report", "roles": ["release_owner", "process_owner", "general_manager", "department_head", "improvement_manager"], "users": [], "minute": 545, "working_day": 5, "active": true, "version": 1}');

-- The arrangement of the State Council for 2026.
INSERT INTO calendar_years (year, source, updated_at, version) VALUES
    (2026, '国务院办公厅关于2026年部分节假日安排的通知', '2025-11-04 00:00:00.000000', 1);
INSERT INTO calendar_days (year, day, name, kind) VALUES
    (2026, '2026-01-01', '元旦', 'off'),
    (2026, '2026-01-02', '元旦', 'off'),
    (2026, '2026-01-03', '元旦', 'off'),
    (2026, '2026-01-04', '元旦', 'working'),
    (2026, '2026-02-14', '春节', 'working'),
    (2026, '2026-02-15', '春节', 'off'),
    (2026, '2026-02-16', '春节', 'off'),
    (2026, '2026-02-17', '春节', 'off'),
    (2026, '2026-02-18', '春节', 'off'),
    (2026, '2026-02-19', '春节', 'off'),
    (2026, '2026-02-20', '春节', 'off'),
    (2026, '2026-02-21', '春节', 'off'),
    (2026, '2026-02-22', '春节', 'off'),
    (2026, '2026-02-23', '春节', 'off'),
    (2026, '2026-02-28', '春节', 'working'),
    (2026, '2026-04-04', '清明节', 'off'),
    (2026, '2026-04-05', '清明节', 'off'),
    (2026, '2026-04-06', '清明节', 'off'),
    (2026, '2026-05-01', '劳动节', 'off'),
    (2026, '2026-05-02', '劳动节', 'off'),
    (2026, '2026-05-03', '劳动节', 'off'),
    (2026, '2026-05-04', '劳动节', 'off'),
    (2026, '2026-05-05', '劳动节', 'off'),
    (2026, '2026-05-09', '劳动节', 'working'),
    (2026, '2026-06-19', '端午节', 'off'),
    (2026, '2026-06-20', '端午节', 'off'),
    (2026, '2026-06-21', '端午节', 'off'),
    (2026, '2026-09-20', '国庆节', 'working'),
    (2026, '2026-09-25', '中秋节', 'off'),
    (2026, '2026-09-26', '中秋节', 'off'),
    (2026, '2026-09-27', '中秋节', 'off'),
    (2026, '2026-10-01', '国庆节', 'off'),
    (2026, '2026-10-02', '国庆节', 'off'),
    (2026, '2026-10-03', '国庆节', 'off'),
    (2026, '2026-10-04', '国庆节', 'off'),
    (2026, '2026-10-05', '国庆节', 'off'),
    (2026, '2026-10-06', '国庆节', 'off'),
    (2026, '2026-10-07', '国庆节', 'off'),
    (2026, '2026-10-10', '国庆节', 'working');
