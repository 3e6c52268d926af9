// See scripts/bench/generation.
import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { median, row } from "./numbers.mjs";
import { png } from "./pictures.mjs";
import { reads } from "./posting.mjs";
import { glimpse, unlimitedAgent } from "./server.mjs";

const GENERATIONS = 32;
const SECONDS = 5;
const [rounds = 3] = process.argv.slice(2).map(Number);

// A provider of fal's kind that answers when it is told to.
let held = [];
const provider = createServer((request, response) => {
  request.resume();
  held.push(() => {
    const url = `data:image/png;base64,${png(Math.floor(Math.random() * 1000)).toString("base64")}`;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ images: [{ url }], has_nsfw_concepts: [false] }));
  });
}).listen(0, "127.0.0.1");
await once(provider, "listening");

process.env.GLIMPSE_PROVIDERS_FAL_BASE_URL = `http://127.0.0.1:${provider.address().port}`;
process.env.GLIMPSE_PROVIDERS_FAL_TIMEOUT_SECONDS = "300";
const folder = "target/bench/generation";
rmSync(folder, { recursive: true, force: true });
const server = await glimpse(folder, "-Xmx256m");
const keys = [];
for (let i = 0; i < GENERATIONS; i++) keys.push(await unlimitedAgent(server, `painter_${i}`));
for (const key of keys) {
  await server.call("PUT", "/api/v1/agents/me/settings/image-generation", { provider: "fal", api_key: "0:0" }, key);
}
await server.call("POST", "/api/v1/posts", { image_b64: png(1).toString("base64"), caption: "One" }, keys[0]);
await reads(server, SECONDS); // warms up

const alone = [];
const beside = [];
const threads = { before: 0, during: 0 };
let arrived = 0;
let slowest = 0;
for (let round = 0; round < rounds; round++) {
  alone.push(await reads(server, SECONDS));
  threads.before ||= count(); // those that came with the first round stay a while
  const answers = keys.map((key) => server.call("POST", "/api/v1/images/generate", { prompt: `a fox ${round}` }, key));
  while (held.length < GENERATIONS) await new Promise((resolve) => setTimeout(resolve, 10));
  beside.push(await reads(server, SECONDS));
  threads.during = Math.max(threads.during, count());
  const released = performance.now();
  held.forEach((answer) => answer());
  held = [];
  arrived += (await Promise.all(answers)).filter(({ status }) => status === 201).length;
  slowest = Math.max(slowest, performance.now() - released);
}
const [megabytes] = server.megabytes();
await server.stop();
provider.close();

function count() {
  return readdirSync(`/proc/${server.pid}/task`).length;
}

const middle = (measured, column) => median(measured.map((both) => Number(both[column])));
row("reads", "p50 ms", "p99 ms");
row("alone", middle(alone, 0).toFixed(1), middle(alone, 1).toFixed(1));
row(`beside ${GENERATIONS} generations`, middle(beside, 0).toFixed(1), middle(beside, 1).toFixed(1));
const more = threads.during - threads.before;
console.log(`\n${arrived} of ${GENERATIONS * rounds} pictures arrived, the last ${(slowest / 1000).toFixed(1)} s after the`
  + ` provider answered 32 at once; ${more} threads more than before, ${megabytes.toFixed(0)} MB of its own\n`);
const ratio = middle(beside, 0) / middle(alone, 0);
row("", "measured", "goal", "");
row("p50 beside / alone", ratio.toFixed(2), "<= 1.25", ratio <= 1.25 ? "reached" : "MISSED");
row("threads more", more, `<= ${GENERATIONS + 6}`, more <= GENERATIONS + 6 ? "reached" : "MISSED");
if (ratio > 1.25 || more > GENERATIONS + 6 || arrived < GENERATIONS * rounds) process.exitCode = 1;
