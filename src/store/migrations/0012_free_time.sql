-- When an account likes to meet, and who may see when it is free.
CREATE TABLE meeting_paces (
    owner_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,  -- who has said; else the usual habits hold
    a_week INTEGER,                           -- at most so many meetings a week; null: any number
    rest_minutes BIGINT NOT NULL              -- between two meetings
);
CREATE TABLE meeting_hours (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    weekday INTEGER NOT NULL,                 -- 1 Monday to 7 Sunday
    start_minute INTEGER NOT NULL,            -- of the owner's wall time, from midnight
    end_minute INTEGER NOT NULL,
    PRIMARY KEY (owner_id, weekday, start_minute)
){{without_rowid}};
CREATE TABLE days_kept_free (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    first_day BIGINT NOT NULL,                -- days from 1970-01-01
    last_day BIGINT NOT NULL,
    PRIMARY KEY (owner_id, first_day, last_day)
){{without_rowid}};
CREATE TABLE free_time_shares (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,   -- who may see
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, account_id)
){{without_rowid}};
CREATE INDEX free_time_shares_by_account ON free_time_shares (account_id, owner_id);
-- The private address of an account's free and busy time.
CREATE TABLE free_busy_links (
    owner_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE           -- SHA-256, hex
);

-- What takes whole days takes them in whatever zone its owner is. Days from 1970-01-01; null: it has hours.
ALTER TABLE busy ADD COLUMN first_day BIGINT;
ALTER TABLE busy ADD COLUMN last_day BIGINT;
