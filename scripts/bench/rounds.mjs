// Measures subjects in turn, round after round, so that what else the machine does falls on all of them alike.
import { CONNECTIONS, load } from "./load.mjs";
import { median, row } from "./numbers.mjs";

const WARM_UP = 2; // seconds, and more for what the JVM is slow to compile

/** Gives what was measured of each subject, round by round; the first round only warms up. */
export async function measure(subjects, rounds, seconds) {
  const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      process.stderr.write(`\r${round ? `round ${round} of ${rounds}` : "warming up"}: ${name}`.padEnd(60));
      subject.beside?.begin();
      const measured = await load(subject, round ? seconds : (subject.warmUp ?? WARM_UP));
      await subject.beside?.end();
      if (subject.stride) {
        subject.answered = (subject.answered ?? 0) + measured.requests;
        subject.skip += measured.requests + CONNECTIONS; // as many can be under way at the end
      }
      if (round) results[name].push(measured);
    }
  }
  process.stderr.write("\n");
  return results;
}

export const middle = (measured, what) => median(measured.map((one) => one[what]));

export function table(results) {
  row("", "requests/s", "p50 ms", "p95 ms", "p99 ms", "CPU us", "own MB", "RSS MB");
  for (const [name, measured] of Object.entries(results)) {
    const digits = { rate: 0, p50: 2, p95: 2, p99: 2, cpu: 0, own: 0, resident: 0 };
    row(name, ...Object.entries(digits).map(([what, count]) => middle(measured, what).toFixed(count)));
  }
}

export function ratioGoal(results, name, yardstick, atLeast) {
  const ratio = median(results[name].map((measured, round) => measured.rate / results[yardstick][round].rate));
  goal(`${name} / ${yardstick}`, ratio.toFixed(2), `>= ${atLeast}`, ratio >= atLeast);
}

/** A line that tells whether a goal is reached; a missed one makes the benchmark fail. */
export function goal(name, measured, wanted, reached) {
  row(name, measured, wanted, reached ? "reached" : "MISSED");
  if (!reached) process.exitCode = 1;
}
