-- Who of several the owner is in an archive that doesn't tell: what a reading of it could not decide.
CREATE TABLE owner_questions (
    owner_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    archive TEXT NOT NULL,                    -- base name, and the network as the report names it: a line of the report
    network TEXT NOT NULL,
    taken TEXT NOT NULL,                      -- the key of the one read as the owner meanwhile; empty: none
    candidates TEXT NOT NULL,                 -- JSON: network, key, name, evidence, count
    PRIMARY KEY (owner_id, import_id, archive, network),
    FOREIGN KEY (owner_id, import_id) REFERENCES imports (owner_id, id) ON DELETE CASCADE
);

-- What the owner said of them: outlives the import, and holds for every later one.
CREATE TABLE owner_answers (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    network TEXT NOT NULL,                    -- of the key
    key TEXT NOT NULL,
    is_owner INTEGER NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, network, key)
);
