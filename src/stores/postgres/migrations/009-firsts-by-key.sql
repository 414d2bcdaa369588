-- First times are those of a key. What is known of keys that were there before is in the counts, to the
-- minute: what went well and created, changed and suspended nothing was a read.

DELETE FROM request_firsts;
ALTER TABLE request_firsts ADD COLUMN key text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE request_firsts DROP CONSTRAINT request_firsts_pkey;
ALTER TABLE request_firsts ADD PRIMARY KEY (tenant, key, what);

INSERT INTO request_firsts (tenant, key, what, at)
SELECT m.tenant, m.key, w.what, min(m.minute)
FROM request_minutes m CROSS JOIN LATERAL (VALUES
  ('reached', m.requests),
  ('accepted', m.requests - m.refused - m.failed),
  ('read', m.requests - m.refused - m.failed - m.users - m.groups - m.changed - m.suspended),
  ('created', m.users + m.groups),
  ('deactivated', m.suspended)
) w (what, times)
WHERE m.key <> '' AND w.times > 0
GROUP BY m.tenant, m.key, w.what;
