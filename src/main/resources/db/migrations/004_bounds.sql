-- Bounds on what one caller can fill, and on what one read can walk through.

-- Whose answer it is, and how long: those before this script go within a day.
ALTER TABLE idempotency ADD COLUMN caller BLOB NOT NULL DEFAULT x'';
ALTER TABLE idempotency ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0; -- 0 while the first is under way
CREATE INDEX idempotency_by_caller ON idempotency (caller, created_at, key_hash, bytes);

-- A list of some kinds takes a page of each: others, of which there can be any number, are not walked through.
CREATE INDEX notifications_by_kind ON notifications (agent_seq, kind, seq);
