-- Times are epoch milliseconds. Every key of a tenant's rows begins with the tenant. Text compares by
-- code point, whatever language the database was made for.

CREATE TABLE tenants (
  id       text COLLATE "C" PRIMARY KEY,
  name     text COLLATE "C" NOT NULL UNIQUE,
  created  bigint NOT NULL,
  settings text COLLATE "C" NOT NULL
);

CREATE TABLE api_keys (
  id         text COLLATE "C" PRIMARY KEY,
  tenant     text COLLATE "C" NOT NULL REFERENCES tenants (id),
  name       text COLLATE "C" NOT NULL,
  scope      text COLLATE "C" NOT NULL,
  hash       text COLLATE "C" NOT NULL UNIQUE,
  hint       text COLLATE "C" NOT NULL,
  created    bigint NOT NULL,
  expires    bigint,
  revoked    bigint,
  used_at    bigint,
  used_from  text COLLATE "C",
  used_agent text COLLATE "C"
);
CREATE INDEX api_keys_tenant ON api_keys (tenant, created);

-- What all nodes of a service share and nobody else may know.
CREATE TABLE secrets (
  name  text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

-- Filters compare these times with instants that have fractions of a millisecond.
CREATE TABLE resources (
  tenant   text COLLATE "C" NOT NULL,
  type     text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL,
  version  bigint NOT NULL,
  created  double precision NOT NULL,
  modified double precision NOT NULL,
  label    text COLLATE "C",
  secrets  text COLLATE "C" NOT NULL,
  body     text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, type, id)
);
-- An id is a member's whole name, whatever its type.
CREATE UNIQUE INDEX resources_id ON resources (tenant, id);
CREATE INDEX resources_created ON resources (tenant, type, created, id);
CREATE INDEX resources_modified ON resources (tenant, type, modified, id);

CREATE TABLE suspended (
  tenant       text COLLATE "C" NOT NULL,
  type         text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  version      bigint NOT NULL,
  created      bigint NOT NULL,
  modified     bigint NOT NULL,
  label        text COLLATE "C",
  secrets      text COLLATE "C" NOT NULL,
  body         text COLLATE "C" NOT NULL,
  name         text COLLATE "C" NOT NULL,
  external_id  text COLLATE "C",
  suspended_at bigint NOT NULL,
  suspended_by text COLLATE "C" NOT NULL,
  -- Tells which came later of two in one millisecond.
  suspension   bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX suspended_name ON suspended (tenant, type, name);
CREATE INDEX suspended_newest ON suspended (tenant, suspended_at, suspension);

CREATE TABLE lookups (
  tenant    text COLLATE "C" NOT NULL,
  type      text COLLATE "C" NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  value     text COLLATE "C" NOT NULL,
  id        text COLLATE "C" NOT NULL,
  is_unique integer NOT NULL,
  PRIMARY KEY (tenant, type, attribute, value, id)
);
CREATE UNIQUE INDEX lookups_unique ON lookups (tenant, type, attribute, value) WHERE is_unique = 1;

-- The member's label is repeated, so that reading a million members joins nothing.
CREATE TABLE edges (
  tenant      text COLLATE "C" NOT NULL,
  owner       text COLLATE "C" NOT NULL,
  member      text COLLATE "C" NOT NULL,
  member_type text COLLATE "C" NOT NULL,
  owner_type  text COLLATE "C" NOT NULL,
  label       text COLLATE "C",
  PRIMARY KEY (tenant, owner, member)
);
-- Who looks from a member needs the owner's type as well, and finds it here.
CREATE INDEX edges_member ON edges (tenant, member, owner, owner_type);

CREATE TABLE changes (
  tenant  text COLLATE "C" NOT NULL,
  seq     bigint NOT NULL,
  at      bigint NOT NULL,
  actor   text COLLATE "C" NOT NULL,
  request text COLLATE "C" NOT NULL,
  type    text COLLATE "C" NOT NULL,
  id      text COLLATE "C" NOT NULL,
  kind    text COLLATE "C" NOT NULL,
  member  text COLLATE "C",
  what    text COLLATE "C",
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX changes_id ON changes (tenant, id, seq);
CREATE INDEX changes_member ON changes (tenant, member, seq) WHERE member IS NOT NULL;

-- Live resources by type, and under the type '' the changes so far: counted as they happen. Rows that
-- change all the time have room to change where they lie.
CREATE TABLE tallies (
  tenant text COLLATE "C" NOT NULL,
  type   text COLLATE "C" NOT NULL,
  total  bigint NOT NULL,
  PRIMARY KEY (tenant, type)
) WITH (fillfactor = 50);
