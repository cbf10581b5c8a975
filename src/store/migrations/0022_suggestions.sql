-- Whom to meet is found crowd by crowd: people of one footing, one relation and one cell of a quarter of a degree, who differ
-- only in what meeting them can be worth (core/suggestions). A number says all three, as store/suggestions takes it apart.
ALTER TABLE people ADD COLUMN crowd BIGINT GENERATED ALWAYS AS (
    (CASE WHEN encounters > 0 THEN 2
          WHEN last_contact IS NULL AND contacts_year = 0 AND (contacts_in = 0 OR contacts_out = 0) THEN 0
          ELSE 1 END * 8
     + CASE relation WHEN 'colleague' THEN 0 WHEN 'competitor' THEN 1 WHEN 'customer' THEN 2 WHEN 'friend' THEN 3
                     WHEN 'relative' THEN 4 WHEN 'stranger' THEN 6 ELSE 5 END) * 2097152
    + CASE WHEN lat IS NULL OR lng IS NULL THEN 0
           ELSE 1 + {{sqlite}}CAST((lat + 90) * 4 AS INTEGER) * 1441 + CAST((lng + 180) * 4 AS INTEGER){{end}}{{postgresql}}CAST(FLOOR((lat + 90) * 4) AS INTEGER) * 1441 + CAST(FLOOR((lng + 180) * 4) AS INTEGER){{end}} END
) {{sqlite}}VIRTUAL{{end}}{{postgresql}}STORED{{end}};
CREATE INDEX people_by_crowd ON people (owner_id, crowd, pull DESC, id, lat, lng);
DROP INDEX people_by_place;

-- Of those who were never met nor written to the bound now tells how long they are known; the others' fits the new rules, and they are
-- due to be summed up again.
UPDATE people SET pull = -1.05 + CASE WHEN first_contact IS NULL THEN 0
                                      ELSE 0.15 * LN(1 + (4922899200000 - first_contact) / 31557600000.0) END
    WHERE encounters = 0 AND last_contact IS NULL AND contacts_year = 0 AND (contacts_in = 0 OR contacts_out = 0);
UPDATE people SET due_at = 0;

-- How often somebody was shown in vain: on how many days, and when last.
CREATE TABLE suggestions_shown (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL,
    times INTEGER NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, person_id)
){{without_rowid}};
