-- What archives say of somebody's groups, titles and tags (core/topics), by the key: of whom nothing else is said nothing is
-- drawn for it. A file's go with the file.
CREATE TABLE topics (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,                      -- as written
    file_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, key, network, kind, topic, file_id)
){{without_rowid}};
CREATE INDEX topics_by_file ON topics (owner_id, file_id);

-- Their folded words, beside what a person was found by before: apart, as a title that somebody wrote is no title that
-- somebody has.
ALTER TABLE people_texts ADD COLUMN topics TEXT NOT NULL DEFAULT '';
CREATE INDEX people_texts_with_topics ON people_texts (owner_id, person_id) WHERE topics <> '';
{{postgresql}}ALTER TABLE people_texts DROP COLUMN found_by;
ALTER TABLE people_texts ADD COLUMN found_by tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', words), 'B')
    || setweight(to_tsvector('simple', topics), 'B') || setweight(to_tsvector('simple', own), 'C')
    || setweight(to_tsvector('simple', owner_id::text), 'D')) STORED;
CREATE INDEX people_texts_index ON people_texts USING gin (found_by);
{{end}}{{sqlite}}DROP TRIGGER people_texts_added;
DROP TRIGGER people_texts_removed;
DROP TRIGGER people_texts_changed;
DROP TABLE people_index;
CREATE VIRTUAL TABLE people_index USING fts5 (
    owner_id, names, words, own, topics, content = 'people_texts', content_rowid = 'number', detail = column,
    tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO people_index (people_index) VALUES ('rebuild');
CREATE TRIGGER people_texts_added AFTER INSERT ON people_texts BEGIN
    INSERT INTO people_index (rowid, owner_id, names, words, own, topics)
    VALUES (new.number, new.owner_id, new.names, new.words, new.own, new.topics);
END;
CREATE TRIGGER people_texts_removed AFTER DELETE ON people_texts BEGIN
    INSERT INTO people_index (people_index, rowid, owner_id, names, words, own, topics)
    VALUES ('delete', old.number, old.owner_id, old.names, old.words, old.own, old.topics);
END;
CREATE TRIGGER people_texts_changed AFTER UPDATE ON people_texts BEGIN
    INSERT INTO people_index (people_index, rowid, owner_id, names, words, own, topics)
    VALUES ('delete', old.number, old.owner_id, old.names, old.words, old.own, old.topics);
    INSERT INTO people_index (rowid, owner_id, names, words, own, topics)
    VALUES (new.number, new.owner_id, new.names, new.words, new.own, new.topics);
END;
{{end}}