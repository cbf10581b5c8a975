-- An answer that a calendar program sends by mail names its meeting by the calendar entry's UID.
CREATE INDEX meetings_by_uid ON meetings (uid);
