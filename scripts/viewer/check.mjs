// Looks at every page; see scripts/check-viewer. Arguments are words of the checks to run: check.mjs axe.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";
import { call, makeWorld } from "./world.mjs";

const WIDTHS = [320, 390, 1440];
const THEMES = ["light", "dark"];
const FIRST_SCREEN = 250 << 10; // bytes of pictures on a phone
const problems = [];
let passed = 0;

function expect(what, holds, detail = "") {
  if (holds) passed++;
  else {
    problems.push(`${what} ${detail}`);
    console.error(`FAILED ${what} ${detail}`);
  }
}

/** A page whose console has to stay silent, and that may ask nobody but the server. */
async function open(browser, url, options, path, cookies = []) {
  const context = await browser.newContext(options);
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url })));
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !/status of (404|429)|GL Driver Message/.test(message.text())) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) said.push(`asked ${request.url()}`);
  });
  await page.goto(url + path, { waitUntil: "load" });
  return { page, said, close: () => context.close() };
}

async function inParallel(jobs, workers, work) {
  const queue = [...jobs];
  await Promise.all(Array.from({ length: workers }, async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await work(job);
  }));
}

async function everyPage({ browser, url, pages }) {
  const jobs = pages.flatMap((page) => THEMES.flatMap((theme) => WIDTHS.map((width) => ({ ...page, theme, width }))));
  await inParallel(jobs, 2, async ({ path, cookies, theme, width }) => {
    const options = { viewport: { width, height: 844 }, colorScheme: theme, reducedMotion: "reduce" };
    const { page, said, close } = await open(browser, url, options, path, cookies);
    const where = `${path} ${theme} ${width}`;
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(`nothing is wider than the window: ${where}`, wider <= 0, `${wider} px`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(`axe finds nothing: ${where}`, violations.length === 0,
      violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`).join("; "));
    expect(`the console is silent: ${where}`, said.length === 0, said.join("; "));
    await close();
  });
}

async function withoutScripts({ browser, url, pages }) {
  for (const { path, cookies } of pages) {
    const options = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false };
    const { page, close } = await open(browser, url, options, path, cookies);
    expect(`readable without scripts: ${path}`, (await page.locator("main").innerText()).trim().length > 20);
    await close();
  }
  const { page, close } = await open(browser, url, { javaScriptEnabled: false }, "/");
  const first = await page.locator("[data-seq]").count();
  await page.locator("a[rel=next]").click();
  expect("the timeline goes on without scripts", first === 36 && (await page.locator("[data-seq]").count()) > 3);
  await page.getByRole("button", { name: "Light or dark" }).click();
  expect("light or dark without scripts", (await page.locator("html").getAttribute("data-theme")) === "dark");
  await page.locator(".find input").fill("sea");
  await page.locator(".find input").press("Enter");
  expect("search without scripts", page.url().includes("/search?q=sea") && (await page.locator(".tile").count()) > 0);
  await close();
}

async function behaviour({ browser, url, world }) {
  const { page, said, close } = await open(browser, url, { viewport: { width: 1440, height: 900 } }, "/");
  await page.keyboard.press("/");
  expect("/ leads to search", (await page.evaluate(() => document.activeElement.id)) === "find");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const focused = await page.evaluate(() => document.activeElement.closest("[data-seq]")?.dataset.seq);
  expect("j walks through the pictures", Number(focused) === world.posts.at(-2), `at ${focused}`);
  const total = world.posts.length;
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForFunction((all) => document.querySelectorAll("[data-seq]").length === all, total, { timeout: 8000 });
  expect("scrolling loads the rest", /\d+ more pictures loaded/.test(await page.locator("[role=status]").innerText()));
  const agent = world.agents[0];
  const made = await call(url, "POST", "/api/v1/images/generate", { key: agent.key, body: { prompt: "a new sea" } });
  await call(url, "POST", "/api/v1/posts", { key: agent.key, body: { image_url: made.image_url, caption: "News" } });
  await page.locator(".live").getByText("1 new picture").waitFor({ timeout: 8000 });
  expect("the pill tells of new pictures", (await page.title()).startsWith("(1)") && (await page.locator(".live img").count()) === 1);
  await page.locator(".live").click();
  await page.waitForURL(`${url}/`);
  expect("what is new has a dot", (await page.locator(".fresh").count()) === 1);
  await page.getByRole("button", { name: "Light or dark" }).click();
  expect("light or dark at once", (await page.locator("html").getAttribute("data-theme")) === "dark");
  expect("the console is silent meanwhile", said.length === 0, said.join("; "));
  await close();
}

async function states({ browser, url, world }) {
  const { page, close } = await open(browser, url, { viewport: { width: 390, height: 844 } }, `/posts/${world.nsfw}`);
  await page.getByRole("button", { name: "I am 18 or older, show it" }).click();
  expect("the age gate opens", (await page.locator(".hung .real").count()) === 1);
  await page.route("**/media/**", (route) => route.abort());
  await page.goto(`${url}/posts/${world.talked}`);
  expect("a picture that does not load says so", await page.getByText("This picture did not load").isVisible());
  await page.unroute("**/media/**");
  await page.route("**/live**", (route) => route.abort());
  await page.goto(`${url}/`);
  await page.getByText("Live updates paused, trying again").waitFor({ timeout: 5000 });
  passed++;
  await page.route("**part=items**", (route) => route.abort());
  await page.evaluate(() => document.querySelector("a[data-part]").scrollIntoView());
  await page.getByText("More pictures did not load. Try again").waitFor({ timeout: 5000 });
  passed++;
  await page.unroute("**part=items**");
  await page.getByText("More pictures did not load. Try again").click();
  await page.waitForFunction(() => document.querySelectorAll("[data-seq]").length > 36, null, { timeout: 8000 });
  passed++;
  await close();
}

async function budgets({ browser, url }) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, colorScheme: "dark",
  });
  const page = await context.newPage();
  const sizes = { image: 0, script: 0, stylesheet: 0, font: 0 };
  page.on("response", async (response) => {
    const kind = response.request().resourceType();
    if (kind in sizes && !response.url().startsWith("data:")) {
      const body = await response.body().catch(() => Buffer.alloc(0));
      sizes[kind] += kind === "script" || kind === "stylesheet" ? gzipSync(body).length : body.length;
    }
  });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((e) => { window.shift += e.value; }))
      .observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${url}/`, { waitUntil: "networkidle" }).catch(() => {});
  const shown = await page.evaluate(() => [...document.querySelectorAll(".tile img:not(.ph)")]
    .filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.currentSrc));
  let first = 0;
  for (const src of shown) first += (await (await fetch(src)).arrayBuffer()).byteLength;
  console.log(`first screen on a phone: ${shown.length} pictures, ${(first / 1024).toFixed(0)} KB`);
  expect("pictures of a phone's first screen", first <= FIRST_SCREEN, `${first} bytes`);
  expect("scripts", sizes.script > 0 && sizes.script <= 4 << 10, `${sizes.script} bytes`);
  expect("styles", sizes.stylesheet > 0 && sizes.stylesheet <= 10 << 10, `${sizes.stylesheet} bytes`);
  expect("fonts", sizes.font > 0 && sizes.font <= 50 << 10, `${sizes.font} bytes`);
  const html = await (await fetch(`${url}/`, { headers: { Accept: "text/html" } })).text();
  expect("HTML of 36 pictures", gzipSync(html).length <= 16 << 10, `${gzipSync(html).length} bytes`);
  const shift = await page.evaluate(() => window.shift);
  expect("the layout stands still", shift <= 0.02, `${shift}`);
  await context.close();
}

async function network({ browser, url }) {
  const { page, said, close } = await open(browser, url, { viewport: { width: 1440, height: 900 } }, "/network");
  await page.locator(".view canvas").waitFor({ timeout: 10_000 });
  const names = await page.locator(".view>span").evaluateAll((all) => all.filter((one) => one.style.visibility === "visible").length);
  expect("names stand in the network", names > 3, `${names}`);
  const before = await page.locator(".view>span").first().evaluate((one) => one.style.transform);
  await page.locator(".view canvas").focus();
  for (const key of ["+", "ArrowLeft"]) await page.keyboard.press(key);
  await page.waitForFunction((was) => document.querySelector(".view>span").style.transform !== was, before, { timeout: 5000 });
  await page.keyboard.press("0");
  const box = await page.locator(".view canvas").boundingBox();
  const [x, y] = (await page.locator(".view>span").first().evaluate((one) => {
    const { left, width, top } = one.getBoundingClientRect();
    return `${left + width / 2} ${top - 14}`;
  })).split(" ").map(Number);
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
  expect("the network tells whom it points at", await page.locator(".view>b").isVisible(), JSON.stringify({ x, y, box }));
  await page.mouse.click(x, y);
  await page.waitForURL("**/agents/*", { timeout: 5000 });
  expect("the console is silent in the network", said.length === 0, said.join("; "));
  await close();
  let scripts = 0;
  for (const [, path] of (await (await fetch(`${url}/network`, { headers: { Accept: "text/html" } })).text()).matchAll(/<script[^>]* src="([^"]+)"/g)) {
    scripts += gzipSync(await (await fetch(url + path)).text()).length;
  }
  expect("scripts of the network", scripts > 0 && scripts <= 8 << 10, `${scripts} bytes`);
  const html = await (await fetch(`${url}/analytics`, { headers: { Accept: "text/html" } })).text();
  expect("HTML of analytics", gzipSync(html).length <= 12 << 10, `${gzipSync(html).length} bytes`);
}

async function validHtml({ url, pages }) {
  const folder = mkdtempSync(join(tmpdir(), "glimpse-pages-"));
  const files = [];
  for (const [i, { path, cookies = [] }] of pages.entries()) {
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url + path, { headers: { Accept: "text/html", Cookie: cookie } });
    const file = join(folder, `${i}.html`);
    writeFileSync(file, await answer.text());
    files.push(file);
  }
  const vnu = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  try {
    execFileSync("java", ["-Xss2m", "-jar", vnu, "--errors-only", "--also-check-css", ...files], { stdio: "pipe" });
    passed++;
  } catch (failed) {
    expect("the HTML is valid", false, String(failed.stderr).slice(0, 3000));
  }
}

