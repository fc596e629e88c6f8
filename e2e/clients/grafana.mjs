// The requests that Axiom's data source for Grafana makes (0.7: its edge URL is the server), and what its frames are
// made of: a graph needs two tables, a trace certain fields, and each type of column its type of value.
//
// Arguments: the server's address, a token that may do everything. Exits 0 when every value is as expected.
import assert from "node:assert/strict";

const [url, token] = process.argv.slice(2);
const agent = { "user-agent": "axiom-grafana/v0.7.1", accept: "application/json" };
const headers = { ...agent, authorization: `Bearer ${token}` };
const json = { ...headers, "content-type": "application/json" };

// "Save and test": a query without a body has to be refused with 422 and nothing else.
const health = (headers) => fetch(`${url}/v1/query/_apl`, { method: "POST", headers });
assert.equal((await health(headers)).status, 422);
assert.equal((await health(agent)).status, 401);

const id = "4bf92f3577b34da6a3ce929d0e0e4736";
const span = {
  traceId: id,
  spanId: "00f067aa0ba902b7",
  name: "GET /lessons",
  kind: 2,
  startTimeUnixNano: "1769853600000000000",
  endTimeUnixNano: "1769853600130944578",
  attributes: [{ key: "http.response.status_code", value: { intValue: "200" } }],
};
const service = { attributes: [{ key: "service.name", value: { stringValue: "grafana-api" } }] };
const sent = await fetch(`${url}/v1/traces`, {
  method: "POST",
  headers: { ...json, "x-axiom-dataset": "grafana" },
  body: JSON.stringify({ resourceSpans: [{ resource: service, scopeSpans: [{ spans: [span] }] }] }),
});
assert.equal(sent.status, 200, await sent.text());

async function query(apl) {
  const body = JSON.stringify({ apl, startTime: "2026-01-31T00:00:00Z", endTime: "2026-02-01T00:00:00Z" });
  const answer = await fetch(`${url}/v1/query/_apl?format=tabular`, { method: "POST", headers: json, body });
  assert.equal(answer.status, 200, apl);
  assert.match(answer.headers.get("content-type"), /^application\/json/);
  return answer.json();
}

const graph = await query("['grafana'] | summarize count(), avg(duration) by bin(_time, 1m), ['service.name']");
assert.equal(graph.format, "tabular");
assert.deepEqual(
  graph.tables.map((table) => [table.name, table.fields.map((field) => [field.name, field.type])]),
  [
    ["0", [["_time", "datetime"], ["service.name", "string"], ["count_", "integer"], ["avg_duration", "timespan"]]],
    ["_totals", [["service.name", "string"], ["count_", "integer"], ["avg_duration", "timespan"]]],
  ],
);
assert.deepEqual(graph.tables[0].columns, [["2026-01-31T10:00:00Z"], ["grafana-api"], [1], ["130.944578ms"]]);
assert.deepEqual(graph.tables[0].buckets, { field: "_time", size: 60_000_000_000 });
for (const word of ["elapsedTime", "blocksExamined", "blocksMatched", "rowsExamined", "rowsMatched", "numGroups", "cacheStatus"]) {
  assert.equal(typeof graph.status[word], "number", word);
}
assert.ok(Array.isArray(graph.status.messages) && Date.parse(graph.status.minBlockTime) >= 0);

// A trace frame is built when these fields are there.
const trace = (await query(`['grafana'] | where trace_id == "${id}"`)).tables[0];
const cell = (name) => trace.columns[trace.fields.findIndex((field) => field.name === name)][0];
assert.deepEqual(
  ["trace_id", "span_id", "parent_span_id", "name", "service.name", "duration", "_time", "attributes.http.response.status_code"].map(cell),
  [id, "00f067aa0ba902b7", null, "GET /lessons", "grafana-api", "130.944578ms", "2026-01-31T10:00:00Z", 200],
);

const lookup = async (path) => (await fetch(`${url}${path}`, { headers })).json();
const schema = (await lookup("/v1/datasets/_fields")).find((dataset) => dataset.datasetName === "grafana");
const duration = { name: "duration", type: "timespan", unit: "", hidden: false, description: "" };
assert.deepEqual(
  schema.fields.find((field) => field.name === "duration"),
  duration,
);
const dataset = (await lookup("/v2/datasets")).find((dataset) => dataset.name === "grafana");
assert.deepEqual([dataset.kind, dataset.rows], ["otel:traces:v1", 1]);
console.log("Grafana's requests: every value as expected");
