-- Whom to meet is asked often and answered from all of an owner's people: who is left out, and who lives in a box of
-- degrees, must not need a look at each of them.
CREATE INDEX identities_blocked ON identities (owner_id, person_id) WHERE blocked_at IS NOT NULL;
CREATE INDEX people_by_place ON people (owner_id, lat, lng) WHERE lat IS NOT NULL;
