-- Accounts on their way out: nobody finds them any more, and at that time their record goes.
ALTER TABLE accounts ADD COLUMN leaves_at BIGINT;
CREATE INDEX accounts_leaving ON accounts (leaves_at) WHERE leaves_at IS NOT NULL;

-- Handles of accounts that are gone, as keyed hashes: nobody else is ever called so.
CREATE TABLE retired_handles (
    handle_hash TEXT PRIMARY KEY
);

-- Where others' records name an account, so that one that goes is found there without reading all of them.
CREATE INDEX people_by_link ON people (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX meetings_by_other ON meetings (with_account) WHERE with_account IS NOT NULL;
CREATE INDEX handshake_offers_by_reader ON handshake_offers (reader_id) WHERE reader_id IS NOT NULL;
CREATE INDEX handshakes_by_other ON handshakes (other_id);

-- Whose introductions led to a meeting, for either of the two: a broker is trusted for these alone.
CREATE INDEX introductions_met_by_asker ON introductions (asker_id) WHERE met_at IS NOT NULL;
CREATE INDEX introductions_met_by_target ON introductions (target_id) WHERE met_at IS NOT NULL;
