// Draws the pictures of the benchmark: clouds of several octaves, hard edges and a little grain, the same every time.
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const SIZES = {
  png: [[1024, 1024], [832, 1216], [1344, 768], [1536, 1024], [2048, 2048]],
  webp: [[1024, 1024], [1216, 832], [1536, 1024]],
  jpg: [[1024, 1024], [3000, 2000], [4032, 3024]],
};

function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Noise of one octave: a small random picture, scaled up. */
async function octave(random, width, height, cells) {
  const [w, h] = [cells + 2, Math.ceil((cells * height) / width) + 2];
  const data = Buffer.from(Array.from({ length: w * h * 3 }, () => random() * 256));
  return sharp(data, { raw: { width: w, height: h, channels: 3 } }).resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
}

async function draw(seed, width, height) {
  const random = generator(seed);
  const sum = new Float32Array(width * height * 3);
  for (const [cells, weight] of [[3, 0.5], [9, 0.25], [40, 0.14], [160, 0.08]]) {
    const noise = await octave(random, width, height, cells);
    for (let i = 0; i < sum.length; i++) sum[i] += noise[i] * weight;
  }
  const discs = Array.from({ length: 14 }, () => [random() * width, random() * height, random() * width * 0.12, random() * 120 - 60]);
  const data = Buffer.alloc(sum.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let light = (random() - 0.5) * 6;
      for (const [cx, cy, r, lift] of discs) if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) light += lift;
      for (let c = 0; c < 3; c++, i++) data[i] = Math.max(0, Math.min(255, sum[i] + light + 20));
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export async function drawPictures(folder) {
  await mkdir(folder, { recursive: true });
  const files = [];
  let seed = 1;
  for (const [kind, sizes] of Object.entries(SIZES)) {
    for (const [width, height] of sizes) {
      const file = path.join(folder, `${width}x${height}.${kind}`);
      files.push(file);
      seed++;
      if (existsSync(file)) continue;
      const picture = await draw(seed, width, height);
      await (kind === 'png' ? picture.png() : kind === 'webp' ? picture.webp({ quality: 90 }) : picture.jpeg({ quality: 88 })).toFile(file);
    }
  }
  return files;
}
