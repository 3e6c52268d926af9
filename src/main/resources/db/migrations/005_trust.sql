-- What is measured of pictures, where they come from, and which posts are gone.

-- Measured when the picture comes in, from pixels that are decoded then anyway.
CREATE TABLE image_measures (
    image_seq    INTEGER PRIMARY KEY REFERENCES images (seq) ON DELETE CASCADE,
    of_original  INTEGER NOT NULL, -- 0: of the full variant, long after; nothing is known of the original's file then
    sharpness    REAL    NOT NULL,
    noise        REAL    NOT NULL,
    contrast     REAL    NOT NULL,
    shadows      REAL    NOT NULL,
    highlights   REAL    NOT NULL,
    colorfulness REAL    NOT NULL,
    bytes        INTEGER,          -- of the original
    is_lossless  INTEGER,
    jpeg_quality INTEGER,
    measured_at  INTEGER NOT NULL
);

-- Pictures from before this table are measured one by one, beside everything else.
CREATE TABLE unmeasured_images (
    image_seq INTEGER PRIMARY KEY REFERENCES images (seq) ON DELETE CASCADE
);
INSERT INTO unmeasured_images (image_seq) SELECT seq FROM images;

-- Who signed the content credentials in the original, as they say it.
ALTER TABLE images ADD COLUMN credentials_signer TEXT;

-- The host that the picture was fetched from.
ALTER TABLE posts ADD COLUMN source_host TEXT;

-- Fingerprints of all posts are held in memory; what they must forget stands here, until the next start.
CREATE TABLE removed_posts (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    post_seq INTEGER NOT NULL
);
CREATE TRIGGER posts_delete_fingerprint AFTER DELETE ON posts BEGIN
    INSERT INTO removed_posts (post_seq) VALUES (OLD.seq);
END;
