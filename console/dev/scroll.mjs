// The scroll check: opens the trace of 5,000 spans in Chromium, scrolls it for five seconds, and prints how
// long frames took, how much of each the main thread computed (CPU time: other programs do not count), and how
// many rows were in the document. `node dev/scroll.mjs [base URL]`; without a URL it
// starts the fixture itself. Fails above the targets of a 60 Hz screen, with room for a machine without a GPU.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { LARGE } from './fixture/traces.mjs';

const ROWS_MAX = 80;
const P95_MS_MAX = 34;
const CPU_MS_PER_FRAME_MAX = 10;

/** Runs in the page. */
async function measure() {
  const scroller = document.querySelector('[data-testid="waterfall"]');
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ entryTypes: ['longtask'] });
  const deltas = [];
  let rows = 0;
  const started = performance.now();
  let last = started;
  await new Promise((resolve) => {
    const frame = (now) => {
      deltas.push(now - last);
      last = now;
      rows = Math.max(rows, document.querySelectorAll('[data-testid="span-row"]').length);
      scroller.scrollTop += 90;
      if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) scroller.scrollTop = 0;
      if (now - started < 5000) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  const sorted = deltas.slice(1).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)];
  return { frames: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1), longTasks: long.length, longest: Math.max(0, ...long), rows };
}

let base = process.argv[2];
let fixture;
if (!base) {
  fixture = spawn(process.execPath, [fileURLToPath(new URL('fixture.mjs', import.meta.url)), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  base = String((await once(fixture.stdout, 'data'))[0]).trim();
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const started = performance.now();
  await page.goto(`${base}/trace/${LARGE}`);
  await page.waitForSelector('[data-testid="span-row"]');
  const first = performance.now() - started;
  const profiler = await page.context().newCDPSession(page);
  await profiler.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () => (await profiler.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
  const before = await cpu();
  const found = await page.evaluate(measure);
  found.cpu_ms_per_frame = ((await cpu()) - before) / found.frames;
  const timed = async (key) => {
    await page.keyboard.press(key);
    return page.evaluate(() => new Promise((resolve) => { const from = performance.now(); requestAnimationFrame(() => resolve(performance.now() - from)); }));
  };
  console.log({ first_rows_ms: Math.round(first), ...found, collapse_all_ms: await timed('['), expand_all_ms: await timed(']') });
  if (found.rows > ROWS_MAX || found.p95 > P95_MS_MAX || found.cpu_ms_per_frame > CPU_MS_PER_FRAME_MAX) process.exitCode = 1;
} finally {
  await browser.close();
  fixture?.kill();
}
