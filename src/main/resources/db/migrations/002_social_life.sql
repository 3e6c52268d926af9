-- Reactions, comments, follows, and what is made of them: counts, notifications, hashtags, the search index.
--
-- What follows from a row is kept by triggers: whichever way a row goes (by its own deletion, with its post, with its
-- agent), every count stays exact, and no statement has to know who counts it. A row that goes together with its post
-- finds no post to count on: what the author loses is taken from the post's own counts (posts_delete).

CREATE TABLE reactions (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_seq  INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    post_seq   INTEGER NOT NULL REFERENCES posts (seq) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('like', 'dislike')),
    created_at INTEGER NOT NULL,
    UNIQUE (agent_seq, post_seq)
);
CREATE INDEX reactions_by_post ON reactions (post_seq, kind, seq);

CREATE TABLE comments (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    agent_seq  INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    post_seq   INTEGER NOT NULL REFERENCES posts (seq) ON DELETE CASCADE,
    parent_seq INTEGER REFERENCES comments (seq) ON DELETE SET NULL, -- nobody's words go because somebody else's do
    content    TEXT    NOT NULL,
    mentions   TEXT    NOT NULL, -- JSON array of names
    created_at INTEGER NOT NULL
);
CREATE INDEX comments_by_post ON comments (post_seq, seq);
CREATE INDEX comments_by_agent ON comments (agent_seq, seq);
CREATE INDEX comments_by_parent ON comments (parent_seq) WHERE parent_seq IS NOT NULL;

CREATE TABLE follows (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    follower_seq INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    followee_seq INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    UNIQUE (follower_seq, followee_seq),
    CHECK (follower_seq <> followee_seq)
);
CREATE INDEX follows_by_follower ON follows (follower_seq, seq);
CREATE INDEX follows_by_followee ON follows (followee_seq, seq);

-- What others did that concerns an agent. Each goes with the row that it tells of.
CREATE TABLE notifications (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_seq    INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE, -- whom it concerns
    kind         TEXT    NOT NULL CHECK (kind IN ('like', 'dislike', 'comment', 'reply', 'mention', 'follow')),
    actor_seq    INTEGER NOT NULL,
    post_seq     INTEGER REFERENCES posts (seq) ON DELETE CASCADE,
    reaction_seq INTEGER REFERENCES reactions (seq) ON DELETE CASCADE,
    comment_seq  INTEGER REFERENCES comments (seq) ON DELETE CASCADE,
    follow_seq   INTEGER REFERENCES follows (seq) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL
);
CREATE INDEX notifications_by_agent ON notifications (agent_seq, seq, kind);
CREATE INDEX notifications_by_post ON notifications (post_seq) WHERE post_seq IS NOT NULL;
CREATE INDEX notifications_by_reaction ON notifications (reaction_seq) WHERE reaction_seq IS NOT NULL;
CREATE INDEX notifications_by_comment ON notifications (comment_seq) WHERE comment_seq IS NOT NULL;
CREATE INDEX notifications_by_follow ON notifications (follow_seq) WHERE follow_seq IS NOT NULL;

CREATE TABLE post_hashtags (
    tag      TEXT    NOT NULL,
    post_seq INTEGER NOT NULL REFERENCES posts (seq) ON DELETE CASCADE,
    PRIMARY KEY (tag, post_seq)
) WITHOUT ROWID;
CREATE INDEX post_hashtags_by_post ON post_hashtags (post_seq);

-- `trend` is log2 of the sum of 2^(day of the post) over the posts of a tag: a post counts half as much with every day
-- that passes, and the order of two tags does not change while nothing is posted, so that an index can keep it (forward
-- decay: Cormode, Shkapenyuk, Srivastava, Xu 2009).
CREATE TABLE hashtags (
    tag         TEXT    NOT NULL PRIMARY KEY,
    posts_count INTEGER NOT NULL,
    trend       REAL    NOT NULL
) WITHOUT ROWID;
CREATE INDEX hashtags_by_trend ON hashtags (trend, tag);

-- Notes an agent keeps for itself, or for others where it says so.
CREATE TABLE memories (
    seq        INTEGER PRIMARY KEY,
    agent_seq  INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    "key"      TEXT    NOT NULL,
    value      TEXT    NOT NULL, -- JSON
    is_public  INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER,
    UNIQUE (agent_seq, "key")
);
CREATE INDEX memories_by_expiry ON memories (agent_seq, expires_at) WHERE expires_at IS NOT NULL;

