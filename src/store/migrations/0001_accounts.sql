-- Accounts and what belongs to signing in. Times are UTC milliseconds.
CREATE TABLE accounts (
    id BIGINT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,              -- lower case, [a-z0-9_]{2,30}
    email TEXT NOT NULL,                      -- canonical: lower case; proven once email_verified_at is set
    email_verified_at BIGINT,
    password_hash TEXT NOT NULL,              -- argon2id, PHC form
    full_name TEXT NOT NULL,
    zone TEXT NOT NULL,                       -- IANA name
    home_name TEXT,                           -- the city as the account wrote it
    home_lat DOUBLE PRECISION,                -- coarse: the centre of a 0.1 degree cell
    home_lng DOUBLE PRECISION,
    region TEXT,                              -- ISO 3166 alpha-2, for telephone numbers without a country
    is_admin INTEGER NOT NULL DEFAULT 0,
    findable INTEGER NOT NULL DEFAULT 0,      -- lets itself be found by a verified e-mail address
    locale TEXT NOT NULL DEFAULT 'en',
    feed_token_hash TEXT UNIQUE,              -- the private calendar feed's address
    created_at BIGINT NOT NULL
);
-- Anyone may say any address, so that signing up never tells whether it is taken; only one account can prove it.
CREATE UNIQUE INDEX accounts_by_verified_email ON accounts (email) WHERE email_verified_at IS NOT NULL;
CREATE INDEX accounts_by_email ON accounts (email);
CREATE INDEX accounts_findable ON accounts (email) WHERE findable = 1 AND email_verified_at IS NOT NULL;

CREATE TABLE sessions (
    id BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,          -- SHA-256 of the cookie
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- One-time secrets that reach someone by a link: set-up, invitation to the server, proof of an e-mail address, a new password.
CREATE TABLE one_time_tokens (
    token_hash TEXT PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,                    -- setup, invite, verify_email, reset_password
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,  -- whose; for an invite, who invited
    email TEXT,                               -- verify_email: the address that the link proves
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX one_time_tokens_by_account ON one_time_tokens (account_id, purpose);

-- Counted attempts by account and by address (as keyed hashes), so that a restart forgives nothing.
CREATE TABLE throttles (
    key TEXT PRIMARY KEY,
    tokens DOUBLE PRECISION NOT NULL,         -- what is left in the bucket
    updated_at BIGINT NOT NULL
);

-- One Ed25519 key a device, made in the browser; only the public half is here.
CREATE TABLE devices (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL UNIQUE,          -- base64url, 32 bytes
    created_at BIGINT NOT NULL,
    seen_at BIGINT,                           -- its latest signature
    revoked_at BIGINT,
    PRIMARY KEY (account_id, id)
);

-- Silent, total, two-way.
CREATE TABLE account_blocks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blocked_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, blocked_id)
);
CREATE INDEX account_blocks_by_blocked ON account_blocks (blocked_id);

-- An owner asks an account whether it is one of the owner's people; people.account_id is set once it says yes. A no is
-- never told: to the owner it looks like no answer.
CREATE TABLE link_requests (
    owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,                      -- asked, agreed, refused; withheld: the owner said no to the offer
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX link_requests_by_pair ON link_requests (owner_id, account_id, person_id);
CREATE INDEX link_requests_by_account ON link_requests (account_id, state);

-- Addresses that asked never to be written to again, as keyed hashes: nobody here writes to them.
CREATE TABLE stopped_addresses (
    address_hash TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

-- The server's own values that must survive (the key of keyed hashes, …).
CREATE TABLE server_values (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
