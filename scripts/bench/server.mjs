// A server as a child process: started, called, measured, stopped.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const TICKS = 100; // a second, in /proc

export const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";

/** Waits for the line in which the server tells its URL. */
export async function start(program, ...options) {
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "ignore"] });
  process.once("exit", () => child.kill()); // a benchmark that fails leaves nobody behind
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(child, "exit")]);
  if (typeof line !== "string") throw new Error(`${program} ended with ${line}`);
  const { url } = JSON.parse(line);
  return {
    url,
    pid: child.pid,
    call: (method, path, body, key) => call(url + path, method, body, key),
    /** Seconds of processor time so far. */
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    /** Resident memory: its own, and all, in which each connection counts the pages of the database that it maps. */
    megabytes: () =>
      ["RssAnon", "VmRSS"].map(
        (what) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024,
      ),
    stop: async (signal) => {
      child.kill(signal);
      await once(child, "close");
    },
  };
}

export const glimpse = (data, ...jvmOptions) =>
  start(java, ...jvmOptions, "-jar", "target/glimpse.jar", "--port", "0", "--data", data);

async function call(url, method, body, key) {
  const form = body instanceof FormData;
  const answer = await fetch(url, {
    method,
    headers: { ...(!form && { "content-type": "application/json" }), ...(key && { authorization: `Bearer ${key}` }) },
    body: form ? body : body && JSON.stringify(body),
  });
  const json = answer.headers.get("content-type")?.includes("json") ? await answer.json() : await answer.text();
  return { status: answer.status, headers: answer.headers, json };
}

/** Makes an agent that may do as much as it likes. */
export async function unlimitedAgent(server, name) {
  await server.call("PUT", "/_sandbox/limits", { enabled: false });
  const made = await server.call("POST", "/_sandbox/agents", { name });
  return made.json.data[0].api_key;
}
