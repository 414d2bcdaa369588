-- What is rare in the journal and yet looked for. Reads that went well, which are most of all requests,
-- are in none of these indexes, so nothing is paid for them.

CREATE INDEX requests_failed ON requests (tenant, seq) WHERE status >= 500;
CREATE INDEX requests_status ON requests (tenant, status, seq) WHERE status >= 400;
CREATE INDEX requests_no_change ON requests (tenant, seq) WHERE result = 'noChange';
CREATE INDEX requests_method ON requests (tenant, method, seq) WHERE method <> 'GET';
