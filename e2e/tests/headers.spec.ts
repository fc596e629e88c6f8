// Every response of an API says which trace and which request it belongs to, whatever it is.

import { expect, test } from "@playwright/test";

import { APIS, urlOf } from "../stack.ts";

interface Case {
  what: string;
  method: string;
  path: string;
  body?: string;
  status: number;
}

const CASES: Case[] = [
  { what: "the root", method: "GET", path: "/", status: 200 },
  { what: "health", method: "GET", path: "/health", status: 200 },
  { what: "readiness", method: "GET", path: "/ready", status: 200 },
  { what: "an unknown path", method: "GET", path: "/no-such-place", status: 404 },
  { what: "a wrong method", method: "DELETE", path: "/bookings", status: 405 },
  { what: "a body that makes no sense", method: "POST", path: "/users", body: '{"x": 1}', status: 400 },
  { what: "a browser's preflight", method: "OPTIONS", path: "/bookings", status: 405 },
];

for (const api of APIS) {
  for (const { what, method, path, body, status } of CASES) {
    test(`${api} answers ${what} with both headers`, async () => {
      const answer = await fetch(urlOf(api) + path, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body }),
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("x-trace-id")).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(answer.headers.get("x-request-id")).toBeTruthy();
    });
  }
}
