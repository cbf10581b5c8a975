-- SQLite keeps a copy of each page that a statement changes when a trigger stands on it: of people who came in by the ten thousand
-- half a million copies. Nobody comes with an account, and trust is written in one place, which notes it (store/ties).
{{sqlite}}
DROP TRIGGER way_people_added;
DROP TRIGGER way_people_changed;
CREATE TRIGGER way_people_changed AFTER UPDATE OF account_id, blocked_at ON people
WHEN NEW.account_id IS NOT OLD.account_id OR (NEW.account_id IS NOT NULL AND NEW.blocked_at IS NOT OLD.blocked_at) BEGIN
    INSERT INTO way_changes (account_id) VALUES (NEW.owner_id);
END;
{{end}}
{{postgresql}}
DROP TRIGGER way_people_added ON people;
DROP TRIGGER way_people_changed ON people;
CREATE TRIGGER way_people_changed AFTER UPDATE OF account_id, blocked_at ON people FOR EACH ROW
    WHEN (NEW.account_id IS DISTINCT FROM OLD.account_id
          OR (NEW.account_id IS NOT NULL AND NEW.blocked_at IS DISTINCT FROM OLD.blocked_at))
    EXECUTE FUNCTION way_note_owner();
{{end}}
-- people_linked has the few of whom this one has all.
DROP INDEX people_by_account;
