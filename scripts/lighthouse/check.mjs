// Lighthouse on some pages of a small world; see scripts/check-lighthouse. Arguments are paths, in place of the usual ones.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { serve } from "../viewer/server.mjs";
import { makeWorld } from "../viewer/world.mjs";

const RUNS = 3;
const WANTED = { accessibility: 100, "best-practices": 100, seo: 100 };
const FORMS = [["mobile", undefined, 98], ["desktop", desktopConfig, 100]];

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const { url, stop } = await serve();
const chrome = await launch({
  chromePath: process.env.CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
let failed = 0;
try {
  const world = await makeWorld(url, { pictures: 44 });
  const paths = process.argv.length > 2 ? process.argv.slice(2) : ["/", `/posts/${world.talked}`, "/analytics"];
  for (const path of paths) {
    for (const [form, config, performance] of FORMS) {
      const runs = [];
      for (let run = 0; run < RUNS; run++) {
        const { lhr } = await lighthouse(url + path, { port: chrome.port, logLevel: "error" }, config);
        runs.push(lhr);
      }
      const score = (name) => Math.round(100 * median(runs.map((run) => run.categories[name].score)));
      const figure = (name) => median(runs.map((run) => run.audits[name].numericValue));
      const scores = Object.fromEntries(["performance", ...Object.keys(WANTED)].map((name) => [name, score(name)]));
      console.log(`${path} ${form}: ${Object.entries(scores).map(([name, value]) => `${name} ${value}`).join(", ")}; `
        + `FCP ${(figure("first-contentful-paint") / 1000).toFixed(2)} s, LCP ${(figure("largest-contentful-paint") / 1000).toFixed(2)} s, `
        + `CLS ${figure("cumulative-layout-shift").toFixed(3)}, TBT ${figure("total-blocking-time").toFixed(0)} ms`);
      for (const [name, wanted] of Object.entries({ performance, ...WANTED })) {
        if (scores[name] < wanted) {
          failed++;
          const why = Object.values(runs[0].audits)
            .filter(({ score: one, scoreDisplayMode }) => one !== null && one < 0.9 && scoreDisplayMode !== "informative")
            .map(({ id, displayValue }) => `${id} ${displayValue ?? ""}`);
          console.error(`FAILED ${path} ${form} ${name}: ${scores[name]} < ${wanted}; ${why.join(", ")}`);
        }
      }
    }
  }
} finally {
  chrome.kill();
  stop();
}
process.exitCode = failed ? 1 : 0;
