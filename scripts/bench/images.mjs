// Gives each picture in turn to the pipeline (ImageBench, in a JVM) and to sharp (images-sharp.mjs), and prints ratios.
import { spawn } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { drawPictures } from './images-draw.mjs';
import { ssimOfVariants } from './images-ssim.mjs';

const WARM_UP = 2;
const ROUNDS = 2;
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const pictures = await drawPictures(path.join(here, 'pictures'));
if (process.argv[2]) {
  const folder = path.resolve(process.argv[2]);
  for (const name of (await readdir(folder)).sort()) {
    if (/\.(jpe?g|png|webp)$/.test(name)) pictures.push(path.join(folder, name));
  }
}

class Contender {
  constructor(name, command, args) {
    this.name = name;
    this.out = path.join(here, 'out-' + name);
    this.process = spawn(command, [...args, this.out], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.on('exit', (code) => code && process.exit(code));
    this.lines = createInterface({ input: this.process.stdout });
    this.results = new Map();
  }

  /** Answers with {wall, cpu} in milliseconds and bytes. */
  async run(picture) {
    const answer = once(this.lines, 'line');
    this.process.stdin.write(picture + '\n');
    return JSON.parse((await answer)[0]);
  }

  async peakMegabytes() {
    const status = await readFile(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
  }
}

const classpath = ['target/test-classes', 'target/classes', (await readFile(path.join(here, 'classpath'), 'utf8')).trim()];
// The heap begins as on a server of 4 GB: otherwise it depends on how much memory this machine has.
const options = ['-Xms64m', '-Xmx512m', '-cp', classpath.join(':')];
const java = new Contender('pipeline', 'java', [...options, 'glimpse.images.ImageBench']);
const sharp = new Contender('sharp', process.execPath, [path.join(here, 'images-sharp.mjs')]);

for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (const picture of pictures) {
    for (const contender of round % 2 ? [java, sharp] : [sharp, java]) {
      const result = await contender.run(picture);
      if (round < WARM_UP) continue;
      const all = contender.results.get(picture) ?? [];
      contender.results.set(picture, [...all, result]);
    }
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const of = (contender, chosen, key) => mean(chosen.flatMap((picture) => contender.results.get(picture).map((r) => r[key])));
const row = (...cells) => console.log(cells.map((cell, i) => String(cell)[i ? 'padStart' : 'padEnd'](i ? 12 : 26)).join(''));

console.log(`${pictures.length} pictures, ${ROUNDS} rounds after ${WARM_UP} to warm up; pipeline : sharp`);
row('kind (pictures)', 'images/s', 'CPU ms', 'bytes', 'SSIM thumb', 'SSIM feed', 'SSIM full');
for (const [kind, pattern] of [['PNG', /png$/], ['WebP', /webp$/], ['JPEG', /jpe?g$/], ['all', /./]]) {
  const chosen = pictures.filter((picture) => pattern.test(picture));
  if (!chosen.length) continue;
  const ratio = (key) => of(java, chosen, key) / of(sharp, chosen, key);
  const ssim = await ssimOfVariants(chosen, java.out, sharp.out);
  row(
    `${kind} (${chosen.length})`,
    (1 / ratio('wall')).toFixed(2) + '×',
    `${of(java, chosen, 'cpu').toFixed(0)}:${of(sharp, chosen, 'cpu').toFixed(0)} ${ratio('cpu').toFixed(2)}×`,
    ratio('bytes').toFixed(3) + '×',
    ...['thumbnail', 'feed', 'full'].map((v) => (ssim[v] < 0 ? '' : '+') + ssim[v].toFixed(4)),
  );
}
const [javaPeak, sharpPeak] = [await java.peakMegabytes(), await sharp.peakMegabytes()];
console.log(`peak RSS ${javaPeak.toFixed(0)} : ${sharpPeak.toFixed(0)} MB, ${(javaPeak / sharpPeak).toFixed(2)}×`);
console.log(`blurhash and perceptual hash ${of(java, pictures, 'fingerprints').toFixed(1)} ms`);
java.process.stdin.end();
sharp.process.stdin.end();
