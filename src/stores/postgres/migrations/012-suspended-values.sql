-- By what a person finds a suspended account: the beginning of its id, its names, its addresses.

CREATE TABLE suspended_values (
  tenant text COLLATE "C" NOT NULL,
  id     text COLLATE "C" NOT NULL,
  value  text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id, value)
);

INSERT INTO suspended_values (tenant, id, value)
SELECT tenant, id, left(fold(value), 200) FROM (
  SELECT tenant, id, id AS value FROM suspended
  UNION ALL SELECT tenant, id, name FROM suspended
  UNION ALL SELECT tenant, id, external_id FROM suspended
  UNION ALL SELECT s.tenant, s.id, p.value
    FROM suspended s, LATERAL (SELECT s.body::jsonb AS body OFFSET 0) b, LATERAL (
      SELECT jsonb_path_query(b.body, path) #>> '{}' AS value
      FROM unnest(ARRAY['$.displayName', '$.name.givenName', '$.name.familyName',
        '$.name.formatted', '$.emails[*].value', '$.phoneNumbers[*].value']::jsonpath[]) path
    ) p
) v WHERE value <> ''
ON CONFLICT DO NOTHING;

CREATE INDEX suspended_values_value ON suspended_values (tenant, value, id);
