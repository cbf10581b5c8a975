-- Meetings for two. Each side that has an account here keeps a copy of its own under the same id; both are written in
-- one transaction. The organiser's copy is the meeting's home. Times are UTC milliseconds.
CREATE TABLE meetings (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    uid TEXT NOT NULL,                        -- of the calendar entry, the same for both sides, for ever
    role TEXT NOT NULL,                       -- organiser, invitee: which side the owner is
    state TEXT NOT NULL,                      -- as the owner sees it; declined only on the decliner's own copy
    asked TEXT NOT NULL,                      -- organiser, invitee: whose answer is awaited while proposed
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    message TEXT NOT NULL,
    zone TEXT NOT NULL,                       -- IANA name: the place's
    to_stranger INTEGER NOT NULL,
    agreed_start BIGINT,
    agreed_end BIGINT,
    agreed_place INTEGER,                     -- a number in meeting_places
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    organiser_says TEXT NOT NULL,             -- unsaid, met, missed
    invitee_says TEXT NOT NULL,
    -- What only the owner knows:
    with_account BIGINT REFERENCES accounts (id) ON DELETE SET NULL,  -- the other side, when it has an account here
    with_name TEXT NOT NULL,
    identity_id BIGINT,                       -- the owner's person, through one of its identities
    has_peer INTEGER NOT NULL,                -- whether the other side holds a copy; a block keeps it from being made
    is_first INTEGER NOT NULL,                -- the two had not met when it was proposed
    encounter_id BIGINT,
    feel TEXT NOT NULL DEFAULT '',            -- fine, not_fine: for the owner alone
    asked_at BIGINT,                          -- when the mail "did you meet?" went out
    sort_at BIGINT NOT NULL,                  -- the agreed start, else the first time on the table
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX meetings_by_time ON meetings (owner_id, sort_at, id);
CREATE INDEX meetings_by_account ON meetings (owner_id, with_account);
CREATE INDEX meetings_by_identity ON meetings (owner_id, identity_id);
CREATE INDEX meetings_by_age ON meetings (owner_id, created_at);

CREATE TABLE meeting_slots (
    owner_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    number INTEGER NOT NULL,                  -- never used again within a meeting
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    answer TEXT NOT NULL,                     -- none, yes, if_need_be, no
    PRIMARY KEY (owner_id, meeting_id, number),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meetings (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

CREATE TABLE meeting_places (
    owner_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lng DOUBLE PRECISION,
    is_public INTEGER NOT NULL,
    named_by TEXT NOT NULL,                   -- organiser, invitee: a private address is kept from the other side
    PRIMARY KEY (owner_id, meeting_id, number),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meetings (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

CREATE TABLE meeting_steps (
    owner_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    number INTEGER NOT NULL,                  -- from 1
    at BIGINT NOT NULL,
    side TEXT,                                -- organiser, invitee; null: time did it
    what TEXT NOT NULL,
    PRIMARY KEY (owner_id, meeting_id, number),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meetings (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

-- The invitee who has no account: what would stand on a copy of theirs. Nobody but they see `declined_at`.
CREATE TABLE meeting_guests (
    owner_id BIGINT NOT NULL,                 -- the organiser
    meeting_id BIGINT NOT NULL,
    email TEXT NOT NULL,                      -- empty: the link is passed on by hand
    zone TEXT NOT NULL,                       -- in which the guest reads times
    mailed_at BIGINT,                         -- when the last mail to it was put on its way
    declined_at BIGINT,
    refused_at BIGINT,                        -- the address takes no mail
    PRIMARY KEY (owner_id, meeting_id),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meetings (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

-- The guest's private links: every mail has one of its own, and all of them work.
CREATE TABLE meeting_links (
    owner_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,          -- SHA-256, hex
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, meeting_id, token_hash),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meetings (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
