-- By what a person finds a suspended account: the beginning of its id, its names, its addresses.

CREATE TABLE suspended_values (
  tenant TEXT NOT NULL,
  id     TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (tenant, id, value)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO suspended_values (tenant, id, value)
SELECT tenant, id, substr(fold(value), 1, 200) FROM (
  SELECT tenant, id, id AS value FROM suspended
  UNION ALL SELECT tenant, id, name FROM suspended
  UNION ALL SELECT tenant, id, external_id FROM suspended
  UNION ALL SELECT s.tenant, s.id, j.atom FROM suspended s, json_tree(s.body) j
    WHERE j.type = 'text' AND (
      j.fullkey IN ('$.displayName', '$.name.givenName', '$.name.familyName', '$.name.formatted')
      OR (j.key = 'value' AND (j.fullkey LIKE '$.emails[%' OR j.fullkey LIKE '$.phoneNumbers[%'))))
WHERE value <> '';

CREATE INDEX suspended_values_value ON suspended_values (tenant, value, id);

-- What the planner is to believe; see 004-statistics.sql.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('suspended_values', 'suspended_values',       '800000 800000 8 1'),
  ('suspended_values', 'suspended_values_value', '800000 800000 2 1');
