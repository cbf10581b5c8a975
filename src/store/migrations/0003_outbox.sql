-- Work that outlives the request that asked for it. Times are UTC milliseconds; `run_at`, `created_at` and `finished_at`
-- follow the clock the program was given, `lease_until` the machine's own: it tells whether a process still lives.
CREATE TABLE jobs (
    owner_id BIGINT NOT NULL,                 -- the account it works for; 0: the server
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    unique_key TEXT NOT NULL,                 -- of the kind's waiting jobs one has it; the id where nothing was given
    payload TEXT NOT NULL,                    -- JSON, an object of strings
    state TEXT NOT NULL,                      -- ready, running, done, failed, cancelled
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,       -- begun so far
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,          -- 0: not known
    found TEXT NOT NULL DEFAULT '{}',         -- JSON, an object of numbers
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    error_code TEXT NOT NULL DEFAULT '',
    error_detail TEXT NOT NULL DEFAULT '',    -- for its owner's eyes
    claimed_by TEXT NOT NULL DEFAULT '',      -- the process that runs it
    lease_until BIGINT NOT NULL DEFAULT 0,    -- after this it is taken for dead
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX jobs_waiting_once ON jobs (owner_id, kind, unique_key) WHERE state = 'ready';
CREATE INDEX jobs_to_do ON jobs (run_at) WHERE state = 'ready';
CREATE INDEX jobs_in_work ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_over ON jobs (finished_at) WHERE finished_at IS NOT NULL;

-- Effects on the world, written in the transaction that decides them and delivered at least once.
CREATE TABLE outbox (
    effect_key TEXT PRIMARY KEY,              -- the same key again is the same effect: it is not written twice
    owner_id BIGINT NOT NULL,                 -- whose doing it is; 0: the server's
    kind TEXT NOT NULL,                       -- mail, …
    payload TEXT NOT NULL,                    -- JSON, an object of strings; emptied once delivered or given up
    state TEXT NOT NULL,                      -- ready, running, delivered, dead
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    error_code TEXT NOT NULL DEFAULT '',      -- of the last attempt
    claimed_by TEXT NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX outbox_to_do ON outbox (run_at) WHERE state = 'ready';
CREATE INDEX outbox_in_work ON outbox (lease_until) WHERE state = 'running';
CREATE INDEX outbox_over ON outbox (finished_at) WHERE finished_at IS NOT NULL;
