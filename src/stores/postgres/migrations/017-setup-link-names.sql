-- For whom a setup link was made, if whoever made it said so.

ALTER TABLE setup_links ADD COLUMN name text COLLATE "C";
