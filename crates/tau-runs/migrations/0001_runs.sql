-- Runs, their conditions, their episodes, what was said, and the replies already bought.
-- Migrations are append-only: a file that was released is never edited.

CREATE TABLE runs (
    id          TEXT    PRIMARY KEY NOT NULL,   -- UUIDv7
    name        TEXT    NOT NULL,
    domain      TEXT    NOT NULL,
    agent       TEXT    NOT NULL,               -- the agent's model, for lists and search
    customer    TEXT    NOT NULL,               -- the customer's model
    state       TEXT    NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'cancelled')),
    kind        TEXT    NOT NULL DEFAULT '',    -- why it is in that state
    message     TEXT    NOT NULL DEFAULT '',    -- the same for a person
    sample      INTEGER NOT NULL DEFAULT 0,
    created_ms  INTEGER NOT NULL,               -- Unix time in milliseconds
    updated_ms  INTEGER NOT NULL,
    plan        TEXT    NOT NULL                -- the whole plan, JSON
) STRICT;
CREATE INDEX runs_newest ON runs (created_ms DESC, id DESC);

CREATE TABLE conditions (
    run       TEXT    NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,                 -- 0 is the baseline
    id        TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    mix       TEXT    NOT NULL,                 -- trait id to level, JSON
    PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;

-- 'running' is not stored: it is a fact about a process, and would be a lie after a crash.
CREATE TABLE episodes (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    run                TEXT    NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position           INTEGER NOT NULL,        -- order of play
    task               TEXT    NOT NULL,
    task_index         INTEGER NOT NULL,        -- index in the split, upstream's task_id
    task_title         TEXT    NOT NULL,
    condition          TEXT    NOT NULL,
    condition_position INTEGER NOT NULL,
    trial              INTEGER NOT NULL,        -- from 0
    state              TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'finished', 'not_scored')),
    reward             REAL,                    -- only when finished
    ending             TEXT    NOT NULL DEFAULT '',
    kind               TEXT    NOT NULL DEFAULT '',   -- kind of failure when not scored
    message            TEXT    NOT NULL DEFAULT '',
    attempts           INTEGER NOT NULL DEFAULT 0,
    messages           INTEGER NOT NULL DEFAULT 0,    -- of customer and agent
    tool_calls         INTEGER NOT NULL DEFAULT 0,
    steps              INTEGER NOT NULL DEFAULT 0,
    preview            TEXT    NOT NULL DEFAULT '',   -- the customer's first words
    cost_usd           REAL,
    input_tokens       INTEGER NOT NULL DEFAULT 0,
    output_tokens      INTEGER NOT NULL DEFAULT 0,
    duration_ms        INTEGER NOT NULL DEFAULT 0,
    ended_ms           INTEGER,
    UNIQUE (run, task, condition, trial)
) STRICT;
CREATE INDEX episodes_by_run ON episodes (run, state, reward, cost_usd, duration_ms);
CREATE INDEX episodes_in_grid_order ON episodes (run, task_index, condition_position, trial);

-- Kept apart from the rows that lists sort.
CREATE TABLE transcripts (
    episode  INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    data     BLOB    NOT NULL                   -- JSON, zstd
) STRICT;

-- The journal of an episode that is not finished: each model reply, stored before it is acted on.
CREATE TABLE replies (
    id       INTEGER PRIMARY KEY,               -- order of arrival
    episode  INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    role     TEXT    NOT NULL,                  -- who spoke: agent or customer
    seq      INTEGER NOT NULL,                  -- the role's n-th reply, from 0
    reply    TEXT    NOT NULL,                  -- JSON
    UNIQUE (episode, role, seq)
) STRICT;
