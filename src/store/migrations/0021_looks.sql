-- What a picture shows, in 64 bits (base/picture_protocol.h): the same one in another size or format shows the same. 0 where
-- that is not known.
ALTER TABLE photos ADD COLUMN look BIGINT NOT NULL DEFAULT 0;
