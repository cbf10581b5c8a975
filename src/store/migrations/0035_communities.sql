-- Communities: who is a member was invited and has said yes. A community goes when its last member does.
CREATE TABLE communities (
    id BIGINT PRIMARY KEY,
    organiser_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- a member, too
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX communities_by_organiser ON communities (organiser_id);

CREATE TABLE community_members (
    community_id BIGINT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,                      -- invited; declined, which the organiser reads as invited; refused: declined, and taken back by the organiser; member
    takes_asks INTEGER NOT NULL,              -- asks to the community come before them
    since BIGINT NOT NULL,
    PRIMARY KEY (community_id, account_id)
){{without_rowid}};
CREATE INDEX community_members_by_account ON community_members (account_id, since);

-- To which communities an ask went. Stays when the ask or the community goes, so that either going gives nobody more asks in a week.
CREATE TABLE ask_communities (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    ask_id BIGINT NOT NULL,
    community_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, ask_id, community_id)
){{without_rowid}};
CREATE INDEX ask_communities_by_age ON ask_communities (owner_id, created_at);

-- What was sent is counted for as long as the counts look back, whether its ask is still there or not.
CREATE TABLE ask_sends_counted (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who asks
    ask_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who is asked
    id BIGINT NOT NULL UNIQUE,
    is_hidden INTEGER NOT NULL,               -- a block stands between, or nothing is welcome: it comes before nobody
    created_at BIGINT NOT NULL,
    shown_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    declined_at BIGINT,                       -- which the asker does not learn
    community_id BIGINT,                      -- through which it came, and comes while both are members; null: the asker chose the account
    PRIMARY KEY (owner_id, ask_id, account_id)
);
INSERT INTO ask_sends_counted (owner_id, ask_id, account_id, id, is_hidden, created_at, shown_at, expires_at, declined_at)
SELECT owner_id, ask_id, account_id, id, is_hidden, created_at, shown_at, expires_at, declined_at FROM ask_sends;
DROP TABLE ask_sends;
ALTER TABLE ask_sends_counted RENAME TO ask_sends;
CREATE INDEX ask_sends_by_account ON ask_sends (account_id, shown_at);
CREATE INDEX ask_sends_by_age ON ask_sends (owner_id, created_at);
