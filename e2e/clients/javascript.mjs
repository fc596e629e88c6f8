// @axiomhq/js against a running server.
//
// Arguments: the server's address, a token that may do everything. Exits 0 when every value is as expected.
import assert from "node:assert/strict";

import { Axiom, AxiomWithoutBatching, ContentEncoding, ContentType } from "@axiomhq/js";

const [url, token] = process.argv.slice(2);
const name = "js";
const onError = (error) => {
  throw error;
};
const client = new AxiomWithoutBatching({ token, url, onError });

const events = (result, table = 0) => [...result.tables[table].events()];
const rejects = (call, status) => assert.rejects(call, (error) => error.status === status);

const made = await client.datasets.create({ name, description: "made by @axiomhq/js" });
assert.deepEqual([made.id, made.name, made.kind], [name, name, "axiom:events:v1"]);
await rejects(() => client.datasets.create({ name }), 409);
assert.equal((await client.datasets.update(name, { description: "changed" })).description, "changed");
assert.equal((await client.datasets.get(name)).description, "changed");
assert.ok((await client.datasets.list()).some((dataset) => dataset.name === name));

const sent = await client.ingest(name, [
  { _time: "2026-01-31T10:00:00.5Z", path: "/a", status: 200, ms: 1.5 },
  { _time: "2026-01-31T10:01:00Z", path: "/b", status: 500, ms: 30, cause: { code: "E1" } },
]);
assert.deepEqual([sent.ingested, sent.failed], [2, 0]);
const raw = await client.ingestRaw(
  name,
  JSON.stringify([{ _time: 1769853780, path: "/a", status: 201 }]),
  ContentType.JSON,
  ContentEncoding.Identity,
);
assert.equal(raw.ingested, 1);
const batching = new Axiom({ token, url, edgeUrl: url, onError });
batching.ingest(name, [{ _time: "2026-01-31T10:04:00Z", path: "/c", status: 404 }]);
await batching.flush();

const failed = await client.query(`['${name}'] | where status >= 500 | project path, ms, ['cause.code']`);
assert.deepEqual(events(failed), [{ path: "/b", ms: 30, "cause.code": "E1" }]);
const range = { startTime: "2026-01-31T10:00:00Z", endTime: "2026-01-31T10:02:00Z" };
assert.deepEqual(events(await client.query(`['${name}'] | count`, range)), [{ Count: 2 }]);
const binned = await client.query(`['${name}'] | summarize count() by bin(_time, 1h), path`);
assert.deepEqual(
  binned.tables.map((table) => table.name),
  ["0", "_totals"],
);
assert.deepEqual(events(binned)[0], { _time: "2026-01-31T10:00:00Z", path: "/a", count_: 2 });
assert.deepEqual(events(binned, 1)[0], { path: "/a", count_: 2 });
const nothing = await client.query(`['${name}'] | where status == 1 | project path`);
assert.deepEqual(events(nothing), []);
await rejects(() => client.query(`['${name}'] | where statuss == 1`), 400);

const first = await client.query(`['${name}'] | sort by _time desc | limit 3 | project _time, _rowId, path`);
const rest = await client.query(`['${name}'] | sort by _time desc | limit 3 | project _time, _rowId, path`, {
  cursor: first.status.minCursor,
});
const paths = [...events(first), ...events(rest)].map((event) => event.path);
assert.deepEqual(paths, ["/c", "/a", "/b", "/a"]);

const fields = await client.datasets.fields(name);
assert.deepEqual(
  fields.filter((field) => ["status", "ms", "path"].includes(field.name)).map((field) => [field.name, field.type]),
  [
    ["ms", "float"],
    ["path", "string"],
    ["status", "integer"],
  ],
);
assert.deepEqual(await client.datasets.mapFields(name), []);
const user = await client.users.current();
assert.equal(user.role.name, "Owner");
assert.equal((await client.users.list()).length, 1);
assert.equal((await client.users.get(user.id)).id, user.id);

const annotation = await client.annotations.create({ type: "deploy", datasets: [name], title: "v2" });
assert.ok(annotation.id.startsWith("ann_"));
assert.equal((await client.annotations.update(annotation.id, { title: "v3" })).title, "v3");
assert.equal((await client.annotations.list({ datasets: [name] })).length, 1);
assert.equal((await client.annotations.delete(annotation.id)).status, 204);
assert.deepEqual(await client.savedQueries.list(), []);

await client.datasets.trim(name, "1h");
assert.equal((await client.datasets.delete(name)).status, 204);
await rejects(() => client.datasets.get(name), 404);
const stranger = new AxiomWithoutBatching({ token: "xaat-00000000-0000-0000-0000-000000000000", url, onError });
await assert.rejects(() => stranger.datasets.list(), /forbidden/);
console.log("@axiomhq/js: every value as expected");
