-- Why failed conversations failed: at most one verdict a conversation of rules, of a model and of a
-- person. A new one of the same source replaces the old.

CREATE TABLE diagnoses (
    episode  INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    source   TEXT    NOT NULL CHECK (source IN ('rules', 'model', 'person')),
    body     TEXT    NOT NULL,                  -- the verdict, JSON
    model    TEXT    NOT NULL DEFAULT '',       -- the judging model's name
    version  TEXT    NOT NULL DEFAULT '',       -- of the rules, or hash of the prompts
    at_ms    INTEGER NOT NULL,                  -- Unix time in milliseconds
    PRIMARY KEY (episode, source)
) STRICT, WITHOUT ROWID;
