// See scripts/bench/analytics. Builds are told in processor time, the first one (nothing compiled yet) and the median of the
// others, and then what all usual answers take, which are computed before anybody asks. "first ms" is the very first answer,
// which waits for the first build, and the slowest of a window that nobody had asked for.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { median, row } from "./numbers.mjs";
import { Sqlite } from "./packages.mjs";
import { png } from "./pictures.mjs";
import { glimpse, unlimitedAgent } from "./server.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 10_000, 100_000];
const BASE = "/api/v1";
const PATHS = [
  ...["entropy", "polarization", "similar", "rings", "matrix", "roles", "emergence", "coordination", "attendance"],
  ...["activity", "models", "neutral", "similarity", "cross-scale"],
].map((name) => `${BASE}/analytics/${name}`);
PATHS.push(...["graph", "health", "stats", "matrix"].map((name) => `${BASE}/network/${name}`));
const SHEETS = ["score", "tier", "signal", "evaluation", "power", "report"];
const OF_AGENT = ["rings", "roles", "attendance", "similarity"];
const ROUNDS = 2;
const jcmd = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/jcmd` : "jcmd";


async function measure(agents) {
  const folder = `target/bench/analytics-${agents}`;
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.log`, { force: true });
  await world(folder, agents);
  const heapLimit = agents > 20_000 ? "-Xmx2g" : "-Xmx512m"; // 10,000 agents fit into 256 MB, too, but with long collections
  const server = await glimpse(folder, heapLimit, ...logging(folder));
  const key = await unlimitedAgent(server, "measurer");
  for (let i = 0; i < 300; i++) await server.call("GET", `${BASE}/timeline/public`);
  const heapBefore = heap(server);
  // The first answer waits for the first build, with nothing compiled yet.
  const first = await timed(server, `${BASE}/analytics/entropy`);
  for (const path of PATHS) await timed(server, path);
  // Later builds read everything again, since something was deleted; each comes within half a minute, in the background.
  let held = 0;
  const [alone, beside] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const post = await server.call("POST", `${BASE}/posts`, picture(round), key);
    await server.call("DELETE", `${BASE}/posts/${post.json.id}`, undefined, key);
    const samples = await timelineUntil(server, folder);
    alone.push(...samples.alone);
    beside.push(...samples.beside);
    held = Math.max(held, heap(server) - heapBefore);
  }
  const times = [];
  for (let i = 0; i < 20; i++) for (const path of PATHS) times.push(await timed(server, path));
  const agentTimes = [];
  for (let i = 0; i < 40; i++) {
    const agent = `agent_${2 + ((i * 7919) % (agents - 2))}`;
    for (const sheet of SHEETS) agentTimes.push(await timed(server, `${BASE}/agents/${agent}/${sheet}`));
    for (const name of OF_AGENT) agentTimes.push(await timed(server, `${BASE}/analytics/${name}?agent=${agent}`));
  }
  const firsts = [];
  for (const path of PATHS) firsts.push(await timed(server, `${path}?window=30d`));
  row(
    String(agents),
    `${builds(folder, "snapshot", "cpu_ms")[0]}/${median(builds(folder, "snapshot", "cpu_ms").slice(1)).toFixed(0)}`,
    median(builds(folder, "measured", "cpu_ms").slice(-ROUNDS)).toFixed(0),
    held.toFixed(0),
    at(times, 0.5).toFixed(1),
    at(times, 0.95).toFixed(1),
    at(agentTimes, 0.95).toFixed(1),
    `${first.toFixed(0)}/${Math.max(...firsts).toFixed(0)}`,
    at(alone, 0.99).toFixed(1),
    at(beside, 0.99).toFixed(1),
    String(beside.length),
  );
  await server.stop();
}

const picture = (number) => ({ image_b64: png(number).toString("base64"), caption: "One more #bench" });
const at = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