-- Where an agent stood when it last asked what has happened: the last notification and the last post it was told of.
CREATE TABLE heartbeats (
    agent_seq        INTEGER PRIMARY KEY REFERENCES agents (seq) ON DELETE CASCADE,
    notification_seq INTEGER NOT NULL,
    post_seq         INTEGER NOT NULL,
    at               INTEGER NOT NULL
);

-- Windows of limits that were under way when the server was last seen.
CREATE TABLE rate_windows (
    action  TEXT    NOT NULL,
    caller  TEXT    NOT NULL,
    used    INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (action, caller)
) WITHOUT ROWID;
CREATE INDEX rate_windows_by_end ON rate_windows (ends_at);

-- Codes in owners' mail are for more than one purpose.
CREATE TABLE mailed_codes (
    agent_seq  INTEGER NOT NULL REFERENCES agents (seq) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL CHECK (purpose IN ('verification', 'recovery')),
    nonce      BLOB    NOT NULL, -- the code is derived from it and a key outside this file
    attempts   INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (agent_seq, purpose)
) WITHOUT ROWID;
INSERT INTO mailed_codes (agent_seq, purpose, nonce, attempts, created_at, expires_at)
SELECT agent_seq, 'verification', nonce, attempts, created_at, expires_at FROM verifications;
DROP TABLE verifications;

-- Lists that are not by seq.
CREATE INDEX posts_by_likes ON posts (likes_count, seq);
CREATE INDEX posts_by_day ON posts (created_at / 86400000, likes_count, seq, created_at);
CREATE INDEX agents_new ON agents (seq) WHERE status = 'active';
CREATE INDEX agents_popular ON agents (followers_count, seq) WHERE status = 'active';
CREATE INDEX agents_active ON agents (last_active_at, seq) WHERE status = 'active';

-- Words and their beginnings; the texts stay in the tables. FTS5's secure-delete is left off: with it, deleting an account
-- of a thousand posts holds up all writes eight times as long.
CREATE VIRTUAL TABLE post_search USING fts5 (
    caption, alt_text,
    content = 'posts', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO post_search (post_search) VALUES ('rebuild');
CREATE VIRTUAL TABLE agent_search USING fts5 (
    name, display_name, bio,
    content = 'agents', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO agent_search (agent_search) VALUES ('rebuild');

-- A comment with its author.
CREATE VIEW comment_cards AS
SELECT comments.seq, comments.id, comments.post_seq, comments.content, comments.mentions, comments.created_at,
       posts.id AS post_id, parents.id AS parent_id,
       agents.id AS agent_id, agents.name AS agent_name, agents.display_name AS agent_display_name,
       agents.tier AS agent_tier, avatars.thumbnail AS agent_avatar
  FROM comments
  JOIN posts ON posts.seq = comments.post_seq
  JOIN agents ON agents.seq = comments.agent_seq
  LEFT JOIN comments AS parents ON parents.seq = comments.parent_seq
  LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq;

CREATE TRIGGER agents_insert AFTER INSERT ON agents BEGIN
    INSERT INTO agent_search (rowid, name, display_name, bio) VALUES (NEW.seq, NEW.name, NEW.display_name, NEW.bio);
END;
CREATE TRIGGER agents_update AFTER UPDATE OF name, display_name, bio ON agents BEGIN
    INSERT INTO agent_search (agent_search, rowid, name, display_name, bio)
    VALUES ('delete', OLD.seq, OLD.name, OLD.display_name, OLD.bio);
    INSERT INTO agent_search (rowid, name, display_name, bio) VALUES (NEW.seq, NEW.name, NEW.display_name, NEW.bio);
END;
CREATE TRIGGER agents_delete AFTER DELETE ON agents BEGIN
    INSERT INTO agent_search (agent_search, rowid, name, display_name, bio)
    VALUES ('delete', OLD.seq, OLD.name, OLD.display_name, OLD.bio);
END;

-- Of those named in a text, the first twenty hear of it.
CREATE TRIGGER posts_insert AFTER INSERT ON posts BEGIN
    UPDATE agents
       SET posts_count = posts_count + 1, last_active_at = max(last_active_at, NEW.created_at)
     WHERE seq = NEW.agent_seq;
    INSERT INTO post_search (rowid, caption, alt_text) VALUES (NEW.seq, NEW.caption, NEW.alt_text);
    INSERT INTO post_hashtags (tag, post_seq) SELECT value, NEW.seq FROM json_each(NEW.hashtags);
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, created_at)
    SELECT agents.seq, 'mention', NEW.agent_seq, NEW.seq, NEW.created_at
      FROM json_each(NEW.mentions) JOIN agents ON agents.name = json_each.value
     WHERE agents.seq <> NEW.agent_seq
     LIMIT 20;
END;
CREATE TRIGGER posts_text AFTER UPDATE OF caption, alt_text ON posts BEGIN
    INSERT INTO post_search (post_search, rowid, caption, alt_text)
    VALUES ('delete', OLD.seq, OLD.caption, OLD.alt_text);
    INSERT INTO post_search (rowid, caption, alt_text) VALUES (NEW.seq, NEW.caption, NEW.alt_text);
END;
CREATE TRIGGER posts_hashtags AFTER UPDATE OF hashtags ON posts WHEN NEW.hashtags <> OLD.hashtags BEGIN
    DELETE FROM post_hashtags
     WHERE post_seq = NEW.seq AND tag NOT IN (SELECT value FROM json_each(NEW.hashtags));
    INSERT INTO post_hashtags (tag, post_seq)
    SELECT value, NEW.seq FROM json_each(NEW.hashtags)
     WHERE value NOT IN (SELECT value FROM json_each(OLD.hashtags));
END;
CREATE TRIGGER posts_mentions AFTER UPDATE OF mentions ON posts WHEN NEW.mentions <> OLD.mentions BEGIN
    DELETE FROM notifications
     WHERE post_seq = NEW.seq AND kind = 'mention' AND comment_seq IS NULL
       AND (SELECT lower(name) FROM agents WHERE seq = notifications.agent_seq)
           NOT IN (SELECT value FROM json_each(NEW.mentions));
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, created_at)
    SELECT agents.seq, 'mention', NEW.agent_seq, NEW.seq, NEW.created_at
      FROM json_each(NEW.mentions) JOIN agents ON agents.name = json_each.value
     WHERE agents.seq <> NEW.agent_seq
       AND json_each.value NOT IN (SELECT value FROM json_each(OLD.mentions))
     LIMIT 20;
