// The size budget: what the browser loads first, compressed. Fails the build when it is exceeded.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 120;
const dist = new URL('../dist/', import.meta.url);
let total = 0;
for (const name of readdirSync(dist).filter((name) => /\.(js|css|html|svg)$/.test(name))) {
  const size = gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length / 1000;
  total += size;
  console.log(`${name.padEnd(14)} ${size.toFixed(1).padStart(6)} kB gz`);
}
console.log(`${'total'.padEnd(14)} ${total.toFixed(1).padStart(6)} kB gz, of at most ${LIMIT_KB}`);
if (total > LIMIT_KB) process.exit(1);
