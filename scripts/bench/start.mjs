// Starts each subject in turn, round after round, so that what else the machine does falls on all of them alike.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { median, row } from "./numbers.mjs";

const rounds = Number(process.argv[2] ?? 10);
const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
const ephemeral = ["--ephemeral", "--port", "0"];
const subjects = {
  hello: [java, "-jar", "target/bench/hello/hello.jar"],
  "java -jar": [java, "-jar", "target/glimpse.jar", ...ephemeral],
  "scripts/run": ["scripts/run", ...ephemeral],
};

/** Milliseconds from the start of the process to the first answer. */
async function firstAnswer([program, ...options]) {
  const begin = performance.now();
  const server = spawn(program, options, { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface({ input: server.stdout }), "line");
  const answer = await fetch(JSON.parse(line).url + "/health");
  const took = performance.now() - begin;
  if (answer.status !== 200) throw new Error(`${program}: ${answer.status}`);
  server.kill();
  await once(server, "close");
  return took;
}

const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  process.stderr.write(`\rround ${round} of ${rounds}`);
  for (const [name, command] of Object.entries(subjects)) {
    const took = await firstAnswer(command);
    if (round > 0) times[name].push(took); // the first reads files that later ones find in memory
  }
}
process.stderr.write("\n");

const middle = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
const megabytes = statSync("target/glimpse.jar").size / 1e6;
row("start to first answer", "median ms", "min ms", "max ms");
for (const [name, all] of Object.entries(times)) {
  row(name, middle[name].toFixed(0), Math.min(...all).toFixed(0), Math.max(...all).toFixed(0));
}
console.log();
row("", "measured", "goal", "");
goal("java -jar / hello", middle["java -jar"] / middle.hello, 1.5);
goal("scripts/run / java -jar", middle["scripts/run"] / middle["java -jar"], 0.6);
goal("jar, MB", megabytes, 30);

function goal(name, measured, atMost) {
  const reached = measured <= atMost;
  row(name, measured.toFixed(2), `<= ${atMost}`, reached ? "reached" : "MISSED");
  if (!reached) process.exitCode = 1;
}
