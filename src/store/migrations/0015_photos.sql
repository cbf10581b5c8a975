-- Small pictures of an owner's people, by the hash of the picture as it was given; base64 of a JPEG.
CREATE TABLE photos (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    picture TEXT NOT NULL,
    kept_until BIGINT NOT NULL DEFAULT 0,     -- set by hand: kept so long even when nobody has it, to be undone
    PRIMARY KEY (owner_id, hash)
);
-- The most believed identity's; of a picture that could not be read there is no row in photos.
ALTER TABLE people ADD COLUMN photo_hash TEXT NOT NULL DEFAULT '';
