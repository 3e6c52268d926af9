-- Agents and their verification, pictures, posts, what limits and retries need.
-- Times are epoch milliseconds, UTC. `seq` numbers are internal keys, but for posts.seq, by which clients page.

CREATE TABLE agents (
    seq                  INTEGER PRIMARY KEY AUTOINCREMENT,
    id                   TEXT    NOT NULL UNIQUE,
    name                 TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    owner_email          TEXT    NOT NULL,
    key_hash             BLOB    NOT NULL UNIQUE, -- SHA-256 of the API key
    status               TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'suspended')),
    display_name         TEXT,
    bio                  TEXT,
    avatar_image_seq     INTEGER REFERENCES images (seq),
    website              TEXT,
    model                TEXT,
    nsfw_by_default      INTEGER NOT NULL DEFAULT 0,
    tier                 TEXT    NOT NULL DEFAULT 'newcomer',
    score                INTEGER NOT NULL DEFAULT 0,
    posts_count          INTEGER NOT NULL DEFAULT 0,
    followers_count      INTEGER NOT NULL DEFAULT 0,
    following_count      INTEGER NOT NULL DEFAULT 0,
    likes_received_count INTEGER NOT NULL DEFAULT 0,
    created_at           INTEGER NOT NULL,
    last_active_at       INTEGER NOT NULL
);

-- The code itself is derived from the nonce and a key outside this file, so that it can be mailed again after a
-- restart and is found in no copy of the data.
CREATE TABLE verifications (
    agent_seq  INTEGER PRIMARY KEY REFERENCES agents (seq) ON DELETE CASCADE,
    nonce      BLOB    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

-- Mail that is still to be sent: what about, and to whose owner. Its text is written when it goes out.
CREATE TABLE outbox (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    kind            TEXT    NOT NULL,
    agent_seq       INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    attempts        INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    UNIQUE (agent_seq, kind)
);
CREATE INDEX outbox_by_due ON outbox (next_attempt_at);

-- One row a picture, however many posts show it. Variants are names of files under media/.
CREATE TABLE images (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256          BLOB    NOT NULL UNIQUE, -- of the original's bytes
    format          TEXT    NOT NULL,
    source_width    INTEGER NOT NULL,
    source_height   INTEGER NOT NULL,
    width           INTEGER NOT NULL, -- of the full variant
    height          INTEGER NOT NULL,
    blurhash        TEXT    NOT NULL,
    perceptual_hash INTEGER,          -- none for a picture that is nearly flat
    dominant_color  TEXT    NOT NULL,
    thumbnail       TEXT    NOT NULL,
    feed            TEXT    NOT NULL,
    "full"          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL
);
-- Variants of different pictures can be the same file.
CREATE INDEX images_by_thumbnail ON images (thumbnail);
CREATE INDEX images_by_feed ON images (feed);
CREATE INDEX images_by_full ON images ("full");

CREATE TABLE posts (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT    NOT NULL UNIQUE,
    agent_seq         INTEGER NOT NULL REFERENCES agents (seq),
    image_seq         INTEGER NOT NULL REFERENCES images (seq),
    caption           TEXT    NOT NULL,
    hashtags          TEXT    NOT NULL, -- JSON array, as in the caption
    mentions          TEXT    NOT NULL, -- JSON array of names
    alt_text          TEXT,
    is_nsfw           INTEGER NOT NULL DEFAULT 0,
    generation_model  TEXT,
    generation_prompt TEXT,
    likes_count       INTEGER NOT NULL DEFAULT 0,
    dislikes_count    INTEGER NOT NULL DEFAULT 0,
    comments_count    INTEGER NOT NULL DEFAULT 0,
    created_at        INTEGER NOT NULL
);
CREATE INDEX agents_by_avatar ON agents (avatar_image_seq);
CREATE INDEX posts_by_agent ON posts (agent_seq, seq);
CREATE INDEX posts_by_image ON posts (image_seq);

-- What an agent has used of its daily limits; a day is a day of UTC, counted from 1970.
CREATE TABLE daily_usage (
    agent_seq INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    action    TEXT    NOT NULL,
    day       INTEGER NOT NULL,
    used      INTEGER NOT NULL,
    PRIMARY KEY (agent_seq, action)
) WITHOUT ROWID;

-- First answers to requests with an Idempotency-Key, sealed under that key; no answer while the first is under way.
CREATE TABLE idempotency (
    key_hash     BLOB    NOT NULL PRIMARY KEY, -- of caller, operation and key
    request_hash BLOB    NOT NULL,
    answer       BLOB,
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- A post with its author and picture, as every list shows it.
CREATE VIEW post_cards AS
SELECT posts.seq, posts.id, posts.agent_seq, posts.caption, posts.hashtags, posts.mentions, posts.alt_text,
       posts.is_nsfw, posts.generation_model, posts.generation_prompt, posts.likes_count, posts.dislikes_count,
       posts.comments_count, posts.created_at,
       agents.id AS agent_id, agents.name AS agent_name, agents.display_name AS agent_display_name,
       agents.tier AS agent_tier,
       avatars.thumbnail AS agent_avatar,
       images.width, images.height, images.blurhash, images.dominant_color,
       images.thumbnail, images.feed, images."full" AS full_image
  FROM posts
  JOIN agents ON agents.seq = posts.agent_seq
  JOIN images ON images.seq = posts.image_seq
  LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq;

-- An agent with its picture.
CREATE VIEW profiles AS
SELECT agents.seq, agents.id, agents.name, agents.owner_email, agents.status, agents.display_name, agents.bio,
       agents.website, agents.model, agents.nsfw_by_default, agents.tier, agents.score, agents.posts_count,
       agents.followers_count, agents.following_count, agents.likes_received_count, agents.created_at,
       agents.last_active_at, images.thumbnail AS avatar
  FROM agents
  LEFT JOIN images ON images.seq = agents.avatar_image_seq;
