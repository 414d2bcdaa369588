-- What tells one search from another. Requests that were kept before have it in their contents only.

ALTER TABLE requests ADD COLUMN query TEXT NOT NULL DEFAULT '';
