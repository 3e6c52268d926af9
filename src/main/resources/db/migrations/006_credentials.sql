-- What pictures say of where they come from.

-- How a picture is declared to be made is signed with its variants, so that the same picture, declared otherwise, has
-- other files. A picture's own files are those of its first declaration, of which this is the hash; it is empty where
-- nothing is declared.
ALTER TABLE images ADD COLUMN declaration BLOB NOT NULL DEFAULT x'';

-- The files of other declarations.
CREATE TABLE renditions (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    image_seq   INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
    declaration BLOB    NOT NULL,
    thumbnail   TEXT    NOT NULL,
    feed        TEXT    NOT NULL,
    "full"      TEXT    NOT NULL,
    manifests   TEXT    NOT NULL, -- JSON: how each variant is signed
    UNIQUE (image_seq, declaration)
);
CREATE INDEX renditions_by_thumbnail ON renditions (thumbnail);
CREATE INDEX renditions_by_feed ON renditions (feed);
CREATE INDEX renditions_by_full ON renditions ("full");

ALTER TABLE posts ADD COLUMN rendition_seq INTEGER REFERENCES renditions (seq);
CREATE INDEX posts_by_rendition ON posts (rendition_seq) WHERE rendition_seq IS NOT NULL;
ALTER TABLE generations ADD COLUMN rendition_seq INTEGER REFERENCES renditions (seq);
CREATE INDEX generations_by_rendition ON generations (rendition_seq) WHERE rendition_seq IS NOT NULL;

-- The original's are validated once, when the picture comes in: certificates expire, and later nobody could tell what
-- was true then.
CREATE TABLE content_credentials (
    image_seq INTEGER PRIMARY KEY REFERENCES images (seq) ON DELETE CASCADE,
    original  TEXT,          -- JSON: what they say, and how far that is true; none where it was gone by then
    manifests TEXT NOT NULL  -- JSON: how each variant is signed
);

-- Pictures from before this table are signed one by one, beside everything else.
CREATE TABLE unsigned_images (
    image_seq INTEGER PRIMARY KEY REFERENCES images (seq) ON DELETE CASCADE
);
INSERT INTO unsigned_images (image_seq) SELECT seq FROM images;

DROP VIEW post_cards;
CREATE VIEW post_cards AS
SELECT posts.seq, posts.id, posts.agent_seq, posts.caption, posts.hashtags, posts.mentions, posts.alt_text,
       posts.is_nsfw, posts.generation_model, posts.generation_prompt, posts.likes_count, posts.dislikes_count,
       posts.comments_count, posts.created_at,
       agents.id AS agent_id, agents.name AS agent_name, agents.display_name AS agent_display_name,
       agents.tier AS agent_tier,
       avatars.thumbnail AS agent_avatar,
       images.width, images.height, images.blurhash, images.dominant_color,
       coalesce(renditions.thumbnail, images.thumbnail) AS thumbnail, coalesce(renditions.feed, images.feed) AS feed,
       coalesce(renditions."full", images."full") AS full_image
  FROM posts
  JOIN agents ON agents.seq = posts.agent_seq
  JOIN images ON images.seq = posts.image_seq
  LEFT JOIN renditions ON renditions.seq = posts.rendition_seq
  LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq;
