// See scripts/check-c2pa.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Builder, LocalSigner } from "@contentauth/c2pa-node";
import init, { WasmReader } from "@contentauth/c2pa-wasm";
import { rubric } from "./rubric.mjs";

const flips = Number(process.argv[2] ?? 1500);
const folder = "target/c2pa/samples";
const types = { jpg: "jpeg", png: "png", gif: "gif", webp: "webp", avif: "avif" };

// Where the two may differ, and why.
const explained = {
  "leaf-for-claims-only": "the engine takes the usage that the specification names only where it is configured",
  "two-parents": "the specification has one parent at most (manifest.multipleParents), which the engine does not check",
};
/** In the head of the store, or in the kind, flags or label of a box: the engine looks at no more than it needs, we at all. */
const inDescription = (bytes, at) => {
  const first = bytes.indexOf("jumd");
  if (at >= first - 12 && at < first + 4) return true;
  const start = bytes.lastIndexOf("jumd", at);
  return start >= 4 && at >= start + 4 && at < start - 4 + bytes.readUInt32BE(start - 4);
};

rmSync(folder, { recursive: true, force: true });
const classpath = ["target/test-classes", "target/classes", readFileSync("target/c2pa/classpath", "utf8").trim()];
const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
const ours = spawn(java, ["-cp", classpath.join(":"), "glimpse.c2pa.CredentialSamples", folder], {
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: ours.stdout });
await once(answers, "line");

await init({ module_or_path: readFileSync(new URL(import.meta.resolve("@contentauth/c2pa-wasm/c2pa.wasm"))) });
const anchors = readFileSync(`${folder}/anchors.pem`, "utf8");
const offline = { verify: { remote_manifest_fetch: false, ocsp_fetch: false } };
const trusting = JSON.stringify({ ...offline, trust: { trust_anchors: anchors } });
const doubting = JSON.stringify(offline);

const read = (file, bytes, settings) =>
  WasmReader.fromBytes(`image/${types[file.split(".").at(-1)]}`, bytes, settings);
const theirState = async (file, bytes, settings = trusting) => {
  try {
    return JSON.parse((await read(file, bytes, settings)).json()).validation_state;
  } catch (error) {
    return `Error ${error}`.slice(0, 100);
  }
};
const ourState = async (file) => {
  ours.stdin.write(`${file}\n`);
  return (await once(answers, "line"))[0];
};
const valid = (state) => /^(valid|trusted)/i.test(state);

let wrong = 0;
const tell = (good, what) => {
  wrong += good ? 0 : 1;
  console.log(`${good ? "ok  " : "WRONG"} ${what}`);
};

console.log("signed by us:");
for (const name of readdirSync(`${folder}/signed`)) {
  const file = `${folder}/signed/${name}`;
  const bytes = readFileSync(file);
  const states = [await theirState(file, bytes, doubting), await theirState(file, bytes), await ourState(file)];
  const { statements, failed } = rubric(JSON.parse((await read(file, bytes, trusting)).crJson()));
  tell(
    states.join() === "Valid,Trusted,TRUSTED " && failed.length === 0,
    `${name}: ${states.join(", ")}; rubric ${statements - failed.length}/${statements} ${failed}`,
  );
}

console.log("pitfalls:");
for (const name of readdirSync(`${folder}/pitfalls`)) {
  const file = `${folder}/pitfalls/${name}`;
  const [theirs, own] = [await theirState(file, readFileSync(file)), await ourState(file)];
  const why = explained[name.split(".")[0]];
  tell(valid(theirs) === valid(own) || why, `${name}: ${theirs}, ${own}${why ? `: ${why}` : ""}`);
}

console.log("signed by the SDK:");
mkdirSync(`${folder}/sdk`);
const blocks = readFileSync(`${folder}/signing.pem`, "utf8").match(/-----BEGIN[^]*?-----END [A-Z ]+-----\n/g);
const signer = LocalSigner.newSigner(Buffer.from(blocks[3]), Buffer.from(blocks[2]), "es256");
const manifest = {
  claim_generator_info: [{ name: "check", version: "1" }],
  assertions: [
    {
      label: "c2pa.actions",
      data: {
        actions: [
          {
            action: "c2pa.created",
            digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
          },
        ],
      },
    },
  ],
};
// Compressed ones come with a hash for each part of the file, but for AVIF and WebP.
const ways = { plain: undefined, compressed: { core: { prefer_compress_manifests: true } } };
for (const [way, settings] of Object.entries(ways)) {
  for (const name of readdirSync(`${folder}/originals`)) {
    const output = { buffer: null };
    const source = { buffer: readFileSync(`${folder}/originals/${name}`), mimeType: `image/${types[name.split(".")[1]]}` };
    Builder.withJson(manifest, settings).sign(signer, source, output);
    const file = `${folder}/sdk/${way}-${name}`;
    writeFileSync(file, output.buffer);
    const states = [await theirState(file, output.buffer), await ourState(file)];
    tell(states.join() === "Trusted,TRUSTED ", `${way}-${name}: ${states}`);
  }
}

console.log(`${flips} flipped bits:`);
const files = [
  `${folder}/signed/lossy.webp`,
  `${folder}/signed/embedded-parent.webp`,
  ...readdirSync(`${folder}/sdk`).map((name) => `${folder}/sdk/${name}`),
];
let seed = 20261123; // the same flips in each run of the same length
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const counts = { agreed: 0, stillValid: 0, explained: 0 };
for (let i = 0; i < flips; i++) {
  const file = files[i % files.length];
  const bytes = readFileSync(file);
  const [at, bit] = [random(bytes.length), random(8)];
  const before = Buffer.from(bytes);
  bytes[at] ^= 1 << bit;
  const changed = `${folder}/flipped.${file.split(".").at(-1)}`;
  writeFileSync(changed, bytes);
  const [theirs, own] = [await theirState(changed, bytes), await ourState(changed)];
  if (valid(theirs) === valid(own)) {
    counts.agreed++;
    counts.stillValid += valid(own) ? 1 : 0;
  } else if (valid(theirs) && inDescription(before, at)) {
    counts.explained++;
  } else {
    tell(false, `${file} byte ${at} bit ${bit}: ${theirs}, ${own}`);
  }
}
console.log(
  `     ${counts.agreed} times the same verdict, ${counts.stillValid} of them valid (what nobody hashes, such as padding), ` +
    `${counts.explained} times a length, kind, flag or label that only we refuse`,
);
ours.stdin.end();
console.log(wrong === 0 ? "all as it should be" : `${wrong} WRONG`);
process.exit(wrong === 0 ? 0 : 1);
