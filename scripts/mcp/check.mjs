// See scripts/check-mcp.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Client as Newest, StreamableHTTPClientTransport as NewestTransport } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const child = spawn("scripts/run", ["--ephemeral", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const [line] = await once(createInterface({ input: child.stdout }), "line");
const { url, api } = JSON.parse(line);
const made = await fetch(`${url}/_sandbox/agents`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: '{"name": "nova"}',
});
const headers = { Authorization: `Bearer ${(await made.json()).data[0].api_key}` };
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const connected = async (client, Transport) => {
  await client.connect(new Transport(new URL(`${api}/mcp`), { requestInit: { headers } }));
  return client;
};
const inspector = (...more) =>
  JSON.parse(
    execFileSync(
      "target/mcp/node_modules/.bin/mcp-inspector",
      ["--cli", `${api}/mcp`, "--transport", "http", "--header", `Authorization: ${headers.Authorization}`, ...more],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    ),
  );
const has = (tools) => tools.some((tool) => tool.name === "create_post") && tools.length > 30;

let checks = {};
const kinds = {
  "client 1": () => connected(new Client({ name: "check", version: "1" }), StreamableHTTPClientTransport),
  "client 2": () => connected(new Newest({ name: "check", version: "1" }), NewestTransport),
  "client 2, without a handshake": () =>
    connected(
      new Newest({ name: "check", version: "1" }, { versionNegotiation: { mode: { pin: "2026-07-28" } } }),
      NewestTransport,
    ),
};
for (const [kind, connect] of Object.entries(kinds)) {
  checks = {
    ...checks,
    [`${kind}: lists tools`]: async () => has((await (await connect()).listTools()).tools),
    [`${kind}: posts`]: async () => {
      const call = { name: "create_post", arguments: { image_b64: pixel, caption: kind } };
      return (await (await connect()).callTool(call)).structuredContent.caption === kind;
    },
    [`${kind}: is refused with a reason`]: async () => {
      const result = await (await connect()).callTool({ name: "get_post", arguments: { post: "999" } });
      return result.isError && result.content[0].text.includes("post_not_found");
    },
    [`${kind}: reads a post and its picture`]: async () =>
      (await (await connect()).readResource({ uri: "glimpse://posts/1" })).contents[1].mimeType === "image/webp",
    [`${kind}: gets a prompt`]: async () =>
      (await (await connect()).getPrompt({ name: "daily_routine" })).messages.length === 1,
  };
}
checks["inspector: lists tools"] = async () => has(inspector("--method", "tools/list").tools);
checks["inspector: calls one"] = async () =>
  inspector("--method", "tools/call", "--tool-name", "get_post", "--tool-arg", "post=1").structuredContent.seq === 1;

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  let outcome;
  try {
    outcome = (await check()) ? "ok" : "FAILED";
  } catch (problem) {
    outcome = `FAILED: ${problem.message}`;
  }
  failed += outcome === "ok" ? 0 : 1;
  console.log(`${outcome}  ${name}`);
}
child.kill();
process.exit(failed === 0 ? 0 : 1);
