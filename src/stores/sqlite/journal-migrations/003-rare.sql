-- What is rare and yet looked for. Reads that went well, which are most of all requests, are in none
-- of these indexes, so nothing is paid for them.
-- A single status is to be looked up by its own index, a range of them in the order of places: so that
-- index is said to be far larger than the one of all that went wrong.

CREATE INDEX requests_failed ON requests (tenant, seq) WHERE status >= 500;
CREATE INDEX requests_status ON requests (tenant, status, seq) WHERE status >= 400;
CREATE INDEX requests_no_change ON requests (tenant, seq) WHERE result = 'noChange';
CREATE INDEX requests_method ON requests (tenant, method, seq) WHERE method <> 'GET';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('requests', 'requests_failed', '100 100 1'),
  ('requests', 'requests_status', '1000000 1000000 50 1'),
  ('requests', 'requests_no_change', '10000 10000 1'),
  ('requests', 'requests_method', '200000 200000 50000 1');
