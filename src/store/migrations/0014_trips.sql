-- Where an account will be and whom it means to meet there. What a meeting has come to stands with the meeting.
CREATE TABLE trips (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    place TEXT NOT NULL,                      -- a city, as its owner calls it
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    zone TEXT NOT NULL,                       -- IANA name: the place's
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    stay TEXT NOT NULL,                       -- where one sleeps; may be empty
    stay_lat DOUBLE PRECISION NOT NULL,
    stay_lng DOUBLE PRECISION NOT NULL,
    most_a_day INTEGER NOT NULL,
    within_km DOUBLE PRECISION NOT NULL,
    worth DOUBLE PRECISION NOT NULL,          -- of the plan as it was made last
    bound DOUBLE PRECISION NOT NULL,          -- no plan is worth more
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX trips_by_end ON trips (owner_id, end_at);

-- Who was looked at: planned when there is a time, else left out.
CREATE TABLE trip_people (
    owner_id BIGINT NOT NULL,
    trip_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,              -- the owner's person, through one of its identities
    worth DOUBLE PRECISION NOT NULL,
    kind TEXT NOT NULL,                       -- of the meeting
    meal TEXT NOT NULL,                       -- none, lunch, dinner
    start_at BIGINT,
    end_at BIGINT,
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    place TEXT NOT NULL,                      -- where to meet; empty: the server's proposal stands
    travel_minutes INTEGER NOT NULL,          -- from the meeting before, or from where the day begins
    is_pinned INTEGER NOT NULL,               -- the owner chose the time: it stays
    is_visitor INTEGER NOT NULL,              -- does not live there, but has a trip of their own
    why TEXT NOT NULL,                        -- left out: no_room, no_time, unwanted, said_no, no_answer, called_off
    meeting_id BIGINT,                        -- once it was proposed
    PRIMARY KEY (owner_id, trip_id, identity_id),
    FOREIGN KEY (owner_id, trip_id) REFERENCES trips (owner_id, id) ON DELETE CASCADE
);
CREATE INDEX trip_people_by_meeting ON trip_people (owner_id, meeting_id);

-- Who may see that an account will be there, and from when to when: nothing else of the trip.
CREATE TABLE trip_shares (
    owner_id BIGINT NOT NULL,
    trip_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, trip_id, account_id),
    FOREIGN KEY (owner_id, trip_id) REFERENCES trips (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX trip_shares_by_account ON trip_shares (account_id, owner_id);

-- An hour of a trip is wanted back soon: who is asked reads that a no is told, and a no ends the meeting for both.
ALTER TABLE meetings ADD COLUMN tells_decline INTEGER NOT NULL DEFAULT 0;
