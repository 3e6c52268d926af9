// See scripts/check-mcp.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { ClientFactory as Agents } from "@a2a-js/sdk/client";
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
checks["A2A client: asks the agent that the card tells of"] = async () => {
  const agent = await new Agents().createFromUrl(url);
  const data = { tool: "get_post", arguments: { post: "1" } };
  const message = { messageId: "1", role: 1, parts: [{ content: { $case: "data", value: data } }] };
  return (await agent.sendMessage({ message })).parts.some((part) => part.content.value.seq === 1);
};

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

// The conformance suite. Most of its scenarios call tools, prompts and resources that only a server made for the suite
// has, or ask for what this server does not offer; of those only the form of the messages counts.
const FIXTURES = "needs the suite's own tools, prompts or resources (test_simple_text, test://static-text, …)";
const ASKS_BACK = "this server asks nothing back of its clients: no elicitation, sampling or roots";
const NOT_OFFERED = "a capability that this server does not declare";
const NOT_OURS = [
  [/^(tools-call-(simple|image|audio|embedded|mixed|error|with-progress)|resources-(read|templates-read)|prompts-get)/, FIXTURES],
  [/^(json-schema-2020-12|http-custom-header-server-validation)$/, FIXTURES],
  [/^(input-required-result|elicitation|tools-call-(sampling|elicitation))/, ASKS_BACK],
  [/^(logging-set-level|tools-call-with-logging|completion-complete|resources-(un)?subscribe)/, NOT_OFFERED],
];
for (const revision of ["2025-06-18", "2025-11-25", "2026-07-28"]) {
  const results = `target/mcp/conformance/${revision}`;
  rmSync(results, { recursive: true, force: true });
  try {
    execFileSync(
      "target/mcp/node_modules/.bin/node", // the suite needs a newer one than systems have
      [
        ...["target/mcp/node_modules/.bin/conformance", "server", "--url", `${api}/mcp`, "--suite", "all"],
        ...["--spec-version", revision, "-o", results],
      ],
      { stdio: "ignore" },
    );
  } catch {
    // It says so when anything failed; what did stands in its files.
  }
  let ran = 0;
  const reasons = new Map();
  for (const folder of readdirSync(results)) {
    const scenario = folder.replace(/^server-(.*?)-\d{4}-\d\d-\d\dT.*$/, "$1");
    const reason = NOT_OURS.find(([name]) => name.test(scenario))?.[1];
    const wrong = JSON.parse(readFileSync(`${results}/${folder}/checks.json`, "utf8")).filter(
      (one) => one.status === "FAILURE" && !one.details?.untestable && (!reason || one.id === "wire-schema-valid"),
    );
    wrong.forEach((one) => console.log(`FAILED  conformance ${revision} ${scenario}: ${one.id}: ${one.errorMessage}`));
    failed += wrong.length;
    if (reason) {
      reasons.set(reason, [...(reasons.get(reason) ?? []), scenario]);
    } else {
      ran++;
    }
  }
  failed += ran > 5 ? 0 : 1;
  console.log(`${ran > 5 ? "ok" : "FAILED"}  conformance ${revision}: ${ran} scenarios`);
  reasons.forEach((scenarios, reason) => console.log(`    not ours (${reason}): ${scenarios.join(", ")}`));
}
child.kill();
process.exit(failed === 0 ? 0 : 1);
