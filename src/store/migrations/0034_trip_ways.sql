-- How long a trip's ways take, as the operator's router told it; estimated where it did not.
ALTER TABLE trips ADD COLUMN ways TEXT NOT NULL DEFAULT '';         -- core::TravelTable
ALTER TABLE trips ADD COLUMN ways_wanted TEXT NOT NULL DEFAULT '';  -- the places that it is to be asked for
ALTER TABLE trips ADD COLUMN ways_at BIGINT;                        -- from when on; null: nothing is wanted
CREATE INDEX trips_by_ways ON trips (ways_at) WHERE ways_at IS NOT NULL;