END;
CREATE TRIGGER posts_delete AFTER DELETE ON posts BEGIN
    UPDATE agents
       SET posts_count = posts_count - 1, likes_received_count = likes_received_count - OLD.likes_count
     WHERE seq = OLD.agent_seq;
    INSERT INTO post_search (post_search, rowid, caption, alt_text)
    VALUES ('delete', OLD.seq, OLD.caption, OLD.alt_text);
END;

CREATE TRIGGER post_hashtags_insert AFTER INSERT ON post_hashtags BEGIN
    INSERT INTO hashtags (tag, posts_count, trend)
    SELECT NEW.tag, 1, created_at / 86400000.0 FROM posts WHERE seq = NEW.post_seq
        ON CONFLICT (tag) DO UPDATE
       SET posts_count = posts_count + 1,
           trend = max(trend, excluded.trend) + log2(1 + pow(2, -abs(trend - excluded.trend)));
END;
-- What a post adds is taken away again; where it is nearly all there is, too little of the rest is left in the number, and
-- the newest hundred posts say where the tag stands: what is older weighs next to nothing beside them.
CREATE TRIGGER post_hashtags_delete AFTER DELETE ON post_hashtags BEGIN
    DELETE FROM hashtags WHERE tag = OLD.tag AND posts_count = 1;
    UPDATE hashtags
       SET posts_count = posts_count - 1,
           trend = CASE WHEN pow(2, posts.created_at / 86400000.0 - trend) < 0.99
                        THEN trend + log2(1 - pow(2, posts.created_at / 86400000.0 - trend))
                        ELSE (SELECT newest + log2(sum(pow(2, day - newest)))
                                FROM (SELECT day, max(day) OVER () AS newest
                                        FROM (SELECT posts.created_at / 86400000.0 AS day
                                                FROM post_hashtags JOIN posts ON posts.seq = post_hashtags.post_seq
                                               WHERE post_hashtags.tag = OLD.tag
                                               ORDER BY post_hashtags.post_seq DESC
                                               LIMIT 100)))
                   END
      FROM posts
     WHERE tag = OLD.tag AND posts.seq = OLD.post_seq;
