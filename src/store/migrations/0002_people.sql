-- An owner's private record: every key begins with owner_id, no join crosses owners. Times are UTC milliseconds.
CREATE TABLE imports (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,                       -- base name of what was given
    job_id BIGINT,                            -- the last job that worked on it: the progress while it runs
    state TEXT NOT NULL,                      -- queued, running, done, failed, cancelled, undone
    path TEXT NOT NULL,                       -- what is read
    is_upload INTEGER NOT NULL,               -- the file at `path` is ours, and removed afterwards
    is_leaving INTEGER NOT NULL DEFAULT 0,    -- to be taken out again
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    report TEXT NOT NULL DEFAULT '',          -- JSON: what the import prints in the end
    error_code TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX imports_open ON imports (owner_id, id) WHERE state IN ('queued', 'running') OR is_leaving = 1;

-- A file inside an archive: where facts come from. One with the same content is never read twice.
CREATE TABLE import_files (
    owner_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    archive TEXT NOT NULL,                    -- base name of the zip, file or folder
    name TEXT NOT NULL,                       -- path inside the archive
    network TEXT NOT NULL,                    -- as the report names it
    sha256 TEXT NOT NULL,                     -- of the content
    size BIGINT NOT NULL DEFAULT 0,
    counts TEXT NOT NULL DEFAULT '{}',        -- JSON: how many of each kind of fact it holds
    seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
    is_read INTEGER NOT NULL DEFAULT 0,       -- read to its end, and every fact of it stored
    same_as BIGINT,                           -- the file of an earlier import with this very content, which has the facts
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, import_id) REFERENCES imports (owner_id, id) ON DELETE CASCADE
);
CREATE INDEX import_files_by_content ON import_files (owner_id, sha256);
CREATE INDEX import_files_by_import ON import_files (owner_id, import_id);

CREATE TABLE import_rejections (
    owner_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    number BIGINT NOT NULL,                   -- from 1, in the order they were met
    archive TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    error TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (owner_id, import_id, number),
    FOREIGN KEY (owner_id, import_id) REFERENCES imports (owner_id, id) ON DELETE CASCADE
);

