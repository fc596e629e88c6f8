// How the end-to-end tests run: in the system's own Chromium, against a stack that is already there.

import { defineConfig } from "@playwright/test";

import { stack } from "./stack.ts";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A span is exported within a second and queryable at once. The longest wait is for the scheduler,
  // whose ticks come with the minute.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  // What the other tests left behind is looked over at the end.
  projects: [
    { name: "system", testIgnore: "orphans.spec.ts" },
    { name: "orphans", testMatch: "orphans.spec.ts", dependencies: ["system"] },
  ],
  use: {
    baseURL: stack.console,
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: stack.chromium,
      // Without these Chromium talks to hosts that have nothing to do with the test.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
