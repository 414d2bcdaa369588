-- The people of the console. An operator who goes takes sessions, links and memberships along; what
-- they did stays.

CREATE TABLE operators (
  id           TEXT PRIMARY KEY,
  email        TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  is_root      INTEGER NOT NULL,
  password     TEXT,
  issuer       TEXT,
  subject      TEXT,
  created      INTEGER NOT NULL,
  last_sign_in INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX operators_subject ON operators (issuer, subject) WHERE subject IS NOT NULL;

CREATE TABLE memberships (
  operator TEXT NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
  tenant   TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  role     TEXT NOT NULL,
  PRIMARY KEY (operator, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_tenant ON memberships (tenant, operator);

CREATE TABLE sessions (
  id           TEXT PRIMARY KEY,
  operator     TEXT NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
  hash         TEXT NOT NULL UNIQUE,
  created      INTEGER NOT NULL,
  expires      INTEGER NOT NULL,
  last_seen    INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL,
  address      TEXT,
  agent        TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_operator ON sessions (operator, created);

CREATE TABLE links (
  hash     TEXT PRIMARY KEY,
  purpose  TEXT NOT NULL,
  operator TEXT REFERENCES operators (id) ON DELETE CASCADE,
  created  INTEGER NOT NULL,
  expires  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setup_links (
  id      TEXT PRIMARY KEY,
  tenant  TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  hash    TEXT NOT NULL UNIQUE,
  made_by TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used_at INTEGER,
  key     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX setup_links_tenant ON setup_links (tenant, created);

CREATE TABLE acts (
  tenant   TEXT NOT NULL,
  id       TEXT NOT NULL,
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  address  TEXT,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
