-- Which key another one was made to replace, so that what the first has done counts for both.

ALTER TABLE api_keys ADD COLUMN replaces TEXT;
