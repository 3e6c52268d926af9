// The same three variants by sharp, one picture at a time on one thread.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import path from 'node:path';
import sharp from 'sharp';

sharp.concurrency(1);
sharp.cache(false);
const out = process.argv[2];
await mkdir(out, { recursive: true });

for await (const picture of createInterface({ input: process.stdin })) {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const source = sharp(await readFile(picture)).autoOrient();
  const webp = (image) => image.webp({ quality: 80, effort: 4 }).toBuffer();
  const within = (side) => source.clone().resize(side, side, { fit: 'inside', withoutEnlargement: true });
  const variants = {
    thumbnail: await webp(source.clone().resize(150, 150, { fit: 'cover' })),
    feed: await webp(within(1080)),
    full: await webp(within(2048)),
  };
  const used = process.cpuUsage(cpu);
  const result = {
    wall: Number(process.hrtime.bigint() - wall) / 1e6,
    cpu: (used.user + used.system) / 1e3,
    bytes: Object.values(variants).reduce((sum, variant) => sum + variant.length, 0),
  };
  for (const [name, data] of Object.entries(variants)) {
    await writeFile(path.join(out, `${path.basename(picture)}.${name}.webp`), data);
  }
  console.log(JSON.stringify(result));
}
