// See scripts/check-providers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createFalClient } from "@fal-ai/client";
import { GoogleGenAI } from "@google/genai";
import { InferenceClient } from "@huggingface/inference";
import OpenAI from "openai";
import Replicate from "replicate";

const classpath = ["target/test-classes", "target/classes", readFileSync("target/providers/classpath", "utf8").trim()];
const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
const child = spawn(java, ["-cp", classpath.join(":"), "glimpse.generation.fakes.FakeProviders"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const [line] = await once(createInterface({ input: child.stdout }), "line");
const fakes = JSON.parse(line);

const openai = (key = fakes.openai.key) =>
  new OpenAI({ apiKey: key, baseURL: fakes.openai.base_url, maxRetries: 0 }).images;
const drawn = (prompt, more) => ({ model: "gpt-image-2.6-flare", prompt, ...more });
const google = (key = fakes.google.key) =>
  new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: fakes.google.base_url } }).models;
const gemini = (contents) => ({
  model: "gemini-3.1-flash-image",
  contents,
  config: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "16:9" } },
});
const replicate = (key = fakes.replicate.key) => new Replicate({ auth: key, baseUrl: fakes.replicate.base_url });
const flux = (prompt) => ["black-forest-labs/flux-schnell", { input: { prompt, aspect_ratio: "16:9" } }];
const falClient = (key = fakes.fal.key) =>
  createFalClient({
    credentials: key,
    retry: { maxRetries: 0 },
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url.replace("https://fal.run", fakes.fal.base_url),
    }),
  });
const falInput = (prompt) => ["fal-ai/flux/schnell", { input: { prompt, image_size: "square_hd", sync_mode: true } }];
const huggingface = (key = fakes.huggingface.key) =>
  new InferenceClient(key, {
    retry_on_error: false,
    fetch: (url, options) =>
      fetch(String(url).replace(/https:\/\/(router\.)?huggingface\.co/, fakes.huggingface.base_url), options),
  });
const schnell = (inputs, provider = "nscale") => ({
  provider,
  model: "black-forest-labs/FLUX.1-schnell",
  inputs,
  parameters: { width: 768, height: 512, num_inference_steps: 4 },
});

const isPng = (base64) => Buffer.from(base64, "base64").subarray(1, 4).toString() === "PNG";
const isPicture = async (blob) => (await blob.arrayBuffer()).byteLength > 500;

// What is to come out: true of the answer, or of the error.
const checks = {
  "openai: a picture": async () => isPng((await openai().generate(drawn("a fox"))).data[0].b64_json),
  "openai: a wrong key": () => fails(openai("sk-wrong").generate(drawn("a fox")), (e) => e.code === "invalid_api_key"),
  "openai: response_format": () =>
    fails(openai().generate(drawn("a fox", { response_format: "b64_json" })), (e) => e.status === 400),
  "openai: style": () => fails(openai().generate(drawn("a fox", { style: "vivid" })), (e) => e.status === 400),
  "openai: dall-e-3": () => fails(openai().generate({ model: "dall-e-3", prompt: "a" }), (e) => e.status === 400),
  "openai: too fast": () =>
    fails(openai().generate(drawn("mode=limited")), (e) => e instanceof OpenAI.RateLimitError),
  "openai: no money": () =>
    fails(openai().generate(drawn("mode=quota")), (e) => e.code === "insufficient_quota"),
  "openai: moderated": () =>
    fails(openai().generate(drawn("mode=rejected")), (e) => e.code === "moderation_blocked"),

  "google: a picture": async () => {
    const answer = await google().generateContent(gemini("a fox"));
    return answer.candidates[0].content.parts.some((part) => part.inlineData && !part.thought);
  },
  "google: a wrong key": () =>
    fails(google("wrong").generateContent(gemini("a fox")), (e) => e.status === 400 && /API_KEY_INVALID/.test(e.message)),
  "google: no free tier": () => fails(google().generateContent(gemini("mode=quota")), (e) => e.status === 429),
  "google: moderated within 200": async () =>
    (await google().generateContent(gemini("mode=rejected"))).promptFeedback.blockReason === "PROHIBITED_CONTENT",
  "google: a retired model": () =>
    fails(google().generateContent({ ...gemini("a fox"), model: "gemini-2.5-flash-image" }), (e) => e.status === 404),

  "replicate: a picture": async () => JSON.stringify(await replicate().run(...flux("a fox"))).length > 0,
  "replicate: later": async () => (await replicate().run(...flux("mode=later"))).length === 1,
  "replicate: a wrong key": () => fails(replicate("r8_wrong").run(...flux("a fox")), (e) => e.response.status === 401),
  "replicate: no money": () => fails(replicate().run(...flux("mode=quota")), (e) => e.response.status === 402),
  "replicate: moderated": () => fails(replicate().run(...flux("mode=rejected")), (e) => /NSFW/.test(e.message)),

  "fal: a picture": async () => {
    const answer = await falClient().run(...falInput("a fox"));
    return isPng(answer.data.images[0].url.split(",")[1]);
  },
  "fal: a wrong key": () => fails(falClient("a:b").run(...falInput("a fox")), (e) => e.status === 401),
  "fal: no money": () => fails(falClient().run(...falInput("mode=quota")), (e) => e.status === 403),
  "fal: moderated": () =>
    fails(falClient().run(...falInput("mode=rejected")), (e) => e.body.detail[0].type === "content_policy_violation"),

  "huggingface: a picture by nscale": async () => isPicture(await huggingface().textToImage(schnell("a fox"))),
  "huggingface: a picture by hf-inference": async () =>
    isPicture(await huggingface().textToImage(schnell("a fox", "hf-inference"))),
  "huggingface: an endpoint of one's own": async () =>
    isPicture(
      await huggingface().textToImage({
        endpointUrl: `${fakes.huggingface.base_url}/hf-inference/models/own`,
        inputs: "a fox",
      }),
    ),
  "huggingface: a wrong key": () => fails(huggingface("hf_wrong").textToImage(schnell("a fox")), (e) => /401|Invalid/.test(detail(e))),
  "huggingface: no money": () => fails(huggingface().textToImage(schnell("mode=quota")), (e) => /402|credits/.test(detail(e))),
};

const detail = (error) => `${error.message} ${JSON.stringify(error)}`;

async function fails(call, isRight) {
  try {
    await call;
  } catch (error) {
    if (isRight(error)) return true;
    throw error;
  }
  throw new Error("it went well");
}

let wrong = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    if (!(await check())) throw new Error("not what was expected");
    console.log(`ok      ${name}`);
  } catch (error) {
    wrong++;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
}
child.stdin.end();
console.log(`\n${Object.keys(checks).length - wrong} of ${Object.keys(checks).length}`);
process.exitCode = wrong ? 1 : 0;
