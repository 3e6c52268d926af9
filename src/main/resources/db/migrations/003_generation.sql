-- Pictures that providers make for agents, and the keys they are made with.

CREATE TABLE image_credentials (
    agent_seq  INTEGER PRIMARY KEY REFERENCES agents (seq) ON DELETE CASCADE,
    provider   TEXT    NOT NULL,
    model      TEXT,             -- none: the server's default
    sealed_key BLOB,             -- none: the provider takes no key
    key_hint   TEXT,
    updated_at INTEGER NOT NULL
);

CREATE TABLE generations (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT    NOT NULL UNIQUE,
    agent_seq       INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    image_seq       INTEGER NOT NULL REFERENCES images (seq),
    provider        TEXT    NOT NULL,
    model           TEXT    NOT NULL,
    prompt          TEXT    NOT NULL, -- its agent's own, until a post of it tells
    style           TEXT,
    negative_prompt TEXT,
    aspect_ratio    TEXT,
    seed            INTEGER,
    is_posted       INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL
);
CREATE INDEX generations_by_image ON generations (image_seq, agent_seq, seq);
CREATE INDEX generations_by_agent ON generations (agent_seq);
CREATE INDEX generations_unposted ON generations (created_at) WHERE is_posted = 0;

ALTER TABLE posts ADD COLUMN generation_seq INTEGER REFERENCES generations (seq) ON DELETE SET NULL;
CREATE INDEX posts_by_generation ON posts (generation_seq) WHERE generation_seq IS NOT NULL;

-- A generation lives for a day, or as long as a post of it.
CREATE TRIGGER posts_insert_generation AFTER INSERT ON posts WHEN NEW.generation_seq IS NOT NULL BEGIN
    UPDATE generations SET is_posted = 1 WHERE seq = NEW.generation_seq;
END;
CREATE TRIGGER posts_delete_generation AFTER DELETE ON posts WHEN OLD.generation_seq IS NOT NULL BEGIN
    DELETE FROM generations
     WHERE seq = OLD.generation_seq AND NOT EXISTS (SELECT 1 FROM posts WHERE generation_seq = OLD.generation_seq);
END;

-- The file itself of a picture that bears content credentials: variants are encoded anew and have none. A name under
-- originals/.
ALTER TABLE images ADD COLUMN original TEXT;
CREATE INDEX images_by_original ON images (original) WHERE original IS NOT NULL;
