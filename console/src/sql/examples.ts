// The runbook's queries in SQL, and a few that only SQL can ask.
import type { Example } from '../apl/examples';

export const EXAMPLES: readonly Example[] = [
  { title: 'Spans per service', text: 'SELECT "service.name", count(*) AS spans\nFROM traces\nGROUP BY 1\nORDER BY 2 DESC' },
  { title: 'Slower than 100 ms', text: "SELECT _time, \"service.name\", name, duration, trace_id, span_id\nFROM traces\nWHERE duration > '100ms'\nORDER BY duration DESC\nLIMIT 20" },
  { title: 'Errors', text: 'SELECT _time, "service.name", name, duration, error, trace_id, span_id\nFROM traces\nWHERE error\nORDER BY _time DESC' },
  { title: 'Spans over time', text: "SELECT date_bin(INTERVAL '1 minute', _time) AS minute, \"service.name\", count(*)\nFROM traces\nGROUP BY 1, 2\nORDER BY 1" },
  { title: 'p95 by route', text: "SELECT \"service.name\", \"http.route\", count(*) AS requests, percentile(duration, 95) AS p95\nFROM traces\nWHERE kind = 'server'\nGROUP BY 1, 2\nORDER BY p95 DESC" },
  { title: 'Spans of traces with an error', text: 'SELECT "service.name", count(*) AS spans\nFROM traces\nWHERE trace_id IN (SELECT trace_id FROM traces WHERE error)\nGROUP BY 1\nORDER BY 2 DESC' },
  { title: 'The slowest span of each service', text: 'SELECT *\nFROM (\n  SELECT "service.name", name, duration, trace_id, span_id,\n    row_number() OVER (PARTITION BY "service.name" ORDER BY duration DESC) AS place\n  FROM traces\n)\nWHERE place = 1' },
];

export const FIRST_QUERY = 'SELECT _time, "service.name", name, duration, error, trace_id, span_id\nFROM traces\nWHERE parent_span_id IS NULL\nORDER BY _time DESC\nLIMIT 200';
