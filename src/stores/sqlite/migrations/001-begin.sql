-- Times are epoch milliseconds. Every key of a tenant's rows begins with the tenant.

CREATE TABLE tenants (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  created  INTEGER NOT NULL,
  settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id         TEXT PRIMARY KEY,
  tenant     TEXT NOT NULL REFERENCES tenants (id),
  name       TEXT NOT NULL,
  scope      TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE,
  hint       TEXT NOT NULL,
  created    INTEGER NOT NULL,
  expires    INTEGER,
  revoked    INTEGER,
  used_at    INTEGER,
  used_from  TEXT,
  used_agent TEXT
) STRICT;
CREATE INDEX api_keys_tenant ON api_keys (tenant, created);

-- Bodies are large, and so not in the tree of the key.
CREATE TABLE resources (
  tenant   TEXT NOT NULL,
  type     TEXT NOT NULL,
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  label    TEXT,
  secrets  TEXT NOT NULL,
  body     TEXT NOT NULL,
  UNIQUE (tenant, type, id)
) STRICT;
-- An id is a member's whole name, whatever its type.
CREATE UNIQUE INDEX resources_id ON resources (tenant, id);
CREATE INDEX resources_created ON resources (tenant, type, created, id);
CREATE INDEX resources_modified ON resources (tenant, type, modified, id);

CREATE TABLE suspended (
  tenant       TEXT NOT NULL,
  type         TEXT NOT NULL,
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  created      INTEGER NOT NULL,
  modified     INTEGER NOT NULL,
  label        TEXT,
  secrets      TEXT NOT NULL,
  body         TEXT NOT NULL,
  name         TEXT NOT NULL,
  external_id  TEXT,
  suspended_at INTEGER NOT NULL,
  suspended_by TEXT NOT NULL,
  -- Tells which came later of two in one millisecond.
  suspension   INTEGER NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX suspended_name ON suspended (tenant, type, name);
CREATE INDEX suspended_newest ON suspended (tenant, suspended_at, suspension);

CREATE TABLE lookups (
  tenant    TEXT NOT NULL,
  type      TEXT NOT NULL,
  attribute TEXT NOT NULL,
  value     TEXT NOT NULL,
  id        TEXT NOT NULL,
  is_unique INTEGER NOT NULL,
  PRIMARY KEY (tenant, type, attribute, value, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX lookups_unique ON lookups (tenant, type, attribute, value) WHERE is_unique = 1;

-- The member's label is repeated, so that reading a million members joins nothing.
CREATE TABLE edges (
  tenant      TEXT NOT NULL,
  owner       TEXT NOT NULL,
  member      TEXT NOT NULL,
  member_type TEXT NOT NULL,
  owner_type  TEXT NOT NULL,
  label       TEXT,
  PRIMARY KEY (tenant, owner, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX edges_member ON edges (tenant, member, owner);

CREATE TABLE changes (
  tenant  TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  request TEXT NOT NULL,
  type    TEXT NOT NULL,
  id      TEXT NOT NULL,
  kind    TEXT NOT NULL,
  member  TEXT,
  what    TEXT,
  PRIMARY KEY (tenant, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_id ON changes (tenant, id, seq);
CREATE INDEX changes_member ON changes (tenant, member, seq) WHERE member IS NOT NULL;
