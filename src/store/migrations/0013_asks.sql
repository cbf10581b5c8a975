-- Asks of an owner: whom she looks for, as she wrote it and as it was taken apart, and how those whom she asked answered.
CREATE TABLE asks (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    parts TEXT NOT NULL,                      -- JSON of core::Ask
    wanted INTEGER,                           -- how many; null: she does not say, and closes it herself
    created_at BIGINT NOT NULL,
    closed_at BIGINT,                         -- by the owner, or by itself when as many as wanted were met
    PRIMARY KEY (owner_id, id)
);

CREATE TABLE ask_people (
    owner_id BIGINT NOT NULL,
    ask_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    state TEXT NOT NULL,                      -- asked, yes, not_now, met; left_out: not to be shown for this ask
    asked_at BIGINT,                          -- null: left out without being asked
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, ask_id, person_id),
    FOREIGN KEY (owner_id, ask_id) REFERENCES asks (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
-- How often somebody was asked lately, whatever for; all of a row, or SQLite reads every ask of the owner's instead.
CREATE INDEX ask_people_by_person ON ask_people (owner_id, person_id, asked_at, state, changed_at);

-- The chance that they say yes at most, until facts change (core/asks/match). Whoever was there before is due to be summed up
-- again, which tells it.
ALTER TABLE people ADD COLUMN warmth DOUBLE PRECISION NOT NULL DEFAULT 0;
CREATE INDEX people_by_warmth ON people (owner_id, warmth, id);
CREATE INDEX people_by_relation ON people (owner_id, relation, warmth, id);
UPDATE people SET due_at = 0;
