-- How much of each trait the customers' messages show. Readings of one conversation by one meter are
-- kept together; a new set of the same meter replaces the old.

CREATE TABLE readings (
    episode  INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    source   TEXT    NOT NULL CHECK (source IN ('markers', 'basis', 'judge')),
    body     TEXT    NOT NULL,                  -- the readings, JSON
    model    TEXT    NOT NULL DEFAULT '',       -- the judging or local model's name
    version  TEXT    NOT NULL DEFAULT '',       -- hash of the meter's definitions or of the judge's prompts
    at_ms    INTEGER NOT NULL,                  -- Unix time in milliseconds
    PRIMARY KEY (episode, source)
) STRICT, WITHOUT ROWID;

-- Which of two messages shows more of a trait, in the judgement of a model that was not told which was
-- asked for more. Messages are indices into their conversations.
CREATE TABLE comparisons (
    trait           TEXT    NOT NULL,
    higher          INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,  -- asked for more
    higher_message  INTEGER NOT NULL,
    lower           INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    lower_message   INTEGER NOT NULL,
    won             REAL    NOT NULL CHECK (won IN (0.0, 0.5, 1.0)),  -- 1: the higher shows more; 0.5: a tie
    model           TEXT    NOT NULL,
    version         TEXT    NOT NULL,
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (higher, trait, higher_message, lower, lower_message)
) STRICT, WITHOUT ROWID;
CREATE INDEX comparisons_by_lower ON comparisons (lower);
