-- The journal. A place is a time in milliseconds times 2048, and what is needed
-- to keep places apart; so a range of time is a range of places.

CREATE TABLE requests (
  tenant       text COLLATE "C" NOT NULL,
  seq          bigint NOT NULL,
  status       bigint NOT NULL,
  milliseconds bigint NOT NULL,
  at           bigint NOT NULL,
  agent        bigint,
  result       text COLLATE "C" NOT NULL,
  method       text COLLATE "C" NOT NULL,
  key          text COLLATE "C",
  path         text COLLATE "C" NOT NULL,
  resource     text COLLATE "C",
  request_id   text COLLATE "C" NOT NULL,
  address      text COLLATE "C",
  scim_type    text COLLATE "C",
  refused      text COLLATE "C",
  quirks       text COLLATE "C" NOT NULL,
  bytes        bigint NOT NULL,
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX requests_key ON requests (tenant, key, seq);
CREATE INDEX requests_resource ON requests (tenant, resource, seq) WHERE resource IS NOT NULL;
CREATE INDEX requests_request_id ON requests (tenant, request_id, seq);
CREATE INDEX requests_bad ON requests (tenant, seq) WHERE status >= 400;

-- Large rows, read one by one.
CREATE TABLE request_contents (
  tenant text COLLATE "C" NOT NULL,
  seq    bigint NOT NULL,
  data   text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, seq)
);

-- Agents by a number made of their text: there are few, and a search looks through them first.
CREATE TABLE request_agents (
  tenant text COLLATE "C" NOT NULL,
  id     bigint NOT NULL,
  agent  text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE request_minutes (
  tenant    text COLLATE "C" NOT NULL,
  minute    bigint NOT NULL,
  key       text COLLATE "C" NOT NULL,
  requests  bigint NOT NULL,
  refused   bigint NOT NULL,
  failed    bigint NOT NULL,
  users     bigint NOT NULL,
  groups    bigint NOT NULL,
  members   bigint NOT NULL,
  changed   bigint NOT NULL,
  suspended bigint NOT NULL,
  PRIMARY KEY (tenant, minute, key)
);

CREATE TABLE request_firsts (
  tenant text COLLATE "C" NOT NULL,
  what   text COLLATE "C" NOT NULL,
  at     bigint NOT NULL,
  PRIMARY KEY (tenant, what)
);
