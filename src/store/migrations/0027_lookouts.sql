-- A friend without an account looks out for an owner who goes to a meeting. The row goes with everything in it at gone_at; a hash of its
-- links is all that ever leads to it.
CREATE TABLE lookouts (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,               -- the owner's; its other side has no part in this
    place TEXT NOT NULL,                      -- where, as the friend reads it
    company TEXT NOT NULL,                    -- with whom
    zone TEXT NOT NULL,                       -- IANA name: the place's
    start_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,                 -- then the owner is asked
    grace_minutes INTEGER NOT NULL,           -- and after as many the friend is told
    friend_name TEXT NOT NULL,                -- may be empty, as the address
    friend_email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asked_at BIGINT,
    raised_at BIGINT,                         -- when the friend was told
    safe_at BIGINT,
    called_off_at BIGINT,
    mailed_at BIGINT,                         -- when the last mail to the friend was put on its way
    refused_at BIGINT,                        -- the address takes no mail
    gone_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX lookouts_by_meeting ON lookouts (owner_id, meeting_id);
CREATE INDEX lookouts_by_end ON lookouts (gone_at);

CREATE TABLE lookout_links (
    owner_id BIGINT NOT NULL,
    lookout_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,          -- SHA-256, hex
    is_owners INTEGER NOT NULL,               -- of the mail "home safe?": it may answer
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, lookout_id, token_hash),
    FOREIGN KEY (owner_id, lookout_id) REFERENCES lookouts (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