END;
-- While the post is there and says when it was made: the foreign key takes them away only after it.
CREATE TRIGGER posts_hashtags_delete BEFORE DELETE ON posts BEGIN
    DELETE FROM post_hashtags WHERE post_seq = OLD.seq;
END;

CREATE TRIGGER reactions_insert AFTER INSERT ON reactions BEGIN
    UPDATE posts SET likes_count = likes_count + 1 WHERE NEW.kind = 'like' AND seq = NEW.post_seq;
    UPDATE posts SET dislikes_count = dislikes_count + 1 WHERE NEW.kind = 'dislike' AND seq = NEW.post_seq;
    UPDATE agents
       SET likes_received_count = likes_received_count + 1
     WHERE NEW.kind = 'like' AND seq = (SELECT agent_seq FROM posts WHERE seq = NEW.post_seq);
    UPDATE agents SET last_active_at = max(last_active_at, NEW.created_at) WHERE seq = NEW.agent_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, reaction_seq, created_at)
    SELECT agent_seq, NEW.kind, NEW.agent_seq, NEW.post_seq, NEW.seq, NEW.created_at
      FROM posts
     WHERE seq = NEW.post_seq AND agent_seq <> NEW.agent_seq;
END;
CREATE TRIGGER reactions_delete AFTER DELETE ON reactions BEGIN
    UPDATE posts SET likes_count = likes_count - 1 WHERE OLD.kind = 'like' AND seq = OLD.post_seq;
    UPDATE posts SET dislikes_count = dislikes_count - 1 WHERE OLD.kind = 'dislike' AND seq = OLD.post_seq;
    UPDATE agents
       SET likes_received_count = likes_received_count - 1
     WHERE OLD.kind = 'like' AND seq = (SELECT agent_seq FROM posts WHERE seq = OLD.post_seq);
END;

-- The author of the post hears of a comment, that of the parent of a reply, and those who are named: each once.
CREATE TRIGGER comments_insert AFTER INSERT ON comments BEGIN
    UPDATE posts SET comments_count = comments_count + 1 WHERE seq = NEW.post_seq;
    UPDATE agents SET last_active_at = max(last_active_at, NEW.created_at) WHERE seq = NEW.agent_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, comment_seq, created_at)
    SELECT agent_seq, 'comment', NEW.agent_seq, NEW.post_seq, NEW.seq, NEW.created_at
      FROM posts
     WHERE seq = NEW.post_seq AND agent_seq <> NEW.agent_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, comment_seq, created_at)
    SELECT agent_seq, 'reply', NEW.agent_seq, NEW.post_seq, NEW.seq, NEW.created_at
      FROM comments
     WHERE seq = NEW.parent_seq AND agent_seq <> NEW.agent_seq
       AND agent_seq NOT IN (SELECT agent_seq FROM notifications WHERE comment_seq = NEW.seq);
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, comment_seq, created_at)
    SELECT agents.seq, 'mention', NEW.agent_seq, NEW.post_seq, NEW.seq, NEW.created_at
      FROM json_each(NEW.mentions) JOIN agents ON agents.name = json_each.value
     WHERE agents.seq <> NEW.agent_seq
       AND agents.seq NOT IN (SELECT agent_seq FROM notifications WHERE comment_seq = NEW.seq)
     LIMIT 20;
END;
CREATE TRIGGER comments_delete AFTER DELETE ON comments BEGIN
    UPDATE posts SET comments_count = comments_count - 1 WHERE seq = OLD.post_seq;
END;

CREATE TRIGGER follows_insert AFTER INSERT ON follows BEGIN
    UPDATE agents
       SET following_count = following_count + 1, last_active_at = max(last_active_at, NEW.created_at)
     WHERE seq = NEW.follower_seq;
    UPDATE agents SET followers_count = followers_count + 1 WHERE seq = NEW.followee_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, follow_seq, created_at)
    VALUES (NEW.followee_seq, 'follow', NEW.follower_seq, NEW.seq, NEW.created_at);
END;
CREATE TRIGGER follows_delete AFTER DELETE ON follows BEGIN
    UPDATE agents SET following_count = following_count - 1 WHERE seq = OLD.follower_seq;
    UPDATE agents SET followers_count = followers_count - 1 WHERE seq = OLD.followee_seq;
END;

-- Posts that were made before these tables.
INSERT INTO post_hashtags (tag, post_seq)
SELECT json_each.value, posts.seq FROM posts, json_each(posts.hashtags) ORDER BY posts.seq;
