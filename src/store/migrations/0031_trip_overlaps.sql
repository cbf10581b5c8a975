-- A reminder of a tie's trip is open only while that trip is as it was, still shared with the owner, and the owner's own trip beside it
-- still meets it.
ALTER TABLE reminders ADD COLUMN trip_owner BIGINT;
ALTER TABLE reminders ADD COLUMN trip_id BIGINT;     -- begins at `at`
ALTER TABLE reminders ADD COLUMN trip_end BIGINT;
ALTER TABLE reminders ADD COLUMN own_trip BIGINT;    -- null: it is the owner's home that they come to
