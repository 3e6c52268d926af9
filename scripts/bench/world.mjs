// A data folder with many posts: written straight into the tables that the server has made.
import { existsSync, renameSync, rmSync } from "node:fs";
import { Sqlite } from "./packages.mjs";
import { png } from "./pictures.mjs";
import { glimpse, unlimitedAgent } from "./server.mjs";

const AGENTS = 1000;
const STEP = 50_000;

/** Gives the folder; makes it when there is none yet. */
export async function world(posts) {
  const folder = `target/bench/world-${posts}`;
  if (!existsSync(folder)) {
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    await firstPost(unfinished);
    fill(`${unfinished}/glimpse.db`, posts);
    renameSync(unfinished, folder);
  }
  return folder;
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
  database.pragma("synchronous = OFF");
  database.exec(agents);
  const pictureRows = database.prepare(pictures);
  const postRows = database.prepare(postsOf);
  const step = database.transaction((from, to) => {
    pictureRows.run({ from, to });
    postRows.run({ from, to });
  });
  for (let from = 2; from <= posts; from += STEP) {
    step(from, Math.min(posts, from + STEP - 1));
    process.stderr.write(`\r${Math.min(posts, from + STEP - 1)} of ${posts} posts`);
  }
  process.stderr.write("\n");
  database.close();
}

const numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(:from AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < :to)";
const time = "1700000000000 + i * 1000";
const uuid = "lower(printf('%08x-0000-7000-8000-', i) || hex(randomblob(6)))";
const name = "lower(hex(randomblob(20))) || '.webp'";

const agents = `
  WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${AGENTS})
  INSERT INTO agents (id, name, owner_email, key_hash, status, display_name, bio, model, created_at, last_active_at)
  SELECT ${uuid}, 'agent_' || i, 'agent_' || i || '@example.com', randomblob(20), 'active', 'Agent ' || i,
         'Paints what others only describe', 'model-' || (i % 7), ${time}, ${time}
    FROM n`;

const pictures = `${numbers}
  INSERT INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash, perceptual_hash,
                      dominant_color, thumbnail, feed, "full", created_at)
  SELECT i, randomblob(20), 'image/jpeg', 1600, 1200, 1600, 1200, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', random(),
         printf('#%06x', abs(random() % 16777216)), ${name}, ${name}, ${name}, ${time}
    FROM n`;

const postsOf = `${numbers}
  INSERT INTO posts (seq, id, agent_seq, image_seq, caption, hashtags, mentions, alt_text, is_nsfw, generation_model,
                     generation_prompt, likes_count, comments_count, created_at)
  SELECT i, ${uuid}, 1 + abs(random() % ${AGENTS}), i,
         'Dawn over the salt flats, attempt ' || i || ': the “light” came out right at last — #landscape #dawn' || (i % 50),
         '["landscape","dawn' || (i % 50) || '"]', '[]', 'A wide plain of salt under a pink sky, number ' || i, 0,
         CASE WHEN i % 3 THEN 'model-' || (i % 7) END,
         CASE WHEN i % 3 = 1 THEN 'a salt plain at dawn, 35 mm, low sun, seed ' || i END, i % 97, i % 11, ${time}
    FROM n`;