CREATE TABLE people (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT{{postgresql}} COLLATE "C"{{end}} NOT NULL,  -- for search and order, by its bytes
    organisation TEXT,
    title TEXT,
    city TEXT,
    lat DOUBLE PRECISION,
    lng DOUBLE PRECISION,
    relation TEXT NOT NULL DEFAULT 'acquaintance',
    relation_set_by TEXT NOT NULL DEFAULT 'evidence',  -- evidence or owner; the owner's word wins
    note TEXT NOT NULL DEFAULT '',
    next_step TEXT NOT NULL DEFAULT '',       -- what was promised next
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,  -- linked after both agreed
    blocked_at BIGINT,                        -- never suggested, never shown
    -- What ties say, recomputed from facts whenever they or the cluster change (core/ties):
    stage TEXT NOT NULL DEFAULT 'known',
    trust DOUBLE PRECISION NOT NULL DEFAULT 0,        -- at trust_at; it fades from there
    trust_at BIGINT NOT NULL DEFAULT 0,
    strength DOUBLE PRECISION NOT NULL DEFAULT 0,     -- of contact, at trust_at
    tied_since BIGINT,                        -- the earliest tie declared
    first_contact BIGINT,
    last_contact BIGINT,
    first_met BIGINT,
    last_met BIGINT,
    encounters BIGINT NOT NULL DEFAULT 0,
    contacts_in BIGINT NOT NULL DEFAULT 0,
    contacts_out BIGINT NOT NULL DEFAULT 0,
    contacts_year BIGINT NOT NULL DEFAULT 0,  -- in the year before trust_at
    pull DOUBLE PRECISION NOT NULL DEFAULT 0, -- the most that meeting can be worth until facts change (core/suggestions)
    due_at BIGINT,                            -- when the summary changes by itself: a planned encounter is over then
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX people_by_name ON people (owner_id, name_folded, id);
CREATE INDEX people_by_account ON people (owner_id, account_id);
CREATE INDEX people_by_pull ON people (owner_id, pull, id);
CREATE INDEX people_by_due ON people (owner_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE identities (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,                -- 0: not yet resolved, or the owner's own
    network TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,                       -- as shown, may be empty
    attributes TEXT NOT NULL,                 -- JSON of core::Attributes, joined over its sources
    is_stale INTEGER NOT NULL DEFAULT 1,      -- changed since people were last resolved
    blocked_at BIGINT,                        -- blocked or muted in its network: never suggested
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX identities_by_key ON identities (owner_id, network, key);
CREATE INDEX identities_by_person ON identities (owner_id, person_id);
CREATE INDEX identities_stale ON identities (owner_id, id) WHERE is_stale = 1;

-- What each file said of an identity, so that an import can be taken out again.
CREATE TABLE identity_sources (
    owner_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,                  -- 0: written by the owner
    line BIGINT NOT NULL,
    attributes TEXT NOT NULL,
    is_blocked INTEGER NOT NULL DEFAULT 0,    -- the file says that the owner blocked or muted them
    PRIMARY KEY (owner_id, identity_id, file_id)
){{without_rowid}};

CREATE INDEX identity_sources_by_file ON identity_sources (owner_id, file_id);

-- Words by which a person is found: folded name words, handles, organisation.
CREATE TABLE people_words (
    owner_id BIGINT NOT NULL,
    word TEXT{{postgresql}} COLLATE "C"{{end}} NOT NULL,  -- a prefix is a range of bytes
    person_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, word, person_id)
){{without_rowid}};

-- A tie that several files declare has a row for each: the earliest `since` counts.
CREATE TABLE ties (
    owner_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                       -- connected, follows, followed_by, invited, invited_by, member
    since BIGINT,
    file_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (owner_id, identity_id, kind, file_id)
){{without_rowid}};

CREATE TABLE contacts (
    owner_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    hash BIGINT NOT NULL,                     -- of the record's natural key: tells two of one second apart
    channel INTEGER NOT NULL,                 -- core::Channel
    direction INTEGER NOT NULL,               -- core::Direction
    people INTEGER NOT NULL,                  -- how many took part, the owner among them
    file_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (owner_id, identity_id, at, hash)
){{without_rowid}};

-- The same contact in a further file (exports overlap): whose it becomes when the first file is taken out.
CREATE TABLE contact_copies (
    owner_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    hash BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (owner_id, identity_id, at, hash, file_id)
){{without_rowid}};

-- What each calendar or check-in file says of a gathering; encounters are settled from the newest word on each.
CREATE TABLE gatherings (
    owner_id BIGINT NOT NULL,
    source TEXT NOT NULL,                     -- calendar, check-in
    series TEXT NOT NULL,                     -- what is exported together: an event with its recurrences
    key TEXT NOT NULL,                        -- one occurrence
    file_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    revision BIGINT NOT NULL,                 -- higher is newer; 0 when the file does not say
    record TEXT NOT NULL,                     -- JSON of core::Gathering; empty when nobody else takes part
    PRIMARY KEY (owner_id, source, series, key, file_id)
){{without_rowid}};
CREATE INDEX gatherings_by_file ON gatherings (owner_id, file_id);

-- Times of being face to face. A row whose end is still to come is planned, not met; `denied_at` means that it did not happen.
CREATE TABLE encounters (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                       -- coffee, lunch, dinner, walk, conference, gathering, visit, chance
    title TEXT NOT NULL DEFAULT '',
    start_at BIGINT NOT NULL,
    end_at BIGINT,
    place TEXT,
    lat DOUBLE PRECISION,
    lng DOUBLE PRECISION,
    evidence TEXT NOT NULL,                   -- claimed, mutual, handshake, imported
    source TEXT NOT NULL,                     -- calendar, check-in, meeting, handshake, owner
    source_key TEXT NOT NULL,                 -- stable: a re-import or a second proof updates this row
    meeting_id BIGINT,
    file_id BIGINT NOT NULL DEFAULT 0,
    line BIGINT NOT NULL DEFAULT 0,
    ideas TEXT NOT NULL DEFAULT '',           -- what was traded
    next_step TEXT NOT NULL DEFAULT '',
    kind_set_by TEXT NOT NULL DEFAULT 'evidence',  -- evidence or owner; the owner's word wins
    denied_at BIGINT,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX encounters_by_source ON encounters (owner_id, source, source_key);
CREATE INDEX encounters_by_time ON encounters (owner_id, start_at);

CREATE TABLE encounter_people (
    owner_id BIGINT NOT NULL,
    encounter_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, encounter_id, identity_id),
    FOREIGN KEY (owner_id, encounter_id) REFERENCES encounters (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX encounter_people_by_identity ON encounter_people (owner_id, identity_id);

CREATE TABLE busy (
    owner_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, key, file_id)
);
CREATE INDEX busy_by_time ON busy (owner_id, start_at);

CREATE TABLE posts (
    owner_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    file_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, key, file_id)
);

-- The owner's own addresses, keys and names (network "name"), from archives: left out of everybody else.
CREATE TABLE owner_identities (
    owner_id BIGINT NOT NULL,
    network TEXT NOT NULL,
    key TEXT NOT NULL,
    file_id BIGINT NOT NULL,                  -- 0: the account's own
    PRIMARY KEY (owner_id, network, key, file_id)
);

-- What the owner said of two identities (a < b): a constraint for ever.
CREATE TABLE decisions (
    owner_id BIGINT NOT NULL,
    a BIGINT NOT NULL,
    b BIGINT NOT NULL,
    verdict TEXT NOT NULL,                    -- same, different
    at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, a, b)
);

CREATE TABLE review_pairs (
    owner_id BIGINT NOT NULL,
    rank BIGINT NOT NULL,                     -- from 1, most useful question first
    a BIGINT NOT NULL,
    b BIGINT NOT NULL,
    probability DOUBLE PRECISION NOT NULL,
    evidence TEXT NOT NULL,                   -- JSON
    PRIMARY KEY (owner_id, rank)
);

-- "Not now" and "never", remembered.
CREATE TABLE dismissals (
    owner_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    until_at BIGINT,                          -- null: never again
    at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, person_id)
);

CREATE TABLE goals (
    owner_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (owner_id, year)
);
