// The console, as a person in front of it finds it: what the services do, and what a query answers.

import { expect, test } from "@playwright/test";

import { SERVICES } from "../stack.ts";
import { query } from "../store.ts";

/** All nine have exported at least one span. */
async function everyoneIsHeard(): Promise<void> {
  const silent = async (): Promise<string[]> => {
    const rows = await query("['traces'] | summarize count() by ['service.name']");
    const names = rows.map((row) => String(row["service.name"]));
    return SERVICES.filter((service) => !names.includes(service));
  };
  await expect.poll(silent, { timeout: 80_000, message: "services without a span" }).toEqual([]);
}

test("the Services table has the nine services, with spans and durations", async ({ page }) => {
  await everyoneIsHeard();
  await page.goto("/");
  for (const heading of ["Service", "Spans", "Average", "p95", "Errors"]) {
    await expect(page.getByRole("columnheader", { name: heading, exact: true })).toBeVisible();
  }
  for (const service of SERVICES) {
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: service, exact: true }) });
    // Average, p50, p95 and p99.
    await expect(row.getByRole("cell", { name: /^[\d.]+\s(ns|µs|ms|s)$/ })).toHaveCount(4);
  }
});

test("a click on a service leads to its spans, and from there to a trace", async ({ page }) => {
  await everyoneIsHeard();
  await page.goto("/");
  await page.getByRole("link", { name: "instainstru-api", exact: true }).click();
  await expect(page).toHaveURL(/\/explore\?/);
  const result = page.getByRole("table", { name: "Result" });
  await result.getByRole("link", { name: /^[0-9a-f]{32}$/ }).first().click();
  await expect(page).toHaveURL(/\/trace\/[0-9a-f]{32}/);
  await expect(page.getByRole("treegrid", { name: "Spans" }).getByRole("row").first()).toBeVisible();
});

test("a query in Explore is answered with rows", async ({ page }) => {
  await everyoneIsHeard();
  await page.goto("/explore");
  const editor = page.getByRole("combobox", { name: "APL query" });
  await editor.fill("| summarize count() by ['service.name']");
  await editor.press("ControlOrMeta+Enter");
  const result = page.getByRole("table", { name: "Result" });
  // Until the answer is there, that of the page's first query stays.
  await expect(result.getByRole("columnheader", { name: "count_" })).toBeVisible();
  for (const service of SERVICES) {
    await expect(result.getByText(service, { exact: true })).toBeVisible();
  }
});

test("a mistake in a query is answered with its place", async ({ page }) => {
  await page.goto("/explore");
  const editor = page.getByRole("combobox", { name: "APL query" });
  await editor.fill("| where duration >> 100ms");
  await editor.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alert")).toContainText("1:19");
});

test("what can be written is offered as one writes, and a mistake is told before the query is run", async ({ page }) => {
  await everyoneIsHeard();
  await page.goto("/explore");
  const editor = page.getByRole("combobox", { name: "APL query" });
  await editor.fill("");
  await editor.pressSequentially("| whe");
  await expect(page.getByRole("option", { name: "where", selected: true })).toBeVisible();
  await editor.press("Enter");
  await editor.pressSequentially("http.route");
  await expect(page.getByRole("option", { name: "http.route", selected: true })).toBeVisible();
  await editor.press("Tab");
  await expect(editor).toHaveValue("| where ['http.route']");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await editor.pressSequentially(" != '' and durration > 1ms\n| take 5");
  await page.getByTestId("query-error").getByRole("button", { name: "Change to duration" }).click();
  await expect(editor).toHaveValue("| where ['http.route'] != '' and duration > 1ms\n| take 5");
  await expect(page.getByTestId("query-error")).toHaveCount(0);
});
