-- Live resources by type, and under the type '' the changes so far: counted as they happen.

CREATE TABLE tallies (
  tenant TEXT NOT NULL,
  type   TEXT NOT NULL,
  total  INTEGER NOT NULL,
  PRIMARY KEY (tenant, type)
) STRICT, WITHOUT ROWID;

INSERT INTO tallies SELECT tenant, type, count(*) FROM resources GROUP BY tenant, type;
INSERT INTO tallies SELECT tenant, '', max(seq) FROM changes GROUP BY tenant;
