-- Browsers that get reminders and notices by web push: one row for each that asked for them. It goes with the
-- session in which it asked, so that who is signed out anywhere is told nothing there.
CREATE TABLE push_devices (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    endpoint TEXT NOT NULL UNIQUE,            -- the push service's address of this browser
    public_key TEXT NOT NULL,                 -- p256dh, base64url
    auth TEXT NOT NULL,                       -- base64url
    shows TEXT NOT NULL,                      -- kind, words: what may stand on its lock screen
    reminders INTEGER NOT NULL,
    notices INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    told_at BIGINT,                           -- when its service last took a message
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX push_devices_by_session ON push_devices (session_id);

-- What went out by push is in no weekly mail.
ALTER TABLE reminders ADD COLUMN pushed_at BIGINT;
