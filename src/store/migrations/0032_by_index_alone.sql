-- A fair place is sought with nothing but where places are and what they have: all of it stands in the index, by cell.
DROP INDEX venues_by_cell;
CREATE INDEX venues_by_cell ON venues (cell, bits, id, lat, lng);

-- Who fits an ask is read from the warmest on, and two of three are passed over: by the index alone.
DROP INDEX people_by_warmth;
CREATE INDEX people_by_warmth ON people (owner_id, warmth, id, account_id) WHERE blocked_at IS NULL;
