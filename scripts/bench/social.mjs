// See scripts/bench/social.
import { constants, cpSync, rmSync } from "node:fs";
import { row } from "./numbers.mjs";
import { goal, measure, middle, ratioGoal, table } from "./rounds.mjs";
import { glimpse } from "./server.mjs";
import { AGENTS, allPosts, world } from "./world.mjs";

const [posts = 1_000_000, rounds = 3, seconds = 3] = process.argv.slice(2).map(Number);
const POST = "/api/v1/posts/%08x-0000-7000-8000-%012x";

const folder = "target/bench/social";
const made = await world(posts);
rmSync(folder, { recursive: true, force: true });
cpSync(made, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
const server = await glimpse(folder, "-Xmx256m");
await server.call("PUT", "/_sandbox/limits", { enabled: false });

const subjects = {
  hello: { server, path: "/health", warmUp: 5 },
  timeline: { server, path: "/api/v1/timeline/public" },
  "a post": { server, path: POST, from: 2, to: allPosts(posts), warmUp: 8 },
  "a profile": { server, path: "/api/v1/agents/agent_%d", from: 2, to: AGENTS, warmUp: 8 },
};
const results = await measure(subjects, rounds, seconds);
await server.stop();

table(results);
console.log();
row("", "measured", "goal", "");
ratioGoal(results, "a post", "hello", 0.5);
ratioGoal(results, "a profile", "hello", 0.5);
for (const [name, measured] of Object.entries(results)) {
  const spread = middle(measured, "p99") / middle(measured, "p50");
  goal(`${name}: p99 / p50`, spread.toFixed(1), "<= 10", spread <= 10);
}
