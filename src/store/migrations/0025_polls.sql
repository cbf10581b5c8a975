-- A poll: several people say which of several times suit them, until the organiser picks one. Its rows are the
-- organiser's; who is asked reads them through poll_voters or a private link.
CREATE TABLE polls (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    uid TEXT NOT NULL,                        -- of the organiser's calendar entry, once a time is picked
    state TEXT NOT NULL,                      -- open, picked, closed, expired
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    message TEXT NOT NULL,
    zone TEXT NOT NULL,                       -- IANA name: the place's
    place TEXT NOT NULL,
    address TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lng DOUBLE PRECISION,
    is_public INTEGER NOT NULL,               -- a private address is told once a time is picked
    created_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,                -- the start of the last time
    picked INTEGER,                           -- a number in poll_times
    PRIMARY KEY (owner_id, id)
);

CREATE TABLE poll_times (
    owner_id BIGINT NOT NULL,
    poll_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, poll_id, number),
    FOREIGN KEY (owner_id, poll_id) REFERENCES polls (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

CREATE TABLE poll_voters (
    owner_id BIGINT NOT NULL,
    poll_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    must_come INTEGER NOT NULL,
    name TEXT NOT NULL,                       -- as the owner knows them
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,  -- when they have one here
    identity_id BIGINT,                       -- the owner's person, through one of its identities
    email TEXT NOT NULL,                      -- of who has no account; empty: the link is passed on by hand
    zone TEXT NOT NULL,                       -- in which who has no account reads times
    answered_at BIGINT,
    mailed_at BIGINT,
    refused_at BIGINT,                        -- the address takes no mail
    meeting_id BIGINT,                        -- what became of it for this one
    PRIMARY KEY (owner_id, poll_id, number),
    FOREIGN KEY (owner_id, poll_id) REFERENCES polls (owner_id, id) ON DELETE CASCADE
);
CREATE INDEX poll_voters_by_account ON poll_voters (account_id, poll_id);

CREATE TABLE poll_wishes (
    owner_id BIGINT NOT NULL,
    poll_id BIGINT NOT NULL,
    voter INTEGER NOT NULL,
    number INTEGER NOT NULL,                  -- of the time
    wish TEXT NOT NULL,                       -- yes, if_need_be, no
    PRIMARY KEY (owner_id, poll_id, voter, number),
    FOREIGN KEY (owner_id, poll_id, voter) REFERENCES poll_voters (owner_id, poll_id, number) ON DELETE CASCADE
){{without_rowid}};

-- Private links of voters without an account: every mail has one of its own, and all of them work.
CREATE TABLE poll_links (
    owner_id BIGINT NOT NULL,
    poll_id BIGINT NOT NULL,
    voter INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,          -- SHA-256, hex
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, poll_id, voter, token_hash),
    FOREIGN KEY (owner_id, poll_id, voter) REFERENCES poll_voters (owner_id, poll_id, number) ON DELETE CASCADE
){{without_rowid}};

-- The meetings for two that a picked time made are one gathering to their organiser.
ALTER TABLE meetings ADD COLUMN poll_id BIGINT;
CREATE INDEX meetings_by_poll ON meetings (owner_id, poll_id);
