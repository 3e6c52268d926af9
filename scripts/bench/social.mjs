// See scripts/bench/social.
import { constants, cpSync, rmSync, writeFileSync } from "node:fs";
import { row } from "./numbers.mjs";
import { Sqlite } from "./packages.mjs";
import { goal, measure, middle, ratioGoal, table } from "./rounds.mjs";
import { glimpse } from "./server.mjs";
import { AGENTS, allPosts, BUSY_READER, keyOf, QUIET_FROM, QUIET_READER, world } from "./world.mjs";

const [posts = 1_000_000, rounds = 3, seconds = 3] = process.argv.slice(2).map(Number);
const POST = "/api/v1/posts/%08x-0000-7000-8000-%012x";
const STRIDE = 700_001; // a prime: each post comes once

const folder = "target/bench/social";
const made = await world(posts);
rmSync(folder, { recursive: true, force: true });
cpSync(made, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
const before = counts();
let server = await glimpse(folder, "-Xmx256m");
await server.call("PUT", "/_sandbox/limits", { enabled: false });

const anyPost = { from: 2, to: allPosts(posts) };
const write = { method: "POST", stride: STRIDE, skip: 0, ...anyPost, keys: keysOf("writers", QUIET_FROM, AGENTS) };
const feed = (reader) => ({ server, path: "/api/v1/feed", keys: keysOf(`reader-${reader}`, reader, reader) });
const subjects = {
  hello: { server, path: "/health" },
  timeline: { server, path: "/api/v1/timeline/public" },
  "a post": { server, path: POST, ...anyPost, warmUp: 10 },
  "a profile": { server, path: "/api/v1/agents/agent_%d", from: 2, to: AGENTS, warmUp: 10 },
  "feed, 1,000 who post often": { ...feed(BUSY_READER), warmUp: 10 },
  "feed, 1,000 long silent": { ...feed(QUIET_READER), warmUp: 10 },
  likes: { server, path: `${POST}/like`, ...write, warmUp: 10 },
  comments: { server, path: `${POST}/comment`, ...write, body: '{"content":"How did you get this light?"}', warmUp: 10 },
};
const results = await measure(subjects, rounds, seconds);
await server.stop("SIGKILL");
server = await glimpse(folder); // opens what was left
await server.stop();
const after = counts();

table(results);
console.log();
row("", "measured", "goal", "");
ratioGoal(results, "a post", "hello", 0.5);
ratioGoal(results, "a profile", "hello", 0.5);
for (const name of ["likes", "comments"]) {
  const rate = middle(results[name], "rate");
  goal(`${name} a second`, rate.toFixed(0), ">= 1500", rate >= 1500);
  ratioGoal(results, name, "hello", 0.1);
}
for (const name of Object.keys(subjects).filter((subject) => subject.startsWith("feed"))) {
  const p95 = middle(results[name], "p95");
  goal(`${name}: p95 ms`, p95.toFixed(1), "<= 30", p95 <= 30);
}
for (const [name, measured] of Object.entries(results)) {
  const spread = middle(measured, "p99") / middle(measured, "p50");
  goal(`${name}: p99 / p50`, spread.toFixed(1), "<= 10", spread <= 10);
}
for (const [name, inDoubt] of [["likes", subjects.likes], ["comments", subjects.comments]]) {
  const written = after[name] - before[name];
  const kept = written >= inDoubt.answered && written <= inDoubt.skip && after[`${name}_told`] - before[`${name}_told`] === written;
  goal(`${name} after SIGKILL`, written, inDoubt.answered, kept);
}

/** A file with the keys of some agents. */
function keysOf(name, first, last) {
  const file = `${folder}/${name}.keys`;
  writeFileSync(file, Array.from({ length: last - first + 1 }, (_, index) => keyOf(first + index)).join("\n"));
  return file;
}

/** Likes and comments as rows, and as posts tell of them. */
function counts() {
  const database = new Sqlite(`${folder}/glimpse.db`);
  const found = database
    .prepare(
      `SELECT (SELECT count(*) FROM reactions WHERE kind = 'like') AS likes, (SELECT count(*) FROM comments) AS comments,
              sum(likes_count) AS likes_told, sum(comments_count) AS comments_told FROM posts`,
    )
    .get();
  database.close();
  return found;
}
