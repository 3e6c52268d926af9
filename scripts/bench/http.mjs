// See scripts/bench/http.
import { load } from "./load.mjs";
import { median, row } from "./numbers.mjs";
import { png } from "./pictures.mjs";
import { readsBesidePosts } from "./posting.mjs";
import { glimpse, start, unlimitedAgent } from "./server.mjs";
import { world } from "./world.mjs";
import { Writer } from "./writer.mjs";

const [posts = 100_000, rounds = 3, seconds = 3] = process.argv.slice(2).map(Number);
const WARM_UP = 2; // seconds, and more for what the JVM is slow to compile
const PAGES = "/api/v1/timeline/public";

const folder = await world(posts);
const server = await glimpse(folder, "-Xmx256m");
const key = await unlimitedAgent(server, `bench_${Date.now().toString(36)}`);
const picture = { image_b64: png(Date.now() % 1000).toString("base64"), caption: "The newest" };
const newest = (await server.call("POST", "/api/v1/posts", picture, key)).json;
const fastify = await start("node", "scripts/bench/fastify.mjs", `${folder}/glimpse.db`, server.url);
await comparePages(20);

const writer = new Writer(server, key, newest.id, 100);
const older = { path: `${PAGES}?max_id=`, from: 50, to: posts };
const subjects = {
  hello: { server, path: "/health" },
  "first page": { server, path: PAGES },
  "first page, gzip": { server, path: PAGES, encoding: "gzip" },
  "first page, 100 writes/s": { server, path: PAGES, beside: writer },
  "older pages": { server, ...older, warmUp: 12 },
  "older pages, Fastify": { server: fastify, ...older },
  "a post": { server, path: "/api/v1/posts/", from: 2, to: posts },
  thumbnail: { server, path: new URL(newest.thumbnail_url).pathname },
  "feed variant": { server, path: new URL(newest.image_url).pathname },
};

const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, subject] of Object.entries(subjects)) {
    process.stderr.write(`\r${round ? `round ${round} of ${rounds}` : "warming up"}: ${name}`.padEnd(60));
    subject.beside?.begin();
    const measured = await load(subject, round ? seconds : (subject.warmUp ?? WARM_UP));
    await subject.beside?.end();
    if (round) results[name].push(measured);
  }
}
process.stderr.write("\n");

const first = (await server.call("GET", PAGES)).json.data[0];
if (first.caption !== writer.last) throw new Error(`the page shows ${first.caption}, written was ${writer.last}`);
await server.stop();
await fastify.stop();

const middle = (name, what) => median(results[name].map((measured) => measured[what]));
row("", "requests/s", "p50 ms", "p99 ms", "CPU us", "RSS MB");
for (const name of Object.keys(subjects)) {
  const cells = ["rate", "p50", "p99", "cpu", "megabytes"].map((what) => middle(name, what));
  row(name, ...cells.map((number, column) => number.toFixed(column === 1 || column === 2 ? 2 : 0)));
}
console.log(`\nwrites: ${writer.rate().toFixed(0)}/s, and the page showed the last of them\n`);
row("", "measured", "goal", "");
goal("first page", "hello", 0.85);
goal("first page, gzip", "hello", 0.85);
goal("first page, 100 writes/s", "hello", 0.3);
goal("older pages", "older pages, Fastify", 1.5);
goal("thumbnail", "hello", 0.7);
console.log();
await readsBesidePosts(8);

function goal(name, yardstick, atLeast) {
  const ratio = median(results[name].map((measured, round) => measured.rate / results[yardstick][round].rate));
  row(`${name} / ${yardstick}`, ratio.toFixed(2), `>= ${atLeast}`, ratio >= atLeast ? "reached" : "MISSED");
  if (ratio < atLeast) process.exitCode = 1;
}

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
