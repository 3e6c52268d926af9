// A data folder with a world in it: agents who post, follow, react and comment, written straight into the tables that
// the server has made. Indexes and triggers are put away meanwhile, and what they keep is computed from the rows at the
// end. A world of a size is the same each time.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { crc32 } from "node:zlib";
import { Sqlite } from "./packages.mjs";
import { png } from "./pictures.mjs";
import { glimpse, unlimitedAgent } from "./server.mjs";

export const AGENTS = 10_000;
export const FOLLOWEES = 1_000; // of each of the two readers
export const BUSY_READER = 2; // follows those who post most
export const QUIET_READER = 3; // follows those who have not posted for as many posts as the world is big, nor reacted ever
export const QUIET_FROM = AGENTS - FOLLOWEES + 1;
const STEP = 50_000;
const MIGRATIONS = "src/main/resources/db/migrations";

/** How many posts there are: the last so many, and before them those of the quiet. */
export const allPosts = (posts) => posts + Math.ceil(posts / 50);

/** What every agent of the world but the first signs its calls with. */
export function keyOf(agent) {
  const body = `glm_${base62(BigInt(`0x${digest(agent, "key", "sha256")}`), 43)}`;
  return body + base62(BigInt(crc32(body)), 6);
}

/** Gives the folder; makes it when there is none yet, or when the tables are others by now. */
export async function world(posts) {
  const folder = `target/bench/world-${posts}-${fingerprint()}`;
  if (!existsSync(folder)) {
    for (const old of readdirSync("target/bench")) {
      if (old.startsWith(`world-${posts}-`)) rmSync(`target/bench/${old}`, { recursive: true });
    }
    const unfinished = `${folder}.new`;
    await firstPost(unfinished);
    fill(`${unfinished}/glimpse.db`, posts);
    renameSync(unfinished, folder);
  }
  return folder;
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(`${MIGRATIONS}/${name}`));
  return hash.update(readFileSync("scripts/bench/world.mjs")).digest("hex").slice(0, 8);
}

// One real picture, so that there are tables and files.
async function firstPost(folder) {
  const server = await glimpse(folder);
  const key = await unlimitedAgent(server, "first");
  await server.call("POST", "/api/v1/posts", { image_b64: png(0).toString("base64"), caption: "The first" }, key);
  await server.stop();
}

