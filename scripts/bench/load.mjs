// Load through wrk: as many calls as the server answers, over 16 connections.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** @param subject server, path, and the numbers between which a random one is put behind it */
export async function load({ server, path, encoding = "identity", from, to }, seconds) {
  const before = server.cpu();
  const range = from ? [from, to] : [];
  const options = ["-t1", "-c16", `-d${seconds}s`, "-s", "scripts/bench/load.lua", server.url, "--", path, encoding, ...range];
  const { stdout } = await promisify(execFile)("wrk", options.map(String));
  const measured = JSON.parse(stdout.trim().split("\n").at(-1));
  if (measured.failed > 0) throw new Error(`${path}: ${measured.failed} calls failed`);
  return {
    rate: measured.requests / measured.seconds,
    p50: measured.p50,
    p99: measured.p99,
    cpu: ((server.cpu() - before) / measured.requests) * 1e6,
    megabytes: server.megabytes(),
  };
}
