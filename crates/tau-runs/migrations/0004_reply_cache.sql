-- How many of a conversation's replies were taken from the cache of replies, and what was wrong with it.
-- Conversations from before that have 0 replies: nobody counted them.

ALTER TABLE episodes ADD COLUMN replies        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episodes ADD COLUMN cached_replies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episodes ADD COLUMN cache_trouble  TEXT    NOT NULL DEFAULT '';   -- a sentence
