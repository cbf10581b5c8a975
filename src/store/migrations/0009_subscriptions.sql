-- Calendars, address books and blogs that are read again and again where they lie.
CREATE TABLE subscriptions (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',            -- calendar, contacts, feed, caldav, carddav; empty: never read yet
    url TEXT NOT NULL,
    user_name TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '',        -- the other server wants it itself, so no hash will do
    every_minutes BIGINT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',            -- what the other server said of its content when it was last read:
    modified TEXT NOT NULL DEFAULT '',        -- ETag, Last-Modified,
    token TEXT NOT NULL DEFAULT '',           -- a collection's sync token,
    items TEXT NOT NULL DEFAULT '',           -- its items with their ETags, a line each,
    content TEXT NOT NULL DEFAULT '',         -- and our own hash
    import_id BIGINT,                         -- the last import that it brought
    next_at BIGINT NOT NULL,
    checked_at BIGINT,
    changed_at BIGINT,                        -- when something new was there
    failures BIGINT NOT NULL DEFAULT 0,       -- since it last worked
    is_stopped INTEGER NOT NULL DEFAULT 0,    -- the other server said that it is gone
    error_code TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX subscriptions_due ON subscriptions (next_at) WHERE is_stopped = 0;
