-- What was sent and answered, as it is. Of requests that were kept before, the data has it.

ALTER TABLE request_contents ADD COLUMN request_body TEXT;
ALTER TABLE request_contents ADD COLUMN response_body TEXT;