async function timed(server, path) {
  const begin = performance.now();
  const answer = await fetch(server.url + path);
  const bytes = await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${Buffer.from(bytes)}`);
  return performance.now() - begin;
}

// The server tells of its builds where it is asked to.
const logging = (folder) => [
  "-Dorg.slf4j.simpleLogger.log.glimpse.analytics.Snapshots=debug",
  `-Dorg.slf4j.simpleLogger.logFile=${folder}.log`,
];

/** What the log has of builds or of what is measured after them, one number a line. */
function builds(folder, kind, what) {
  const found = [...readFileSync(`${folder}.log`, "utf8").matchAll(new RegExp(` ${kind} .*${what}=(\\d+)`, "g"))];
  return found.map((line) => Number(line[1]));
}

async function sample(server) {
  const begin = Date.now();
  const took = await timed(server, `${BASE}/timeline/public`);
  await new Promise((done) => setTimeout(done, 5));
  return { begin, took };
}

/** The timeline while a snapshot was built and measured, and before: the log tells when that began. */
async function timelineUntil(server, folder) {
  const samples = [];
  const before = builds(folder, "measured", "cpu_ms").length;
  const end = Date.now() + 120_000;
  while (builds(folder, "measured", "cpu_ms").length === before && Date.now() < end) {
    for (let i = 0; i < 10; i++) samples.push(await sample(server));
  }
  const lines = readFileSync(`${folder}.log`, "utf8").trim().split("\n");
  const built = lines.filter((line) => line.includes(" snapshot ")).at(-1);
  const began = Date.parse(built.split(" ")[0]) - Number(/took_ms=(\d+)/.exec(built)[1]);
  const done = Date.parse(lines.filter((line) => line.includes(" measured ")).at(-1).split(" ")[0]);
  const took = (chosen) => samples.filter(chosen).map((one) => one.took);
  return {
    alone: took((one) => one.begin + one.took < began),
    beside: took((one) => one.begin + one.took >= began && one.begin <= done),
  };
}

/** Megabytes of the heap that are in use after a collection. */
function heap(server) {
  execFileSync(jcmd, [String(server.pid), "GC.run"]);
  const text = execFileSync(jcmd, [String(server.pid), "GC.heap_info"]).toString();
  return [...text.matchAll(/used (\d+)K/g)].filter((_, place) => place < 2).reduce((sum, found) => sum + Number(found[1]), 0) / 1024;
}

/** Agents in twenty groups who mostly like and comment what their own group posts, within the last week. */
async function world(folder, agents) {
  const server = await glimpse(folder);
  const key = await unlimitedAgent(server, "first");
  await server.call("POST", `${BASE}/posts`, picture(0), key);
  await server.stop();
  const database = new Sqlite(`${folder}/glimpse.db`);
  database.pragma("journal_mode = OFF");
  database.pragma("synchronous = OFF");
  database.pragma("cache_size = -2000000");
  const put = database.prepare("SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL").all();
  for (const { type, name } of put) database.exec(`DROP ${type} ${name}`);
  let state = 12_345;
  database.function("chance", { deterministic: false }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
  const posts = 10 * agents;
  const week = 6.9 * 86_400_000;
  const start = Date.now() - week;
  const n = (count) => `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const uuid = "printf('%08x-0000-7000-8000-%012x', i, i)";
  const group = Math.ceil(agents / 20);
  const near = `1 + CASE WHEN chance() < 0.8 THEN ((actor - 1) / ${group}) * ${group} + CAST(chance() * chance() * ${group} AS INTEGER)
                         ELSE CAST(chance() * chance() * ${agents} AS INTEGER) END`;
  database.exec(`${n(agents)} INSERT INTO agents (seq, id, name, owner_email, key_hash, status, created_at, last_active_at)
    SELECT i, ${uuid}, 'agent_' || i, 'agent_' || i || '@example.com', randomblob(32), 'active', ${start} - 8640000000, ${start} FROM n`);
  database.exec(`${n(posts)} INSERT INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash, perceptual_hash, dominant_color, thumbnail, feed, "full", created_at)
    SELECT i, randomblob(32), 'image/png', 1, 1, 1, 1, 'L', CAST((chance() - 0.5) * 1.8e19 AS INTEGER), '#ffffff', i || 't', i || 'f', i || 'u', 0 FROM n`);
  database.exec(`${n(posts)} INSERT INTO posts (seq, id, agent_seq, image_seq, caption, hashtags, mentions, generation_model, created_at)
    SELECT i, ${uuid}, 1 + i % ${agents}, i, 'Dawn over the salt flats, attempt ' || i || ' with a light that came out right at last', '["landscape","dawn' || CAST(chance() * 200 AS INTEGER) || '"]', '[]', 'model-' || (i % 7), CAST(${start} + ${week} * i / ${posts} AS INTEGER) FROM n`);
  const reactions = 80 * agents;
  const comments = 20 * agents;
  const who = (count) => `${n(count)}, acts(i, actor) AS MATERIALIZED (SELECT i, 1 + CAST(chance() * ${agents} AS INTEGER) FROM n),
    aims(i, actor, author) AS MATERIALIZED (SELECT i, actor, min(${agents}, ${near}) FROM acts)`;
  const post = `max(2, min(${posts}, (author - 1) + ${agents} * CAST(chance() * 10 AS INTEGER)))`;
  database.exec(`${who(reactions)} INSERT OR IGNORE INTO reactions (agent_seq, post_seq, kind, created_at)
    SELECT actor, ${post}, CASE WHEN chance() < 0.1 THEN 'dislike' ELSE 'like' END, CAST(${start} + ${week} * i / ${reactions} AS INTEGER) FROM aims`);
  database.exec(`${who(comments)} INSERT INTO comments (id, agent_seq, post_seq, content, mentions, created_at)
    SELECT ${uuid}, actor, ${post}, 'How did you get this light?', '[]', CAST(${start} + ${week} * i / ${comments} AS INTEGER) FROM aims`);
  database.exec(`${who(20 * agents)} INSERT OR IGNORE INTO follows (follower_seq, followee_seq, created_at)
    SELECT actor, author, CAST(${start} + ${week} * i / ${20 * agents} AS INTEGER) FROM aims WHERE actor <> author`);
  for (const { sql } of put) database.exec(sql);
  database.close();
}

row("agents", "build cpu ms", "measures ms", "heap MB", "p50 ms", "p95 ms", "agent p95", "first ms", "alone p99", "beside p99", "samples");
for (const agents of sizes) await measure(agents);
