-- Who did not come to a meeting, as its two sides say: their words stand in organiser_says and invitee_says (met, missed, not_there: the
-- other did not come; absent: I did not; called_off: in time). Nobody but the two sees them, and after faults_until only "missed" is left.
ALTER TABLE meetings ADD COLUMN organiser_excuse TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN invitee_excuse TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN is_excused INTEGER NOT NULL DEFAULT 0;  -- whoever waited says that it is all right
ALTER TABLE meetings ADD COLUMN no_show INTEGER NOT NULL DEFAULT 0;     -- the other side did not come, as it stands for the owner
ALTER TABLE meetings ADD COLUMN faults_until BIGINT;
CREATE INDEX meetings_with_faults ON meetings (faults_until) WHERE faults_until IS NOT NULL;
CREATE INDEX meetings_no_show ON meetings (owner_id, identity_id) WHERE no_show = 1;
