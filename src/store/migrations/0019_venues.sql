-- Places to meet that the operator brought in from a map: everybody's. A set is what one file holds, and its next edition replaces.
CREATE TABLE venues (
    id BIGINT PRIMARY KEY,
    data_set TEXT NOT NULL,
    key TEXT NOT NULL,                        -- of the map: "n123"
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                       -- core::VenueKind by name
    address TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    bits INTEGER NOT NULL,                    -- core/venues: what it has, and its kind
    cell BIGINT NOT NULL,                     -- core::VenueCell as one number
    seen_in BIGINT NOT NULL                   -- the reading of the set that named it last
);
CREATE UNIQUE INDEX venues_by_key ON venues (data_set, key);
CREATE INDEX venues_by_cell ON venues (cell);
CREATE INDEX venues_by_reading ON venues (data_set, seen_in);

CREATE TABLE venue_sets (
    name TEXT PRIMARY KEY,
    venues BIGINT NOT NULL,
    read_at BIGINT NOT NULL
);

-- What the venues of a cell have together, so that a search reads only the cells that may hold what it looks for.
CREATE TABLE venue_cells (
    cell_row INTEGER NOT NULL,
    cell_col INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    venues INTEGER NOT NULL,
    PRIMARY KEY (cell_row, cell_col)
){{without_rowid}};

-- An owner's places to meet: where she checked in elsewhere, and what she wrote down. When and how often is not kept.
CREATE TABLE own_venues (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    source TEXT NOT NULL,                     -- check-in, owner
    key TEXT NOT NULL,                        -- within the source: "foursquare:ID", else the id
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    bits INTEGER NOT NULL,
    set_by TEXT NOT NULL,                     -- evidence or owner; the owner's word wins and outlives the import
    is_hidden INTEGER NOT NULL DEFAULT 0,     -- removed by the owner: no import brings it back
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX own_venues_by_key ON own_venues (owner_id, source, key);

CREATE TABLE own_venue_files (
    owner_id BIGINT NOT NULL,
    venue_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    PRIMARY KEY (owner_id, venue_id, file_id),
    FOREIGN KEY (owner_id, venue_id) REFERENCES own_venues (owner_id, id) ON DELETE CASCADE
){{without_rowid}};
CREATE INDEX own_venue_files_by_file ON own_venue_files (owner_id, file_id);
