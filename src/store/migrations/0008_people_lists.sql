-- What the owner sorts people by: words of her own, and lists.
CREATE TABLE people_tags (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (owner_id, person_id, tag)
){{without_rowid}};
CREATE INDEX people_tags_by_tag ON people_tags (owner_id, tag, person_id);

CREATE TABLE people_lists (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL DEFAULT '',          -- the filters that it stands for, as in an address; empty: chosen by hand
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE TABLE people_list_members (
    owner_id BIGINT NOT NULL,
    list_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, list_id, person_id),
    FOREIGN KEY (owner_id, list_id) REFERENCES people_lists (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX people_list_members_by_person ON people_list_members (owner_id, person_id);

-- What the owner did to people, with how they were before and after: it can be undone.
CREATE TABLE people_acts (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                       -- merge, split, answer, edit, bulk
    at BIGINT NOT NULL,
    before TEXT NOT NULL,                     -- JSON of store::acts::Picture
    after TEXT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
