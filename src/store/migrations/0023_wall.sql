-- The five sentences to tape to a wall.
CREATE TABLE walls (
    owner_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sentences TEXT NOT NULL,                  -- one a line
    with_strip INTEGER NOT NULL,              -- the year's strip stands below them
    link_hash TEXT UNIQUE                     -- SHA-256 of the shared address's secret, hex; null: not shared
);
