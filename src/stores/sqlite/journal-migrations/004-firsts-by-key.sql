-- First times are those of a key. What is known of keys that were there before is in the counts, to the
-- minute: what went well and created, changed and suspended nothing was a read.

DROP TABLE request_firsts;
CREATE TABLE request_firsts (
  tenant TEXT NOT NULL,
  key    TEXT NOT NULL,
  what   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (tenant, key, what)
) STRICT, WITHOUT ROWID;

INSERT INTO request_firsts (tenant, key, what, at)
SELECT tenant, key, what, min(minute) FROM (
  SELECT tenant, key, minute, 'reached' AS what, requests AS times FROM request_minutes
  UNION ALL
  SELECT tenant, key, minute, 'accepted', requests - refused - failed FROM request_minutes
  UNION ALL
  SELECT tenant, key, minute, 'read',
    requests - refused - failed - users - groups - changed - suspended FROM request_minutes
  UNION ALL
  SELECT tenant, key, minute, 'created', users + groups FROM request_minutes
  UNION ALL
  SELECT tenant, key, minute, 'deactivated', suspended FROM request_minutes
)
WHERE key <> '' AND times > 0
GROUP BY tenant, key, what;
