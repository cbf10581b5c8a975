-- What a person is found by, in full text. The index holds the owner's id as a term beside the words, so that a search is
-- cut down to one owner's people before anything else is read.
CREATE TABLE people_texts (
    {{sqlite}}number INTEGER PRIMARY KEY,     -- the row's in the index
    {{end}}owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL,
    names TEXT NOT NULL DEFAULT '',           -- folded words of every name, each once
    words TEXT NOT NULL DEFAULT '',           -- of employer, title, place, handles, addresses, numbers, labels
    own TEXT NOT NULL DEFAULT '',             -- of what the owner wrote: note, next step, tags, lists
    {{postgresql}}found_by tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', words), 'B')
        || setweight(to_tsvector('simple', own), 'C') || setweight(to_tsvector('simple', owner_id::text), 'D')) STORED,
    {{end}}{{sqlite}}UNIQUE{{end}}{{postgresql}}PRIMARY KEY{{end}} (owner_id, person_id)
);
{{postgresql}}CREATE INDEX people_texts_index ON people_texts USING gin (found_by);
{{end}}{{sqlite}}
CREATE VIRTUAL TABLE people_index USING fts5 (
    owner_id, names, words, own, content = 'people_texts', content_rowid = 'number', detail = column,
    tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER people_texts_added AFTER INSERT ON people_texts BEGIN
    INSERT INTO people_index (rowid, owner_id, names, words, own)
    VALUES (new.number, new.owner_id, new.names, new.words, new.own);
END;
CREATE TRIGGER people_texts_removed AFTER DELETE ON people_texts BEGIN
    INSERT INTO people_index (people_index, rowid, owner_id, names, words, own)
    VALUES ('delete', old.number, old.owner_id, old.names, old.words, old.own);
END;
CREATE TRIGGER people_texts_changed AFTER UPDATE ON people_texts BEGIN
    INSERT INTO people_index (people_index, rowid, owner_id, names, words, own)
    VALUES ('delete', old.number, old.owner_id, old.names, old.words, old.own);
    INSERT INTO people_index (rowid, owner_id, names, words, own)
    VALUES (new.number, new.owner_id, new.names, new.words, new.own);
END;
{{end}}
-- How many people have a word in their names: what a misspelt word is compared with.
CREATE TABLE people_names (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    uses BIGINT NOT NULL,
    PRIMARY KEY (owner_id, word)
){{without_rowid}};

-- People who were there before are found by the words that they had; the next change of a person tells the rest.
CREATE INDEX people_words_by_person ON people_words (owner_id, person_id, word); -- goes with its table
INSERT INTO people_texts (owner_id, person_id, names, words, own)
    SELECT p.owner_id, p.id,
           coalesce((SELECT {{sqlite}}group_concat{{end}}{{postgresql}}string_agg{{end}}(w.word, ' ') FROM people_words w
                     WHERE w.owner_id = p.owner_id AND w.person_id = p.id
                       AND ' ' || p.name_folded || ' ' LIKE '% ' || w.word || ' %'), ''),
           coalesce((SELECT {{sqlite}}group_concat{{end}}{{postgresql}}string_agg{{end}}(w.word, ' ') FROM people_words w
                     WHERE w.owner_id = p.owner_id AND w.person_id = p.id), '')
               || ' ' || coalesce(p.title, '') || ' ' || coalesce(p.city, ''),
           p.note || ' ' || p.next_step
    FROM people p;
INSERT INTO people_names (owner_id, word, uses)
    SELECT w.owner_id, w.word, count(*) FROM people_words w
    JOIN people p ON p.owner_id = w.owner_id AND p.id = w.person_id
    WHERE ' ' || p.name_folded || ' ' LIKE '% ' || w.word || ' %' GROUP BY w.owner_id, w.word;
DROP TABLE people_words;
