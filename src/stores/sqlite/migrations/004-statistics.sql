-- What the planner is to believe of the data: one tenant with a million users. Measured statistics
-- would change with the data, and plans with them; without any, it takes a tenant for a few rows, and
-- goes through all of them where an index would have led to one. Nothing here runs ANALYZE again.

ANALYZE sqlite_schema;
DELETE FROM sqlite_stat1;

-- Rows of the table, and then for each column of the index how many of them it and those before it
-- leave.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('resources', 'sqlite_autoindex_resources_1', '1000000 1000000 500000 1'),
  ('resources', 'resources_id',                 '1000000 1000000 1'),
  ('resources', 'resources_created',            '1000000 1000000 500000 10 1'),
  ('resources', 'resources_modified',           '1000000 1000000 500000 10 1'),
  ('lookups',   'lookups',                      '8000000 8000000 4000000 1000000 3 1'),
  ('lookups',   'lookups_unique',               '1000000 1000000 1000000 1000000 1'),
  ('edges',     'edges',                        '4000000 4000000 1000 1'),
  ('edges',     'edges_member',                 '4000000 4000000 4 1'),
  ('changes',   'changes',                      '5000000 5000000 1'),
  ('changes',   'changes_id',                   '5000000 5000000 5 1'),
  ('changes',   'changes_member',               '4000000 4000000 4 1'),
  ('suspended', 'sqlite_autoindex_suspended_1', '100000 100000 1'),
  ('suspended', 'suspended_name',               '100000 100000 100000 1'),
  ('suspended', 'suspended_newest',             '100000 100000 2 1'),
  ('tallies',   'tallies',                      '3 3 1');
