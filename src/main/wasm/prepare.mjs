// Puts dav1d, AV1's decoder as WebAssembly, into the folder given: taken by npm at the version and hash of
// package-lock.json, checked once more, and with the limits of its memory widened.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Java calls inner functions by their index: another build of dav1d would be another program.
const SHA256 = 'db43216c275e6eb82662125a0aec794fd4a30153a1e60915558fe53113365487';

// The imported memory: name, kind 2, has a maximum, then 1024 pages of 64 KB at least and at most, as LEB128.
const IMPORT = Buffer.concat([Buffer.from('memory'), Buffer.from([2, 1, 0x80, 0x08, 0x80, 0x08])]);
const LIMITS = Buffer.from([0xd6, 0x00, 0x80, 0x40]); // 86 pages, where its heap begins, to 8192

const sources = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
mkdirSync(target, { recursive: true });
for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
  copyFileSync(join(sources, file), join(target, file));
}
const install = 'npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --silent';
execSync(install, { cwd: target, stdio: 'inherit' });

const wasm = readFileSync(join(target, 'node_modules/dav1d.js/dav1d.wasm'));
if (createHash('sha256').update(wasm).digest('hex') !== SHA256) throw new Error('dav1d.wasm is not the expected file');
LIMITS.copy(wasm, wasm.indexOf(IMPORT) + IMPORT.length - LIMITS.length);
writeFileSync(join(target, 'dav1d.wasm'), wasm);
