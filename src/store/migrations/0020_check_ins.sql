-- "I'm here for an hour", "free to meet on Thursday", and who may see it. What is over is deleted: no history is kept.
CREATE TABLE check_ins (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who has one at a time
    id BIGINT NOT NULL,
    place TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,            -- the middle of a 0.1 degree cell unless is_exact
    lng DOUBLE PRECISION NOT NULL,
    is_exact INTEGER NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX check_ins_by_end ON check_ins (until_at);
-- Whom the owner chose, as it was then.
CREATE TABLE check_in_shown (
    owner_id BIGINT NOT NULL,
    check_in_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (owner_id, check_in_id, account_id),
    FOREIGN KEY (owner_id, check_in_id) REFERENCES check_ins (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX check_in_shown_by_account ON check_in_shown (account_id, owner_id);

-- Who wants to be told when somebody of these circles is near, and is told of to them in turn: JSON of core::Circles.
ALTER TABLE accounts ADD COLUMN nearby_circles TEXT;
-- Who is near whom just now: a row on either side or on none. Kept without a place until another may be written.
CREATE TABLE nearby_notes (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    check_in_owner BIGINT NOT NULL,           -- whose check-in it was
    until_at BIGINT NOT NULL,                 -- the check-in's
    quiet_until BIGINT NOT NULL,              -- no further note about the two before
    seen_at BIGINT,
    PRIMARY KEY (owner_id, account_id)
){{without_rowid}};
CREATE INDEX nearby_notes_by_account ON nearby_notes (account_id);
CREATE INDEX nearby_notes_by_end ON nearby_notes (quiet_until);

CREATE TABLE free_windows (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    kind TEXT,                                -- of the meeting; null: whatever
    place TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,            -- the middle of a 0.1 degree cell
    lng DOUBLE PRECISION NOT NULL,
    radius_km INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX free_windows_by_end ON free_windows (end_at);
CREATE TABLE free_window_shown (
    owner_id BIGINT NOT NULL,
    window_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (owner_id, window_id, account_id),
    FOREIGN KEY (owner_id, window_id) REFERENCES free_windows (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX free_window_shown_by_account ON free_window_shown (account_id, owner_id);
