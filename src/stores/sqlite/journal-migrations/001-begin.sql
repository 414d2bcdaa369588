-- The journal, in a file of its own. A place is a time in milliseconds times 2048, and what is needed
-- to keep places apart; so a range of time is a range of places.

CREATE TABLE requests (
  tenant       TEXT NOT NULL,
  seq          INTEGER NOT NULL,
  status       INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  agent        INTEGER,
  result       TEXT NOT NULL,
  method       TEXT NOT NULL,
  key          TEXT,
  path         TEXT NOT NULL,
  resource     TEXT,
  request_id   TEXT NOT NULL,
  address      TEXT,
  scim_type    TEXT,
  refused      TEXT,
  quirks       TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  PRIMARY KEY (tenant, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_key ON requests (tenant, key, seq);
CREATE INDEX requests_resource ON requests (tenant, resource, seq) WHERE resource IS NOT NULL;
CREATE INDEX requests_request_id ON requests (tenant, request_id, seq);
CREATE INDEX requests_bad ON requests (tenant, seq) WHERE status >= 400;

-- Large rows, read one by one.
CREATE TABLE request_contents (
  seq    INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  data   TEXT NOT NULL
) STRICT;

-- Agents by a number made of their text: there are few, and a search looks through them first.
CREATE TABLE request_agents (
  tenant TEXT NOT NULL,
  id     INTEGER NOT NULL,
  agent  TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_minutes (
  tenant    TEXT NOT NULL,
  minute    INTEGER NOT NULL,
  key       TEXT NOT NULL,
  requests  INTEGER NOT NULL,
  refused   INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  users     INTEGER NOT NULL,
  groups    INTEGER NOT NULL,
  members   INTEGER NOT NULL,
  changed   INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  PRIMARY KEY (tenant, minute, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_firsts (
  tenant TEXT NOT NULL,
  what   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (tenant, what)
) STRICT, WITHOUT ROWID;
