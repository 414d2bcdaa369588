-- The people of the console. An operator who goes takes sessions, links and memberships along; what
-- they did stays.

CREATE TABLE operators (
  id           text COLLATE "C" PRIMARY KEY,
  email        text COLLATE "C" NOT NULL UNIQUE,
  name         text COLLATE "C" NOT NULL,
  is_root      bigint NOT NULL,
  password     text COLLATE "C",
  issuer       text COLLATE "C",
  subject      text COLLATE "C",
  created      bigint NOT NULL,
  last_sign_in bigint
);
CREATE UNIQUE INDEX operators_subject ON operators (issuer, subject) WHERE subject IS NOT NULL;

CREATE TABLE memberships (
  operator text COLLATE "C" NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
  tenant   text COLLATE "C" NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  role     text COLLATE "C" NOT NULL,
  PRIMARY KEY (operator, tenant)
);
CREATE INDEX memberships_tenant ON memberships (tenant, operator);

CREATE TABLE sessions (
  id           text COLLATE "C" PRIMARY KEY,
  operator     text COLLATE "C" NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
  hash         text COLLATE "C" NOT NULL UNIQUE,
  created      bigint NOT NULL,
  expires      bigint NOT NULL,
  last_seen    bigint NOT NULL,
  confirmed_at bigint NOT NULL,
  address      text COLLATE "C",
  agent        text COLLATE "C"
);
CREATE INDEX sessions_operator ON sessions (operator, created);

CREATE TABLE links (
  hash     text COLLATE "C" PRIMARY KEY,
  purpose  text COLLATE "C" NOT NULL,
  operator text COLLATE "C" REFERENCES operators (id) ON DELETE CASCADE,
  created  bigint NOT NULL,
  expires  bigint NOT NULL
);

CREATE TABLE setup_links (
  id      text COLLATE "C" PRIMARY KEY,
  tenant  text COLLATE "C" NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  hash    text COLLATE "C" NOT NULL UNIQUE,
  made_by text COLLATE "C" NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  used_at bigint,
  key     text COLLATE "C"
);
CREATE INDEX setup_links_tenant ON setup_links (tenant, created);

CREATE TABLE acts (
  tenant   text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL,
  at       bigint NOT NULL,
  operator text COLLATE "C" NOT NULL,
  action   text COLLATE "C" NOT NULL,
  subject  text COLLATE "C" NOT NULL,
  address  text COLLATE "C",
  PRIMARY KEY (tenant, id)
);
