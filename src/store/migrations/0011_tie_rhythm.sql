-- A tie's own rhythm (core/ties), recomputed from facts with the rest of its summary.
ALTER TABLE people ADD COLUMN half_life DOUBLE PRECISION NOT NULL DEFAULT 120;  -- days: how `strength` fades
ALTER TABLE people ADD COLUMN gap_log DOUBLE PRECISION;  -- ln of the days between weeks in touch, their own median
-- The owner's rhythm is theirs together, without a look at each person.
CREATE INDEX people_by_gap ON people (owner_id, gap_log) WHERE gap_log IS NOT NULL;
