-- Up to which place of a tenant's requests the oldest were forgotten because there was too much.

CREATE TABLE request_forgotten (
  tenant text COLLATE "C" PRIMARY KEY,
  below  bigint NOT NULL
);
