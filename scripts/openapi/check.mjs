// See scripts/check-openapi.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";

const seed = Number(process.argv[2] ?? Date.now() % 100_000);
const rounds = Number(process.env.ROUNDS ?? 30);
let state = seed;
const random = () => {
  state = (state * 1664525 + 1013904223) % 4294967296;
  return state / 4294967296;
};
const one = (all) => all[Math.floor(random() * all.length)];

const child = spawn("scripts/run", ["--ephemeral", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const [line] = await once(createInterface({ input: child.stdout }), "line");
const { url } = JSON.parse(line);
const post = (path, body, headers = {}) =>
  fetch(url + path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });
const document = await (await fetch(`${url}/openapi.json`)).json();
writeFileSync("target/openapi/openapi.json", JSON.stringify(document));
let problems = 0;
try {
  execFileSync("target/openapi/node_modules/.bin/redocly", ["lint", "target/openapi/openapi.json", "--max-problems=50"], {
    stdio: ["ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  console.log("ok  redocly lint");
} catch (failure) {
  problems++;
  console.log(failure.stderr);
}

// A world to act in, without limits; whoever calls owns half of what there is.
await fetch(`${url}/_sandbox/limits`, {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: '{"enabled": false}',
});
const agents = (await (await post("/_sandbox/agents", '{"name": "nova", "count": 3}')).json()).data;
const keys = agents.map((agent) => `Bearer ${agent.api_key}`);
const example = document.paths["/api/v1/posts"].post.requestBody.content["application/json"].example;
for (const key of keys) {
  await post("/api/v1/posts", JSON.stringify(example), { Authorization: key });
}
const comment = await (
  await post("/api/v1/posts/1/comment", '{"content": "hello"}', { Authorization: keys[0] })
).json();

const ajv = new Ajv2020({ strict: false, allErrors: false });
formats(ajv);
ajv.addFormat("int32", true).addFormat("int64", true).addFormat("binary", true);
ajv.addSchema(document, "api");
const validators = new Map();
const valid = (pointer, body) => {
  if (!validators.has(pointer)) {
    validators.set(pointer, ajv.compile({ $ref: `api#${pointer}` }));
  }
  const check = validators.get(pointer);
  return check(body) ? null : ajv.errorsText(check.errors);
};
const escaped = (part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

const HOSTILE = [
  "", " ", "\u0000", "'", '"', "; DROP TABLE posts;--", "<script>", "../../etc/passwd", "%00", "🦊", "é".repeat(300),
  "x".repeat(5000), "null", "true", "-1", "0", "9223372036854775808", "1e400", "NaN", "{}", "\ud83d", "a\nb", "*", "\"*\"",
  "MATCH", "#", "@", "me", "nova_1", "NOVA_2", "１", "٣", "\u202e", "{agent}", "..", ".", "~", "?", "&a=b",
];
const KNOWN = { agent: ["nova_1", "nova_2", "me", "@nova_3"], post: ["1", "2", "3"], comment: [comment.id], key: ["mood"] };
const resolve = (schema) =>
  schema?.$ref ? document.components.schemas[schema.$ref.split("/").pop()] : schema ?? {};

const value = (schema) => {
  const known = resolve(schema);
  if (random() < 0.25) {
    return one([null, true, 7, -1, 1.5, [], {}, [[]], { a: 1 }, ...HOSTILE]);
  }
  const type = Array.isArray(known.type) ? one(known.type) : known.type;
  if (known.enum) return one(known.enum);
  if (type === "integer") return one([known.minimum ?? 0, known.maximum ?? 2 ** 53, 1, 5, 2 ** 31, -(2 ** 63)]);
  if (type === "number") return one([0, 0.5, 1e308, -1]);
  if (type === "boolean") return random() < 0.5;
  if (type === "null") return null;
  if (type === "array") return [value(known.items)];
  if (known.contentEncoding === "base64") return one([example.image_b64, "AAAA", "data:image/png;base64,", "!"]);
  if (type === "string") {
    const length = one([known.minLength ?? 1, known.maxLength ?? 20, 8, (known.maxLength ?? 20) + 1]);
    return one(["a".repeat(Math.min(length, 12_000)), "nova_1", "1", ...HOSTILE]);
  }
  return one([1, "x", { a: [1, "b"] }]);
};

const request = (method, path, operation) => {
  const headers = {};
  const query = new URLSearchParams();
  let target = path;
  for (const parameter of operation.parameters ?? []) {
    const isPath = parameter.in === "path";
    if (isPath) {
      const text = random() < 0.8 ? one(KNOWN[parameter.name] ?? [parameter.example ?? "x"]) : one(HOSTILE) || "x";
      target = target.replace(`{${parameter.name}}`, encodeURIComponent(text.toWellFormed?.() ?? "x"));
    } else if (parameter.required || random() < 0.4) {
      const text = String(value(parameter.schema));
      if (parameter.in === "query") {
        query.set(parameter.name, text.toWellFormed?.() ?? "x");
      } else if (/^[\x21-\x7e]{1,200}$/.test(text) && parameter.name !== "Idempotency-Key") {
        headers[parameter.name] = text;
      }
    }
  }
  if (random() < 0.9) headers.Authorization = random() < 0.95 ? one(keys) : "Bearer glm_wrong";
  let body;
  const json = operation.requestBody?.content?.["application/json"];
  if (json) {
    headers["Content-Type"] = random() < 0.97 ? "application/json" : "text/plain";
    const fields = resolve(json.schema);
    const made = random() < 0.4 ? { ...json.example } : {};
    for (const [name, schema] of Object.entries(fields.properties ?? {})) {
      if (random() < (fields.required?.includes(name) ? 0.9 : 0.35)) made[name] = value(schema);
    }
    body = JSON.stringify(made);
    if (random() < 0.05) body = one(["", "{", "[]", "null", '{"a":'.repeat(600), body.slice(0, -1)]);
  }
  const asked = query.toString();
  return { method: method.toUpperCase(), target: target + (asked ? `?${asked}` : ""), headers, body };
};

const SPARED = new Set(["stream_posts", "delete_own_account", "replace_own_key", "set_sandbox_limits", "set_sandbox_clock"]);
const told = new Set();
const statuses = {};
let sent = 0;
for (let round = 0; round < rounds; round++) {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (SPARED.has(operation.operationId)) continue;
      const made = request(method, path, operation);
      let answer;
      try {
        answer = await fetch(url + made.target, made);
      } catch (failure) {
        answer = { status: `none (${failure.cause?.code ?? failure.message})`, headers: new Headers(), text: async () => "" };
      }
      const text = await answer.text();
      sent++;
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const problem = wrong(path, method, operation, answer, text, made.target);
      if (problem && !told.has(problem)) {
        told.add(problem);
        problems++;
        console.log(`FAILED  ${problem}\n        ${JSON.stringify(made).slice(0, 600)}\n        ${text.slice(0, 300)}`);
      }
    }
  }
}

function wrong(path, method, operation, answer, text, target) {
  const id = operation.operationId;
  if (!(answer.status < 500) && !(answer.status === 503 && id === "generate_image") && !(answer.status === 502))
    return `${id} answers ${answer.status}`;
  // Another path than was meant: a parameter with a slash or dots in it, which the client takes away.
  if (answer.status === 404 && text.includes("There is nothing at this path")) return null;
  if (answer.status === 405 && /%2F|\.\.|\/\.|me$|latest$/.test(target)) return null;
  const response = operation.responses[answer.status];
  if (!response) return `${id} answers ${answer.status}, which is not described`;
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0];
  const pointer = response.$ref
    ? response.$ref.slice(1)
    : `/paths/${escaped(path)}/${method}/responses/${answer.status}`;
  const content = response.$ref ? document.components.responses[response.$ref.split("/").pop()].content : response.content;
  if (!content) return text ? `${id} answers ${answer.status} with a body` : null;
  if (!content[type]) return `${id} answers ${answer.status} as ${type}`;
  if (type !== "application/json") return null;
  const errors = valid(`${pointer}/content/application~1json/schema`, JSON.parse(text));
  return errors ? `${id} answers ${answer.status}: ${errors}` : null;
}

console.log(`${problems === 0 ? "ok" : "FAILED"}  ${sent} requests, seed ${seed}: ${JSON.stringify(statuses)}`);
child.kill();
process.exit(problems === 0 ? 0 : 1);
