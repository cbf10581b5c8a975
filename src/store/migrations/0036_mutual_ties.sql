-- Whether those whom an account knows may be told whom else of theirs it knows (store/mutual_ties); nobody has said so yet.
ALTER TABLE accounts ADD COLUMN shows_ties INTEGER NOT NULL DEFAULT 0;
-- Who of an owner's people has an account, and is not blocked, stands in the index.
DROP INDEX people_linked;
CREATE INDEX people_linked ON people (owner_id, account_id, blocked_at) WHERE account_id IS NOT NULL;
