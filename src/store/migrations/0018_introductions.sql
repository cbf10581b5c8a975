-- Asks that go to ties with an account, what accounts say about being asked, and introductions. An introduction is the broker's;
-- what the two others see of it is decided by core/introductions. Whoever leaves takes what is theirs; the others keep theirs.
CREATE TABLE broker_settings (
    owner_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,  -- who has said; else the usual holds
    agrees INTEGER NOT NULL,                  -- stands on other people's ways
    a_day INTEGER NOT NULL,                   -- asks a day that are welcome
    silent_until BIGINT
);
CREATE INDEX broker_settings_agreed ON broker_settings (owner_id) WHERE agrees = 1;

-- Where a tie sees the ask stands nowhere but here, and it is seen from shown_at on.
CREATE TABLE ask_sends (
    owner_id BIGINT NOT NULL,                 -- who asks
    ask_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who is asked
    id BIGINT NOT NULL UNIQUE,
    is_hidden INTEGER NOT NULL,               -- a block stands between, or nothing is welcome: it comes before nobody
    created_at BIGINT NOT NULL,
    shown_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    declined_at BIGINT,                       -- which the asker does not learn
    PRIMARY KEY (owner_id, ask_id, account_id),
    FOREIGN KEY (owner_id, ask_id) REFERENCES asks (owner_id, id) ON DELETE CASCADE
);
CREATE INDEX ask_sends_by_account ON ask_sends (account_id, shown_at);
CREATE INDEX ask_sends_by_age ON ask_sends (owner_id, created_at);

CREATE TABLE introductions (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- the broker
    id BIGINT NOT NULL UNIQUE,
    asker_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    ask_id BIGINT,                            -- the asker's; null: the broker's own idea
    target_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,  -- when the target has an account here
    target_identity BIGINT NOT NULL,          -- the broker's person, through one of its identities
    target_name TEXT NOT NULL,                -- as the broker has it
    email TEXT NOT NULL,                      -- of a target without an account; empty: the link is passed on by hand
    is_hidden INTEGER NOT NULL,               -- comes before nobody but the broker, to whom it looks unanswered
    to_target TEXT NOT NULL,
    to_asker TEXT NOT NULL,
    asker_says TEXT NOT NULL,                 -- unsaid, yes, not_now, no
    target_says TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    is_over INTEGER NOT NULL DEFAULT 0,       -- taken back
    made_at BIGINT,
    asker_identity BIGINT,                    -- the asker's person who stands for the target, once it is made
    met_at BIGINT,
    asker_thanks TEXT NOT NULL DEFAULT '',
    target_thanks TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX introductions_by_age ON introductions (owner_id, created_at);
CREATE INDEX introductions_by_asker ON introductions (asker_id, ask_id);
CREATE INDEX introductions_by_target ON introductions (target_id, id);
CREATE INDEX introductions_by_email ON introductions (email, asker_id) WHERE email <> '';
CREATE INDEX introductions_unmet ON introductions (made_at) WHERE made_at IS NOT NULL AND met_at IS NULL;

-- The private links of a target without an account: every mail has one of its own, and all of them work.
CREATE TABLE introduction_links (
    owner_id BIGINT NOT NULL,
    introduction_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,          -- SHA-256, hex
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, introduction_id, token_hash),
    FOREIGN KEY (owner_id, introduction_id) REFERENCES introductions (owner_id, id) ON DELETE CASCADE
){{without_rowid}};

-- What came of the ask, for all who helped.
ALTER TABLE asks ADD COLUMN result_url TEXT NOT NULL DEFAULT '';