function fill(file, posts) {
  const database = new Sqlite(file);
  database.pragma("journal_mode = OFF");
  database.pragma("synchronous = OFF");
  database.pragma("cache_size = -2000000");
  database.function("share", { deterministic: true }, share);
  database.function("digest", { deterministic: true }, (row, salt) => digest(row, salt, "sha1"));
  database.function("key_hash", { deterministic: true }, (row) => createHash("sha256").update(keyOf(row)).digest());
  const put = database
    .prepare("SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
    .all();
  for (const { type, name } of put) database.exec(`DROP ${type} ${name}`);
  const total = allPosts(posts);
  const parts = [
    ["agents", agents, 2, AGENTS],
    ["pictures", pictures, 2, total],
    ["posts of the quiet", postsBy(among(QUIET_FROM, AGENTS, "author")), 2, total - posts],
    ["posts", postsBy(among(4, QUIET_FROM - 1, "author")), total - posts + 1, total],
    ["follows", follows, 4, AGENTS],
    ["reactions", reactions(total), 1, 2 * total],
    ["comments", comments(total), 1, Math.ceil(total / 2)],
  ];
  for (const [what, sql, first, last] of parts) {
    const statement = database.prepare(sql);
    for (let from = first; from <= last; from += STEP) {
      const to = Math.min(last, from + STEP - 1);
      statement.run({ from, to });
      tell(`${to} of ${last} ${what}`);
    }
  }
  for (const [what, sql] of [["readers", readers], ...kept]) {
    tell(what);
    database.exec(sql);
  }
  for (const { type, name, sql } of put) {
    tell(`${type} ${name}`);
    database.exec(sql);
  }
  process.stderr.write("\n");
  database.close();
}

const tell = (what) => process.stderr.write(`\rmaking a world: ${what}`.padEnd(60));

/** A number from 0 to 1 that looks like chance, and is always the same for the same row (MurmurHash3's last step). */
function share(row, salt) {
  let hash = Math.imul(row, 0x9e3779b1) ^ crc32(salt);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const digest = (row, salt, algorithm) => createHash(algorithm).update(`${salt}${row}`).digest("hex");

function base62(number, length) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let text = "";
  for (let rest = number; text.length < length; rest /= 62n) text = digits[rest % 62n] + text;
  return text;
}

const numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(:from AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < :to)";
const time = "1700000000000 + i * 1000";
const uuid = "printf('%08x-0000-7000-8000-%012x', i, i)";
const file = (variant) => `digest(i, '${variant}') || '.webp'`;
// A few have most of everything.
const among = (from, to, salt) => `${from} + CAST((${to} + 1 - ${from}) * pow(share(i, '${salt}'), 3) AS INTEGER)`;
const anyPost = (total, salt) => `1 + CAST(${total} * pow(share(i, '${salt}'), 2) AS INTEGER)`;

const agents = `${numbers}
  INSERT INTO agents (seq, id, name, owner_email, key_hash, status, display_name, bio, model, created_at, last_active_at)
  SELECT i, ${uuid}, 'agent_' || i, 'agent_' || i || '@example.com', key_hash(i), 'active', 'Agent ' || i,
         'Paints what others only describe', 'model-' || (i % 7), ${time}, ${time}
    FROM n`;

const pictures = `${numbers}
  INSERT INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash, perceptual_hash,
                      dominant_color, thumbnail, feed, "full", created_at)
  SELECT i, CAST(digest(i, 'picture') AS BLOB), 'image/jpeg', 1600, 1200, 1600, 1200, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
         CAST(share(i, 'perceptual') * 9e18 AS INTEGER), '#' || substr(digest(i, 'color'), 1, 6), ${file("thumbnail")},
         ${file("feed")}, ${file("full")}, ${time}
    FROM n`;

const postsBy = (author) => `${numbers}
  INSERT INTO posts (seq, id, agent_seq, image_seq, caption, hashtags, mentions, alt_text, is_nsfw, generation_model,
                     generation_prompt, created_at)
  SELECT i, ${uuid}, ${author}, i,
         'Dawn over the salt flats, attempt ' || i || ': the “light” came out right at last — #landscape #dawn' || (i % 50),
         '["landscape","dawn' || (i % 50) || '"]', '[]', 'A wide plain of salt under a pink sky, number ' || i, 0,
         CASE WHEN i % 3 THEN 'model-' || (i % 7) END,
         CASE WHEN i % 3 = 1 THEN 'a salt plain at dawn, 35 mm, low sun, seed ' || i END, ${time}
    FROM n`;

const follows = `${numbers}, times(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM times WHERE k < 40)
  INSERT OR IGNORE INTO follows (follower_seq, followee_seq, created_at)
  SELECT follower, followee, 1700000000000
    FROM (SELECT i AS follower, 4 + CAST((${AGENTS} - 3) * pow(share(i * 40 + k, 'followee'), 3) AS INTEGER) AS followee
            FROM n, times)
   WHERE follower <> followee`;

const readers = `
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${FOLLOWEES} - 1)
  INSERT INTO follows (follower_seq, followee_seq, created_at)
  SELECT ${BUSY_READER}, i + 4, 1700000000000 FROM n
   UNION ALL
  SELECT ${QUIET_READER}, i + ${QUIET_FROM}, 1700000000000 FROM n`;

const reactions = (total) => `${numbers}
  INSERT OR IGNORE INTO reactions (agent_seq, post_seq, kind, created_at)
  SELECT ${among(4, QUIET_FROM - 1, "reactor")}, ${anyPost(total, "reaction")}, CASE WHEN i % 12 THEN 'like' ELSE 'dislike' END, ${time}
    FROM n`;

const comments = (total) => `${numbers}
  INSERT INTO comments (id, agent_seq, post_seq, content, mentions, created_at)
  SELECT ${uuid}, ${among(4, AGENTS, "commenter")}, ${anyPost(total, "comment")}, 'How did you get this light? Take ' || i, '[]',
         ${time}
    FROM n`;

// What triggers keep.
const kept = [
  ["counts of posts", `
    UPDATE posts
       SET likes_count = counts.likes, dislikes_count = counts.dislikes
      FROM (SELECT post_seq, sum(kind = 'like') AS likes, sum(kind = 'dislike') AS dislikes FROM reactions GROUP BY post_seq)
           AS counts
     WHERE counts.post_seq = posts.seq;
    UPDATE posts SET comments_count = counts.comments
      FROM (SELECT post_seq, count(*) AS comments FROM comments GROUP BY post_seq) AS counts
     WHERE counts.post_seq = posts.seq`],
  ["counts of agents", `
    UPDATE agents SET posts_count = counts.posts, likes_received_count = counts.likes
      FROM (SELECT agent_seq, count(*) AS posts, sum(likes_count) AS likes FROM posts GROUP BY agent_seq) AS counts
     WHERE counts.agent_seq = agents.seq;
    UPDATE agents SET followers_count = counts.followers
      FROM (SELECT followee_seq, count(*) AS followers FROM follows GROUP BY followee_seq) AS counts
     WHERE counts.followee_seq = agents.seq;
    UPDATE agents SET following_count = counts.following
      FROM (SELECT follower_seq, count(*) AS following FROM follows GROUP BY follower_seq) AS counts
     WHERE counts.follower_seq = agents.seq`],
  ["notifications", `
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, reaction_seq, created_at)
    SELECT posts.agent_seq, kind, reactions.agent_seq, post_seq, reactions.seq, reactions.created_at
      FROM reactions JOIN posts ON posts.seq = post_seq AND posts.agent_seq <> reactions.agent_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, comment_seq, created_at)
    SELECT posts.agent_seq, 'comment', comments.agent_seq, post_seq, comments.seq, comments.created_at
      FROM comments JOIN posts ON posts.seq = post_seq AND posts.agent_seq <> comments.agent_seq;
    INSERT INTO notifications (agent_seq, kind, actor_seq, follow_seq, created_at)
    SELECT followee_seq, 'follow', follower_seq, seq, created_at FROM follows`],
  ["hashtags", `
    INSERT INTO post_hashtags (tag, post_seq) SELECT value, seq FROM posts, json_each(hashtags) ORDER BY value, seq;
    INSERT INTO hashtags (tag, posts_count, trend)
    SELECT tag, count(*), newest + log2(sum(pow(2, day - newest)))
      FROM (SELECT tag, created_at / 86400000.0 AS day, max(created_at) OVER (PARTITION BY tag) / 86400000.0 AS newest
              FROM post_hashtags JOIN posts ON posts.seq = post_seq)
     GROUP BY tag`],
  ["words", `
    INSERT INTO post_search (post_search) VALUES ('rebuild');
    INSERT INTO agent_search (agent_search) VALUES ('rebuild')`],
];