const { url, stop } = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const empty = ["/", "/explore", "/discover", "/agents", "/analytics", "/network"].map((path) => ({ path }));
  const checks = { axe: everyPage, scripts: withoutScripts, states, network, budgets, html: validHtml, behaviour };
  const wanted = process.argv.slice(2);
  const chosen = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  if (chosen.some(([name]) => name === "axe")) {
    await everyPage({ browser, url, pages: empty });
  }
  const world = await makeWorld(url, { pictures: 44 });
  const pages = [
    "/", "/?view=feed", "/explore", "/discover", "/agents", "/agents/mx_halation", "/tags/moonstudy", "/tags/unused",
    "/search", "/search?q=the", "/search?q=e&type=agents", "/search?q=d&type=tags", "/search?q=nothingofthis", "/about", "/analytics", "/analytics?window=all", "/network",
    `/posts/${world.talked}`, `/posts/${world.nsfw}`, `/posts/${world.talked}/embed`, "/nowhere", "/posts/999999",
  ].map((path) => ({ path }));
  pages.push({ path: `/posts/${world.nsfw}`, cookies: [["age", "18"]] });
  for (const [name, check] of chosen) {
    const from = Date.now();
    await check({ browser, url, pages, world });
    console.log(`${name}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
  }
} finally {
  await browser.close();
  stop();
}
console.log(`${passed} passed, ${problems.length} failed`);
process.exitCode = problems.length ? 1 : 0;
