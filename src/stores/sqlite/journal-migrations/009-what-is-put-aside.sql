-- Requests of times when more came than could be made rows of: a hundred together, as they came.

CREATE TABLE request_parcels (
  place INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  size  INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
