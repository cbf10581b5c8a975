-- Reminders with their reasons, how many an owner wants of them, and goals by relation.
CREATE TABLE reminders (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                       -- core::ReminderKind by name
    about TEXT NOT NULL,                      -- the reason within its kind, which never comes twice
    person_id BIGINT,
    meeting_id BIGINT,
    encounter_id BIGINT,
    at BIGINT,                                -- of the meeting: one that was moved is another reason
    touched_at BIGINT,                        -- the last time of contact behind it: a later one answers it
    text TEXT NOT NULL,
    why TEXT NOT NULL,                        -- a sentence a line
    weight DOUBLE PRECISION NOT NULL,
    due_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    snoozed_until BIGINT,
    done_at BIGINT,
    mailed_at BIGINT,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX reminders_by_reason ON reminders (owner_id, kind, about);
CREATE INDEX reminders_by_age ON reminders (owner_id, created_at);
CREATE INDEX reminders_open ON reminders (owner_id, until_at) WHERE done_at IS NULL;
CREATE INDEX reminders_by_person ON reminders (owner_id, person_id);

CREATE TABLE reminder_settings (
    owner_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,  -- who has said; else the usual holds
    a_week INTEGER NOT NULL,                  -- at most; 0: none
    muted TEXT NOT NULL,                      -- kinds, parted by commas
    digest INTEGER NOT NULL,                  -- one mail a week
    digest_day INTEGER NOT NULL,              -- 1 Monday to 7 Sunday
    paused_until BIGINT
);

-- When an account's reminders are made next, and when its last weekly mail was. 0: at once.
ALTER TABLE accounts ADD COLUMN reminders_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN digest_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX accounts_by_reminders ON accounts (reminders_at, id);

-- The card's birthday, as month times 100 plus day; 0: none is known; null: nobody has looked yet.
ALTER TABLE people ADD COLUMN birthday INTEGER;
ALTER TABLE people ADD COLUMN birth_year INTEGER NOT NULL DEFAULT 0;
CREATE INDEX people_by_birthday ON people (owner_id, birthday) WHERE birthday > 0;
CREATE INDEX people_birthday_unread ON people (owner_id, id) WHERE birthday IS NULL;
-- How often the owner wants to be in touch.
ALTER TABLE people ADD COLUMN cadence_days INTEGER;
ALTER TABLE people ADD COLUMN cadence_from BIGINT;  -- when the owner last said that it was seen to
CREATE INDEX people_by_cadence ON people (owner_id, id) WHERE cadence_days IS NOT NULL;

CREATE TABLE goals_by_relation (
    owner_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    relation TEXT NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (owner_id, year, relation)
){{without_rowid}};
ALTER TABLE goals ADD COLUMN paused_at BIGINT;
ALTER TABLE goals ADD COLUMN paused_for BIGINT NOT NULL DEFAULT 0;  -- milliseconds of pauses that are over
