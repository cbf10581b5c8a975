-- Codes shown, and who read them. A row is claimed by its first reader and never becomes free again.
CREATE TABLE handshake_offers (
    nonce TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    offer TEXT NOT NULL,                      -- encoded, with its signature
    issued_at BIGINT NOT NULL,
    words TEXT NOT NULL,
    place TEXT NOT NULL,                      -- the cell's centre when the shower agreed to keep it, or empty
    reader_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    read_at BIGINT,
    receipt TEXT NOT NULL DEFAULT '',         -- the canonical text
    reader_signature TEXT NOT NULL DEFAULT '',
    done_at BIGINT
);
CREATE INDEX handshake_offers_by_words ON handshake_offers (words, issued_at);
CREATE INDEX handshake_offers_by_account ON handshake_offers (account_id, issued_at);

-- The receipt at each side. Times are UTC milliseconds.
CREATE TABLE handshakes (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    nonce TEXT NOT NULL,
    other_id BIGINT NOT NULL,                 -- the other account; it may be gone
    at BIGINT NOT NULL,
    receipt TEXT NOT NULL,
    a_signature TEXT NOT NULL,
    b_signature TEXT NOT NULL,
    encounter_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX handshakes_by_nonce ON handshakes (owner_id, nonce);
