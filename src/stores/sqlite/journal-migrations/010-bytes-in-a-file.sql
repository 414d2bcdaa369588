-- What was put aside lies in a file of its own, and a row says where. What an earlier version put into the
-- table cannot be read by this one: of it the row is left, so that its loss is told.

CREATE TABLE parcels (
  place  INTEGER PRIMARY KEY,
  count  INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  start  INTEGER NOT NULL,
  sum    INTEGER NOT NULL
) STRICT;

INSERT INTO parcels SELECT place, count, 1, 1, 0, 1 FROM request_parcels;
DROP TABLE request_parcels;
ALTER TABLE parcels RENAME TO request_parcels;
