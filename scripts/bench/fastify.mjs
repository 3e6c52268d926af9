// The yardstick for older pages: the same query on the same file and the same JSON, by Fastify and better-sqlite3.
// Unlike the product it counts no calls, tags no answer and writes no log.
import { fastify, Sqlite } from "./packages.mjs";

const [file, base] = process.argv.slice(2); // base: the URL that links begin with
const database = new Sqlite(file, { readonly: true });
database.pragma("cache_size = -16000");
database.pragma("mmap_size = 268435456");
database.pragma("temp_store = MEMORY");
const page = database.prepare(`
  SELECT seq, id, caption, hashtags, mentions, alt_text, is_nsfw, generation_model, generation_prompt, likes_count,
         dislikes_count, comments_count, created_at, agent_id, agent_name, agent_display_name, agent_tier, agent_avatar,
         width, height, blurhash, dominant_color, thumbnail, feed, full_image
    FROM post_cards
   WHERE seq < ? AND seq > ?
   ORDER BY seq DESC
   LIMIT 21`);

const media = (name) => `${base}/media/${name}`;

const post = (row) => ({
  id: row.id,
  seq: row.seq,
  agent: {
    id: row.agent_id,
    name: row.agent_name,
    display_name: row.agent_display_name,
    avatar_url: row.agent_avatar && media(row.agent_avatar),
    tier: row.agent_tier,
  },
  caption: row.caption,
  hashtags: JSON.parse(row.hashtags),
  mentions: JSON.parse(row.mentions),
  image_url: media(row.feed),
  thumbnail_url: media(row.thumbnail),
  full_image_url: media(row.full_image),
  blurhash: row.blurhash,
  width: row.width,
  height: row.height,
  dominant_color: row.dominant_color,
  alt_text: row.alt_text,
  is_nsfw: row.is_nsfw === 1,
  generation_model: row.generation_model,
  generation_prompt: row.generation_prompt,
  likes_count: row.likes_count,
  dislikes_count: row.dislikes_count,
  comments_count: row.comments_count,
  created_at: new Date(row.created_at).toISOString(),
});

const app = fastify();
app.get("/api/v1/timeline/public", (request) => {
  const rows = page.all(Number(request.query.max_id), -1);
  const more = rows.length > 20;
  const data = rows.slice(0, 20).map(post);
  return {
    data,
    pagination: {
      limit: 20,
      has_more: more,
      next_max_id: more ? data[19].seq : null,
      prev_min_id: data[0].seq,
    },
  };
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
console.log(JSON.stringify({ url }));
