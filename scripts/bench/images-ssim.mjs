// How much nearer to a lossless Lanczos reduction the variants of one contender are than those of the other.
import { existsSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const WINDOW = 8;

async function luma(image) {
  const { data, info } = await image.flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const gray = new Float64Array(info.width * info.height);
  for (let i = 0; i < gray.length; i++) {
    const at = i * info.channels;
    gray[i] = info.channels < 3 ? data[at] : 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
  }
  return { gray, width: info.width, height: info.height };
}

/** Wang et al. 2004, over windows of 8×8 that overlap by half. */
function ssim(a, b) {
  let total = 0;
  let windows = 0;
  for (let y = 0; y + WINDOW <= a.height; y += WINDOW / 2) {
    for (let x = 0; x + WINDOW <= a.width; x += WINDOW / 2) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let j = 0; j < WINDOW; j++) {
        for (let i = 0; i < WINDOW; i++) {
          const va = a.gray[(y + j) * a.width + x + i];
          const vb = b.gray[(y + j) * b.width + x + i];
          sa += va;
          sb += vb;
          saa += va * va;
          sbb += vb * vb;
          sab += va * vb;
        }
      }
      const n = WINDOW * WINDOW;
      const [ma, mb] = [sa / n, sb / n];
      const [va, vb, cov] = [saa / n - ma * ma, sbb / n - mb * mb, sab / n - ma * mb];
      const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
      total += ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
      windows++;
    }
  }
  return windows ? total / windows : 1;
}

/** Decoded in full first: sharp's shrinking while it decodes would be measured as the truth. */
async function original(picture) {
  const { data, info } = await sharp(picture).autoOrient().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

async function against(picture, file, square) {
  const variant = await luma(sharp(file));
  const source = await original(picture);
  const { width, height } = await source().metadata();
  const side = Math.min(width, height);
  const middle = { left: (width - side) >> 1, top: (height - side) >> 1, width: side, height: side };
  const shown = square ? source().extract(middle) : source();
  const reference = shown.resize(variant.width, variant.height, { fit: 'fill' }).png({ compressionLevel: 0 });
  return ssim(await luma(sharp(await reference.toBuffer())), variant);
}

/** The mean SSIM of ours less that of theirs, for each variant. */
export async function ssimOfVariants(pictures, ours, theirs) {
  const differences = {};
  for (const name of ['thumbnail', 'feed', 'full']) {
    let sum = 0;
    for (const picture of pictures) {
      const file = `${path.basename(picture)}.${name}.webp`;
      if (!existsSync(path.join(ours, file))) continue;
      const square = name === 'thumbnail';
      sum += (await against(picture, path.join(ours, file), square)) - (await against(picture, path.join(theirs, file), square));
    }
    differences[name] = sum / pictures.length;
  }
  return differences;
}
