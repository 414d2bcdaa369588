-- What SQLite is to believe of the journal: without it, it takes the order of places before an index.

ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('requests', 'requests', '1000000 1000000 1'),
  ('requests', 'requests_key', '1000000 1000000 100000 1'),
  ('requests', 'requests_resource', '1000000 1000000 10 1'),
  ('requests', 'requests_request_id', '1000000 1000000 1 1'),
  ('requests', 'requests_bad', '20000 20000 1');
