-- How many of an owner's people have been met is counted in the index alone, as all of them are in people_by_warmth.
CREATE INDEX people_met ON people (owner_id) WHERE blocked_at IS NULL AND first_met IS NOT NULL;
