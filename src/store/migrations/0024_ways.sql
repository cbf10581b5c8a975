-- Whose part in the network of asks has changed: ties with an account, consent, blocks; an account that goes takes
-- its ties along, and others' with it are unlinked. Every
-- server keeps the network in memory and reads here what it has missed (app/ways).
CREATE TABLE way_changes (
    seq {{sqlite}}INTEGER PRIMARY KEY AUTOINCREMENT{{end}}{{postgresql}}BIGSERIAL PRIMARY KEY{{end}},
    account_id BIGINT NOT NULL
);
CREATE INDEX people_linked ON people (owner_id, account_id) WHERE account_id IS NOT NULL;
{{sqlite}}
CREATE TRIGGER way_people_added AFTER INSERT ON people WHEN NEW.account_id IS NOT NULL BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.owner_id);
END;
CREATE TRIGGER way_people_changed AFTER UPDATE OF account_id, trust, blocked_at ON people
WHEN NEW.account_id IS NOT OLD.account_id OR (NEW.account_id IS NOT NULL
     AND (NEW.trust <> OLD.trust OR NEW.blocked_at IS NOT OLD.blocked_at)) BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.owner_id);
END;
CREATE TRIGGER way_people_removed AFTER DELETE ON people WHEN OLD.account_id IS NOT NULL BEGIN
    INSERT INTO way_changes (account_id) VALUES (OLD.owner_id);
END;
-- Of a pair that is apart one side is enough: the other's row is changed with it.
CREATE TRIGGER way_block_added AFTER INSERT ON account_blocks BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.account_id);
END;
CREATE TRIGGER way_block_removed AFTER DELETE ON account_blocks BEGIN
    INSERT INTO way_changes (account_id) VALUES (OLD.account_id);
END;
CREATE TRIGGER way_broker_added AFTER INSERT ON broker_settings BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.owner_id);
END;
CREATE TRIGGER way_broker_changed AFTER UPDATE ON broker_settings WHEN NEW.agrees <> OLD.agrees BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.owner_id);
END;
{{end}}
{{postgresql}}
CREATE FUNCTION way_note_owner() RETURNS trigger AS $$
BEGIN
    INSERT INTO way_changes (account_id) VALUES (coalesce(NEW.owner_id, OLD.owner_id));
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION way_note_blocker() RETURNS trigger AS $$
BEGIN
    INSERT INTO way_changes (account_id) VALUES (coalesce(NEW.account_id, OLD.account_id));
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER way_people_added AFTER INSERT ON people FOR EACH ROW
    WHEN (NEW.account_id IS NOT NULL) EXECUTE FUNCTION way_note_owner();
CREATE TRIGGER way_people_changed AFTER UPDATE OF account_id, trust, blocked_at ON people FOR EACH ROW
    WHEN (NEW.account_id IS DISTINCT FROM OLD.account_id OR (NEW.account_id IS NOT NULL
          AND (NEW.trust <> OLD.trust OR NEW.blocked_at IS DISTINCT FROM OLD.blocked_at)))
    EXECUTE FUNCTION way_note_owner();
CREATE TRIGGER way_people_removed AFTER DELETE ON people FOR EACH ROW
    WHEN (OLD.account_id IS NOT NULL) EXECUTE FUNCTION way_note_owner();
CREATE TRIGGER way_block_changed AFTER INSERT OR DELETE ON account_blocks FOR EACH ROW EXECUTE FUNCTION way_note_blocker();
CREATE TRIGGER way_broker_added AFTER INSERT ON broker_settings FOR EACH ROW EXECUTE FUNCTION way_note_owner();
CREATE TRIGGER way_broker_changed AFTER UPDATE ON broker_settings FOR EACH ROW
    WHEN (NEW.agrees <> OLD.agrees) EXECUTE FUNCTION way_note_owner();
{{end}}
