// Load through wrk: as many calls as the server answers, over 16 connections.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export const CONNECTIONS = 16;

/** @param subject a server, and what load.lua takes */
export async function load({ server, beside, warmUp, answered, ...options }, seconds) {
  const before = server.cpu();
  const named = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const fixed = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", "scripts/bench/load.lua", server.url, "--"];
  const { stdout } = await promisify(execFile)("wrk", [...fixed, ...named]);
  const measured = JSON.parse(stdout.trim().split("\n").at(-1));
  if (measured.failed > 0) throw new Error(`${options.path}: ${measured.failed} calls failed`);
  const [own, resident] = server.megabytes();
  return {
    ...measured,
    rate: measured.requests / measured.seconds,
    cpu: ((server.cpu() - before) / measured.requests) * 1e6,
    own,
    resident,
  };
}

