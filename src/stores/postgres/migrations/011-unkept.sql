-- Of the requests of a minute, those that were counted and not kept.

ALTER TABLE request_minutes ADD COLUMN unkept bigint NOT NULL DEFAULT 0;
CREATE INDEX request_minutes_unkept ON request_minutes (tenant, minute) WHERE unkept > 0;
