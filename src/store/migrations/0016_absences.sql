-- Who accepted and did not come, as the owner says: stands against every later import.
CREATE TABLE encounter_absences (
    owner_id BIGINT NOT NULL,
    encounter_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, encounter_id, identity_id),
    FOREIGN KEY (owner_id, encounter_id) REFERENCES encounters (owner_id, id) ON DELETE CASCADE
);
