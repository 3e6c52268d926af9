// Whether reads stay fast while pictures come in: the timeline 50 times a second, alone and beside eight clients that
// post as fast as they are let, in a heap of 256 MB.
import { rmSync } from "node:fs";
import { row } from "./numbers.mjs";
import { png } from "./pictures.mjs";
import { glimpse, unlimitedAgent } from "./server.mjs";

const CLIENTS = 8;
const READS = 50; // a second

export async function readsBesidePosts(seconds) {
  const folder = "target/bench/posting";
  rmSync(folder, { recursive: true, force: true });
  const server = await glimpse(folder, "-Xmx256m");
  const key = await unlimitedAgent(server, "poster");
  const pictures = Array.from({ length: 40 }, (_, number) => new Blob([png(number)]));
  const posted = [];
  let refused = 0;

  async function post(client, until) {
    for (let i = client; performance.now() < until; i += CLIENTS) {
      const form = new FormData();
      form.set("image", pictures[i % pictures.length], "picture.png");
      form.set("caption", `post ${i}`);
      const answer = await server.call("POST", "/api/v1/posts", form, key);
      if (answer.status === 201) {
        posted.push(answer.json.id);
      } else if (answer.status === 503 && answer.headers.has("retry-after")) {
        refused++;
      } else {
        throw new Error(`a post was answered with ${answer.status}`);
      }
    }
  }

  await Promise.all([reads(server, 5), post(0, performance.now() + 5000)]); // warms up
  const alone = await reads(server, seconds);
  const until = performance.now() + seconds * 1000;
  const clients = Array.from({ length: CLIENTS }, (_, client) => post(client, until));
  const beside = await reads(server, seconds);
  await Promise.all(clients);
  for (const id of posted) {
    const answer = await server.call("GET", `/api/v1/posts/${id}`);
    if (answer.status !== 200) throw new Error(`post ${id} is lost: ${answer.status}`);
  }
  await server.stop();
  row("reads", "p50 ms", "p99 ms");
  row("alone", ...alone);
  row(`beside ${CLIENTS} posting clients`, ...beside);
  console.log(`\n${posted.length} posts in ${seconds} s, none lost; ${refused} times 503 with Retry-After\n`);
}

/** p50 and p99 in milliseconds, measured from when a read was due, not from when there was time for it. */
export async function reads(server, seconds) {
  const times = [];
  const under = [];
  const begin = performance.now();
  for (let due = begin; due < begin + seconds * 1000; due += 1000 / READS) {
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    under.push(
      server.call("GET", "/api/v1/timeline/public").then(({ status }) => {
        if (status !== 200) throw new Error(`a read was answered with ${status}`);
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(under);
  times.sort((a, b) => a - b);
  return [0.5, 0.99].map((part) => times[Math.floor(times.length * part)].toFixed(1));
}
