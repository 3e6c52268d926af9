// See scripts/bench/http.
import { row } from "./numbers.mjs";
import { png } from "./pictures.mjs";
import { readsBesidePosts } from "./posting.mjs";
import { measure, ratioGoal, table } from "./rounds.mjs";
import { glimpse, start, unlimitedAgent } from "./server.mjs";
import { world } from "./world.mjs";
import { Writer } from "./writer.mjs";

const [posts = 100_000, rounds = 3, seconds = 3] = process.argv.slice(2).map(Number);
const PAGES = "/api/v1/timeline/public";

const folder = await world(posts);
const server = await glimpse(folder, "-Xmx256m");
const key = await unlimitedAgent(server, `bench_${Date.now().toString(36)}`);
const picture = { image_b64: png(Date.now() % 1000).toString("base64"), caption: "The newest" };
const newest = (await server.call("POST", "/api/v1/posts", picture, key)).json;
const fastify = await start("node", "scripts/bench/fastify.mjs", `${folder}/glimpse.db`, server.url);
await comparePages(20);

const writer = new Writer(server, key, newest.id, 100);
const older = { path: `${PAGES}?max_id=%d`, from: 50, to: posts };
const subjects = {
  hello: { server, path: "/health" },
  "first page": { server, path: PAGES },
  "first page, gzip": { server, path: PAGES, encoding: "gzip" },
  "first page, 100 writes/s": { server, path: PAGES, beside: writer },
  "older pages": { server, ...older, warmUp: 12 },
  "older pages, Fastify": { server: fastify, ...older },
  thumbnail: { server, path: new URL(newest.thumbnail_url).pathname },
  "feed variant": { server, path: new URL(newest.image_url).pathname },
};

const results = await measure(subjects, rounds, seconds);

const first = (await server.call("GET", PAGES)).json.data[0];
if (first.caption !== writer.last) throw new Error(`the page shows ${first.caption}, written was ${writer.last}`);
await server.stop();
await fastify.stop();

table(results);
console.log(`\nwrites: ${writer.rate().toFixed(0)}/s, and the page showed the last of them\n`);
row("", "measured", "goal", "");
ratioGoal(results, "first page", "hello", 0.85);
ratioGoal(results, "first page, gzip", "hello", 0.85);
ratioGoal(results, "first page, 100 writes/s", "hello", 0.3);
ratioGoal(results, "older pages", "older pages, Fastify", 1.5);
ratioGoal(results, "thumbnail", "hello", 0.7);
console.log();
await readsBesidePosts(8);

// The same rows, to the letter: otherwise one of the two would be measured at less work.
async function comparePages(count) {
  for (let page = 1; page <= count; page++) {
    const path = `${PAGES}?max_id=${Math.floor((posts * page) / count)}`;
    const [ours, theirs] = await Promise.all(
      [server, fastify].map(({ url }) => fetch(url + path).then((answer) => answer.text())),
    );
    if (ours !== theirs) throw new Error(`${path} differs:\n${ours}\n${theirs}`);
  }
}
